//! Resolutions that are cited by body and number: `General Assembly resolution 65/230`,
//! `大会第65/230号决议`, `résolution 2178 (2014) du Conseil de sécurité`.
//!
//! The number says which bodies it can be of: `65/230` is a session and a number, as the General
//! Assembly counts since its thirty-first session and the Human Rights Council since its first;
//! `2018/17` is a year, as the Economic and Social Council counts; `2178 (2014)` is the Security
//! Council's, and `1514 (XV)` the General Assembly's before. The nearest name of a body decides
//! between them. Where none is named, a session from 31 on is the Assembly's. A number without the
//! word resolution is none: `24/7`, `2023/24`.

use std::ops::Range;

use super::symbol::{Cited, peek, run, skip};

/// The resolutions that `text` cites by number, in order and apart.
pub(super) fn resolutions(text: &str) -> Vec<Cited> {
    let mut all = chinese(text);
    for (word, arabic) in [("solu", false), ("езолюц", false), ("قرار", true)] {
        let mut read = 0;
        for (at, _) in text.match_indices(word) {
            // What one list has taken is not read again, or long lists would cost their square.
            if at >= read {
                let (end, cited) = after_word(text, at, arabic);
                all.extend(cited);
                read = end;
            }
        }
    }
    all.sort_by_key(|cited| cited.range.start);
    all.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    all
}

/// How a resolution is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Number {
    /// `65/230`, `48/75 A`, `2018/17`.
    Pair(u32, u32, String),
    /// `2178 (2014)`.
    Year(u32, u32),
    /// `1514 (XV)`.
    Session(u32, String),
    /// `ES-11/5`, `S-32/1`: of a special session.
    Special(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Assembly,
    HumanRights,
    Economic,
    Security,
    /// The Council: which one, the number says.
    Council,
    /// One whose resolutions have no symbol that follows from the number.
    Other,
}

impl Number {
    /// The symbol of the resolution of this number of that body. Where the body that is named
    /// cannot count so, another is meant, unless it is one whose resolutions have no symbols.
    fn symbol(&self, body: Option<Body>) -> Option<String> {
        use Body::{Assembly, Council, Economic, HumanRights, Other, Security};
        let years = 1946..2100;
        if body == Some(Other) {
            return None;
        }
        match self {
            Self::Year(number, year) if years.contains(year) => {
                Some(format!("S/RES/{number}({year})"))
            }
            Self::Session(number, session) => {
                // The Assembly counts this way to its thirtieth session, the Economic and Social
                // Council to its sixty-third.
                let late =
                    session.contains('L') || (session.starts_with("XXX") && session.len() > 3);
                match body {
                    Some(Economic) => Some(format!("E/RES/{number}({session})")),
                    None if late => Some(format!("E/RES/{number}({session})")),
                    None | Some(Assembly) if !late => Some(format!("A/RES/{number}({session})")),
                    _ => None,
                }
            }
            Self::Pair(year, number, letter) if years.contains(year) => {
                Some(format!("E/RES/{year}/{number}{letter}"))
            }
            Self::Pair(session @ 1..200, number, letter) => match body {
                Some(HumanRights | Council) => {
                    Some(format!("A/HRC/RES/{session}/{number}{letter}"))
                }
                None | Some(Assembly | Security | Economic) if *session > 30 => {
                    Some(format!("A/RES/{session}/{number}{letter}"))
                }
                _ => None,
            },
            Self::Special(number) => match body {
                Some(HumanRights | Council) => Some(format!("A/HRC/RES/{number}")),
                _ => Some(format!("A/RES/{number}")),
            },
            _ => None,
        }
    }
}

/// Names of bodies as they stand beside numbers, with endings left off where these change.
const BODIES: &[(&str, Body)] = &[
    ("环境大会", Body::Other),
    ("卫生大会", Body::Other),
    ("缔约方大会", Body::Other),
    ("缔约国大会", Body::Other),
    ("大会", Body::Assembly),
    ("大會", Body::Assembly),
    ("联大", Body::Assembly),
    ("人权理事会", Body::HumanRights),
    ("人權理事會", Body::HumanRights),
    ("社会理事会", Body::Economic),
    ("社會理事會", Body::Economic),
    ("经社理事会", Body::Economic),
    ("安全理事会", Body::Security),
    ("安全理事會", Body::Security),
    ("安理会", Body::Security),
    ("理事会", Body::Council),
    ("委员会", Body::Other),
    ("会议", Body::Other),
    ("Environment Assembly", Body::Other),
    ("Health Assembly", Body::Other),
    ("Assembly", Body::Assembly),
    ("Human Rights Council", Body::HumanRights),
    ("Social Council", Body::Economic),
    ("Security Council", Body::Security),
    ("Council", Body::Council),
    ("Commission", Body::Other),
    ("Conference", Body::Other),
    ("Committee", Body::Other),
    ("Board", Body::Other),
    ("Parliament", Body::Other),
    ("Assemblée", Body::Assembly),
    ("Conseil des droits", Body::HumanRights),
    ("Conseil économique et social", Body::Economic),
    ("Conseil de sécurité", Body::Security),
    ("Conférence", Body::Other),
    ("Comité", Body::Other),
    ("Asamblea", Body::Assembly),
    ("Derechos Humanos", Body::HumanRights),
    ("Consejo Económico y Social", Body::Economic),
    ("Consejo de Seguridad", Body::Security),
    ("Comisión", Body::Other),
    ("Conferencia", Body::Other),
    ("Ассамбле", Body::Assembly),
    ("Совета по правам человека", Body::HumanRights),
    ("Совет по правам человека", Body::HumanRights),
    ("Социальн", Body::Economic),
    ("Безопасности", Body::Security),
    ("Комисси", Body::Other),
    ("Конференци", Body::Other),
    ("الجمعية العامة", Body::Assembly),
    ("مجلس حقوق الإنسان", Body::HumanRights),
    ("المجلس الاقتصادي", Body::Economic),
    ("مجلس الأمن", Body::Security),
];

/// How far before a number a body may be named, in bytes, and a body of no symbols.
const BEFORE: usize = 240;
const CLOSE: usize = 60;
/// How far behind it.
const BEHIND: usize = 60;

/// The body that is named nearest before `at` in its sentence.
fn body_before(text: &str, at: usize) -> Option<Body> {
    let window = &text[floor(text, at.saturating_sub(BEFORE))..at];
    let sentence = window.rfind(['。', '；', ';']);
    let sentence = sentence.max(window.rfind(". ")).map_or(0, |end| {
        end + window[end..].chars().next().map_or(0, char::len_utf8)
    });
    let window = &window[sentence..];
    let named = BODIES.iter().filter_map(|(name, body)| {
        let start = window.rfind(name)?;
        let end = start + name.len();
        let gap = window.len() - end;
        // Other councils are named in full, and further on: the Council of Europe.
        let far = match body {
            Body::Other => gap > CLOSE,
            Body::Council => gap > 9,
            _ => false,
        };
        (!far).then_some((end, name.len(), *body))
    });
    let nearest = named.max_by_key(|(end, length, _)| (*end, *length));
    nearest.map(|(.., body)| body)
}

/// The body that is named right behind a number: `of the General Assembly`, `du Conseil de
/// sécurité`, `Генеральной Ассамблеи`.
fn body_behind(text: &str, at: usize) -> Option<Body> {
    let window = &text[at..floor(text, at + BEHIND)];
    let window = &window[..window
        .find([',', '.', ';', '，', '。', '('])
        .unwrap_or(window.len())];
    let rest = window.trim_start();
    let joins = [
        "of the ", "de l’", "de l'", "de la ", "du ", "del ", "Г", "С", "Э",
    ];
    if !joins.iter().any(|join| rest.starts_with(join)) {
        return None;
    }
    let named = BODIES
        .iter()
        .filter_map(|(name, body)| Some((window.find(name)?, *body)));
    let first = named.min_by_key(|(start, _)| *start);
    first.map(|(_, body)| body)
}

/// What stands between the numbers of a Chinese list.
const JOINS: [char; 8] = ['、', '，', '和', '及', '与', '與', '以', ' '];

/// `第65/230号决议`, `第65/230号、第67/184号和第70/1号决议`, `第65/230和67/184号决议`,
/// `第2178（2014）号决议`.
fn chinese(text: &str) -> Vec<Cited> {
    let mut all = Vec::new();
    // The numbers of a list, until the word behind it says that they are of resolutions; where the
    // list begins; and where it goes on if it does.
    let mut list: Vec<(Range<usize>, Number)> = Vec::new();
    let (mut head, mut goes_on) = (0, None);
    for (place, sign) in text.match_indices('第') {
        if goes_on != Some(place) {
            list.clear();
            head = place;
        }
        let mut start = spaces(text, place + sign.len());
        let mut rest = "";
        while let Some((end, number)) = number(text, start) {
            list.push((start..end, number));
            rest = text[end..].trim_start_matches(JOINS);
            start = text.len() - rest.len();
        }
        let Some(behind) = rest.strip_prefix(['号', '號']) else {
            goes_on = None;
            continue;
        };
        if behind.starts_with("决议") || behind.starts_with("決議") {
            let body = body_before(text, head);
            all.extend(list.drain(..).filter_map(|(range, number)| {
                let symbol = number.symbol(body)?;
                Some(Cited { range, symbol })
            }));
        }
        goes_on = Some(text.len() - behind.trim_start_matches(JOINS).len());
    }
    all
}

/// What is cited behind the word whose middle stands at `at`: one number, or a list behind a word
/// in the plural; and how far that was read.
fn after_word(text: &str, at: usize, arabic: bool) -> (usize, Vec<Cited>) {
    let start = text[..at]
        .char_indices()
        .rev()
        .take(4)
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(at, |(place, _)| place);
    let length: usize = text[start..]
        .chars()
        .take_while(|c| c.is_alphabetic())
        .take(20)
        .map(char::len_utf8)
        .sum();
    let word = text[start..start + length].to_lowercase();
    if !arabic && !is_resolution(&word) {
        return (at, Vec::new());
    }
    let mut place = start + length;
    if arabic {
        // The body stands between the word and the number.
        let gap = text[place..].chars().take(48);
        let gap = gap.take_while(|c| c.is_alphabetic() || *c == ' ');
        place += gap.map(char::len_utf8).sum::<usize>();
    } else {
        place = spaces(text, place);
        for sign in ["Nos. ", "No. ", "nos ", "no ", "n° ", "№ "] {
            if text[place..].starts_with(sign) {
                place += sign.len();
            }
        }
    }
    let many = word.ends_with('s') || word.starts_with("резолюц");
    let before = body_before(text, if arabic { place } else { start });
    let mut numbers = Vec::new();
    while let Some((end, number)) = number(text, place) {
        numbers.push((place..end, number));
        let Some(next) = many.then(|| next_number(text, end)).flatten() else {
            break;
        };
        place = next;
    }
    let Some(end) = numbers.last().map(|(range, _)| range.end) else {
        return (at, Vec::new());
    };
    let body = body_behind(text, end).or(before);
    let cited = numbers.into_iter().filter_map(|(range, number)| {
        let symbol = number.symbol(body)?;
        Some(Cited { range, symbol })
    });
    (end, cited.collect())
}

fn is_resolution(word: &str) -> bool {
    let stems = ["resolution", "résolution", "resoluci", "резолюц"];
    stems.iter().any(|stem| word.starts_with(stem))
}

/// Where the next number of a list begins, over `, `, ` and `, ` of 21 December 2010 and `.
fn next_number(text: &str, end: usize) -> Option<usize> {
    let mut words = 0;
    let mut joined = false;
    let mut place = end;
    loop {
        let c = peek(text, place)?;
        if c == ',' || c == ' ' {
            joined |= c == ',';
            place = skip(text, place, 1);
            continue;
        }
        if c.is_ascii_digit() && joined && number(text, place).is_some() {
            return Some(place);
        }
        let word: usize = text[place..]
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .take(20)
            .map(char::len_utf8)
            .sum();
        words += 1;
        let own = &text[place..place + word];
        if word == 0 || words > 6 || is_resolution(own) {
            return None;
        }
        joined |= ["and", "et", "y", "и"].contains(&own);
        place += word;
    }
}

/// The number that begins at `at`, and where it ends.
fn number(text: &str, at: usize) -> Option<(usize, Number)> {
    let digits = |at| run(text, at, |c| c.is_ascii_digit());
    for special in ["ES-", "S-"] {
        if text[at..].starts_with(special) {
            let session = digits(at + special.len());
            let slash = at + special.len() + session.len();
            let last = digits(skip(text, slash, 1));
            let whole = peek(text, slash) == Some('/') && !session.is_empty() && !last.is_empty();
            let end = skip(text, slash, 1 + last.len());
            return whole.then(|| (end, Number::Special(format!("{special}{session}/{last}"))));
        }
    }
    let first = digits(at);
    let count: u32 = first.parse().ok().filter(|_| first.len() <= 4)?;
    let mut end = skip(text, at, first.len());
    if peek(text, end) == Some('/') {
        let second = digits(skip(text, end, 1));
        let number = second.parse().ok().filter(|_| second.len() <= 4)?;
        end = skip(text, end, 1 + second.len());
        if peek(text, end).is_some_and(|c| c == '/' || c.is_ascii_lowercase()) {
            return None;
        }
        let (end, letter) = letter(text, end);
        return Some((end, Number::Pair(count, number, letter)));
    }
    end = spaces(text, end);
    if peek(text, end) != Some('(') {
        return None;
    }
    let inside = run(text, skip(text, end, 1), |c| {
        c.is_ascii_digit() || "IVXL".contains(c)
    });
    end = skip(text, end, 1 + inside.len());
    if inside.is_empty() || peek(text, end) != Some(')') {
        return None;
    }
    let number = match inside.parse() {
        Ok(year) => Number::Year(count, year),
        Err(_) if inside.contains(|c: char| c.is_ascii_digit()) => return None,
        Err(_) => Number::Session(count, inside),
    };
    Some((skip(text, end, 1), number))
}

/// The letter of a resolution in parts, `48/75 A`, where it cannot be a word: before punctuation.
fn letter(text: &str, end: usize) -> (usize, String) {
    let at = spaces(text, end);
    let letter = run(text, at, |c| c.is_ascii_uppercase());
    let behind = peek(text, skip(text, at, 1));
    let closed = behind.is_none_or(|c| ",.;:)号號".contains(c));
    if letter.len() == 1 && closed {
        (skip(text, at, 1), letter)
    } else {
        (end, String::new())
    }
}

/// Over one or two spaces, also those that do not break.
fn spaces(text: &str, at: usize) -> usize {
    let count = (0..2).take_while(|&count| peek(text, skip(text, at, count)) == Some(' '));
    skip(text, at, count.count())
}

/// The nearest place at or before `at` between two characters.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, and what it cites.
    const CASES: &str = "\
大会第74/247号决议 | 74/247 = A/RES/74/247
大会2010年12月21日第65/230号决议 | 65/230 = A/RES/65/230
根据大会第65/230 号决议 | 65/230 = A/RES/65/230
第65/230号决议 | 65/230 = A/RES/65/230
大会第65/230号和第67/184号决议 | 65/230 = A/RES/65/230; 67/184 = A/RES/67/184
大会第65/230号、第67/184号以及第70/1号决议 | 65/230 = A/RES/65/230; 67/184 = A/RES/67/184; 70/1 = A/RES/70/1
根据大会第 65/230 号决议 | 65/230 = A/RES/65/230
大会第65/230和67/184号决议 | 65/230 = A/RES/65/230; 67/184 = A/RES/67/184
大会第 65/230 号 和 第 67/184 号决议 | 65/230 = A/RES/65/230; 67/184 = A/RES/67/184
安全理事会第 2178 (2014) 号决议 | 2178 (2014) = S/RES/2178(2014)
理事会在其第16/21号决议 | 16/21 = A/HRC/RES/16/21
The Council, in its resolution 16/21 | 16/21 = A/HRC/RES/16/21
The Council in its resolution 16/21 | 16/21 = A/HRC/RES/16/21
第3段和大会第65/230号决议 | 65/230 = A/RES/65/230
大会第65/230号决定和第67/184号决议 | 67/184 = A/RES/67/184
大会第65／230号决议 | 65／230 = A/RES/65/230
大會第65/230號決議 | 65/230 = A/RES/65/230
大会第78/250 A号决议 | 78/250 A = A/RES/78/250A
人权理事会第16/21号决议 | 16/21 = A/HRC/RES/16/21
人权理事会第48/8号决议 | 48/8 = A/HRC/RES/48/8
经济及社会理事会第2018/17号决议 | 2018/17 = E/RES/2018/17
安全理事会第2178（2014）号决议 | 2178（2014） = S/RES/2178(2014)
安理会第1540(2004)号决议 | 1540(2004) = S/RES/1540(2004)
委员会第65/230号决议 |
联合国环境大会第65/1号决议 |
大会第65/230号决定 |
第三次会议 |
第1/2号 |
General Assembly resolution 65/230 | 65/230 = A/RES/65/230
General Assembly resolution 65/230. | 65/230 = A/RES/65/230
In its resolution 74/247, the | 74/247 = A/RES/74/247
resolutions 65/230, 66/180 and 67/184 | 65/230 = A/RES/65/230; 66/180 = A/RES/66/180; 67/184 = A/RES/67/184
Assembly resolutions 46/182 of 19 December 1991 and 47/168 of 22 | 46/182 = A/RES/46/182; 47/168 = A/RES/47/168
resolution 65/230 and 50/50 chances | 65/230 = A/RES/65/230
resolutions of the Security Council and its own resolution 47/118 | 47/118 = A/RES/47/118
resolution ES-11/5, adopted | ES-11/5 = A/RES/ES-11/5
Human Rights Council resolution S-32/1 | S-32/1 = A/HRC/RES/S-32/1
大会第ES-11/5号决议 | ES-11/5 = A/RES/ES-11/5
Resolution 48/161 of | 48/161 = A/RES/48/161
RESOLUTION 48/161 |
Human Rights Council resolution 16/21 | 16/21 = A/HRC/RES/16/21
The Human Rights Council, in its resolution 48/8, | 48/8 = A/HRC/RES/48/8
Economic and Social Council resolution 1996/31 | 1996/31 = E/RES/1996/31
Council resolution 1996/31 | 1996/31 = E/RES/1996/31
Security Council resolution 2178 (2014) | 2178 (2014) = S/RES/2178(2014)
Security Council resolutions 1373 (2001) and 1540 (2004) | 1373 (2001) = S/RES/1373(2001); 1540 (2004) = S/RES/1540(2004)
General Assembly resolution 1514 (XV) | 1514 (XV) = A/RES/1514(XV)
In its resolution 1819 (LV) of 9 August | 1819 (LV) = E/RES/1819(LV)
the Council of Europe (resolution 79/284) | 79/284 = A/RES/79/284
resolution 60/251 of the General Assembly | 60/251 = A/RES/60/251
Commission resolution 58/8 |
resolution 5/1 |
resolution 2178 |
a resolution of 24/7 support |
a solution 65/230 |
the dissolution 65/230 |
resolution 65/230/7 |
la résolution 48/161 de l’Assemblée générale | 48/161 = A/RES/48/161
résolution 2178 (2014) du Conseil de sécurité | 2178 (2014) = S/RES/2178(2014)
résolution 48/8 du Conseil des droits de l’homme | 48/8 = A/HRC/RES/48/8
la resolución 78/250 de la Asamblea General | 78/250 = A/RES/78/250
resoluciones 65/230 y 66/180 | 65/230 = A/RES/65/230; 66/180 = A/RES/66/180
резолюции 65/230 Генеральной Ассамблеи | 65/230 = A/RES/65/230
резолюции 16/21 Совета по правам человека | 16/21 = A/HRC/RES/16/21
резолюцию 2178 (2014) Совета Безопасности | 2178 (2014) = S/RES/2178(2014)
قرار الجمعية العامة 65/230 | 65/230 = A/RES/65/230
القرار 65/230 | 65/230 = A/RES/65/230
65/230 |
in 2023/24 |";

    #[test]
    fn resolutions_are_those_of_the_body_that_is_named() {
        for row in CASES.lines() {
            let (text, cited) = row.split_once(" |").expect("text | what it cites");
            let cited = cited.trim_start();
            let all = resolutions(text);
            let shown: Vec<_> = all
                .iter()
                .map(|cited| format!("{} = {}", &text[cited.range.clone()], cited.symbol))
                .collect();
            assert_eq!(shown.join("; "), cited, "{text}");
        }
    }
}
