//! Footnotes and endnotes: units of their own, under the unit whose text calls them.

use super::line::Line;
use super::outline::Draft;

/// Finds the lines of footnotes and endnotes, and makes the digits that call them superscripts.
pub(super) fn mark(_lines: &mut [Line]) {}

/// The mark at the start of a footnote, and the number it is.
pub(super) fn label(line: &str) -> (&str, Option<u32>) {
    let length = line
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(line.len());
    let label = &line[..length];
    (label, label.parse().ok())
}

/// Puts each footnote behind the unit that calls it; one that nothing calls behind the last unit
/// of its page.
pub(super) fn place(_units: &mut Vec<Draft>, _footnotes: Vec<Draft>) {}
