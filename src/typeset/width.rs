//! How many columns text takes in a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::safe::safe;

/// What text measures on a terminal: East Asian wide characters take two columns, marks that
/// combine none, and the ambiguous ones (“ ” … — ① ·, Unicode Annex 11) one or two, as the
/// terminal is set up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ruler {
    /// True where the terminal draws ambiguous characters in two columns.
    pub ambiguous_wide: bool,
}

impl Ruler {
    /// What most terminals do: ambiguous characters take one column.
    pub const NARROW: Self = Self {
        ambiguous_wide: false,
    };
    /// What terminals set up for East Asian text may do.
    pub const WIDE: Self = Self {
        ambiguous_wide: true,
    };

    /// The columns `text` takes when it is drawn, control characters as one visible character each.
    ///
    /// ```
    /// use rapporteur::typeset::Ruler;
    ///
    /// assert_eq!(Ruler::NARROW.cols("“网络”"), 6);
    /// assert_eq!(Ruler::WIDE.cols("“网络”"), 8);
    /// ```
    pub fn cols(self, text: &str) -> usize {
        self.graphemes(text).map(|(_, _, cols)| cols).sum()
    }

    /// The characters as a reader sees them: where each begins, what it is, and its columns.
    pub fn graphemes(self, text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
        text.grapheme_indices(true)
            .map(move |(at, grapheme)| (at, grapheme, self.grapheme(grapheme)))
    }

    fn grapheme(self, grapheme: &str) -> usize {
        let drawn = safe(grapheme);
        if !self.ambiguous_wide {
            return drawn.width();
        }
        // Such terminals draw the letters among them wide too, which the crate counts as narrow.
        let letter = drawn.chars().next().is_some_and(is_ambiguous_letter);
        if letter { 2 } else { drawn.width_cjk() }
    }

    /// The longest start of `text` that fits into `room` columns.
    ///
    /// ```
    /// assert_eq!(rapporteur::typeset::Ruler::NARROW.clip("网络犯罪", 5), "网络");
    /// ```
    pub fn clip(self, text: &str, room: usize) -> &str {
        let mut used = 0;
        for (at, _, cols) in self.graphemes(text) {
            used += cols;
            if used > room {
                return &text[..at];
            }
        }
        text
    }

    /// The place at most `room` columns before `from`, in bytes, between two characters.
    pub fn back(self, text: &str, from: usize, room: usize) -> usize {
        let mut left = room;
        let mut start = from;
        for grapheme in text[..from].graphemes(true).rev() {
            let wide = self.grapheme(grapheme);
            if wide > left {
                break;
            }
            left -= wide;
            start -= grapheme.len();
        }
        start
    }
}

/// The letters among the characters that `EastAsianWidth.txt` of Unicode 16 calls ambiguous.
fn is_ambiguous_letter(c: char) -> bool {
    // Most text is neither: asked first, for speed.
    if !('\u{e0}'..='\u{451}').contains(&c) || c.width() != Some(1) {
        return false;
    }
    matches!(c,
        'à' | 'á' | 'æ' | 'è'..='ê' | 'ì' | 'í' | 'ð' | 'ò' | 'ó' | 'ø'..='ú' | 'ü' | 'þ'
        | 'ā' | 'đ' | 'ē' | 'ě' | 'Ħ' | 'ħ' | 'ī' | 'ı'..='ĳ' | 'ĸ' | 'Ŀ'..='ł' | 'ń' | 'ň'..='ŋ'
        | 'ō' | 'Œ' | 'œ' | 'Ŧ' | 'ŧ' | 'ū' | 'ǎ' | 'ǐ' | 'ǒ' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ'
        | 'ɑ' | 'ɡ' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ρ' | 'σ'..='ω' | 'Ё' | 'А'..='я' | 'ё')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambiguous_characters_are_as_wide_as_the_terminal_draws_them() {
        for (text, narrow, wide) in [
            ("网络", 4, 4),
            ("abc,", 4, 4),
            ("“”‘’…—·①", 8, 16),
            ("èа", 2, 4),
            ("öE", 2, 2),
            ("e\u{301}", 1, 1),
            ("─│●→", 4, 8),
            ("👩‍💻", 2, 2),
            ("\u{200b}", 0, 0),
            ("مرحبا", 5, 5),
            ("\x1b", 1, 1),
        ] {
            assert_eq!(Ruler::NARROW.cols(text), narrow, "{text} narrow");
            assert_eq!(Ruler::WIDE.cols(text), wide, "{text} wide");
        }
    }

    #[test]
    fn going_back_stops_between_characters() {
        let text = "网络“a”";
        assert_eq!(Ruler::NARROW.back(text, text.len(), 3), "网络".len());
        assert_eq!(Ruler::WIDE.back(text, text.len(), 3), "网络“".len());
        assert_eq!(Ruler::NARROW.back(text, text.len(), 99), 0);
    }
}
