//! Finding in plain mode: what was found is said as a list, best first, and gone through hit by hit.

use std::sync::Arc;

use super::Desk;
use super::say::{self, Voice};
use super::walk::{HITS, Line, Walk};
use crate::error::Error;
use crate::tui::rows::Found;
use crate::typeset::counted;

/// Also for who takes n for next.
const NOTHING_WANTED: &str = "Nothing is looked for. /words find, Enter is the next unit.";

impl Walk {
    pub(super) fn find(
        &mut self,
        typed: &str,
        voice: &mut Voice,
        desk: &mut Desk,
    ) -> Result<(), Error> {
        if typed.is_empty() {
            return match self.query.text.is_empty() {
                true => voice.say("Find what? As in /words"),
                false => self.say_found(voice),
            };
        }
        self.query.text = typed.into();
        self.query.all = false;
        self.search(voice, desk)
    }

    fn search(&mut self, voice: &mut Voice, desk: &mut Desk) -> Result<(), Error> {
        self.ask(voice, desk)?;
        self.say_found(voice)
    }

    /// Searches anew, and forgets what was found before.
    fn ask(&mut self, voice: &mut Voice, desk: &mut Desk) -> Result<(), Error> {
        self.hit = None;
        self.rest.clear();
        self.query.marks = Arc::clone(&self.sheet.marks);
        self.found = Some(desk.search(self.query.clone(), voice)?);
        Ok(())
    }

    /// How much is found for what.
    fn count(&self, found: &Found) -> String {
        let typed = &self.query.text;
        let only = if self.query.recommendations {
            " among the recommendations"
        } else {
            ""
        };
        if found.is_empty() {
            return format!("Nothing found for {typed}{only}.");
        }
        let places = counted(found.places(), "place");
        let units = counted(found.units(), "unit");
        format!("{places} in {units} for {typed}{only}.")
    }

    fn say_found(&mut self, voice: &mut Voice) -> Result<(), Error> {
        let Some(found) = self.found.clone() else {
            return Ok(());
        };
        let count = self.count(&found);
        if found.is_empty() {
            voice.say(&count)?;
            let mut advice = self.query.advice();
            if self.query.recommendations {
                advice.push("r for the whole report");
            }
            return match advice.is_empty() {
                true => Ok(()),
                false => voice.say(&format!("Try {}.", advice.join(", or "))),
            };
        }
        voice.say(&format!("{count} n goes from hit to hit."))?;
        self.list((0..found.units()).map(Line::Hit).collect(), HITS, voice)?;
        match found.has_left_out() {
            true => voice.say("Weaker hits are left out. a finds them too."),
            false => Ok(()),
        }
    }

    pub(super) fn step_hit(&mut self, by: isize, voice: &mut Voice) -> Result<(), Error> {
        let hits = self.found.as_ref().map_or(0, |found| found.units());
        if hits == 0 {
            return voice.say(match self.query.text.is_empty() {
                true => NOTHING_WANTED,
                false => "Nothing was found.",
            });
        }
        let there = |nth: usize| {
            let hit = self.found.as_ref()?.hits().get(nth)?;
            self.at.filter(|&at| at == hit.unit)
        };
        let from = match self.hit {
            Some(_) if hits == 1 && there(0).is_some() => {
                return voice.say("This is the only unit found.");
            }
            Some(hit) => hit as isize,
            None => -isize::from(by > 0),
        };
        self.go_to_hit((from + by).rem_euclid(hits as isize) as usize, voice)
    }

    pub(super) fn go_to_hit(&mut self, nth: usize, voice: &mut Voice) -> Result<(), Error> {
        let Some(found) = self.found.clone().filter(|found| !found.is_empty()) else {
            return self.step_hit(1, voice);
        };
        let Some(hit) = found.hits().get(nth) else {
            return voice.say(&format!("The last hit is {}.", found.units()));
        };
        let marks = found.matched(&self.report, hit);
        let text = self.report.unit(hit.unit).text;
        let mut more = format!(", hit {} of {}", nth + 1, found.units());
        for part in [say::how(hit), say::matched(hit, text, &marks)] {
            if !part.is_empty() {
                more.push_str(&format!(", {part}"));
            }
        }
        self.leave(hit.unit);
        (self.at, self.hit) = (Some(hit.unit), Some(nth));
        self.say_unit(voice, &more)
    }

    pub(super) fn weaker(&mut self, voice: &mut Voice, desk: &mut Desk) -> Result<(), Error> {
        if self.query.text.is_empty() {
            return voice.say(NOTHING_WANTED);
        }
        self.query.all = !self.query.all;
        voice.say(match self.query.all {
            true => "Weaker hits too.",
            false => "Weaker hits only where little else is found.",
        })?;
        self.search(voice, desk)
    }

    pub(super) fn recommendations(
        &mut self,
        voice: &mut Voice,
        desk: &mut Desk,
    ) -> Result<(), Error> {
        let all = self.report.all_recommendations();
        if all == 0 {
            return voice.say("The report has no recommendations.");
        }
        self.query.recommendations = !self.query.recommendations;
        match self.query.recommendations {
            true => voice.say(&format!(
                "Recommendations only, of which there are {all}. r ends it."
            ))?,
            false => voice.say("All units again.")?,
        }
        if self.query.text.is_empty() {
            return Ok(());
        }
        // What was found is not what would be found now.
        self.ask(voice, desk)?;
        match &self.found {
            Some(found) if found.is_empty() => voice.say(&self.count(found)),
            Some(found) => voice.say(&format!("{} / alone lists them.", self.count(found))),
            None => Ok(()),
        }
    }

    /// A line of the list of hits; how they match is said where that changes.
    pub(super) fn say_hit(
        &self,
        nth: usize,
        told: &mut Told,
        voice: &mut Voice,
    ) -> Result<(), Error> {
        let Some(found) = self.found.as_ref() else {
            return Ok(());
        };
        let Some(hit) = found.hits().get(nth) else {
            return Ok(());
        };
        let report = &self.report;
        let text = report.unit(hit.unit).text;
        let marks = found.matched(report, hit);
        let (how, matched) = (say::how(hit), say::matched(hit, text, &marks));
        if how != told.how {
            voice.say(&format!("{how}:"))?;
        }
        let mut before = format!("hit {}, {}", nth + 1, say::what(report, hit.unit));
        if hit.places > 1 {
            before.push_str(&format!(", {} places", hit.places));
        }
        if matched != told.matched && !matched.is_empty() {
            before.push_str(&format!(", {matched}"));
        }
        *told = Told { how, matched };
        let first = marks.matches.first().cloned().unwrap_or(0..0);
        voice.say_part(&before, text, first)
    }
}

/// What the last line of a list of hits said, which the next need not say again.
#[derive(Debug, Default)]
pub(super) struct Told {
    how: String,
    matched: String,
}
