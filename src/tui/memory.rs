//! What of the explorer outlives a run, and how it is taken up again.

use super::flow::Place;
use super::model::{Mode, Model};
use super::panes::Pane;
use crate::report::UnitId;
use crate::shelf::{self, Bookmark, Memory};

impl Model {
    /// What is to be kept of this report; `before` is what was. Nothing while it is being read.
    pub fn memory(&self, before: &Memory) -> Option<Memory> {
        if matches!(self.mode, Mode::Loading(..)) || self.report.is_empty() {
            return None;
        }
        let address = |unit: UnitId| self.report.address(unit).to_string();
        // Folds that a filter made are not the reader's.
        let folded = match (&self.found, self.unfiltered()) {
            (Some(_), Some(step)) => &step.folded,
            _ => &self.folded,
        };
        let mut folded: Vec<_> = folded.iter().copied().collect();
        folded.sort_unstable();
        let mut bookmarks: Vec<_> = self
            .bookmarks
            .iter()
            .map(|(&letter, &unit)| (letter, Bookmark::new(&self.report, unit)))
            .collect();
        // What has no unit here, as in another version of the report, is kept as it is, until its
        // letter is given to another.
        let lost = before.bookmarks.iter();
        let lost = lost.filter(|(letter, _)| {
            self.unplaced.contains(letter) && !self.bookmarks.contains_key(letter)
        });
        bookmarks.extend(lost.map(|(letter, bookmark)| (*letter, bookmark.clone())));
        let line = match (self.top, self.at) {
            (Some(top), Some(at)) if top.unit == at => top.line,
            _ => 0,
        };
        let pane = match self.focus {
            Pane::Tree => shelf::Pane::Tree,
            Pane::Text => shelf::Pane::Text,
        };
        Some(Memory {
            at: self.at.map(address),
            line,
            folded: folded.into_iter().map(address).collect(),
            bookmarks: bookmarks.into_iter().collect(),
            split: self.layout.split,
            zoom: self.layout.zoom.then_some(pane),
            pane: Some(pane),
            searches: self.searches.clone(),
            commands: self.commands.clone(),
        })
    }

    /// The unit of a bookmark: the one that begins as it did, if addresses are other ones by now.
    fn placed(&self, bookmark: &Bookmark) -> Option<UnitId> {
        let begins = |unit: &UnitId| self.report.unit(*unit).text.starts_with(&bookmark.text);
        let addressed = self.report.find(&bookmark.address);
        if bookmark.text.is_empty() || addressed.as_ref().is_some_and(begins) {
            return addressed;
        }
        self.report.ids().find(begins).or(addressed)
    }

    /// Takes up what was kept of the report that has just been read.
    pub(super) fn recall(&mut self, memory: &Memory) {
        let unit = |address: &str| self.report.find(address);
        self.folded = memory.folded.iter().filter_map(|at| unit(at)).collect();
        if let Some(at) = memory.at.as_deref().and_then(unit) {
            let line = memory.line;
            (self.at, self.top) = (Some(at), Some(Place { unit: at, line }));
        }
        let placed = |(&letter, bookmark): (&char, &Bookmark)| (letter, self.placed(bookmark));
        for (letter, unit) in memory.bookmarks.iter().map(placed).collect::<Vec<_>>() {
            match unit {
                Some(unit) => {
                    self.bookmarks.insert(letter, unit);
                }
                None => self.unplaced.push(letter),
            }
        }
        self.layout.split = memory.split;
        self.layout.zoom = memory.zoom.is_some();
        self.focus = match memory.pane {
            Some(shelf::Pane::Text) => Pane::Text,
            _ => Pane::Tree,
        };
        self.searches = memory.searches.clone();
        self.commands = memory.commands.clone();
    }
}
