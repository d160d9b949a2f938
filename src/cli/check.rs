//! `rapporteur check`: what was read of a report, what was set aside, and what is doubtful in it.

use std::collections::{BTreeMap, HashMap};
use std::io;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::args::Check;
use super::{Outcome, Output, PLAIN_WIDTH, read};
use crate::error::Error;
use crate::parse::Note;
use crate::read::{Manuscript, Source};
use crate::report::{FurnitureKind, Ground, Kind, Language, Report};
use crate::typeset::{counted, safe, wrap, write_object};

/// All that is told, as JSON has it.
#[derive(Debug, Serialize)]
struct Findings {
    source: String,
    format: String,
    encoding: Option<&'static str>,
    language: Language,
    symbol: Option<String>,
    title: Option<String>,
    date: Option<String>,
    session: Option<String>,
    agenda_item: Option<String>,
    original: Option<String>,
    /// 0 where nothing tells pages apart.
    pages: u32,
    units: usize,
    kinds: BTreeMap<Kind, usize>,
    recommendations: usize,
    grounds: Grounds,
    /// The links at the feet of pages, each placed where it is cited.
    links: usize,
    /// The printed characters of the source.
    characters: usize,
    /// How many of them stand in the report or among what was set aside.
    placed: usize,
    furniture: Vec<Aside>,
    /// Those that may mean misread text come first.
    notes: Vec<Doubt>,
    misread: bool,
}

/// How many recommendations there are for each reason.
#[derive(Debug, Default, Serialize)]
struct Grounds {
    heading: usize,
    number: usize,
    verb: usize,
}

/// What was set aside of one kind.
#[derive(Debug, Serialize)]
struct Aside {
    kind: FurnitureKind,
    count: usize,
    /// The first of them.
    example: String,
    line: u32,
}

#[derive(Debug, Serialize)]
struct Doubt {
    misread: bool,
    /// 0 when about the whole.
    line: u32,
    /// 0 where nothing tells pages apart.
    page: u32,
    text: String,
}

pub(super) fn run(args: &Check, source: &Source, output: &mut Output) -> Result<Outcome, Error> {
    let (manuscript, report, notes) = read(source)?;
    let findings = Findings::new(source.name(), &manuscript, &report, notes);
    let written = match args.json {
        true => write_object(output.to, &findings),
        false => findings.tell(output),
    };
    written.map_err(Error::Write)?;
    Ok(match findings.misread {
        true => Outcome::Doubtful,
        false => Outcome::Found,
    })
}

impl Findings {
    fn new(source: String, manuscript: &Manuscript, report: &Report, notes: Vec<Note>) -> Self {
        let units = || report.ids().map(|id| report.unit(id));
        let mut kinds = BTreeMap::new();
        let mut grounds = Grounds::default();
        for unit in units() {
            *kinds.entry(unit.kind).or_default() += 1;
            match unit.ground {
                Some(Ground::Heading) => grounds.heading += 1,
                Some(Ground::Number) => grounds.number += 1,
                Some(Ground::Verb) => grounds.verb += 1,
                None => {}
            }
        }
        let (characters, placed) = placed(manuscript, report);
        let mut doubts = doubts(notes);
        if placed < characters {
            doubts.push(Doubt {
                misread: true,
                line: 0,
                page: 0,
                text: format!(
                    "{} of the source found in no unit and not set aside",
                    counted(characters - placed, "character")
                ),
            });
        }
        doubts.sort_by_key(|doubt| (!doubt.misread, doubt.line));
        // A text tells by its form feeds, or by its page numbers.
        let pages = match report.pages() {
            1 => manuscript.pages,
            told => told,
        };
        if pages == 0 {
            doubts.iter_mut().for_each(|doubt| doubt.page = 0);
        }
        let stated = report.masthead();
        let title = Some(report.title()).filter(|title| !title.is_empty());
        Self {
            source,
            format: manuscript.format.to_string(),
            encoding: manuscript.encoding,
            language: report.language(),
            symbol: stated.symbol.clone(),
            title: title.map(Into::into),
            date: stated.date.clone(),
            session: stated.session.clone(),
            agenda_item: stated.agenda_item.clone(),
            original: stated.original.clone(),
            pages,
            units: report.len(),
            kinds,
            recommendations: report.all_recommendations(),
            grounds,
            links: units().map(|unit| unit.links.len()).sum(),
            characters,
            placed,
            furniture: set_aside(report),
            misread: doubts.iter().any(|doubt| doubt.misread),
            notes: doubts,
        }
    }

    fn tell(&self, output: &mut Output) -> io::Result<()> {
        let mut page = Page::new(output);
        page.line("", &self.source, Style::new().bold())?;
        page.blank()?;
        let format = match self.encoding {
            Some(encoding) => format!("{}, {encoding}", self.format),
            None => self.format.clone(),
        };
        page.fact("format", &format)?;
        page.fact("language", self.language.name())?;
        page.fact("symbol", self.symbol.as_deref().unwrap_or("none stated"))?;
        for (name, stated) in [
            ("title", &self.title),
            ("date", &self.date),
            ("session", &self.session),
            ("agenda item", &self.agenda_item),
            ("original", &self.original),
        ] {
            if let Some(stated) = stated {
                page.fact(name, stated)?;
            }
        }
        match self.pages {
            0 => page.fact("pages", "not told apart")?,
            pages => page.fact("pages", &pages.to_string())?,
        }
        page.blank()?;
        let kinds = self.kinds.iter();
        let kinds: Vec<_> = kinds.map(|(kind, &n)| counted(n, kind.name())).collect();
        let of = |total: usize, parts: &[String]| match parts {
            [] => total.to_string(),
            parts => format!("{total}: {}", parts.join(", ")),
        };
        page.fact("units", &of(self.units, &kinds))?;
        let grounds = [
            (self.grounds.heading, "by the heading above"),
            (self.grounds.number, "by their number"),
            (self.grounds.verb, "by their verb"),
        ];
        let grounds = grounds.into_iter().filter(|&(n, _)| n > 0);
        let grounds: Vec<_> = grounds.map(|(n, why)| format!("{n} {why}")).collect();
        page.fact("recommended", &of(self.recommendations, &grounds))?;
        page.fact(
            "placed",
            &format!("{} of {} characters", self.share(), self.characters),
        )?;
        if self.links > 0 {
            let links = counted(self.links, "link");
            page.fact(
                "links",
                &format!("{links} of page feet, placed where they are cited"),
            )?;
        }
        if self.furniture.is_empty() {
            page.fact("set aside", "nothing")?;
        }
        for (nth, aside) in self.furniture.iter().enumerate() {
            let name = if nth == 0 { "set aside" } else { "" };
            let (count, kind) = (aside.count, aside.kind.name());
            let what = format!("{count} × {kind}: {}", aside.example);
            page.clipped(name, &what)?;
        }
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let (misread, remarks): (Vec<_>, Vec<_>) = self.notes.iter().partition(|it| it.misread);
        for (title, sign, notes, style) in [
            ("May be misread", "!", &misread, red),
            ("Remarks", "·", &remarks, Style::new().bold()),
        ] {
            if notes.is_empty() {
                continue;
            }
            page.blank()?;
            page.line("", title, style)?;
            for note in notes {
                page.note(sign, note)?;
            }
        }
        page.blank()?;
        let (verdict, style) = match misread.len() {
            0 if remarks.is_empty() => (
                "Read whole, and nothing is doubtful.".to_owned(),
                Style::new().bold(),
            ),
            0 => (
                "Read whole; the remarks mean no misread text.".into(),
                Style::new().bold(),
            ),
            n => (
                format!(
                    "{} may be misread: look there in the source.",
                    counted(n, "place")
                ),
                red,
            ),
        };
        page.line("", &verdict, style)
    }

    /// The share of characters placed, rounded down: `100 %` is all.
    fn share(&self) -> String {
        if self.placed == self.characters {
            return "100 %".into();
        }
        let share = self.placed as u128 * 10_000 / self.characters.max(1) as u128;
        format!("{}.{:02} %", share / 100, share % 100)
    }
}

/// How many characters are printed in the source, and how many of these stand in the report.
///
/// They are counted one by one. A raised digit or letter is the one it was, and a hyphen that only
/// cut a word at the end of a line may be gone.
fn placed(manuscript: &Manuscript, report: &Report) -> (usize, usize) {
    let mut source: HashMap<char, usize> = HashMap::new();
    count(&manuscript.text, &mut source);
    let printed = source.values().sum();
    let mut left = source;
    let mut found: HashMap<char, usize> = HashMap::new();
    for unit in report.ids().map(|id| report.unit(id)) {
        count(unit.label, &mut found);
        count(unit.text, &mut found);
        let links = unit.links.iter();
        links.for_each(|link| count(&link.target, &mut found));
    }
    let aside = report.furniture().iter();
    aside.for_each(|piece| count(&piece.text, &mut found));
    for hyphen in ['-', '\u{ad}', '\u{2010}'] {
        left.remove(&hyphen);
    }
    let lost = |(c, &n): (&char, &usize)| n.saturating_sub(found.get(c).copied().unwrap_or(0));
    let lost: usize = left.iter().map(lost).sum();
    (printed, printed - lost)
}

fn count(text: &str, into: &mut HashMap<char, usize>) {
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let digit = matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{207f}');
        let letter = matches!(c, 'ʰ'..='ʸ' | 'ˠ'..='ˤ' | 'ᴬ'..='ᵪ' | 'ᶛ'..='ᶿ');
        match std::iter::once(c).nfkc().next().filter(|_| digit || letter) {
            Some(plain) => *into.entry(plain).or_default() += 1,
            None => *into.entry(c).or_default() += 1,
        }
    }
}

/// What was doubtful in reading the bytes and in reading the text, as its notes say.
fn doubts(notes: Vec<Note>) -> Vec<Doubt> {
    let doubt = |note: Note| Doubt {
        misread: note.misread,
        line: note.line,
        page: note.page,
        text: note.text,
    };
    notes.into_iter().map(doubt).collect()
}

/// What was set aside, by kind.
fn set_aside(report: &Report) -> Vec<Aside> {
    let mut kinds: BTreeMap<FurnitureKind, Aside> = BTreeMap::new();
    for piece in report.furniture() {
        let aside = kinds.entry(piece.kind).or_insert_with(|| Aside {
            kind: piece.kind,
            count: 0,
            example: piece.text.clone(),
            line: piece.line,
        });
        aside.count += 1;
    }
    kinds.into_values().collect()
}

/// Lines of a width, with names at their left.
struct Page<'a, 'b> {
    output: &'a mut Output<'b>,
    width: usize,
}

/// The column that facts begin at.
const FACTS: usize = 14;

impl<'a, 'b> Page<'a, 'b> {
    fn new(output: &'a mut Output<'b>) -> Self {
        let width = output.width.unwrap_or(PLAIN_WIDTH);
        Self { output, width }
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.output.to)
    }

    fn fact(&mut self, name: &str, what: &str) -> io::Result<()> {
        // On a narrow screen the facts stand below their names.
        if self.width < 3 * FACTS {
            self.line("  ", name, Style::new().bold())?;
            return self.line("    ", what, Style::new());
        }
        let name =
            self.output.paint(Style::new().bold(), name) + &" ".repeat(FACTS - 2 - name.len());
        self.hang(&format!("  {name}"), FACTS, what)
    }

    /// A fact of which one line is enough.
    fn clipped(&mut self, name: &str, what: &str) -> io::Result<()> {
        let ruler = self.output.ruler;
        let room = match self.width < 3 * FACTS {
            true => self.width.saturating_sub(4),
            false => self.width.saturating_sub(FACTS),
        };
        let part = ruler.clip(what, room);
        if part.len() == what.len() {
            return self.fact(name, what);
        }
        let part = ruler.clip(what, room.saturating_sub(ruler.cols("…")));
        self.fact(name, &format!("{part}…"))
    }

    fn note(&mut self, sign: &str, note: &Doubt) -> io::Result<()> {
        let mut place: Vec<_> = [("page", note.page), ("line", note.line)]
            .into_iter()
            .filter(|&(_, at)| at > 0)
            .map(|(name, at)| format!("{name} {at}"))
            .collect();
        if place.is_empty() {
            place.push("the whole".into());
        }
        self.hang(
            &format!("  {sign} "),
            4,
            &format!("{}: {}", place.join(", "), note.text),
        )
    }

    fn line(&mut self, before: &str, what: &str, style: Style) -> io::Result<()> {
        let room = self.width.saturating_sub(before.len());
        for part in wrap(self.output.ruler, what, room, room) {
            let part = self.output.paint(style, &safe(what[part].trim_end()));
            writeln!(self.output.to, "{before}{part}")?;
        }
        Ok(())
    }

    /// Text beside what stands before it, which takes so many columns.
    fn hang(&mut self, before: &str, cols: usize, what: &str) -> io::Result<()> {
        let room = self.width.saturating_sub(cols);
        let mut before = before.to_owned();
        for part in wrap(self.output.ruler, what, room, room) {
            let part = &what[part];
            writeln!(self.output.to, "{before}{}", safe(part.trim_end()))?;
            before = " ".repeat(cols);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse_manuscript;
    use crate::read::Call;

    #[test]
    fn what_calls_a_note_is_the_same_character_when_it_is_raised() {
        let mut manuscript = Manuscript::of_text("1. The sums b are the usual.\n");
        manuscript.calls.push(Call { span: 12..13 });
        let (report, _) = parse_manuscript(&manuscript, &mut |_, _| ());
        let mut units = report.ids().map(|id| report.unit(id).text);
        assert!(units.any(|text| text.contains('ᵇ')));
        assert_eq!(placed(&manuscript, &report), (22, 22));
    }
}
