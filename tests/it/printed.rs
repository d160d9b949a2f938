//! What is printed in real documents, told by eye, and what a reading found, in the same words: for
//! the tests that judge a reading, and for the bench that shows it.

#![allow(dead_code)] // The tests and the bench each use their part.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rapporteur::parse::{Note, parse_manuscript};
use rapporteur::read::{Manuscript, Source};
use rapporteur::report::{Kind, Report};

/// A document as read.
pub struct Reading {
    pub manuscript: Manuscript,
    pub report: Report,
    pub notes: Vec<Note>,
}

impl Reading {
    /// Reads a file, or says why not.
    pub fn of(path: &Path) -> Result<Self, String> {
        let manuscript = Source::file(path)
            .manuscript(&mut |_| ())
            .map_err(|error| error.to_string())?;
        let (report, notes) = parse_manuscript(&manuscript, &mut |_, _| ());
        Ok(Self {
            manuscript,
            report,
            notes,
        })
    }
}

/// A table of tests: its rows by the names in its first row, lines with `#` left out.
pub fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let table = fs::read_to_string(path).expect("the table is there");
    let mut rows = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let names: Vec<_> = rows.next().expect("it has names").split('\t').collect();
    rows.map(|row| {
        let fields: Vec<_> = row.split('\t').collect();
        assert_eq!(fields.len(), names.len(), "{}: {row}", path.display());
        let named = names.iter().zip(fields);
        named.map(|(&name, it)| (name.into(), it.into())).collect()
    })
    .collect()
}

/// Numbers in order as the runs they make: `1-27 1-4`.
pub fn runs(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let run = |&(first, last): &(u32, u32)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    or_none(runs.iter().map(run).collect::<Vec<_>>().join(" "))
}

/// Numbers with the one before their point: `13.1-13.25`.
fn dotted_runs(numbers: impl IntoIterator<Item = (u32, u32)>) -> String {
    let mut runs: Vec<(u32, u32, u32)> = Vec::new();
    for (before, number) in numbers {
        match runs.last_mut() {
            Some((same, _, last)) if *same == before && *last + 1 == number => *last = number,
            _ => runs.push((before, number, number)),
        }
    }
    let point = |before: u32| match before {
        0 => String::new(),
        _ => format!("{before}."),
    };
    let run = |&(before, first, last): &(u32, u32, u32)| match first == last {
        true => format!("{}{first}", point(before)),
        false => format!("{0}{first}-{0}{last}", point(before)),
    };
    or_none(runs.iter().map(run).collect::<Vec<_>>().join(" "))
}

fn or_none(text: String) -> String {
    match &text[..] {
        "" | "0" => "-".into(),
        _ => text,
    }
}

/// What a reading found of one column of `tests/corpus.tsv`.
pub fn found(report: &Report, what: &str) -> String {
    let units = || report.ids().map(|id| report.unit(id));
    let of = |kind: Kind| units().filter(move |unit| unit.kind == kind);
    let count = |kind: Kind| or_none(of(kind).count().to_string());
    match what {
        "lang" => {
            let code = serde_json::to_value(report.language()).expect("it has a code");
            code.as_str().expect("a text").into()
        }
        "symbol" => or_none(report.symbol().unwrap_or("").into()),
        "pages" => report.pages().to_string(),
        "parts" => runs(of(Kind::Part).map(|unit| unit.number.unwrap_or(0))),
        "annexes" => {
            let annexes = units().filter(|unit| unit.kind == Kind::Annex);
            let numbers: Vec<_> = annexes.map(|unit| unit.number.unwrap_or(0)).collect();
            match numbers[..] {
                [0] => "0".into(),
                _ => runs(numbers),
            }
        }
        "chapters" => runs(of(Kind::Chapter).filter_map(|unit| unit.number)),
        "sections" => count(Kind::Section),
        "articles" => runs(of(Kind::Article).filter_map(|unit| unit.number)),
        "paragraphs" => {
            dotted_runs(of(Kind::Paragraph).filter_map(|unit| Some((unit.prefix, unit.number?))))
        }
        "items" => {
            let lettered = of(Kind::Item).filter(|unit| unit.prefix == 0 && unit.number.is_some());
            or_none(lettered.count().to_string())
        }
        "dotted" => {
            let dotted = units().filter(|unit| unit.kind >= Kind::Paragraph && unit.prefix > 0);
            dotted_runs(dotted.filter_map(|unit| Some((unit.prefix, unit.number?))))
        }
        "footnotes" => runs(of(Kind::Footnote).filter_map(|unit| unit.number)),
        "tables" => count(Kind::Table),
        "title" => report
            .title()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        _ => panic!("no column {what} is judged"),
    }
}

/// The columns that are judged, in the order of the table.
pub const JUDGED: [&str; 14] = [
    "lang",
    "symbol",
    "pages",
    "parts",
    "annexes",
    "chapters",
    "sections",
    "articles",
    "paragraphs",
    "items",
    "dotted",
    "footnotes",
    "tables",
    "title",
];

/// True where what was found is what is printed.
pub fn agrees(what: &str, printed: &str, found: &str) -> bool {
    match what {
        _ if printed == "?" => true,
        "title" if printed != "-" => found.starts_with(printed),
        "title" => true,
        _ => printed == found,
    }
}

/// What of the running heads, page and job numbers stands in the text of units: the words, where.
pub fn leaked(report: &Report) -> Vec<String> {
    let pages = report.pages();
    let symbol = report.symbol().unwrap_or("\0");
    let job = |word: &str| {
        let bare = word.strip_prefix("GE.").unwrap_or(word);
        let (year, rest) = bare.split_once('-').unwrap_or(("", ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        year.len() == 2 && rest.len() == 5 && digits(year) && digits(rest)
    };
    let page = |word: &str| {
        let (page, of) = word.split_once('/').unwrap_or(("", ""));
        of.parse() == Ok(pages) && pages > 3 && page.parse::<u32>().is_ok_and(|it| it <= pages)
    };
    let mut leaked = Vec::new();
    for id in report.ids() {
        let unit = report.unit(id);
        if unit.kind == Kind::Table || unit.kind == Kind::Footnote {
            continue;
        }
        let first = unit.text.split_whitespace().next().unwrap_or("");
        for word in unit.text.split_whitespace() {
            if job(word) || page(word) || (word == symbol && first == symbol) {
                leaked.push(format!("{word} in {}", report.address(id)));
            }
        }
    }
    leaked
}

/// Of all characters printed, how many stand in the report, from 0 to 1.
pub fn placed(reading: &Reading) -> f64 {
    // A word divided at a line end loses its hyphen.
    let of_text = |c: &char| !c.is_whitespace() && *c != '-' && *c != '\u{2010}';
    let printed = |text: &str| text.chars().filter(of_text).count();
    let report = &reading.report;
    let units: usize = report
        .ids()
        .map(|id| report.unit(id))
        .map(|unit| {
            let links = unit.links.iter().map(|link| printed(&link.target));
            printed(unit.label) + printed(unit.text) + links.sum::<usize>()
        })
        .sum();
    let aside: usize = report.furniture().iter().map(|it| printed(&it.text)).sum();
    let lines = reading.manuscript.lines.iter();
    let all: usize = lines
        .map(|line| printed(reading.manuscript.printed(line)))
        .sum();
    (units + aside) as f64 / all.max(1) as f64
}

/// The letters of a text and nothing else, so that marks of notes, numbers and spaces cannot matter.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

/// The running text of a report as one line of letters, and where in it units begin.
pub struct Stream {
    letters: String,
    begins: Vec<usize>,
}

/// Where a line of a source ends in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// A unit ends there.
    End,
    /// The text goes on.
    Wrap,
    /// The words do not stand together, or do more than once.
    Unknown,
}

impl Stream {
    pub fn of(report: &Report) -> Self {
        let (mut all, mut begins) = (String::new(), Vec::new());
        for unit in report.ids().map(|id| report.unit(id)) {
            if !matches!(unit.kind, Kind::Footnote | Kind::Table) {
                begins.push(all.len());
                all += &letters(unit.label);
                all += &letters(unit.text);
            }
        }
        Self {
            letters: all,
            begins,
        }
    }

    /// What stands between two pieces of text that follow each other.
    pub fn between(&self, before: &str, after: &str) -> LineEnd {
        let (before, after) = (letters(before), letters(after));
        let both = format!("{before}{after}");
        let mut places = self.letters.match_indices(&both);
        match (places.next(), places.next()) {
            (Some((at, _)), None) => match self.begins.binary_search(&(at + before.len())) {
                Ok(_) => LineEnd::End,
                Err(_) => LineEnd::Wrap,
            },
            _ => LineEnd::Unknown,
        }
    }
}

/// A line a unit, as far as two formats of one document should agree.
pub fn tree(report: &Report) -> Vec<String> {
    let unit = |id| {
        let unit = report.unit(id);
        let text: String = letters(unit.text).chars().take(40).collect();
        let kind = unit.kind.name();
        format!("{:>2} {kind} {} {text}", unit.depth, report.address(id))
    };
    report.ids().map(unit).collect()
}

/// The lines that only one of two lists has, or has elsewhere: `-` before those of the first.
pub fn differences(first: &[String], second: &[String]) -> Vec<String> {
    let (mut a, mut b) = (0, 0);
    let mut out = Vec::new();
    while a < first.len() || b < second.len() {
        if a < first.len() && b < second.len() && first[a] == second[b] {
            (a, b) = (a + 1, b + 1);
            continue;
        }
        // The nearest line ahead that both have.
        let ahead = (1..60).find_map(|steps| {
            let pairs = (0..=steps).map(|back| (a + back, b + steps - back));
            pairs
                .into_iter()
                .find(|&(x, y)| first.get(x).is_some() && first.get(x) == second.get(y))
        });
        let (x, y) = ahead.unwrap_or((first.len(), second.len()));
        out.extend(first[a..x].iter().map(|line| format!("- {line}")));
        out.extend(second[b..y].iter().map(|line| format!("+ {line}")));
        (a, b) = (x, y);
    }
    out
}
