//! A unit: any of the things the tree lists, a search finds and a citation names.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What a unit is, outermost first; a unit stands under the nearest earlier one of a lower kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One of several documents in one, or of its great divisions: a resolution, a decision, a part.
    Part,
    /// `Annex I`, `附件一`; its numbers start again.
    Annex,
    /// `Appendix`, `Enclosure`, `附录`: under an annex, or where there is none at the end.
    Appendix,
    /// A top heading: `I.`, `一.`, `第一章`.
    Chapter,
    /// A heading under it: `A.`.
    Section,
    /// A deeper heading, or one without a number.
    Heading,
    /// `Article 2`, `第二条`, of a treaty or law; its text is its title, or what it says.
    Article,
    /// Running text, numbered through the whole report (`1.`, `13.1`) or without a number.
    Paragraph,
    /// `(a)` under a paragraph, a recommendation `26.1` under paragraph 26, or an entry behind a
    /// dash; without a label, text that stands between two of these.
    Item,
    /// `(i)` or `㈠` under an item.
    SubItem,
    /// A table, or what is printed in a figure, under the unit it stands behind: rows, a line each.
    Table,
    /// A footnote or endnote, under the unit that calls it.
    Footnote,
}

impl Kind {
    /// True for what stands above text rather than being text.
    pub fn is_heading(self) -> bool {
        self <= Self::Heading
    }

    /// Its name in plain words, as JSON has it too: `sub-item`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Annex => "annex",
            Self::Appendix => "appendix",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Heading => "heading",
            Self::Article => "article",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::SubItem => "sub-item",
            Self::Table => "table",
            Self::Footnote => "footnote",
        }
    }
}

/// Why a unit counts as a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// It stands under a heading of that meaning: Conclusions and recommendations.
    Heading,
    /// It is numbered as recommendations are, `26.1` under a paragraph that says so.
    Number,
    /// It begins with an operative verb, or says that somebody should act: Requests, 促请.
    Verb,
}

/// The place of a unit in reading order; means nothing outside its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(u32);

impl UnitId {
    /// The place in reading order, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for UnitId {
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).expect("a report has fewer than four thousand million units"))
    }
}

/// A link printed at the foot of a page, placed at the citation it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as printed: `http://undocs.org/A/C.3/72/12`.
    pub target: String,
    /// The words of the unit's text that cite it, in bytes.
    pub cited: Range<usize>,
    /// The source line it stood on, from 1.
    pub line: u32,
}

/// Something printed that is no part of any unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// As printed.
    pub text: String,
    /// The source line it stood on, from 1.
    pub line: u32,
}

/// What a piece of [`Furniture`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// Of the head of the first page: organization, symbol, date, session, agenda item, languages.
    Masthead,
    /// An entry of the list of contents, or its heading.
    Contents,
    /// What is printed at the head or foot of page after page: the symbol, a short title.
    RunningHead,
    /// A page number.
    PageNumber,
    /// A job number, with date, bar code or recycling sign: `24-06433 (E)`.
    JobNumber,
    /// A link at the foot of a page that nothing on the page cites.
    Link,
    /// A drawn line, as `-----` under a heading.
    Rule,
}

impl FurnitureKind {
    /// Its name in plain words: `running head`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Masthead => "masthead",
            Self::Contents => "list of contents",
            Self::RunningHead => "running head",
            Self::PageNumber => "page number",
            Self::JobNumber => "job number",
            Self::Link => "link",
            Self::Rule => "rule",
        }
    }
}

/// What the head of the first page states; nothing is invented.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Masthead {
    /// The document's own symbol: `A/74/130`.
    pub symbol: Option<String>,
    /// The date of the document, as printed.
    pub date: Option<String>,
    /// The session or meeting, as printed: `Seventy-fourth session`.
    pub session: Option<String>,
    /// The agenda item, as printed.
    pub agenda_item: Option<String>,
    /// The language it was written in first, as printed: `Original: English`.
    pub original: Option<String>,
    /// The title, joined across its lines.
    pub title: Option<String>,
}

/// Where a unit's text calls a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The unit whose text has the call.
    pub unit: UnitId,
    /// The call, superscript characters (`⁵`), in bytes of that text.
    pub call: Range<usize>,
    /// The footnote.
    pub footnote: UnitId,
}

/// One unit that a report is to be made of, with its own text but not that of the units under it.
#[derive(Debug, Clone)]
pub struct Unit {
    /// What it is.
    pub kind: Kind,
    /// For a heading without a usual label, how deep it is: 0 beside chapters, 1 beside sections, 2
    /// or more under these. 0 for all else.
    pub level: u8,
    /// The number before the point in `13.1` and `26.1`; 0 where there is none.
    pub prefix: u32,
    /// As printed, with its full stop or brackets: `二.`, `(a)`, `㈠`; empty where there is none.
    pub label: String,
    /// What the label counts, from 1: 3 for `三.`, `C.`, `(c)`, `㈢`.
    pub number: Option<u32>,
    /// A heading's words or a paragraph's text, joined across line ends, without the label.
    pub text: String,
    /// The page it begins on, from 1.
    pub page: u32,
    /// The source lines it was read from, from 1, end exclusive.
    pub lines: Range<u32>,
    /// The page-foot links of its citations.
    pub links: Vec<Link>,
    /// Why an item or paragraph counts as one that recommends, concludes or decides, if it does.
    pub ground: Option<Ground>,
}

/// The level of a heading of which nothing says how deep it is.
pub const DEEP: u8 = 2;
/// The level of a heading inside an article.
pub const WITHIN: u8 = 9;

impl Unit {
    /// A unit on page 1 with no links; where it stands in the tree is for the report to say.
    pub fn new(kind: Kind, label: &str, number: Option<u32>, text: &str) -> Self {
        Self {
            kind,
            level: match kind {
                Kind::Heading => DEEP,
                _ => 0,
            },
            prefix: 0,
            label: label.into(),
            number,
            text: text.into(),
            page: 1,
            lines: 0..0,
            links: Vec::new(),
            ground: None,
        }
    }
}

/// A unit where it stands in its report; the fields are those of [`Unit`].
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    /// What it is.
    pub kind: Kind,
    /// How deep a heading is.
    pub level: u8,
    /// The number before the point in `13.1`; 0 where there is none.
    pub prefix: u32,
    /// As printed.
    pub label: &'a str,
    /// What the label counts, from 1.
    pub number: Option<u32>,
    /// Its own text, without the label.
    pub text: &'a str,
    /// The page it begins on, from 1.
    pub page: u32,
    /// The source lines it was read from, from 1, end exclusive.
    pub lines: Range<u32>,
    /// The page-foot links of its citations.
    pub links: &'a [Link],
    /// True for an item or paragraph that recommends, concludes or decides.
    pub recommendation: bool,
    /// Why it counts as one.
    pub ground: Option<Ground>,
    /// How many units stand above it; 0 for a root.
    pub depth: u16,
}

impl<'a> Placed<'a> {
    /// What stands between the label and the text: nothing behind full-width punctuation, which
    /// brings its own space (`一、总则`), else a space.
    pub fn label_gap(&self) -> &'static str {
        if self.label.is_empty() || self.label.ends_with(['、', '．', '：', '）']) {
            ""
        } else {
            " "
        }
    }

    /// The label as a line of the tree shows it, without its full stop: `二`, `A`, `1`, `(a)`.
    pub fn short_label(&self) -> &'a str {
        bare_label(self.label)
    }
}

/// A unit by itself, under nothing.
impl<'a> From<&'a Unit> for Placed<'a> {
    fn from(unit: &'a Unit) -> Self {
        Self {
            kind: unit.kind,
            level: unit.level,
            prefix: unit.prefix,
            label: &unit.label,
            number: unit.number,
            text: &unit.text,
            page: unit.page,
            lines: unit.lines.clone(),
            links: &unit.links,
            recommendation: unit.ground.is_some(),
            ground: unit.ground,
            depth: 0,
        }
    }
}

/// A label without the point behind it: `二.` is `二`, `CHAPTER I,` is `CHAPTER I`.
pub fn bare_label(label: &str) -> &str {
    label.trim_end_matches(['.', '．', '、', '。', ':', '：', ','])
}

/// The label and the text, as printed.
impl fmt::Display for Placed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.text.is_empty() {
            ""
        } else {
            self.label_gap()
        };
        write!(f, "{}{gap}{}", self.label, self.text)
    }
}
