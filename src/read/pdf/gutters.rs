//! White space that runs down a page between what stands side by side: columns of running text,
//! blocks of a masthead, cells of a table.

use std::ops::Range;

use super::glyphs::Rule;
use super::rows::Row;

/// A gutter is at least so many ems wide.
const LEAST: f32 = 0.9;

/// A piece of a row, between wide gaps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
    /// How many letters of words are in it.
    worded: usize,
    /// True for a number, a bullet, or a letter in brackets: what may stand before a text.
    label: bool,
    /// True when dots lead the eye to what follows.
    leads: bool,
}

impl Piece {
    fn new(row: &Row) -> Self {
        let letters = || row.letters.iter().map(|letter| letter.glyph.letter);
        let count = row.letters.len();
        let worded = letters().filter(|c| c.is_alphabetic()).count();
        let bracketed = letters().last().is_some_and(|c| ").）".contains(c));
        Self {
            left: row.left(),
            right: row.right(),
            base: row.base,
            size: row.size,
            worded,
            label: worded == 0 && count <= 8 || (bracketed && count <= 6) || count == 1,
            leads: letters().filter(|&c| c == '.' || c == '…' || c == '·').count() > 4,
        }
    }

    fn width(&self) -> f32 {
        self.right - self.left
    }

    fn with(self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            worded: self.worded + other.worded,
            label: false,
            leads: self.leads || other.leads,
            ..self
        }
    }
}

/// The pieces of each row.
pub(super) fn pieces(rows: &[Row]) -> Vec<Vec<Piece>> {
    let pieces = |row: &Row| row.pieces(LEAST).iter().map(Piece::new).collect();
    rows.iter().map(pieces).collect()
}

/// What stands on the two sides of a gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text in columns.
    Text,
    /// Blocks side by side at the top of a document.
    Blocks,
    /// Cells of a table.
    Table,
}

/// Rows that stand on both sides of a gutter.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub rows: Range<usize>,
    pub gutter: (f32, f32),
    pub kind: Kind,
}

/// The page around the rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    /// The edges of the text.
    pub edges: (f32, f32),
    pub rules: &'a [Rule],
    /// Where the masthead ends, if there is one.
    pub masthead: f32,
}

/// What begins at this row side by side, if anything does.
pub(super) fn run_at(pieces: &[Vec<Piece>], at: usize, around: Around) -> Option<Run> {
    let row = &pieces[at];
    (1..row.len())
        .filter_map(|n| run(pieces, at, (row[n - 1].right, row[n].left), around))
        .max_by_key(|run| (run.kind == Kind::Text, run.rows.len()))
}

fn run(pieces: &[Vec<Piece>], at: usize, gutter: (f32, f32), around: Around) -> Option<Run> {
    let mut gutter = gutter;
    let size = pieces[at][0].size;
    let (mut end, mut both_end) = (at, at);
    let (mut before, mut behind): (Vec<Piece>, Vec<Piece>) = (Vec::new(), Vec::new());
    let (mut both, mut cells) = (0, 0);
    for (n, row) in pieces.iter().enumerate().skip(at) {
        let middle = (gutter.0 + gutter.1) / 2.0;
        let is_before = |piece: &&Piece| (piece.left + piece.right) / 2.0 < middle;
        let side = |before: bool| {
            row.iter()
                .filter(|piece| is_before(piece) == before)
                .copied()
                .reduce(|a, b| a.with(&b))
        };
        let (left, right) = (side(true), side(false));
        let free = (
            left.map_or(gutter.0, |piece| gutter.0.max(piece.right)),
            right.map_or(gutter.1, |piece| gutter.1.min(piece.left)),
        );
        if free.1 - free.0 < LEAST * size {
            break;
        }
        gutter = free;
        end = n + 1;
        if right.is_some() {
            both_end = n + 1;
        }
        both += usize::from(left.is_some() && right.is_some());
        cells += usize::from(row.len() > 2);
        before.extend(left);
        behind.extend(right);
    }
    let made = |rows, kind| Some(Run { rows, gutter, kind });
    let (top, bottom) = (pieces[at][0].base, pieces[both_end - 1][0].base);
    let crossed = crossings(around.rules, gutter, top - 4.0 * size, bottom + 2.0 * size);
    let filled = |lines: &[Piece], from, to| is_text(lines, to - from);
    if crossed < 3 && filled(&before, around.edges.0, gutter.0) && filled(&behind, gutter.1, around.edges.1) {
        return made(at..end, Kind::Text);
    }
    let aligned = |edge: fn(&Piece) -> f32| {
        let same = |at: f32| behind.iter().filter(|other| (edge(other) - at).abs() < 3.0).count();
        behind.iter().map(|piece| same(edge(piece))).max().unwrap_or(0)
    };
    let on_left = aligned(|piece| piece.left);
    let worded = behind.iter().all(|piece| piece.worded >= 2);
    let narrow = gutter.1 - gutter.0 <= 1.5 * size;
    if bottom < around.masthead && on_left == behind.len() && worded && (2..=8).contains(&behind.len()) && !narrow
    {
        return made(at..both_end, Kind::Blocks);
    }
    let leads = before.iter().chain(&behind).filter(|piece| piece.leads).count();
    let labels = before.iter().filter(|piece| piece.label).count();
    let lined_up = on_left.max(aligned(|piece| piece.right)) * 10 >= behind.len() * 6;
    let cellular = both >= 3 && lined_up && leads * 4 <= before.len() + behind.len();
    let listed = labels * 10 >= before.len() * 8;
    let ruled = crossed >= 3 || (crossed >= 2 && both >= 2);
    let table = cellular
        && match listed {
            // Numbered paragraphs look like this but for the rules.
            true => crossed >= 4 && cells * 2 > both,
            false => ruled || (cells >= 3 && cells * 2 >= both),
        };
    if table { made(at..both_end, Kind::Table) } else { None }
}

/// How many horizontal rules cross a gutter between these heights.
fn crossings(rules: &[Rule], gutter: (f32, f32), top: f32, bottom: f32) -> usize {
    let mut heights: Vec<f32> = rules
        .iter()
        .filter(|rule| {
            rule.is_horizontal()
                && rule.left < gutter.0 + 1.0
                && rule.right > gutter.1 - 1.0
                && (top..bottom).contains(&rule.top)
        })
        .map(|rule| rule.top)
        .collect();
    heights.sort_by(f32::total_cmp);
    heights.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    heights.len()
}

/// True for lines that fill a column as running text does.
fn is_text(lines: &[Piece], width: f32) -> bool {
    let Some(size) = lines.first().map(|line| line.size) else {
        return false;
    };
    if lines.len() < 5 || width < 9.0 * size {
        return false;
    }
    let filled = lines.iter().filter(|line| line.width() > 0.75 * width).count();
    let mut steps: Vec<f32> = lines.windows(2).map(|pair| pair[1].base - pair[0].base).collect();
    steps.sort_by(f32::total_cmp);
    let least = steps[steps.len() / 4];
    let even = steps.iter().filter(|&&step| step < 1.2 * least).count();
    filled * 100 >= lines.len() * 45 && even * 100 >= steps.len() * 55
}
