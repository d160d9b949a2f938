//! Abbreviations: the characters of a name in order, close together, as people shorten names.
//!
//! `反恐委` stands for 反恐怖主义委员会. A window a few characters wider than the term, inside one
//! clause, keeps out the noise that a plain subsequence search finds in every long paragraph;
//! `fuzzy-matcher` then says how good a window is and which of its characters to mark. Scripts that
//! have spaces between words are `initials`' business.

use std::collections::HashMap;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

use super::alphabet::{Alphabet, Symbol, begins, encode, next};
use super::block::symbols;

/// How many characters more than the term the window may have. Of 22 abbreviations in use 20 fit.
const SLACK: usize = 6;
/// Of two characters nearly every pair comes within six of one another somewhere: 检协 stands for
/// 检察官协会 with two between, and more than three is chance.
const PAIR_SLACK: usize = 3;
/// Nobody abbreviates a name to more characters than this; a pasted sentence is none.
pub(super) const LONGEST: usize = 20;

/// Where an abbreviation stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Loose {
    /// How loosely: 0 where the characters stand together.
    pub far: u8,
    /// The windows.
    pub places: Vec<Range<usize>>,
    /// Its characters in them.
    pub marks: Vec<Range<usize>>,
}

/// Tells how good a window is; the same ones come again and again.
#[derive(Default)]
pub(super) struct Scorer {
    matcher: SkimMatcherV2,
    known: HashMap<Vec<Symbol>, Option<(u8, Vec<usize>)>>,
    /// The window last looked at.
    window: Vec<Symbol>,
}

/// More windows than this are not kept in mind.
const MOST_KNOWN: usize = 1 << 16;

impl Scorer {
    /// How loose the window is, and which of its symbols are those of the term.
    fn score(&mut self, term: &str, alphabet: &Alphabet) -> Option<(u8, Vec<usize>)> {
        if let Some(known) = self.known.get(&self.window) {
            return known.clone();
        }
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        let letters = self.window.iter().map(|&symbol| alphabet.letter(symbol).c);
        // `fuzzy_match` gives other, worse scores than `fuzzy_indices` (fuzzy-matcher 0.3.7).
        let found = self
            .matcher
            .fuzzy_indices(&letters.collect::<String>(), term);
        let found = found.map(|(score, at)| {
            // So much it gives where they stand together at the start.
            let best = 20 * at.len() as i64 + 11;
            let far = (best - score).clamp(0, i64::from(super::FARTHEST)) as u8;
            (far, at)
        });
        self.known.insert(self.window.clone(), found.clone());
        found
    }

    /// The tightest windows for a term in a coded text, whose clauses end at `clauses`, in symbols.
    pub(super) fn find(
        &mut self,
        coded: &[u8],
        clauses: impl Fn() -> Vec<usize>,
        wanted: &Wanted,
        alphabet: &Alphabet,
    ) -> Option<Loose> {
        let mut ends = None;
        let mut best: Option<Loose> = None;
        let mut from = 0;
        while let Some(at) = coded.get(from..).and_then(|rest| wanted.first.find(rest)) {
            let start = from + at;
            from = start + 1;
            let Some(end) = wanted.window(coded, start, &mut self.window) else {
                continue;
            };
            // A clause that ends at `at` has its last symbol before it.
            let ends = ends.get_or_insert_with(&clauses);
            let place = symbols(&coded[..start]);
            let next = ends.partition_point(|&at| at <= place);
            if ends
                .get(next)
                .is_some_and(|&at| at < place + self.window.len())
            {
                continue;
            }
            let Some((far, marks)) = self.score(&wanted.text, alphabet) else {
                continue;
            };
            let starts: Vec<usize> = (start..end).filter(|&at| begins(coded[at])).collect();
            let mark = |at: usize| starts[at]..starts.get(at + 1).copied().unwrap_or(end);
            let marks = marks.into_iter().map(mark);
            match &mut best {
                Some(known) if known.far < far => {}
                Some(known) if known.far == far => {
                    if known.places.last().is_none_or(|last| last.end <= start) {
                        known.places.push(start..end);
                        known.marks.extend(marks);
                    }
                }
                _ => {
                    let whole = std::iter::once(start..end);
                    best = Some(Loose {
                        far,
                        places: whole.collect(),
                        marks: marks.collect(),
                    });
                }
            }
        }
        best
    }
}

/// A term as an abbreviation of Chinese.
pub(super) struct Wanted {
    pub symbols: Vec<Symbol>,
    text: String,
    /// Finds the first of them.
    first: Finder<'static>,
}

impl Wanted {
    /// If it may be one.
    pub(super) fn new(term: &[char], alphabet: &Alphabet) -> Option<Self> {
        let han = |c: &&char| crate::report::script::is_han(**c);
        let letters = term.len() - term.iter().filter(han).count();
        if !(2..=LONGEST).contains(&term.len()) || letters * 2 > term.len() {
            return None;
        }
        let symbols: Option<Vec<Symbol>> = term.iter().map(|&c| alphabet.symbol(c)).collect();
        let symbols = symbols?;
        let mut first = Vec::new();
        encode(symbols[0], &mut first);
        Some(Self {
            symbols,
            text: term.iter().collect(),
            first: Finder::new(&first).into_owned(),
        })
    }

    /// Where the window ends that begins at a byte, which goes into `window`, if it is narrow enough.
    fn window(&self, coded: &[u8], start: usize, window: &mut Vec<Symbol>) -> Option<usize> {
        let slack = if self.symbols.len() == 2 {
            PAIR_SLACK
        } else {
            SLACK
        };
        let mut wanted = self.symbols.iter().peekable();
        let mut at = start;
        window.clear();
        while window.len() < self.symbols.len() + slack {
            let (symbol, behind) = next(coded, at)?;
            window.push(symbol);
            at = behind;
            if wanted.peek() == Some(&&symbol) {
                wanted.next();
            }
            if wanted.peek().is_none() {
                return Some(at);
            }
        }
        None
    }
}

/// True for what ends a clause: nobody abbreviates across it.
pub(super) fn ends_clause(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | ';' | '!' | '?')
}
