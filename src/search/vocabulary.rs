//! The words of a report in the scripts that put spaces between them: their inflected forms, and
//! what differs from them by a slip.

use std::collections::{BTreeSet, HashMap};

use rust_stemmers::{Algorithm, Stemmer};
use whatlang::Lang;

use super::How;
use super::alphabet::Alphabet;
use super::fold::has_spaces;
use super::near::differ_by_one;
use super::pattern::{Form, Pattern, Step};

/// Shorter words are too much like one another.
const LEAST: usize = 4;

#[derive(Default)]
pub(super) struct Vocabulary {
    words: Vec<Box<str>>,
    stemmer: Option<Stemmer>,
    /// The words of each stem, by their numbers.
    stems: HashMap<Box<str>, Vec<u32>>,
}

/// The words of a folded text.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| c == ' ' || !has_spaces(c))
        .filter(|word| !word.is_empty())
}

impl Vocabulary {
    /// Of all these words; `sample` is text of the report as it is, to tell its language by.
    pub(super) fn new(words: BTreeSet<Box<str>>, sample: &str) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        if words.is_empty() {
            return Self::default();
        }
        let algorithm = whatlang::detect_lang(sample).and_then(algorithm);
        let stemmer = algorithm.map(Stemmer::create);
        let mut stems: HashMap<Box<str>, Vec<u32>> = HashMap::new();
        if let Some(stemmer) = &stemmer {
            for (number, word) in words.iter().enumerate() {
                let stem = stemmer.stem(word);
                stems
                    .entry(stem.as_ref().into())
                    .or_default()
                    .push(number as u32);
            }
        }
        Self {
            words,
            stemmer,
            stems,
        }
    }

    /// Adds the words that are forms of `word`.
    pub(super) fn add_inflected(&self, pattern: &mut Pattern, word: &str, alphabet: &Alphabet) {
        let Some(stemmer) = &self.stemmer else { return };
        let same = self.stems.get(stemmer.stem(word).as_ref());
        for &number in same.into_iter().flatten() {
            add(pattern, &self.words[number as usize], How::Words, alphabet);
        }
    }

    /// Adds the words that differ from `word` by one letter.
    pub(super) fn add_slips(&self, pattern: &mut Pattern, word: &str, alphabet: &Alphabet) {
        let letters: Vec<char> = word.chars().collect();
        // 2018 is no slip for 2017.
        if letters.len() < LEAST || !letters.iter().all(|&c| c.is_alphabetic() && has_spaces(c)) {
            return;
        }
        let mut other = Vec::new();
        for known in &self.words {
            // A letter takes one byte to four.
            if known.len().abs_diff(word.len()) > 4 {
                continue;
            }
            other.clear();
            other.extend(known.chars());
            if other.len() >= LEAST && differ_by_one(&letters, &other) {
                add(pattern, known, How::Slip, alphabet);
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        let words: usize = self.words.iter().map(|word| word.len() + 16).sum();
        words
            + self
                .stems
                .iter()
                .map(|(stem, all)| stem.len() + 48 + 4 * all.capacity())
                .sum::<usize>()
    }
}

fn add(pattern: &mut Pattern, word: &str, how: How, alphabet: &Alphabet) {
    let steps: Option<Vec<_>> = word
        .chars()
        .map(|c| alphabet.symbol(c).map(Step::Char))
        .collect();
    if let Some(steps) = steps {
        pattern.add(
            &steps,
            Form {
                word: true,
                ..Form::of(how, 0)
            },
            alphabet,
        );
    }
}

fn algorithm(language: Lang) -> Option<Algorithm> {
    Some(match language {
        Lang::Ara => Algorithm::Arabic,
        Lang::Dan => Algorithm::Danish,
        Lang::Deu => Algorithm::German,
        Lang::Ell => Algorithm::Greek,
        Lang::Eng => Algorithm::English,
        Lang::Fin => Algorithm::Finnish,
        Lang::Fra => Algorithm::French,
        Lang::Hun => Algorithm::Hungarian,
        Lang::Ita => Algorithm::Italian,
        Lang::Nld => Algorithm::Dutch,
        Lang::Nob => Algorithm::Norwegian,
        Lang::Por => Algorithm::Portuguese,
        Lang::Ron => Algorithm::Romanian,
        Lang::Rus => Algorithm::Russian,
        Lang::Spa => Algorithm::Spanish,
        Lang::Swe => Algorithm::Swedish,
        Lang::Tam => Algorithm::Tamil,
        Lang::Tur => Algorithm::Turkish,
        _ => return None,
    })
}
