//! The reader's reports: chosen by typing a symbol or words of a title, with what all of them say on it
//! below; the first screen where there are any.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::offers::{Choice, Offer, What, offer};
use super::prompt::Prompt;
use crate::library::{Search, Stacks};
use crate::report::script::half_width;
use crate::search::Query;
use crate::shelf::Entry;
use crate::typeset::{Ruler, counted, snippet};

/// The reports to choose from, and what is typed to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Shelving {
    /// What is typed.
    pub prompt: Prompt,
    /// The reports that fit, then what was found in all of them.
    pub choice: Choice,
    /// All reports.
    pub entries: Arc<[Entry]>,
    /// True while what is typed is looked for in them.
    pub searching: bool,
    /// The report that is to be taken off the shelf, once that is said again.
    removing: Option<usize>,
}

/// A report to be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Its file; none for the one that is built in.
    pub file: Option<String>,
    /// The unit to go to, by its address, and what it was found for.
    pub place: Option<(String, String)>,
}

/// More hits than anybody looks through.
const MOST: usize = 200;
/// What is shown of a hit, in columns.
const SHOWN: usize = 120;

/// What a search over all found, as rows.
fn hits(found: &Search, entries: &[Entry], query: &str) -> Vec<Offer> {
    let row = |hit: &crate::library::Hit| {
        let entry = entries.get(hit.entry)?;
        let first = hit.matched.matches.first().cloned().unwrap_or(0..0);
        let part = snippet(Ruler::NARROW, &hit.text, first, SHOWN);
        let dots = if part.cut_before { "…" } else { "" };
        let text = format!("{dots}{}", hit.text.get(part.span).unwrap_or_default());
        let shown = format!("  {} {} · {}", entry.short_name(), hit.address, text.trim());
        let wanted = Wanted {
            file: Some(entry.file.clone()),
            place: Some((hit.address.clone(), query.into())),
        };
        Some(offer(What::Report(wanted), shown, entry.language.clone()))
    };
    found.hits.iter().filter_map(row).collect()
}

/// Looks for what is typed in all reports; gives the rows, or none where it is to stop.
pub(super) fn look(
    stacks: &Stacks,
    entries: &[Entry],
    typed: &str,
    stop: &AtomicBool,
) -> Option<(String, Vec<Offer>)> {
    let query = Query {
        text: typed.into(),
        ..Query::default()
    };
    let found = stacks.search(entries, &query, MOST, stop, &|_| ())?;
    let told = format!(
        "{} in {}",
        counted(found.units, "unit"),
        counted(found.reports, "report")
    );
    Some((told, hits(&found, entries, typed)))
}

impl Shelving {
    fn new(entries: Arc<[Entry]>, typed: &str) -> Self {
        let mut prompt = Prompt::default();
        prompt.insert(typed);
        let mut shelving = Self {
            prompt,
            choice: Choice::default(),
            entries,
            searching: false,
            removing: None,
        };
        shelving.fit();
        shelving
    }

    /// The reports that fit what is typed: each of its words begins a word of symbol, title or file name,
    /// or stands in it.
    fn fit(&mut self) {
        let folded = |text: &str| {
            text.chars()
                .map(half_width)
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let typed = folded(self.prompt.text());
        let fits = |entry: &&Entry| {
            let name = folded(&format!("{} {}", entry.name(), entry.file_name()));
            typed.split_whitespace().all(|word| name.contains(word))
        };
        let row = |entry: &Entry| {
            let hint = format!(
                "{} · {} · {} ●",
                entry.language,
                counted(entry.units, "unit"),
                entry.recommendations
            );
            let wanted = Wanted {
                file: Some(entry.file.clone()),
                place: None,
            };
            offer(What::Report(wanted), entry.name(), hint)
        };
        let mut rows: Vec<_> = self.entries.iter().filter(fits).map(row).collect();
        if typed.is_empty() {
            let built_in = Wanted {
                file: None,
                place: None,
            };
            rows.push(offer(
                What::Report(built_in),
                "the built-in report".into(),
                "zh".into(),
            ));
        }
        self.choice = Choice::new("Reports", rows);
        self.choice.nothing = match self.prompt.text().trim() {
            "" => "No report is on the shelf: rapporteur shelf add FILE puts one there.".into(),
            typed => format!("No report and no text has {typed}."),
        };
    }

    /// The report one is at, as its place among all.
    fn taken(&self) -> Option<usize> {
        let What::Report(wanted) = &self.choice.taken()?.what else {
            return None;
        };
        let file = wanted.file.as_ref()?;
        self.entries.iter().position(|entry| entry.file == *file)
    }
}

impl Model {
    /// Shows the reports on the shelf.
    pub(super) fn show_shelf(&mut self, entries: Arc<[Entry]>) {
        if entries.is_empty() && !self.report.is_empty() {
            self.notice = "no report is on the shelf: rapporteur shelf add FILE".into();
            return;
        }
        let typed = match &self.mode {
            Mode::Shelf(shelving) => shelving.prompt.text().to_string(),
            _ => String::new(),
        };
        self.mode = Mode::Shelf(Shelving::new(entries, &typed));
    }

    /// What is done among the reports on the shelf.
    pub(super) fn in_shelf(&mut self, message: Message) -> Option<Effect> {
        let page = self.list_height() as isize;
        let has_report = !self.report.is_empty();
        let Mode::Shelf(shelving) = &mut self.mode else {
            return None;
        };
        let removing = shelving.removing.take();
        match message {
            Message::Down | Message::NextHit => shelving.choice.step(1),
            Message::Up | Message::PreviousHit => shelving.choice.step(-1),
            Message::PageDown => shelving.choice.step(page),
            Message::PageUp => shelving.choice.step(-page),
            Message::Back if !shelving.prompt.text().is_empty() => {
                shelving.prompt = Prompt::default();
                return self.heed_shelf();
            }
            Message::Back if has_report => self.mode = Mode::Reading,
            Message::Back => return self.quit(),
            Message::Accept => {
                let chosen = shelving.choice.taken().map(|offer| offer.what.clone());
                if let Some(What::Report(wanted)) = chosen {
                    return Some(Effect::OpenReport(wanted));
                }
            }
            Message::Unshelve => {
                let at = shelving.taken()?;
                let entry = &shelving.entries[at];
                if removing == Some(at) {
                    return Some(Effect::Unshelve(entry.file.clone()));
                }
                shelving.removing = Some(at);
                self.notice = format!(
                    "again takes {} off the shelf; the file stays",
                    entry.short_name()
                );
            }
            message => {
                let before = shelving.prompt.text().to_string();
                shelving.prompt.edit(message);
                if shelving.prompt.text() != before {
                    return self.heed_shelf();
                }
            }
        }
        None
    }

    /// Shows what fits what is typed now, and looks for it in the texts.
    fn heed_shelf(&mut self) -> Option<Effect> {
        self.asked += 1;
        self.answered = self.asked;
        let number = self.asked;
        let Mode::Shelf(shelving) = &mut self.mode else {
            return None;
        };
        shelving.fit();
        let typed = shelving.prompt.text().trim().to_string();
        shelving.searching = !typed.is_empty() && !shelving.entries.is_empty();
        let entries = Arc::clone(&shelving.entries);
        shelving
            .searching
            .then_some(Effect::SearchShelf(number, typed, entries))
    }

    /// Takes what was found in all reports, below those that fit.
    pub(super) fn take_shelved(&mut self, number: u64, told: &str, rows: Vec<Offer>) {
        let newest = number == self.asked;
        if let Mode::Shelf(shelving) = &mut self.mode
            && newest
        {
            shelving.searching = false;
            shelving.choice.title = format!("Reports · {told}");
            shelving.choice.rows.extend(rows);
        }
    }

    /// Goes to the unit for which a report was opened, and marks what it was found for.
    pub(super) fn go_to_wanted(&mut self, (address, query): (String, String)) -> Option<Effect> {
        if let Some(unit) = self.report.find(&address) {
            self.open_to(unit);
            self.go(unit);
        }
        self.keep_step();
        self.query.text = query;
        self.ask()
    }
}
