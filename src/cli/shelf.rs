//! `rapporteur shelf`: reports put on the shelf, listed, taken off it.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::{Deed, Shelf as Args};
use super::{Around, Outcome, Output};
use crate::error::Error;
use crate::library::{self, Added, Named};
use crate::shelf::Entry;
use crate::typeset::{counted, safe, write_array};

pub(super) fn run(args: &Args, around: &Around, output: &mut Output) -> Result<Outcome, Error> {
    match &args.deed {
        Deed::Add { paths } => add(paths, around, output),
        Deed::List { json } => list(*json, around, output),
        Deed::Remove { reports } => remove(reports, around, output),
    }
}

/// How many of what there were.
#[derive(Default)]
struct Counts {
    new: usize,
    changed: usize,
    known: usize,
    same: usize,
    skipped: usize,
}

fn add(paths: &[PathBuf], around: &Around, output: &mut Output) -> Result<Outcome, Error> {
    let (files, skipped) = library::files(paths);
    let terminal = io::stderr().is_terminal();
    let mut counts = Counts::default();
    let mut failed = None;
    let mut tell = |count: usize, added: Added| {
        if terminal {
            // The line is written over by the next.
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
        let told = match added {
            Added::New(entry) => {
                counts.new += 1;
                writeln!(output.to, "{}", safe(&line(&entry, "added")))
            }
            Added::Changed(entry) => {
                counts.changed += 1;
                writeln!(output.to, "{}", safe(&line(&entry, "read again")))
            }
            Added::Known(_) => {
                counts.known += 1;
                Ok(())
            }
            Added::Same(file, other) => {
                counts.same += 1;
                skip(&file, &format!("it says the same as {other}"));
                Ok(())
            }
            Added::Skipped(file, why) => {
                counts.skipped += 1;
                skip(&file, &why);
                Ok(())
            }
        };
        if let Err(error) = told.and_then(|()| output.to.flush()) {
            failed = failed.take().or(Some(error));
        }
        if terminal && count < files.len() {
            let _ = write!(io::stderr(), "{count} of {}", files.len());
            let _ = io::stderr().flush();
        }
    };
    skipped.into_iter().for_each(|one| tell(files.len(), one));
    library::add(&around.shelf, &files, &mut tell).map_err(Error::Shelf)?;
    if let Some(error) = failed {
        return Err(Error::Write(error));
    }
    let parts = [
        (counts.new, "added"),
        (counts.changed, "read again"),
        (counts.known, "there already"),
        (counts.same, "the same as others"),
        (counts.skipped, "skipped"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let told = match parts.is_empty() {
        true => "no file in there".into(),
        false => parts.join(", "),
    };
    // Whoever closed standard error does not want to know.
    let _ = writeln!(io::stderr(), "{told}");
    Ok(match counts.skipped {
        0 if !parts.is_empty() => Outcome::Found,
        _ => Outcome::FoundNothing,
    })
}

fn skip(file: &Path, why: &str) {
    let _ = writeln!(
        io::stderr(),
        "{}",
        safe(&format!("skipped {}: {why}", file.display()))
    );
}

fn line(entry: &Entry, what: &str) -> String {
    let units = counted(entry.units, "unit");
    format!("{what} {}, {units}, {}", entry.name(), entry.file)
}

fn list(json: bool, around: &Around, output: &mut Output) -> Result<Outcome, Error> {
    let entries = catalogue(around);
    if json {
        write_array(output.to, entries.iter()).map_err(Error::Write)?;
    } else {
        for (number, entry) in (1..).zip(&entries) {
            let gone = if Path::new(&entry.file).exists() {
                ""
            } else {
                " (gone)"
            };
            let cells = [
                number.to_string(),
                entry.symbol.clone().unwrap_or_default(),
                entry.language.clone(),
                counted(entry.units, "unit"),
                counted(entry.recommendations, "recommendation"),
                entry.title.clone(),
                format!("{}{gone}", entry.file),
            ];
            let cells = cells.map(|cell| safe(&cell).into_owned());
            writeln!(output.to, "{}", cells.join("\t")).map_err(Error::Write)?;
        }
    }
    if entries.is_empty() {
        let _ = writeln!(
            io::stderr(),
            "no report is on the shelf\n  try: rapporteur shelf add FILE"
        );
        return Ok(Outcome::FoundNothing);
    }
    Ok(Outcome::Found)
}

/// What is on the shelf; what there is to tell of that goes to standard error.
pub(super) fn catalogue(around: &Around) -> Vec<Entry> {
    let (entries, told) = around.shelf.catalogue();
    if let Some(told) = told {
        let _ = writeln!(io::stderr(), "{}", safe(&told));
    }
    entries
}

fn remove(reports: &[String], around: &Around, output: &mut Output) -> Result<Outcome, Error> {
    let entries = catalogue(around);
    let mut files = Vec::new();
    for wanted in reports {
        let absolute = std::path::absolute(wanted).unwrap_or_else(|_| wanted.into());
        let canonical = std::fs::canonicalize(wanted).unwrap_or_else(|_| absolute.clone());
        let is = |entry: &&Entry| {
            let file = Path::new(&entry.file);
            file == absolute || file == canonical
        };
        let numbered = wanted
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let found = entries
            .iter()
            .find(is)
            .or_else(|| entries.get(numbered?))
            .cloned();
        let found = match found {
            Some(entry) => vec![entry],
            None => match library::named(Path::new(wanted), &around.shelf) {
                Named::Shelved(entry) => vec![entry],
                // A symbol means the document, in whichever languages it is there.
                Named::Several(all) => all,
                Named::File | Named::Nothing => {
                    return Err(Error::NotShelved {
                        name: wanted.clone(),
                    });
                }
            },
        };
        files.extend(found.into_iter().map(|entry| entry.file));
    }
    around
        .shelf
        .change_catalogue(&[], &files)
        .map_err(Error::Shelf)?;
    for file in &files {
        writeln!(
            output.to,
            "{}",
            safe(&format!("taken off the shelf: {file}"))
        )
        .map_err(Error::Write)?;
    }
    Ok(Outcome::Found)
}
