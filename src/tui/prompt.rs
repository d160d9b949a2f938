//! What is being typed, with its caret, edited as readline lets lines be edited, and what was typed
//! before. Mostly one line; a remark has more.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::message::Message;

/// The most characters a prompt takes; more is a paste gone wrong.
const LONGEST: usize = 1000;
/// The same where it may have several lines.
const LONGEST_TEXT: usize = 20_000;

/// The text of a prompt and the place of the caret in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    /// In bytes, between two characters.
    caret: usize,
    /// What was taken away last, to be put in again.
    taken: String,
    /// How far back what was recalled was typed, from 1, and what had been typed until then.
    recalled: Option<(usize, String)>,
    /// True where it may have several lines.
    lines: bool,
}

impl Prompt {
    /// One of several lines with this in it, and the caret at its end.
    pub fn of_lines(text: &str) -> Self {
        let mut prompt = Self {
            lines: true,
            ..Self::default()
        };
        prompt.insert(text);
        prompt
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the caret.
    pub fn before(&self) -> &str {
        &self.text[..self.caret]
    }

    /// Puts text at the caret. Where there is one line, a line end becomes a space, so that a paste
    /// runs nothing.
    pub fn insert(&mut self, text: &str) {
        let line: String = text
            .replace("\r\n", "\n")
            .chars()
            .map(|c| match c {
                '\n' | '\r' if self.lines => '\n',
                c if c.is_control() => ' ',
                c => c,
            })
            .collect();
        let longest = if self.lines { LONGEST_TEXT } else { LONGEST };
        let room = longest.saturating_sub(self.text.chars().count());
        let line: String = line.chars().take(room).collect();
        self.text.insert_str(self.caret, &line);
        self.caret += line.len();
    }

    /// Does what a message asks for that edits or moves the caret; others ask for nothing here.
    pub fn edit(&mut self, message: Message) {
        match message {
            Message::Type(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Message::Paste(text) => self.insert(&text),
            Message::Newline => self.insert("\n"),
            Message::Erase => self.erase(),
            Message::EraseOn => self.erase_on(),
            Message::EraseWord => self.erase_word(),
            Message::EraseWordOn => self.erase_word_on(),
            Message::EraseAll => self.erase_all(),
            Message::EraseToEnd => self.erase_to_end(),
            Message::PutBack => self.put_back(),
            Message::Left => self.left(),
            Message::Right => self.right(),
            Message::WordLeft => self.word_left(),
            Message::WordRight => self.word_right(),
            Message::Home => self.home(),
            Message::End => self.end(),
            _ => {}
        }
    }

    /// Puts the caret at this byte, or before the character it is inside.
    pub fn go(&mut self, at: usize) {
        let at = at.min(self.text.len());
        let starts = self.text.grapheme_indices(true).map(|(start, _)| start);
        let starts = starts.chain([self.text.len()]);
        self.caret = starts.take_while(|start| *start <= at).last().unwrap_or(0);
    }

    /// Takes the character before the caret away.
    pub fn erase(&mut self) {
        let from = self.previous();
        self.text.replace_range(from..self.caret, "");
        self.caret = from;
    }

    /// Takes the character behind the caret away.
    pub fn erase_on(&mut self) {
        self.text.replace_range(self.caret..self.next(), "");
    }

    /// Takes the word before the caret away, with the space behind it.
    pub fn erase_word(&mut self) {
        self.take(self.word_start()..self.caret);
    }

    /// Takes the word behind the caret away, with the space before it.
    pub fn erase_word_on(&mut self) {
        self.take(self.caret..self.word_end());
    }

    /// Takes all of the line before the caret away.
    pub fn erase_all(&mut self) {
        self.take(self.line_start()..self.caret);
    }

    /// Takes all of the line behind the caret away; at its end, the end.
    pub fn erase_to_end(&mut self) {
        let end = match self.line_end() {
            end if end == self.caret => self.next(),
            end => end,
        };
        self.take(self.caret..end);
    }

    /// Puts in again what was taken away last.
    pub fn put_back(&mut self) {
        let taken = std::mem::take(&mut self.taken);
        self.insert(&taken);
        self.taken = taken;
    }

    fn take(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.caret = range.start;
        self.taken = self.text.drain(range).collect();
    }

    /// Puts in what was typed the time before, of `past` with the newest last.
    pub fn earlier(&mut self, past: &[String]) {
        let (steps, draft) = match self.recalled.take() {
            Some((steps, draft)) => (steps, draft),
            None => (0, self.text.clone()),
        };
        self.recall(past, (steps + 1).min(past.len()), draft);
    }

    /// Puts in what was typed the time after, at last what was being typed.
    pub fn later(&mut self, past: &[String]) {
        if let Some((steps, draft)) = self.recalled.take() {
            self.recall(past, steps.saturating_sub(1), draft);
        }
    }

    fn recall(&mut self, past: &[String], steps: usize, draft: String) {
        let text = match steps {
            0 => Some(&draft),
            steps => past.len().checked_sub(steps).and_then(|at| past.get(at)),
        };
        if let Some(text) = text {
            self.text = text.clone();
            self.caret = self.text.len();
        }
        if steps > 0 {
            self.recalled = Some((steps, draft));
        }
    }

    /// Moves the caret a character back.
    pub fn left(&mut self) {
        self.caret = self.previous();
    }

    /// Moves the caret a character on.
    pub fn right(&mut self) {
        self.caret = self.next();
    }

    /// Moves the caret to the start of the word before it.
    pub fn word_left(&mut self) {
        self.caret = self.word_start();
    }

    /// Moves the caret to the end of the word behind it.
    pub fn word_right(&mut self) {
        self.caret = self.word_end();
    }

    /// Moves the caret to the start of the line.
    pub fn home(&mut self) {
        self.caret = self.line_start();
    }

    /// Moves the caret to its end.
    pub fn end(&mut self) {
        self.caret = self.line_end();
    }

    fn line_start(&self) -> usize {
        self.before().rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let behind = self.text[self.caret..].find('\n');
        behind.map_or(self.text.len(), |at| self.caret + at)
    }

    fn previous(&self) -> usize {
        let before = self.before().graphemes(true).next_back();
        self.caret - before.map_or(0, str::len)
    }

    fn next(&self) -> usize {
        let behind = self.text[self.caret..].graphemes(true).next();
        self.caret + behind.map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let bare = self.before().trim_end();
        bare.rfind(char::is_whitespace).map_or(0, |at| {
            at + bare[at..].chars().next().map_or(0, char::len_utf8)
        })
    }

    fn word_end(&self) -> usize {
        let behind = &self.text[self.caret..];
        let word = behind.trim_start();
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        self.caret + behind.len() - word.len() + end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_moves_by_what_a_reader_calls_a_character() {
        let mut prompt = Prompt::default();
        prompt.insert("网e\u{301}x");
        prompt.left();
        prompt.left();
        assert_eq!(prompt.before(), "网");
        prompt.insert("络\r\n");
        assert_eq!(
            (prompt.text(), prompt.before()),
            ("网络 e\u{301}x", "网络 ")
        );
        prompt.right();
        prompt.erase();
        assert_eq!(prompt.text(), "网络 x");
        prompt.end();
        prompt.right();
        prompt.erase_word();
        assert_eq!(prompt.text(), "网络 ");
        prompt.home();
        prompt.erase();
        assert_eq!(prompt.text(), "网络 ");
        prompt.end();
        prompt.erase_all();
        assert_eq!(prompt.text(), "");
    }

    #[test]
    fn words_are_taken_away_and_put_back() {
        let mut prompt = Prompt::default();
        prompt.insert("条约 能力 建设");
        prompt.word_left();
        prompt.erase_word();
        assert_eq!((prompt.before(), prompt.text()), ("条约 ", "条约 建设"));
        prompt.put_back();
        assert_eq!(prompt.text(), "条约 能力 建设");
        prompt.home();
        prompt.erase_word_on();
        assert_eq!(prompt.text(), " 能力 建设");
        prompt.word_right();
        prompt.erase_to_end();
        assert_eq!(prompt.text(), " 能力");
        prompt.home();
        prompt.erase_on();
        prompt.end();
        prompt.erase_on();
        assert_eq!(prompt.text(), "能力");
    }

    #[test]
    fn what_was_typed_before_is_recalled_and_what_was_being_typed_is_not_lost() {
        let past = ["甲".to_string(), "乙".to_string()];
        let mut prompt = Prompt::default();
        prompt.insert("丙");
        let mut seen = Vec::new();
        for earlier in [true, true, true, false, false, false] {
            match earlier {
                true => prompt.earlier(&past),
                false => prompt.later(&past),
            }
            seen.push(prompt.text().to_string());
        }
        assert_eq!(seen, ["乙", "甲", "甲", "乙", "丙", "丙"]);
        let mut prompt = Prompt::default();
        prompt.earlier(&[]);
        assert_eq!(prompt.text(), "");
    }
}
