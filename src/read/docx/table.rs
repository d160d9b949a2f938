//! Tables: rows of cells, or only a way to set paragraphs beside each other.

use super::draft::Draft;
use crate::read::manuscript::Role;

/// A cell: the paragraphs in it.
pub(super) type Cell = Vec<Draft>;

/// A numbered text of this many bytes is a paragraph, not what a row is called.
const WHOLE_PARAGRAPH: usize = 100;
/// A masthead has no more rows than this.
const MOST_MASTHEAD_ROWS: usize = 8;

/// The lines of a table: a row each, or, where it is only used to place them, its paragraphs.
pub(super) fn lines(rows: Vec<Vec<Cell>>, opens_document: bool) -> Vec<Draft> {
    if is_layout(&rows, opens_document) {
        return rows.into_iter().flatten().flatten().collect();
    }
    rows.into_iter().filter_map(row).collect()
}

fn is_layout(rows: &[Vec<Cell>], opens_document: bool) -> bool {
    let filled = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.is_empty()).count();
    // One column, be it only that the others are empty: a box around text.
    if rows.iter().all(|row| filled(row) <= 1) {
        return true;
    }
    // A masthead: what opens a document in a few rows.
    if opens_document && rows.len() <= MOST_MASTHEAD_ROWS {
        return true;
    }
    let numbered = rows
        .iter()
        .flatten()
        .flatten()
        .filter(|draft| is_whole(draft))
        .count();
    let cells = rows
        .iter()
        .flatten()
        .filter(|cell| !cell.is_empty())
        .count();
    numbered >= 2 && numbered * 2 >= cells
}

/// True for a paragraph with a number of its own and sentences behind it.
fn is_whole(draft: &Draft) -> bool {
    let text = draft.text.as_str();
    if text.len() < WHOLE_PARAGRAPH {
        return false;
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let typed = digits.len() < text.len() && digits.starts_with(['.', '．', '、']);
    draft.label > 1 || typed
}

/// A row as one line, its cells a tab apart.
fn row(cells: Vec<Cell>) -> Option<Draft> {
    let mut line = Draft {
        role: Role::Table,
        ..Draft::default()
    };
    let last = cells.iter().rposition(|cell| !cell.is_empty())?;
    for (at, cell) in cells.into_iter().take(last + 1).enumerate() {
        if at > 0 {
            line.text.push('\t');
        }
        let mut inside = Draft::default();
        for draft in cell {
            line.centred |= at == 0 && draft.centred;
            inside.append(" ", draft);
        }
        inside.text = inside.text.replace('\t', " ");
        line.append("", inside);
    }
    Some(line)
}
