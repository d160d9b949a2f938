//! One message in, the model changed, and what the world outside must do, if anything.

use super::flow::{Kept, Place};
use super::message::{Answer, Effect, Message};
use super::model::{Mode, Model};
use super::panes::Pane;
use super::prompt::Prompt;
use crate::report::{Lookup, UnitId};
use crate::search::Query;
use crate::typeset::safe;

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
            model.resize(cols, rows);
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
            Message::Last if self.count > 0 => self.go_to_row(times - 1),
            Message::Last => self.go_to_end(),
            Message::NextParagraph => self.next_paragraph(times),
            Message::PreviousParagraph => self.previous_paragraph(times),
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
            Message::Weaker => return self.toggle_weaker(),
            Message::NextMatch => self.step_place(times as isize),
            Message::PreviousMatch => self.step_place(-(times as isize)),
            Message::CopyText => return self.copy_text(),
            Message::CopyCitation => return self.copy_citation(),
            Message::Help => self.mode = Mode::Help(0),
            Message::Back => return self.step_back(),
            _ => {}
        }
        None
    }

    fn in_help(&mut self, message: Message) -> Option<Effect> {
        let page = self.help_height();
        let times = self.count.max(1) as usize;
        let Mode::Help(top) = self.mode else {
            return None;
        };
        self.mode = match message {
            Message::Down => Mode::Help(top + times),
            Message::Up => Mode::Help(top.saturating_sub(times)),
            Message::HalfDown => Mode::Help(top + page.div_ceil(2)),
            Message::HalfUp => Mode::Help(top.saturating_sub(page.div_ceil(2))),
            Message::PageDown => Mode::Help(top + page),
            Message::PageUp => Mode::Help(top.saturating_sub(page)),
            Message::First => Mode::Help(0),
            Message::Last => Mode::Help(usize::MAX),
            Message::Back => Mode::Reading,
            _ => Mode::Help(top),
        };
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
            Message::Erase if prompt.text().is_empty() => return self.leave_prompt(),
            Message::Erase => prompt.erase(),
            Message::EraseWord => prompt.erase_word(),
            Message::EraseAll => prompt.erase_all(),
            message => return self.beside_typing(message),
        }
        self.search_as_typed()
    }

    /// What a prompt takes in that does not change its text.
    fn beside_typing(&mut self, message: Message) -> Option<Effect> {
        let (Mode::Search(prompt) | Mode::GoTo(prompt)) = &mut self.mode else {
            return None;
        };
        match message {
            Message::Left => prompt.left(),
            Message::Right => prompt.right(),
            Message::Home => prompt.home(),
            Message::End => prompt.end(),
            Message::NextHit => self.step_hit(true),
            Message::PreviousHit => self.step_hit(false),
            Message::Weaker => return self.toggle_weaker(),
            Message::Accept => return self.accept(),
            Message::Back => return self.leave_prompt(),
            _ => {}
        }
        None
    }

    /// Asks for what the prompt says now.
    fn search_as_typed(&mut self) -> Option<Effect> {
        let Mode::Search(prompt) = &self.mode else {
            return None;
        };
        self.enter_waits = false;
        if prompt.text().trim().is_empty() {
            // Back to how it was before the first letter, but still typing.
            let before = self.back.last().cloned()?;
            return self.restore(before);
        }
        if prompt.text() == self.query.text {
            return None;
        }
        self.query.text = prompt.text().into();
        self.ask()
    }

    fn leave_prompt(&mut self) -> Option<Effect> {
        let searching = matches!(self.mode, Mode::Search(_));
        self.mode = Mode::Reading;
        if searching { self.step_back() } else { None }
    }

    fn accept(&mut self) -> Option<Effect> {
        match &self.mode {
            Mode::Search(prompt) if prompt.text().trim().is_empty() => return self.leave_prompt(),
            // What is found for fewer letters is not what was meant.
            Mode::Search(_) if self.is_searching() => self.enter_waits = true,
            // With nothing found there is nothing to read: the prompt stays, to be mended.
            Mode::Search(_) if self.found.as_ref().is_none_or(|found| found.is_empty()) => {}
            Mode::Search(_) => {
                self.mode = Mode::Reading;
                self.focus = Pane::Text;
                self.place = self.current_place();
                self.show_place();
            }
            Mode::GoTo(prompt) => {
                let typed = prompt.text().trim().to_string();
                self.go_to_address(&typed);
            }
            _ => {}
        }
        None
    }

    fn go_to_address(&mut self, typed: &str) {
        if typed.is_empty() {
            self.mode = Mode::Reading;
            return;
        }
        let unit = match self.report.look_up(typed) {
            Lookup::Found(unit) => unit,
            Lookup::Nearest(unit) => {
                self.notice = format!("no {typed}: try {}", self.report.address(unit));
                return;
            }
            Lookup::Several(all) => {
                self.notice = format!("{}?", self.report.choices(&all));
                return;
            }
            Lookup::NotAnAddress => {
                self.notice = "no address: try 1(k) or II.A".into();
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
            // The rest of what is shown already: one stays where one is.
            Answer::Found(number, found) if number == self.answered => {
                // A place gone to keeps its place in its unit.
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
            Answer::Found(number, found) => {
                self.answered = number;
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
                if std::mem::take(&mut self.enter_waits) {
                    return self.accept();
                }
            }
        }
        None
    }

    /// Takes the new size in; the line at the top stays, and so does the place found one is at.
    fn resize(&mut self, cols: u16, rows: u16) {
        let first = self.top.and_then(|top| {
            let lines = self.flow().lines(top.unit);
            Some((top.unit, lines.get(top.line)?.span.start))
        });
        (self.area.width, self.area.height) = (cols, rows);
        if let Some((unit, start)) = first {
            self.top = Some(Place {
                unit,
                line: self.flow().line_of(unit, start),
            });
        }
        if self.focus == Pane::Text && self.place.is_some() && self.current_place() == self.place {
            self.show_place();
        }
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
        self.remember();
        self.query.recommendations = !self.query.recommendations;
        if self.query.is_empty() {
            self.show_all();
        }
        self.ask()
    }

    fn toggle_weaker(&mut self) -> Option<Effect> {
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

    fn step_back(&mut self) -> Option<Effect> {
        let Some(step) = self.back.pop() else {
            self.focus = Pane::Tree;
            return None;
        };
        self.restore(step)
    }

    /// To the next unit found or the one before, around the ends.
    fn step_hit(&mut self, on: bool) {
        let (Some(found), Some(at)) = (&self.found, self.at) else {
            return;
        };
        let units = found.units().max(1);
        let place = match on {
            true => found.before(at.index() + 1) % units,
            false => (found.before(at.index()) + units - 1) % units,
        };
        if let Some(unit) = found.in_order(place).map(|hit| hit.unit) {
            self.go(unit);
        }
    }

    /// On by so many places found, or back, around the ends.
    fn step_place(&mut self, by: isize) {
        let (Some(found), Some(at)) = (
            self.found.clone().filter(|found| !found.is_empty()),
            self.at,
        ) else {
            self.notice = "nothing is looked for: / begins".into();
            return;
        };
        let places = found.places() as isize;
        // From the place one is at; from elsewhere, the first one on is one step.
        let from = match self.current_place() {
            Some(place) => place as isize,
            None => found.first_place(at.index()) as isize - isize::from(by > 0),
        };
        let nth = (from + by).rem_euclid(places) as usize;
        self.place = Some(nth);
        if let Some((hit, _)) = found.place(nth) {
            self.open_to(hit.unit);
            self.go(hit.unit);
            self.show_place();
        }
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
    fn show_place(&mut self) {
        let Some((hit, place)) = self
            .found
            .as_ref()
            .zip(self.place)
            .and_then(|(found, nth)| found.place(nth))
        else {
            return;
        };
        let found = self.found.as_ref();
        let marks = found.map(|found| found.marks(&self.report, hit));
        let range = marks.as_ref().and_then(|marks| marks.places.get(place));
        let (unit, start) = (hit.unit, range.map_or(0, |range| range.start));
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
        // What is pasted into a shell must not speak to the terminal either.
        let text = units
            .map(|unit| safe(&unit).into_owned())
            .collect::<Vec<_>>()
            .join("\n");
        let name = format!("the text of {}", self.report.address(at));
        Some(Effect::Copy(text, name))
    }

    fn copy_citation(&mut self) -> Option<Effect> {
        let citation = self.report.citation(self.at?, self.report.language());
        Some(Effect::Copy(citation.clone(), citation))
    }
}
