//! A terminal to run the program in: a pseudo-terminal with an emulator behind it that keeps the
//! screen and every byte, and answers what it is asked, or not.

use std::fmt::Debug;
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than anything takes on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// What a shell is told to show when it waits for a command.
const PROMPT: &str = "ready>";

/// What asks for the place of the cursor.
pub const WHERE: &[u8] = b"\x1b[6n";
/// What asks for the colour of the ground.
pub const GROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// What the emulator says to [`WHERE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Where the cursor is: an ambiguous character is one column wide.
    Narrow,
    /// The same at first, but as if such a character were two columns wide.
    Wide,
    /// Nothing.
    Nothing,
}

/// The program to be run, and the terminal it is run in.
pub struct Setup {
    program: String,
    args: Vec<String>,
    env: Vec<(String, String)>,
    size: PtySize,
    says: Says,
    ground: &'static str,
    controlling: bool,
    one_screen: bool,
}

/// The explorer, to be run with a clean environment, no settings and nothing remembered, in a
/// terminal of 80 columns and 24 rows that answers what it is asked.
pub fn explorer(args: &[&str]) -> Setup {
    Setup::of(env!("CARGO_BIN_EXE_rapporteur"), args)
}

/// A shell that runs `script`, where `$RAPPORTEUR` is the program; one that is typed to where there
/// is no script.
pub fn shell(script: &str) -> Setup {
    let args = match script {
        "" => vec!["-i"],
        script => vec!["-c", script],
    };
    Setup::of("/bin/sh", &args).env("RAPPORTEUR", env!("CARGO_BIN_EXE_rapporteur"))
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// A terminal that does not know its size has one all the same.
fn side(length: u16, unknown: u16) -> NonZeroU16 {
    NonZeroU16::new(length).unwrap_or(NonZeroU16::new(unknown).unwrap())
}

impl Setup {
    /// Any program.
    pub fn of(program: &str, args: &[&str]) -> Self {
        let setup = Self {
            program: program.into(),
            args: args.iter().map(ToString::to_string).collect(),
            env: Vec::new(),
            size: size(80, 24),
            says: Says::Narrow,
            ground: "",
            controlling: true,
            one_screen: false,
        };
        let setup = setup.env("TERM", "xterm-256color").env("PS1", PROMPT);
        let setup = setup.env("PATH", "/usr/bin:/bin");
        setup
            .env("RAPPORTEUR_CONFIG", "")
            .env("RAPPORTEUR_DATA", "")
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Where it reads its settings.
    pub fn settings(self, path: &Path) -> Self {
        self.env("RAPPORTEUR_CONFIG", path.to_str().unwrap())
    }

    /// Where it keeps what outlives it.
    pub fn data(self, path: &Path) -> Self {
        self.env("RAPPORTEUR_DATA", path.to_str().unwrap())
    }

    pub fn sized(mut self, cols: u16, rows: u16) -> Self {
        self.size = size(cols, rows);
        self
    }

    pub fn saying(mut self, says: Says) -> Self {
        self.says = says;
        self
    }

    /// What to answer when asked for the ground.
    pub fn ground(mut self, answer: &'static str) -> Self {
        self.ground = answer;
        self
    }

    /// The terminal does not control the program: no signal comes from it.
    pub fn without_signals(mut self) -> Self {
        self.controlling = false;
        self
    }

    /// A terminal that has no other screen beside the one the shell writes on.
    pub fn with_one_screen(mut self) -> Self {
        self.one_screen = true;
        self
    }

    pub fn open(self) -> Terminal {
        let pair = native_pty_system()
            .openpty(self.size)
            .expect("there are pseudo-terminals");
        let settings = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(&self.program);
        command.env_clear();
        command.args(&self.args);
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command.set_controlling_tty(self.controlling);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        // Kept open by nobody but the program: its end is the end of what can be read.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let seen = Seen {
            screen: vt100::Parser::new(side(self.size.rows, 24), side(self.size.cols, 80), 0),
            raw: Vec::new(),
            emulated: 0,
            deaf: false,
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let (shared, answers) = (Arc::clone(&seen), Arc::clone(&keys));
        let listener = thread::spawn(move || {
            let mut says = self.says;
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                let mut seen = shared.0.lock().unwrap();
                seen.raw.extend_from_slice(&bytes[..read]);
                let mut answer = Vec::new();
                while let Some(question) = seen.emulate(self.one_screen) {
                    if question == GROUND {
                        answer.extend_from_slice(self.ground.as_bytes());
                    } else if says != Says::Nothing {
                        let (row, col) = seen.screen.screen().cursor_position();
                        let col = col + 1 + u16::from(says == Says::Wide);
                        answer.extend_from_slice(format!("\x1b[{};{col}R", row + 1).as_bytes());
                        says = Says::Narrow;
                    }
                }
                if seen.deaf {
                    break;
                }
                if !answer.is_empty() {
                    // Before any key that is pressed for what is seen now. A program that is gone
                    // needs no answer.
                    let _ = answers.lock().unwrap().write_all(&answer);
                }
                shared.1.notify_all();
            }
        });
        Terminal {
            master: Some(pair.master),
            child,
            keys,
            seen,
            listener: Some(listener),
            settings,
        }
    }
}

/// What has been seen of the program.
pub struct Seen {
    pub screen: vt100::Parser,
    /// Every byte.
    pub raw: Vec<u8>,
    /// So many of them are on the screen.
    emulated: usize,
    /// True when no more is to be read.
    deaf: bool,
}

impl Seen {
    /// Shows what has come, up to the next question, which it gives.
    fn emulate(&mut self, one_screen: bool) -> Option<&'static [u8]> {
        let rest = &self.raw[self.emulated..];
        // A question of which the beginning is shown already is a question all the same.
        let before = self.emulated.saturating_sub(GROUND.len() - 1);
        let end = |question: &'static [u8]| {
            let ends = place(&self.raw[before..], question).map(|at| before + at + question.len());
            ends.filter(|end| *end > self.emulated)
                .map(|end| (end, question))
        };
        let next = [WHERE, GROUND].into_iter().filter_map(end).min();
        let upto = next.map_or(self.raw.len(), |(end, _)| end);
        let mut shown = rest[..upto - self.emulated].to_vec();
        if one_screen {
            for switch in [b"\x1b[?1049h", b"\x1b[?1049l"] {
                while let Some(at) = place(&shown, switch) {
                    shown.drain(at..at + switch.len());
                }
            }
        }
        self.screen.process(&shown);
        self.emulated = upto;
        next.map(|(_, question)| question)
    }

    /// The screen, without the blanks behind its rows.
    pub fn contents(&self) -> String {
        let contents = self.screen.screen().contents();
        let rows: Vec<_> = contents.lines().map(str::trim_end).collect();
        rows.join("\n").trim_end().into()
    }

    /// A row of the screen, without the blanks behind it.
    pub fn row(&self, row: u16) -> String {
        let (_, cols) = self.screen.screen().size();
        let mut rows = self.screen.screen().rows(0, cols.get());
        rows.nth(row.into()).unwrap_or_default().trim_end().into()
    }

    /// True when a frame has been drawn to its end: the cursor is hidden, or shown and put in place.
    pub fn is_whole_frame(&self) -> bool {
        // Behind the first frame the cursor may be asked for.
        let frame = self.raw.strip_suffix(WHERE).unwrap_or(&self.raw);
        let last = &frame[frame.len().saturating_sub(16)..];
        let shown = place(last, b"\x1b[?25h\x1b[").is_some() && last.ends_with(b"H");
        shown || last.ends_with(b"\x1b[?25l")
    }

    pub fn has_written(&self, bytes: &[u8]) -> bool {
        place(&self.raw, bytes).is_some()
    }
}

/// Where `part` begins.
pub fn place(whole: &[u8], part: &[u8]) -> Option<usize> {
    whole.windows(part.len()).position(|bytes| bytes == part)
}

/// The program running in its terminal.
pub struct Terminal {
    pub master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    listener: Option<JoinHandle<()>>,
    settings: String,
}

impl Terminal {
    /// What has been seen up to now.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    pub fn wait(&self, what: impl Debug, ready: impl Fn(&Seen) -> bool) {
        let start = Instant::now();
        let mut seen = self.seen();
        while !ready(&seen) {
            let left = DEADLINE.saturating_sub(start.elapsed());
            assert!(
                !left.is_zero(),
                "never saw {what:?}:\n{}\nat last it wrote {:?}",
                seen.contents(),
                String::from_utf8_lossy(&seen.raw[seen.raw.len().saturating_sub(200)..]),
            );
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    pub fn wait_for(&self, text: &str) {
        self.wait(text, |seen| seen.contents().contains(text));
    }

    /// Waits for a text on a frame that is drawn to its end; gives the screen.
    pub fn frame_with(&self, text: &str) -> String {
        self.wait(text, |seen| {
            seen.is_whole_frame() && seen.contents().contains(text)
        });
        self.seen().contents()
    }

    pub fn wait_for_bytes(&self, bytes: &[u8]) {
        let what = String::from_utf8_lossy(bytes);
        self.wait(what, |seen| seen.has_written(bytes));
    }

    /// Waits until the shell reads what is typed: before that the program might still.
    pub fn wait_for_the_shell(&self) {
        self.wait("the prompt", |seen| {
            let screen = seen.screen.screen();
            let (row, _) = screen.cursor_position();
            !screen.alternate_screen() && seen.row(row) == PROMPT
        });
    }

    /// Watches for so long that nothing at all is written.
    pub fn assert_silent(&self, time: Duration) {
        let start = Instant::now();
        let mut seen = self.seen();
        let before = seen.raw.len();
        loop {
            let left = time.saturating_sub(start.elapsed());
            if left.is_zero() {
                return;
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
            let written = String::from_utf8_lossy(&seen.raw[before..]);
            assert!(written.is_empty(), "it wrote {written:?}");
        }
    }

    pub fn press(&self, keys: &str) {
        let mut to = self.keys.lock().unwrap();
        to.write_all(keys.as_bytes()).unwrap();
        to.flush().unwrap();
    }

    /// The number of the process.
    pub fn id(&self) -> String {
        self.child.process_id().expect("it runs").to_string()
    }

    pub fn signal(&self, name: &str) {
        kill(name, &self.id());
    }

    /// Gives the window another size; the screen keeps what fits.
    pub fn resize(&self, cols: u16, rows: u16) {
        let mut seen = self.seen();
        let screen = seen.screen.screen_mut();
        screen.set_size(side(rows, 24), side(cols, 80));
        self.resize_unseen(cols, rows);
    }

    /// Tells the program of another size, but emulates the one before.
    pub fn resize_unseen(&self, cols: u16, rows: u16) {
        let master = self.master.as_ref().expect("it is open");
        master.resize(size(cols, rows)).unwrap();
    }

    pub fn mode(&self) -> String {
        let master = self.master.as_ref().expect("it is open");
        format!("{:?}", master.get_termios())
    }

    pub fn is_raw(&self) -> bool {
        self.mode() != self.settings
    }

    /// The terminal says no more, and can be reached no more.
    pub fn hang_up(&mut self) {
        self.seen().deaf = true;
        // Who listens has a copy of the terminal, and sleeps until something is written.
        let name = self.master.as_ref().and_then(|master| master.tty_name());
        let mut device = File::options().write(true).open(name.unwrap()).unwrap();
        device.write_all(b" ").unwrap();
        drop(device);
        self.listener.take().map(|listener| listener.join());
        *self.keys.lock().unwrap() = Box::new(std::io::sink());
        self.master = None;
    }

    pub fn assert_given_back(&self) {
        self.wait("the terminal given back", |seen| {
            let screen = seen.screen.screen();
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
    }

    /// Waits for the end, whatever becomes of the terminal.
    pub fn wait_for_the_end(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                start.elapsed() < DEADLINE,
                "it never ends:\n{}",
                self.seen().contents()
            );
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits for the end; the terminal must be as it was.
    pub fn end(&mut self) -> ExitStatus {
        let status = self.wait_for_the_end();
        self.assert_given_back();
        assert_eq!(self.mode(), self.settings, "the mode of the terminal");
        status
    }

    /// Leaves the explorer.
    pub fn quit(&mut self) {
        self.press("\x03");
        assert!(self.end().success());
    }
}

impl Drop for Terminal {
    /// A test that failed leaves nothing running.
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
        }
    }
}

/// Sends a signal to a process.
pub fn kill(name: &str, id: &str) {
    let sent = Command::new("kill").args(["-s", name, id]).status();
    assert!(sent.unwrap().success(), "{name} to {id}");
}

/// Waits until `ready`, for what cannot be seen on a screen.
pub fn wait_until<T>(what: &str, ready: impl Fn() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(ready) = ready() {
            return ready;
        }
        assert!(start.elapsed() < DEADLINE, "never: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}
