//! The passes over a stretch of the report: what stands there as typed, what reads so, what is near.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::block::{Bits, Block, Need};
use super::index::in_parallel;
use super::judge::{Chances, Judge, Judged, Opened, distance};
use super::loose::Scorer;
use super::pattern::Pattern;
use super::plan::Term;
use super::run::{Enough, Run};
use super::words::Words;
use super::{Hit, How, Rank};
use crate::report::UnitId;

impl Run<'_> {
    /// True where the filters leave a unit.
    fn is_kept(&self, id: u32) -> bool {
        let scope = self.plan.scope.as_ref();
        scope.is_none_or(|scope| scope.has(id as usize))
    }

    /// What the filters leave of a block.
    fn kept(&self, block: &Block) -> Bits {
        if self.plan.scope.is_none() {
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
            let found = self.inner.place(*unit);
            found.is_some_and(|(at, place)| self.is_forbidden(self.inner.blocks[at].unit(place)))
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
        let places = |unit| {
            self.plan
                .scope
                .as_ref()
                .map_or(0, |scope| scope.traces(unit).len())
        };
        units
            .map(|unit| Hit::new(unit, How::Address, Rank::default(), places(unit)))
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
        // The rarest first: the others are looked for only where it is.
        let mut order: Vec<usize> = (0..ways.len()).collect();
        order.sort_by_key(|&group| ways[group].0.count());
        let (rarest, words) = (ways[order[0]].1, &mut Words::new(self, heading, order));
        let mut any = Bits::none(block.len());
        for term in rarest.iter().filter(|term| term.is_known()) {
            block.scan(term.finder(), &all, |unit, _| {
                if !term.is_picky() || term.is_in(block.unit(unit), &self.inner.alphabet) {
                    any.set(unit);
                }
                true
            });
        }
        let phrase = self.plan.phrase.as_ref().filter(|phrase| phrase.is_known());
        let phrase = phrase.map(|phrase| (phrase, block.having(&phrase.needs)));
        for unit in self.while_wanted(&any) {
            if passed(unit) {
                continue;
            }
            let coded = block.unit(unit);
            let whole = phrase.as_ref().filter(|(_, may)| may.has(unit));
            let whole = whole.and_then(|(phrase, _)| words.phrase(phrase, coded, id(unit)));
            let hit = match whole {
                None if !phrase_only => words.all(coded, id(unit)),
                whole => whole,
            };
            if hit.is_some_and(|hit| !hits.put(hit)) {
                break;
            }
        }
        hits.all
    }

    /// True where the query may stand in inflected forms or in pinyin.
    pub(super) fn sounds(&self) -> bool {
        let phrase = self.plan.phrase.iter();
        let mut terms = self.plan.groups.iter().flatten().chain(phrase);
        terms.any(|term| !term.sounds.is_empty())
    }

    /// The best that may be found in another form than typed, by the query read in one go too or by
    /// its words alone.
    pub(super) fn nearest_sounding(&self, whole: bool) -> (How, u8) {
        let groups = &self.plan.groups;
        let first = |term: &Term| Some(term.sounds.layers().first()?.form);
        let first = |term: &Term| first(term).map(|form| (form.how, distance(form)));
        if let Some(term) = self.lone() {
            return first(term).unwrap_or((How::Pinyin, 0));
        }
        // The best tier a group may be in, and how near it may be in any.
        let sounding = |group: &Vec<Term>| {
            let forms = || {
                let layers = group.iter().flat_map(|term| term.sounds.layers());
                layers.map(|layer| layer.form)
            };
            let how = forms().map(|form| form.how).min()?;
            Some((how, forms().map(distance).min()?))
        };
        let least = |group: &Vec<Term>| match group.iter().any(Term::stands) {
            true => Some((How::Exact, 0)),
            false => sounding(group),
        };
        // One of them at least does not stand as typed.
        let words = (0..groups.len()).filter_map(|other| {
            let mut ways = groups
                .iter()
                .enumerate()
                .map(|(at, group)| match at == other {
                    true => sounding(group),
                    false => least(group),
                });
            ways.try_fold((How::Exact, 1_u8), |sum, way| {
                let (how, far) = way?;
                Some((sum.0.max(how), sum.1.saturating_add(far)))
            })
        });
        let phrase = self.plan.phrase.as_ref().filter(|_| whole);
        let all = words.chain(phrase.and_then(first));
        all.min().unwrap_or((How::Abbreviation, u8::MAX))
    }

    /// Looks up which words of a query stand nowhere as typed, where that may be so.
    pub(super) fn look_up(&self) {
        let terms = self.plan.groups.iter().flatten();
        let known = terms.filter(|term| term.is_known() && !term.sounds.is_empty());
        known.for_each(|term| {
            let found = AtomicBool::new(false);
            in_parallel(self.inner.blocks.len(), |at| {
                let block = &self.inner.blocks[at];
                if !found.load(Ordering::Relaxed) && !self.stop.load(Ordering::Relaxed) {
                    block.scan(term.finder(), &block.having(&term.needs), |_, _| {
                        found.store(true, Ordering::Relaxed);
                        false
                    });
                }
            });
            term.set_stands(found.into_inner() || self.stop.load(Ordering::Relaxed));
        });
    }

    /// The only term of the query, if there is but one.
    pub(super) fn lone(&self) -> Option<&Term> {
        match self.plan.groups.as_slice() {
            [group] if group.len() == 1 => group.first(),
            _ => None,
        }
    }

    /// The units of a block that have the query in other inflections or in pinyin; with `whole_only`
    /// those that may have it read in one go.
    pub(super) fn sounding(
        &self,
        at: usize,
        whole_only: bool,
        taken: &Bits,
        enough: Enough,
    ) -> Vec<Hit> {
        let mut hits = Hits::new(enough);
        let block = &self.inner.blocks[at];
        if let Some(term) = self.lone() {
            let mut left = self.left(block, taken);
            self.in_forms(&term.sounds, at, &mut left, &mut hits);
        } else if whole_only {
            self.in_one_go(at, taken, &mut hits);
        } else {
            self.judged(at, taken, false, &mut hits);
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
            self.judged(at, taken, true, &mut hits);
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
        let block = &self.inner.blocks[at];
        let mut may = self.shortened(term, block);
        may.and(left);
        let (mut scorer, mut judged) = (Scorer::default(), Judged::default());
        let judge = self.judge();
        for unit in self.while_wanted(&may) {
            let opened = Opened::new(block, unit);
            if judge.only_abbreviated(opened, term, &mut scorer, &mut judged) {
                self.keep(at, opened, &mut judged, hits);
            }
        }
    }

    fn judge(&self) -> Judge<'_> {
        Judge {
            inner: self.inner,
            report: self.report,
            plan: self.plan,
            chances: None,
        }
    }

    /// The units that are set, until another key is pressed: a block can take a while.
    fn while_wanted(&self, units: &Bits) -> impl Iterator<Item = usize> {
        let wanted = |count: usize| !count.is_multiple_of(64) || !self.stop.load(Ordering::Relaxed);
        let numbered = units.iter().enumerate();
        numbered.map_while(move |(count, unit)| wanted(count).then_some(unit))
    }

    /// Which units of a block may have a term as an abbreviation.
    fn shortened(&self, term: &Term, block: &Block) -> Bits {
        let wanted = term.wanted.iter();
        let wanted = wanted.map(|wanted| Need::of_all(&wanted.symbols, &self.inner.alphabet));
        let wanted: Vec<_> = wanted.collect();
        let ways = term.ways.iter().map(|way| &way.needs);
        block.candidates(wanted.iter().chain(ways))
    }

    /// Which units of a block may have each layer of a pattern.
    fn layers(&self, pattern: &Pattern, block: &Block) -> Vec<Bits> {
        let layers = pattern.layers().iter();
        layers
            .map(|layer| block.candidates(layer.needs()))
            .collect()
    }

    /// Which units of a block may have a term: as typed, in pinyin or inflected, and with `near` in
    /// weaker ways.
    fn chances(&self, term: &Term, block: &Block, near: bool) -> Chances {
        let none = || Bits::none(block.len());
        let mut chances = Chances {
            typed: none(),
            sounds: self.layers(&term.sounds, block),
            near: Vec::new(),
            short: none(),
        };
        if term.stands() {
            chances.typed = block.having(&term.needs);
        }
        if near {
            let near = term.near(&self.inner.alphabet, &self.inner.vocabulary);
            chances.near = self.layers(near, block);
            chances.short = self.shortened(term, block);
        }
        chances
    }

    /// The units of a block in which the whole query stands in pinyin, read in one go.
    fn in_one_go(&self, at: usize, taken: &Bits, hits: &mut Hits) {
        let (block, alphabet) = (&self.inner.blocks[at], &self.inner.alphabet);
        let Some(phrase) = &self.plan.phrase else {
            return;
        };
        let layers: Vec<Bits> = self.layers(&phrase.sounds, block);
        let mut may = Bits::none(block.len());
        layers.iter().for_each(|layer| may.or(layer));
        may.and(&self.left(block, taken));
        let order: Vec<usize> = (0..self.plan.groups.len()).collect();
        let (judge, mut judged) = (self.judge(), Judged::default());
        for unit in self.while_wanted(&may) {
            let opened = Opened::new(block, unit);
            let layer = |layer: usize| layers[layer].has(unit);
            let found = phrase.sounds.find(opened.coded, alphabet, layer, |_| ());
            if found.is_some()
                && judge.judge(opened, true, &order, None, &mut judged)
                && !self.keep(at, opened, &mut judged, hits)
            {
                return;
            }
        }
    }

    /// Takes a unit of a block in that was judged; false where that is enough.
    fn keep(&self, at: usize, opened: Opened, judged: &mut Judged, hits: &mut Hits) -> bool {
        let id = UnitId::from(opened.block.id(opened.unit) as usize);
        let hit = judged.hit(id, at < self.inner.headings);
        hit.is_none_or(|hit| self.is_forbidden(opened.coded) || hits.put(hit))
    }

    /// The units of a block in which every group of the query stands as typed or in pinyin, or where
    /// the whole query does, read in one go; with `near` also those that have them in weaker ways.
    fn judged(&self, at: usize, taken: &Bits, near: bool, hits: &mut Hits) {
        let block = &self.inner.blocks[at];
        let mut may = self.left(block, taken);
        if may.is_none() {
            return;
        }
        let phrase = self.plan.phrase.iter();
        let whole = block.candidates(phrase.flat_map(|phrase| phrase.sounds.needs()));
        let groups = self.plan.groups.iter();
        let chances = groups.map(|group| {
            let terms = group.iter();
            terms.map(|term| self.chances(term, block, near)).collect()
        });
        let chances: Vec<Vec<Chances>> = chances.collect();
        let any = chances.iter().map(|terms| {
            let mut any = Bits::none(block.len());
            terms.iter().for_each(|chances| any.or(&chances.all()));
            any
        });
        let groups: Vec<Bits> = any.collect();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|&group| groups[group].count());
        let mut all = Bits::all(block.len());
        groups.iter().for_each(|group| all.and(group));
        all.or(&whole);
        may.and(&all);
        let (mut scorer, mut judged) = (near.then(Scorer::default), Judged::default());
        let judge = Judge {
            chances: Some(&chances),
            ..self.judge()
        };
        for unit in self.while_wanted(&may) {
            let opened = Opened::new(block, unit);
            let scorer = scorer.as_mut();
            if judge.judge(opened, whole.has(unit), &order, scorer, &mut judged)
                && !self.keep(at, opened, &mut judged, hits)
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
