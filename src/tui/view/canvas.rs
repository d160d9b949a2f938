//! What the parts of the screen are drawn with: the cells, the styles, and what text measures.
//! The last step before output: what a report says cannot speak to the terminal.

use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::tui::theme::Theme;
use crate::typeset::{Ruler, safe};

/// The longest letter with its marks that a cell holds, in bytes.
const MOST_MARKS: usize = 64;

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
                    // Nobody reads more marks on one letter, and a flood of them would never end.
                    if cell.symbol().len() + grapheme.len() > MOST_MARKS {
                        continue;
                    }
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
                // Not a space: when one stands there next, the library must see that this is new, for
                // the terminal draws nothing there once a part of the wide character is gone.
                self.buffer[(behind, y)].reset();
                self.buffer[(behind, y)].set_symbol("");
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::theme::Palette;

    /// A row of a screen that says this.
    fn row(text: &str, ruler: Ruler) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 1));
        let mut canvas = Canvas {
            buffer: &mut buffer,
            theme: Theme::new(Palette::None),
            ruler,
            leads: None,
        };
        canvas.put(0, 0, 24, text, Style::new());
        buffer
    }

    /// What a terminal shows that draws one frame after another. It blanks what is left of a wide
    /// character of which a part is drawn over, and gives every code point that has a width of its
    /// own a cell of its own.
    fn shown(frames: &[Buffer], ruler: Ruler) -> Vec<String> {
        let mut cells = vec![String::from(" "); 40];
        let mut before = Buffer::empty(frames[0].area);
        for frame in frames {
            for (x, _, cell) in before.diff(frame) {
                let mut at = usize::from(x);
                for c in cell.symbol().chars() {
                    let wide = ruler.cols(c.encode_utf8(&mut [0; 4]));
                    if wide == 0 {
                        cells[at.saturating_sub(1)].push(c);
                        continue;
                    }
                    for place in at..at + wide {
                        blank(&mut cells, place, ruler);
                    }
                    cells[at] = c.into();
                    if wide == 2 {
                        cells[at + 1] = String::new();
                    }
                    at += wide;
                }
            }
            before = frame.clone();
        }
        cells.truncate(24);
        cells
    }

    /// Takes away whatever reaches into a cell.
    fn blank(cells: &mut [String], place: usize, ruler: Ruler) {
        if cells[place].is_empty() && place > 0 {
            cells[place - 1] = " ".into();
        }
        if ruler.cols(&cells[place]) == 2 && place + 1 < cells.len() {
            cells[place + 1] = " ".into();
        }
        cells[place] = " ".into();
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_left_of_one_frame_in_the_next(
            texts in proptest::collection::vec("([网络a ]|กำ|ｶﾞ|🇨🇳|e\u{301}|“|क्षि){0,12}", 2..5),
            wide: bool,
        ) {
            let ruler = if wide { Ruler::WIDE } else { Ruler::NARROW };
            let frames: Vec<_> = texts.iter().map(|text| row(text, ruler)).collect();
            let last = frames.last().unwrap();
            // As if nothing had been drawn before.
            let alone = shown(std::slice::from_ref(last), ruler);
            prop_assert_eq!(shown(&frames, ruler), alone, "{:?}", texts);
        }
    }

    #[test]
    fn a_flood_of_marks_is_cut_short() {
        let flood = format!("a{}b", "\u{200b}".repeat(500_000));
        let buffer = row(&flood, Ruler::NARROW);
        assert!(buffer[(0, 0)].symbol().len() <= MOST_MARKS);
        assert_eq!(buffer[(1, 0)].symbol(), "b");
    }
}
