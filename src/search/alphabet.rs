//! The characters of one report, numbered, with the sounds of the Chinese ones.
//!
//! A folded text is kept as symbols: each character of the report by its number, the commonest
//! first, in one to four bytes. A first byte is below 0xC0 and every later one above, so a plain
//! search for bytes finds whole symbols only. Chinese takes about half of what UTF-8 does.

use std::collections::{BTreeMap, HashMap};

use pinyin::ToPinyinMulti;

use super::fold::has_spaces;
use crate::report::script::is_han;

/// A character of the report by its number, the commonest first.
pub(super) type Symbol = u32;
/// A syllable of Mandarin, without its tone, by its number.
pub(super) type Sound = u16;

/// Stands behind each unit; no symbol has this byte.
pub(super) const END: u8 = 0;
/// Below this, symbols take one byte; below the next, two; below the last, three.
const ONE: u32 = 127;
const TWO: u32 = ONE + 56 * 64;
const THREE: u32 = TWO + 7 * 64 * 64;
const NONE: u32 = u32::MAX;

/// Everything known of one character of the report.
pub(super) struct Letter {
    pub c: char,
    pub han: bool,
    /// A letter or digit of a script with spaces between words.
    pub spaced: bool,
    /// How often it stands in the report.
    count: u64,
    /// Its readings, if it has any.
    pub sounds: Vec<Sound>,
    /// What its readings begin with, `a` for 0.
    pub initials: Vec<u8>,
}

#[derive(Default)]
pub(super) struct Alphabet {
    letters: Vec<Letter>,
    /// By code point up to U+FFFF, then the rest.
    basic: Vec<Symbol>,
    others: HashMap<char, Symbol>,
    total: u64,
    /// Every way to type a sound that the report has: `lv` and `lu` are two ways for 律.
    spellings: BTreeMap<String, Vec<Sound>>,
    /// The symbols that may be read so.
    bearers: Vec<Vec<Symbol>>,
    /// What each sound begins with, `a` for 0.
    beginnings: Vec<u8>,
}

/// How often each character stands in some text.
#[derive(Default)]
pub(super) struct Census {
    basic: Vec<u64>,
    others: HashMap<char, u64>,
}

impl Census {
    pub(super) fn count(&mut self, c: char) {
        if self.basic.is_empty() {
            self.basic = vec![0; 1 << 16];
        }
        match self.basic.get_mut(c as usize) {
            Some(count) => *count += 1,
            None => *self.others.entry(c).or_default() += 1,
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        if self.basic.is_empty() {
            self.basic = other.basic;
        } else {
            let more = self.basic.iter_mut().zip(other.basic);
            more.for_each(|(count, more)| *count += more);
        }
        for (c, count) in other.others {
            *self.others.entry(c).or_default() += count;
        }
    }
}

/// The readings of a character as they are typed, `v` for ü, without tones.
fn readings(c: char) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if !plain.is_empty()
            && plain.bytes().all(|b| b.is_ascii_lowercase())
            && !found.contains(&plain)
        {
            found.push(plain);
        }
    }
    found
}

impl Alphabet {
    pub(super) fn new(census: Census) -> Self {
        let basic = census.basic.iter().enumerate();
        let basic = basic.filter_map(|(code, &count)| Some((char::from_u32(code as u32)?, count)));
        let mut counted: Vec<(char, u64)> = basic
            .chain(census.others)
            .filter(|(_, count)| *count > 0)
            .collect();
        counted.sort_by_key(|&(c, count)| (std::cmp::Reverse(count), c));
        let mut alphabet = Self {
            basic: vec![NONE; 1 << 16],
            ..Self::default()
        };
        let mut numbers: BTreeMap<String, Sound> = BTreeMap::new();
        for (c, count) in counted {
            let symbol = alphabet.letters.len() as Symbol;
            match alphabet.basic.get_mut(c as usize) {
                Some(place) => *place = symbol,
                None => drop(alphabet.others.insert(c, symbol)),
            }
            let han = is_han(c);
            let readings = if han { readings(c) } else { Vec::new() };
            let mut initials: Vec<u8> = readings
                .iter()
                .map(|name| name.as_bytes()[0] - b'a')
                .collect();
            initials.sort_unstable();
            initials.dedup();
            let mut sounds = Vec::new();
            for name in readings {
                let next = numbers.len() as Sound;
                let sound = *numbers.entry(name).or_insert(next);
                alphabet.bearers.resize_with(numbers.len(), Vec::new);
                alphabet.bearers[usize::from(sound)].push(symbol);
                sounds.push(sound);
            }
            alphabet.total += count;
            alphabet.letters.push(Letter {
                c,
                han,
                spaced: has_spaces(c),
                count,
                sounds,
                initials,
            });
        }
        alphabet.beginnings = vec![0; numbers.len()];
        for (name, sound) in numbers {
            alphabet.beginnings[usize::from(sound)] = name.as_bytes()[0] - b'a';
            // ü behind l and n is typed as v, as u, or left out before e: nve, nue.
            if name.contains('v') {
                alphabet.spell(name.replace('v', "u"), sound);
            }
            alphabet.spell(name, sound);
        }
        alphabet
    }

    fn spell(&mut self, name: String, sound: Sound) {
        self.spellings.entry(name).or_default().push(sound);
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    pub(super) fn letter(&self, symbol: Symbol) -> &Letter {
        &self.letters[symbol as usize]
    }

    /// The symbol of a folded character, if the report has it.
    pub(super) fn symbol(&self, c: char) -> Option<Symbol> {
        let symbol = match self.basic.get(c as usize) {
            Some(&symbol) => symbol,
            None => *self.others.get(&c)?,
        };
        (symbol != NONE).then_some(symbol)
    }

    /// Every way to type a sound.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.spellings.keys().map(String::as_str)
    }

    /// This way to type a sound, if it is one.
    pub(super) fn name(&self, typed: &str) -> Option<&str> {
        let known = self.spellings.get_key_value(typed);
        known.map(|(name, _)| name.as_str())
    }

    /// The sounds that are typed so.
    pub(super) fn spelled(&self, typed: &str) -> Option<&[Sound]> {
        self.spellings.get(typed).map(Vec::as_slice)
    }

    /// The sounds whose typed form begins so.
    pub(super) fn begun<'a>(&'a self, typed: &'a str) -> impl Iterator<Item = Sound> + 'a {
        self.spellings
            .range(typed.to_string()..)
            .take_while(move |(name, _)| name.starts_with(typed))
            .flat_map(|(_, sounds)| sounds.iter().copied())
    }

    /// The symbols that may be read so.
    pub(super) fn bearers(&self, sound: Sound) -> &[Symbol] {
        &self.bearers[usize::from(sound)]
    }

    /// How a character may sound, whether the report has it or not, as far as the report has
    /// other characters that sound so.
    pub(super) fn sounds_of(&self, c: char) -> Vec<Sound> {
        let known = self
            .symbol(c)
            .map(|symbol| self.letter(symbol).sounds.clone());
        known.unwrap_or_else(|| {
            let names = readings(c);
            let sounds = names.iter().filter_map(|name| self.spelled(name));
            sounds.flatten().copied().collect()
        })
    }

    /// The letters that sounds begin with, `a` for 0.
    pub(super) fn initials(&self, sounds: &[Sound]) -> Vec<u8> {
        let all = sounds
            .iter()
            .map(|&sound| self.beginnings[usize::from(sound)]);
        let mut found: Vec<u8> = all.collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// How rare a character is: 0 for one that stands everywhere, about 20 for one that stands
    /// once in a million.
    pub(super) fn rarity(&self, symbol: Symbol) -> u32 {
        (self.total / self.letter(symbol).count.max(1))
            .max(1)
            .ilog2()
    }
}

/// Puts a symbol behind others.
pub(super) fn encode(symbol: Symbol, out: &mut Vec<u8>) {
    let tail = |shift: u32, rest: u32| 0xc0 + ((rest >> shift) & 63) as u8;
    match symbol {
        0..ONE => out.push(symbol as u8 + 1),
        ONE..TWO => {
            let rest = symbol - ONE;
            out.extend([0x80 + (rest >> 6) as u8, tail(0, rest)]);
        }
        TWO..THREE => {
            let rest = symbol - TWO;
            out.extend([0xb8 + (rest >> 12) as u8, tail(6, rest), tail(0, rest)]);
        }
        _ => {
            let rest = symbol - THREE;
            out.extend([0xbf, tail(12, rest), tail(6, rest), tail(0, rest)]);
        }
    }
}

/// The symbol at a byte where one begins, and where the next one does.
#[inline]
pub(super) fn next(bytes: &[u8], at: usize) -> Option<(Symbol, usize)> {
    let tail = |further: usize| {
        bytes
            .get(at + further)
            .map_or(0, |&tail| u32::from(tail & 63))
    };
    let first = *bytes.get(at)?;
    let head = u32::from(first);
    let symbol = match length(first) {
        1 => head.wrapping_sub(1),
        2 => ONE + ((head - 0x80) << 6 | tail(1)),
        3 => TWO + ((head - 0xb8) << 12 | tail(1) << 6 | tail(2)),
        _ => THREE + (tail(1) << 12 | tail(2) << 6 | tail(3)),
    };
    Some((symbol, at + length(first)))
}

/// How many bytes the symbol takes that begins with this one.
#[inline]
pub(super) fn length(first: u8) -> usize {
    match first {
        0x80..=0xb7 => 2,
        0xb8..=0xbe => 3,
        0xbf.. => 4,
        _ => 1,
    }
}

/// The symbol before a byte where one begins, and where it does.
pub(super) fn previous(bytes: &[u8], at: usize) -> Option<(Symbol, usize)> {
    let start = bytes[..at].iter().rposition(|&byte| begins(byte))?;
    Some((next(bytes, start)?.0, start))
}

/// Takes symbols apart again, into `out`.
pub(super) fn decode(bytes: &[u8], out: &mut Vec<Symbol>) {
    out.clear();
    let mut at = 0;
    while let Some((symbol, behind)) = next(bytes, at) {
        out.push(symbol);
        at = behind;
    }
}

/// True where two bytes tell a symbol from all others.
pub(super) fn is_told_by_two(symbol: Symbol) -> bool {
    symbol < TWO
}

/// True for the first byte of a symbol.
pub(super) fn begins(byte: u8) -> bool {
    byte < 0xc0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_come_back_and_begin_where_a_first_byte_stands() {
        let all = [
            0,
            1,
            126,
            127,
            128,
            TWO - 1,
            TWO,
            THREE - 1,
            THREE,
            THREE + 262_143,
        ];
        let mut bytes = Vec::new();
        all.iter().for_each(|&symbol| encode(symbol, &mut bytes));
        let mut back = Vec::new();
        decode(&bytes, &mut back);
        assert_eq!(back, all);
        assert_eq!(bytes.iter().filter(|b| begins(**b)).count(), all.len());
        assert!(!bytes.contains(&END));
    }

    #[test]
    fn a_character_has_all_its_readings() {
        let mut census = Census::default();
        "调查法律绿".chars().for_each(|c| census.count(c));
        let alphabet = Alphabet::new(census);
        for (typed, c) in [
            ("diao", '调'),
            ("tiao", '调'),
            ("lv", '律'),
            ("lu", '律'),
            ("lu", '绿'),
        ] {
            let symbol = alphabet.symbol(c).unwrap();
            let sounds = alphabet.spelled(typed).unwrap();
            assert!(
                sounds
                    .iter()
                    .any(|&sound| alphabet.bearers(sound).contains(&symbol)),
                "{typed}"
            );
        }
        assert!(
            alphabet
                .sounds_of('缕')
                .iter()
                .all(|sound| alphabet.spelled("lv").unwrap().contains(sound))
        );
    }
}
