//! The terminal: taken over, asked what it is, and given back as it was whatever happens.
//!
//! What is particular to a system stands here: signals, stopping and hanging up on Unix. Elsewhere
//! the keys that ask for them do nothing.

use std::fmt;
use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

use crossterm::cursor::{MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Position;

/// Frames are written in one go.
type Backend = CrosstermBackend<BufWriter<Ours>>;

/// Writes to the terminal while it is ours. What is written later is meant for a screen that is left
/// already, and where the terminal is gone the library would not only fail but panic.
pub(super) struct Ours(Stdout);

impl Write for Ours {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match HELD.load(Ordering::SeqCst) {
            true => self.0.write(bytes),
            false => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match HELD.load(Ordering::SeqCst) {
            true => self.0.flush(),
            false => Ok(()),
        }
    }
}

/// The terminal while it is ours; dropping it gives it back.
pub(super) struct Taken {
    pub terminal: Terminal<Backend>,
    mouse: bool,
}

/// Has the terminal tell of buttons and wheel, and of moves while a button is down, or no more.
///
/// Not of every move, as the library would have it: nothing here minds the mouse before it is
/// pressed, and a moving mouse should not wake anybody.
struct MouseReports(bool);

impl Command for MouseReports {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        // Buttons, moves with one down, and columns beyond 223 (xterm's 1000, 1002, 1006).
        out.write_str(match self.0 {
            true => "\x1b[?1000h\x1b[?1002h\x1b[?1006h",
            false => "\x1b[?1006l\x1b[?1002l\x1b[?1000l",
        })
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
        match self.0 {
            true => EnableMouseCapture.execute_winapi(),
            false => DisableMouseCapture.execute_winapi(),
        }
    }

    /// The console must be told, whatever sequences it understands.
    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// Takes the terminal over as the explorer does, calls `inside`, and gives the terminal back, also
/// when that panics: for whoever wants to see that it comes back.
///
/// # Errors
/// When there is no terminal to take.
pub fn with_terminal<T>(inside: impl FnOnce() -> T) -> io::Result<T> {
    let taken = Taken::take(true)?;
    let done = inside();
    drop(taken);
    Ok(done)
}

impl Taken {
    /// Takes the terminal over, and its mouse if that is wanted, and has it given back on a panic
    /// too.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                if !crate::read::panics_quietly() {
                    give_back();
                }
                before(info);
            }));
        });
        let terminal = enter(mouse)?;
        Ok(Self { terminal, mouse })
    }

    /// Writes a sequence that draws nothing.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Clears the screen, so that all of the next frame is drawn.
    ///
    /// Not the library's way, which asks where the cursor is before: an answer that whoever waits
    /// for keys gets, and many terminals never give.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize((Position::ORIGIN, size).into())
    }

    /// Has the terminal tell of the mouse, or no more.
    pub(super) fn set_mouse(&mut self, wanted: bool) -> io::Result<()> {
        self.mouse = wanted;
        execute!(self.terminal.backend_mut(), MouseReports(wanted))
    }

    /// Asks for the colour of the ground (OSC 11); the answer comes as keys, see `ear`.
    pub(super) fn ask_ground(&mut self) -> io::Result<()> {
        self.write(b"\x1b]11;?\x1b\\")
    }

    /// Asks how wide an ambiguous character is: by drawing one on the screen while it is empty, and
    /// asking where the cursor stands behind it. The answer comes later, see [`Self::hear_width`].
    #[cfg(unix)]
    pub(super) fn ask_width(&mut self) -> io::Result<Option<bool>> {
        self.write("\x1b[H①\x1b[6n\r\x1b[K".as_bytes())?;
        Ok(None)
    }

    /// Elsewhere the system knows where the cursor stands, at once.
    #[cfg(not(unix))]
    pub(super) fn ask_width(&mut self) -> io::Result<Option<bool>> {
        self.write("\x1b[H①".as_bytes())?;
        let wide = self.hear_width();
        self.write(b"\r\x1b[K")?;
        Ok(wide)
    }

    /// What the terminal answers to [`Self::ask_width`]: true for two columns. None if it says
    /// nothing for two seconds; what is typed meanwhile is kept.
    pub(super) fn hear_width(&mut self) -> Option<bool> {
        let (column, _) = crossterm::cursor::position().ok()?;
        Some(column >= 2)
    }

    /// Gives the terminal back as long as `inside` takes, to a program of its own, and takes it again.
    pub(super) fn lend<T>(&mut self, inside: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        LENT.store(true, Ordering::SeqCst);
        let done = inside();
        LENT.store(false, Ordering::SeqCst);
        self.terminal = enter(self.mouse)?;
        Ok(done)
    }

    /// Gives the terminal back, stops the process, and takes the terminal again when it goes on.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        use rustix::process::{Signal, kill_current_process_group};
        give_back();
        // Not SIGSTOP: where no shell could make it go on, the signal must be without effect. And
        // not SIGTSTP, which does not stop any more but is watched for. The group: whoever waits for
        // this program at the other end of a pipe stops with it.
        kill_current_process_group(Signal::TTOU)?;
        // Nothing of what was drawn is left: all is drawn anew.
        self.terminal = enter(self.mouse)?;
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

/// True while the terminal is ours, so that it is given back once: a second time would put the
/// cursor over what has been printed since.
static HELD: AtomicBool = AtomicBool::new(false);

/// True while the terminal is lent: what its keys ask of all that runs there is the other program's.
static LENT: AtomicBool = AtomicBool::new(false);

fn enter(mouse: bool) -> io::Result<Terminal<Backend>> {
    enable_raw_mode()?;
    HELD.store(true, Ordering::SeqCst);
    // Cleared too: where there is but one screen, what stood on it would show between ours.
    let drawn = execute!(
        io::stdout(),
        EnterAlternateScreen,
        Clear(ClearType::All),
        EnableBracketedPaste
    );
    let drawn = drawn.and_then(|()| match mouse {
        true => execute!(io::stdout(), MouseReports(true)),
        false => Ok(()),
    });
    let out = BufWriter::with_capacity(1 << 16, Ours(io::stdout()));
    drawn
        .and_then(|()| Terminal::new(CrosstermBackend::new(out)))
        .inspect_err(|_| give_back())
}

/// Does all it can; what fails here there is nobody to tell.
fn give_back() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(out, MouseReports(false), DisableBracketedPaste);
    // Cleared for terminals with one screen: the shell goes on there.
    let _ = execute!(out, Clear(ClearType::All), MoveTo(0, 0));
    let _ = execute!(out, LeaveAlternateScreen, Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// To end, by this signal.
    End(i32),
    /// To stop until continued.
    #[cfg_attr(not(unix), allow(dead_code))]
    Stop,
}

/// What a signal ends is ended by force when it takes longer: it may be at work, or writing what it
/// remembers.
#[cfg(unix)]
const LONGEST_END: Duration = Duration::from_secs(2);

/// Hands the signals that end or stop a program to `tell` from a thread of its own, until that
/// gives false.
#[cfg(unix)]
pub(super) fn watch_signals(tell: impl Fn(Asked) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if LENT.load(Ordering::SeqCst) {
                match signal {
                    // Both stop, so that the shell has the terminal, and go on together.
                    SIGTSTP => end_by(signal),
                    SIGINT => {}
                    // Who ends this program is heard when the other is done.
                    signal => drop(tell(Asked::End(signal))),
                }
                continue;
            }
            let asked = match signal {
                SIGTSTP => Asked::Stop,
                signal => Asked::End(signal),
            };
            if !tell(asked) {
                break;
            }
            if let Asked::End(signal) = asked {
                // Whoever is told may be at something that takes its time; it is not waited for.
                std::thread::sleep(LONGEST_END);
                give_back();
                end_by(signal);
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn watch_signals(_: impl Fn(Asked) -> bool + Send + 'static) -> io::Result<()> {
    Ok(())
}

/// What is left to do when the terminal is gone takes no longer than this.
#[cfg(unix)]
const LAST_WORDS: Duration = Duration::from_millis(800);

/// Tells when the terminal is gone, from a thread that sleeps until then: reading from it then
/// never ends, and not every program is sent a signal. Whoever is told and does not end the
/// process, as one that reads an answer of the terminal just then, has it ended.
#[cfg(unix)]
pub(super) fn watch_for_the_end(tell: impl FnOnce() + Send + 'static) {
    use rustix::event::{PollFd, PollFlags, poll};
    // Found now: a terminal that is gone is no terminal any more.
    let Some(input) = input() else { return };
    std::thread::spawn(move || {
        loop {
            let mut watched = [PollFd::new(&input, PollFlags::empty())];
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => {}
                Ok(_)
                    if watched[0]
                        .revents()
                        .intersects(PollFlags::HUP | PollFlags::ERR) =>
                {
                    tell();
                    std::thread::sleep(LAST_WORDS);
                    std::process::exit(2);
                }
                // A system that cannot watch a terminal so.
                _ => return,
            }
        }
    });
}

#[cfg(not(unix))]
pub(super) fn watch_for_the_end(_: impl FnOnce() + Send + 'static) {}

/// Waits for as much to read as the shortest answer has, `ESC [ 1 ; 2 R`, no longer than `patience`;
/// reads nothing. A key or two typed meanwhile are less: to look for an answer among them would keep
/// them waiting as long as the library waits for answers.
#[cfg(unix)]
pub(super) fn is_answered(patience: Duration) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::ioctl_fionread;
    const SHORTEST: u64 = 6;
    const PAUSE: Duration = Duration::from_millis(5);
    let start = Instant::now();
    let Some(input) = input() else { return false };
    loop {
        let left = patience.saturating_sub(start.elapsed());
        let until = Timespec::try_from(left).ok();
        let mut watched = [PollFd::new(&input, PollFlags::IN)];
        if poll(&mut watched, until.as_ref()).is_ok_and(|ready| ready > 0)
            && ioctl_fionread(&input).is_ok_and(|bytes| bytes >= SHORTEST)
        {
            return true;
        }
        if left.is_zero() {
            return false;
        }
        // What is there already would end the next waiting at once.
        std::thread::sleep(PAUSE.min(left));
    }
}

#[cfg(not(unix))]
pub(super) fn is_answered(_: Duration) -> bool {
    false
}

/// Where keys are read from: standard input, or the terminal itself where that is a pipe.
#[cfg(unix)]
fn input() -> Option<std::os::fd::OwnedFd> {
    use std::os::fd::AsFd;
    let stdin = io::stdin();
    if rustix::termios::isatty(&stdin) {
        return stdin.as_fd().try_clone_to_owned().ok();
    }
    std::fs::File::open("/dev/tty").ok().map(Into::into)
}

/// Ends the process the way `signal` ends a program that does not mind it, so that whoever sent
/// it sees that it worked.
#[cfg(unix)]
pub(super) fn end_by(signal: i32) {
    let _ = signal_hook::low_level::emulate_default_handler(signal);
}

#[cfg(not(unix))]
pub(super) fn end_by(_: i32) {}
