//! The terminal: taken over, and given back as it was whatever happens.
//!
//! What is particular to a system stands here: signals and stopping on Unix. Elsewhere the keys
//! that ask for them do nothing.

use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

/// Frames are written in one go.
type Backend = CrosstermBackend<BufWriter<Stdout>>;

/// The terminal while it is ours; dropping it gives it back.
pub(super) struct Taken {
    pub terminal: Terminal<Backend>,
}

impl Taken {
    /// Takes the terminal over, and has it given back on a panic too.
    pub(super) fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                give_back();
                before(info);
            }));
        });
        Ok(Self { terminal: enter()? })
    }

    /// Asks the terminal to put `text` on the clipboard (OSC 52); whether it does it does not say.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(
            self.terminal.backend_mut(),
            CopyToClipboard::to_clipboard_from(text)
        )
    }

    /// Gives the terminal back, stops the process, and takes the terminal again when it goes on.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        // Not SIGSTOP: where no shell could make it go on, the signal must be without effect.
        signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
        // Nothing of what was drawn is left: all is drawn anew.
        self.terminal = enter()?;
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

fn enter() -> io::Result<Terminal<Backend>> {
    enable_raw_mode()?;
    HELD.store(true, Ordering::SeqCst);
    let drawn = execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste);
    let out = BufWriter::with_capacity(1 << 16, io::stdout());
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
    let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Hands the signals that end a program to `tell` from a thread of its own, until that gives false.
#[cfg(unix)]
pub(super) fn watch_signals(tell: impl Fn(i32) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if !tell(signal) {
                break;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn watch_signals(_: impl Fn(i32) -> bool + Send + 'static) -> io::Result<()> {
    Ok(())
}

/// Ends the process the way `signal` ends a program that does not mind it, so that whoever sent
/// it sees that it worked.
#[cfg(unix)]
pub(super) fn end_by(signal: i32) {
    let _ = signal_hook::low_level::emulate_default_handler(signal);
}

#[cfg(not(unix))]
pub(super) fn end_by(_: i32) {}
