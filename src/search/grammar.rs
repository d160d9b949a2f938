//! What is typed, taken apart: terms, and the operators that fzf's users know.
//!
//! `'exact`, `^start`, `end$`, `!not`, `a | b`, `"a phrase"`, `in:II`, `is:recommendation`, `page:2`,
//! all half- or full-width. Whatever of an operator is typed so far does no harm.

use std::ops::RangeInclusive;

use crate::report::script::half_width;

/// A query in its parts.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parsed {
    /// All must be found, each in one of its ways.
    pub groups: Vec<Vec<Typed>>,
    /// None may be found.
    pub without: Vec<Typed>,
    /// Only in one of the subtrees of each.
    pub within: Vec<String>,
    /// Only what begins on these pages.
    pub pages: Option<RangeInclusive<u32>>,
    /// Only recommendations and what stands under them.
    pub recommendations: bool,
    /// What is typed without any operator, to be tried as one address, phrase or row of syllables.
    pub plain: Option<String>,
}

/// A term with what its operators ask.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Typed {
    pub text: String,
    /// True for nothing but the term as it is.
    pub exact: bool,
    pub at_start: bool,
    pub at_end: bool,
}

/// A piece of a query: a word, or what stands between quotation marks.
struct Token {
    text: String,
    quoted: bool,
}

/// Pairs of quotation marks; the first of each opens.
const QUOTES: [(char, char); 6] = [
    ('"', '"'),
    ('＂', '＂'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('«', '»'),
];

fn tokens(query: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        let not = rest.starts_with(['!', '！']);
        let body = if not { &rest[first.len_utf8()..] } else { rest };
        let quote = body
            .chars()
            .next()
            .and_then(|c| QUOTES.iter().find(|quote| quote.0 == c));
        if let Some(&(open, close)) = quote {
            let inside = &body[open.len_utf8()..];
            // A closing mark in the middle of a word closes nothing: 题为“执法”的.
            let ends = inside.match_indices(close).find(|(at, mark)| {
                let behind = inside[at + mark.len()..].chars().next();
                behind.is_none_or(|c| c.is_whitespace() || is_bar(c))
            });
            if let Some((at, mark)) = ends {
                let not = if not { "!" } else { "" };
                tokens.push(Token {
                    text: format!("{not}{}", &inside[..at]),
                    quoted: true,
                });
                rest = inside[at + mark.len()..].trim_start();
                continue;
            }
        }
        if is_bar(first) {
            tokens.push(Token {
                text: "|".into(),
                quoted: false,
            });
            rest = rest[first.len_utf8()..].trim_start();
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || is_bar(c))
            .unwrap_or(rest.len());
        tokens.push(Token {
            text: rest[..end].into(),
            quoted: false,
        });
        rest = rest[end..].trim_start();
    }
    tokens
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

/// A longer query, in bytes, is pasted text: what is typed like an operator in it is none.
const LONGEST: usize = 1024;

impl Parsed {
    pub(super) fn new(query: &str) -> Self {
        if query.len() > LONGEST {
            let pasted = Typed {
                text: query.into(),
                exact: true,
                ..Typed::default()
            };
            return Self {
                groups: vec![vec![pasted]],
                ..Self::default()
            };
        }
        let mut parsed = Self::default();
        let mut operators = false;
        let mut words = Vec::new();
        let mut either = false;
        for token in tokens(query) {
            if !token.quoted && token.text == "|" {
                either = !parsed.groups.is_empty();
                operators = true;
                continue;
            }
            if !token.quoted && parsed.filter(&token.text) {
                operators |= !token.text.is_empty();
                continue;
            }
            let (not, typed) = term(&token);
            operators |= not || typed.exact || typed.at_start || typed.at_end;
            // An operator of which nothing else is typed yet, or marks that nothing is looked for by.
            if !typed.text.chars().any(char::is_alphanumeric) {
                operators |= token.text.chars().any(|c| "!'^$！＇＾＄‘’".contains(c));
                continue;
            }
            words.push(typed.text.clone());
            match parsed.groups.last_mut() {
                _ if not => parsed.without.push(typed),
                Some(group) if either => group.push(typed),
                _ => parsed.groups.push(vec![typed]),
            }
            either = false;
        }
        let joined = parsed
            .groups
            .iter()
            .all(|group| group.len() == 1 && group[0].is_plain());
        if !operators {
            parsed.plain = Some(query.trim().into());
        } else if joined && parsed.without.is_empty() && !words.is_empty() {
            parsed.plain = Some(words.join(" "));
        }
        parsed
    }

    /// Takes a filter in, if it is one: `in:II`, `is:recommendation`, `page:2`.
    fn filter(&mut self, token: &str) -> bool {
        let half: String = token.chars().map(half_width).collect();
        let Some((name, value)) = half.split_once(':') else {
            return false;
        };
        match name.to_ascii_lowercase().as_str() {
            "in" => {
                if !value.is_empty() {
                    self.within.push(value.into());
                }
                true
            }
            "is" => {
                let value = value.to_lowercase();
                if !value.is_empty() && "recommendations".starts_with(&value) {
                    self.recommendations = true;
                    return true;
                }
                value.is_empty()
            }
            "page" | "pages" => {
                let pages = value.split_once('-').unwrap_or((value, value));
                if let (Ok(first), Ok(last)) = (pages.0.parse(), pages.1.parse()) {
                    self.pages = Some(first..=last);
                    return true;
                }
                value.is_empty()
            }
            _ => false,
        }
    }

    /// True where nothing is looked for, by words or otherwise.
    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.without.is_empty() && !self.is_filtered()
    }

    pub(super) fn is_filtered(&self) -> bool {
        self.recommendations || self.pages.is_some() || !self.within.is_empty()
    }
}

impl Typed {
    fn is_plain(&self) -> bool {
        !self.exact && !self.at_start && !self.at_end
    }
}

/// A term without its operators, and whether it must not be found.
fn term(token: &Token) -> (bool, Typed) {
    let text = token.text.as_str();
    let (not, mut rest) = match text.strip_prefix(['!', '！']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut typed = Typed {
        exact: token.quoted || not,
        ..Typed::default()
    };
    if !token.quoted {
        if let Some(behind) = rest.strip_prefix(['\'', '＇', '‘', '’']) {
            (typed.exact, rest) = (true, behind);
        }
        if let Some(behind) = rest.strip_prefix(['^', '＾']) {
            (typed.at_start, rest) = (true, behind);
        }
        if let Some(before) = rest.strip_suffix(['$', '＄']) {
            (typed.at_end, rest) = (true, before);
        }
        // Anchors say where the term itself stands.
        typed.exact |= typed.at_start || typed.at_end;
    }
    typed.text = rest.into();
    (not, typed)
}
