//! Labels at the start of a line: what they may be, before the context decides what they are.
//!
//! `(i)` may be the ninth item or the first sub-item, `C.` the third section or the hundredth
//! chapter: every reading is given, and [`super::choice`] chooses.

use crate::report::Kind;
use crate::report::numeral::{parse_bracketed_han, parse_han, parse_letters, parse_roman};
use crate::report::script::half_width;

/// The way a label is written, as far as it tells one run of numbers from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `I.`
    Roman,
    /// `一.` `一、`
    Han,
    /// `第一章`, `Chapter I`
    Named,
    /// `A.`, `(a)`
    Letter,
    /// `1.`
    Digits,
    /// `(i)`
    Bracketed,
    /// `㈠`, `（一）`
    BracketedHan,
}

/// One reading of what stands at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub kind: Kind,
    pub style: Style,
    /// What it counts, from 1.
    pub number: u32,
    /// How much of the line it is, in bytes.
    pub length: usize,
}

/// Every reading of the label at the start of `line`; none for nearly all lines.
pub(super) fn labels(line: &str) -> Vec<Label> {
    let mut found = Vec::new();
    let mut add = |kind, style, number: Option<u32>, length| {
        found.extend(number.map(|number| Label {
            kind,
            style,
            number,
            length,
        }));
    };
    let Some(first) = line.chars().next() else {
        return found;
    };
    if let Some(number) = parse_bracketed_han(first) {
        add(
            Kind::SubItem,
            Style::BracketedHan,
            Some(number),
            first.len_utf8(),
        );
    } else if let Some((inner, length)) = bracketed(line) {
        let inner = &inner.chars().map(half_width).collect::<String>();
        let lower = inner.bytes().all(|b| b.is_ascii_lowercase());
        add(
            Kind::Item,
            Style::Letter,
            parse_letters(inner).filter(|_| lower),
            length,
        );
        add(
            Kind::SubItem,
            Style::Bracketed,
            parse_roman(inner).filter(|_| lower && inner.len() <= 6),
            length,
        );
        add(Kind::SubItem, Style::BracketedHan, parse_han(inner), length);
        add(Kind::Section, Style::BracketedHan, parse_han(inner), length);
    } else if let Some((number, length)) = named_chapter(line) {
        add(Kind::Chapter, Style::Named, Some(number), length);
    } else if let Some((inner, length)) = pointed(line) {
        let inner = &inner.chars().map(half_width).collect::<String>();
        let upper = inner.bytes().all(|b| b.is_ascii_uppercase());
        add(
            Kind::Chapter,
            Style::Roman,
            parse_roman(inner).filter(|_| upper),
            length,
        );
        add(
            Kind::Section,
            Style::Letter,
            parse_letters(inner).filter(|_| upper && inner.len() <= 2),
            length,
        );
        add(Kind::Chapter, Style::Han, parse_han(inner), length);
        add(Kind::Section, Style::Han, parse_han(inner), length);
        add(Kind::Paragraph, Style::Digits, digits(inner), length);
    }
    found
}

/// What stands in brackets, or before a closing one: `(a)`, `（一）`, `a)`.
fn bracketed(line: &str) -> Option<(&str, usize)> {
    let opened = line.strip_prefix(['(', '（']);
    let inner = opened.unwrap_or(line);
    let length = inner
        .find([')', '）'])
        .filter(|&at| (1..=18).contains(&at))?;
    let closed = inner[length..].chars().next()?.len_utf8();
    // Without an opening bracket only letters are a label: "2) " closes too many other things.
    let known = |c: char| c.is_ascii_alphabetic() || (opened.is_some() && !c.is_ascii());
    inner[..length]
        .chars()
        .all(known)
        .then(|| (&inner[..length], line.len() - inner.len() + length + closed))
}

/// What stands before a full stop that ends a label: `II.`, `一、`, `12.`.
fn pointed(line: &str) -> Option<(&str, usize)> {
    let length = line
        .find(['.', '．', '、'])
        .filter(|&at| (1..=18).contains(&at))?;
    let point = line[length..].chars().next()?;
    let after = line[length + point.len_utf8()..].chars().next();
    // "1.5", "U.N." and "A.B" are no labels; Chinese needs no space behind one.
    let ends = after.is_none_or(|c| c.is_whitespace() || !c.is_ascii());
    let inner = &line[..length];
    let known = inner.chars().all(|c| c.is_alphanumeric());
    (ends && known).then(|| (inner, length + point.len_utf8()))
}

/// `第二章：`, `CHAPTER II.`
fn named_chapter(line: &str) -> Option<(u32, usize)> {
    let (number, length) = if let Some(rest) = line.strip_prefix('第') {
        let at = rest.find('章').filter(|&at| at <= 18)?;
        (
            parse_han(&rest[..at]).or_else(|| digits(&rest[..at]))?,
            line.len() - rest.len() + at + '章'.len_utf8(),
        )
    } else {
        let word = CHAPTER.iter().find_map(|word| {
            line.get(..word.len())
                .filter(|start| start.to_lowercase() == *word)
        })?;
        let rest = &line[word.len()..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let upper = rest[..end].bytes().all(|b| !b.is_ascii_lowercase());
        (
            parse_roman(&rest[..end])
                .filter(|_| upper)
                .or_else(|| digits(&rest[..end]))?,
            word.len() + end,
        )
    };
    let rest = &line[length..];
    let length = length
        + rest
            .chars()
            .next()
            .filter(|c| ".,:：．、".contains(*c))
            .map_or(0, char::len_utf8);
    let ends = line[length..]
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || length > line.len() - rest.len());
    ends.then_some((number, length))
}

/// The word before the number of a chapter, in the languages of Roman and Cyrillic letters.
const CHAPTER: [&str; 4] = ["chapter ", "chapitre ", "capítulo ", "глава "];

/// Up to seven digits that do not begin with 0.
fn digits(text: &str) -> Option<u32> {
    let known = (1..=7).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        let one = |label: &Label| {
            format!(
                "{:?} {} {}",
                label.kind,
                label.number,
                &line[..label.length]
            )
        };
        labels(line).iter().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_reading_of_a_label_is_given() {
        for (line, readings) in [
            ("二. 初步建议", "Chapter 2 二., Section 2 二."),
            ("十二、结论", "Chapter 12 十二、, Section 12 十二、"),
            ("第一章：宗旨", "Chapter 1 第一章："),
            ("第三章", "Chapter 3 第三章"),
            ("CHAPTER II, ON", "Chapter 2 CHAPTER II,"),
            ("Chapter 4 Membership", "Chapter 4 Chapter 4"),
            ("CAPÍTULO II: MIEMBROS", "Chapter 2 CAPÍTULO II:"),
            ("Глава I", "Chapter 1 Глава I"),
            ("IV. Matters", "Chapter 4 IV."),
            ("C. Funds", "Chapter 100 C., Section 3 C."),
            ("B. 发言", "Section 2 B."),
            ("12. The", "Paragraph 12 12."),
            ("1.\tThe", "Paragraph 1 1."),
            ("１．会员国", "Paragraph 1 １．"),
            ("7.下列国家", "Paragraph 7 7."),
            ("(a) One", "Item 1 (a)"),
            ("（ｋ）", "Item 11 （ｋ）"),
            ("（k）国内", "Item 11 （k）"),
            ("a) Uno", "Item 1 a)"),
            ("(i) First", "Item 9 (i), SubItem 1 (i)"),
            ("(xiv) Last", "SubItem 14 (xiv)"),
            ("(aa) More", "Item 27 (aa)"),
            ("㈢ 下令", "SubItem 3 ㈢"),
            ("（三）下令", "SubItem 3 （三）, Section 3 （三）"),
            ("(三) 下令", "SubItem 3 (三), Section 3 (三)"),
        ] {
            assert_eq!(read(line), readings, "{line}");
        }
    }

    #[test]
    fn what_only_begins_like_a_label_is_none() {
        for line in [
            "",
            "2017 年 10 月",
            "2017年",
            "1.5 million",
            "13.1 Overview",
            "U.N. bodies",
            "I am",
            "(see above)",
            "(A/74/130)",
            "第二章程",
            "Chapters I",
            "Chapter in",
            "1) one",
            "0. None",
            "12345678. Too many",
            "(k",
            "专.",
            "，",
            "(1) One",
        ] {
            assert_eq!(read(line), "", "{line}");
        }
    }
}
