//! Who finds what people mean: the queries of `tests/relevance.tsv` through this search, through
//! fuzzy matchers, and through fzf and skim where they are installed, over the same units.
//!
//! `cargo bench --bench relevance` takes a minute. `fzf` comes with most systems (`apt install fzf`,
//! `brew install fzf`, `winget install fzf`), skim with `cargo install skim`; without them their
//! columns are left out.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo::pattern::{CaseMatching, Normalization, Pattern};
use nucleo::{Config, Matcher, Utf32Str};
use rapporteur::parse::parse;
use rapporteur::report::{Report, UnitId};
use rapporteur::search::{Index, Query};

/// A line of the table.
struct Case<'a> {
    category: &'a str,
    query: &'a str,
    /// The address that must come first, or `-`.
    expected: &'a str,
}

/// What one searcher made of the cases of a category.
#[derive(Default, Clone, Copy)]
struct Score {
    cases: usize,
    /// The one meant came first, or nothing where nothing is.
    right: usize,
    /// Units listed before the one meant, or in vain.
    junk: usize,
}

/// Lists units for a query, best first.
type Searcher<'a> = (&'a str, Box<dyn Fn(&Case) -> Vec<usize> + 'a>);

fn main() {
    let here = env!("CARGO_MANIFEST_DIR");
    let read = |path: &str| fs::read_to_string(format!("{here}/{path}")).expect("it is there");
    let (report, _) = parse(&read("data/cybercrime-expert-group.zh.txt"));
    let table = read("tests/relevance.tsv");
    let cases: Vec<Case> = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let mut fields = line.split('\t');
            let mut field = || fields.next().expect("three fields");
            Case {
                category: field(),
                query: field(),
                expected: field(),
            }
        })
        .collect();

    let index = Index::new(&report);
    let ours = |case: &Case| {
        let query = Query {
            text: case.query.into(),
            ..Query::default()
        };
        let hits = index.search(&report, &query).hits;
        hits.iter().map(|hit| hit.unit.index()).collect()
    };
    let matcher = SkimMatcherV2::default().ignore_case();
    let skim = |case: &Case| {
        let score = |line: &String| Some(matcher.fuzzy_indices(line, case.query)?.0);
        ranked(lines(&report, case).iter().map(score))
    };
    let nucleo = |case: &Case| {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(case.query, CaseMatching::Smart, Normalization::Smart);
        let mut buffer = Vec::new();
        let mut score = |line: &String| {
            let line = Utf32Str::new(line, &mut buffer);
            pattern.score(line, &mut matcher).map(i64::from)
        };
        ranked(lines(&report, case).iter().map(&mut score))
    };
    let mut searchers: Vec<Searcher> = vec![
        ("rapporteur", Box::new(ours)),
        ("SkimMatcherV2", Box::new(skim)),
        ("nucleo-matcher", Box::new(nucleo)),
    ];
    for name in ["fzf", "sk"] {
        if Command::new(name).arg("--version").output().is_ok() {
            let report = &report;
            let filter = move |case: &Case| filtered(name, case.query, &lines(report, case));
            searchers.push((name, Box::new(filter)));
        } else {
            println!("{name} is not installed, and left out");
        }
    }

    let all: Vec<BTreeMap<&str, Score>> = searchers
        .iter()
        .map(|(_, search)| scores(&report, &cases, search))
        .collect();
    let categories: Vec<&str> = all[0].keys().copied().collect();
    print!("\n| what is typed | queries |");
    searchers.iter().for_each(|(name, _)| print!(" {name} |"));
    println!("\n|---|---|{}", "---|".repeat(searchers.len()));
    for category in categories {
        print!("| {category} | {} |", all[0][category].cases);
        for scores in &all {
            let Score { cases, right, junk } = scores[category];
            print!(
                " {:.0} %, {:.1} |",
                100.0 * right as f64 / cases as f64,
                junk as f64 / cases as f64
            );
        }
        println!();
    }
    println!(
        "\nThe one meant comes first (where nothing is meant: nothing is listed), and how many units stand before it, or in\n\
         vain, a query. For numbers the others are given the address before the text."
    );
}

fn scores<'a>(
    report: &Report,
    cases: &[Case<'a>],
    search: &dyn Fn(&Case) -> Vec<usize>,
) -> BTreeMap<&'a str, Score> {
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for case in cases {
        let found = search(case);
        let meant = |&unit: &usize| report.address(UnitId::from(unit)).to_string() == case.expected;
        let junk = found.iter().position(meant).unwrap_or(found.len());
        let right = match case.expected {
            "-" => found.is_empty(),
            _ => junk == 0 && !found.is_empty(),
        };
        for category in [case.category, "total"] {
            let score = scores.entry(category).or_default();
            score.cases += 1;
            score.right += usize::from(right);
            score.junk += junk;
        }
    }
    scores
}

/// The units as lines.
fn lines(report: &Report, case: &Case) -> Vec<String> {
    let line = |id: UnitId| {
        let unit = report.unit(id);
        let address = match case.category {
            "number" => report.address(id).to_string() + " ",
            _ => String::new(),
        };
        format!("{address}{}{}", unit.label, unit.text).replace('\n', " ")
    };
    report.ids().map(line).collect()
}

/// The places of what has a score, the highest first, and of equals the first.
fn ranked(scores: impl Iterator<Item = Option<i64>>) -> Vec<usize> {
    let mut found: Vec<_> = scores
        .enumerate()
        .filter_map(|(at, score)| Some((std::cmp::Reverse(score?), at)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

/// The places of the lines that `program --filter` lets through, in its order.
fn filtered(program: &str, query: &str, lines: &[String]) -> Vec<usize> {
    let mut child = Command::new(program)
        .args(["--filter", query])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it is installed");
    let mut input = child.stdin.take().expect("it is piped");
    for line in lines {
        // One that wants no more input has seen enough.
        if writeln!(input, "{line}").is_err() {
            break;
        }
    }
    drop(input);
    let output = child.wait_with_output().expect("it ends").stdout;
    let text = String::from_utf8_lossy(&output);
    // What lists every line, as for an empty query, lists them in some order too.
    let place = |line: &str| lines.iter().position(|known| known == line);
    text.lines().filter_map(place).collect()
}
