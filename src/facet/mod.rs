//! What a report says of its recommendations, read from its own words: who is addressed, how binding
//! the verb is, what is cited, who is named, and what part a unit has.
//!
//! The words are those of the vocabularies in `data/facets/`, one a language. Nothing is said without
//! a trace: every value keeps the words in the text that gave it. Facets belong to a recommendation
//! with its sub-items; a unit that is part of none has its own.

mod cited;
mod entries;
mod gather;
mod lexicon;
mod reading;
mod token;
mod trie;
mod vocabulary;

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

use crate::report::{Report, UnitId};

pub use entries::entries;
pub use vocabulary::{Mistake, Vocabularies};

/// One of the sides from which units are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// Who is addressed: Member States, the Secretary-General.
    By,
    /// How binding the verb is: shall, should, encouraged, may.
    Verb,
    /// Instruments and documents cited: conventions, resolutions, symbols.
    Cites,
    /// Countries and bodies named.
    Names,
    /// The part a unit has: recommendation, account of the discussion, procedure.
    Role,
}

impl Facet {
    /// All, in the order in which they are listed.
    pub const ALL: [Self; 5] = [Self::By, Self::Verb, Self::Cites, Self::Names, Self::Role];

    /// Its word in queries: `by` in `by:会员国`.
    pub fn name(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Verb => "verb",
            Self::Cites => "cites",
            Self::Names => "names",
            Self::Role => "is",
        }
    }
}

/// What sort of thing a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Who may be addressed.
    Actor,
    /// A binding verb.
    Strength,
    /// A convention, protocol or other instrument.
    Instrument,
    /// A document, by its symbol.
    Document,
    /// A country.
    Country,
    /// A body or organization.
    Body,
    /// The part a unit has.
    Role,
}

impl Class {
    /// Its name in plain words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "addressed",
            Self::Strength => "verb",
            Self::Instrument => "instrument",
            Self::Document => "document",
            Self::Country => "country",
            Self::Body => "body",
            Self::Role => "role",
        }
    }
}

/// A value with all that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Of which facet.
    pub facet: Facet,
    /// What sort of thing it is.
    pub class: Class,
    /// What it is called, in the report's language: 会员国.
    pub name: String,
    /// What else it may be asked for by, the English name first if it is another.
    pub aliases: Vec<String>,
    /// The words that gave it, in reading order.
    pub traces: Vec<Trace>,
}

/// Words that gave a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The recommendation that has the value, or the unit itself where it is part of none.
    pub whole: UnitId,
    /// The unit whose text the words stand in: `whole` or one of its sub-items, for the part it has
    /// also the heading it stands under.
    pub unit: UnitId,
    /// The words, in bytes of the unit's text.
    pub range: Range<usize>,
}

/// The facets of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By facet, then as they come first in the report.
    values: Vec<Value>,
    /// What each recommendation or other unit has, as places among the values, as its words come.
    by_unit: HashMap<UnitId, Vec<u32>>,
}

impl Facets {
    /// Reads the facets of a report with the words that come with the program.
    ///
    /// ```
    /// use rapporteur::{facet::{Facet, Facets}, parse::parse};
    /// let (report, _) = parse("1. Member States should ratify the Budapest Convention.\n");
    /// let facets = Facets::of(&report);
    /// let by = facets.values(Facet::By).next().unwrap();
    /// assert_eq!(by.name, "Member States");
    /// let trace = &by.traces[0];
    /// assert_eq!(&report.unit(trace.unit).text[trace.range.clone()], "Member States");
    /// ```
    pub fn of(report: &Report) -> Self {
        Self::with(&Vocabularies::built_in(), report)
    }

    /// Reads them with these words.
    pub fn with(vocabularies: &Vocabularies, report: &Report) -> Self {
        let values = gather::gather(report, vocabularies.lexicon(report.language()));
        let mut by_unit: HashMap<UnitId, Vec<u32>> = HashMap::new();
        let mut traces: Vec<_> = (0..)
            .zip(&values)
            .flat_map(|(at, value)| value.traces.iter().map(move |trace| (at, trace)))
            .collect();
        traces.sort_by_key(|(_, trace)| (trace.unit, trace.range.start));
        for (at, trace) in traces {
            let has = by_unit.entry(trace.whole).or_default();
            if !has.contains(&at) {
                has.push(at);
            }
        }
        Self { values, by_unit }
    }

    /// The values of a facet, in the order in which they come first in the report.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(move |value| value.facet == facet)
    }

    /// The values of a facet that a recommendation has, or a unit that is part of none, in the order of
    /// its words.
    pub fn of_unit(&self, facet: Facet, whole: UnitId) -> impl Iterator<Item = &Value> {
        let has = self.by_unit.get(&whole).into_iter().flatten();
        has.map(|&at| &self.values[at as usize])
            .filter(move |value| value.facet == facet)
    }

    /// The values that somebody means who types this: those that are called so, or else those
    /// whose names begin so, or else those whose names have it; in any width and case.
    pub fn meant(&self, facet: Facet, typed: &str) -> Vec<&Value> {
        let typed = token::folded(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let ways: [fn(&str, &str) -> bool; 3] = [
            |name, typed| name == typed,
            |name, typed| name.starts_with(typed),
            |name, typed| name.contains(typed),
        ];
        let called = |value: &&Value, way: fn(&str, &str) -> bool| {
            let mut names = [&value.name].into_iter().chain(&value.aliases);
            names.any(|name| way(&token::folded(name), &typed))
        };
        let found = ways.into_iter().map(|way| {
            let values = self.values(facet).filter(|value| called(value, way));
            values.collect::<Vec<_>>()
        });
        found
            .into_iter()
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }
}
