//! Pinyin: the ways in which letters, and Chinese characters among them, may be read as Chinese.
//!
//! `yameiniya`, `ymny`, `ya美尼ya`, `亚mny` and `yamein` all are 亚美尼亚: syllables whole, by their
//! first letters, or the last one half typed, and characters as they are.

use std::collections::{BTreeSet, HashSet};

use super::How;
use super::alphabet::{Alphabet, Sound};
use super::fold::fold;
use super::near::differ_by_one;
use super::pattern::{Form, Pattern, Step};

/// More ways than this to cut letters into syllables are not all tried.
const MOST_PATHS: usize = 256;
/// More characters than this are pasted text, and no pinyin.
const LONGEST_TYPED: usize = 128;
/// The longest syllable, zhuang.
const LONGEST: usize = 6;
/// Fewer initials than this stand everywhere.
const LEAST_INITIALS: usize = 3;
/// So many syllables may be all that a half typed one can become.
const MOST_BEGUN: usize = 8;
/// Slips are looked for in this many letters; fewer are like too much, more are a sentence.
const SLIP_LETTERS: std::ops::RangeInclusive<usize> = 6..=24;
/// And in this many syllables.
const SLIP_SYLLABLES: usize = 4;
/// More ways than this to cut what stands before a slip, or behind it, are not tried.
const MOST_WAYS: usize = 4;
/// Nor more readings than this in all.
const MOST_SLIPS: usize = 512;

/// What is typed, folded, with the places where a syllable must end.
struct Typed {
    chars: Vec<char>,
    /// True where an apostrophe or a space stands behind.
    ends: Vec<bool>,
}

impl Typed {
    fn new(text: &str) -> Self {
        let (mut chars, mut ends) = (Vec::new(), Vec::new());
        for piece in text.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '‘' | '＇'))
        {
            let folded = fold(piece);
            chars.extend(folded.chars().filter(|c| *c != ' '));
            ends.resize(chars.len(), false);
            if let Some(last) = ends.last_mut() {
                *last = true;
            }
        }
        Self { chars, ends }
    }
}

/// A syllable typed, or part of one.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Whole(Vec<Sound>),
    /// The first letter of a syllable, or `zh`, `ch`, `sh`.
    Initial(String),
    /// The last syllable, of which this is typed.
    Begun(String),
    Char(char),
}

/// Every way to read `text` as pinyin of `least` characters or more.
pub(super) fn readings(text: &str, least: usize, alphabet: &Alphabet) -> Pattern {
    let mut pattern = Pattern::default();
    let typed = Typed::new(text);
    let letters = typed.chars.iter().any(char::is_ascii_lowercase);
    if !letters || typed.chars.len() > LONGEST_TYPED {
        return pattern;
    }
    let mut cutter = Cutter {
        typed: &typed,
        alphabet,
        path: Vec::new(),
        found: Vec::new(),
        dead: HashSet::new(),
    };
    cutter.cut(0, Style::default());
    let paths = cutter.found;
    for path in paths.into_iter().filter(|path| path.len() >= least) {
        if let Some(far) = far(&path)
            && let Some(steps) = steps(&path, alphabet)
        {
            let form = Form::of(How::Pinyin, far);
            pattern.add(&steps, form, alphabet);
        }
    }
    pattern
}

/// What a reading does with syllables: who types some whole takes none apart, `z hu an gongyue` for
/// `zhuan gongyue`, but marks by an apostrophe where a lone letter is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Style {
    has_whole: bool,
    has_torn: bool,
}

/// Cuts what is typed into syllables, in every way.
struct Cutter<'a> {
    typed: &'a Typed,
    alphabet: &'a Alphabet,
    path: Vec<Piece>,
    found: Vec<Vec<Piece>>,
    /// From where, and in which style, no way leads to the end.
    dead: HashSet<(usize, Style)>,
}

impl Cutter<'_> {
    fn cut(&mut self, from: usize, style: Style) {
        let typed = self.typed;
        let Some(&first) = typed.chars.get(from) else {
            self.found.push(self.path.clone());
            return;
        };
        if self.found.len() >= MOST_PATHS || self.dead.contains(&(from, style)) {
            return;
        }
        let before = self.found.len();
        if !first.is_ascii_lowercase() {
            self.onward(Piece::Char(first), from + 1, style);
        }
        // The longest first: whole syllables are likelier than initials.
        for length in (1..=self.letters(from)).rev() {
            let end = from + length;
            let name = String::from_iter(&typed.chars[from..end]);
            if length > 1
                && !style.has_torn
                && let Some(sounds) = self.alphabet.spelled(&name)
            {
                let has_whole = true;
                let piece = Piece::Whole(sounds.to_vec());
                self.onward(piece, end, Style { has_whole, ..style });
            }
            let is_last = end == typed.chars.len();
            let begins = is_initial(&name) || is_last && !style.has_torn;
            if !begins || self.alphabet.begun(&name).next().is_none() {
                continue;
            }
            if is_last {
                self.onward(Piece::Begun(name), end, style);
                continue;
            }
            let has_torn = style.has_torn || self.is_torn(from, end);
            if !(has_torn && style.has_whole) {
                self.onward(Piece::Initial(name), end, Style { has_torn, ..style });
            }
        }
        if self.found.len() == before {
            self.dead.insert((from, style));
        }
    }

    fn onward(&mut self, piece: Piece, end: usize, style: Style) {
        self.path.push(piece);
        self.cut(end, style);
        self.path.pop();
    }

    /// How many letters from here on may be one syllable.
    fn letters(&self, from: usize) -> usize {
        let letters = self.typed.chars[from..].iter().take(LONGEST);
        let most = letters.take_while(|c| c.is_ascii_lowercase()).count();
        let mut ends = self.typed.ends[from..from + most].iter();
        ends.position(|&end| end).map_or(most, |end| end + 1)
    }

    /// True where an initial may be part of a syllable typed whole: of one that begins there, or, as
    /// `a`, `e` and `o` may, of one that ends there.
    fn is_torn(&self, from: usize, end: usize) -> bool {
        let whole = |from: usize, end: usize| {
            let name = String::from_iter(&self.typed.chars[from..end]);
            self.alphabet.spelled(&name).is_some()
        };
        let vowel = matches!(self.typed.chars[from], 'a' | 'e' | 'o');
        let mut before = (from.saturating_sub(LONGEST)..from).filter(|_| vowel);
        (end + 1..=from + self.letters(from)).any(|end| whole(from, end))
            || before.any(|start| start + self.letters(start) >= end && whole(start, end))
    }
}

/// True for what people shorten a syllable to.
fn is_initial(name: &str) -> bool {
    name.len() == 1 || matches!(name, "zh" | "ch" | "sh")
}

/// How far a reading is from all its syllables typed whole; nothing for one too vague to mean it.
fn far(path: &[Piece]) -> Option<u8> {
    let whole = |piece: &&Piece| matches!(piece, Piece::Whole(_));
    let wholes = path.iter().filter(whole).count();
    let chars = path
        .iter()
        .filter(|piece| matches!(piece, Piece::Char(_)))
        .count();
    let vague = path.len() - wholes - chars;
    let begun = matches!(path.last(), Some(Piece::Begun(_)));
    if vague == 0 || (vague == 1 && begun && wholes + chars > 0) {
        // A lone character is no pinyin at all, and letters that stand for themselves are none.
        return (wholes > 0 || vague > 0).then_some(0);
    }
    match path {
        // `gu` is a syllable, but `zho` can only become one.
        [Piece::Begun(name)] => (name.len() > 1 && !name.ends_with('h')).then_some(0),
        _ if chars + wholes > 0 => Some(1),
        _ => (vague >= LEAST_INITIALS).then_some(2),
    }
}

fn steps(path: &[Piece], alphabet: &Alphabet) -> Option<Vec<Step>> {
    let step = |piece: &Piece| match piece {
        Piece::Whole(sounds) => Some(Step::Sounds(sounds.clone())),
        Piece::Initial(name) => Some(Step::Start(name.clone())),
        // Few syllables are told better from others by themselves than by what they begin with.
        Piece::Begun(name) => {
            let mut sounds: Vec<Sound> = alphabet.begun(name).collect();
            sounds.sort_unstable();
            sounds.dedup();
            Some(match sounds.len() {
                ..=MOST_BEGUN => Step::Sounds(sounds),
                _ => Step::Start(name.clone()),
            })
        }
        Piece::Char(c) => alphabet.symbol(*c).map(Step::Char),
    };
    path.iter().map(step).collect()
}

/// Adds the readings in whole syllables of what differs by one letter from `text`, if that is long
/// enough to tell.
pub(super) fn add_slips(pattern: &mut Pattern, text: &str, alphabet: &Alphabet) {
    let letters: String = Typed::new(text).chars.into_iter().collect();
    let all = letters.len();
    if !SLIP_LETTERS.contains(&all) || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    let (before, behind) = (whole_to(&letters, alphabet), whole_from(&letters, alphabet));
    // What stands in the place of some letters: from where, what, and up to where.
    let mut middles: Vec<(usize, Vec<&str>, usize)> = Vec::new();
    let reached = |start: usize, end: usize| !before[start].is_empty() && !behind[end].is_empty();
    // In one syllable, which has one letter more, less or other than was typed.
    for start in 0..all {
        for end in (start + 1..=all.min(start + LONGEST + 1)).filter(|&end| reached(start, end)) {
            let typed = &letters.as_bytes()[start..end];
            for name in alphabet.names().filter(|name| name.len() > 1) {
                if differ_by_one(typed, name.as_bytes()) {
                    middles.push((start, vec![name], end));
                }
            }
        }
    }
    // Or where one syllable ends and the next begins, two letters swapped.
    for at in 1..all {
        let (last, first) = (&letters[at - 1..at], &letters[at..at + 1]);
        for start in at.saturating_sub(LONGEST)..at - 1 {
            let left = letters[start..at - 1].to_string() + first;
            let Some(left) = alphabet.name(&left) else {
                continue;
            };
            for end in (at + 2..=all.min(at + LONGEST)).filter(|&end| reached(start, end)) {
                let right = last.to_string() + &letters[at + 1..end];
                if let Some(right) = alphabet.name(&right) {
                    middles.push((start, vec![left, right], end));
                }
            }
        }
    }
    let mut paths: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (start, middle, end) in &middles {
        for first in &before[*start] {
            let behind = behind[*end].iter();
            let all = behind.map(|last| [first.as_slice(), middle, last].concat());
            paths.extend(all.filter(|path| path.len() >= SLIP_SYLLABLES));
        }
    }
    let form = Form::of(How::Slip, 1);
    for path in paths.iter().take(MOST_SLIPS) {
        let sounds = path.iter().map(|name| alphabet.spelled(name));
        let steps = sounds.map(|sounds| Some(Step::Sounds(sounds?.to_vec())));
        if let Some(steps) = steps.collect::<Option<Vec<_>>>() {
            pattern.add(&steps, form, alphabet);
        }
    }
}

/// Ways to cut some letters into whole syllables.
type Ways<'a> = Vec<Vec<&'a str>>;

/// For each place in letters, ways to cut what stands before it into syllables of two letters or more
/// (`a`, `e` and `o` would fit everywhere), the longest last syllable first.
fn whole_to<'a>(letters: &'a str, alphabet: &Alphabet) -> Vec<Ways<'a>> {
    let mut all: Vec<Ways> = vec![vec![Vec::new()]];
    for end in 1..=letters.len() {
        let mut ways = Ways::new();
        for start in end.saturating_sub(LONGEST)..end.saturating_sub(1) {
            let name = &letters[start..end];
            if alphabet.spelled(name).is_some() {
                let longer = all[start]
                    .iter()
                    .map(|way| [way.as_slice(), &[name]].concat());
                ways.extend(longer);
            }
        }
        ways.truncate(MOST_WAYS);
        all.push(ways);
    }
    all
}

/// For each place in letters, ways to cut what stands behind it, the longest first syllable first.
fn whole_from<'a>(letters: &'a str, alphabet: &Alphabet) -> Vec<Ways<'a>> {
    let mut all: Vec<Ways> = vec![Vec::new(); letters.len() + 1];
    all[letters.len()].push(Vec::new());
    for start in (0..letters.len()).rev() {
        let mut ways = Ways::new();
        for end in (start + 2..=letters.len().min(start + LONGEST)).rev() {
            let name = &letters[start..end];
            if alphabet.spelled(name).is_some() {
                ways.extend(
                    all[end]
                        .iter()
                        .map(|way| [&[name], way.as_slice()].concat()),
                );
            }
        }
        ways.truncate(MOST_WAYS);
        all[start] = ways;
    }
    all
}
