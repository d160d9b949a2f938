//! The values of a whole report: what its units say, put together by what is said.

use std::collections::HashMap;
use std::ops::Range;
use std::thread;

use super::cited::{Cited, written};
use super::lexicon::{Lexicon, Part};
use super::reading::{Said, read};
use super::{Class, Facet, Trace, Value};
use crate::report::{Ground, Kind, Report, UnitId};

/// What makes two words one value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Term(usize),
    Cited(Cited),
    Part(Part),
}

#[derive(Default)]
struct Gathered {
    values: Vec<Value>,
    places: HashMap<(Facet, Key), usize>,
}

/// All values of a report, by facet, then as they come first.
pub(super) fn gather(report: &Report, lexicon: &Lexicon) -> Vec<Value> {
    let said = said(report, lexicon);
    let mut gathered = Gathered::default();
    let mut parts = Parts::new(report, lexicon);
    for (id, said) in report.ids().zip(said) {
        let whole = report.recommendation_of(id).unwrap_or(id);
        for (form, range) in &said.by {
            let name = || named(lexicon, Class::Actor, form.term, written(lexicon, *form));
            gathered.put(Facet::By, Key::Term(form.term), (whole, id, range), name);
        }
        for (term, range) in &said.verbs {
            let verb = || named(lexicon, Class::Strength, *term, &lexicon.terms[*term].name);
            gathered.put(Facet::Verb, Key::Term(*term), (whole, id, range), verb);
        }
        for (cited, range) in &said.cites {
            let key = Key::Cited(cited.clone());
            let value = || self::cited(lexicon, cited, &report.unit(id).text[range.clone()]);
            gathered.put(Facet::Cites, key, (whole, id, range), value);
        }
        for (form, range) in &said.names {
            let class = lexicon.terms[form.term].class;
            let name = || named(lexicon, class, form.term, written(lexicon, *form));
            gathered.put(Facet::Names, Key::Term(form.term), (whole, id, range), name);
        }
        if let Some((part, unit, range)) = parts.of(id, &said) {
            let value = || Value {
                facet: Facet::Role,
                class: Class::Role,
                name: part.name().into(),
                aliases: Vec::new(),
                traces: Vec::new(),
            };
            gathered.put(Facet::Role, Key::Part(part), (whole, unit, &range), value);
        }
    }
    gathered.values.sort_by_key(|value| value.facet);
    gathered.values
}

/// What each unit says, in reading order; of a large report on all processors.
fn said(report: &Report, lexicon: &Lexicon) -> Vec<Said> {
    let read_all = |ids: Range<usize>| {
        let units = ids.map(|id| report.unit(UnitId::from(id)));
        units.map(|unit| read(&unit, lexicon)).collect::<Vec<_>>()
    };
    let threads = thread::available_parallelism().map_or(1, |n| n.get());
    // To start a thread takes longer than to read a small report.
    if threads < 2 || report.len() < 200 {
        return read_all(0..report.len());
    }
    let share = report.len().div_ceil(threads);
    let shares =
        (0..threads).map(|at| (at * share).min(report.len())..((at + 1) * share).min(report.len()));
    thread::scope(|scope| {
        let workers: Vec<_> = shares.map(|ids| scope.spawn(|| read_all(ids))).collect();
        let mut all = Vec::with_capacity(report.len());
        for worker in workers {
            match worker.join() {
                Ok(said) => all.extend(said),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

fn named(lexicon: &Lexicon, class: Class, term: usize, name: &str) -> Value {
    let term = &lexicon.terms[term];
    let mut aliases = Vec::new();
    let called = term.english.iter().chain([&term.name]).chain(&term.forms);
    for alias in called {
        if !alias.is_empty() && alias != name && !aliases.contains(alias) {
            aliases.push(alias.clone());
        }
    }
    Value {
        facet: Facet::Names,
        class,
        name: name.into(),
        aliases,
        traces: Vec::new(),
    }
}

fn cited(lexicon: &Lexicon, cited: &Cited, words: &str) -> Value {
    let plain = |class, name: &str, aliases| Value {
        facet: Facet::Cites,
        class,
        name: name.into(),
        aliases,
        traces: Vec::new(),
    };
    match cited {
        Cited::Known(term) => {
            let name = &lexicon.terms[*term].name;
            // As Chinese prints it where it does.
            let marked = words.starts_with('《').then(|| format!("《{name}》"));
            named(
                lexicon,
                Class::Instrument,
                *term,
                marked.as_deref().unwrap_or(name),
            )
        }
        Cited::Document(symbol) => {
            let words = (words != symbol).then(|| words.to_owned());
            plain(Class::Document, symbol, words.into_iter().collect())
        }
        Cited::Named(name, true) => plain(Class::Instrument, name, Vec::new()),
        Cited::Named(name, false) => plain(Class::Document, name, Vec::new()),
    }
}

impl Gathered {
    fn put(
        &mut self,
        facet: Facet,
        key: Key,
        (whole, unit, range): (UnitId, UnitId, &Range<usize>),
        value: impl FnOnce() -> Value,
    ) {
        let values = &mut self.values;
        let at = *self.places.entry((facet, key)).or_insert_with(|| {
            values.push(Value { facet, ..value() });
            values.len() - 1
        });
        values[at].traces.push(Trace {
            whole,
            unit,
            range: range.clone(),
        });
    }
}

/// Tells the parts of units: by the heading above, else by their own words.
struct Parts<'a> {
    report: &'a Report,
    lexicon: &'a Lexicon,
    /// The headings looked at, and what they say.
    headings: HashMap<UnitId, Option<(Part, Range<usize>)>>,
}

impl<'a> Parts<'a> {
    fn new(report: &'a Report, lexicon: &'a Lexicon) -> Self {
        Self {
            report,
            lexicon,
            headings: HashMap::new(),
        }
    }

    /// The part of a unit, with the unit and the words that tell it.
    fn of(&mut self, id: UnitId, said: &Said) -> Option<(Part, UnitId, Range<usize>)> {
        let unit = self.report.unit(id);
        if unit.recommendation {
            return Some(self.recommends(id, said));
        }
        let text = matches!(unit.kind, Kind::Paragraph | Kind::Item | Kind::SubItem);
        // A paragraph that introduces recommendations is none, and no account of a discussion.
        if !text || self.report.in_recommendation(id) || self.report.recommendations(id) > 0 {
            return None;
        }
        let heading = self.above(id, |part| part != Part::Recommendation);
        heading.or_else(|| {
            let (part, range) = self.words(id)?;
            (part != Part::Recommendation).then_some((part, id, range))
        })
    }

    fn recommends(&mut self, id: UnitId, said: &Said) -> (Part, UnitId, Range<usize>) {
        let unit = self.report.unit(id);
        let verb = || said.verbs.first().map(|(_, range)| (id, range.clone()));
        let heading = self
            .above(id, |part| part == Part::Recommendation)
            .map(|(_, unit, range)| (unit, range));
        let told = match unit.ground {
            Some(Ground::Verb) => verb().or(heading),
            _ => heading.or_else(verb),
        };
        // Its number says so, and no word.
        let (unit, range) = told.unwrap_or((id, 0..0));
        (Part::Recommendation, unit, range)
    }

    /// What the nearest heading above says that tells such a part; or the paragraph above.
    fn above(
        &mut self,
        id: UnitId,
        fits: fn(Part) -> bool,
    ) -> Option<(Part, UnitId, Range<usize>)> {
        let above: Vec<_> = self.report.ancestors(id).collect();
        above.into_iter().find_map(|above| {
            let (part, range) = match self.headings.get(&above) {
                Some(told) => told.clone(),
                None => {
                    let told = self.words(above);
                    self.headings.insert(above, told.clone());
                    told
                }
            }?;
            fits(part).then_some((part, above, range))
        })
    }

    fn words(&self, id: UnitId) -> Option<(Part, Range<usize>)> {
        // What a long text is about is said at its beginning.
        const FAR: usize = 400;
        let tokens = self.lexicon.tokenizer.tokens(self.report.unit(id).text);
        (0..tokens.len().min(FAR)).find_map(|at| {
            let (count, part) = self.lexicon.part(&tokens[at..])?;
            Some((part, super::reading::bytes(&tokens, &(at..at + count))))
        })
    }
}
