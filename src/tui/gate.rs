//! Keeps the thread that reads keys from reading them while the terminal is another program's.
//!
//! A thread that waits for keys cannot be told to stop waiting. On Unix it is woken by the signal of a new
//! size, which it takes for an event; elsewhere it looks up from time to time.

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crossterm::event::{self, Event};

/// Stands between the thread that reads keys and the terminal.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    closed: bool,
    /// True while the thread waits at it.
    waits: bool,
}

/// Longer nobody waits for the thread.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it looks up, where it cannot be woken.
#[cfg(not(unix))]
const PAUSE: Duration = Duration::from_millis(100);

impl Gate {
    /// Closes it; true once the thread waits there. False when it does not come: then it is open.
    pub(super) fn close(&self) -> bool {
        let (state, changed) = &*self.0;
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        wake();
        let waited = changed.wait_timeout_while(state, PATIENCE, |state| !state.waits);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.closed = state.waits;
        state.closed
    }

    /// Opens it again.
    pub(super) fn open(&self) {
        let (state, changed) = &*self.0;
        state.lock().unwrap_or_else(PoisonError::into_inner).closed = false;
        changed.notify_all();
    }

    /// The next event of the terminal, waiting first as long as the gate is closed.
    pub(super) fn read(&self) -> io::Result<Event> {
        self.pass();
        #[cfg(not(unix))]
        while !event::poll(PAUSE)? {
            self.pass();
        }
        event::read()
    }

    fn pass(&self) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.closed {
            return;
        }
        state.waits = true;
        changed.notify_all();
        let waited = changed.wait_while(state, |state| state.closed);
        waited.unwrap_or_else(PoisonError::into_inner).waits = false;
    }
}

#[cfg(unix)]
fn wake() {
    use rustix::process::{Signal, getpid, kill_process};
    // Where it fails nobody comes, which is told.
    let _ = kill_process(getpid(), Signal::WINCH);
}

#[cfg(not(unix))]
fn wake() {}
