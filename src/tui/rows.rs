//! The rows of the tree: what folding and a filter leave of the report.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::report::{Report, UnitId};
use crate::search::{self, Hit, How, Matched};

/// What a search found: best first, in reading order, and in the order of the rows, which is that of
/// reading in the tree and again below it.
#[derive(Debug, Default)]
pub struct Found {
    /// Best first.
    found: search::Found,
    /// What to mark in units that have been on the screen: a cache.
    marks: Mutex<HashMap<UnitId, Arc<Matched>>>,
    /// Places in `hits`, in reading order.
    order: Vec<usize>,
    /// How many places are found up to and with each hit, in the order of the rows.
    counts: Vec<usize>,
    /// How many of the units up to and with each of `order` stand in the tree: all, or, where some are
    /// there as typed and some are not, the former.
    treed: Vec<usize>,
}

impl Found {
    /// Takes hits, best first.
    pub fn new(found: search::Found) -> Self {
        let hits = &found.hits;
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_by_key(|&at| hits[at].unit);
        let weak = |hit: &Hit| hit.how.is_weak();
        let divided = hits.iter().any(weak) && !hits.iter().all(weak);
        let treed = order.iter().scan(0, |sum, &at| {
            *sum += usize::from(!(divided && weak(&hits[at])));
            Some(*sum)
        });
        let treed = treed.collect();
        let below = |at: &&usize| divided && weak(&hits[**at]);
        let rows = order.iter().filter(|at| !below(at));
        let rows = rows.chain(order.iter().filter(below));
        let counts = rows.scan(0, |sum, &at| {
            *sum += hits[at].places as usize;
            Some(*sum)
        });
        let counts = counts.collect();
        Self {
            treed,
            found,
            order,
            counts,
            marks: Mutex::default(),
        }
    }

    /// The hits, best first.
    pub fn hits(&self) -> &[Hit] {
        &self.found.hits
    }

    /// What to mark of a hit.
    pub fn matched(&self, report: &Report, hit: &Hit) -> Arc<Matched> {
        let mut known = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_MARKED {
            known.clear();
        }
        let marks = known.entry(hit.unit);
        Arc::clone(marks.or_insert_with(|| Arc::new(self.found.matched(report, hit))))
    }

    /// False while more may still be found.
    pub fn is_complete(&self) -> bool {
        self.found.complete
    }

    /// True where weaker forms were not looked for.
    pub fn has_left_out(&self) -> bool {
        self.found.left_out
    }

    /// The best hit.
    pub fn best(&self) -> Option<&Hit> {
        self.hits().first()
    }

    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.hits().is_empty()
    }

    /// How many units were found.
    pub fn units(&self) -> usize {
        self.hits().len()
    }

    /// How many places were found in all of them.
    pub fn places(&self) -> usize {
        self.counts.last().copied().unwrap_or(0)
    }

    /// The hit of this unit.
    pub fn hit(&self, unit: UnitId) -> Option<&Hit> {
        let at = self.before(unit.index());
        self.in_order(at).filter(|hit| hit.unit == unit)
    }

    /// The hit at this place in reading order.
    pub fn in_order(&self, place: usize) -> Option<&Hit> {
        self.order.get(place).map(|&at| &self.found.hits[at])
    }

    /// How many of the units found stand before the `index`th unit of the report.
    pub fn before(&self, index: usize) -> usize {
        self.order
            .partition_point(|&at| self.found.hits[at].unit.index() < index)
    }

    /// How many of the units found are this one or stand under it.
    pub fn under(&self, report: &Report, unit: UnitId) -> usize {
        let subtree = report.subtree(unit);
        self.before(subtree.end) - self.before(subtree.start)
    }

    /// How many of the units that stand in the tree are this one or stand under it.
    pub fn treed_under(&self, report: &Report, unit: UnitId) -> usize {
        let subtree = report.subtree(unit);
        let up_to = |index: usize| match self.before(index) {
            0 => 0,
            hits => self.treed[hits - 1],
        };
        up_to(subtree.end) - up_to(subtree.start)
    }

    /// True for a hit that stands in the tree; the others stand below it.
    pub fn is_treed(&self, hit: &Hit) -> bool {
        !hit.how.is_weak() || self.treed.last() == Some(&self.hits().len())
    }

    /// The hit of the unit nearest to this one: above it in the tree, else nearest in the report.
    pub fn nearest(&self, report: &Report, unit: UnitId) -> Option<UnitId> {
        let path = std::iter::once(unit).chain(report.ancestors(unit));
        if let Some(above) = path.into_iter().find(|&unit| self.hit(unit).is_some()) {
            return Some(above);
        }
        let next = self.before(unit.index());
        let around = [next.checked_sub(1), Some(next)]
            .into_iter()
            .flatten()
            .filter_map(|place| self.in_order(place));
        around
            .map(|hit| hit.unit)
            .min_by_key(|found| found.index().abs_diff(unit.index()))
    }

    /// The `nth` place found, from 0 in the order of the rows: the hit it is in, and which of its
    /// places.
    pub fn place(&self, nth: usize) -> Option<(&Hit, usize)> {
        let row = self.counts.partition_point(|&sum| sum <= nth);
        let before = if row == 0 { 0 } else { self.counts[row - 1] };
        self.by_row(row).map(|hit| (hit, nth - before))
    }

    /// Which place found, from 0, is the first of the `index`th unit or, where it has none, of those
    /// that follow it in the tree.
    pub fn first_place(&self, index: usize) -> usize {
        match self.row(index).unwrap_or_else(|next| next) {
            0 => 0,
            row => self.counts[row - 1],
        }
    }

    /// Which hit the `index`th unit is, from 0 in the order of the rows; else which is the next in
    /// the tree.
    pub fn row(&self, index: usize) -> Result<usize, usize> {
        let at = self.before(index);
        let before = match at {
            0 => 0,
            at => self.treed[at - 1],
        };
        match self.in_order(at).filter(|hit| hit.unit.index() == index) {
            None => Err(before),
            Some(_) if self.treed[at] > before => Ok(before),
            Some(_) => Ok(self.in_tree() + at - before),
        }
    }

    /// The hit at this place in the order of the rows.
    pub fn by_row(&self, row: usize) -> Option<&Hit> {
        let at = match row.checked_sub(self.in_tree()) {
            None => self.treed.partition_point(|&treed| treed <= row),
            // Of the others there are as many up to each as are not in the tree.
            Some(below) => {
                let (mut low, mut high) = (0, self.treed.len());
                while low < high {
                    let middle = low + (high - low) / 2;
                    if middle + 1 - self.treed[middle] <= below {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                low
            }
        };
        self.in_order(at)
    }

    /// How many hits stand in the tree.
    fn in_tree(&self) -> usize {
        self.treed.last().copied().unwrap_or(0)
    }

    /// The hits with units under them but no hit there, which a filtered tree shows folded; not one
    /// found by its name, which is wanted with all that is under it, unless all of a kind are
    /// `listed`.
    pub fn leaves(&self, report: &Report, listed: bool) -> HashSet<UnitId> {
        let wanted = self
            .hits()
            .iter()
            .filter(|hit| listed || hit.how != How::Address);
        let units = wanted.map(|hit| hit.unit);
        units
            .filter(|&unit| report.has_children(unit) && self.treed_under(report, unit) <= 1)
            .collect()
    }
}

/// More units than any screen shows.
const MOST_MARKED: usize = 1024;

/// The units that the contents show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Those of the tree in reading order; then those found that are not there as typed, if others
    /// are, in reading order too.
    pub units: Vec<UnitId>,
    /// How many of them are the tree.
    pub tree: usize,
}

impl Rows {
    /// The row of a unit or, where that is not shown, the nearest above it in the tree.
    pub fn nearest(&self, unit: UnitId) -> Option<usize> {
        let (tree, below) = self.units.split_at(self.tree);
        if let Ok(row) = below.binary_search(&unit) {
            return Some(self.tree + row);
        }
        let row = tree.partition_point(|&row| row <= unit).checked_sub(1);
        row.or((!self.units.is_empty()).then_some(0))
    }

    /// True for a unit that does not stand in the tree.
    pub fn is_below(&self, unit: UnitId) -> bool {
        self.units[..self.tree].binary_search(&unit).is_err()
    }

    /// True where something stands below the tree, under a line of its own.
    pub fn is_divided(&self) -> bool {
        self.tree < self.units.len()
    }
}

/// The units to show: of the tree without what is folded away; and with a filter only hits, what
/// stands above them, and what stands under a hit that has no other hit under it.
pub fn rows(report: &Report, folded: &HashSet<UnitId>, found: Option<&Found>) -> Rows {
    let mut rows = Vec::new();
    let mut at = 0;
    let mut open_end = 0;
    while at < report.len() {
        let unit = UnitId::from(at);
        let end = report.subtree(unit).end;
        if let Some(found) = found {
            let hits = found.treed_under(report, unit);
            if hits == 0 && at >= open_end {
                at = end;
                continue;
            }
            if hits == 1 && found.hit(unit).is_some_and(|hit| found.is_treed(hit)) {
                open_end = end;
            }
        }
        rows.push(unit);
        at = if folded.contains(&unit) { end } else { at + 1 };
    }
    let tree = rows.len();
    if let Some(found) = found {
        let hits = (0..found.units()).filter_map(|place| found.in_order(place));
        let below = hits.filter(|hit| !found.is_treed(hit)).map(|hit| hit.unit);
        let below: Vec<_> = below
            .filter(|unit| rows.binary_search(unit).is_err())
            .collect();
        rows.extend(below);
    }
    Rows { units: rows, tree }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    const SOURCE: &str = "I. One\n1. P:\n(a) A;\n(b) B:\n(i) X;\n(ii) Y.\nII. Two\n2. Q.\n";

    fn shown(folded: &[&str], hits: Option<&[&str]>) -> String {
        let (report, _) = parse(SOURCE);
        let unit = |address: &&str| report.find(address).unwrap();
        let hit = |address: &&str| Hit {
            unit: unit(address),
            how: How::Exact,
            score: 0,
            places: 1,
        };
        let found = hits.map(|hits| Found::new(hits.iter().map(hit).collect::<Vec<_>>().into()));
        let rows = rows(&report, &folded.iter().map(unit).collect(), found.as_ref());
        rows.units
            .into_iter()
            .map(|unit| report.address(unit).to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn folding_hides_what_stands_under_a_unit() {
        assert_eq!(shown(&[], None), "I 1 1(a) 1(b) 1(b)(i) 1(b)(ii) II 2");
        assert_eq!(shown(&["1(b)"], None), "I 1 1(a) 1(b) II 2");
        assert_eq!(shown(&["I", "1(b)"], None), "I II 2");
    }

    #[test]
    fn a_filter_keeps_hits_with_what_is_above_them_and_under_a_lone_one() {
        assert_eq!(shown(&[], Some(&["1(b)(ii)"])), "I 1 1(b) 1(b)(ii)");
        assert_eq!(shown(&[], Some(&["1(b)"])), "I 1 1(b) 1(b)(i) 1(b)(ii)");
        assert_eq!(shown(&["1(b)"], Some(&["1(b)", "2"])), "I 1 1(b) II 2");
        assert_eq!(shown(&[], Some(&["1", "1(a)"])), "I 1 1(a)");
        assert_eq!(shown(&[], Some(&[])), "");
    }

    #[test]
    fn what_is_not_there_as_typed_stands_below_what_is() {
        let (report, _) = parse(SOURCE);
        let hit = |address: &str, how: How| Hit {
            unit: report.find(address).unwrap(),
            how,
            score: 0,
            places: 1,
        };
        let shown = |hits: Vec<Hit>| {
            let rows = rows(&report, &HashSet::new(), Some(&Found::new(hits.into())));
            let name = |unit: &UnitId| report.address(*unit).to_string();
            let names: Vec<_> = rows.units.iter().map(name).collect();
            let (tree, below) = names.split_at(rows.tree);
            format!("{} | {}", tree.join(" "), below.join(" "))
        };
        let (slip, exact) = (How::Slip, How::Exact);
        assert_eq!(
            shown(vec![
                hit("2", exact),
                hit("1(a)", slip),
                hit("1(b)(i)", slip)
            ]),
            "II 2 | 1(a) 1(b)(i)"
        );
        assert_eq!(shown(vec![hit("1(a)", slip)]), "I 1 1(a) | ");
        assert_eq!(
            shown(vec![hit("1(a)", exact), hit("1", slip)]),
            "I 1 1(a) | "
        );
    }

    #[test]
    fn places_are_walked_as_the_rows_stand() {
        let hit = |unit: usize, how: How| Hit {
            unit: UnitId::from(unit),
            how,
            score: 0,
            places: 2,
        };
        let (exact, slip) = (How::Exact, How::Slip);
        let hits = vec![
            hit(4, exact),
            hit(2, exact),
            hit(5, slip),
            hit(1, slip),
            hit(3, slip),
        ];
        let found = Found::new(hits.into());
        let units: Vec<_> = (0..5)
            .map(|row| found.by_row(row).unwrap().unit.index())
            .collect();
        assert_eq!(units, [2, 4, 1, 3, 5]);
        assert_eq!(found.by_row(5), None);
        let rows: Vec<_> = (0..7).map(|unit| found.row(unit)).collect();
        assert_eq!(rows, [Err(0), Ok(2), Ok(0), Ok(3), Ok(1), Ok(4), Err(2)]);
        let places: Vec<_> = (0..10)
            .map(|nth| found.place(nth).unwrap().0.unit.index())
            .collect();
        assert_eq!(places, [2, 2, 4, 4, 1, 1, 3, 3, 5, 5]);
        assert_eq!(
            [1, 2, 3, 4].map(|unit| found.first_place(unit)),
            [4, 0, 6, 2]
        );
    }

    #[test]
    fn places_are_counted_in_reading_order() {
        let hit = |unit: usize, places: u32| Hit {
            unit: UnitId::from(unit),
            how: How::Exact,
            score: 0,
            places,
        };
        let found = Found::new(vec![hit(5, 2), hit(1, 3), hit(3, 1)].into());
        let places: Vec<_> = (0..found.places())
            .map(|nth| {
                found
                    .place(nth)
                    .map(|(hit, at)| (hit.unit.index(), at))
                    .unwrap()
            })
            .collect();
        assert_eq!(places, [(1, 0), (1, 1), (1, 2), (3, 0), (5, 0), (5, 1)]);
        assert_eq!(found.place(6), None);
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 6].map(|index| found.first_place(index)),
            [0, 0, 3, 3, 4, 4, 6]
        );
    }
}
