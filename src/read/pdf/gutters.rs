//! White space that runs down a page between what stands side by side: columns of running text,
//! blocks of a masthead, cells of a table.

use std::ops::Range;

use super::glyphs::Rule;
use super::rows::Row;

/// A gutter is at least so many ems wide.
const LEAST: f32 = 0.9;
/// So wide is one between cells of a table set tight.
const TIGHT: f32 = 0.2;

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
    /// True for a number, or a bullet, and the text behind it.
    labelled: bool,
}

impl Piece {
    fn new(row: &Row) -> Self {
        let letters = || row.letters.iter().map(|letter| letter.glyph.letter);
        let count = row.letters.len();
        let worded = letters().filter(|c| c.is_alphabetic()).count();
        let bracketed = letters().next_back().is_some_and(|c| ").）".contains(c));
        Self {
            left: row.left(),
            right: row.right(),
            base: row.base,
            size: row.size,
            worded,
            label: worded == 0 && count <= 8 || (bracketed && count <= 6) || count == 1,
            leads: letters()
                .filter(|&c| c == '.' || c == '…' || c == '·')
                .count()
                > 4,
            labelled: false,
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

/// The pieces of each row of a page, cut at wide gaps and at narrow ones.
pub(super) struct Pieces {
    wide: Vec<Vec<Piece>>,
    tight: Vec<Vec<Piece>>,
}

impl Pieces {
    pub fn of(rows: &[Row]) -> Self {
        Self {
            wide: rows.iter().map(|row| cut(row, LEAST)).collect(),
            tight: rows.iter().map(|row| cut(row, TIGHT)).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.wide.len()
    }

    /// True for a row of running text among those of a table with letters of this size: one piece of
    /// many letters, as large as text is, that is larger or begins as a numbered paragraph does.
    pub fn is_text(&self, at: usize, table: f32, around: Around) -> bool {
        /// So many letters are no cell but a line.
        const LINE: usize = 30;
        let [line] = self.wide[at][..] else {
            return false;
        };
        line.worded >= LINE
            && line.width() > 0.7 * (around.edges.1 - around.edges.0)
            && line.size > 0.95 * around.text
            && (line.labelled || line.size > 1.1 * table)
    }

    pub fn row(&self, at: usize) -> &[Piece] {
        &self.wide[at]
    }

    /// The line on which a row stands.
    pub fn base(&self, at: usize) -> f32 {
        self.wide[at][0].base
    }
}

fn cut(row: &Row, ems: f32) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = row.pieces(ems).iter().map(Piece::new).collect();
    let gaps: Vec<f32> = pieces
        .windows(2)
        .map(|pair| pair[1].left - pair[0].right)
        .collect();
    let (least, most) = gaps
        .iter()
        .fold((f32::MAX, 0f32), |(a, b), &gap| (a.min(gap), b.max(gap)));
    // A line filled to its measure has wide word spaces, but all are the same.
    if gaps.len() >= 3 && most < 1.3 * least && most < 2.0 * row.size {
        return vec![Piece::new(row)];
    }
    // A number and the text behind it are one.
    if pieces.len() > 1 && pieces[0].label && pieces[1].worded >= 2 && gaps[0] < 4.0 * row.size {
        pieces[1] = pieces[0].with(&pieces[1]);
        pieces[1].labelled = true;
        pieces.remove(0);
    }
    pieces
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
    /// True when the text runs to the left: its gaps then tell less.
    pub leftwards: bool,
    /// The gutter of a table that goes on from the page before.
    pub above: Option<(f32, f32)>,
    /// The size of running text.
    pub text: f32,
}

/// What begins at this row side by side, if anything does.
pub(super) fn run_at(pieces: &Pieces, at: usize, around: Around) -> Option<Run> {
    let gutters = |row: &[Piece]| -> Vec<(f32, f32)> {
        row.windows(2)
            .map(|pair| (pair[0].right, pair[1].left))
            .collect()
    };
    if let Some(table) = table_going_on(pieces, at, around) {
        return Some(table);
    }
    let wide = gutters(&pieces.wide[at]).into_iter().filter_map(|gutter| {
        let columns = Sides::down_from(pieces, at, gutter, LEAST, None);
        if columns.is_columns(around) {
            return Some(columns.run(Kind::Text));
        }
        let sides = Sides::down_from(pieces, at, gutter, LEAST, Some(around));
        let kind = sides.kind(around)?;
        Some(sides.run(kind))
    });
    let best = wide.max_by_key(|run| (run.kind == Kind::Text, run.rows.len()));
    best.or_else(|| {
        let tight = gutters(&pieces.tight[at]).into_iter().filter_map(|gutter| {
            let sides = Sides::down_from(pieces, at, gutter, TIGHT, Some(around));
            sides.is_tight_table(around).then(|| sides.run(Kind::Table))
        });
        tight.max_by_key(|run| run.rows.len())
    })
}

/// The table with which the page before ends, where it goes on from this row of the next.
fn table_going_on(pieces: &Pieces, at: usize, around: Around) -> Option<Run> {
    let above = around.above.filter(|_| at <= 4)?;
    let sides = Sides::down_from(pieces, at, above, TIGHT, Some(around));
    // It may have more columns than two: no cell begins where no other does.
    let shared = |cell: &&Piece| {
        let same = sides
            .next
            .iter()
            .filter(|it| (it.left - cell.left).abs() < 1.0);
        same.count() >= 2
    };
    // Letters above the first whole row are no larger: they are no heading of another table.
    let whole = |row: &&Vec<Piece>| row.len() > 1;
    let first = pieces.tight[sides.rows.clone()].iter().find(whole);
    let alike = first.is_some_and(|row| pieces.tight[at][0].size < 1.1 * row[0].size);
    let table = sides.both >= 3
        && alike
        && sides.next.iter().filter(shared).count() * 20 >= sides.next.len() * 19
        && !sides.is_list()
        && !sides.leads()
        && !sides.is_text(around)
        && !around.leftwards;
    table.then(|| sides.run(Kind::Table))
}

/// What stands on both sides of a gutter, as far down as it reaches.
struct Sides {
    gutter: (f32, f32),
    rows: Range<usize>,
    /// Where the last row is that has something behind the gutter.
    both_end: usize,
    before: Vec<Piece>,
    behind: Vec<Piece>,
    /// The first piece behind the gutter in each row, and how wide it is up to the next real gap
    /// where there is something before the gutter too.
    next: Vec<Piece>,
    cells_behind: Vec<f32>,
    /// How many rows have something on both sides, and how many more than two pieces.
    both: usize,
    cells: usize,
    size: f32,
}

impl Sides {
    /// What stands on the two sides of a gutter, at least so many ems wide, from a row on; for a
    /// table on a page, down to a heading or a line of text.
    fn down_from(
        pieces: &Pieces,
        at: usize,
        gutter: (f32, f32),
        least: f32,
        table: Option<Around>,
    ) -> Self {
        let rows = match least {
            TIGHT => &pieces.tight,
            _ => &pieces.wide,
        };
        let mut sides = Self {
            gutter,
            rows: at..at,
            both_end: at,
            before: Vec::new(),
            behind: Vec::new(),
            next: Vec::new(),
            cells_behind: Vec::new(),
            both: 0,
            cells: 0,
            // The heads of columns may be smaller than what is under them.
            size: (rows[at..].iter().take(2).filter(|row| row.len() > 1))
                .map(|row| row[0].size)
                .fold(rows[at][0].size, f32::max),
        };
        for (n, row) in rows.iter().enumerate().skip(at) {
            let gutter = sides.gutter;
            let middle = (gutter.0 + gutter.1) / 2.0;
            let is_before = |piece: &&Piece| (piece.left + piece.right) / 2.0 < middle;
            let split = row.iter().filter(is_before).count();
            let side = |pieces: &[Piece]| pieces.iter().copied().reduce(|a, b| a.with(&b));
            let (left, right) = (side(&row[..split]), side(&row[split..]));
            let free = (
                left.map_or(gutter.0, |piece| gutter.0.max(piece.right)),
                right.map_or(gutter.1, |piece| gutter.1.min(piece.left)),
            );
            let heading = right.is_none() && row[0].size > 1.2 * sides.size;
            let text = |around: Around| pieces.is_text(n, sides.size, around);
            if table.is_some_and(|around| heading || text(around)) {
                break;
            }
            if free.1 - free.0 < least * sides.size {
                break;
            }
            sides.gutter = free;
            sides.rows.end = n + 1;
            if right.is_some() {
                sides.both_end = n + 1;
            }
            sides.both += usize::from(left.is_some() && right.is_some());
            sides.cells += usize::from(row.len() > 2);
            sides.before.extend(left);
            sides.behind.extend(right);
            sides.next.extend(row[split..].first());
            if left.is_some() && right.is_some() {
                let cell = row[split..]
                    .windows(2)
                    .take_while(|pair| pair[1].left - pair[0].right < LEAST * sides.size);
                let end = cell.last().map_or(row[split].right, |pair| pair[1].right);
                sides.cells_behind.push(end - row[split].left);
            }
        }
        sides
    }

    fn run(&self, kind: Kind) -> Run {
        let end = match kind {
            Kind::Text => self.rows.end,
            _ => self.both_end,
        };
        Run {
            rows: self.rows.start..end,
            gutter: self.gutter,
            kind,
        }
    }

    fn bottom(&self) -> f32 {
        self.behind.last().map_or(0.0, |piece| piece.base)
    }

    /// How many rules cross the gutter, a little above and below included.
    fn crossed(&self, rules: &[Rule]) -> usize {
        let top = self.before.first().map_or(0.0, |piece| piece.base);
        let (top, bottom) = (top - 4.0 * self.size, self.bottom() + 2.0 * self.size);
        crossings(rules, self.gutter, top, bottom)
    }

    /// True when most pieces before the gutter are numbers and bullets of what stands behind it.
    fn is_list(&self) -> bool {
        let labels = self.before.iter().filter(|piece| piece.label).count();
        labels * 10 >= self.before.len() * 8
    }

    /// True when some of what is behind the gutter is words.
    fn is_worded(&self) -> bool {
        let worded = self.behind.iter().filter(|piece| piece.worded >= 2).count();
        worded * 4 >= self.behind.len()
    }

    fn leads(&self) -> bool {
        let all = self.before.iter().chain(&self.behind);
        let leads = all.filter(|piece| piece.leads).count();
        leads * 4 > self.before.len() + self.behind.len()
    }

    fn is_text(&self, around: Around) -> bool {
        let (a, b) = (self.before.len(), self.behind.len());
        is_text(&self.before, self.gutter.0 - around.edges.0)
            && is_text(&self.behind, around.edges.1 - self.gutter.1)
            && a.min(b) * 3 >= a.max(b)
    }

    fn is_columns(&self, around: Around) -> bool {
        let crossed = self.crossed(around.rules);
        let table = crossed >= 3 || (crossed >= 2 && self.is_headed()) || self.goes_on(around);
        !table && self.is_text(around)
    }

    /// True when both sides begin with a line in smaller letters, as the heads of columns are.
    fn is_headed(&self) -> bool {
        let headed = |side: &[Piece]| match side {
            [head, below, ..] => head.size < 0.9 * below.size,
            _ => false,
        };
        headed(&self.before) && headed(&self.behind)
    }

    /// What the sides are when they are no columns of text.
    fn kind(&self, around: Around) -> Option<Kind> {
        let crossed = self.crossed(around.rules);
        let on_left = lined_up(&self.behind, |piece| piece.left, 3.0);
        let worded = self.behind.iter().all(|piece| piece.worded >= 2);
        let narrow = self.gutter.1 - self.gutter.0 <= 1.5 * self.size;
        let all_on_left = on_left == self.behind.len();
        if self.bottom() < around.masthead {
            let few = (2..=8).contains(&self.behind.len());
            let blocks = all_on_left && worded && few && !narrow;
            // No masthead is a grid.
            if blocks || self.cells < 3 {
                return blocks.then_some(Kind::Blocks);
            }
        }
        let on_right = lined_up(&self.behind, |piece| piece.right, 3.0);
        let aligned = on_left.max(on_right) * 10 >= self.behind.len() * 6;
        let least = if self.goes_on(around) { 2 } else { 3 };
        let sums = self.cells == self.both && self.behind.iter().all(|piece| piece.worded == 0);
        let enough = self.both >= least || (self.both >= 1 && crossed >= 2 && sums);
        let cellular = enough && aligned && !self.leads();
        let ruled = crossed >= 2 || self.goes_on(around);
        let table = cellular
            && match self.is_list() {
                // Numbered paragraphs look like this but for the rules.
                true => crossed >= 4 && self.cells * 2 > self.both,
                false => {
                    ruled || (self.cells >= 3 && self.cells * 2 >= self.both && !around.leftwards)
                }
            };
        table.then_some(Kind::Table)
    }

    /// True for a table whose cells stand close: what is behind the gutter begins at one place, and
    /// there are rules or it is short, as a number or a yes.
    fn is_tight_table(&self, around: Around) -> bool {
        let on_left = lined_up(&self.next, |piece| piece.left, 1.0);
        let short = self
            .cells_behind
            .iter()
            .filter(|&&width| width < 4.0 * self.size)
            .count();
        let ruled = self.crossed(around.rules) >= 3 || self.goes_on(around);
        let sure = match ruled {
            true => self.both >= 4,
            // Numbers alone are those of the pages in a list of contents.
            false => self.both >= 8 && short * 10 >= self.both * 6 && self.is_worded(),
        };
        sure && on_left * 20 >= self.next.len() * 19
            && !self.is_list()
            && !self.leads()
            && !self.is_text(around)
            && !around.leftwards
            && self.bottom() > around.masthead
    }

    /// True when a table of the page before has its gutter here.
    fn goes_on(&self, around: Around) -> bool {
        around.above.is_some_and(|above| {
            self.rows.start <= 4 && above.0 < self.gutter.1 && above.1 > self.gutter.0
        })
    }
}

/// How many pieces have this edge at the same place, at most.
fn lined_up(pieces: &[Piece], edge: fn(&Piece) -> f32, off: f32) -> usize {
    let same = |at: f32| {
        pieces
            .iter()
            .filter(|other| (edge(other) - at).abs() < off)
            .count()
    };
    pieces
        .iter()
        .map(|piece| same(edge(piece)))
        .max()
        .unwrap_or(0)
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
    let filled = lines
        .iter()
        .filter(|line| line.width() > 0.75 * width && line.worded >= 8)
        .count();
    let mut steps: Vec<f32> = lines
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .collect();
    steps.sort_by(f32::total_cmp);
    let least = steps[steps.len() / 4];
    let even = steps.iter().filter(|&&step| step < 1.2 * least).count();
    filled * 100 >= lines.len() * 45 && even * 100 >= steps.len() * 65
}
