//! The walk through a part with text: paragraphs, runs, tables, boxes, in the order they stand.
//!
//! What Word would not print is left out and told: deleted and hidden words, comments, pictures.

use super::Trouble;
use super::draft::{BREAK, Draft};
use super::notes::{Notes, Place, Section};
use super::numbering::Numbering;
use super::properties::{ParagraphProperties, RunProperties};
use super::styles::Styles;
use super::symbol;
use super::table::{self, Cell};
use super::xml::{Damage, Element, Name, Xml};
use crate::read::manuscript::Role;

/// More paragraphs than this are nobody's document.
const MOST_PARAGRAPHS: usize = 2_000_000;
/// A page with more characters than this is several.
const FULLEST_PAGE: usize = 9_000;
/// More stars than these are drawn, and call no note.
const MOST_STARS: usize = 3;
/// A heading longer than this is a paragraph that was given the wrong style.
const LONGEST_HEADING: usize = 600;

/// What was left out, or could not be told.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Words deleted with changes tracked, with the paragraph and page they stood in.
    pub deleted: Vec<(usize, u32, String)>,
    pub hidden: Vec<(usize, u32, String)>,
    pub comments: usize,
    pub charts: usize,
    pub imported: usize,
    /// Signs of special fonts without a character.
    pub signs: usize,
    /// Paragraphs with an automatic number that nothing defines.
    pub unnumbered: usize,
}

/// One walk, and what it knows.
pub(super) struct Story<'a> {
    pub styles: &'a Styles,
    pub numbering: &'a mut Numbering,
    pub sections: &'a [Section],
    pub footnotes: Notes,
    pub endnotes: Notes,
    pub left_out: LeftOut,
    pub progress: &'a mut dyn FnMut(u64, Option<u64>),
    /// How large the part is that is read.
    pub size: u64,
    /// The page, from 1.
    pub page: u32,
    /// What is printed on this page, in characters, and what on the fullest before.
    printed: usize,
    fullest: usize,
    /// True once the document says where a page ended when it was last laid out.
    laid_out: bool,
    /// True behind a break by hand, until something is printed: Word notes the same break again.
    broken: bool,
    section: usize,
    paragraphs: usize,
    /// The paragraph that is read, which boxes with more of them may hang on.
    paragraph: usize,
    /// What the runs of this paragraph are, where they say nothing.
    base: RunProperties,
    /// What this run is.
    run: RunProperties,
    /// For each field that is open, whether its result is reached.
    fields: Vec<bool>,
    /// How many tracked deletions are open.
    deletions: usize,
    /// A paragraph whose end is deleted: the next goes on with it.
    carried: Option<Draft>,
    /// Where in the text a sign begins that calls a note.
    sign_from: Option<(usize, bool)>,
    /// How many boxes are open.
    boxes: usize,
    /// True while nothing is printed.
    pub blank: bool,
}

impl<'a> Story<'a> {
    pub fn new(
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        sections: &'a [Section],
        (footnotes, endnotes): (Notes, Notes),
        progress: &'a mut dyn FnMut(u64, Option<u64>),
    ) -> Self {
        Self {
            styles,
            numbering,
            sections,
            footnotes,
            endnotes,
            left_out: LeftOut::default(),
            progress,
            size: 0,
            page: 1,
            printed: 0,
            fullest: 0,
            laid_out: false,
            broken: false,
            section: 0,
            paragraphs: 0,
            paragraph: 0,
            base: RunProperties::default(),
            run: RunProperties::default(),
            fields: Vec::new(),
            deletions: 0,
            carried: None,
            sign_from: None,
            boxes: 0,
            blank: true,
        }
    }

    /// Reads paragraphs and tables up to the end of the element that was opened.
    pub fn blocks(&mut self, xml: &mut Xml, out: &mut Vec<Draft>) -> Result<(), Trouble> {
        xml.each(|xml, element| self.block(xml, element, out))
    }

    fn block(
        &mut self,
        xml: &mut Xml,
        element: &Element,
        out: &mut Vec<Draft>,
    ) -> Result<(), Trouble> {
        match element.name() {
            Name::W("p") => return self.paragraph(xml, out),
            Name::W("tbl") => return self.table(xml, out),
            Name::W("del" | "moveFrom") => {
                self.deletions += 1;
                let read = self.blocks(xml, out);
                self.deletions -= 1;
                return read;
            }
            Name::W("sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag") => {
                return self.blocks(xml, out);
            }
            Name::Mc("AlternateContent") => {
                let mut taken = false;
                return xml.each(|xml, element| match element.name() {
                    Name::Mc("Choice" | "Fallback") if !taken => {
                        taken = true;
                        self.blocks(xml, out)
                    }
                    _ => Ok(xml.skip()?),
                });
            }
            Name::W("altChunk") => self.left_out.imported += 1,
            _ => {}
        }
        Ok(xml.skip()?)
    }

    fn paragraph(&mut self, xml: &mut Xml, out: &mut Vec<Draft>) -> Result<(), Trouble> {
        self.paragraphs += 1;
        if self.paragraphs > MOST_PARAGRAPHS {
            return Err(Trouble::TooMany(MOST_PARAGRAPHS));
        }
        if self.paragraphs.is_multiple_of(512) {
            (self.progress)(xml.position(), Some(self.size));
        }
        let outer = (self.base.clone(), self.run.clone(), self.sign_from.take());
        let around = std::mem::replace(&mut self.paragraph, self.paragraphs);
        let mut draft = self.carried.take().unwrap_or_else(|| Draft {
            paragraph: self.paragraph,
            ..Draft::default()
        });
        let mut said = ParagraphProperties::default();
        self.base = self.run_base(None);
        xml.each(|xml, element| {
            if element.name() == Name::W("pPr") {
                said = ParagraphProperties::read(xml)?;
                self.base = self.run_base(said.style.as_deref());
                if said.page_break_before == Some(true) {
                    self.turn_page();
                }
                return Ok(());
            }
            self.inline(xml, element, &mut draft)
        })?;
        (self.base, self.run, self.sign_from) = outer;
        self.paragraph = around;
        if self.deletions > 0 || said.mark_deleted {
            self.carried = Some(draft);
        } else {
            self.finish(draft, &said, out);
        }
        if said.ends_section {
            self.section += 1;
        }
        Ok(())
    }

    /// What runs are in paragraphs of a style.
    fn run_base(&self, style: Option<&str>) -> RunProperties {
        let style = self.styles.of(style);
        self.styles.run(style).or(self.styles.runs())
    }

    /// Ends a paragraph: its number, its role, its lines.
    fn finish(&mut self, draft: Draft, said: &ParagraphProperties, out: &mut Vec<Draft>) {
        let style = self.styles.of(said.style.as_deref());
        let of_style = self.styles.paragraph(style);
        let blank = draft.text.trim().is_empty();
        if blank && (said.mark.hidden == Some(true) || said.ends_section) {
            // Nothing is printed there, and nothing counted: it only holds the end of a section.
            out.extend(draft.boxes);
            return;
        }
        let heading = match said.outline {
            Some(level) => (level < 9).then_some(level + 1),
            None => self.styles.heading(style),
        };
        let heading = heading.filter(|_| draft.text.len() <= LONGEST_HEADING);
        let indent = said.indent;
        let paragraph = draft.paragraph;
        let mut drafts = draft.cut();
        let number = self.number(style, said);
        let mut role = heading.map_or(Role::Paragraph, Role::Heading);
        let mut listed = Default::default();
        if let Some((num, level)) = number {
            match self.numbering.next(num, level) {
                // A box alone in its paragraph takes no number from the text.
                Some(printed) if !printed.label.is_empty() => {
                    if drafts.is_empty() || blank {
                        let empty = Draft {
                            paragraph,
                            ..Draft::default()
                        };
                        drafts.insert(0, empty);
                    }
                    let first = &mut drafts[0];
                    let behind = if first.text.is_empty() {
                        ""
                    } else {
                        printed.behind
                    };
                    first.prepend(&format!("{}{behind}", printed.label));
                    first.label = printed.label.len();
                    if heading.is_none() {
                        role = Role::Entry(u8::try_from(level).unwrap_or(u8::MAX));
                    }
                }
                Some(_) => {}
                None => self.left_out.unnumbered += 1,
            }
            listed = self.numbering.indent(num, level);
        }
        let indent = indent.or(listed).or(of_style.indent);
        let edge = indent
            .left
            .unwrap_or(0)
            .saturating_add(indent.first.unwrap_or(0));
        // The notes of a first page may be set at its foot by hand, each with its sign.
        let apart = said.framed || self.boxes > 0;
        for mut draft in drafts {
            if draft.role == Role::Line {
                let sign = if apart { note_sign(&draft.text) } else { 0 };
                draft.role = if sign > 0 { Role::Footnote } else { role };
                draft.label = draft.label.max(sign);
                draft.indent = edge;
                draft.centred = said.centred.or(of_style.centred) == Some(true);
            }
            if draft.page == 0 {
                draft.page = self.page;
            }
            let boxes = std::mem::take(&mut draft.boxes);
            self.blank &= draft.text.is_empty();
            out.push(draft);
            out.extend(boxes);
        }
    }

    /// The numbering a paragraph has, and its level; the number 0 switches that of the style off.
    fn number(&self, style: Option<&str>, said: &ParagraphProperties) -> Option<(u32, usize)> {
        let by_style = self.styles.numbered(style);
        let (num, level) = match (said.num, by_style) {
            (Some(num), _) => (num, said.level.unwrap_or(0)),
            (None, Some((at, num))) => {
                let linked = || {
                    let own = style.and_then(|style| self.numbering.level_of(num, style));
                    own.or_else(|| self.numbering.level_of(num, at))
                };
                let level = said
                    .level
                    .or_else(linked)
                    .or(self.styles.paragraph(style).level);
                (num, level.unwrap_or(0))
            }
            (None, None) => return None,
        };
        (num != 0).then_some((num, level))
    }

    /// Reads an element inside a paragraph.
    fn inline(
        &mut self,
        xml: &mut Xml,
        element: &Element,
        draft: &mut Draft,
    ) -> Result<(), Trouble> {
        match element.name() {
            Name::W("r") => {
                self.run = self.run_of(RunProperties::default());
                let read = self.inside(xml, draft);
                if let Some((from, foot)) = self.sign_from.take() {
                    self.call_by_sign(draft, from, foot);
                }
                return read;
            }
            Name::W("rPr") => {
                let said = RunProperties::read(xml)?.0;
                self.run = self.run_of(said);
                return Ok(());
            }
            Name::W("t" | "delText") | Name::M("t") => {
                let text = xml.text()?;
                self.print(&text, draft);
                return Ok(());
            }
            Name::W("tab" | "ptab") => self.print("\t", draft),
            Name::W("br") if element.get("type").as_deref() == Some("page") => {
                self.print(" ", draft);
                self.turn_page();
                self.broken = true;
            }
            Name::W("br" | "cr") => self.print(BREAK.encode_utf8(&mut [0; 4]), draft),
            Name::W("noBreakHyphen") => self.print("-", draft),
            Name::W("sym") => self.sign(element, draft),
            Name::W("lastRenderedPageBreak") => {
                self.laid_out = true;
                if !std::mem::take(&mut self.broken) {
                    self.turn_page();
                }
            }
            Name::W("fldChar") => match element.get("fldCharType").as_deref() {
                Some("begin") => self.fields.push(false),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = true;
                    }
                }
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            Name::W(name @ ("footnoteReference" | "endnoteReference")) => {
                self.call(element, name == "footnoteReference", draft);
            }
            Name::W("commentReference") => self.left_out.comments += 1,
            Name::W("del" | "moveFrom") => {
                self.deletions += 1;
                let read = self.inside(xml, draft);
                self.deletions -= 1;
                return read;
            }
            Name::W("txbxContent") => return self.text_box(xml, draft),
            Name::Mc("AlternateContent") => {
                let mut taken = false;
                return xml.each(|xml, element| match element.name() {
                    Name::Mc("Choice" | "Fallback") if !taken => {
                        taken = true;
                        self.inside(xml, draft)
                    }
                    _ => Ok(xml.skip()?),
                });
            }
            Name::W("rt") => {
                // How a word is read stands small above it; here behind it.
                self.print("(", draft);
                self.inside(xml, draft)?;
                self.print(")", draft);
                return Ok(());
            }
            Name::Other("chart" | "relIds") => self.left_out.charts += 1,
            Name::W("instrText" | "delInstrText" | "pPr" | "sdtPr" | "rubyPr" | "smartTagPr") => {}
            Name::W("softHyphen" | "footnoteRef" | "endnoteRef" | "annotationRef") => {}
            Name::M(name) if name.ends_with("Pr") => {}
            // Links, content controls, insertions, ruby, formulas, drawings: what is inside counts.
            Name::W(_) | Name::M(_) | Name::Mc(_) | Name::Other(_) => {
                return self.inside(xml, draft);
            }
        }
        Ok(xml.skip()?)
    }

    fn inside(&mut self, xml: &mut Xml, draft: &mut Draft) -> Result<(), Trouble> {
        xml.each(|xml, element| self.inline(xml, element, draft))
    }

    /// What a run is that says this.
    fn run_of(&self, said: RunProperties) -> RunProperties {
        let style = said.style.clone();
        let by_style = self.styles.run(style.as_deref());
        // What a run's style says twice over a paragraph's style is taken back.
        let toggled = |run: Option<bool>, paragraph: Option<bool>| match (run, paragraph) {
            (Some(true), Some(paragraph)) => Some(!paragraph),
            (run, paragraph) => run.or(paragraph),
        };
        let below = RunProperties {
            bold: toggled(by_style.bold, self.base.bold),
            italic: toggled(by_style.italic, self.base.italic),
            hidden: by_style.hidden.or(self.base.hidden),
            ..by_style.or(&self.base)
        };
        RunProperties {
            style,
            ..said.or(&below)
        }
    }

    /// Takes in something printed, unless it is part of a field's code, deleted or hidden.
    fn print(&mut self, text: &str, draft: &mut Draft) {
        if self.fields.contains(&false) {
            return;
        }
        let place = (self.paragraphs, self.page);
        let left_out = match (self.deletions > 0, self.run.hidden) {
            (true, _) => Some(&mut self.left_out.deleted),
            (false, Some(true)) => Some(&mut self.left_out.hidden),
            _ => None,
        };
        if let Some(left_out) = left_out {
            match left_out.last_mut() {
                Some((paragraph, _, words)) if *paragraph == place.0 => words.push_str(text),
                _ => left_out.push((place.0, place.1, text.into())),
            }
            return;
        }
        if !text.trim().is_empty() {
            self.broken = false;
            self.printed += text.chars().filter(|c| !c.is_whitespace()).count();
            if draft.page == 0 {
                draft.page = self.page;
            }
        }
        let from = draft.text.len();
        let plain = |c: char| match c {
            '\u{ad}' => None,
            '\t' | BREAK => Some(c),
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' => Some(' '),
            c => Some(c),
        };
        draft.text.extend(text.chars().filter_map(plain));
        let (bold, italic) = (self.run.bold == Some(true), self.run.italic == Some(true));
        draft.count(text, self.run.size.unwrap_or(20), bold, italic);
        // A number that refers to a note of elsewhere is typed in the style of such numbers; numbers
        // and letters that refer to the notes of a table are typed raised.
        let short = (1..=3).contains(&text.len());
        let number = short && text.bytes().all(|b| b.is_ascii_digit());
        let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase());
        let raised = self.run.raised == Some(true);
        let styled = number && self.styles.calls_note(self.run.style.as_deref());
        if self.sign_from.is_none() && (styled || ((number || letter) && raised)) {
            draft.calls.push(from..draft.text.len());
        }
    }

    fn sign(&mut self, element: &Element, draft: &mut Draft) {
        let font = element.get("font").unwrap_or_default();
        let code = element
            .get("char")
            .and_then(|code| u32::from_str_radix(&code, 16).ok());
        match code.and_then(|code| symbol::sign(&font, code)) {
            Some(sign) => self.print(sign.encode_utf8(&mut [0; 4]), draft),
            None => {
                self.left_out.signs += 1;
                self.print("\u{fffd}", draft);
            }
        }
    }

    fn turn_page(&mut self) {
        // A break before anything is printed turns no page.
        if !self.blank {
            self.page = self.page.saturating_add(1);
        }
        self.fullest = self.fullest.max(std::mem::take(&mut self.printed));
    }

    /// How many pages are told apart up to here; 0 where they are not. Breaks by hand alone tell
    /// nothing, nor does what was laid out before most of the text was written.
    pub fn pages(&self) -> u32 {
        let told = self.laid_out && self.fullest.max(self.printed) <= FULLEST_PAGE;
        if told { self.page } else { 0 }
    }

    /// A number in the text that calls a note.
    fn call(&mut self, element: &Element, foot: bool, draft: &mut Draft) {
        if self.deletions > 0 || self.run.hidden == Some(true) || self.fields.contains(&false) {
            return;
        }
        let id = element.get("id").unwrap_or_default();
        let place = Place {
            section: self.section,
            page: self.page,
            paragraph: self.paragraph,
        };
        let own = self.sections.get(place.section);
        let notes = if foot {
            &mut self.footnotes
        } else {
            &mut self.endnotes
        };
        if element
            .get("customMarkFollows")
            .is_some_and(|is| is != "0" && is != "false")
        {
            notes.call_by_sign(&id, place);
            self.sign_from = Some((draft.text.len(), foot));
            return;
        }
        let own = own.map(|section| {
            if foot {
                &section.footnotes
            } else {
                &section.endnotes
            }
        });
        let mark = notes.call(&id, own, place);
        let from = draft.text.len();
        draft.text.push_str(&mark);
        draft.calls.push(from..draft.text.len());
        if draft.page == 0 {
            draft.page = place.page;
        }
    }

    /// What was printed from here on in the run is the sign that calls the last note.
    fn call_by_sign(&mut self, draft: &mut Draft, from: usize, foot: bool) {
        let Some(sign) = draft
            .text
            .get(from..)
            .map(str::trim)
            .filter(|sign| !sign.is_empty())
        else {
            return;
        };
        let start = from + draft.text[from..].find(sign).unwrap_or(0);
        let sign = sign.to_string();
        draft.calls.push(start..start + sign.len());
        let notes = if foot {
            &mut self.footnotes
        } else {
            &mut self.endnotes
        };
        if let Some(last) = notes.called.last_mut() {
            last.mark = sign;
        }
    }

    fn text_box(&mut self, xml: &mut Xml, draft: &mut Draft) -> Result<(), Trouble> {
        let outer = (
            self.run.clone(),
            std::mem::take(&mut self.fields),
            self.carried.take(),
        );
        self.boxes += 1;
        let read = self.blocks(xml, &mut draft.boxes);
        self.boxes -= 1;
        (self.run, self.fields, self.carried) = outer;
        read
    }

    fn table(&mut self, xml: &mut Xml, out: &mut Vec<Draft>) -> Result<(), Trouble> {
        let opens_document = self.blank;
        let mut rows = Vec::new();
        self.rows(xml, &mut rows)?;
        out.extend(table::lines(rows, opens_document));
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml, rows: &mut Vec<Vec<Cell>>) -> Result<(), Trouble> {
        xml.each(|xml, element| match element.name() {
            Name::W("tr") => {
                let mut row = Vec::new();
                let deletions = self.deletions;
                let read = self.cells(xml, &mut row);
                self.deletions = deletions;
                rows.push(row);
                read
            }
            Name::W("sdt" | "sdtContent" | "customXml") => self.rows(xml, rows),
            _ => Ok(xml.skip()?),
        })
    }

    fn cells(&mut self, xml: &mut Xml, row: &mut Vec<Cell>) -> Result<(), Trouble> {
        xml.each(|xml, element| match element.name() {
            Name::W("tc") => {
                let mut cell = Cell::new();
                let outer = self.carried.take();
                self.blocks(xml, &mut cell)?;
                self.carried = outer;
                row.push(cell);
                Ok(())
            }
            Name::W("trPr") => xml.each(|xml, element| {
                if element.name() == Name::W("del") {
                    self.deletions += 1;
                }
                Ok(xml.skip()?)
            }),
            Name::W("sdt" | "sdtContent" | "customXml") => self.cells(xml, row),
            _ => Ok(xml.skip()?),
        })
    }

    /// Ends the text: a paragraph whose end is deleted stands at it.
    pub fn end(&mut self, out: &mut Vec<Draft>) {
        if let Some(draft) = self.carried.take() {
            self.finish(draft, &ParagraphProperties::default(), out);
        }
        self.fields.clear();
    }
}

/// How many bytes at the start of a text are a sign that calls a note, as `**`, with more behind it.
fn note_sign(text: &str) -> usize {
    let rest = text.trim_start_matches('*');
    let sign = text.len() - rest.len();
    let note = rest.starts_with(char::is_whitespace) && !rest.trim_start().starts_with('*');
    if sign <= MOST_STARS && note { sign } else { 0 }
}

impl From<Damage> for Trouble {
    fn from(damage: Damage) -> Self {
        Self::Part {
            what: format!("{} (at byte {})", damage.what, damage.at),
            part: damage.part,
        }
    }
}
