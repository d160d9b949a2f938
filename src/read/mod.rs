//! Bytes to lines: alone opens reports. Knows nothing of what stands in them.

mod manuscript;
mod text;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use manuscript::{Call, Format, Line, Look, Manuscript, Remark, Role};

use crate::error::Error;

/// How a source is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {}

/// The report that is built in: the Chinese text of a draft report of the Expert Group on
/// cybercrime, as it came out of a PDF.
const BUILT_IN: &str = include_str!("../../data/cybercrime-expert-group.zh.txt");

/// Where a report comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The program itself.
    BuiltIn,
    /// Standard input.
    StandardInput,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// What a path on the command line means: none the built-in report, `-` standard input.
    pub fn named(path: Option<&Path>) -> Self {
        match path {
            None => Self::BuiltIn,
            Some(path) if path == Path::new("-") => Self::StandardInput,
            Some(path) => Self::File(path.into()),
        }
    }

    /// Its name for messages and titles.
    pub fn name(&self) -> String {
        match self {
            Self::BuiltIn => "the built-in report".into(),
            Self::StandardInput => "standard input".into(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Reads the whole source, telling `progress` now and then how much is read and, where that is
    /// known, how much there is.
    ///
    /// # Errors
    /// When it cannot be read, is a folder, is empty, or is not UTF-8 text.
    pub fn manuscript(
        &self,
        _options: &Options,
        progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Manuscript, Error> {
        let failed = |source| Error::Read {
            name: self.name(),
            source,
        };
        let bytes = match self {
            Self::BuiltIn => return Ok(Manuscript::of_text(BUILT_IN)),
            Self::StandardInput => all(io::stdin().lock(), None, progress).map_err(failed)?,
            Self::File(path) => {
                let about = fs::metadata(path).map_err(failed)?;
                if about.is_dir() {
                    return Err(Error::Folder { name: self.name() });
                }
                let file = fs::File::open(path).map_err(failed)?;
                all(file, about.is_file().then_some(about.len()), progress).map_err(failed)?
            }
        };
        decode(bytes, || self.name()).map(Manuscript::of_text)
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

fn decode(mut bytes: Vec<u8>, name: impl Fn() -> String) -> Result<String, Error> {
    let not_text = |what: &str| {
        Err(Error::NotText {
            name: name(),
            what: what.into(),
        })
    };
    if bytes.starts_with(b"%PDF-") {
        return not_text("a PDF");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return not_text("a DOCX or another ZIP archive");
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Error::Utf16 { name: name() });
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return not_text(&format!("binary (a NUL at byte {at})"));
    }
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    bytes.drain(..mark);
    let text = String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..byte]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        Error::NotUtf8 {
            name: name(),
            byte: byte + mark,
            line,
        }
    })?;
    if text.trim().is_empty() {
        return Err(Error::Empty { name: name() });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        decode(bytes.to_vec(), || "x.txt".into())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn what_is_no_text_is_named_for_what_it_is() {
        assert_eq!(
            message(b"%PDF-1.4 ..."),
            "cannot read x.txt: it is a PDF, not UTF-8 text"
        );
        assert_eq!(
            message(b"a\0b"),
            "cannot read x.txt: it is binary (a NUL at byte 1), not UTF-8 text"
        );
        assert_eq!(message(b" \n\t\n"), "cannot read x.txt: it is empty");
        assert_eq!(
            message(b"one\ntwo\nth\xffree"),
            "cannot read x.txt: line 3 is not UTF-8 (byte 10 of the file)"
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode("\u{feff}网络".into(), String::new).unwrap(), "网络");
    }
}
