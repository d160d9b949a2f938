//! Query and report to ranked hits: one search for the explorer and for `find`.
//!
//! A unit is tried against a query tier by tier, strictest first: its address or label, the query
//! as one phrase, all its words in any order, pinyin, homophones, one slip, and at last words whose
//! characters stand close together in order, as people abbreviate the names of bodies.
//!
//! `grammar` takes a query apart, `plan` and `scope` make it ready, `index` keeps the report ready, `run` tries
//! one against the other, `words` and `judge` say of one unit how it matches and what to mark. `fold`
//! makes case, width and punctuation alike before anything is compared.

mod alphabet;
mod block;
mod fold;
mod grammar;
mod index;
mod initials;
mod judge;
mod loose;
mod near;
mod passes;
mod pattern;
mod plan;
mod run;
mod scope;
mod sounds;
mod vocabulary;
mod words;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::report::{Report, UnitId, bare_label};
use crate::shelf::Marks;
use plan::Plan;

pub use index::Index;

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// As typed, with operators: `'exact`, `^start`, `end$`, `!not`, `a | b`, `"a phrase"`, and
    /// filters: `in:II`, `page:2`, `is:recommendation`, `by:`, `verb:`, `cites:`, `names:`, `mark:`,
    /// `tag:`, `remark:`.
    pub text: String,
    /// True to keep recommendations, with what stands under them, and nothing else.
    pub recommendations: bool,
    /// True to look for weaker forms however much is found; else they are left out where 20 units
    /// or more have the phrase or all the words.
    pub all: bool,
    /// The reader's marks, for `mark:done`, `tag:urgent` and `remark:word`.
    pub marks: Arc<Marks>,
}

impl Query {
    /// True where there is nothing to look for, so that nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && !self.recommendations
    }

    /// True where its text asks for nothing yet: nothing is typed, or an operator without what it is
    /// for, as in `is:` and `!`.
    pub fn is_begun(&self) -> bool {
        grammar::Parsed::new(&self.text).is_empty()
    }

    /// True where what it finds depends on the marks.
    pub fn is_of_marks(&self) -> bool {
        grammar::Parsed::new(&self.text).is_of_marks()
    }

    /// What to try where it finds nothing.
    pub fn advice(&self) -> Vec<&'static str> {
        let text = self.text.trim();
        let plain = grammar::Parsed::new(text).plain;
        let mut advice = Vec::new();
        if plain.as_deref() != Some(text) {
            advice.push("the words without operators");
        }
        if text.chars().nth(1).is_some() {
            advice.push("fewer characters");
        }
        if text.contains(char::is_whitespace) {
            advice.push("one word of it");
        }
        advice
    }
}

/// How a unit matched, strictest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// By its address or its label; or, where no words are looked for, by what it is.
    Address,
    /// The query stands in it as one phrase.
    Exact,
    /// Every word of the query stands in it, or another form of the word.
    Words,
    /// It reads so in pinyin.
    Pinyin,
    /// It sounds so.
    Homophone,
    /// It stands in it but for one character.
    Slip,
    /// The characters of a word stand in it in order, close together.
    Abbreviation,
}

impl How {
    /// Its name in plain words, as JSON has it too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Exact => "exact",
            Self::Words => "words",
            Self::Pinyin => "pinyin",
            Self::Homophone => "homophone",
            Self::Slip => "slip",
            Self::Abbreviation => "abbreviation",
        }
    }

    /// True for what is not there as it was typed.
    pub fn is_weak(self) -> bool {
        self > Self::Words
    }

    /// The lowest score of the tier.
    fn base(self) -> i32 {
        7000 - 1000 * self as i32
    }
}

/// A unit that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which one.
    pub unit: UnitId,
    /// How it matched.
    pub how: How,
    /// How well; higher is better, and depends on the report, the unit and the query alone: from
    /// 7000 for an address, 6000 for a phrase, 5000 for words and so on down to 1000 for an
    /// abbreviation, and within a tier a hundred for each step of rarity, less two for each step
    /// of distance, one more for a heading.
    pub score: i32,
    /// How many places were found in it; 1 where its name was.
    pub places: u32,
}

impl Hit {
    fn new(unit: UnitId, how: How, rank: Rank, places: usize) -> Self {
        let within =
            100 * i32::from(rank.rarity) + 2 * i32::from(FARTHEST - rank.far.min(FARTHEST));
        Self {
            unit,
            how,
            score: how.base() + within + i32::from(rank.heading),
            places: u32::try_from(places.max(1)).unwrap_or(u32::MAX),
        }
    }

    fn by_name(unit: UnitId, rank: Rank) -> Self {
        Self::new(unit, How::Address, rank, 1)
    }
}

/// What tells the hits of a tier apart.
#[derive(Debug, Clone, Copy, Default)]
struct Rank {
    /// How rare what matched is, 0 to 9.
    rarity: u8,
    /// How far its parts are from one another, or from what was typed: 0 to [`FARTHEST`].
    far: u8,
    heading: bool,
}

const FARTHEST: u8 = 48;

/// What to mark in the text of a unit that was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matched {
    /// What matched, in bytes, in order, apart from one another; empty when the address or the label
    /// did. Where only filters are given, the words that gave the facets asked for.
    pub matches: Vec<Range<usize>>,
    /// The places found, in bytes, in order: mostly a match each, but an abbreviation's marks lie
    /// scattered over one place. Never empty: a unit found by its name is one empty place.
    pub places: Vec<Range<usize>>,
}

/// What a search found.
#[derive(Clone, Default)]
pub struct Found {
    /// Best first, and in reading order among equals.
    pub hits: Vec<Hit>,
    /// False where there may be more, and weaker ones.
    pub complete: bool,
    /// True where weaker forms were not looked for, because so much was found.
    pub left_out: bool,
    ready: Option<(Index, Arc<Plan>)>,
}

impl Found {
    /// What to mark of a hit in its unit, of the report that was searched.
    pub fn matched(&self, report: &Report, hit: &Hit) -> Matched {
        let ready = self.ready.as_ref();
        let matched = ready.and_then(|(index, plan)| match hit.how {
            How::Address => plan.traced(hit.unit),
            _ => index.matched(report, plan, hit),
        });
        matched.unwrap_or_else(|| Matched {
            matches: Vec::new(),
            places: std::iter::once(0..0).collect(),
        })
    }
}

/// These hits and no more, best first.
impl From<Vec<Hit>> for Found {
    fn from(hits: Vec<Hit>) -> Self {
        Self {
            hits,
            complete: true,
            ..Self::default()
        }
    }
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("hits", &self.hits)
            .field("complete", &self.complete)
            .field("left_out", &self.left_out)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        (&self.hits, self.complete, self.left_out) == (&other.hits, other.complete, other.left_out)
    }
}

/// The ranges in order, those that overlap made one.
fn merged(ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ranges.into_iter().collect();
    merge(&mut ranges);
    ranges
}

/// Puts ranges in order, those that overlap made one.
fn merge(ranges: &mut Vec<Range<usize>>) {
    join(ranges, |next, last| next.start < last.end);
}

/// The ranges in order, those that touch made one.
fn touching(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    join(&mut ranges, |next, last| next.start <= last.end);
    ranges
}

/// Puts ranges in order, those made one that `belong` together.
fn join(ranges: &mut Vec<Range<usize>>, belong: impl Fn(&Range<usize>, &Range<usize>) -> bool) {
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, last| {
        let joined = belong(next, last);
        if joined {
            last.end = last.end.max(next.end);
        }
        joined
    });
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

#[cfg(test)]
mod tests;
