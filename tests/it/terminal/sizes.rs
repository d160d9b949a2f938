//! Windows of every size, windows that change, terminals that can do little, and no terminal.

use std::fs;
use std::process::Stdio;

use super::explorer;
use super::pty::place;
use crate::{found, program};

#[test]
fn it_follows_the_size_of_the_window() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.resize(40, 10);
    terminal.wait("the small screen", |seen| {
        let contents = seen.contents();
        contents.contains("1 of 36") && !contents.contains("36 units")
    });
    terminal.quit();
}

#[test]
fn a_window_that_is_as_it_was_again_is_drawn_anew() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.press("jjjj");
    let before = terminal.frame_with("5 of 36");
    // What a terminal has lost that was small for a moment, unseen by the program.
    terminal.seen().screen.process(b"\x1b[2J");
    terminal.signal("WINCH");
    terminal.wait("the screen as before", |seen| seen.contents() == before);
    terminal.quit();
}

#[test]
fn the_key_that_draws_anew_draws_all() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.press("jjjj");
    let before = terminal.frame_with("5 of 36");
    for _ in 0..3 {
        terminal
            .seen()
            .screen
            .process(b"\x1b[2J\x1b[Hsomething else");
        terminal.press("\x0c");
        terminal.wait("the screen as before", |seen| seen.contents() == before);
    }
    terminal.quit();
}

/// The most memory that a process has ever had, in bytes.
#[cfg(target_os = "linux")]
fn most_memory(id: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.unwrap().split_whitespace().nth(1).unwrap();
    number.parse::<u64>().unwrap() * 1024
}

#[cfg(not(target_os = "linux"))]
fn most_memory(_: &str) -> u64 {
    0
}

#[test]
fn after_a_storm_of_a_thousand_sizes_the_screen_is_right() {
    let mut terminal = explorer(&[]).open();
    terminal.wait_for("36 units");
    terminal.press("jjjj");
    let before = terminal.frame_with("5 of 36");
    // Anything, the same in each run (xorshift).
    let mut state = 0x2545_f491_u32;
    let mut next = |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state % below) as u16
    };
    for step in 0..1000 {
        let (cols, rows) = match step % 50 {
            0 => (0, 0),
            10 => (1, 1),
            20 => (1, next(100)),
            30 => (next(300), 1),
            40 if step % 250 == 40 => (1000, 1000),
            _ => (next(300), next(100)),
        };
        let before = terminal.seen().raw.len();
        terminal.resize_unseen(cols, rows);
        if step % 10 == 0 && step % 50 <= 40 {
            // Drawn, not passed over for the next.
            terminal.wait((cols, rows), |seen| {
                place(&seen.raw[before..], b"\x1b[2J").is_some() && seen.is_whole_frame()
            });
        }
        if step % 10 == 0 {
            // Seen by the program, not passed over: it answers a key in between.
            let key = if step % 20 == 0 { "j" } else { "k" };
            terminal.press(key);
        }
    }
    // When this is copied all sizes up to here have been heard of.
    terminal.press("Y");
    terminal.wait_for_bytes(b"\x1b]52;c;");
    let drawn = terminal.seen().raw.len();
    terminal.resize(80, 24);
    terminal.wait("the screen as before", |seen| {
        let new = &seen.raw[drawn..];
        place(new, b"\x1b[2J").is_some() && seen.is_whole_frame()
    });
    terminal.press("jk");
    terminal.wait("the screen as before", |seen| seen.contents() == before);
    terminal.press("j");
    terminal.wait_for("6 of 36");
    let most = most_memory(&terminal.id());
    println!("at most {} MB", most >> 20);
    assert!(most < 400 << 20, "{most} bytes");
    terminal.quit();
}

#[test]
fn a_window_of_no_size_or_one_cell_is_no_trouble() {
    for (cols, rows) in [(0, 0), (1, 1), (2, 1), (1, 24), (0, 24), (80, 0)] {
        let mut terminal = explorer(&[]).sized(cols, rows).open();
        terminal.wait("the terminal taken", |seen| {
            seen.screen.screen().alternate_screen()
        });
        // Erasing in an empty prompt leaves it.
        terminal.press("j/网\x7f\x7f?q:8\r");
        terminal.resize(80, 24);
        terminal.wait_for("IV › B › 8");
        terminal.quit();
    }
}

#[test]
fn a_terminal_that_does_not_know_its_width_gets_eighty_columns() {
    let mut terminal = explorer(&["show", "8"]).sized(0, 0).open();
    terminal.wait_for("8. 政府间组织欧洲联盟也作了发言。");
    assert!(terminal.end().success());
}

#[test]
fn a_dumb_terminal_is_walked_line_by_line() {
    let mut terminal = explorer(&[]).env("TERM", "dumb").open();
    terminal.wait_for("36 units");
    terminal.press("q\r");
    assert!(terminal.end().success());
    assert!(
        !terminal.seen().raw.contains(&0x1b),
        "it is told nothing that it could not understand"
    );
}

#[test]
fn where_there_is_no_terminal_the_outline_is_printed() {
    let outline = found(&["outline"]);
    for term in ["xterm-256color", "dumb"] {
        let output = program()
            .env("TERM", term)
            .stdout(Stdio::piped())
            .output()
            .unwrap();
        assert!(output.status.success());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), outline, "{term}");
        assert!(output.stderr.is_empty());
    }
}
