//! What the terminal is asked, and what it answers: in time, late, never, in two parts.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::pty::{GROUND, Says, WHERE, place};
use super::{Setup, Terminal, explorer, shell};

/// The first screen when the settings say how wide ambiguous characters are.
fn told(width: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, format!("ambiguous-width = \"{width}\"\n")).unwrap();
    let mut terminal = explorer(&[]).settings(&file).open();
    terminal.wait_for("36 units");
    terminal.press("jj");
    terminal.frame_with("3 of 36");
    let screen = drawn_anew(&terminal);
    assert!(
        !terminal.seen().has_written(WHERE),
        "who is told does not ask"
    );
    terminal.quit();
    screen
}

/// The screen as drawn at one go: the emulator has its own idea of how wide characters are.
fn drawn_anew(terminal: &Terminal) -> String {
    let before = terminal.seen().raw.len();
    terminal.press("\x0c");
    terminal.wait("all anew", |seen| {
        let new = &seen.raw[before..];
        place(new, b"\x1b[2J").is_some() && new.ends_with(b"\x1b[?25l")
    });
    terminal.seen().contents()
}

#[test]
fn ambiguous_characters_are_as_wide_as_the_terminal_says() {
    let (narrow, wide) = (told("narrow"), told("wide"));
    assert_ne!(narrow, wide);
    for (says, screen) in [
        (Says::Narrow, &narrow),
        (Says::Wide, &wide),
        (Says::Nothing, &narrow),
    ] {
        let mut terminal = explorer(&[]).saying(says).open();
        // With or without an answer there is something to read.
        terminal.wait_for("36 units");
        terminal.press("jj");
        terminal.frame_with("3 of 36");
        // What was drawn before the answer stands in the wrong places: the screen was cleared.
        let cleared = String::from_utf8_lossy(&terminal.seen().raw)
            .matches("\x1b[2J")
            .count();
        assert_eq!(cleared, 1 + usize::from(says == Says::Wide), "{says:?}");
        assert_eq!(drawn_anew(&terminal), *screen, "{says:?}");
        terminal.quit();
    }
}

#[test]
fn keys_typed_before_any_answer_are_kept_and_come_in_order() {
    for says in [Says::Narrow, Says::Wide, Says::Nothing] {
        let mut terminal = explorer(&[]).saying(says).open();
        // Before it runs even, so that the terminal makes a line feed of Enter.
        terminal.press("jjjk:III\rk:IV");
        terminal.wait(":IV in the prompt", |seen| {
            seen.screen.screen().alternate_screen() && seen.contents().contains(":IV")
        });
        terminal.press(".B\rjj");
        terminal.wait_for("IV › B › 8");
        terminal.quit();
    }
}

#[test]
fn keys_typed_while_the_report_is_read_are_used_on_it() {
    let report = fs::read(crate::here("tests/reports/committee.en.txt")).unwrap();
    for (typed, shown) in [
        ("jj", Some("3 of ")),
        (":2\rq", None),
        ("/q", Some("/q")),
        // Should the first byte be heard alone, these letters ask for nothing.
        ("\x1b[200~nnn\x1b[201~j", Some("2 of ")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("report.txt");
        let mut terminal = shell("mkfifo \"$REPORT\" && exec \"$RAPPORTEUR\" \"$REPORT\"")
            .env("REPORT", pipe.to_str().unwrap())
            .open();
        terminal.frame_with("report.txt");
        // In two parts: the second is typed when it is being read, too.
        let (first, second) = typed.split_at(1);
        terminal.press(first);
        terminal.press(second);
        fs::write(&pipe, &report).unwrap();
        match shown {
            Some(shown) => {
                terminal.wait_for(shown);
                terminal.quit();
            }
            None => assert!(terminal.end().success()),
        }
    }
}

#[test]
fn while_the_report_is_read_one_can_leave() {
    for keys in ["q", "j\x03"] {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("report.txt");
        let mut terminal = shell("mkfifo \"$REPORT\" && exec \"$RAPPORTEUR\" \"$REPORT\"")
            .env("REPORT", pipe.to_str().unwrap())
            .open();
        terminal.frame_with("report.txt");
        terminal.press(keys);
        assert!(terminal.end().success());
    }
}

#[test]
fn a_key_typed_at_once_does_not_wait_for_an_answer_that_never_comes() {
    let waits = || {
        let mut terminal = explorer(&[]).saying(Says::Nothing).open();
        terminal.frame_with("36 units");
        let start = Instant::now();
        terminal.press("j");
        terminal.wait_for("2 of 36");
        let took = start.elapsed();
        terminal.quit();
        took
    };
    // On a busy machine one may take long, but hardly all.
    let quickest = (0..3).map(|_| waits()).min().unwrap();
    assert!(quickest < Duration::from_secs(1), "{quickest:?}");
}

#[test]
fn a_late_answer_is_no_key_and_loses_none() {
    let mut terminal = explorer(&[]).saying(Says::Nothing).open();
    terminal.wait_for_bytes(WHERE);
    terminal.wait_for("36 units");
    thread::sleep(Duration::from_secs(1));
    terminal.press("j\x1b[1;3Rj");
    terminal.wait_for("3 of 36");
    // Several, and where one is typing.
    terminal.press("/网\x1b[1;3R\x1b[24;80R络");
    terminal.wait_for("/网络");
    terminal.quit();
}

const DARK: &str = "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\";
const LIGHT: &str = "\x1b]11;rgb:fdfd/f6f6/e3e3\x07";

fn in_colour() -> Setup {
    explorer(&[]).env("COLORTERM", "truecolor")
}

/// The colour of the first key in the footer.
fn colour(seen: &super::pty::Seen) -> vt100::Color {
    let cell = seen.screen.screen().cell(23, 1).unwrap();
    cell.fgcolor()
}

fn has_own_colours(seen: &super::pty::Seen) -> bool {
    matches!(colour(seen), vt100::Color::Rgb(..))
}

#[test]
fn the_colours_suit_the_ground_that_the_terminal_tells() {
    let mut colours = Vec::new();
    for answer in [DARK, LIGHT] {
        let mut terminal = in_colour().ground(answer).open();
        terminal.wait("colours of its own", has_own_colours);
        assert!(terminal.seen().contents().contains("1 of 36"));
        colours.push(colour(&terminal.seen()));
        terminal.quit();
    }
    assert_ne!(colours[0], colours[1]);
    // Where nothing is answered: the terminal's sixteen, on any ground.
    let mut terminal = in_colour().open();
    terminal.wait_for_bytes(GROUND);
    terminal.press("j");
    terminal.frame_with("2 of 36");
    assert!(matches!(colour(&terminal.seen()), vt100::Color::Idx(0..16)));
    terminal.quit();
}

#[test]
fn an_answer_late_or_in_two_parts_is_no_key() {
    let plain = {
        let mut terminal = in_colour().ground(DARK).open();
        terminal.wait("colours of its own", has_own_colours);
        terminal.press("/网");
        let screen = terminal.frame_with("in 22 units");
        terminal.quit();
        screen
    };
    for answer in [DARK, LIGHT] {
        let last = answer.len() - 1;
        for at in [1, 2, 4, 8, 15, last] {
            let mut terminal = in_colour().open();
            terminal.wait_for_bytes(GROUND);
            // Esc would leave the prompt, and the letters would be typed.
            terminal.press("/网");
            terminal.wait_for("in 22 units");
            terminal.press(&answer[..at]);
            // The pause is what is tried.
            thread::sleep(Duration::from_millis(15));
            terminal.press(&answer[at..]);
            terminal.wait(format!("colours, with a pause at {at}"), has_own_colours);
            terminal.wait(format!("the screen, with a pause at {at}"), |seen| {
                seen.contents() == plain
            });
            terminal.quit();
        }
    }
}

#[test]
fn escape_is_a_key_while_an_answer_is_waited_for() {
    let mut terminal: Terminal = in_colour().open();
    terminal.wait_for_bytes(GROUND);
    terminal.press("/网");
    terminal.wait_for("in 22 units");
    terminal.press("\x1b");
    terminal.wait_for("1 of 36");
    terminal.press("jj/网");
    terminal.wait_for("in 22 units");
    terminal.press("\x1b");
    thread::sleep(Duration::from_millis(15));
    terminal.press("j");
    terminal.wait_for("4 of 36");
    terminal.quit();
}
