//! A line being typed, with its caret.

use unicode_segmentation::UnicodeSegmentation;

/// The most characters a prompt takes; more is a paste gone wrong.
const LONGEST: usize = 1000;

/// The text of a prompt and the place of the caret in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    /// In bytes, between two characters.
    caret: usize,
}

impl Prompt {
    /// What is typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the caret.
    pub fn before(&self) -> &str {
        &self.text[..self.caret]
    }

    /// Puts text at the caret; a line end becomes a space, so that a paste runs nothing.
    pub fn insert(&mut self, text: &str) {
        let line: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let room = LONGEST.saturating_sub(self.text.chars().count());
        let line: String = line.chars().take(room).collect();
        self.text.insert_str(self.caret, &line);
        self.caret += line.len();
    }

    /// Takes the character before the caret away.
    pub fn erase(&mut self) {
        let from = self.previous();
        self.text.replace_range(from..self.caret, "");
        self.caret = from;
    }

    /// Takes the word before the caret away, with the space behind it.
    pub fn erase_word(&mut self) {
        let bare = self.before().trim_end();
        let from = bare.rfind(char::is_whitespace).map_or(0, |at| {
            at + bare[at..].chars().next().map_or(0, char::len_utf8)
        });
        self.text.replace_range(from..self.caret, "");
        self.caret = from;
    }

    /// Takes all before the caret away.
    pub fn erase_all(&mut self) {
        self.text.replace_range(..self.caret, "");
        self.caret = 0;
    }

    /// Moves the caret a character back.
    pub fn left(&mut self) {
        self.caret = self.previous();
    }

    /// Moves the caret a character on.
    pub fn right(&mut self) {
        self.caret += self.text[self.caret..]
            .graphemes(true)
            .next()
            .map_or(0, str::len);
    }

    /// Moves the caret to the start.
    pub fn home(&mut self) {
        self.caret = 0;
    }

    /// Moves the caret to the end.
    pub fn end(&mut self) {
        self.caret = self.text.len();
    }

    fn previous(&self) -> usize {
        self.caret
            - self
                .before()
                .graphemes(true)
                .next_back()
                .map_or(0, str::len)
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
        prompt.insert("络\n");
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
}
