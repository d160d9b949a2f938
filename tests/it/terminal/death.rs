//! The terminal dies: the program is gone at once, and does not spin until then.

use std::fs;
use std::time::{Duration, Instant};

use super::pty::{Says, wait_until};
use super::{Terminal, explorer, shell};

/// Far longer than the second it may take, for busy machines.
const MOST: Duration = Duration::from_secs(5);

/// A hundred ticks a second is what Linux tells everybody.
const TICK: Duration = Duration::from_millis(10);

/// Waits for the end of a process, and gives what it spent of the processor in all.
#[cfg(target_os = "linux")]
fn spent(id: &str) -> Duration {
    wait_until("the end", || {
        // Whoever has ended can be asked until its parent takes note.
        let line = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let fields: Vec<_> = line.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |field: usize| fields[field].parse::<u32>().ok();
        (fields[0] == "Z").then_some(TICK * (ticks(11)? + ticks(12)?))
    })
}

#[cfg(not(target_os = "linux"))]
fn spent(_: &str) -> Duration {
    TICK
}

fn hang_up(mut terminal: Terminal, how: &str) {
    terminal.wait_for("36 units");
    let id = terminal.id();
    terminal.hang_up();
    let start = Instant::now();
    let spent = spent(&id);
    terminal.wait_for_the_end();
    let took = start.elapsed();
    println!("{how}: gone after {took:?}, with {spent:?} of the processor in all");
    assert!(took < MOST, "{how}: gone after {took:?}");
    // Also what it took to start, in a debug build.
    assert!(spent < Duration::from_secs(2), "{how}: spent {spent:?}");
}

#[test]
fn it_is_gone_when_its_terminal_is() {
    hang_up(explorer(&[]).open(), "hung up");
}

#[test]
fn it_is_gone_when_its_terminal_is_and_the_signal_is_ignored() {
    let ignoring = shell("trap '' HUP; exec \"$RAPPORTEUR\"");
    hang_up(ignoring.open(), "with the signal ignored");
}

#[test]
fn it_is_gone_when_its_terminal_is_and_no_signal_comes() {
    hang_up(explorer(&[]).without_signals().open(), "without a signal");
}

#[test]
fn it_is_gone_when_its_terminal_is_while_one_is_typing() {
    let terminal = explorer(&[]).without_signals().open();
    terminal.press("/网");
    terminal.wait_for("/网");
    hang_up(terminal, "while typing");
}

#[test]
fn it_is_gone_when_its_terminal_is_before_that_answered_what_it_was_asked() {
    for setup in [explorer(&[]), explorer(&[]).without_signals()] {
        let terminal = setup.saying(Says::Nothing).open();
        terminal.press("jj");
        hang_up(terminal, "while an answer is waited for");
    }
}

#[test]
fn what_was_remembered_is_kept_when_the_terminal_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = explorer(&[]).data(folder.path()).open();
    terminal.wait_for("36 units");
    terminal.press("jjjj");
    terminal.wait_for("5 of 36");
    terminal.hang_up();
    terminal.wait_for_the_end();
    let mut terminal = explorer(&[]).data(folder.path()).open();
    // Whoever hangs up may be heard to press Ctrl-D.
    terminal.wait("the place", |seen| {
        let contents = seen.contents();
        contents.contains(" 5 of 36") || contents.contains(" 14 of 36")
    });
    terminal.quit();
}
