//! The keys: read from a terminal's events, from `--keys` and from the settings, and what each asks
//! for where. Dispatch, footer, help page and README are all made from one table.

mod table;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::message::Message;
use crate::error::Error;
use crate::report::script::half_width;
use crate::settings::KeyDefault;

pub use table::{ACTIONS, Action};

/// What the keys mean something to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Walking the tree.
    Tree,
    /// Reading the text.
    Text,
    /// Typing what to look for.
    Search,
    /// Typing where to go or what to do.
    Command,
    /// Reading the help page.
    Help,
    /// Choosing from a list.
    List,
    /// Choosing among the reports on the shelf, by typing.
    Shelf,
    /// Typing tags or a status.
    Field,
    /// Writing a remark.
    Remark,
    /// Choosing a run of text.
    Selection,
    /// Saying the letter of a bookmark: every character is one.
    Letter,
}

/// A key with what is held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
}

const fn key(code: KeyCode) -> Key {
    Key {
        code,
        ctrl: false,
        alt: false,
    }
}

const fn letter(c: char) -> Key {
    key(KeyCode::Char(c))
}

const fn ctrl(c: char) -> Key {
    Key {
        ctrl: true,
        ..letter(c)
    }
}

const fn alt(code: KeyCode) -> Key {
    Key {
        alt: true,
        ..key(code)
    }
}

/// An action with the keys it has now.
#[derive(Debug, Clone)]
pub struct Bound {
    /// What it is.
    pub action: &'static Action,
    /// Its keys, the one to show in the footer first.
    pub keys: Vec<Key>,
}

/// Every action with its keys.
#[derive(Debug, Clone)]
pub struct Keys {
    /// In the order of the table.
    pub rows: Vec<Bound>,
}

impl Default for Keys {
    fn default() -> Self {
        let bound = |action: &'static Action| Bound {
            action,
            keys: action.keys.to_vec(),
        };
        Self {
            rows: ACTIONS.iter().map(bound).collect(),
        }
    }
}

impl Keys {
    /// Gives the action of this name these keys and no others; whatever had one of them where the
    /// action is wanted has it no more. `^c` always leaves.
    ///
    /// # Errors
    /// When no action has the name, or a key is to be taken that cannot be.
    pub fn bind(&mut self, name: &str, keys: &[Key]) -> Result<(), String> {
        if !ACTIONS.iter().any(|action| action.name == name) {
            return Err(format!("no action is called {name}"));
        }
        if name != "leave" && keys.contains(&ctrl('c')) {
            return Err("^c always leaves".into());
        }
        if name == "leave" && !keys.contains(&ctrl('c')) {
            return Err("^c always leaves: keep it among them".into());
        }
        let wanted: Vec<_> = ACTIONS
            .iter()
            .filter(|action| action.name == name)
            .flat_map(|action| action.contexts)
            .collect();
        for row in &mut self.rows {
            if row.action.name == name {
                row.keys = keys.to_vec();
            } else if row.action.contexts.iter().any(|at| wanted.contains(&at)) {
                row.keys.retain(|key| !keys.contains(key));
            }
        }
        Ok(())
    }

    /// True where two actions are wanted in one place, so that one key cannot be both's.
    pub fn meet(name: &str, other: &str) -> bool {
        let contexts = |name| {
            let named = ACTIONS.iter().filter(move |action| action.name == name);
            named.flat_map(|action| action.contexts)
        };
        name != other && contexts(name).any(|at| contexts(other).any(|there| at == there))
    }

    /// What `key` asks for where `context` is, if anything.
    pub fn message(&self, context: Context, key: Key) -> Option<Message> {
        let bound = |key: Key| {
            let mut rows = self.rows.iter();
            rows.find(|row| row.action.contexts.contains(&context) && row.keys.contains(&key))
                .map(|row| row.action.message.clone())
        };
        if context == Context::Letter {
            return Some(match key.code {
                KeyCode::Char(c) if !key.ctrl && !key.alt => Message::Type(plain(c)),
                // Those are listed, too.
                KeyCode::Down => Message::Down,
                KeyCode::Up => Message::Up,
                KeyCode::PageDown => Message::PageDown,
                KeyCode::PageUp => Message::PageUp,
                KeyCode::Enter => Message::Accept,
                // What works everywhere works here too.
                _ => {
                    let everywhere = [Message::Quit, Message::Suspend, Message::Redraw];
                    let mut rows = self.rows.iter().filter(|row| row.keys.contains(&key));
                    rows.find(|row| key.ctrl && everywhere.contains(&row.action.message))
                        .map_or(Message::Back, |row| row.action.message.clone())
                }
            });
        }
        if let Some(message) = bound(key) {
            return Some(message);
        }
        let KeyCode::Char(c) = key.code else {
            return None;
        };
        if key.ctrl || key.alt {
            return None;
        }
        if matches!(
            context,
            Context::Search | Context::Command | Context::Shelf | Context::Field | Context::Remark
        ) {
            return Some(Message::Type(c));
        }
        let narrow = plain(c);
        match narrow.to_digit(10) {
            Some(digit) => Some(Message::Digit(digit)),
            None => bound(letter(narrow)),
        }
    }

    /// The first key that asks for this where `context` is, as the screen writes it.
    pub fn shown(&self, context: Context, message: &Message) -> Option<String> {
        let mut keys = self.asking(context, message).flat_map(|row| &row.keys);
        keys.next().map(|key| key.name())
    }

    /// The same or, where no key asks for it, its name on the command line.
    pub fn told(&self, context: Context, message: &Message) -> String {
        self.shown(context, message).unwrap_or_else(|| {
            let row = self.asking(context, message).next();
            row.map_or(String::new(), |row| format!(":{}", row.action.name))
        })
    }

    fn asking(&self, context: Context, message: &Message) -> impl Iterator<Item = &Bound> {
        let rows = self.rows.iter();
        rows.filter(move |row| {
            row.action.message == *message && row.action.contexts.contains(&context)
        })
    }
}

/// Every action that keys can be set for, with its keys where none are set.
pub fn defaults() -> Vec<KeyDefault> {
    let mut all: Vec<KeyDefault> = Vec::new();
    for row in ACTIONS {
        if all.iter().any(|known| known.action == row.name) {
            continue;
        }
        let told = [row.help, row.hint];
        let told = told.into_iter().find(|told| !told.is_empty());
        all.push(KeyDefault {
            action: row.name.into(),
            keys: row.keys.iter().map(|key| key.spelled()).collect(),
            does: told.map_or_else(|| row.name.replace('-', " "), Into::into),
        });
    }
    all
}

/// What the same key types without an input method, which may leave full-width forms and Chinese
/// punctuation on: ｊ is j, and 、 stands on the key of /.
pub(in crate::tui) fn plain(c: char) -> char {
    match c {
        '、' => '/',
        '。' => '.',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '「' | '『' => '{',
        '」' | '』' => '}',
        '·' => '`',
        '￥' => '$',
        '…' => '^',
        '—' => '_',
        '\u{3000}' => ' ',
        _ => half_width(c),
    }
}

/// The key of a terminal's event, if one was pressed.
pub fn pressed(event: KeyEvent) -> Option<Key> {
    // On Windows AltGr is Ctrl and Alt together, and types a character.
    let held = |keys| event.modifiers.contains(keys);
    let typed = held(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let ctrl = held(KeyModifiers::CONTROL) && !typed;
    let code = match event.code {
        // Some terminals report the shift of a capital letter or of Tab apart.
        KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
        KeyCode::BackTab => KeyCode::Tab,
        code => code,
    };
    let alt = !typed
        && event
            .modifiers
            .intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META);
    (event.kind != KeyEventKind::Release).then_some(Key { code, ctrl, alt })
}

/// The names of keys that are not letters, as `--keys`, the footer and the help page write them.
const NAMES: [(&str, &str, KeyCode); 16] = [
    ("enter", "⏎", KeyCode::Enter),
    ("esc", "esc", KeyCode::Esc),
    ("tab", "tab", KeyCode::Tab),
    ("space", "space", KeyCode::Char(' ')),
    ("lt", "<", KeyCode::Char('<')),
    ("up", "↑", KeyCode::Up),
    ("down", "↓", KeyCode::Down),
    ("left", "←", KeyCode::Left),
    ("right", "→", KeyCode::Right),
    ("home", "home", KeyCode::Home),
    ("end", "end", KeyCode::End),
    ("pgup", "pgup", KeyCode::PageUp),
    ("pgdn", "pgdn", KeyCode::PageDown),
    ("backspace", "bksp", KeyCode::Backspace),
    ("bs", "bksp", KeyCode::Backspace),
    ("delete", "del", KeyCode::Delete),
];

impl Key {
    /// True for what a terminal sends as Tab, Enter or Escape, and for letters it cannot send with
    /// Ctrl.
    pub fn is_another(self) -> bool {
        matches!(self.code, KeyCode::Char(c) if self.ctrl && ("im[".contains(c) || !c.is_ascii()))
    }

    /// What to call it on the screen: `j`, `↓`, `^d`.
    pub fn name(self) -> String {
        let shown = NAMES
            .iter()
            .find(|(.., code)| *code == self.code)
            .map(|(_, shown, _)| (*shown).to_string());
        let name = match (shown, self.code) {
            (Some(name), _) => name,
            (None, KeyCode::Char(c)) if self.ctrl => format!("^{c}"),
            (None, KeyCode::Char(c)) => c.to_string(),
            (None, code) => code.to_string(),
        };
        if self.alt {
            format!("alt-{name}")
        } else {
            name
        }
    }

    /// The key of this name: a character, `enter`, `ctrl-d`, `alt-b`, `f5`; none if it is no name.
    pub fn named(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Some(letter(c));
        }
        let lower = name.to_ascii_lowercase();
        for (held, short, is_ctrl) in [("ctrl-", "c-", true), ("alt-", "a-", false)] {
            let rest = lower
                .strip_prefix(held)
                .or_else(|| lower.strip_prefix(short));
            if let Some(rest) = rest {
                let key = Self::named(rest)?;
                return Some(match is_ctrl {
                    true => Self { ctrl: true, ..key },
                    false => Self { alt: true, ..key },
                });
            }
        }
        let function = lower
            .strip_prefix('f')
            .and_then(|number| number.parse().ok());
        if let Some(number) = function.filter(|number| (1..=12).contains(number)) {
            return Some(key(KeyCode::F(number)));
        }
        let mut names = NAMES.iter();
        names
            .find(|(known, ..)| *known == lower)
            .map(|(.., code)| key(*code))
    }

    /// What [`Self::named`] reads.
    pub fn spelled(self) -> String {
        let mut names = NAMES.iter();
        let name = match (names.find(|(.., code)| *code == self.code), self.code) {
            (Some((name, ..)), _) => (*name).into(),
            (None, KeyCode::Char(c)) => c.to_string(),
            (None, code) => code.to_string().to_ascii_lowercase(),
        };
        match (self.ctrl, self.alt) {
            (true, _) => format!("ctrl-{name}"),
            (_, true) => format!("alt-{name}"),
            _ => name,
        }
    }
}

/// The table as README has it, in Markdown: a row for each line of the help page.
pub fn markdown() -> String {
    let mut out = String::from("| key | does |\n|---|---|\n");
    for row in ACTIONS.iter().filter(|row| !row.help.is_empty()) {
        let keys: Vec<_> = row
            .keys
            .iter()
            .map(|key| format!("`{}`", key.name()))
            .collect();
        out.push_str(&format!("| {} | {} |\n", keys.join(" "), row.help));
    }
    out
}

fn names() -> String {
    NAMES
        .iter()
        .map(|(name, ..)| format!("<{name}>"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads what `--keys` says: `jj<tab>/布达佩斯<enter>`.
///
/// # Errors
/// When a name in angle brackets is no key's.
pub fn parse(typed: &str) -> Result<Vec<Key>, Error> {
    let mut keys = Vec::new();
    let mut rest = typed;
    while let Some(c) = rest.chars().next() {
        let named = rest
            .strip_prefix('<')
            .and_then(|after| after.split_once('>'));
        let Some((name, after)) = named else {
            keys.push(letter(c));
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let at = typed[..typed.len() - rest.len()].chars().count() + 1;
        // A lone character between angle brackets is no name but what is typed.
        let named = Key::named(name).filter(|_| name.chars().count() > 1);
        keys.push(named.ok_or_else(|| Error::UnknownKey {
            name: name.into(),
            at,
            known: names(),
        })?);
        rest = after;
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::Context::{Search, Tree};
    use super::*;

    #[test]
    fn no_key_has_two_meanings_in_one_place() {
        for (place, row) in ACTIONS.iter().enumerate() {
            for other in &ACTIONS[place + 1..] {
                let both = row
                    .contexts
                    .iter()
                    .find(|context| other.contexts.contains(context));
                let same = row.keys.iter().find(|key| other.keys.contains(key));
                assert!(both.is_none() || same.is_none(), "{same:?} in {both:?}");
            }
        }
    }

    #[test]
    fn keys_are_read_as_they_are_typed() {
        let names = |typed| {
            parse(typed)
                .unwrap()
                .into_iter()
                .map(Key::name)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(names("jj<tab>/布<enter>"), "j j tab / 布 ⏎");
        assert_eq!(names("<Ctrl-D><c-u><lt>a<"), "^d ^u < a <");
        let error = parse("ab<nokey>").unwrap_err();
        assert_eq!(
            error.to_string(),
            "no key is called <nokey> (at character 3 of --keys)"
        );
    }

    #[test]
    fn command_keys_work_while_an_input_method_is_on() {
        let keys = Keys::default();
        for (typed, message) in [
            ('ｊ', Message::Down),
            ('／', Message::Search),
            ('、', Message::Search),
            ('：', Message::Command),
            ('？', Message::Help),
            ('‘', Message::Bookmarks),
            ('」', Message::NextParagraph),
            ('》', Message::Wider),
            ('５', Message::Digit(5)),
        ] {
            assert_eq!(keys.message(Tree, letter(typed)), Some(message), "{typed}");
        }
        let typed = keys.message(Search, letter('ｊ'));
        assert_eq!(typed, Some(Message::Type('ｊ')));
        assert_eq!(keys.message(Tree, letter('网')), None);
    }

    #[test]
    fn where_every_letter_is_one_the_way_out_is_open() {
        let keys = Keys::default();
        for (key, message) in [
            (letter('q'), Message::Type('q')),
            (letter('ｑ'), Message::Type('q')),
            (ctrl('c'), Message::Quit),
            (ctrl('z'), Message::Suspend),
            (ctrl('l'), Message::Redraw),
            (ctrl('g'), Message::Back),
        ] {
            assert_eq!(keys.message(Context::Letter, key), Some(message));
        }
    }

    #[test]
    fn keys_can_be_given_other_meanings_but_the_way_out_stays() {
        let mut keys = Keys::default();
        keys.bind("find", &[ctrl('f'), letter('j')]).unwrap();
        assert_eq!(keys.message(Tree, ctrl('f')), Some(Message::Search));
        assert_eq!(keys.message(Tree, letter('j')), Some(Message::Search));
        assert_eq!(keys.message(Tree, letter('/')), None);
        let down = keys.message(Tree, key(KeyCode::Down));
        assert_eq!(down, Some(Message::Down));
        assert!(keys.bind("find", &[ctrl('c')]).is_err());
        assert!(keys.bind("leave", &[]).is_err());
        assert!(keys.bind("nothing", &[]).is_err());
        // Told as they are now, each where it is wanted.
        keys.bind("copy-text", &[letter('c')]).unwrap();
        keys.bind("links", &[]).unwrap();
        for (context, message, told) in [
            (Tree, Message::Search, "^f"),
            (Tree, Message::CopyText, "c"),
            (Context::Selection, Message::CopyText, "y"),
            (Tree, Message::Leads, ":links"),
        ] {
            assert_eq!(keys.told(context, &message), told);
        }
    }

    #[test]
    fn every_key_of_the_table_can_be_spelled() {
        for key in ACTIONS.iter().flat_map(|action| action.keys) {
            assert_eq!(Key::named(&key.spelled()), Some(*key), "{}", key.spelled());
        }
        for wrong in ["", "ctrl-", "alt-nokey", "f13", "entre"] {
            assert_eq!(Key::named(wrong), None, "{wrong}");
        }
    }
}
