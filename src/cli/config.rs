//! `rapporteur config`: where the settings are and what is wrong in them, or the default file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::args::Config;
use super::{Around, Outcome, Output};
use crate::error::Error;
use crate::settings;
use crate::typeset::safe;

/// Writes the path to the output, alone, so that a script can use it; all else goes to standard
/// error.
pub(super) fn run(args: &Config, around: &Around, output: &mut Output) -> Result<Outcome, Error> {
    if args.default {
        let text = settings::default_text(&around.keys);
        output.to.write_all(text.as_bytes()).map_err(Error::Write)?;
        return Ok(Outcome::Found);
    }
    let (settings, mut mistakes, path) = settings::load();
    mistakes.extend((around.wrong_keys)(&settings));
    mistakes.sort_by_key(|mistake| mistake.line);
    let Some(path) = path else {
        tell("there is no place for settings\n  try: RAPPORTEUR_CONFIG=FILE names one");
        return Ok(Outcome::FoundNothing);
    };
    let name = safe(&path.display().to_string()).into_owned();
    if args.init {
        write(&path, &settings::default_text(&around.keys))?;
    }
    writeln!(output.to, "{name}").map_err(Error::Write)?;
    output.to.flush().map_err(Error::Write)?;
    if !mistakes.is_empty() || !around.wrong_words.is_empty() {
        for mistake in mistakes {
            tell(&format!("{name}:{}", safe(&mistake.to_string())));
        }
        for mistake in &around.wrong_words {
            tell(&safe(&mistake.to_string()));
        }
        return Ok(Outcome::Mistaken);
    }
    if path.exists() {
        tell("it exists and has no mistakes");
    } else {
        tell(
            "it does not exist, so every setting has its default\n  try: rapporteur config --init writes one to begin with",
        );
    }
    Ok(Outcome::Found)
}

/// Writes a new file, with the folders above it.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::File::create_new(path))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| Error::Settings {
        name: path.display().to_string(),
        source,
    })
}

fn tell(line: &str) {
    // Whoever closed standard error does not want to know.
    let _ = writeln!(io::stderr(), "{line}");
}
