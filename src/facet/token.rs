//! Texts as rows of tokens: a word, or a character of a script that puts no spaces between words.
//!
//! A token has two forms, folded: the word as it is written, and its stem, by which names are known in
//! all their cases (Италии is Италия).

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::report::Language;
use crate::report::script::{half_width, is_han};

/// A word or character of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The word as written, in lower case and without accents.
    pub word: Box<str>,
    /// Likewise its stem.
    pub stem: Box<str>,
    /// True where it begins with a capital.
    pub capital: bool,
    /// What stands before it.
    pub gap: Gap,
}

/// What stands between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing, spaces, or marks that part no clauses.
    Close,
    /// A comma or bracket.
    Comma,
    /// The end of a sentence or of one of its great parts, or the start of the text.
    Stop,
}

/// Takes the texts of a language apart.
pub(super) struct Tokenizer {
    language: Language,
    stemmer: Option<Stemmer>,
}

impl Tokenizer {
    pub(super) fn new(language: Language) -> Self {
        let algorithm = match language {
            Language::French => Some(Algorithm::French),
            Language::Russian => Some(Algorithm::Russian),
            Language::Spanish => Some(Algorithm::Spanish),
            // Of these, what a name is known by is made below.
            Language::Arabic | Language::Chinese | Language::English => None,
        };
        Self {
            language,
            stemmer: algorithm.map(Stemmer::create),
        }
    }

    /// The tokens of a text, in order.
    pub(super) fn tokens(&self, text: &str) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
        let (mut gap, mut word) = (Gap::Stop, None);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let part = c.is_alphanumeric() || is_combining_mark(c);
            if part && !is_han(c) {
                word.get_or_insert(at);
                continue;
            }
            if let Some(start) = word.take() {
                tokens.push(self.token(text, start..at, gap));
                gap = Gap::Close;
            }
            if is_han(c) {
                tokens.push(self.token(text, at..at + c.len_utf8(), gap));
                gap = Gap::Close;
                continue;
            }
            let next = chars.peek().map(|(_, c)| *c);
            gap = gap.max(parts(c, next));
        }
        if let Some(start) = word {
            tokens.push(self.token(text, start..text.len(), gap));
        }
        tokens
    }

    fn token(&self, text: &str, range: Range<usize>, gap: Gap) -> Token {
        let written = &text[range.clone()];
        let capital = written.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase());
        let half: String = written.chars().map(half_width).collect();
        let lower = half.to_lowercase();
        let word = plain(&lower);
        let stem = match (&self.stemmer, self.language) {
            (None, Language::English) => singular(&word),
            (Some(stemmer), _) => plain(&stemmer.stem(&lower)),
            (None, Language::Arabic) => bare(&word),
            _ => word.clone(),
        };
        Token {
            range,
            word: word.into(),
            stem: stem.into(),
            capital,
            gap,
        }
    }
}

/// How a mark parts the text, with what follows it.
fn parts(mark: char, next: Option<char>) -> Gap {
    match mark {
        '。' | '；' | '：' | '！' | '？' | ';' | ':' | '!' | '?' | '؟' | '؛' | '\n' => {
            Gap::Stop
        }
        '.' if next.is_none_or(char::is_whitespace) => Gap::Stop,
        '，' | ',' | '،' | '(' | ')' | '（' | '）' | '—' | '–' => Gap::Comma,
        _ => Gap::Close,
    }
}

/// A word without accents and vowel signs; alef and ya as they are mostly typed.
fn plain(lower: &str) -> String {
    if lower.is_ascii() {
        return lower.into();
    }
    let bare = lower.nfkd().filter(|c| !is_combining_mark(*c));
    bare.filter(|c| *c != '\u{640}')
        .map(|c| match c {
            'ى' => 'ي',
            'ٱ' => 'ا',
            'ة' => 'ه',
            c => c,
        })
        .collect()
}

/// An English word as one of a kind: countries is country. More is not taken off, for developed and
/// developing countries are not the same.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let sibilant = ["ches", "shes", "sses", "xes"];
    if sibilant.iter().any(|end| word.ends_with(end)) {
        return word[..word.len() - 2].into();
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.into(),
        _ => word.into(),
    }
}

/// An Arabic word without the conjunction, preposition and article that are written in one with it:
/// وللدول is دول.
fn bare(word: &str) -> String {
    let long = |rest: &str, least: usize| rest.chars().count() >= least;
    let mut rest = word;
    if let Some(behind) = rest.strip_prefix(['و', 'ف'])
        && long(behind, 4)
    {
        rest = behind;
    }
    for prefix in ["بال", "كال", "فال", "لل", "ال"] {
        if let Some(behind) = rest.strip_prefix(prefix)
            && long(behind, 3)
        {
            return behind.into();
        }
    }
    rest.into()
}

/// What somebody types, or a name, as the two are compared: letters and digits alone.
pub(super) fn folded(name: &str) -> String {
    let half: String = name.chars().map(half_width).collect();
    let mut folded = plain(&half.to_lowercase());
    folded.retain(char::is_alphanumeric);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_han_characters_are_tokens_and_names_have_stems() {
        let told = |language, text: &str| {
            let tokens = Tokenizer::new(language).tokens(text);
            let told = tokens.iter().map(|token| match token.gap {
                Gap::Close => format!("{}/{}", token.word, token.stem),
                Gap::Comma => format!(", {}/{}", token.word, token.stem),
                Gap::Stop => format!(". {}/{}", token.word, token.stem),
            });
            told.collect::<Vec<_>>().join(" ")
        };
        for (language, text, expected) in [
            (
                Language::Chinese,
                "会员国，2017 年",
                ". 会/会 员/员 国/国 , 2017/2017 年/年",
            ),
            (
                Language::English,
                "Member States (A/74/130) should",
                ". member/member states/state , a/a 74/74 130/130 , should/should",
            ),
            (
                Language::English,
                "No. 5.1; U.N.",
                ". no/no . 5/5 1/1 . u/u n/n",
            ),
            (Language::French, "l’État", ". l/l etat/etat"),
            (
                Language::Russian,
                "Италии, Италия",
                ". италии/итал , италия/итал",
            ),
            (
                Language::Arabic,
                "وللدول الأعضاء",
                ". وللدول/دول الاعضاء/اعضاء",
            ),
        ] {
            assert_eq!(told(language, text), expected, "{text}");
        }
        assert_eq!(folded("《布达佩斯 公约》"), "布达佩斯公约");
        assert_eq!(folded("Türkiye"), "turkiye");
    }
}
