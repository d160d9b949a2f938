//! Arguments in, exit code out: 0 found, 1 found nothing, 2 could not look.

use std::error::Error as _;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use rapporteur::cli::args::{Args, Command, Hyperlinks, Print, Theme};
use rapporteur::cli::{self, Outcome, Output};
use rapporteur::error::{Error, Neither};
use rapporteur::facet::Vocabularies;
use rapporteur::folders;
use rapporteur::library::{self, Named};
use rapporteur::outside::Surroundings;
use rapporteur::read::{Options, Source};
use rapporteur::settings::{self, AmbiguousWidth};
use rapporteur::shelf::Shelf;
use rapporteur::tui::{self, Palette};
use rapporteur::typeset::{Ruler, safe};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // `rapporteur fnd x` names a file and says something behind it.
            let word = std::env::args().nth(1).unwrap_or_default();
            let odd = matches!(
                error.kind(),
                ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand
            );
            let named = Path::new(&word).exists();
            if let Some(command) =
                nearest_command(&word).filter(|near| odd && *near != word && !named)
            {
                tell(&Error::Nothing {
                    name: word,
                    source: Neither,
                    nearest: Some(command),
                });
                return ExitCode::from(2);
            }
            // Where nobody reads it, there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    if let Some(message) = conflict(&args) {
        Args::command()
            .error(ErrorKind::ArgumentConflict, message)
            .exit();
    }
    match run(&args) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::FoundNothing | Outcome::Doubtful) => ExitCode::from(1),
        Ok(Outcome::Mistaken) => ExitCode::from(2),
        // Whoever read the output has read enough.
        Err(Error::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// What was asked for that does not go together.
fn conflict(args: &Args) -> Option<&'static str> {
    let named = args.report.is_some() || args.command.is_some();
    let printed = args.keys.is_some() || args.print.is_some();
    if matches!(&args.command, Some(Command::Check(check)) if check.file.is_some())
        && args.report.is_some()
    {
        Some("name the report once: rapporteur check FILE")
    } else if args.file.is_some() && named {
        Some(
            "with a command, or with -r, name the report by -r alone: rapporteur find -r FILE QUERY",
        )
    } else if args.command.is_some() && printed {
        Some("--keys and --print are the explorer's and go with no command")
    } else if args.command.is_some() && args.plain {
        Some("--plain is the explorer's and goes with no command")
    } else if args.plain && printed {
        Some("--plain draws nothing and goes with neither --keys nor --print")
    } else {
        None
    }
}

fn run(args: &Args) -> Result<Outcome, Error> {
    let shelf = Shelf::open(folders::data());
    let source = source(args, &shelf)?.with(Options {
        encoding: args.encoding,
    });
    let printed = args.keys.is_some() || args.print.is_some();
    let terminal = io::stdout().is_terminal();
    let around = Surroundings::here();
    let (mut settings, mistakes, file) = settings::load();
    let beside = file.as_deref().and_then(Path::parent);
    let (words, wrong_words) = Vocabularies::with(beside.map(|folder| folder.join("facets")));
    let ruler = match settings.ambiguous_width {
        AmbiguousWidth::Wide => Ruler::WIDE,
        AmbiguousWidth::Narrow | AmbiguousWidth::Auto => Ruler::NARROW,
    };
    if args.command.is_none() && !printed && (args.plain || (terminal && around.is_dumb())) {
        return tui::plain::explore(source, ruler, words, shelf).map(|()| Outcome::Found);
    }
    if args.command.is_none() && !printed && terminal {
        let asked = asked(args, &around);
        settings.hyperlinks = match args.hyperlinks {
            Hyperlinks::Auto => settings.hyperlinks,
            Hyperlinks::Always => settings::Hyperlinks::Always,
            Hyperlinks::Never => settings::Hyperlinks::Never,
        };
        let wishes = tui::Wishes::new(settings, mistakes, asked, around, shelf.clone())
            .with_words(words, &wrong_words);
        // Who has reports chooses among them.
        let chooses = args.path().is_none() && !shelf.catalogue().0.is_empty();
        let source = (!chooses).then_some(source);
        return tui::explore(source, wishes).map(|()| Outcome::Found);
    }
    let mut to = BufWriter::new(io::stdout().lock());
    let mut output = Output::standard(&mut to, args.color, args.hyperlinks, &around);
    output.ruler = ruler;
    let outcome = match &args.command {
        Some(command) => {
            let around = cli::Around {
                keys: tui::keys::defaults(),
                wrong_keys: &|settings| tui::keys_wished(settings).1,
                shelf,
                words,
                wrong_words,
            };
            cli::run(command, &source, &around, &mut output)?
        }
        None if printed => {
            print(args, &source, &shelf, &around, &mut output)?;
            Outcome::Found
        }
        None => cli::outline(&source, &mut output)?,
    };
    to.flush().map_err(Error::Write)?;
    Ok(outcome)
}

/// What is to be read: a file, or a report on the shelf by its symbol.
fn source(args: &Args, shelf: &Shelf) -> Result<Source, Error> {
    let needs = !matches!(args.command, Some(Command::Config(_) | Command::Shelf(_)));
    let Some(path) = args.path().filter(|_| needs) else {
        return Ok(Source::built_in());
    };
    let name = || path.display().to_string();
    match library::named(path, shelf) {
        Named::File => Ok(Source::named(Some(path))),
        Named::Shelved(entry) => Ok(Source::file(entry.file)),
        Named::Several(all) => Err(Error::SeveralShelved {
            name: name(),
            files: all
                .into_iter()
                .map(|entry| entry.file)
                .collect::<Vec<_>>()
                .join(", "),
        }),
        Named::Nothing => Err(Error::Nothing {
            name: name(),
            source: Neither,
            nearest: nearest_command(&name()),
        }),
    }
}

/// The command that is most like a word, if one is.
fn nearest_command(word: &str) -> Option<String> {
    let commands = Args::command();
    let names: Vec<_> = commands
        .get_subcommands()
        .map(|command| command.get_name().to_string())
        .collect();
    settings::nearest(word, names.iter().map(String::as_str)).map(String::from)
}

/// The colours that arguments ask for, if they do.
fn asked(args: &Args, around: &Surroundings) -> Option<Palette> {
    match args.color.wanted(true, around) {
        true => args.theme.map(palette),
        false => Some(Palette::None),
    }
}

/// Draws one frame, on a terminal that is the same everywhere but for how wide it is said to draw.
fn print(
    args: &Args,
    source: &Source,
    shelf: &Shelf,
    around: &Surroundings,
    output: &mut Output,
) -> Result<(), Error> {
    // A picture is for looking at, so it has colours unless they are refused.
    let palette = match args.print {
        Some(Print::Svg) if args.color.wanted(true, around) => {
            args.theme.map_or(Palette::Dark, palette)
        }
        _ => Palette::None,
    };
    let screen = tui::Screen {
        cols: args.size.cols,
        rows: args.size.rows,
        palette,
        ruler: output.ruler,
    };
    let frame = tui::print_shelved(source, args.keys.as_deref().unwrap_or(""), screen, shelf)?;
    let text = match args.print {
        Some(Print::Svg) => frame.svg(),
        _ => frame.text(),
    };
    output.to.write_all(text.as_bytes()).map_err(Error::Write)
}

fn palette(theme: Theme) -> Palette {
    match theme {
        Theme::Dark => Palette::Dark,
        Theme::Light => Palette::Light,
        Theme::Sixteen => Palette::Sixteen,
        Theme::None => Palette::None,
    }
}

/// What was tried, why it failed, and the way out.
fn tell(error: &Error) {
    let mut told = format!("rapporteur: {}\n", safe(&error.to_string()));
    let mut source = error.source();
    while let Some(cause) = source {
        told.push_str(&format!("  because: {}\n", safe(&cause.to_string())));
        source = cause.source();
    }
    if let Some(way) = error.way_out() {
        told.push_str(&format!("  try: {}\n", safe(&way)));
    }
    // With standard error closed there is nobody to tell.
    let _ = io::stderr().write_all(told.as_bytes());
}
