//! Where one is in plain mode, and what each command does: one position in the report, what was
//! found, bookmarks, and the way back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::{self, Command, Verb};
use super::hits::Told;
use super::marks;
use super::say::{self, Voice, choices, name, place, what};
use super::{Desk, Next};
use crate::error::Error;
use crate::parse::Note;
use crate::report::script::half_width;
use crate::report::{Language, Lookup, Report, UnitId, follow, references};
use crate::search::Query;
use crate::shelf::Sheet;
use crate::tui::rows::Found;
use crate::typeset::counted;

/// The reader's place in a report, and all that commands change.
pub(super) struct Walk {
    pub(super) report: Arc<Report>,
    pub(super) notes: Vec<Note>,
    /// True where long lists come in parts, as nobody can stop one.
    in_parts: bool,
    pub(super) at: Option<UnitId>,
    /// What is looked for; with it, whether only recommendations are walked.
    pub(super) query: Query,
    /// The reader's marks, and how they were before each change.
    pub(super) sheet: Sheet,
    pub(super) past: Vec<Sheet>,
    pub(super) found: Option<Arc<Found>>,
    /// Which of the hits one has come to, from 0, best first.
    pub(super) hit: Option<usize>,
    /// What is left of a list.
    pub(super) rest: Vec<Line>,
    /// Where one was before each jump.
    back: Vec<UnitId>,
    bookmarks: BTreeMap<String, UnitId>,
}

/// A line of a list.
#[derive(Debug, Clone)]
pub(super) enum Line {
    /// These words.
    Said(String),
    /// The hit of this place, best first.
    Hit(usize),
    /// A unit with its level in the tree.
    Level(UnitId),
    /// A unit in a line.
    Unit(UnitId),
    /// All a unit says.
    Text(UnitId),
}

/// Hits come by so many.
pub(super) const HITS: usize = 20;
/// Other lists come by so many, where somebody listens.
pub(super) const LINES: usize = 100;
/// Nobody goes back a hundred jumps.
const JUMPS: usize = 100;

impl Walk {
    pub fn new(report: Arc<Report>, notes: Vec<Note>, in_parts: bool) -> Self {
        Self {
            at: report.ids().next(),
            report,
            notes,
            in_parts,
            query: Query::default(),
            sheet: Sheet::default(),
            past: Vec::new(),
            found: None,
            hit: None,
            rest: Vec::new(),
            back: Vec::new(),
            bookmarks: BTreeMap::new(),
        }
    }

    /// Says what is open, and the first unit.
    pub fn open(&self, source: &str, voice: &mut Voice) -> Result<(), Error> {
        let report = &self.report;
        let titled = [report.symbol().unwrap_or(""), report.title()];
        let titled: Vec<_> = titled.into_iter().filter(|part| !part.is_empty()).collect();
        voice.say(&format!("Rapporteur, {source}"))?;
        if !titled.is_empty() {
            voice.say(&titled.join(", "))?;
        }
        let cited = format!("cited in {}", report.language().name());
        let mut facts = vec![
            counted(report.len(), "unit"),
            counted(report.all_recommendations(), "recommendation"),
        ];
        if report.pages() > 1 {
            facts.push(counted(report.pages() as usize, "page"));
        }
        facts.push(cited);
        if !self.notes.is_empty() {
            facts.push(counted(self.notes.len(), "note"));
        }
        voice.say(&facts.join(", "))?;
        voice.say("Enter next, - back, /words find, :1(k) go, ? all commands, q quit")?;
        voice.pause()?;
        self.say_unit(voice, "")
    }

    /// Does what a line asks for, and says what came of it.
    pub fn answer(
        &mut self,
        line: &str,
        voice: &mut Voice,
        desk: &mut Desk,
    ) -> Result<Next, Error> {
        let read = command::read(line);
        if read.as_ref().is_some_and(|read| read.verb == Verb::Quit) {
            return Ok(Next::Leave);
        }
        voice.pause()?;
        // 1k is an address where there is one; else k, once.
        let digit = |c: char| half_width(c).is_ascii_digit();
        let glued = line.starts_with(digit) && !line.contains(char::is_whitespace);
        let address = || matches!(say::look_up(&self.report, line), Lookup::Found(_));
        match read {
            Some(command) if !(glued && address()) => self.obey(command, voice, desk)?,
            _ => self.bare(line, voice)?,
        }
        Ok(Next::Stay)
    }

    fn obey(&mut self, command: Command, voice: &mut Voice, desk: &mut Desk) -> Result<(), Error> {
        let rest = command.rest.as_str();
        // What needs no unit to be at.
        match command.verb {
            Verb::Help => return command::help().try_for_each(|line| voice.say(&line)),
            Verb::Notes => return self.notes(voice),
            Verb::More => return self.more(voice),
            _ => {}
        }
        let Some(at) = self.at else {
            return voice.say("The report is empty.");
        };
        let times = command.times();
        let report = Arc::clone(&self.report);
        match command.verb {
            Verb::Next | Verb::Previous => self.step(at, command.verb, times, voice),
            Verb::Up => match report.ancestors(at).take(times).last() {
                Some(unit) => self.go(unit, voice),
                None => voice.say(&format!("Nothing stands above {}.", name(&report, at))),
            },
            Verb::In => match report.has_children(at) {
                true => self.go(UnitId::from(at.index() + 1), voice),
                false => voice.say(&format!("Nothing stands under {}.", name(&report, at))),
            },
            Verb::NextParagraph => match report.paragraphs_after(at).take(times).last() {
                Some(unit) => self.go(unit, voice),
                None => voice.say("No paragraph or heading comes after this."),
            },
            Verb::PreviousParagraph => match report.paragraphs_before(at).take(times).last() {
                Some(unit) => self.go(unit, voice),
                None => voice.say("No paragraph or heading comes before this."),
            },
            Verb::First => self.jump(UnitId::from(0), voice),
            Verb::Last => {
                let nth = command.count.unwrap_or(usize::MAX).min(report.len());
                self.jump(UnitId::from(nth - 1), voice)
            }
            Verb::Here => self.say_unit(voice, ""),
            Verb::Text => {
                voice.say(&place(&report, at))?;
                let units = report.subtree(at).map(UnitId::from);
                self.list(units.map(Line::Text).collect(), LINES, voice)
            }
            Verb::Path => self.path(at, voice),
            Verb::List => {
                voice.say(&place(&report, at))?;
                let inner = report.subtree(at).skip(1).map(UnitId::from);
                let own = inner.filter(|&unit| report.parent(unit) == Some(at));
                let lines: Vec<_> = own.map(Line::Unit).collect();
                match lines.is_empty() {
                    true => voice.say("Nothing stands under it."),
                    false => self.list(lines, LINES, voice),
                }
            }
            Verb::Outline => self.outline(at, rest, voice),
            Verb::Find => self.find(rest, voice, desk),
            Verb::NextHit => self.step_hit(times as isize, voice),
            Verb::PreviousHit => self.step_hit(-(times as isize), voice),
            Verb::Hit => match command.count.or(self.hit.map(|hit| hit + 1)) {
                Some(nth) => self.go_to_hit(nth - 1, voice),
                None => self.step_hit(1, voice),
            },
            Verb::Weaker => self.weaker(voice, desk),
            Verb::Recommendations => self.recommendations(voice, desk),
            Verb::Go if rest.is_empty() => voice.say("Go where? As in :1(k) or :II.A"),
            Verb::Go => self.go_to(rest, voice),
            Verb::Cite => match rest.to_lowercase().as_str() {
                "" => voice.say(&report.citation(at, report.language())),
                code => match Language::ALL.into_iter().find(|known| known.code() == code) {
                    Some(language) => voice.say(&report.citation(at, language)),
                    None => voice.say("cite, or cite with a language: ar, en, es, fr, ru or zh"),
                },
            },
            Verb::Links => self.links(at, voice),
            Verb::Status | Verb::Tag | Verb::Untag | Verb::Remark | Verb::Undo => {
                self.change_mark(at, &command, voice, desk)
            }
            Verb::Marks => self.marks(voice),
            Verb::Export => self.export(rest, false, voice, desk),
            Verb::WriteOver => self.export(rest, true, voice, desk),
            Verb::Facets => self.facets(voice, desk),
            Verb::Index => self.index(voice, desk),
            Verb::Return => self.step_back(times, voice),
            Verb::SetBookmark => self.set_bookmark(at, rest, voice),
            Verb::ToBookmark => match self.bookmarks.get(rest) {
                Some(&unit) => self.jump(unit, voice),
                None if rest.is_empty() => self.bookmarks(voice),
                None => voice.say(&format!("No bookmark {rest}.")),
            },
            Verb::Help | Verb::Notes | Verb::More | Verb::Quit => Ok(()),
        }
    }

    /// An address alone, or something that is no command.
    fn bare(&mut self, line: &str, voice: &mut Voice) -> Result<(), Error> {
        match say::look_up(&self.report, line) {
            Lookup::Found(_) | Lookup::Several(_) => return self.go_to(line, voice),
            Lookup::Nearest(_) if line.contains(|c: char| c.is_numeric() || "(（".contains(c)) => {
                return self.go_to(line, voice);
            }
            _ => {}
        }
        let try_what = match command::nearest(line) {
            Some(name) => format!("{name}, or ? for all commands"),
            None => "? for all commands, or / before words to find".into(),
        };
        voice.say(&format!("No command {line}. Try {try_what}."))
    }

    /// Where one is, with more to say of it, and the text.
    pub(super) fn say_unit(&self, voice: &mut Voice, more: &str) -> Result<(), Error> {
        let Some(at) = self.at else {
            return voice.say("The report is empty.");
        };
        voice.say(&format!("{}{more}", place(&self.report, at)))?;
        voice.say(&self.report.unit(at).to_string())?;
        match self.sheet.mark(at) {
            Some(mark) => voice.say(&format!("Marked {}", marks::told(mark))),
            None => Ok(()),
        }
    }

    fn go(&mut self, unit: UnitId, voice: &mut Voice) -> Result<(), Error> {
        self.at = Some(unit);
        self.say_unit(voice, "")
    }

    /// Goes to a unit far off, and keeps the way back.
    fn jump(&mut self, unit: UnitId, voice: &mut Voice) -> Result<(), Error> {
        self.leave(unit);
        self.go(unit, voice)
    }

    pub(super) fn leave(&mut self, to: UnitId) {
        if let Some(at) = self.at.filter(|&at| at != to) {
            if self.back.len() >= JUMPS {
                self.back.remove(0);
            }
            self.back.push(at);
        }
    }

    fn step_back(&mut self, times: usize, voice: &mut Voice) -> Result<(), Error> {
        let left = self.back.len().saturating_sub(times);
        let before = self.back.get(left).copied();
        self.back.truncate(left);
        match before {
            Some(unit) => self.go(unit, voice),
            None => voice.say("No jump to return from. - is the unit before."),
        }
    }

    /// On or back in reading order, through recommendations only where these are wanted.
    fn step(
        &mut self,
        at: UnitId,
        verb: Verb,
        times: usize,
        voice: &mut Voice,
    ) -> Result<(), Error> {
        let only = self.query.recommendations;
        let report = Arc::clone(&self.report);
        let wanted = |&unit: &UnitId| !only || report.unit(unit).recommendation;
        let unit = match verb {
            Verb::Previous => {
                let before = (0..at.index()).rev().map(UnitId::from);
                before.filter(wanted).take(times).last()
            }
            _ => {
                let after = (at.index() + 1..report.len()).map(UnitId::from);
                after.filter(wanted).take(times).last()
            }
        };
        let end = match verb {
            Verb::Previous => "first",
            _ => "last",
        };
        match unit {
            Some(unit) => self.go(unit, voice),
            None if only && !report.unit(at).recommendation => voice.say(match verb {
                Verb::Previous => {
                    "No recommendation comes before this. r ends recommendations only."
                }
                _ => "No recommendation comes after this. r ends recommendations only.",
            }),
            None if only => voice.say(&format!(
                "{} is the {end} recommendation. r ends recommendations only.",
                name(&report, at)
            )),
            None => voice.say(&format!("{} is the {end} unit.", name(&report, at))),
        }
    }

    fn go_to(&mut self, typed: &str, voice: &mut Voice) -> Result<(), Error> {
        match say::look_up(&self.report, typed) {
            Lookup::Found(unit) => self.jump(unit, voice),
            Lookup::Nearest(unit) => voice.say(&format!(
                "No {typed}. The nearest is {}.",
                name(&self.report, unit)
            )),
            Lookup::Several(all) => voice.say(&format!("{}?", choices(&self.report, &all))),
            Lookup::NotAnAddress => voice.say(&format!(
                "{typed} is no address. Try one like 1(k) or II.A, or outline."
            )),
        }
    }

    fn path(&self, at: UnitId, voice: &mut Voice) -> Result<(), Error> {
        voice.say(&place(&self.report, at))?;
        let path = self.report.path(at);
        for &unit in &path[..path.len() - 1] {
            let text = self.report.unit(unit).to_string();
            voice.say_part(&format!("in {}", what(&self.report, unit)), &text, 0..0)?;
        }
        Ok(())
    }

    fn outline(&mut self, at: UnitId, typed: &str, voice: &mut Voice) -> Result<(), Error> {
        let report = Arc::clone(&self.report);
        let (mut units, mut first, mut levels) = (0..report.len(), 0, usize::MAX);
        for word in typed.split_whitespace() {
            let number: String = word.chars().map(half_width).collect();
            match (word, number.parse()) {
                ("here", _) => {
                    units = report.subtree(at);
                    first = report.unit(at).depth.into();
                }
                (_, Ok(number)) if number > 0 => levels = number,
                _ => return voice.say("outline, outline 2, outline here or outline here 2"),
            }
        }
        let shown = units.map(UnitId::from).filter(|&unit| {
            let level = usize::from(report.unit(unit).depth) - first;
            level < levels
        });
        self.list(shown.map(Line::Level).collect(), LINES, voice)
    }

    /// Says the first `most` lines of a list, or all where nobody waits for them.
    pub(super) fn list(
        &mut self,
        lines: Vec<Line>,
        most: usize,
        voice: &mut Voice,
    ) -> Result<(), Error> {
        let hits = matches!(lines.first(), Some(Line::Hit(_)));
        self.rest = lines;
        let now = match self.in_parts || hits {
            true => self.rest.len().min(most),
            false => self.rest.len(),
        };
        let lines: Vec<_> = self.rest.drain(..now).collect();
        let mut told = Told::default();
        lines
            .into_iter()
            .try_for_each(|line| self.say_line(line, &mut told, voice))?;
        match self.rest.len() {
            0 => Ok(()),
            left => voice.say(&format!("{left} more, by: more")),
        }
    }

    fn more(&mut self, voice: &mut Voice) -> Result<(), Error> {
        let rest = std::mem::take(&mut self.rest);
        match rest.first() {
            None => voice.say("Nothing is left of a list."),
            Some(Line::Hit(_)) => self.list(rest, HITS, voice),
            Some(_) => self.list(rest, LINES, voice),
        }
    }

    fn say_line(&self, line: Line, told: &mut Told, voice: &mut Voice) -> Result<(), Error> {
        let report = &self.report;
        let part = |before: String, unit: UnitId, voice: &mut Voice| {
            voice.say_part(&before, &report.unit(unit).to_string(), 0..0)
        };
        match line {
            Line::Said(words) => voice.say(&words),
            Line::Text(unit) => voice.say(&report.unit(unit).to_string()),
            Line::Unit(unit) => part(what(report, unit), unit, voice),
            Line::Level(unit) => {
                let level = report.unit(unit).depth + 1;
                part(
                    format!("level {level}, {}", what(report, unit)),
                    unit,
                    voice,
                )
            }
            Line::Hit(nth) => self.say_hit(nth, told, voice),
        }
    }

    fn links(&self, at: UnitId, voice: &mut Voice) -> Result<(), Error> {
        let report = &self.report;
        voice.say(&place(report, at))?;
        let mut none = true;
        for id in report.subtree(at).map(UnitId::from) {
            let unit = report.unit(id);
            for lead in follow(&unit) {
                none = false;
                let cited = unit.text.get(lead.range).unwrap_or("").trim();
                voice.say(&format!("{}, cited as {cited}", name(report, id)))?;
                voice.say_whole(&lead.target)?;
            }
            for reference in references(report, id) {
                none = false;
                let words = unit.text.get(reference.range).unwrap_or("").trim();
                let target = name(report, reference.target);
                voice.say(&format!(
                    "{} refers to {target}, as {words}",
                    name(report, id)
                ))?;
            }
        }
        match none {
            true => voice.say("It links and refers to nothing."),
            false => Ok(()),
        }
    }

    fn notes(&self, voice: &mut Voice) -> Result<(), Error> {
        if self.notes.is_empty() {
            return voice.say("Nothing was doubtful in reading the report.");
        }
        self.notes
            .iter()
            .try_for_each(|note| voice.say(&format!("line {}: {}", note.line, note.text)))
    }

    fn set_bookmark(&mut self, at: UnitId, name: &str, voice: &mut Voice) -> Result<(), Error> {
        if name.is_empty() {
            return self.bookmarks(voice);
        }
        self.bookmarks.insert(name.into(), at);
        voice.say(&format!(
            "Bookmark {name} at {}.",
            say::name(&self.report, at)
        ))
    }

    fn bookmarks(&self, voice: &mut Voice) -> Result<(), Error> {
        if self.bookmarks.is_empty() {
            return voice.say("No bookmarks. As in: mark a, then: to a");
        }
        self.bookmarks.iter().try_for_each(|(called, &unit)| {
            let text = self.report.unit(unit).to_string();
            voice.say_part(
                &format!("{called}, {}", what(&self.report, unit)),
                &text,
                0..0,
            )
        })
    }
}
