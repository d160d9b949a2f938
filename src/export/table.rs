//! The matrix: what was selected of a report, a row a unit, with who should do what by which instrument
//! and how it stands.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::facet::{Facet, Facets};
use crate::report::{Kind, Language, Report, UnitId};
use crate::shelf::{Mark, Marks};
use crate::typeset::is_right_to_left;

/// A table of units.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The symbol and title of the report.
    pub title: String,
    /// What was looked for, as typed; empty where nothing was.
    pub query: String,
    /// The language of the report.
    pub language: Language,
    /// True where the text runs from right to left.
    pub runs_left: bool,
    /// Its rows, in reading order.
    pub rows: Vec<Row>,
}

/// A unit in a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// `1(k)`.
    pub address: String,
    /// As people write it, with the symbol before it where there is one.
    pub citation: String,
    /// Its text with that of its sub-items, a line each.
    pub text: String,
    /// Who is addressed.
    pub who: Vec<String>,
    /// The binding verbs.
    pub verb: Vec<String>,
    /// Instruments and documents cited.
    pub cited: Vec<String>,
    /// The reader's status.
    pub status: Option<String>,
    /// The reader's tags.
    pub tags: Vec<String>,
    /// The reader's remark.
    pub remark: String,
}

impl Row {
    /// What the columns are called.
    pub const COLUMNS: [&'static str; 9] = [
        "address", "citation", "text", "who", "verb", "cited", "status", "tags", "remark",
    ];

    /// The cells, several values of one parted by a semicolon.
    pub fn cells(&self) -> [String; 9] {
        [
            self.address.clone(),
            self.citation.clone(),
            self.text.clone(),
            self.who.join("; "),
            self.verb.join("; "),
            self.cited.join("; "),
            self.status.clone().unwrap_or_default(),
            self.tags.join("; "),
            self.remark.clone(),
        ]
    }
}

/// The units that make a table, each once and in reading order: of a recommendation that was found
/// with what stands under it, it alone.
pub fn selected(report: &Report, found: impl IntoIterator<Item = UnitId>) -> Vec<UnitId> {
    let found: BTreeSet<UnitId> = found.into_iter().collect();
    let part_of_another = |unit: &UnitId| {
        let whole = report.recommendation_of(*unit);
        whole.is_some_and(|whole| whole != *unit && found.contains(&whole))
    };
    found
        .iter()
        .copied()
        .filter(|unit| !part_of_another(unit))
        .collect()
}

impl Table {
    /// A table of these units.
    pub fn new(
        report: &Report,
        units: &[UnitId],
        query: &str,
        facets: &Facets,
        marks: &Marks,
        language: Language,
    ) -> Self {
        let symbol = report.symbol().unwrap_or("");
        let row = |&unit: &UnitId| Row::new(report, unit, facets, marks.get(&unit), language);
        Self {
            title: format!("{symbol} {}", report.title()).trim().into(),
            query: query.trim().into(),
            language: report.language(),
            runs_left: is_right_to_left(report.title()),
            rows: units.iter().map(row).collect(),
        }
    }

    /// What it is of, in words: `17 units of … for by:会员国`.
    pub fn about(&self) -> String {
        let units = crate::typeset::counted(self.rows.len(), "unit");
        let query = match self.query.is_empty() {
            true => String::new(),
            false => format!(" for {}", self.query),
        };
        format!("{units}{query}")
    }
}

impl Row {
    fn new(
        report: &Report,
        unit: UnitId,
        facets: &Facets,
        mark: Option<&Mark>,
        language: Language,
    ) -> Self {
        let whole = report.recommendation_of(unit).unwrap_or(unit);
        let values = |facet| {
            let values = facets.of_unit(facet, whole);
            values.map(|value| value.name.clone()).collect()
        };
        // What stands under a heading are units of their own.
        let own = match report.unit(unit).kind.is_heading() {
            true => unit.index()..unit.index() + 1,
            false => report.subtree(unit),
        };
        let own = own.map(UnitId::from);
        let own = own.filter(|&id| id == unit || report.unit(id).kind != Kind::Footnote);
        let text = own.map(|id| match id == unit {
            true => report.unit(id).text.to_string(),
            false => report.unit(id).to_string(),
        });
        let citation = report.citation(unit, language);
        Self {
            address: report.address(unit).to_string(),
            citation,
            text: text.collect::<Vec<_>>().join("\n"),
            who: values(Facet::By),
            verb: values(Facet::Verb),
            cited: values(Facet::Cites),
            status: mark.and_then(|mark| mark.status.clone()),
            tags: mark
                .into_iter()
                .flat_map(|mark| mark.tags.iter().cloned())
                .collect(),
            remark: mark.map(|mark| mark.remark.clone()).unwrap_or_default(),
        }
    }
}
