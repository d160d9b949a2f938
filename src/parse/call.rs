//! The numbers, letters and signs in a text that call a footnote: superscripts once they are known.
//!
//! A format that tells raised characters has them made superscripts while lines are cut. Where
//! nothing is raised, as in plain text, a number that stands right behind a word or its punctuation
//! may be a call; it is one where a footnote of that number waits for it.

use std::ops::Range;

use super::footnote::Mark;
use crate::report::numeral::parse_letters;
use crate::report::script::is_han;

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ";
const PLAIN: &str = "0123456789abcdefghijklmnoprstuvwxyz";

/// `5` as `⁵`; what has no such form stays.
pub(super) fn raised(c: char) -> char {
    let mut pairs = PLAIN.chars().zip(RAISED.chars());
    pairs.find(|pair| pair.0 == c).map_or(c, |pair| pair.1)
}

/// `⁵` as `5`; nothing for other characters.
pub(super) fn lowered(c: char) -> Option<char> {
    // Nearly all text is none of these, and is told so at once.
    if c.is_ascii() || is_han(c) {
        return None;
    }
    let mut pairs = PLAIN.chars().zip(RAISED.chars());
    pairs.find(|pair| pair.1 == c).map(|pair| pair.0)
}

/// The text without the calls at its end.
pub(super) fn uncalled(text: &str) -> &str {
    let text = match text.strip_suffix('/') {
        Some(slashed) if slashed.ends_with(|c| lowered(c).is_some()) => slashed,
        _ => text,
    };
    text.trim_end_matches(|c| lowered(c).is_some()).trim_end()
}

/// A text with these ranges of bytes raised.
pub(super) fn raise(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len() + ranges.len() * 2);
    let mut end = 0;
    for range in ranges {
        let start = range.start.max(end);
        let (Some(before), Some(call)) = (text.get(end..start), text.get(start..range.end)) else {
            continue;
        };
        out.push_str(before);
        out.extend(call.chars().map(raised));
        end = range.end;
    }
    out.push_str(&text[end..]);
    out
}

/// The calls of a text, superscripts and signs, in order.
pub(super) fn calls(text: &str) -> Vec<(Range<usize>, Mark)> {
    let mut calls = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((start, c)) = rest.next() {
        let mut run = String::new();
        let mut end = start + c.len_utf8();
        if let Some(first) = lowered(c) {
            run.push(first);
            let like =
                |c: char| lowered(c).filter(|c| c.is_ascii_digit() == first.is_ascii_digit());
            while let Some((at, c)) = rest.next_if(|next| like(next.1).is_some()) {
                run.extend(lowered(c));
                end = at + c.len_utf8();
            }
            let number = run.parse().ok().filter(|&number| number > 0);
            let mark = number.map(Mark::Number);
            let mark =
                mark.or_else(|| (run.len() == 1).then(|| parse_letters(&run).map(Mark::Letter))?);
            if let Some((at, slash)) = rest.next_if(|next| next.1 == '/') {
                end = at + slash.len_utf8();
            }
            calls.extend(mark.map(|mark| (start..end, mark)));
        } else if is_sign(c) {
            let mut times = 1;
            while let Some((at, c)) = rest.next_if(|next| next.1 == c) {
                end = at + c.len_utf8();
                times += 1;
            }
            let slash = rest.next_if(|next| next.1 == '/');
            end += slash.map_or(0, |(_, slash)| slash.len_utf8());
            let told = !before.is_whitespace() || slash.is_some();
            if told && times <= MOST_SIGNS {
                calls.push((start..end, Mark::Sign(c, times)));
            }
        }
        before = c;
    }
    calls
}

/// `***` is the most that is printed before other signs are taken.
pub(super) const MOST_SIGNS: u32 = 3;

/// True for the signs that call footnotes beside numbers and letters.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '＊')
}

/// True for text that begins in Arabic letters.
pub(super) fn is_arabic(text: &str) -> bool {
    text.starts_with(|c| ('\u{620}'..'\u{660}').contains(&c))
}

fn is_arabic_at_end(text: &str) -> bool {
    text.ends_with(|c| ('\u{620}'..'\u{660}').contains(&c))
}

/// How surely a number that is not raised is a call; the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Alone behind a word, as a number of the text may stand too: `the warheads 4 with`
    Loose,
    /// Alone between spaces, behind punctuation: `the officials. 1`
    Apart,
    /// Behind a Chinese character: `报告6`
    Glued,
    /// Behind a word: `the Convention3 and`
    Word,
    /// Behind punctuation: `the Assembly.12`, `报告；6`
    Behind,
    /// Behind a closing quote or bracket: `《宣言》8`
    Closed,
    /// Raised, or written `3/`.
    Told,
}

/// A number that may call a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub range: Range<usize>,
    pub number: u32,
    pub strength: Strength,
}

/// The numbers of a text that may call a footnote; with `slashed` those written `3/`.
pub(super) fn candidates(text: &str, slashed: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(skipped) = bytes[at..]
        .iter()
        .position(|b| b.is_ascii_digit() || *b >= 0xc2)
    {
        at += skipped;
        let Some(first) = text[at..].chars().next() else {
            break;
        };
        let number = |c: char| lowered(c).is_some_and(|c| c.is_ascii_digit());
        if number(first) {
            let run = &text[at..];
            let length = run.find(|c| !number(c)).unwrap_or(run.len());
            let plain: String = run[..length].chars().filter_map(lowered).collect();
            found.extend(plain.parse().ok().map(|number| Candidate {
                range: at..at + length,
                number,
                strength: Strength::Told,
            }));
            at += length;
            continue;
        }
        if !first.is_ascii_digit() {
            at += first.len_utf8();
            continue;
        }
        let end = bytes[at..].iter().position(|b| !b.is_ascii_digit());
        let end = end.map_or(bytes.len(), |length| at + length);
        if end - at <= 3
            && first != '0'
            && let Some(strength) = strength(&text[..at], end - at, &text[end..], slashed)
            && let Ok(number) = text[at..end].parse()
        {
            found.push(Candidate {
                range: at..end,
                number,
                strength,
            });
        }
        at = end;
    }
    found
}

/// How surely the number between these two, this many digits long, is a call, if it may be one at
/// all.
fn strength(before: &str, length: usize, after: &str, slashed: bool) -> Option<Strength> {
    let mut behind = before.chars().rev();
    let last = behind.next()?;
    let next = after.chars().next();
    // Arabic documents set the number in brackets.
    let bracketed = last == '(' && next == Some(')');
    if bracketed {
        let word = before[..before.len() - 1].trim_end_matches(['.', '،', '؛', '“', '”', '»']);
        return (is_arabic_at_end(word) && length < 3).then_some(Strength::Closed);
    }
    let ends = |next: Option<char>| {
        next.is_none_or(|c| c.is_whitespace() || ".,;:)]!?\"”’»。，；：、）》」？！".contains(c))
    };
    if slashed && next == Some('/') && ends(after[1..].chars().next()) {
        return (last.is_whitespace() || !last.is_alphanumeric()).then_some(Strength::Told);
    }
    // 1.5, 1,000 and 12:30 are numbers.
    let decimal = next.is_some_and(|c| ".,:".contains(c))
        && after[1..].starts_with(|c: char| c.is_ascii_digit());
    if decimal {
        return None;
    }
    let closing = "\"”’»）)]》」』〉".contains(last);
    let stop = ".,;:!?。，；：、！？".contains(last);
    if last == ' ' {
        let stop = behind
            .next()
            .is_some_and(|c| ".,;:!?\"”’»)。，；".contains(c));
        let before = before.trim_end();
        let apart = next.is_none() || next == Some(' ');
        if stop && apart && !is_abbreviated(before) {
            return Some(Strength::Apart);
        }
        let capital = after
            .strip_prefix(' ')
            .is_some_and(|rest| !rest.starts_with(char::is_lowercase));
        let word = last_word(before).to_lowercase();
        let known = has(NUMBERED, &word);
        let capitals = last_word(before).chars().all(char::is_uppercase);
        let least = match next {
            Some(' ') | None => 5,
            Some(_) if capitals => 3,
            Some(_) => 4,
        };
        let long = word.chars().count() >= least && word.chars().all(char::is_alphabetic);
        let twice = next.is_none() && word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty();
        let loose = !stop && !capital && ends(next) && ((long && !known) || twice);
        return (loose && before.ends_with(char::is_alphanumeric)).then_some(Strength::Loose);
    }
    let han = next.is_some_and(is_han);
    if !ends(next) && !(han && (closing || stop) && !counts(after)) {
        return None;
    }
    if closing {
        return (!is_code(before)).then_some(Strength::Closed);
    }
    if stop {
        let word = before.trim_end_matches(last);
        if word.ends_with(|c: char| c.is_ascii_digit()) {
            // Behind a year: of 1989,4 which
            let year = last_word(word);
            let known = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
            if known && length < 3 && last != ':' {
                return Some(Strength::Glued);
            }
            // Behind a number that ends its sentence: No. 35.19 The
            let long = word.len() > 3 && word.contains(' ');
            let sentence = after.is_empty()
                || after
                    .strip_prefix(' ')
                    .is_some_and(|rest| rest.starts_with(char::is_uppercase));
            return (last == '.' && long && sentence && !is_code(word)).then_some(Strength::Loose);
        }
        let bare = word.ends_with(char::is_whitespace) || word.is_empty();
        let fits = !bare && !is_code(word) && !is_abbreviated(before);
        return fits.then_some(Strength::Behind);
    }
    if is_han(last) {
        return Some(Strength::Glued);
    }
    // A word of small letters: neither CO2 nor G20, nor Rev1.
    let word = last_word(before);
    let small = word.chars().rev().take(2).all(char::is_lowercase);
    let whole = word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
    let fits = small && whole && !is_code(before) && !has(ABBREVIATED, &word.to_lowercase());
    fits.then_some(Strength::Word)
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| !c.is_alphanumeric());
    start.map_or(text, |at| {
        text[at..].trim_start_matches(|c: char| !c.is_alphanumeric())
    })
}

/// True inside a symbol or an address: `A/C.3/72/12/Add.1`, `www.un.org`.
fn is_code(before: &str) -> bool {
    let token = before
        .rsplit(|c: char| c.is_whitespace() || is_han(c))
        .next()
        .unwrap_or("");
    token.contains("://") || token.starts_with("www.") || {
        let mut parts = token
            .trim_start_matches(['(', '"', '“', '（', '['])
            .split('/');
        let first = parts.next().unwrap_or("");
        parts.next().is_some()
            && !first.is_empty()
            && first.bytes().all(|b| b.is_ascii_uppercase())
            && !token.ends_with([')', '）', '.', ',', ';', '；', '，', '。', ']', '”', '"'])
    }
}

/// Words before a number that is no call: `No.5`, `vol.2`, `art.3`.
const ABBREVIATED: &str = "no nos add rev corr vol vols art arts para paras par pp ch chap sect fig amend conf misc \
    crp inf res dec núm párr cap secc ст гл пункт том стр";

/// Words before a number that counts them: `article 4`, `decision 1`.
const NUMBERED: &str = "about agenda annex appendix article articles between chapter decision decisions figure \
    group items least option paragraph paragraphs phase recommendation resolution resolutions \
    section since stage submission table under until within artículo artículos párrafo \
    párrafos resolución decisión annexe chapitre paragraphe статья статьи пункт пункта";

/// True where a word is one of a list that has spaces between.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

fn is_abbreviated(before: &str) -> bool {
    let word = before.strip_suffix('.').map(last_word);
    word.is_some_and(|word| {
        let short = word.chars().count() == 1;
        short || has(ABBREVIATED, &word.to_lowercase())
    })
}

/// True where a Chinese number counts or dates: `2个`, `10月`, `3％`.
fn counts(after: &str) -> bool {
    after.starts_with([
        '年', '月', '日', '个', '項', '项', '名', '次', '届', '段', '条', '款', '号', '亿', '万',
        '千', '百', '十', '国', '位', '份', '种', '章', '节', '页', '周', '天', '时', '分', '岁',
        '人', '家', '美', '至', '和', '或',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_right_behind_a_word_may_be_a_call_and_one_of_the_text_is_none() {
        for (text, found) in [
            ("the Assembly.12 It", "12"),
            ("the Convention3 and", "3"),
            ("of 1989,4 which", "4"),
            ("the “Declaration”5 of", "5"),
            ("秘书长的报告；6", "6"),
            ("通过的《宣言》8的承诺", "8"),
            ("《宣言》1", "1"),
            ("la Convención7.", "7"),
            ("Конвенции9 и", "9"),
            ("the officials. 1", "1"),
            ("nuclear weapons, 2 this is", "2"),
            ("CO2 and G20 and H1N1", ""),
            ("A/74/130 and A/C.3/72/12/Add.1.", ""),
            ("No.5, vol.2 and Rev.1", ""),
            ("1.5 and 1,000 and 12:30", ""),
            ("26.1 Ratify", ""),
            ("于2017年10月", ""),
            ("in 2019, on 5 May", ""),
            ("下列各项：6个国家", ""),
            ("explosive tests 3 have been", "3"),
            ("Nuclear Weapons 1", "1"),
            ("redes internacional 2. A", "2"),
            ("Recommendation No. 35.19 The", "19"),
            ("on 3 March and in article 4", ""),
            ("(see para. 5)", ""),
            ("article 4, paragraph 1", ""),
            ("in 1998.", ""),
            ("covid-19", ""),
            ("on 3 May, 4 States", "4"),
            ("on 3 May, 4 and 5 June", "4"),
        ] {
            let numbers: Vec<_> = candidates(text, false)
                .iter()
                .map(|c| c.number.to_string())
                .collect();
            assert_eq!(numbers.join(" "), found, "{text}");
        }
        let slashed = candidates("of 7 August 1987, 1/ and of 1992 3/,", true);
        assert_eq!(slashed.iter().map(|c| c.number).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn the_calls_of_a_text_are_found_as_printed() {
        for (text, expected) in [
            ("报告；¹² 又", "Number(12)"),
            ("Review* of the", "Sign('*', 1)"),
            ("a draft** and 3 * 4", "Sign('*', 2)"),
            ("Approvedᵃ and 7ᵇ", "Letter(1) Letter(2)"),
            ("of 1987, ¹/ and", "Number(1)"),
            ("to report. **/", "Sign('*', 2)"),
            ("* * *", ""),
        ] {
            let found: Vec<_> = calls(text)
                .iter()
                .map(|(_, mark)| format!("{mark:?}"))
                .collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
        assert_eq!(
            raise("of 1987, 1/ and a5", &[9..10, 16..18]),
            "of 1987, ¹/ and ᵃ⁵"
        );
    }
}
