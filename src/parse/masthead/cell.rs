//! What stands in one cell of a masthead: a body, a symbol, a date, a session.
//!
//! A cell is read from its start as a row of such pieces, since PDFs and their texts put two columns
//! side by side; it is known when nothing else is in it.

use crate::report::script::is_han;

use super::super::furniture::{symbol, written};
use super::words;

/// A piece of a masthead, with its words as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Body,
    Symbol(String),
    Distribution,
    Original(String),
    Language,
    /// A day.
    Date(String),
    /// Days, perhaps with a place before them.
    Days(String),
    Session(String),
    Item(String),
    Meeting,
    President,
    /// The number of a volume, who adopted a resolution, on whose report.
    Other,
}

/// Longer than any such cell, in characters.
const LONGEST: usize = 160;

/// The cells of a line, which stand apart.
pub(super) fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '\t'])
        .flat_map(|cell| cell.split("   "))
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
}

/// The pieces of a cell, if it is made of nothing else.
pub(super) fn pieces(cell: &str) -> Option<Vec<Piece>> {
    if cell.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    let mut found = Vec::new();
    let mut rest = trimmed(cell);
    while !rest.is_empty() {
        let (piece, length) =
            whole(rest).map_or_else(|| first(rest), |piece| Some((piece, rest.len())))?;
        found.push(piece);
        rest = trimmed(&rest[length..]);
    }
    (!found.is_empty()).then_some(found)
}

/// Without the spaces and points between pieces.
fn trimmed(text: &str) -> &str {
    let between = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ':'
                    | '：'
                    | ','
                    | '•'
                    | '*'
                    | '；'
                    | ';'
                    | '\u{200e}'
                    | '\u{200f}'
                    | '\u{202a}'..='\u{202e}'
            )
    };
    text.trim_start_matches(between).trim_end()
}

/// The piece that a text begins with.
fn first(text: &str) -> Option<(Piece, usize)> {
    if let Some(length) = starts(text, &words::DISTRIBUTION) {
        let rest = trimmed(&text[length..]);
        let kind = starts(rest, &words::DISTRIBUTED).unwrap_or(0);
        return Some((Piece::Distribution, text.len() - rest.len() + kind));
    }
    if let Some(length) = starts(text, &words::ORIGINAL) {
        let mut end = length;
        while let Some(word) = starts(
            trimmed(&text[end..]).trim_start_matches('/'),
            &words::LANGUAGES,
        ) {
            let rest = trimmed(&text[end..]).trim_start_matches('/');
            end = text.len() - rest.len() + word;
        }
        return (end > length).then(|| (Piece::Original(text[..end].into()), end));
    }
    if let Some(length) = symbol(text) {
        return Some((Piece::Symbol(written(&text[..length])), length));
    }
    if let Some(length) = starts(text, &words::BODIES) {
        return Some((Piece::Body, length));
    }
    if let Some(length) = date(text) {
        return Some((Piece::Date(text[..length].into()), length));
    }
    if let Some(length) = starts(text, &words::DISTRIBUTED) {
        return Some((Piece::Distribution, length));
    }
    starts(text, &words::LANGUAGES).map(|length| (Piece::Language, length))
}

/// The piece that a text is as a whole.
fn whole(text: &str) -> Option<Piece> {
    let words = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    if words::ALONE.contains(&text) {
        return Some(Piece::Body);
    }
    if starts(text, &words::ADOPTION).is_some() || starts(text, &words::SUPPLEMENT).is_some() {
        return Some(Piece::Other);
    }
    if let Some(length) = starts(text, &words::ITEM) {
        let of_agenda = folded(&text[..length]).contains("agenda")
            || words::AGENDA.iter().any(|word| holds(text, word))
            || words().count() <= 3;
        let numbered = text.contains(char::is_numeric) && text.chars().count() <= 120;
        return (of_agenda && numbered).then(|| Piece::Item(text.into()));
    }
    if starts(text, &words::PRESIDENT)
        .is_some_and(|length| text[length..].starts_with([':', '：', ' ']))
        && text.contains([':', '：'])
    {
        return Some(Piece::President);
    }
    if is_meeting(text) {
        return Some(Piece::Meeting);
    }
    // The imprint of a printed volume.
    if text.contains('•')
        && starts(text, &words::BODIES).is_some()
        && text.ends_with(char::is_numeric)
    {
        return Some(Piece::Other);
    }
    if date(text) == Some(text.len()) {
        let single = words()
            .filter(|word| word.chars().all(char::is_numeric))
            .count()
            <= 2
            || text.contains('年');
        let text = text.into();
        return Some(if single {
            Piece::Date(text)
        } else {
            Piece::Days(text)
        });
    }
    if is_days(text) {
        return Some(Piece::Days(text.into()));
    }
    is_session(text).then(|| Piece::Session(text.into()))
}

/// `Forty-third session`, `Eightieth year`, `第七十九届会议`.
fn is_session(text: &str) -> bool {
    let padded = format!(
        " {} ",
        folded(text).replace(|c: char| !c.is_alphanumeric(), " ")
    );
    let named = words::SESSION.iter().any(|word| {
        let solid = word.contains(is_han);
        padded.contains(&if solid {
            (*word).into()
        } else {
            format!(" {} ", folded(word))
        })
    });
    let year = text.starts_with('第') && text.ends_with('年');
    let words: Vec<_> = text.split_whitespace().map(folded).collect();
    // "Agenda for the seventieth session" is about one.
    let about = [
        "of", "for", "on", "the", "its", "del", "des", "du", "pour", "sobre", "para", "о", "для",
        "на", "из", "عن", "في",
    ];
    let begins = text.starts_with(|c: char| !c.is_lowercase());
    (named || year)
        && begins
        && words.len() <= 8
        && text.chars().count() <= 70
        && !words.iter().any(|word| about.contains(&word.as_str()))
        && starts(text, &words::TITLES).is_none()
        && !text.contains(['。', '；', '关', '的'])
}

/// `64th plenary meeting`, `9888-е заседание`, `第9888次会议`.
fn is_meeting(text: &str) -> bool {
    let short = text.split_whitespace().count() <= 5 && text.chars().count() <= 40;
    let numbered = text
        .trim_start_matches(['第', ' '])
        .starts_with(|c: char| c.is_ascii_digit())
        || text.starts_with("الجلسة");
    short && numbered && words::MEETING.iter().any(|word| holds(text, word))
}

/// The length of the day that a text begins with: `3 March 2025`, `29 de abril de 2024`,
/// `2024年3月15日`.
fn date(text: &str) -> Option<usize> {
    if let Some(length) = han_date(text) {
        return Some(length);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) && !text.starts_with(['٠', '١', '٢', '٣']) {
        return None;
    }
    let mut month = false;
    for (start, word) in words_of(text).take(9) {
        let end = start + word.len();
        let number = word.chars().all(char::is_numeric);
        if number && word.chars().count() == 4 {
            let era = text[end..].trim_start();
            let of_year = starts(era, &["года", "г"]);
            let length = of_year.map_or(end, |more| text.len() - era.len() + more);
            return month.then_some(length);
        }
        let is_month = is_one(word, &words::MONTHS);
        if !(number || is_month || is_one(word, &words::BETWEEN)) {
            return None;
        }
        month |= is_month;
    }
    None
}

/// `2024年3月15日`, in digits of either kind.
fn han_date(text: &str) -> Option<usize> {
    let of_date = |c: &char| c.is_numeric() || "年月日 〇○零一二三四五六七八九十".contains(*c);
    let length: usize = text.chars().take_while(of_date).map(char::len_utf8).sum();
    let length = text[..length].trim_end().len();
    let found = &text[..length];
    (found.contains('年') && found.contains('月') && found.starts_with(|c: char| c != '年'))
        .then_some(length)
}

/// `Geneva, 3–14 May 2024`, `(6 to 24 March 2023)`, `纽约，2025年3月3日至7日`, `10 a.m.`
fn is_days(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '（', '）', ' ']);
    if let Some(at) = bare.find('年') {
        let before = bare[..at]
            .trim_end_matches(|c: char| c.is_numeric() || "〇○零一二三四五六七八九十 ".contains(c));
        let rest = &bare[at..];
        let days =
            |c: char| c.is_numeric() || "年月日至和、，-–— 〇一二三四五六七八九十".contains(c);
        return rest.contains('月')
            && rest.chars().all(days)
            && (before.is_empty() || before.ends_with('，') && before.chars().count() <= 8);
    }
    let (mut month, mut number) = (false, false);
    let mut places = 0;
    for (_, word) in words_of(bare).take(24) {
        let digits = word.chars().all(char::is_numeric);
        let known = is_one(word, &words::MONTHS);
        number |= digits;
        month |= known;
        if !(digits || known || is_one(word, &words::BETWEEN)) {
            // A place stands before the days, with a capital, and is parted from them.
            if number || !word.starts_with(|c: char| !c.is_lowercase() || !c.is_ascii()) {
                return false;
            }
            places += 1;
        }
    }
    month && number && places <= 3 && (places == 0 || bare.contains([',', '،']))
}

fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - start, word))
}

fn is_one(word: &str, list: &[&str]) -> bool {
    let mut list = list.iter();
    list.any(|one| prefix(word, one) == Some(word.len()))
}

/// The length of the longest of `list` that `text` begins with, as whole words.
pub(super) fn starts(text: &str, list: &[&str]) -> Option<usize> {
    let ends = |&length: &usize| {
        let next = text[length..].chars().next();
        let last = text[..length].chars().next_back();
        let solid = last.is_some_and(is_han);
        solid || next.is_none_or(|c| !c.is_alphanumeric())
    };
    let all = list.iter().filter_map(|one| prefix(text, one));
    all.filter(ends).max()
}

/// True where `word` stands in `text`.
fn holds(text: &str, word: &str) -> bool {
    folded(text).contains(&folded(word))
}

/// How many bytes of `text` read like `word`, if it begins with it.
fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    for wanted in word.chars() {
        if wanted == ' ' {
            rest.next_if(|(_, c)| c.is_whitespace())?;
            while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        } else {
            rest.next_if(|&(_, c)| fold(c) == fold(wanted))?;
        }
    }
    Some(rest.peek().map_or(text.len(), |&(at, _)| at))
}

/// Without case and accents.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn fold(c: char) -> char {
    let small = c.to_lowercase().next().unwrap_or(c);
    match small {
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ё' => 'е',
        'أ' | 'إ' | 'آ' => 'ا',
        '’' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> String {
        let name = |piece: &Piece| {
            format!("{piece:?}")
                .split('(')
                .next()
                .unwrap_or("")
                .to_string()
        };
        let pieces = pieces(cell).unwrap_or_default();
        pieces.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cells_of_mastheads_are_known_in_six_languages() {
        for (cell, pieces) in [
            ("United Nations", "Body"),
            ("ASSEMBLEE GENERALE", "Body"),
            ("United Nations A/HRC/43/12", "Body Symbol"),
            ("General Assembly Distr.: General", "Body Distribution"),
            (
                "Distr.: General 30 July 2024  Original: English",
                "Distribution Date Original",
            ),
            ("Distr. générale", "Distribution"),
            ("Distr. general", "Distribution"),
            ("GENERAL", "Distribution"),
            ("Original: ENGLISH", "Original"),
            ("Original : anglais", "Original"),
            ("Original: English and French", "Original"),
            ("原文：英文", "Original"),
            ("15 August 1996", "Date"),
            ("21 janvier 1994", "Date"),
            ("29 de abril de 2024", "Date"),
            ("3 марта 2025 года", "Date"),
            ("2024年3月15日", "Date"),
            ("15 آذار/مارس 2024", "Date"),
            ("Geneva, 7 October 1996", "Days"),
            ("24 February–20 March 2020", "Days"),
            ("Nueva York, 8 a 12 de julio de 2024", "Days"),
            ("(14 August–8 September 2023)", "Days"),
            ("Wednesday, 16 April 2025, 10 a.m.", "Days"),
            ("纽约，2025年3月3日至7日", "Days"),
            ("Forty-third session", "Session"),
            ("Soixante-dix-neuvième session", "Session"),
            ("Octavo período de sesiones sustantivo", "Session"),
            ("Тридцать четвертая сессия", "Session"),
            ("第七十九届会议", "Session"),
            ("الدورة التاسعة والسبعون", "Session"),
            ("Eightieth year", "Session"),
            ("Agenda item 155", "Item"),
            ("Item 13(a) of the provisional agenda", "Item"),
            ("Point 40 de l’ordre du jour", "Item"),
            ("Tema 5 del programa", "Item"),
            ("Пункт 5 повестки дня", "Item"),
            ("议程项目5", "Item"),
            ("البند 5 من جدول الأعمال", "Item"),
            ("64th plenary meeting", "Meeting"),
            ("第9888次会议", "Meeting"),
            ("President: Mr. Lake . . . . (Chad)", "President"),
            ("Supplement No. 55", "Other"),
            ("United Nations • New York, 2025", "Other"),
        ] {
            assert_eq!(read(cell), pieces, "{cell}");
        }
    }

    #[test]
    fn what_is_more_than_a_masthead_is_no_cell_of_one() {
        for cell in [
            "Report of the General Assembly",
            "General Assembly resolution 48/161",
            "See A/99/12",
            "Provisional agenda for the seventieth session",
            "Item of interest",
            "The President: I call on Chad.",
            "大会主席的报告",
            "Points of view on lamps",
        ] {
            assert_eq!(read(cell), "", "{cell}");
        }
    }
}
