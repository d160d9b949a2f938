//! A query made ready for being tried against many units, tier by tier.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::fold::{self, Folded, fold};
use super::{Hit, How, loose, merged};
use crate::report::{Unit, UnitId, bare_label};

/// The scores of the tiers; between them there is room for telling hits apart.
pub(super) const ADDRESS: i64 = 5000;
const EXACT: i64 = 4000;
const WORDS: i64 = 3000;
const ABBREVIATION: i64 = 1000;
/// What a tier leaves for telling its hits apart.
const WITHIN: i64 = 999;

/// A query made ready for being tried against many units.
pub(super) struct Terms {
    /// The whole query, folded, as one phrase.
    phrase: String,
    /// Its words, folded.
    words: Vec<String>,
    /// The query as a label, if it is written as labels are.
    label: Option<String>,
}

impl Terms {
    pub(super) fn new(query: &str) -> Self {
        let words: Vec<_> = query
            .split_whitespace()
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect();
        let bare = label_form(query);
        // A lone letter or word is text; brackets, points, digits or Chinese numerals make a label.
        let number = bare.bytes().all(|b| b.is_ascii_digit());
        let written_as_label =
            number || bare.len() < query.trim().len() || !bare.chars().all(char::is_alphanumeric);
        Self {
            phrase: fold(query),
            words,
            label: Some(bare).filter(|bare| written_as_label && !bare.is_empty()),
        }
    }

    /// True where nothing of the query is left to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.phrase.is_empty()
    }

    /// True for `(a)` and `㈢`, which are hardly text; a bare number may be.
    pub(super) fn is_only_label(&self) -> bool {
        self.label
            .as_ref()
            .is_some_and(|label| !label.bytes().all(|b| b.is_ascii_digit()))
    }

    /// True where the query is the unit's label. A lone letter is one of a heading only: B is
    /// section B, but k is a letter.
    fn bears(&self, unit: &Unit) -> bool {
        let letter = self.phrase.len() == 1 && unit.kind.is_heading() && unit.number.is_some();
        let label = self.label.as_ref().or(letter.then_some(&self.phrase));
        label.is_some_and(|label| *label == label_form(&unit.label))
    }

    /// The hit that `unit`, whose folded text this is, makes, if any.
    pub(super) fn find(&self, id: UnitId, unit: &Unit, folded: &str) -> Option<Hit> {
        if self.bears(unit) {
            return Some(Hit::by_name(id, ADDRESS));
        }
        if fold::holds(folded, &self.phrase) {
            let text = Folded::new(&unit.text);
            let phrase = text.all(&self.phrase);
            // A heading is what it says; in a text the phrase is one thing among others.
            let heading = if unit.kind.is_heading() { 500 } else { 0 };
            let whole = if text.as_str() == self.phrase { 300 } else { 0 };
            let times = 10 * (phrase.len() as i64).min(9);
            let word = i64::from(phrase.iter().any(|at| text.begins_word(at.start)));
            // Its words are marked where they stand apart, too.
            let apart = self.words.iter().flat_map(|word| text.all(word));
            let matches = merged(phrase.into_iter().chain(apart));
            let score = EXACT + heading + whole + times + word;
            return Some(Hit {
                unit: id,
                how: How::Exact,
                score,
                places: matches.clone(),
                matches,
            });
        }
        if self.words.len() > 1 && self.words.iter().all(|word| fold::holds(folded, word)) {
            let text = Folded::new(&unit.text);
            let found: Vec<Vec<_>> = self.words.iter().map(|word| text.all(word)).collect();
            let score = WORDS + WITHIN - spread(&found).min(WITHIN as usize) as i64;
            let matches = merged(found.into_iter().flatten());
            return Some(Hit {
                unit: id,
                how: How::Words,
                score,
                places: matches.clone(),
                matches,
            });
        }
        self.find_loosely(id, unit, folded)
    }

    /// Every word stands in the text as it is or, some of them, with gaps.
    fn find_loosely(&self, id: UnitId, unit: &Unit, folded: &str) -> Option<Hit> {
        if !self.words.iter().all(|word| loose::may_match(folded, word)) {
            return None;
        }
        let text = Folded::new(&unit.text);
        let (mut matches, mut places, mut score) = (Vec::new(), Vec::new(), 0);
        for word in &self.words {
            let exact = text.all(word);
            if exact.is_empty() {
                let found = loose::find(&unit.text, word)?;
                score += found.score;
                matches.extend(found.matches);
                places.extend(found.places);
            } else {
                matches.extend(exact.iter().cloned());
                places.extend(exact);
            }
        }
        let score = ABBREVIATION + score.clamp(-WITHIN, WITHIN);
        Some(Hit {
            unit: id,
            how: How::Abbreviation,
            score,
            matches: merged(matches),
            places: merged(places),
        })
    }
}

/// A label without its full stop and in one width: `（三）` and `㈢` are `(三)`.
fn label_form(label: &str) -> String {
    let folded: String = label
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace())
        .collect();
    bare_label(&folded).into()
}

/// How many bytes of text the nearest finds of the words take in together, roughly: the least, for
/// any find of the first word, of the distance to the nearest find of the word furthest from it.
fn spread(found: &[Vec<Range<usize>>]) -> usize {
    let Some((first, others)) = found.split_first() else {
        return 0;
    };
    let nearest = |other: &Vec<Range<usize>>, at: usize| {
        let next = other.partition_point(|range| range.start < at);
        let around = [next.checked_sub(1), Some(next)]
            .into_iter()
            .flatten()
            .filter_map(|place| other.get(place));
        around
            .map(|range| range.start.abs_diff(at))
            .min()
            .unwrap_or(0)
    };
    let reach = |at: &Range<usize>| {
        others
            .iter()
            .map(|other| nearest(other, at.start))
            .max()
            .unwrap_or(0)
    };
    first.iter().map(reach).min().unwrap_or(0)
}
