//! A selection of a report as a table, or the whole report, in the formats that people send round and
//! that programs take in.
//!
//! `table` makes the matrix: a row a recommendation, who should do what and how it stands. Each format
//! has a file; `inline` tells what of a text can be followed, `file` puts a result on the disk whole
//! or not at all. Knows the report, facets and marks; no terminal.

mod akn;
mod csv;
#[cfg(feature = "docx")]
mod docx;
mod file;
mod html;
mod inline;
mod json;
mod markdown;
mod table;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::fmt;
use std::path::Path;

use crate::report::{Report, WrittenNote};
use crate::shelf::Marks;

pub use file::{Unwritten, write};
pub use table::{Row, Table, selected};

/// A format to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180), UTF-8.
    Csv,
    /// A workbook of Excel and LibreOffice.
    Xlsx,
    /// Markdown; a table as GitHub has it.
    Markdown,
    /// One page of HTML that needs nothing else.
    Html,
    /// JSON.
    Json,
    /// A document of Word and LibreOffice.
    Docx,
    /// Akoma Ntoso 3.0, an XML for documents of parliaments and organizations.
    Akn,
}

impl Format {
    /// All, a table's first.
    pub const ALL: [Self; 7] = [
        Self::Csv,
        Self::Xlsx,
        Self::Markdown,
        Self::Html,
        Self::Json,
        Self::Docx,
        Self::Akn,
    ];

    /// Its name on the command line, which is the usual ending of such files but for Akoma Ntoso.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Docx => "docx",
            Self::Akn => "akn",
        }
    }

    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Akn => "xml",
            other => other.name(),
        }
    }

    /// The format of a file by the ending of its name.
    ///
    /// ```
    /// use rapporteur::export::Format;
    /// assert_eq!(Format::of("matrix.XLSX".as_ref()), Some(Format::Xlsx));
    /// assert_eq!(Format::of("matrix".as_ref()), None);
    /// ```
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "json" => Self::Json,
            "docx" => Self::Docx,
            "akn" | "xml" => Self::Akn,
            _ => return None,
        })
    }

    /// True for a format that is no text, which no terminal is sent.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Docx)
    }

    /// True where this build writes it.
    pub fn is_built(self) -> bool {
        let xlsx = cfg!(feature = "xlsx") || self != Self::Xlsx;
        let docx = cfg!(feature = "docx") || self != Self::Docx;
        xlsx && docx
    }
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A row a unit.
    Table,
    /// The whole report.
    Report,
}

impl Shape {
    /// The formats that it has.
    pub fn formats(self) -> impl Iterator<Item = Format> {
        Format::ALL
            .into_iter()
            .filter(move |format| self.has(*format))
    }

    /// True where it can be had in this format.
    pub fn has(self, format: Format) -> bool {
        match self {
            Self::Table => format != Format::Akn,
            Self::Report => matches!(
                format,
                Format::Markdown | Format::Html | Format::Json | Format::Akn
            ),
        }
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Report => "report",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A table in a format; `file` where it goes into a file of its own, for which CSV tells its encoding.
///
/// # Errors
/// When the format has no tables, or this build leaves it out.
pub fn table(table: &Table, format: Format, file: bool) -> Result<Vec<u8>, Unwritten> {
    Ok(match format {
        Format::Csv => csv::table(table, file),
        Format::Markdown => markdown::table(table).into_bytes(),
        Format::Html => html::table(table).into_bytes(),
        Format::Json => json::table(table),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => xlsx::table(table)?,
        #[cfg(feature = "docx")]
        Format::Docx => docx::table(table)?,
        #[cfg(not(feature = "xlsx"))]
        Format::Xlsx => return Err(Unwritten::LeftOut(format)),
        #[cfg(not(feature = "docx"))]
        Format::Docx => return Err(Unwritten::LeftOut(format)),
        Format::Akn => return Err(Unwritten::Shape(Shape::Table, format)),
    })
}

/// A report in a format, with what reading it left doubtful and with its marks where the format has room
/// for these.
///
/// # Errors
/// When the format has no whole reports.
pub fn report(
    report: &Report,
    notes: Vec<WrittenNote>,
    marks: &Marks,
    format: Format,
) -> Result<Vec<u8>, Unwritten> {
    Ok(match format {
        Format::Markdown => markdown::report(report, notes).into_bytes(),
        Format::Html => html::report(report, marks).into_bytes(),
        Format::Json => json::report(report, notes, marks),
        Format::Akn => akn::report(report).into_bytes(),
        _ => return Err(Unwritten::Shape(Shape::Report, format)),
    })
}

/// A file name for an export: the symbol or title with what a file system takes, and the ending.
///
/// ```
/// use rapporteur::{export::{Format, file_name}, parse::parse};
/// let (report, _) = parse("一. 初步建议：汇总\n\n1. 各国应合作。\n");
/// assert_eq!(file_name(&report, Format::Csv), "初步建议-汇总.csv");
/// ```
pub fn file_name(report: &Report, format: Format) -> String {
    // In characters; Chinese ones take three bytes, and names may have 255.
    const LONGEST: usize = 50;
    let called = report.symbol().unwrap_or(report.title());
    let words = called.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(LONGEST).collect();
    let name = name.trim_end_matches('-');
    let name = if name.is_empty() { "report" } else { name };
    format!("{name}.{}", format.ending())
}
