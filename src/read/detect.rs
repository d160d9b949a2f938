//! What a source is, by its content: the name of a file says nothing, and standard input has none.

use memchr::memmem;

/// What bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A PDF.
    Pdf,
    /// What Word writes.
    Docx,
    /// A format that is not read.
    Other(Other),
    /// Perhaps text, in some encoding.
    Text,
}

/// A format that is known by its first bytes, and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Other {
    /// What it is: `an RTF document`.
    pub what: &'static str,
    /// What the reader can do about it.
    pub way_out: &'static str,
}

const SAVE: &str = "open it where it was written and save it as DOCX, PDF or plain text";
const UNPACK: &str = "unpack it and name the report in it";
const SCAN: &str =
    "have its text recognised (OCR, for instance ocrmypdf) and open what that writes";

/// What begins with these bytes.
const SIGNATURES: [(&[u8], &str, &str); 22] = [
    (b"{\\rtf", "an RTF document", SAVE),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word or Excel document (.doc, .xls) or an encrypted one",
        SAVE,
    ),
    (b"%!PS", "PostScript", "turn it into a PDF (ps2pdf)"),
    (
        b"AT&TFORM",
        "a DjVu document",
        "turn it into a PDF or plain text (ddjvu, djvutxt)",
    ),
    (b"ITSF", "a compiled help file (CHM)", SAVE),
    (b"\x1f\x8b", "packed by gzip", UNPACK),
    (b"\xfd7zXZ\0", "packed by xz", UNPACK),
    (b"BZh", "packed by bzip2", UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed by zstd", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"PK\x05\x06", "an empty ZIP archive", UNPACK),
    (b"PK\x07\x08", "a ZIP archive in parts", UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", SCAN),
    (b"\xff\xd8\xff", "a picture (JPEG)", SCAN),
    (b"II*\0", "a picture (TIFF)", SCAN),
    (b"MM\0*", "a picture (TIFF)", SCAN),
    (b"GIF8", "a picture (GIF)", SCAN),
    (b"\0\0\0\x0cjP  ", "a picture (JPEG 2000)", SCAN),
    (b"\x7fELF", "a program", "name a report"),
    (b"SQLite format 3\0", "a database (SQLite)", "name a report"),
    (b"\xcf\xfa\xed\xfe", "a program", "name a report"),
];

/// What stands in a ZIP archive that is a document, by a name in it.
const PACKED: [(&[u8], &str); 6] = [
    (b"xl/workbook", "an Excel workbook (XLSX)"),
    (b"ppt/presentation", "a PowerPoint presentation (PPTX)"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument",
        "an OpenDocument file (ODT, ODS or ODP)",
    ),
    (b"mimetypeapplication/epub+zip", "an EPUB book"),
    (b"META-INF/container.xml", "an EPUB book"),
    (b"Index/Document.iwa", "a Pages document"),
];

/// Tells what bytes are by what they begin with.
pub(super) fn content(bytes: &[u8]) -> Content {
    let other = |what, way_out| Content::Other(Other { what, way_out });
    // Some writers put a line of their own before the head of a PDF.
    if memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some_and(|at| is_head(bytes, at))
    {
        return Content::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let holds = |name: &[u8]| memmem::find(bytes, name).is_some();
        if holds(b"word/") {
            return Content::Docx;
        }
        let found = PACKED.iter().find(|(name, _)| holds(name));
        return match found {
            Some((_, what)) => other(what, SAVE),
            None => other("a ZIP archive", UNPACK),
        };
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return other("a picture (WebP)", SCAN);
    }
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return other("a picture (BMP)", SCAN);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return other("a tar archive", UNPACK);
    }
    // RTF may have white space before it.
    let head = match bytes.trim_ascii_start() {
        rtf if rtf.starts_with(b"{\\rtf") => rtf,
        _ => bytes,
    };
    match SIGNATURES
        .iter()
        .find(|(start, ..)| head.starts_with(start))
    {
        Some(&(_, what, way_out)) => other(what, way_out),
        None => Content::Text,
    }
}

/// True where the head of a PDF stands, and not a text that speaks of one.
fn is_head(bytes: &[u8], at: usize) -> bool {
    let version = bytes.get(at + 5).is_some_and(u8::is_ascii_digit);
    version
        && (at == 0
            || memmem::find(bytes, b"endobj").is_some()
            || memmem::find(bytes, b"xref").is_some())
}

/// Says what is wrong with bytes that are no text, as far as their encoding has one byte a letter.
pub(super) fn binary(bytes: &[u8]) -> Option<String> {
    if let Some(at) = memchr::memchr(0, bytes) {
        return Some(format!("it is binary, not text (a NUL at byte {at})"));
    }
    let is_control = |byte: u8| {
        byte < 0x20 && !(8..=13).contains(&byte) && byte != 0x1a && byte != 0x1b || byte == 0x7f
    };
    let mut controls = (0..)
        .zip(bytes)
        .filter(|(_, byte)| is_control(**byte))
        .map(|(at, _)| at);
    let first: Option<usize> = controls.next();
    let count = controls.count() + usize::from(first.is_some());
    // In a text one may have strayed in; in bytes at random they are 9 in 100.
    (count * 20 > bytes.len()).then(|| {
        let first = first.unwrap_or(0);
        format!("it is binary, not text ({count} of its {} bytes are control characters, the first is byte {first})", bytes.len())
    })
}
