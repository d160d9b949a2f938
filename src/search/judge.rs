//! What one unit has of a query: how it matches, how well, and what to mark.

use std::ops::Range;

use super::alphabet::Alphabet;
use super::block::{Block, in_symbols};
use super::fold::Folded;
use super::index::Inner;
use super::loose::{Loose, Scorer, find_beginnings};
use super::pattern::Form;
use super::plan::{Plan, Term};
use super::{Hit, How, Marks, Rank, merge, merged};
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

/// How a unit matches.
#[derive(Debug, Default)]
pub(super) struct Judged {
    how: Option<How>,
    far: u8,
    rarity: u8,
    /// The places, and what to mark in them, in bytes of the coded text.
    places: Vec<Range<usize>>,
    marks: Vec<Range<usize>>,
    /// The same in bytes of the text as it is.
    source_places: Vec<Range<usize>>,
    source_marks: Vec<Range<usize>>,
}

impl Judged {
    fn of(how: How, far: u8, places: Vec<Range<usize>>) -> Self {
        Self {
            how: Some(how),
            far,
            marks: places.clone(),
            places,
            ..Self::default()
        }
    }

    /// An abbreviation, with its ranges in the coded text.
    fn loose(found: Loose) -> Self {
        Self {
            how: Some(How::Abbreviation),
            far: found.far,
            places: found.places,
            marks: found.marks,
            ..Self::default()
        }
    }

    /// An abbreviation, with its ranges in the text as it is.
    fn loose_in_source(found: Loose) -> Self {
        Self {
            how: Some(How::Abbreviation),
            far: found.far,
            source_places: found.places,
            source_marks: found.marks,
            ..Self::default()
        }
    }

    pub(super) fn hit(&self, unit: UnitId, heading: bool) -> Option<Hit> {
        let rank = Rank {
            rarity: self.rarity,
            far: self.far,
            heading,
        };
        let places = merged(self.places.iter().cloned()).len() + self.source_places.len();
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

/// How a unit matches that lacks a word of the query as typed: with `near` in all ways, else by
/// inflected forms and pinyin alone.
pub(super) fn judge(
    inner: &Inner,
    report: &Report,
    plan: &Plan,
    opened: Opened,
    near: Option<&mut Scorer>,
) -> Option<Judged> {
    let mut near = near;
    let whole = plan.phrase.as_ref().and_then(|phrase| {
        let (form, places) = phrase.sounds.find(opened.coded, &inner.alphabet)?;
        Some(Judged::of(form.how, distance(form), places))
    });
    let mut all = Judged::default();
    for group in &plan.groups {
        let ways = group.iter().filter_map(|term| {
            let judged = judge_term(inner, report, opened, term, near.as_deref_mut())?;
            Some((term.rarity, judged))
        });
        let best = ways
            .min_by_key(|(rarity, judged)| (judged.how, judged.far, std::cmp::Reverse(*rarity)));
        let Some((rarity, judged)) = best else {
            return whole;
        };
        all.how = all.how.max(judged.how);
        all.far = all.far.saturating_add(judged.far);
        all.rarity = if plan.either {
            all.rarity.max(rarity)
        } else {
            0
        };
        all.places.extend(judged.places);
        all.marks.extend(judged.marks);
        all.source_places.extend(judged.source_places);
        all.source_marks.extend(judged.source_marks);
    }
    // Words that stand just anywhere are further than what is read in one go.
    if plan.groups.len() > 1 {
        all.far = all.far.saturating_add(1);
    }
    match whole {
        Some(whole) if (whole.how, whole.far) < (all.how, all.far) => Some(whole),
        _ => Some(all),
    }
}

fn judge_term(
    inner: &Inner,
    report: &Report,
    opened: Opened,
    term: &Term,
    near: Option<&mut Scorer>,
) -> Option<Judged> {
    let alphabet = &inner.alphabet;
    let exact = term.places(opened.coded, alphabet);
    if !exact.is_empty() {
        return Some(Judged::of(How::Exact, 0, exact));
    }
    if let Some((form, places)) = term.sounds.find(opened.coded, alphabet) {
        return Some(Judged::of(form.how, distance(form), places));
    }
    let scorer = near?;
    let pattern = term.near(alphabet, &inner.vocabulary);
    if let Some((form, places)) = pattern.find(opened.coded, alphabet) {
        return Some(Judged::of(form.how, distance(form), places));
    }
    abbreviated(inner, report, opened, term, scorer)
}

/// How a unit has a term as an abbreviation.
pub(super) fn abbreviated(
    inner: &Inner,
    report: &Report,
    opened: Opened,
    term: &Term,
    scorer: &mut Scorer,
) -> Option<Judged> {
    if let Some(wanted) = &term.wanted {
        let alphabet = &inner.alphabet;
        let clauses = || opened.block.clauses(opened.unit);
        let found = scorer.find(opened.coded, clauses, wanted, alphabet);
        if let Some(found) = found {
            return Some(Judged::loose(found));
        }
    }
    let mut ways = term.beginnings.iter();
    let text = &report.unit(opened.id()).text;
    ways.find_map(|way| find_beginnings(text, way).map(Judged::loose_in_source))
}

/// What to mark of a hit.
pub(super) fn marks(inner: &Inner, report: &Report, plan: &Plan, hit: &Hit) -> Option<Marks> {
    let id = hit.unit.index() as u32;
    let found = inner
        .blocks
        .iter()
        .find_map(|block| Some((block, block.place(id)?)));
    let (block, unit) = found?;
    let opened = Opened::new(block, unit);
    let coded = opened.coded;
    let folded = Folded::new(&report.unit(hit.unit).text);
    let source = |ranges: Vec<Range<usize>>| {
        let ranges = merged(ranges).into_iter();
        ranges.map(|at| folded.source(in_symbols(coded, &at)))
    };

    let typed = |group: &Vec<Term>| {
        let mut places = Vec::new();
        exact(group, coded, &inner.alphabet, &mut places);
        places
    };
    let phrase = plan.phrase.as_ref().filter(|_| hit.how == How::Exact);
    let judged = if let Some(phrase) = phrase {
        Judged::of(How::Exact, 0, phrase.places(coded, &inner.alphabet))
    } else if hit.how <= How::Words && plan.groups.iter().all(|group| !typed(group).is_empty()) {
        Judged::of(How::Exact, 0, plan.groups.iter().flat_map(typed).collect())
    } else {
        let mut scorer = Scorer::default();
        let weaker = hit.how > How::Pinyin;
        judge(
            inner,
            report,
            plan,
            opened,
            Some(&mut scorer).filter(|_| weaker),
        )?
    };
    let mut places: Vec<_> = source(judged.places).collect();
    places.extend(judged.source_places);
    places.sort_by_key(|at| at.start);
    let mut matches: Vec<_> = source(judged.marks).collect();
    matches.extend(judged.source_marks);
    Some(Marks {
        matches: super::touching(matches),
        places,
    })
}
