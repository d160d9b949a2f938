//! What a text cites: documents by their symbols, and instruments by their names, those of the
//! vocabulary and others that show by their marks (《…》) or capitals that they are names.

use std::ops::Range;

use super::Class;
use super::lexicon::{Form, Lexicon};
use super::reading::{Entity, bytes};
use super::token::{Gap, Token};
use crate::report::{Language, symbols};

/// Something cited.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Cited {
    /// A document, by its symbol.
    Document(String),
    /// An instrument of the vocabulary, by its term.
    Known(usize),
    /// What is called so; true for an instrument.
    Named(String, bool),
}

/// What Chinese instruments are called; other titles are documents.
const HAN_HEADS: [&str; 22] = [
    "公约",
    "议定书",
    "宣言",
    "协定",
    "协议",
    "条约",
    "宪章",
    "盟约",
    "规约",
    "章程",
    "议程",
    "规则",
    "原则",
    "准则",
    "守则",
    "行动计划",
    "行动纲领",
    "行动纲要",
    "行动方案",
    "框架",
    "宣言书",
    "法",
];

/// Words that join the words of a name in capitals, and those that can begin what follows its head.
const CONNECTORS: [&str; 11] = [
    "of",
    "on",
    "against",
    "for",
    "from",
    "to",
    "relating",
    "concerning",
    "and",
    "the",
    "in",
];
const BEGIN: [&str; 6] = ["of", "on", "against", "for", "relating", "concerning"];

/// What `text` cites, in order and apart, with the words that do, in bytes.
pub(super) fn cited(
    text: &str,
    tokens: &[Token],
    entities: &[Entity],
    lexicon: &Lexicon,
) -> Vec<(Cited, Range<usize>)> {
    let mut found: Vec<(Cited, Range<usize>)> = Vec::new();
    let known = entities
        .iter()
        .filter(|entity| lexicon.terms[entity.form.term].class == Class::Instrument);
    let known = known.map(|entity| {
        (
            Cited::Known(entity.form.term),
            bytes(tokens, &entity.tokens),
        )
    });
    let known: Vec<_> = known.collect();
    match lexicon.language {
        Language::Chinese => found.extend(titles(text, &known, lexicon)),
        _ => found.extend(capitals(text, tokens, entities, &known, lexicon)),
    }
    let apart = |range: &Range<usize>, found: &[(Cited, Range<usize>)]| {
        found
            .iter()
            .all(|(_, other)| range.end <= other.start || other.end <= range.start)
    };
    for (cited, range) in known {
        if apart(&range, &found) {
            found.push((cited, range));
        }
    }
    for document in symbols(text) {
        if apart(&document.range, &found) {
            found.push((Cited::Document(document.symbol), document.range));
        }
    }
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// What stands between 《 and 》, also where another such title stands inside it.
fn titles(
    text: &str,
    known: &[(Cited, Range<usize>)],
    lexicon: &Lexicon,
) -> Vec<(Cited, Range<usize>)> {
    let mut found: Vec<(Cited, Range<usize>)> = Vec::new();
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '《' => open.push(at),
            '》' => {
                let (Some(start), true) = (open.pop(), open.is_empty()) else {
                    continue;
                };
                let range = start..at + c.len_utf8();
                let inside = start + '《'.len_utf8()..at;
                let title: String = text[inside.clone()]
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .collect();
                // No title is longer; a mark was forgotten.
                if title.is_empty() || title.chars().count() > 80 {
                    continue;
                }
                let whole = known.iter().find(|(_, known)| *known == inside);
                // 该《公约》 is the one that was named before.
                let before = found.iter().rev().map(|(cited, _)| cited);
                let mut before = before.filter(|cited| called(cited, lexicon).ends_with(&title));
                let cited = match (whole, before.next()) {
                    (Some((cited, _)), _) => cited.clone(),
                    (None, Some(cited)) => cited.clone(),
                    (None, None) if HAN_HEADS.contains(&title.as_str()) => continue,
                    (None, None) => {
                        let instrument = HAN_HEADS.iter().any(|head| title.ends_with(head));
                        Cited::Named(format!("《{title}》"), instrument)
                    }
                };
                found.push((cited, range));
            }
            _ => {}
        }
    }
    found
}

/// What is called, without marks.
fn called<'a>(cited: &'a Cited, lexicon: &'a Lexicon) -> &'a str {
    match cited {
        Cited::Document(symbol) => symbol,
        Cited::Known(term) => &lexicon.terms[*term].name,
        Cited::Named(name, _) => name.trim_matches(['《', '》']),
    }
}

/// Names with a head as Convention among words in capitals: Vienna Declaration, Convention on the
/// Rights of the Child. A head alone is the name before that ends or begins so, or nothing.
fn capitals(
    text: &str,
    tokens: &[Token],
    entities: &[Entity],
    known: &[(Cited, Range<usize>)],
    lexicon: &Lexicon,
) -> Vec<(Cited, Range<usize>)> {
    let mut found: Vec<(Cited, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let count = match tokens[at].capital {
            true => lexicon.head(&tokens[at..]),
            false => 0,
        };
        let head = at..at + count;
        at += 1;
        if count == 0 {
            continue;
        }
        let inside = bytes(tokens, &head);
        if let Some((cited, range)) = known
            .iter()
            .find(|(_, known)| known.start <= inside.start && inside.end <= known.end)
        {
            at = at.max(tokens.partition_point(|token| token.range.start < range.end));
            found.push((cited.clone(), range.clone()));
            continue;
        }
        let start = left(tokens, head.start);
        let end = right(tokens, entities, lexicon, head.end);
        let name = bytes(tokens, &(start..end));
        if start == head.start && end == head.end {
            let word = &text[inside.clone()];
            let before = found.iter().rev().map(|(cited, _)| cited);
            let mut before = before.filter(|cited| {
                let called = called(cited, lexicon);
                called.ends_with(word) || called.starts_with(word)
            });
            if let Some(cited) = before.next().cloned() {
                found.push((cited, inside));
            }
            continue;
        }
        at = end;
        // A heading in capitals.
        if !text[name.clone()].contains(char::is_lowercase) {
            continue;
        }
        // The call of a footnote is no part of it.
        let bare = text[name.clone()].trim_end_matches(|c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
        let name = name.start..name.start + bare.len();
        let called = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        found.push((Cited::Named(called, true), name));
    }
    found
}

/// Where a name begins that goes on at `head`.
fn left(tokens: &[Token], head: usize) -> usize {
    let mut start = head;
    while start > 0 && tokens[start].gap == Gap::Close {
        let before = &tokens[start - 1];
        // The first word of a sentence, as The or Under, is no part of a name.
        let counts = before.word.starts_with(|c: char| c.is_ascii_digit());
        let year = before.word.len() == 4;
        let part = before.word.len() > 2 && &*before.word != "the" && (!counts || year);
        if !before.capital || before.gap == Gap::Stop || !part {
            break;
        }
        start -= 1;
    }
    start
}

/// Where a name ends of which the head ends at `end`.
fn right(tokens: &[Token], entities: &[Entity], lexicon: &Lexicon, end: usize) -> usize {
    let close = |at: usize| tokens.get(at).filter(|token| token.gap == Gap::Close);
    let Some(first) = close(end) else { return end };
    if !BEGIN.contains(&&*first.word) {
        return end;
    }
    let (mut last, mut at) = (end, end);
    while let Some(token) = close(at) {
        let connects = CONNECTORS.contains(&&*token.word);
        if !token.capital && !connects {
            break;
        }
        // A body or country behind and is another name.
        let other = entities.iter().any(|entity| entity.tokens.start == at);
        if other && at > 0 && tokens[at - 1].word.as_ref() == "and" {
            break;
        }
        // So is another instrument: and the Convention.
        let behind = |skip: usize| {
            tokens
                .get(at + skip..)
                .is_some_and(|rest| lexicon.head(rest) > 0)
        };
        if &*token.word == "and" && (behind(1) || (behind(2) && !tokens[at + 1].capital)) {
            break;
        }
        at += 1;
        if token.capital {
            last = at;
        }
    }
    last
}

/// A form's own words.
pub(super) fn written(lexicon: &Lexicon, form: Form) -> &str {
    let term = &lexicon.terms[form.term];
    match term.class {
        // Countries have more than one name in use; the report's own is shown.
        Class::Country => term.forms.get(form.form).unwrap_or(&term.name),
        _ => &term.name,
    }
}
