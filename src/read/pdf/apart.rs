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

/// How far the work is.
pub(super) type Progress = Sender<(u64, Option<u64>)>;

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
    may_take: Duration,
    progress: &mut dyn FnMut(u64, Option<u64>),
    work: impl FnOnce(&Progress, Instant) -> T + Send + 'static,
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
    let end = Instant::now() + may_take;
    let (tell, told) = channel();
    let (hand_over, handed) = channel();
    let spawned = thread::Builder::new()
        .name(NAME.into())
        .stack_size(STACK)
        .spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&tell, end)));
            // Nobody waits any more when it took too long.
            let _ = hand_over.send(result);
        });
    if spawned.is_err() {
        return Err(Stopped::Panicked);
    }
    // Its sender goes when the work ends, however it ends.
    loop {
        match told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok((done, of)) => progress(done, of),
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
        what: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> (Result<T, Stopped>, Vec<u64>) {
        let mut heard = Vec::new();
        let result = work(
            Duration::from_millis(millis),
            &mut |done, _| heard.push(done),
            |tell, _| what(tell),
        );
        (result, heard)
    }

    #[test]
    fn a_result_a_panic_and_a_hang_all_come_back() {
        let counted = done(60_000, |tell| {
            (1..=3).for_each(|n| tell.send((n, None)).unwrap());
            7
        });
        assert_eq!(counted, (Ok(7), vec![1, 2, 3]));
        let fell = done(60_000, |_| -> u8 { panic!("nobody sees this") });
        assert_eq!(fell.0, Err(Stopped::Panicked));
        let hung = done(20, |_| thread::sleep(Duration::from_secs(3)));
        assert_eq!(hung.0, Err(Stopped::TookTooLong));
    }
}
