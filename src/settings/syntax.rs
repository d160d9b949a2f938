//! TOML with every error told in the reader's words, and with what stands beside an error kept.
//!
//! Knows no setting. The parser goes on behind an error; where that would swallow the rest of the
//! file (a list, quotes or a heading never closed), the text is mended and read once more.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Mistake, clip};
use super::table::{Kind, SETTINGS};

/// A file as read.
pub(super) struct File {
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    /// The lines with an error of syntax.
    broken: BTreeSet<usize>,
    /// The text that spans are of: the file's, mended.
    text: String,
    /// One for each broken line.
    pub(super) mistakes: Vec<Mistake>,
}

/// A file never needs more; one that seems to is not worth more time.
const MOST_MENDS: usize = 64;

/// Lines that the parser cannot go on behind, as they stand.
struct Open {
    /// The first and the last of them; what is wrong is told on the first.
    lines: RangeInclusive<usize>,
    /// True where the first is a heading to be closed; else all are left out.
    heading: bool,
    what: String,
    way_out: String,
}

impl File {
    /// Reads it.
    pub(super) fn new(text: &str) -> Self {
        let mut file = Self {
            starts: Vec::new(),
            broken: BTreeSet::new(),
            text: text.into(),
            mistakes: Vec::new(),
        };
        file.find_lines();
        for _ in 0..MOST_MENDS {
            let open = file.open();
            if open.is_empty() {
                break;
            }
            file.mend(open);
        }
        file.rest();
        file
    }

    /// Its top table. Names told twice have the value told first.
    pub(super) fn table(&self) -> Spanned<DeTable<'_>> {
        DeTable::parse_recoverable(&self.text).0
    }

    /// The line that this byte is on, from 1.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).max(1)
    }

    /// True when something on these lines is told as a mistake already.
    pub(super) fn is_broken(&self, span: Range<usize>) -> bool {
        // Of what is broken the ends may be anywhere.
        let (a, b) = (self.line(span.start), self.line(span.end));
        let lines = a.min(b)..=a.max(b);
        self.broken.range(lines).next().is_some()
    }

    fn find_lines(&mut self) {
        let ends = self.text.match_indices('\n').map(|(at, _)| at + 1);
        self.starts = std::iter::once(0).chain(ends).collect();
    }

    fn line_text(&self, line: usize) -> &str {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end()
    }

    fn tell(&mut self, line: usize, what: impl Into<String>, way_out: impl Into<String>) {
        // The first mistake of a line causes the others more often than not.
        if self.broken.insert(line) {
            self.mistakes.push(Mistake::new(line, what, way_out));
        }
    }

    /// What the parser does not go on behind: all lines without `=` (behind each it leaves one
    /// out), or else the first list, quotes or heading never closed.
    fn open(&self) -> Vec<Open> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        let errors: Vec<_> = errors
            .iter()
            .map(|e| (e.span().map_or(0, |span| span.start), e.message()))
            .collect();
        let lone = errors
            .iter()
            .filter(|(_, message)| message.starts_with("key with no value"));
        let lone: Vec<_> = lone.map(|(at, message)| self.lone(*at, message)).collect();
        if !lone.is_empty() {
            return lone;
        }
        let values = values(table.get_ref());
        let begun = |at: usize| {
            let over = values
                .iter()
                .filter(|span| span.start < at && at <= span.end);
            let over = over.map(|span| self.line(span.start)).min();
            // What is set twice is not in the table; the last that was begun takes in all the rest.
            let twice = errors
                .iter()
                .filter(|(from, message)| *from < at && message.starts_with("duplicate"));
            over.or_else(|| twice.map(|(from, _)| self.line(*from)).max())
        };
        let unclosed = errors
            .iter()
            .filter_map(|(at, message)| self.unclosed(*at, message, begun));
        // What is told again although it was mended cannot be helped.
        let new = unclosed.filter(|open| !self.broken.contains(open.lines.start()));
        new.min_by_key(|open| *open.lines.start())
            .into_iter()
            .collect()
    }

    /// A line without `=`.
    fn lone(&self, at: usize, message: &str) -> Open {
        let line = self.line(at);
        let told = self.line_text(line).trim();
        let (what, way_out) = in_words(message, told, told);
        Open {
            lines: line..=line,
            heading: false,
            what,
            way_out,
        }
    }

    /// A list, quotes or a heading never closed, where the message at this byte is of one; `begun`
    /// gives the line where the value began that ends there.
    fn unclosed(
        &self,
        at: usize,
        message: &str,
        begun: impl Fn(usize) -> Option<usize>,
    ) -> Option<Open> {
        let says = |beginning: &str| message.starts_with(beginning);
        let heading = says("unclosed table") || says("unclosed array of tables");
        let (lines, what, way_out) = if heading {
            let line = self.line(at);
            (
                line..=line,
                "the heading is not closed",
                "write it as [keys]",
            )
        } else if says("unclosed array") || says("unclosed inline table") {
            let line = begun(at)?;
            // It ends before the next line that looks like a setting or a heading.
            let next = (line + 1..=self.starts.len()).find(|&line| {
                let text = self.line_text(line).trim_start();
                let item = text.starts_with(['"', '\'', '#']);
                text.starts_with('[') || text.contains('=') && !item
            });
            let last = next.map_or(self.starts.len(), |next| next - 1);
            (
                line..=last,
                "a bracket is not closed",
                "put the other one at the end",
            )
        } else if says("invalid multi-line") && at >= self.text.trim_end().len() {
            let line = begun(at)?;
            (
                line..=line,
                "three quotes are opened and not closed",
                "one at each end is enough",
            )
        } else {
            return None;
        };
        Some(Open {
            lines,
            heading,
            what: what.into(),
            way_out: way_out.into(),
        })
    }

    /// Tells what is wrong with these lines and takes it out; the others stay as they are.
    fn mend(&mut self, open: Vec<Open>) {
        let mut lines: Vec<String> = self.text.split('\n').map(String::from).collect();
        for Open {
            lines: of,
            heading,
            what,
            way_out,
        } in open
        {
            for line in of.clone() {
                let Some(text) = lines.get_mut(line - 1) else {
                    continue;
                };
                if heading {
                    let bare = text.split('#').next().unwrap_or("").trim_end();
                    let close = if bare.trim_start().starts_with("[[") {
                        "]]"
                    } else {
                        "]"
                    };
                    *text = format!("{bare}{close}");
                } else {
                    text.clear();
                }
            }
            self.tell(*of.start(), what, way_out);
        }
        self.text = lines.join("\n");
        self.find_lines();
    }

    /// Tells all errors that need no mending.
    fn rest(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (table, errors) = DeTable::parse_recoverable(&text);
        let mut errors: Vec<_> = errors
            .iter()
            .map(|e| (e.span().unwrap_or(0..0), e.message()))
            .collect();
        errors.sort_by_key(|(span, _)| span.start);
        for (span, message) in errors {
            // At the very end of the file is at the end of its last line.
            let at = span.start.min(text.trim_end().len());
            let line = self.line(at);
            let start = self.starts[line - 1];
            let end = self.starts.get(line).copied().unwrap_or(text.len());
            let whole = text[start..end].trim();
            let told = text.get(span.clone()).unwrap_or("");
            let (what, way_out) = if message.starts_with("duplicate") {
                self.duplicate(&table, told, span.start)
            } else {
                in_words(message, told, whole)
            };
            self.tell(line, what, way_out);
        }
        self.text = text;
        self.mistakes.sort_by_key(|mistake| mistake.line);
    }

    fn duplicate(&self, table: &Spanned<DeTable>, told: &str, at: usize) -> (String, String) {
        let name = told.trim_matches(['"', '\'']);
        let root = table.get_ref();
        let below = root
            .iter()
            .filter_map(|(_, value)| value.get_ref().as_table());
        let before = std::iter::once(root)
            .chain(below)
            .flat_map(|table| table.iter())
            .filter(|(known, _)| known.get_ref() == name && known.span().start < at)
            .map(|(known, _)| known.span().start)
            .max();
        let way_out = match before {
            Some(before) => format!(
                "it stands on line {} already; that one holds",
                self.line(before)
            ),
            None => "put all that is below them under one".into(),
        };
        (format!("{} stands twice", clip(name)), way_out)
    }
}

/// Where the values of a table and of all tables in it are.
fn values(table: &DeTable) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    for (_, value) in table.iter() {
        all.push(value.span());
        let tables = match value.get_ref() {
            DeValue::Table(below) => vec![below],
            DeValue::Array(list) => list
                .iter()
                .filter_map(|item| item.get_ref().as_table())
                .collect(),
            _ => continue,
        };
        all.extend(tables.into_iter().flat_map(values));
    }
    all
}

/// True for a switch that is not written as one: `yes`, `True`, `fals`.
fn is_nearly_yes_or_no(told: &str) -> bool {
    let told = told.to_ascii_lowercase();
    ["yes", "no", "on", "off"].contains(&told.as_str())
        || ["true", "false"]
            .iter()
            .any(|word| strsim::osa_distance(word, &told) <= 1)
}

/// A parser's message about `told`, on the line `whole`, for readers who never heard of TOML.
fn in_words(message: &str, told: &str, whole: &str) -> (String, String) {
    const CURLY: [char; 8] = ['“', '”', '‘', '’', '「', '」', '＂', '＇'];
    let says = |beginning: &str| message.starts_with(beginning);
    let name = clip(whole.split(['=', ':', '＝', '：']).next().unwrap_or(whole));
    let shown = clip(told);
    // What begins as true or false does is taken for one of them.
    let unquoted = says("string values must be quoted") || says("invalid boolean");
    let is_switch = SETTINGS
        .iter()
        .any(|setting| setting.name == name.trim() && matches!(setting.kind, Kind::Switch(..)));
    let (what, way_out) = if told.contains(CURLY) {
        (
            format!("{shown} has quotes of another kind"),
            "write straight ones: \" or '",
        )
    } else if whole.contains('＝') && !whole.contains('=') {
        (format!("{name} has a full-width ＝"), "write =")
    } else if unquoted && told.is_empty() {
        (
            format!("{name} has no value"),
            "write one, or put # before the line",
        )
    } else if is_nearly_yes_or_no(told) || (unquoted && is_switch) {
        (
            format!("{shown} is neither yes nor no"),
            "write true or false",
        )
    } else if unquoted && told.starts_with(|c: char| c.is_ascii_digit()) {
        (format!("{shown} is no number"), "write digits alone")
    } else if unquoted {
        return (
            format!("{shown} stands without quotes"),
            format!("write \"{shown}\""),
        );
    } else if let Some((_, what, way_out)) = FIRST.iter().find(|(message, ..)| says(message)) {
        (String::from(*what), *way_out)
    } else if says("key with no value") || !whole.contains('=') && !whole.starts_with('[') {
        (
            format!("{name} has no ="),
            "write name = value, or put # before the line",
        )
    } else if says("unquoted keys cannot be empty") && whole.starts_with('[') {
        ("the heading has no name".into(), "write it as [keys]")
    } else if says("invalid unquoted key") {
        (
            format!("{shown} cannot stand in a name"),
            "names are letters, digits, - and _",
        )
    } else if message.contains("escape") || whole.contains('\\') {
        (
            "\\ is special between double quotes".into(),
            "write it twice, \"\\\\\", or between single ones, '\\'",
        )
    } else if told.chars().any(char::is_control) {
        (
            "an invisible character stands in the text".into(),
            "type the line anew",
        )
    } else if let Some((_, what, way_out)) = LAST.iter().find(|(message, ..)| says(message)) {
        (String::from(*what), *way_out)
    } else {
        (
            clip(message),
            "rapporteur config --default shows how the file is written",
        )
    };
    (what, way_out.into())
}

/// How messages begin that mean one thing on any line, what they mean, and the way out.
const FIRST: &[(&str, &str, &str)] = &[
    ("extra `=`", "= stands twice", "write it once"),
    (
        "missing comma",
        "a comma is missing",
        "write one between each two: [\"a\", \"b\"]",
    ),
    (
        "carriage return",
        "a line ends as on very old systems",
        "save the file with line ends of Unix or Windows",
    ),
];

/// The same of those that mean this only where nothing else explains them.
const LAST: &[(&str, &str, &str)] = &[
    (
        "unquoted keys cannot be empty",
        "no name stands before =",
        "write name = value",
    ),
    (
        "unclosed table",
        "the heading is not closed",
        "write it as [keys]",
    ),
    (
        "unclosed",
        "a bracket is not closed",
        "close it, or take it away",
    ),
    (
        "invalid basic string",
        "the quotes are not closed",
        "put another one at the end",
    ),
    (
        "invalid literal string",
        "the quotes are not closed",
        "put another one at the end",
    ),
    (
        "unexpected key or value",
        "something stands behind the end",
        "one thing a line; put # before a remark",
    ),
];
