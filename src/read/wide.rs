//! UTF-16 and UTF-32, which nothing may mark: the usual guessers take them for something else.

use super::encoding::Encoding;

/// The encoding of two or four bytes a character that these bytes are in, though no mark says so.
pub(super) fn guess(bytes: &[u8]) -> Option<Encoding> {
    /// More tells nothing new.
    const ENOUGH: usize = 1 << 16;
    let part = &bytes[..bytes.len().min(ENOUGH)];
    if part.len() < 4 {
        return None;
    }
    let zeros = part.iter().filter(|&&byte| byte == 0).count();
    // Half of the bytes of a UTF-32 text are zero, and never so many of a UTF-16 text.
    if zeros * 2 >= part.len() && part.len().is_multiple_of(4) {
        for (encoding, big) in [(Encoding::UTF_32LE, false), (Encoding::UTF_32BE, true)] {
            let mut likely = units::<4>(part).map(|unit| char::from_u32(u32_of(unit, big)));
            if likely.all(|c| c.is_some_and(|c| is_likely(c, true))) {
                return Some(encoding);
            }
        }
    }
    let low = part.iter().filter(|&&byte| is_control(byte)).count();
    // What is good UTF-8 is that, unless it has far more control characters than any text.
    if low * 4 < part.len() && is_utf8(part) {
        return None;
    }
    let share = |big| {
        let unit = |unit: [u8; 2]| match big {
            true => u16::from_be_bytes(unit),
            false => u16::from_le_bytes(unit),
        };
        let (mut likely, mut all, mut punctuated) = (0usize, 0usize, zeros > 0);
        for c in char::decode_utf16(units::<2>(part).map(unit)) {
            // Without a zero in it only a Chinese text can be one, which has its own punctuation:
            // the kana of Shift_JIS look like Chinese without any.
            likely += usize::from(c.as_ref().is_ok_and(|&c| is_likely(c, zeros > 0)));
            punctuated |= c.is_ok_and(is_chinese_punctuation);
            all += 1;
        }
        (if punctuated { likely } else { 0 }, all)
    };
    let ((little, all), (big, _)) = (share(false), share(true));
    let encoding = if little >= big {
        Encoding::UTF_16LE
    } else {
        Encoding::UTF_16BE
    };
    (little.max(big) * 10 >= all * 9 && little != big).then_some(encoding)
}

/// True for UTF-8, also where the end of the part cuts a character in two.
fn is_utf8(part: &[u8]) -> bool {
    str::from_utf8(part)
        .err()
        .is_none_or(|error| error.error_len().is_none())
}

fn units<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u8; N]> {
    bytes.as_chunks::<N>().0.iter().copied()
}

fn u32_of(unit: [u8; 4], big: bool) -> u32 {
    match big {
        true => u32::from_be_bytes(unit),
        false => u32::from_le_bytes(unit),
    }
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)
}

fn is_chinese_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// True for what reports are written with, of the scripts of the six languages and their neighbours.
fn is_likely(c: char, any_script: bool) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' | '\u{3040}'..='\u{30ff}' => true,
        _ if is_chinese_punctuation(c) => true,
        '\t' | '\n' | '\r' | '\x0c' | ' '..='~' => any_script,
        '\u{a0}'..='\u{5ff}' | '\u{600}'..='\u{77f}' | '\u{2000}'..='\u{27bf}' => any_script,
        '\u{3040}'..='\u{33ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{fb50}'..='\u{feff}' => any_script,
        _ => false,
    }
}

/// The text of UTF-32, and whether something in it is none.
pub(super) fn of_utf32(bytes: &[u8], big: bool) -> (String, bool) {
    let bytes = match units::<4>(bytes).next() {
        Some(mark) if u32_of(mark, big) == 0xfeff => &bytes[4..],
        _ => bytes,
    };
    let mut wrong = !bytes.len().is_multiple_of(4);
    let mut text: String = units::<4>(bytes)
        .map(|unit| {
            char::from_u32(u32_of(unit, big)).unwrap_or_else(|| {
                wrong = true;
                '\u{fffd}'
            })
        })
        .collect();
    if !bytes.len().is_multiple_of(4) {
        text.push('\u{fffd}');
    }
    (text, wrong)
}
