//! DOCX to lines: text in the order it is printed, with the roles its styles give and the numbers
//! that its automatic numbering prints.
//!
//! `package` opens the archive, `xml` reads a part, `properties`, `styles`, `numbering` and `notes`
//! know what a document says of its paragraphs, and `story` walks through the text. Nothing is
//! fetched and nothing run: only the parts named here are looked at.

mod draft;
mod notes;
mod numbering;
mod numeral;
mod package;
mod properties;
mod story;
mod styles;
mod symbol;
mod table;
mod xml;

use std::collections::{HashMap, HashSet};
use std::iter;

use draft::Draft;
use notes::{Called, NoteProperties, Notes, Section};
use numbering::Numbering;
use package::{Package, Relation};
use story::{LeftOut, Story};
use styles::Styles;
use xml::{Name, Xml};

use super::manuscript::{Call, Format, Line, Look, Manuscript, Remark, Role};
use crate::error::Error;

/// Why a DOCX cannot be read.
#[derive(Debug)]
enum Trouble {
    CutShort,
    OtherArchive(&'static str),
    NoMainPart,
    Encrypted,
    Part { part: String, what: String },
    TooLarge(String),
    TooMany(usize),
    Empty,
}

/// Reads the bytes of a DOCX, telling `progress` how much of its main part is read.
pub(super) fn read(
    bytes: Vec<u8>,
    name: &str,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Manuscript, Error> {
    document(bytes, progress).map_err(|trouble| trouble.error(name))
}

impl Trouble {
    fn error(self, name: &str) -> Error {
        let again = "get the file again, or open it in a word processor and save it anew as DOCX";
        let (what, way_out) = match self {
            Self::CutShort => (
                "it is a damaged ZIP archive or one that is cut short".into(),
                again,
            ),
            Self::OtherArchive(what @ "a ZIP archive") => {
                (format!("it is {what}"), "unpack it and name a file in it")
            }
            Self::OtherArchive(what) => (format!("it is {what}"), "save it as DOCX or PDF"),
            Self::NoMainPart => ("it is a DOCX without its main part".into(), again),
            Self::Encrypted => (
                "it needs a password".into(),
                "open it in a word processor and save it without the password",
            ),
            Self::Part { part, what } => (format!("{part} in it is damaged: {what}"), again),
            Self::TooLarge(part) => (
                format!("{part} in it is too large when unpacked"),
                "save it as PDF, or cut it into several documents",
            ),
            Self::TooMany(most) => (
                format!("it has more than {most} paragraphs"),
                "cut it into several documents",
            ),
            Self::Empty => (
                "it is a DOCX without any text".into(),
                "if its pages are pictures, they need OCR first",
            ),
        };
        Error::Unreadable {
            name: name.into(),
            what,
            way_out,
        }
    }
}

fn document(
    bytes: Vec<u8>,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Manuscript, Trouble> {
    let mut package = Package::open(bytes)?;
    let main = package.main.clone();
    let relations = package.relations(&main)?;
    let text = package.text(&main)?.ok_or(Trouble::NoMainPart)?;

    let mut styles = Styles::default();
    if let Some((part, text)) = part_of(&mut package, &relations, "styles")? {
        styles = Styles::read(&part, &text)?;
    }
    let mut numbering = Numbering::default();
    if let Some((part, text)) = part_of(&mut package, &relations, "numbering")? {
        numbering = Numbering::read(&part, &text)?;
        numbering.link(|style| styles.numbered(Some(style)).map(|(_, num)| num));
    }
    let mut settings = Settings::default();
    if let Some((part, text)) = part_of(&mut package, &relations, "settings")? {
        settings = Settings::read(&part, &text)?;
    }
    let sections = notes::sections(&mut Xml::new(&main, &text))?;

    let usual = (
        Notes::new(settings.footnotes, "decimal"),
        Notes::new(settings.endnotes, "lowerRoman"),
    );
    let mut story = Story::new(&styles, &mut numbering, &sections, usual, progress);
    story.size = text.len() as u64;
    let mut body = Vec::new();
    let mut xml = Xml::new(&main, &text);
    xml.root()?;
    xml.each(|xml, element| match element.name() {
        Name::W("body") => story.blocks(xml, &mut body),
        _ => Ok(xml.skip()?),
    })?;
    // What stands behind the last element must be well formed too.
    while xml.next()?.is_some() {}
    story.end(&mut body);
    let mut body = behind_tables(body);
    drop(text);
    let pages = story.pages();

    for (kind, foot) in [("footnotes", true), ("endnotes", false)] {
        if let Some((part, text)) = part_of(&mut package, &relations, kind)? {
            notes_of(&mut story, &part, &text, foot, &mut body)?;
        }
    }
    let (heads, feet) = edges(
        &mut package,
        &relations,
        &mut story,
        &sections,
        settings.even,
    )?;
    let mut drafts = heads;
    drafts.extend(body);
    drafts.extend(feet);
    let left_out = story.left_out;
    if drafts.iter().all(|draft| draft.text.is_empty()) {
        return Err(Trouble::Empty);
    }
    Ok(manuscript(drafts, pages, &left_out))
}

/// The part a relation of this kind leads to, and its text.
fn part_of(
    package: &mut Package,
    relations: &[Relation],
    kind: &str,
) -> Result<Option<(String, String)>, Trouble> {
    let found = relations.iter().find(|relation| relation.kind == kind);
    let Some(target) = found.map(|relation| relation.target.clone()) else {
        return Ok(None);
    };
    Ok(package.text(&target)?.map(|text| (target, text)))
}

/// What is said of the whole document.
#[derive(Debug, Default)]
struct Settings {
    footnotes: NoteProperties,
    endnotes: NoteProperties,
    /// True when even pages have heads and feet of their own.
    even: bool,
}

impl Settings {
    fn read(part: &str, text: &str) -> Result<Self, xml::Damage> {
        let mut out = Self::default();
        let mut xml = Xml::new(part, text);
        xml.root()?;
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
                Name::W("evenAndOddHeaders") => out.even = element.is_on(),
                _ => {}
            }
            xml.skip()
        })?;
        Ok(out)
    }
}

/// The text with the notes that were set by hand behind the rows they stand between: the table goes
/// on around the foot of its page.
fn behind_tables(text: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(text.len());
    let mut notes = Vec::new();
    for draft in text {
        let behind_row = out.last().is_some_and(|last| last.role == Role::Table);
        match draft.role {
            Role::Footnote if behind_row => notes.push(draft),
            Role::Table => out.push(draft),
            _ => {
                out.append(&mut notes);
                out.push(draft);
            }
        }
    }
    out.append(&mut notes);
    out
}

/// Reads the notes that are called, and puts them behind the text in the order of their calls; or,
/// where a mark comes again, as numbers do that begin again in every section, those it was used for
/// before stand before what calls by it again.
fn notes_of(
    story: &mut Story,
    part: &str,
    text: &str,
    foot: bool,
    out: &mut Vec<Draft>,
) -> Result<(), Trouble> {
    let notes = if foot {
        &mut story.footnotes
    } else {
        &mut story.endnotes
    };
    let called = std::mem::take(&mut notes.called);
    let wanted: HashSet<&str> = called.iter().map(|called| called.id.as_str()).collect();
    let mut found: HashMap<String, Vec<Draft>> = HashMap::new();
    let mut xml = Xml::new(part, text);
    xml.root()?;
    xml.each(|xml, element| {
        let id = element.get("id").unwrap_or_default().into_owned();
        if !matches!(element.name(), Name::W("footnote" | "endnote")) || !wanted.contains(&*id) {
            return Ok::<_, Trouble>(xml.skip()?);
        }
        let mut drafts = Vec::new();
        story.blocks(xml, &mut drafts)?;
        story.end(&mut drafts);
        drafts.retain(|draft| !draft.text.is_empty());
        found.insert(id, drafts);
        Ok(())
    })?;
    let text = std::mem::take(out);
    let mut waiting = Vec::new();
    let mut begins = again_from(&called, &text).into_iter().peekable();
    let mut text = text.into_iter().enumerate().peekable();
    for (nth, called) in called.iter().enumerate() {
        if let Some((_, from)) = begins.next_if(|&(first, _)| first == nth) {
            let before = iter::from_fn(|| text.next_if(|&(at, _)| at < from));
            out.extend(before.map(|(_, draft)| draft));
            out.append(&mut waiting);
        }
        let Some(mut drafts) = found.remove(&called.id) else {
            continue;
        };
        for (at, draft) in drafts.iter_mut().enumerate() {
            draft.page = called.page;
            draft.role = Role::Footnote;
            if at > 0 {
                draft.label = 0;
            } else {
                // A sign of its own is typed in the note.
                if !draft.text.starts_with(&called.mark)
                    || called.mark.bytes().all(|b| b.is_ascii_digit())
                {
                    draft.prepend(&format!("{} ", called.mark));
                }
                draft.label = called.mark.len();
            }
        }
        waiting.extend(drafts);
    }
    out.extend(text.map(|(_, draft)| draft));
    out.append(&mut waiting);
    Ok(())
}

/// Where marks come again: the first note that is called by one, and the draft in the text that
/// calls it; from there on they are used anew.
fn again_from(called: &[Called], text: &[Draft]) -> Vec<(usize, usize)> {
    let printed: Vec<usize> = (0..text.len())
        .filter(|&at| text[at].role != Role::Footnote)
        .collect();
    let mut begins = Vec::new();
    let mut used = HashSet::new();
    let mut last = 0;
    for (nth, called) in called.iter().enumerate() {
        if used.insert(called.mark.as_str()) {
            continue;
        }
        let after = printed.partition_point(|&at| text[at].paragraph < called.paragraph);
        // A row begins with the first paragraph in it. A table is not cut in two.
        let rows = |&at: &usize| text[at].role == Role::Table;
        let behind = printed.get(after);
        let exact = behind.is_some_and(|&at| text[at].paragraph == called.paragraph);
        let mut calls = if exact {
            after
        } else {
            after.saturating_sub(1)
        };
        while calls > 0 && printed.get(calls).is_some_and(rows) && rows(&printed[calls - 1]) {
            calls -= 1;
        }
        let Some(&from) = printed.get(calls).filter(|&&from| from > last) else {
            continue;
        };
        begins.push((nth, from));
        used = HashSet::from([called.mark.as_str()]);
        last = from;
    }
    begins
}

/// The heads and feet of pages, each wording once. The heads of the first section, where a
/// masthead stands, open the text; all others close it.
fn edges(
    package: &mut Package,
    relations: &[Relation],
    story: &mut Story,
    sections: &[Section],
    even: bool,
) -> Result<(Vec<Draft>, Vec<Draft>), Trouble> {
    let (mut heads, mut feet) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let last_page = story.page;
    for (at, section) in sections.iter().enumerate() {
        for pages in ["first", "default", "even"] {
            let printed = match pages {
                "first" => section.own_first,
                "even" => even,
                _ => true,
            };
            let named = section
                .edges
                .iter()
                .filter(|edge| printed && edge.pages == pages);
            for edge in named {
                let target = relations
                    .iter()
                    .find(|relation| relation.id == edge.relation);
                let Some(part) = target.map(|relation| relation.target.clone()) else {
                    continue;
                };
                let Some(text) = package.text(&part)? else {
                    continue;
                };
                let mut drafts = Vec::new();
                // Its tables only place what is in them.
                story.blank = true;
                story.page = if at == 0 { 1 } else { last_page };
                let mut xml = Xml::new(&part, &text);
                xml.root()?;
                story.blocks(&mut xml, &mut drafts)?;
                story.end(&mut drafts);
                let page = if at == 0 && !edge.foot { 1 } else { last_page };
                for mut draft in drafts {
                    draft.role = if edge.foot { Role::Foot } else { Role::Head };
                    draft.page = page;
                    let words = draft.text.replace(char::is_whitespace, "");
                    if seen.insert((draft.role == Role::Foot, words)) {
                        let opens = at == 0 && !edge.foot;
                        if opens { &mut heads } else { &mut feet }.push(draft);
                    }
                }
            }
        }
    }
    Ok((heads, feet))
}

/// Lines out of drafts: their places in one text, their looks beside the commonest.
fn manuscript(drafts: Vec<Draft>, pages: u32, left_out: &LeftOut) -> Manuscript {
    let mut sizes: HashMap<u16, usize> = HashMap::new();
    let mut leftmost = i32::MAX;
    for draft in &drafts {
        let body = matches!(
            draft.role,
            Role::Paragraph | Role::Entry(_) | Role::Heading(_)
        );
        if body {
            leftmost = leftmost.min(draft.indent);
            for (size, letters) in &draft.sizes {
                *sizes.entry(*size).or_default() += letters;
            }
        }
    }
    let commonest = sizes
        .into_iter()
        .max_by_key(|&(size, letters)| (letters, size));
    let commonest = commonest.map_or(20, |(size, _)| size.max(1));
    let mut out = Manuscript {
        format: Format::Docx,
        pages,
        ..Manuscript::default()
    };
    let (mut page, mut number) = (0, 0);
    let mut last = Role::Line;
    for mut draft in drafts.into_iter().filter(|draft| !draft.text.is_empty()) {
        number += 1;
        draft.page = if pages > 0 { draft.page.max(1) } else { 1 };
        let start = out.text.len();
        out.text.push_str(&draft.text);
        let calls = draft.calls.iter().map(|call| Call {
            span: call.start + start..call.end + start,
        });
        out.calls.extend(calls);
        let size = u32::from(draft.size()) * 100 / u32::from(commonest);
        let whole = |part: usize| draft.letters > 0 && part == draft.letters;
        let indent = draft.indent.saturating_sub(leftmost) / (i32::from(commonest) * 5);
        out.lines.push(Line {
            span: start..out.text.len(),
            number,
            page: draft.page,
            starts_page: draft.page > page,
            gap: draft.role != Role::Table || last != Role::Table,
            indent: u16::try_from(indent.max(0)).unwrap_or(u16::MAX),
            look: Look {
                size: u16::try_from(size).unwrap_or(u16::MAX),
                bold: whole(draft.bold),
                italic: whole(draft.italic),
                centred: draft.centred,
            },
            role: draft.role,
            label: u16::try_from(draft.label).unwrap_or(0),
        });
        // Notes stand behind the text of the pages after theirs, too.
        (page, last) = (page.max(draft.page), draft.role);
        out.text.push('\n');
    }
    out.calls.sort_by_key(|call| call.span.start);
    out.remarks = remarks(left_out, pages > 0);
    out
}

/// No more deletions than this are told one by one, nor more of their words.
const MOST_TOLD: usize = 50;
const MOST_WORDS: usize = 120;

/// What was left out, in words.
fn remarks(left_out: &LeftOut, paged: bool) -> Vec<Remark> {
    let mut out = Vec::new();
    let mut remark = |page: u32, misread: bool, text: String| {
        out.push(Remark {
            line: 0,
            page: if paged { page } else { 0 },
            text,
            misread,
        });
    };
    for (how, pieces) in [("deleted", &left_out.deleted), ("hidden", &left_out.hidden)] {
        let printed = pieces
            .iter()
            .filter(|(_, _, words)| !words.trim().is_empty());
        let count = printed.clone().count();
        for (_, page, words) in printed.take(MOST_TOLD) {
            let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut told: String = plain.chars().take(MOST_WORDS).collect();
            if told.len() < plain.len() {
                told.push('…');
            }
            remark(*page, false, format!("{how} words are left out: {told}"));
        }
        if count > MOST_TOLD {
            let more = count - MOST_TOLD;
            remark(
                0,
                false,
                format!("{how} words are left out in {more} more places"),
            );
        }
    }
    let many = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    };
    for (count, misread, one, more) in [
        (
            left_out.comments,
            false,
            "comment is left out",
            "comments are left out",
        ),
        (
            left_out.charts,
            false,
            "chart is left out, with the words in it",
            "charts are left out, with the words in them",
        ),
        (
            left_out.imported,
            true,
            "document imported into this one is left out",
            "documents imported into this one are left out",
        ),
        (
            left_out.signs,
            true,
            "sign of a special font has no character",
            "signs of special fonts have no character",
        ),
        (
            left_out.unnumbered,
            true,
            "paragraph has an automatic number that the document does not define",
            "paragraphs have an automatic number that the document does not define",
        ),
    ] {
        if count > 0 {
            remark(0, misread, many(count, one, more));
        }
    }
    out
}
