//! Writes what outlives the run, at once or while one goes on: a disk may take its time.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::report::Report;
use crate::shelf::{Key, Memory, Sheet, Shelf};

/// Writes the memory of one report.
#[derive(Debug, Clone)]
pub(super) struct Scribe {
    shelf: Shelf,
    key: Key,
    /// What was there when the report was opened.
    pub(super) loaded: Arc<Memory>,
    /// What this run last found there or wrote; locked while it is written.
    written: Arc<Mutex<Memory>>,
}

impl Scribe {
    pub(super) fn new(shelf: Shelf, key: Key, loaded: Arc<Memory>) -> Self {
        Self {
            shelf,
            key,
            written: Arc::new(Mutex::new((*loaded).clone())),
            loaded,
        }
    }

    /// Writes what is to be kept now, behind all that is being written; gives what to tell when
    /// that fails.
    pub(super) fn keep(&self, now: Memory) -> Option<String> {
        let mut before = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        match self.shelf.save(&self.key, &before, &now) {
            Ok(()) => {
                *before = now;
                None
            }
            Err(trouble) => Some(trouble.to_string()),
        }
    }

    /// The same from a thread of its own, which calls `tell` when it fails. Which of two is written
    /// last is left open: at the end [`Self::keep`] has the last word.
    pub(super) fn keep_later(&self, now: Memory, tell: impl FnOnce(String) + Send + 'static) {
        let scribe = self.clone();
        thread::spawn(move || {
            if let Some(trouble) = scribe.keep(now) {
                tell(trouble);
            }
        });
    }
}

/// Writes the marks on one report.
#[derive(Debug, Clone)]
pub(super) struct Clerk {
    shelf: Shelf,
    key: Key,
    report: Arc<Report>,
    file: Option<PathBuf>,
    /// The number of the change last written, and what then stood in the file; locked while it is
    /// written.
    written: Arc<Mutex<(u64, Sheet)>>,
}

impl Clerk {
    /// One for the report of this key and path, in whose file this stands.
    pub(super) fn new(
        shelf: Shelf,
        key: Key,
        report: Arc<Report>,
        file: Option<PathBuf>,
        written: Sheet,
    ) -> Self {
        Self {
            shelf,
            key,
            report,
            file,
            written: Arc::new(Mutex::new((0, written))),
        }
    }

    /// Writes the marks as they are since this change, unless a later one is written already; gives
    /// what there is to tell, or why it failed.
    pub(super) fn keep(&self, number: u64, now: Sheet) -> Result<Vec<String>, String> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if number < written.0 {
            return Ok(Vec::new());
        }
        let file = self.file.as_deref();
        let saved = self
            .shelf
            .save_marks(&self.key, &self.report, file, &written.1, &now);
        let told = saved.map_err(|trouble| trouble.to_string())?;
        *written = (number, now);
        Ok(told)
    }

    /// The same from a thread of its own, which calls `tell` in the end.
    pub(super) fn keep_later(
        &self,
        number: u64,
        now: Sheet,
        tell: impl FnOnce(Result<Vec<String>, String>) + Send + 'static,
    ) {
        let clerk = self.clone();
        thread::spawn(move || tell(clerk.keep(number, now)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::Bookmark;

    #[test]
    fn what_is_taken_away_while_it_is_written_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(Some(folder.path().into()));
        let key = Key::new("text", "title");
        let scribe = Scribe::new(shelf.clone(), key.clone(), Arc::default());
        let address = String::from("1");
        let text = String::new();
        let bookmark = Bookmark { address, text };
        let with = Memory {
            bookmarks: [('a', bookmark)].into(),
            ..Memory::default()
        };
        // As when a bookmark is set and taken away again before the disk has done the first.
        scribe.keep_later(with.clone(), |trouble| panic!("{trouble}"));
        scribe.keep_later(Memory::default(), |trouble| panic!("{trouble}"));
        assert_eq!(scribe.keep(with.clone()), None);
        assert_eq!(shelf.load(&key).0, with);
        assert_eq!(scribe.keep(Memory::default()), None);
        assert_eq!(shelf.load(&key).0, Memory::default());
    }
}
