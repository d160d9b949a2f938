//! Runs the explorer: alone touches terminal, threads and signals.
//!
//! Everything that happens (keys, answers of the worker, signals) comes through one channel; the
//! loop sleeps until something does, and draws only then.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event};

use super::keys;
use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::terminal::{Taken, end_by, watch_signals};
use super::theme::Palette;
use super::update::update;
use super::view::view;
use super::worker::{Word, Worker};
use crate::error::Error;
use crate::read::Source;

/// What comes through the channel.
enum Happening {
    Terminal(std::io::Result<Event>),
    Worker(Word),
    Signal(i32),
}

/// A report that is read within this time is never shown as being read.
const PATIENCE: Duration = Duration::from_millis(50);

/// Opens the explorer on `source` and stays until the reader leaves.
///
/// # Errors
/// When the report cannot be read or the terminal cannot be used.
pub fn explore(source: Source, palette: Palette) -> Result<(), Error> {
    if source == Source::StandardInput && io::stdin().is_terminal() {
        return Err(Error::NothingPiped);
    }
    let (sender, happenings) = channel();
    let mut model = Model::new(source.name(), 0, 0, palette);
    let to_worker = sender.clone();
    let worker = Worker::start(source, move |word| {
        to_worker.send(Happening::Worker(word)).is_ok()
    });
    wait_a_little(&mut model, &happenings)?;

    let to_signals = sender.clone();
    watch_signals(move |signal| to_signals.send(Happening::Signal(signal)).is_ok())
        .map_err(Error::Terminal)?;
    let mut taken = Taken::take().map_err(Error::Terminal)?;
    // From here on a change of size is told; what it was before is asked once.
    event::poll(Duration::ZERO).map_err(Error::Terminal)?;
    let (cols, rows) = crossterm::terminal::size().map_err(Error::Terminal)?;
    update(&mut model, Message::Resize(cols, rows));
    listen_to_terminal(sender);
    let end = turn(&mut model, &mut taken, &worker, &happenings);
    drop(taken);
    if let Ok(Some(signal)) = end {
        end_by(signal);
    }
    end.map(|_| ())
}

/// Waits for the report as long as nobody notices, so that most are there in the first frame.
fn wait_a_little(model: &mut Model, happenings: &Receiver<Happening>) -> Result<(), Error> {
    let start = Instant::now();
    while matches!(model.mode, Mode::Loading(..)) {
        let left = PATIENCE.saturating_sub(start.elapsed());
        match happenings.recv_timeout(left) {
            Ok(Happening::Worker(word)) => {
                word.heed(model)?;
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    Ok(())
}

fn listen_to_terminal(sender: Sender<Happening>) {
    thread::spawn(move || {
        loop {
            let event = event::read();
            let failed = event.is_err();
            // After an error there is no terminal to wait for.
            if sender.send(Happening::Terminal(event)).is_err() || failed {
                break;
            }
        }
    });
}

/// Draws, and takes in what happens, until the reader leaves or a signal ends it.
fn turn(
    model: &mut Model,
    taken: &mut Taken,
    worker: &Worker,
    happenings: &Receiver<Happening>,
) -> Result<Option<i32>, Error> {
    loop {
        taken
            .terminal
            .draw(|frame| view(model, frame))
            .map_err(Error::Terminal)?;
        let Ok(first) = happenings.recv() else {
            return Ok(None);
        };
        // All that has happened by now is one frame; a key held down still has frames.
        for happening in std::iter::once(first).chain(happenings.try_iter().take(64)) {
            let effect = match happening {
                Happening::Worker(word) => word.heed(model)?,
                Happening::Signal(signal) => return Ok(Some(signal)),
                Happening::Terminal(event) => {
                    let event = event.map_err(Error::Terminal)?;
                    message(model, event).and_then(|message| update(model, message))
                }
            };
            match effect {
                Some(Effect::Quit) => return Ok(None),
                Some(Effect::Search(number, query)) => worker.search(number, query),
                Some(Effect::Suspend) => {
                    taken.suspend().map_err(Error::Terminal)?;
                    // The window may have another size now.
                    let (cols, rows) = crossterm::terminal::size().map_err(Error::Terminal)?;
                    update(model, Message::Resize(cols, rows));
                }
                Some(Effect::Copy(text, name)) => {
                    taken.copy(&text).map_err(Error::Terminal)?;
                    // The terminal never answers, so no more than this is known.
                    let notice = format!("sent to the terminal's clipboard: {name}");
                    update(model, Message::Notice(notice));
                }
                None => {}
            }
        }
    }
}

fn message(model: &Model, event: Event) -> Option<Message> {
    match event {
        Event::Key(key) => keys::message(model.context(), keys::pressed(key)?),
        Event::Resize(cols, rows) => Some(Message::Resize(cols, rows)),
        Event::Paste(text) => Some(Message::Paste(text)),
        _ => None,
    }
}
