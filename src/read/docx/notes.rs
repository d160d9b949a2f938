//! Footnotes and endnotes: how their numbers run, section by section, and who calls them.

use super::numeral::numeral;
use super::xml::{Damage, Name, Xml};

/// When note numbers begin again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Restart {
    Never,
    Section,
    Page,
}

/// What a document or a section says of the numbers of its notes.
#[derive(Debug, Clone, Default)]
pub(super) struct NoteProperties {
    format: Option<String>,
    start: Option<u32>,
    restart: Option<Restart>,
}

impl NoteProperties {
    /// Reads a `w:footnotePr` or `w:endnotePr` that was opened.
    pub fn read(xml: &mut Xml) -> Result<Self, Damage> {
        let mut out = Self::default();
        xml.each(|xml, element| {
            match element.name() {
                Name::W("numFmt") => out.format = element.val().map(Into::into),
                Name::W("numStart") => out.start = element.number(),
                Name::W("numRestart") => {
                    out.restart = element.val().map(|when| match &*when {
                        "eachSect" => Restart::Section,
                        "eachPage" => Restart::Page,
                        _ => Restart::Never,
                    });
                }
                _ => {}
            }
            xml.skip()
        })?;
        Ok(out)
    }

    fn or(&self, other: &Self) -> Self {
        Self {
            format: self.format.clone().or_else(|| other.format.clone()),
            start: self.start.or(other.start),
            restart: self.restart.or(other.restart),
        }
    }
}

/// A note that is called.
#[derive(Debug)]
pub(super) struct Called {
    pub id: String,
    /// The number or sign it is called by.
    pub mark: String,
    pub page: u32,
    /// The paragraph that calls it.
    pub paragraph: usize,
}

/// Where something stands that calls a note.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub section: usize,
    pub page: u32,
    pub paragraph: usize,
}

/// The footnotes or the endnotes of a document, as far as they are called.
#[derive(Debug)]
pub(super) struct Notes {
    usual: NoteProperties,
    usual_format: &'static str,
    last: Option<u32>,
    last_place: Place,
    pub called: Vec<Called>,
}

impl Notes {
    /// Notes numbered in a format where nothing is said.
    pub fn new(usual: NoteProperties, usual_format: &'static str) -> Self {
        Self {
            usual,
            usual_format,
            last: None,
            last_place: Place::default(),
            called: Vec::new(),
        }
    }

    /// Counts a call that stands at a place; gives the number printed.
    pub fn call(&mut self, id: &str, own: Option<&NoteProperties>, place: Place) -> String {
        let said = own.map_or_else(|| self.usual.clone(), |own| own.or(&self.usual));
        let last = std::mem::replace(&mut self.last_place, place);
        let again = match said.restart {
            Some(Restart::Section) => last.section != place.section,
            Some(Restart::Page) => (last.section, last.page) != (place.section, place.page),
            Some(Restart::Never) | None => false,
        };
        let number = match self.last {
            Some(last) if !again => last.saturating_add(1),
            _ => said.start.unwrap_or(1),
        };
        self.last = Some(number);
        let mark = numeral(said.format.as_deref().unwrap_or(self.usual_format), number);
        self.called.push(Called {
            id: id.into(),
            mark: mark.clone(),
            page: place.page,
            paragraph: place.paragraph,
        });
        mark
    }

    /// Notes a call by a sign of its own, which is no part of the count.
    pub fn call_by_sign(&mut self, id: &str, place: Place) {
        self.called.push(Called {
            id: id.into(),
            mark: String::new(),
            page: place.page,
            paragraph: place.paragraph,
        });
    }
}

/// What a section says, wherever in it that stands.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub footnotes: NoteProperties,
    pub endnotes: NoteProperties,
    /// The heads and feet it names: the relation, the kind of page, and whether it is a foot.
    pub edges: Vec<Edge>,
    /// True when its first page has a head and foot of its own.
    pub own_first: bool,
}

/// A head or foot of pages.
#[derive(Debug)]
pub(super) struct Edge {
    pub relation: String,
    pub pages: String,
    pub foot: bool,
}

/// Finds the sections of the main part. They say at their end how the notes in them are numbered.
pub(super) fn sections(xml: &mut Xml) -> Result<Vec<Section>, Damage> {
    let mut out = Vec::new();
    while let Some(next) = xml.next()? {
        if let super::xml::Next::Open(element) = next
            && element.name() == Name::W("sectPr")
        {
            out.push(section(xml)?);
        }
    }
    Ok(out)
}

fn section(xml: &mut Xml) -> Result<Section, Damage> {
    let mut out = Section::default();
    xml.each(|xml, element| {
        match element.name() {
            Name::W("footnotePr") => {
                out.footnotes = NoteProperties::read(xml)?;
                return Ok(());
            }
            Name::W("endnotePr") => {
                out.endnotes = NoteProperties::read(xml)?;
                return Ok(());
            }
            Name::W("titlePg") => out.own_first = element.is_on(),
            Name::W(name @ ("headerReference" | "footerReference")) => out.edges.push(Edge {
                relation: element.get("id").unwrap_or_default().into(),
                pages: element.get("type").unwrap_or_default().into(),
                foot: name == "footerReference",
            }),
            _ => {}
        }
        xml.skip()
    })?;
    Ok(out)
}
