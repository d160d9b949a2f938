//! A query tried against a whole report, stretch by stretch.
//!
//! Strong tiers first: what stands in the units as typed, then inflected forms and pinyin; then, if
//! little was found, what is near. Rows of bits say which units can have what; only these are read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use super::block::Bits;
use super::index::{Inner, in_parallel};
use super::plan::Plan;
use super::{Found, Hit, How, Rank};
use crate::report::{Report, UnitId};

/// With so many hits of what was typed, or of its pinyin, nobody wants weaker ones.
const ENOUGH: usize = 20;
/// So many blocks are tried before it is asked whether that is enough; then twice as many.
const WAVE: usize = 2;

pub(super) struct Run<'a> {
    pub inner: &'a Inner,
    pub report: &'a Report,
    pub plan: &'a Plan,
    pub stop: &'a AtomicBool,
}

/// What a pass over the blocks found.
struct Pass {
    hits: Vec<Hit>,
    complete: bool,
}

/// When a pass may end: when so many hits have this score, than which none that follow has a higher.
#[derive(Clone, Copy)]
pub(super) struct Enough {
    pub most: usize,
    pub score: i32,
}

impl Enough {
    pub const NEVER: Self = Self {
        most: usize::MAX,
        score: i32::MAX,
    };

    pub fn is_sure(self, hit: &Hit) -> bool {
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
        let enough = Enough {
            most: most.unwrap_or(usize::MAX),
            score: i32::MIN,
        };
        let pass = run.over_blocks(enough, |at| run.listed(&inner.blocks[at]))?;
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
        let pass = run.over_blocks(enough, |at| run.typed(at, true, &names, enough))?;
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
        let pass = run.over_blocks(enough, |at| run.typed(at, false, &known, enough))?;
        strong += pass.hits.len();
        found.complete &= pass.complete;
        found.hits.extend(pass.hits);
        left = left.map(|most| most.saturating_sub(strong));
    }
    found.left_out = strong >= ENOUGH && !plan.all;
    if found.complete && !found.left_out {
        if run.sounds() {
            if run.lone().is_none() {
                run.look_up();
            }
            // Read in one go first, as above: few units may have it so.
            let stages: &[bool] = match plan.phrase {
                Some(_) if most.is_some() => &[true, false],
                _ => &[false],
            };
            let typed = found.hits.len();
            for &whole_only in stages {
                if !found.complete {
                    break;
                }
                let taken = run.places_of(&found.hits);
                let (how, far) = run.nearest_sounding(stages.len() == 1 || whole_only);
                let score = best(how, far);
                // Of equals, those still to come may be read first; a heading is one more.
                let sure = found.hits[typed..]
                    .iter()
                    .filter(|hit| hit.score > score + 1);
                let enough = enough(left.map(|most| most.saturating_sub(sure.count())), score);
                let work = |at: usize| run.sounding(at, whole_only, &taken[at], enough);
                let pass = run.over_blocks(enough, work)?;
                found.complete &= pass.complete;
                found.hits.extend(pass.hits);
            }
        }
        found.left_out = found.hits.len() >= ENOUGH && !plan.all;
        if most.is_some() {
            found.complete &= found.left_out;
        } else if !found.left_out {
            let taken = run.places_of(&found.hits);
            let pass = run.over_blocks(Enough::NEVER, |at| run.near(at, &taken[at]))?;
            found.hits.extend(pass.hits);
        }
    }
    rank(&mut found.hits);
    if let Some(most) = most.filter(|_| !found.complete) {
        found.hits.truncate(most.max(ENOUGH));
    }
    Some(found)
}

/// Puts hits in order, the best first, and of equals those first that are read first.
fn rank(hits: &mut Vec<Hit>) {
    // There are few scores, and a million hits may share them.
    let mut scores: BTreeMap<Reverse<i32>, Vec<Hit>> = BTreeMap::new();
    for hits in hits.chunk_by(|a, b| a.score == b.score) {
        let same = scores.entry(Reverse(hits[0].score)).or_default();
        same.extend_from_slice(hits);
    }
    hits.clear();
    for mut same in scores.into_values() {
        // They mostly are already.
        same.sort_by_key(|hit| hit.unit);
        hits.append(&mut same);
    }
}

impl Run<'_> {
    /// For each block, the units that have been found.
    fn places_of(&self, hits: &[Hit]) -> Vec<Bits> {
        let blocks = &self.inner.blocks;
        let mut taken: Vec<Bits> = blocks.iter().map(|block| Bits::none(block.len())).collect();
        for hit in hits {
            if let Some((at, place)) = self.inner.place(hit.unit) {
                taken[at].set(place);
            }
        }
        taken
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
}
