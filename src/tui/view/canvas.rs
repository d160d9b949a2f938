//! What the parts of the screen are drawn with: the cells, the styles, and what text measures.
//! The last step before output: what a report says cannot speak to the terminal.

use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::tui::theme::Theme;
use crate::typeset::{Ruler, safe};

/// A screen being drawn.
pub(in crate::tui) struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub theme: Theme,
    pub ruler: Ruler,
    /// Where what leads to an address stands; none where the screen cannot be followed from.
    pub leads: Option<Vec<(Rect, String)>>,
}

impl Canvas<'_> {
    /// Writes `text` from column `x` up to `end`, clipped, and gives the column behind it.
    pub(super) fn put(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let end = end.min(self.buffer.area.right());
        if x >= end || y >= self.buffer.area.bottom() {
            return x;
        }
        let mut x = x;
        let mut last = None;
        let text = safe(text);
        for (_, grapheme, cols) in self.ruler.graphemes(&text) {
            if grapheme == "\u{ad}" {
                // A place where a word might be divided, and is not.
                continue;
            }
            if cols == 0 {
                // A mark without a letter of its own belongs to what stands before it.
                if let Some(at) = last {
                    let cell = &mut self.buffer[(at, y)];
                    let joined = format!("{}{grapheme}", cell.symbol());
                    // An odd mark may make the whole wider: then it is left out.
                    if self.ruler.cols(&joined) == usize::from(x - at) {
                        cell.set_symbol(&joined);
                    }
                }
                continue;
            }
            if cols > usize::from(end - x) {
                break;
            }
            let cols = cols as u16;
            let cell = &mut self.buffer[(x, y)];
            cell.set_symbol(grapheme).set_style(style);
            // What the terminal draws in another width than the library counts.
            let forced = (cell.symbol().cell_width() != cols).then(|| NonZeroU16::new(cols));
            cell.set_diff_option(match forced.flatten() {
                Some(cols) => CellDiffOption::ForcedWidth(cols),
                None => CellDiffOption::None,
            });
            for behind in x + 1..x + cols {
                self.buffer[(behind, y)].reset();
            }
            last = Some(x);
            x += cols;
        }
        x
    }

    /// Like [`Self::put`], with an ellipsis where the text had to be clipped.
    pub(super) fn put_clipped(
        &mut self,
        x: u16,
        y: u16,
        end: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        let room = usize::from(end.saturating_sub(x));
        if self.ruler.clip(text, room).len() == text.len() || room == 0 {
            return self.put(x, y, end, text, style);
        }
        let short = end.saturating_sub(self.ruler.cols("…") as u16);
        let x = self.put(x, y, short, text, style);
        self.put(x, y, end, "…", style)
    }

    /// Styles the parts of `text`, drawn from `at` on, that lie in `ranges`; gives where they stand.
    pub(super) fn paint(
        &mut self,
        at: Position,
        end: u16,
        text: &str,
        ranges: &[Range<usize>],
        style: Style,
    ) -> Vec<Rect> {
        let mut painted = Vec::new();
        for range in ranges {
            let (from, to) = (range.start.min(text.len()), range.end.min(text.len()));
            let (Some(before), Some(inside)) = (text.get(..from), text.get(from..to)) else {
                continue;
            };
            let start = usize::from(at.x) + self.ruler.cols(before);
            let stop = (start + self.ruler.cols(inside)).min(end.into());
            if start < stop {
                let area = Rect {
                    x: start as u16,
                    y: at.y,
                    width: (stop - start) as u16,
                    height: 1,
                };
                let area = area.intersection(self.buffer.area);
                self.buffer.set_style(area, style);
                painted.push(area);
            }
        }
        painted
    }

    /// Keeps that these parts of the screen lead to an address.
    pub(super) fn lead(&mut self, parts: Vec<Rect>, address: &str) {
        if let Some(leads) = &mut self.leads {
            leads.extend(parts.into_iter().map(|part| (part, address.into())));
        }
    }

    /// Sets the row one is at apart: by its style, and by a bar at its left where the style is a
    /// colour and no more.
    pub(super) fn select(&mut self, row: Rect, focused: bool) {
        let style = self.theme.selected(focused);
        self.buffer
            .set_style(row.intersection(self.buffer.area), style);
        if !style.add_modifier.contains(Modifier::REVERSED) && row.width > 1 {
            let bar = match (focused, self.ruler.cols("▌")) {
                (true, 1) => "▌",
                (false, 1) => "▏",
                _ => "|",
            };
            self.put(row.x, row.y, row.x + 1, bar, style);
        }
    }
}
