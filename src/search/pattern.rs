//! Patterns: ways in which a term may stand in a text other than letter by letter.
//!
//! A path is a row of steps, each of which takes one symbol: a character itself, any character that
//! sounds so, any that begins so, any at all. Pinyin, homophones, slips and inflected forms are all
//! paths; a pattern tries many at once, as a tree in which paths that begin alike share their steps.

use std::collections::HashMap;
use std::ops::Range;

use super::How;
use super::alphabet::{Alphabet, Sound, Symbol, encode, is_told_by_two, length, next, previous};
use super::block::Need;

/// What takes one symbol of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// This one.
    Char(Symbol),
    /// Whatever may be read as one of these.
    Sounds(Vec<Sound>),
    /// Whatever has a reading that is typed beginning so.
    Start(String),
    /// Any Chinese character.
    Any,
}

/// What a path that fits is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    /// In which way the term stands there.
    pub how: How,
    /// How far from what was typed; 0 is nearest.
    pub far: u8,
    /// True where it must stand as a word of its own.
    pub word: bool,
    /// True where any Chinese character must stand before it, and is part of it.
    pub behind_any: bool,
}

impl Form {
    pub(super) fn of(how: How, far: u8) -> Self {
        Self {
            how,
            far,
            word: false,
            behind_any: false,
        }
    }
}

#[derive(Default)]
struct Node {
    /// Which set leads to which node.
    edges: Vec<(usize, usize)>,
    /// True where a path ends.
    is_end: bool,
}

/// Many paths, those of the best form first.
#[derive(Default)]
pub(super) struct Pattern {
    layers: Vec<Layer>,
}

/// Paths of one form, tried at once.
pub(super) struct Layer {
    pub form: Form,
    sets: Vec<Set>,
    numbers: HashMap<Step, usize>,
    nodes: Vec<Node>,
    /// What can begin a path, and what can come next in one.
    starts: Starts,
    seconds: Starts,
    /// Where each symbol leads at once: there may be hundreds of first steps.
    roots: Vec<Vec<usize>>,
    /// True where every path is one step, and where one is.
    is_single: bool,
    has_single: bool,
    /// True where two bytes tell what begins a path from all else.
    is_short: bool,
    /// For each path, what a text must have for it to fit.
    needs: Vec<Vec<Need>>,
}

/// Some of the symbols of an alphabet.
#[derive(Clone)]
struct Set(Vec<u64>);

impl Set {
    fn new(alphabet: &Alphabet) -> Self {
        Self(vec![0; alphabet.len().div_ceil(64)])
    }

    fn of(step: &Step, alphabet: &Alphabet) -> Self {
        let mut set = Self::new(alphabet);
        let mut put = |symbol: Symbol| set.0[symbol as usize / 64] |= 1 << (symbol % 64);
        match step {
            Step::Char(symbol) => put(*symbol),
            Step::Sounds(sounds) => {
                let all = sounds.iter().flat_map(|&sound| alphabet.bearers(sound));
                all.for_each(|&symbol| put(symbol));
            }
            Step::Start(typed) => {
                let all = alphabet.begun(typed);
                all.flat_map(|sound| alphabet.bearers(sound))
                    .for_each(|&symbol| put(symbol));
            }
            Step::Any => {
                let all = 0..alphabet.len() as Symbol;
                all.filter(|&symbol| alphabet.letter(symbol).han)
                    .for_each(put);
            }
        }
        set
    }

    fn iter(&self) -> impl Iterator<Item = Symbol> + '_ {
        let all = 0..self.0.len() as Symbol * 64;
        all.filter(|&symbol| self.has(symbol))
    }

    #[inline]
    fn has(&self, symbol: Symbol) -> bool {
        self.0[symbol as usize / 64] >> (symbol % 64) & 1 == 1
    }
}

/// Where in a coded text some symbols may begin: for each first byte, a bit for each second one.
///
/// To test every two bytes, many pairs at a time, is much faster than to go from symbol to symbol,
/// whose lengths differ.
struct Starts([u64; 256]);

/// So many pairs are tested at once.
const AT_ONCE: usize = 16;

impl Starts {
    fn add(&mut self, symbol: Symbol) {
        let mut code = Vec::new();
        encode(symbol, &mut code);
        self.0[usize::from(code[0])] |= match code.get(1) {
            Some(&second) => 1 << (second % 64),
            // Whatever comes behind it.
            None => u64::MAX,
        };
    }

    /// 1 where these two bytes begin one. A second byte that no first one has before it does not come.
    #[inline]
    fn test(&self, first: u8, second: u8) -> u64 {
        self.0[usize::from(first)] >> (second % 64) & 1
    }

    /// True where one may begin at a byte where a symbol begins.
    fn may_be_at(&self, text: &[u8], at: usize) -> bool {
        let second = text.get(at + 1).copied().unwrap_or_default();
        text.get(at)
            .is_some_and(|&first| self.test(first, second) == 1)
    }

    /// 1 for each of the first pairs of bytes, from the lowest bit on, where one may begin.
    #[inline]
    fn mask(&self, bytes: &[u8; AT_ONCE + 1]) -> u64 {
        let mut found = 0;
        for pair in 0..AT_ONCE {
            found |= self.test(bytes[pair], bytes[pair + 1]) << pair;
        }
        found
    }

    /// The bytes where one may begin, in order.
    #[inline]
    fn iter<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let (mut base, mut left) = (0, 0_u64);
        std::iter::from_fn(move || {
            while left == 0 {
                if base >= text.len() {
                    return None;
                }
                left = self.mask_from(text, base);
                base += AT_ONCE;
            }
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(base - AT_ONCE + place)
        })
    }

    /// How many bytes there are where one may begin.
    fn count(&self, text: &[u8]) -> usize {
        let masks = (0..text.len()).step_by(AT_ONCE);
        masks
            .map(|base| self.mask_from(text, base).count_ones() as usize)
            .sum()
    }

    #[inline]
    fn mask_from(&self, text: &[u8], base: usize) -> u64 {
        let rest = &text[base..];
        match rest.first_chunk() {
            Some(bytes) => self.mask(bytes),
            None => {
                // No symbol has the byte 0.
                let mut bytes = [0; AT_ONCE + 1];
                bytes[..rest.len()].copy_from_slice(rest);
                self.mask(&bytes)
            }
        }
    }
}

/// True for a letter or digit of a script with spaces between words.
fn spaced(symbol: Option<(Symbol, usize)>, alphabet: &Alphabet) -> bool {
    let letter = symbol.map(|(symbol, _)| alphabet.letter(symbol));
    letter.is_some_and(|letter| letter.spaced && letter.c != ' ')
}

impl Pattern {
    pub(super) fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// The paths, form by form, the best first.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// For each path, what a text must have for it to fit.
    pub(super) fn needs(&self) -> impl Iterator<Item = &Vec<Need>> {
        self.layers.iter().flat_map(|layer| &layer.needs)
    }

    /// Adds a path.
    pub(super) fn add(&mut self, path: &[Step], form: Form, alphabet: &Alphabet) {
        // To look for what begins with anything is to look everywhere.
        let (path, form) = match path {
            [Step::Any, rest @ ..] => {
                let behind_any = true;
                (rest, Form { behind_any, ..form })
            }
            path => (path, form),
        };
        if path.is_empty() {
            return;
        }
        let place = self.layers.binary_search_by_key(&form, |layer| layer.form);
        let place = place.unwrap_or_else(|place| {
            self.layers.insert(place, Layer::new(form, alphabet));
            place
        });
        self.layers[place].add(path, alphabet);
    }

    /// The best form that stands in a text, of those layers that `may`; hands every place, in bytes,
    /// apart from one another, to `put`.
    pub(super) fn find(
        &self,
        text: &[u8],
        alphabet: &Alphabet,
        may: impl Fn(usize) -> bool,
        mut put: impl FnMut(Range<usize>),
    ) -> Option<Form> {
        let layers = self.layers.iter().enumerate();
        let mut layers = layers.filter(|(at, _)| may(*at)).map(|(_, layer)| layer);
        let found = layers.find(|layer| {
            let mut found = false;
            layer.each(text, alphabet, |place| {
                found = true;
                put(place);
            });
            found
        });
        found.map(|layer| layer.form)
    }
}

impl Layer {
    fn new(form: Form, alphabet: &Alphabet) -> Self {
        Self {
            form,
            sets: Vec::new(),
            numbers: HashMap::new(),
            nodes: vec![Node::default()],
            starts: Starts([0; 256]),
            seconds: Starts([0; 256]),
            roots: vec![Vec::new(); alphabet.len()],
            is_single: true,
            has_single: false,
            is_short: true,
            needs: Vec::new(),
        }
    }

    /// For each path, what a text must have for it to fit.
    pub(super) fn needs(&self) -> &[Vec<Need>] {
        &self.needs
    }

    fn add(&mut self, path: &[Step], alphabet: &Alphabet) {
        let mut node = 0;
        for (at, step) in path.iter().enumerate() {
            let next = self.sets.len();
            let set = *self.numbers.entry(step.clone()).or_insert(next);
            if set == next {
                self.sets.push(Set::of(step, alphabet));
            }
            let known = self.nodes[node].edges.iter().find(|edge| edge.0 == set);
            node = match known {
                Some(&(_, node)) => node,
                None => {
                    self.nodes.push(Node::default());
                    let new = self.nodes.len() - 1;
                    self.nodes[node].edges.push((set, new));
                    for symbol in self.sets[set].iter().filter(|_| at < 2) {
                        if at > 0 {
                            self.seconds.add(symbol);
                            continue;
                        }
                        self.roots[symbol as usize].push(new);
                        self.starts.add(symbol);
                        self.is_short &= is_told_by_two(symbol);
                    }
                    new
                }
            };
        }
        self.nodes[node].is_end = true;
        self.is_single &= path.len() == 1 && !self.form.behind_any && !self.form.word;
        self.has_single |= path.len() == 1;
        self.needs.push(Need::of_path(path, alphabet));
    }

    /// Where the shortest path ends that fits from the byte `start` on, and where what it takes up
    /// begins.
    fn at(&self, text: &[u8], start: usize, alphabet: &Alphabet) -> Option<Range<usize>> {
        let (first, behind) = next(text, start)?;
        let form = self.form;
        let before = || previous(text, start);
        if form.word && spaced(before(), alphabet) {
            return None;
        }
        let mut least = usize::MAX;
        for &node in self.roots.get(first as usize)? {
            self.walk(node, text, behind, &mut |end| {
                if end < least && !(form.word && spaced(next(text, end), alphabet)) {
                    least = end;
                }
            });
        }
        if least == usize::MAX {
            return None;
        }
        if !form.behind_any {
            return Some(start..least);
        }
        let (any, at) = before()?;
        alphabet.letter(any).han.then_some(at..least)
    }

    /// Hands the ends of the paths that lead on from a node, the text from `at` on taken, to `found`.
    fn walk(&self, node: usize, text: &[u8], at: usize, found: &mut impl FnMut(usize)) {
        let node = &self.nodes[node];
        if node.is_end {
            found(at);
        }
        if node.edges.is_empty() {
            return;
        }
        if let Some((symbol, behind)) = next(text, at) {
            for &(set, next) in &node.edges {
                if self.sets[set].has(symbol) {
                    self.walk(next, text, behind, found);
                }
            }
        }
    }

    /// How often one of the paths stands in a text.
    pub(super) fn count(&self, text: &[u8], alphabet: &Alphabet) -> usize {
        if self.is_single && self.is_short {
            return self.starts.count(text);
        }
        if self.is_single {
            // Two bytes tell nearly all symbols from one another.
            let told = |&start: &usize| {
                length(text[start]) < 3 || self.at(text, start, alphabet).is_some()
            };
            return self.starts.iter(text).filter(told).count();
        }
        let mut count = 0;
        self.each(text, alphabet, |_| count += 1);
        count
    }

    fn each(&self, text: &[u8], alphabet: &Alphabet, mut found: impl FnMut(Range<usize>)) {
        let (mut from, mut end) = (0, 0);
        for start in self.starts.iter(text) {
            let behind = start + length(text[start]);
            if start < from || !self.has_single && !self.seconds.may_be_at(text, behind) {
                continue;
            }
            let place = self.at(text, start, alphabet);
            if let Some(place) = place.filter(|place| place.start >= end) {
                (from, end) = (place.end, place.end);
                found(place);
            }
        }
    }
}
