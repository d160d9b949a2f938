//! Bytes to lines: alone opens reports. Knows nothing of what stands in them, but how this program
//! writes a report down itself.
//!
//! `detect` tells formats apart by their content, `encoding` (with `wide`) makes characters of
//! bytes; then each format has a file that makes a [`Manuscript`] of it.

mod detect;
#[cfg(feature = "docx")]
mod docx;
mod encoding;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "html")]
mod inline;
mod manuscript;
#[cfg(feature = "html")]
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "html")]
mod piece;
mod progress;
mod text;
#[cfg(feature = "html")]
mod typed;
mod wide;
mod written;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use encoding::Encoding;
pub use manuscript::{Call, Format, Line, Look, Manuscript, Remark, Role};
pub use progress::{Progress, Step};

use crate::error::Error;
use detect::Content;

/// How a source is to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// The encoding of its bytes; none where they are to tell it themselves.
    pub encoding: Option<Encoding>,
}

/// The report that is built in: the Chinese text of a draft report of the Expert Group on
/// cybercrime, as it came out of a PDF.
const BUILT_IN: &str = include_str!("../../data/cybercrime-expert-group.zh.txt");

/// Where a report comes from, and how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    place: Place,
    options: Options,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    BuiltIn,
    StandardInput,
    File(PathBuf),
}

impl From<Place> for Source {
    fn from(place: Place) -> Self {
        let options = Options::default();
        Self { place, options }
    }
}

impl Source {
    /// The report in the program itself.
    pub fn built_in() -> Self {
        Place::BuiltIn.into()
    }

    /// Standard input.
    pub fn standard_input() -> Self {
        Place::StandardInput.into()
    }

    /// A file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Place::File(path.into()).into()
    }

    /// What a path on the command line means: none the built-in report, `-` standard input.
    pub fn named(path: Option<&Path>) -> Self {
        match path {
            None => Self::built_in(),
            Some(path) if path == Path::new("-") => Self::standard_input(),
            Some(path) => Self::file(path),
        }
    }

    /// The same source, to be read in this way.
    pub fn with(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// True for standard input.
    pub fn is_standard_input(&self) -> bool {
        self.place == Place::StandardInput
    }

    /// The file it is read from, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::BuiltIn | Place::StandardInput => None,
        }
    }

    /// Its name for messages and titles.
    pub fn name(&self) -> String {
        match &self.place {
            Place::BuiltIn => "the built-in report".into(),
            Place::StandardInput => "standard input".into(),
            Place::File(path) => path.display().to_string(),
        }
    }

    /// Reads the whole source, telling `progress` now and then how far that is.
    ///
    /// # Errors
    /// When it cannot be read, is a folder, is empty, or is of a format that is not read.
    pub fn manuscript(&self, progress: &mut dyn FnMut(Progress)) -> Result<Manuscript, Error> {
        let failed = |source| Error::Read {
            name: self.name(),
            source,
        };
        let mut read = |done, of| {
            let step = Step::Bytes;
            progress(Progress { step, done, of });
        };
        let bytes = match &self.place {
            Place::BuiltIn => return Ok(Manuscript::of_text(BUILT_IN)),
            Place::StandardInput => all(io::stdin().lock(), None, &mut read).map_err(failed)?,
            Place::File(path) => {
                let about = fs::metadata(path).map_err(failed)?;
                if about.is_dir() {
                    return Err(Error::Folder { name: self.name() });
                }
                let file = fs::File::open(path).map_err(failed)?;
                let size = about.is_file().then_some(about.len());
                all(file, size, &mut read).map_err(failed)?
            }
        };
        of_bytes(bytes, &self.name(), self.options, progress)
    }
}

fn all(
    mut from: impl Read,
    size: Option<u64>,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> io::Result<Vec<u8>> {
    const STEP: u64 = 1 << 20;
    let mut bytes = Vec::new();
    loop {
        let read = from.by_ref().take(STEP).read_to_end(&mut bytes)?;
        if read == 0 {
            return Ok(bytes);
        }
        progress(bytes.len() as u64, size);
    }
}

/// Reads a document of any format.
fn of_bytes(
    bytes: Vec<u8>,
    name: &str,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Manuscript, Error> {
    match detect::content(&bytes) {
        #[cfg(feature = "pdf")]
        Content::Pdf => {
            let step = Step::Pages;
            pdf::read(bytes, name, &mut |done, of| {
                progress(Progress { step, done, of })
            })
        }
        #[cfg(not(feature = "pdf"))]
        Content::Pdf => Err(left_out(Format::Pdf, name)),
        #[cfg(feature = "docx")]
        Content::Docx => {
            let step = Step::Markup;
            docx::read(bytes, name, &mut |done, of| {
                progress(Progress { step, done, of })
            })
        }
        #[cfg(not(feature = "docx"))]
        Content::Docx => Err(left_out(Format::Docx, name)),
        Content::Other(other) => Err(Error::Unreadable {
            name: name.into(),
            what: format!("it is {}", other.what),
            way_out: other.way_out,
        }),
        Content::Text => of_characters(bytes, name, options, progress),
    }
}

/// Reads a document of a format that is text.
fn of_characters(
    bytes: Vec<u8>,
    name: &str,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Manuscript, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty { name: name.into() });
    }
    let chosen = encoding::choose(&bytes, options.encoding);
    let binary = (!chosen.0.is_wide()).then(|| detect::binary(&bytes));
    if let Some(what) = binary.flatten() {
        return Err(Error::Unreadable {
            name: name.into(),
            what,
            way_out: "name a report: text, HTML, Markdown, DOCX or PDF; for text in two bytes a character --encoding utf-16le",
        });
    }
    let (text, remarks) = encoding::decode(bytes, chosen, &mut |done, of| {
        let step = Step::Characters;
        progress(Progress {
            step,
            done,
            of: Some(of),
        });
    });
    let read = match written::is_written(&text) {
        true => written::manuscript(&text, name)?,
        false => of_text(text, name, progress)?,
    };
    if read.lines.is_empty() && read.written.is_none() {
        return Err(Error::Blank { name: name.into() });
    }
    Ok(Manuscript {
        encoding: Some(chosen.0.name()),
        remarks: [remarks, read.remarks].concat(),
        ..read
    })
}

/// Reads a text as what it is.
#[cfg(feature = "html")]
fn of_text(
    text: String,
    name: &str,
    progress: &mut dyn FnMut(Progress),
) -> Result<Manuscript, Error> {
    let mut far = |done, of| {
        let step = Step::Markup;
        progress(Progress {
            step,
            done,
            of: Some(of),
        });
    };
    Ok(match detect::format(&text, name) {
        Format::Html => html::manuscript(&text, &mut far),
        Format::Markdown => markdown::manuscript(&text, &mut far),
        _ => text::manuscript(text),
    })
}

/// Reads a text as what it is; Markdown is read as it stands.
#[cfg(not(feature = "html"))]
fn of_text(text: String, name: &str, _: &mut dyn FnMut(Progress)) -> Result<Manuscript, Error> {
    match detect::format(&text, name) {
        Format::Html => Err(left_out(Format::Html, name)),
        _ => Ok(text::manuscript(text)),
    }
}

/// True on a thread whose panics are answers to whoever waits for it, and nobody's to see.
pub(crate) fn panics_quietly() -> bool {
    #[cfg(feature = "pdf")]
    return pdf::is_apart();
    #[cfg(not(feature = "pdf"))]
    false
}

/// What to say of a format that this build does not read.
#[cfg(not(all(feature = "pdf", feature = "docx", feature = "html")))]
fn left_out(format: Format, name: &str) -> Error {
    Error::LeftOut {
        name: name.into(),
        format,
    }
}
