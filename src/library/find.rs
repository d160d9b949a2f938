//! One search over all reports on the shelf.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::facet::Vocabularies;
use crate::parse::parse_manuscript;
use crate::read::Source;
use crate::report::Report;
use crate::search::{self, Index, Matched, Query};
use crate::shelf::{Entry, Shelf};

/// A report made ready for searching.
struct Volume {
    report: Report,
    index: Index,
}

/// The reports on the shelf, each made ready when it is first searched.
pub struct Stacks {
    shelf: Shelf,
    words: Arc<Vocabularies>,
    volumes: Mutex<HashMap<String, Option<Arc<Volume>>>>,
}

/// A unit found in one of the reports.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The report, as its place among those searched.
    pub entry: usize,
    /// The unit and how it was found.
    pub hit: search::Hit,
    /// Its address.
    pub address: String,
    /// Its citation in the language of the report.
    pub citation: String,
    /// Its text.
    pub text: String,
    /// What to mark in it.
    pub matched: Matched,
}

/// What a search over all found.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The hits, best first; of equals those of the report first that was put on the shelf first, in reading
    /// order.
    pub hits: Vec<Hit>,
    /// How many units were found in all, of which `hits` are the best.
    pub units: usize,
    /// In how many reports.
    pub reports: usize,
    /// The files of reports that are neither there nor written down.
    pub missing: Vec<String>,
}

impl Stacks {
    /// Those of a shelf.
    pub fn new(shelf: Shelf, words: Arc<Vocabularies>) -> Self {
        Self {
            shelf,
            words,
            volumes: Mutex::default(),
        }
    }

    /// Searches these reports on all processors, telling `progress` how many are done; gives the best
    /// `most` hits, or none where it is to stop before the end. Marks play no part: they are of one report.
    pub fn search(
        &self,
        entries: &[Entry],
        query: &Query,
        most: usize,
        stop: &AtomicBool,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Option<Search> {
        if query.is_begun() && !query.recommendations {
            return Some(Search::default());
        }
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let found: Mutex<Search> = Mutex::default();
        let workers = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(entries.len().max(1));
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(entry) = entries.get(at).filter(|_| !stop.load(Ordering::Relaxed))
                        else {
                            return;
                        };
                        let one = self
                            .volume(entry)
                            .map(|volume| volume.search(at, query, most, stop));
                        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                        match one {
                            Some((units, hits)) => {
                                found.units += units;
                                found.reports += usize::from(units > 0);
                                found.hits.extend(hits);
                            }
                            None => found.missing.push(entry.file.clone()),
                        }
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                });
            }
        });
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.missing.sort();
        found
            .hits
            .sort_by_key(|one| (std::cmp::Reverse(one.hit.score), one.entry, one.hit.unit));
        found.hits.truncate(most);
        Some(found)
    }

    /// A report made ready: from what is written down of it while its file is as it was, else from the file.
    fn volume(&self, entry: &Entry) -> Option<Arc<Volume>> {
        let known = || self.volumes.lock().unwrap_or_else(PoisonError::into_inner);
        let key = format!("{} {}", entry.hash, entry.file);
        if let Some(volume) = known().get(&key) {
            return volume.clone();
        }
        let volume = self.report(entry).map(|report| {
            let index = Index::with(&report, Arc::clone(&self.words));
            Arc::new(Volume { report, index })
        });
        known().insert(key, volume.clone());
        volume
    }

    fn report(&self, entry: &Entry) -> Option<Report> {
        // Of a file that is gone, what was written down is better than nothing.
        let written = match entry.is_current() {
            Some(false) => None,
            Some(true) | None => self.shelf.text(&entry.hash),
        };
        written.or_else(|| {
            let manuscript = Source::file(&entry.file).manuscript(&mut |_| ()).ok()?;
            let (report, _) = parse_manuscript(&manuscript, &mut |_, _| ());
            if entry.is_current() == Some(true) {
                // Without it the next search takes longer, and nothing else.
                let _ = self.shelf.keep_text(&entry.hash, &report);
            }
            Some(report)
        })
    }
}

impl Volume {
    /// How many units of this report are found, and the best of them.
    fn search(
        &self,
        entry: usize,
        query: &Query,
        most: usize,
        stop: &AtomicBool,
    ) -> (usize, Vec<Hit>) {
        let Some(found) = self.index.search_until(&self.report, query, stop) else {
            return (0, Vec::new());
        };
        let report = &self.report;
        let hits = found.hits.iter().take(most).map(|hit| Hit {
            entry,
            hit: *hit,
            address: report.address(hit.unit).to_string(),
            citation: report.citation(hit.unit, report.language()),
            text: report.unit(hit.unit).text.into(),
            matched: found.matched(report, hit),
        });
        (found.hits.len(), hits.collect())
    }
}
