//! One XML part, read element by element, with names told apart by their namespace.
//!
//! Knows no document: it gives what is opened, what is closed and the text between, and refuses
//! what no part of a DOCX has (a DTD, elements nested without end) or what is damaged.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// Elements deeper than this are nobody's document.
const MOST_DEPTH: usize = 256;

/// What is wrong with a part, and at which byte of it.
#[derive(Debug)]
pub(super) struct Damage {
    pub part: String,
    pub at: u64,
    pub what: String,
}

/// The name of an element: its namespace, as far as it matters, and its local name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'a> {
    /// Of WordprocessingML.
    W(&'a str),
    /// Of mathematics.
    M(&'a str),
    /// Of markup compatibility.
    Mc(&'a str),
    /// Of another namespace, or none.
    Other(&'a str),
}

#[derive(Debug, Clone, Copy)]
enum Space {
    W,
    M,
    Mc,
    Other,
}

/// An element that was opened.
#[derive(Debug)]
pub(super) struct Element<'a> {
    space: Space,
    start: BytesStart<'a>,
}

impl Element<'_> {
    pub fn name(&self) -> Name<'_> {
        let local = self.start.local_name().into_inner();
        match self.space {
            Space::W => Name::W(local),
            Space::M => Name::M(local),
            Space::Mc => Name::Mc(local),
            Space::Other => Name::Other(local),
        }
    }

    /// The value of the attribute of this local name.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(match quick_xml::escape::unescape(&found.value) {
            Ok(value) => value.into_owned().into(),
            Err(_) => found.value.into_owned().into(),
        })
    }

    /// Its `val`, which most elements have.
    pub fn val(&self) -> Option<Cow<'_, str>> {
        self.get("val")
    }

    /// Its `val` as a number.
    pub fn number<N: std::str::FromStr>(&self) -> Option<N> {
        self.val()?.trim().parse().ok()
    }

    /// What it switches: on without a `val`, off with one that says so.
    pub fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }
}

/// What comes next in a part.
#[derive(Debug)]
pub(super) enum Next<'a> {
    Open(Element<'a>),
    Close,
    Text(Cow<'a, str>),
}

/// A part, as far as it is read.
pub(super) struct Xml<'a> {
    part: &'a str,
    reader: NsReader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub fn new(part: &'a str, text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            part,
            reader,
            depth: 0,
        }
    }

    /// How many bytes are read.
    pub fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    pub fn damage(&self, what: impl Into<String>) -> Damage {
        Damage {
            part: self.part.into(),
            at: self.reader.error_position().max(self.position()),
            what: what.into(),
        }
    }

    /// What comes next; `None` at the end of the part.
    pub fn next(&mut self) -> Result<Option<Next<'a>>, Damage> {
        loop {
            let (space, event) = match self.reader.read_resolved_event() {
                Ok((space, event)) => (kind_of(&space), event),
                Err(error) => return Err(self.damage(error.to_string())),
            };
            return Ok(Some(match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(self.damage(format!(
                            "elements stand more than {MOST_DEPTH} deep in each other"
                        )));
                    }
                    Next::Open(Element { space, start })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Next::Close
                }
                Event::Text(text) => Next::Text(text.into_inner()),
                Event::CData(text) => Next::Text(text.into_inner()),
                Event::GeneralRef(name) => {
                    let meant = match name.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        Ok(None) => match &*name.borrow().into_inner() {
                            "amp" => Some('&'),
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        },
                        Err(_) => None,
                    };
                    match meant {
                        Some(c) => Next::Text(c.to_string().into()),
                        None => return Err(self.damage("an entity is not known")),
                    }
                }
                Event::DocType(_) => {
                    return Err(self.damage("it declares a document type, which no DOCX does"));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.damage("it ends before its last element is closed"));
                }
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            }));
        }
    }

    /// Hands each element inside the one just opened to `take`, which must read it to its end.
    pub fn each<E: From<Damage>>(
        &mut self,
        mut take: impl FnMut(&mut Self, &Element<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            match self.next()? {
                Some(Next::Open(element)) => take(self, &element)?,
                Some(Next::Text(_)) => {}
                Some(Next::Close) | None => return Ok(()),
            }
        }
    }

    /// Passes over what is inside the element just opened.
    pub fn skip(&mut self) -> Result<(), Damage> {
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Some(Next::Open(_)) => open += 1,
                Some(Next::Close) => open -= 1,
                Some(Next::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// The text inside the element just opened.
    pub fn text(&mut self) -> Result<String, Damage> {
        let (mut open, mut out) = (1, String::new());
        while open > 0 {
            match self.next()? {
                Some(Next::Open(_)) => open += 1,
                Some(Next::Close) => open -= 1,
                Some(Next::Text(text)) => out.push_str(&text),
                None => break,
            }
        }
        Ok(out)
    }

    /// Opens the outermost element of the part.
    pub fn root(&mut self) -> Result<Element<'a>, Damage> {
        loop {
            match self.next()? {
                Some(Next::Open(element)) => return Ok(element),
                Some(_) => {}
                None => return Err(self.damage("it has no element")),
            }
        }
    }
}

/// Both the usual namespaces and those of strict OOXML.
fn kind_of(space: &ResolveResult) -> Space {
    let ResolveResult::Bound(space) = space else {
        return Space::Other;
    };
    match space.into_inner() {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::W,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::M,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Mc,
        _ => Space::Other,
    }
}
