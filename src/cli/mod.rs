//! The commands, one file each: the same report and the same search for scripts.
//!
//! Each writes to what it is given and says what it found; `main` turns that into an exit code.

pub mod args;
mod check;
mod config;
mod export;
mod find;
mod json;
mod mark;
mod outline;
mod shelf;
mod show;
mod waiting;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use crate::error::Error;
use crate::facet::{self, Vocabularies};
use crate::outside::Surroundings;
use crate::parse::{Note, parse_manuscript};
use crate::read::{Manuscript, Progress, Source};
use crate::report::{Lookup, Report, UnitId};
use crate::settings::{KeyDefault, Mistake, Settings};
use crate::shelf::{Key, Opened, Shelf};
use crate::typeset::{Ruler, safe};
use args::{Color, Command, Hyperlinks};
use waiting::Waiting;

/// What a command came to; each is an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Found,
    /// Exit code 1.
    FoundNothing,
    /// The report was read, but perhaps not all of it rightly: exit code 1.
    Doubtful,
    /// The file of settings has mistakes, which are told: exit code 2.
    Mistaken,
}

/// Where a command writes, and how.
pub struct Output<'a> {
    /// The stream.
    pub to: &'a mut dyn Write,
    /// True to set what was found and what is a label apart by style.
    pub styled: bool,
    /// True to make what can be followed a hyperlink of the terminal's.
    pub hyperlinks: bool,
    /// The width of the terminal in columns; none where the output is no terminal.
    pub width: Option<usize>,
    /// What text measures there.
    pub ruler: Ruler,
}

impl<'a> Output<'a> {
    /// Standard output with what the surroundings say of it: whether it is a terminal, how wide,
    /// whether colour is wanted (`--color`, then `NO_COLOR` and `TERM=dumb`), and hyperlinks.
    pub fn standard(
        to: &'a mut dyn Write,
        color: Color,
        hyperlinks: Hyperlinks,
        around: &Surroundings,
    ) -> Self {
        let terminal = io::stdout().is_terminal();
        // A terminal may not know its width and say 0.
        let told = crossterm::terminal::size().map_or(0, |(cols, _)| usize::from(cols));
        let width = terminal.then_some(if told == 0 { PLAIN_WIDTH } else { told });
        Self {
            to,
            styled: color.wanted(terminal, around),
            hyperlinks: hyperlinks.wanted(terminal, around),
            width,
            ruler: Ruler::NARROW,
        }
    }

    fn paint(&self, style: anstyle::Style, text: &str) -> String {
        if self.styled {
            format!("{style}{text}{style:#}")
        } else {
            text.into()
        }
    }
}

/// What the commands need of the explorer, which they do not know, and of what the reader set.
pub struct Around<'a> {
    /// The actions of the explorer with their keys.
    pub keys: Vec<KeyDefault>,
    /// What is wrong with the keys that settings wish for.
    pub wrong_keys: &'a dyn Fn(&Settings) -> Vec<Mistake>,
    /// Where marks are kept.
    pub shelf: Shelf,
    /// The words that facets are read by.
    pub words: Arc<Vocabularies>,
    /// What is wrong with those that the reader added.
    pub wrong_words: Vec<facet::Mistake>,
}

/// Runs one command.
///
/// # Errors
/// When the report cannot be read, the address is unknown, or the output cannot be written.
pub fn run(
    command: &Command,
    source: &Source,
    around: &Around,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let report = || Ok::<_, Error>(read(source)?.1);
    match command {
        Command::Outline(args) => outline::run(args, &report()?, output),
        Command::Show(args) => show::run(args, &report()?, source, output),
        Command::Find(args) => find::run(args, source, around, output),
        // It needs no report.
        Command::Shelf(args) => shelf::run(args, around, output),
        Command::Export(args) => export::run(args, source, around, output),
        Command::Mark(args) => mark::run(args, source, around, output),
        Command::Check(args) => check::run(args, source, output),
        // It needs no report.
        Command::Config(args) => config::run(args, around, output),
    }
}

/// The outline, for where the explorer has no terminal to draw on.
///
/// # Errors
/// As [`run`].
pub fn outline(source: &Source, output: &mut Output) -> Result<Outcome, Error> {
    outline::run(&args::Outline::default(), &read(source)?.1, output)
}

/// Opens a report, saying on a terminal how far it is when that takes long.
fn read(source: &Source) -> Result<(Manuscript, Report, Vec<Note>), Error> {
    let mut waiting = Waiting::begin(source.name());
    let manuscript = source.manuscript(&mut |progress| waiting.tell(progress))?;
    let (report, notes) = parse_manuscript(&manuscript, &mut |done, of| {
        waiting.tell(Progress::lines(done, of));
    });
    Ok((manuscript, report, notes))
}

/// The unit of an address, however that is written.
///
/// # Errors
/// When no unit has it, or several may.
fn unit(report: &Report, source: &Source, wanted: String) -> Result<UnitId, Error> {
    match report.look_up(&wanted) {
        Lookup::Found(id) => Ok(id),
        Lookup::Nearest(id) => Err(Error::UnknownAddress {
            wanted,
            report: source.name(),
            nearest: report.address(id).to_string(),
        }),
        Lookup::Several(all) => Err(Error::Ambiguous {
            wanted,
            report: source.name(),
            choices: report.choices(&all),
        }),
        Lookup::NotAnAddress if wanted.trim().is_empty() => Err(Error::NoAddress),
        Lookup::NotAnAddress => Err(Error::NotAnAddress {
            wanted,
            report: source.name(),
        }),
    }
}

/// A report with the reader's marks on it.
struct Read {
    report: Report,
    notes: Vec<Note>,
    key: Key,
    /// Where it was read from, if that is a file.
    file: Option<PathBuf>,
    marks: Opened,
}

/// Opens a report with its marks, and says on standard error what there is to tell of these.
fn read_marked(source: &Source, around: &Around) -> Result<Read, Error> {
    let (manuscript, report, notes) = read(source)?;
    let key = Key::new(&manuscript.text, report.title());
    let file = source.path();
    let file = file.map(|file| std::path::absolute(file).unwrap_or_else(|_| file.into()));
    let marks = around.shelf.marks(&key, &report, file.as_deref());
    for told in &marks.told {
        // Whoever closed standard error does not want to know.
        let _ = writeln!(io::stderr(), "{}", safe(told));
    }
    Ok(Read {
        report,
        notes,
        key,
        file,
        marks,
    })
}

/// The width a command without a terminal and without `--width` sets text to, in columns.
const PLAIN_WIDTH: usize = 80;

fn language(report: &Report, wanted: Option<args::Cite>) -> crate::report::Language {
    wanted.map_or(report.language(), Into::into)
}
