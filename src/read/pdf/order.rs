//! Rows to lines in reading order: columns one after the other, blocks side by side one by one, the
//! rows of a table as they stand.

use std::ops::Range;

use super::bands::{is_job_number, is_page_number};
use super::glyphs::Sheet;
use super::gutters::{Around, Kind, Pieces, Run, run_at};
use super::rows::{Row, rows};
use super::spelling::WIDE;

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
    /// True for a row of a table.
    pub table: bool,
    /// True when it stands in one of several columns.
    pub side: bool,
    /// True when it is written across the page or up its edge.
    pub askew: bool,
}

/// More rows than this have no columns looked for in them.
const MOST_ROWS: usize = 600;

/// What is known of a page before it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// True when it is the first.
    pub first_page: bool,
    /// True when most of it runs to the left.
    pub leftwards: bool,
    /// The gutter of a table with which the page before ends.
    pub table: Option<(f32, f32)>,
    /// The size of running text up to its end.
    pub text: f32,
}

/// The lines of a page in reading order, and the gutter of a table with which its text ends.
pub(super) fn lines(sheet: &Sheet, before: Before) -> (Vec<Placed>, Option<(f32, f32)>) {
    let rows = rows(&sheet.glyphs);
    let (head, foot) = edges(&rows, sheet);
    let body = &rows[head..foot];
    let mut placer = Placer {
        around: Around {
            edges: (0.0, sheet.width),
            rules: &sheet.rules,
            masthead: if before.first_page {
                0.5 * sheet.height
            } else {
                0.0
            },
            leftwards: before.leftwards,
            above: before.table,
            text: before.text,
        },
        placed: Vec::new(),
        breaks: false,
        last: None,
        side: false,
    };
    placer.apart(&rows[..head]);
    placer.columns(body);
    let table = placer.last.take();
    placer.around.edges = (0.0, sheet.width);
    placer.breaks = false;
    placer.apart(&rows[foot..]);
    for row in self::rows(&sheet.askew) {
        placer.place(row, true, false);
        placer.placed.last_mut().expect("it is placed").askew = true;
    }
    (placer.placed, table)
}

/// How many rows stand at the head and before the foot of the page.
fn edges(rows: &[Row], sheet: &Sheet) -> (usize, usize) {
    let height = sheet.height;
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
    // Below the rule under a running head is text.
    let ruled = |at: usize| {
        let (above, below) = (rows[at].base, rows[at + 1].base);
        let mut rules = sheet.rules.iter().filter(|rule| rule.is_horizontal());
        rules.any(|rule| {
            let wide = rule.right - rule.left > 0.6 * sheet.width;
            wide && (above..below).contains(&rule.top)
        })
    };
    let last = rows.len().saturating_sub(1).min(4);
    let last = (0..last).find(|&at| ruled(at)).map_or(last, |at| at + 1);
    let mut head = 0;
    for at in 0..last {
        if rows[at].base < 0.12 * height && apart(&rows[at], &rows[at + 1]) {
            head = at + 1;
        }
    }
    while head < rows.len() && rows[head].base < 0.14 * height && is_furniture(&rows[head]) {
        head += 1;
    }
    let mut foot = rows.len();
    while foot > head + 1 && rows[foot - 1].base > 0.86 * height && is_furniture(&rows[foot - 1]) {
        foot -= 1;
    }
    for at in (rows.len().saturating_sub(4).max(head + 1)..foot).rev() {
        if rows[at].base > 0.9 * height && apart(&rows[at - 1], &rows[at]) {
            foot = at;
        }
    }
    (head, foot.max(head))
}

/// True for a row of page numbers, job numbers and symbols only.
fn is_furniture(row: &Row) -> bool {
    row.pieces(WIDE).iter().all(|piece| {
        let text: String = piece
            .letters
            .iter()
            .map(|letter| letter.glyph.letter)
            .collect();
        let symbol = text.contains('/')
            && text.chars().any(|c| c.is_ascii_digit())
            && text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "/.-()".contains(c));
        symbol || is_page_number(&text) || is_job_number(&text)
    })
}

struct Placer<'a> {
    around: Around<'a>,
    placed: Vec<Placed>,
    /// True when the next line begins something of its own.
    breaks: bool,
    /// The gutter of a table that ends what is placed.
    last: Option<(f32, f32)>,
    /// True within one of several columns.
    side: bool,
}

impl Placer<'_> {
    fn place(&mut self, row: Row, edge: bool, table: bool) {
        self.placed.push(Placed {
            row,
            column: self.around.edges,
            breaks: std::mem::take(&mut self.breaks),
            edge,
            table,
            side: self.side,
            askew: false,
        });
    }

    /// Places rows each of whose pieces stands for itself.
    fn apart(&mut self, rows: &[Row]) {
        for piece in rows.iter().flat_map(|row| row.pieces(WIDE)) {
            self.place(piece, true, false);
        }
    }

    fn columns(&mut self, rows: &[Row]) {
        let left = rows.iter().map(Row::left).fold(f32::MAX, f32::min);
        let right = rows.iter().map(Row::right).fold(f32::MIN, f32::max);
        self.around.edges = (left, right);
        let pieces = Pieces::of(rows);
        let runs = self.runs(&pieces);
        let mut at = 0;
        for run in runs.into_iter().chain([Run {
            rows: rows.len()..rows.len(),
            gutter: (0.0, 0.0),
            kind: Kind::Table,
        }]) {
            for row in &rows[at..run.rows.start.max(at)] {
                let masthead = row.base < 0.6 * self.around.masthead;
                let parts = if masthead {
                    row.pieces(WIDE)
                } else {
                    vec![row.clone()]
                };
                for part in parts {
                    self.place(part, false, false);
                }
            }
            at = run.rows.end;
            if !run.rows.is_empty() {
                let ends = run.kind == Kind::Table && run.rows.end == rows.len();
                self.last = ends.then_some(run.gutter);
            }
            let rows = &rows[run.rows];
            match run.kind {
                Kind::Table => rows
                    .iter()
                    .for_each(|row| self.place(row.clone(), false, true)),
                kind => self.sides(rows, run.gutter, kind),
            }
        }
    }

    /// Places what stands on both sides of a gutter, one side after the other.
    fn sides(&mut self, rows: &[Row], gutter: (f32, f32), kind: Kind) {
        let around = self.around;
        let middle = (gutter.0 + gutter.1) / 2.0;
        let part = |before: bool| -> Vec<Row> {
            rows.iter()
                .filter_map(|row| {
                    let letters = row
                        .letters
                        .iter()
                        .filter(|letter| (letter.glyph.left < middle) == before);
                    let letters: Vec<_> = letters.copied().collect();
                    (!letters.is_empty()).then(|| row.part(letters))
                })
                .collect()
        };
        if kind == Kind::Text {
            self.around.masthead = 0.0;
        }
        self.around.above = None;
        let side_before = std::mem::replace(&mut self.side, true);
        let (first, second) = match around.leftwards {
            true => (part(false), part(true)),
            false => (part(true), part(false)),
        };
        for rows in [first, second] {
            self.breaks = true;
            self.columns(&rows);
        }
        self.breaks = true;
        self.side = side_before;
        self.around = around;
    }

    /// What stands side by side, from top to bottom.
    fn runs(&self, pieces: &Pieces) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut at = 0;
        while at < pieces.len() && pieces.len() < MOST_ROWS {
            match run_at(pieces, at, self.around) {
                Some(run) => {
                    at = run.rows.end;
                    runs.push(run);
                }
                None => at += 1,
            }
        }
        for n in 0..runs.len() {
            let from = n.checked_sub(1).map_or(0, |n| runs[n].rows.end);
            let to = runs.get(n + 1).map_or(pieces.len(), |run| run.rows.start);
            match runs[n].kind {
                Kind::Table => runs[n].rows = self.whole_table(pieces, &runs[n], from..to),
                Kind::Blocks => runs[n].rows.start = upper_blocks(pieces, &runs[n], from),
                Kind::Text => {}
            }
        }
        self.fill(pieces, &mut runs);
        runs
    }

    /// A table with its head and its last rows: up and down to the rules around it, and what stands
    /// close above and below on one side of its gutter.
    fn whole_table(&self, pieces: &Pieces, run: &Run, within: Range<usize>) -> Range<usize> {
        let crossing = |top: f32, bottom: f32| self.is_crossed(run.gutter, top, bottom);
        let measure = self.around.edges.1 - self.around.edges.0;
        let short = |at: usize| {
            pieces
                .row(at)
                .iter()
                .all(|piece| piece.right - piece.left < 0.6 * measure)
        };
        let one_sided = |at: usize| {
            let row = pieces.row(at);
            row.iter().all(|piece| piece.right < run.gutter.1)
                || row.iter().all(|piece| piece.left > run.gutter.0)
        };
        let step = |at: usize| (pieces.base(at + 1) - pieces.base(at)) / pieces.row(at)[0].size;
        let mut rows = run.rows.clone();
        let size = pieces.row(rows.start)[0].size;
        let text = |at: usize| pieces.is_text(at, size, self.around);
        while rows.end < within.end
            && one_sided(rows.end)
            && !text(rows.end)
            && step(rows.end - 1) < 1.5
        {
            rows.end += 1;
        }
        while rows.start > within.start
            && one_sided(rows.start - 1)
            && short(rows.start - 1)
            && step(rows.start - 1) < 1.5
        {
            rows.start -= 1;
        }
        // A head that spans some of the columns.
        let spans = |at: usize| {
            let (row, below) = (pieces.row(at), pieces.row(at + 1)[0]);
            row[0].left > below.left + 3.0 * below.size
                && row[0].size < 1.1 * below.size
                && step(at) < 2.8
                && short(at)
        };
        if rows.start > within.start && spans(rows.start - 1) {
            rows.start -= 1;
        }
        let ruled_above = |at: usize| {
            let above = at
                .checked_sub(1)
                .map_or(f32::MIN, |above| pieces.base(above));
            let base = pieces.base(at);
            crossing(above.max(base - 3.0 * pieces.row(at)[0].size), base)
        };
        // Above the topmost rule is no head of a table, or one in small type between two rules.
        let start = rows.start;
        let small = |at: usize| {
            !ruled_above(start) || pieces.row(at)[0].size < 0.9 * pieces.row(start)[0].size
        };
        for at in (within.start.max(start.saturating_sub(6))..start).rev() {
            if !short(at) || step(at) > 2.0 || !small(at) {
                break;
            }
            if ruled_above(at) {
                rows.start = at;
                break;
            }
        }
        if let Some(at) = self.spanning_head(pieces, run, within.start..rows.start) {
            rows.start = at;
        }
        // A table of the page before goes on with what stands in one of its columns.
        let usual = pieces.row(rows.start)[0].size;
        let alike = |at: usize| one_sided(at) && (pieces.row(at)[0].size - usual).abs() < 0.5;
        let goes_on = self.around.above.is_some() && rows.start <= 3;
        if goes_on && (0..rows.start).all(alike) {
            rows.start = 0;
        }
        for at in rows.end..within.end.min(rows.end + 6) {
            if !short(at)
                || step(at - 1) > 3.0
                || crossing(pieces.base(rows.end - 1), pieces.base(rows.end))
            {
                break;
            }
            let next = if at + 1 < pieces.len() {
                pieces.base(at + 1)
            } else {
                f32::MAX
            };
            if crossing(
                pieces.base(at),
                next.min(pieces.base(at) + 2.5 * pieces.row(at)[0].size),
            ) {
                rows.end = at + 1;
                break;
            }
        }
        rows
    }

    /// True when a horizontal rule crosses a gutter between these heights.
    fn is_crossed(&self, gutter: (f32, f32), top: f32, bottom: f32) -> bool {
        self.around.rules.iter().any(|rule| {
            rule.is_horizontal()
                && rule.left < gutter.0 + 1.0
                && rule.right > gutter.1 - 1.0
                && rule.top > top
                && rule.top < bottom
        })
    }

    /// Where a head begins that spans all columns of a table: a few rows between two rules close
    /// above and below them.
    fn spanning_head(&self, pieces: &Pieces, run: &Run, above: Range<usize>) -> Option<usize> {
        const MOST: usize = 4;
        // Right under another table, and under the rule at the head of a page, is text.
        let first = (above.start + 1).max(above.end.saturating_sub(MOST));
        let ruled = |at: usize, below: bool| {
            let (base, size) = (pieces.base(at), pieces.row(at)[0].size);
            let (top, bottom) = match below {
                true => (base, base + 1.2 * size),
                false => (base - 2.0 * size, base),
            };
            self.is_crossed(run.gutter, top, bottom)
        };
        let last = (first..above.end).rev().find(|&at| ruled(at, true))?;
        let near = |at: usize| {
            let (one, other) = (pieces.row(at)[0], pieces.row(at + 1)[0]);
            let crossed = self.is_crossed(run.gutter, one.base, other.base);
            other.base - one.base < if crossed { 3.0 } else { 1.5 } * one.size
        };
        let from = (first..last).rev().take_while(|&at| near(at)).last();
        (from.unwrap_or(last)..=last).find(|&at| ruled(at, false))
    }

    /// One or two rows between two parts of a table belong to it.
    fn fill(&self, pieces: &Pieces, runs: &mut [Run]) {
        let text = self.around.edges.1 - self.around.edges.0;
        for n in 1..runs.len() {
            let (from, to) = (runs[n - 1].rows.end, runs[n].rows.start);
            let tables = runs[n - 1].kind == Kind::Table && runs[n].kind == Kind::Table;
            if !tables || from >= to || to - from > 3 {
                continue;
            }
            let near = (from..=to)
                .all(|at| pieces.base(at) - pieces.base(at - 1) < 2.0 * pieces.row(at)[0].size);
            let short = (from..to).all(|at| {
                pieces
                    .row(at)
                    .iter()
                    .all(|piece| piece.right - piece.left < 0.85 * text)
            });
            if near && short {
                runs[n].rows.start = from;
            }
        }
    }
}

/// Blocks side by side may begin with lines of one of them alone.
fn upper_blocks(pieces: &Pieces, run: &Run, from: usize) -> usize {
    let mut start = run.rows.start;
    while start > from {
        let row = pieces.row(start - 1);
        let one_sided = row.iter().all(|piece| piece.right < run.gutter.1)
            || row.iter().all(|piece| piece.left > run.gutter.0);
        if !one_sided || pieces.base(start) - row[0].base > 2.5 * row[0].size {
            break;
        }
        start -= 1;
    }
    start
}
