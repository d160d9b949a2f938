//! Moving through tree and text, and folding: one position, two views of it.

use super::model::Model;
use super::panes::Pane;
use crate::report::UnitId;

impl Model {
    /// Moves by rows of the tree, or by lines of the text.
    pub(super) fn walk(&mut self, rows: isize) {
        self.walk_in(self.focus, rows);
    }

    /// The same in a pane that need not have the keys.
    pub(super) fn walk_in(&mut self, pane: Pane, rows: isize) {
        match pane {
            Pane::Tree => {
                let Some(row) = self.row() else { return };
                self.go_to_row_in(pane, row.saturating_add_signed(rows));
            }
            Pane::Text if rows >= 0 => self.read_on(rows.unsigned_abs()),
            Pane::Text => self.read_back(rows.unsigned_abs()),
        }
    }

    pub(super) fn go_to_row(&mut self, row: usize) {
        self.go_to_row_in(self.focus, row);
    }

    fn go_to_row_in(&mut self, pane: Pane, row: usize) {
        let unit = match pane {
            Pane::Tree => self
                .rows
                .units
                .get(row.min(self.rows.units.len().saturating_sub(1)))
                .copied(),
            // In the text every unit counts, shown in the tree or not.
            Pane::Text => self
                .report
                .ids()
                .nth(row.min(self.report.len().saturating_sub(1))),
        };
        if let Some(unit) = unit {
            self.go(unit);
        }
    }

    /// Scrolls on; at the end of the report it is the position that moves, down to the last unit.
    fn read_on(&mut self, lines: usize) {
        let (Some(from), Some(at)) = (self.top, self.at) else {
            return;
        };
        let last = UnitId::from(self.report.len() - 1);
        let flow = self.flow();
        let Some(end) = flow.last_top(self.text_height()) else {
            return;
        };
        if from >= end {
            self.at = Some(last.min(UnitId::from(at.index() + lines)));
            return;
        }
        let top = flow.on(from, lines).min(end);
        let unit = flow.unit_at(top);
        // What is left of a long way on when the end is reached.
        let left = if top == end {
            lines - flow.between(from, top)
        } else {
            0
        };
        self.top = Some(top);
        self.at = Some(last.min(UnitId::from(unit.index() + left)));
    }

    fn read_back(&mut self, lines: usize) {
        let (Some(top), Some(at)) = (self.top, self.at) else {
            return;
        };
        let flow = self.flow();
        let first = flow.unit_at(top);
        let below = at.index().saturating_sub(first.index());
        if lines <= below {
            self.at = Some(UnitId::from(at.index() - lines));
        } else {
            let top = flow.back(top, lines - below);
            let unit = flow.unit_at(top);
            self.top = Some(top);
            self.at = Some(unit);
        }
    }

    /// To the end: of the tree its last row, of the text its last line.
    pub(super) fn go_to_end(&mut self) {
        self.go_to_row(usize::MAX);
        if self.focus == Pane::Text {
            self.top = self.flow().last_top(self.text_height());
        }
    }

    pub(super) fn next_paragraph(&mut self, times: usize) {
        let Some(at) = self.at else { return };
        let unit = self.report.paragraphs_after(at).take(times).last();
        if let Some(unit) = unit {
            self.go(unit);
        }
    }

    pub(super) fn previous_paragraph(&mut self, times: usize) {
        let Some(at) = self.at else { return };
        let unit = self.report.paragraphs_before(at).take(times).last();
        if let Some(unit) = unit {
            self.go(unit);
        }
    }

    /// How far a row of the tree, so many columns wide, is set in, from its second column on.
    pub(super) fn row_indent(&self, id: UnitId, width: u16) -> u16 {
        // Below the tree nothing shows what a unit stands under but its address.
        if self.rows.is_below(id) {
            return 0;
        }
        let unit = self.report.unit(id);
        let step = if width < 40 { 1 } else { 2 };
        // A recommendation's sign takes two columns, which what stands under it must be seen to pass.
        let past_sign = match self.report.in_recommendation(id) && !unit.recommendation {
            true => 2,
            false => 0,
        };
        let indent = usize::from(unit.depth) * step + past_sign;
        indent.min(usize::from(width) / 3) as u16
    }

    /// The unit of the row one is at.
    fn row_unit(&self) -> Option<UnitId> {
        self.rows.units.get(self.row()?).copied()
    }

    pub(super) fn fold(&mut self) {
        let Some(unit) = self.row_unit() else { return };
        if self.report.has_children(unit) && !self.folded.contains(&unit) {
            self.folded.insert(unit);
            self.go(unit);
        } else if let Some(parent) = self.report.parent(unit) {
            self.go(parent);
        }
    }

    pub(super) fn unfold(&mut self) {
        let Some(unit) = self.row_unit() else { return };
        if !self.folded.remove(&unit) && self.report.has_children(unit) {
            let below = self.row().and_then(|row| self.rows.units.get(row + 1));
            let subtree = self.report.subtree(unit);
            let below = below.filter(|below| subtree.contains(&below.index()));
            self.go(below.copied().unwrap_or(unit));
        } else if self.at != Some(unit) {
            self.go(unit);
        }
    }

    pub(super) fn toggle_fold(&mut self) {
        let Some(unit) = self.row_unit() else { return };
        // On a leaf, the branch it stands in: so that Space always does something one sees.
        let unit = if self.report.has_children(unit) {
            Some(unit)
        } else {
            self.report.parent(unit)
        };
        let Some(unit) = unit else { return };
        if !self.folded.remove(&unit) {
            self.folded.insert(unit);
        }
        self.go(unit);
    }
}
