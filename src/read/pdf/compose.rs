//! Pages to one manuscript: what each line is, judged by all pages together.

use std::collections::HashMap;

use super::Trouble;
use super::glyphs::Sheet;
use super::order::{self, Placed};
use super::rtl;
use super::spelling::{CELL, Spelled, WIDE, spell};
use crate::read::{Call, Format, Line, Look, Manuscript, Remark, Role};

/// Gathers pages.
#[derive(Debug, Default)]
pub(super) struct Composer {
    pages: Vec<Page>,
    remarks: Vec<Remark>,
}

/// What is kept of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub width: f32,
    pub height: f32,
    pub lines: Vec<Printed>,
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
    pub role: Role,
}

impl Printed {
    fn new(placed: &Placed, leftwards: bool) -> Self {
        let row = &placed.row;
        let marked = |is: fn(&super::glyphs::Glyph) -> bool| {
            let mut letters = row
                .letters
                .iter()
                .filter(|letter| !letter.raised && letter.glyph.letter.is_alphanumeric())
                .peekable();
            letters.peek().is_some() && letters.all(|letter| is(&letter.glyph))
        };
        Self {
            spelled: spell(&row.letters, leftwards, if placed.table { CELL } else { WIDE }),
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
            role: if placed.table { Role::Table } else { Role::Line },
        }
    }
}

impl Composer {
    /// Takes the next page in.
    pub fn take(&mut self, sheet: &Sheet) {
        let number = self.pages.len() as u32 + 1;
        let placed = order::lines(sheet, number == 1);
        let letters = placed.iter().flat_map(|line| &line.row.letters);
        let page_leftwards = rtl::runs_left(letters.map(|letter| letter.glyph.letter));
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
                Printed::new(line, leftwards)
            })
            .collect();
        if sheet.unknown > 0 {
            let glyphs = if sheet.unknown == 1 {
                "glyph has"
            } else {
                "glyphs have"
            };
            self.remark(number, format!("{} {glyphs} no character", sheet.unknown));
        }
        self.pages.push(Page {
            width: sheet.width,
            height: sheet.height,
            lines,
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
    pub fn finish(mut self) -> Result<Manuscript, Trouble> {
        if self.pages.iter().all(|page| page.lines.is_empty()) {
            return Err(match () {
                () if self.pages.iter().any(|page| page.image) => Trouble::Scanned,
                () if !self.remarks.is_empty() => Trouble::Damaged,
                () => Trouble::NoText,
            });
        }
        for n in 0..self.pages.len() {
            if self.pages[n].lines.is_empty() && self.pages[n].image {
                self.remark(n as u32 + 1, "the page has no text: a scan?".into());
            }
        }
        self.remarks.sort_by_key(|remark| remark.page);
        let usual = usual_size(&self.pages);
        let leading = leading(&self.pages, usual);
        let mut manuscript = Manuscript {
            format: Format::Pdf,
            pages: self.pages.len() as u32,
            remarks: self.remarks,
            ..Manuscript::default()
        };
        for (page, number) in self.pages.iter().zip(1..) {
            write(&mut manuscript, page, number, usual, leading);
        }
        for remark in &mut manuscript.remarks {
            let first = manuscript
                .lines
                .iter()
                .find(|line| line.page >= remark.page);
            remark.line = first.map_or(0, |line| line.number);
        }
        Ok(manuscript)
    }
}

/// The size most letters have.
fn usual_size(pages: &[Page]) -> f32 {
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *counts.entry((line.size * 4.0).round() as i32).or_default() += line.spelled.text.len();
    }
    let most = counts
        .into_iter()
        .max_by_key(|&(size, count)| (count, size));
    most.map_or(10.0, |(size, _)| size as f32 / 4.0).max(0.5)
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

fn write(manuscript: &mut Manuscript, page: &Page, number: u32, usual: f32, leading: f32) {
    let mut before: Option<&Printed> = None;
    for line in &page.lines {
        if !manuscript.text.is_empty() {
            manuscript.text.push('\n');
        }
        let start = manuscript.text.len();
        manuscript.text.push_str(&line.spelled.text);
        manuscript
            .calls
            .extend(line.spelled.calls.iter().map(|call| Call {
                span: start + call.start..start + call.end,
            }));
        let (left, right) = line.column;
        let edge = if line.leftwards {
            right - line.right
        } else {
            line.left - left
        };
        let width = right - left;
        let off = (line.left - left) - (right - line.right);
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
            indent: (edge.max(0.0) / (usual / 2.0)).round().min(1000.0) as u16,
            look: Look {
                size: (line.size / usual * 100.0).round().clamp(1.0, 10_000.0) as u16,
                bold: line.bold,
                italic: line.italic,
                centred: off.abs() < 0.03 * width && line.left - left > 0.08 * width,
            },
            role: line.role,
            label: 0,
        });
        before = Some(line);
    }
}
