//! Markdown: a table as GitHub has it, and a report whose comments, which are not shown, say of each block
//! what unit it is, so that it opens again with the same units.

use serde::Serialize;

use super::table::{Row, Table};
use crate::report::{Kind, Report, Written, WrittenNote, WrittenUnit};
use crate::typeset::{escaped, safe};

/// The table under a heading.
pub(super) fn table(table: &Table) -> String {
    let mut out = String::new();
    if !table.title.is_empty() {
        out.push_str(&format!("# {}\n\n", marked(&safe(&table.title))));
    }
    out.push_str(&format!("{}\n\n", marked(&safe(&table.about()))));
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    out.push_str(&row(&Row::COLUMNS.map(String::from)));
    out.push_str(&row(&Row::COLUMNS.map(|_| "---".into())));
    for one in &table.rows {
        out.push_str(&row(&one.cells().map(|cell| in_cell(&cell))));
    }
    out
}

/// The text of a cell: a line end is one of HTML, for a row has none of its own.
fn in_cell(text: &str) -> String {
    let lines = text.split('\n').map(|line| marked(&safe(line)));
    lines.collect::<Vec<_>>().join("<br>")
}

/// A report; each unit a block behind a comment that says what it is.
pub(super) fn report(report: &Report, notes: Vec<WrittenNote>) -> String {
    let mut written = Written::new(report, notes);
    let units = std::mem::take(&mut written.units);
    // Nothing that is printed stands before the first unit: it would be one.
    let mut out = comment(&written);
    for (mut unit, id) in units.into_iter().zip(report.ids()) {
        let text = std::mem::take(&mut unit.text);
        out.push('\n');
        out.push_str(&comment(&unit));
        out.push_str(&block(
            &unit,
            &text,
            report.unit(id).depth,
            report.unit(id).label_gap(),
        ));
    }
    out
}

/// A comment that holds an object, without what would end it.
fn comment(object: &impl Serialize) -> String {
    let json = serde_json::to_string(object).unwrap_or_default();
    format!("<!--{}-->\n", escaped(&json).replace("--", "-\\u002d"))
}

fn block(unit: &WrittenUnit, text: &str, depth: u16, gap: &str) -> String {
    if unit.kind == Kind::Table {
        return rows(text);
    }
    let gap = if text.is_empty() { "" } else { gap };
    let printed = format!("{}{gap}{text}", unit.label);
    let printed = marked(&printed).replace('\n', "\\\n");
    match unit.kind.is_heading() {
        // Markdown knows six levels.
        true => format!("{} {printed}\n", "#".repeat(usize::from(depth + 1).min(6))),
        false => format!("{printed}\n"),
    }
}

/// A table of the report, whose rows are lines and whose cells tabs part.
fn rows(text: &str) -> String {
    let mut out = String::new();
    for (nth, line) in text.split('\n').enumerate() {
        let cells: Vec<_> = line.split('\t').map(marked).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if nth == 0 {
            let rule = vec!["---"; cells.len()];
            out.push_str(&format!("| {} |\n", rule.join(" | ")));
        }
    }
    out
}

/// A text of which nothing means anything in Markdown: every sign that might has a backslash before it.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let starts = |out: &str| out.is_empty() || out.ends_with('\n');
    let mut digits = false;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let at_start = starts(&out);
        let means = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '$' => true,
            '!' => next == Some('['),
            // At the start of a line a list, a rule or the line under a heading.
            '-' | '+' | '=' => at_start,
            '.' | ')' => digits,
            _ => false,
        };
        digits = c.is_ascii_digit() && (digits || at_start);
        if means {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_means_anything() {
        for (text, written) in [
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("(1) a. 2. b", "(1) a. 2. b"),
            ("- a - b", "\\- a - b"),
            (
                "*a* _b_ <b> [c](d) ![e]",
                "\\*a\\* \\_b\\_ \\<b\\> \\[c\\](d) \\!\\[e\\]",
            ),
            ("a | b", "a \\| b"),
            ("# a", "\\# a"),
            ("第 1 段。", "第 1 段。"),
        ] {
            assert_eq!(marked(text), written);
        }
    }

    #[test]
    fn a_cell_is_one_line() {
        assert_eq!(in_cell("a\nb|c\u{1b}"), "a<br>b\\|c␛");
    }
}
