//! The words of a query as typed, in one unit: whether all are there, and how close together.

use std::ops::Range;

use super::block::symbols;
use super::judge::exact;
use super::plan::Term;
use super::run::Run;
use super::{Hit, How, Rank, merge};
use crate::report::UnitId;

/// The words of a query, to be looked for in one unit after the other.
pub(super) struct Words<'a> {
    run: &'a Run<'a>,
    heading: bool,
    /// The groups in the order in which they are tried.
    order: Vec<usize>,
    /// For each group, the places found, in bytes of the coded text.
    places: Vec<Vec<Range<usize>>>,
    all: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(run: &'a Run<'a>, heading: bool, order: Vec<usize>) -> Self {
        Self {
            places: vec![Vec::new(); run.plan.groups.len()],
            all: Vec::new(),
            run,
            heading,
            order,
        }
    }

    /// How a unit has the words as one phrase.
    pub(super) fn phrase(&self, phrase: &Term, coded: &[u8], id: UnitId) -> Option<Hit> {
        let (places, begins) = phrase.count(coded, 0, &self.run.inner.alphabet);
        let rank = Rank {
            far: u8::from(!begins),
            heading: self.heading,
            rarity: 0,
        };
        (places > 0).then(|| Hit::new(id, How::Exact, rank, places))
    }

    /// How a unit has all words.
    pub(super) fn all(&mut self, coded: &[u8], id: UnitId) -> Option<Hit> {
        let plan = self.run.plan;
        // How rare the rarest is of the terms that stand for one another.
        let mut rarity = 0;
        for &group in &self.order {
            let places = &mut self.places[group];
            let here = exact(&plan.groups[group], coded, &self.run.inner.alphabet, places);
            if places.is_empty() {
                return None;
            }
            rarity = rarity.max(if plan.either { here } else { 0 });
        }
        let (how, far) = match self.places.as_slice() {
            [_] => (How::Exact, 0),
            all => (How::Words, closeness(coded, all)),
        };
        let rank = Rank {
            far,
            heading: self.heading,
            rarity,
        };
        let mut places = self.places.iter().map(Vec::len).sum();
        if plan.overlaps {
            self.all.clear();
            self.all.extend(self.places.iter().flatten().cloned());
            merge(&mut self.all);
            places = self.all.len();
        }
        Some(Hit::new(id, how, rank, places))
    }
}

/// How far the words of a query stand apart in a text: 0 for less than eight characters, one more for
/// each doubling.
fn closeness(coded: &[u8], found: &[Vec<Range<usize>>]) -> u8 {
    let Some((first, others)) = found.split_first() else {
        return 0;
    };
    let mut least = usize::MAX;
    for at in first {
        let mut reach = 0;
        for other in others {
            reach = reach.max(nearest(coded, other, at));
            if reach >= least {
                break;
            }
        }
        least = least.min(reach);
        // Nearer counts no more.
        if least < NEAREST {
            return 0;
        }
    }
    let doublings = (least / NEAREST).checked_ilog2();
    doublings.map_or(0, |doublings| doublings as u8 + 1)
}

/// Words less than so many characters apart are as good as side by side.
const NEAREST: usize = 8;

/// How many characters are between a place and the nearest of others.
fn nearest(coded: &[u8], others: &[Range<usize>], at: &Range<usize>) -> usize {
    let apart = |other: &Range<usize>| {
        let between = match at.end <= other.start {
            true => at.end..other.start,
            false => other.end.min(at.start)..at.start,
        };
        // A character takes at least a byte.
        match between.len() < NEAREST {
            true => between.len(),
            false => symbols(&coded[between]),
        }
    };
    let next = others.partition_point(|other| other.start < at.start);
    let before = next
        .checked_sub(1)
        .map_or(usize::MAX, |last| apart(&others[last]));
    match others.get(next) {
        Some(other) if before >= NEAREST => before.min(apart(other)),
        _ => before,
    }
}
