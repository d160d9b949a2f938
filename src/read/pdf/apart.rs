//! Work on a thread apart, so that what a stranger's file does to it harms nobody else.
//!
//! A panic there is an answer, not a message over the screen; work that takes too long is left
//! behind.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The name of every thread that works apart: its panics are nobody's to see.
const NAME: &str = "reading apart";

/// Deep enough for what is nested as deep as the crates that read here allow.
const STACK: usize = 32 << 20;

/// How long work may take. A busy machine makes all of it slow; what hangs makes no steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Without any step.
    pub whole: Duration,
    /// More for every step that is done.
    pub a_step: Duration,
}

/// How far the work is, and until when it may go on.
pub(super) struct Progress {
    tell: Sender<(u64, Option<u64>)>,
    end: Instant,
    a_step: Duration,
}

impl Progress {
    /// When the work has taken too long, if no further step is done.
    pub fn end(&self) -> Instant {
        self.end
    }

    /// Says that one more step is done, so many of so many.
    pub fn step(&mut self, done: u64, of: Option<u64>) {
        self.end += self.a_step;
        // Nobody may be listening.
        let _ = self.tell.send((done, of));
    }
}

/// How work ended that brought no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    /// It panicked.
    Panicked,
    /// It took too long.
    TookTooLong,
}

/// True on a thread that works apart: whoever hears of panics keeps quiet about those here.
pub(in crate::read) fn is_apart() -> bool {
    thread::current().name() == Some(NAME)
}

/// Does the work on a thread of its own, and hands on how far it is, for as long as it may take.
pub(super) fn work<T: Send + 'static>(
    patience: Patience,
    progress: &mut dyn FnMut(u64, Option<u64>),
    work: impl FnOnce(&mut Progress) -> T + Send + 'static,
) -> Result<T, Stopped> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if !is_apart() {
                before(info);
            }
        }));
    });
    let Patience { whole, a_step } = patience;
    let mut end = Instant::now() + whole;
    let (tell, told) = channel();
    let mut steps = Progress { tell, end, a_step };
    let (hand_over, handed) = channel();
    let spawned = thread::Builder::new()
        .name(NAME.into())
        .stack_size(STACK)
        .spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&mut steps)));
            drop(steps);
            // Nobody waits any more when it took too long.
            let _ = hand_over.send(result);
        });
    if spawned.is_err() {
        return Err(Stopped::Panicked);
    }
    // Its sender goes when the work ends, however it ends.
    loop {
        match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok((done, of)) => {
                end += a_step;
                progress(done, of);
            }
            Err(RecvTimeoutError::Timeout) => return Err(Stopped::TookTooLong),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    match handed.recv() {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(_)) | Err(_) => Err(Stopped::Panicked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done<T: Send + 'static>(
        millis: u64,
        what: impl FnOnce(&mut Progress) -> T + Send + 'static,
    ) -> (Result<T, Stopped>, Vec<u64>) {
        let mut heard = Vec::new();
        let patience = Patience {
            whole: Duration::from_millis(millis),
            a_step: Duration::from_secs(60),
        };
        let result = work(patience, &mut |done, _| heard.push(done), what);
        (result, heard)
    }

    #[test]
    fn a_result_a_panic_and_a_hang_all_come_back() {
        let counted = done(60_000, |steps| {
            (1..=3).for_each(|n| steps.step(n, None));
            7
        });
        assert_eq!(counted, (Ok(7), vec![1, 2, 3]));
        let fell = done(60_000, |_| -> u8 { panic!("nobody sees this") });
        assert_eq!(fell.0, Err(Stopped::Panicked));
        let hung = done(20, |_| thread::sleep(Duration::from_secs(3)));
        assert_eq!(hung.0, Err(Stopped::TookTooLong));
    }

    #[test]
    fn each_step_gives_time_for_another() {
        let slow = done(2_000, |steps| {
            steps.step(1, None);
            thread::sleep(Duration::from_millis(2_100));
            steps.end() > Instant::now()
        });
        assert_eq!(slow, (Ok(true), vec![1]));
    }
}
