//! The worker's answers taken in; of a search its hits and places walked, its filter let go.

use std::collections::HashSet;
use std::sync::Arc;

use super::flow::{Cache, Place};
use super::message::{Answer, Effect, Message};
use super::model::{Mode, Model, Step};
use super::offers::Headings;
use super::rows::Found;
use super::view::HelpPage;
use crate::parse::Note;
use crate::report::{Kind, Report, UnitId};
use crate::search::Query;
use crate::typeset::is_right_to_left;

impl Model {
    /// Takes what the worker says.
    pub(super) fn take(&mut self, answer: Answer) -> Option<Effect> {
        match answer {
            Answer::Progress(progress) => {
                if matches!(self.mode, Mode::Loading(..)) {
                    self.mode = Mode::Loading(progress);
                }
            }
            Answer::Remembered(memory, trouble) => {
                self.remembered = Some(memory);
                if let Some(trouble) = trouble {
                    self.notice = trouble;
                }
            }
            Answer::Marked(sheet, told) => self.take_marks(sheet, &told),
            Answer::Opened(report, notes) => {
                self.begin(report, notes);
                if let Some(wanted) = self.wanted.take() {
                    return self.go_to_wanted(wanted);
                }
            }
            Answer::Shelved(number, told, rows) => self.take_shelved(number, &told, rows),
            Answer::Leads(number, rows) => self.take_leads(number, rows),
            // A late answer: something newer has been asked for.
            Answer::Found(number, _) if number != self.asked => {}
            Answer::Found(number, found) if number == self.answered => {
                self.take_rest(found);
                return self.ask_for_facets();
            }
            Answer::Found(number, found) => {
                self.answered = number;
                self.take_found(found);
                if std::mem::take(&mut self.enter_waits) {
                    return self.accept();
                }
                return self.ask_for_facets();
            }
        }
        None
    }

    /// Takes the report, as it was left the last time.
    fn begin(&mut self, report: Arc<Report>, notes: Vec<Note>) {
        self.headings = Headings::of(&report);
        self.folded = only_footnotes_below(&report);
        self.runs_left = is_right_to_left(report.title());
        self.report = report;
        self.cache = Cache::default();
        self.help = HelpPage::default();
        self.notes = notes;
        self.mode = Mode::Reading;
        if let Some(memory) = self.remembered.take() {
            self.recall(&memory);
        }
    }

    /// Takes what was found for the newest query: a new tree, from its start, unless what is gone
    /// to lies further down.
    fn take_found(&mut self, found: Arc<Found>) {
        self.tree_top = 0;
        self.place = None;
        if matches!(self.mode, Mode::Search(_)) {
            match found.best() {
                Some(best) => self.go(best.unit),
                // Where one was before typing, not at a hit of fewer letters.
                None => {
                    if let Some(before) = self.back.last() {
                        (self.at, self.top) = (before.at, before.top);
                    }
                }
            }
        } else if let Some(unit) = self.at.and_then(|at| found.nearest(&self.report, at)) {
            if self.at != Some(unit) {
                self.go(unit);
            }
            self.place = Some(found.first_place(unit.index()));
        }
        self.folded = found.leaves(&self.report, self.query.text.trim().is_empty());
        self.found = Some(found);
    }

    /// Takes the rest of what is shown already: one stays where one is, and a place gone to keeps
    /// its place in its unit.
    fn take_rest(&mut self, found: Arc<Found>) {
        let within = self
            .place
            .zip(self.found.as_ref())
            .and_then(|(nth, before)| {
                let (hit, place) = before.place(nth)?;
                found.hit(hit.unit).map(|_| (hit.unit, place))
            });
        self.place = within.map(|(unit, place)| found.first_place(unit.index()) + place);
        self.found = Some(found);
    }

    /// True when a filter leaves the unit in the tree, if perhaps folded away.
    pub(super) fn is_kept(&self, unit: UnitId) -> bool {
        let Some(found) = &self.found else {
            return true;
        };
        let lone = |unit| found.hit(unit).is_some() && found.under(&self.report, unit) == 1;
        found.under(&self.report, unit) > 0 || self.report.ancestors(unit).any(lone)
    }

    /// How it was before there was a filter, as far as that is kept.
    pub(super) fn unfiltered(&self) -> Option<&Step> {
        self.back.iter().rev().find(|step| step.found.is_none())
    }

    /// Shows the whole tree again, as it was folded before the filter, but stays here.
    pub(super) fn show_all(&mut self) {
        let before = self.unfiltered();
        self.folded = before.map(|step| step.folded.clone()).unwrap_or_default();
        (self.query, self.found, self.place) = (Query::default(), None, None);
        self.forget_asked();
        if let Some(at) = self.at {
            self.open_to(at);
        }
    }

    pub(super) fn toggle_recommendations(&mut self) -> Option<Effect> {
        self.keep_step();
        self.query.recommendations = !self.query.recommendations;
        if self.query.is_empty() {
            self.show_all();
        }
        self.ask()
    }

    pub(super) fn toggle_weaker(&mut self) -> Option<Effect> {
        let left_out = self
            .found
            .as_ref()
            .is_some_and(|found| found.has_left_out());
        if !left_out && !self.query.all {
            self.notice = "no weaker hits are left out".into();
            return None;
        }
        self.query.all = !self.query.all;
        self.ask()
    }

    /// To the next unit found or the one before, around the ends.
    pub(super) fn step_hit(&mut self, on: bool) {
        let (Some(found), Some(at)) = (&self.found, self.at) else {
            return;
        };
        let units = found.units().max(1);
        let row = match (found.row(at.index()), on) {
            (Ok(row), true) => row + 1,
            (Err(next), true) => next,
            (Ok(row) | Err(row), false) => row + units - 1,
        };
        if let Some(unit) = found.by_row(row % units).map(|hit| hit.unit) {
            self.go(unit);
        }
    }

    /// Where in the text of the unit one is at the place found begins that one is at.
    pub(super) fn found_at(&self) -> Option<usize> {
        let found = self.found.as_ref()?;
        let (hit, place) = found.place(self.place?)?;
        let here = self.at == Some(hit.unit);
        let marks = found.matched(&self.report, hit);
        marks.places.get(place).filter(|_| here).map(|at| at.start)
    }

    /// On by so many places found, or back, around the ends. Where nothing is looked for any more,
    /// what was looked for last is again.
    pub(super) fn step_place(&mut self, by: isize) -> Option<Effect> {
        if self.found.is_none()
            && !self.is_searching()
            && let Some(last) = self.searches.last().cloned()
        {
            self.keep_step();
            self.query.text = last;
            return self.ask();
        }
        let (Some(found), Some(at)) = (
            self.found.clone().filter(|found| !found.is_empty()),
            self.at,
        ) else {
            let key = self.told(&Message::Search);
            self.notice = format!("nothing is looked for: {key} begins");
            return None;
        };
        let places = found.places() as isize;
        // From the place one is at; from elsewhere, the first one on is one step.
        let from = match self.current_place() {
            Some(place) => place as isize,
            None => found.first_place(at.index()) as isize - isize::from(by > 0),
        };
        let nth = (from + by).rem_euclid(places) as usize;
        if !(0..places).contains(&(from + by)) {
            let again = if by > 0 { "start" } else { "end" };
            self.notice = format!("from the {again} again");
        }
        self.place = Some(nth);
        if let Some((hit, _)) = found.place(nth) {
            self.open_to(hit.unit);
            self.go(hit.unit);
            self.show_place();
        }
        None
    }

    /// The place found that one is at: the one gone to, or the first of the unit one has come to.
    pub fn current_place(&self) -> Option<usize> {
        let (found, at) = (self.found.as_ref()?, self.at?);
        let gone_to = self
            .place
            .filter(|&nth| found.place(nth).is_some_and(|(hit, _)| hit.unit == at));
        gone_to.or_else(|| found.hit(at).map(|_| found.first_place(at.index())))
    }

    /// Scrolls on within the unit until the place found is on the screen.
    pub(super) fn show_place(&mut self) {
        let Some((hit, place)) = self
            .found
            .as_ref()
            .zip(self.place)
            .and_then(|(found, nth)| found.place(nth))
        else {
            return;
        };
        let found = self.found.as_ref();
        let marks = found.map(|found| found.matched(&self.report, hit));
        let range = marks.as_ref().and_then(|marks| marks.places.get(place));
        let start = range.map_or(0, |range| range.start);
        self.show_from(hit.unit, start);
    }

    /// Scrolls on within a unit until a byte of its text is on the screen.
    pub(super) fn show_from(&mut self, unit: UnitId, start: usize) {
        let height = self.text_height();
        let line = self.flow().line_of(unit, start);
        let first = if line < height { 0 } else { line - height / 3 };
        self.top = Some(Place { unit, line: first });
    }
}
/// The units that nothing stands under but footnotes: folded at first, these are in nobody's way.
fn only_footnotes_below(report: &Report) -> HashSet<UnitId> {
    let only = |&id: &UnitId| {
        let mut below = report.subtree(id).skip(1).map(UnitId::from);
        report.has_children(id) && below.all(|below| report.unit(below).kind == Kind::Footnote)
    };
    report.ids().filter(only).collect()
}
