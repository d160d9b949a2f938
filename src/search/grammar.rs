//! What is typed, taken apart: terms, and the operators that fzf's users know.
//!
//! `'exact`, `^start`, `end$`, `!not`, `a | b`, `"a phrase"`, and filters, as `in:II`, `page:2`,
//! `is:recommendation`, `by:会员国`, `!tag:"to check"`, all half- or full-width. Whatever of an operator
//! is typed so far does no harm.

use std::ops::RangeInclusive;

use super::fold::fold;
use crate::facet::Facet;
use crate::report::script::half_width;

/// A query in its parts.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parsed {
    /// All must be found, each in one of its ways.
    pub groups: Vec<Vec<Typed>>,
    /// None may be found.
    pub without: Vec<Typed>,
    /// Only what one filter of each of these keeps.
    pub filters: Vec<Vec<Filter>>,
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

/// What a unit must be, or must not be, besides what its text says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter {
    pub kept: Kept,
    pub not: bool,
}

/// What a filter keeps.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    /// What stands in the subtree of this address.
    In(String),
    /// What begins on these pages.
    Pages(RangeInclusive<u32>),
    /// Recommendations, with what stands under them.
    Recommendations,
    /// What has a value of a facet, called so.
    Facet(Facet, String),
    /// What has this status, which begins so.
    Status(String),
    /// What has a mark of any sort.
    Marked,
    /// What has a tag that begins so.
    Tag(String),
    /// What has a remark with these words.
    Remark(String),
}

impl Parsed {
    /// True where a filter asks for marks.
    pub(super) fn is_of_marks(&self) -> bool {
        let marks = |filter: &Filter| {
            matches!(
                filter.kept,
                Kept::Marked | Kept::Status(_) | Kept::Tag(_) | Kept::Remark(_)
            )
        };
        self.filters.iter().flatten().any(marks)
    }
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
        // The value of a filter may have spaces too: tag:"to check".
        let (name, value) = body.split_at(filter_name(body));
        let quote = value
            .chars()
            .next()
            .and_then(|c| QUOTES.iter().find(|quote| quote.0 == c));
        if let Some(&(open, close)) = quote {
            let inside = &value[open.len_utf8()..];
            // A closing mark in the middle of a word closes nothing: 题为“执法”的.
            let ends = inside.match_indices(close).find(|(at, mark)| {
                let behind = inside[at + mark.len()..].chars().next();
                behind.is_none_or(|c| c.is_whitespace() || is_bar(c))
            });
            if let Some((at, mark)) = ends {
                let not = if not { "!" } else { "" };
                tokens.push(Token {
                    text: format!("{not}{name}{}", &inside[..at]),
                    quoted: name.is_empty(),
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

/// The names of filters, as they are typed before a colon.
const FILTERS: [&str; 11] = [
    "in", "page", "pages", "is", "by", "verb", "cites", "names", "mark", "tag", "remark",
];

/// How long the name of a filter with its colon is at the start of a piece, in bytes; 0 for none.
fn filter_name(piece: &str) -> usize {
    let Some((at, colon)) = piece.match_indices([':', '：']).next() else {
        return 0;
    };
    let name: String = piece[..at].chars().map(half_width).collect();
    match FILTERS.contains(&name.to_ascii_lowercase().as_str()) {
        true => at + colon.len(),
        false => 0,
    }
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
        // Words stand for one another, and filters do, but not these for those.
        let mut filtered_last = false;
        for token in tokens(query) {
            if !token.quoted && token.text == "|" {
                either = !parsed.groups.is_empty() || !parsed.filters.is_empty();
                operators = true;
                continue;
            }
            if let Some(filter) = Filter::typed(&token) {
                operators |= !token.text.is_empty();
                let Some(filter) = filter else { continue };
                match parsed.filters.last_mut() {
                    Some(group) if either && filtered_last => group.push(filter),
                    _ => parsed.filters.push(vec![filter]),
                }
                (either, filtered_last) = (false, true);
                continue;
            }
            either &= !filtered_last;
            filtered_last = false;
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

    /// True where nothing is looked for, by words or otherwise.
    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.without.is_empty() && !self.is_filtered()
    }

    pub(super) fn is_filtered(&self) -> bool {
        !self.filters.is_empty()
    }
}

impl Filter {
    /// The filter that is typed, if it is one; inside that none while there is nothing yet that it
    /// asks for.
    fn typed(token: &Token) -> Option<Option<Self>> {
        let text = token.text.as_str();
        let (not, body) = match text.strip_prefix(['!', '！']) {
            Some(body) => (true, body),
            None => (false, text),
        };
        let (name, value) = body.split_at(filter_name(body));
        if token.quoted || name.is_empty() {
            return None;
        }
        let half = |text: &str| text.chars().map(half_width).collect::<String>();
        let value = half(value);
        let value = value.trim();
        let begun = |name: &str| name.starts_with(&value.to_lowercase());
        let name = half(name).to_ascii_lowercase();
        let kept = match name.trim_end_matches(':') {
            _ if value.is_empty() => return Some(None),
            "in" => Kept::In(value.into()),
            "page" | "pages" => {
                let pages = value.split_once('-').unwrap_or((value, value));
                Kept::Pages(pages.0.parse().ok()?..=pages.1.parse().ok()?)
            }
            "is" if begun("recommendations") => Kept::Recommendations,
            "is" if begun("discussion") || begun("procedure") => {
                Kept::Facet(Facet::Role, value.to_lowercase())
            }
            "by" => Kept::Facet(Facet::By, value.into()),
            "verb" => Kept::Facet(Facet::Verb, value.into()),
            "cites" => Kept::Facet(Facet::Cites, value.into()),
            "names" => Kept::Facet(Facet::Names, value.into()),
            "mark" if value.eq_ignore_ascii_case("any") => Kept::Marked,
            "mark" => Kept::Status(fold(value)),
            "tag" => Kept::Tag(fold(value)),
            "remark" => Kept::Remark(fold(value)),
            _ => return None,
        };
        Some(Some(Self { kept, not }))
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
