//! The passes over a stretch of the report: what stands there as typed, what reads so, what is near.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::atomic::Ordering;

use super::alphabet::Alphabet;
use super::block::{Bits, Block, Need, symbols};
use super::judge::{INFLECTED, Opened, abbreviated, distance, exact, judge};
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
        let mut hits = Vec::new();
        let mut certain = 0;
        let mut put = |hit: Option<Hit>| {
            if let Some(hit) = hit {
                hits.push(hit);
                certain += usize::from(enough.is_sure(&hit));
            }
            certain < enough.most
        };
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
                put(Some(hit).filter(|_| places > 0 && !passed(unit)))
            });
            return hits;
        }
        // The rarest first: the others are looked for only where it is.
        ways.sort_by_key(|(may, _)| may.count());
        for (_, group) in ways {
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
                return hits;
            }
        }
        for unit in all.iter().filter(|&unit| !passed(unit)) {
            let coded = block.unit(unit);
            if !put(self.typed_in(coded, id(unit), heading, phrase_only)) {
                break;
            }
        }
        hits
    }

    /// How a unit has the phrase or, unless only that is wanted, the words.
    fn typed_in(&self, coded: &[u8], id: UnitId, heading: bool, phrase_only: bool) -> Option<Hit> {
        let plan = self.plan;
        if let Some(phrase) = &plan.phrase {
            let (places, begins) = phrase.count(coded, 0, &self.inner.alphabet);
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
        let groups = plan
            .groups
            .iter()
            .map(|group| exact(group, coded, self.inner));
        let groups: Vec<_> = groups.collect();
        let (how, far) = match groups.as_slice() {
            [_] => (How::Exact, 0),
            all => (How::Words, closeness(coded, all)),
        };
        let rank = Rank {
            far,
            heading,
            rarity: self.rarity(coded),
        };
        let places = merged(groups.into_iter().flatten()).len();
        Some(Hit::new(id, how, rank, places))
    }

    /// How rare the rarest of the terms that stand for one another is in a unit.
    fn rarity(&self, coded: &[u8]) -> u8 {
        if !self.plan.either {
            return 0;
        }
        let terms = self.plan.groups.iter().flatten();
        let here = terms.filter(|term| term.is_in(coded, &self.inner.alphabet));
        here.map(|term| term.rarity).max().unwrap_or(0)
    }

    /// True where the query may stand in inflected forms or in pinyin.
    pub(super) fn sounds(&self) -> bool {
        let phrase = self.plan.phrase.iter();
        let mut terms = self.plan.groups.iter().flatten().chain(phrase);
        terms.any(|term| !term.sounds.is_empty())
    }

    /// The best that may be found in another form than typed.
    pub(super) fn nearest_sounding(&self) -> (How, u8) {
        let terms = || self.plan.groups.iter().flatten().map(|term| &term.sounds);
        let lone = self.plan.groups.len() == 1;
        if terms().any(|sounds| sounds.has_forms()) {
            return (How::Words, if lone { INFLECTED } else { 0 });
        }
        match terms().map(|sounds| sounds.nearest()).min() {
            Some(far) if lone => (How::Pinyin, far.saturating_mul(8)),
            _ => (How::Pinyin, 0),
        }
    }

    /// The units of a block that have the query in other inflections or in pinyin.
    pub(super) fn sounding(&self, at: usize, taken: &Bits, enough: Enough) -> Vec<Hit> {
        let block = &self.inner.blocks[at];
        let ways = |term: &Term| block.candidates(term.sounds.needs());
        self.judged(at, taken, ways, None, enough)
    }

    /// The units of a block that have something near the query.
    pub(super) fn near(&self, at: usize, taken: &Bits) -> Vec<Hit> {
        let (block, alphabet) = (&self.inner.blocks[at], &self.inner.alphabet);
        let ways = |term: &Term| {
            let near = term.near(alphabet, &self.inner.vocabulary);
            let mut may = block.candidates(term.sounds.needs());
            may.or(&block.candidates(near.needs()));
            if let Some(wanted) = &term.wanted {
                may.or(&block.having(&Need::of_all(&wanted.symbols, alphabet)));
            }
            for needs in term.beginnings.iter().filter_map(|way| self.needs_of(way)) {
                may.or(&block.having(&needs));
            }
            may
        };
        self.judged(at, taken, ways, Some(Scorer::default()), Enough::NEVER)
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
    /// `ways`.
    fn judged(
        &self,
        at: usize,
        taken: &Bits,
        ways: impl Fn(&Term) -> Bits,
        scorer: Option<Scorer>,
        enough: Enough,
    ) -> Vec<Hit> {
        let block = &self.inner.blocks[at];
        let heading = at < self.inner.headings;
        let mut may = Bits::all(block.len());
        for group in &self.plan.groups {
            let mut any = Bits::none(block.len());
            for term in group {
                // Whatever has a lone term as typed is found already.
                if term.is_known() && self.plan.groups.len() > 1 {
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
            return Vec::new();
        }
        may.and(&self.kept(block));
        let alphabet = &self.inner.alphabet;
        let lone = match self.plan.groups.as_slice() {
            [group] if group.len() == 1 => group.first(),
            _ => None,
        };
        let mut scorer = scorer;
        let mut certain = 0;
        let mut hits = Vec::new();
        for (count, unit) in may.iter().enumerate() {
            // Another key may have been pressed; a block can take a while here.
            if count.is_multiple_of(64) && self.stop.load(Ordering::Relaxed) {
                break;
            }
            let opened = Opened::new(block, unit);
            let id = UnitId::from(block.id(unit) as usize);
            let judged = |scorer: Option<&mut Scorer>| {
                judge(self.inner, self.report, self.plan, opened, scorer)?.hit(id, heading)
            };
            let hit = match (lone, scorer.as_mut()) {
                (Some(term), None) => counted(&term.sounds, opened.coded, id, heading, alphabet),
                // What has it in a stronger way is found already.
                (Some(term), Some(scorer)) => {
                    let near = term.near(alphabet, &self.inner.vocabulary);
                    counted(near, opened.coded, id, heading, alphabet).or_else(|| {
                        let found = abbreviated(self.inner, self.report, opened, term, scorer);
                        found?.hit(id, heading)
                    })
                }
                (None, scorer) => judged(scorer),
            };
            if let Some(hit) = hit.filter(|_| !self.is_forbidden(opened.coded)) {
                hits.push(hit);
                certain += usize::from(enough.is_sure(&hit));
                if certain >= enough.most {
                    break;
                }
            }
        }
        hits
    }
}

/// How a unit that lacks a lone term as typed has it in one of the forms of a pattern: what [`judge`]
/// says, without the places.
fn counted(
    pattern: &Pattern,
    coded: &[u8],
    id: UnitId,
    heading: bool,
    alphabet: &Alphabet,
) -> Option<Hit> {
    let (form, places) = pattern.count(coded, alphabet)?;
    let (far, rarity) = (distance(form), 0);
    let rank = Rank {
        rarity,
        far,
        heading,
    };
    Some(Hit::new(id, form.how, rank, places))
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
