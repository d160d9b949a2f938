//! What paragraphs and runs may say of themselves, each thing only where it is said.

use super::xml::{Damage, Element, Name, Xml};

/// How far a paragraph is indented, in twentieths of a point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Indent {
    pub left: Option<i32>,
    /// What is added on its first line; negative where it hangs out.
    pub first: Option<i32>,
}

impl Indent {
    pub fn of(element: &Element) -> Self {
        let get = |name: &str| -> Option<i32> { element.get(name)?.trim().parse().ok() };
        Self {
            left: get("left").or_else(|| get("start")),
            first: get("hanging")
                .map(|by| by.saturating_neg())
                .or_else(|| get("firstLine")),
        }
    }

    pub fn or(self, other: Self) -> Self {
        Self {
            left: self.left.or(other.left),
            first: self.first.or(other.first),
        }
    }
}

/// What a paragraph, or a style for paragraphs, says.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
    pub style: Option<String>,
    pub num: Option<u32>,
    pub level: Option<usize>,
    /// Its level in the outline, from 0; 9 for none.
    pub outline: Option<u8>,
    pub centred: Option<bool>,
    pub indent: Indent,
    pub page_break_before: Option<bool>,
    /// What is said of the mark at its end.
    pub mark: RunProperties,
    /// True when the mark at its end is deleted, so that the next paragraph goes on with it.
    pub mark_deleted: bool,
    /// True when a section ends with it.
    pub ends_section: bool,
    /// True when it stands in a frame, apart from the text around.
    pub framed: bool,
}

impl ParagraphProperties {
    /// Reads a `w:pPr` that was opened.
    pub fn read(xml: &mut Xml) -> Result<Self, Damage> {
        let mut out = Self::default();
        xml.each(|xml, element| {
            match element.name() {
                Name::W("pStyle") => out.style = element.val().map(Into::into),
                Name::W("numPr") => {
                    return xml.each(|xml, element| {
                        match element.name() {
                            Name::W("numId") => out.num = element.number(),
                            Name::W("ilvl") => out.level = element.number(),
                            _ => {}
                        }
                        xml.skip()
                    });
                }
                Name::W("outlineLvl") => out.outline = element.number(),
                Name::W("jc") => out.centred = element.val().map(|how| how == "center"),
                Name::W("ind") => out.indent = Indent::of(element),
                Name::W("pageBreakBefore") => out.page_break_before = Some(element.is_on()),
                Name::W("rPr") => {
                    (out.mark, out.mark_deleted) = RunProperties::read(xml)?;
                    return Ok(());
                }
                Name::W("sectPr") => out.ends_section = true,
                Name::W("framePr") => out.framed = true,
                _ => {}
            }
            xml.skip()
        })?;
        Ok(out)
    }

    /// What is said here, else what `other` says.
    pub fn or(self, other: &Self) -> Self {
        Self {
            style: self.style,
            num: self.num.or(other.num),
            level: self.level.or(other.level),
            outline: self.outline.or(other.outline),
            centred: self.centred.or(other.centred),
            indent: self.indent.or(other.indent),
            page_break_before: self.page_break_before.or(other.page_break_before),
            ..self
        }
    }
}

/// What a run, or a style for runs, says.
#[derive(Debug, Clone, Default)]
pub(super) struct RunProperties {
    pub style: Option<String>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    pub raised: Option<bool>,
    /// In half points.
    pub size: Option<u16>,
    pub font: Option<String>,
}

impl RunProperties {
    /// Reads a `w:rPr` that was opened; true where it says that it is deleted.
    pub fn read(xml: &mut Xml) -> Result<(Self, bool), Damage> {
        let (mut out, mut deleted) = (Self::default(), false);
        xml.each(|xml, element| {
            match element.name() {
                Name::W("rStyle") => out.style = element.val().map(Into::into),
                Name::W("b") => out.bold = Some(element.is_on()),
                Name::W("i") => out.italic = Some(element.is_on()),
                Name::W("vanish") => out.hidden = Some(element.is_on()),
                Name::W("vertAlign") => {
                    out.raised = Some(element.val().as_deref() == Some("superscript"))
                }
                Name::W("sz") => out.size = element.number(),
                Name::W("rFonts") => out.font = element.get("ascii").map(Into::into),
                Name::W("del" | "moveFrom") => deleted = true,
                _ => {}
            }
            xml.skip()
        })?;
        Ok((out, deleted))
    }

    /// What is said here, else what `other` says.
    pub fn or(self, other: &Self) -> Self {
        Self {
            style: self.style,
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            hidden: self.hidden.or(other.hidden),
            raised: self.raised.or(other.raised),
            size: self.size.or(other.size),
            font: self.font.or_else(|| other.font.clone()),
        }
    }
}
