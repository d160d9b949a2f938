//! A paragraph or row on its way to a line of the manuscript.

use std::ops::Range;

use crate::read::manuscript::Role;

/// Stands in a text where a line was ended by hand; no XML can hold it.
pub(super) const BREAK: char = '\x0b';

/// What is gathered of a paragraph or row.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub text: String,
    pub calls: Vec<Range<usize>>,
    /// How many bytes of the text are a label that the document states.
    pub label: usize,
    pub role: Role,
    pub centred: bool,
    /// In twentieths of a point.
    pub indent: i32,
    /// Its page, from 1; 0 while nothing is printed.
    pub page: u32,
    /// The how-manieth paragraph of the walk it is, or begins with.
    pub paragraph: usize,
    /// How many letters there are, and how many of them bold and italic.
    pub letters: usize,
    pub bold: usize,
    pub italic: usize,
    /// How many letters there are of each size, in half points.
    pub sizes: Vec<(u16, usize)>,
    /// What stands in boxes that hang on it.
    pub boxes: Vec<Draft>,
}

impl Draft {
    /// The size that most of its letters have.
    pub fn size(&self) -> u16 {
        let most = self.sizes.iter().max_by_key(|(_, letters)| *letters);
        most.map_or(0, |(size, _)| *size)
    }

    /// Counts letters of one look.
    pub fn count(&mut self, text: &str, size: u16, bold: bool, italic: bool) {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        self.bold += if bold { letters } else { 0 };
        self.italic += if italic { letters } else { 0 };
        match self.sizes.iter_mut().find(|(there, _)| *there == size) {
            Some((_, count)) => *count += letters,
            None => self.sizes.push((size, letters)),
        }
    }

    /// Puts something printed before its text.
    pub fn prepend(&mut self, printed: &str) {
        self.text.insert_str(0, printed);
        for call in &mut self.calls {
            *call = call.start + printed.len()..call.end + printed.len();
        }
    }

    /// Puts what another has printed behind its text.
    pub fn append(&mut self, between: &str, other: Draft) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push_str(between);
        }
        let by = self.text.len();
        let shifted = other
            .calls
            .into_iter()
            .map(|call| call.start + by..call.end + by);
        self.calls.extend(shifted);
        self.text.push_str(&other.text);
        self.page = if self.page == 0 {
            other.page
        } else {
            self.page
        };
        self.paragraph = if self.paragraph == 0 {
            other.paragraph
        } else {
            self.paragraph
        };
        self.letters += other.letters;
        self.bold += other.bold;
        self.italic += other.italic;
        for (size, letters) in other.sizes {
            match self.sizes.iter_mut().find(|(there, _)| *there == size) {
                Some((_, count)) => *count += letters,
                None => self.sizes.push((size, letters)),
            }
        }
        self.boxes.extend(other.boxes);
    }

    /// This paragraph, cut where more than one line in a row was ended by hand, as text has it
    /// that was pasted into one paragraph; white space around is gone.
    pub fn cut(self) -> Vec<Draft> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut breaks = 2;
        for (at, c) in self.text.char_indices() {
            match c {
                BREAK => breaks += 1,
                c if c.is_whitespace() => {}
                c => {
                    let end = at + c.len_utf8();
                    match pieces.last_mut() {
                        Some(piece) if breaks < 2 => piece.end = end,
                        _ => pieces.push(at..end),
                    }
                    breaks = 0;
                }
            }
        }
        let single = pieces.len() == 1;
        let one = |piece: Range<usize>| {
            let inside = |call: &&Range<usize>| piece.start <= call.start && call.end <= piece.end;
            Draft {
                text: self.text[piece.clone()].replace(BREAK, " "),
                calls: self
                    .calls
                    .iter()
                    .filter(inside)
                    .map(|call| call.start - piece.start..call.end - piece.start)
                    .collect(),
                boxes: if single {
                    self.boxes.clone()
                } else {
                    Vec::new()
                },
                sizes: self.sizes.clone(),
                ..self
            }
        };
        let mut drafts: Vec<_> = pieces.into_iter().map(one).collect();
        if !single {
            match drafts.last_mut() {
                Some(last) => last.boxes = self.boxes.clone(),
                // A box may hang on a paragraph without words.
                None => return self.boxes.clone(),
            }
        }
        drafts
    }
}
