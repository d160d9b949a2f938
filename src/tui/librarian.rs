//! The thread that searches all reports on the shelf, of requests the newest; what it has read once it
//! keeps.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::message::Answer;
use super::shelving::look;
use crate::facet::Vocabularies;
use crate::library::Stacks;
use crate::shelf::{Entry, Shelf};

struct Request {
    number: u64,
    typed: String,
    entries: Arc<[Entry]>,
    /// Becomes true when it is not wanted any more.
    stop: Arc<AtomicBool>,
}

/// The way to that thread.
pub(super) struct Librarian {
    requests: Sender<Request>,
    stop: RefCell<Arc<AtomicBool>>,
}

impl Librarian {
    /// Starts it; answers go to `tell`, which gives false when nobody listens any more.
    pub(super) fn start(
        shelf: Shelf,
        words: Arc<Vocabularies>,
        tell: impl Fn(Answer) -> bool + Send + 'static,
    ) -> Self {
        let (requests, inbox) = channel::<Request>();
        thread::spawn(move || {
            let stacks = Stacks::new(shelf, words);
            while let Ok(mut request) = inbox.recv() {
                while let Ok(newer) = inbox.try_recv() {
                    request = newer;
                }
                let Request {
                    number,
                    typed,
                    entries,
                    stop,
                } = request;
                if let Some((told, rows)) = look(&stacks, &entries, &typed, &stop)
                    && !tell(Answer::Shelved(number, told, rows))
                {
                    return;
                }
            }
        });
        Self {
            requests,
            stop: RefCell::default(),
        }
    }

    /// Looks for what is typed in these reports; what was asked for before is given up.
    pub(super) fn search(&self, number: u64, typed: String, entries: Arc<[Entry]>) {
        let stop = Arc::<AtomicBool>::default();
        self.stop
            .replace(Arc::clone(&stop))
            .store(true, Ordering::Relaxed);
        // Should it be gone, nothing is found.
        let _ = self.requests.send(Request {
            number,
            typed,
            entries,
            stop,
        });
    }
}
