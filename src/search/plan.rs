//! A query made ready for one index: what to look for, and in which of its forms.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;

use super::alphabet::{Alphabet, Symbol, encode, previous};
use super::block::Need;
use super::fold::{fold, has_spaces};
use super::grammar::{Filter, Kept, Parsed, Typed};
use super::index::Inner;
use super::initials::Way;
use super::loose::Wanted;
use super::pattern::Pattern;
use super::scope::Scope;
use super::vocabulary::Vocabulary;
use super::{Matched, Query, label_form, near, sounds};
use crate::report::{ByName, Report, UnitId};

/// One of the things to look for.
pub(super) struct Term {
    typed: Typed,
    /// Folded.
    pub text: String,
    chars: Vec<char>,
    /// As symbols; none where the report lacks one of its characters.
    symbols: Option<Vec<Symbol>>,
    /// As bytes.
    code: Vec<u8>,
    finder: Finder<'static>,
    /// What a text must have that has it.
    pub needs: Vec<Need>,
    /// How rare it is: 0 to 9.
    pub rarity: u8,
    /// Read as pinyin or in other inflections; nothing for a term to be found as it is.
    pub sounds: Pattern,
    near: OnceLock<Pattern>,
    /// Whether it stands anywhere in the report, if that has been looked up.
    stands: OnceLock<bool>,
    /// As an abbreviation of Chinese, and of words.
    pub wanted: Option<Wanted>,
    pub ways: Vec<Way>,
}

impl Term {
    /// A term of a query of so many.
    fn new(typed: Typed, terms: usize, alphabet: &Alphabet, vocabulary: &Vocabulary) -> Self {
        let text = fold(&typed.text);
        let chars: Vec<char> = text.chars().collect();
        let symbols: Option<Vec<Symbol>> = chars.iter().map(|&c| alphabet.symbol(c)).collect();
        let symbols = symbols.filter(|symbols| !symbols.is_empty());
        let mut code = Vec::new();
        symbols
            .iter()
            .flatten()
            .for_each(|&symbol| encode(symbol, &mut code));
        let path: Vec<_> = symbols
            .iter()
            .flatten()
            .map(|&symbol| super::pattern::Step::Char(symbol))
            .collect();
        let rarest = symbols
            .iter()
            .flatten()
            .map(|&symbol| alphabet.rarity(symbol))
            .max();
        let (mut sounds, mut wanted, mut ways) = (Pattern::default(), None, Vec::new());
        if !typed.exact {
            sounds = sounds::readings(&typed.text, terms.min(2), alphabet);
            vocabulary.add_inflected(&mut sounds, &text, alphabet);
            wanted = Wanted::new(&chars, alphabet);
            ways = Way::all(&chars, alphabet);
        }
        Self {
            finder: Finder::new(&code).into_owned(),
            needs: Need::of_path(&path, alphabet),
            rarity: (rarest.unwrap_or(0) / 2).min(9) as u8,
            near: OnceLock::new(),
            stands: OnceLock::new(),
            typed,
            text,
            chars,
            symbols,
            code,
            sounds,
            wanted,
            ways,
        }
    }

    /// True where the report has all its characters.
    pub(super) fn is_known(&self) -> bool {
        self.symbols.is_some()
    }

    /// False where it is known to stand nowhere in the report.
    pub(super) fn stands(&self) -> bool {
        self.is_known() && *self.stands.get().unwrap_or(&true)
    }

    /// Keeps in mind whether it stands anywhere in the report.
    pub(super) fn set_stands(&self, stands: bool) {
        // It stays what it is, whoever looks it up.
        let _ = self.stands.set(stands);
    }

    /// True where text may be part of a place of this term and of one of the other.
    fn may_overlap(&self, other: &Self) -> bool {
        let (a, b) = (self.code.as_slice(), other.code.as_slice());
        let runs_on = |a: &[u8], b: &[u8]| (0..a.len()).any(|at| b.starts_with(&a[at..]));
        let holds = |a: &[u8], b: &[u8]| Finder::new(b).find(a).is_some();
        runs_on(a, b) || runs_on(b, a) || holds(a, b) || holds(b, a)
    }

    /// What is nearly this term.
    pub(super) fn near(&self, alphabet: &Alphabet, vocabulary: &Vocabulary) -> &Pattern {
        self.near.get_or_init(|| {
            let mut pattern = Pattern::default();
            if !self.typed.exact {
                near::add_homophones(&mut pattern, &self.chars, alphabet);
                near::add_slips(&mut pattern, &self.chars, alphabet);
                sounds::add_slips(&mut pattern, &self.typed.text, alphabet);
                vocabulary.add_slips(&mut pattern, &self.text, alphabet);
            }
            pattern
        })
    }

    pub(super) fn finder(&self) -> &Finder<'static> {
        &self.finder
    }

    /// Whether what is found at a byte of a coded text counts: a number is not found in the middle
    /// of another, and anchors hold. `look` says where to look on.
    pub(super) fn accepts(&self, text: &[u8], at: usize, alphabet: &Alphabet) -> bool {
        let number = self.chars.first().is_some_and(char::is_ascii_digit);
        let inside = number && before(text, at, alphabet).is_some_and(|c| c.is_ascii_digit());
        let end = at + self.code.len();
        !(inside || self.typed.at_start && at > 0 || self.typed.at_end && end < text.len())
    }

    /// From where to look on behind a find.
    pub(super) fn behind(&self, at: usize, accepted: bool) -> usize {
        at + if accepted { self.code.len() } else { 1 }
    }

    /// True where it begins a word there.
    pub(super) fn begins_word(&self, text: &[u8], at: usize, alphabet: &Alphabet) -> bool {
        !self.chars.first().is_some_and(|&c| has_spaces(c))
            || !before(text, at, alphabet).is_some_and(|c| has_spaces(c) && c != ' ')
    }

    /// Hands every place in a coded text, in bytes, to `found`.
    pub(super) fn each_place(
        &self,
        text: &[u8],
        alphabet: &Alphabet,
        mut found: impl FnMut(Range<usize>),
    ) {
        self.each(text, 0, alphabet, |at| found(at..at + self.code.len()));
    }

    /// True where it stands in a coded text.
    pub(super) fn is_in(&self, text: &[u8], alphabet: &Alphabet) -> bool {
        let mut found = false;
        if self.is_known() && self.finder.find(text).is_some() {
            self.each(text, 0, alphabet, |_| found = true);
        }
        found
    }

    /// How many places there are in a coded text from a byte on, and whether one begins a word.
    pub(super) fn count(&self, text: &[u8], from: usize, alphabet: &Alphabet) -> (usize, bool) {
        // A lone letter may stand in a text some hundred times.
        if let ([byte], false) = (self.code.as_slice(), self.is_picky()) {
            let rest = text.get(from..).unwrap_or_default();
            let mut all = memchr::memchr_iter(*byte, rest);
            let begins = all.any(|at| self.begins_word(text, from + at, alphabet));
            return (memchr::memchr_iter(*byte, rest).count(), begins);
        }
        let (mut count, mut begins) = (0, false);
        self.each(text, from, alphabet, |at| {
            count += 1;
            begins |= begins || self.begins_word(text, at, alphabet);
        });
        (count, begins)
    }

    fn each(&self, text: &[u8], from: usize, alphabet: &Alphabet, mut found: impl FnMut(usize)) {
        if self.code.is_empty() {
            return;
        }
        if let [byte] = *self.code {
            let rest = text.get(from..).unwrap_or_default();
            memchr::memchr_iter(byte, rest)
                .map(|at| from + at)
                .filter(|&at| self.accepts(text, at, alphabet))
                .for_each(found);
            return;
        }
        let mut from = from;
        while let Some(at) = text.get(from..).and_then(|rest| self.finder.find(rest)) {
            let at = from + at;
            let accepted = self.accepts(text, at, alphabet);
            if accepted {
                found(at);
            }
            from = self.behind(at, accepted);
        }
    }

    /// True where not every find counts.
    pub(super) fn is_picky(&self) -> bool {
        self.typed.at_start
            || self.typed.at_end
            || self.chars.first().is_some_and(char::is_ascii_digit)
    }
}

/// The character before a byte of a coded text.
fn before(text: &[u8], at: usize, alphabet: &Alphabet) -> Option<char> {
    previous(text, at).map(|(symbol, _)| alphabet.letter(symbol).c)
}

/// A query made ready.
#[derive(Default)]
pub(super) struct Plan {
    /// All must be found, each in one of its ways.
    pub groups: Vec<Vec<Term>>,
    /// None may be found.
    pub without: Vec<Term>,
    /// The words of the query as one phrase.
    pub phrase: Option<Term>,
    /// What the filters leave of the report, if there are any.
    pub scope: Option<Scope>,
    /// True where there are no words: all that the filters leave is listed.
    pub lists: bool,
    /// Units found by their address or label, best first.
    pub named: Vec<UnitId>,
    /// True for `(a)` and `㈢`, which are hardly text.
    pub only_named: bool,
    /// True to look for weaker forms however much is found.
    pub all: bool,
    /// True where terms stand for one another, so that how rare each is matters.
    pub either: bool,
    /// True where places of different groups may overlap.
    pub overlaps: bool,
}

impl Plan {
    pub(super) fn new(query: &Query, report: &Report, inner: &Inner) -> Self {
        let (labels, alphabet) = (&inner.labels, &inner.alphabet);
        let vocabulary = &inner.vocabulary;
        let mut parsed = Parsed::new(&query.text);
        if query.recommendations {
            parsed.filters.push(vec![Filter {
                kept: Kept::Recommendations,
                not: false,
            }]);
        }
        let mut plan = Self {
            all: query.all,
            ..Self::default()
        };
        if parsed.is_empty() {
            return plan;
        }
        plan.lists = parsed.groups.is_empty();
        plan.scope = Scope::new(&parsed.filters, plan.lists, &query.marks, report, inner);
        if let Some(plain) = &parsed.plain
            && !plan.lists
        {
            plan.name(plain, report, labels);
        }
        // One syllable among others in any order stands nearly everywhere.
        let terms = parsed.groups.len();
        let term = |typed: Typed| Term::new(typed, terms, alphabet, vocabulary);
        if let Some(plain) = parsed.plain.filter(|_| parsed.groups.len() > 1) {
            plan.phrase = Some(term(Typed {
                text: plain,
                ..Typed::default()
            }));
        }
        plan.either = parsed.groups.iter().any(|group| group.len() > 1);
        let groups = parsed.groups.into_iter();
        plan.groups = groups
            .map(|group| group.into_iter().map(term).collect())
            .collect();
        plan.overlaps = plan.groups.iter().enumerate().any(|(at, group)| {
            let others = plan.groups[at + 1..].iter().flatten();
            let mut pairs = others.flat_map(|other| group.iter().map(move |term| (term, other)));
            pairs.any(|(term, other)| term.may_overlap(other))
        });
        plan.without = parsed.without.into_iter().map(term).collect();
        plan
    }

    /// Finds what the whole query names.
    fn name(&mut self, text: &str, report: &Report, labels: &Labels) {
        let bare = label_form(text);
        // Brackets, points or Chinese numerals make a label; a lone letter or number may be text.
        let number = bare.bytes().all(|b| b.is_ascii_digit());
        let letter = bare.len() == 1 && !number;
        let written = bare.len() < text.len() || !bare.chars().all(char::is_alphanumeric);
        let bearers = labels.bearers(&bare, report);
        self.named.extend(report.find_all(text));
        if bare.is_empty() {
            return;
        }
        self.only_named = written && !number && !bearers.is_empty();
        let heading = |unit: &UnitId| {
            let unit = report.unit(*unit);
            unit.kind.is_heading() && unit.number.is_some()
        };
        let bearers = bearers
            .into_iter()
            .filter(|unit| written || number || letter && heading(unit));
        for unit in bearers {
            if !self.named.contains(&unit) {
                self.named.push(unit);
            }
        }
    }

    /// The words of a unit that gave the facets asked for, where it is only listed.
    pub(super) fn traced(&self, unit: UnitId) -> Option<Matched> {
        let traces = self.scope.as_ref().filter(|_| self.lists)?.traces(unit);
        (!traces.is_empty()).then(|| Matched {
            matches: traces.to_vec(),
            places: traces.to_vec(),
        })
    }

    /// True where nothing can be found.
    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty() && !self.lists
    }
}

/// The subtrees of what an address or a label names.
pub(super) fn subtrees(address: &str, report: &Report, labels: &Labels) -> Vec<Range<usize>> {
    // Half typed: II. is II.
    let bare = address.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let mut units = report.find_all(address);
    if units.is_empty() {
        units = report.find_all(bare);
    }
    if units.is_empty() {
        units = labels.bearers(&label_form(address), report);
    }
    let units = units.into_iter();
    units.map(|unit| report.subtree(unit)).collect()
}

/// The units by the forms of their labels.
#[derive(Default)]
pub(super) struct Labels(ByName);

impl Labels {
    pub(super) fn new(report: &Report) -> Self {
        let labels = report.ids().map(|id| (report.unit(id).label, id));
        let labelled = labels.filter(|(label, _)| !label.is_empty());
        Self(ByName::new(
            labelled.map(|(label, id)| (label_form(label), id)),
        ))
    }

    /// The units whose label has this form, in reading order.
    fn bearers(&self, form: &str, report: &Report) -> Vec<UnitId> {
        let units = self.0.get(form);
        units
            .filter(|&unit| label_form(report.unit(unit).label) == form)
            .collect()
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.bytes()
    }
}
