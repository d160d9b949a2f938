//! The reader's own reports: which there are, with what is known of each, and what each says, so that all
//! can be searched without being read again. The reports themselves stay where they are.
//!
//! The catalogue is a file of a line a report, which is JSON; what a report says is written down in a
//! file of its own, which can be made anew from the report at any time.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::store::{self, Lock};
use super::{Shelf, Trouble};
use crate::report::{Report, Written};

/// A report on the shelf.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Where it is.
    pub file: String,
    /// Its size in bytes, when it was read.
    pub size: u64,
    /// When it was last changed before it was read, in milliseconds since 1970.
    pub changed: u64,
    /// What tells what it says from what others say.
    pub hash: String,
    /// Its symbol, where it states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// Its title.
    pub title: String,
    /// The code of its language.
    pub language: String,
    /// How many units it has.
    pub units: usize,
    /// How many of them are recommendations.
    pub recommendations: usize,
    /// When it was put on the shelf, in seconds since 1970.
    pub added: u64,
}

impl Entry {
    /// Its symbol and title, or where it has neither, its file.
    pub fn name(&self) -> String {
        let symbol = self.symbol.as_deref().unwrap_or("");
        let name = format!("{symbol} {}", self.title);
        match name.trim() {
            "" => self.file_name().into(),
            name => name.into(),
        }
    }

    /// Its symbol, else its title or the name of its file: short, for a column.
    pub fn short_name(&self) -> &str {
        match (&self.symbol, self.title.as_str()) {
            (Some(symbol), _) => symbol,
            (None, "") => self.file_name(),
            (None, title) => title,
        }
    }

    /// The name of its file without the folder.
    pub fn file_name(&self) -> &str {
        let name = Path::new(&self.file).file_name();
        name.and_then(|name| name.to_str()).unwrap_or(&self.file)
    }

    /// True where the file is as it was when it was read; none where it is gone.
    pub fn is_current(&self) -> Option<bool> {
        let (size, changed) = stamp(Path::new(&self.file)).ok()?;
        Some((size, changed) == (self.size, self.changed))
    }
}

/// The size of a file, and when it was last changed, in milliseconds since 1970.
///
/// # Errors
/// When the system does not tell.
pub fn stamp(path: &Path) -> io::Result<(u64, u64)> {
    let about = fs::metadata(path)?;
    let changed = about.modified()?.duration_since(std::time::UNIX_EPOCH);
    let changed = changed.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    });
    Ok((about.len(), changed))
}

impl Shelf {
    /// The reports on the shelf, in the order in which they were put there; and what there is to tell
    /// where some lines cannot be understood.
    pub fn catalogue(&self) -> (Vec<Entry>, Option<String>) {
        let Some(path) = self.folder().map(catalogue) else {
            return Default::default();
        };
        match fs::read(&path) {
            Ok(bytes) => {
                let (entries, wrong) = entries(&String::from_utf8_lossy(&bytes));
                let told = wrong.map(|line| {
                    format!(
                        "{}:{line}: this line cannot be understood and is left out",
                        path.display()
                    )
                });
                (entries, told)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
            Err(source) => (Vec::new(), Some(Trouble::Read { path, source }.to_string())),
        }
    }

    /// Puts reports on the shelf, each in place of the one of the same file; and takes those of these
    /// files away. Other runs may do the same meanwhile.
    ///
    /// # Errors
    /// When the folder cannot be written, or another run is at it for more than a second.
    pub fn change_catalogue(&self, put: &[Entry], take: &[String]) -> Result<(), Trouble> {
        let folder = self.folder().ok_or(Trouble::Nowhere)?;
        let path = catalogue(folder);
        store::make(&texts(folder))?;
        let lock = Lock::take(folder)?;
        lock.clean(&folder.join("shelf"), "");
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(source) => return Err(Trouble::Read { path, source }),
        };
        let (mut all, wrong) = entries(&String::from_utf8_lossy(&bytes));
        if wrong.is_some() {
            store::keep_aside(&path)?;
        }
        all.retain(|entry| !take.contains(&entry.file));
        let places: HashMap<String, usize> = (0..)
            .zip(&all)
            .map(|(at, entry)| (entry.file.clone(), at))
            .collect();
        for entry in put {
            match places.get(&entry.file) {
                Some(&at) => {
                    let added = all[at].added;
                    all[at] = entry.clone();
                    all[at].added = added;
                }
                None => all.push(entry.clone()),
            }
        }
        let mut text = String::new();
        for entry in &all {
            text.push_str(&serde_json::to_string(entry).unwrap_or_default());
            text.push('\n');
        }
        store::write(&path, &text)?;
        // What no report on the shelf says is needed no more.
        let needed: std::collections::HashSet<&str> =
            all.iter().map(|entry| entry.hash.as_str()).collect();
        let gone = all.len() < places.len() || !take.is_empty();
        for file in fs::read_dir(texts(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter(|_| gone)
        {
            let name = file.file_name();
            let hash = name.to_str().and_then(|name| name.strip_suffix(".json"));
            if hash.is_some_and(|hash| !needed.contains(hash)) {
                // It is only in the way.
                let _ = fs::remove_file(file.path());
            }
        }
        Ok(())
    }

    /// What a report on the shelf says, as it was written down; none where that is not there or cannot
    /// be understood.
    pub fn text(&self, hash: &str) -> Option<Report> {
        let path = texts(self.folder()?).join(file_name(hash)?);
        let bytes = fs::read(path).ok()?;
        let written: Written = serde_json::from_slice(&bytes).ok()?;
        (written.version == crate::report::VERSION).then_some(())?;
        written.report().ok()
    }

    /// Writes down what a report on the shelf says.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep_text(&self, hash: &str, report: &Report) -> Result<(), Trouble> {
        let folder = self.folder().ok_or(Trouble::Nowhere)?;
        let folder = texts(folder);
        store::make(&folder)?;
        let Some(name) = file_name(hash) else {
            return Ok(());
        };
        let path = folder.join(name);
        if path.exists() {
            return Ok(());
        }
        let written = Written::new(report, Vec::new());
        store::write(&path, &serde_json::to_string(&written).unwrap_or_default())
    }
}

fn catalogue(folder: &Path) -> PathBuf {
    folder.join("shelf").join("catalogue.jsonl")
}

fn texts(folder: &Path) -> PathBuf {
    folder.join("shelf").join("texts")
}

/// The name of a text; none for what is no hash, as a person may have written it.
fn file_name(hash: &str) -> Option<String> {
    let is_hash = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_hash.then(|| format!("{hash}.json"))
}

/// The entries of a catalogue, and the first line that is none, from 1.
fn entries(text: &str) -> (Vec<Entry>, Option<usize>) {
    let (mut all, mut wrong) = (Vec::new(), None);
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Entry>(line) {
            Ok(entry) if !entry.file.is_empty() => all.push(entry),
            _ => wrong = wrong.or(Some(number)),
        }
    }
    (all, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn entry(file: &str, hash: &str) -> Entry {
        Entry {
            file: file.into(),
            hash: hash.into(),
            ..Entry::default()
        }
    }

    #[test]
    fn reports_are_put_on_the_shelf_and_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(Some(folder.path().join("data")));
        assert_eq!(shelf.catalogue(), (Vec::new(), None));
        let (report, _) = parse("1. 各国应合作。\n");
        shelf.keep_text("aa", &report).unwrap();
        shelf.keep_text("bb", &report).unwrap();
        shelf
            .change_catalogue(&[entry("/a", "aa"), entry("/b", "bb")], &[])
            .unwrap();
        shelf.change_catalogue(&[entry("/a", "bb")], &[]).unwrap();
        let files = |shelf: &Shelf| {
            let all = shelf.catalogue().0.into_iter();
            all.map(|entry| format!("{} {}", entry.file, entry.hash))
                .collect::<Vec<_>>()
        };
        assert_eq!(files(&shelf), ["/a bb", "/b bb"]);
        assert_eq!(shelf.text("bb").unwrap().len(), 1);
        shelf.change_catalogue(&[], &["/b".into()]).unwrap();
        assert_eq!(files(&shelf), ["/a bb"]);
        assert!(shelf.text("aa").is_none(), "nobody says that any more");
        // A text that is damaged is as if it were not there.
        fs::write(folder.path().join("data/shelf/texts/bb.json"), "{").unwrap();
        assert!(shelf.text("bb").is_none());
        assert!(shelf.text("../../x").is_none());
    }

    #[test]
    fn a_line_that_cannot_be_understood_leaves_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(Some(folder.path().into()));
        shelf.change_catalogue(&[entry("/a", "aa")], &[]).unwrap();
        let path = folder.path().join("shelf/catalogue.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}{{\"file\": \n")).unwrap();
        let (all, told) = shelf.catalogue();
        assert_eq!(all.len(), 1);
        assert!(told.unwrap().contains("catalogue.jsonl:2: "));
        shelf.change_catalogue(&[entry("/b", "bb")], &[]).unwrap();
        assert_eq!(shelf.catalogue().0.len(), 2);
        assert!(folder.path().join("shelf/catalogue.jsonl.kept-1").exists());
    }
}
