//! Everything that can go wrong, in words for the reader: what was tried, on what, why, and the
//! way out. Odd text inside a report is not here: it is never an error.

use std::io;

use thiserror::Error;

use crate::export::{self, Unwritten};
use crate::read::Format;
use crate::shelf::Trouble;

/// Why the program could not look.
#[derive(Debug, Error)]
pub enum Error {
    /// The file or stream could not be opened or read.
    #[error("cannot read {name}")]
    Read {
        /// What was to be read.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// The file of settings could not be written.
    #[error("cannot write the settings to {name}")]
    Settings {
        /// Its path.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// The marks could not be written.
    #[error("the marks are not saved")]
    Marks(#[source] Trouble),
    /// An export could not be made or written.
    #[error(transparent)]
    Export(Unwritten),
    /// The name of a file for an export does not tell its format.
    #[error("cannot tell the format from the name {name}")]
    NoFormat {
        /// As given.
        name: String,
    },
    /// A format that is no text was to be written to a terminal.
    #[error("{format} is no text for a terminal")]
    Binary {
        /// The format.
        format: export::Format,
    },
    /// The shelf could not be written.
    #[error("the shelf is not changed")]
    Shelf(#[source] Trouble),
    /// No report on the shelf is called so.
    #[error("{name} is not on the shelf")]
    NotShelved {
        /// As given.
        name: String,
    },
    /// There is neither a file nor a report on the shelf that is called so.
    #[error("cannot read {name}")]
    Nothing {
        /// As given.
        name: String,
        /// That there is neither.
        source: Neither,
        /// The command that may have been meant.
        nearest: Option<String>,
    },
    /// Several reports on the shelf have this symbol.
    #[error("{name} is on the shelf more than once: {files}")]
    SeveralShelved {
        /// As given.
        name: String,
        /// Their files.
        files: String,
    },
    /// A remark and a report are both to come from standard input.
    #[error("the remark and the report cannot both come from standard input")]
    TwoFromInput,
    /// A folder stands where a report was expected.
    #[error("cannot read {name}: it is a folder")]
    Folder {
        /// Its path, or that it is standard input.
        name: String,
    },
    /// There is nothing in the file.
    #[error("cannot read {name}: it is empty")]
    Empty {
        /// Its path, or that it is standard input.
        name: String,
    },
    /// There is nothing in the file but white space and what is never shown.
    #[error("cannot read {name}: nothing is printed in it")]
    Blank {
        /// Its path, or that it is standard input.
        name: String,
    },
    /// The file is of a format that is not read, or this one cannot be: damaged, encrypted, a scan.
    #[error("cannot read {name}: {what}")]
    Unreadable {
        /// Its path, or that it is standard input.
        name: String,
        /// What is the matter, with the place where that is known: `it is a scan without text`.
        what: String,
        /// What the reader can do about it.
        way_out: &'static str,
    },
    /// The file is of a format that this build leaves out.
    #[error("cannot read {name}: it is {format}, which this build leaves out")]
    LeftOut {
        /// Its path, or that it is standard input.
        name: String,
        /// The format.
        format: Format,
    },
    /// The address is one, but no unit of this report has it.
    #[error("no {wanted} in {report}: the nearest is {nearest}")]
    UnknownAddress {
        /// As typed.
        wanted: String,
        /// The name of the report.
        report: String,
        /// The address that is most like it.
        nearest: String,
    },
    /// The address is cut so short that it could be that of several units.
    #[error("{wanted} in {report} may be {choices}")]
    Ambiguous {
        /// As typed.
        wanted: String,
        /// The name of the report.
        report: String,
        /// The addresses it may stand for.
        choices: String,
    },
    /// Nothing was typed where an address is needed.
    #[error("no address is given")]
    NoAddress,
    /// Standard input was to be explored, but nothing is piped in.
    #[error("cannot read standard input: it is the terminal itself")]
    NothingPiped,
    /// The thread that reads and searches is gone.
    #[error("the search stopped working")]
    Stopped,
    /// What was typed is not written as an address is.
    #[error("no {wanted} in {report}: that is not an address")]
    NotAnAddress {
        /// As typed.
        wanted: String,
        /// The name of the report.
        report: String,
    },
    /// A key of `--keys` is none.
    #[error("no key is called <{name}> (at character {at} of --keys)")]
    UnknownKey {
        /// What stands between the angle brackets.
        name: String,
        /// Where, in characters from 1.
        at: usize,
        /// The names there are.
        known: String,
    },
    /// The terminal could not be set up, drawn on or read.
    #[error("cannot use the terminal")]
    Terminal(#[source] io::Error),
    /// The output could not be written.
    #[error("cannot write the output")]
    Write(#[source] io::Error),
}

impl Error {
    /// What the reader can do about it.
    pub fn way_out(&self) -> Option<String> {
        let way = match self {
            Self::Read { source, .. } if source.kind() == io::ErrorKind::NotFound => "check the name".into(),
            Self::Read { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "ask for the right to read it, or copy it to a folder of yours".into()
            }
            Self::Settings { source, .. } if source.kind() == io::ErrorKind::AlreadyExists => {
                "change the one that is there, or move it away first".into()
            }
            Self::Settings { .. } => "RAPPORTEUR_CONFIG=FILE names another".into(),
            Self::Folder { .. } => "name a file in it".into(),
            Self::Empty { .. } | Self::Blank { .. } => "give a file with text in it, or leave it out for the built-in report".into(),
            Self::Unreadable { way_out, .. } => (*way_out).into(),
            Self::LeftOut { format, .. } => match format {
                Format::Pdf => feature("pdf"),
                Format::Docx => feature("docx"),
                Format::Html | Format::Markdown | Format::Text | Format::Json => feature("html"),
            },
            Self::UnknownAddress { .. } | Self::Ambiguous { .. } => "rapporteur outline lists them all".into(),
            Self::NotAnAddress { .. } | Self::NoAddress => {
                "addresses look like II, II.A, 1, 1(k) or 1(k)(iii); rapporteur outline lists them all".into()
            }
            Self::UnknownKey { known, .. } => {
                format!("keys are letters, <ctrl-d> with any letter, or one of {known}")
            }
            Self::NothingPiped => "rapporteur FILE, or pipe a report in: ... | rapporteur -".into(),
            Self::Terminal(_) => "rapporteur outline needs no terminal".into(),
            Self::Export(Unwritten::Exists { .. }) => "--force writes over it, or name another by -o".into(),
            Self::Export(Unwritten::Failed { .. }) => "name another file by -o, or make room on the disk".into(),
            Self::Export(Unwritten::Shape(shape, _)) => {
                let formats: Vec<_> = shape.formats().map(export::Format::name).collect();
                format!("--to {}", formats.join(", "))
            }
            Self::Export(Unwritten::LeftOut(format)) => feature(format.name()),
            Self::NoFormat { .. } => "--to csv, xlsx, markdown, html, json, docx or akn".into(),
            Self::Binary { .. } => "-o FILE, or send it into a pipe".into(),
            Self::NotShelved { .. } => "rapporteur shelf list".into(),
            Self::Nothing { nearest: Some(command), .. } => {
                format!("did you mean rapporteur {command}? There are {COMMANDS}")
            }
            // A lone word is more likely a mistyped command than a file without an ending.
            Self::Nothing { name, .. } if !name.contains(['/', '\\', '.']) => {
                format!("check the name, or one of the {COMMANDS}")
            }
            Self::Nothing { .. } => "check the name, or rapporteur shelf list".into(),
            Self::SeveralShelved { .. } => "name one of the files".into(),
            Self::TwoFromInput => "name the file of the report by -r".into(),
            Self::Export(Unwritten::Made { .. })
            | Self::Read { .. } | Self::Write(_) | Self::Marks(_) | Self::Shelf(_) | Self::Stopped => return None,
        };
        Some(way)
    }
}

const COMMANDS: &str = "commands: outline, show, find, mark, export, shelf, check, config";

/// That a name is neither a file's nor a report's.
#[derive(Debug, Error)]
#[error("there is no such file, and no report of that symbol on the shelf")]
pub struct Neither;

/// How a program is made that reads a format too.
fn feature(name: &str) -> String {
    format!("cargo install --path . --features {name}, or save it as plain text")
}
