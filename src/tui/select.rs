//! Choosing a run of text: from one character to another, across units if one likes.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::flow::Place;
use super::message::{Effect, Message};
use super::model::{Mode, Model};
use crate::report::UnitId;
use crate::typeset::safe;

/// A place in a text: the unit, and a byte of its text, between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The unit.
    pub unit: UnitId,
    /// Where in its text.
    pub at: usize,
}

/// What is chosen: from one character to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// Where choosing began.
    pub anchor: Point,
    /// Where the caret is.
    pub caret: Point,
}

impl Selection {
    /// The part of this unit's text that is chosen, if any of it is.
    pub fn within(&self, unit: UnitId, text: &str) -> Option<Range<usize>> {
        let (first, last) = self.ends();
        if !(first.unit..=last.unit).contains(&unit) {
            return None;
        }
        let start = if unit == first.unit { first.at } else { 0 };
        let end = if unit == last.unit {
            last.at + character(text, last.at).len()
        } else {
            text.len()
        };
        Some(start.min(text.len())..end.min(text.len()))
    }

    fn ends(&self) -> (Point, Point) {
        (self.anchor.min(self.caret), self.anchor.max(self.caret))
    }
}

/// The character that stands at a place; nothing at the end.
fn character(text: &str, at: usize) -> &str {
    let behind = text.get(at..).unwrap_or("");
    behind.graphemes(true).next().unwrap_or("")
}

/// The start of the character before a place.
fn before(text: &str, at: usize) -> Option<usize> {
    let last = text.get(..at)?.graphemes(true).next_back()?;
    Some(at - last.len())
}

impl Model {
    /// Begins to choose, at the first character that is on the screen.
    pub(super) fn select(&mut self) {
        let (Some(at), Some(top)) = (self.at, self.top) else {
            return;
        };
        let lines = self.flow().lines(at);
        let line = if at == top.unit { top.line } else { 0 };
        let start = lines.get(line).map_or(0, |line| line.span.start);
        let point = Point {
            unit: at,
            at: start,
        };
        self.mode = Mode::Select(Selection {
            anchor: point,
            caret: point,
        });
        self.show_caret();
    }

    pub(super) fn in_selection(&mut self, message: Message) -> Option<Effect> {
        let Mode::Select(mut selection) = self.mode else {
            return None;
        };
        let times = self.count.max(1) as usize;
        match message {
            Message::CopyText => {
                self.mode = Mode::Reading;
                return self.copy_selection(&selection);
            }
            Message::Back => {
                self.mode = Mode::Reading;
                return None;
            }
            Message::OtherEnd => {
                (selection.anchor, selection.caret) = (selection.caret, selection.anchor);
            }
            message => {
                for _ in 0..times {
                    let next = self.moved(selection.caret, &message);
                    if next == selection.caret {
                        break;
                    }
                    selection.caret = next;
                }
            }
        }
        self.mode = Mode::Select(selection);
        self.show_caret();
        None
    }

    fn moved(&self, caret: Point, message: &Message) -> Point {
        let text = self.report.unit(caret.unit).text;
        let within = |at| Point { at, ..caret };
        match message {
            Message::Right => {
                let next = caret.at + character(text, caret.at).len();
                if next < text.len() {
                    within(next)
                } else {
                    self.unit_after(caret, 1).unwrap_or(caret)
                }
            }
            Message::Left => match before(text, caret.at) {
                Some(at) => within(at),
                None => self
                    .unit_before(caret)
                    .map_or(caret, |unit| self.end_of(unit)),
            },
            Message::WordRight => {
                let mut words = text.split_word_bound_indices();
                let next = words.find(|(at, word)| *at > caret.at && !word.trim().is_empty());
                match next {
                    Some((at, _)) => within(at),
                    None => self.unit_after(caret, 1).unwrap_or(self.end_of(caret.unit)),
                }
            }
            Message::WordLeft => {
                let before = text.get(..caret.at).unwrap_or("");
                let mut words = before.split_word_bound_indices().rev();
                match words.find(|(_, word)| !word.trim().is_empty()) {
                    Some((at, _)) => within(at),
                    None => self
                        .unit_before(caret)
                        .map_or(caret, |unit| self.end_of(unit)),
                }
            }
            Message::NextParagraph => self.unit_after(caret, 1).unwrap_or(self.end_of(caret.unit)),
            Message::PreviousParagraph if caret.at > 0 => within(0),
            Message::PreviousParagraph => {
                let unit = self.unit_before(caret).unwrap_or(caret.unit);
                Point { unit, at: 0 }
            }
            Message::Down | Message::Up | Message::Home | Message::End => {
                self.moved_by_line(caret, message)
            }
            _ => caret,
        }
    }

    fn moved_by_line(&self, caret: Point, message: &Message) -> Point {
        let flow = self.flow();
        let lines = flow.lines(caret.unit);
        let line = flow.line_of(caret.unit, caret.at);
        let Some(here) = lines.get(line).map(|line| line.span.clone()) else {
            return caret;
        };
        let text = self.report.unit(caret.unit).text;
        match message {
            Message::Home => Point {
                at: here.start,
                ..caret
            },
            Message::End => Point {
                at: last_in(text, &here),
                ..caret
            },
            _ => {
                let down = *message == Message::Down;
                let (unit, line) = match down {
                    true if line + 1 < lines.len() => (caret.unit, line + 1),
                    true => match self.unit_after(caret, 1) {
                        Some(point) => (point.unit, 0),
                        None => return caret,
                    },
                    false if line > 0 => (caret.unit, line - 1),
                    false => match self.unit_before(caret) {
                        Some(unit) => (unit, flow.lines(unit).len().saturating_sub(1)),
                        None => return caret,
                    },
                };
                let cols = |unit: UnitId, line: usize, from: usize, to: usize| {
                    let indent = flow.lines(unit).get(line).map_or(0, |line| line.indent);
                    let text = self.report.unit(unit).text;
                    indent + self.ruler.cols(text.get(from..to).unwrap_or(""))
                };
                let now = flow.line_of(caret.unit, caret.at);
                let wanted = cols(caret.unit, now, here.start, caret.at);
                let lines = flow.lines(unit);
                let Some(there) = lines.get(line) else {
                    return caret;
                };
                let text = self.report.unit(unit).text;
                let room = wanted.saturating_sub(there.indent);
                let line = &text[there.span.clone()];
                let at = there.span.start + self.ruler.clip(line, room).len();
                Point {
                    unit,
                    at: at.min(last_in(text, &there.span)),
                }
            }
        }
    }

    /// The start of the unit after.
    fn unit_after(&self, caret: Point, by: usize) -> Option<Point> {
        let index = caret.unit.index() + by;
        (index < self.report.len()).then(|| Point {
            unit: UnitId::from(index),
            at: 0,
        })
    }

    fn unit_before(&self, caret: Point) -> Option<UnitId> {
        caret.unit.index().checked_sub(1).map(UnitId::from)
    }

    /// The last character of a unit.
    fn end_of(&self, unit: UnitId) -> Point {
        let text = self.report.unit(unit).text;
        Point {
            unit,
            at: before(text, text.len()).unwrap_or(0),
        }
    }

    /// Scrolls until the caret is on the screen; the unit it is in is the one one is at.
    fn show_caret(&mut self) {
        let (Mode::Select(selection), Some(top)) = (&self.mode, self.top) else {
            return;
        };
        let caret = selection.caret;
        let flow = self.flow();
        let place = Place {
            unit: caret.unit,
            line: flow.line_of(caret.unit, caret.at),
        };
        let height = self.text_height();
        let top = if place < top {
            place
        } else if flow.between(top, place) >= height {
            flow.back(place, height - 1)
        } else {
            top
        };
        (self.at, self.top) = (Some(caret.unit), Some(top));
    }

    fn copy_selection(&self, selection: &Selection) -> Option<Effect> {
        let (first, last) = selection.ends();
        let mut text = String::new();
        for index in first.unit.index()..=last.unit.index() {
            let id = UnitId::from(index);
            let unit = self.report.unit(id);
            let range = selection.within(id, unit.text)?;
            if index > first.unit.index() {
                text.push('\n');
            }
            // A label is taken with the start of its text, where more than that unit is chosen.
            if range.start == 0 && first.unit != last.unit {
                text.push_str(unit.label);
                text.push_str(unit.label_gap());
            }
            text.push_str(&unit.text[range]);
        }
        let characters = text.graphemes(true).count();
        let name = match characters {
            1 => "1 character".into(),
            _ => format!("{characters} characters"),
        };
        // What is pasted into a shell must not speak to the terminal either.
        let text: Vec<_> = text.split('\n').map(safe).collect();
        Some(Effect::Copy(text.join("\n"), name))
    }
}

/// Where the last character of a line begins, without the white space at its end.
fn last_in(text: &str, line: &Range<usize>) -> usize {
    let bare = text[line.clone()].trim_end();
    let end = line.start + bare.len();
    before(&text[..end], end).map_or(line.start, |at| at.max(line.start))
}
