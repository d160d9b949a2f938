//! Abbreviations: the characters of a name in order, close together, as people shorten names.
//!
//! `反恐委` stands for 反恐怖主义委员会. A window a few characters wider than the term, inside one
//! clause, keeps out the noise that a plain subsequence search finds in every long paragraph;
//! `fuzzy-matcher` then says how good a window is and which of its characters to mark. In scripts
//! that have spaces between words it is the words' first letters instead: `ctc`.

use std::collections::HashMap;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

use super::alphabet::{Alphabet, Symbol, begins, encode, next};
use super::block::symbols;
use super::fold::{fold, has_spaces};

/// How many characters more than the term the window may have. Of 22 abbreviations in use 20 fit.
const SLACK: usize = 6;
/// Of two characters nearly every pair comes within six of one another somewhere: 检协 stands for
/// 检察官协会 with two between, and more than three is chance.
const PAIR_SLACK: usize = 3;
/// Nobody abbreviates a name to more characters than this; a pasted sentence is none.
pub(super) const LONGEST: usize = 20;
/// Two initials stand everywhere.
const LEAST_INITIALS: usize = 3;
/// Two words may be abbreviated by their beginnings, if these say enough.
const LEAST_BEGINNING: usize = 3;

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

/// Small words that names are shortened without.
const SMALL: [&str; 36] = [
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "de",
    "des", "du", "et", "la", "le", "les", "en", "pour", "sur", "y", "el", "los", "las", "del",
    "para", "и", "в", "на", "по", "о", "с",
];

/// In bytes.
const LONGEST_SMALL: usize = 4;

/// A word of a text as it is: where it stands in bytes, and whether names are shortened without it.
struct Word {
    at: Range<usize>,
    small: bool,
}

/// The words of a text, and of hyphened words each part.
fn parts(text: &str) -> impl Iterator<Item = Word> + '_ {
    let cut = |c: char| match c.is_ascii() {
        true => !c.is_ascii_alphanumeric(),
        false => !has_spaces(c) && !matches!(c, '\u{300}'..='\u{36f}'),
    };
    text.split(cut).filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let small = word.len() <= LONGEST_SMALL
            && SMALL.iter().any(|small| small.eq_ignore_ascii_case(word));
        Word {
            at: start..start + word.len(),
            small,
        }
    })
}

fn initial(word: &str) -> char {
    fold(
        word.get(..word.chars().next().map_or(0, char::len_utf8))
            .unwrap_or(word),
    )
    .chars()
    .next()
    .unwrap_or(' ')
}

/// The first letters of the words of a text, without the small ones.
pub(super) fn initials(text: &str) -> Vec<char> {
    // No Latin, Cyrillic or Arabic word in most Chinese texts.
    parts(text)
        .filter(|word| !word.small)
        .map(|word| initial(&text[word.at]))
        .collect()
}

/// The ways in which a term may shorten words: by an initial each, or by the beginnings of two.
pub(super) fn beginnings(term: &[char]) -> Vec<Vec<String>> {
    let spaced = term.iter().all(|&c| c.is_alphabetic() && has_spaces(c));
    if !spaced || term.len() < LEAST_INITIALS || term.len() > LONGEST {
        return Vec::new();
    }
    let mut ways = vec![term.iter().map(char::to_string).collect()];
    for at in LEAST_BEGINNING..(term.len() + 1).saturating_sub(LEAST_BEGINNING) {
        let (first, second) = term.split_at(at);
        ways.push(vec![first.iter().collect(), second.iter().collect()]);
    }
    ways
}

/// Where words in a row begin so, in bytes: the words, and the beginnings in them.
pub(super) fn find_beginnings(text: &str, way: &[String]) -> Option<Loose> {
    let (mut places, mut marks) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(found) = next_beginning(text, from, way.first()?) {
        let row = row_from(text, found.start, way);
        from = row.as_ref().unwrap_or(&found).end;
        if let Some(place) = row {
            marks.extend(marked(text, place.clone(), way));
            places.push(place);
        }
    }
    (!places.is_empty()).then_some(Loose {
        far: 40,
        places,
        marks,
    })
}

/// The first word from `from` on, where no word goes on, that begins so; at least its first letter.
fn next_beginning(text: &str, from: usize, beginning: &str) -> Option<Range<usize>> {
    let letter = *beginning.as_bytes().first()?;
    let rest = &text[from..];
    if !text.is_ascii() || !letter.is_ascii() {
        let mut words = parts(rest).map(|word| word.at);
        let found = words.find(|word| begins_so(&rest[word.clone()], beginning))?;
        return Some(from + found.start..from + found.end);
    }
    // Nearly every English text: no need to go from word to word.
    let all = memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), rest.as_bytes());
    let begins = |&at: &usize| {
        let inside = at > 0 && text.as_bytes()[at - 1].is_ascii_alphanumeric();
        !inside && begins_so(&text[at..], beginning)
    };
    let found = all.map(|at| from + at).find(begins)?;
    Some(found..found + 1)
}

/// Where the words end that begin so, one behind the other.
fn row_from(text: &str, start: usize, way: &[String]) -> Option<Range<usize>> {
    let mut words = parts(&text[start..]).filter(|word| !word.small);
    let mut end = 0;
    let rest = &text[start..];
    for (at, beginning) in way.iter().enumerate() {
        let word = words.next()?.at;
        let between = &rest[end..word.start];
        if (at == 0 && word.start > 0)
            || between.contains(['.', ';', '!', '?'])
            || !begins_so(&rest[word.clone()], beginning)
        {
            return None;
        }
        end = word.end;
    }
    Some(start..start + end)
}

/// The beginnings of the words of a row.
fn marked(text: &str, row: Range<usize>, way: &[String]) -> impl Iterator<Item = Range<usize>> {
    let words = parts(&text[row.clone()]).filter(|word| !word.small);
    words.zip(way).map(move |(word, beginning)| {
        let start = row.start + word.at.start;
        let letters = text[start..].chars().take(beginning.chars().count());
        start..start + letters.map(char::len_utf8).sum::<usize>()
    })
}

/// True where a word begins so when it is folded.
fn begins_so(word: &str, beginning: &str) -> bool {
    match word.as_bytes().get(..beginning.len()) {
        // Nearly every word: no need to fold it.
        Some(head) if head.is_ascii() => head.eq_ignore_ascii_case(beginning.as_bytes()),
        _ => !word.is_ascii() && fold(word).starts_with(beginning),
    }
}

/// True for what ends a clause: nobody abbreviates across it.
pub(super) fn ends_clause(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | ';' | '!' | '?')
}
