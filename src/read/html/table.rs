//! Tables: rows of data, or a page laid out in columns.

use crate::read::manuscript::Role;
use crate::read::piece::Piece;
use crate::read::typed::is_labelled;

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
    /// What stands in it outside its cells, a caption above all.
    around: Vec<Piece>,
    /// True when it says that its cells have heads.
    pub headed: bool,
    /// True when it says that it only lays out.
    layout: bool,
}

#[derive(Debug, Default)]
struct Cell {
    pieces: Vec<Piece>,
    /// How many columns it takes.
    span: usize,
}

/// More columns no table has; a number that is a slip or a trap.
const MOST_SPAN: usize = 100;

impl Table {
    /// A table without rows yet, which may say that it only lays out.
    pub fn new(layout: bool) -> Self {
        Self {
            layout,
            ..Self::default()
        }
    }

    pub fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub fn begin_cell(&mut self, span: usize) {
        if self.rows.is_empty() {
            self.begin_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(Cell {
                pieces: Vec::new(),
                span: span.clamp(1, MOST_SPAN),
            });
        }
    }

    /// Takes in what stands in the cell that was begun last, or before all cells.
    pub fn take(&mut self, piece: Piece) {
        let cell = self.rows.last_mut().and_then(|row| row.last_mut());
        match cell {
            Some(cell) => cell.pieces.push(piece),
            None => self.around.push(piece),
        }
    }

    /// The paragraphs it makes: a row each, or what stands in its cells one after the other.
    pub fn pieces(mut self) -> Vec<Piece> {
        let mut out = std::mem::take(&mut self.around);
        self.rows
            .retain(|row| row.iter().any(|cell| !cell.pieces.is_empty()));
        if self.is_data() {
            for piece in &mut out {
                piece.role = Role::Table;
            }
            out.extend(self.rows.iter().map(|row| as_row(row)));
            for (nth, row) in out.iter_mut().enumerate() {
                row.gap = nth == 0;
            }
        } else if self.is_numbered() {
            out.extend(self.rows.into_iter().flat_map(numbered));
        } else {
            let cells = self.rows.into_iter().flatten();
            out.extend(cells.flat_map(|cell| cell.pieces));
        }
        out
    }

    fn is_data(&self) -> bool {
        let filled = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.pieces.is_empty()).count();
        let columns = self.rows.iter().map(filled).max().unwrap_or(0);
        if self.layout || columns < 2 {
            return false;
        }
        let cells = || self.rows.iter().flatten();
        let holds = |wanted: fn(&Piece) -> bool| cells().any(|cell| cell.pieces.iter().any(wanted));
        // A table or a chapter inside a cell: the whole page is in this one.
        if holds(|piece| matches!(piece.role, Role::Table | Role::Heading(_))) {
            return false;
        }
        self.headed
            || !(holds(|piece| piece.role != Role::Paragraph)
                || self.is_numbered()
                || cells().any(is_page))
    }

    /// True for paragraphs whose numbers stand in a column of their own.
    fn is_numbered(&self) -> bool {
        let (mut numbered, mut other) = (0, 0);
        for row in &self.rows {
            let filled: Vec<_> = row.iter().filter(|cell| !cell.pieces.is_empty()).collect();
            match filled[..] {
                [number, text] if is_number(number) && is_words(text) => numbered += 1,
                [_] => {}
                _ => other += 1,
            }
        }
        !self.headed && numbered > 0 && other == 0
    }
}

fn length(cell: &Cell) -> usize {
    cell.pieces
        .iter()
        .map(|piece| piece.text.chars().count())
        .sum()
}

fn is_number(cell: &Cell) -> bool {
    cell.pieces.len() == 1 && length(cell) <= 8 && is_labelled(&cell.pieces[0].text)
}

/// True for a cell of words rather than of figures.
fn is_words(cell: &Cell) -> bool {
    let letters = cell
        .pieces
        .iter()
        .flat_map(|piece| piece.text.chars())
        .filter(|c| c.is_alphabetic())
        .count();
    letters * 2 > length(cell)
}

/// True for a cell that holds running text of several paragraphs.
fn is_page(cell: &Cell) -> bool {
    cell.pieces.len() > 2 && length(cell) > 400
}

/// A row of data: its cells a tab apart.
fn as_row(row: &[Cell]) -> Piece {
    let mut out = Piece {
        role: Role::Table,
        ..Piece::default()
    };
    let mut between = String::new();
    for cell in row {
        for piece in &cell.pieces {
            match out.text.is_empty() {
                // The first column may be empty; a line begins with what is printed.
                true => out.append("", piece),
                false => out.append(&between, piece),
            }
            between = " ".into();
        }
        between = match cell.pieces.is_empty() {
            true => between + &"\t".repeat(cell.span),
            false => "\t".repeat(cell.span),
        };
    }
    out
}

/// A paragraph with its number, and what else stands in its row.
fn numbered(row: Vec<Cell>) -> impl Iterator<Item = Piece> {
    let mut pieces = row.into_iter().flat_map(|cell| cell.pieces);
    let first = pieces.next().map(|mut first| {
        if is_labelled(&first.text)
            && first.text.chars().count() <= 8
            && let Some(text) = pieces.next()
        {
            first.append(" ", &text);
        }
        first
    });
    first.into_iter().chain(pieces)
}
