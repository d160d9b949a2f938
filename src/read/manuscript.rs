//! What a source has printed, line by line, before anything is known of its structure.
//!
//! Every format becomes the same: one text, the lines in it in reading order, and what the format
//! itself says of each. Plain text says little (indents, blank lines, page feeds), a PDF where each
//! line stood and how it looked, DOCX and HTML which lines are headings, lists, notes and tables.

use std::fmt;
use std::ops::Range;

use crate::report::Written;

/// One document as read.
#[derive(Debug, Clone, Default)]
pub struct Manuscript {
    /// What it was read from.
    pub format: Format,
    /// The encoding its bytes were in, by its usual name; `None` where the format has its own.
    pub encoding: Option<&'static str>,
    /// Everything printed. For plain text this is the source itself.
    pub text: String,
    /// The printed lines, in reading order; blank ones are left out.
    pub lines: Vec<Line>,
    /// Raised characters in the text that call a footnote, in order.
    pub calls: Vec<Call>,
    /// How many pages there are; 0 where nothing tells pages apart.
    pub pages: u32,
    /// What was doubtful in reading, in the reader's words.
    pub remarks: Vec<Remark>,
    /// The report itself, where this program wrote it down; then there are no lines.
    pub written: Option<Written>,
}

/// What a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// DOCX, as Word writes it.
    Docx,
    /// PDF.
    Pdf,
    /// JSON, as this program writes a report down.
    Json,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "plain text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Pdf => "PDF",
            Self::Json => "JSON",
        })
    }
}

/// A line with something printed on it; in DOCX, HTML and Markdown a whole paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the text, without the white space around it, in bytes.
    pub span: Range<usize>,
    /// Its number in the source, from 1: the physical line of a text, the how-manieth line or
    /// paragraph of a PDF or DOCX.
    pub number: u32,
    /// Its page, from 1.
    pub page: u32,
    /// True when it is the first of its page.
    pub starts_page: bool,
    /// True when more than the usual space stands before it: a blank line, a wider gap.
    pub gap: bool,
    /// How far it begins from the left edge of the text (in Arabic from the right), in columns of
    /// half an em.
    pub indent: u16,
    /// How it looks, where the format tells.
    pub look: Look,
    /// What the format says it is.
    pub role: Role,
    /// How many bytes at its start are a label that the format itself states, as an automatic
    /// number of DOCX or HTML; 0 where a label, if any, is typed like other text.
    pub label: u16,
}

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The size of its letters in hundredths of the document's commonest size; 0 where unknown.
    pub size: u16,
    /// True when all its letters are bold.
    pub bold: bool,
    /// True when all its letters are italic.
    pub italic: bool,
    /// True when it stands in the middle between the edges.
    pub centred: bool,
}

/// What the format says a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Nothing: a line as it was set, perhaps in the middle of a paragraph.
    #[default]
    Line,
    /// A whole paragraph.
    Paragraph,
    /// A whole heading of this level, from 1; 0 for the title of the document.
    Heading(u8),
    /// A whole entry of a list, this deep, from 0.
    Entry(u8),
    /// Of a footnote or endnote, its mark standing at the start of its first line.
    Footnote,
    /// Of a table or figure: a row, its cells a tab apart.
    Table,
    /// At the head of a page, above its text.
    Head,
    /// At the foot of a page, below its text and notes.
    Foot,
}

/// A raised number or sign that calls a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

/// What was doubtful in reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line it is about, from 1; 0 when about the whole.
    pub line: u32,
    /// Its page, from 1; 0 when about the whole or where nothing tells pages apart.
    pub page: u32,
    /// In words: `two glyphs have no character`.
    pub text: String,
    /// True when text may have been misread or left out for it.
    pub misread: bool,
}

impl Manuscript {
    /// A plain text, cut into its lines.
    ///
    /// ```
    /// use rapporteur::read::Manuscript;
    /// let manuscript = Manuscript::of_text("一. 建议\n\n\t1. 各国应：\n");
    /// let second = &manuscript.lines[1];
    /// assert_eq!(manuscript.printed(second), "1. 各国应：");
    /// assert!(second.gap && second.number == 3);
    /// ```
    pub fn of_text(text: impl Into<String>) -> Self {
        super::text::manuscript(text.into())
    }

    /// What is printed on a line of this manuscript.
    pub fn printed(&self, line: &Line) -> &str {
        &self.text[line.span.clone()]
    }
}
