//! Patterns: ways in which a term may stand in a text other than letter by letter.
//!
//! A path is a row of steps, each of which takes one symbol: a character itself, any character that
//! sounds so, any that begins so, any at all. Pinyin, homophones, slips and inflected forms are all
//! paths; a pattern tries many at once, as a tree in which paths that begin alike share their steps.

use std::collections::HashMap;
use std::ops::Range;

use super::How;
use super::alphabet::{Alphabet, Sound, Symbol, encode, next, previous};
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
    /// What has fitted when one is here.
    form: Option<Form>,
}

/// Many paths tried at once.
pub(super) struct Pattern {
    sets: Vec<Set>,
    numbers: HashMap<Step, usize>,
    nodes: Vec<Node>,
    /// What can begin a path.
    starts: Starts,
    /// Where each symbol leads at once: a pattern may have hundreds of first steps.
    roots: Vec<Vec<usize>>,
    /// True where every path is one step.
    is_single: bool,
    /// The best form of all paths.
    best: Option<Form>,
    /// True where inflected forms are among them.
    has_forms: bool,
    /// The least distance among them.
    nearest: u8,
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

/// Where in a coded text some symbols may begin: a bit for each two bytes that begin one of them.
///
/// To test every two bytes is faster than to go from symbol to symbol, whose lengths differ.
#[derive(Default)]
struct Starts(Vec<u64>);

impl Starts {
    fn add(&mut self, symbol: Symbol) {
        self.0.resize(1 << 10, 0);
        let mut code = Vec::new();
        encode(symbol, &mut code);
        let first = usize::from(code[0]) << 8;
        let bits = match code.get(1) {
            Some(&second) => first + usize::from(second)..first + usize::from(second) + 1,
            // Whatever comes behind it.
            None => first..first + 256,
        };
        bits.for_each(|bit| self.0[bit / 64] |= 1 << (bit % 64));
    }

    /// The first byte from `at` on where one may begin.
    fn next(&self, text: &[u8], at: usize) -> Option<usize> {
        let table: &[u64; 1 << 10] = self.0.as_slice().try_into().ok()?;
        let starts = |first: u8, second: u8| {
            let bit = usize::from(first) << 8 | usize::from(second);
            table[bit / 64] >> (bit % 64) & 1 == 1
        };
        let rest = text.get(at..)?;
        if let Some(found) = rest.windows(2).position(|two| starts(two[0], two[1])) {
            return Some(at + found);
        }
        let last = *rest.last()?;
        starts(last, 0).then_some(text.len() - 1)
    }
}

/// True for a letter or digit of a script with spaces between words.
fn spaced(symbol: Option<(Symbol, usize)>, alphabet: &Alphabet) -> bool {
    let letter = symbol.map(|(symbol, _)| alphabet.letter(symbol));
    letter.is_some_and(|letter| letter.spaced && letter.c != ' ')
}

impl Default for Pattern {
    fn default() -> Self {
        Self {
            sets: Vec::new(),
            numbers: HashMap::new(),
            nodes: vec![Node::default()],
            starts: Starts::default(),
            roots: Vec::new(),
            is_single: true,
            best: None,
            has_forms: false,
            nearest: u8::MAX,
            needs: Vec::new(),
        }
    }
}

impl Pattern {
    pub(super) fn is_empty(&self) -> bool {
        self.needs.is_empty()
    }

    /// For each path, what a text must have for it to fit.
    pub(super) fn needs(&self) -> &[Vec<Need>] {
        &self.needs
    }

    /// How near the nearest of the paths is.
    pub(super) fn nearest(&self) -> u8 {
        self.nearest
    }

    /// True where inflected forms of words are among the paths.
    pub(super) fn has_forms(&self) -> bool {
        self.has_forms
    }

    /// Adds a path; of two that are alike the nearer counts.
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
        let mut node = 0;
        for step in path {
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
                    if node == 0 {
                        self.roots.resize_with(alphabet.len(), Vec::new);
                        for symbol in self.sets[set].iter() {
                            self.roots[symbol as usize].push(new);
                            self.starts.add(symbol);
                        }
                    }
                    new
                }
            };
        }
        let place = &mut self.nodes[node].form;
        *place = Some(place.map_or(form, |known| known.min(form)));
        self.has_forms |= form.how == How::Words;
        self.nearest = self.nearest.min(form.far);
        self.best = Some(self.best.map_or(form, |known| known.min(form)));
        self.is_single &= path.len() == 1 && !form.behind_any && !form.word;
        self.needs.push(Need::of_path(path, alphabet));
    }

    /// The best form that fits from the byte `start` on, with its range; of equals the shortest.
    fn at(&self, text: &[u8], start: usize, alphabet: &Alphabet) -> Option<(Form, Range<usize>)> {
        let (first, behind) = next(text, start)?;
        let mut best: Option<(Form, usize)> = None;
        let fits = |form: Form, end: usize| {
            (!form.word
                || !spaced(previous(text, start), alphabet) && !spaced(next(text, end), alphabet))
                && (!form.behind_any
                    || previous(text, start).is_some_and(|(symbol, _)| alphabet.letter(symbol).han))
        };
        for &node in self.roots.get(first as usize)? {
            self.walk(node, text, behind, &mut |form, end| {
                if best.is_none_or(|best| (form, end) < best) && fits(form, end) {
                    best = Some((form, end));
                }
            });
        }
        let (form, end) = best?;
        let before = previous(text, start).filter(|_| form.behind_any);
        Some((form, before.map_or(start, |(_, before)| before)..end))
    }

    /// Hands what has fitted at a node, and at those that the text from `at` on leads to, to `found`.
    fn walk(&self, node: usize, text: &[u8], at: usize, found: &mut impl FnMut(Form, usize)) {
        let node = &self.nodes[node];
        if let Some(form) = node.form {
            found(form, at);
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

    /// Where the best form stands, in bytes, apart from one another, with the form.
    pub(super) fn find(
        &self,
        text: &[u8],
        alphabet: &Alphabet,
    ) -> Option<(Form, Vec<Range<usize>>)> {
        let mut best: Option<Form> = None;
        let mut places: Vec<Range<usize>> = Vec::new();
        self.each(text, alphabet, |form, range| {
            if best != Some(form) {
                places.clear();
            }
            best = Some(form);
            places.push(range);
        });
        Some((best?, places))
    }

    /// The best form, and how often it stands there.
    pub(super) fn count(&self, text: &[u8], alphabet: &Alphabet) -> Option<(Form, usize)> {
        let (mut best, mut count) = (None, 0);
        self.each(text, alphabet, |form, _| {
            count = if best == Some(form) { count + 1 } else { 1 };
            best = Some(form);
        });
        Some((best?, count))
    }

    /// Hands every place of the best form so far to `found`, and begins again with each better one.
    fn each(&self, text: &[u8], alphabet: &Alphabet, mut found: impl FnMut(Form, Range<usize>)) {
        if self.is_empty() {
            return;
        }
        let lone = self.best.filter(|_| self.is_single);
        let mut best: Option<Form> = None;
        let (mut from, mut end) = (0, 0);
        while let Some(start) = self.starts.next(text, from) {
            let Some((symbol, behind)) = next(text, start) else {
                return;
            };
            from = behind;
            if let Some(form) = lone {
                if !self.roots[symbol as usize].is_empty() {
                    found(form, start..behind);
                }
                continue;
            }
            let Some((form, range)) = self.at(text, start, alphabet) else {
                continue;
            };
            if best.is_some_and(|best| best < form || best == form && range.start < end) {
                continue;
            }
            best = Some(form);
            (from, end) = (range.end, range.end);
            found(form, range);
        }
    }
}
