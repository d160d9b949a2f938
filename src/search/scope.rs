//! What the filters of a query leave of a report, and the words of the text that made them keep it.

use std::collections::HashMap;
use std::ops::Range;

use super::block::Bits;
use super::fold::fold;
use super::grammar::{Filter, Kept};
use super::index::Inner;
use super::plan::subtrees;
use crate::report::{Report, UnitId};
use crate::shelf::{Mark, Marks};

/// The units that all filters leave.
pub(super) struct Scope {
    kept: Bits,
    /// The words that gave the facets asked for, by the unit they stand in.
    traces: HashMap<UnitId, Vec<Range<usize>>>,
}

impl Scope {
    /// What the filters leave, of each group what one of them does; none where there are none. Where
    /// they only list, of a recommendation it alone rather than also what stands under it.
    pub(super) fn new(
        groups: &[Vec<Filter>],
        lists: bool,
        marks: &Marks,
        report: &Report,
        inner: &Inner,
    ) -> Option<Self> {
        if groups.is_empty() {
            return None;
        }
        let mut scope = Self {
            kept: Bits::all(report.len()),
            traces: HashMap::new(),
        };
        for group in groups {
            let mut any = Bits::none(report.len());
            for filter in group {
                let whole_only = lists && !filter.not;
                let some = scope.keep(&filter.kept, whole_only, marks, report, inner);
                match filter.not {
                    true => {
                        let mut others = Bits::all(report.len());
                        others.and_not(&some);
                        any.or(&others);
                    }
                    false => any.or(&some),
                }
            }
            scope.kept.and(&any);
        }
        for ranges in scope.traces.values_mut() {
            super::merge(ranges);
        }
        Some(scope)
    }

    pub(super) fn has(&self, unit: usize) -> bool {
        self.kept.has(unit)
    }

    /// The words of a unit that gave what was asked for, in bytes, in order and apart.
    pub(super) fn traces(&self, unit: UnitId) -> &[Range<usize>] {
        self.traces.get(&unit).map_or(&[], Vec::as_slice)
    }

    fn keep(
        &mut self,
        kept: &Kept,
        whole_only: bool,
        marks: &Marks,
        report: &Report,
        inner: &Inner,
    ) -> Bits {
        let mut bits = Bits::none(report.len());
        let mut put = |unit: UnitId| match whole_only || !report.unit(unit).recommendation {
            true => bits.set(unit.index()),
            false => report.subtree(unit).for_each(|unit| bits.set(unit)),
        };
        let mut marked = |asked: &dyn Fn(&Mark) -> bool| {
            let units = marks.iter().filter(|(_, mark)| asked(mark));
            // Marks of another reading of the report may lie behind the end of this one.
            let units = units.filter(|(unit, _)| unit.index() < report.len());
            units.for_each(|(&unit, _)| put(unit));
        };
        match kept {
            Kept::In(address) => {
                let ranges = subtrees(address, report, &inner.labels);
                ranges.into_iter().flatten().for_each(|unit| bits.set(unit));
            }
            Kept::Pages(pages) => {
                let on = report
                    .ids()
                    .filter(|&id| pages.contains(&report.unit(id).page));
                on.for_each(|unit| bits.set(unit.index()));
            }
            Kept::Recommendations if whole_only => {
                let all = report.ids().filter(|&id| report.unit(id).recommendation);
                all.for_each(|unit| bits.set(unit.index()));
            }
            Kept::Recommendations => bits.or(&inner.recommended),
            Kept::Facet(facet, typed) => {
                for value in inner.facets(report).meant(*facet, typed) {
                    for trace in &value.traces {
                        put(trace.whole);
                        // What is left out shows no words of its own.
                        if whole_only {
                            let traces = self.traces.entry(trace.unit).or_default();
                            traces.push(trace.range.clone());
                        }
                    }
                }
            }
            Kept::Marked => marked(&|mark| !mark.is_empty()),
            Kept::Status(typed) => {
                let begins = |status: &String| fold(status).starts_with(typed);
                marked(&|mark| mark.status.as_ref().is_some_and(begins));
            }
            Kept::Tag(typed) => {
                marked(&|mark| mark.tags.iter().any(|tag| fold(tag).starts_with(typed)));
            }
            Kept::Remark(typed) => marked(&|mark| fold(&mark.remark).contains(typed)),
        }
        bits
    }
}
