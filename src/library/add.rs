//! Reports put on the shelf: files read on all processors, each told of as it is done, and what is no
//! report, or cannot be read, skipped with the reason.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::error::Error;
use crate::parse::parse_manuscript;
use crate::read::Source;
use crate::shelf::{Entry, Key, Shelf, Trouble, stamp};

/// What came of a file.
#[derive(Debug)]
pub enum Added {
    /// It is on the shelf now.
    New(Entry),
    /// It was there, and has changed since.
    Changed(Entry),
    /// It was there as it is.
    Known(Entry),
    /// It says the same as another that is there.
    Same(PathBuf, String),
    /// It is not on the shelf, for this reason.
    Skipped(PathBuf, String),
}

/// The endings of files in a folder that may be reports; a file that is named itself may have any.
const ENDINGS: [&str; 10] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "docx", "pdf", "json",
];

/// The files that these paths mean: of a folder all that may be reports, in order, without hidden ones, and
/// what in it is none with the reason. What a link in a folder leads to is looked at once.
pub fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Added>) {
    let (mut files, mut skipped) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut folders = vec![path.clone()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    skipped.push(Added::Skipped(folder, error.to_string()));
                    continue;
                }
            };
            let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
            entries.sort();
            let mut below = Vec::new();
            for path in entries {
                let hidden = path
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with('.'));
                if hidden {
                    continue;
                }
                if path.is_dir() {
                    // A link to a folder may lead back here.
                    match path.is_symlink() {
                        true => skipped.push(Added::Skipped(
                            path,
                            "it is a link to a folder: name that".into(),
                        )),
                        false => below.push(path),
                    }
                    continue;
                }
                let ending = path
                    .extension()
                    .map(|ending| ending.to_string_lossy().to_lowercase());
                match ending.is_none_or(|ending| ENDINGS.contains(&ending.as_str())) {
                    true => files.push(path),
                    false => skipped.push(Added::Skipped(
                        path,
                        "by its name it is no report: name it itself to add it".into(),
                    )),
                }
            }
            folders.extend(below.into_iter().rev());
        }
    }
    (files, skipped)
}

/// So often what is done is put on the shelf, so that little is done again if all is cut off.
const BATCH: Duration = Duration::from_secs(1);

/// Reads files and puts them on the shelf, calling `tell` for each as it is done, with how many of all
/// are.
///
/// # Errors
/// When the shelf cannot be written.
pub fn add(
    shelf: &Shelf,
    files: &[PathBuf],
    tell: &mut dyn FnMut(usize, Added),
) -> Result<(), Trouble> {
    let known: HashMap<String, Entry> = shelf
        .catalogue()
        .0
        .into_iter()
        .map(|entry| (entry.file.clone(), entry))
        .collect();
    // What says the same as one that is still there is not put beside it.
    let said: HashMap<String, String> = known
        .values()
        .filter(|entry| Path::new(&entry.file).exists())
        .map(|entry| (entry.hash.clone(), entry.file.clone()))
        .collect();
    let said = Mutex::new(said);
    let next = AtomicUsize::new(0);
    let (sender, done) = channel();
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len().max(1));
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, known, said, next) = (sender.clone(), &known, &said, &next);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(at) else { return };
                    let one = catch_unwind(AssertUnwindSafe(|| one(shelf, file, known, said)));
                    let one = one.unwrap_or_else(|_| {
                        Added::Skipped(
                            file.clone(),
                            "reading it failed; the program is at fault".into(),
                        )
                    });
                    if sender.send((at, one)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut batch, mut since) = (Vec::new(), Instant::now());
        let mut waiting = BTreeMap::new();
        let mut count = 0;
        for (at, added) in done {
            waiting.insert(at, added);
            // In the order of the files, whichever is done first.
            while let Some(added) = waiting.remove(&count) {
                if let Added::New(entry) | Added::Changed(entry) = &added {
                    batch.push(entry.clone());
                }
                count += 1;
                tell(count, added);
            }
            if since.elapsed() > BATCH && !batch.is_empty() {
                shelf.change_catalogue(&batch, &[])?;
                (batch, since) = (Vec::new(), Instant::now());
            }
        }
        match batch.is_empty() {
            true => Ok(()),
            false => shelf.change_catalogue(&batch, &[]),
        }
    })
}

fn one(
    shelf: &Shelf,
    file: &Path,
    known: &HashMap<String, Entry>,
    said: &Mutex<HashMap<String, String>>,
) -> Added {
    let skipped = |why: String| Added::Skipped(file.into(), why);
    let path = match fs::canonicalize(file) {
        Ok(path) => path,
        Err(error) => return skipped(error.to_string()),
    };
    let Some(name) = path.to_str().map(String::from) else {
        return skipped("its name is not Unicode: give it another".into());
    };
    let Ok((size, changed)) = stamp(&path) else {
        return skipped("the system tells nothing of it".into());
    };
    let old = known.get(&name);
    if let Some(old) = old
        && (old.size, old.changed) == (size, changed)
    {
        return Added::Known(old.clone());
    }
    let manuscript = match Source::file(&path).manuscript(&mut |_| ()) {
        Ok(manuscript) => manuscript,
        Err(error) => return skipped(reason(&error)),
    };
    let (report, _) = parse_manuscript(&manuscript, &mut |_, _| ());
    let hash = Key::new(&manuscript.text, "").name();
    {
        let mut said = said
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        match said.get(&hash) {
            Some(other) if *other != name => return Added::Same(file.into(), other.clone()),
            _ => said.insert(hash.clone(), name.clone()),
        };
    }
    if let Err(trouble) = shelf.keep_text(&hash, &report) {
        return skipped(trouble.to_string());
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let entry = Entry {
        file: name,
        size,
        changed,
        hash,
        symbol: report.symbol().map(String::from),
        title: report.title().into(),
        language: report.language().code().into(),
        units: report.len(),
        recommendations: report.all_recommendations(),
        added: now.map_or(0, |since| since.as_secs()),
    };
    match old {
        Some(_) => Added::Changed(entry),
        None => Added::New(entry),
    }
}

/// Why a report could not be read, without its name, which is said beside it.
fn reason(error: &Error) -> String {
    let said = match error {
        Error::Read { source, .. } => source.to_string(),
        Error::Unreadable { what, .. } => what.clone(),
        Error::Empty { .. } => "it is empty".into(),
        Error::Blank { .. } => "nothing is printed in it".into(),
        Error::LeftOut { format, .. } => format!("this build does not read {format}"),
        other => other.to_string(),
    };
    match error.way_out() {
        Some(way) => format!("{said} ({way})"),
        None => said,
    }
}
