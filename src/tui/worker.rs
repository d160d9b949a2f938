//! The one worker thread: reads reports, searches and looks for links, so that no slow thing blocks
//! a key.

use std::cell::RefCell;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::facets::{entry_rows, facet_rows};
use super::leads::leads;
use super::message::{Answer, Effect, Message};
use super::model::Model;
use super::rows::Found;
use super::update::update;
use crate::error::Error;
use crate::facet::Vocabularies;
use crate::parse::parse_manuscript;
use crate::read::{Progress, Source};
use crate::report::Report;
use crate::search::{Index, Query};
use crate::shelf::{Key, Memory, Opened, Shelf, Trouble};

/// What the worker came to: an answer for the model, what only the run needs to know, or the end.
#[derive(Debug)]
pub enum Word {
    /// For the model.
    Answer(Answer),
    /// What was kept of the report, under which key, and what went wrong with it.
    Remembered(Key, Arc<Memory>, Option<Trouble>),
    /// What was marked in the report, which is known to the shelf by this key and path.
    Marked(Key, Arc<Report>, Option<PathBuf>, Opened),
    /// The report cannot be read.
    Failed(Error),
    /// The worker is gone; it has told why itself.
    Died,
}

impl Word {
    /// Has the model take it in.
    ///
    /// # Errors
    /// When there is nothing more to come.
    pub fn heed(self, model: &mut Model) -> Result<Option<Effect>, Error> {
        match self {
            Self::Answer(answer) => Ok(update(model, Message::Answer(answer))),
            Self::Remembered(_, memory, trouble) => {
                let trouble = trouble.map(|trouble| trouble.to_string());
                let answer = Answer::Remembered(memory, trouble);
                Ok(update(model, Message::Answer(answer)))
            }
            Self::Marked(.., opened) => {
                let answer = Answer::Marked(opened.sheet, opened.told);
                Ok(update(model, Message::Answer(answer)))
            }
            Self::Failed(error) => Err(error),
            Self::Died => Err(Error::Stopped),
        }
    }
}

/// What is asked for.
#[derive(Debug)]
struct Request {
    number: u64,
    job: Job,
    /// Becomes true when it is not wanted any more.
    stop: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Job {
    Search(Query),
    /// What these units lead to.
    Leads(Range<usize>),
    /// How many units have which values under a query.
    Facets(Query),
    /// What the report names.
    Entries,
}

/// The way to a worker thread.
#[derive(Debug)]
pub struct Worker {
    requests: Sender<Request>,
    /// That of the newest request.
    stop: RefCell<Arc<AtomicBool>>,
}

impl Worker {
    /// Starts the thread: it reads `source` at once, with what the shelf remembers of it and what the
    /// other has of marks, then answers
    /// what it is asked, saying all to `tell`. When `tell` gives false, nobody listens any more, and
    /// it ends.
    pub fn start(
        source: Source,
        [shelf, marks]: [Shelf; 2],
        words: Arc<Vocabularies>,
        tell: impl Fn(Word) -> bool + Send + 'static,
    ) -> Self {
        let (requests, inbox) = channel();
        thread::spawn(move || {
            if catch_unwind(AssertUnwindSafe(|| {
                work(&source, [&shelf, &marks], words, &inbox, &tell)
            }))
            .is_err()
            {
                tell(Word::Died);
            }
        });
        Self {
            requests,
            stop: RefCell::default(),
        }
    }

    /// Asks for a search; its answers carry the same number. What was asked for before is given up.
    pub fn search(&self, number: u64, query: Query) {
        self.ask(number, Job::Search(query));
    }

    /// Asks what units lead to, likewise.
    pub fn leads(&self, number: u64, units: Range<usize>) {
        self.ask(number, Job::Leads(units));
    }

    /// Asks for the values of facets under a query, likewise.
    pub fn facets(&self, number: u64, query: Query) {
        self.ask(number, Job::Facets(query));
    }

    /// Asks for what the report names, likewise.
    pub fn entries(&self, number: u64) {
        self.ask(number, Job::Entries);
    }

    fn ask(&self, number: u64, job: Job) {
        let stop = Arc::<AtomicBool>::default();
        let before = self.stop.replace(Arc::clone(&stop));
        before.store(true, Ordering::Relaxed);
        // A worker that is gone has said so.
        let _ = self.requests.send(Request { number, job, stop });
    }
}

fn work(
    source: &Source,
    shelves: [&Shelf; 2],
    words: Arc<Vocabularies>,
    inbox: &Receiver<Request>,
    tell: &impl Fn(Word) -> bool,
) {
    let report = match open(source, shelves, tell) {
        Ok(report) => report,
        Err(error) => {
            tell(Word::Failed(error));
            return;
        }
    };
    let index = Index::with(&report, words);
    while let Ok(mut request) = inbox.recv() {
        // Only the newest is still wanted.
        while let Ok(newer) = inbox.try_recv() {
            request = newer;
        }
        let Request { number, job, stop } = request;
        let rows = match &job {
            Job::Search(_) => None,
            Job::Leads(units) => leads(&report, units.clone(), &stop),
            Job::Facets(query) => facet_rows(&report, &index, query, &stop),
            Job::Entries => Some(entry_rows(&report, &index.facets(&report))),
        };
        let Job::Search(query) = job else {
            if let Some(rows) = rows
                && !tell(Word::Answer(Answer::Leads(number, rows)))
            {
                return;
            }
            continue;
        };
        let say = |found| {
            tell(Word::Answer(Answer::Found(
                number,
                Arc::new(Found::new(found)),
            )))
        };
        // In a large report the best come first, and all there are when they are found.
        if report.len() >= MANY
            && let Some(first) = index.first(&report, &query, SCREENFUL, &stop)
        {
            let complete = first.complete;
            if !say(first) {
                return;
            }
            if complete {
                continue;
            }
        }
        if let Some(found) = index.search_until(&report, &query, &stop)
            && !say(found)
        {
            return;
        }
    }
}

/// In so many units a search may take longer than a frame.
const MANY: usize = 10_000;
/// More hits than any screen shows.
const SCREENFUL: usize = 200;

fn open(
    source: &Source,
    [shelf, marks]: [&Shelf; 2],
    tell: &impl Fn(Word) -> bool,
) -> Result<Arc<Report>, Error> {
    let progress = |progress| {
        tell(Word::Answer(Answer::Progress(progress)));
    };
    let manuscript = source.manuscript(&mut |far| progress(far))?;
    let (report, notes) = parse_manuscript(&manuscript, &mut |done, of| {
        progress(Progress::lines(done, of));
    });
    let report = Arc::new(report);
    let key = Key::new(&manuscript.text, report.title());
    let (memory, trouble) = shelf.load(&key);
    tell(Word::Remembered(key.clone(), Arc::new(memory), trouble));
    let file = source
        .path()
        .map(|path| std::path::absolute(path).unwrap_or_else(|_| path.into()));
    let marked = marks.marks(&key, &report, file.as_deref());
    tell(Word::Marked(key, Arc::clone(&report), file, marked));
    tell(Word::Answer(Answer::Opened(Arc::clone(&report), notes)));
    Ok(report)
}
