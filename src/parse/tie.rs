//! Footnotes behind the units that call them, and which call is for which.
//!
//! Numbers of footnotes may begin again on every page or in every annex: a call is for the nearest
//! footnote of its number that is printed behind it, else for the nearest before.

use std::collections::HashMap;
use std::ops::Range;

use super::Note;
use super::call;
use super::footnote::{Mark, mark_of};
use super::outline::Draft;
use crate::report::{Kind, Tie, UnitId};

/// Puts each footnote behind the unit that calls it first, before what stands under that unit; one
/// that nothing calls behind the last unit before it. Gives all calls.
pub(super) fn place(
    units: &mut Vec<Draft>,
    footnotes: Vec<Draft>,
    notes: &mut Vec<Note>,
) -> Vec<Tie> {
    let (calls, unanswered) = calls(units, &footnotes);
    // The first call of each footnote: its unit, and how many calls stand before it.
    let mut places: Vec<Option<(usize, usize)>> = vec![None; footnotes.len()];
    for (order, call) in calls.iter().enumerate() {
        places[call.footnote].get_or_insert((call.unit, order));
    }
    note_unanswered(units, &unanswered, notes);
    note_uncalled(&footnotes, &places, notes);
    let mut footnotes: Vec<_> = footnotes
        .into_iter()
        .enumerate()
        .map(|(at, draft)| {
            let (unit, order) = places[at].unwrap_or_else(|| (before(units, &draft), usize::MAX));
            ((unit, order, at), draft)
        })
        .collect();
    footnotes.sort_by_key(|(place, _)| *place);

    let mut moved = HashMap::new();
    let mut footnotes = footnotes.into_iter().peekable();
    let old = std::mem::take(units);
    let mut now = vec![0; old.len()];
    for (at, draft) in old.into_iter().enumerate() {
        now[at] = units.len();
        units.push(draft);
        while let Some(((.., footnote), draft)) = footnotes.next_if(|((unit, ..), _)| *unit == at) {
            moved.insert(footnote, units.len());
            units.push(draft);
        }
    }
    // Of a source that has nothing but notes.
    for ((.., footnote), draft) in footnotes {
        moved.insert(footnote, units.len());
        units.push(draft);
    }
    let ties = calls.into_iter().map(|call| Tie {
        unit: UnitId::from(now[call.unit]),
        call: call.range,
        footnote: UnitId::from(moved[&call.footnote]),
    });
    ties.collect()
}

/// A call in a unit's text, and the footnote it is for, by their places before any is moved.
#[derive(Debug)]
struct Called {
    unit: usize,
    range: Range<usize>,
    footnote: usize,
}

/// More calls of one unit are not looked back at for a number that comes twice.
const NEAR: usize = 50;

/// Which call is for which footnote, in reading order, and the numbers that have none.
fn calls(units: &[Draft], footnotes: &[Draft]) -> (Vec<Called>, Vec<(usize, u32)>) {
    let mut by_mark: HashMap<Mark, Vec<usize>> = HashMap::new();
    for (at, draft) in footnotes.iter().enumerate() {
        if let Some(mark) = mark_of(&draft.unit.label) {
            by_mark.entry(mark).or_default().push(at);
        }
    }
    let (mut found, mut unanswered): (Vec<Called>, _) = (Vec::new(), Vec::new());
    for (unit, draft) in units.iter().enumerate() {
        let next_page = units.get(unit + 1).map(|next| next.unit.page);
        let own = found.len();
        for (range, mark) in call::calls(&draft.unit.text) {
            let alike = by_mark.get(&mark).map_or(&[][..], Vec::as_slice);
            let near = own.max(found.len().saturating_sub(NEAR));
            let taken =
                |footnote: usize| found[near..].iter().any(|call| call.footnote == footnote);
            match nearest(draft, next_page, alike, footnotes, mark, taken) {
                Some(footnote) => found.push(Called {
                    unit,
                    range,
                    footnote,
                }),
                None => {
                    if let Mark::Number(number) = mark
                        && !is_power(&draft.unit.text[..range.start], number)
                    {
                        unanswered.push((unit, number));
                    }
                }
            }
        }
    }
    (found, unanswered)
}

/// Of the footnotes `alike`, which have the mark of the call, the one that is meant.
fn nearest(
    unit: &Draft,
    next_page: Option<u32>,
    alike: &[usize],
    footnotes: &[Draft],
    mark: Mark,
    taken: impl Fn(usize) -> bool,
) -> Option<usize> {
    let after = alike.partition_point(|&at| footnotes[at].unit.lines.start < unit.unit.lines.start);
    let behind = alike.get(after).copied();
    // A text over two pages whose notes begin again on the second calls both by one number.
    let again = alike.get(after + 1).copied().filter(|&at| {
        let page = footnotes[at].unit.page;
        behind.is_some_and(&taken)
            && page > unit.unit.page
            && next_page.is_some_and(|next| page <= next)
    });
    let before = after.checked_sub(1).map(|at| alike[at]);
    let nearest = again.or(behind).or(before)?;
    // Signs and letters stand beside what they are for; numbers may stand at the end of all.
    let far = footnotes[nearest].unit.page.abs_diff(unit.unit.page) > 1;
    (matches!(mark, Mark::Number(_)) || !far).then_some(nearest)
}

/// True for what is raised in `km²`.
fn is_power(before: &str, number: u32) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or("");
    (number == 2 || number == 3) && ["m", "km", "cm", "mm", "м", "км"].contains(&word)
}

/// The last unit that begins before a footnote.
fn before(units: &[Draft], footnote: &Draft) -> usize {
    // Units stand in the order of their lines.
    let begun = units.partition_point(|draft| draft.unit.lines.start < footnote.unit.lines.start);
    begun.saturating_sub(1)
}

fn note_unanswered(units: &[Draft], unanswered: &[(usize, u32)], notes: &mut Vec<Note>) {
    let Some(&(first, _)) = unanswered.first() else {
        return;
    };
    let numbers: Vec<_> = unanswered
        .iter()
        .map(|(_, number)| number.to_string())
        .collect();
    let unit = &units[first].unit;
    notes.push(Note {
        line: unit.lines.start,
        page: unit.page,
        text: match &numbers[..] {
            [one] => format!("footnote {one} is called but does not stand here"),
            _ => format!(
                "footnotes {} are called but do not stand here",
                listed(&numbers)
            ),
        },
        misread: false,
    });
}

fn note_uncalled(footnotes: &[Draft], places: &[Option<(usize, usize)>], notes: &mut Vec<Note>) {
    let uncalled: Vec<_> = footnotes
        .iter()
        .zip(places)
        .filter(|(_, place)| place.is_none())
        .map(|(draft, _)| &draft.unit)
        .collect();
    let Some(first) = uncalled.first() else {
        return;
    };
    let labels: Vec<_> = uncalled
        .iter()
        .map(|unit| match unit.label.as_str() {
            "" => "without a number".to_string(),
            label => label.trim_matches(['/', '[', ']', '.', ')']).to_string(),
        })
        .collect();
    notes.push(Note {
        line: first.lines.start,
        page: first.page,
        text: match &labels[..] {
            [one] => format!("nothing calls footnote {one}"),
            _ => format!("nothing calls footnotes {}", listed(&labels)),
        },
        misread: false,
    });
}

/// `1, 2 and 3`, and at most ten of many.
fn listed(names: &[String]) -> String {
    const MOST: usize = 10;
    match names {
        [] => String::new(),
        [first] => first.clone(),
        [first @ .., last] if names.len() <= MOST => format!("{} and {last}", first.join(", ")),
        _ => format!(
            "{} and {} more",
            names[..MOST].join(", "),
            names.len() - MOST
        ),
    }
}

/// Footnotes and tables stand between a paragraph and its items without being either.
pub(super) fn is_beside(kind: Kind) -> bool {
    matches!(kind, Kind::Footnote | Kind::Table)
}
