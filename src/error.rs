//! Everything that can go wrong, in words for the reader: what was tried, on what, why, and the
//! way out. Odd text inside a report is not here: it is never an error.

use std::io;

use thiserror::Error;

use crate::read::Source;

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
    /// A folder stands where a report was expected.
    #[error("cannot read {name}: it is a folder")]
    Folder {
        /// Its path, or that it is standard input.
        name: String,
    },
    /// There is nothing in the file but perhaps white space.
    #[error("cannot read {name}: it is empty")]
    Empty {
        /// Its path, or that it is standard input.
        name: String,
    },
    /// The file is of a format that is read, but this one cannot be: damaged, encrypted, a scan.
    #[error("cannot read {name}: {what}")]
    Unreadable {
        /// Its path, or that it is standard input.
        name: String,
        /// What is the matter, with the place where that is known: `it is a scan without text`.
        what: String,
        /// What the reader can do about it.
        way_out: &'static str,
    },
    /// The file is known to be of a format that is no text, or has bytes that text never has.
    #[error("cannot read {name}: it is {what}, not UTF-8 text")]
    NotText {
        /// Its path, or that it is standard input.
        name: String,
        /// What it is instead: `a PDF`.
        what: String,
    },
    /// The text is in another encoding than UTF-8, or damaged.
    #[error("cannot read {name}: line {line} is not UTF-8 (byte {byte} of the file)")]
    NotUtf8 {
        /// Its path, or that it is standard input.
        name: String,
        /// The first byte that is wrong, from 0.
        byte: usize,
        /// The line it is on, from 1.
        line: usize,
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
    /// The text is UTF-16.
    #[error("cannot read {name}: it is UTF-16 or binary, not UTF-8 text")]
    Utf16 {
        /// Its path, or that it is standard input.
        name: String,
    },
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
            Self::Read { name, source } if source.kind() == io::ErrorKind::NotFound => {
                // A lone word is more likely a mistyped command than a file without an ending.
                let word = !name.contains(['/', '\\', '.']);
                let commands = if word { ", or one of the commands: outline, show, find, config" } else { "" };
                format!("check the name{commands}")
            }
            Self::Read { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "ask for the right to read it, or copy it to a folder of yours".into()
            }
            Self::Settings { source, .. } if source.kind() == io::ErrorKind::AlreadyExists => {
                "change the one that is there, or move it away first".into()
            }
            Self::Settings { .. } => "RAPPORTEUR_CONFIG=FILE names another".into(),
            Self::Folder { .. } => "name a file in it".into(),
            Self::Empty { .. } => "give a file with text in it, or leave it out for the built-in report".into(),
            Self::Unreadable { way_out, .. } => (*way_out).into(),
            Self::Utf16 { name } => turn("UTF-16", name),
            Self::NotText { .. } => "save it as plain text first (for a PDF: pdftotext FILE.pdf)".into(),
            Self::NotUtf8 { name, .. } => turn("GB18030", name),
            Self::UnknownAddress { .. } | Self::Ambiguous { .. } => "rapporteur outline lists them all".into(),
            Self::NotAnAddress { .. } | Self::NoAddress => {
                "addresses look like II, II.A, 1, 1(k) or 1(k)(iii); rapporteur outline lists them all".into()
            }
            Self::UnknownKey { known, .. } => {
                format!("keys are letters, <ctrl-d> with any letter, or one of {known}")
            }
            Self::NothingPiped => "rapporteur FILE, or pipe a report in: ... | rapporteur -".into(),
            Self::Terminal(_) => "rapporteur outline needs no terminal".into(),
            Self::Read { .. } | Self::Write(_) | Self::Stopped => return None,
        };
        Some(way)
    }
}

/// How a text of another encoding can be read all the same.
fn turn(encoding: &str, name: &str) -> String {
    let from = match name == Source::StandardInput.name() {
        true => "",
        false => name,
    };
    let turned = format!("iconv -f {encoding} -t UTF-8 {from}");
    format!("turn it into UTF-8 first: {} | rapporteur -", turned.trim())
}
