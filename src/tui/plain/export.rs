//! Files in plain mode: what was found as a table, or the report, in the format that the file's name tells.

use std::path::PathBuf;
use std::sync::Arc;

use super::Desk;
use super::say::Voice;
use super::walk::Walk;
use crate::error::Error;
use crate::export::{Format, Shape, Unwritten, selected};
use crate::report::UnitId;
use crate::tui::exporting::{Stock, Wish};

impl Walk {
    /// Writes a file: a table of what is found while something is, or where the format has no reports;
    /// else the report.
    pub(super) fn export(
        &mut self,
        name: &str,
        force: bool,
        voice: &mut Voice,
        desk: &Desk,
    ) -> Result<(), Error> {
        let path = PathBuf::from(name);
        let Some(format) = Format::of(&path).filter(|format| format.is_built()) else {
            return voice.say("Export to which file? As in: export matrix.csv, also xlsx, md, html, json, docx and xml");
        };
        let report = &self.report;
        let found = self.found.as_ref().filter(|found| !found.is_empty());
        let table = Shape::Table.has(format) && (found.is_some() || !Shape::Report.has(format));
        let units: Vec<UnitId> = match found {
            Some(found) => selected(report, found.hits().iter().map(|hit| hit.unit)),
            None => report
                .ids()
                .filter(|&id| report.unit(id).recommendation)
                .collect(),
        };
        let wish = Wish {
            shape: if table { Shape::Table } else { Shape::Report },
            format,
            path,
            force,
            units,
            query: self.query.text.clone(),
        };
        let stock = Stock {
            report: Arc::clone(report),
            notes: self.notes.clone(),
            marks: Arc::clone(&self.sheet.marks),
            words: Arc::clone(&desk.facet_words),
        };
        match wish.fulfil(&stock) {
            Ok(told) => voice.say(&format!("{told}.")),
            Err(Unwritten::Exists { .. }) => voice.say(&format!(
                "{name} exists. Type export! {name} to write over it."
            )),
            Err(Unwritten::Failed { source, .. }) => {
                voice.say(&format!("Cannot write {name}: {source}."))
            }
            Err(why) => voice.say(&format!("Not written: {why}.")),
        }
    }
}
