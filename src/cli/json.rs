//! Units as the commands give them in JSON.

use serde::Serialize;

use crate::report::{Ground, Kind, Language, Report, Tie, UnitId, follow};
use crate::typeset::scalars;

/// A unit as `outline` gives it.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    address: String,
    kind: Kind,
    label: &'a str,
    depth: u16,
    text: &'a str,
    page: u32,
    recommendation: bool,
}

impl<'a> Row<'a> {
    pub(super) fn new(report: &'a Report, id: UnitId) -> Self {
        let unit = report.unit(id);
        Self {
            address: report.address(id).to_string(),
            kind: unit.kind,
            label: unit.label,
            depth: unit.depth,
            text: unit.text,
            page: unit.page,
            recommendation: unit.recommendation,
        }
    }
}

/// A unit as `show` gives it.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    ground: Option<Ground>,
    citation: String,
    links: Vec<ShownLink>,
    footnotes: Vec<ShownFootnote<'a>>,
}

/// A footnote that the text calls, and where in the text.
#[derive(Debug, Serialize)]
struct ShownFootnote<'a> {
    address: String,
    text: &'a str,
    call: [usize; 2],
}

/// Something that can be followed, and the part of the text that it is for.
#[derive(Debug, Serialize)]
struct ShownLink {
    target: String,
    cited: [usize; 2],
}

impl<'a> Shown<'a> {
    pub(super) fn new(report: &'a Report, id: UnitId, language: Language) -> Self {
        let unit = report.unit(id);
        let (targets, cited): (Vec<_>, Vec<_>) = follow(&unit)
            .into_iter()
            .map(|lead| (lead.target, lead.range))
            .unzip();
        let links = targets.into_iter().zip(scalars(unit.text, &cited));
        let link = |(target, cited)| ShownLink { target, cited };
        let ties = report.calls(id);
        let calls: Vec<_> = ties.iter().map(|tie| tie.call.clone()).collect();
        let footnotes = ties.iter().zip(scalars(unit.text, &calls));
        let footnote = |(tie, call): (&Tie, _)| ShownFootnote {
            address: report.address(tie.footnote).to_string(),
            text: report.unit(tie.footnote).text,
            call,
        };
        Self {
            row: Row::new(report, id),
            ground: unit.ground,
            footnotes: footnotes.map(footnote).collect(),
            citation: report.citation(id, language),
            links: links.map(link).collect(),
        }
    }
}
