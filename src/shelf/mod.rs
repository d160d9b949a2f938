//! What outlives a run: where the reader was in a report, folds, bookmarks, what was typed.
//!
//! One file a report in the data folder, found by what the report says, so that it may be renamed
//! and moved; to be read by people too. Several runs at once share it: each puts in only what it
//! changed itself, under a lock, and files are replaced whole. Knows the report; what is remembered
//! when is the explorer's to say.
//!
//! ```text
//! rapporteur/
//!   reports/初步建议和结论-0f3c….toml      a report's memory
//!   reports/初步建议和结论-0f3c….toml.kept-1   one that could not be understood
//!   marks/初步建议和结论-0f3c….toml        the reader's marks on it
//!   marks/初步建议和结论-0f3c….toml.before what stood there before the last change
//!   shelf/catalogue.jsonl                  the reader's reports, a line each
//!   shelf/texts/0f3c….json                 what each says, to be searched
//!   copied.txt                            the last copy, where the terminal has no clipboard
//!   lock
//! ```

mod catalogue;
mod key;
mod mark;
mod memory;
mod passage;
mod sheet;
mod store;
mod trouble;

use std::path::{Path, PathBuf};

pub use catalogue::{Entry, stamp};
pub use key::Key;
pub use mark::{Mark, Marks};
pub use memory::{Bookmark, LONGEST_HISTORY, Memory, Pane, SPLITS};
pub use passage::Passage;
pub use sheet::{Opened, Sheet, Unplaced};
pub use trouble::Trouble;

use store::{Lock, Unread};

/// The folder of what outlives a run, or none: then nothing is remembered, and that is no error.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: Option<PathBuf>,
}

impl Shelf {
    /// The shelf in this folder, which is made when something is first put there.
    pub fn open(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// Where all is; none where nothing is to be kept.
    fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// What is remembered of a report; nothing of one that is new.
    ///
    /// A file that cannot be understood is kept under another name and told of. Single fields that
    /// cannot be are left where they stand.
    pub fn load(&self, key: &Key) -> (Memory, Option<Trouble>) {
        let Some(folder) = &self.folder else {
            return Default::default();
        };
        let path = store::find(&reports(folder), key);
        match store::read(&path) {
            Ok(table) => (Memory::from(&table), None),
            Err(Unread::Missing) => Default::default(),
            Err(Unread::Failed(source)) => {
                (Memory::default(), Some(Trouble::Read { path, source }))
            }
            Err(Unread::Broken(_)) => self.mend(folder, key),
        }
    }

    /// Reads a broken file again, alone with it, and keeps it aside when it still is.
    fn mend(&self, folder: &Path, key: &Key) -> (Memory, Option<Trouble>) {
        let result = Lock::take(folder).and_then(|_lock| {
            let path = store::find(&reports(folder), key);
            store::read_or_keep_aside(&path)
        });
        match result {
            Ok((table, trouble)) => (Memory::from(&table), trouble),
            Err(trouble) => (Memory::default(), Some(trouble)),
        }
    }

    /// Puts in what this run changed: what is different in `now` from `before`, which is what was
    /// loaded, or last saved. What other runs put there meanwhile stays: bookmarks one by one,
    /// histories as one, and of two places the newer.
    ///
    /// # Errors
    /// When the folder cannot be written, or another run is at it for more than a second; the file
    /// is then as it was, and the same may be saved later. Also to tell of a file that could not be
    /// understood and was kept aside; then this is saved.
    pub fn save(&self, key: &Key, before: &Memory, now: &Memory) -> Result<(), Trouble> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        if before == now {
            return Ok(());
        }
        let reports = reports(folder);
        store::make(&reports)?;
        let lock = Lock::take(folder)?;
        lock.clean(&reports, "");
        let path = store::find(&reports, key);
        let (mut table, trouble) = store::read_or_keep_aside(&path)?;
        let old = table.clone();
        now.put(before, &mut table);
        if table != old {
            table.entry("title").or_insert_with(|| key.title().into());
            let text = toml::to_string_pretty(&table).unwrap_or_else(|_| table.to_string());
            store::write(&path, &text)?;
        }
        trouble.map_or(Ok(()), Err)
    }

    /// Writes what was copied to a file of its own, for where the terminal has no clipboard, and
    /// gives its path. Only its owner may read it.
    ///
    /// # Errors
    /// When there is no folder, or as [`Shelf::save`].
    pub fn write_copy(&self, text: &str) -> Result<PathBuf, Trouble> {
        const NAME: &str = "copied.txt";
        let folder = self.folder.as_ref().ok_or(Trouble::Nowhere)?;
        store::make(folder)?;
        let lock = Lock::take(folder)?;
        lock.clean(folder, NAME);
        let path = folder.join(NAME);
        store::write(&path, text)?;
        Ok(path)
    }
}

fn reports(folder: &Path) -> PathBuf {
    folder.join("reports")
}

#[cfg(test)]
mod sheet_tests;
#[cfg(test)]
mod tests;
