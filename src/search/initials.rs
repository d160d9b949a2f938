//! Abbreviations in scripts that have spaces between words: by the words' first letters, `ctc` for
//! Counter-Terrorism Committee, or by the beginnings of two, `comcou` for Committee of the Council.

use std::ops::Range;

use memchr::memmem::Finder;

use super::alphabet::{Alphabet, encode};
use super::block::Need;
use super::fold::{fold, has_spaces};
use super::loose::{LONGEST, Loose};
use super::pattern::Step;

/// Two initials stand everywhere.
const LEAST_INITIALS: usize = 3;
/// Two words may be abbreviated by their beginnings, if these say enough.
const LEAST_BEGINNING: usize = 3;

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

/// A way in which a term may shorten words: by an initial each, or by the beginnings of two.
pub(super) struct Way {
    beginnings: Vec<String>,
    /// What a text must have for it to be one.
    pub needs: Vec<Need>,
    /// Finds each beginning that is longer than a letter in a coded text.
    pieces: Vec<Finder<'static>>,
}

impl Way {
    /// All ways of a term that the report has the letters for.
    pub(super) fn all(term: &[char], alphabet: &Alphabet) -> Vec<Self> {
        let spaced = term.iter().all(|&c| c.is_alphabetic() && has_spaces(c));
        if !spaced || term.len() < LEAST_INITIALS || term.len() > LONGEST {
            return Vec::new();
        }
        let mut ways = vec![term.iter().map(char::to_string).collect()];
        for at in LEAST_BEGINNING..(term.len() + 1).saturating_sub(LEAST_BEGINNING) {
            let (first, second) = term.split_at(at);
            ways.push(vec![first.iter().collect(), second.iter().collect()]);
        }
        let ways = ways.into_iter();
        ways.filter_map(|way| Self::new(way, alphabet)).collect()
    }

    fn new(beginnings: Vec<String>, alphabet: &Alphabet) -> Option<Self> {
        let letters = beginnings.iter().filter_map(|word| word.chars().next());
        let mut needs = Need::of_initials(&letters.collect::<Vec<_>>());
        let mut pieces = Vec::new();
        for beginning in &beginnings {
            let symbols: Option<Vec<_>> = beginning.chars().map(|c| alphabet.symbol(c)).collect();
            let symbols = symbols?;
            let path: Vec<_> = symbols.iter().map(|&symbol| Step::Char(symbol)).collect();
            needs.extend(Need::of_path(&path, alphabet));
            let mut code = Vec::new();
            symbols.iter().for_each(|&symbol| encode(symbol, &mut code));
            if symbols.len() > 1 {
                pieces.push(Finder::new(&code).into_owned());
            }
        }
        Some(Self {
            beginnings,
            needs,
            pieces,
        })
    }

    /// Where words in a row begin so, in bytes of a text, which is `coded` so: the words, and the
    /// beginnings in them.
    pub(super) fn find(&self, text: &str, coded: &[u8]) -> Option<Loose> {
        // To look for them in one piece is much faster than to go from word to word.
        let mut pieces = self.pieces.iter();
        if pieces.any(|piece| piece.find(coded).is_none()) {
            return None;
        }
        let way = self.beginnings.as_slice();
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
