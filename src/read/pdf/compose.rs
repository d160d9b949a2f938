//! Pages to one manuscript: what each line is, judged by all pages together.

use std::collections::HashMap;

use super::Trouble;
use super::bands;
use super::glyphs::{Rule, Sheet};
use super::order::{self, Before, Placed};
use super::rows::Letter;
use super::rtl;
use super::spelling::{CELL, Spelled, WIDE, spell};
use crate::read::{Call, Format, Line, Look, Manuscript, Remark, Role};

/// Gathers pages.
#[derive(Debug, Default)]
pub(super) struct Composer {
    pages: Vec<Page>,
    remarks: Vec<Remark>,
    /// The gutter of a table with which the last page ends.
    table: Option<(f32, f32)>,
    /// How many glyphs so far have which size, in quarters of a point.
    sizes: HashMap<i32, usize>,
    /// How many more pairs of brackets in lines that run to the left open on their right than do
    /// not: fonts name such brackets by what they look like, or by what they mean.
    turned: isize,
}

/// What is kept of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub width: f32,
    pub height: f32,
    pub lines: Vec<Printed>,
    /// Short horizontal rules, as stand above footnotes.
    pub rules: Vec<Rule>,
    /// Where the lowest rule is that runs across the lower part of the page, if there is one.
    pub low_rule: Option<f32>,
    /// True when most of it is an image.
    pub image: bool,
}

/// A line as it stands on its page.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    pub spelled: Spelled,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
    pub column: (f32, f32),
    pub breaks: bool,
    pub edge: bool,
    pub bold: bool,
    pub italic: bool,
    pub leftwards: bool,
    /// True when it stands in one of several columns.
    pub side: bool,
    /// True when it begins with a raised sign.
    pub raised_start: bool,
    pub role: Role,
}

impl Printed {
    fn new(placed: &Placed, leftwards: bool, mirrors: bool) -> Self {
        let row = &placed.row;
        let marked = |is: fn(&super::glyphs::Glyph) -> bool| {
            let mut letters = row
                .letters
                .iter()
                .filter(|letter| !letter.raised && letter.glyph.letter.is_alphanumeric())
                .peekable();
            letters.peek().is_some() && letters.all(|letter| is(&letter.glyph))
        };
        let wide = match (placed.table, leftwards) {
            (true, _) => CELL,
            (false, false) => WIDE,
            // Letters stretched to fill the line leave gaps.
            (false, true) => 2.0 * WIDE,
        };
        Self {
            spelled: spell(&row.letters, leftwards, wide, mirrors),
            left: row.left(),
            right: row.right(),
            base: row.base,
            size: row.size,
            column: placed.column,
            breaks: placed.breaks,
            edge: placed.edge,
            bold: marked(|glyph| glyph.bold),
            italic: marked(|glyph| glyph.italic),
            leftwards,
            side: placed.side,
            raised_start: match leftwards {
                true => row.letters.last(),
                false => row.letters.first(),
            }
            .is_some_and(|letter| letter.raised),
            role: match (placed.table, placed.askew) {
                (true, _) => Role::Table,
                // A longer text is part of a figure; a short one stands at the edge.
                (false, true) if row.letters.len() > 40 => Role::Table,
                (false, true) => Role::Foot,
                (false, false) => Role::Line,
            },
        }
    }
}

impl Composer {
    /// Takes the next page in.
    pub fn take(&mut self, sheet: &Sheet) {
        let number = self.pages.len() as u32 + 1;
        let page_leftwards = rtl::runs_left(sheet.glyphs.iter().map(|glyph| glyph.letter));
        for glyph in &sheet.glyphs {
            *self.sizes.entry(quarters(glyph.size)).or_default() += 1;
        }
        let before = Before {
            first_page: number == 1,
            leftwards: page_leftwards,
            table: self.table.take(),
            text: text_size(&self.sizes),
        };
        let (placed, table) = order::lines(sheet, before);
        self.table = table;
        if page_leftwards {
            placed
                .iter()
                .for_each(|line| self.turned += turned_brackets(&line.row.letters));
        }
        let mirrors = self.turned <= 0;
        let lines = placed
            .iter()
            .map(|line| {
                let letters = || line.row.letters.iter().map(|letter| letter.glyph.letter);
                // A line of numbers runs as its page does.
                let neutral = !letters().any(char::is_alphabetic);
                let leftwards = match neutral {
                    true => page_leftwards,
                    false => rtl::runs_left(letters()),
                };
                Printed::new(line, leftwards, mirrors)
            })
            .collect();
        self.pages.push(Page {
            width: sheet.width,
            height: sheet.height,
            lines,
            rules: sheet
                .rules
                .iter()
                .filter(|rule| is_short(rule, sheet))
                .take(100)
                .copied()
                .collect(),
            low_rule: (sheet.rules.iter().filter(|rule| is_across(rule, sheet)))
                .map(|rule| rule.top)
                .max_by(f32::total_cmp),
            image: sheet.image > 0.3,
        });
    }

    /// Does without the next page.
    pub fn miss(&mut self, why: &str) {
        let number = self.pages.len() as u32 + 1;
        self.remark(number, format!("the page {why} and is left out"));
        self.pages.push(Page::default());
    }

    fn remark(&mut self, page: u32, text: String) {
        self.remarks.push(Remark {
            line: 0,
            page,
            text,
            misread: true,
        });
    }

    /// The manuscript of all pages.
    pub fn finish(mut self, cut_off: bool) -> Result<Manuscript, Trouble> {
        if self.pages.iter().all(|page| page.lines.is_empty()) {
            return Err(match () {
                () if self.pages.iter().any(|page| page.image) => Trouble::Scanned,
                () if cut_off || !self.remarks.is_empty() => Trouble::Damaged,
                () => Trouble::NoText,
            });
        }
        for n in 0..self.pages.len() {
            if self.pages[n].lines.is_empty() && self.pages[n].image {
                self.remark(n as u32 + 1, "the page has no text: a scan?".into());
            }
        }
        let usual = usual_size(&self.pages);
        bands::mark(&mut self.pages, usual);
        for n in 0..self.pages.len() {
            // The bars of a job number have no characters either.
            let text = self.pages[n]
                .lines
                .iter()
                .filter(|line| !matches!(line.role, Role::Head | Role::Foot));
            let unknown: usize = text
                .map(|line| line.spelled.text.matches('\u{fffd}').count())
                .sum();
            if unknown > 0 {
                let glyphs = if unknown == 1 {
                    "glyph has"
                } else {
                    "glyphs have"
                };
                self.remark(n as u32 + 1, format!("{unknown} {glyphs} no character"));
            }
        }
        if cut_off {
            self.remark(0, "the file is cut off: pages may be missing".into());
        }
        self.remarks.sort_by_key(|remark| remark.page);
        let edges = Edges::of(&self.pages, usual);
        let leading = leading(&self.pages, usual);
        let mut manuscript = Manuscript {
            format: Format::Pdf,
            pages: self.pages.len() as u32,
            remarks: self.remarks,
            ..Manuscript::default()
        };
        for (page, number) in self.pages.iter().zip(1..) {
            write(
                &mut manuscript,
                page,
                number,
                &Set {
                    usual,
                    leading,
                    edges,
                },
            );
        }
        for remark in &mut manuscript.remarks {
            let first = manuscript
                .lines
                .iter()
                .find(|line| line.page >= remark.page);
            let on_page = remark.page > 0;
            remark.line = first.filter(|_| on_page).map_or(0, |line| line.number);
        }
        Ok(manuscript)
    }
}

/// 1 when a pair of brackets, seen from the left, closes before it opens; -1 when it does not; 0 when
/// there is none.
fn turned_brackets(letters: &[Letter]) -> isize {
    let mut brackets = letters
        .iter()
        .map(|letter| letter.glyph.letter)
        .filter(|c| "()".contains(*c));
    match (brackets.next(), brackets.next()) {
        (Some(')'), Some('(')) => 1,
        (Some('('), Some(')')) => -1,
        _ => 0,
    }
}

/// The size most letters have.
fn usual_size(pages: &[Page]) -> f32 {
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *counts.entry(quarters(line.size)).or_default() += line.spelled.text.len();
    }
    let most = counts
        .into_iter()
        .max_by_key(|&(size, count)| (count, size));
    most.map_or(10.0, |(size, _)| size as f32 / 4.0).max(0.5)
}

fn quarters(size: f32) -> i32 {
    (size * 4.0).round() as i32
}

/// The size of running text where letters are counted by quarters of it: the largest of those that
/// many have. Whole pages may be tables in smaller letters.
fn text_size(counts: &HashMap<i32, usize>) -> f32 {
    let all: usize = counts.values().sum();
    let many = counts.iter().filter(|&(_, &count)| count * 5 >= all);
    let largest = many.map(|(&size, _)| size).max();
    largest.map_or(10.0, |size| size as f32 / 4.0)
}

/// How far lines of the usual size stand apart.
fn leading(pages: &[Page], usual: f32) -> f32 {
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for page in pages {
        for pair in page.lines.windows(2) {
            let step = pair[1].base - pair[0].base;
            let plain = |line: &Printed| !line.edge && (line.size - usual).abs() < 0.5;
            if step > 0.8 * usual && step < 3.0 * usual && plain(&pair[0]) && plain(&pair[1]) {
                *counts.entry((step * 2.0).round() as i32).or_default() += 1;
            }
        }
    }
    let most = counts
        .into_iter()
        .max_by_key(|&(step, count)| (count, -step));
    most.map_or(1.2 * usual, |(step, _)| step as f32 / 2.0)
}

fn is_short(rule: &Rule, sheet: &Sheet) -> bool {
    let width = rule.right - rule.left;
    rule.is_horizontal()
        && width > 0.05 * sheet.width
        && width < 0.5 * sheet.width
        && rule.top > 0.3 * sheet.height
}

fn is_across(rule: &Rule, sheet: &Sheet) -> bool {
    rule.is_horizontal()
        && rule.right - rule.left > 0.6 * sheet.width
        && rule.top > 0.6 * sheet.height
}

/// Where the text begins and ends on even and on odd pages.
#[derive(Debug, Clone, Copy, Default)]
struct Edges([Edge; 2]);

#[derive(Debug, Clone, Copy, Default)]
struct Edge {
    /// Where most lines begin and end.
    left: f32,
    right: f32,
    /// Where the outermost ones do: labels of chapters may stand out.
    outer_left: f32,
    outer_right: f32,
}

impl Edges {
    fn of(pages: &[Page], usual: f32) -> Self {
        let parity = |parity: usize| {
            let lines = || {
                let pages = pages.iter().skip(1 - parity).step_by(2);
                pages.flat_map(|page| &page.lines).filter(|line| {
                    line.role == Role::Line
                        && !line.edge
                        && !line.side
                        && (line.size - usual).abs() < 0.06 * usual
                })
            };
            let left = commonest(lines().map(|line| line.left))?;
            let right = commonest(lines().map(|line| line.right))?;
            let wide = lines().count();
            let often = |edge: &dyn Fn(&Printed) -> f32, at: f32| {
                let same = lines().filter(|line| (edge(line) - at).abs() < 2.0).count();
                same >= 3.max(wide / 200)
            };
            let outer_left = lines()
                .map(|line| line.left)
                .filter(|&at| at < left && left - at < 6.0 * usual && often(&|line| line.left, at));
            let outer_right = lines().map(|line| line.right).filter(|&at| {
                at > right && at - right < 6.0 * usual && often(&|line| line.right, at)
            });
            Some(Edge {
                left,
                right,
                outer_left: outer_left.fold(left, f32::min),
                outer_right: outer_right.fold(right, f32::max),
            })
        };
        let (even, odd) = (parity(0), parity(1));
        let edge = |a: Option<Edge>, b: Option<Edge>| a.or(b).unwrap_or_default();
        Self([edge(even, odd), edge(odd, even)])
    }
}

/// The commonest of some places, to a point.
fn commonest(places: impl Iterator<Item = f32>) -> Option<f32> {
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for place in places {
        *counts.entry(place.round() as i32).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|&(place, count)| (count, -place))?;
    Some(most.0 as f32)
}

/// How a document is set.
struct Set {
    usual: f32,
    leading: f32,
    edges: Edges,
}

impl Set {
    /// How far a line begins from the edge of its text, and whether it stands in the middle.
    fn place(&self, line: &Printed, page: &Page, number: u32) -> (f32, bool) {
        let edge = &self.edges.0[(number % 2) as usize];
        let own = line.side || edge.left >= edge.right || line.left > edge.right;
        let (left, right) = if own {
            line.column
        } else {
            (edge.left, edge.right)
        };
        let (outer_left, outer_right) = if own {
            line.column
        } else {
            (edge.outer_left, edge.outer_right)
        };
        let indent = match line.leftwards {
            true => outer_right - line.right,
            false => line.left - outer_left,
        };
        // A line that begins where most do is a full line, wherever its middle is.
        let clear = match line.leftwards {
            true => line.right < right - self.usual,
            false => line.left > left + self.usual,
        };
        let sheet_middle = (line.left + line.right - page.width) / 2.0;
        let on_page = !line.side
            && sheet_middle.abs() < 0.01 * page.width
            && line.right - line.left < 0.75 * page.width;
        let middle = |left: f32, right: f32| {
            let off = (line.left - left) - (right - line.right);
            off.abs() < 0.02 * (right - left) && line.left - left > 0.08 * (right - left)
        };
        (
            indent.max(0.0),
            clear && (middle(left, right) || middle(outer_left, outer_right) || on_page),
        )
    }
}

fn write(manuscript: &mut Manuscript, page: &Page, number: u32, set: &Set) {
    let (usual, leading) = (set.usual, set.leading);
    let mut before: Option<&Printed> = None;
    for line in &page.lines {
        if !manuscript.text.is_empty() {
            manuscript.text.push('\n');
        }
        let start = manuscript.text.len();
        manuscript.text.push_str(&line.spelled.text);
        let calls = line.spelled.calls.iter().filter(|call| {
            // The mark of a note itself calls none.
            line.role != Role::Footnote || call.start > 0
        });
        manuscript.calls.extend(calls.map(|call| Call {
            span: start + call.start..start + call.end,
        }));
        let (indent, centred) = set.place(line, page, number);
        let gap = match before {
            None => number == 1,
            Some(_) if line.breaks => false,
            Some(before) => {
                let usual = leading * line.size.min(before.size) / usual;
                line.base - before.base > 1.3 * usual.max(line.size) || line.base < before.base
            }
        };
        manuscript.lines.push(Line {
            span: start..manuscript.text.len(),
            number: manuscript.lines.len() as u32 + 1,
            page: number,
            starts_page: before.is_none(),
            gap,
            indent: (indent / (usual / 2.0)).round().min(1000.0) as u16,
            look: Look {
                size: (line.size / usual * 100.0).round().clamp(1.0, 10_000.0) as u16,
                bold: line.bold,
                italic: line.italic,
                centred,
            },
            role: line.role,
            label: 0,
        });
        before = Some(line);
    }
}
