//! JSON arrays, an element a line, in which no character can speak to a terminal.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use crate::report::{Ground, Kind, Language, Report, Tie, UnitId, follow};
use crate::typeset::is_safe;

/// A unit as `outline` gives it.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    address: String,
    kind: Kind,
    label: &'a str,
    depth: u16,
    text: &'a str,
    page: u32,
    recommendation: bool,
}

impl<'a> Row<'a> {
    pub(super) fn new(report: &'a Report, id: UnitId) -> Self {
        let unit = report.unit(id);
        Self {
            address: report.address(id).to_string(),
            kind: unit.kind,
            label: unit.label,
            depth: unit.depth,
            text: unit.text,
            page: unit.page,
            recommendation: unit.recommendation,
        }
    }
}

/// A unit as `show` gives it.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    ground: Option<Ground>,
    citation: String,
    links: Vec<ShownLink>,
    footnotes: Vec<ShownFootnote<'a>>,
}

/// A footnote that the text calls, and where in the text.
#[derive(Debug, Serialize)]
struct ShownFootnote<'a> {
    address: String,
    text: &'a str,
    call: [usize; 2],
}

/// Something that can be followed, and the part of the text that it is for.
#[derive(Debug, Serialize)]
struct ShownLink {
    target: String,
    cited: [usize; 2],
}

impl<'a> Shown<'a> {
    pub(super) fn new(report: &'a Report, id: UnitId, language: Language) -> Self {
        let unit = report.unit(id);
        let (targets, cited): (Vec<_>, Vec<_>) = follow(&unit)
            .into_iter()
            .map(|lead| (lead.target, lead.range))
            .unzip();
        let links = targets.into_iter().zip(scalars(unit.text, &cited));
        let link = |(target, cited)| ShownLink { target, cited };
        let ties = report.calls(id);
        let calls: Vec<_> = ties.iter().map(|tie| tie.call.clone()).collect();
        let footnotes = ties.iter().zip(scalars(unit.text, &calls));
        let footnote = |(tie, call): (&Tie, _)| ShownFootnote {
            address: report.address(tie.footnote).to_string(),
            text: report.unit(tie.footnote).text,
            call,
        };
        Self {
            row: Row::new(report, id),
            ground: unit.ground,
            footnotes: footnotes.map(footnote).collect(),
            citation: report.citation(id, language),
            links: links.map(link).collect(),
        }
    }
}

/// Ranges of bytes, in order and apart, as ranges of Unicode scalar values, their ends exclusive.
pub(super) fn scalars(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let (mut byte, mut scalar) = (0, 0);
    let mut place = |at: usize| {
        scalar += text[byte..at].chars().count();
        byte = at;
        scalar
    };
    ranges
        .iter()
        .map(|range| [place(range.start), place(range.end)])
        .collect()
}

pub(super) fn write_array<T: Serialize>(
    to: &mut dyn Write,
    elements: impl Iterator<Item = T>,
) -> io::Result<()> {
    let mut before = "[";
    for element in elements {
        write!(
            to,
            "{before}\n  {}",
            escaped(&serde_json::to_string(&element)?)
        )?;
        before = ",";
    }
    // An empty array stands on one line.
    to.write_all(if before == "[" { b"[]\n" } else { b"\n]\n" })
}

/// Writes an object, a field a line.
pub(super) fn write_object(to: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    for line in serde_json::to_string_pretty(object)?.lines() {
        writeln!(to, "{}", escaped(line))?;
    }
    Ok(())
}

/// JSON leaves some characters as they are that a terminal obeys (U+009B) or that turn the
/// direction of text; they can stand in strings only, where an escape means the same.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_safe(c) {
            out.push(c);
        } else {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_speak_to_the_terminal_and_reads_back_the_same() {
        let text = "a\x1b[31m\u{9b}\u{7f}\u{202e}网";
        let mut out = Vec::new();
        write_array(&mut out, [text].into_iter()).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.chars().all(|c| is_safe(c) || c == '\n'), "{out:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&out).unwrap(), [text]);
        let mut out = Vec::new();
        write_array(&mut out, std::iter::empty::<u8>()).unwrap();
        assert_eq!(out, b"[]\n");
    }
}
