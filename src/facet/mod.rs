//! What a report says of its recommendations, read from its own words: who is addressed, how binding
//! the verb is, what is cited, who is named, and what part a unit has.
//!
//! The words are those of the vocabularies in `data/facets/`, one a language. Nothing is said without
//! a trace: every value keeps the words in the text that gave it. Facets belong to a recommendation
//! with its sub-items; a unit that is part of none has its own.

mod entries;

use std::ops::Range;

use serde::Serialize;

use crate::report::{Report, UnitId};

pub use entries::entries;

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
    /// The unit whose text the words stand in: `whole` or one of its sub-items.
    pub unit: UnitId,
    /// The words, in bytes of the unit's text.
    pub range: Range<usize>,
}

/// The facets of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By facet, then as they come first in the report.
    values: Vec<Value>,
}

impl Facets {
    /// Reads the facets of a report.
    pub fn of(_report: &Report) -> Self {
        Self::default()
    }

    /// The values of a facet, in the order in which they come first in the report.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(move |value| value.facet == facet)
    }

    /// The values of a facet that a recommendation has, or a unit that is part of none.
    pub fn of_unit(&self, facet: Facet, whole: UnitId) -> impl Iterator<Item = &Value> {
        self.values(facet)
            .filter(move |value| value.traces.iter().any(|trace| trace.whole == whole))
    }

    /// The values that somebody means who types this: those that are called so, or else those
    /// whose names begin so, or else those whose names have it; in any width and case.
    pub fn meant(&self, facet: Facet, typed: &str) -> Vec<&Value> {
        let _ = (facet, typed);
        Vec::new()
    }
}
