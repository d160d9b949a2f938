//! Patterns: ways in which a term may stand in a text other than letter by letter.
//!
//! A path is a row of steps, each of which takes one symbol: a character itself, any character that
//! sounds so, any that begins so, any at all. Pinyin, homophones, slips and inflected forms are all
//! paths; a pattern tries many at once, as a tree in which paths that begin alike share their steps.

use std::collections::HashMap;
use std::ops::Range;

use super::How;
use super::alphabet::{Alphabet, Sound, Symbol};
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
    starts: Set,
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

    fn has(&self, symbol: Symbol) -> bool {
        self.0[symbol as usize / 64] >> (symbol % 64) & 1 == 1
    }
}

impl Pattern {
    pub(super) fn new(alphabet: &Alphabet) -> Self {
        Self {
            sets: Vec::new(),
            numbers: HashMap::new(),
            nodes: vec![Node::default()],
            starts: Set::new(alphabet),
            needs: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.needs.is_empty()
    }

    /// For each path, what a text must have for it to fit.
    pub(super) fn needs(&self) -> &[Vec<Need>] {
        &self.needs
    }

    /// Adds a path; of two that are alike the nearer counts.
    pub(super) fn add(&mut self, path: &[Step], form: Form, alphabet: &Alphabet) {
        let Some(first) = path.first() else { return };
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
                    new
                }
            };
        }
        let place = &mut self.nodes[node].form;
        *place = Some(place.map_or(form, |known| known.min(form)));
        let first = &self.sets[self.numbers[first]];
        let more = self.starts.0.iter_mut().zip(&first.0);
        more.for_each(|(starts, first)| *starts |= first);
        self.needs.push(Need::of_path(path, alphabet));
    }

    /// The best form that fits from `start` on, with the end of it; of equals the shortest.
    fn at(&self, text: &[Symbol], start: usize, alphabet: &Alphabet) -> Option<(Form, usize)> {
        let spaced = |symbol: Option<&Symbol>| {
            symbol.is_some_and(|&symbol| {
                alphabet.letter(symbol).spaced && alphabet.letter(symbol).c != ' '
            })
        };
        let mut best: Option<(Form, usize)> = None;
        let mut open = vec![(0, start)];
        while let Some((node, at)) = open.pop() {
            let node = &self.nodes[node];
            if let Some(form) = node.form {
                let lone = !form.word
                    || !spaced(start.checked_sub(1).and_then(|before| text.get(before)))
                        && !spaced(text.get(at));
                if lone && best.is_none_or(|best| (form, at) < best) {
                    best = Some((form, at));
                }
            }
            if let Some(&symbol) = text.get(at) {
                let fits = node
                    .edges
                    .iter()
                    .filter(|(set, _)| self.sets[*set].has(symbol));
                open.extend(fits.map(|&(_, next)| (next, at + 1)));
            }
        }
        best
    }

    /// Where the best form stands, apart from one another, with the form.
    pub(super) fn find(
        &self,
        text: &[Symbol],
        alphabet: &Alphabet,
    ) -> Option<(Form, Vec<Range<usize>>)> {
        if self.is_empty() {
            return None;
        }
        let mut best: Option<(Form, Vec<Range<usize>>)> = None;
        let mut from = 0;
        while from < text.len() {
            if !self.starts.has(text[from]) {
                from += 1;
                continue;
            }
            let Some((form, end)) = self.at(text, from, alphabet) else {
                from += 1;
                continue;
            };
            match &mut best {
                Some((known, _)) if *known < form => {}
                Some((known, places)) if *known == form => {
                    places.push(from..end);
                    from = end - 1;
                }
                _ => {
                    best = Some((form, std::iter::once(from..end).collect()));
                    from = end - 1;
                }
            }
            from += 1;
        }
        best
    }
}
