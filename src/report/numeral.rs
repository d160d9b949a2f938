//! Numbers as reports print them: Roman, Chinese, and letters as numbers.
//!
//! Every `parse_` function takes back exactly what its writer writes, in either case of letters.

use super::wording::ARABIC_LETTERS;

/// The highest number these numerals are read and written for.
const MOST: u32 = 3999;

const ROMAN: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// `4` as `IV`; digits beyond 3999, where Roman numerals end.
pub fn roman(number: u32) -> String {
    if number > MOST {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, letters) in ROMAN {
        while rest >= value {
            out.push_str(letters);
            rest -= value;
        }
    }
    out
}

/// `IV` or `iv` as 4; only the canonical form, so `IIII` is none.
pub fn parse_roman(text: &str) -> Option<u32> {
    let upper = text.to_ascii_uppercase();
    let mut rest = upper.as_str();
    let mut number = 0;
    for (value, letters) in ROMAN {
        while let Some(shorter) = rest.strip_prefix(letters) {
            number += value;
            rest = shorter;
            if number > MOST {
                return None;
            }
        }
    }
    (rest.is_empty() && number > 0 && roman(number) == upper).then_some(number)
}

/// `3` as `c`, `27` as `aa`, `28` as `bb`: the way United Nations documents go on after `(z)`.
pub fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else {
        return String::new();
    };
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1) as usize).collect()
}

/// `c` or `C` as 3, `bb` as 28; one letter, or the same letter up to four times.
pub fn parse_letters(text: &str) -> Option<u32> {
    let first = text
        .chars()
        .next()
        .filter(char::is_ascii_alphabetic)?
        .to_ascii_lowercase();
    let same = text
        .chars()
        .all(|letter| letter.to_ascii_lowercase() == first);
    (same && text.len() <= 4)
        .then(|| u32::from(first as u8 - b'a') + 1 + 26 * (text.len() as u32 - 1))
}

/// `в` or `В` as 3, `ج` as 3: the letters that lists are counted by beside the Latin ones.
pub fn parse_other_letter(letter: char) -> Option<u32> {
    let text = letter.to_string();
    parse_cyrillic(&text).or_else(|| parse_abjad(&text))
}

/// `3` as `ج`; Latin letters where there are no more.
pub fn arabic_letter(number: u32) -> String {
    let index = number.checked_sub(1).map(|index| index as usize);
    match index.and_then(|index| ABJAD.chars().nth(index)) {
        // By itself it would be taken for a number.
        Some('ه') => "هـ".into(),
        Some(letter) => letter.into(),
        None => letters(number),
    }
}

const HAN_DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const HAN_PLACES: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];

/// `23` as `二十三`, `10` as `十`, `105` as `一百零五`; digits beyond 3999.
pub fn han(number: u32) -> String {
    if number > MOST {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (value, place) in HAN_PLACES {
        let digit = number / value % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // Ten to nineteen are written without their one: 十二, not 一十二.
        if digit != 1 || value != 10 || !out.is_empty() {
            out.push(HAN_DIGITS[digit as usize]);
        }
        out.push_str(place);
    }
    out
}

/// `二十三` as 23; also digit by digit (`二〇`), as years and page numbers are written.
pub fn parse_han(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '〇' => Some(0),
        '两' | '兩' => Some(2),
        _ => HAN_DIGITS.iter().position(|&d| d == c).map(|d| d as u32),
    };
    if text.is_empty() || text.chars().count() > 8 {
        return None;
    }
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        let number = text.chars().fold(0u32, |sum, c| {
            sum.saturating_mul(10) + digit(c).unwrap_or(0)
        });
        return (1..=MOST).contains(&number).then_some(number);
    }
    let mut number = 0;
    let mut last = None;
    let mut below = u32::MAX;
    for c in text.chars() {
        let place = HAN_PLACES[..3]
            .iter()
            .find(|(_, name)| name.starts_with(c))
            .map(|&(value, _)| value);
        match (digit(c), place) {
            (Some(0), _) if last.is_none() => {}
            (Some(digit), _) if last.is_none() => last = Some(digit),
            (None, Some(value)) if value < below => {
                number += last.take().unwrap_or(1) * value;
                below = value;
            }
            _ => return None,
        }
    }
    number += last.unwrap_or(0);
    (1..=MOST).contains(&number).then_some(number)
}

/// `3` as `㈢`, `12` as `（十二）`: sub-items in Chinese documents.
pub fn bracketed_han(number: u32) -> String {
    match number {
        1..=10 => char::from_u32('㈠' as u32 + number - 1)
            .map(String::from)
            .unwrap_or_default(),
        _ => format!("（{}）", han(number)),
    }
}

/// `㈢` as 3.
pub fn parse_bracketed_han(mark: char) -> Option<u32> {
    ('㈠'..='㈩')
        .contains(&mark)
        .then(|| mark as u32 - '㈠' as u32 + 1)
}

/// The letters that Russian documents count with, in their order: ё, й, ъ, ы and ь count nothing.
const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
/// The letters that Arabic documents count with, in the order of their numbers.
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";

/// `в` or `В` as 3, `аа` as 29: one letter, or the same letter up to four times.
pub fn parse_cyrillic(text: &str) -> Option<u32> {
    counted(&text.to_lowercase(), CYRILLIC)
}

/// `ج` as 3, with or without the stroke that draws a letter out: `هـ` as 5.
pub fn parse_abjad(text: &str) -> Option<u32> {
    counted(&text.replace(['ا', 'إ', 'آ'], "أ").replace('ـ', ""), ABJAD)
}

/// The words that Arabic documents count chapters with: firstly, secondly.
const ARABIC_FIRSTLY: [&str; 10] = [
    "أولا",
    "ثانيا",
    "ثالثا",
    "رابعا",
    "خامسا",
    "سادسا",
    "سابعا",
    "ثامنا",
    "تاسعا",
    "عاشرا",
];
/// What stands before `عشر` in the words from eleventh on.
const ARABIC_TEENS: [&str; 9] = [
    "حادي", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع",
];

/// `ثالثا` or `ثالثاً` as 3, `ثاني عشر` as 12, up to `تاسع عشر`.
pub fn parse_arabic_firstly(text: &str) -> Option<u32> {
    // Vowel signs are printed or not.
    let bare: String = text
        .chars()
        .filter(|c| !('\u{64b}'..='\u{652}').contains(c))
        .collect();
    let place = |words: &[&str], word: &str| Some(words.iter().position(|&w| w == word)? as u32);
    match bare.strip_suffix(" عشر") {
        Some(teen) => place(&ARABIC_TEENS, teen).map(|place| place + 11),
        None => place(&ARABIC_FIRSTLY, &bare).map(|place| place + 1),
    }
}

/// `جيم` as 3: the names of letters, which Arabic documents count sections with.
pub fn parse_arabic_letter(text: &str) -> Option<u32> {
    let place = ARABIC_LETTERS.iter().position(|&name| name == text)?;
    Some(place as u32 + 1)
}

fn counted(text: &str, alphabet: &str) -> Option<u32> {
    let first = text.chars().next()?;
    let place = alphabet.chars().position(|letter| letter == first)? as u32;
    let times = text.chars().take(5).count() as u32;
    let same = times <= 4 && text.chars().all(|letter| letter == first);
    same.then(|| place + 1 + (times - 1) * alphabet.chars().count() as u32)
}

/// The value of a digit as European, Arabic, Persian or Chinese full-width text prints it.
pub fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_words_count_chapters_and_sections() {
        for (text, chapter, section) in [
            ("أولا", Some(1), None),
            ("ثالثاً", Some(3), None),
            ("ثاني عشر", Some(12), None),
            ("جيم", None, Some(3)),
            ("مقدمة", None, None),
        ] {
            assert_eq!(parse_arabic_firstly(text), chapter, "{text}");
            assert_eq!(parse_arabic_letter(text), section, "{text}");
        }
    }

    #[test]
    fn russian_and_arabic_letters_count_in_their_own_order() {
        for (letter, number) in [
            ("а", 1),
            ("Д", 5),
            ("и", 9),
            ("к", 10),
            ("я", 28),
            ("бб", 30),
        ] {
            assert_eq!(parse_cyrillic(letter), Some(number), "{letter}");
        }
        for (letter, number) in [
            ("أ", 1),
            ("ا", 1),
            ("ب", 2),
            ("هـ", 5),
            ("ي", 10),
            ("ل", 12),
        ] {
            assert_eq!(parse_abjad(letter), Some(number), "{letter}");
        }
        for none in ["", "й", "ав", "a", "аааааа"] {
            assert_eq!(parse_cyrillic(none).or(parse_abjad(none)), None, "{none}");
        }
    }

    #[test]
    fn every_numeral_reads_back_as_the_number_it_was_written_for() {
        for number in 1..=MOST {
            assert_eq!(parse_roman(&roman(number)), Some(number));
            assert_eq!(parse_han(&han(number)), Some(number), "{}", han(number));
        }
        for number in 1..=104 {
            assert_eq!(parse_letters(&letters(number)), Some(number));
        }
        for number in 1..=10 {
            assert_eq!(
                parse_bracketed_han(bracketed_han(number).chars().next().unwrap()),
                Some(number)
            );
        }
    }

    #[test]
    fn numerals_are_written_as_documents_print_them() {
        let written: Vec<_> = [4, 14, 29].into_iter().map(roman).collect();
        assert_eq!(written, ["IV", "XIV", "XXIX"]);
        let written: Vec<_> = [10, 12, 20, 23, 105, 110, 1001, 111]
            .into_iter()
            .map(han)
            .collect();
        assert_eq!(
            written,
            [
                "十",
                "十二",
                "二十",
                "二十三",
                "一百零五",
                "一百一十",
                "一千零一",
                "一百一十一"
            ]
        );
        let written: Vec<_> = [1, 26, 27, 28].into_iter().map(letters).collect();
        assert_eq!(written, ["a", "z", "aa", "bb"]);
        assert_eq!(bracketed_han(3), "㈢");
        assert_eq!(bracketed_han(11), "（十一）");
    }

    #[test]
    fn letters_of_other_scripts_count_in_the_order_of_their_lists() {
        let count = |letters: &str| {
            letters
                .chars()
                .filter_map(parse_other_letter)
                .collect::<Vec<_>>()
        };
        assert_eq!(count("абвГ"), [1, 2, 3, 4]);
        assert_eq!(count("أبجده"), [1, 2, 3, 4, 5]);
        assert_eq!(count("a1网").len(), 0);
        for number in 1..=28 {
            let letter = arabic_letter(number).chars().next().unwrap();
            assert_eq!(parse_other_letter(letter), Some(number));
        }
    }

    #[test]
    fn what_is_no_numeral_is_none() {
        for text in ["", "IIII", "IC", "ABC", "mm mm", "0"] {
            assert_eq!(parse_roman(text), None, "{text}");
        }
        for text in ["", "网", "十十", "二十网", "百千"] {
            assert_eq!(parse_han(text), None, "{text}");
        }
        for text in ["", "ab", "1", "é", "aaaaa"] {
            assert_eq!(parse_letters(text), None, "{text}");
        }
    }
}
