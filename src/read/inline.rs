//! The running text of a paragraph, put together from the parts its markup cuts it into.

use std::ops::Range;

use super::piece::Piece;
use super::typed::is_labelled;

/// How a line ends inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    /// The writer's program wrapped it.
    Soft,
    /// The writer wished it.
    Hard,
    /// Twice: a paragraph ends.
    Double,
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub(super) struct Inline {
    pub text: String,
    /// White space that stands before what comes next, if anything does; true with a line end in it.
    space: Option<bool>,
    /// Where lines end, and how.
    breaks: Vec<(usize, Break)>,
    pub calls: Vec<Range<usize>>,
    letters: usize,
    bold: usize,
    italic: usize,
}

impl Inline {
    /// Takes in text, its white space being what the writer's program made of it.
    pub fn push(&mut self, text: &str, bold: bool, italic: bool) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                let ends = matches!(c, '\n' | '\r');
                self.space = Some(ends || self.space.unwrap_or(false));
                continue;
            }
            self.settle_space(c);
            self.text.push(c);
            if c.is_alphanumeric() {
                self.letters += 1;
                self.bold += usize::from(bold);
                self.italic += usize::from(italic);
            }
        }
    }

    fn settle_space(&mut self, next: char) {
        let Some(line_end) = self.space.take() else {
            return;
        };
        let Some(last) = self.text.chars().next_back() else {
            return;
        };
        // Chinese lines are joined without a space.
        if !(last == '\n' || line_end && is_cjk(last) && is_cjk(next)) {
            self.text.push(' ');
        }
    }

    /// Takes in text as it stands.
    pub fn push_raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends a line, as the writer wishes.
    pub fn break_line(&mut self) {
        self.space = None;
        match self.breaks.last_mut() {
            Some((at, how)) if *at == self.text.len() => *how = Break::Double,
            _ if self.text.is_empty() => {}
            _ => {
                self.text.push('\n');
                self.breaks.push((self.text.len(), Break::Hard));
            }
        }
    }

    /// Wraps a line: a space, but where what has a label begins.
    pub fn wrap_line(&mut self) {
        if !self.text.is_empty() {
            self.breaks.push((self.text.len(), Break::Soft));
        }
        self.push("\n", false, false);
    }

    /// Where what comes next will stand, if it is no white space.
    pub fn end(&self) -> usize {
        self.text.len() + usize::from(self.space.is_some() && !self.text.is_empty())
    }

    /// Says that what stands from here on is raised, and the marks in it call footnotes.
    pub fn call(&mut self, from: usize) {
        let Some(raised) = self.text.get(from..) else {
            return;
        };
        let mut start = None;
        let ends = raised.char_indices().chain([(raised.len(), ' ')]);
        for (at, c) in ends {
            match (is_mark(c), start) {
                (true, None) => start = Some(at),
                (false, Some(first)) => {
                    self.calls.push(from + first..from + at);
                    start = None;
                }
                _ => {}
            }
        }
    }

    /// Takes back what was taken in from here on.
    pub fn cut(&mut self, from: usize) {
        if self.text.is_char_boundary(from) {
            self.text.truncate(from);
            self.calls.retain(|call| call.end <= from);
            self.breaks.retain(|&(at, _)| at <= from);
        }
    }

    /// The paragraphs it makes: one, but where the writer ended lines before what has a label.
    pub fn take(&mut self) -> Vec<Piece> {
        let whole = std::mem::take(self);
        let mut calls = whole.calls.into_iter().peekable();
        let (mut pieces, mut start, mut before) = (Vec::<Piece>::new(), 0, Break::Double);
        for (end, how) in whole
            .breaks
            .into_iter()
            .chain([(whole.text.len(), Break::Double)])
        {
            let raw = &whole.text[start..end];
            let text = raw.trim();
            let at = start + raw.len() - raw.trim_start().len();
            let mut piece = Piece {
                text: text.into(),
                ..Piece::default()
            };
            while let Some(call) = calls.next_if(|call| call.end <= end) {
                if call.start >= at && call.end <= at + text.len() {
                    piece.calls.push(call.start - at..call.end - at);
                }
            }
            // Soft ends have their space already, if they need one.
            let between = if before == Break::Soft && at == start {
                ""
            } else {
                " "
            };
            start = end;
            if text.is_empty() {
                // The next is as far from the last as this was.
                continue;
            }
            match pieces.last_mut() {
                Some(last)
                    if before != Break::Double && !(is_labelled(text) && is_ended(&last.text)) =>
                {
                    last.append(between, &piece);
                }
                _ => pieces.push(piece),
            }
            before = how;
        }
        let share = |count| whole.letters > 0 && count == whole.letters;
        for piece in &mut pieces {
            piece.look.bold = share(whole.bold);
            piece.look.italic = share(whole.italic);
        }
        pieces
    }
}

/// True where a paragraph may end: behind a full stop, a colon, a semicolon or a comma.
fn is_ended(text: &str) -> bool {
    text.ends_with([
        '.', ':', ';', ',', '!', '?', '。', '：', '；', '，', '！', '？', '؛', '؟', '،',
    ])
}

/// True for what a footnote is called by.
fn is_mark(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '*' | '†' | '‡' | '§' | '¶' | '٠'..='٩')
}

/// True for what is set without spaces between words: Chinese and Japanese, with their punctuation.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '—' | '…' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(parts: &[&str]) -> Vec<String> {
        let mut inline = Inline::default();
        for part in parts {
            match *part {
                "|" => inline.break_line(),
                part => inline.push(part, false, false),
            }
        }
        inline.take().into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn white_space_is_one_space_or_in_chinese_none() {
        for (parts, expected) in [
            (
                &["  A  set\n of", " ", "words. "][..],
                &["A set of words."][..],
            ),
            (&["网络\n  犯罪，\n各国"], &["网络犯罪，各国"]),
            (&["2017 年\nUN 报告"], &["2017 年 UN 报告"]),
            (&["a\u{a0}\u{a0}b"], &["a\u{a0}\u{a0}b"]),
            (&["Title", "|", "of it"], &["Title of it"]),
            (&["One.", "|", "|", "Two."], &["One.", "Two."]),
            (
                &[
                    "The Council:",
                    "|",
                    "1. Acts;",
                    "|",
                    "(b) waits",
                    "|",
                    "long.",
                ],
                &["The Council:", "1. Acts;", "(b) waits long."],
            ),
            (&["|", "|", " x", "|"], &["x"]),
        ] {
            assert_eq!(taken(parts), expected);
        }
    }
}
