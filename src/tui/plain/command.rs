//! What is typed in plain mode: one table of names and help, and how a line is read by it. What a
//! command then does is for `walk` to know.

use crate::report::script::half_width;
use crate::settings;
use crate::tui::keys::plain;

/// What a command asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Next,
    Previous,
    Up,
    In,
    NextParagraph,
    PreviousParagraph,
    First,
    Last,
    Here,
    Text,
    Path,
    Outline,
    List,
    More,
    Find,
    NextHit,
    PreviousHit,
    Hit,
    Weaker,
    Recommendations,
    Go,
    Cite,
    Links,
    Status,
    Tag,
    Untag,
    Remark,
    Undo,
    Marks,
    Export,
    WriteOver,
    Facets,
    Index,
    Notes,
    Return,
    SetBookmark,
    ToBookmark,
    Help,
    Quit,
}

/// What may stand behind the name of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Nothing.
    Nothing,
    /// How many times, which may stand before it too.
    Count,
    /// Whatever is typed.
    Words,
}

use Takes::{Count, Nothing, Words};

/// One row of the table: names, the fullest first; what it asks for; what may stand behind it;
/// what to call that in the help, where it is needed; and what it does.
struct Row(&'static [&'static str], Verb, Takes, &'static str);

/// Every command, the most useful first. A name of one character that is no letter may have
/// what it takes glued to it: `:1(k)`.
static COMMANDS: &[Row] = &[
    Row(
        &["next", "j"],
        Verb::Next,
        Count,
        "the next unit, as Enter alone does; 5 next goes five on",
    ),
    Row(
        &["back", "-", "k"],
        Verb::Previous,
        Count,
        "the unit before",
    ),
    Row(
        &["up", "h"],
        Verb::Up,
        Count,
        "the unit this one stands under",
    ),
    Row(
        &["in", "down", "l"],
        Verb::In,
        Nothing,
        "the first unit under this one",
    ),
    Row(
        &["next paragraph", "}"],
        Verb::NextParagraph,
        Count,
        "the next paragraph or heading",
    ),
    Row(
        &["back paragraph", "{"],
        Verb::PreviousParagraph,
        Count,
        "the paragraph or heading before",
    ),
    Row(&["first", "g"], Verb::First, Nothing, "the first unit"),
    Row(
        &["last", "G"],
        Verb::Last,
        Count,
        "the last unit; 12 last is the twelfth",
    ),
    Row(&["here", "."], Verb::Here, Nothing, "this unit again"),
    Row(
        &["text", "t"],
        Verb::Text,
        Nothing,
        "this unit with all that stands under it",
    ),
    Row(
        &["list"],
        Verb::List,
        Nothing,
        "what stands right under this unit",
    ),
    Row(
        &["where", "path", "w"],
        Verb::Path,
        Nothing,
        "all that this unit stands under",
    ),
    Row(
        &["outline", "o"],
        Verb::Outline,
        Words,
        "the whole report, a line a unit; outline 2 stops at level 2, outline here begins with this unit",
    ),
    Row(&["more"], Verb::More, Nothing, "the rest of a long list"),
    Row(
        &["find", "/"],
        Verb::Find,
        Words,
        "find words, pinyin or an address: /words; / alone lists again what was found",
    ),
    Row(
        &["next hit", "n"],
        Verb::NextHit,
        Count,
        "the next unit found",
    ),
    Row(
        &["back hit", "N"],
        Verb::PreviousHit,
        Count,
        "the unit found before",
    ),
    Row(
        &["hit"],
        Verb::Hit,
        Count,
        "hit 3 goes to the third unit found",
    ),
    Row(
        &["all", "a"],
        Verb::Weaker,
        Nothing,
        "find weaker forms too, where they are left out, or not",
    ),
    Row(
        &["recommendations", "r"],
        Verb::Recommendations,
        Nothing,
        "recommendations only, for next, back and find, or all again",
    ),
    Row(
        &["go", ":"],
        Verb::Go,
        Words,
        "go to an address: :1(k)(iii), :II.A; the address alone will do",
    ),
    Row(
        &["return", "b"],
        Verb::Return,
        Count,
        "to where one was before a jump",
    ),
    Row(
        &["mark", "m"],
        Verb::SetBookmark,
        Words,
        "a bookmark here: mark a; mark alone lists them",
    ),
    Row(&["to", "'"], Verb::ToBookmark, Words, "to a bookmark: to a"),
    Row(
        &["cite", "Y"],
        Verb::Cite,
        Words,
        "the citation of this unit; cite with ar, en, es, fr, ru or zh chooses the language",
    ),
    Row(
        &["links"],
        Verb::Links,
        Nothing,
        "the documents and units that this unit, and what stands under it, links and refers to",
    ),
    Row(
        &["status", "s"],
        Verb::Status,
        Words,
        "a status for this unit: status done; status alone takes it away",
    ),
    Row(
        &["tag"],
        Verb::Tag,
        Words,
        "tags for this unit: tag legal urgent",
    ),
    Row(&["untag"], Verb::Untag, Words, "takes tags away"),
    Row(
        &["remark", "note"],
        Verb::Remark,
        Words,
        "a remark on this unit: remark and the words; remark alone takes it away",
    ),
    Row(
        &["undo", "u"],
        Verb::Undo,
        Nothing,
        "takes the last change of a mark back",
    ),
    Row(
        &["marks"],
        Verb::Marks,
        Nothing,
        "all units with a status, tags or a remark",
    ),
    Row(
        &["export", "x"],
        Verb::Export,
        Words,
        "writes what is found, or the report, to a file: export matrix.csv; export! writes over one",
    ),
    Row(
        &["export!", "x!"],
        Verb::WriteOver,
        Words,
        "writes over a file that is there",
    ),
    Row(
        &["facets", "f"],
        Verb::Facets,
        Nothing,
        "who is addressed, how bindingly, what is cited and named, to find by",
    ),
    Row(
        &["index", "i"],
        Verb::Index,
        Nothing,
        "all that the report names, with the units that do",
    ),
    Row(
        &["notes"],
        Verb::Notes,
        Nothing,
        "what was doubtful in reading the report",
    ),
    Row(&["help", "?"], Verb::Help, Nothing, "this list"),
    Row(&["quit", "q", "exit"], Verb::Quit, Nothing, "leave"),
];

/// A line that is a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    pub verb: Verb,
    /// How many times, where that is said; never 0.
    pub count: Option<usize>,
    /// What stands behind the name, as typed.
    pub rest: String,
}

impl Command {
    fn new(verb: Verb, count: Option<usize>, rest: &str) -> Self {
        Self {
            verb,
            count,
            rest: rest.into(),
        }
    }

    /// How many times; 1 where it is not said.
    pub fn times(&self) -> usize {
        self.count.unwrap_or(1)
    }
}

/// Reads a line: none where it is no command, and may be an address.
pub(super) fn read(line: &str) -> Option<Command> {
    let line = line.trim();
    if line.is_empty() {
        return Some(Command::new(Verb::Next, None, ""));
    }
    // What arrow keys send where no line editor takes them.
    let arrow = line
        .strip_prefix("\x1b[")
        .or_else(|| line.strip_prefix("\x1bO"));
    let arrow = arrow.and_then(|arrow| match arrow {
        "A" => Some(Verb::Previous),
        "B" => Some(Verb::Next),
        "C" => Some(Verb::In),
        "D" => Some(Verb::Up),
        _ => None,
    });
    if let Some(verb) = arrow {
        return Some(Command::new(verb, None, ""));
    }
    let narrow: String = line.chars().map(typed).collect();
    let digits = narrow.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 {
        let count = count(&narrow[..digits])?;
        let name = narrow[digits..].trim();
        let row = COMMANDS.iter().find(|row| row.2 == Count && row.is(name))?;
        return Some(Command::new(row.1, Some(count), ""));
    }
    // The longest name first: `next hit` is not `next` with something behind it.
    let mut best: Option<(usize, &Row, &str)> = None;
    for row in COMMANDS {
        for name in row.0 {
            let Some(rest) = behind(line, name) else {
                continue;
            };
            if best.is_none_or(|(length, ..)| length < name.len()) {
                best = Some((name.len(), row, rest.trim()));
            }
        }
    }
    let (_, row, rest) = best?;
    match row.2 {
        Words => Some(Command::new(row.1, None, rest)),
        _ if rest.is_empty() => Some(Command::new(row.1, None, "")),
        Count => {
            let rest: String = rest.chars().map(half_width).collect();
            Some(Command::new(row.1, Some(count(&rest)?), ""))
        }
        Nothing => None,
    }
}

/// The first name of the command that somebody may have meant who typed this.
pub(super) fn nearest(line: &str) -> Option<&'static str> {
    let narrow: String = line.chars().map(typed).collect();
    let word = narrow.split_whitespace().next()?.to_lowercase();
    let names = || COMMANDS.iter().flat_map(|row| row.0).copied();
    let words = names().filter(|name| name.len() > 1 && !name.contains(' '));
    let begun = words.clone().find(|name| name.starts_with(&word));
    begun.or_else(|| settings::nearest(&word, words))
}

/// A line for each command: its names, and what it does.
pub(super) fn help() -> impl Iterator<Item = String> {
    COMMANDS.iter().map(|Row(names, .., does)| {
        let names: Vec<_> = names.iter().map(|name| spelt(name)).collect();
        format!("{}: {does}", names.join(" or "))
    })
}

/// A name as it is heard too where signs and capitals are not told.
fn spelt(name: &str) -> String {
    let sign = match name {
        "-" => "hyphen",
        "}" => "right brace",
        "{" => "left brace",
        "." => "full stop",
        "/" => "slash",
        ":" => "colon",
        "'" => "apostrophe",
        "?" => "question mark",
        _ if name.bytes().all(|byte| byte.is_ascii_uppercase()) => "capital",
        _ => return name.into(),
    };
    format!("{name} ({sign})")
}

impl Row {
    fn is(&self, name: &str) -> bool {
        self.0.iter().any(|known| behind(name, known) == Some(""))
    }
}

/// What stands behind the name of a command that a line begins with, whatever its width and, for
/// a word, its case.
fn behind<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = line.chars();
    for known in name.chars() {
        let mut c = typed(rest.next()?);
        if name.len() > 1 {
            c = c.to_ascii_lowercase();
        }
        if c != known {
            return None;
        }
    }
    let rest = rest.as_str();
    let ends = name.ends_with(|c: char| c.is_ascii_alphabetic());
    (!ends || rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(rest)
}

/// The character of a command that this one stands for when an input method is on.
fn typed(c: char) -> char {
    match c {
        // On a line of words a dash is meant, whatever key it came from.
        '—' | '–' => '-',
        c => plain(c),
    }
}

/// A count; the highest is more than anybody means.
fn count(digits: &str) -> Option<usize> {
    let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| digits.parse().unwrap_or(usize::MAX).clamp(1, MOST))
}

const MOST: usize = 999_999_999;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_has_two_meanings_and_all_are_ascii() {
        let mut seen = std::collections::HashSet::new();
        for row in COMMANDS {
            for name in row.0 {
                assert!(seen.insert(name), "{name} twice");
                assert!(name.is_ascii() && row.3.is_ascii(), "{name}");
                let letters = name.contains(|c: char| c.is_ascii_alphabetic());
                assert!(letters || spelt(name) != *name, "{name} is not told");
                assert_eq!(
                    read(name).map(|command| command.verb),
                    Some(row.1),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn lines_are_read_however_they_are_typed() {
        for (line, verb, count, rest) in [
            ("", Verb::Next, None, ""),
            (" \t", Verb::Next, None, ""),
            ("next", Verb::Next, None, ""),
            ("Next", Verb::Next, None, ""),
            ("5 next", Verb::Next, Some(5), ""),
            ("next 5", Verb::Next, Some(5), ""),
            ("5j", Verb::Next, Some(5), ""),
            ("j5", Verb::Next, None, "no"),
            ("5 }", Verb::NextParagraph, Some(5), ""),
            ("}5", Verb::NextParagraph, Some(5), ""),
            ("-3", Verb::Previous, Some(3), ""),
            ("n", Verb::NextHit, None, ""),
            ("N", Verb::PreviousHit, None, ""),
            ("next hit", Verb::NextHit, None, ""),
            ("2 next hit", Verb::NextHit, Some(2), ""),
            ("0 next", Verb::Next, Some(1), ""),
            ("99999999999999999999 next", Verb::Next, Some(MOST), ""),
            ("/ 条约 能力", Verb::Find, None, "条约 能力"),
            ("find 条约", Verb::Find, None, "条约"),
            ("/2017 年", Verb::Find, None, "2017 年"),
            (":1(k)", Verb::Go, None, "1(k)"),
            ("go 1(k)", Verb::Go, None, "1(k)"),
            ("'a", Verb::ToBookmark, None, "a"),
            ("' a", Verb::ToBookmark, None, "a"),
            ("m a", Verb::SetBookmark, None, "a"),
            ("outline 2", Verb::Outline, None, "2"),
            // Typed full-width, or with Chinese punctuation.
            ("ｊ", Verb::Next, None, ""),
            ("５ｊ", Verb::Next, Some(5), ""),
            ("ｎｅｘｔ　５", Verb::Next, Some(5), ""),
            ("／条约", Verb::Find, None, "条约"),
            ("、条约", Verb::Find, None, "条约"),
            ("：１（ｋ）", Verb::Go, None, "１（ｋ）"),
            ("？", Verb::Help, None, ""),
            ("」", Verb::NextParagraph, None, ""),
            ("－", Verb::Previous, None, ""),
            // Arrow keys.
            ("\x1b[B", Verb::Next, None, ""),
            ("\x1bOA", Verb::Previous, None, ""),
        ] {
            let expected = (rest != "no").then(|| Command::new(verb, count, rest));
            assert_eq!(read(line), expected, "{line}");
        }
        for line in [
            "5", "1(k)", "1k3", "II.A", "quit now", "nextt", "next x", "5 quit", "5 find", "网络",
            "markss", "\x1b[5~", "next -1", "5 5 next", "--",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_mistyped_command_is_known_again() {
        for (line, meant) in [
            ("nxet", Some("next")),
            ("hlep", Some("help")),
            ("rec", Some("recommendations")),
            ("outlien 2", Some("outline")),
            ("ｆｉｎｄｅ", Some("find")),
            ("xyzzy", None),
            ("网络", None),
            ("", None),
        ] {
            assert_eq!(nearest(line), meant, "{line}");
        }
    }
}
