//! Which letters are bold or italic: by the name of their font, or by how thick they are drawn.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph as Drawn, OutlineGlyph};
use hayro_interpret::kurbo::{PathEl, Point, Shape};

use super::glyphs::Glyph;

/// So much thicker than most letters like it a bold one is drawn.
const BOLD: f32 = 1.2;

/// What is known of the letters of one document.
#[derive(Debug, Default)]
pub(super) struct Faces {
    /// Of a font, by a key of its own.
    named: HashMap<u128, Face>,
    /// How thick a glyph is drawn, by a key of its own.
    inks: HashMap<u128, f32>,
    /// How often a letter is drawn how thick, in thousandths of an em.
    seen: HashMap<char, HashMap<u32, usize>>,
}

/// How a letter looks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Face {
    pub bold: bool,
    pub italic: bool,
    pub ink: f32,
}

impl Faces {
    pub fn of(&mut self, glyph: &Drawn) -> Face {
        let Drawn::Outline(outline) = glyph else {
            return Face::default();
        };
        let Some(data) = outline.font_data() else {
            // The font does not tell its name.
            let ink = self.inks.entry(outline.identifier().cache_key());
            return Face {
                ink: *ink.or_insert_with(|| thickness(outline)),
                ..Face::default()
            };
        };
        *self.named.entry(data.cache_key).or_insert_with(|| {
            let name = data.postscript_name.unwrap_or_default().to_lowercase();
            let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
            Face {
                bold: named(&["bold", "black", "heavy", "demi"])
                    || data.weight.is_some_and(|weight| weight >= 600),
                italic: named(&["italic", "oblique"]) || data.is_italic,
                ink: 0.0,
            }
        })
    }

    /// Says of the letters of a page which are bold, among those whose font has no name.
    pub fn tell_bold(&mut self, glyphs: &mut [Glyph]) {
        let told = |glyph: &Glyph| glyph.ink > 0.0 && glyph.letter.is_alphabetic();
        for glyph in glyphs.iter().filter(|glyph| told(glyph)) {
            let inks = self.seen.entry(glyph.letter).or_default();
            *inks.entry((glyph.ink * 1000.0) as u32).or_default() += 1;
        }
        for glyph in glyphs.iter_mut().filter(|glyph| told(glyph)) {
            let inks = self.seen[&glyph.letter].iter();
            let usual = inks.max_by_key(|&(&ink, &count)| (count, u32::MAX - ink));
            glyph.bold = usual.is_some_and(|(&ink, _)| glyph.ink * 1000.0 > BOLD * ink as f32);
        }
    }
}

/// How thick the strokes of a glyph are, in ems: its area over half its outline.
fn thickness(glyph: &OutlineGlyph) -> f32 {
    let path = glyph.outline();
    let (mut length, mut last, mut start) = (0.0, Point::ZERO, Point::ZERO);
    for element in path.elements() {
        let to = match *element {
            PathEl::MoveTo(to) => {
                (last, start) = (to, to);
                continue;
            }
            PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => to,
            PathEl::ClosePath => start,
        };
        length += last.distance(to);
        last = to;
    }
    let thickness = path.area().abs() / (length / 2.0).max(1.0) / 1000.0;
    if thickness.is_finite() {
        thickness as f32
    } else {
        0.0
    }
}
