//! The commands, one file each: the same report and the same search for scripts.
//!
//! Each writes to what it is given and says what it found; `main` turns that into an exit code.

pub mod args;
mod config;
mod find;
mod json;
mod outline;
mod show;

use std::io::{self, IsTerminal, Write};

use crate::error::Error;
use crate::parse::parse;
use crate::read::Source;
use crate::report::Report;
use crate::typeset::Ruler;
use crate::settings::Action;
use args::{Color, Command};

/// What a command came to; each is an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Found,
    /// Exit code 1.
    FoundNothing,
    /// The file of settings has mistakes, which are told: exit code 2.
    Mistaken,
}

/// Where a command writes, and how.
pub struct Output<'a> {
    /// The stream.
    pub to: &'a mut dyn Write,
    /// True to set what was found and what is a label apart by style.
    pub styled: bool,
    /// The width of the terminal in columns; none where the output is no terminal.
    pub width: Option<usize>,
    /// What text measures there.
    pub ruler: Ruler,
}

impl<'a> Output<'a> {
    /// Standard output with what the surroundings say of it: whether it is a terminal, how wide,
    /// and whether colour is wanted (`--color`, then `NO_COLOR` and `TERM=dumb`).
    pub fn standard(to: &'a mut dyn Write, color: Color) -> Self {
        let terminal = io::stdout().is_terminal();
        // A terminal may not know its width and say 0.
        let told = crossterm::terminal::size().map_or(0, |(cols, _)| usize::from(cols));
        let width = terminal.then_some(if told == 0 { PLAIN_WIDTH } else { told });
        Self {
            to,
            styled: color.wanted(terminal),
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

/// Runs one command. `keys` are the explorer's, which this does not know.
///
/// # Errors
/// When the report cannot be read, the address is unknown, or the output cannot be written.
pub fn run(
    command: &Command,
    source: &Source,
    keys: &[Action],
    output: &mut Output,
) -> Result<Outcome, Error> {
    let report = || Ok::<_, Error>(parse(&source.text(&mut |_, _| ())?).0);
    match command {
        Command::Outline(args) => outline::run(args, &report()?, output),
        Command::Show(args) => show::run(args, &report()?, source, output),
        Command::Find(args) => find::run(args, &report()?, source, output),
        // It needs no report.
        Command::Config(args) => config::run(args, keys, output),
    }
}

/// The outline, for where the explorer has no terminal to draw on.
///
/// # Errors
/// As [`run`].
pub fn outline(source: &Source, output: &mut Output) -> Result<Outcome, Error> {
    let command = Command::Outline(args::Outline::default());
    run(&command, source, &[], output)
}

/// The width a command without a terminal and without `--width` sets text to, in columns.
const PLAIN_WIDTH: usize = 80;

fn language(report: &Report, wanted: Option<args::Cite>) -> crate::report::Language {
    wanted.map_or(report.language(), Into::into)
}
