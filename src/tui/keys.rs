//! The keys: one table of key, message and help, which dispatch, footer, help page and README
//! all read. The table makes this file long.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::message::Message;
use crate::error::Error;
use crate::report::script::half_width;

/// What the keys mean something to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Walking the tree.
    Tree,
    /// Reading the text.
    Text,
    /// Typing what to look for.
    SearchPrompt,
    /// Typing where to go.
    GoToPrompt,
    /// Reading the help page.
    Help,
}

use Context::{GoToPrompt, Help, SearchPrompt, Text, Tree};

/// A key with what is held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
}

const fn key(code: KeyCode) -> Key {
    Key { code, ctrl: false }
}

const fn letter(c: char) -> Key {
    key(KeyCode::Char(c))
}

const fn ctrl(c: char) -> Key {
    Key {
        code: KeyCode::Char(c),
        ctrl: true,
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys, the one to show in the footer first.
    pub keys: &'static [Key],
    /// What they ask for.
    pub message: Message,
    /// Where they do.
    pub contexts: &'static [Context],
    /// One or two words for the footer; empty where it is not shown there.
    pub hint: &'static str,
    /// A line for the help page; empty where another row's line covers it.
    pub help: &'static str,
}

const PANES: &[Context] = &[Tree, Text];
const ROWS: &[Context] = &[Tree, Text, Help];
const PROMPTS: &[Context] = &[SearchPrompt, GoToPrompt];
const EVERYWHERE: &[Context] = &[Tree, Text, Help, SearchPrompt, GoToPrompt];

const fn row(
    keys: &'static [Key],
    message: Message,
    contexts: &'static [Context],
    hint: &'static str,
    help: &'static str,
) -> Binding {
    Binding {
        keys,
        message,
        contexts,
        hint,
        help,
    }
}

/// Every key, the most useful first: the footer shows those of a context as far as there is room.
pub static BINDINGS: &[Binding] = &[
    row(
        &[letter('/')],
        Message::Search,
        PANES,
        "find",
        "find: filters the tree as you type",
    ),
    row(
        &[letter('n')],
        Message::NextMatch,
        PANES,
        "next",
        "the next place found",
    ),
    row(
        &[letter('N')],
        Message::PreviousMatch,
        PANES,
        "",
        "the place found before",
    ),
    row(
        &[key(KeyCode::Esc)],
        Message::Back,
        PANES,
        "back",
        "one step back, as it was",
    ),
    row(&[letter('?')], Message::Help, PANES, "help", "this page"),
    row(
        &[key(KeyCode::Enter)],
        Message::Read,
        &[Tree],
        "read",
        "from the tree to the text",
    ),
    row(
        &[key(KeyCode::Enter)],
        Message::Read,
        &[Text],
        "",
        "in the text: show the whole report, here",
    ),
    row(
        &[key(KeyCode::Char(' '))],
        Message::ToggleFold,
        &[Tree],
        "fold",
        "fold or unfold",
    ),
    row(
        &[letter('r')],
        Message::Recommendations,
        PANES,
        "recommendations",
        "recommendations only, or all again",
    ),
    row(
        &[letter('a')],
        Message::Weaker,
        PANES,
        "weaker too",
        "weaker hits too, where they are left out",
    ),
    row(&[letter('q')], Message::Quit, PANES, "quit", "quit"),
    row(
        &[letter(':')],
        Message::GoTo,
        PANES,
        "go to",
        "go to an address: 1(k)(iii), II.A, 第1段(k)㈢",
    ),
    row(
        &[key(KeyCode::Tab)],
        Message::SwitchPane,
        PANES,
        "pane",
        "the other pane",
    ),
    row(
        &[letter('j'), key(KeyCode::Down)],
        Message::Down,
        ROWS,
        "",
        "a row on; a number before it repeats it: 5j",
    ),
    row(
        &[letter('k'), key(KeyCode::Up)],
        Message::Up,
        ROWS,
        "",
        "a row back",
    ),
    row(
        &[letter('h'), key(KeyCode::Left)],
        Message::Fold,
        PANES,
        "",
        "fold; on a leaf, to the unit above",
    ),
    row(
        &[letter('l'), key(KeyCode::Right)],
        Message::Unfold,
        PANES,
        "",
        "unfold; when open, to the first unit below",
    ),
    row(
        &[letter('}')],
        Message::NextParagraph,
        PANES,
        "",
        "the next paragraph or heading",
    ),
    row(
        &[letter('{')],
        Message::PreviousParagraph,
        PANES,
        "",
        "the paragraph or heading before",
    ),
    row(
        &[letter('g'), key(KeyCode::Home)],
        Message::First,
        ROWS,
        "",
        "the start",
    ),
    row(
        &[letter('G'), key(KeyCode::End)],
        Message::Last,
        ROWS,
        "",
        "the end; 12G is the twelfth row",
    ),
    row(&[ctrl('d')], Message::HalfDown, ROWS, "", "half a pane on"),
    row(&[ctrl('u')], Message::HalfUp, ROWS, "", "half a pane back"),
    row(
        &[key(KeyCode::PageDown)],
        Message::PageDown,
        ROWS,
        "",
        "a pane on",
    ),
    row(
        &[key(KeyCode::Char(' '))],
        Message::PageDown,
        &[Text, Help],
        "page",
        "in the text: a pane on",
    ),
    row(
        &[key(KeyCode::PageUp)],
        Message::PageUp,
        ROWS,
        "",
        "a pane back",
    ),
    row(
        &[letter('y')],
        Message::CopyText,
        PANES,
        "",
        "copy the unit's text, with what stands under it",
    ),
    row(
        &[letter('Y')],
        Message::CopyCitation,
        PANES,
        "",
        "copy its citation",
    ),
    row(&[letter('q'), letter('?')], Message::Back, &[Help], "", ""),
    row(
        &[ctrl('z')],
        Message::Suspend,
        EVERYWHERE,
        "",
        "stop; fg comes back",
    ),
    row(
        &[ctrl('c')],
        Message::Quit,
        EVERYWHERE,
        "",
        "quit, from anywhere",
    ),
    row(
        &[key(KeyCode::Esc)],
        Message::Back,
        &[SearchPrompt, GoToPrompt, Help],
        "back",
        "",
    ),
    row(
        &[key(KeyCode::Enter)],
        Message::Accept,
        &[SearchPrompt],
        "read",
        "while typing: keep the filter and read",
    ),
    row(
        &[key(KeyCode::Enter)],
        Message::Accept,
        &[GoToPrompt],
        "go",
        "",
    ),
    row(
        &[key(KeyCode::Down), ctrl('n')],
        Message::NextHit,
        &[SearchPrompt],
        "next hit",
        "while typing: the next unit found",
    ),
    row(
        &[key(KeyCode::Up), ctrl('p')],
        Message::PreviousHit,
        &[SearchPrompt],
        "hit before",
        "while typing: the unit found before",
    ),
    row(
        &[ctrl('t')],
        Message::Weaker,
        &[SearchPrompt],
        "weaker too",
        "while typing: weaker hits too, where they are left out",
    ),
    row(
        &[ctrl('u')],
        Message::EraseAll,
        PROMPTS,
        "",
        "while typing: erase all",
    ),
    row(
        &[key(KeyCode::Backspace), ctrl('h')],
        Message::Erase,
        PROMPTS,
        "",
        "",
    ),
    row(&[ctrl('w')], Message::EraseWord, PROMPTS, "", ""),
    row(
        &[key(KeyCode::Left), ctrl('b')],
        Message::Left,
        PROMPTS,
        "",
        "",
    ),
    row(
        &[key(KeyCode::Right), ctrl('f')],
        Message::Right,
        PROMPTS,
        "",
        "",
    ),
    row(
        &[key(KeyCode::Home), ctrl('a')],
        Message::Home,
        PROMPTS,
        "",
        "",
    ),
    row(
        &[key(KeyCode::End), ctrl('e')],
        Message::End,
        PROMPTS,
        "",
        "",
    ),
];

/// What `key` asks for where `context` is, if anything.
pub fn message(context: Context, key: Key) -> Option<Message> {
    let bound = |key: Key| {
        BINDINGS
            .iter()
            .find(|row| row.contexts.contains(&context) && row.keys.contains(&key))
    };
    if let Some(row) = bound(key) {
        return Some(row.message.clone());
    }
    let KeyCode::Char(c) = key.code else {
        return None;
    };
    if key.ctrl {
        return None;
    }
    if PROMPTS.contains(&context) {
        return Some(Message::Type(c));
    }
    // An input method may leave full-width forms on: ｊ and ／ are j and /.
    let narrow = half_width(c);
    match narrow.to_digit(10) {
        Some(digit) => Some(Message::Digit(digit)),
        None => bound(letter(narrow)).map(|row| row.message.clone()),
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
    (event.kind != KeyEventKind::Release && !alt).then_some(Key { code, ctrl })
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
    /// What to call it on the screen: `j`, `↓`, `^d`.
    pub fn name(self) -> String {
        let shown = NAMES
            .iter()
            .find(|(.., code)| *code == self.code)
            .map(|(_, shown, _)| (*shown).to_string());
        match (shown, self.code) {
            (Some(name), _) => name,
            (None, KeyCode::Char(c)) if self.ctrl => format!("^{c}"),
            (None, KeyCode::Char(c)) => c.to_string(),
            (None, code) => code.to_string(),
        }
    }
}

/// The table as README has it, in Markdown: a row for each line of the help page.
pub fn markdown() -> String {
    let mut out = String::from("| key | does |\n|---|---|\n");
    for row in BINDINGS.iter().filter(|row| !row.help.is_empty()) {
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
        let lower = name.to_ascii_lowercase();
        let known = NAMES
            .iter()
            .find(|(known, ..)| *known == lower)
            .map(|(.., code)| key(*code));
        let held = lower
            .strip_prefix("ctrl-")
            .or_else(|| lower.strip_prefix("c-"));
        let held = held.and_then(|held| match (held.chars().next(), held.chars().count()) {
            (Some(c), 1) => Some(ctrl(c)),
            _ => None,
        });
        let at = typed[..typed.len() - rest.len()].chars().count() + 1;
        keys.push(known.or(held).ok_or_else(|| Error::UnknownKey {
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
    use super::*;

    #[test]
    fn no_key_has_two_meanings_in_one_place() {
        for (place, row) in BINDINGS.iter().enumerate() {
            for other in &BINDINGS[place + 1..] {
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
        assert_eq!(message(Tree, letter('ｊ')), Some(Message::Down));
        assert_eq!(message(Text, letter('／')), Some(Message::Search));
        assert_eq!(message(Tree, letter('５')), Some(Message::Digit(5)));
        assert_eq!(
            message(SearchPrompt, letter('ｊ')),
            Some(Message::Type('ｊ'))
        );
        assert_eq!(message(Tree, letter('网')), None);
    }
}
