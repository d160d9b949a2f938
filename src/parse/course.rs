//! The course that paragraph numbers take through the whole document.
//!
//! `1.` at the start of a line may be the first paragraph, the first entry of an agenda inside
//! paragraph 7, a heading, or the first paragraph of an annex. What follows each decides: the
//! numbers are linked to chains 1, 2, 3 …, and the longest chains have their way first. What stands
//! between two links of a chain is no paragraph.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::report::Kind;

use super::label::{Label, Style};
use super::line::{Layout, Line, Part};

/// What a number at a line start is, as far as all numbers of the document tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Course {
    /// Nothing is known: no number before or after it belongs to it.
    #[default]
    Alone,
    /// One of a chain of paragraphs.
    Run,
    /// Inside a chain of paragraphs, of which it is none.
    Inside,
}

/// A line that begins with a number as paragraphs do.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Which line it stands on.
    at: usize,
    /// Which of the labelled lines that is.
    labelled: usize,
    number: u32,
    /// True when the line before lets a paragraph begin.
    clear: bool,
    /// True when it begins a list: the text before leads to one, or it is set in deeper.
    listed: bool,
    /// True when the same number comes again before numbers may start again.
    again: bool,
    /// How many annexes and articles began before it, through which no numbers go on.
    annex: u32,
    /// How many headings that let numbers start again stand before it.
    region: u32,
}

/// How many of the latest candidates of one number are looked at for the next.
const NEAR: usize = 4;
/// No list inside a paragraph has more entries.
const FAR: usize = 1000;
/// Years; a chain of nothing else is no run of paragraphs.
const YEARS: RangeInclusive<u32> = 1900..=2100;

/// The course of every labelled line's number.
pub(super) fn courses(
    lines: &[Line],
    layout: Layout,
    labelled: &[(usize, Vec<Label>)],
) -> Vec<Course> {
    let mut courses = vec![Course::default(); labelled.len()];
    let all = candidates(lines, layout, labelled);
    let links = links(lines, &all);
    for (candidate, taken) in all.iter().zip(take(&all, &links)) {
        courses[candidate.labelled] = taken;
    }
    courses
}

fn candidates(lines: &[Line], layout: Layout, labelled: &[(usize, Vec<Label>)]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let (mut region, mut annex) = (0, 0);
    // The text before a line, what is set aside left out.
    let mut before: Vec<Option<usize>> = Vec::with_capacity(lines.len());
    let mut last = None;
    for (at, line) in lines.iter().enumerate() {
        before.push(last);
        if line.part == Part::Body {
            last = Some(at);
        }
    }
    for (nth, (at, labels)) in labelled.iter().enumerate() {
        let line = &lines[*at];
        if line.part != Part::Body {
            continue;
        }
        let text = before[*at].map(|at| &lines[at]);
        let clear = text.is_none_or(|text| layout.is_clear(text, line));
        let divides = |label: &Label| label.style == Style::Named && label.kind != Kind::Section;
        if clear && labels.iter().any(divides) {
            region += 1;
        }
        let apart =
            |label: &Label| matches!(label.kind, Kind::Annex | Kind::Appendix | Kind::Article);
        if clear && labels.iter().any(apart) {
            annex += 1;
        }
        let number = labels
            .iter()
            .find(|label| label.kind == Kind::Paragraph && label.style == Style::Digits);
        if let Some(label) = number {
            let leads = text.is_some_and(|text| text.text.ends_with([':', '：']));
            all.push(Candidate {
                at: *at,
                labelled: nth,
                number: label.number,
                clear,
                listed: leads,
                again: false,
                annex,
                region,
            });
        }
    }
    let mut later: HashMap<u32, u32> = HashMap::new();
    for candidate in all.iter_mut().rev() {
        let next = later.insert(candidate.number, candidate.region);
        candidate.again = next == Some(candidate.region);
    }
    all
}

/// For each candidate the one before it in its chain, and how long the chain is up to it.
fn links(lines: &[Line], all: &[Candidate]) -> Vec<(Option<usize>, u32)> {
    let mut latest: HashMap<u32, [Option<usize>; NEAR]> = Default::default();
    let mut links: Vec<(Option<usize>, u32)> = Vec::with_capacity(all.len());
    for (nth, candidate) in all.iter().enumerate() {
        let before = candidate
            .number
            .checked_sub(1)
            .and_then(|number| latest.get(&number))
            .copied()
            .unwrap_or_default();
        let best = before
            .into_iter()
            .flatten()
            .map(|from| (fit(lines, all, from, nth), links[from].1.min(3), from))
            .filter(|&(fit, ..)| fit >= 0)
            .max();
        let link = match best {
            Some((_, _, from)) => (Some(from), links[from].1 + u32::from(candidate.clear)),
            None => (None, u32::from(candidate.clear)),
        };
        links.push(link);
        let same = latest.entry(candidate.number).or_default();
        same.rotate_right(1);
        same[0] = Some(nth);
    }
    links
}

/// How well one candidate follows another; negative where it cannot.
fn fit(lines: &[Line], all: &[Candidate], from: usize, to: usize) -> i32 {
    let (a, b) = (&all[from], &all[to]);
    if to - from > FAR {
        return -1;
    }
    let mut fit = if a.clear && b.clear { 10 } else { 7 };
    if to > from + 1 {
        let first = &all[from + 1];
        // The entry of the list before it could have it too, and this number comes once more.
        let entry = all[to - 1].number + 1 == b.number && b.again;
        fit += match first.number == 1 {
            true if entry => -1,
            // A list between two paragraphs, or the numbers of an annex between those of none.
            true if first.listed && first.region == a.region => 3,
            true if first.region != a.region => -6,
            true => -1,
            false => -(((to - from - 1) as i32).min(11)),
        };
    }
    if a.region != b.region {
        fit -= 1;
    }
    if a.annex != b.annex {
        return -1;
    }
    let (a, b) = (&lines[a.at], &lines[b.at]);
    if a.page == b.page && a.indent.abs_diff(b.indent) > 1 {
        fit -= 4;
    }
    if a.look.bold != b.look.bold || a.look.size.abs_diff(b.look.size) > 10 {
        fit -= 4;
    }
    fit
}

/// Gives the longest chains what they claim, then the others what is left.
fn take(all: &[Candidate], links: &[(Option<usize>, u32)]) -> Vec<Course> {
    let mut courses = vec![Course::Alone; all.len()];
    let mut ends: Vec<usize> = (0..all.len()).filter(|&at| all[at].clear).collect();
    ends.sort_by_key(|&at| (Reverse(links[at].1), at));
    let mut chains: Vec<(usize, usize)> = Vec::new();
    // Those that a longer one cut short; their turn comes later.
    let mut shorter: Vec<Vec<usize>> = Vec::new();
    for end in ends {
        let mut chain = Vec::new();
        let mut next = Some(end);
        while let Some(here) = next.filter(|&here| courses[here] == Course::Alone) {
            chain.push(here);
            next = links[here].0.filter(|&before| {
                courses[before + 1..here]
                    .iter()
                    .all(|&it| it != Course::Run)
            });
        }
        while chain.last().is_some_and(|&first| !all[first].clear) {
            chain.pop();
        }
        if chain.len() < links[end].1 as usize {
            shorter.push(chain);
        } else {
            settle(all, &mut courses, &mut chains, &chain);
        }
    }
    shorter.sort_by_key(|chain| Reverse(chain.len()));
    for mut chain in shorter {
        let free = chain.iter().take_while(|&&at| courses[at] == Course::Alone);
        chain.truncate(free.count());
        settle(all, &mut courses, &mut chains, &chain);
    }
    nest(all, &mut courses, chains);
    courses
}

/// Makes a chain, given from its end, a run.
fn settle(
    all: &[Candidate],
    courses: &mut [Course],
    chains: &mut Vec<(usize, usize)>,
    chain: &[usize],
) {
    let (Some(&end), Some(&first)) = (chain.first(), chain.last()) else {
        return;
    };
    let years = YEARS.contains(&all[first].number);
    if chain.len() < 2 || years {
        return;
    }
    for course in &mut courses[first..=end] {
        if *course == Course::Alone {
            *course = Course::Inside;
        }
    }
    for &at in chain {
        courses[at] = Course::Run;
    }
    chains.push((first, end));
}

/// A chain that stands between two others, the second of which goes on where the first stopped, is
/// a list inside a paragraph.
fn nest(all: &[Candidate], courses: &mut [Course], mut chains: Vec<(usize, usize)>) {
    chains.sort_unstable();
    for three in chains.windows(3) {
        let [(_, before), (first, end), (after, _)] = *three else {
            continue;
        };
        let goes_on = all[after].number == all[before].number + 1;
        if goes_on && all[first].number == 1 && all[first].region == all[before].region {
            for course in &mut courses[first..=end] {
                *course = Course::Inside;
            }
        }
    }
}
