//! From the explorer to a file: what is found as a table, or the whole report.

use std::path::PathBuf;
use std::sync::Arc;

use super::marking::{Asks, Field};
use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::offers::{Choice, What, offer};
use super::prompt::Prompt;
use crate::export::{self, Format, Shape, Table, Unwritten, file_name, selected};
use crate::facet::{Facets, Vocabularies};
use crate::parse::Note;
use crate::report::{Report, UnitId, WrittenNote};
use crate::shelf::Marks;
use crate::typeset::counted;

/// A file that is wished for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// What of the report.
    pub shape: Shape,
    /// In which format.
    pub format: Format,
    /// Where.
    pub path: PathBuf,
    /// True where a file of that name may be written over.
    pub force: bool,
    /// The units of a table.
    pub units: Vec<UnitId>,
    /// What they were found for.
    pub query: String,
}

/// What is exported from.
pub struct Stock {
    /// The report.
    pub report: Arc<Report>,
    /// What reading it left doubtful.
    pub notes: Vec<Note>,
    /// The marks on it.
    pub marks: Arc<Marks>,
    /// The words that facets are read by.
    pub words: Arc<Vocabularies>,
}

impl Wish {
    /// Writes the file; gives what there is to tell.
    ///
    /// # Errors
    /// When it cannot be made or written.
    pub fn fulfil(&self, stock: &Stock) -> Result<String, Unwritten> {
        let report = &stock.report;
        let (bytes, what) = match self.shape {
            Shape::Table => {
                let facets = Facets::with(&stock.words, report);
                let language = report.language();
                let table = Table::new(
                    report,
                    &self.units,
                    &self.query,
                    &facets,
                    &stock.marks,
                    language,
                );
                let bytes = export::table(&table, self.format, true)?;
                (bytes, counted(table.rows.len(), "row"))
            }
            Shape::Report => {
                let notes = stock.notes.iter().map(WrittenNote::from).collect();
                let bytes = export::report(report, notes, &stock.marks, self.format)?;
                (bytes, counted(report.len(), "unit"))
            }
        };
        export::write(&self.path, &bytes, self.force)?;
        // Where it is, whichever folder one is in.
        let path = std::path::absolute(&self.path).unwrap_or_else(|_| self.path.clone());
        Ok(format!("{what} written to {}", path.display()))
    }
}

impl Model {
    /// The units of a table now: what is found, else all recommendations.
    fn to_export(&self) -> Vec<UnitId> {
        let report = &self.report;
        match &self.found {
            Some(found) => selected(report, found.hits().iter().map(|hit| hit.unit)),
            None => report
                .ids()
                .filter(|&id| report.unit(id).recommendation)
                .collect(),
        }
    }

    /// Lists what can be exported, in which formats.
    pub(super) fn list_exports(&mut self) {
        let units = self.to_export().len();
        let what = match &self.found {
            Some(_) => counted(units, "unit"),
            None => counted(units, "recommendation"),
        };
        let row = |shape: Shape, format: Format| {
            let of = match shape {
                Shape::Table => format!("table of {what}"),
                Shape::Report => "the whole report".into(),
            };
            offer(
                What::Export(shape, format),
                format!("{of} · {format}"),
                String::new(),
            )
        };
        let tables = Shape::Table
            .formats()
            .filter(|format| units > 0 && format.is_built());
        let tables = tables.map(|format| row(Shape::Table, format));
        let reports = Shape::Report
            .formats()
            .map(|format| row(Shape::Report, format));
        self.mode = Mode::List(Choice::new("Export", tables.chain(reports).collect()));
    }

    /// Asks for the name of the file.
    pub(super) fn begin_export(&mut self, shape: Shape, format: Format) {
        let unit = self.at.unwrap_or(UnitId::from(0));
        let mut prompt = Prompt::default();
        prompt.insert(&file_name(&self.report, format));
        let asks = Asks::File(shape, format);
        self.mode = Mode::Field(Field { unit, asks, prompt });
    }

    /// Has the file written that was asked for.
    pub(super) fn export(&mut self, shape: Shape, format: Format, path: &str) -> Option<Effect> {
        if path.is_empty() {
            return None;
        }
        let units = match shape {
            Shape::Table => self.to_export(),
            Shape::Report => Vec::new(),
        };
        self.notice = format!("writing {path}");
        Some(Effect::Export(Wish {
            shape,
            format,
            path: PathBuf::from(path),
            force: false,
            units,
            query: self.query.text.clone(),
        }))
    }

    /// What came of it. Where there is a file of that name, who asked for it is asked.
    pub(super) fn take_exported(&mut self, wish: Wish, result: Result<String, Failure>) {
        match result {
            Ok(told) => self.notice = told,
            Err(Failure::Exists) => {
                let name = wish.path.display().to_string();
                let rows = vec![
                    offer(
                        What::Export(wish.shape, wish.format),
                        "another name".into(),
                        String::new(),
                    ),
                    offer(
                        What::WriteOver(Box::new(wish)),
                        "write over it".into(),
                        String::new(),
                    ),
                ];
                // What one has gone on to meanwhile is not taken away.
                if matches!(self.mode, Mode::Reading) {
                    self.mode = Mode::List(Choice::new(format!("{name} exists"), rows));
                } else {
                    self.notice = format!("{name} exists: not written");
                }
            }
            Err(Failure::Other(why)) => self.notice = format!("not written: {why}"),
        }
    }

    /// Writes over the file that is there.
    pub(super) fn write_over(&mut self, wish: Wish) -> Effect {
        self.notice = format!("writing {}", wish.path.display());
        Effect::Export(Wish {
            force: true,
            ..wish
        })
    }
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// There is one of that name.
    Exists,
    /// For this reason.
    Other(String),
}

impl From<Unwritten> for Failure {
    fn from(why: Unwritten) -> Self {
        match &why {
            Unwritten::Exists { .. } => Self::Exists,
            Unwritten::Failed { source, .. } => Self::Other(format!("{why}: {source}")),
            _ => Self::Other(why.to_string()),
        }
    }
}

/// The message that tells what came of a wish.
pub(super) fn told(wish: Wish, result: Result<String, Unwritten>) -> Message {
    Message::Exported(wish, result.map_err(Failure::from))
}
