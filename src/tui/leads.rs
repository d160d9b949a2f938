//! What a report leads to: its links and the documents it cites, listed, gone to and opened.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::offers::{Choice, Offer, What, offer};
use crate::parse::Note;
use crate::report::{Kind, Lead, Report, UnitId, follow, references};

/// More than anybody looks through.
const MOST: usize = 10_000;
/// So much text, in bytes, is looked through between two keys; more is the worker's.
const SMALL: usize = 1 << 20;

/// What the units of this range lead to, each address once, in reading order; none if it is to
/// stop before the end.
pub(super) fn leads(report: &Report, units: Range<usize>, stop: &AtomicBool) -> Option<Vec<Offer>> {
    let own = report.symbol().unwrap_or("");
    let mut rows: Vec<(UnitId, Lead, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for unit in units.map(UnitId::from) {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        for mut lead in follow(&report.unit(unit)) {
            // A report's own symbol stands at the head of its pages.
            if lead.name == own {
                continue;
            }
            if let Cow::Owned(secure) = secured(&lead.target) {
                if lead.name == lead.target {
                    lead.name.clone_from(&secure);
                }
                lead.target = secure;
            }
            match known.get(&lead.target) {
                Some(&row) => rows[row].2 += 1,
                None if rows.len() < MOST => {
                    known.insert(lead.target.clone(), rows.len());
                    rows.push((unit, lead, 1));
                }
                None => {}
            }
        }
    }
    let row = |(unit, lead, places): (UnitId, Lead, usize)| {
        let address = report.address(unit);
        let hint = match places {
            1 => address.to_string(),
            more => format!("{address} +{}", more - 1),
        };
        // A symbol says where it leads, other words do not.
        let shown = match lead.target.contains(&lead.name) {
            true => lead.name,
            false => format!("{} · {}", lead.name, lead.target),
        };
        offer(What::Address(unit, lead.target), shown, hint)
    };
    Some(rows.into_iter().map(row).collect())
}

/// The address to open: older reports print that of the documents without its s.
pub(super) fn secured(address: &str) -> Cow<'_, str> {
    match address.strip_prefix("http://undocs.org/") {
        Some(rest) => format!("https://undocs.org/{rest}").into(),
        None => address.into(),
    }
}

impl Model {
    /// Opens what the unit leads to, or goes to its footnotes or to what it refers to: all that stands
    /// under it counts. Where there is more than one, they are listed.
    pub(super) fn follow(&mut self) -> Option<Effect> {
        let at = self.at?;
        let units = self.report.subtree(at);
        let address = self.report.address(at);
        let mut choice = Choice::new(
            format!("Links, references and documents cited in {address}"),
            vec![],
        );
        choice.opens = true;
        let key = self.told(&Message::Leads);
        choice.nothing =
            format!("No link, no reference and no cited document here: {key} lists all.");
        if self.is_large(&units) {
            return Some(self.look_for_leads(choice, units));
        }
        let mut rows = self.footnotes(at);
        rows.extend(self.referred(at));
        rows.extend(leads(&self.report, units, &AtomicBool::new(false)).unwrap_or_default());
        match rows.len() {
            0 => {
                self.notice =
                    format!("no link, no reference and no cited document here: {key} lists all");
                None
            }
            1 => rows
                .into_iter()
                .next()
                .and_then(|only| self.open(only.what)),
            _ => {
                choice.rows = rows;
                self.mode = Mode::List(choice);
                None
            }
        }
    }

    /// The footnotes that the unit and what stands under it call; of a footnote, what calls it.
    fn footnotes(&self, at: UnitId) -> Vec<Offer> {
        let report = &self.report;
        let row = |unit: UnitId| {
            let shown = report.unit(unit).to_string();
            offer(What::Unit(unit), shown, report.address(unit).to_string())
        };
        if report.unit(at).kind == Kind::Footnote {
            let from = report
                .called_from(at)
                .map(|tie| tie.unit)
                .or(report.parent(at));
            return from.map(row).into_iter().collect();
        }
        let units = report.subtree(at).map(UnitId::from);
        let ties = units.flat_map(|unit| report.calls(unit));
        ties.map(|tie| row(tie.footnote)).collect()
    }

    /// The units of the report that the unit and what stands under it refer to, each once.
    fn referred(&self, at: UnitId) -> Vec<Offer> {
        let report = &self.report;
        let units = report.subtree(at).map(UnitId::from);
        let mut targets: Vec<UnitId> = Vec::new();
        for reference in units.flat_map(|unit| references(report, unit)) {
            // What is under it is on the screen.
            let inside = report.subtree(at).contains(&reference.target.index());
            if !inside && !targets.contains(&reference.target) {
                targets.push(reference.target);
            }
        }
        let row = |unit: UnitId| {
            let shown = report.unit(unit).to_string();
            offer(What::Unit(unit), shown, report.address(unit).to_string())
        };
        targets.into_iter().map(row).collect()
    }

    /// Lists what reading the report left doubtful, each note with the unit it is in.
    pub(super) fn list_notes(&mut self) {
        let report = &self.report;
        let mut begins: Vec<_> = report
            .ids()
            .map(|id| (report.unit(id).lines.start, id))
            .collect();
        begins.sort_unstable();
        let row = |note: &Note| {
            let before = begins.partition_point(|&(line, _)| line <= note.line);
            let unit = begins.get(before.saturating_sub(1)).or(begins.first())?.1;
            let sign = if note.misread { "!" } else { "·" };
            let shown = format!("{sign} {}", note.text);
            Some(offer(
                What::Unit(unit),
                shown,
                format!("line {}", note.line),
            ))
        };
        let (misread, plain): (Vec<_>, Vec<_>) = self.notes.iter().partition(|note| note.misread);
        let rows = misread.into_iter().chain(plain).filter_map(row).take(MOST);
        let mut choice = Choice::new("Notes of reading; ! may be misread", rows.collect());
        choice.nothing = "Reading left nothing doubtful.".into();
        self.mode = Mode::List(choice);
    }

    /// Lists what the whole report leads to.
    pub(super) fn list_leads(&mut self) -> Option<Effect> {
        let units = 0..self.report.len();
        let mut choice = Choice::new("Links and documents cited", vec![]);
        choice.nothing = "This report has no link and cites no document by its symbol.".into();
        if self.is_large(&units) {
            return Some(self.look_for_leads(choice, units));
        }
        choice.rows = leads(&self.report, units, &AtomicBool::new(false)).unwrap_or_default();
        self.mode = Mode::List(choice);
        None
    }

    fn is_large(&self, units: &Range<usize>) -> bool {
        let mut bytes = 0;
        let mut units = units.clone().map(UnitId::from);
        units.any(|unit| {
            bytes += self.report.unit(unit).text.len();
            bytes > SMALL
        })
    }

    /// Opens the list at once, and has the worker fill it.
    fn look_for_leads(&mut self, choice: Choice, units: Range<usize>) -> Effect {
        self.leads_asked += 1;
        self.mode = Mode::List(Choice {
            awaited: Some(self.leads_asked),
            ..choice
        });
        Effect::Leads(self.leads_asked, units)
    }

    /// Takes in what the worker found.
    pub(super) fn take_leads(&mut self, number: u64, rows: Vec<Offer>) {
        if let Mode::List(choice) = &mut self.mode
            && choice.awaited == Some(number)
        {
            choice.awaited = None;
            choice.take_rows(rows);
            self.preview();
        }
    }

    /// What a key in a list asks for beside moving about in it.
    pub(super) fn use_chosen(&mut self, message: &Message) -> Option<Effect> {
        let Mode::List(choice) = &self.mode else {
            return None;
        };
        let opens = choice.opens;
        let chosen = choice.taken()?.what.clone();
        match (message, chosen) {
            (Message::CopyText, What::Address(_, address)) => {
                Some(Effect::Copy(address.clone(), address))
            }
            (Message::Follow, chosen) => self.open(chosen),
            (Message::Accept, chosen) if opens => self.open(chosen),
            (Message::Accept, chosen) => self.take_chosen(chosen),
            _ => None,
        }
    }

    /// Has an address opened; what is none is gone to.
    fn open(&mut self, chosen: What) -> Option<Effect> {
        let What::Address(unit, address) = chosen else {
            return self.take_chosen(chosen);
        };
        // A list stays, for the next of its rows.
        if self.at != Some(unit) {
            self.jump_to(unit);
        }
        Some(Effect::Open(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn each_document_is_listed_once_however_it_is_cited() {
        let source = "1. See A/74/130 or http://undocs.org/A/74/130, and https://un.org.\n\n2. A/74/130, http://undocs.org/A/74/131.\n";
        let (report, _) = parse(source);
        let rows = leads(&report, 0..report.len(), &AtomicBool::new(false)).unwrap();
        let told: Vec<_> = rows
            .iter()
            .map(|row| format!("{} [{}]", row.shown, row.hint))
            .collect();
        assert_eq!(
            told,
            [
                "A/74/130 [1 +2]",
                "https://un.org [1]",
                "https://undocs.org/A/74/131 [2]"
            ]
        );
    }
}
