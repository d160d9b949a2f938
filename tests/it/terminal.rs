//! The real program in a pseudo-terminal: it draws, answers keys, and gives the terminal back.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than anything takes on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// What a shell is told to show when it waits for a command.
const PROMPT: &str = "ready>";

struct Seen {
    screen: vt100::Parser,
    raw: Vec<u8>,
}

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    settings: String,
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn side(length: u16) -> NonZeroU16 {
    NonZeroU16::new(length).expect("a screen has rows and columns")
}

impl Terminal {
    fn start(args: &[&str]) -> Self {
        Self::start_sized(args, size(80, 24))
    }

    fn start_sized(args: &[&str], size: PtySize) -> Self {
        Self::run(env!("CARGO_BIN_EXE_rapporteur"), args, size)
    }

    fn run(program: &str, args: &[&str], size: PtySize) -> Self {
        let pair = native_pty_system()
            .openpty(size)
            .expect("there are pseudo-terminals");
        let settings = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("RAPPORTEUR_DATA", "");
        command.env("RAPPORTEUR_CONFIG", "");
        // Where a shell is run: what it says when it can be typed to.
        command.env("PS1", PROMPT);
        command.args(args);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        // Kept open by nobody but the program: its end is the end of what can be read.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let seen = Seen {
            screen: vt100::Parser::new(side(24), side(80), 0),
            raw: Vec::new(),
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                let mut seen = shared.0.lock().unwrap();
                seen.screen.process(&bytes[..read]);
                seen.raw.extend_from_slice(&bytes[..read]);
                shared.1.notify_all();
            }
        });
        Self {
            master: pair.master,
            child,
            keys,
            seen,
            settings,
        }
    }

    fn wait(&self, what: &str, ready: impl Fn(&Seen) -> bool) {
        let start = Instant::now();
        let mut seen = self.seen.0.lock().unwrap();
        while !ready(&seen) {
            let left = DEADLINE.saturating_sub(start.elapsed());
            assert!(
                !left.is_zero(),
                "never saw {what}:\n{}",
                seen.screen.screen().contents()
            );
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    fn wait_for(&self, text: &str) {
        self.wait(text, |seen| seen.screen.screen().contents().contains(text));
    }

    /// Waits until the shell reads what is typed: before that the program might still.
    fn wait_for_the_shell(&self) {
        self.wait("the prompt", |seen| {
            let screen = seen.screen.screen();
            let (row, _) = screen.cursor_position();
            !screen.alternate_screen()
                && screen.rows(0, 80).nth(usize::from(row)).as_deref() == Some(PROMPT)
        });
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("it runs").to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    fn assert_given_back(&self) {
        self.wait("the terminal given back", |seen| {
            let screen = seen.screen.screen();
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
    }

    /// Waits for the end; the terminal must be as it was.
    fn end(&mut self) -> ExitStatus {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < DEADLINE, "it never ends");
            thread::sleep(Duration::from_millis(5));
        };
        self.assert_given_back();
        assert_eq!(
            format!("{:?}", self.master.get_termios()),
            self.settings,
            "the mode of the terminal"
        );
        status
    }
}

#[test]
fn it_filters_quits_and_leaves_the_terminal_as_it_was() {
    let mut terminal = Terminal::start(&[]);
    terminal.wait_for("36 units · 17 recommendations");
    terminal.wait("the alternate screen", |seen| {
        seen.screen.screen().alternate_screen() && seen.screen.screen().hide_cursor()
    });
    assert_ne!(
        format!("{:?}", terminal.master.get_termios()),
        terminal.settings,
        "raw while it runs"
    );
    terminal.press("/布达佩斯");
    terminal.wait_for("2 in 1 unit");
    terminal.wait("the caret behind what is typed", |seen| {
        seen.screen.screen().cursor_position() == (22, 10) && !seen.screen.screen().hide_cursor()
    });
    terminal.press("\r");
    terminal.wait_for("1 of 2 in 1 unit");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_signal_ends_it_and_the_terminal_is_as_it_was() {
    for name in ["TERM", "HUP", "INT"] {
        let mut terminal = Terminal::start(&[]);
        terminal.wait_for("36 units");
        terminal.signal(name);
        assert!(
            !terminal.end().success(),
            "whoever sent {name} sees that it worked"
        );
    }
}

#[test]
fn it_stops_and_goes_on() {
    // Only a shell with job control can stop a program and let it go on.
    let mut terminal = Terminal::run("/bin/sh", &["-i"], size(80, 24));
    terminal.press(&format!("'{}'\r", env!("CARGO_BIN_EXE_rapporteur")));
    terminal.wait_for("36 units");
    terminal.press("jjjj");
    terminal.wait_for("5 of 36");
    terminal.press("\x1a");
    terminal.wait_for("topped");
    terminal.wait_for_the_shell();
    terminal.assert_given_back();
    terminal.press("fg\r");
    terminal.wait("the screen again", |seen| {
        seen.screen.screen().alternate_screen()
            && seen.screen.screen().contents().contains("5 of 36")
    });
    terminal.press("q");
    terminal.wait_for_the_shell();
    terminal.assert_given_back();
    terminal.press("exit\r");
    assert!(terminal.end().success());
}

#[test]
fn where_nothing_could_let_it_go_on_it_does_not_stop() {
    let mut terminal = Terminal::start(&[]);
    terminal.wait_for("36 units");
    terminal.press("\x1aG");
    terminal.wait_for("36 of 36");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_terminal_with_nothing_piped_in_is_said_so() {
    let mut terminal = Terminal::start(&["-"]);
    terminal.wait_for("it is the terminal itself");
    assert_eq!(terminal.end().exit_code(), 2);
}

#[test]
fn it_follows_the_size_of_the_window() {
    let mut terminal = Terminal::start(&[]);
    terminal.wait_for("36 units");
    terminal
        .seen
        .0
        .lock()
        .unwrap()
        .screen
        .screen_mut()
        .set_size(side(10), side(40));
    terminal.master.resize(size(40, 10)).unwrap();
    terminal.wait("the small screen", |seen| {
        let contents = seen.screen.screen().contents();
        contents.contains("1 of 36") && !contents.contains("36 units")
    });
    terminal.press("\x03");
    assert!(terminal.end().success());
}

#[test]
fn a_copy_is_sent_to_the_terminal_and_no_more_is_claimed() {
    let mut terminal = Terminal::start(&[]);
    terminal.wait_for("36 units");
    terminal.press(":8\r");
    terminal.wait_for("IV › B › 8");
    terminal.press("Y");
    terminal.wait_for("sent to the terminal's clipboard: 第8段");
    // 第8段 in base64.
    terminal.wait("the clipboard sequence", |seen| {
        seen.raw
            .windows(16)
            .any(|bytes| bytes == b"\x1b]52;c;56ysOOaut")
    });
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn what_cannot_be_read_is_said_on_a_terminal_left_alone() {
    let mut terminal = Terminal::start(&["no/such/report.txt"]);
    terminal.wait_for("cannot read no/such/report.txt");
    assert_eq!(terminal.end().exit_code(), 2);
    let seen = terminal.seen.0.lock().unwrap();
    assert!(
        !seen.raw.windows(8).any(|bytes| bytes == b"\x1b[?1049h"),
        "the alternate screen was never entered"
    );
}

#[test]
fn a_terminal_that_does_not_know_its_width_gets_eighty_columns() {
    let mut terminal = Terminal::start_sized(&["show", "8"], size(0, 0));
    terminal.wait_for("8. 政府间组织欧洲联盟也作了发言。");
    assert!(terminal.end().success());
}
