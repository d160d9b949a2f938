//! What is said in plain mode, and the voice that says it: whole lines of words. All that is said
//! becomes harmless to a terminal here, and is broken into lines where the output has a width.

use std::io::Write;
use std::ops::Range;

use super::Manner;
use crate::error::Error;
use crate::report::{Lookup, Report, UnitId};
use crate::search::{Hit, How, Matched};
use crate::typeset::{Ruler, safe, snippet, wrap};

/// Where answers go.
pub(super) struct Voice<'a> {
    to: &'a mut dyn Write,
    /// Asks how many columns a line has: a window may change between two answers.
    ask_width: fn() -> Option<usize>,
    width: Option<usize>,
    ruler: Ruler,
    has_spoken: bool,
}

impl<'a> Voice<'a> {
    pub fn new(to: &'a mut dyn Write, manner: Manner) -> Self {
        Self {
            to,
            ask_width: manner.width,
            width: (manner.width)().filter(|&width| width > 0),
            ruler: manner.ruler,
            has_spoken: false,
        }
    }

    /// Begins an answer, with an empty line where something was said before.
    pub fn pause(&mut self) -> Result<(), Error> {
        self.width = (self.ask_width)().filter(|&width| width > 0);
        if std::mem::take(&mut self.has_spoken) {
            self.to.write_all(b"\n").map_err(Error::Write)?;
        }
        Ok(())
    }

    /// Says a sentence or a text.
    pub fn say(&mut self, text: &str) -> Result<(), Error> {
        self.has_spoken = true;
        match self.width {
            None => writeln!(self.to, "{}", safe(text.trim_end())).map_err(Error::Write),
            Some(width) => wrap(self.ruler, text, width, width)
                .into_iter()
                .try_for_each(|span| {
                    writeln!(self.to, "{}", safe(text[span].trim_end())).map_err(Error::Write)
                }),
        }
    }

    /// Says what must stay in one piece, as a link must.
    pub fn say_whole(&mut self, text: &str) -> Result<(), Error> {
        self.has_spoken = true;
        writeln!(self.to, "{}", safe(text)).map_err(Error::Write)
    }

    /// Asks for a command, behind what is said.
    pub fn prompt(&mut self) -> Result<(), Error> {
        self.pause()?;
        self.to.write_all(b"> ").map_err(Error::Write)
    }

    /// Ends the line of a prompt that nothing was typed at.
    pub fn end_line(&mut self) -> Result<(), Error> {
        self.to.write_all(b"\n").map_err(Error::Write)
    }

    /// Has all that is said be heard now.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.to.flush().map_err(Error::Write)
    }

    /// Says as much of a text behind `before` as a line has room for, around what was found.
    pub fn say_part(&mut self, before: &str, text: &str, found: Range<usize>) -> Result<(), Error> {
        // Of a known width what is left of two lines, and never less than one.
        let room = match self.width {
            None => PART,
            Some(width) => (2 * width)
                .saturating_sub(self.ruler.cols(before) + 8)
                .clamp(width.min(PART), PART),
        };
        let part = snippet(self.ruler, text, found, room);
        let (cut_before, cut_behind) = (part.cut_before, part.cut_behind);
        let dots = |cut: bool| if cut { "..." } else { "" };
        self.say(&format!(
            "{before}: {}{}{}",
            dots(cut_before),
            text[part.span].trim(),
            dots(cut_behind)
        ))
    }
}

/// The columns that are said of a text in a list.
const PART: usize = 72;

/// The address of a unit in words and signs that every keyboard has: `1(k)`, `unnumbered 2`.
pub(super) fn name(report: &Report, id: UnitId) -> String {
    spoken(&report.address(id).to_string())
}

/// The sign of what has no number, as a word.
fn spoken(address: &str) -> String {
    address.replace('§', UNNUMBERED)
}

const UNNUMBERED: &str = "unnumbered ";

/// What `typed` means as an address; what [`name`] says can be typed back, and `u2` for short.
pub(super) fn look_up(report: &Report, typed: &str) -> Lookup {
    let rest = typed
        .strip_prefix(UNNUMBERED.trim_end())
        .or_else(|| typed.strip_prefix('u'));
    let rest = rest.map(str::trim_start);
    match rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        Some(rest) => report.look_up(&format!("§{rest}")),
        None => report.look_up(typed),
    }
}

/// Several addresses to choose from.
pub(super) fn choices(report: &Report, units: &[UnitId]) -> String {
    spoken(&report.choices(units))
}

/// What a unit is, without where it stands: `1(k), item, recommendation`.
pub(super) fn what(report: &Report, id: UnitId) -> String {
    let unit = report.unit(id);
    let recommends = if unit.recommendation {
        ", recommendation"
    } else {
        ""
    };
    format!("{}, {}{recommends}", name(report, id), unit.kind.name())
}

/// Where one is: `1(k), item, recommendation, page 3, 15 of 36, 5 under it`.
pub(super) fn place(report: &Report, id: UnitId) -> String {
    let mut said = what(report, id);
    if report.pages() > 1 {
        said.push_str(&format!(", page {}", report.unit(id).page));
    }
    said.push_str(&format!(", {} of {}", id.index() + 1, report.len()));
    let under = report.subtree(id).len() - 1;
    if under > 0 {
        said.push_str(&format!(", {under} under it"));
    }
    said
}

/// How a hit matched, where it did otherwise than as typed: `weaker, by pinyin`; else nothing.
pub(super) fn how(hit: &Hit) -> String {
    // That its address was typed is heard in what it is called.
    if matches!(hit.how, How::Exact | How::Address) {
        return String::new();
    }
    let weaker = if hit.how.is_weak() { "weaker, " } else { "" };
    format!("{weaker}by {}", hit.how.name())
}

/// The words that matched, where they are not those that were typed: `found 亚美尼亚`.
pub(super) fn matched(hit: &Hit, text: &str, marks: &Matched) -> String {
    if how(hit).is_empty() {
        return String::new();
    }
    let mut words: Vec<&str> = Vec::new();
    for place in &marks.places {
        let word = Ruler::NARROW.clip(text.get(place.clone()).unwrap_or("").trim(), 30);
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(5);
    match words.is_empty() {
        true => String::new(),
        false => format!("found {}", words.join(" and ")),
    }
}
