//! Paragraphs of a format that has markup, on their way into a manuscript.

use std::ops::Range;

use super::manuscript::{Call, Format, Line, Look, Manuscript, Remark, Role};

/// A paragraph, a heading, an entry of a list or a row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub role: Role,
    pub text: String,
    /// How many bytes at the start of the text are a label that the markup states.
    pub label: usize,
    /// Marks that call a footnote, in bytes of the text.
    pub calls: Vec<Range<usize>>,
    pub look: Look,
    pub indent: u16,
    pub gap: bool,
    /// The line of the source it begins on, from 1; 0 to be numbered as it comes.
    pub number: u32,
}

impl Piece {
    /// Sets a label that the markup states before the text.
    pub fn labelled(mut self, label: &str) -> Self {
        let before = match self.text.is_empty() {
            true => label.to_string(),
            false => format!("{label} "),
        };
        self.text.insert_str(0, &before);
        for call in &mut self.calls {
            *call = call.start + before.len()..call.end + before.len();
        }
        self.label = label.len();
        self
    }

    /// Takes in another behind this one, with something between them.
    pub fn append(&mut self, between: &str, other: &Self) {
        self.text.push_str(between);
        let at = self.text.len();
        self.text.push_str(&other.text);
        let moved = |call: &Range<usize>| call.start + at..call.end + at;
        self.calls.extend(other.calls.iter().map(moved));
    }
}

/// A manuscript that paragraphs are put into, one after the other.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    made: Manuscript,
}

impl Pieces {
    /// True before anything is printed.
    pub fn is_empty(&self) -> bool {
        self.made.lines.is_empty()
    }

    pub fn push(&mut self, piece: Piece) {
        let made = &mut self.made;
        let start = made.text.len();
        made.text.push_str(&piece.text);
        made.text.push('\n');
        let calls = piece.calls.into_iter();
        made.calls.extend(calls.map(|call| Call {
            span: call.start + start..call.end + start,
        }));
        let first = made.lines.is_empty();
        let nth = u32::try_from(made.lines.len() + 1).unwrap_or(u32::MAX);
        made.lines.push(Line {
            span: start..start + piece.text.len(),
            number: if piece.number > 0 { piece.number } else { nth },
            page: 1,
            starts_page: first,
            gap: piece.gap || first,
            indent: piece.indent,
            look: piece.look,
            role: piece.role,
            label: u16::try_from(piece.label).unwrap_or(0),
        });
    }

    /// The whole manuscript, with what was doubtful in it.
    pub fn manuscript(mut self, format: Format, remarks: Vec<Remark>) -> Manuscript {
        level_headings(&mut self.made.lines);
        Manuscript {
            format,
            remarks,
            ..self.made
        }
    }
}

/// The title apart, headings count from 1, whatever the levels are called.
fn level_headings(lines: &mut [Line]) {
    let level = |line: &Line| match line.role {
        Role::Heading(level) => Some(level),
        _ => None,
    };
    let headings: Vec<_> = (0usize..)
        .zip(lines.iter())
        .filter_map(|(at, line)| level(line).map(|level| (at, level)))
        .collect();
    let Some(&(first, top)) = headings.first() else {
        return;
    };
    // A heading above all others, before them, is the title of the whole.
    let is_title = top == 1 && headings[1..].iter().all(|&(_, level)| level > top);
    let rest = &headings[usize::from(is_title)..];
    let least = rest.iter().map(|&(_, level)| level).min().unwrap_or(1);
    for &(at, level) in rest {
        lines[at].role = Role::Heading(level - least + 1);
    }
    if is_title {
        lines[first].role = Role::Heading(0);
    }
}
