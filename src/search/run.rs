//! A query tried against a whole report, stretch by stretch.
//!
//! Strong tiers first: what stands in the units as typed, then inflected forms and pinyin; then, if
//! little was found, what is near. Rows of bits say which units can have what; only these are read.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::block::{Bits, Block, Need, symbols};
use super::index::{Inner, in_parallel};
use super::judge::{INFLECTED, Opened, exact, judge};
use super::loose::Scorer;
use super::pattern::Step;
use super::plan::{Plan, Term};
use super::{Found, Hit, How, Rank, merged};
use crate::report::{Report, UnitId};

/// With so many hits of what was typed, or of its pinyin, nobody wants weaker ones.
const ENOUGH: usize = 20;
/// So many blocks are tried before it is asked whether that is enough; then twice as many.
const WAVE: usize = 2;

struct Run<'a> {
    inner: &'a Inner,
    report: &'a Report,
    plan: &'a Plan,
    stop: &'a AtomicBool,
}

/// What a pass over the blocks found.
struct Pass {
    hits: Vec<Hit>,
    complete: bool,
}

/// When a pass may end: when so many hits have this score, than which none that follow has a higher.
#[derive(Clone, Copy)]
struct Enough {
    most: usize,
    score: i32,
}

impl Enough {
    const NEVER: Self = Self {
        most: usize::MAX,
        score: i32::MAX,
    };

    fn is_sure(self, hit: &Hit) -> bool {
        hit.score >= self.score
    }
}

/// Everything the plan finds; with `most`, the first so many of the strong tiers.
pub(super) fn run(
    inner: &Inner,
    report: &Report,
    plan: &Plan,
    most: Option<usize>,
    stop: &AtomicBool,
) -> Option<Found> {
    let run = Run {
        inner,
        report,
        plan,
        stop,
    };
    let mut found = Found {
        complete: true,
        ..Found::default()
    };
    if plan.is_empty() {
        return Some(found);
    }
    let named = run.named();
    if !named.is_empty() && plan.only_named {
        found.hits = named;
        return Some(found);
    }
    if plan.lists {
        let pass = run.over(
            Enough {
                most: most.unwrap_or(usize::MAX),
                score: i32::MIN,
            },
            |block, heading| run.listed(block, heading),
        )?;
        found.complete = pass.complete;
        found.hits = pass.hits;
        found.hits.sort_by_key(|hit| hit.unit);
        return Some(found);
    }
    let names: HashSet<UnitId> = named.iter().map(|hit| hit.unit).collect();
    let rarest = plan.groups.iter().flatten().map(|term| term.rarity).max();
    let rarest = if plan.either { rarest.unwrap_or(0) } else { 0 };
    let mut left = most;
    let best = |how: How, far: u8| {
        Hit::new(
            UnitId::from(0),
            how,
            Rank {
                rarity: rarest,
                far,
                heading: false,
            },
            1,
        )
        .score
    };
    let enough = |left: Option<usize>, score: i32| Enough {
        most: left.unwrap_or(usize::MAX),
        score,
    };

    // The phrase by itself first, where one screenful is wanted: it alone may fill it.
    let mut strong = 0;
    found.hits = named;
    if plan.phrase.is_some() && most.is_some() {
        let enough = enough(left, best(How::Exact, 0));
        let pass = run.over(enough, |block, heading| {
            run.typed(block, heading, true, &names, enough)
        })?;
        strong = pass.hits.len();
        found.complete &= pass.complete;
        found.hits.extend(pass.hits);
        left = left.map(|most| most.saturating_sub(strong));
    }
    if found.complete {
        let first = if plan.phrase.is_some() {
            How::Words
        } else {
            How::Exact
        };
        let enough = enough(left, best(first, 0));
        let known: HashSet<UnitId> = found.hits.iter().map(|hit| hit.unit).collect();
        let pass = run.over(enough, |block, heading| {
            run.typed(block, heading, false, &known, enough)
        })?;
        strong += pass.hits.len();
        found.complete &= pass.complete;
        found.hits.extend(pass.hits);
        left = left.map(|most| most.saturating_sub(strong));
    }
    found.left_out = strong >= ENOUGH && !plan.all;
    if found.complete && !found.left_out {
        let taken = run.places_of(&found.hits);
        let (how, far) = run.nearest_sounding();
        let enough = enough(left, best(how, far));
        let pass = run.over_blocks(enough, |at| run.sounding(at, &taken[at], enough))?;
        found.complete &= pass.complete;
        found.hits.extend(pass.hits);
        found.left_out = found.hits.len() >= ENOUGH && !plan.all;
        if most.is_some() {
            found.complete &= found.left_out;
        } else if !found.left_out {
            let taken = run.places_of(&found.hits);
            let pass = run.over_blocks(Enough::NEVER, |at| run.near(at, &taken[at]))?;
            found.hits.extend(pass.hits);
        }
    }
    // Sorted parts stay so, and are only laid together.
    found
        .hits
        .sort_by_key(|hit| (std::cmp::Reverse(hit.score), hit.unit));
    if let Some(most) = most.filter(|_| !found.complete) {
        found.hits.truncate(most.max(ENOUGH));
    }
    Some(found)
}

impl Run<'_> {
    fn over(&self, enough: Enough, work: impl Fn(&Block, bool) -> Vec<Hit> + Sync) -> Option<Pass> {
        self.over_blocks(enough, |at| {
            work(&self.inner.blocks[at], at < self.inner.headings)
        })
    }

    /// Does `work` for each block, until there are enough hits.
    fn over_blocks(&self, enough: Enough, work: impl Fn(usize) -> Vec<Hit> + Sync) -> Option<Pass> {
        let blocks = self.inner.blocks.len();
        let (mut hits, mut done, mut wave) = (Vec::new(), 0, WAVE);
        let mut certain = 0;
        while done < blocks {
            let count = if enough.most == usize::MAX {
                blocks
            } else {
                wave
            }
            .min(blocks - done);
            let found = in_parallel(count, |at| {
                if self.stop.load(Ordering::Relaxed) {
                    return Vec::new();
                }
                work(done + at)
            });
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            for found in found {
                certain += found.iter().filter(|hit| enough.is_sure(hit)).count();
                hits.extend(found);
            }
            done += count;
            wave *= 2;
            if done < blocks && certain >= enough.most {
                return Some(Pass {
                    hits,
                    complete: false,
                });
            }
        }
        // The last block may have left some out.
        Some(Pass {
            hits,
            complete: certain < enough.most,
        })
    }

    /// True where the filters leave a unit.
    fn is_kept(&self, id: u32) -> bool {
        let plan = self.plan;
        let unit = UnitId::from(id as usize);
        let within =
            |ranges: &Vec<std::ops::Range<u32>>| ranges.iter().any(|range| range.contains(&id));
        plan.ranges.as_ref().is_none_or(within)
            && plan
                .pages
                .as_ref()
                .is_none_or(|pages| pages.contains(&self.report.unit(unit).page))
            && (!plan.recommendations
                || match plan.lists {
                    true => self.report.unit(unit).recommendation,
                    false => self.inner.recommended.has(id as usize),
                })
    }

    /// What filters and forbidden words leave of a block.
    fn kept(&self, block: &Block) -> Bits {
        let mut kept = Bits::all(block.len());
        if self.plan.has_scope() {
            kept = Bits::none(block.len());
            let units = (0..block.len()).filter(|&unit| self.is_kept(block.id(unit)));
            units.for_each(|unit| kept.set(unit));
        }
        for term in &self.plan.without {
            let found = self.having(block, term, &kept);
            kept.and_not(&found);
        }
        kept
    }

    /// The units of a block that have a term as typed.
    fn having(&self, block: &Block, term: &Term, within: &Bits) -> Bits {
        let mut found = Bits::none(block.len());
        if term.is_known() {
            let mut may = block.having(&term.needs);
            may.and(within);
            block.scan(term.finder(), &may, |unit, at| {
                if term.accepts(block.unit(unit), at, &self.inner.alphabet) {
                    found.set(unit);
                    return None;
                }
                Some(term.behind(at, false))
            });
        }
        found
    }

    fn named(&self) -> Vec<Hit> {
        let (inner, plan) = (self.inner, self.plan);
        let kept = plan
            .named
            .iter()
            .filter(|unit| self.is_kept(unit.index() as u32));
        let kept = kept.filter(|unit| {
            let found = inner
                .blocks
                .iter()
                .find_map(|block| Some((block, block.place(unit.index() as u32)?)));
            found.is_none_or(|(block, place)| {
                let text = block.unit(place);
                plan.without
                    .iter()
                    .all(|term| term.places(text, &inner.alphabet).is_empty())
            })
        });
        // The order is that of likelihood; the score says so.
        let ranked = kept.enumerate().map(|(place, &unit)| {
            let rank = Rank {
                far: u8::from(place > 0),
                ..Rank::default()
            };
            Hit::by_name(unit, rank)
        });
        ranked.collect()
    }

    fn listed(&self, block: &Block, heading: bool) -> Vec<Hit> {
        let rank = Rank {
            heading,
            ..Rank::default()
        };
        let kept = self.kept(block);
        let units = kept
            .iter()
            .map(|unit| UnitId::from(block.id(unit) as usize));
        units
            .map(|unit| {
                Hit::by_name(
                    unit,
                    Rank {
                        heading: false,
                        ..rank
                    },
                )
            })
            .collect()
    }

    /// The units of a block that have the query as typed: as a phrase only, or its words too.
    fn typed(
        &self,
        block: &Block,
        heading: bool,
        phrase_only: bool,
        names: &HashSet<UnitId>,
        enough: Enough,
    ) -> Vec<Hit> {
        let plan = self.plan;
        let mut hits = Vec::new();
        let mut all = self.kept(block);
        if let (Some(phrase), true) = (&plan.phrase, phrase_only) {
            all = self.having(block, phrase, &all);
        } else if let [group] = plan.groups.as_slice()
            && let [term] = group.as_slice()
        {
            self.occurrences(block, heading, term, &all, &mut hits);
            hits.retain(|hit| !names.contains(&hit.unit));
            return hits;
        } else {
            for group in &plan.groups {
                let mut any = Bits::none(block.len());
                for term in group {
                    any.or(&self.having(block, term, &all));
                }
                all.and(&any);
                if all.is_none() {
                    return hits;
                }
            }
        }
        let mut certain = 0;
        for unit in all.iter() {
            let id = UnitId::from(block.id(unit) as usize);
            if names.contains(&id) {
                continue;
            }
            if let Some(hit) = self.typed_in(block.unit(unit), id, heading, phrase_only) {
                hits.push(hit);
                certain += usize::from(enough.is_sure(&hit));
                if certain >= enough.most {
                    break;
                }
            }
        }
        hits
    }

    /// How a unit has the phrase or, unless only that is wanted, the words.
    fn typed_in(&self, coded: &[u8], id: UnitId, heading: bool, phrase_only: bool) -> Option<Hit> {
        let (plan, alphabet) = (self.plan, &self.inner.alphabet);
        if let Some(phrase) = &plan.phrase {
            let places = phrase.places(coded, alphabet);
            if !places.is_empty() {
                let mut begins = places
                    .iter()
                    .map(|at| phrase.begins_word(coded, at.start, alphabet));
                let rank = Rank {
                    far: u8::from(!begins.any(|begins| begins)),
                    heading,
                    rarity: 0,
                };
                return Some(Hit::new(id, How::Exact, rank, places.len()));
            }
            if phrase_only {
                return None;
            }
        }
        let groups: Vec<_> = plan
            .groups
            .iter()
            .map(|group| exact(group, coded, self.inner))
            .collect();
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
        let here = terms.filter(|term| !term.places(coded, &self.inner.alphabet).is_empty());
        here.map(|term| term.rarity).max().unwrap_or(0)
    }

    /// Every unit of a block that has a lone term, with all its places counted in one go.
    fn occurrences(
        &self,
        block: &Block,
        heading: bool,
        term: &Term,
        within: &Bits,
        hits: &mut Vec<Hit>,
    ) {
        if !term.is_known() {
            return;
        }
        let alphabet = &self.inner.alphabet;
        let mut may = block.having(&term.needs);
        may.and(within);
        let mut last: Option<(usize, usize, bool)> = None;
        let mut end = |found: Option<(usize, usize, bool)>| {
            if let Some((unit, places, begins)) = found {
                let rank = Rank {
                    far: u8::from(!begins),
                    heading,
                    rarity: 0,
                };
                hits.push(Hit::new(
                    UnitId::from(block.id(unit) as usize),
                    How::Exact,
                    rank,
                    places,
                ));
            }
        };
        block.scan(term.finder(), &may, |unit, at| {
            let text = block.unit(unit);
            let accepted = term.accepts(text, at, alphabet);
            if accepted {
                let begins = term.begins_word(text, at, alphabet);
                match &mut last {
                    Some((known, places, word)) if *known == unit => {
                        *places += 1;
                        *word |= begins;
                    }
                    other => end(other.replace((unit, 1, begins))),
                }
            }
            Some(term.behind(at, accepted))
        });
        end(last);
    }

    /// The best that may be found in another form than typed.
    fn nearest_sounding(&self) -> (How, u8) {
        let terms = || self.plan.groups.iter().flatten().map(|term| &term.sounds);
        if terms().any(|sounds| sounds.has_forms()) {
            let lone = self.plan.groups.len() == 1;
            return (How::Words, if lone { INFLECTED } else { 0 });
        }
        match terms().map(|sounds| sounds.nearest()).min() {
            Some(far) if self.plan.groups.len() == 1 => (How::Pinyin, far.saturating_mul(8)),
            _ => (How::Pinyin, 0),
        }
    }

    /// For each block, the units that have been found.
    fn places_of(&self, hits: &[Hit]) -> Vec<Bits> {
        let mut taken: Vec<Bits> = self
            .inner
            .blocks
            .iter()
            .map(|block| Bits::none(block.len()))
            .collect();
        for hit in hits {
            let blocks = self.inner.blocks.iter().zip(&mut taken);
            for (block, taken) in blocks {
                if let Some(place) = block.place(hit.unit.index() as u32) {
                    taken.set(place);
                    break;
                }
            }
        }
        taken
    }

    /// The units of a block that have the query in other inflections or in pinyin.
    fn sounding(&self, at: usize, taken: &Bits, enough: Enough) -> Vec<Hit> {
        let block = &self.inner.blocks[at];
        let group = |group: &[Term]| {
            let mut may = Bits::none(block.len());
            for term in group {
                if term.is_known() {
                    may.or(&block.having(&term.needs));
                }
                may.or(&block.candidates(term.sounds.needs()));
            }
            may
        };
        self.judged(at, taken, group, None, enough)
    }

    /// The units of a block that have something near the query.
    fn near(&self, at: usize, taken: &Bits) -> Vec<Hit> {
        let (block, alphabet) = (&self.inner.blocks[at], &self.inner.alphabet);
        let group = |group: &[Term]| {
            let mut may = Bits::none(block.len());
            for term in group {
                if term.is_known() {
                    may.or(&block.having(&term.needs));
                }
                may.or(&block.candidates(term.sounds.needs()));
                may.or(&block.candidates(term.near(alphabet, &self.inner.vocabulary).needs()));
                if let Some(wanted) = &term.wanted {
                    may.or(&block.having(&Need::of_all(wanted, alphabet)));
                }
                for way in &term.beginnings {
                    may.or(&block.having(&self.needs_of(way)));
                }
            }
            may
        };
        self.judged(at, taken, group, Some(Scorer::default()), Enough::NEVER)
    }

    /// What a unit must have that has words beginning so, one behind the other.
    fn needs_of(&self, way: &[String]) -> Vec<Need> {
        let letters: Vec<char> = way.iter().filter_map(|word| word.chars().next()).collect();
        if letters.len() > 2 {
            return Need::of_initials(&letters);
        }
        let alphabet = &self.inner.alphabet;
        let needs = way.iter().flat_map(|word| {
            let steps = word
                .chars()
                .filter_map(|c| alphabet.symbol(c).map(Step::Char));
            Need::of_path(&steps.collect::<Vec<_>>(), alphabet)
        });
        needs.collect()
    }

    fn judged(
        &self,
        at: usize,
        taken: &Bits,
        candidates: impl Fn(&[Term]) -> Bits,
        scorer: Option<Scorer>,
        enough: Enough,
    ) -> Vec<Hit> {
        let block = &self.inner.blocks[at];
        let heading = at < self.inner.headings;
        let mut may = Bits::all(block.len());
        for group in &self.plan.groups {
            may.and(&candidates(group));
        }
        if let Some(phrase) = &self.plan.phrase {
            may.or(&block.candidates(phrase.sounds.needs()));
        }
        may.and_not(taken);
        if may.is_none() {
            return Vec::new();
        }
        may.and(&self.kept(block));
        let mut scorer = scorer;
        let mut certain = 0;
        let mut symbols = Vec::new();
        let mut hits = Vec::new();
        for (count, unit) in may.iter().enumerate() {
            // Another key may have been pressed; a block can take a while here.
            if count.is_multiple_of(64) && self.stop.load(Ordering::Relaxed) {
                break;
            }
            let opened = Opened::new(block, unit, symbols);
            let judged = judge(self.inner, self.report, self.plan, &opened, scorer.as_mut());
            let id = UnitId::from(block.id(unit) as usize);
            symbols = opened.symbols;
            if let Some(hit) = judged.and_then(|judged| judged.hit(id, heading)) {
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

/// How far the words of a query stand apart in a text: 0 for less than eight characters, one more for
/// each doubling.
fn closeness(coded: &[u8], found: &[Vec<std::ops::Range<usize>>]) -> u8 {
    let Some((first, others)) = found.split_first() else {
        return 0;
    };
    let apart = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| match a.end <= b.start {
        true => symbols(&coded[a.end..b.start]),
        false => symbols(&coded[b.end.min(a.start)..a.start]),
    };
    let nearest = |other: &Vec<std::ops::Range<usize>>, at: &std::ops::Range<usize>| {
        let next = other.partition_point(|range| range.start < at.start);
        let around = [next.checked_sub(1), Some(next)].into_iter().flatten();
        around
            .filter_map(|place| other.get(place))
            .map(|range| apart(at, range))
            .min()
            .unwrap_or(0)
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
