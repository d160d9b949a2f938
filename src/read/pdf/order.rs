//! Rows to lines in reading order: columns one after the other, blocks side by side one by one.

use super::glyphs::{Rule, Sheet};
use super::rows::{Row, rows};

/// A line of a page in its place in the reading order.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub row: Row,
    /// The edges of the column it stands in.
    pub column: (f32, f32),
    /// True when it is the first of a column, or of what goes on below columns.
    pub breaks: bool,
    /// True when it stands apart from the text, at the head or foot of the page.
    pub edge: bool,
}

/// A gutter is at least so many ems wide.
const GUTTER: f32 = 0.9;
/// More rows than this have no columns looked for in them.
const MOST_ROWS: usize = 600;

/// The lines of a page in reading order.
pub(super) fn lines(sheet: &Sheet, first_page: bool) -> Vec<Placed> {
    let rows = rows(&sheet.glyphs);
    let (head, foot) = edges(&rows, sheet.height);
    let mut placed = Vec::new();
    let apart = |rows: &[Row], placed: &mut Vec<Placed>| {
        for row in rows {
            for piece in row.pieces(super::spelling::WIDE) {
                placed.push(Placed {
                    column: (0.0, sheet.width),
                    row: piece,
                    breaks: false,
                    edge: true,
                });
            }
        }
    };
    apart(&rows[..head], &mut placed);
    let body = &rows[head..foot];
    let masthead = if first_page { 0.5 * sheet.height } else { 0.0 };
    columns(body, &sheet.rules, masthead, &mut placed);
    apart(&rows[foot..], &mut placed);
    placed
}

/// How many rows stand at the head and before the foot of the page.
fn edges(rows: &[Row], height: f32) -> (usize, usize) {
    let mut steps: Vec<f32> = rows
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .collect();
    steps.sort_by(f32::total_cmp);
    let Some(&usual) = steps.get(steps.len() / 2) else {
        return (0, rows.len());
    };
    let apart = |above: &Row, below: &Row| {
        below.base - above.base > (1.35 * usual).max(1.5 * below.size.min(above.size))
    };
    let mut head = 0;
    for at in 0..rows.len().saturating_sub(1).min(4) {
        if rows[at + 1].base < 0.16 * height && apart(&rows[at], &rows[at + 1])
            || rows[at].base < 0.12 * height && apart(&rows[at], &rows[at + 1])
        {
            head = at + 1;
        }
    }
    let mut foot = rows.len();
    for at in (rows.len().saturating_sub(4).max(head + 1)..rows.len()).rev() {
        if rows[at].base > 0.9 * height && apart(&rows[at - 1], &rows[at]) {
            foot = at;
        }
    }
    (head, foot.max(head))
}

/// Rows that stand on both sides of a gutter.
#[derive(Debug, Clone)]
struct Run {
    rows: std::ops::Range<usize>,
    gutter: (f32, f32),
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Running text in columns.
    Text,
    /// Blocks side by side at the top of a document.
    Blocks,
}

fn columns(rows: &[Row], rules: &[Rule], masthead: f32, placed: &mut Vec<Placed>) {
    let left = rows.iter().map(Row::left).fold(f32::MAX, f32::min);
    let right = rows.iter().map(Row::right).fold(f32::MIN, f32::max);
    let pieces: Vec<Vec<Row>> = rows.iter().map(|row| row.pieces(GUTTER)).collect();
    let mut at = 0;
    let mut breaks = false;
    let mut failed = 0;
    while at < rows.len() {
        let run = (rows.len() < MOST_ROWS && at >= failed)
            .then(|| run_at(&pieces, at, (left, right), rules, masthead))
            .flatten();
        let Some(run) = run else {
            let wide = super::spelling::WIDE;
            let parts = match rows[at].base < 0.6 * masthead {
                true => rows[at].pieces(wide),
                false => vec![rows[at].clone()],
            };
            for row in parts {
                placed.push(Placed {
                    row,
                    column: (left, right),
                    breaks: std::mem::take(&mut breaks),
                    edge: false,
                });
            }
            at += 1;
            continue;
        };
        failed = run.rows.end;
        let middle = (run.gutter.0 + run.gutter.1) / 2.0;
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        for row in &pieces[run.rows.clone()] {
            let (a, b): (Vec<_>, Vec<_>) = row.iter().partition(|piece| piece.left() < middle);
            for (side, pieces) in [(&mut before, a), (&mut behind, b)] {
                if let Some(first) = pieces.first() {
                    let letters = pieces.iter().flat_map(|piece| piece.letters.clone());
                    side.push(first.part(letters.collect()));
                }
            }
        }
        let masthead = if run.kind == Kind::Blocks {
            masthead
        } else {
            0.0
        };
        for side in [before, behind] {
            let from = placed.len();
            columns(&side, rules, masthead, placed);
            if let Some(first) = placed.get_mut(from) {
                first.breaks = true;
            }
        }
        breaks = true;
        at = run.rows.end;
    }
}

/// The columns that begin at this row, if any do.
fn run_at(
    pieces: &[Vec<Row>],
    at: usize,
    edges: (f32, f32),
    rules: &[Rule],
    masthead: f32,
) -> Option<Run> {
    let row = &pieces[at];
    (1..row.len())
        .filter_map(|n| {
            let gutter = (row[n - 1].right(), row[n].left());
            run(pieces, at, gutter, edges, rules, masthead)
        })
        .max_by_key(|run| run.rows.len())
}

fn run(
    pieces: &[Vec<Row>],
    at: usize,
    mut gutter: (f32, f32),
    edges: (f32, f32),
    rules: &[Rule],
    masthead: f32,
) -> Option<Run> {
    let size = pieces[at][0].size;
    let mut end = at;
    let mut both_end = at;
    let (mut before, mut behind): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
    for (n, row) in pieces.iter().enumerate().skip(at) {
        let middle = (gutter.0 + gutter.1) / 2.0;
        let (mut left, mut right) = gutter;
        let (mut has_left, mut has_right) = (false, false);
        for piece in row {
            match (piece.left() + piece.right()) / 2.0 < middle {
                true => {
                    has_left = true;
                    left = left.max(piece.right());
                }
                false => {
                    has_right = true;
                    right = right.min(piece.left());
                }
            }
        }
        if right - left < GUTTER * size {
            break;
        }
        gutter = (left, right);
        end = n + 1;
        if has_right {
            both_end = n + 1;
        }
        let side = |left: bool| {
            let pieces = row
                .iter()
                .filter(|piece| (piece.left() < middle) == left)
                .flat_map(|piece| piece.letters.clone());
            row[0].part_if(pieces.collect())
        };
        if has_left {
            before.extend(side(true));
        }
        if has_right {
            behind.extend(side(false));
        }
    }
    let (top, bottom) = (pieces[at][0].base, pieces[end - 1][0].base);
    let crossed = rules.iter().filter(|rule| {
        rule.is_horizontal()
            && rule.left < gutter.0
            && rule.right > gutter.1
            && rule.top > top - size
            && rule.bottom < bottom
    });
    if is_text(&before, (edges.0, gutter.0))
        && is_text(&behind, (gutter.1, edges.1))
        && crossed.count() < 3
    {
        return Some(Run {
            rows: at..end,
            gutter,
            kind: Kind::Text,
        });
    }
    let aligned = {
        let mut lefts = behind.iter().map(Row::left);
        let first = lefts.next()?;
        behind.len() >= 2 && lefts.all(|left| (left - first).abs() < 3.0)
    };
    let worded = behind.iter().all(|row| {
        let letters = row
            .letters
            .iter()
            .filter(|letter| letter.glyph.letter.is_alphabetic());
        letters.count() >= 2
    });
    let low = pieces[both_end - 1][0].base < masthead;
    (low && aligned && worded && behind.len() <= 8 && gutter.1 - gutter.0 > 1.5 * size).then_some(
        Run {
            rows: at..both_end,
            gutter,
            kind: Kind::Blocks,
        },
    )
}

/// True for lines that fill a column as running text does.
fn is_text(lines: &[Row], column: (f32, f32)) -> bool {
    let width = column.1 - column.0;
    let Some(size) = lines.first().map(|line| line.size) else {
        return false;
    };
    if lines.len() < 5 || width < 9.0 * size {
        return false;
    }
    let filled = lines
        .iter()
        .filter(|line| line.right() - line.left() > 0.75 * width)
        .count();
    let mut steps: Vec<f32> = lines
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .collect();
    steps.sort_by(f32::total_cmp);
    let least = steps[steps.len() / 4];
    let even = steps.iter().filter(|&&step| step < 1.2 * least).count();
    filled * 100 >= lines.len() * 45 && even * 100 >= steps.len() * 55
}

impl Row {
    fn part_if(&self, letters: Vec<super::rows::Letter>) -> Option<Row> {
        (!letters.is_empty()).then(|| self.part(letters))
    }
}
