//! The report as one long column of lines, of which only what is near the screen is ever set.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::marking;
use crate::report::{Kind, Lead, Reference, Report, UnitId, follow, references};
use crate::shelf::Marks;
use crate::typeset::{Line, Ruler, set};

/// A line of the column: the `line`th of a unit, where the last are the space below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The unit.
    pub unit: UnitId,
    /// The line of it, from 0.
    pub line: usize,
}

impl Place {
    /// The first line of a unit.
    pub fn start(unit: UnitId) -> Self {
        Self { unit, line: 0 }
    }
}

/// What a line begins with, whatever the width it is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    unit: UnitId,
    /// A byte of its text; none for the space below it.
    at: Option<usize>,
}

/// The lines of units lately asked for, and what they lead to, so that a long one is set once and
/// not at every key.
#[derive(Debug, Default)]
pub struct Cache {
    lines: RefCell<HashMap<UnitId, Rc<[Line]>>>,
    leads: RefCell<HashMap<UnitId, Rc<[Lead]>>>,
    references: RefCell<HashMap<UnitId, Rc<[Reference]>>>,
    width: Cell<(Ruler, usize)>,
}

/// More units than any screen shows.
const MOST_CACHED: usize = 1024;

/// A report set to a width.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'a> {
    report: &'a Report,
    ruler: Ruler,
    width: usize,
    roomy: bool,
    cache: &'a Cache,
    marks: &'a Marks,
}

impl<'a> Flow<'a> {
    /// The report in lines of `width` columns, `roomy` with air around chapters, with the marks under
    /// the units they are on; `cache` is of this report and of no other.
    pub fn new(
        report: &'a Report,
        ruler: Ruler,
        width: u16,
        roomy: bool,
        cache: &'a Cache,
        marks: &'a Marks,
    ) -> Self {
        let width = width.into();
        if cache.width.replace((ruler, width)) != (ruler, width) {
            cache.lines.borrow_mut().clear();
        }
        Self {
            report,
            ruler,
            width,
            roomy,
            cache,
            marks,
        }
    }

    /// The lines of the mark on a unit, which stand under it: none where there is none.
    pub fn mark(&self, unit: UnitId) -> Vec<String> {
        let Some(mark) = self.marks.get(&unit) else {
            return Vec::new();
        };
        let indent = self.lines(unit).first().map_or(0, |line| line.indent);
        marking::lines(mark, self.ruler, self.width.saturating_sub(indent))
    }

    /// The lines of one unit, without the space below it.
    pub fn lines(&self, unit: UnitId) -> Rc<[Line]> {
        let mut known = self.cache.lines.borrow_mut();
        if known.len() >= MOST_CACHED {
            known.clear();
        }
        Rc::clone(
            known
                .entry(unit)
                .or_insert_with(|| set(self.ruler, &self.report.unit(unit), self.width).into()),
        )
    }

    /// What the text of a unit leads to.
    pub fn leads(&self, unit: UnitId) -> Rc<[Lead]> {
        let mut known = self.cache.leads.borrow_mut();
        if known.len() >= MOST_CACHED {
            known.clear();
        }
        let leads = known.entry(unit);
        Rc::clone(leads.or_insert_with(|| follow(&self.report.unit(unit)).into()))
    }

    /// What the text of a unit refers to in the same report.
    pub fn references(&self, unit: UnitId) -> Rc<[Reference]> {
        let mut known = self.cache.references.borrow_mut();
        if known.len() >= MOST_CACHED {
            known.clear();
        }
        let found = known.entry(unit);
        Rc::clone(found.or_insert_with(|| references(self.report, unit).into()))
    }

    /// The lines below a unit's own: of its mark, and of space.
    fn below(&self, unit: UnitId) -> usize {
        self.mark(unit).len() + self.space(unit)
    }

    /// The lines of space below a unit; there is none below the last.
    fn space(&self, unit: UnitId) -> usize {
        let below = unit.index() + 1;
        if below >= self.report.len() {
            return 0;
        }
        let is_chapter = |unit| self.report.unit(unit).kind <= Kind::Chapter;
        1 + usize::from(self.roomy && (is_chapter(unit) || is_chapter(UnitId::from(below))))
    }

    /// How many lines a unit takes, with the space below it.
    fn height(&self, unit: UnitId) -> usize {
        self.lines(unit).len() + self.below(unit)
    }

    /// The last line of a unit or of the space below it.
    pub fn last_line(&self, unit: UnitId) -> usize {
        self.height(unit).saturating_sub(1)
    }

    /// The place `lines` on, or the last there is.
    pub fn on(&self, from: Place, lines: usize) -> Place {
        let mut left = from.line.saturating_add(lines);
        let mut unit = from.unit;
        loop {
            let height = self.height(unit);
            if left < height {
                return Place { unit, line: left };
            }
            if unit.index() + 1 >= self.report.len() {
                return Place {
                    unit,
                    line: height.saturating_sub(1),
                };
            }
            left -= height;
            unit = UnitId::from(unit.index() + 1);
        }
    }

    /// The place `lines` back, or the first.
    pub fn back(&self, from: Place, lines: usize) -> Place {
        let mut place = from;
        let mut left = lines;
        while left > place.line {
            if place.unit.index() == 0 {
                return Place::start(place.unit);
            }
            left -= place.line + 1;
            let unit = UnitId::from(place.unit.index() - 1);
            place = Place {
                unit,
                line: self.height(unit).saturating_sub(1),
            };
        }
        Place {
            line: place.line - left,
            ..place
        }
    }

    /// How many lines on `to` is from `from`; 0 if it is not behind it.
    pub fn between(&self, from: Place, to: Place) -> usize {
        let units = (from.unit.index()..to.unit.index()).map(UnitId::from);
        let lines: usize = units.map(|unit| self.height(unit)).sum();
        (lines + to.line).saturating_sub(from.line)
    }

    /// The place from which the report's end fills `height` lines, or one less.
    pub fn last_top(&self, height: usize) -> Option<Place> {
        let last = self.report.ids().next_back()?;
        let end = Place {
            unit: last,
            line: self.height(last).saturating_sub(1),
        };
        let top = self.back(end, height.saturating_sub(1));
        // Rather a line less than a screen that begins with the space between two units.
        let unit = self.unit_at(top);
        Some(if unit == top.unit {
            top
        } else {
            Place::start(unit)
        })
    }

    /// The unit a reader is at who has this place at the top of the screen.
    pub fn unit_at(&self, top: Place) -> UnitId {
        let below = top.unit.index() + 1;
        let own = self.lines(top.unit).len() + self.mark(top.unit).len();
        let in_space = top.line > 0 && top.line >= own;
        if in_space && below < self.report.len() {
            UnitId::from(below)
        } else {
            top.unit
        }
    }

    /// The line of the unit that shows the byte `at` of its text.
    pub fn line_of(&self, unit: UnitId, at: usize) -> usize {
        let lines = self.lines(unit);
        let behind = lines.partition_point(|line| line.span.start <= at);
        behind.saturating_sub(1)
    }

    /// What stands at a place, to be found again at another width.
    pub fn anchor(&self, place: Place) -> Anchor {
        let lines = self.lines(place.unit);
        let line = lines.get(place.line);
        Anchor {
            unit: place.unit,
            at: line.map(|line| line.span.start),
        }
    }

    /// The place that shows what stood at another.
    pub fn anchored(&self, anchor: Anchor) -> Place {
        let unit = anchor.unit;
        let line = match anchor.at {
            // On a narrow screen the label has a line of its own.
            Some(0) => 0,
            Some(at) => self.line_of(unit, at),
            None => self.lines(unit).len(),
        };
        Place { unit, line }
    }

    /// The lines from `top` on, with their units; no line for the space below a unit.
    pub fn from(self, top: Place) -> impl Iterator<Item = (Place, Option<Line>)> + use<'a> {
        let units = (top.unit.index()..self.report.len()).map(UnitId::from);
        units.flat_map(move |unit| {
            let lines = self.lines(unit);
            // The first unit may be long and the place far down in it.
            let skipped = if unit == top.unit { top.line } else { 0 };
            let rows = skipped..lines.len() + self.below(unit);
            rows.map(move |line| (Place { unit, line }, lines.get(line).cloned()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn going_on_and_back_again_ends_where_it_began() {
        let (report, _) = parse("I. 序\n\n1. 网络犯罪网络犯罪网络犯罪\n\n(a) 合作\n\n2. 完\n");
        let cache = Cache::default();
        let mark = crate::shelf::Mark {
            remark: "备注\n网络犯罪网络犯罪".into(),
            ..Default::default()
        };
        let marks = Marks::from([(UnitId::from(1), mark)]);
        let flow = Flow::new(&report, Ruler::NARROW, 12, true, &cache, &marks);
        let start = Place::start(UnitId::from(0));
        let count = flow.from(start).count();
        for lines in 0..count {
            let there = flow.on(start, lines);
            assert_eq!(flow.back(there, lines), start);
            assert_eq!(flow.between(start, there), lines);
            assert_eq!(flow.from(there).count(), count - lines);
        }
        assert_eq!(flow.on(start, 1000), flow.on(start, count - 1));
        assert_eq!(flow.last_top(count), Some(start));
        assert_eq!(flow.last_top(1), Some(flow.on(start, count - 1)));
        assert_eq!(
            Flow::new(
                &Report::default(),
                Ruler::NARROW,
                12,
                true,
                &Cache::default(),
                &Marks::default()
            )
            .last_top(5),
            None
        );
    }
}
