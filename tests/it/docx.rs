//! DOCX: what Word can do, each in a small file beside the lines it must be read as; what cannot
//! be read; and what happens to files that were damaged.

use std::fmt::Write as _;
use std::io::{Cursor, Read, Write as _};
use std::time::{Duration, Instant};
use std::{env, fs};

use rapporteur::parse::parse_manuscript;
use rapporteur::read::{Manuscript, Role, Source};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{assert_kept, here};

fn read(bytes: &[u8]) -> Result<Manuscript, String> {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let path = folder.path().join("x.docx");
    fs::write(&path, bytes).expect("it can be written");
    Source::file(path.clone())
        .manuscript(&mut |_| ())
        .map_err(|error| {
            let said = error
                .to_string()
                .replace(&*path.to_string_lossy(), "x.docx");
            format!("{said}; {}", error.way_out().unwrap_or_default())
        })
}

/// A line each: page, role, look, then the text with its label in `[]` and its calls in `^^`.
fn lines(manuscript: &Manuscript) -> String {
    let mut out = format!("{} pages\n", manuscript.pages);
    for line in &manuscript.lines {
        let mut text = manuscript.printed(line).to_string();
        for call in manuscript.calls.iter().rev() {
            if line.span.start <= call.span.start && call.span.end <= line.span.end {
                text.insert(call.span.end - line.span.start, '^');
                text.insert(call.span.start - line.span.start, '^');
            }
        }
        if line.label > 0 {
            text.insert(line.label.into(), ']');
            text.insert(0, '[');
        }
        let look = line.look;
        let looks = [
            (look.bold, " bold"),
            (look.italic, " italic"),
            (look.centred, " centred"),
        ];
        let looks: String = looks
            .iter()
            .filter(|look| look.0)
            .map(|look| look.1)
            .collect();
        let size = if look.size == 100 {
            String::new()
        } else {
            format!(" {}%", look.size)
        };
        let role = format!("{:?}", line.role);
        let text = text.replace('\t', "\\t");
        let _ = writeln!(out, "p{} {role}{looks}{size} | {text}", line.page);
    }
    for remark in &manuscript.remarks {
        let sign = if remark.misread { "misread" } else { "remark" };
        let _ = writeln!(out, "{sign} p{}: {}", remark.page, remark.text);
    }
    out
}

#[test]
fn every_docx_is_read_as_its_lines() {
    let mut count = 0;
    for entry in fs::read_dir(here("tests/read/docx")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|ending| ending == "docx" || ending == "docm")
        {
            let manuscript =
                read(&fs::read(&path).unwrap()).unwrap_or_else(|error| panic!("{error}"));
            assert_kept(&path.with_extension("lines"), &lines(&manuscript));
            count += 1;
        }
    }
    assert!(count >= 11, "{count} files");
}

/// A ZIP archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A DOCX with this for its main part.
fn docx(document: &[u8]) -> Vec<u8> {
    office("wordprocessingml.document", document)
}

fn office(kind: &str, document: &[u8]) -> Vec<u8> {
    let types = format!(
        "<Types xmlns='x'><Override PartName='/main.xml' \
         ContentType='application/vnd.openxmlformats-officedocument.{kind}.main+xml'/></Types>"
    );
    let relations = "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='main.xml'/></Relationships>";
    archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("main.xml", document),
    ])
}

const OPEN: &str =
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>";
const CLOSE: &str = "</w:body></w:document>";

fn body(inside: &str) -> Vec<u8> {
    docx(format!("{OPEN}{inside}{CLOSE}").as_bytes())
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    let text = b"<w:p><w:r><w:t>Text</w:t></w:r></w:p>";
    let whole = body(std::str::from_utf8(text).unwrap());
    assert!(read(&whole).is_ok());
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a storage ".to_vec();
    let old = ole.clone();
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let nested = "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300);
    let again = "get the file again, or open it in a word processor and save it anew as DOCX";
    let converted = "save it as DOCX or PDF";
    for (bytes, what, way) in [
        (
            archive(&[("a.txt", text)]),
            "it is a ZIP archive",
            "unpack it and name the report in it",
        ),
        (
            office("spreadsheetml.sheet", b"<x/>"),
            "it is an Excel workbook (XLSX)",
            converted,
        ),
        (
            office("presentationml.presentation", b"<x/>"),
            "it is a PowerPoint presentation (PPTX)",
            converted,
        ),
        (
            archive(&[("[Content_Types].xml", b"<Types/>")]),
            "it is a DOCX without its main part",
            again,
        ),
        (
            whole[..whole.len() / 2].to_vec(),
            "it is a damaged ZIP archive or one that is cut short",
            again,
        ),
        (
            docx(format!("{OPEN}<w:p></w:q>{CLOSE}").as_bytes()),
            "main.xml in it is damaged: ill-formed document: expected `</w:p>`, but `</w:q>` was found (at byte 102)",
            again,
        ),
        (
            docx(OPEN.as_bytes()),
            "main.xml in it is damaged: it ends before its last element is closed (at byte 91)",
            again,
        ),
        (
            docx(b"<w:document>\xff</w:document>"),
            "main.xml in it is damaged: byte 12 is no UTF-8",
            again,
        ),
        (
            docx(b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>"),
            "main.xml in it is damaged: it declares a document type, which no DOCX does (at byte 31)",
            again,
        ),
        (
            body(&nested),
            "main.xml in it is damaged: elements stand more than 256 deep in each other (at byte 1876)",
            again,
        ),
        (
            body("<w:p/>"),
            "it is a DOCX without any text",
            "if its pages are pictures, they need OCR first",
        ),
        (
            ole,
            "it is encrypted, and only its password opens it",
            "open it where it was written and save it without a password",
        ),
        (
            old,
            "it is an old Word or Excel document (.doc, .xls)",
            "open it where it was written and save it as DOCX, PDF or plain text",
        ),
    ] {
        let said = read(&bytes).expect_err(what);
        assert_eq!(said, format!("cannot read x.docx: {what}; {way}"));
    }
}

#[test]
fn a_real_negotiating_text_has_its_numbers_in_order() {
    let Some(folder) = env::var_os("RAPPORTEUR_CORPUS") else {
        println!("skipped: RAPPORTEUR_CORPUS names no folder of real documents");
        return;
    };
    let path = std::path::Path::new(&folder).join("SBSTA61-13a-draft-decision.en.docx");
    let manuscript = read(&fs::read(path).unwrap()).unwrap();
    let labels: Vec<_> = manuscript
        .lines
        .iter()
        .filter(|line| line.label > 0 && line.role != Role::Footnote)
        .map(|line| &manuscript.printed(line)[..line.label.into()])
        .collect();
    assert_eq!(labels.len(), 406);
    let numbers = labels
        .iter()
        .filter_map(|label| label.strip_suffix('.')?.parse::<u32>().ok());
    let run: Vec<_> = numbers.take(169).collect();
    assert_eq!(run, (1..=169).collect::<Vec<_>>());
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(4) {
        0 => bytes.truncate(dice.below(bytes.len())),
        1 => {
            for _ in 0..1 + dice.below(8) {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
        }
        2 => {
            let (at, length) = (dice.below(bytes.len()), dice.below(64));
            for byte in bytes.iter_mut().skip(at).take(length) {
                *byte = dice.below(256) as u8;
            }
        }
        _ => {
            let at = dice.below(bytes.len());
            let end = (at + dice.below(256)).min(bytes.len());
            bytes.drain(at..end);
        }
    }
}

/// Changes letters and digits of attributes only, so that a part stays well formed and says
/// something else.
fn alter(bytes: &mut [u8], dice: &mut Dice) {
    let mut quoted = false;
    let mut plain = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        quoted ^= *byte == b'"';
        if quoted && byte.is_ascii_alphanumeric() {
            plain.push(at);
        }
    }
    if plain.is_empty() {
        return;
    }
    for _ in 0..1 + dice.below(20) {
        let at = plain[dice.below(plain.len())];
        bytes[at] = match bytes[at].is_ascii_digit() {
            true => b"0179"[dice.below(4)],
            false => b"abiIpVwz"[dice.below(8)],
        };
    }
}

/// The archive, with one of its parts damaged and packed again.
fn damage_inside(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let chosen = dice.below(zip.len());
    let parts: Vec<(String, Vec<u8>)> = (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut part = Vec::new();
            file.read_to_end(&mut part).unwrap();
            match dice.below(2) {
                _ if at != chosen => {}
                0 => damage(&mut part, dice),
                _ => alter(&mut part, dice),
            }
            (file.name().unwrap().into_owned(), part)
        })
        .collect();
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, part)| (name.as_str(), &part[..]))
        .collect();
    archive(&parts)
}

/// `RAPPORTEUR_DAMAGE=2000` damages so many.
#[test]
fn damaged_files_are_read_or_refused_but_never_break_the_reader() {
    let count = env::var("RAPPORTEUR_DAMAGE")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(120);
    let mut sources: Vec<_> = fs::read_dir(here("tests/read/docx"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "docx"))
        .chain([here("tests/twins/cybercrime.docx")])
        .collect();
    sources.sort();
    let sources: Vec<_> = sources.iter().map(|path| fs::read(path).unwrap()).collect();
    let mut dice = Dice(0x5eed_cafe);
    let (mut read_all_the_same, mut refused, mut slowest) = (0, 0, Duration::ZERO);
    for round in 0..count {
        let source = &sources[round % sources.len()];
        let bytes = match round % 2 {
            0 => damage_inside(source, &mut dice),
            _ => {
                let mut bytes = source.clone();
                damage(&mut bytes, &mut dice);
                bytes
            }
        };
        let start = Instant::now();
        match read(&bytes) {
            Ok(manuscript) => {
                parse_manuscript(&manuscript, &mut |_, _| ());
                assert!(!manuscript.text.trim().is_empty());
                read_all_the_same += 1;
            }
            Err(_) => refused += 1,
        }
        slowest = slowest.max(start.elapsed());
    }
    println!("{count} damaged: {read_all_the_same} read, {refused} refused, slowest {slowest:?}");
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    assert!(refused > 0 && read_all_the_same > 0);
}
