//! A remark being written: text of several lines, with a caret, as far as one screen of them is shown.

use std::ops::Range;

use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::prompt::Prompt;
use crate::report::UnitId;
use crate::typeset::Ruler;

/// A remark being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The unit it is on.
    pub unit: UnitId,
    prompt: Prompt,
    /// What it was.
    was: String,
    /// The column that going up and down keeps to.
    column: Option<usize>,
    /// The first row that is shown, as far as the caret's is.
    top: usize,
    /// True once it was asked whether what is written is to be dropped.
    pub dropping: bool,
}

impl Remark {
    /// One on this unit, with the caret at its end.
    pub fn new(unit: UnitId, text: &str) -> Self {
        Self {
            unit,
            prompt: Prompt::of_lines(text),
            was: text.into(),
            column: None,
            top: 0,
            dropping: false,
        }
    }

    /// What is written.
    pub fn text(&self) -> &str {
        self.prompt.text()
    }

    /// Its rows in so many columns, in bytes of the text, and the row and column of the caret.
    pub fn rows(&self, ruler: Ruler, width: usize) -> (Vec<Range<usize>>, (usize, usize)) {
        let rows = rows(self.text(), ruler, width);
        let caret = self.prompt.before().len();
        let row = rows
            .partition_point(|row| row.start <= caret)
            .saturating_sub(1);
        let before = &self.text()[rows[row].start..caret];
        (rows, (row, ruler.cols(before)))
    }

    /// The first row that is shown where `height` rows are, at least 1.
    pub fn first_shown(&self, row: usize, height: usize) -> usize {
        let least = (row + 1).saturating_sub(height.max(1));
        self.top.clamp(least, row.max(least))
    }

    /// Goes so many rows on, to about the same column.
    fn go(&mut self, by: isize, ruler: Ruler, width: usize) {
        let (rows, (row, column)) = self.rows(ruler, width);
        let column = *self.column.get_or_insert(column);
        let there = row.saturating_add_signed(by).min(rows.len() - 1);
        let line = &self.prompt.text()[rows[there].clone()];
        let mut at = rows[there].start + ruler.clip(line, column).len();
        // The end of a row that goes on is the start of the next.
        let goes_on = rows
            .get(there + 1)
            .is_some_and(|next| next.start == rows[there].end);
        if goes_on && at == rows[there].end {
            let last = ruler.graphemes(line).last();
            at = rows[there].start + last.map_or(0, |(at, ..)| at);
        }
        self.prompt.go(at);
    }
}

/// The rows of a text in so many columns: broken behind spaces, or anywhere where there are none.
fn rows(text: &str, ruler: Ruler, width: usize) -> Vec<Range<usize>> {
    let width = width.max(2);
    let mut rows = Vec::new();
    let (mut start, mut cols, mut space) = (0, 0, None);
    for (at, grapheme, wide) in ruler.graphemes(text) {
        if grapheme.starts_with(['\n', '\r']) {
            rows.push(start..at);
            (start, cols, space) = (at + grapheme.len(), 0, None);
            continue;
        }
        if cols + wide > width && at > start {
            // Between Chinese characters a line may end anywhere.
            let end = space.filter(|_| wide < 2).unwrap_or(at);
            rows.push(start..end);
            (start, space) = (end, None);
            cols = ruler.cols(&text[start..at]);
        }
        cols += wide;
        if grapheme == " " {
            space = Some(at + 1);
        }
    }
    rows.push(start..text.len());
    rows
}

impl Model {
    /// What is done in a remark being written.
    pub(super) fn in_remark(&mut self, message: Message) -> Option<Effect> {
        let ruler = self.ruler;
        let area = self.panes().text;
        let (width, height) = area_of(area.width, area.height);
        let Mode::Remark(remark) = &mut self.mode else {
            return None;
        };
        let dropping = std::mem::take(&mut remark.dropping);
        let column = remark.column.take();
        match message {
            Message::Back if dropping || remark.text() == remark.was => self.mode = Mode::Reading,
            Message::Back => {
                remark.dropping = true;
                let keep = self
                    .keys
                    .shown(super::keys::Context::Remark, &Message::KeepRemark);
                self.notice = format!("{} keeps it, esc again drops it", keep.unwrap_or_default());
            }
            Message::KeepRemark => {
                let (unit, text) = (remark.unit, remark.text().to_string());
                self.mode = Mode::Reading;
                return self.set_remark(unit, &text);
            }
            Message::EditRemark => return self.edit_remark(),
            Message::Down | Message::Up | Message::PageDown | Message::PageUp => {
                remark.column = column;
                let by = match message {
                    Message::Down => 1,
                    Message::Up => -1,
                    Message::PageDown => height as isize,
                    _ => -(height as isize),
                };
                remark.go(by, ruler, width);
            }
            message => remark.prompt.edit(message),
        }
        if let Mode::Remark(remark) = &mut self.mode {
            let row = remark.rows(ruler, width).1.0;
            remark.top = remark.first_shown(row, height);
        }
        None
    }
}

/// The columns and rows for what is written, of those of the pane.
pub fn area_of(width: u16, height: u16) -> (usize, usize) {
    let part = if height < 10 {
        height
    } else {
        height.div_ceil(2)
    };
    (
        usize::from(width.saturating_sub(4)).max(2),
        usize::from(part.saturating_sub(1)).max(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_broken_behind_spaces_and_between_chinese_characters() {
        for (text, told) in [
            ("", ""),
            ("abc def ghi", "abc |def |ghi"),
            ("网络犯罪调查", "网络|犯罪|调查"),
            ("a\n\nb\n", "a||b|"),
            ("abcdefgh", "abcde|fgh"),
            ("a 网络犯罪", "a 网|络犯|罪"),
        ] {
            let rows = rows(text, Ruler::NARROW, 5);
            let rows: Vec<_> = rows.into_iter().map(|row| &text[row]).collect();
            assert_eq!(rows.join("|"), told, "{text}");
        }
    }

    #[test]
    fn up_and_down_keep_to_a_column() {
        let mut remark = Remark::new(UnitId::from(0), "网络犯罪\nab\n调查人员");
        let place = |remark: &Remark| remark.rows(Ruler::NARROW, 10).1;
        assert_eq!(place(&remark), (2, 8));
        remark.go(-1, Ruler::NARROW, 10);
        assert_eq!(place(&remark), (1, 2));
        remark.go(-1, Ruler::NARROW, 10);
        assert_eq!(place(&remark), (0, 8));
        remark.go(9, Ruler::NARROW, 10);
        assert_eq!(place(&remark), (2, 8));
    }
}
