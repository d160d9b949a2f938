//! Comma-separated values, as RFC 4180 has them: every program that knows tables reads them, and a
//! spreadsheet would run what looks like a formula in them.

use csv::{Terminator, WriterBuilder};

use super::table::{Row, Table};
use crate::typeset::is_safe;

/// The table; in a file with the mark at its start by which Excel knows UTF-8.
pub(super) fn table(table: &Table, file: bool) -> Vec<u8> {
    let mut out = Vec::new();
    if file {
        out.extend("\u{feff}".bytes());
    }
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    // Into memory nothing fails to be written.
    let _ = writer.write_record(Row::COLUMNS);
    for row in &table.rows {
        let _ = writer.write_record(row.cells().map(|cell| harmless(&cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: one that begins as formulas do gets an apostrophe,
/// which spreadsheets know as the sign of a text (OWASP, CSV Injection). Full-width signs count too, and
/// what stands behind spaces. Characters that a terminal would obey are left out.
fn harmless(cell: &str) -> String {
    let shown = |c: char| is_safe(c) || matches!(c, '\n' | '\t');
    let cell: String = cell.chars().filter(|c| shown(*c)).collect();
    let begins = |c: char| "=+-@＝＋－＠\t".contains(c);
    match cell
        .trim_start_matches(|c: char| c.is_whitespace() && c != '\t')
        .starts_with(begins)
    {
        true => format!("'{cell}"),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_text() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            (
                "=HYPERLINK(\"http://x\",\"y\")",
                "'=HYPERLINK(\"http://x\",\"y\")",
            ),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'=1"),
            ("\n=1", "'\n=1"),
            ("  =1", "'  =1"),
            ("\u{3000}＝1", "'\u{3000}＝1"),
            ("＠x", "'＠x"),
            ("\u{1b}=1", "'=1"),
            ("\u{202e}=1", "'=1"),
            ("1+1=2", "1+1=2"),
            ("会员国", "会员国"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = Row {
            address: "1".into(),
            text: "a, \"b\"\nc".into(),
            who: vec!["x".into(), "y".into()],
            ..Row::default()
        };
        let table = Table {
            rows: vec![row],
            ..Table::default()
        };
        let text = String::from_utf8(super::table(&table, false)).unwrap();
        assert_eq!(
            text,
            "address,citation,text,who,verb,cited,status,tags,remark\r\n1,,\"a, \"\"b\"\"\nc\",x; y,,,,,\r\n"
        );
        assert!(super::table(&table, true).starts_with("\u{feff}address".as_bytes()));
    }
}
