//! The terminal is given back as it was: after quitting, an error, a panic, a signal, and while
//! stopped; and taken again when it goes on.

use std::{env, fs, io, thread};

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
    fs::write(&report, b"1. \xff\xfe\n").unwrap();
    assert_eq!(terminal.end().exit_code(), 2);
    terminal.wait_for("rapporteur: ");
    assert!(terminal.seen().contents().contains("UTF-8"));
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
