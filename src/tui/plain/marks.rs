//! Marks in plain mode: status, tags and remark of the unit one is at, by commands.

use std::collections::BTreeSet;

use super::Desk;
use super::command::{Command, Verb};
use super::say::{Voice, name, what};
use super::walk::{LINES, Line, Walk};
use crate::error::Error;
use crate::report::UnitId;
use crate::shelf::Mark;

/// A mark in words: `done, tags legal and urgent: the remark`.
pub(super) fn told(mark: &Mark) -> String {
    let mut told: Vec<String> = mark.status.iter().cloned().collect();
    if !mark.tags.is_empty() {
        let tags: Vec<_> = mark.tags.iter().map(String::as_str).collect();
        told.push(format!("tags {}", tags.join(" and ")));
    }
    if !mark.remark.is_empty() {
        told.push(format!("remark: {}", mark.remark));
    }
    told.join(", ")
}

impl Walk {
    /// Changes the mark on the unit one is at, keeps it, and says how it is now.
    pub(super) fn change_mark(
        &mut self,
        at: UnitId,
        command: &Command,
        voice: &mut Voice,
        desk: &mut Desk,
    ) -> Result<(), Error> {
        let typed = command.rest.trim();
        if command.verb == Verb::Undo {
            let Some(before) = self.past.pop() else {
                return voice.say("No mark was changed.");
            };
            self.sheet = before;
            return self.keep_marks("As it was before.", voice, desk);
        }
        let mut mark = self.sheet.mark(at).cloned().unwrap_or_default();
        let words = typed
            .split([',', ' '])
            .map(|word| word.trim_start_matches('#'));
        let words = words.filter(|word| !word.is_empty()).map(String::from);
        match command.verb {
            Verb::Tag if typed.is_empty() => return voice.say("Tag how? As in: tag legal"),
            Verb::Status => mark.status = (!typed.is_empty()).then(|| typed.into()),
            Verb::Tag => mark.tags.extend(words),
            Verb::Untag => {
                let less: BTreeSet<String> = words.collect();
                mark.tags.retain(|tag| !less.contains(tag));
            }
            _ => mark.remark = typed.into(),
        }
        let said = match mark.is_empty() {
            true => format!("{} is not marked.", name(&self.report, at)),
            false => format!("{} marked {}", name(&self.report, at), told(&mark)),
        };
        let before = self.sheet.clone();
        self.sheet.set(at, mark);
        if self.sheet != before {
            self.past.push(before);
        }
        self.keep_marks(&said, voice, desk)
    }

    fn keep_marks(&mut self, said: &str, voice: &mut Voice, desk: &mut Desk) -> Result<(), Error> {
        voice.say(said)?;
        match desk.keep(&self.sheet) {
            Ok(told) => told.iter().try_for_each(|told| voice.say(told)),
            Err(why) => voice.say(&format!(
                "It is not saved, the next change tries again: {why}"
            )),
        }
    }

    /// All that is marked, and what found no unit in this version of the report.
    pub(super) fn marks(&mut self, voice: &mut Voice) -> Result<(), Error> {
        let placed = self.sheet.marks.iter();
        let mut lines: Vec<_> = placed
            .map(|(&unit, mark)| {
                Line::Said(format!("{}: {}", what(&self.report, unit), told(mark)))
            })
            .collect();
        lines.extend(self.sheet.unplaced.iter().map(|one| {
            let address = &one.passage.address;
            Line::Said(format!(
                "not in this version, was {address}: {}",
                told(&one.mark)
            ))
        }));
        match lines.is_empty() {
            true => voice.say("Nothing is marked. As in: status done"),
            false => self.list(lines, LINES, voice),
        }
    }
}
