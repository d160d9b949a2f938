//! PDF: pages of glyphs to the lines a reader sees, in the order in which they are read.
//!
//! A crate draws the pages; everything that says where a word, a line, a column, a note or a table
//! is, is ours. A page is read, its lines are kept, and all else of it is dropped.

mod apart;
mod bands;
mod compose;
mod faces;
mod glyphs;
mod gutters;
mod order;
mod rows;
mod rtl;
mod spelling;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::{Array, Stream};
use hayro_interpret::hayro_syntax::page::Page as Drawn;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret,
    interpret_page,
};

use self::apart::{Patience, Progress, Stopped, work};
use self::faces::Faces;
use self::glyphs::{Eye, Sheet, TooMuch};
use super::Manuscript;
use crate::error::Error;

pub(super) use self::apart::is_apart;

/// No report has more pages.
const MOST_PAGES: usize = 20_000;
/// Nor more bytes.
const MOST_BYTES: usize = 1 << 30;
/// What fonts of so many pages have been seen is kept; then all is seen anew.
const PAGES_A_CACHE: usize = 100;

/// Why a PDF cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Encrypted,
    UnknownEncryption,
    Damaged,
    NoPages,
    NoText,
    Scanned,
    TooManyPages(usize),
    TooLarge,
    TookTooLong,
}

impl Trouble {
    fn error(self, name: &str, begun: Instant) -> Error {
        const MEND: &str = "download it again, or open it in a PDF viewer and save a copy";
        const OCR: &str = "have its text recognised first: ocrmypdf FILE.pdf OUT.pdf";
        const PARTS: &str = "read it in parts: qpdf FILE.pdf --pages . 1-500 -- OUT.pdf";
        let (what, way_out) = match self {
            Self::Encrypted => (
                "it is encrypted and needs a password".into(),
                "open it in a PDF viewer with the password and save a copy without",
            ),
            Self::UnknownEncryption => (
                "it is encrypted in an unknown way".into(),
                "open it in a PDF viewer and save a copy without encryption",
            ),
            Self::Damaged => ("the PDF is damaged or cut off".into(), MEND),
            Self::NoPages => ("the PDF has no pages".into(), MEND),
            Self::NoText => ("there is no text on its pages".into(), OCR),
            Self::Scanned => ("it is a scan without a text layer".into(), OCR),
            Self::TooManyPages(pages) => (
                format!("it has {pages} pages, more than the {MOST_PAGES} that can be read"),
                PARTS,
            ),
            Self::TooLarge => ("the PDF is larger than 1 GB".into(), PARTS),
            Self::TookTooLong => (
                format!(
                    "reading it took more than {} seconds",
                    begun.elapsed().as_secs()
                ),
                "read it in parts, or save a copy from a PDF viewer, which may mend it",
            ),
        };
        Error::Unreadable {
            name: name.into(),
            what,
            way_out,
        }
    }
}

/// Reads a PDF, telling `progress` how many of its pages are read.
///
/// # Errors
/// When there is no text that could be read, with the reason.
pub(super) fn read(
    bytes: Vec<u8>,
    name: &str,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Manuscript, Error> {
    let begun = Instant::now();
    if bytes.len() > MOST_BYTES {
        return Err(Trouble::TooLarge.error(name, begun));
    }
    let patience = Patience {
        whole: Duration::from_secs(4) + Duration::from_millis(4) * (bytes.len() >> 10) as u32,
        a_step: Duration::from_millis(250),
    };
    let result = work(patience, progress, move |steps| pages(bytes, steps));
    let trouble = match result {
        Ok(Ok(manuscript)) => return Ok(manuscript),
        Ok(Err(trouble)) => trouble,
        Err(Stopped::TookTooLong) => Trouble::TookTooLong,
        Err(Stopped::Panicked) => Trouble::Damaged,
    };
    Err(trouble.error(name, begun))
}

fn pages(bytes: Vec<u8>, steps: &mut Progress) -> Result<Manuscript, Trouble> {
    let cut_off = !is_ended(&bytes);
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Trouble::Encrypted,
        LoadPdfError::Decryption(_) => Trouble::UnknownEncryption,
        LoadPdfError::Invalid => Trouble::Damaged,
    })?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(Trouble::NoPages);
    }
    if count > MOST_PAGES {
        return Err(Trouble::TooManyPages(count));
    }
    let mut composer = compose::Composer::default();
    let mut cache = InterpreterCache::new();
    let mut faces = Faces::default();
    for (n, page) in pdf.pages().iter().enumerate() {
        if Instant::now() > steps.end() {
            return Err(Trouble::TookTooLong);
        }
        if n % PAGES_A_CACHE == PAGES_A_CACHE - 1 {
            cache = InterpreterCache::new();
        }
        match look_at(page, &pdf, &cache, &mut faces, steps.end()) {
            Ok(sheet) => composer.take(&sheet),
            Err(Some(TooMuch::Time)) => return Err(Trouble::TookTooLong),
            Err(Some(TooMuch::Glyphs)) => composer.miss("holds more than can be read"),
            Err(None) => composer.miss("is damaged"),
        }
        steps.step(n as u64 + 1, Some(count as u64));
    }
    composer.finish(cut_off)
}

/// True when the file has its last lines.
fn is_ended(bytes: &[u8]) -> bool {
    const TAIL: usize = 1 << 16;
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    memchr::memmem::rfind(tail, b"%%EOF").is_some()
        || memchr::memmem::rfind(tail, b"startxref").is_some()
}

/// What a page shows; `None` for a reason that nobody knows.
fn look_at<'a>(
    page: &'a Drawn<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    faces: &mut Faces,
    until: Instant,
) -> Result<Sheet, Option<TooMuch>> {
    let seen = catch_unwind(AssertUnwindSafe(|| {
        let (width, height) = page.render_dimensions();
        let mut eye = Eye::new(width, height, until, faces);
        let transform = page.initial_transform(true).to_kurbo();
        let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
        let context = || {
            let settings = InterpreterSettings {
                render_content: RenderContent::ANNOTATIONS,
                ..InterpreterSettings::default()
            };
            Context::new(transform, bounds, cache, pdf.xref(), settings)
        };
        // Not by way of the page itself, which would keep what it unpacks.
        let content = content(page);
        interpret(
            TypedIter::new(&content),
            page.resources(),
            &mut context(),
            &mut eye,
        );
        drop(content);
        interpret_page(page, &mut context(), &mut eye);
        eye.sheet()
    }));
    seen.map_err(|panic| panic.downcast_ref::<TooMuch>().copied())
}

/// The instructions that draw a page.
fn content(page: &Drawn) -> Vec<u8> {
    const CONTENTS: &[u8] = b"Contents";
    /// Packed, this may be a thousand times as much.
    const MOST: usize = 1 << 20;
    let mut packed = 0;
    let mut content = Vec::new();
    let mut add = |stream: Stream| {
        packed += stream.raw_data().len();
        if packed > MOST {
            resume_unwind(Box::new(TooMuch::Glyphs));
        }
        content.extend_from_slice(&stream.decoded_data().unwrap_or_default());
        // A name may end with one stream and another begin with the next.
        content.push(b'\n');
    };
    if let Some(stream) = page.raw().get::<Stream>(CONTENTS) {
        add(stream);
    } else if let Some(streams) = page.raw().get::<Array>(CONTENTS) {
        streams.iter::<Stream>().for_each(add);
    }
    content
}
