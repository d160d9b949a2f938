//! Folding: what people do not mean to tell apart when they search is made alike.
//!
//! Compatibility forms (Unicode Annex 15, NFKD: full-width letters, `㈠`, ligatures), case, accents
//! (ё is е), Arabic vowel signs and forms of alef go, and traditional characters become simplified
//! ones. White space and punctuation go too, but one space stays between two words of a script
//! that has spaces, so that no phrase runs from word to word by accident. A hyphen or an apostrophe
//! behind a letter joins what follows to it.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::report::script::is_han;

/// The way from a folded text back to where each of its characters comes from.
pub(super) struct Folded {
    /// Where each folded character stands in the original, in bytes.
    origins: Vec<Range<usize>>,
}

/// The folded form of `text`.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, |c, _| out.push(c));
    out
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut origins = Vec::new();
        fold_into(text, |_, source| origins.push(source));
        Self { origins }
    }

    /// Where folded characters come from in the original, in bytes.
    pub(super) fn source(&self, at: Range<usize>) -> Range<usize> {
        match self.origins.get(at) {
            Some([only]) => only.clone(),
            Some([first, .., last]) => first.start..last.end,
            _ => 0..0,
        }
    }
}

/// Hands each folded character of `text` to `put`, with the bytes it comes from.
pub(super) fn fold_into(text: &str, mut put: impl FnMut(char, Range<usize>)) {
    let mut last: Option<char> = None;
    let mut apart = None;
    for (at, c) in text.char_indices() {
        let source = at..at + c.len_utf8();
        // Nearly every character of nearly every Chinese report.
        if matches!(c, '\u{4e00}'..='\u{9fff}') {
            put(simplified(c), source);
            (last, apart) = (Some(c), None);
            continue;
        }
        if c.is_ascii_lowercase() && apart.is_none() {
            put(c, source);
            last = Some(c);
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
        let mut place = |piece: char| {
            if !piece.is_alphanumeric() {
                return;
            }
            if let (Some(gap), Some(before)) = (apart.take(), last)
                && has_spaces(before)
                && has_spaces(piece)
            {
                put(' ', gap);
            }
            put(piece, source.clone());
            last = Some(piece);
        };
        if c.is_ascii() {
            place(c.to_ascii_lowercase());
            continue;
        }
        let pieces = std::iter::once(c).nfkd().filter(|c| !is_mark(*c));
        for piece in pieces.flat_map(char::to_lowercase) {
            match piece {
                // Letters that Unicode does not take apart.
                'ß' => "ss".chars().for_each(&mut place),
                'æ' => "ae".chars().for_each(&mut place),
                'œ' => "oe".chars().for_each(&mut place),
                'ø' => place('o'),
                'ł' => place('l'),
                'đ' => place('d'),
                'ı' => place('i'),
                'ٱ' => place('ا'),
                'ى' => place('ي'),
                _ => place(simplified(piece)),
            }
        }
    }
}

/// A combining accent or an Arabic vowel sign, which folding drops, with the stroke (U+0640) that
/// only makes an Arabic word longer.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{640}')
}

/// True for the letters and digits of scripts that put spaces between words.
pub(super) fn has_spaces(c: char) -> bool {
    !is_han(c) && c.is_alphanumeric()
}

/// Traditional characters with the simplified one of each: Unihan's kSimplifiedVariant (Unicode
/// Annex 38) and everyday variants that it leaves out. Where a traditional character has two
/// simplified ones they are made alike, so that either finds either.
const TRADITIONAL: &str = include_str!("traditional.txt");
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// `愛` is `爱`, and all that is not traditional is itself.
fn simplified(c: char) -> char {
    static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
        let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
        for pair in TRADITIONAL.split_whitespace() {
            let mut pair = pair.chars();
            if let (Some(from), Some(to)) = (pair.next(), pair.next())
                && let Some(place) = table.get_mut((u32::from(from) - FIRST) as usize)
            {
                *place = to;
            }
        }
        table
    });
    match u32::from(c) {
        code @ FIRST..=LAST => TABLE.get((code - FIRST) as usize).copied().unwrap_or(c),
        _ => c,
    }
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
            ("愛沙尼亞以後發展，皇后的頭髮", "爱沙尼亚以后发展皇后的头发"),
            ("著作 着手 乾隆", "着作着手干隆"),
            ("Ещё всё", "еще все"),
            ("أَحْمَد إلى آل ٱل اـل", "احمد الي ال ال ال"),
            (
                "œuvre, Straße, Ångström, Łódź",
                "oeuvre strasse angstrom lodz",
            ),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn the_way_back_leads_to_whole_characters() {
        let text = "使用 ﬁles（２）";
        let folded = Folded::new(text);
        for (at, source) in [(2..4, "ﬁ"), (3..4, "ﬁ"), (1..9, "用 ﬁles（２")] {
            assert_eq!(&text[folded.source(at)], source);
        }
    }
}
