//! Runs the explorer: with `terminal` for the terminal and its signals, the worker who reads and
//! searches, and the scribe who writes, it alone touches the world outside.
//!
//! Everything that happens (keys, answers of the worker, signals) comes through one channel; the
//! loop sleeps until something does, and draws only when something changed. `listening` hears the
//! terminal, `deeds` does what is wanted of the rest.

mod deeds;
mod listening;

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyEvent, KeyModifiers};

use super::gate::Gate;
use super::librarian::Librarian;
use super::message::{Answer, Effect, Message};
use super::model::{Mode, Model};
use super::scribe::{Clerk, Scribe};
use super::terminal::{Asked, Taken, end_by, watch_for_the_end, watch_signals};
use super::update::update;
use super::view::{hyperlinked, view};
use super::wishes::Wishes;
use super::worker::{Word, Worker};
use crate::error::Error;
use crate::read::Source;
use crate::typeset::safe;
use listening::{listen_to_terminal, message};

/// What comes through the channel.
enum Happening {
    Terminal(io::Result<Event>),
    /// The ground is dark, or light.
    Ground(bool),
    /// The terminal says something, most likely how wide a character is; who listens waits until
    /// this is dropped.
    Speaks(Sender<()>),
    /// The terminal is gone.
    Gone,
    /// Of the how-manieth report that was opened.
    Worker(u64, Word),
    /// What was found in all reports on the shelf.
    Librarian(Answer),
    Signal(Asked),
    /// What writing a file came to, of the how-manieth report that was opened.
    Exported(u64, Box<Message>),
    /// What writing the marks came to, of the how-manieth report, up to the change of this number.
    Kept(u64, u64, Result<Vec<String>, String>),
    /// What writing a copy came to, or why what outlives the run is not written.
    Told(String),
}

/// A report that is read within this time is never shown as being read.
const PATIENCE: Duration = Duration::from_millis(50);

/// Opens the explorer on `source`, or where there is none on the shelf, and stays until the reader
/// leaves.
///
/// # Errors
/// When the report cannot be read or the terminal cannot be used.
pub fn explore(source: Option<Source>, wishes: Wishes) -> Result<(), Error> {
    let piped = source.as_ref().is_some_and(Source::is_standard_input);
    if piped && io::stdin().is_terminal() {
        return Err(Error::NothingPiped);
    }
    let (sender, happenings) = channel();
    let mut run = Run {
        model: Model::new(String::new(), 0, 0, wishes.palette()),
        worker: None,
        opened: 0,
        chosen: false,
        librarian: None,
        wishes,
        scribe: None,
        clerk: None,
        sent: 0,
        gate: Gate::default(),
        sender: sender.clone(),
        early: Vec::new(),
        copying: None,
    };
    run.wishes.furnish(&mut run.model);
    match source {
        Some(source) => run.open(source),
        None => run.show_shelf(),
    }
    run.wait_a_little(&happenings)?;

    let to_signals = sender.clone();
    watch_signals(move |asked| to_signals.send(Happening::Signal(asked)).is_ok())
        .map_err(Error::Terminal)?;
    let mut taken = Taken::take(run.model.mouse).map_err(Error::Terminal)?;
    let to_watcher = sender.clone();
    watch_for_the_end(move || {
        // Whoever is gone already need not be told.
        let _ = to_watcher.send(Happening::Gone);
    });
    // From here on a change of size is told; what it was before is asked once.
    event::poll(Duration::ZERO).map_err(Error::Terminal)?;
    let (cols, rows) = crossterm::terminal::size().map_err(Error::Terminal)?;
    update(&mut run.model, Message::Resize(cols, rows));
    let asks_width = run.ask(&mut taken).map_err(Error::Terminal)?;
    run.draw(&mut taken)?;
    listen_to_terminal(
        sender,
        run.gate.clone(),
        asks_width,
        run.wishes.asks_ground(),
    );
    let end = run.turn(&mut taken, &happenings);
    drop(taken);
    let mut told: Vec<_> = run.keep().into_iter().collect();
    // Who was asked and left has been told.
    if !matches!(end, Ok(End::LeftAll)) {
        told.extend(run.keep_marks().err());
    }
    if let Some(copying) = run.copying.take() {
        // One that panicked has said so itself.
        let _ = copying.join();
    }
    if let Ok(End::Signal(signal)) = end {
        end_by(signal);
    }
    for trouble in told {
        // Where the terminal is gone there is nobody to tell.
        let _ = writeln!(io::stderr(), "rapporteur: {}", safe(&trouble));
    }
    match end? {
        // Nobody is there to be told anything.
        End::Gone => std::process::exit(2),
        _ => Ok(()),
    }
}

/// How it ended.
enum End {
    /// The reader left.
    Left,
    /// The reader left marks that could not be saved.
    LeftAll,
    /// By a signal.
    Signal(i32),
    /// The terminal is no more.
    Gone,
}

/// Why the screen is to be drawn.
#[derive(Default)]
struct Changes {
    /// Something else is to be shown.
    changed: bool,
    /// What is on it is not what was drawn, or not where.
    displaced: bool,
}

/// The explorer with what it needs of the world.
struct Run {
    model: Model,
    /// Reads and searches the report that is open, if one is.
    worker: Option<Worker>,
    /// How many reports have been opened: words about those before are not listened to.
    opened: u64,
    /// True once one was chosen among those on the shelf.
    chosen: bool,
    /// Searches all reports on the shelf, once that is asked for.
    librarian: Option<Librarian>,
    wishes: Wishes,
    /// Writes what outlives the run of this report, once it is known which that is.
    scribe: Option<Scribe>,
    /// Writes the marks on it, likewise.
    clerk: Option<Clerk>,
    /// The number of the change of marks that was last given to be written.
    sent: u64,
    /// Keeps keys from being read while the terminal is another program's.
    gate: Gate,
    /// The way into the channel.
    sender: Sender<Happening>,
    /// What was typed before there was something to use it on.
    early: Vec<Happening>,
    /// The thread that writes the last copy to a file, if one ever was.
    copying: Option<JoinHandle<()>>,
}

impl Run {
    /// Waits for the report as long as nobody notices, so that most are there in the first frame.
    fn wait_a_little(&mut self, happenings: &Receiver<Happening>) -> Result<(), Error> {
        let start = Instant::now();
        while matches!(self.model.mode, Mode::Loading(..)) {
            let left = PATIENCE.saturating_sub(start.elapsed());
            match happenings.recv_timeout(left) {
                Ok(Happening::Worker(opened, word)) if opened == self.opened => {
                    self.heed(word)?;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn heed(&mut self, word: Word) -> Result<Option<Effect>, Error> {
        if let Word::Remembered(key, memory, _) = &word {
            let shelf = self.wishes.shelf.clone();
            self.scribe = Some(Scribe::new(shelf, key.clone(), Arc::clone(memory)));
        }
        if let Word::Marked(key, report, file, opened) = &word {
            let (shelf, report) = (self.wishes.copies.clone(), Arc::clone(report));
            let written = opened.written.clone();
            self.clerk = Some(Clerk::new(
                shelf,
                key.clone(),
                report,
                file.clone(),
                written,
            ));
        }
        // Who chose among reports can choose another.
        if let Word::Failed(error) = &word
            && self.chosen
        {
            let mut told = error.to_string();
            let source = std::error::Error::source(error).map(ToString::to_string);
            let ways = source.into_iter().chain(error.way_out());
            ways.for_each(|more| told.push_str(&format!(": {more}")));
            self.worker = None;
            self.show_shelf();
            update(&mut self.model, Message::Notice(told));
            return Ok(None);
        }
        word.heed(&mut self.model)
    }

    /// Asks the terminal what the settings leave to it; true where an answer is still to come.
    fn ask(&mut self, taken: &mut Taken) -> io::Result<bool> {
        if self.wishes.asks_ground() {
            taken.ask_ground()?;
        }
        if !self.wishes.asks_width() {
            return Ok(false);
        }
        let Some(wide) = taken.ask_width()? else {
            return Ok(cfg!(unix));
        };
        update(&mut self.model, Message::Ambiguous(wide));
        Ok(false)
    }

    fn draw(&mut self, taken: &mut Taken) -> Result<(), Error> {
        let links = self.wishes.hyperlinks;
        let draw = |frame: &mut ratatui::Frame| match links {
            true => hyperlinked(&self.model, frame),
            false => view(&self.model, frame),
        };
        taken.terminal.draw(draw).map_err(Error::Terminal)?;
        Ok(())
    }

    /// Takes in what happens, and draws, until the reader leaves or a signal ends it.
    fn turn(&mut self, taken: &mut Taken, happenings: &Receiver<Happening>) -> Result<End, Error> {
        loop {
            let mut first = match self.is_loading() || self.model.enter_waits {
                true => Vec::new(),
                false => std::mem::take(&mut self.early),
            };
            if first.is_empty() {
                let Ok(happening) = happenings.recv() else {
                    return Ok(End::Left);
                };
                first.push(happening);
            }
            let mut screen = Changes::default();
            // All that has happened by now is one frame; a key held down still has frames.
            for happening in first.into_iter().chain(happenings.try_iter().take(64)) {
                if let Some(end) = self.take_in(happening, taken, &mut screen)? {
                    return Ok(end);
                }
            }
            if screen.displaced {
                taken.clear().map_err(Error::Terminal)?;
            }
            if screen.changed || screen.displaced {
                self.draw(taken)?;
            }
        }
    }

    /// Takes one thing in that happens; gives how all ends, if it does.
    fn take_in(
        &mut self,
        happening: Happening,
        taken: &mut Taken,
        screen: &mut Changes,
    ) -> Result<Option<End>, Error> {
        let effect = match happening {
            Happening::Worker(opened, word) if opened == self.opened => {
                screen.changed = true;
                self.heed(word)?
            }
            Happening::Librarian(answer) => {
                screen.changed = true;
                update(&mut self.model, Message::Answer(answer))
            }
            Happening::Signal(Asked::End(signal)) => return Ok(Some(End::Signal(signal))),
            Happening::Signal(Asked::Stop) => Some(Effect::Suspend),
            Happening::Gone => return Ok(Some(End::Gone)),
            Happening::Told(told) => {
                screen.changed = true;
                update(&mut self.model, Message::Notice(told))
            }
            Happening::Speaks(answered) => {
                let wide = taken.hear_width();
                drop(answered);
                screen.displaced |= wide == Some(true);
                wide.and_then(|wide| update(&mut self.model, Message::Ambiguous(wide)))
            }
            Happening::Ground(dark) => {
                screen.changed = true;
                update(&mut self.model, Message::DarkGround(dark))
            }
            Happening::Exported(opened, message) if opened == self.opened => {
                screen.changed = true;
                update(&mut self.model, *message)
            }
            Happening::Kept(opened, number, result) if opened == self.opened => {
                screen.changed = true;
                update(&mut self.model, Message::Kept(number, result))
            }
            // About one that was open before.
            Happening::Worker(..) | Happening::Exported(..) | Happening::Kept(..) => None,
            Happening::Terminal(Ok(event)) if self.comes_early(&event) => {
                self.early.push(Happening::Terminal(Ok(event)));
                None
            }
            Happening::Terminal(event) => {
                let event = event.map_err(Error::Terminal)?;
                // Even where the size is the one it was: the terminal may have lost what stood
                // there meanwhile.
                screen.displaced |= matches!(event, Event::Resize(..));
                let message = message(&self.model, event);
                screen.changed |= message.is_some();
                message.and_then(|message| update(&mut self.model, message))
            }
        };
        match effect {
            None => {}
            Some(Effect::Leave) => return Ok(Some(End::LeftAll)),
            Some(Effect::Quit) => match self.keep_marks() {
                Ok(()) => return Ok(Some(End::Left)),
                // Who leaves is asked first.
                Err(why) => {
                    screen.changed = true;
                    let number = self.model.marking.changed;
                    update(&mut self.model, Message::Kept(number, Err(why)));
                    update(&mut self.model, Message::Quit);
                }
            },
            Some(effect) => {
                screen.changed = true;
                self.bring_about(effect, taken)?;
            }
        }
        self.keep_marks_later();
        Ok(None)
    }

    fn is_loading(&self) -> bool {
        matches!(self.model.mode, Mode::Loading(..))
    }

    /// True for what is typed while the report is read, or behind an Enter whose search is not
    /// answered, to be used on what comes. What leaves or stops does so at once, but for a letter
    /// behind others, which may be one of a word.
    fn comes_early(&self, event: &Event) -> bool {
        const MOST: usize = 1000;
        let behind = !self.early.is_empty();
        let Event::Key(KeyEvent { modifiers, .. }) = event else {
            return matches!(event, Event::Paste(_)) && behind;
        };
        let at_once = match message(&self.model, event.clone()) {
            Some(Message::Suspend | Message::Redraw) => true,
            // What waits for an answer can be given up.
            Some(Message::Back) => self.model.enter_waits,
            Some(Message::Quit) => !behind || modifiers.contains(KeyModifiers::CONTROL),
            _ => false,
        };
        let waits = self.is_loading() || self.model.enter_waits;
        (waits || behind) && !at_once && self.early.len() < MOST
    }
}
