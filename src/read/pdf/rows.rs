//! Glyphs to rows: what stands at one height of the page, from left to right.

use super::glyphs::Glyph;

/// A letter of a row; spaces are between letters, not among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter {
    pub glyph: Glyph,
    /// True when it is smaller than the row and stands higher.
    pub raised: bool,
    /// True when a space is drawn before it.
    pub spaced: bool,
}

/// What stands at one height of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The line its letters stand on.
    pub base: f32,
    /// The size of most of them.
    pub size: f32,
    /// From left to right, never empty.
    pub letters: Vec<Letter>,
}

impl Row {
    pub fn left(&self) -> f32 {
        self.letters[0].glyph.left
    }

    pub fn right(&self) -> f32 {
        let rights = self.letters.iter().map(|letter| letter.glyph.right);
        rights.fold(f32::MIN, f32::max)
    }

    /// A row of these letters of it.
    pub fn part(&self, letters: Vec<Letter>) -> Self {
        Self {
            base: self.base,
            size: usual_size(&letters),
            letters,
        }
    }

    /// Cuts it where the space between letters is wider than so many ems.
    pub fn pieces(&self, ems: f32) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut piece: Vec<Letter> = Vec::new();
        let mut right = f32::MIN;
        for letter in &self.letters {
            if !piece.is_empty() && letter.glyph.left - right > ems * self.size {
                pieces.push(self.part(std::mem::take(&mut piece)));
            }
            right = right.max(letter.glyph.right);
            piece.push(*letter);
        }
        pieces.push(self.part(piece));
        pieces
    }
}

/// The size that most letters have; dots that lead to a page number do not count.
fn usual_size(letters: &[Letter]) -> f32 {
    let mut sizes: Vec<f32> = letters
        .iter()
        .filter(|letter| !letter.raised && letter.glyph.letter.is_alphanumeric())
        .map(|letter| letter.glyph.size)
        .collect();
    if sizes.is_empty() {
        sizes.extend(letters.iter().map(|letter| letter.glyph.size));
    }
    sizes.sort_by(f32::total_cmp);
    sizes[sizes.len() / 2]
}

/// Glyphs drawn one behind the other on one line.
struct Chunk {
    base: f32,
    size: f32,
    left: f32,
    right: f32,
    glyphs: Vec<Glyph>,
    raised: bool,
}

fn chunks(glyphs: &[Glyph]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for glyph in glyphs {
        if let Some(chunk) = chunks.last_mut()
            && (glyph.base - chunk.base).abs() < 0.05 * chunk.size
            && (glyph.size - chunk.size).abs() < 0.05 * chunk.size
            && glyph.left > chunk.right - 0.5 * chunk.size
            && glyph.left < chunk.right + chunk.size
        {
            chunk.right = chunk.right.max(glyph.right);
            chunk.glyphs.push(*glyph);
            continue;
        }
        chunks.push(Chunk {
            base: glyph.base,
            size: glyph.size,
            left: glyph.left,
            right: glyph.right,
            glyphs: vec![*glyph],
            raised: false,
        });
    }
    // A chunk of nothing but spaces says nothing that the gap does not.
    chunks.retain(|chunk| chunk.glyphs.iter().any(|glyph| glyph.letter != ' '));
    for chunk in &mut chunks {
        trim(chunk);
    }
    chunks
}

/// Leaves out the spaces at both ends of a chunk.
fn trim(chunk: &mut Chunk) {
    let printed = |glyph: &Glyph| glyph.letter != ' ';
    let from = chunk.glyphs.iter().position(printed).unwrap_or(0);
    let to = chunk.glyphs.iter().rposition(printed).unwrap_or(0);
    chunk.glyphs.truncate(to + 1);
    chunk.glyphs.drain(..from);
    let (first, last) = (chunk.glyphs[0], chunk.glyphs[chunk.glyphs.len() - 1]);
    chunk.left = first.left.min(last.left);
    chunk.right = chunk
        .glyphs
        .iter()
        .map(|glyph| glyph.right)
        .fold(f32::MIN, f32::max);
}

/// The rows of a page, from top to bottom.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<Row> {
    let mut chunks = chunks(glyphs);
    chunks.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut bands: Vec<Vec<Chunk>> = Vec::new();
    for chunk in chunks {
        // The rows nearest above are the last ones.
        let home = bands.iter().rposition(|band| {
            let first = &band[0];
            let off = (chunk.base - first.base).abs();
            let (small, great) = (chunk.size.min(first.size), chunk.size.max(first.size));
            off < 0.12 * great || (small > 0.8 * great && off < 0.3 * small)
        });
        match home {
            Some(at) if at + 8 > bands.len() => bands[at].push(chunk),
            _ => bands.push(vec![chunk]),
        }
    }
    raise(&mut bands);
    let mut rows: Vec<Row> = bands.into_iter().filter_map(row).collect();
    rows.sort_by(|a, b| a.base.total_cmp(&b.base));
    rows
}

/// Puts small chunks that stand a little higher or lower than a row, close beside its letters, into
/// that row.
fn raise(bands: &mut Vec<Vec<Chunk>>) {
    for at in 0..bands.len() {
        for n in (0..bands[at].len()).rev() {
            let chunk = &bands[at][n];
            let near = at.saturating_sub(3)..(at + 4).min(bands.len());
            let home = near.filter(|&other| other != at).find(|&other| {
                bands[other].iter().any(|beside| {
                    let rise = (beside.base - chunk.base) / beside.size;
                    let gap = (chunk.left - beside.right).max(beside.left - chunk.right);
                    // The mark of a note may stand a tab before its text.
                    let near =
                        match beside.left > chunk.right && rise > 0.1 && chunk.glyphs.len() <= 4 {
                            true => 3.5,
                            false => 0.6,
                        };
                    chunk.size < 0.86 * beside.size
                        && (-0.3..0.75).contains(&rise)
                        && gap < near * beside.size
                })
            });
            if let Some(home) = home {
                let mut chunk = bands[at].remove(n);
                let beside = &bands[home][0];
                chunk.raised = chunk.base < beside.base - 0.1 * chunk.size;
                bands[home].push(chunk);
            }
        }
    }
    bands.retain(|band| !band.is_empty());
}

fn row(chunks: Vec<Chunk>) -> Option<Row> {
    let main = chunks
        .iter()
        .filter(|chunk| !chunk.raised)
        .max_by_key(|chunk| chunk.glyphs.len())
        .or(chunks.first())?;
    let (base, size) = (main.base, main.size);
    let mut glyphs: Vec<(Glyph, bool)> = chunks
        .iter()
        .flat_map(|chunk| {
            let raised =
                chunk.raised || (chunk.size < 0.86 * size && chunk.base < base - 0.2 * chunk.size);
            chunk.glyphs.iter().map(move |glyph| (*glyph, raised))
        })
        .collect();
    glyphs.sort_by(|(a, _), (b, _)| a.left.total_cmp(&b.left));
    let mut letters: Vec<Letter> = Vec::new();
    let mut spaced = false;
    for (glyph, raised) in glyphs {
        if glyph.letter == ' ' {
            spaced = true;
            continue;
        }
        // Drawn twice, a little apart, to look bold.
        let again = letters.iter().rev().take(2).any(|last| {
            last.glyph.letter == glyph.letter
                && (last.glyph.left - glyph.left).abs() < 0.12 * glyph.size.min(last.glyph.size)
                && glyph.right - glyph.left > 0.15 * glyph.size
        });
        if again {
            continue;
        }
        letters.push(Letter {
            glyph,
            raised,
            spaced,
        });
        spaced = false;
    }
    (!letters.is_empty()).then(|| Row {
        base,
        size: usual_size(&letters),
        letters,
    })
}
