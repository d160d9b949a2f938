//! What a page draws: its glyphs with their places, its straight rules, whether it shows images.

use std::panic::resume_unwind;
use std::time::Instant;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};
use unicode_normalization::UnicodeNormalization;

use super::faces::{Face, Faces};

/// More glyphs than this are on no page that a person could read.
const MOST_GLYPHS: usize = 200_000;
/// More rules than this are a drawing, not a table.
const MOST_RULES: usize = 20_000;

/// A character where it stands, in points from the upper left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// What it is; a space stands for any white space.
    pub letter: char,
    /// Where it begins.
    pub left: f32,
    /// Where the next one would begin.
    pub right: f32,
    /// The line it stands on, downwards.
    pub base: f32,
    /// The size of its font.
    pub size: f32,
    /// True when its font is bold.
    pub bold: bool,
    /// True when its font is italic.
    pub italic: bool,
    /// How thick its strokes are where only that tells whether it is bold; 0 elsewhere.
    pub ink: f32,
}

/// A straight line, horizontal or vertical, or a thin box that looks like one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Rule {
    pub fn is_horizontal(&self) -> bool {
        self.right - self.left > self.bottom - self.top
    }
}

/// What is drawn on one page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub width: f32,
    pub height: f32,
    /// Upright glyphs, in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// Glyphs that stand askew of most of the page, as that of a label at its edge.
    pub askew: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// How much of the page its largest image covers, from 0 to 1.
    pub image: f32,
}

/// Why a page is left before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TooMuch {
    /// More is drawn than anybody could read.
    Glyphs,
    /// The time is up.
    Time,
}

/// Looks on as a page is drawn.
pub(super) struct Eye<'f> {
    sheet: Sheet,
    /// All glyphs, by the quarter turn they are drawn at.
    turned: [Vec<Glyph>; 4],
    until: Instant,
    seen: usize,
    faces: &'f mut Faces,
}

impl<'f> Eye<'f> {
    pub fn new(width: f32, height: f32, until: Instant, faces: &'f mut Faces) -> Self {
        Self {
            sheet: Sheet {
                width,
                height,
                ..Sheet::default()
            },
            turned: Default::default(),
            until,
            seen: 0,
            faces,
        }
    }

    /// What was seen, turned so that most of it stands upright.
    pub fn sheet(mut self) -> Sheet {
        let most = (0..4).rev().max_by_key(|&turn| self.turned[turn].len());
        let most = most.unwrap_or(0);
        let mut sheet = self.sheet;
        sheet.glyphs = std::mem::take(&mut self.turned[most]);
        if most % 2 == 1 {
            std::mem::swap(&mut sheet.width, &mut sheet.height);
        }
        for rule in &mut sheet.rules {
            *rule = turned(rule, most, sheet.width, sheet.height);
        }
        self.faces.tell_bold(&mut sheet.glyphs);
        sheet.rules = joined(std::mem::take(&mut sheet.rules));
        sheet.askew = self.turned.into_iter().flatten().collect();
        let (width, height) = (sheet.width, sheet.height);
        // What is beside the paper is not printed.
        sheet.glyphs.retain(|glyph| {
            glyph.left < width + 2.0
                && glyph.right > -2.0
                && glyph.base > -2.0
                && glyph.base - glyph.size < height + 2.0
        });
        sheet
    }

    /// Leaves the drawing when it has become too much.
    fn count(&mut self, more: usize) {
        let before = self.seen / 512;
        self.seen += more;
        if self.seen > 8 * MOST_GLYPHS {
            resume_unwind(Box::new(TooMuch::Glyphs));
        }
        if self.seen / 512 > before && Instant::now() > self.until {
            resume_unwind(Box::new(TooMuch::Time));
        }
    }

    fn see(&mut self, letters: &str, place: Affine, advance: f64, face: Face) {
        let start = place * Point::ZERO;
        let end = place * Point::new(advance, 0.0);
        let up = place * Point::new(0.0, 1000.0) - start;
        let along = place * Point::new(1000.0, 0.0) - start;
        let size = up.hypot();
        if ![start.x, start.y, end.x, end.y, size]
            .iter()
            .all(|x| x.is_finite() && x.abs() < 1e5)
            || size < 0.5
        {
            return;
        }
        // The quarter turn nearest to how it is drawn: 0 upright, then as the page would have to
        // be turned, clockwise, for it to be so.
        let turn = match (
            along.x.abs() >= along.y.abs(),
            along.x >= 0.0,
            along.y >= 0.0,
        ) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 3,
            (false, _, false) => 1,
        };
        let (width, height) = (self.sheet.width, self.sheet.height);
        let [left, base] = point(start, turn, width, height);
        let [right, _] = point(end, turn, width, height);
        let count = letters.chars().count().max(1) as f32;
        let step = (right - left) / count;
        let rtl = letters.chars().all(super::rtl::is_rtl) && count > 1.0;
        let size = size as f32;
        let mut push = |n: usize, letter: char| {
            let left = left + step * n as f32;
            self.turned[turn].push(Glyph {
                letter,
                left,
                right: left + step,
                base,
                size,
                bold: face.bold,
                italic: face.italic,
                ink: face.ink,
            });
        };
        // A glyph of several Arabic letters has its first letter on the right.
        match rtl {
            true => letters
                .chars()
                .rev()
                .enumerate()
                .for_each(|(n, c)| push(n, c)),
            false => letters.chars().enumerate().for_each(|(n, c)| push(n, c)),
        }
    }
}

/// A point of a page of this size, after so many quarter turns clockwise of the page.
fn point(at: Point, turn: usize, width: f32, height: f32) -> [f32; 2] {
    let (x, y) = (at.x as f32, at.y as f32);
    match turn {
        0 => [x, y],
        1 => [height - y, x],
        2 => [width - x, height - y],
        _ => [y, width - x],
    }
}

/// A rule on the page after so many quarter turns; the size is that of the turned page.
fn turned(rule: &Rule, turn: usize, width: f32, height: f32) -> Rule {
    let (width, height) = match turn % 2 {
        1 => (height, width),
        _ => (width, height),
    };
    let corner = |x: f32, y: f32| point(Point::new(x.into(), y.into()), turn, width, height);
    let [a, b] = corner(rule.left, rule.top);
    let [c, d] = corner(rule.right, rule.bottom);
    Rule {
        left: a.min(c),
        top: b.min(d),
        right: a.max(c),
        bottom: b.max(d),
    }
}

/// Horizontal rules drawn cell by cell become one; vertical ones stay as they are.
fn joined(rules: Vec<Rule>) -> Vec<Rule> {
    /// So far apart, in points, pieces of one rule may be drawn.
    const APART: f32 = 8.0;
    let (mut flat, mut joined): (Vec<_>, Vec<_>) = rules.into_iter().partition(Rule::is_horizontal);
    flat.sort_by(|a, b| {
        let height = |rule: &Rule| (rule.top / 2.0).round();
        height(a)
            .total_cmp(&height(b))
            .then(a.left.total_cmp(&b.left))
    });
    let mut whole: Vec<Rule> = Vec::new();
    for rule in flat {
        match whole.last_mut() {
            Some(last) if (last.top - rule.top).abs() < 2.0 && rule.left < last.right + APART => {
                last.right = last.right.max(rule.right);
            }
            _ => whole.push(rule),
        }
    }
    joined.extend(whole);
    joined
}

/// True where glyphs of a font that stands in for another are stretched, each by its own factor, to
/// the widths that the other has. How far one goes on behind them knows nothing of that.
fn is_stretched(run: &GlyphRun) -> bool {
    let breadths = || run.glyphs().iter().map(|glyph| breadth(glyph.transform()));
    let least = breadths().fold(f64::MAX, f64::min);
    breadths().any(|breadth| breadth > 1.01 * least)
}

/// How many times as broad as high a square of the font is drawn.
fn breadth(place: Affine) -> f64 {
    let [a, b, c, d, ..] = place.as_coeffs();
    let breadth = a.hypot(b) / c.hypot(d);
    if breadth > 0.0 { breadth } else { 1.0 }
}

/// The characters of a glyph as a reader would type them; `None` when one has no meaning.
fn typed(letters: BfString) -> Option<String> {
    match letters {
        BfString::Char(c) => letter(c),
        BfString::String(s) => s.chars().map(letter).collect(),
    }
}

fn letter(c: char) -> Option<String> {
    Some(match c {
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{3000}' => " ".into(),
        // Ligatures, and Arabic letters in the shapes they have in a word.
        '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
            [c].into_iter().nfkc().collect()
        }
        // Bullets of the fonts Symbol and Wingdings.
        '\u{f0b7}' | '\u{f06c}' | '\u{f09f}' => "•".into(),
        '\u{f0a7}' | '\u{f06e}' => "▪".into(),
        '\u{f0d8}' => "➢".into(),
        '\u{f0fc}' => "✓".into(),
        '\u{f02d}' => "-".into(),
        '\u{f020}' => " ".into(),
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => String::new(),
        c if c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c) => return None,
        c if c.is_whitespace() => " ".into(),
        c => c.to_string(),
    })
}

impl<'a> Device<'a> for Eye<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.count(run.glyphs().len());
        let stretched = is_stretched(run);
        for glyph in run.glyphs() {
            let face = self.faces.of(glyph);
            let place = props.transform * glyph.transform();
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(type3) => type3.advance_width(),
            };
            let mut advance = f64::from(advance.unwrap_or(500.0));
            if stretched {
                advance /= breadth(glyph.transform());
            }
            let letters = glyph.as_unicode().and_then(typed).unwrap_or_else(|| {
                // A blank without a character is a space like any other.
                let blank =
                    matches!(&**glyph, Drawn::Outline(outline) if outline.outline().is_empty());
                if blank { " " } else { "\u{fffd}" }.into()
            });
            self.see(&letters, place, advance, face);
        }
        if self.turned.iter().map(Vec::len).sum::<usize>() > MOST_GLYPHS {
            resume_unwind(Box::new(TooMuch::Glyphs));
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1);
        let stroked = matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..));
        let mut last = Point::ZERO;
        let mut start = Point::ZERO;
        let mut around: Option<Rect> = None;
        let mut boxes = Vec::new();
        for element in path.elements().iter().take(MOST_RULES) {
            let to = match *element {
                PathEl::MoveTo(to) => {
                    boxes.extend(around.take());
                    start = to;
                    last = to;
                    continue;
                }
                PathEl::LineTo(to) => to,
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    last = to;
                    continue;
                }
                PathEl::ClosePath => start,
            };
            let segment = Rect::from_points(last, to);
            if stroked {
                boxes.push(segment);
            }
            around = Some(around.map_or(segment, |rect| rect.union(segment)));
            last = to;
        }
        boxes.extend(around);
        for rect in boxes {
            let rect = props.transform.transform_rect_bbox(rect);
            let (width, height) = (rect.width(), rect.height());
            let thin = width.min(height) < 2.5 && width.max(height) > 12.0;
            if thin && rect.is_finite() && self.sheet.rules.len() < MOST_RULES {
                self.sheet.rules.push(Rule {
                    left: rect.x0 as f32,
                    top: rect.y0 as f32,
                    right: rect.x1 as f32,
                    bottom: rect.y1 as f32,
                });
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        let square = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        let shown = (props.transform * square.to_path(0.1)).bounding_box();
        let paper = f64::from(self.sheet.width * self.sheet.height).max(1.0);
        let share = (shown.width() * shown.height() / paper) as f32;
        if share.is_finite() {
            self.sheet.image = self.sheet.image.max(share.min(1.0));
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(1);
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
