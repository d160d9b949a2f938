//! Choosing a run of text: from one character to another, across units if one likes.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthChar;

use super::flow::Place;
use super::keys::Context;
use super::message::{Effect, Message};
use super::model::{Mode, Model};
use crate::report::UnitId;
use crate::typeset::counted;
use crate::typeset::safe;

/// A place in a text: the unit, and a byte of its text, between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The unit.
    pub unit: UnitId,
    /// Where in its text.
    pub at: usize,
}

impl Point {
    /// The start of a unit's text.
    fn start(unit: UnitId) -> Self {
        Self { unit, at: 0 }
    }
}

/// What is chosen: from one character to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// Where choosing began.
    pub anchor: Point,
    /// Where the caret is.
    pub caret: Point,
    /// The column that going up and down keeps to, once begun.
    pub column: Option<usize>,
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

    /// True where the label of this unit is taken with its text: at the start of the text, where more
    /// than that unit is chosen.
    pub fn takes_label(&self, unit: UnitId, text: &str) -> bool {
        let (first, last) = self.ends();
        let starts = self
            .within(unit, text)
            .is_some_and(|range| range.start == 0);
        first.unit != last.unit && starts
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
    /// Chooses from one place to another, as the mouse is drawn over the text.
    pub(super) fn select_between(&mut self, anchor: Point, caret: Point) {
        self.mode = Mode::Select(Selection {
            anchor: self.on_a_character(anchor, false),
            caret: self.on_a_character(caret, false),
            column: None,
        });
    }

    /// Begins to choose, at the first character that is on the screen.
    pub(super) fn select(&mut self) {
        let (Some(at), Some(top)) = (self.at, self.top) else {
            return;
        };
        let lines = self.flow().lines(at);
        let line = if at == top.unit { top.line } else { 0 };
        let start = lines.get(line).map_or(0, |line| line.span.start);
        // Where one reads: at the place found that one is at, or at the top.
        let start = self.found_at().unwrap_or(start);
        let point = Point {
            unit: at,
            at: start,
        };
        let point = self.on_a_character(point, true);
        if let Some(key) = self.keys.shown(Context::Selection, &Message::CopyText) {
            self.notice = format!("from here on: move, then {key} copies");
        }
        self.mode = Mode::Select(Selection {
            anchor: point,
            caret: point,
            column: None,
        });
    }

    pub(super) fn in_selection(&mut self, message: Message) -> Option<Effect> {
        let Mode::Select(mut selection) = self.mode else {
            return None;
        };
        let page = self.text_height().saturating_sub(1).max(1);
        let (message, lines) = match message {
            Message::PageDown => (Message::Down, page),
            Message::PageUp => (Message::Up, page),
            Message::HalfDown => (Message::Down, page.div_ceil(2)),
            Message::HalfUp => (Message::Up, page.div_ceil(2)),
            message => (message, 1),
        };
        let times = lines * self.count.max(1) as usize;
        selection.column = match message {
            Message::Down | Message::Up => selection.column.or(self.column(selection.caret)),
            _ => None,
        };
        let column = selection.column.unwrap_or(0);
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
            Message::First => selection.caret = Point::start(UnitId::from(0)),
            Message::Last => {
                let last = UnitId::from(self.report.len().saturating_sub(1));
                selection.caret = self.end_of(last);
            }
            message => {
                for _ in 0..times {
                    let next = self.moved(selection.caret, &message, column);
                    let next = self.on_a_character(next, next > selection.caret);
                    if next == selection.caret {
                        break;
                    }
                    selection.caret = next;
                }
            }
        }
        self.mode = Mode::Select(selection);
        None
    }

    fn moved(&self, caret: Point, message: &Message, column: usize) -> Point {
        let text = self.report.unit(caret.unit).text;
        let within = |at| Point { at, ..caret };
        match message {
            Message::Right => {
                let next = caret.at + character(text, caret.at).len();
                if next < text.len() {
                    within(next)
                } else {
                    self.unit_after(caret).unwrap_or(caret)
                }
            }
            Message::Left => match before(text, caret.at) {
                Some(at) => within(at),
                None => self
                    .unit_before(caret)
                    .map_or(caret, |unit| self.end_of(unit)),
            },
            Message::WordRight => match word_on(text, caret.at) {
                Some(at) => within(at),
                None => self.unit_after(caret).unwrap_or(self.end_of(caret.unit)),
            },
            Message::WordEnd => match word_end(text, caret.at) {
                Some(at) => within(at),
                None => match self.unit_after(caret) {
                    Some(next) => {
                        let text = self.report.unit(next.unit).text;
                        let end = end_of_word(text, 0);
                        Point { at: end, ..next }
                    }
                    None => self.end_of(caret.unit),
                },
            },
            Message::WordLeft => match word_back(text, caret.at) {
                Some(at) => within(at),
                None => self
                    .unit_before(caret)
                    .map_or(caret, |unit| self.end_of(unit)),
            },
            // To the end of the unit, then of the next: so that a unit is chosen and no more.
            Message::NextParagraph => match self.end_of(caret.unit) {
                end if caret < end => end,
                end => self
                    .unit_after(caret)
                    .map_or(end, |next| self.end_of(next.unit)),
            },
            Message::PreviousParagraph if caret.at > 0 => within(0),
            Message::PreviousParagraph => {
                Point::start(self.unit_before(caret).unwrap_or(caret.unit))
            }
            Message::Down | Message::Up | Message::Home | Message::End => {
                self.moved_by_line(caret, message, column)
            }
            _ => caret,
        }
    }

    /// The place, or the start of the character behind or before it: words and lines may begin
    /// inside of one, as where a mark stands on a space.
    fn on_a_character(&self, point: Point, on: bool) -> Point {
        let text = self.report.unit(point.unit).text;
        let mut cursor = GraphemeCursor::new(point.at, text.len(), true);
        if cursor.is_boundary(text, 0) != Ok(false) {
            return point;
        }
        let before = cursor.prev_boundary(text, 0).ok().flatten();
        let mut cursor = GraphemeCursor::new(point.at, text.len(), true);
        let behind = cursor.next_boundary(text, 0).ok().flatten();
        let behind = behind.filter(|&at| on && at < text.len());
        Point {
            at: behind.or(before).unwrap_or(0),
            ..point
        }
    }

    /// The column of the text that a place stands in.
    fn column(&self, caret: Point) -> Option<usize> {
        let flow = self.flow();
        let lines = flow.lines(caret.unit);
        let line = lines.get(flow.line_of(caret.unit, caret.at))?;
        let text = self.report.unit(caret.unit).text;
        let before = text.get(line.span.start..caret.at)?;
        Some(line.indent + self.ruler.cols(before))
    }

    fn moved_by_line(&self, caret: Point, message: &Message, column: usize) -> Point {
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
                    true => match self.unit_after(caret) {
                        Some(point) => (point.unit, 0),
                        None => return caret,
                    },
                    false if line > 0 => (caret.unit, line - 1),
                    false => match self.unit_before(caret) {
                        Some(unit) => (unit, flow.lines(unit).len().saturating_sub(1)),
                        None => return caret,
                    },
                };
                let lines = flow.lines(unit);
                let Some(there) = lines.get(line) else {
                    return caret;
                };
                let text = self.report.unit(unit).text;
                let room = column.saturating_sub(there.indent);
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
    fn unit_after(&self, caret: Point) -> Option<Point> {
        let index = caret.unit.index() + 1;
        (index < self.report.len()).then(|| Point::start(UnitId::from(index)))
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
    pub(super) fn show_caret(&mut self) {
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
        } else if place > flow.on(top, height - 1) {
            flow.back(place, height - 1)
        } else {
            top
        };
        (self.at, self.top) = (Some(caret.unit), Some(top));
    }

    fn copy_selection(&mut self, selection: &Selection) -> Option<Effect> {
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
            if selection.takes_label(id, unit.text) {
                text.push_str(unit.label);
                if !unit.text.is_empty() {
                    text.push_str(unit.label_gap());
                }
            }
            text.push_str(&unit.text[range]);
        }
        if text.is_empty() {
            self.notice = "nothing is copied: no text is selected".into();
            return None;
        }
        let name = counted(text.graphemes(true).count(), "character");
        // What is pasted into a shell must not speak to the terminal either.
        let text: Vec<_> = text.split('\n').map(safe).collect();
        Some(Effect::Copy(text.join("\n"), name))
    }
}

/// True for a word of Chinese or Japanese, where nothing stands between words: what stands
/// together is one word here, as in vi, for letter by letter one goes anyway.
fn is_wide(word: &str) -> bool {
    let wide = |c: char| c.is_alphanumeric() && c.width() == Some(2);
    word.chars().next().is_some_and(wide)
}

/// Where the next word begins.
fn word_on(text: &str, at: usize) -> Option<usize> {
    let mut words = text.get(at..)?.split_word_bound_indices();
    let mut wide = words.next().is_some_and(|(_, word)| is_wide(word));
    for (place, word) in words {
        if !(word.trim().is_empty() || wide && is_wide(word)) {
            return Some(at + place);
        }
        wide = is_wide(word);
    }
    None
}

/// Where the last character of the word at a place begins, or of the first word behind it.
fn end_of_word(text: &str, at: usize) -> usize {
    let behind = text.get(at..).unwrap_or("");
    let blank = behind.len() - behind.trim_start().len();
    let start = at + blank;
    let mut end = start;
    for word in text[start..].split_word_bounds() {
        if end > start && !(is_wide(&text[start..end]) && is_wide(word)) {
            break;
        }
        end += word.len();
    }
    before(&text[..end], end).map_or(start, |at| at.max(start))
}

/// The end of the word at a place or, from there, of the next one.
fn word_end(text: &str, at: usize) -> Option<usize> {
    let more = |at: usize| {
        let behind = text.get(at..)?;
        (!behind.trim().is_empty()).then(|| end_of_word(text, at))
    };
    let end = more(at)?;
    if end > at {
        return Some(end);
    }
    more(at + character(text, at).len())
}

/// Where the word before a place begins, or the one at it when one is inside.
fn word_back(text: &str, at: usize) -> Option<usize> {
    let words = text.get(..at)?.split_word_bound_indices().rev();
    let mut start = None;
    for (place, word) in words {
        match start {
            None if word.trim().is_empty() => {}
            None => {
                start = Some(place);
                if !is_wide(word) {
                    break;
                }
            }
            Some(_) if is_wide(word) => start = Some(place),
            Some(_) => break,
        }
    }
    start
}

/// Where the last character of a line begins, without the white space at its end.
pub(super) fn last_in(text: &str, line: &Range<usize>) -> usize {
    let bare = text[line.clone()].trim_end();
    let end = line.start + bare.len();
    before(&text[..end], end).map_or(line.start, |at| at.max(line.start))
}
