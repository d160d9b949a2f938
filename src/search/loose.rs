//! Loose matches: the characters of a word in order, close together, as people abbreviate.
//!
//! `反恐委` stands for 反恐怖主义委员会. A window a few characters wider than the word, inside one
//! sentence, keeps out the noise that a plain subsequence search finds in every long paragraph;
//! `fuzzy-matcher` then says how good the best window is and which of its characters to mark.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold::{Folded, has_spaces};

/// How many characters more than the word the window may have. Of 22 abbreviations in use 20 fit.
const SLACK: usize = 6;
/// Of two characters nearly every pair comes within six of one another somewhere: 检协 stands for
/// 检察官协会 with two between, and more than three is chance.
const PAIR_SLACK: usize = 3;
/// The same inside one word of a script with spaces, where letters are cheap.
const LETTER_SLACK: usize = 3;
/// Nobody abbreviates a name to more characters than this; a pasted sentence is none.
const LONGEST: usize = 20;
/// With fewer letters than this, nearly every word would match.
const LEAST_LETTERS: usize = 4;

/// The best loose matches of a word in a text.
pub(super) struct Loose {
    pub score: i64,
    /// The characters, in bytes.
    pub matches: Vec<Range<usize>>,
    /// The windows they stand in, in bytes.
    pub places: Vec<Range<usize>>,
}

/// False where `word` surely has no loose match in the folded text.
pub(super) fn may_match(folded: &str, word: &str) -> bool {
    let mut rest = folded.chars();
    word.chars().all(|wanted| rest.any(|c| c == wanted))
}

/// The best loose match of the folded `word` in `text`, with all that are as good, if any window
/// is narrow enough.
pub(super) fn find(text: &str, word: &str) -> Option<Loose> {
    let wanted: Vec<char> = word.chars().collect();
    let letters = wanted.iter().filter(|c| has_spaces(**c)).count();
    let digits = wanted.iter().filter(|c| c.is_numeric()).count();
    let spaced = letters * 2 > wanted.len();
    if wanted.len() < 2
        || wanted.len() > LONGEST
        || digits * 2 > wanted.len()
        || (spaced && wanted.len() < LEAST_LETTERS)
    {
        return None;
    }
    let slack = match wanted.len() {
        _ if spaced => LETTER_SLACK,
        2 => PAIR_SLACK,
        _ => SLACK,
    };
    let width = wanted.len() + slack;
    let matcher = SkimMatcherV2::default().ignore_case();
    let mut best: Option<Loose> = None;
    for sentence in sentences(text) {
        let folded = Folded::new(&text[sentence.clone()]);
        let chars: Vec<(usize, char)> = folded.as_str().char_indices().collect();
        for start in 0..chars.len() {
            let word_start =
                start == 0 || chars[start - 1].1 == ' ' || !has_spaces(chars[start - 1].1);
            if chars[start].1 != wanted[0] || (spaced && !word_start) {
                continue;
            }
            let Some(length) = window(&chars[start..], &wanted, width, spaced) else {
                continue;
            };
            let from = chars[start].0;
            let to = chars
                .get(start + length)
                .map_or(folded.as_str().len(), |(at, _)| *at);
            let found = score(&matcher, &folded, from..to, word, sentence.start);
            match (found, &mut best) {
                (Some(found), Some(best)) if found.score == best.score => {
                    let last = best.places.last().map_or(0, |at| at.end);
                    if found.places[0].start >= last {
                        best.matches.extend(found.matches);
                        best.places.extend(found.places);
                    }
                }
                (Some(found), Some(best)) if found.score < best.score => {}
                (Some(found), best) => *best = Some(found),
                (None, _) => {}
            }
        }
    }
    best
}

/// How many characters from the first one on hold the word in order, if at most `width`.
fn window(chars: &[(usize, char)], wanted: &[char], width: usize, one_word: bool) -> Option<usize> {
    let mut next = 0;
    for (at, &(_, c)) in chars.iter().take(width).enumerate() {
        if one_word && c == ' ' {
            return None;
        }
        if c == wanted[next] {
            next += 1;
        }
        if next == wanted.len() {
            return Some(at + 1);
        }
    }
    None
}

fn score(
    matcher: &SkimMatcherV2,
    folded: &Folded,
    at: Range<usize>,
    word: &str,
    offset: usize,
) -> Option<Loose> {
    let window = &folded.as_str()[at.clone()];
    // `fuzzy_match` gives other, worse scores than `fuzzy_indices` (fuzzy-matcher 0.3.7).
    let (score, places) = matcher.fuzzy_indices(window, word)?;
    let chars: Vec<(usize, char)> = window.char_indices().collect();
    let source = |place: usize| {
        let (byte, c) = *chars.get(place)?;
        let range = folded.source(at.start + byte..at.start + byte + c.len_utf8());
        Some(range.start + offset..range.end + offset)
    };
    let matches = super::merged(places.into_iter().filter_map(source));
    let place = matches.first()?.start..matches.last()?.end;
    Some(Loose {
        score,
        matches,
        places: vec![place],
    })
}

/// The sentences and clauses of a text, in bytes: nobody abbreviates across a 。 or a ；.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut ends: Vec<usize> = text
        .match_indices(['。', '；', '！', '？', ';', '!', '?'])
        .map(|(at, _)| at)
        .collect();
    ends.extend(text.match_indices(". ").map(|(at, _)| at));
    ends.sort_unstable();
    ends.push(text.len());
    ends.into_iter()
        .map(move |end| std::mem::replace(&mut start, end)..end)
}
