//! Coming back: the places that jumps began at, and bookmarks.

use super::flow::{Anchor, Place};
use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::offers::{Choice, Offer, What, offer};
use crate::report::UnitId;

/// Where one was, and what stood at the top of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    at: UnitId,
    top: Anchor,
}

/// The places that jumps began at, as a browser keeps its pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Jumps {
    past: Vec<Spot>,
    future: Vec<Spot>,
}

/// Nobody goes back a hundred jumps.
const MOST: usize = 100;

impl Model {
    fn spot(&self, at: Option<UnitId>, top: Option<Place>) -> Option<Spot> {
        Some(Spot {
            at: at?,
            top: self.flow().anchor(top?),
        })
    }

    fn here(&self) -> Option<Spot> {
        self.spot(self.at, self.top)
    }

    /// Keeps where one is: what comes next is a jump.
    pub(super) fn leave_a_trace(&mut self) {
        self.leave_a_trace_of(self.at, self.top);
    }

    /// Keeps where one was: what came since is a jump.
    pub(super) fn leave_a_trace_of(&mut self, at: Option<UnitId>, top: Option<Place>) {
        let Some(spot) = self.spot(at, top) else {
            return;
        };
        self.jumps.future.clear();
        if self.jumps.past.last() == Some(&spot) {
            return;
        }
        if self.jumps.past.len() >= MOST {
            self.jumps.past.remove(0);
        }
        self.jumps.past.push(spot);
    }

    /// Goes to a unit, to be come back from; a filter that hides it is let go.
    pub(super) fn jump_to(&mut self, unit: UnitId) {
        self.keep_step();
        self.leave_a_trace();
        if self.found.is_some() && !self.is_kept(unit) {
            self.show_all();
        }
        self.open_to(unit);
        self.go(unit);
    }

    pub(super) fn jump_back(&mut self, times: usize) {
        for _ in 0..times {
            let Some((here, spot)) = self.last_jump() else {
                return;
            };
            self.jumps.future.push(here);
            self.arrive(spot);
        }
    }

    /// Back to where the last jump began, which then is where this one began.
    fn jump_to_and_fro(&mut self) {
        if let Some((here, spot)) = self.last_jump() {
            self.jumps.past.push(here);
            self.arrive(spot);
        }
    }

    /// Where one is, and where the last jump began, which is forgotten.
    fn last_jump(&mut self) -> Option<(Spot, Spot)> {
        let here = self.here()?;
        // A trace left where one still is leads nowhere.
        while self.jumps.past.last() == Some(&here) {
            self.jumps.past.pop();
        }
        let spot = self.jumps.past.pop();
        if spot.is_none() {
            self.notice = "no jump before this".into();
        }
        Some((here, spot?))
    }

    pub(super) fn jump_forward(&mut self, times: usize) {
        for _ in 0..times {
            let (Some(here), Some(spot)) = (self.here(), self.jumps.future.pop()) else {
                self.notice = "no jump after this".into();
                return;
            };
            self.jumps.past.push(here);
            self.arrive(spot);
        }
    }

    fn arrive(&mut self, spot: Spot) {
        if self.found.is_some() && !self.is_kept(spot.at) {
            self.keep_step();
            self.show_all();
        }
        self.open_to(spot.at);
        let top = self.flow().anchored(spot.top);
        (self.at, self.top) = (Some(spot.at), Some(top));
    }

    /// Puts a bookmark here, or takes it away where it stands already.
    pub(super) fn set_bookmark(&mut self, letter: char) -> Option<Effect> {
        self.mode = Mode::Reading;
        let at = self.at?;
        if !letter.is_alphanumeric() {
            self.notice = "a bookmark is a letter or a number".into();
            return None;
        }
        let address = self.report.address(at).to_string();
        if self.bookmarks.get(&letter) == Some(&at) {
            self.bookmarks.remove(&letter);
            self.notice = format!("bookmark {letter} taken away from {address}");
        } else {
            self.bookmarks.insert(letter, at);
            self.notice = format!("bookmark {letter}: {address}");
        }
        Some(Effect::Keep)
    }

    /// Says that a letter is waited for, as long as one is.
    pub(super) fn ask_for_a_letter(&mut self) {
        if self.notice.is_empty() {
            self.notice = match self.mode {
                Mode::SetBookmark => "a bookmark here: which letter?".into(),
                Mode::Bookmarks(_) => "a letter, or ' to go back".into(),
                _ => return,
            };
        }
    }

    pub(super) fn go_to_bookmark(&mut self, letter: char) {
        self.mode = Mode::Reading;
        if letter == '\'' {
            self.jump_to_and_fro();
            return;
        }
        match self.bookmarks.get(&letter) {
            Some(&unit) => self.jump_to(unit),
            None if self.unplaced.contains(&letter) => {
                self.notice = format!("bookmark {letter} has no place in this report any more");
            }
            None => {
                let key = self.told(&Message::SetBookmark);
                self.notice = format!("no bookmark {letter}: {key} {letter} puts one");
            }
        }
    }

    /// The bookmarks to choose from.
    pub(super) fn bookmark_list(&self) -> Choice {
        let row = |(letter, &unit): (&char, &UnitId)| -> Offer {
            let text = self.report.unit(unit).to_string();
            let address = self.report.address(unit).to_string();
            offer(What::Unit(unit), format!("{letter} · {text}"), address)
        };
        let mut choice = Choice::new("Bookmarks", self.bookmarks.iter().map(row).collect());
        let key = self.told(&Message::SetBookmark);
        choice.nothing = format!("No bookmark yet: {key} and a letter puts one.");
        choice
    }
}
