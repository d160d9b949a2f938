//! A quiet line on the terminal while a report takes long to read; gone when it is read.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::outside::Surroundings;
use crate::read::Progress;
use crate::typeset::{Ruler, safe};

/// Nobody wonders before.
const PATIENCE: Duration = Duration::from_millis(500);
/// No eye follows more.
const FRAME: Duration = Duration::from_millis(100);

/// The line; what it stands on is clear again when this is dropped.
pub(super) struct Waiting {
    name: String,
    next: Instant,
    /// None where nobody sees it, or it could not be taken back.
    cols: Option<usize>,
    shown: bool,
}

impl Waiting {
    /// Begins to wait for the report of this name.
    pub fn begin(name: String) -> Self {
        let seen = io::stderr().is_terminal() && !Surroundings::here().is_dumb();
        let told = crossterm::terminal::size().map_or(0, |(cols, _)| usize::from(cols));
        Self {
            name,
            next: Instant::now() + PATIENCE,
            cols: seen.then_some(if told == 0 { 80 } else { told }),
            shown: false,
        }
    }

    /// Says how far it is, when it is time to.
    pub fn tell(&mut self, progress: Progress) {
        let Some(cols) = self.cols.filter(|_| Instant::now() >= self.next) else {
            return;
        };
        self.next = Instant::now() + FRAME;
        self.shown = true;
        let what = safe(&progress.what(&self.name)).into_owned();
        let short = progress.to_string();
        let whole = format!("{what}: {short}");
        let line = fitting(&whole, &short, cols);
        // Where it cannot be written nobody misses it.
        let _ = write!(io::stderr(), "\r{line}\x1b[K");
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// The whole line or, where that would wrap, the short one, or nothing.
fn fitting<'a>(line: &'a str, short: &'a str, cols: usize) -> &'a str {
    let fits = |line: &&str| Ruler::WIDE.cols(line) < cols;
    [line, short].into_iter().find(fits).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_never_wraps() {
        for (cols, shown) in [(40, "reading 报告.txt: 25 %"), (15, "25 %"), (3, "")] {
            assert_eq!(fitting("reading 报告.txt: 25 %", "25 %", cols), shown);
        }
    }
}
