//! The explorer in plain lines: the same walk by typed commands, for screen readers, braille
//! displays, logs, and terminals that can only write lines.
//!
//! Nothing is drawn: no boxes, colours, cursor movement or other screen, and in what we say
//! ourselves no character outside ASCII but in citations. `command` reads what is typed, `walk` is
//! where one is and what a command does, `hits` what was found, `named` what is read from the words, `marks` the reader's own, `export` writes files,
//! `say` puts it into words. Here are
//! the streams and the loop over them; reading and searching are the worker's, as in the drawn
//! explorer.

mod command;
mod export;
mod hits;
mod marks;
mod named;
mod say;
mod walk;

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::message::Answer;
use super::offers::Offer;
use super::rows::Found;
use super::scribe::Clerk;
use super::worker::{Word, Worker};
use crate::error::Error;
use crate::facet::Vocabularies;
use crate::parse::Note;
use crate::read::Source;
use crate::report::Report;
use crate::search::Query;
use crate::shelf::{Sheet, Shelf};
use crate::typeset::Ruler;
use say::Voice;
use walk::Walk;

/// What the streams are.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// True where a person types: each command is asked for by `> `, and long lists come in parts.
    pub prompt: bool,
    /// How many columns a line has; none, or 0, where that is not known and a unit is one line.
    pub width: fn() -> Option<usize>,
    /// What text measures there.
    pub ruler: Ruler,
}

/// Explores `source` by commands from standard input, answering on standard output, until `quit`
/// or the end of the commands. The terminal, if there is one, is left as it is.
///
/// # Errors
/// When the report or the commands cannot be read, or the output cannot be written.
pub fn explore(
    source: Source,
    ruler: Ruler,
    facet_words: Arc<Vocabularies>,
    marks: Shelf,
) -> Result<(), Error> {
    let around = (facet_words, marks);
    let mut output = BufWriter::new(io::stdout().lock());
    let typed = io::stdin().is_terminal();
    let width = || {
        let cols = |(cols, _)| usize::from(cols);
        let terminal = io::stdout().is_terminal();
        terminal.then(|| crossterm::terminal::size().map_or(0, cols))
    };
    let manner = |prompt| Manner {
        prompt,
        width,
        ruler,
    };
    if !source.is_standard_input() {
        return talk(
            source,
            around,
            &mut io::stdin().lock(),
            &mut output,
            manner(typed),
        );
    }
    if typed {
        return Err(Error::NothingPiped);
    }
    // The report comes where commands would; these come from the terminal, if one looks on.
    let keyboard = io::stdout().is_terminal().then(keyboard);
    match keyboard.and_then(Result::ok) {
        Some(file) => talk(
            source,
            around,
            &mut BufReader::new(file),
            &mut output,
            manner(true),
        ),
        None => talk(source, around, &mut io::empty(), &mut output, manner(false)),
    }
}

/// The terminal that this program was started in, to read from.
fn keyboard() -> io::Result<File> {
    File::open(if cfg!(windows) { "CONIN$" } else { "/dev/tty" })
}

/// Explores `source` by the commands of `input`, a line each, with the answers on `output`.
///
/// ```
/// use rapporteur::{read::Source, tui::plain::{Manner, converse}, typeset::Ruler};
/// let manner = Manner { prompt: false, width: || None, ruler: Ruler::NARROW };
/// let mut said = Vec::new();
/// converse(Source::built_in(), &mut &b":1(k)(iii)\ncite en\n"[..], &mut said, manner).unwrap();
/// assert!(String::from_utf8(said).unwrap().ends_with("\npara. 1 (k) (iii)\n"));
/// ```
///
/// # Errors
/// When the report or the commands cannot be read, or the output cannot be written.
pub fn converse(
    source: Source,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    manner: Manner,
) -> Result<(), Error> {
    let around = (Vocabularies::built_in(), Shelf::open(None));
    talk(source, around, input, output, manner)
}

fn talk(
    source: Source,
    (facet_words, marks): (Arc<Vocabularies>, Shelf),
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    manner: Manner,
) -> Result<(), Error> {
    let name = source.name();
    let mut voice = Voice::new(output, manner);
    let mut desk = Desk::open(source, facet_words, marks);
    let (report, notes) = desk.report(&name, &mut voice)?;
    let mut walk = Walk::new(report, notes, manner.prompt);
    walk.sheet = desk.sheet.take();
    walk.open(&name, &mut voice)?;
    for told in desk.told.take() {
        voice.say(&told)?;
    }
    loop {
        if manner.prompt {
            voice.prompt()?;
        }
        voice.flush()?;
        let line = hear(input).map_err(|source| Error::Read {
            name: "the commands".into(),
            source,
        })?;
        let Some(line) = line else {
            if manner.prompt {
                voice.end_line()?;
            }
            break;
        };
        if walk.answer(&line, &mut voice, &mut desk)? == Next::Leave {
            break;
        }
    }
    voice.flush()
}

/// What comes after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Another command.
    Stay,
    /// The end.
    Leave,
}

/// Where reports and searches are asked for, and waited for.
struct Desk {
    worker: Worker,
    words: Receiver<Word>,
    asked: u64,
    /// Where marks are kept.
    marks: Shelf,
    /// Writes them, once the report is known.
    clerk: RefCell<Option<Clerk>>,
    /// The words that facets are read by.
    facet_words: Arc<Vocabularies>,
    /// The marks that were there, and what there is to tell of them.
    sheet: RefCell<Sheet>,
    told: RefCell<Vec<String>>,
    /// The number of the newest change of marks.
    changes: u64,
}

/// Who waits longer than this is told what for.
const PATIENCE: Duration = Duration::from_secs(1);

impl Desk {
    fn open(source: Source, facet_words: Arc<Vocabularies>, marks: Shelf) -> Self {
        let shelves = [Shelf::open(None), marks.clone()];
        let (tell, words) = channel();
        Self {
            worker: Worker::start(source, shelves, Arc::clone(&facet_words), move |word| {
                tell.send(word).is_ok()
            }),
            words,
            asked: 0,
            marks,
            clerk: RefCell::new(None),
            facet_words,
            sheet: RefCell::default(),
            told: RefCell::default(),
            changes: 0,
        }
    }

    fn report(&mut self, name: &str, voice: &mut Voice) -> Result<(Arc<Report>, Vec<Note>), Error> {
        let waiting = format!("reading {name} ...");
        self.wait(&waiting, voice, |answer| match answer {
            Answer::Opened(report, notes) => Some((report, notes)),
            _ => None,
        })
    }

    /// All that is found, in the order in which `find` has it.
    fn search(&mut self, query: Query, voice: &mut Voice) -> Result<Arc<Found>, Error> {
        self.asked += 1;
        let asked = self.asked;
        self.worker.search(asked, query);
        self.wait("searching ...", voice, |answer| match answer {
            Answer::Found(number, found) if number == asked && found.is_complete() => Some(found),
            _ => None,
        })
    }

    /// Keeps the marks; gives what there is to tell, or why they are not kept.
    fn keep(&mut self, sheet: &Sheet) -> Result<Vec<String>, String> {
        self.changes += 1;
        match self.clerk.get_mut() {
            Some(clerk) => clerk.keep(self.changes, sheet.clone()),
            None => Ok(Vec::new()),
        }
    }

    /// The values of facets under a query.
    fn facets(&mut self, query: Query, voice: &mut Voice) -> Result<Vec<Offer>, Error> {
        self.asked += 1;
        self.worker.facets(self.asked, query);
        self.rows(voice)
    }

    /// What the report names.
    fn entries(&mut self, voice: &mut Voice) -> Result<Vec<Offer>, Error> {
        self.asked += 1;
        self.worker.entries(self.asked);
        self.rows(voice)
    }

    fn rows(&self, voice: &mut Voice) -> Result<Vec<Offer>, Error> {
        let asked = self.asked;
        self.wait(
            "looking through the report ...",
            voice,
            |answer| match answer {
                Answer::Leads(number, rows) if number == asked => Some(rows),
                _ => None,
            },
        )
    }

    fn wait<T>(
        &self,
        waiting: &str,
        voice: &mut Voice,
        wanted: impl Fn(Answer) -> Option<T>,
    ) -> Result<T, Error> {
        let start = std::time::Instant::now();
        let mut told = false;
        loop {
            let word = if told {
                self.words
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                let left = PATIENCE.saturating_sub(start.elapsed());
                self.words.recv_timeout(left)
            };
            match word {
                Ok(Word::Answer(answer)) => {
                    if let Some(wanted) = wanted(answer) {
                        return Ok(wanted);
                    }
                }
                Ok(Word::Remembered(..)) => {}
                Ok(Word::Marked(key, report, file, opened)) => {
                    let shelf = self.marks.clone();
                    let clerk = Clerk::new(shelf, key, report, file, opened.written);
                    self.clerk.replace(Some(clerk));
                    self.sheet.replace(opened.sheet);
                    self.told.replace(opened.told);
                }
                Ok(Word::Failed(error)) => return Err(error),
                Ok(Word::Died) | Err(RecvTimeoutError::Disconnected) => return Err(Error::Stopped),
                Err(RecvTimeoutError::Timeout) => {
                    told = true;
                    voice.say(waiting)?;
                    voice.flush()?;
                }
            }
        }
    }
}

/// One line of what is typed; none at the end. A line longer than anybody types is cut.
fn hear(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = (&mut *input).take(LONGEST).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 == LONGEST && !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    let line = String::from_utf8_lossy(&bytes);
    Ok(Some(line.trim_start_matches('\u{feff}').trim().into()))
}

/// In bytes.
const LONGEST: u64 = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_heard_whole_but_for_a_very_long_one() {
        let long = format!("\u{feff}j\r\n{}\n\nlast", "网".repeat(2000));
        let mut input = long.as_bytes();
        assert_eq!(hear(&mut input).unwrap().as_deref(), Some("j"));
        let cut = hear(&mut input).unwrap().unwrap();
        assert!(cut.starts_with("网网") && cut.len() <= LONGEST as usize + 2);
        assert_eq!(hear(&mut input).unwrap().as_deref(), Some(""));
        assert_eq!(hear(&mut input).unwrap().as_deref(), Some("last"));
        assert_eq!(hear(&mut input).unwrap(), None);
        assert_eq!(
            hear(&mut &b"\xff\n"[..]).unwrap().as_deref(),
            Some("\u{fffd}")
        );
    }
}
