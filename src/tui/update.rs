//! One message in, the model changed, and what the world outside must do, if anything.

use super::flow::{Kept, Place};
use super::message::{Answer, Effect, Message};
use super::model::{Mode, Model};
use super::panes::Pane;
use super::prompt::Prompt;
use super::rows::Found;
use crate::report::{Lookup, UnitId};
use crate::search::Query;

/// Takes one message in. Answers every message in every mode, on an empty report too.
pub fn update(model: &mut Model, message: Message) -> Option<Effect> {
    let outside = matches!(
        message,
        Message::Resize(..) | Message::Answer(_) | Message::Notice(_)
    );
    if !outside {
        model.notice.clear();
    }
    let effect = match message {
        Message::Resize(cols, rows) => {
            model.area.width = cols;
            model.area.height = rows;
            None
        }
        Message::Answer(answer) => model.take(answer),
        Message::Notice(notice) => {
            model.notice = notice;
            None
        }
        Message::Quit => Some(Effect::Quit),
        Message::Suspend => Some(Effect::Suspend),
        Message::Digit(digit) => {
            model.count = model
                .count
                .saturating_mul(10)
                .saturating_add(digit)
                .min(MOST);
            return None;
        }
        message => match model.mode {
            Mode::Loading(..) => None,
            Mode::Help(_) => model.in_help(message),
            Mode::Search(_) | Mode::GoTo(_) => model.in_prompt(message),
            Mode::Reading => model.in_panes(message),
        },
    };
    if !outside {
        model.count = 0;
    }
    model.settle();
    effect
}

/// The highest count; nobody means more.
const MOST: u32 = 999_999;

impl Model {
    fn in_panes(&mut self, message: Message) -> Option<Effect> {
        let times = self.count.max(1) as usize;
        let height = match self.focus {
            Pane::Tree => self.panes().tree.height,
            Pane::Text => self.panes().text.height,
        };
        let page = usize::from(height.saturating_sub(1).max(1));
        match message {
            Message::Down => self.walk(times as isize),
            Message::Up => self.walk(-(times as isize)),
            Message::HalfDown => self.walk((page.div_ceil(2) * times) as isize),
            Message::HalfUp => self.walk(-((page.div_ceil(2) * times) as isize)),
            Message::PageDown => self.walk((page * times) as isize),
            Message::PageUp => self.walk(-((page * times) as isize)),
            Message::First => self.go_to_row(0),
            Message::Last => self.go_to_row(
                self.count
                    .checked_sub(1)
                    .map_or(usize::MAX, |row| row as usize),
            ),
            Message::NextParagraph => (0..times).for_each(|_| self.next_paragraph()),
            Message::PreviousParagraph => (0..times).for_each(|_| self.previous_paragraph()),
            Message::Fold => self.fold(),
            Message::Unfold => self.unfold(),
            Message::ToggleFold => self.toggle_fold(),
            Message::Read => self.read(),
            Message::SwitchPane => {
                self.focus = match self.focus {
                    Pane::Tree => Pane::Text,
                    Pane::Text => Pane::Tree,
                };
            }
            Message::Search => {
                self.remember();
                self.mode = Mode::Search(Prompt::default());
            }
            Message::GoTo => self.mode = Mode::GoTo(Prompt::default()),
            Message::Recommendations => return self.toggle_recommendations(),
            Message::NextMatch => self.next_match(times),
            Message::PreviousMatch => self.previous_match(times),
            Message::CopyText => return self.copy_text(),
            Message::CopyCitation => return self.copy_citation(),
            Message::Help => self.mode = Mode::Help(0),
            Message::Back => self.step_back(),
            _ => {}
        }
        None
    }

    fn in_help(&mut self, message: Message) -> Option<Effect> {
        let page = usize::from(self.area.height.saturating_sub(3)).max(1);
        let times = self.count.max(1) as usize;
        let Mode::Help(top) = &mut self.mode else {
            return None;
        };
        *top = match message {
            Message::Down => *top + times,
            Message::Up => top.saturating_sub(times),
            Message::HalfDown => *top + page.div_ceil(2),
            Message::HalfUp => top.saturating_sub(page.div_ceil(2)),
            Message::PageDown => *top + page,
            Message::PageUp => top.saturating_sub(page),
            Message::First => 0,
            Message::Last => usize::MAX,
            Message::Back | Message::Help => {
                self.mode = Mode::Reading;
                return None;
            }
            _ => *top,
        };
        let last = super::view::help_lines(self).len().saturating_sub(page);
        if let Mode::Help(top) = &mut self.mode {
            *top = (*top).min(last);
        }
        None
    }

    fn in_prompt(&mut self, message: Message) -> Option<Effect> {
        let (Mode::Search(prompt) | Mode::GoTo(prompt)) = &mut self.mode else {
            return None;
        };
        match message {
            Message::Type(c) => prompt.insert(c.encode_utf8(&mut [0; 4])),
            Message::Paste(text) => prompt.insert(&text),
            // Erasing in an empty prompt leaves it, as in other programs of this kind.
            Message::Erase if prompt.text().is_empty() => {
                self.leave_prompt();
                return None;
            }
            Message::Erase => {
                prompt.erase();
            }
            Message::EraseWord => prompt.erase_word(),
            Message::EraseAll => prompt.erase_all(),
            Message::Left => prompt.left(),
            Message::Right => prompt.right(),
            Message::Home => prompt.home(),
            Message::End => prompt.end(),
            Message::Accept => {
                self.accept();
                return None;
            }
            Message::NextHit => self.next_hit(),
            Message::PreviousHit => self.previous_hit(),
            Message::Back => {
                self.leave_prompt();
                return None;
            }
            _ => {}
        }
        self.search_as_typed()
    }

    /// Asks for what the prompt says now, if that is something else than before.
    fn search_as_typed(&mut self) -> Option<Effect> {
        let Mode::Search(prompt) = &self.mode else {
            return None;
        };
        if prompt.text() == self.query.text {
            return None;
        }
        self.query.text = prompt.text().into();
        if self.query.text.is_empty() {
            // Back to how it was before the first letter, but still typing.
            if let Some(before) = self.back.last().cloned() {
                self.restore(before);
            }
            return None;
        }
        self.ask()
    }

    fn ask(&mut self) -> Option<Effect> {
        self.asked += 1;
        Some(Effect::Search(self.asked, self.query.clone()))
    }

    fn leave_prompt(&mut self) {
        let searching = matches!(self.mode, Mode::Search(_));
        self.mode = Mode::Reading;
        if searching {
            self.step_back();
        }
    }

    fn accept(&mut self) {
        match &self.mode {
            Mode::Search(prompt) if prompt.text().trim().is_empty() => self.leave_prompt(),
            // With nothing found there is nothing to read: the prompt stays, to be mended.
            Mode::Search(_) if self.found.as_ref().is_none_or(Found::is_empty) => {}
            Mode::Search(_) => {
                self.mode = Mode::Reading;
                self.focus = Pane::Text;
                let place = self
                    .found
                    .as_ref()
                    .zip(self.at)
                    .map(|(found, at)| found.first_place(at.index()));
                self.place = place;
                self.show_place();
            }
            Mode::GoTo(prompt) => {
                let typed = prompt.text().trim().to_string();
                self.go_to_address(&typed);
            }
            _ => {}
        }
    }

    fn go_to_address(&mut self, typed: &str) {
        if typed.is_empty() {
            self.mode = Mode::Reading;
            return;
        }
        let unit = match self.report.look_up(typed) {
            Lookup::Found(unit) => unit,
            Lookup::Nearest(unit) => {
                self.notice = format!(
                    "no {typed} here: the nearest is {}",
                    self.report.address(unit)
                );
                return;
            }
            Lookup::NotAnAddress => {
                self.notice = "that is no address: try 1(k)(iii), II.A or 第1段(k)㈢".into();
                return;
            }
        };
        self.mode = Mode::Reading;
        self.remember();
        if self.found.is_some() && !self.is_kept(unit) {
            self.show_all();
        }
        self.open_to(unit);
        self.go(unit);
    }

    /// Takes what the worker says.
    fn take(&mut self, answer: Answer) -> Option<Effect> {
        match answer {
            Answer::Progress(stage, done, of) => {
                if matches!(self.mode, Mode::Loading(..)) {
                    self.mode = Mode::Loading(stage, done, of);
                }
            }
            Answer::Opened(report, notes) => {
                self.report = report;
                self.kept = Kept::default();
                self.notes = notes;
                self.mode = Mode::Reading;
            }
            // A late answer: something newer has been asked for.
            Answer::Found(number, _) if number != self.asked => {}
            Answer::Found(number, hits) => {
                self.answered = number;
                let found = Found::new(hits);
                // A new tree: from its start, unless what is gone to lies further down.
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
        }
        None
    }

    fn read(&mut self) {
        match self.focus {
            Pane::Tree => self.focus = Pane::Text,
            Pane::Text if self.found.is_some() => {
                self.remember();
                self.show_all();
            }
            Pane::Text => {}
        }
    }

    /// Keeps what Esc brings back.
    fn remember(&mut self) {
        // Nobody goes back a hundred steps.
        if self.back.len() >= 100 {
            self.back.remove(0);
        }
        self.back.push(self.step());
    }

    /// Shows the whole tree again, as it was folded before the filter, but stays here.
    fn show_all(&mut self) {
        let before = self.back.iter().rev().find(|step| step.found.is_none());
        self.folded = before.map(|step| step.folded.clone()).unwrap_or_default();
        (self.query, self.found, self.place) = (Query::default(), None, None);
        self.forget_asked();
        if let Some(at) = self.at {
            self.open_to(at);
        }
    }

    /// Unfolds all that hides a unit.
    fn open_to(&mut self, unit: UnitId) {
        let above: Vec<_> = self.report.ancestors(unit).collect();
        for unit in above {
            self.folded.remove(&unit);
        }
    }

    /// True when a filter leaves the unit in the tree, if perhaps folded away.
    fn is_kept(&self, unit: UnitId) -> bool {
        let Some(found) = &self.found else {
            return true;
        };
        let lone = |unit| found.hit(unit).is_some() && found.under(&self.report, unit) == 1;
        found.under(&self.report, unit) > 0 || self.report.ancestors(unit).any(lone)
    }

    fn toggle_recommendations(&mut self) -> Option<Effect> {
        if self.query.recommendations
            && self
                .back
                .last()
                .is_some_and(|step| !step.query.recommendations)
        {
            self.step_back();
            return None;
        }
        self.remember();
        self.query.recommendations = !self.query.recommendations;
        self.ask()
    }

    fn step_back(&mut self) {
        match self.back.pop() {
            Some(step) => self.restore(step),
            None => self.focus = Pane::Tree,
        }
    }

    fn next_hit(&mut self) {
        let (Some(found), Some(at)) = (&self.found, self.at) else {
            return;
        };
        let next = found
            .in_order(found.before(at.index() + 1))
            .or(found.in_order(0));
        if let Some(unit) = next.map(|hit| hit.unit) {
            self.go(unit);
        }
    }

    fn previous_hit(&mut self) {
        let (Some(found), Some(at)) = (&self.found, self.at) else {
            return;
        };
        let previous = match found.before(at.index()) {
            0 => found.units().checked_sub(1),
            before => Some(before - 1),
        };
        if let Some(unit) = previous
            .and_then(|place| found.in_order(place))
            .map(|hit| hit.unit)
        {
            self.go(unit);
        }
    }

    fn next_match(&mut self, times: usize) {
        let places = self.found.as_ref().map_or(0, Found::places);
        if places == 0 {
            self.notice = "nothing is looked for: / begins".into();
            return;
        }
        // Behind the place one is at; if one has walked on, the first from here.
        let next = match (self.current_place(), &self.found, self.at) {
            (Some(place), ..) => place + times,
            (None, Some(found), Some(at)) => found.first_place(at.index()) + times - 1,
            _ => 0,
        };
        self.place = Some(next % places);
        self.go_to_place();
    }

    fn previous_match(&mut self, times: usize) {
        let places = self.found.as_ref().map_or(0, Found::places);
        if places == 0 {
            self.notice = "nothing is looked for: / begins".into();
            return;
        }
        let from = match (self.current_place(), &self.found, self.at) {
            (Some(place), ..) => place,
            (None, Some(found), Some(at)) => found.first_place(at.index()),
            _ => 0,
        };
        self.place = Some((from + places - times % places) % places);
        self.go_to_place();
    }

    /// The place found that one is at, unless one has gone elsewhere since.
    pub fn current_place(&self) -> Option<usize> {
        let (hit, _) = self.found.as_ref()?.place(self.place?)?;
        (Some(hit.unit) == self.at).then_some(self.place?)
    }

    fn go_to_place(&mut self) {
        let unit = self
            .found
            .as_ref()
            .zip(self.place)
            .and_then(|(found, nth)| Some(found.place(nth)?.0.unit));
        if let Some(unit) = unit {
            self.open_to(unit);
            self.go(unit);
            self.show_place();
        }
    }

    /// Scrolls on within the unit until the place found is on the screen.
    fn show_place(&mut self) {
        let Some((hit, place)) = self
            .found
            .as_ref()
            .zip(self.place)
            .and_then(|(found, nth)| found.place(nth))
        else {
            return;
        };
        let (unit, start) = (
            hit.unit,
            hit.places.get(place).map_or(0, |range| range.start),
        );
        let height = self.text_height();
        let line = self.flow().line_of(unit, start);
        let first = if line < height { 0 } else { line - height / 3 };
        self.top = Some(Place { unit, line: first });
    }

    fn copy_text(&mut self) -> Option<Effect> {
        let at = self.at?;
        let units = self
            .report
            .subtree(at)
            .map(|index| self.report.unit(UnitId::from(index)).to_string());
        let text = units.collect::<Vec<_>>().join("\n");
        let name = format!("the text of {}", self.report.address(at));
        Some(Effect::Copy(text, name))
    }

    fn copy_citation(&mut self) -> Option<Effect> {
        let citation = self.report.citation(self.at?, self.report.language());
        Some(Effect::Copy(citation.clone(), citation))
    }
}
