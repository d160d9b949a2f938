//! The passes over a stretch of the report: what stands there as typed, what reads so, what is near.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::atomic::Ordering;

use super::block::{Bits, Block, Need, symbols};
use super::judge::{Opened, abbreviated, distance, exact, judge};
use super::loose::Scorer;
use super::pattern::{Pattern, Step};
use super::plan::Term;
use super::run::{Enough, Run};
use super::{Hit, How, Rank, merged};
use crate::report::UnitId;

impl Run<'_> {
    /// True where the filters leave a unit.
    fn is_kept(&self, id: u32) -> bool {
        let plan = self.plan;
        let unit = UnitId::from(id as usize);
        let within = |ranges: &Vec<Range<u32>>| ranges.iter().any(|range| range.contains(&id));
        let on =
            |pages: &std::ops::RangeInclusive<u32>| pages.contains(&self.report.unit(unit).page);
        plan.ranges.as_ref().is_none_or(within)
            && plan.pages.as_ref().is_none_or(on)
            && (!plan.recommendations
                || match plan.lists {
                    true => self.report.unit(unit).recommendation,
                    false => self.inner.recommended.has(id as usize),
                })
    }

    /// What the filters leave of a block.
    fn kept(&self, block: &Block) -> Bits {
        if !self.plan.has_scope() {
            return Bits::all(block.len());
        }
        let mut kept = Bits::none(block.len());
        let units = (0..block.len()).filter(|&unit| self.is_kept(block.id(unit)));
        units.for_each(|unit| kept.set(unit));
        kept
    }

    /// True where a text has what must not be found.
    fn is_forbidden(&self, coded: &[u8]) -> bool {
        let mut without = self.plan.without.iter();
        without.any(|term| term.is_in(coded, &self.inner.alphabet))
    }

    /// The units named by the query, likeliest first.
    pub(super) fn named(&self) -> Vec<Hit> {
        let forbidden = |unit: &UnitId| {
            let id = unit.index() as u32;
            let mut blocks = self.inner.blocks.iter();
            let found = blocks.find_map(|block| Some(block.unit(block.place(id)?)));
            found.is_some_and(|coded| self.is_forbidden(coded))
        };
        let named = self.plan.named.iter();
        let kept = named.filter(|unit| self.is_kept(unit.index() as u32) && !forbidden(unit));
        // The score says which is likeliest; the rest are in reading order.
        let ranked = kept.enumerate().map(|(place, &unit)| {
            let far = u8::from(place > 0);
            Hit::by_name(
                unit,
                Rank {
                    far,
                    ..Rank::default()
                },
            )
        });
        ranked.collect()
    }

    /// All that the filters leave of a block.
    pub(super) fn listed(&self, block: &Block) -> Vec<Hit> {
        let kept = self.kept(block);
        let units = kept
            .iter()
            .filter(|&unit| !self.is_forbidden(block.unit(unit)));
        let units = units.map(|unit| UnitId::from(block.id(unit) as usize));
        units
            .map(|unit| Hit::by_name(unit, Rank::default()))
            .collect()
    }

    /// The units of a block that have the query as typed, as a phrase only or its words too, but not
    /// those `known`.
    pub(super) fn typed(
        &self,
        at: usize,
        phrase_only: bool,
        known: &HashSet<UnitId>,
        enough: Enough,
    ) -> Vec<Hit> {
        let block = &self.inner.blocks[at];
        let heading = at < self.inner.headings;
        let mut hits = Hits::new(enough);
        let id = |unit: usize| UnitId::from(block.id(unit) as usize);
        let passed = |unit: usize| known.contains(&id(unit)) || self.is_forbidden(block.unit(unit));

        let groups: Vec<&[Term]> = match &self.plan.phrase {
            Some(phrase) if phrase_only => vec![std::slice::from_ref(phrase)],
            _ => self.plan.groups.iter().map(Vec::as_slice).collect(),
        };
        let mut all = self.kept(block);
        let mut ways: Vec<(Bits, &[Term])> = Vec::new();
        for group in groups {
            let mut may = Bits::none(block.len());
            for term in group.iter().filter(|term| term.is_known()) {
                may.or(&block.having(&term.needs));
            }
            all.and(&may);
            ways.push((may, group));
        }
        if let ([(_, [term])], false) = (ways.as_slice(), phrase_only) {
            let alphabet = &self.inner.alphabet;
            block.scan(term.finder(), &all, |unit, at| {
                let (places, begins) = term.count(block.unit(unit), at, alphabet);
                let rank = Rank {
                    far: u8::from(!begins),
                    heading,
                    rarity: 0,
                };
                let hit = Hit::new(id(unit), How::Exact, rank, places);
                places == 0 || passed(unit) || hits.put(hit)
            });
            return hits.all;
        }
        // The rarest first: the others are looked for only where it is. One alone needs no other.
        ways.sort_by_key(|(may, _)| may.count());
        let several = ways.len() > 1 || phrase_only;
        for (_, group) in ways.into_iter().filter(|_| several) {
            let mut any = Bits::none(block.len());
            for term in group.iter().filter(|term| term.is_known()) {
                block.scan(term.finder(), &all, |unit, _| {
                    if !any.has(unit) && term.is_in(block.unit(unit), &self.inner.alphabet) {
                        any.set(unit);
                    }
                    true
                });
            }
            all = any;
            if all.is_none() {
                return hits.all;
            }
        }
        let mut places = vec![Vec::new(); self.plan.groups.len()];
        for unit in all.iter().filter(|&unit| !passed(unit)) {
            let coded = block.unit(unit);
            let hit = self.typed_in(coded, id(unit), heading, phrase_only, &mut places);
            if hit.is_some_and(|hit| !hits.put(hit)) {
                break;
            }
        }
        hits.all
    }

    /// How a unit has the phrase or, unless only that is wanted, the words; `places` is there to be
    /// used again.
    fn typed_in(
        &self,
        coded: &[u8],
        id: UnitId,
        heading: bool,
        phrase_only: bool,
        places: &mut [Vec<Range<usize>>],
    ) -> Option<Hit> {
        let (plan, alphabet) = (self.plan, &self.inner.alphabet);
        if let Some(phrase) = &plan.phrase {
            let (places, begins) = phrase.count(coded, 0, alphabet);
            if places > 0 {
                let rank = Rank {
                    far: u8::from(!begins),
                    heading,
                    rarity: 0,
                };
                return Some(Hit::new(id, How::Exact, rank, places));
            }
            if phrase_only {
                return None;
            }
        }
        // How rare the rarest is of the terms that stand for one another.
        let mut rarity = 0;
        for (group, places) in plan.groups.iter().zip(&mut *places) {
            let here = exact(group, coded, alphabet, places);
            rarity = rarity.max(if plan.either { here } else { 0 });
        }
        let (how, far) = match &*places {
            [_] => (How::Exact, 0),
            all => (How::Words, closeness(coded, all)),
        };
        let rank = Rank {
            far,
            heading,
            rarity,
        };
        let places = match places {
            [only] => only.len(),
            all => merged(all.iter().flatten().cloned()).len(),
        };
        (places > 0).then(|| Hit::new(id, how, rank, places))
    }

    /// True where the query may stand in inflected forms or in pinyin.
    pub(super) fn sounds(&self) -> bool {
        let phrase = self.plan.phrase.iter();
        let mut terms = self.plan.groups.iter().flatten().chain(phrase);
        terms.any(|term| !term.sounds.is_empty())
    }

    /// The best that may be found in another form than typed.
    pub(super) fn nearest_sounding(&self) -> (How, u8) {
        let terms = self.plan.groups.iter().flatten();
        let forms = terms.filter_map(|term| Some(term.sounds.layers().first()?.form));
        match forms.min() {
            Some(form) if self.lone().is_some() => (form.how, distance(form)),
            // Words may stand in different forms, and one of them as typed.
            Some(form) => (form.how, 0),
            None => (How::Pinyin, 0),
        }
    }

    /// The only term of the query, if there is but one.
    fn lone(&self) -> Option<&Term> {
        match self.plan.groups.as_slice() {
            [group] if group.len() == 1 => group.first(),
            _ => None,
        }
    }

    /// The units of a block that have the query in other inflections or in pinyin.
    pub(super) fn sounding(&self, at: usize, taken: &Bits, enough: Enough) -> Vec<Hit> {
        let mut hits = Hits::new(enough);
        let block = &self.inner.blocks[at];
        if let Some(term) = self.lone() {
            let mut left = self.left(block, taken);
            self.in_forms(&term.sounds, at, &mut left, &mut hits);
        } else {
            let ways = |term: &Term| block.candidates(term.sounds.needs());
            self.judged(at, taken, ways, false, &mut hits);
        }
        hits.all
    }

    /// The units of a block that have something near the query.
    pub(super) fn near(&self, at: usize, taken: &Bits) -> Vec<Hit> {
        let mut hits = Hits::new(Enough::NEVER);
        let (block, alphabet) = (&self.inner.blocks[at], &self.inner.alphabet);
        if let Some(term) = self.lone() {
            // What has it in a stronger way is found already.
            let mut left = self.left(block, taken);
            let near = term.near(alphabet, &self.inner.vocabulary);
            self.in_forms(near, at, &mut left, &mut hits);
            self.abbreviated(term, at, &left, &mut hits);
        } else {
            let ways = |term: &Term| {
                let near = term.near(alphabet, &self.inner.vocabulary);
                let mut may = block.candidates(term.sounds.needs());
                may.or(&block.candidates(near.needs()));
                self.shortened(term)
                    .for_each(|needs| may.or(&block.having(&needs)));
                may
            };
            self.judged(at, taken, ways, true, &mut hits);
        }
        hits.all
    }

    /// The units of a block that the filters leave and that are not taken.
    fn left(&self, block: &Block, taken: &Bits) -> Bits {
        let mut left = self.kept(block);
        left.and_not(taken);
        left
    }

    /// Takes those units of a block out of `left` that have a pattern, each in its best form.
    fn in_forms(&self, pattern: &Pattern, at: usize, left: &mut Bits, hits: &mut Hits) {
        let (block, heading) = (&self.inner.blocks[at], at < self.inner.headings);
        for layer in pattern.layers() {
            let mut may = block.candidates(layer.needs());
            may.and(left);
            for unit in self.while_wanted(&may) {
                let coded = block.unit(unit);
                let places = layer.count(coded, &self.inner.alphabet);
                if places == 0 {
                    continue;
                }
                left.clear(unit);
                let rank = Rank {
                    rarity: 0,
                    far: distance(layer.form),
                    heading,
                };
                let id = UnitId::from(block.id(unit) as usize);
                let hit = Hit::new(id, layer.form.how, rank, places);
                if !self.is_forbidden(coded) && !hits.put(hit) {
                    return;
                }
            }
        }
    }

    /// The units of a block that have a term as an abbreviation, of those in `left`.
    fn abbreviated(&self, term: &Term, at: usize, left: &Bits, hits: &mut Hits) {
        let (block, heading) = (&self.inner.blocks[at], at < self.inner.headings);
        let mut may = Bits::none(block.len());
        self.shortened(term)
            .for_each(|needs| may.or(&block.having(&needs)));
        may.and(left);
        let mut scorer = Scorer::default();
        for unit in self.while_wanted(&may) {
            let opened = Opened::new(block, unit);
            let judged = abbreviated(self.inner, self.report, opened, term, &mut scorer);
            let id = UnitId::from(block.id(unit) as usize);
            if let Some(hit) = judged.and_then(|judged| judged.hit(id, heading))
                && !self.is_forbidden(opened.coded)
            {
                hits.put(hit);
            }
        }
    }

    /// The units that are set, until another key is pressed: a block can take a while.
    fn while_wanted(&self, units: &Bits) -> impl Iterator<Item = usize> {
        let wanted = |count: usize| !count.is_multiple_of(64) || !self.stop.load(Ordering::Relaxed);
        let numbered = units.iter().enumerate();
        numbered.map_while(move |(count, unit)| wanted(count).then_some(unit))
    }

    /// For each way to shorten names to a term, what a unit must have for it to be one.
    fn shortened(&self, term: &Term) -> impl Iterator<Item = Vec<Need>> {
        let alphabet = &self.inner.alphabet;
        let wanted = term.wanted.iter();
        let wanted = wanted.map(|wanted| Need::of_all(&wanted.symbols, alphabet));
        wanted.chain(term.beginnings.iter().filter_map(|way| self.needs_of(way)))
    }

    /// What a unit must have that has words beginning so, one behind the other; nothing where no unit
    /// can.
    fn needs_of(&self, way: &[String]) -> Option<Vec<Need>> {
        let letters: Vec<char> = way.iter().filter_map(|word| word.chars().next()).collect();
        let alphabet = &self.inner.alphabet;
        let mut needs = Need::of_initials(&letters);
        for word in way {
            let steps = word.chars().map(|c| alphabet.symbol(c).map(Step::Char));
            needs.extend(Need::of_path(&steps.collect::<Option<Vec<_>>>()?, alphabet));
        }
        Some(needs)
    }

    /// The units of a block in which every group of the query stands as typed or in some of these
    /// `ways`, where `near` in all of them.
    fn judged(
        &self,
        at: usize,
        taken: &Bits,
        ways: impl Fn(&Term) -> Bits,
        near: bool,
        hits: &mut Hits,
    ) {
        let (block, heading) = (&self.inner.blocks[at], at < self.inner.headings);
        let mut may = Bits::all(block.len());
        for group in &self.plan.groups {
            let mut any = Bits::none(block.len());
            for term in group {
                if term.is_known() {
                    any.or(&block.having(&term.needs));
                }
                any.or(&ways(term));
            }
            may.and(&any);
        }
        if let Some(phrase) = &self.plan.phrase {
            may.or(&block.candidates(phrase.sounds.needs()));
        }
        may.and_not(taken);
        if may.is_none() {
            return;
        }
        may.and(&self.kept(block));
        let mut scorer = near.then(Scorer::default);
        for unit in self.while_wanted(&may) {
            let opened = Opened::new(block, unit);
            let judged = judge(self.inner, self.report, self.plan, opened, scorer.as_mut());
            let id = UnitId::from(block.id(unit) as usize);
            if let Some(hit) = judged.and_then(|judged| judged.hit(id, heading))
                && !self.is_forbidden(opened.coded)
                && !hits.put(hit)
            {
                return;
            }
        }
    }
}

/// Hits of a block, until there are enough.
struct Hits {
    all: Vec<Hit>,
    enough: Enough,
    certain: usize,
}

impl Hits {
    fn new(enough: Enough) -> Self {
        Self {
            all: Vec::new(),
            enough,
            certain: 0,
        }
    }

    /// False where that is enough.
    fn put(&mut self, hit: Hit) -> bool {
        self.certain += usize::from(self.enough.is_sure(&hit));
        self.all.push(hit);
        self.certain < self.enough.most
    }
}

/// How far the words of a query stand apart in a text: 0 for less than eight characters, one more for
/// each doubling.
fn closeness(coded: &[u8], found: &[Vec<Range<usize>>]) -> u8 {
    let Some((first, others)) = found.split_first() else {
        return 0;
    };
    let apart = |a: &Range<usize>, b: &Range<usize>| match a.end <= b.start {
        true => symbols(&coded[a.end..b.start]),
        false => symbols(&coded[b.end.min(a.start)..a.start]),
    };
    let nearest = |other: &Vec<Range<usize>>, at: &Range<usize>| {
        let next = other.partition_point(|range| range.start < at.start);
        let around = [next.checked_sub(1), Some(next)].into_iter().flatten();
        let around = around.filter_map(|place| other.get(place));
        around.map(|range| apart(at, range)).min().unwrap_or(0)
    };
    let reach = |at| {
        others
            .iter()
            .map(|other| nearest(other, at))
            .max()
            .unwrap_or(0)
    };
    let least = first.iter().map(reach).min().unwrap_or(0);
    (least / 8)
        .checked_ilog2()
        .map_or(0, |doublings| doublings as u8 + 1)
}
