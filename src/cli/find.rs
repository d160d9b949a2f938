//! `rapporteur find QUERY`: the explorer's search, for pipes.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anstyle::Style;
use serde::Serialize;

use super::args::Find;
use super::shelf::catalogue;
use super::{Around, Outcome, Output, language, read_marked};
use crate::error::Error;
use crate::library::{self, Stacks};
use crate::read::Source;
use crate::report::{Kind, Language, Report};
use crate::search::{Found, Hit, How, Index, Query};
use crate::shelf::{Entry, Mark, Marks};
use crate::typeset::{safe, scalars, snippet, write_array};

/// A hit as JSON gives it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    address: String,
    kind: Kind,
    citation: String,
    text: &'a str,
    matches: Vec<[usize; 2]>,
    score: i32,
    how: How,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'a Mark>,
}

impl<'a> Row<'a> {
    fn new(
        report: &'a Report,
        found: &Found,
        hit: &Hit,
        language: Language,
        marks: &'a Marks,
    ) -> Self {
        let unit = report.unit(hit.unit);
        Self {
            address: report.address(hit.unit).to_string(),
            kind: unit.kind,
            citation: report.citation(hit.unit, language),
            text: unit.text,
            matches: scalars(unit.text, &found.matched(report, hit).matches),
            score: hit.score,
            how: hit.how,
            mark: marks.get(&hit.unit),
        }
    }
}

pub(super) fn run(
    args: &Find,
    source: &Source,
    around: &Around,
    output: &mut Output,
) -> Result<Outcome, Error> {
    if args.shelf {
        return over_all(args, around, output);
    }
    let read = read_marked(source, around)?;
    let (report, marks) = (&read.report, &read.marks.sheet.marks);
    let query = Query {
        text: args.query.join(" "),
        recommendations: args.recommendations,
        all: args.all,
        marks: Arc::clone(marks),
    };
    for mistake in &around.wrong_words {
        let _ = writeln!(io::stderr(), "{}", safe(&mistake.to_string()));
    }
    let index = Index::with(report, Arc::clone(&around.words));
    let found = index.search(report, &query);
    let most = args.limit.map_or(usize::MAX, NonZeroUsize::get);
    let hits = &found.hits[..found.hits.len().min(most)];
    if args.json {
        let language = language(report, args.cite);
        write_array(
            output.to,
            hits.iter()
                .map(|hit| Row::new(report, &found, hit, language, marks)),
        )
        .map_err(Error::Write)?;
    } else {
        plain(report, &found, hits, args, output).map_err(Error::Write)?;
    }
    if hits.is_empty() {
        let name = source.name();
        let (what, way) = match query.text.trim() {
            "" if query.recommendations => (
                format!("no recommendation in {name}"),
                "rapporteur outline for all there is".into(),
            ),
            "" => (
                "nothing to look for".into(),
                "rapporteur find --help".into(),
            ),
            text => {
                let only = if query.recommendations {
                    " among the recommendations"
                } else {
                    ""
                };
                let mut ways = query.advice();
                ways.push(match ways.is_empty() {
                    true => "rapporteur outline for all there is",
                    false => "or rapporteur outline for all there is",
                });
                let way = ways.join(", ");
                (format!("nothing found for {text} in {name}{only}"), way)
            }
        };
        // Whoever closed standard error does not want to know.
        let _ = writeln!(io::stderr(), "{}\n  try: {way}", safe(&what));
        return Ok(Outcome::FoundNothing);
    }
    Ok(Outcome::Found)
}

/// A hit among all reports as JSON gives it.
#[derive(Debug, Serialize)]
struct ShelfRow<'a> {
    report: Named<'a>,
    address: &'a str,
    citation: &'a str,
    text: &'a str,
    matches: Vec<[usize; 2]>,
    score: i32,
    how: How,
}

impl<'a> ShelfRow<'a> {
    fn new(entry: &'a Entry, hit: &'a library::Hit) -> Self {
        Self {
            report: Named {
                symbol: entry.symbol.as_deref(),
                title: &entry.title,
                file: &entry.file,
            },
            address: &hit.address,
            citation: &hit.citation,
            text: &hit.text,
            matches: scalars(&hit.text, &hit.matched.matches),
            score: hit.hit.score,
            how: hit.hit.how,
        }
    }
}

/// The report that a hit is in.
#[derive(Debug, Serialize)]
struct Named<'a> {
    symbol: Option<&'a str>,
    title: &'a str,
    file: &'a str,
}

/// The search over all reports on the shelf, the report named before each hit.
fn over_all(args: &Find, around: &Around, output: &mut Output) -> Result<Outcome, Error> {
    let entries = catalogue(around);
    if entries.is_empty() {
        let _ = writeln!(
            io::stderr(),
            "no report is on the shelf\n  try: rapporteur shelf add FILE"
        );
        return Ok(Outcome::FoundNothing);
    }
    let query = Query {
        text: args.query.join(" "),
        recommendations: args.recommendations,
        all: args.all,
        ..Query::default()
    };
    let stacks = Stacks::new(around.shelf.clone(), Arc::clone(&around.words));
    let most = args.limit.map_or(usize::MAX, NonZeroUsize::get);
    let waits = io::stderr().is_terminal();
    let progress = |done: usize| {
        if waits {
            // Whoever closed standard error does not want to know.
            let _ = write!(io::stderr(), "\r\x1b[K{done} of {} reports", entries.len());
        }
    };
    let found = stacks.search(&entries, &query, most, &AtomicBool::new(false), &progress);
    if waits {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    let found = found.unwrap_or_default();
    for file in &found.missing {
        let _ = writeln!(
            io::stderr(),
            "{}",
            safe(&format!("{file} is gone: rapporteur shelf remove {file}"))
        );
    }
    if args.json {
        let rows = found
            .hits
            .iter()
            .map(|hit| ShelfRow::new(&entries[hit.entry], hit));
        write_array(output.to, rows).map_err(Error::Write)?;
    } else {
        for hit in &found.hits {
            write_shelf_hit(&entries[hit.entry], hit, output).map_err(Error::Write)?;
        }
    }
    if found.hits.is_empty() {
        let what = format!(
            "nothing found for {} in {} reports",
            query.text.trim(),
            entries.len()
        );
        let way = query.advice().join(", ");
        let way = if way.is_empty() {
            "rapporteur shelf list"
        } else {
            &way
        };
        let _ = writeln!(io::stderr(), "{}\n  try: {way}", safe(&what));
        return Ok(Outcome::FoundNothing);
    }
    Ok(Outcome::Found)
}

/// The report, the address and the text, tabs between; on a terminal on one line, clipped.
fn write_shelf_hit(entry: &Entry, hit: &library::Hit, output: &mut Output) -> io::Result<()> {
    let (name, address) = (
        safe(entry.short_name()).into_owned(),
        safe(&hit.address).into_owned(),
    );
    let matches = &hit.matched.matches;
    let Some(width) = output.width else {
        let text = marked(&hit.text, 0..hit.text.len(), matches, output);
        return writeln!(output.to, "{name}\t{address}\t{text}");
    };
    let ruler = output.ruler;
    let name = ruler.clip(&name, width / 3).to_string();
    let taken = ruler.cols(&name) + ruler.cols(&address) + 6;
    let first = matches.first().cloned().unwrap_or(0..0);
    let part = snippet(ruler, &hit.text, first, width.saturating_sub(taken));
    let text = marked(&hit.text, part.span.clone(), matches, output);
    let sign = if hit.hit.how.is_weak() { "~" } else { " " };
    let dots = |cut: bool| {
        if cut && !part.span.is_empty() {
            "…"
        } else {
            ""
        }
    };
    let name = output.paint(Style::new().dimmed(), &name);
    let address = output.paint(Style::new().bold(), &address);
    writeln!(
        output.to,
        "{name} {address} {sign} {}{text}{}",
        dots(part.cut_before),
        dots(part.cut_behind)
    )
}

/// On a terminal a line a hit, clipped around what was found; in a pipe the whole text behind a
/// tab.
fn plain(
    report: &Report,
    found: &Found,
    hits: &[Hit],
    args: &Find,
    output: &mut Output,
) -> io::Result<()> {
    let name = |hit: &Hit| match args.cite {
        Some(cite) => report.citation(hit.unit, cite.into()),
        None => report.address(hit.unit).to_string(),
    };
    let widest = hits
        .iter()
        .map(|hit| output.ruler.cols(&name(hit)))
        .max()
        .unwrap_or(0);
    let mut strong = false;
    for hit in hits {
        // A line between what stands there as typed and what does not.
        if output.width.is_some() && strong && hit.how.is_weak() {
            let line = output.paint(Style::new().dimmed(), DIVIDER);
            writeln!(output.to, "{line}")?;
        }
        strong = !hit.how.is_weak();
        let unit = report.unit(hit.unit);
        let name = name(hit);
        let matches = found.matched(report, hit).matches;
        let Some(width) = output.width else {
            let text = marked(unit.text, 0..unit.text.len(), &matches, output);
            writeln!(output.to, "{}\t{text}", safe(&name))?;
            continue;
        };
        let first = matches.first().cloned().unwrap_or(0..0);
        let part = snippet(
            output.ruler,
            unit.text,
            first,
            width.saturating_sub(widest + 4),
        );
        let sign = if hit.how.is_weak() { "~" } else { " " };
        let text = marked(unit.text, part.span.clone(), &matches, output);
        let cut = |cut| {
            if cut && !part.span.is_empty() {
                "…"
            } else {
                ""
            }
        };
        let pad = " ".repeat(widest - output.ruler.cols(&name));
        let name = output.paint(Style::new().bold(), &safe(&name));
        writeln!(
            output.to,
            "{name}{pad} {sign} {}{text}{}",
            cut(part.cut_before),
            cut(part.cut_behind)
        )?;
    }
    Ok(())
}

const DIVIDER: &str = "~ pinyin, homophones, slips, abbreviations";

/// A part of a text with its matches set apart, if the output is styled.
fn marked(text: &str, part: Range<usize>, matches: &[Range<usize>], output: &Output) -> String {
    let mut out = String::new();
    let mut from = part.start;
    for range in matches {
        let (start, end) = (
            range.start.clamp(from, part.end),
            range.end.clamp(from, part.end),
        );
        if start < end {
            out.push_str(&safe(&text[from..start]));
            out.push_str(&output.paint(Style::new().invert(), &safe(&text[start..end])));
            from = end;
        }
    }
    out.push_str(&safe(&text[from..part.end]));
    out
}
