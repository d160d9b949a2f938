//! The facet pane: every value read from the report with how many units have it under the filter,
//! chosen to narrow it; and the index of all that the report names.
//!
//! Rows are the worker's, made anew whenever the filter changes. The row one is at shows the words
//! that gave it in the text.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::offers::{Choice, Lists, Offer, What, offer};
use crate::facet::{Facet, Facets, Trace, Value, entries};
use crate::report::{Report, UnitId};
use crate::search::{Index, Query};

/// A value, and where the words stand that gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// How a query asks for it; empty in the index.
    pub asked: String,
    /// What it is called.
    pub name: String,
    /// The words that gave it, as far as the filter leaves the units they are of, in reading order.
    pub traces: Arc<[Trace]>,
}

/// Nobody looks through more words of one value.
const MOST_TRACES: usize = 10_000;

/// The rows of the facet pane under a filter; none if it is to stop before the end.
pub(super) fn facet_rows(
    report: &Report,
    index: &Index,
    query: &Query,
    stop: &AtomicBool,
) -> Option<Vec<Offer>> {
    let kept = kept(report, index, query, stop)?;
    let facets = index.facets(report);
    let mut rows = Vec::new();
    for facet in Facet::ALL {
        let mut some: Vec<_> = facets
            .values(facet)
            .map(|value| row(report, value, kept.as_ref(), query))
            .filter(|(count, chosen, _)| *count > 0 || *chosen)
            .collect();
        // The sort is stable: of equals, the first in the report.
        some.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
        rows.extend(some.into_iter().map(|(_, _, offer)| offer));
    }
    Some(rows)
}

/// The recommendations and other units that a filter leaves; none where nothing is filtered.
fn kept(
    report: &Report,
    index: &Index,
    query: &Query,
    stop: &AtomicBool,
) -> Option<Option<HashSet<UnitId>>> {
    if query.is_empty() || (query.is_begun() && !query.recommendations) {
        return Some(None);
    }
    let found = index.search_until(report, query, stop)?;
    let wholes = found.hits.iter();
    let wholes = wholes.map(|hit| report.recommendation_of(hit.unit).unwrap_or(hit.unit));
    Some(Some(wholes.collect()))
}

fn row(
    report: &Report,
    value: &Value,
    kept: Option<&HashSet<UnitId>>,
    query: &Query,
) -> (usize, bool, Offer) {
    let stays = |trace: &&Trace| kept.is_none_or(|kept| kept.contains(&trace.whole));
    let traces: Vec<_> = value.traces.iter().filter(stays).cloned().collect();
    let wholes: HashSet<_> = traces.iter().map(|trace| trace.whole).collect();
    let asked = asked(value.facet, &value.name);
    let (without, with) = (format!("!{asked}"), stands(&query.text, &asked));
    let sign = match (with.is_some(), stands(&query.text, &without).is_some()) {
        (_, true) => "− ",
        (true, _) => "+ ",
        _ => "",
    };
    let shown = format!("{sign}{}:{}", value.facet.name(), value.name);
    let count = wholes.len();
    let named = Named {
        asked,
        name: value.name.clone(),
        traces: first(traces, report),
    };
    let offer = offer(What::Facet(named), shown, count.to_string());
    (count, !sign.is_empty(), offer)
}

fn first(mut traces: Vec<Trace>, report: &Report) -> Arc<[Trace]> {
    traces.retain(|trace| trace.unit.index() < report.len());
    traces.truncate(MOST_TRACES);
    traces.into()
}

/// The filter that asks for a value: `by:会员国`, `by:"Member States"`.
fn asked(facet: Facet, name: &str) -> String {
    let name = name.replace('"', "");
    match name.contains(|c: char| c.is_whitespace() || "|｜“”「」『』«»".contains(c)) {
        true => format!("{}:\"{name}\"", facet.name()),
        false => format!("{}:{name}", facet.name()),
    }
}

/// Where a filter stands in a query as a piece of its own, with the space before it.
fn stands(query: &str, filter: &str) -> Option<Range<usize>> {
    let mut places = query
        .match_indices(filter)
        .map(|(at, found)| at..at + found.len());
    let alone = places.find(|at| {
        let before = query[..at.start].chars().next_back();
        let behind = query[at.end..].chars().next();
        before.is_none_or(char::is_whitespace) && behind.is_none_or(char::is_whitespace)
    })?;
    let spaces = query[..alone.start].trim_end().len();
    Some(spaces..alone.end)
}

/// The rows of the index: what the report names, in the order of its language, with where.
pub(super) fn entry_rows(report: &Report, facets: &Facets) -> Vec<Offer> {
    let row = |value: &Value| {
        let traces = first(value.traces.clone(), report);
        let units = units_of(&traces);
        let place = units.first().map(|&unit| report.address(unit).to_string());
        let hint = match units.len() {
            0 | 1 => place.unwrap_or_default(),
            more => format!("{} +{}", place.unwrap_or_default(), more - 1),
        };
        let named = Named {
            asked: String::new(),
            name: value.name.clone(),
            traces,
        };
        let shown = format!("{} · {}", value.name, value.class.name());
        offer(What::Entry(named), shown, hint)
    };
    entries(report, facets).into_iter().map(row).collect()
}

/// The units that words stand in, each once, in reading order.
pub(super) fn units_of(traces: &[Trace]) -> Vec<UnitId> {
    let mut units: Vec<_> = traces.iter().map(|trace| trace.unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}

impl Model {
    /// Opens the facet pane, which the worker fills.
    pub(super) fn list_facets(&mut self) -> Option<Effect> {
        let mut choice = self.await_rows("Facets", Lists::Facets);
        choice.nothing = "Nothing was read from the words of this report that units could be \
                          sorted by: no verb, nobody addressed, nothing cited."
            .into();
        self.mode = Mode::List(choice);
        self.ask_for_facets()
    }

    /// Opens the index, likewise.
    pub(super) fn list_entries(&mut self) -> Option<Effect> {
        let mut choice = self.await_rows("Index: what the report names", Lists::Entries);
        choice.nothing = "No instrument, document, country or body is named.".into();
        self.mode = Mode::List(choice);
        Some(Effect::Entries(self.leads_asked))
    }

    fn await_rows(&mut self, title: &str, lists: Lists) -> Choice {
        self.leads_asked += 1;
        let mut choice = Choice::new(title, Vec::new());
        choice.lists = lists;
        choice.awaited = Some(self.leads_asked);
        choice.home = Some((self.at, self.top));
        choice
    }

    /// Asks for the rows of the facet pane, where it is open, under the filter there is now.
    pub(super) fn ask_for_facets(&mut self) -> Option<Effect> {
        let Mode::List(choice) = &mut self.mode else {
            return None;
        };
        if choice.lists != Lists::Facets {
            return None;
        }
        self.leads_asked += 1;
        choice.awaited = Some(self.leads_asked);
        Some(Effect::Facets(self.leads_asked, self.query.clone()))
    }

    /// What a key in a list of values asks for beside moving about in it; none where it is no such
    /// list.
    pub(super) fn use_named(&mut self, message: &Message) -> Option<Option<Effect>> {
        let Mode::List(choice) = &self.mode else {
            return None;
        };
        let chosen = choice.taken().map(|offer| offer.what.clone());
        match (message, chosen?) {
            (Message::Accept, What::Facet(named)) => Some(self.toggle_facet(&named.asked, "")),
            (Message::Exclude, What::Facet(named)) => Some(self.toggle_facet(&named.asked, "!")),
            (Message::Accept, What::Entry(named)) => {
                self.open_entry(&named);
                Some(None)
            }
            _ => None,
        }
    }

    /// Puts a filter into the query, or takes it out where it is there already.
    fn toggle_facet(&mut self, asked: &str, not: &str) -> Option<Effect> {
        // One step back is to where one was before looking through the list; what is chosen stays where
        // one is when it is closed.
        let shown = (self.at, self.top);
        let home = match &mut self.mode {
            Mode::List(choice) => choice.home.take(),
            _ => None,
        };
        (self.at, self.top) = home.unwrap_or(shown);
        self.keep_step();
        (self.at, self.top) = shown;
        let wanted = format!("{not}{asked}");
        let was = stands(&self.query.text, &wanted);
        let opposite = match not {
            "" => format!("!{asked}"),
            _ => asked.into(),
        };
        for filter in [&wanted, &opposite] {
            if let Some(range) = stands(&self.query.text, filter) {
                self.query.text.replace_range(range, "");
            }
        }
        if was.is_none() {
            self.query.text = format!("{} {wanted}", self.query.text);
        }
        self.query.text = self.query.text.trim().into();
        if self.query.is_empty() {
            self.show_all();
            return self.ask_for_facets();
        }
        self.ask()
    }

    /// Goes to the one unit that names something, or lists all that do.
    fn open_entry(&mut self, named: &Named) {
        let units = units_of(&named.traces);
        let Mode::List(index) = &self.mode else {
            return;
        };
        if let [only] = units[..] {
            let home = index.home;
            self.leave_list(home);
            self.jump_to(only);
            self.show_trace(named.traces.first());
            return;
        }
        let report = &self.report;
        let row = |&unit: &UnitId| {
            let named = Named {
                traces: (named.traces.iter().filter(|trace| trace.unit == unit))
                    .cloned()
                    .collect(),
                ..named.clone()
            };
            let shown = report.unit(unit).to_string();
            offer(What::Entry(named), shown, report.address(unit).to_string())
        };
        let mut choice = Choice::new(named.name.clone(), units.iter().map(row).collect());
        choice.lists = Lists::Entries;
        choice.home = index.home;
        choice.above = Some(Box::new(index.clone()));
        self.mode = Mode::List(choice);
        self.preview();
    }

    /// Closes a list: one step back to the list it came from, or to where one was.
    pub(super) fn close_list(&mut self) {
        let Mode::List(choice) = &mut self.mode else {
            return;
        };
        match choice.above.take() {
            Some(above) => {
                self.mode = Mode::List(*above);
                self.preview();
            }
            None => {
                let home = choice.home;
                self.leave_list(home);
            }
        }
    }

    fn leave_list(&mut self, home: Option<super::offers::Home>) {
        self.mode = Mode::Reading;
        match home {
            Some((at, top)) => (self.at, self.top) = (at, top),
            None => self.at.into_iter().for_each(|at| self.open_to(at)),
        }
    }

    /// Shows the words that gave the value one is at.
    pub(super) fn preview(&mut self) {
        let trace = self.traced().first().cloned();
        if trace.is_some() {
            self.show_trace(trace.as_ref());
        }
    }

    fn show_trace(&mut self, trace: Option<&Trace>) {
        let Some(trace) = trace.filter(|trace| trace.unit.index() < self.report.len()) else {
            return;
        };
        self.go(trace.unit);
        self.show_from(trace.unit, trace.range.start);
    }

    /// The words that gave the value one is at in a list.
    pub fn traced(&self) -> &[Trace] {
        let chosen = self.choice().and_then(Choice::taken);
        match chosen.map(|offer| &offer.what) {
            Some(What::Facet(named) | What::Entry(named)) => &named.traces,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_put_in_and_taken_out_as_a_piece_of_its_own() {
        assert_eq!(asked(Facet::By, "会员国"), "by:会员国");
        assert_eq!(
            asked(Facet::By, "Member \"States\""),
            "by:\"Member States\""
        );
        for (query, filter, range) in [
            ("by:会员国", "by:会员国", Some(0..12)),
            ("公约 by:会员国 x", "by:会员国", Some(6..19)),
            ("!by:会员国", "by:会员国", None),
            ("by:会员国们", "by:会员国", None),
            ("", "by:会员国", None),
        ] {
            assert_eq!(stands(query, filter), range, "{query}");
        }
    }
}
