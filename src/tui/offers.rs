//! Lists to choose from: what the command line offers while one types (the unit of an address,
//! headings, commands), links, and bookmarks.

use std::cell::OnceCell;
use std::collections::HashMap;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::exporting::Wish;
use super::facets::Named;
use super::flow::Place;
use super::keys::{Bound, Context, Keys};
use super::message::Message;
use super::shelving::Wanted;
use crate::export::{Format, Shape};
use crate::report::{Kind, Report, Unit, UnitId};
use crate::search::{How, Index, Query};

/// A list, and what of it one is at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// What it lists.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Offer>,
    /// The row one is at, from 0.
    pub chosen: usize,
    /// True once one has gone up or down in it: then the row is meant, whatever was typed.
    pub moved: bool,
    /// The first row that is shown, as far as the one chosen is.
    pub top: usize,
    /// What to say where there is nothing to choose.
    pub nothing: String,
    /// True where Enter opens addresses rather than go to what names them.
    pub opens: bool,
    /// What its rows are.
    pub lists: Lists,
    /// Where one was before, to be come back to where moving about in the list shows other places.
    pub home: Option<Home>,
    /// The list that it came from.
    pub above: Option<Box<Choice>>,
    /// The number under which the worker looks for the rows, until it has found them.
    pub awaited: Option<u64>,
}

/// What the rows of a list are, as far as keys mean something else on them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lists {
    /// Things to go to or to do.
    #[default]
    Plain,
    /// Values of facets, to narrow the report by.
    Facets,
    /// What the report names.
    Entries,
}

/// The unit one was at, and the line at the top.
pub type Home = (Option<UnitId>, Option<Place>);

impl Choice {
    /// A list, at its first row.
    pub fn new(title: impl Into<String>, rows: Vec<Offer>) -> Self {
        Self {
            title: title.into(),
            rows,
            chosen: 0,
            moved: false,
            top: 0,
            nothing: String::new(),
            opens: false,
            lists: Lists::Plain,
            home: None,
            above: None,
            awaited: None,
        }
    }

    /// The first row that is shown where `height` rows are, at least 1.
    pub fn first_shown(&self, height: usize) -> usize {
        let least = (self.chosen + 1).saturating_sub(height);
        self.top.clamp(least, self.chosen.max(least))
    }

    /// Moves by so many rows, no further than the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
        self.moved = true;
    }

    /// Takes rows in, and stays at the one of the same name.
    pub fn take_rows(&mut self, rows: Vec<Offer>) {
        let name = |offer: &Offer| match &offer.what {
            What::Facet(named) => Some(named.asked.clone()),
            _ => None,
        };
        let at = self.taken().and_then(name);
        let same = rows.iter().position(|row| at.is_some() && name(row) == at);
        self.chosen = same.unwrap_or(self.chosen.min(rows.len().saturating_sub(1)));
        self.rows = rows;
    }

    /// What one is at.
    pub fn taken(&self) -> Option<&Offer> {
        self.rows.get(self.chosen)
    }
}

/// One thing that Enter would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is.
    pub what: What,
    /// How it reads.
    pub shown: String,
    /// The key that does the same, or where it is.
    pub hint: String,
}

/// What is offered.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// To go to this unit.
    Unit(UnitId),
    /// To do this.
    Command(Message),
    /// To have the system open an address that this unit names.
    Address(UnitId, String),
    /// To narrow the report by this value.
    Facet(Named),
    /// To go to what names this.
    Entry(Named),
    /// To give the unit this status, or none.
    Status(Option<String>),
    /// To give it one of the reader's own.
    OwnStatus,
    /// To open another report.
    Report(Wanted),
    /// To export this in this format.
    Export(Shape, Format),
    /// To write over a file that is there.
    WriteOver(Box<Wish>),
    /// To put the mark of this place among those that found no unit on the one that one is at.
    Unplaced(usize),
}

/// The headings of a report, with the search over them alone: so that pinyin, an abbreviation or a
/// slip finds them as it finds everything else.
#[derive(Debug, Default)]
pub struct Headings {
    units: Vec<UnitId>,
    /// Made when something is first typed.
    searched: OnceCell<(Report, Index)>,
}

impl Headings {
    /// The headings of a report.
    pub fn of(report: &Report) -> Self {
        let ids = report.ids();
        Self {
            units: ids
                .filter(|&id| report.unit(id).kind.is_heading())
                .collect(),
            searched: OnceCell::new(),
        }
    }

    /// How well the search finds each of them, of those it finds.
    fn search(&self, report: &Report, typed: &str) -> HashMap<UnitId, i64> {
        if self.units.len() > SEARCHED {
            return HashMap::new();
        }
        let (alone, index) = self.searched.get_or_init(|| {
            let text = |&id: &UnitId| Unit::new(Kind::Heading, "", None, report.unit(id).text);
            let alone = Report::new(self.units.iter().map(text), Vec::new(), None);
            let index = Index::new(&alone);
            (alone, index)
        });
        let query = Query {
            text: typed.into(),
            ..Query::default()
        };
        let found = index.search(alone, &query);
        // Their addresses there are not those of the report.
        let hits = found.hits.iter().filter(|hit| hit.how != How::Address);
        let ranked = hits
            .zip(0..)
            .map(|(hit, rank)| (self.units[hit.unit.index()], FOUND - rank));
        ranked.collect()
    }
}

/// So many headings are searched between two keys; in more, only what is typed literally.
const SEARCHED: usize = 5_000;
/// What stands there as typed scores more than what the search finds, and that more than letters
/// strewn about come to: a prompt is not so long.
const STANDS: i64 = 1 << 20;
const FOUND: i64 = 1 << 19;

/// No screen shows more.
const MOST: usize = 200;
/// So many headings in which the letters typed are strewn about are weighed between two keys.
const FUZZY: usize = 500;

/// What people type who have just come from an editor: it leaves.
pub(super) const LEAVING: [&str; 6] = ["q", "q!", "wq", "qa", "quit", "exit"];

/// What is offered for what is typed, the best first; with nothing typed, every command.
pub fn offers(report: &Report, headings: &Headings, keys: &Keys, typed: &str) -> Vec<Offer> {
    let typed = typed.trim();
    let matcher = SkimMatcherV2::default().ignore_case();
    let literal = Literal::new(typed);
    let mut found: Vec<(i64, Candidate)> = Vec::new();
    if LEAVING.contains(&typed) {
        let quit = keys.rows.iter().find(|row| row.action.name == "quit");
        found.extend(quit.map(|row| (i64::MAX, Candidate::Command(row))));
    }
    // In reading order; more than one where an address is cut short.
    let addressed = report.find_all(typed);
    let first = addressed.iter().take(MOST);
    found.extend(first.map(|&unit| (i64::MAX, Candidate::Unit(unit))));
    let commands = keys.rows.iter();
    for row in commands.filter(|row| is_command(row.action.contexts)) {
        let (name, help) = (row.action.name, row.action.help);
        let score = match typed {
            "" => Some(0),
            // The key of a command is as good as its name; a letter stands in every name.
            _ if row.keys.iter().any(|key| key.name() == typed) => Some(i64::MAX - 1),
            _ if typed.chars().nth(1).is_none() => name.starts_with(typed).then_some(STANDS),
            _ => (literal.score(name))
                .or_else(|| matcher.fuzzy_match(name, typed))
                .map(|score| score + 20)
                // Short words stand in too many a line of help.
                .or_else(|| literal.score(help).filter(|_| typed.chars().count() > 3)),
        };
        let score = score.filter(|_| !help.is_empty());
        let score = score.filter(|_| !(name == "quit" && LEAVING.contains(&typed)));
        found.extend(score.map(|score| (score, Candidate::Command(row))));
    }
    if !typed.is_empty() {
        let mut weighed = 0;
        let searched = headings.search(report, typed);
        let new = |unit: &&UnitId| addressed.binary_search(unit).is_err();
        for &unit in headings.units.iter().filter(new) {
            let text = report.unit(unit).text;
            let mut loosely = || {
                let wanted = weighed < FUZZY && literal.is_strewn(text);
                weighed += usize::from(wanted);
                wanted.then(|| matcher.fuzzy_match(text, typed)).flatten()
            };
            let score = literal.score(text).or(searched.get(&unit).copied());
            let score = score.or_else(&mut loosely);
            found.extend(score.map(|score| (score, Candidate::Unit(unit))));
        }
    }
    // A stable sort: of equals, commands in the order of the table, headings in reading order.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = found.into_iter().take(MOST);
    best.map(|(_, found)| found.offer(report)).collect()
}

/// What may be offered, before it is put into words.
enum Candidate<'a> {
    Unit(UnitId),
    Command(&'a Bound),
}

impl Candidate<'_> {
    fn offer(self, report: &Report) -> Offer {
        match self {
            Self::Unit(unit) => offer(
                What::Unit(unit),
                report.unit(unit).to_string(),
                report.address(unit).to_string(),
            ),
            Self::Command(Bound { action, keys }) => offer(
                What::Command(action.message.clone()),
                // Where the help begins with the name, once is enough.
                match action.help.starts_with(action.name) {
                    true => action.help.to_string(),
                    false => format!("{} · {}", action.name, action.help),
                },
                keys.first().map_or(String::new(), |key| key.name()),
            ),
        }
    }
}

pub(super) fn offer(what: What, shown: String, hint: String) -> Offer {
    Offer { what, shown, hint }
}

/// True for what makes sense as a command of its own: not for moving about in a pane.
fn is_command(contexts: &[Context]) -> bool {
    let everywhere = contexts.contains(&Context::Selection);
    contexts.contains(&Context::Tree) && (everywhere || !contexts.contains(&Context::Help))
}

/// What is typed, to be found as it is: better than letters strewn about.
struct Literal {
    lower: String,
}

impl Literal {
    fn new(typed: &str) -> Self {
        Self {
            lower: typed.to_lowercase(),
        }
    }

    /// True where its letters stand in this order, perhaps with others between.
    fn is_strewn(&self, text: &str) -> bool {
        if self.lower.is_ascii() {
            let mut bytes = text.bytes();
            let mut wanted = self.lower.bytes();
            return wanted.all(|wanted| bytes.any(|byte| byte.to_ascii_lowercase() == wanted));
        }
        let mut chars = text.chars().flat_map(char::to_lowercase);
        let mut wanted = self.lower.chars();
        wanted.all(|wanted| chars.any(|c| c == wanted))
    }

    fn score(&self, text: &str) -> Option<i64> {
        let typed = self.lower.as_str();
        let stands = match typed.is_ascii() {
            // Without a copy of every heading at every key.
            true => {
                let mut parts = text.as_bytes().windows(typed.len().max(1));
                parts.any(|part| part.eq_ignore_ascii_case(typed.as_bytes()))
            }
            false => text.contains(typed) || text.to_lowercase().contains(typed),
        };
        stands.then_some(STANDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn first(typed: &str) -> String {
        let (report, _) = parse(
            "I. Introduction\nA. Mandate\n1. P.\nII. International cooperation\n2. Q.\nIII. 会议安排\n3. R.\n",
        );
        let all = offers(&report, &Headings::of(&report), &Keys::default(), typed);
        all.first().map_or(String::new(), |offer| {
            format!("{} [{}]", offer.shown, offer.hint)
        })
    }

    #[test]
    fn an_address_comes_first_then_what_is_typed_as_it_is() {
        for (typed, offered) in [
            ("II", "II. International cooperation [II]"),
            ("cooper", "II. International cooperation [II]"),
            ("intro", "I. Introduction [I]"),
            ("mandt", "A. Mandate [I.A]"),
            (
                "theme",
                "theme · other colours: dark, light, the terminal's, none [T]",
            ),
            ("2", "2. Q. [2]"),
            ("A", "A. Mandate [I.A]"),
            ("zzzz", ""),
            ("wq", "quit [q]"),
            (
                "T",
                "theme · other colours: dark, light, the terminal's, none [T]",
            ),
            (
                "x",
                "export: what is found as a table, or the report, to a file [x]",
            ),
            // As the search finds it: by pinyin, but for a slip.
            ("huiyi", "III. 会议安排 [III]"),
            ("hyap", "III. 会议安排 [III]"),
            ("intrduction", "I. Introduction [I]"),
            // Letters strewn about come after what stands there as typed.
            ("a", "A. Mandate [I.A]"),
            ("back", "back · one step back, as it was [esc]"),
            (
                "jumpb",
                "jump-back · where one was before the last jump [^o]",
            ),
            (
                "colours",
                "theme · other colours: dark, light, the terminal's, none [T]",
            ),
        ] {
            assert_eq!(first(typed), offered, "{typed}");
        }
        assert!(first("").starts_with("find"), "{}", first(""));
    }
}
