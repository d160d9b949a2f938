//! The ZIP archive a DOCX is: which archives are one, and its parts, unpacked within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Trouble;
use super::xml::{Name, Xml};

/// The most bytes one part may have when unpacked: a document of some 10,000 pages.
const MOST_PART: u64 = 128 << 20;
/// The most bytes all parts that are read may have together.
const MOST_IN_ALL: u64 = 256 << 20;

/// A DOCX that is open.
pub(super) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// The name of the main document part.
    pub main: String,
    unpacked: u64,
}

/// A connection from one part to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type: `styles`, `footnotes`.
    pub kind: String,
    /// The part it leads to; empty where it leads out of the package.
    pub target: String,
}

impl Package {
    /// Opens an archive that holds a DOCX; says what else it is where it holds none.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Trouble> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::CutShort)?;
        let mut package = Self {
            archive,
            main: String::new(),
            unpacked: 0,
        };
        let Some(types) = package.text("[Content_Types].xml")? else {
            return Err(Trouble::OtherArchive(package.other_archive()));
        };
        let relations = package.relations("")?;
        let mains = relations
            .iter()
            .filter(|relation| relation.kind == "officeDocument");
        let Some(main) = mains.map(|relation| relation.target.clone()).next() else {
            return Err(Trouble::NoMainPart);
        };
        let kind = content_type(&types, &main)?;
        package.main = main;
        if kind.contains("wordprocessingml") || kind.contains("ms-word") {
            return Ok(package);
        }
        Err(match kind {
            kind if kind.contains("spreadsheet") || kind.contains("ms-excel") => {
                Trouble::OtherArchive("an Excel workbook (XLSX)")
            }
            kind if kind.contains("presentation") || kind.contains("ms-powerpoint") => {
                Trouble::OtherArchive("a PowerPoint presentation (PPTX)")
            }
            _ => Trouble::NoMainPart,
        })
    }

    /// What an archive without the parts of OOXML is.
    fn other_archive(&mut self) -> &'static str {
        let mut kind = String::new();
        if let Ok(file) = self.archive.by_name("mimetype") {
            let _ = file.take(100).read_to_string(&mut kind);
        }
        match kind.trim() {
            "application/epub+zip" => "an EPUB book",
            kind if kind.starts_with("application/vnd.oasis.opendocument.text") => {
                "an OpenDocument text (ODT)"
            }
            kind if kind.starts_with("application/vnd.oasis.opendocument") => {
                "an OpenDocument file"
            }
            _ => "a ZIP archive",
        }
    }

    /// The text of a part; `None` where there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        self.text_within(name, MOST_PART.min(MOST_IN_ALL - self.unpacked))
    }

    fn text_within(&mut self, name: &str, most: u64) -> Result<Option<String>, Trouble> {
        let damaged = |what: String| Trouble::Part {
            part: name.into(),
            what,
        };
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(Trouble::Encrypted);
            }
            Err(_) => return Err(damaged("it cannot be unpacked".into())),
        };
        let mut bytes = Vec::new();
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| damaged("it cannot be unpacked".into()))?;
        if bytes.len() as u64 > most {
            return Err(Trouble::TooLarge(name.into()));
        }
        self.unpacked += bytes.len() as u64;
        decoded(bytes)
            .map(Some)
            .map_err(|at| damaged(format!("byte {at} is no UTF-8")))
    }

    /// Parts are named without regard to case.
    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            let mut names = self.archive.file_names();
            names.position(|there| there.is_ok_and(|there| there.eq_ignore_ascii_case(name)))
        })
    }

    /// Where a part leads to; the package itself is the part without a name.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Trouble> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        let mut relations = Vec::new();
        let Some(text) = self.text(&name)? else {
            return Ok(relations);
        };
        let mut xml = Xml::new(&name, &text);
        xml.root()?;
        xml.each(|xml, element| {
            let get = |name| element.get(name).unwrap_or_default();
            let kind = get("Type");
            let target = match &*get("TargetMode") {
                "External" => String::new(),
                _ => resolved(folder, &get("Target")),
            };
            relations.push(Relation {
                id: get("Id").into(),
                kind: kind.rsplit('/').next().unwrap_or("").into(),
                target,
            });
            xml.skip()
        })?;
        Ok(relations)
    }
}

/// The text of a part: UTF-8, or UTF-16 where its first bytes say so.
fn decoded(bytes: Vec<u8>) -> Result<String, usize> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]));
        Ok(char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{fffd}'))
            .collect())
    };
    match &bytes[..] {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => {
            let text =
                String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to())?;
            Ok(match text.strip_prefix('\u{feff}') {
                Some(text) => text.into(),
                None => text,
            })
        }
    }
}

/// The name of a part that a part in `folder` leads to.
fn resolved(folder: &str, target: &str) -> String {
    let (folder, target) = match target.strip_prefix('/') {
        Some(target) => ("", target),
        None => (folder, target),
    };
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The content type of a part: its own, or that of its ending.
fn content_type(types: &str, part: &str) -> Result<String, Trouble> {
    let (mut own, mut by_ending) = (None, None);
    let ending = part.rsplit('.').next().unwrap_or("");
    let mut xml = Xml::new("[Content_Types].xml", types);
    xml.root()?;
    xml.each(|xml, element| {
        let get = |name| element.get(name).unwrap_or_default();
        match element.name() {
            Name::Other("Override")
                if get("PartName")
                    .trim_start_matches('/')
                    .eq_ignore_ascii_case(part) =>
            {
                own = Some(get("ContentType").into_owned());
            }
            Name::Other("Default") if get("Extension").eq_ignore_ascii_case(ending) => {
                by_ending = Some(get("ContentType").into_owned());
            }
            _ => {}
        }
        xml.skip()
    })?;
    Ok(own.or(by_ending).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_part_is_unpacked_within_bounds_whatever_it_says_of_its_size() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("part.xml", options).unwrap();
        zip.write_all(&[b' '; 1000]).unwrap();
        let archive = ZipArchive::new(zip.finish().unwrap()).unwrap();
        let mut package = Package {
            archive,
            main: String::new(),
            unpacked: 0,
        };
        assert_eq!(
            package
                .text_within("PART.xml", 1000)
                .unwrap()
                .unwrap()
                .len(),
            1000
        );
        let refused = package.text_within("part.xml", 999).unwrap_err();
        assert_eq!(
            refused.error("x.docx").to_string(),
            "cannot read x.docx: part.xml in it is too large when unpacked"
        );
        assert!(package.text_within("other.xml", 999).unwrap().is_none());
    }

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        for (folder, target, part) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../custom/a.xml", "custom/a.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "../../../a.xml", "a.xml"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
    }
}
