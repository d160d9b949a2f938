//! Runs the explorer: with `terminal` for the terminal and its signals, the worker who reads and
//! searches, and the scribe who writes, it alone touches the world outside.
//!
//! Everything that happens (keys, answers of the worker, signals) comes through one channel; the
//! loop sleeps until something does, and draws only when something changed.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::ear::{self, Ear, Heard};
use super::exporting::{Stock, Wish, told};
use super::gate::Gate;
use super::keys;
use super::librarian::Librarian;
use super::message::{Answer, Effect, Message};
use super::model::{Mode, Model};
use super::scribe::{Clerk, Scribe};
use super::shelving::Wanted;
use super::terminal::{Asked, Taken, end_by, is_answered, watch_for_the_end, watch_signals};
use super::update::update;
use super::view::{hyperlinked, view};
use super::wishes::Wishes;
use super::worker::{Word, Worker};
use crate::error::Error;
use crate::outside::{self, Plan, plan};
use crate::read::Source;
use crate::report::UnitId;
use crate::shelf::Entry;
use crate::typeset::safe;

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
    /// What writing a file came to.
    Exported(Box<Message>),
    /// What writing the marks up to the change of this number came to.
    Kept(u64, Result<Vec<String>, String>),
    /// What writing a copy came to, or why what outlives the run is not written.
    Told(String),
}

/// A report that is read within this time is never shown as being read.
const PATIENCE: Duration = Duration::from_millis(50);
/// A terminal that says how wide it draws says so within this time.
const DEADLINE: Duration = Duration::from_millis(300);
/// A terminal that says what its ground is says so within this time.
const GROUND_DEADLINE: Duration = Duration::from_secs(3);
/// An answer that comes in two parts has no longer pause between them.
const PAUSE: Duration = Duration::from_millis(100);
/// The rows that one turn of the wheel goes.
const NOTCH: i16 = 3;

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

/// Hands on what the terminal says, from a thread of its own.
fn listen_to_terminal(sender: Sender<Happening>, gate: Gate, asks_width: bool, asks_ground: bool) {
    let start = Instant::now();
    thread::spawn(move || {
        if asks_width && is_answered(DEADLINE) {
            let (answered, answer) = channel();
            if sender.send(Happening::Speaks(answered)).is_err() {
                return;
            }
            // Until the answer is taken out of what is typed, none of it is read here.
            let _ = answer.recv();
        }
        let mut ear = Ear::default();
        let mut expects_ground = asks_ground;
        let mut next = None;
        loop {
            let mut event = next.take().map_or_else(|| gate.read(), Ok);
            expects_ground = expects_ground && start.elapsed() < GROUND_DEADLINE;
            // Esc, or the first part of an answer? What comes at once behind it tells.
            if expects_ground
                && event.as_ref().is_ok_and(ear::is_escape)
                && event::poll(PAUSE).is_ok_and(|more| more)
            {
                match event::read().map(ear::joined) {
                    Ok(Ok(whole)) => event = Ok(whole),
                    Ok(Err(other)) => next = Some(other),
                    Err(error) => event = Err(error),
                }
            }
            let happening = match event {
                Err(error) => Happening::Terminal(Err(error)),
                Ok(event) => match ear.hear(event) {
                    Heard::Event(event) => Happening::Terminal(Ok(event)),
                    Heard::Ground(dark) => {
                        expects_ground = false;
                        Happening::Ground(dark)
                    }
                    Heard::More => continue,
                },
            };
            let failed = matches!(happening, Happening::Terminal(Err(_)));
            // After an error there is no terminal to wait for.
            if sender.send(happening).is_err() || failed {
                break;
            }
        }
    });
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

    /// Opens a report in place of the one that is open.
    fn open(&mut self, source: Source) {
        let area = self.model.area;
        let mut model = Model::new(source.name(), area.width, area.height, self.model.palette);
        self.wishes.furnish(&mut model);
        model.ruler = self.model.ruler;
        self.model = model;
        (self.scribe, self.clerk, self.sent) = (None, None, 0);
        self.opened += 1;
        let (opened, to_worker) = (self.opened, self.sender.clone());
        self.worker = Some(Worker::start(
            source,
            [self.wishes.shelf.clone(), self.wishes.copies.clone()],
            Arc::clone(&self.wishes.words),
            move |word| to_worker.send(Happening::Worker(opened, word)).is_ok(),
        ));
    }

    /// Opens one of the reader's reports, once what was done with the one before is kept.
    fn open_wanted(&mut self, wanted: Wanted) -> Option<String> {
        if let Err(why) = self.keep_marks() {
            return Some(format!(
                "not opened, for the marks on this one cannot be saved: {why}"
            ));
        }
        let told = self.keep();
        self.chosen = true;
        self.open(wanted.file.map_or_else(Source::built_in, Source::file));
        self.model.wanted = wanted.place;
        told
    }

    /// Shows the reports on the shelf.
    fn show_shelf(&mut self) {
        let (entries, told) = self.wishes.copies.catalogue();
        update(&mut self.model, Message::OnShelf(entries.into()));
        if let Some(told) = told {
            update(&mut self.model, Message::Notice(told));
        }
    }

    /// Looks for something in all reports on the shelf.
    fn search_shelf(&mut self, number: u64, typed: String, entries: Arc<[Entry]>) {
        let librarian = self.librarian.get_or_insert_with(|| {
            let sender = self.sender.clone();
            let shelf = self.wishes.copies.clone();
            Librarian::start(shelf, Arc::clone(&self.wishes.words), move |answer| {
                sender.send(Happening::Librarian(answer)).is_ok()
            })
        });
        librarian.search(number, typed, entries);
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
            Happening::Worker(..) => None,
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
            Happening::Exported(message) => {
                screen.changed = true;
                update(&mut self.model, *message)
            }
            Happening::Kept(number, result) => {
                screen.changed = true;
                update(&mut self.model, Message::Kept(number, result))
            }
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

    /// Does outside what the model wants done.
    fn bring_about(&mut self, effect: Effect, taken: &mut Taken) -> Result<(), Error> {
        let told = match effect {
            Effect::Quit | Effect::Leave => None,
            Effect::Shelf => {
                self.show_shelf();
                None
            }
            Effect::Unshelve(file) => {
                let taken = self.wishes.copies.change_catalogue(&[], &[file]);
                self.show_shelf();
                taken.err().map(|trouble| trouble.to_string())
            }
            Effect::SearchShelf(number, typed, entries) => {
                self.search_shelf(number, typed, entries);
                None
            }
            Effect::OpenReport(wanted) => self.open_wanted(wanted),
            Effect::Export(wish) => {
                self.export(wish);
                None
            }
            Effect::Edit(unit, remark) => self.edit(unit, &remark, taken)?,
            Effect::Search(number, query) => {
                if let Some(worker) = &self.worker {
                    worker.search(number, query);
                }
                None
            }
            Effect::Leads(number, units) => {
                if let Some(worker) = &self.worker {
                    worker.leads(number, units);
                }
                None
            }
            Effect::Facets(number, query) => {
                if let Some(worker) = &self.worker {
                    worker.facets(number, query);
                }
                None
            }
            Effect::Entries(number) => {
                if let Some(worker) = &self.worker {
                    worker.entries(number);
                }
                None
            }
            Effect::Suspend => {
                // What is written while stopped should not be missing.
                let told = self.keep();
                taken.suspend().map_err(Error::Terminal)?;
                // The window may have another size now.
                let (cols, rows) = crossterm::terminal::size().map_err(Error::Terminal)?;
                update(&mut self.model, Message::Resize(cols, rows));
                told
            }
            Effect::Copy(text, name) => self.copy(text, &name, taken)?,
            Effect::Open(address) => Some(match outside::open(&address) {
                Ok(()) => format!("opened {address}"),
                // Where nothing opens it, at least it can be seen and copied.
                Err(why) => format!("{address} ({why})"),
            }),
            Effect::Mouse(wanted) => {
                taken.set_mouse(wanted).map_err(Error::Terminal)?;
                None
            }
            Effect::Redraw => {
                taken.clear().map_err(Error::Terminal)?;
                None
            }
            Effect::Keep => {
                self.keep_later();
                None
            }
        };
        if let Some(told) = told {
            update(&mut self.model, Message::Notice(told));
        }
        Ok(())
    }

    /// Copies, and says no more than is known: a terminal never answers, and a disk in its own time.
    fn copy(
        &mut self,
        text: String,
        name: &str,
        taken: &mut Taken,
    ) -> Result<Option<String>, Error> {
        let around = &self.wishes.surroundings;
        match plan(&text, self.wishes.copy, around) {
            Plan::Send(bytes) => {
                taken.write(&bytes).map_err(Error::Terminal)?;
                Ok(Some(outside::sent(name, around.multiplexer())))
            }
            Plan::File(reason) => {
                let (copies, sender) = (self.wishes.copies.clone(), self.sender.clone());
                let before = self.copying.take();
                self.copying = Some(thread::spawn(move || {
                    // Of two copies the later one stays.
                    let _ = before.map(JoinHandle::join);
                    let told = match copies.write_copy(&text) {
                        Ok(path) => outside::written(&path, reason),
                        Err(trouble) => format!("not copied: {trouble}"),
                    };
                    // At the end there is nobody to tell any more.
                    let _ = sender.send(Happening::Told(told));
                }));
                Ok(None)
            }
        }
    }

    /// Writes what outlives the run while one goes on.
    fn keep_later(&self) {
        let Some(scribe) = &self.scribe else {
            return;
        };
        let Some(now) = self.model.memory(&scribe.loaded) else {
            return;
        };
        let sender = self.sender.clone();
        scribe.keep_later(now, move |trouble| {
            // At the end it is written once more in any case.
            let _ = sender.send(Happening::Told(trouble));
        });
    }

    /// Writes the marks, if they have changed, while one goes on.
    fn keep_marks_later(&mut self) {
        let number = self.model.marking.changed;
        let Some(clerk) = self.clerk.as_ref().filter(|_| number > self.sent) else {
            return;
        };
        self.sent = number;
        let sender = self.sender.clone();
        clerk.keep_later(number, self.model.marking.sheet.clone(), move |result| {
            // At the end they are written once more in any case.
            let _ = sender.send(Happening::Kept(number, result));
        });
    }

    /// Writes the marks, behind all that is being written; gives why that fails.
    fn keep_marks(&self) -> Result<(), String> {
        let Some(clerk) = &self.clerk else {
            return Ok(());
        };
        let marking = &self.model.marking;
        clerk
            .keep(marking.changed, marking.sheet.clone())
            .map(|_| ())
    }

    /// Writes a file while one goes on.
    fn export(&self, wish: Wish) {
        let model = &self.model;
        let stock = Stock {
            report: Arc::clone(&model.report),
            notes: model.notes.clone(),
            marks: Arc::clone(&model.marking.sheet.marks),
            words: Arc::clone(&self.wishes.words),
        };
        let sender = self.sender.clone();
        thread::spawn(move || {
            let result = wish.fulfil(&stock);
            // At the end there is nobody to tell.
            let _ = sender.send(Happening::Exported(Box::new(told(wish, result))));
        });
    }

    /// Has a remark be edited by the reader's editor, to which the terminal is lent; gives what to tell
    /// where that fails.
    fn edit(
        &mut self,
        unit: UnitId,
        remark: &str,
        taken: &mut Taken,
    ) -> Result<Option<String>, Error> {
        if !self.gate.close() {
            return Ok(Some("the terminal is busy: try again".into()));
        }
        let edited = taken
            .lend(|| outside::edit(remark))
            .map_err(Error::Terminal);
        self.gate.open();
        // The window may have another size now.
        let (cols, rows) = crossterm::terminal::size().map_err(Error::Terminal)?;
        update(&mut self.model, Message::Resize(cols, rows));
        match edited? {
            Ok(text) => {
                let effect = update(&mut self.model, Message::Edited(unit, text));
                if let (Some(Effect::Search(number, query)), Some(worker)) = (effect, &self.worker)
                {
                    worker.search(number, query);
                }
                Ok(None)
            }
            Err(why) => Ok(Some(why.to_string())),
        }
    }

    /// Writes what outlives the run; gives what to tell when that fails.
    fn keep(&self) -> Option<String> {
        let scribe = self.scribe.as_ref()?;
        scribe.keep(self.model.memory(&scribe.loaded)?)
    }
}

fn message(model: &Model, event: Event) -> Option<Message> {
    match event {
        Event::Key(key) => {
            let asked = |key| model.keys.message(model.context(), keys::pressed(key)?);
            let line_feed = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL);
            // What Enter was made of that was typed before the terminal was ours.
            let enter = || (key == line_feed).then(|| asked(KeyCode::Enter.into()));
            asked(key).or_else(|| enter()?)
        }
        Event::Resize(cols, rows) => Some(Message::Resize(cols, rows)),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Mouse(mouse) => pointed(model, mouse),
        _ => None,
    }
}

fn pointed(model: &Model, mouse: MouseEvent) -> Option<Message> {
    let MouseEvent {
        kind,
        column: x,
        row: y,
        ..
    } = mouse;
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Message::Press(x, y)),
        MouseEventKind::Drag(MouseButton::Left) => {
            model.is_dragging().then_some(Message::Drag(x, y))
        }
        MouseEventKind::Up(MouseButton::Left) => model.is_dragging().then_some(Message::Release),
        MouseEventKind::ScrollDown => Some(Message::Wheel(x, y, NOTCH)),
        MouseEventKind::ScrollUp => Some(Message::Wheel(x, y, -NOTCH)),
        _ => None,
    }
}
