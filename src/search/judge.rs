//! What one unit has of a query: how it matches, how well, and what to mark.

use std::ops::Range;

use super::alphabet::{Symbol, decode};
use super::block::Block;
use super::fold::Folded;
use super::index::Inner;
use super::loose::{Loose, Scorer, find_beginnings};
use super::plan::{Plan, Term};
use super::{Hit, How, Marks, Rank, merged};
use crate::report::{Report, UnitId};

/// A unit taken apart.
pub(super) struct Opened<'a> {
    pub block: &'a Block,
    pub unit: usize,
    pub coded: &'a [u8],
    pub symbols: Vec<Symbol>,
}

impl<'a> Opened<'a> {
    pub(super) fn new(block: &'a Block, unit: usize, symbols: Vec<Symbol>) -> Self {
        let coded = block.unit(unit);
        let mut symbols = symbols;
        decode(coded, &mut symbols);
        Self {
            block,
            unit,
            coded,
            symbols,
        }
    }

    fn id(&self) -> UnitId {
        UnitId::from(self.block.id(self.unit) as usize)
    }
}

/// How far an inflected form is from the word itself.
pub(super) const INFLECTED: u8 = 10;

/// How a unit matches.
#[derive(Debug, Default)]
pub(super) struct Judged {
    how: Option<How>,
    far: u8,
    rarity: u8,
    /// The places, and what to mark in them, in symbols.
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

    fn loose(found: Loose, in_source: bool) -> Self {
        let mut judged = Self {
            how: Some(How::Abbreviation),
            far: found.far,
            ..Self::default()
        };
        let (places, marks) = match in_source {
            true => (&mut judged.source_places, &mut judged.source_marks),
            false => (&mut judged.places, &mut judged.marks),
        };
        (*places, *marks) = (found.places, found.marks);
        judged
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

/// Where a group stands as typed, in bytes of the coded text: every place of every term of it.
pub(super) fn exact(group: &[Term], coded: &[u8], inner: &Inner) -> Vec<Range<usize>> {
    match group {
        [only] => only.places(coded, &inner.alphabet),
        all => merged(
            all.iter()
                .flat_map(|term| term.places(coded, &inner.alphabet)),
        ),
    }
}

/// How a unit matches that lacks a word of the query as typed: with `near` in all ways, else by
/// inflected forms and pinyin alone.
pub(super) fn judge(
    inner: &Inner,
    report: &Report,
    plan: &Plan,
    opened: &Opened,
    near: Option<&mut Scorer>,
) -> Option<Judged> {
    let mut near = near;
    let whole = plan.phrase.as_ref().and_then(|phrase| {
        let (form, places) = phrase.sounds.find(&opened.symbols, &inner.alphabet)?;
        Some(Judged::of(form.how, form.far * 8, places))
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
    opened: &Opened,
    term: &Term,
    near: Option<&mut Scorer>,
) -> Option<Judged> {
    let alphabet = &inner.alphabet;
    let exact = term.places_in_symbols(opened.coded, alphabet);
    if !exact.is_empty() {
        return Some(Judged::of(How::Exact, 0, exact));
    }
    if let Some((form, places)) = term.sounds.find(&opened.symbols, alphabet) {
        let far = if form.how == How::Words {
            INFLECTED
        } else {
            form.far * 8
        };
        return Some(Judged::of(form.how, far, places));
    }
    let scorer = near?;
    let pattern = term.near(alphabet, &inner.vocabulary);
    if let Some((form, places)) = pattern.find(&opened.symbols, alphabet) {
        return Some(Judged::of(form.how, form.far * 8, places));
    }
    if let Some(wanted) = &term.wanted {
        let clauses = opened.block.clauses(opened.unit);
        let found = scorer.find(&opened.symbols, &clauses, wanted, &term.text, alphabet);
        if let Some(found) = found {
            return Some(Judged::loose(found, false));
        }
    }
    if !term.beginnings.is_empty() {
        let text = &report.unit(opened.id()).text;
        return find_beginnings(text, &term.beginnings).map(|found| Judged::loose(found, true));
    }
    None
}

/// What to mark of a hit.
pub(super) fn marks(inner: &Inner, report: &Report, plan: &Plan, hit: &Hit) -> Option<Marks> {
    let id = hit.unit.index() as u32;
    let found = inner
        .blocks
        .iter()
        .find_map(|block| Some((block, block.place(id)?)));
    let (block, unit) = found?;
    let opened = Opened::new(block, unit, Vec::new());
    let text = &report.unit(hit.unit).text;
    let folded = Folded::new(text);
    let source = |ranges: Vec<Range<usize>>| {
        ranges
            .into_iter()
            .map(|at| folded.source(at))
            .collect::<Vec<_>>()
    };

    let in_symbols = |places: Vec<Range<usize>>| {
        let places = places
            .iter()
            .map(|at| super::block::in_symbols(opened.coded, at));
        places.collect::<Vec<_>>()
    };
    let phrase = plan.phrase.as_ref().filter(|_| hit.how == How::Exact);
    let judged = if let Some(phrase) = phrase {
        Judged::of(
            How::Exact,
            0,
            phrase.places_in_symbols(opened.coded, &inner.alphabet),
        )
    } else {
        let groups: Vec<_> = plan
            .groups
            .iter()
            .map(|group| exact(group, opened.coded, inner))
            .collect();
        if groups.iter().all(|places| !places.is_empty()) {
            Judged::of(
                How::Exact,
                0,
                in_symbols(groups.into_iter().flatten().collect()),
            )
        } else {
            let weaker = hit.how > How::Pinyin;
            judge(
                inner,
                report,
                plan,
                &opened,
                Some(&mut Scorer::default()).filter(|_| weaker),
            )?
        }
    };
    let mut places = source(merged(judged.places));
    places.extend(judged.source_places);
    places.sort_by_key(|at| at.start);
    let mut matches = source(merged(judged.marks));
    matches.extend(judged.source_marks);
    Some(Marks {
        matches: super::touching(matches),
        places,
    })
}
