//! Folding: what people do not mean to tell apart when they search is made alike.
//!
//! Compatibility forms (Unicode Annex 15, NFKD: full-width letters, `㈠`, ligatures), case and
//! accents go. White space and punctuation go too, but one space stays between two words of a
//! script that has spaces, so that no phrase runs from word to word by accident. A hyphen or an
//! apostrophe behind a letter joins what follows to it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::report::script::is_han;

/// A text folded, with the way back to where each of its characters comes from.
pub(super) struct Folded {
    text: String,
    /// For each folded character: where it begins in `text`, and its source in the original.
    origins: Vec<(usize, Range<usize>)>,
}

/// The folded form of `text`.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, |c, _| out.push(c));
    out
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            origins: Vec::new(),
        };
        fold_into(text, |c, source| {
            folded.origins.push((folded.text.len(), source));
            folded.text.push(c);
        });
        folded
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Every place where `needle`, itself folded, stands, in bytes of the original.
    pub(super) fn all(&self, needle: &str) -> Vec<Range<usize>> {
        if needle.is_empty() {
            return Vec::new();
        }
        let ranges = places(&self.text, needle).map(|at| self.source(at..at + needle.len()));
        super::merged(ranges)
    }

    /// Where folded bytes come from in the original.
    pub(super) fn source(&self, at: Range<usize>) -> Range<usize> {
        let place = |byte: usize| self.origins.partition_point(|(start, _)| *start < byte);
        let (first, end) = (place(at.start), place(at.end));
        match self.origins.get(first..end) {
            Some([only]) => only.1.clone(),
            Some([first, .., last]) => first.1.start..last.1.end,
            _ => 0..0,
        }
    }

    /// True when no word character stands right before this place of the original.
    pub(super) fn begins_word(&self, source: usize) -> bool {
        let place = self
            .origins
            .partition_point(|(_, range)| range.start < source);
        place == 0
            || self.origins[place - 1].1.end < source
            || self.text[..self.origins[place].0].ends_with(' ')
    }
}

/// True when the folded text holds `needle`, itself folded.
pub(super) fn holds(text: &str, needle: &str) -> bool {
    !needle.is_empty() && places(text, needle).next().is_some()
}

/// Where `needle` stands, apart from one another; a number is not found in the middle of another.
fn places(text: &str, needle: &str) -> impl Iterator<Item = usize> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let number = digit(needle.chars().next());
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text[from..].find(needle)?;
            let inside = number && digit(text[..at].chars().next_back());
            from = if inside { at + 1 } else { at + needle.len() };
            if !inside {
                return Some(at);
            }
        }
    })
}

fn fold_into(text: &str, mut put: impl FnMut(char, Range<usize>)) {
    let mut last: Option<char> = None;
    let mut apart = None;
    for (at, c) in text.char_indices() {
        let source = at..at + c.len_utf8();
        // Nearly every character of nearly every report: nothing to fold.
        if matches!(c, '\u{4e00}'..='\u{9fff}') {
            put(c, source);
            (last, apart) = (Some(c), None);
            continue;
        }
        let joins = matches!(c, '-' | '\'' | '’' | '\u{2010}' | '\u{2011}')
            && last.is_some_and(char::is_alphabetic);
        let unseen = matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        ) || is_mark(c);
        if unseen || (joins && apart.is_none()) {
            continue;
        }
        if !c.is_alphanumeric() {
            apart = apart.or(Some(source));
            continue;
        }
        let pieces = std::iter::once(c)
            .nfkd()
            .filter(|c| !is_mark(*c))
            .flat_map(char::to_lowercase);
        for piece in pieces.filter(|c| c.is_alphanumeric()) {
            if let (Some(gap), Some(before)) = (apart.take(), last)
                && has_spaces(before)
                && has_spaces(piece)
            {
                put(' ', gap);
            }
            put(piece, source.clone());
            last = Some(piece);
        }
    }
}

/// A combining accent, which folding drops.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// True for the letters and digits of scripts that put spaces between words.
pub(super) fn has_spaces(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_do_not_tell_apart_is_alike() {
        for (text, folded) in [
            (
                "题为“执法和调查”的议程项目 2 下",
                "题为执法和调查的议程项目2下",
            ),
            ("Ａ/Ｃ.３/７２/１２", "a c 3 72 12"),
            ("A/C.3/72/12，附件", "a c 3 72 12附件"),
            ("㈠ 要求", "一要求"),
            ("law-enforcement, law - order", "lawenforcement law order"),
            ("the States’ ﬁles; Élève", "the states files eleve"),
            ("E\u{301}te\u{301}", "ete"),
            ("  ", ""),
            ("2001-2010", "2001 2010"),
        ] {
            assert_eq!(fold(text), folded);
            assert_eq!(Folded::new(text).as_str(), folded);
        }
    }

    #[test]
    fn the_way_back_leads_to_whole_characters() {
        let text = "使用 ﬁles（２）";
        for (needle, source) in [("fi", "ﬁ"), ("i", "ﬁ"), ("用files 2", "用 ﬁles（２")] {
            let found: Vec<_> = Folded::new(text)
                .all(needle)
                .into_iter()
                .map(|at| &text[at])
                .collect();
            assert_eq!(found, [source]);
        }
    }
}
