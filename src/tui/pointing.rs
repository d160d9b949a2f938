//! The mouse: a click goes, selects and folds, the wheel scrolls the pane under it, text is selected
//! by drawing over it, and the border between the panes can be moved.

use ratatui::layout::Position;

use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::panes::{GUTTER, Pane, share};
use super::select::{Point, last_in};
use super::view::columns;

impl Model {
    /// The button went down.
    pub(super) fn press(&mut self, x: u16, y: u16) -> Option<Effect> {
        let panes = self.panes();
        let here = Position { x, y };
        // A terminal may have kept to itself that the button was let go.
        self.moving_border = false;
        self.pressed = None;
        if let Some(rows) = self.choice().map(|choice| choice.rows.len()) {
            let first = self.first_shown(usize::from(panes.tree.height));
            // The title takes the first row.
            let row = usize::from(y.saturating_sub(panes.tree.y + 1)) + first;
            if panes.tree.contains(here) && y > panes.tree.y && row < rows {
                return self.press_offer(row);
            }
            return None;
        }
        if let Mode::Select(_) = self.mode {
            self.mode = Mode::Reading;
        }
        if !matches!(self.mode, Mode::Reading | Mode::Search(_)) {
            return None;
        }
        if panes.rule.contains(here) {
            self.moving_border = true;
        } else if panes.tree.contains(here) {
            self.press_row(y - panes.tree.y, x - panes.tree.x, panes.tree.width);
        } else if panes.text.contains(here) {
            let place = self
                .top
                .map(|top| self.flow().on(top, (y - panes.text.y).into()));
            self.focus = Pane::Text;
            if let (Some(place), Mode::Reading) = (place, &self.mode) {
                self.at = Some(self.flow().unit_at(place));
                self.pressed = self.point(x, y);
            }
        }
        None
    }

    /// The character of the text that is drawn here, or the nearest in its line.
    fn point(&self, x: u16, y: u16) -> Option<Point> {
        let panes = self.panes();
        let area = panes.text;
        let y = y.clamp(area.y, area.bottom().saturating_sub(1));
        let place = self.flow().on(self.top?, (y - area.y).into());
        let lines = self.flow().lines(place.unit);
        let line = lines.get(place.line).or(lines.last())?;
        let text = self.report.unit(place.unit).text;
        // Of a row of a table, the cell that is drawn here.
        let begin = |piece: &_| area.x + GUTTER + columns(self, place.unit, piece, panes.measure).1;
        let pieces = line.pieces(text);
        let piece = pieces.iter().rev().find(|piece| begin(piece) <= x);
        let line = piece.or(pieces.first())?;
        let room = usize::from(x.saturating_sub(begin(line)));
        let words = text[line.span.clone()].trim_end();
        let at = line.span.start + self.ruler.clip(words, room).len();
        Some(Point {
            unit: place.unit,
            at: at.min(last_in(text, &line.span)),
        })
    }

    fn press_offer(&mut self, row: usize) -> Option<Effect> {
        let choice = self.choice_mut()?;
        choice.chosen = row;
        let chosen = choice.taken()?.what.clone();
        self.take_chosen(chosen)
    }

    /// A row of the tree: its sign folds it, and so does a second click on it.
    fn press_row(&mut self, line: u16, col: u16, width: u16) {
        let mut row = self.tree_top + usize::from(line);
        if self.rows.is_divided() && self.tree_top < self.rows.tree && row >= self.rows.tree {
            // The dividing line itself is no row.
            if row == self.rows.tree {
                return;
            }
            row -= 1;
        }
        let Some(&unit) = self.rows.units.get(row) else {
            return;
        };
        let again = self.row() == Some(row) && self.focus == Pane::Tree;
        let on_sign = col <= self.row_indent(unit, width) + 2;
        if matches!(self.mode, Mode::Reading) {
            self.focus = Pane::Tree;
        }
        self.go(unit);
        if (again || on_sign) && self.report.has_children(unit) {
            self.toggle_fold();
        }
    }

    /// The mouse was moved with its button down.
    pub(super) fn drag(&mut self, x: u16, y: u16) {
        if self.moving_border && self.area.width > 0 {
            self.layout.split = Some(share(x, self.area.width));
        }
        if self.pressed.is_some() && matches!(self.mode, Mode::Select(_)) {
            // Drawn over the edge, the text comes on.
            let text = self.panes().text;
            if y >= text.bottom() {
                self.walk_in(Pane::Text, 1);
            } else if y < text.y {
                self.walk_in(Pane::Text, -1);
            }
        }
        let (Some(anchor), Some(caret)) = (self.pressed, self.point(x, y)) else {
            return;
        };
        match self.mode {
            Mode::Select(_) => self.select_between(anchor, caret),
            // A hand that trembles selects nothing.
            Mode::Reading if anchor != caret => self.select_between(anchor, caret),
            _ => {}
        }
    }

    /// True while a move of the mouse means something.
    pub(super) fn is_dragging(&self) -> bool {
        self.moving_border || self.pressed.is_some()
    }

    /// The wheel turned over a pane.
    pub(super) fn wheel(&mut self, x: u16, y: u16, rows: i16) {
        if let Some(choice) = self.choice_mut() {
            choice.step(rows.into());
            return;
        }
        match &mut self.mode {
            Mode::Help(top) => {
                *top = top.saturating_add_signed(rows.into());
                return;
            }
            // The caret has to stay on the screen, so it is what moves.
            Mode::Select(_) => {
                self.count = rows.unsigned_abs().into();
                let on = match rows > 0 {
                    true => Message::Down,
                    false => Message::Up,
                };
                self.in_selection(on);
                return;
            }
            Mode::Reading | Mode::Search(_) => {}
            _ => return,
        }
        let panes = self.panes();
        let here = Position { x, y };
        let pane = if panes.tree.contains(here) {
            Pane::Tree
        } else if panes.text.contains(here) || panes.crumbs.contains(here) {
            Pane::Text
        } else {
            return;
        };
        self.walk_in(pane, rows.into());
    }
}
