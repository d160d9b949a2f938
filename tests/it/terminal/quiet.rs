//! Nothing is drawn when nothing changed, and nobody wakes up.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::pty::Says;
use super::{Setup, Terminal, explorer};

/// So long silence is watched for. Shorter than it takes to write would not see anything.
const WHILE: Duration = Duration::from_millis(300);

/// How often the threads of a process went to sleep, each time having been woken up.
#[cfg(target_os = "linux")]
fn wake_ups(id: &str) -> u64 {
    let switches = |task: &Path| {
        let status = fs::read_to_string(task.join("status")).ok()?;
        let line = status
            .lines()
            .find(|line| line.starts_with("voluntary_ctxt_switches"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    let tasks = fs::read_dir(format!("/proc/{id}/task")).unwrap();
    tasks.filter_map(|task| switches(&task.ok()?.path())).sum()
}

#[cfg(not(target_os = "linux"))]
fn wake_ups(_: &str) -> u64 {
    0
}

/// Waits for the end of the first second, in which a terminal may still be waited for.
fn settled(setup: Setup) -> Terminal {
    let terminal = setup.open();
    terminal.wait_for("36 units");
    terminal.press("jj");
    terminal.frame_with("3 of 36");
    std::thread::sleep(Duration::from_millis(1000));
    terminal
}

#[test]
fn while_idle_nothing_is_written_and_nobody_wakes_up() {
    let mut all: Vec<_> = [Says::Narrow, Says::Nothing]
        .map(|says| settled(explorer(&[]).saying(says).env("COLORTERM", "truecolor")))
        .into();
    // With a search behind it.
    all[0].press("/网络\r");
    all[0].frame_with("of 39 in");
    for terminal in &mut all {
        // What has been written may be on its way to sleep yet.
        terminal.assert_silent(WHILE);
        let before = wake_ups(&terminal.id());
        terminal.assert_silent(4 * WHILE);
        assert_eq!(wake_ups(&terminal.id()), before, "it woke up");
        terminal.quit();
    }
}

#[test]
fn a_key_that_means_nothing_and_a_moving_mouse_write_nothing() {
    let mut terminal = settled(explorer(&[]));
    // Keys, moves with no button down, with the right one, and a release.
    for nothing in [
        "~",
        "\x1b[24~",
        "网",
        "\x1b[<35;10;10M",
        "\x1b[<35;60;20M\x1b[<35;61;20M",
        "\x1b[<34;60;20M",
        "\x1b[<0;60;20m",
        "\x1b[I",
    ] {
        terminal.press(nothing);
        terminal.assert_silent(WHILE / 3);
    }
    // All that was read, for what comes behind it is heeded.
    terminal.press("j");
    terminal.wait_for("4 of 36");
    terminal.quit();
}
