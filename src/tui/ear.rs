//! Hears the terminal's answer about its ground among the keys.
//!
//! The library that reads keys does not know this answer and takes it for keys typed: Alt and ],
//! the letters of `11;rgb:1e1e/1e1e/2e2e`, and Alt and \ or Ctrl and G. Nobody types that.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The longest answer, in characters; more is none.
const LONGEST: usize = 40;

/// Listens until the answer has come.
#[derive(Debug, Default)]
pub(super) struct Ear {
    heard: Option<String>,
}

/// What an event was.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// Nothing of the answer.
    Event(Event),
    /// A part of it.
    More,
    /// The whole: true for a dark ground.
    Ground(bool),
}

impl Ear {
    /// Takes an event in.
    pub(super) fn hear(&mut self, event: Event) -> Heard {
        let Event::Key(KeyEvent {
            code: KeyCode::Char(c),
            modifiers,
            ..
        }) = event
        else {
            self.heard = None;
            return Heard::Event(event);
        };
        let alt = modifiers == KeyModifiers::ALT;
        let Some(heard) = &mut self.heard else {
            if alt && c == ']' {
                self.heard = Some(String::new());
                return Heard::More;
            }
            return Heard::Event(event);
        };
        let ends = (alt && c == '\\') || (modifiers == KeyModifiers::CONTROL && c == 'g');
        if ends {
            let dark = is_dark(heard);
            self.heard = None;
            return dark.map_or(Heard::More, Heard::Ground);
        }
        heard.push(c);
        if heard.chars().count() > LONGEST
            || !"11;rgba:".contains(c) && !c.is_ascii_hexdigit() && c != '/'
        {
            // No answer at all: what is typed from here on is keys again.
            self.heard = None;
        }
        Heard::More
    }
}

/// True for the key that answers begin and end with, where it comes alone.
pub(super) fn is_escape(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.code == KeyCode::Esc && key.modifiers.is_empty())
}

/// What the library would have made of Esc and this event, had they come together, where they are
/// parts of an answer; else gives the event back.
pub(super) fn joined(event: Event) -> Result<Event, Event> {
    match event {
        Event::Key(mut key)
            if matches!(key.code, KeyCode::Char(']' | '\\')) && key.modifiers.is_empty() =>
        {
            key.modifiers = KeyModifiers::ALT;
            Ok(Event::Key(key))
        }
        other => Err(other),
    }
}

/// What `11;rgb:1e1e/1e1e/2e2e` says.
fn is_dark(answer: &str) -> Option<bool> {
    let (_, color) = answer.strip_prefix("11;")?.split_once(':')?;
    let part = |hex: &str| {
        let most = 16_u32
            .checked_pow(hex.len().try_into().ok()?)?
            .checked_sub(1)?;
        let part = u32::from_str_radix(hex, 16).ok()?;
        (most > 0).then(|| f64::from(part) / f64::from(most))
    };
    let parts: Option<Vec<f64>> = color.split('/').map(part).collect();
    let [red, green, blue, ..] = parts?[..] else {
        return None;
    };
    // How bright the eye finds them (ITU-R BT.601).
    Some(0.299 * red + 0.587 * green + 0.114 * blue < 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the library makes of bytes like these.
    fn events(typed: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut alt = false;
        for c in typed.chars() {
            let (c, modifiers) = match c {
                '\x1b' => {
                    alt = true;
                    continue;
                }
                '\x07' => ('g', KeyModifiers::CONTROL),
                c if alt => (c, KeyModifiers::ALT),
                c => (c, KeyModifiers::NONE),
            };
            alt = false;
            events.push(Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers)));
        }
        events
    }

    fn heard(typed: &str) -> String {
        let mut ear = Ear::default();
        let name = |event| match ear.hear(event) {
            Heard::Event(Event::Key(key)) => key.code.to_string(),
            Heard::Ground(true) => "[dark]".into(),
            Heard::Ground(false) => "[light]".into(),
            _ => String::new(),
        };
        events(typed).into_iter().map(name).collect()
    }

    #[test]
    fn the_answer_is_told_from_keys() {
        for (typed, told) in [
            ("jk\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\j", "jk[dark]j"),
            ("\x1b]11;rgb:ffff/ffff/ffff\x07q", "[light]q"),
            ("\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x07", "[light]"),
            ("\x1b]11;rgb:00/00/00\x07", "[dark]"),
            ("\x1b]11;rgb:/\x07j", "j"),
            ("\x1b]zjk", "jk"),
            ("\x1bxj", "xj"),
        ] {
            assert_eq!(heard(typed), told, "{typed:?}");
        }
    }
}
