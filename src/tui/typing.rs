//! Typing: what to look for, and where to go or what to do.

use super::marking::Asks;
use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::offers::{Choice, LEAVING, What, offers};
use super::panes::Pane;
use super::prompt::Prompt;
use crate::report::Lookup;
use crate::search::Query;
use crate::shelf::LONGEST_HISTORY;

/// Keeps a line that was typed, as the newest.
fn keep(past: &mut Vec<String>, line: &str) {
    let line = line.trim();
    past.retain(|older| older != line);
    if past.len() >= LONGEST_HISTORY {
        past.remove(0);
    }
    past.push(line.into());
}

fn is_number(c: char) -> bool {
    c.is_numeric() || matches!(c, '(' | '（')
}

/// True where what is typed asks for nothing yet.
pub(super) fn asks_nothing(prompt: &Prompt) -> bool {
    let query = Query {
        text: prompt.text().into(),
        ..Query::default()
    };
    query.is_begun()
}

impl Model {
    /// Begins a command line, with everything there is to choose from.
    pub(super) fn begin_command(&mut self) {
        self.mode = Mode::Command(Prompt::default(), self.offered(""));
    }

    fn offered(&self, typed: &str) -> Choice {
        let rows = offers(&self.report, &self.headings, &self.keys, typed);
        let mut choice = Choice::new("Go to, or do", rows);
        choice.nothing = match self.report.look_up(typed) {
            Lookup::Nearest(unit) => {
                let nearest = self.report.address(unit);
                format!("No address {}: the nearest is {nearest}.", typed.trim())
            }
            _ => format!(
                "No address, heading or command like this; {} looks in the text.",
                self.told(&Message::Search)
            ),
        };
        choice
    }

    pub(super) fn in_prompt(&mut self, message: Message) -> Option<Effect> {
        let Self {
            mode,
            searches,
            commands,
            ..
        } = self;
        let (prompt, past) = match mode {
            Mode::Search(prompt) => (prompt, searches),
            Mode::Command(prompt, _) => (prompt, commands),
            _ => return None,
        };
        match message {
            // Erasing in an empty prompt leaves it, as in other programs of this kind.
            Message::Erase if prompt.text().is_empty() => return self.leave_prompt(),
            Message::Type(_)
            | Message::Paste(_)
            | Message::Erase
            | Message::EraseOn
            | Message::EraseWord
            | Message::EraseWordOn
            | Message::EraseAll
            | Message::EraseToEnd
            | Message::PutBack => prompt.edit(message),
            Message::Earlier => prompt.earlier(past),
            Message::Later => prompt.later(past),
            message => return self.beside_typing(message),
        }
        self.heed_typed()
    }

    /// What a prompt takes in that does not change its text.
    fn beside_typing(&mut self, message: Message) -> Option<Effect> {
        let step = match message {
            Message::NextHit => 1,
            Message::PreviousHit => -1,
            _ => 0,
        };
        match &mut self.mode {
            Mode::Command(_, choice) if step != 0 => choice.step(step),
            Mode::Search(_) if step != 0 => self.step_hit(step > 0),
            Mode::Search(prompt) | Mode::Command(prompt, _) => match message {
                Message::Weaker => return self.toggle_weaker(),
                Message::Accept => return self.accept(),
                Message::Back => return self.leave_prompt(),
                message => prompt.edit(message),
            },
            _ => {}
        }
        None
    }

    /// Asks for what the prompt says now, or offers what fits it.
    fn heed_typed(&mut self) -> Option<Effect> {
        let prompt = match &self.mode {
            Mode::Search(prompt) => prompt,
            Mode::Command(prompt, _) => {
                let offered = self.offered(prompt.text());
                if let Mode::Command(_, choice) = &mut self.mode {
                    *choice = offered;
                }
                return None;
            }
            _ => return None,
        };
        self.enter_waits = false;
        if asks_nothing(prompt) {
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
        if !searching {
            return None;
        }
        // What was shown while typing is no place one has been at.
        if let Some(before) = self.back.last() {
            (self.at, self.top) = (before.at, before.top);
        }
        self.step_back()
    }

    /// Takes what is typed.
    pub(super) fn accept(&mut self) -> Option<Effect> {
        match &self.mode {
            Mode::Search(prompt) if prompt.text().trim().is_empty() => return self.leave_prompt(),
            // What is shown is found for something else: the prompt stays, to be mended.
            Mode::Search(prompt) if asks_nothing(prompt) => {}
            // What is found for fewer letters is not what was meant.
            Mode::Search(_) if self.is_searching() => self.enter_waits = true,
            // With nothing found there is nothing to read: the prompt stays, to be mended.
            Mode::Search(_) if self.found.as_ref().is_none_or(|found| found.is_empty()) => {}
            Mode::Search(prompt) => {
                keep(&mut self.searches, prompt.text());
                self.mode = Mode::Reading;
                if let Some(before) = self.back.last() {
                    self.leave_a_trace_of(before.at, before.top);
                }
                self.focus = Pane::Text;
                self.place = self.current_place();
                self.show_place();
            }
            Mode::Command(prompt, choice) => {
                let typed = prompt.text().trim().to_string();
                let chosen = choice.taken().map(|offer| offer.what.clone());
                // What one has gone to in the list is meant, else what is typed.
                let meant = choice.moved;
                return self.run(&typed, chosen, meant);
            }
            _ => {}
        }
        None
    }

    fn run(&mut self, typed: &str, chosen: Option<What>, meant: bool) -> Option<Effect> {
        if typed.is_empty() && !meant {
            self.mode = Mode::Reading;
            return None;
        }
        if !meant && LEAVING.contains(&typed) {
            return Some(Effect::Quit);
        }
        let unit = match self.report.look_up(typed) {
            Lookup::Found(unit) if !meant => unit,
            // A number that is not there is not meant for a heading in which the same digits stand.
            Lookup::Nearest(unit) if !meant && typed.starts_with(is_number) => {
                self.notice = format!("no {typed}: try {}", self.report.address(unit));
                return None;
            }
            lookup => match (chosen, lookup) {
                (Some(chosen), _) => {
                    if !typed.is_empty() {
                        keep(&mut self.commands, typed);
                    }
                    return self.take_chosen(chosen);
                }
                (None, Lookup::Nearest(unit)) => {
                    self.notice = format!("no {typed}: try {}", self.report.address(unit));
                    return None;
                }
                (None, _) => {
                    self.notice = "nothing like it: try 1(k), II.A or a heading".into();
                    return None;
                }
            },
        };
        keep(&mut self.commands, typed);
        self.take_chosen(What::Unit(unit))
    }

    /// Does what was chosen from a list.
    pub(super) fn take_chosen(&mut self, chosen: What) -> Option<Effect> {
        self.mode = Mode::Reading;
        match chosen {
            What::Unit(unit) | What::Address(unit, _) => {
                self.jump_to(unit);
                None
            }
            What::Command(message) => self.perform(message),
            What::Status(status) => self.set_status(status),
            What::OwnStatus => {
                self.begin_field(Asks::Status);
                None
            }
            What::Export(shape, format) => {
                self.begin_export(shape, format);
                None
            }
            What::Report(wanted) => Some(Effect::OpenReport(wanted)),
            What::WriteOver(wish) => Some(self.write_over(*wish)),
            What::Unplaced(nth) => self.place_mark(nth),
            // Used where they are listed.
            What::Facet(_) | What::Entry(_) => None,
        }
    }
}
