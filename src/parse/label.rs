//! Labels at the start of a line: what they may be, before the context decides what they are.
//!
//! `(i)` may be the ninth item or the first sub-item, `C.` the third section or the hundredth
//! chapter: every reading is given, and [`super::choice`] chooses.

use crate::report::Kind;
use crate::report::numeral::{
    digit, parse_abjad, parse_arabic_firstly, parse_arabic_letter, parse_bracketed_han,
    parse_cyrillic, parse_han, parse_letters, parse_roman, roman,
};
use crate::report::script::{half_width, is_han};

use super::named::named;

/// Bytes before the point or stroke of a label: none is longer than `خامس عشر`.
const LONGEST_POINTED: usize = 24;

/// The way a label is written, as far as it tells one run of numbers from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `I.`
    Roman,
    /// `一.` `一、`
    Han,
    /// `第一章`, `Chapter I`, `Annex`, `أولا -`
    Named,
    /// `A.`, `(a)`
    Letter,
    /// `А.`, `а)`, in Russian order
    Cyrillic,
    /// `(أ)`, `ألف -`, in the order of Arabic numbers
    Abjad,
    /// `1.`
    Digits,
    /// `13.1`
    Dotted,
    /// `(1)`, `1)`, `①`
    BracketedDigits,
    /// `'1'`
    Quoted,
    /// `(i)`
    Bracketed,
    /// `㈠`, `（一）`
    BracketedHan,
    /// `（甲）`, `甲、`
    Stems,
    /// `（子）`
    Branches,
}

/// One reading of what stands at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub kind: Kind,
    pub style: Style,
    /// The number before the last point in `13.1`; 0 where there is none.
    pub prefix: u32,
    /// What it counts, from 1; 0 for an annex or a resolution without a number of its own.
    pub number: u32,
    /// How much of the line it is, in bytes.
    pub length: usize,
}

/// What older Chinese documents count sections and items with, and what treaties count items with.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// Which of these signs a text is, from 1.
fn position(signs: &str, text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let sign = chars.next().filter(|_| chars.next().is_none())?;
    let place = signs.chars().position(|other| other == sign)?;
    Some(place as u32 + 1)
}

/// Every reading of the label at the start of `line`; none for nearly all lines.
pub(super) fn labels(line: &str) -> Vec<Label> {
    let mut found = Vec::new();
    let Some(first) = line.chars().next() else {
        return found;
    };
    let mut add = |kind, style, number: Option<u32>, length| {
        found.extend(number.map(|number| Label {
            kind,
            style,
            prefix: 0,
            number,
            length,
        }));
    };
    if let Some(number) = parse_bracketed_han(first) {
        let length = first.len_utf8();
        add(Kind::SubItem, Style::BracketedHan, Some(number), length);
    } else if let Some(number) = circled(first) {
        let length = first.len_utf8();
        add(Kind::Item, Style::BracketedDigits, Some(number), length);
        add(Kind::SubItem, Style::BracketedDigits, Some(number), length);
    } else if let Some((number, length)) = quoted(line) {
        add(Kind::SubItem, Style::Quoted, Some(number), length);
    } else if let Some((inner, length)) = bracketed(line) {
        let inner = &inner.chars().map(half_width).collect::<String>();
        let lower = !inner.contains(char::is_uppercase);
        let letter = parse_letters(inner).filter(|_| lower);
        add(Kind::Item, Style::Letter, letter, length);
        let letter = parse_cyrillic(inner).filter(|_| lower);
        add(Kind::Item, Style::Cyrillic, letter, length);
        add(Kind::Item, Style::Abjad, parse_abjad(inner), length);
        let roman = parse_roman(inner).filter(|_| lower && inner.len() <= 6);
        add(Kind::SubItem, Style::Bracketed, roman, length);
        add(Kind::Item, Style::BracketedDigits, digits(inner), length);
        add(Kind::SubItem, Style::BracketedDigits, digits(inner), length);
        add(Kind::Item, Style::Stems, position(STEMS, inner), length);
        add(
            Kind::Item,
            Style::Branches,
            position(BRANCHES, inner),
            length,
        );
        // Paragraphs of an article.
        add(
            Kind::Paragraph,
            Style::BracketedDigits,
            digits(inner),
            length,
        );
        add(Kind::SubItem, Style::BracketedHan, parse_han(inner), length);
        add(Kind::Section, Style::BracketedHan, parse_han(inner), length);
    } else if let Some(named) = named(line) {
        let number = named.number.unwrap_or(0);
        add(named.kind, Style::Named, Some(number), named.length);
    } else if let Some((inner, length)) = pointed(line) {
        let inner = &latin(inner);
        let upper = inner.bytes().all(|b| b.is_ascii_uppercase());
        let roman = parse_roman(inner).filter(|_| upper);
        add(Kind::Chapter, Style::Roman, roman, length);
        let letter = parse_letters(inner).filter(|_| upper && inner.len() <= 2);
        add(Kind::Section, Style::Letter, letter, length);
        let one = inner.chars().count() == 1 && inner.starts_with(char::is_uppercase);
        let letter = parse_cyrillic(inner).filter(|_| one);
        add(Kind::Section, Style::Cyrillic, letter, length);
        let one = inner.chars().filter(|&c| c != 'ـ').count() == 1;
        let letter = parse_abjad(inner).filter(|_| one);
        add(Kind::Section, Style::Abjad, letter, length);
        let firstly = parse_arabic_firstly(inner);
        add(Kind::Chapter, Style::Named, firstly, length);
        let letter = parse_arabic_letter(inner);
        add(Kind::Section, Style::Abjad, letter, length);
        add(Kind::Chapter, Style::Han, parse_han(inner), length);
        add(Kind::Section, Style::Han, parse_han(inner), length);
        add(Kind::Paragraph, Style::Han, parse_han(inner), length);
        add(Kind::Section, Style::Stems, position(STEMS, inner), length);
        add(Kind::Paragraph, Style::Digits, digits(inner), length);
    } else if let Some((prefix, number, deep, length)) = dotted(line) {
        let kinds = match deep {
            true => &[Kind::Heading][..],
            false => &[Kind::Item, Kind::Paragraph, Kind::Heading],
        };
        found.extend(kinds.iter().map(|&kind| Label {
            kind,
            style: Style::Dotted,
            prefix,
            number,
            length,
        }));
    }
    found
}

/// How much of a line is a bullet, in bytes.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let first = line
        .chars()
        .next()
        .filter(|&c| "•–-—·▪*□◦‣●○■◆➢✓\u{f0b7}\u{f0a7}".contains(c))?;
    let rest = &line[first.len_utf8()..];
    let behind = rest.trim_start();
    let text = behind.starts_with(|c: char| c.is_alphanumeric() || "\"“«‘'([（《".contains(c));
    (text && (rest.len() > behind.len() || "•▪□●■".contains(first))).then_some(first.len_utf8())
}

/// What stands in brackets, or before a closing one: `(a)`, `（一）`, `a)`, `1)`.
fn bracketed(line: &str) -> Option<(&str, usize)> {
    let opened = line.strip_prefix(['(', '（']);
    let inner = opened.unwrap_or(line);
    let length = inner
        .find([')', '）'])
        .filter(|&at| (1..=18).contains(&at))?;
    let closed = inner[length..].chars().next()?.len_utf8();
    let all = |known: fn(char) -> bool| inner[..length].chars().all(known);
    let number = all(|c| digit(c).is_some()) && length <= 6;
    // Without an opening bracket only letters and short numbers are a label: too much else closes.
    let known =
        number || all(|c| c.is_alphabetic() && (!is_han(c))) || (opened.is_some() && all(is_han));
    let end = line.len() - inner.len() + length + closed;
    // "(a)(i) applies" and "2)" before a mark are references.
    let behind = line[end..].chars().next();
    let apart = !number || behind.is_none_or(|c| c.is_whitespace() || is_han(c));
    (known && apart).then(|| (&inner[..length], end))
}

/// What stands before a full stop that ends a label: `II.`, `一、`, `12.`, `١-`, `أولا -`.
fn pointed(line: &str) -> Option<(&str, usize)> {
    let length = line
        .find(|c: char| ".．、-–".contains(c))
        .filter(|&at| (1..=LONGEST_POINTED).contains(&at))?;
    let point = line[length..].chars().next()?;
    let after = line[length + point.len_utf8()..].chars().next();
    let inner = &line[..length];
    if "-–".contains(point) {
        // Arabic documents set a stroke behind a number or letter.
        let behind = line[length + point.len_utf8()..].trim_start();
        let arabic = |c: char| ('\u{600}'..'\u{700}').contains(&c);
        let inner = inner.trim_end();
        let numbered = inner.chars().all(|c| digit(c).is_some())
            || parse_abjad(inner).is_some()
            || parse_arabic_letter(inner).is_some()
            || parse_arabic_firstly(inner).is_some();
        let here = behind.starts_with(arabic) && after.is_some_and(char::is_whitespace);
        return (numbered && here).then(|| (inner, length + point.len_utf8()));
    }
    // "1.5", "U.N." and "A.B" are no labels; Chinese needs no space behind one.
    // An item may stand close behind a number: 3.(a)
    let ends = after
        .is_none_or(|c| c.is_whitespace() || c == '(' || (!c.is_ascii() && digit(c).is_none()));
    // "II.Work": a title that stands close behind its numeral.
    let mut title = line[length + point.len_utf8()..].chars();
    let numeral = inner.chars().all(|c| "IVX".contains(c));
    let close = numeral
        && title.next().is_some_and(char::is_uppercase)
        && title.next().is_some_and(char::is_lowercase);
    let ends = ends || close;
    let known = inner.chars().all(|c| c.is_alphanumeric() || c == 'ـ');
    (ends && known).then(|| (inner, length + point.len_utf8()))
}

/// `13.1`, `1.2.3`: the number before the last point, the last, whether there are three or more.
fn dotted(line: &str) -> Option<(u32, u32, bool, usize)> {
    let end = line
        .find(|c: char| digit(c).is_none() && c != '.' && c != '．')
        .unwrap_or(line.len());
    let behind = line[end..].chars().next();
    if end > 24 || !behind.is_none_or(|c| c.is_whitespace() || is_han(c)) {
        return None;
    }
    let parts: Vec<_> = line[..end]
        .trim_end_matches(['.', '．'])
        .split(['.', '．'])
        .map(digits)
        .collect::<Option<_>>()?;
    // "1.5 million" is a quantity, a percentage has a sign: what follows a label begins a text.
    let text = line[end..].trim_start();
    let begins = text.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let quantity = ["年", "月", "日", "亿", "万", "个", "％", "倍"]
        .iter()
        .any(|unit| text.starts_with(unit));
    match parts[..] {
        _ if quantity || !(begins || text.is_empty() || text.starts_with(['“', '"', '«', '‘'])) => {
            None
        }
        [.., before, last] => Some((before, last, parts.len() > 2, end)),
        _ => None,
    }
}

/// `'1'`, `‘١’`: the sub-items of Arabic documents.
fn quoted(line: &str) -> Option<(u32, usize)> {
    let inner = line.strip_prefix(['\'', '‘', '’'])?;
    let at = inner.find(['\'', '‘', '’']).filter(|&at| at <= 6)?;
    let closed = inner[at..].chars().next()?.len_utf8();
    let end = line.len() - inner.len() + at + closed;
    let apart = line[end..].chars().next().is_none_or(char::is_whitespace);
    digits(&inner[..at])
        .filter(|_| apart)
        .map(|number| (number, end))
}

/// `③` as 3.
fn circled(mark: char) -> Option<u32> {
    ('①'..='⑳')
        .contains(&mark)
        .then(|| mark as u32 - '①' as u32 + 1)
}

/// Half-width letters, and Roman numerals that are one character each as their letters.
fn latin(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            'Ⅰ'..='Ⅻ' => out += &roman(c as u32 - 'Ⅰ' as u32 + 1),
            c => out.push(half_width(c)),
        }
    }
    out
}

/// Up to seven digits that do not begin with 0.
fn digits(text: &str) -> Option<u32> {
    let length = text.chars().take(8).count();
    let mut number = 0;
    for c in text.chars().take(8) {
        number = number * 10 + digit(c)?;
    }
    let zero = text.chars().next().and_then(digit) == Some(0);
    ((1..=7).contains(&length) && !zero).then_some(number)
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
            ("Ⅰ. Start", "Chapter 1 Ⅰ., Section 9 Ⅰ."),
            ("А. Задача", "Section 1 А."),
            ("Б. Работа", "Section 2 Б."),
            ("в) третье", "Item 3 в)"),
            ("(أ) أولا", "Item 1 (أ)"),
            ("(هـ) خامسا", "Item 5 (هـ)"),
            ("١- اجتمعت", "Paragraph 1 ١-"),
            ("12- اجتمعت", "Paragraph 12 12-"),
            ("۳. اجتمعت", "Paragraph 3 ۳."),
            ("'١' أولا", "SubItem 1 '١'"),
            ("(1) One", "Item 1 (1), SubItem 1 (1), Paragraph 1 (1)"),
            ("2) Two", "Item 2 2), SubItem 2 2), Paragraph 2 2)"),
            ("③ 三", "Item 3 ③, SubItem 3 ③"),
            (
                "13.1 Overview",
                "Item 1 13.1, Paragraph 1 13.1, Heading 1 13.1",
            ),
            ("1.2.3 Lamps", "Heading 3 1.2.3"),
            ("Annex II", "Annex 2 Annex II"),
            (
                "二. 初步建议",
                "Chapter 2 二., Section 2 二., Paragraph 2 二.",
            ),
            (
                "十二、结论",
                "Chapter 12 十二、, Section 12 十二、, Paragraph 12 十二、",
            ),
            ("第一章：宗旨", "Chapter 1 第一章："),
            ("第三章", "Chapter 3 第三章"),
            ("CHAPTER II, ON", "Chapter 2 CHAPTER II,"),
            ("Chapter 4 Membership", "Chapter 4 Chapter 4"),
            ("CAPÍTULO II: MIEMBROS", "Chapter 2 CAPÍTULO II:"),
            ("Глава I", "Chapter 1 Глава I"),
            ("IV. Matters", "Chapter 4 IV."),
            ("C. Funds", "Chapter 100 C., Section 3 C."),
            ("B. 发言", "Section 2 B."),
            ("II.Work", "Chapter 2 II., Section 35 II."),
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
            ("（丙）下令", "Item 3 （丙）"),
            ("（丑）下令", "Item 2 （丑）"),
            ("乙、结论", "Section 2 乙、"),
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
            "13.1 per cent",
            "3.5亿人",
            "1-2 اجتمعت",
            "U.N. bodies",
            "I am",
            "(see above)",
            "(A/74/130)",
            "第二章程",
            "Chapters I",
            "Chapter in",
            "0. None",
            "12345678. Too many",
            "(k",
            "专.",
            "，",
        ] {
            assert_eq!(read(line), "", "{line}");
        }
    }
}
