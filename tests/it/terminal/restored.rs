//! The terminal is given back as it was: after quitting, an error, a panic, a signal, and while
//! stopped; and taken again when it goes on.

use std::{env, fs, io, thread};

use super::pty::{kill, place};
use super::{Setup, Terminal, explorer, shell};

/// It runs, and has taken the terminal.
fn assert_taken(terminal: &Terminal) {
    terminal.wait("the terminal taken", |seen| {
        let screen = seen.screen.screen();
        screen.alternate_screen()
            && screen.hide_cursor()
            && screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
            && screen.mouse_protocol_encoding() == vt100::MouseProtocolEncoding::Sgr
            && seen.contents().contains("36 units · 17 recommendations")
    });
    assert!(terminal.is_raw(), "raw while it runs");
}

#[test]
fn it_filters_quits_and_leaves_the_terminal_as_it_was() {
    for leaving in ["q", "\x03"] {
        let mut terminal = explorer(&[]).open();
        assert_taken(&terminal);
        terminal.press("/布达佩斯");
        terminal.wait_for("2 in 1 unit");
        terminal.press("\r");
        terminal.wait_for("1 of 2 in 1 unit");
        terminal.press(leaving);
        assert!(terminal.end().success());
        let seen = terminal.seen();
        assert_eq!(seen.contents(), "", "nothing is left on the shell's screen");
    }
}

#[test]
fn a_signal_ends_it_and_the_terminal_is_as_it_was() {
    for name in ["TERM", "HUP", "INT"] {
        // Also where one is typing.
        for typed in ["", "/网络"] {
            let mut terminal = explorer(&[]).open();
            assert_taken(&terminal);
            terminal.press(typed);
            terminal.wait("what is typed", |seen| {
                typed.is_empty() || seen.contents().contains(typed)
            });
            terminal.signal(name);
            let status = terminal.end();
            assert!(
                status.signal().is_some(),
                "whoever sent {name} sees that it worked, not {status:?}"
            );
        }
    }
}

#[test]
fn an_error_while_it_runs_is_told_on_the_terminal_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.txt");
    // Not to be opened by us before the program waits for it to be filled.
    let mut terminal = shell("mkfifo \"$REPORT\" && exec \"$RAPPORTEUR\" \"$REPORT\"")
        .env("REPORT", report.to_str().unwrap())
        .open();
    terminal.wait("the terminal taken", |seen| {
        seen.screen.screen().alternate_screen() && seen.contents().contains("report.txt")
    });
    fs::write(&report, b"\x89PNG\r\n\x1a\n....").unwrap();
    assert_eq!(terminal.end().exit_code(), 2);
    terminal.wait_for("rapporteur: ");
    assert!(terminal.seen().contents().contains("a picture (PNG)"));
}

/// Says to a run of this test program that it is to panic.
const PANIC: &str = "RAPPORTEUR_TEST_PANIC";

#[test]
#[ignore = "run by another test, in a terminal"]
fn panics_while_the_terminal_is_taken() {
    let Some(who) = env::var_os(PANIC) else {
        return;
    };
    let panicking = || panic!("on purpose, with the terminal taken");
    rapporteur::tui::with_terminal(|| {
        // Till the test has seen it.
        io::stdin().read_line(&mut String::new()).unwrap();
        match who == "another thread" {
            true => drop(thread::spawn(panicking).join()),
            false => panicking(),
        }
    })
    .expect("there is a terminal");
}

#[test]
fn a_panic_is_told_on_the_terminal_given_back() {
    let program = env::current_exe().unwrap();
    let name = concat!(module_path!(), "::panics_while_the_terminal_is_taken");
    let name = name.split_once("::").unwrap().1;
    for who in ["the thread", "another thread"] {
        let args = ["--exact", name, "--ignored", "--nocapture"];
        let mut terminal = Setup::of(program.to_str().unwrap(), &args)
            .env(PANIC, who)
            .open();
        terminal.wait("the terminal taken", |seen| {
            let screen = seen.screen.screen();
            screen.alternate_screen()
                && screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
        });
        assert!(terminal.is_raw());
        // There is no Enter in raw mode.
        terminal.press("\n");
        let status = terminal.end();
        assert_eq!(status.success(), who == "another thread", "{status:?}");
        terminal.wait_for("on purpose, with the terminal taken");
        let told = terminal.seen().contents();
        assert!(told.contains("panicked at tests/it"), "{told}");
    }
}

/// Presses keys until all that the program asked is answered, and the answers are read: what comes
/// later would be the shell's.
fn settle(terminal: &Terminal) {
    for (keys, place) in [("jjj", "4 of 36"), ("j", "5 of 36")] {
        terminal.press(keys);
        terminal.wait_for(place);
    }
}

/// Runs the program in a shell that can stop it, and gives the number of its process.
fn in_a_shell() -> (Terminal, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("id");
    let terminal = shell("").env("ID", file.to_str().unwrap()).open();
    terminal.wait_for_the_shell();
    // Only a shell with job control can stop a program and let it go on.
    terminal.press("/bin/sh -c 'echo $$ > \"$ID\"; exec \"$RAPPORTEUR\"'\r");
    assert_taken(&terminal);
    settle(&terminal);
    let id = fs::read_to_string(file).unwrap().trim().to_owned();
    (terminal, id, folder)
}

#[test]
fn it_stops_and_goes_on_and_draws_all_anew() {
    for (how, from_outside) in [("by its key", false), ("by a signal", true)] {
        let (mut terminal, id, _folder) = in_a_shell();
        let before = terminal.frame_with("5 of 36");
        // Twice: nothing may be lost the first time.
        for _ in 0..2 {
            match from_outside {
                true => kill("TSTP", &id),
                false => terminal.press("\x1a"),
            }
            terminal.wait_for("topped");
            terminal.wait_for_the_shell();
            terminal.assert_given_back();
            // Someone draws all over the other screen meanwhile, and clears the shell's.
            let all = "\x1b[?47h\x1b[H".to_owned() + &"X".repeat(80 * 24);
            let all = all + "\x1b[?47l\x1b[H\x1b[2J";
            terminal.seen().screen.process(all.as_bytes());
            terminal.press("fg\r");
            terminal.wait(format!("the screen again, stopped {how}"), |seen| {
                seen.screen.screen().alternate_screen() && seen.contents() == before
            });
            assert_taken(&terminal);
        }
        terminal.press("j");
        terminal.wait_for("6 of 36");
        terminal.press("q");
        terminal.wait_for_the_shell();
        terminal.assert_given_back();
        terminal.press("exit\r");
        assert!(terminal.end().success());
    }
}

#[test]
fn a_window_of_another_size_after_a_stop_is_filled() {
    let (mut terminal, _, _folder) = in_a_shell();
    terminal.press("\x1a");
    terminal.wait_for("topped");
    terminal.wait_for_the_shell();
    terminal.resize(60, 12);
    terminal.press("fg\r");
    terminal.wait("a footer on the last row", |seen| {
        seen.row(11).contains("/ find") && seen.contents().contains("5 of 36")
    });
    terminal.press("q");
    terminal.wait_for_the_shell();
    terminal.press("exit\r");
    assert!(terminal.end().success());
}

#[test]
fn where_nothing_could_let_it_go_on_it_does_not_stop() {
    for outside in [false, true] {
        let mut terminal = explorer(&[]).open();
        assert_taken(&terminal);
        match outside {
            true => terminal.signal("TSTP"),
            false => terminal.press("\x1a"),
        }
        // Given back and taken again.
        terminal.wait("the terminal taken twice", |seen| {
            let first = place(&seen.raw, b"\x1b[?1049l");
            first.is_some_and(|at| place(&seen.raw[at..], b"36 units").is_some())
        });
        terminal.press("G");
        terminal.wait_for("36 of 36");
        terminal.press("q");
        assert!(terminal.end().success());
    }
}

#[test]
fn where_there_is_one_screen_nothing_of_the_shell_is_between_ours_nor_ours_left_to_the_shell() {
    // GNU Screen as it comes, the consoles of Linux.
    let fill = "i=0; while [ $i -lt 24 ]; do printf %080d 0 | tr 0 X; i=$((i+1)); done";
    let mut terminal = shell(&format!("{fill}; exec \"$RAPPORTEUR\""))
        .with_one_screen()
        .open();
    terminal.wait_for("36 units");
    terminal.wait("none of what was there", |seen| {
        !seen.contents().contains('X')
    });
    settle(&terminal);
    terminal.press("q");
    assert!(terminal.end().success());
    let seen = terminal.seen();
    assert_eq!(seen.contents(), "", "none of ours is left");
    assert_eq!(seen.screen.screen().cursor_position(), (0, 0));
}

#[test]
fn what_cannot_be_read_is_said_on_a_terminal_left_alone() {
    let mut terminal = explorer(&["no/such/report.txt"]).open();
    terminal.wait_for("cannot read no/such/report.txt");
    assert_eq!(terminal.end().exit_code(), 2);
    assert!(
        !terminal.seen().has_written(b"\x1b[?1049h"),
        "the alternate screen was never entered"
    );
}

#[test]
fn a_report_from_a_pipe_is_read_and_keys_from_the_terminal() {
    let text = crate::here("tests/reports/committee.en.txt");
    let mut terminal = shell("cat \"$REPORT\" | \"$RAPPORTEUR\" -")
        .env("REPORT", text.to_str().unwrap())
        .open();
    terminal.wait_for("1 of ");
    terminal.press("j");
    terminal.wait_for("2 of ");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_terminal_with_nothing_piped_in_is_said_so() {
    let mut terminal = explorer(&["-"]).open();
    terminal.wait_for("it is the terminal itself");
    assert_eq!(terminal.end().exit_code(), 2);
}
