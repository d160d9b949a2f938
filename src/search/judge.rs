//! What one unit has of a query: how it matches, how well, and what to mark.

use std::cmp::Reverse;
use std::ops::Range;

use super::alphabet::Alphabet;
use super::block::{Bits, Block, in_symbols};
use super::fold::Folded;
use super::index::Inner;
use super::loose::Scorer;
use super::pattern::Form;
use super::plan::{Plan, Term};
use super::{Hit, How, Matched, Rank, merge, merged};
use crate::report::{Report, UnitId};

/// A unit that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Opened<'a> {
    pub block: &'a Block,
    pub unit: usize,
    pub coded: &'a [u8],
}

impl<'a> Opened<'a> {
    pub(super) fn new(block: &'a Block, unit: usize) -> Self {
        let coded = block.unit(unit);
        Self { block, unit, coded }
    }

    fn id(&self) -> UnitId {
        UnitId::from(self.block.id(self.unit) as usize)
    }
}

/// How far an inflected form is from the word itself.
const INFLECTED: u8 = 10;

/// How far a form is from what was typed, as hits of a tier are told apart by.
pub(super) fn distance(form: Form) -> u8 {
    match form.how {
        How::Words => INFLECTED,
        _ => form.far.saturating_mul(8),
    }
}

/// How a unit matches; there to be used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Judged {
    how: Option<How>,
    far: u8,
    rarity: u8,
    /// In bytes of the coded text.
    coded: Ranges,
    /// In bytes of the text as it is.
    source: Ranges,
    /// True where it is asked what to mark, and not only how many places there are.
    marking: bool,
}

/// The places found, and what to mark in them.
#[derive(Debug, Default)]
struct Ranges {
    places: Vec<Range<usize>>,
    marks: Vec<Range<usize>>,
}

impl Ranges {
    fn len(&self) -> [usize; 2] {
        [self.places.len(), self.marks.len()]
    }

    /// Drops what was put in from here to there.
    fn drop(&mut self, from: [usize; 2], to: [usize; 2]) {
        self.places.drain(from[0]..to[0]);
        self.marks.drain(from[1]..to[1]);
    }
}

impl Judged {
    fn len(&self) -> [[usize; 2]; 2] {
        [self.coded.len(), self.source.len()]
    }

    fn drop(&mut self, from: [[usize; 2]; 2], to: [[usize; 2]; 2]) {
        self.coded.drop(from[0], to[0]);
        self.source.drop(from[1], to[1]);
    }

    fn clear(&mut self) {
        self.drop([[0; 2]; 2], self.len());
        (self.how, self.far, self.rarity) = (None, 0, 0);
    }

    /// Takes in a place that is marked from end to end.
    fn put(&mut self, place: Range<usize>) {
        if self.marking {
            self.coded.marks.push(place.clone());
        }
        self.coded.places.push(place);
    }

    /// The hit that this makes of a unit.
    pub(super) fn hit(&mut self, unit: UnitId, heading: bool) -> Option<Hit> {
        let rank = Rank {
            rarity: self.rarity,
            far: self.far,
            heading,
        };
        merge(&mut self.coded.places);
        let places = self.coded.places.len() + self.source.places.len();
        Some(Hit::new(unit, self.how?, rank, places))
    }
}

/// Puts where a group stands as typed into `places`, in bytes of the coded text: every place of
/// every term of it, those that overlap as one. Says how rare the rarest term is that does.
pub(super) fn exact(
    group: &[Term],
    coded: &[u8],
    alphabet: &Alphabet,
    places: &mut Vec<Range<usize>>,
) -> u8 {
    places.clear();
    let mut rarest = 0;
    for term in group {
        let before = places.len();
        term.each_place(coded, alphabet, |place| places.push(place));
        if places.len() > before {
            rarest = rarest.max(term.rarity);
        }
    }
    if group.len() > 1 {
        merge(places);
    }
    rarest
}

/// What a unit is judged by.
pub(super) struct Judge<'a> {
    pub inner: &'a Inner,
    pub report: &'a Report,
    pub plan: &'a Plan,
    /// For each term of each group, what the rows of a block say, if they have been read.
    pub chances: Option<&'a [Vec<Chances>]>,
}

/// Which units of a block may have a term, way by way.
#[derive(Default)]
pub(super) struct Chances {
    /// As typed.
    pub typed: Bits,
    /// In each layer of its pinyin and its inflected forms.
    pub sounds: Vec<Bits>,
    /// In each layer of what is near it.
    pub near: Vec<Bits>,
    /// As an abbreviation.
    pub short: Bits,
}

impl Chances {
    /// All of them together.
    pub(super) fn all(&self) -> Bits {
        let mut all = self.typed.clone();
        let others = self.sounds.iter().chain(&self.near);
        others.chain([&self.short]).for_each(|bits| all.or(bits));
        all
    }
}

impl Judge<'_> {
    /// How a unit matches that lacks a word of the query as typed, in `out`: with `near` in all
    /// ways, else by inflected forms and pinyin alone; with `whole` also where the query is read in
    /// one go. The groups are tried in this order. False where it does not match.
    pub(super) fn judge(
        &self,
        opened: Opened,
        whole: bool,
        order: &[usize],
        near: Option<&mut Scorer>,
        out: &mut Judged,
    ) -> bool {
        out.clear();
        let words = self.words(opened, order, near, out);
        let whole = self.plan.phrase.as_ref().filter(|_| whole);
        let Some(phrase) = whole else { return words };
        let known = out.len();
        let put = |place| out.put(place);
        let alphabet = &self.inner.alphabet;
        let Some(form) = phrase.sounds.find(opened.coded, alphabet, |_| true, put) else {
            return words;
        };
        let better = (form.how, distance(form));
        if words && out.how.is_some_and(|how| (how, out.far) <= better) {
            out.drop(known, out.len());
        } else {
            out.drop([[0; 2]; 2], known);
            (out.how, out.far, out.rarity) = (Some(better.0), better.1, 0);
        }
        true
    }

    /// How all groups of the query stand in a unit.
    fn words(
        &self,
        opened: Opened,
        order: &[usize],
        near: Option<&mut Scorer>,
        out: &mut Judged,
    ) -> bool {
        let mut near = near;
        for &group in order {
            let start = out.len();
            let mut best = None;
            for (at, term) in self.plan.groups[group].iter().enumerate() {
                let here = out.len();
                let chances = self.chances.map(|all| &all[group][at]);
                let way = self.term(opened, term, chances, near.as_deref_mut(), out);
                let way = way.map(|(how, far)| (how, far, Reverse(term.rarity)));
                match (way, best) {
                    (Some(way), _) if best.is_none_or(|best| way < best) => {
                        out.drop(start, here);
                        best = Some(way);
                    }
                    _ => out.drop(here, out.len()),
                }
            }
            let Some((how, far, Reverse(rarity))) = best else {
                out.clear();
                return false;
            };
            out.how = out.how.max(Some(how));
            out.far = out.far.saturating_add(far);
            if self.plan.either {
                out.rarity = out.rarity.max(rarity);
            }
        }
        // Words that stand just anywhere are further than what is read in one go.
        if self.plan.groups.len() > 1 {
            out.far = out.far.saturating_add(1);
        }
        true
    }

    /// How a term stands in a unit, and how far from what was typed.
    fn term(
        &self,
        opened: Opened,
        term: &Term,
        chances: Option<&Chances>,
        near: Option<&mut Scorer>,
        out: &mut Judged,
    ) -> Option<(How, u8)> {
        let (alphabet, unit) = (&self.inner.alphabet, opened.unit);
        let before = out.coded.places.len();
        if chances.map_or(term.is_known(), |chances| chances.typed.has(unit)) {
            term.each_place(opened.coded, alphabet, |place| out.put(place));
        }
        if out.coded.places.len() > before {
            return Some((How::Exact, 0));
        }
        let may = |layer: usize| chances.is_none_or(|chances| chances.sounds[layer].has(unit));
        let put = |place| out.put(place);
        if let Some(form) = term.sounds.find(opened.coded, alphabet, may, put) {
            return Some((form.how, distance(form)));
        }
        let scorer = near?;
        let near = term.near(alphabet, &self.inner.vocabulary);
        let may = |layer: usize| chances.is_none_or(|chances| chances.near[layer].has(unit));
        if let Some(form) = near.find(opened.coded, alphabet, may, |place| out.put(place)) {
            return Some((form.how, distance(form)));
        }
        if chances.is_some_and(|chances| !chances.short.has(unit)) {
            return None;
        }
        self.abbreviated(opened, term, scorer, out)
    }

    /// How a unit has a term as an abbreviation.
    pub(super) fn abbreviated(
        &self,
        opened: Opened,
        term: &Term,
        scorer: &mut Scorer,
        out: &mut Judged,
    ) -> Option<(How, u8)> {
        let (loose, ranges) = match &term.wanted {
            Some(wanted) => {
                let clauses = || opened.block.clauses(opened.unit);
                let found = scorer.find(opened.coded, clauses, wanted, &self.inner.alphabet);
                (found, &mut out.coded)
            }
            None => {
                let text = &self.report.unit(opened.id()).text;
                let mut ways = term.ways.iter();
                let found = ways.find_map(|way| way.find(text, opened.coded));
                (found, &mut out.source)
            }
        };
        let loose = loose?;
        ranges.places.extend(loose.places);
        ranges.marks.extend(loose.marks);
        Some((How::Abbreviation, loose.far))
    }

    /// How a unit has a term as an abbreviation and in no better way, in `out`.
    pub(super) fn only_abbreviated(
        &self,
        opened: Opened,
        term: &Term,
        scorer: &mut Scorer,
        out: &mut Judged,
    ) -> bool {
        out.clear();
        let way = self.abbreviated(opened, term, scorer, out);
        if let Some((how, far)) = way {
            (out.how, out.far) = (Some(how), far);
        }
        way.is_some()
    }
}

/// What to mark of a hit.
pub(super) fn matched(inner: &Inner, report: &Report, plan: &Plan, hit: &Hit) -> Option<Matched> {
    let (at, unit) = inner.place(hit.unit)?;
    let block = &inner.blocks[at];
    let opened = Opened::new(block, unit);
    let coded = opened.coded;
    let folded = Folded::new(report.unit(hit.unit).text);
    let source = |ranges: Vec<Range<usize>>| {
        let ranges = in_symbols(coded, merged(ranges).into_iter());
        ranges.map(|at| folded.source(at))
    };

    let alphabet = &inner.alphabet;
    let stands = |group: &Vec<Term>| {
        let mut places = Vec::new();
        exact(group, coded, alphabet, &mut places);
        !places.is_empty()
    };
    let phrase = plan.phrase.as_ref().filter(|_| hit.how == How::Exact);
    let mut judged = Judged {
        marking: true,
        ..Judged::default()
    };
    if let Some(phrase) = phrase {
        phrase.each_place(coded, alphabet, |place| judged.put(place));
    } else if hit.how <= How::Words && plan.groups.iter().all(stands) {
        for term in plan.groups.iter().flatten() {
            term.each_place(coded, alphabet, |place| judged.put(place));
        }
    } else {
        let mut scorer = Scorer::default();
        let near = Some(&mut scorer).filter(|_| hit.how > How::Pinyin);
        let order: Vec<usize> = (0..plan.groups.len()).collect();
        let judge = Judge {
            inner,
            report,
            plan,
            chances: None,
        };
        if !judge.judge(opened, true, &order, near, &mut judged) {
            return None;
        }
    }
    let mut places: Vec<_> = source(judged.coded.places).collect();
    places.extend(judged.source.places);
    places.sort_by_key(|at| at.start);
    let mut matches: Vec<_> = source(judged.coded.marks).collect();
    matches.extend(judged.source.marks);
    Some(Matched {
        matches: super::touching(matches),
        places,
    })
}
