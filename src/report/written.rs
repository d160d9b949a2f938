//! A report as it is written down whole, in JSON or beside its text in Markdown, and taken in again: the
//! same units with the same addresses.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Furniture, FurnitureKind, Ground, Kind, Link, Masthead, Report, Tie, Unit, UnitId};

/// What stands first in what is written, so that it is known again.
pub const WRITTEN: &str = "rapporteur";
/// The version of how it is written.
pub const VERSION: u32 = 1;

/// A report as it is written down; places in texts are in Unicode scalar values, ends exclusive.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// That it is a report: `report`.
    pub rapporteur: String,
    /// How it is written: [`VERSION`].
    pub version: u32,
    /// The language it is in, for who reads it; told from the text anew.
    #[serde(default)]
    pub language: String,
    /// Its title, likewise.
    #[serde(default)]
    pub title: String,
    /// What the head of its first page states.
    #[serde(default)]
    pub masthead: Masthead,
    /// How many pages it has.
    #[serde(default)]
    pub pages: u32,
    /// Its units, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<WrittenUnit>,
    /// What was set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<WrittenFurniture>,
    /// What reading it left doubtful.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<WrittenNote>,
}

/// A unit as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrittenUnit {
    /// Its address, for who reads it; given anew by where it stands.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// What it is.
    pub kind: Kind,
    /// How deep a heading is.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u32,
    /// The number before the point in `13.1`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub prefix: u32,
    /// As printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What the label counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Its text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The page it begins on.
    #[serde(default = "one")]
    pub page: u32,
    /// The source lines it was read from.
    #[serde(default)]
    pub lines: [u32; 2],
    /// Why it counts as a recommendation, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// Links printed at the foot of its page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<WrittenLink>,
    /// Calls of footnotes in its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<WrittenCall>,
}

/// A link as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrittenLink {
    /// Where it leads.
    pub target: String,
    /// The words that cite it.
    pub cited: [usize; 2],
    /// The source line it stood on.
    #[serde(default)]
    pub line: u32,
}

/// The call of a footnote as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrittenCall {
    /// The call.
    pub call: [usize; 2],
    /// The footnote, as its place among the units, from 0.
    pub footnote: usize,
}

/// What was set aside, as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrittenFurniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// As printed.
    pub text: String,
    /// The source line it stood on.
    #[serde(default)]
    pub line: u32,
}

/// What reading left doubtful, as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrittenNote {
    /// The line of the source it is about; 0 when about the whole.
    #[serde(default)]
    pub line: u32,
    /// Its page; 0 where nothing tells pages apart.
    #[serde(default)]
    pub page: u32,
    /// What was found.
    pub text: String,
    /// True when text may have been misread for it.
    #[serde(default)]
    pub misread: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn one() -> u32 {
    1
}

impl Written {
    /// A report written down, with what reading it left doubtful.
    pub fn new(report: &Report, notes: Vec<WrittenNote>) -> Self {
        let furniture = report.furniture().iter().map(|piece| WrittenFurniture {
            kind: piece.kind,
            text: piece.text.clone(),
            line: piece.line,
        });
        Self {
            rapporteur: "report".into(),
            version: VERSION,
            language: report.language().code().into(),
            title: report.title().into(),
            masthead: report.masthead().clone(),
            pages: report.pages(),
            units: report
                .ids()
                .map(|id| WrittenUnit::new(report, id))
                .collect(),
            furniture: furniture.collect(),
            notes,
        }
    }

    /// Sees whether a report can be made of it.
    ///
    /// # Errors
    /// What is wrong in it, as a place that is not in its text.
    pub fn check(&self) -> Result<(), String> {
        let count = self.units.len();
        if u32::try_from(count).is_err() {
            return Err(format!("{count} units are more than there can be"));
        }
        for (at, unit) in (1..).zip(&self.units) {
            let wrong = |what: &str, nth: usize, [from, to]: [usize; 2]| {
                format!("unit {at}, {what} {nth}: {from} to {to} is no part of its text")
            };
            for (nth, link) in (1..).zip(&unit.links) {
                bytes(&unit.text, link.cited).ok_or_else(|| wrong("link", nth, link.cited))?;
            }
            for (nth, call) in (1..).zip(&unit.calls) {
                bytes(&unit.text, call.call).ok_or_else(|| wrong("call", nth, call.call))?;
                if call.footnote >= count {
                    return Err(format!(
                        "unit {at}, call {nth}: there is no unit {}",
                        call.footnote
                    ));
                }
            }
        }
        Ok(())
    }

    /// The report.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn report(self) -> Result<Report, String> {
        self.check()?;
        let mut ties = Vec::new();
        let units = self.units.into_iter().enumerate().map(|(at, unit)| {
            let range = |range| bytes(&unit.text, range).unwrap_or_default();
            let links = unit.links.into_iter().map(|link| Link {
                cited: range(link.cited),
                target: link.target,
                line: link.line,
            });
            let links = links.collect();
            ties.extend(unit.calls.iter().map(|call| Tie {
                unit: UnitId::from(at),
                call: range(call.call),
                footnote: UnitId::from(call.footnote),
            }));
            Unit {
                kind: unit.kind,
                level: u8::try_from(unit.level).unwrap_or(u8::MAX),
                prefix: unit.prefix,
                label: unit.label,
                number: unit.number,
                text: unit.text,
                page: unit.page.max(1),
                lines: unit.lines[0]..unit.lines[1].max(unit.lines[0]),
                links,
                ground: unit.ground,
            }
        });
        let furniture = self.furniture.into_iter().map(|piece| Furniture {
            kind: piece.kind,
            text: piece.text,
            line: piece.line,
        });
        let report = Report::new(units, furniture.collect(), None);
        Ok(report
            .with_pages(self.pages)
            .with_masthead(self.masthead)
            .with_ties(ties))
    }
}

impl WrittenUnit {
    /// A unit written down.
    pub fn new(report: &Report, id: UnitId) -> Self {
        let unit = report.unit(id);
        let links = unit.links.iter().map(|link| WrittenLink {
            target: link.target.clone(),
            cited: scalars(unit.text, &link.cited),
            line: link.line,
        });
        let calls = report.calls(id).iter().map(|tie| WrittenCall {
            call: scalars(unit.text, &tie.call),
            footnote: tie.footnote.index(),
        });
        Self {
            address: report.address(id).to_string(),
            kind: unit.kind,
            level: unit.level.into(),
            prefix: unit.prefix,
            label: unit.label.into(),
            number: unit.number,
            text: unit.text.into(),
            page: unit.page,
            lines: [unit.lines.start, unit.lines.end],
            ground: unit.ground,
            links: links.collect(),
            calls: calls.collect(),
        }
    }
}

/// A range of bytes in scalar values.
fn scalars(text: &str, range: &Range<usize>) -> [usize; 2] {
    let count = |end: usize| text.get(..end).unwrap_or(text).chars().count();
    [count(range.start), count(range.end)]
}

/// A range of scalar values in bytes; none where the text has no such part.
fn bytes(text: &str, [from, to]: [usize; 2]) -> Option<Range<usize>> {
    let place = |nth: usize| {
        let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        places.nth(nth)
    };
    (from <= to).then_some(())?;
    Some(place(from)?..place(to)?)
}
