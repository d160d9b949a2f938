//! What a source is, by its content: the name of a file says nothing, and standard input has none.

use memchr::memmem;

use super::manuscript::Format;

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

/// The container of old Word documents, and of encrypted new ones.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// What the container of an encrypted document has, in UTF-16: `EncryptedPackage`.
const ENCRYPTED: [u8; 32] = *b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// What begins with these bytes.
const SIGNATURES: [(&[u8], &str, &str); 22] = [
    (b"{\\rtf", "an RTF document", SAVE),
    (OLE, "an old Word or Excel document (.doc, .xls)", SAVE),
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
        let found = PACKED.iter().find(|(name, _)| holds(name));
        return match found {
            _ if holds(b"word/document") => Content::Docx,
            Some((_, what)) => other(what, SAVE),
            // Its main part may have any name.
            None if holds(b"[Content_Types].xml") => Content::Docx,
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
    if bytes.starts_with(OLE) && memmem::find(bytes, &ENCRYPTED).is_some() {
        return other(
            "encrypted, and only its password opens it",
            "open it where it was written and save it without a password",
        );
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

/// The format of a text, by what is printed in it; its name may tip the balance.
pub(super) fn format(text: &str, name: &str) -> Format {
    if is_html(text) {
        return Format::Html;
    }
    let name = name.to_ascii_lowercase();
    let named = name.ends_with(".md") || name.ends_with(".markdown");
    match is_markdown(text, named) {
        true => Format::Markdown,
        false => Format::Text,
    }
}

/// What is before the first tag of a page: white space, the prolog of XML, comments.
fn behind_prolog(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let end = match text {
            _ if text.starts_with("<?xml") => "?>",
            _ if text.starts_with("<!--") => "-->",
            _ => return text,
        };
        match text.find(end) {
            Some(at) => text = &text[at + end.len()..],
            None => return text,
        }
    }
}

fn is_html(text: &str) -> bool {
    const HEADS: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];
    const BLOCKS: [&str; 22] = [
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "div",
        "table",
        "ol",
        "ul",
        "li",
        "article",
        "section",
        "header",
        "main",
        "center",
        "title",
        "meta",
        "style",
        "link",
        "blockquote",
        "pre",
        "tr",
    ];
    let text = behind_prolog(text);
    let starts = |head: &&str| {
        let bytes = text.as_bytes();
        bytes.len() > head.len()
            && bytes[..head.len()].eq_ignore_ascii_case(head.as_bytes())
            && matches!(bytes[head.len()], b'>' | b' ' | b'\t' | b'\r' | b'\n')
    };
    if HEADS.iter().any(starts) {
        return true;
    }
    // Part of a page: it begins with a block, and has more of them; a text mentions one or two.
    if !text.starts_with('<') {
        return false;
    }
    let end = text
        .char_indices()
        .nth(4096)
        .map_or(text.len(), |(at, _)| at);
    let (head, whole) = (&text[..end], end == text.len());
    let block = |tag: &str| {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        BLOCKS
            .iter()
            .any(|block| tag[..end].eq_ignore_ascii_case(block))
    };
    let mut tags = head.split('<').skip(1).map(block);
    let first = tags.next().unwrap_or(false);
    let more = tags.filter(|&is_block| is_block).count();
    first && (more >= 3 || whole && more >= 1) && !has_markdown_headings(head)
}

fn has_markdown_headings(text: &str) -> bool {
    text.lines().filter(|line| is_atx(line)).count() >= 2
}

/// A heading of Markdown: `## Title`, or `##Title`, as some type it. `#Title` may be anything.
fn is_atx(line: &str) -> bool {
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    let spaced = line[marks..].starts_with(' ') && !line[marks..].trim().is_empty();
    (1..=6).contains(&marks) && spaced || glued_hashes(line) > 1
}

/// How many hashes a line begins with, where a word follows them right away: 3 for `###Article 2`.
pub(super) fn glued_hashes(line: &str) -> usize {
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    let word = line[marks..].starts_with(char::is_alphanumeric);
    if word && marks <= 6 { marks } else { 0 }
}

/// Only where it is clear: numbers, hyphens and stars at line starts are those of any report.
fn is_markdown(text: &str, named: bool) -> bool {
    const ENOUGH: usize = 5000;
    let (mut headings, mut comments, mut printed, mut deep) = (0, 0, 0, 0);
    // Links, strong words, tables, code, notes: how many kinds are there?
    let mut signs = [false; 6];
    let mut fenced = false;
    let mut before = "";
    for line in text.lines().take(ENOUGH) {
        let line = line.get(..line.len().min(2000)).unwrap_or(line);
        if line.contains('\x0c') {
            return false;
        }
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
            signs[0] = true;
            continue;
        }
        if fenced || bare.is_empty() {
            before = "";
            continue;
        }
        printed += 1;
        headings += usize::from(is_atx(line));
        comments += usize::from(is_atx(line) && !line.starts_with("##"));
        deep += usize::from(line.starts_with("    ") || line.starts_with('\t'));
        signs[1] |= bare.contains("](") && bare.contains('[');
        signs[2] |= bare.matches("**").count() >= 2
            || bare.matches("__").count() >= 2 && !bare.contains("___");
        signs[3] |= is_table_rule(bare);
        signs[4] |= bare.contains("[^");
        // A line under a title may be drawn in any text: it counts only beside another sign.
        let rule = bare.len() >= 3 && bare.bytes().all(|byte| byte == b'=');
        signs[5] |= rule && !before.is_empty() && !before.starts_with(' ');
        before = line;
    }
    let kinds = signs.iter().filter(|&&sign| sign).count();
    // Every line a comment of a script, or most of them set in: no Markdown would be. An article
    // may be a heading and one paragraph.
    let commented = comments * 2 > printed || headings * 4 > printed * 3;
    if commented && printed > 6 || deep * 3 > printed {
        return false;
    }
    match named {
        true => headings >= 1 || kinds >= 1,
        false => {
            headings >= 2 || headings >= 1 && kinds >= 1 || kinds >= 3 || kinds >= 2 && !signs[5]
        }
    }
}

/// The line under the heads of a table: `|---|:--:|`.
fn is_table_rule(line: &str) -> bool {
    line.contains('|') && line.contains("--") && line.bytes().all(|byte| b"|-: ".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_pages_and_markdown_by_what_is_in_it() {
        for (text, expected) in [
            ("<!DOCTYPE html><p>x", Format::Html),
            (
                "\u{feff}\n<?xml version='1.0'?>\n<!-- a --><!doctype HTML PUBLIC 'x'>\n",
                Format::Html,
            ),
            ("<html lang=zh>一", Format::Html),
            ("<BODY>\nText", Format::Html),
            ("<h1>Title</h1>\n<p>One.</p><p>Two.</p>", Format::Html),
            ("<p>One.</p>", Format::Html),
            ("<div><p>a<p>b<p>c", Format::Html),
            ("<htmlx>", Format::Text),
            ("<p> is the tag of a paragraph.", Format::Text),
            (
                "The tags <html>, <body>, <p>, <div> and <h1> are used.",
                Format::Text,
            ),
            ("<1> One\n<2> Two\n<3> Three\n<4> Four", Format::Text),
            (
                "<?xml version='1.0'?><akomaNtoso><p>x</p></akomaNtoso>",
                Format::Text,
            ),
            ("# Report\n\nText.\n\n## Part\n", Format::Markdown),
            ("# Report\n\nSee [the annex](annex.md).\n", Format::Markdown),
            (
                "<p align=center>x</p>\n\n# One\n\nText.\n\n## Two\n",
                Format::Markdown,
            ),
            (
                "**Note** by [us](x)\n\n| a | b |\n|---|---|\n",
                Format::Markdown,
            ),
            ("1. One.\n2. Two.\n- a\n- b\n* c\n", Format::Text),
            ("Outlook\n-------\n\nText.\n\nOther\n=====\n", Format::Text),
            ("# one thing\n\nText of a list.\n", Format::Text),
            ("#!/bin/sh\n# a\n# b\n# c\n# d\n# e\n# f\n", Format::Text),
            ("##a\n##b\n##c\n##d\n##e\n##f\nx\n", Format::Text),
            ("#Lakes are deep\n#Rivers are long\n", Format::Text),
            (
                "<meta charset='utf-8' />\n\n##Treaty\n\n###Article 1\n\nOne.\n\n###Article 2\n\nTwo.\n\n###Article 3\n\nThree.\n",
                Format::Markdown,
            ),
            ("\x0c# One\n# Two\n\nText", Format::Text),
            ("{\"a\": \"<p>b</p>\"}", Format::Text),
            ("一、总则\n（一）宗旨\n***\n", Format::Text),
        ] {
            assert_eq!(format(text, "report.txt"), expected, "{text}");
        }
        // The name tips the balance, and no more.
        assert_eq!(format("# One\n\nText.", "a.MD"), Format::Markdown);
        assert_eq!(format("1. One.\n\n2. Two.", "a.md"), Format::Text);
        assert_eq!(format("<html>", "a.md"), Format::Html);
    }
}
