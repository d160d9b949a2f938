//! The screen: reads all of the model and changes nothing but its cache of lines.

mod bars;
mod help;
mod text;
mod tree;

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::message::Stage;
use super::model::{Mode, Model};
use super::theme::Theme;
use crate::typeset::{clip, cols, safe};

pub use help::help_lines;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let theme = Theme::new(model.color);
    let panes = model.panes();
    let caret = match &model.mode {
        Mode::Loading(stage, done, of) => {
            loading(&model.name, (*stage, *done, *of), theme, area, buffer);
            None
        }
        Mode::Help(top) => {
            help::draw(model, *top, theme, area, buffer);
            None
        }
        Mode::Reading | Mode::Search(_) | Mode::GoTo(_) => {
            bars::title(model, theme, panes.title, buffer);
            tree::draw(model, theme, panes.tree, buffer);
            for y in panes.rule.top()..panes.rule.bottom() {
                put(
                    buffer,
                    panes.rule.x,
                    y,
                    panes.rule.right(),
                    "│",
                    theme.faint(),
                );
            }
            text::draw(model, theme, &panes, buffer);
            if model.report.is_empty() {
                put(
                    buffer,
                    area.x + 1,
                    panes.text.y.max(panes.tree.y),
                    area.right(),
                    "This report has no text.",
                    theme.strong(),
                );
            }
            bars::footer(model, theme, panes.footer, buffer);
            // On a screen of one or two rows a prompt takes the last of them.
            let last = Rect {
                y: area.bottom().saturating_sub(1),
                height: area.height.min(1),
                ..area
            };
            let status = if panes.status.is_empty() {
                last
            } else {
                panes.status
            };
            match &model.mode {
                Mode::Search(prompt) => {
                    Some(bars::prompt(model, "/", prompt, theme, status, buffer))
                }
                Mode::GoTo(prompt) => Some(bars::prompt(model, ":", prompt, theme, status, buffer)),
                _ => {
                    bars::status(model, theme, panes.status, buffer);
                    None
                }
            }
        }
    };
    if let Some(caret) = caret.filter(|caret| area.contains(*caret)) {
        frame.set_cursor_position(caret);
    }
}

fn loading(
    name: &str,
    progress: (Stage, u64, Option<u64>),
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let (stage, done, of) = progress;
    let what = match stage {
        Stage::Reading => format!("reading {name}"),
        Stage::Parsing => format!("finding the chapters and paragraphs of {name}"),
    };
    let far = match (stage, of) {
        (_, Some(of)) if of > 0 => format!("{} %", done.saturating_mul(100) / of),
        (Stage::Reading, _) => format!("{} MB", done >> 20),
        _ => String::new(),
    };
    let y = area.y + area.height / 2;
    let x = area.x + u16::from(area.width > 40) * 2;
    put(buffer, x, y, area.right(), &what, theme.text());
    put(buffer, x, y + 1, area.right(), &far, theme.strong());
    put(buffer, x, y + 2, area.right(), "q leaves", theme.faint());
}

/// Writes `text` from column `x` up to `end`, clipped, and gives the column behind it. The last
/// step before output: what a report says cannot speak to the terminal.
fn put(buffer: &mut Buffer, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
    let end = end.min(buffer.area.right());
    if x >= end || y >= buffer.area.bottom() {
        return x;
    }
    let room = usize::from(end - x);
    buffer
        .set_stringn(x, y, safe(clip(text, room)), room, style)
        .0
}

/// Like [`put`], with an ellipsis where the text had to be clipped.
fn put_clipped(buffer: &mut Buffer, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
    let room = usize::from(end.saturating_sub(x));
    if clip(text, room).len() == text.len() || room == 0 {
        return put(buffer, x, y, end, text, style);
    }
    let x = put(buffer, x, y, end - 1, text, style);
    put(buffer, x, y, end, "…", style)
}

/// Styles the parts of `text`, drawn from column `x` on, that lie in `ranges`.
fn paint(
    buffer: &mut Buffer,
    at: Position,
    end: u16,
    text: &str,
    ranges: &[Range<usize>],
    style: Style,
) {
    for range in ranges {
        let (from, to) = (range.start.min(text.len()), range.end.min(text.len()));
        let (Some(before), Some(inside)) = (text.get(..from), text.get(from..to)) else {
            continue;
        };
        let start = usize::from(at.x) + cols(before);
        let stop = (start + cols(inside)).min(end.into());
        if start < stop {
            let area = Rect {
                x: start as u16,
                y: at.y,
                width: (stop - start) as u16,
                height: 1,
            };
            buffer.set_style(area.intersection(buffer.area), style);
        }
    }
}

/// The parts of `ranges`, which stand in order, inside `part`, counted from its start.
fn within(part: &Range<usize>, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let first = ranges.partition_point(|range| range.end <= part.start);
    let near = ranges[first..]
        .iter()
        .take_while(|range| range.start < part.end);
    let inside = near.map(|range| range.start.max(part.start)..range.end.min(part.end));
    inside
        .map(|range| range.start - part.start..range.end - part.start)
        .collect()
}
