//! What the terminal says: heard by a thread of its own, and what each event asks for.

use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::Happening;
use crate::tui::ear::{self, Ear, Heard};
use crate::tui::gate::Gate;
use crate::tui::keys;
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::tui::terminal::is_answered;

/// A terminal that says how wide it draws says so within this time.
const DEADLINE: Duration = Duration::from_millis(300);
/// A terminal that says what its ground is says so within this time.
const GROUND_DEADLINE: Duration = Duration::from_secs(3);
/// An answer that comes in two parts has no longer pause between them.
const PAUSE: Duration = Duration::from_millis(100);
/// The rows that one turn of the wheel goes.
const NOTCH: i16 = 3;

/// Hands on what the terminal says, from a thread of its own.
pub(super) fn listen_to_terminal(
    sender: Sender<Happening>,
    gate: Gate,
    asks_width: bool,
    asks_ground: bool,
) {
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

/// What an event asks for, if anything.
pub(super) fn message(model: &Model, event: Event) -> Option<Message> {
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
