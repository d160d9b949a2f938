//! A stretch of the report made ready for searching: its folded texts as bytes, and for many small
//! features which of its units have them.
//!
//! A feature is a character, two or three in a row, a syllable, two in a row or one and what the next
//! begins with, the initials of three syllables in a row, or of two or three words. Each has a row of
//! bits, a bit a unit; features share rows by chance, so a row says where a feature may stand, never
//! that it does. To read a few rows takes microseconds where to read the texts takes milliseconds.

use std::ops::Range;

use memchr::memmem::Finder;

use super::alphabet::{Alphabet, END, Sound, Symbol, begins, decode};
use super::pattern::Step;

/// So many units at most that a row of bits is a few lines of memory.
const MOST: usize = 8192;
/// So many at least that to look at a block takes longer than to turn to it.
const LEAST: usize = 2048;
/// With fewer units it takes no time to try them all.
const FEW: usize = 256;

/// How many units are a block of a report of so many: few enough that all processors have work.
pub(super) fn block_units(units: usize) -> usize {
    (units / 16).clamp(LEAST, MOST).next_multiple_of(64)
}

/// A bit a unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn none(units: usize) -> Self {
        Self(vec![0; units.div_ceil(64)])
    }

    pub(super) fn all(units: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; units.div_ceil(64)]);
        if let Some(last) = bits.0.last_mut()
            && !units.is_multiple_of(64)
        {
            *last = (1 << (units % 64)) - 1;
        }
        bits
    }

    pub(super) fn set(&mut self, unit: usize) {
        self.0[unit / 64] |= 1 << (unit % 64);
    }

    pub(super) fn clear(&mut self, unit: usize) {
        self.0[unit / 64] &= !(1 << (unit % 64));
    }

    pub(super) fn has(&self, unit: usize) -> bool {
        self.0[unit / 64] >> (unit % 64) & 1 == 1
    }

    pub(super) fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub(super) fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    pub(super) fn and_not(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(place, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    place * 64 + bit
                })
            })
        })
    }
}

/// A feature, hashed.
type Feature = u64;

fn feature(tag: u64, a: u32, b: u32, c: u32) -> Feature {
    let mixed = (u64::from(a) << 42 ^ u64::from(b) << 21 ^ u64::from(c)) ^ tag << 60;
    (mixed ^ mixed >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

fn lone(a: Symbol) -> Feature {
    feature(1, a, 0, 0)
}

fn pair(a: Symbol, b: Symbol) -> Feature {
    feature(2, a, b, 0)
}

fn triple(a: Symbol, b: Symbol, c: Symbol) -> Feature {
    feature(3, a, b, c)
}

fn sound(a: Sound) -> Feature {
    feature(9, a.into(), 0, 0)
}

fn sounds(a: Sound, b: Sound) -> Feature {
    feature(4, a.into(), b.into(), 0)
}

/// A syllable, and what the next one begins with: as much as is typed of two.
fn begun(a: Sound, b: u8) -> Feature {
    feature(8, a.into(), b.into(), 0)
}

fn syllables(a: u8, b: u8, c: u8) -> Feature {
    feature(5, a.into(), b.into(), c.into())
}

fn words(a: char, b: char, c: char) -> Feature {
    feature(6, a.into(), b.into(), c.into())
}

fn two_words(a: char, b: char) -> Feature {
    feature(7, a.into(), b.into(), 0)
}

/// What a text must have: one of these features.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Need(Vec<Feature>);

/// Where one of more ways than this is enough, nearly every text has one.
const MOST_WAYS: usize = 16;

impl Need {
    /// All that a text must have for a path to fit.
    pub(super) fn of_path(path: &[Step], alphabet: &Alphabet) -> Vec<Self> {
        let mut needs = Vec::new();
        let heard = |step: &Step| match step {
            Step::Char(symbol) => alphabet.letter(*symbol).sounds.clone(),
            Step::Sounds(sounds) => sounds.clone(),
            Step::Start(_) | Step::Any => Vec::new(),
        };
        let initials = |step: &Step| match step {
            Step::Char(symbol) => alphabet.letter(*symbol).initials.clone(),
            Step::Sounds(sounds) => alphabet.initials(sounds),
            Step::Start(typed) => typed
                .bytes()
                .take(1)
                .map(|b| b.wrapping_sub(b'a'))
                .collect(),
            Step::Any => Vec::new(),
        };
        let mut need = |ways: Vec<Feature>| {
            if !ways.is_empty() && ways.len() <= MOST_WAYS {
                needs.push(Self(ways));
            }
        };
        for (at, step) in path.iter().enumerate() {
            let (next, after) = (path.get(at + 1), path.get(at + 2));
            if let Step::Sounds(sounds) = step {
                need(sounds.iter().map(|&a| sound(a)).collect());
            }
            if let Step::Char(a) = step {
                match (next, after) {
                    (Some(Step::Char(b)), _) if either_han(alphabet, *a, *b) => {
                        need(vec![pair(*a, *b)]);
                    }
                    (Some(Step::Char(b)), Some(Step::Char(c)))
                        if !alphabet.letter(*a).han && !alphabet.letter(*c).han =>
                    {
                        need(vec![triple(*a, *b, *c)]);
                    }
                    _ => need(vec![lone(*a)]),
                }
            }
            if let Some(next) = next {
                let both_chars = matches!((step, next), (Step::Char(_), Step::Char(_)));
                if !both_chars {
                    let (a, b) = (heard(step), heard(next));
                    need(
                        a.iter()
                            .flat_map(|&a| b.iter().map(move |&b| sounds(a, b)))
                            .collect(),
                    );
                    let b = initials(next);
                    need(
                        a.iter()
                            .flat_map(|&a| b.iter().map(move |&b| begun(a, b)))
                            .collect(),
                    );
                }
                if let Some(after) = after
                    && [step, next, after]
                        .iter()
                        .any(|step| !matches!(step, Step::Char(_)))
                {
                    let (a, b, c) = (initials(step), initials(next), initials(after));
                    let ways = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
                    need(
                        ways.flat_map(|(a, b)| c.iter().map(move |&c| syllables(a, b, c)))
                            .collect(),
                    );
                }
            }
        }
        needs
    }

    /// That all these characters stand somewhere.
    pub(super) fn of_all(symbols: &[Symbol], alphabet: &Alphabet) -> Vec<Self> {
        let han = symbols
            .iter()
            .filter(|&&symbol| alphabet.letter(symbol).han);
        han.map(|&symbol| Self(vec![lone(symbol)])).collect()
    }

    /// That words in a row begin with these letters.
    pub(super) fn of_initials(letters: &[char]) -> Vec<Self> {
        let triples = letters
            .windows(3)
            .map(|three| words(three[0], three[1], three[2]));
        let pairs = letters.windows(2).map(|two| two_words(two[0], two[1]));
        pairs
            .chain(triples)
            .map(|feature| Self(vec![feature]))
            .collect()
    }
}

fn either_han(alphabet: &Alphabet, a: Symbol, b: Symbol) -> bool {
    alphabet.letter(a).han || alphabet.letter(b).han
}

/// A stretch of the report.
pub(super) struct Block {
    /// The units, in the order of the bits.
    ids: Vec<u32>,
    /// Where each begins in `coded`, and where the last one ends.
    starts: Vec<u32>,
    /// The folded texts as symbols, an [`END`] behind each.
    coded: Vec<u8>,
    /// Where the clauses of each unit end, one behind the other: how many symbols further on.
    breaks: Vec<u16>,
    /// Where those of each unit begin in `breaks`, if there are any.
    first_breaks: Vec<u32>,
    /// The rows, `units / 64` words each.
    rows: Vec<u64>,
    row_count: usize,
}

/// The texts of a block, one by one.
pub(super) struct Builder<'a> {
    alphabet: &'a Alphabet,
    block: Block,
    words: usize,
}

impl<'a> Builder<'a> {
    /// A block of so many units, with as much memory for rows as its texts leave of `bytes`.
    pub(super) fn new(alphabet: &'a Alphabet, ids: Vec<u32>) -> Self {
        let words = ids.len().div_ceil(64);
        let block = Block {
            starts: Vec::with_capacity(ids.len() + 1),
            first_breaks: Vec::with_capacity(ids.len() + 1),
            ids,
            coded: Vec::new(),
            breaks: Vec::new(),
            rows: Vec::new(),
            row_count: 0,
        };
        Self {
            alphabet,
            block,
            words,
        }
    }

    /// Adds the coded text of the next unit, and how far it is from clause end to clause end.
    pub(super) fn add(&mut self, coded: &[u8], breaks: &[u16]) {
        self.block.starts.push(self.block.coded.len() as u32);
        self.block.first_breaks.push(self.block.breaks.len() as u32);
        self.block.coded.extend_from_slice(coded);
        self.block.coded.push(END);
        self.block.breaks.extend_from_slice(breaks);
    }

    /// Takes what the units have into rows; `initials` are those of the words of each unit.
    pub(super) fn finish(mut self, bytes: usize, initials: impl Fn(u32) -> Vec<char>) -> Block {
        let block = &mut self.block;
        block.starts.push(block.coded.len() as u32);
        block.first_breaks.push(block.breaks.len() as u32);
        block.coded.shrink_to_fit();
        block.breaks.shrink_to_fit();
        if block.breaks.is_empty() {
            block.first_breaks = Vec::new();
        }
        if block.ids.len() >= FEW {
            let rows = bytes.saturating_sub(block.bytes()) / (self.words * 8);
            block.row_count = rows.clamp(64, 6144);
            block.rows = vec![0; block.row_count * self.words];
            let mut symbols = Vec::new();
            for unit in 0..block.ids.len() {
                decode(block.unit(unit), &mut symbols);
                let mut put = |feature: Feature| {
                    let row = (feature % block.row_count as u64) as usize;
                    block.rows[row * self.words + unit / 64] |= 1 << (unit % 64);
                };
                features(&symbols, self.alphabet, &mut put);
                let letters = initials(block.ids[unit]);
                letters
                    .windows(3)
                    .for_each(|three| put(words(three[0], three[1], three[2])));
                letters
                    .windows(2)
                    .for_each(|two| put(two_words(two[0], two[1])));
            }
        }
        self.block
    }
}

/// Every feature of a text.
fn features(text: &[Symbol], alphabet: &Alphabet, put: &mut impl FnMut(Feature)) {
    for (at, &a) in text.iter().enumerate() {
        let letter = alphabet.letter(a);
        put(lone(a));
        letter.sounds.iter().for_each(|&x| put(sound(x)));
        let Some(&b) = text.get(at + 1) else { continue };
        let next = alphabet.letter(b);
        if letter.han || next.han {
            put(pair(a, b));
        }
        for &x in &letter.sounds {
            next.sounds.iter().for_each(|&y| put(sounds(x, y)));
            next.initials.iter().for_each(|&y| put(begun(x, y)));
        }
        let Some(&c) = text.get(at + 2) else { continue };
        let after = alphabet.letter(c);
        if !letter.han && !next.han && !after.han {
            put(triple(a, b, c));
        }
        for &x in &letter.initials {
            for &y in &next.initials {
                after.initials.iter().for_each(|&z| put(syllables(x, y, z)));
            }
        }
    }
}

impl Block {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The place in the report of the `unit`th.
    pub(super) fn id(&self, unit: usize) -> u32 {
        self.ids[unit]
    }

    /// The place in the report of the first.
    pub(super) fn first_id(&self) -> u32 {
        self.ids.first().copied().unwrap_or(u32::MAX)
    }

    /// The place here of a unit of the report.
    pub(super) fn place(&self, id: u32) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The coded text of a unit.
    pub(super) fn unit(&self, unit: usize) -> &[u8] {
        &self.coded[self.starts[unit] as usize..self.starts[unit + 1] as usize - 1]
    }

    /// Where the clauses of a unit end, in symbols.
    pub(super) fn clauses(&self, unit: usize) -> Vec<usize> {
        let breaks = match self.first_breaks.get(unit..unit + 2) {
            Some(&[first, next]) => &self.breaks[first as usize..next as usize],
            _ => &[],
        };
        let ends = breaks.iter().scan(0, |at, &further| {
            *at += usize::from(further);
            Some(*at)
        });
        ends.collect()
    }

    /// Which units may have all of one of these.
    pub(super) fn candidates<'n>(&self, ways: impl IntoIterator<Item = &'n Vec<Need>>) -> Bits {
        let mut any = Bits::none(self.len());
        for needs in ways {
            any.or(&self.having(needs));
        }
        any
    }

    /// Which units may have all of these.
    pub(super) fn having(&self, needs: &[Need]) -> Bits {
        let mut all = Bits::all(self.len());
        if self.row_count == 0 {
            return all;
        }
        let words = self.len().div_ceil(64);
        for (at, Need(features)) in needs.iter().enumerate() {
            // A sentence has many needs, and few of them leave no unit.
            if at % 4 == 3 && all.is_none() {
                break;
            }
            let rows = features.iter().map(|feature| {
                let row = (feature % self.row_count as u64) as usize;
                &self.rows[row * words..(row + 1) * words]
            });
            let mut rows = rows.peekable();
            let Some(first) = rows.next() else { continue };
            if rows.peek().is_none() {
                all.0.iter_mut().zip(first).for_each(|(a, b)| *a &= b);
                continue;
            }
            let mut any = first.to_vec();
            rows.for_each(|row| any.iter_mut().zip(row).for_each(|(a, b)| *a |= b));
            all.0.iter_mut().zip(&any).for_each(|(a, b)| *a &= b);
        }
        all
    }

    /// Hands the first place where the bytes stand in each unit of `within` to `each`: the unit, and
    /// how far from its start. False ends it.
    pub(super) fn scan(
        &self,
        finder: &Finder,
        within: &Bits,
        mut each: impl FnMut(usize, usize) -> bool,
    ) {
        if within.count() * 3 < self.len() {
            for unit in within.iter() {
                if let Some(at) = finder.find(self.unit(unit))
                    && !each(unit, at)
                {
                    return;
                }
            }
            return;
        }
        // Most units: faster in one go than unit by unit.
        let (mut unit, mut from) = (0, 0);
        while let Some(at) = self.coded.get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + at;
            while self.starts[unit + 1] as usize <= at {
                unit += 1;
            }
            if within.has(unit) && !each(unit, at - self.starts[unit] as usize) {
                return;
            }
            from = self.starts[unit + 1] as usize;
        }
    }

    /// The bytes this takes.
    pub(super) fn bytes(&self) -> usize {
        self.coded.capacity()
            + 2 * self.breaks.capacity()
            + 4 * (self.ids.capacity() + self.starts.capacity() + self.first_breaks.capacity())
            + 8 * self.rows.capacity()
    }
}

/// How many symbols stand in these bytes.
pub(super) fn symbols(bytes: &[u8]) -> usize {
    // Sums of single bytes are made many at once.
    let sums = bytes.chunks(128).map(|some| {
        let begun = some.iter().map(|&byte| u8::from(begins(byte)));
        usize::from(begun.sum::<u8>())
    });
    sums.sum()
}

/// The symbols of ranges of bytes, which stand in order and apart: the text is gone through once,
/// however many there are.
pub(super) fn in_symbols(
    text: &[u8],
    ranges: impl Iterator<Item = Range<usize>>,
) -> impl Iterator<Item = Range<usize>> {
    let (mut byte, mut symbol) = (0, 0);
    let mut place = move |at: usize| {
        symbol += symbols(&text[byte..at]);
        byte = at;
        symbol
    };
    ranges.map(move |at| place(at.start)..place(at.end))
}
