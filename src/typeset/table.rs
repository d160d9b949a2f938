//! Tables: rows a line each, their cells a tab apart, as lines of a width.
//!
//! Where all columns fit beside one another they are aligned. Where they do not, each row is broken
//! like text, and what parts its cells is drawn.

use std::ops::Range;

use super::lines::wrap;
use super::width::Ruler;

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The part of the text, in bytes, with the line end and tabs at its end.
    pub span: Range<usize>,
    /// Where its second and further cells begin, in columns; none where they follow one another.
    pub cells: Vec<usize>,
    /// True for a line that goes on with a row begun above.
    pub goes_on: bool,
}

/// The columns between two columns of a table.
const GAP: usize = 2;
/// How far a line stands in that goes on with a row.
pub(super) const GOES_ON: usize = 2;

/// The lines of a table in `width` columns. Every byte stands in one of them, in order.
pub(super) fn rows(ruler: Ruler, text: &str, width: usize) -> Vec<Row> {
    let mut widths: Vec<usize> = Vec::new();
    for row in text.lines().filter(|row| row.contains('\t')) {
        for (nth, cell) in row.split('\t').enumerate() {
            let wide = ruler.cols(cell.trim_end());
            match widths.get_mut(nth) {
                Some(widest) => *widest = wide.max(*widest),
                None => widths.push(wide),
            }
        }
    }
    let begin = |widths: &[usize]| widths.iter().map(|wide| wide + GAP).sum::<usize>();
    let aligned = begin(&widths) <= width + GAP;
    let mut rows = Vec::new();
    let mut start = 0;
    for row in text.split_inclusive('\n') {
        let span = start..start + row.len();
        start = span.end;
        let bare = row.trim_end_matches(['\n', '\r']);
        if aligned && bare.contains('\t') {
            let cells = 1..bare.split('\t').count();
            rows.push(Row {
                span,
                cells: cells.map(|nth| begin(&widths[..nth])).collect(),
                goes_on: false,
            });
            continue;
        }
        let rest = width.saturating_sub(GOES_ON).max(1);
        let parts = wrap(ruler, bare, width, rest);
        let last = parts.len() - 1;
        for (nth, part) in parts.into_iter().enumerate() {
            let end = match nth == last {
                true => span.end,
                false => span.start + part.end,
            };
            rows.push(Row {
                span: span.start + part.start..end,
                cells: Vec::new(),
                goes_on: nth > 0,
            });
        }
    }
    rows
}
