//! The reader's settings: one commented file, all of whose mistakes are told at once.
//!
//! What is right is used whatever stands beside it, so the program always starts. What keys and
//! actions there are is the explorer's to know: wishes for keys are handed on as written.

mod mistake;
mod syntax;
mod table;

use std::fs::File as Opened;
use std::io::{self, Read};
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::folders;
pub use mistake::{Mistake, nearest};
pub use table::{AmbiguousWidth, Copying, Hyperlinks, KeyDefault, Theme, default_text, names};

use mistake::clip;
use syntax::File;
use table::{KEYS, Kind, SETTINGS, Setting};

/// What the reader set, and the defaults of what not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// The width of characters that are wide in East Asian fonts only.
    pub ambiguous_width: AmbiguousWidth,
    /// The widest a line of text gets, in columns: 20 to 200.
    pub measure: u16,
    /// Whether the explorer takes the mouse.
    pub mouse: bool,
    /// Where copies go.
    pub copy: Copying,
    /// Whether links can be clicked.
    pub hyperlinks: Hyperlinks,
    /// Whether place, folds, bookmarks and histories are kept.
    pub remember: bool,
    /// Wishes for keys, in the order of the file, unchecked.
    pub keys: Vec<KeyWish>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            ambiguous_width: AmbiguousWidth::Auto,
            // 40 Chinese characters or 80 Latin ones are comfortable to read.
            measure: 80,
            mouse: true,
            copy: Copying::Auto,
            hyperlinks: Hyperlinks::Auto,
            remember: true,
            keys: Vec::new(),
        }
    }
}

/// A line under `[keys]`: neither its action nor its keys need exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWish {
    /// The name of the action.
    pub action: String,
    /// The keys it shall have; none when it shall have none.
    pub keys: Vec<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// A file of settings is a page; what is so much longer, in bytes, is something else.
const LONGEST: u64 = 256 << 10;

/// Reads the file of settings where there is one. Also gives the path where it is or would be;
/// none when this system has no place for it.
///
/// A file that cannot be read is a mistake on line 1.
pub fn load() -> (Settings, Vec<Mistake>, Option<PathBuf>) {
    let Some(path) = folders::settings_file() else {
        return (Settings::default(), Vec::new(), None);
    };
    let mut bytes = Vec::new();
    let opened =
        Opened::open(&path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
    let (settings, mistakes) = match opened {
        Ok(_) => read_bytes(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => unreadable(
            "a folder stands where the file should".into(),
            "move it away, or name another file by RAPPORTEUR_CONFIG",
        ),
        Err(error) => unreadable(
            format!("the file cannot be read: {error}"),
            "give yourself the right to read it, or take it away",
        ),
    };
    (settings, mistakes, Some(path))
}

fn read_bytes(bytes: Vec<u8>) -> (Settings, Vec<Mistake>) {
    if bytes.len() as u64 > LONGEST {
        return unreadable(
            "the file is longer than 256 KiB".into(),
            "begin with rapporteur config --default",
        );
    }
    match String::from_utf8(bytes) {
        Ok(text) => read(&text),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..good]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count()
                + 1;
            unreadable(
                format!("the file is not UTF-8 (on line {line})"),
                "save it as UTF-8",
            )
        }
    }
}

fn unreadable(what: String, way_out: &str) -> (Settings, Vec<Mistake>) {
    (Settings::default(), vec![Mistake::new(1, what, way_out)])
}

/// What a file of settings says, and all its mistakes in the order of their lines.
///
/// ```
/// use rapporteur::settings::read;
/// let (settings, mistakes) = read("measure = 60\ntheem = \"dark\"\nmouse = 1\n");
/// assert_eq!(settings.measure, 60);
/// let told: Vec<_> = mistakes.iter().map(|mistake| mistake.to_string()).collect();
/// assert_eq!(told, [
///     "2: unknown setting theem (did you mean theme?)",
///     "3: mouse is true or false, not 1 (write mouse = true or mouse = false)",
/// ]);
/// ```
pub fn read(text: &str) -> (Settings, Vec<Mistake>) {
    let mut file = File::new(text);
    let mut mistakes = std::mem::take(&mut file.mistakes);
    let mut settings = Settings::default();
    let table = file.table();
    for (name, value) in table.get_ref().iter() {
        let line = file.line(name.span().start);
        let whole = name.span().start..value.span().end.max(name.span().end);
        let name: &str = name.get_ref();
        match value.get_ref() {
            DeValue::Table(keys) if name == KEYS => {
                read_keys(keys, &file, &mut settings.keys, &mut mistakes);
            }
            _ if file.is_broken(whole) => {}
            _ if name == KEYS => mistakes.push(Mistake::new(
                line,
                "keys is a heading with a line for each action",
                "write [keys] on a line of its own and find = \"/\" below",
            )),
            value => match SETTINGS.iter().find(|setting| setting.name == name) {
                Some(setting) => match put(&mut settings, setting, value) {
                    Ok(()) => {}
                    Err((what, way_out)) => mistakes.push(Mistake::new(line, what, way_out)),
                },
                None => mistakes.push(unknown(name, line)),
            },
        }
    }
    settings.keys.sort_by_key(|wish| wish.line);
    mistakes.sort_by_key(|mistake| mistake.line);
    (settings, mistakes)
}

fn unknown(name: &str, line: usize) -> Mistake {
    let known = || names().chain([KEYS]);
    let way_out = match nearest(name, known()) {
        Some(known) => format!("did you mean {known}?"),
        None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
    };
    Mistake::new(line, format!("unknown setting {}", clip(name)), way_out)
}

/// Puts a value where it belongs, or says what it cannot be and what it could.
fn put(
    settings: &mut Settings,
    setting: &Setting,
    value: &DeValue,
) -> Result<(), (String, String)> {
    let name = setting.name;
    let told = shown(value);
    match (&setting.kind, value) {
        (Kind::Choice(words, put, _), DeValue::String(word)) => {
            if let Some(at) = words.iter().position(|known| known == word) {
                put(settings, at);
                return Ok(());
            }
            let quoted = words
                .iter()
                .map(|word| format!("\"{word}\""))
                .collect::<Vec<_>>();
            let way_out = match nearest(word, words.iter().copied()) {
                Some(known) => format!("did you mean \"{known}\"?"),
                None => format!("choose one of {}", quoted.join(", ")),
            };
            Err((format!("{name} cannot be {told}"), way_out))
        }
        (Kind::Choice(words, ..), _) => Err((
            format!("{name} is a word in quotes, not {told}"),
            format!("choose one of \"{}\"", words.join("\", \"")),
        )),
        (Kind::Columns(range, put, _), DeValue::Integer(number)) => {
            let number = u16::from_str_radix(number.as_str(), number.radix()).ok();
            if let Some(number) = number.filter(|number| range.contains(number)) {
                put(settings, number);
                return Ok(());
            }
            let (least, most) = (range.start(), range.end());
            Err((
                format!("{name} cannot be {told}"),
                format!("write a number from {least} to {most}"),
            ))
        }
        (Kind::Columns(..), value) => Err((
            format!("{name} is a whole number, not {told}"),
            match value {
                DeValue::String(_) => "take the quotes away".into(),
                _ => format!("write {name} = {}", Settings::default().measure),
            },
        )),
        (Kind::Switch(put, _), DeValue::Boolean(on)) => {
            put(settings, *on);
            Ok(())
        }
        (Kind::Switch(..), _) => Err((
            format!("{name} is true or false, not {told}"),
            format!("write {name} = true or {name} = false"),
        )),
    }
}

fn read_keys(keys: &DeTable, file: &File, wishes: &mut Vec<KeyWish>, mistakes: &mut Vec<Mistake>) {
    for (action, value) in keys.iter() {
        let line = file.line(action.span().start);
        if file.is_broken(action.span().start..value.span().end) {
            continue;
        }
        let name: &str = action.get_ref();
        match key_names(value) {
            Ok(keys) => wishes.push(KeyWish {
                action: name.into(),
                keys,
                line,
            }),
            Err(wrong) => {
                let setting = names().any(|known| known == name);
                let way_out = if setting {
                    // What is added at the end of the file comes under the last heading.
                    format!("{name} is a setting: move it above the line [keys]")
                } else {
                    format!("write {} = \"x\" or = [\"x\", \"ctrl-x\"]", clip(name))
                };
                let line = file.line(wrong.span().start).max(line);
                let what = format!("a key is written in quotes, not {}", shown(wrong.get_ref()));
                mistakes.push(Mistake::new(line, what, way_out));
            }
        }
    }
}

/// The keys of a line, or what is none.
fn key_names<'a, 'b>(
    value: &'b Spanned<DeValue<'a>>,
) -> Result<Vec<String>, &'b Spanned<DeValue<'a>>> {
    match value.get_ref() {
        DeValue::String(key) => Ok(vec![key.to_string()]),
        DeValue::Array(keys) => keys
            .iter()
            .map(|key| key.get_ref().as_str().map(String::from).ok_or(key))
            .collect(),
        _ => Err(value),
    }
}

/// A value as a message shows it.
fn shown(value: &DeValue) -> String {
    match value {
        DeValue::String(word) => format!("\"{}\"", clip(word)),
        DeValue::Integer(number) if number.radix() == 10 => clip(number.as_str()),
        DeValue::Integer(_) => "such a number".into(),
        DeValue::Float(number) => clip(number.as_str()),
        DeValue::Boolean(on) => on.to_string(),
        DeValue::Datetime(_) => "a date".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a heading".into(),
    }
}

#[cfg(test)]
mod tests;
