//! Lists of contents: set aside, and used to check the headings that were found.

use super::Note;
use super::line::Line;
use super::outline::Draft;

/// An entry of a list of contents.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The heading, with its label, as the list has it.
    pub heading: String,
    /// The line it stands on, from 1.
    pub line: u32,
}

/// Sets the lines of a list of contents aside, its heading too, and gives its entries.
pub(super) fn mark(_lines: &mut [Line]) -> Vec<Entry> {
    Vec::new()
}

/// Notes the entries that no heading was found for.
pub(super) fn check(_entries: &[Entry], _units: &[Draft], _notes: &mut Vec<Note>) {}
