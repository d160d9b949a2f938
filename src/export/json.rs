//! JSON: a table as an array of rows, a report whole, to be opened again.

use serde::Serialize;

use super::table::Table;
use crate::report::{Report, Written, WrittenNote};
use crate::shelf::{Mark, Marks};
use crate::typeset::{escaped, write_array};

/// The rows, with the names of the columns; several values as an array.
pub(super) fn table(table: &Table) -> Vec<u8> {
    let mut out = Vec::new();
    // Into memory nothing fails to be written.
    let _ = write_array(&mut out, table.rows.iter());
    out
}

/// A report with the reader's marks beside it.
#[derive(Serialize)]
struct Marked<'a> {
    #[serde(flatten)]
    written: Written,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Marking<'a>>,
}

#[derive(Serialize)]
struct Marking<'a> {
    address: String,
    #[serde(flatten)]
    mark: &'a Mark,
}

/// The report; opened again it has the same units. Marks are for who reads it: they are kept beside a
/// report, not in it.
pub(super) fn report(report: &Report, notes: Vec<WrittenNote>, marks: &Marks) -> Vec<u8> {
    let marks = marks.iter().filter(|(unit, _)| unit.index() < report.len());
    let marks = marks.map(|(&unit, mark)| Marking {
        address: report.address(unit).to_string(),
        mark,
    });
    let marked = Marked {
        written: Written::new(report, notes),
        marks: marks.collect(),
    };
    let json = serde_json::to_string_pretty(&marked).unwrap_or_default();
    let lines = json.lines().map(|line| escaped(line) + "\n");
    lines.collect::<String>().into_bytes()
}
