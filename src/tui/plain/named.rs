//! Facets and the index in plain mode: what the report says of its recommendations and names, a line
//! each, with what to type to keep it or where it stands.

use super::Desk;
use super::say::{Voice, name};
use super::walk::{LINES, Line, Walk};
use crate::error::Error;
use crate::tui::facets::units_of;
use crate::tui::offers::What;
use crate::typeset::counted;

impl Walk {
    /// The values of facets under what is looked for now, each as a query asks for it.
    pub(super) fn facets(&mut self, voice: &mut Voice, desk: &mut Desk) -> Result<(), Error> {
        let rows = desk.facets(self.query.clone(), voice)?;
        if rows.is_empty() {
            return voice.say("Nothing was read from the words of this report to sort units by.");
        }
        voice.say(
            "Type one behind a slash to keep what has it, with ! before it to leave that out.",
        )?;
        let say = |row: &crate::tui::offers::Offer| {
            let asked = match &row.what {
                What::Facet(named) => named.asked.as_str(),
                _ => row.shown.as_str(),
            };
            let count = row.hint.parse().unwrap_or(0);
            Line::Said(format!("{asked}, {}", counted(count, "unit")))
        };
        self.list(rows.iter().map(say).collect(), LINES, voice)
    }

    /// What the report names, in the order of its language, with the units that name it.
    pub(super) fn index(&mut self, voice: &mut Voice, desk: &mut Desk) -> Result<(), Error> {
        let rows = desk.entries(voice)?;
        if rows.is_empty() {
            return voice.say("No instrument, document, country or body is named.");
        }
        let mut lines = Vec::new();
        for row in &rows {
            let What::Entry(named) = &row.what else {
                continue;
            };
            let units = units_of(&named.traces);
            let places: Vec<_> = units
                .iter()
                .take(PLACES)
                .map(|&unit| name(&self.report, unit))
                .collect();
            let more = match units.len().saturating_sub(PLACES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            lines.push(Line::Said(format!(
                "{}: {}{more}",
                named.name,
                places.join(", ")
            )));
        }
        self.list(lines, LINES, voice)
    }
}

/// So many units are told of what many name.
const PLACES: usize = 20;
