//! The table of keys: what each action is called in the settings, its keys, what it asks for, and
//! what footer and help page say of it. The most useful first: the footer shows those of a context
//! as far as there is room. A table, however long, is read in one place.

use crossterm::event::KeyCode;

use super::Context::{
    self, Command, Field, Help, List, Remark, Search, Selection, Shelf, Text, Tree,
};
use super::{Key, alt, ctrl, key, letter};
use crate::tui::message::Message;

/// One row of the table.
#[derive(Debug)]
pub struct Action {
    /// What settings call it; several rows of one name share their keys.
    pub name: &'static str,
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

const fn row(
    name: &'static str,
    keys: &'static [Key],
    message: Message,
    contexts: &'static [Context],
    hint: &'static str,
    help: &'static str,
) -> Action {
    Action {
        name,
        keys,
        message,
        contexts,
        hint,
        help,
    }
}

const PANES: &[Context] = &[Tree, Text];
const LISTS: &[Context] = &[Tree, Text, Help, List];
/// Where lines are recalled that were typed before.
const PROMPTS: &[Context] = &[Search, Command];
/// Where one types.
const TYPING: &[Context] = &[Search, Command, Shelf, Field, Remark];
const EVERYWHERE: &[Context] = &[
    Tree, Text, Help, List, Selection, Search, Command, Shelf, Field, Remark,
];

const ESC: Key = key(KeyCode::Esc);
const ENTER: Key = key(KeyCode::Enter);
const SPACE: Key = letter(' ');
const UP: Key = key(KeyCode::Up);
const DOWN: Key = key(KeyCode::Down);
const LEFT: Key = key(KeyCode::Left);
const RIGHT: Key = key(KeyCode::Right);
const HOME: Key = key(KeyCode::Home);
const END: Key = key(KeyCode::End);

/// Every action.
#[rustfmt::skip]
pub static ACTIONS: &[Action] = &[
    row("find", &[letter('/')], Message::Search, PANES, "find", "find: filters the tree as you type"),
    row("next-match", &[letter('n')], Message::NextMatch, PANES, "next", "the next place found; with none, looks again for what was looked for last"),
    row("previous-match", &[letter('N')], Message::PreviousMatch, PANES, "", "the place found before"),
    row("back", &[ESC], Message::Back, PANES, "back", "one step back, as it was"),
    row("help", &[letter('?')], Message::Help, PANES, "help", "this page"),
    row("read", &[ENTER], Message::Read, &[Tree], "read", "from the tree to the text"),
    row("read", &[ENTER], Message::Read, &[Text], "", "in the text: show the whole report, here"),
    row("toggle-fold", &[SPACE], Message::ToggleFold, &[Tree], "fold", "fold or unfold"),
    row("recommendations", &[letter('r')], Message::Recommendations, PANES, "recommendations", "recommendations only, or all again"),
    row("facets", &[letter('f')], Message::Facets, PANES, "facets", "facets: who is addressed, how bindingly, what is cited and named; narrows the report"),
    row("index", &[letter('i')], Message::Entries, PANES, "", "the index: all instruments, documents, countries and bodies named"),
    row("weaker", &[ctrl('t')], Message::Weaker, PANES, "weaker too", "weaker hits too, where they are left out"),
    row("quit", &[letter('q')], Message::Quit, PANES, "quit", "quit"),
    row("status", &[letter('s')], Message::Status, PANES, "status", "a status for the unit: open, in progress, done, rejected or your own"),
    row("tags", &[letter('t')], Message::Tags, PANES, "", "tags for it"),
    row("remark", &[letter('a')], Message::Remark, PANES, "", "a remark on it"),
    row("edit-remark", &[letter('e')], Message::EditRemark, PANES, "", "the remark in your editor ($VISUAL, $EDITOR)"),
    row("undo-mark", &[letter('u')], Message::UndoMark, PANES, "", "the last change of status, tags or remark taken back"),
    row("marks", &[], Message::ListMarks, PANES, "", "marks: all units with a status, tags or a remark"),
    row("shelf", &[letter('S')], Message::Shelf, PANES, "", "the shelf: choose among your reports, or look for something in all of them"),
    row("export", &[letter('x')], Message::Export, PANES, "", "export: what is found as a table, or the report, to a file"),
    row("save-marks", &[], Message::SaveMarks, PANES, "", "try again to save the marks"),
    row("command", &[letter(':')], Message::Command, PANES, "go to", "go to an address or a heading, or run a command"),
    row("switch-pane", &[key(KeyCode::Tab)], Message::SwitchPane, PANES, "pane", "the other pane"),
    row("down", &[letter('j'), DOWN], Message::Down, LISTS, "", "a row on; a number before it repeats it: 5j"),
    row("up", &[letter('k'), UP], Message::Up, LISTS, "", "a row back"),
    row("fold", &[letter('h'), LEFT], Message::Fold, PANES, "", "fold; on a leaf, to the unit above"),
    row("unfold", &[letter('l'), RIGHT], Message::Unfold, PANES, "", "unfold; when open, to the first unit below"),
    row("next-paragraph", &[letter('}')], Message::NextParagraph, PANES, "", "the next paragraph or heading"),
    row("previous-paragraph", &[letter('{')], Message::PreviousParagraph, PANES, "", "the paragraph or heading before"),
    row("first", &[letter('g'), HOME], Message::First, LISTS, "", "the start"),
    row("last", &[letter('G'), END], Message::Last, LISTS, "", "the end; 12G is the twelfth row"),
    row("half-page-down", &[ctrl('d')], Message::HalfDown, LISTS, "", "half a pane on"),
    row("half-page-up", &[ctrl('u')], Message::HalfUp, LISTS, "", "half a pane back"),
    row("page-down", &[key(KeyCode::PageDown), ctrl('f')], Message::PageDown, LISTS, "", "a pane on"),
    row("page-down-reading", &[SPACE], Message::PageDown, &[Text, Help], "page", "in the text: a pane on"),
    row("page-up", &[key(KeyCode::PageUp), ctrl('b')], Message::PageUp, LISTS, "", "a pane back"),
    row("jump-back", &[ctrl('o'), letter('H')], Message::JumpBack, PANES, "", "where one was before the last jump"),
    row("jump-forward", &[letter('L')], Message::JumpForward, PANES, "", "and on again"),
    row("set-bookmark", &[letter('m')], Message::SetBookmark, PANES, "", "a bookmark here: m and a letter; again takes it away"),
    row("go-to-bookmark", &[letter('\'')], Message::Bookmarks, PANES, "", "the bookmarks: ' and the letter goes there"),
    row("copy-text", &[letter('y')], Message::CopyText, PANES, "", "copy the unit's text, with what stands under it but footnotes"),
    row("copy-citation", &[letter('Y')], Message::CopyCitation, PANES, "", "copy its citation"),
    row("select", &[letter('v')], Message::Select, PANES, "", "select a run of text, to be copied with y"),
    row("follow", &[letter('o')], Message::Follow, PANES, "", "go to what is referred to or to a footnote, or back; open a link or a cited document"),
    row("links", &[letter('O')], Message::Leads, PANES, "", "all links and cited documents of the report"),
    row("notes", &[], Message::Notes, PANES, "", "what reading the report left doubtful"),
    row("zoom", &[letter('z')], Message::Zoom, PANES, "", "this pane alone, or both again"),
    row("wider", &[letter('>')], Message::Wider, PANES, "", "a wider tree"),
    row("narrower", &[letter('<')], Message::Narrower, PANES, "", "a narrower tree"),
    row("theme", &[letter('T')], Message::NextTheme, PANES, "", "other colours: dark, light, the terminal's, none"),
    row("mouse", &[letter('M')], Message::Mouse, PANES, "", "let the mouse go, so that the terminal can select; or take it"),
    row("redraw", &[ctrl('l')], Message::Redraw, EVERYWHERE, "", "draw the screen anew"),
    row("close", &[ESC, letter('q'), letter('?')], Message::Back, &[Help], "back", ""),
    row("suspend", &[ctrl('z')], Message::Suspend, EVERYWHERE, "", "stop; fg comes back"),
    row("leave", &[ctrl('c')], Message::Quit, EVERYWHERE, "", "quit, from anywhere"),
    row("accept", &[ENTER], Message::Accept, &[Search], "read", "while typing: keep the filter and read"),
    row("accept", &[ENTER], Message::Accept, &[Command], "go", ""),
    row("cancel", &[ESC], Message::Back, PROMPTS, "back", ""),
    row("shelf-open", &[ENTER], Message::Accept, &[Shelf], "open", "on the shelf: open the report, or go to what was found"),
    row("shelf-down", &[DOWN, ctrl('n')], Message::Down, &[Shelf], "next", ""),
    row("shelf-up", &[UP, ctrl('p')], Message::Up, &[Shelf], "before", ""),
    row("shelf-page-down", &[key(KeyCode::PageDown)], Message::PageDown, &[Shelf], "", ""),
    row("shelf-page-up", &[key(KeyCode::PageUp)], Message::PageUp, &[Shelf], "", ""),
    row("shelf-remove", &[ctrl('x')], Message::Unshelve, &[Shelf], "take off", "on the shelf: take the report off it; twice, and the file stays"),
    row("shelf-close", &[ESC], Message::Back, &[Shelf], "back", ""),
    row("field-take", &[ENTER], Message::Accept, &[Field], "keep", ""),
    row("field-complete", &[key(KeyCode::Tab)], Message::Complete, &[Field], "complete", "while typing tags: complete one in use"),
    row("field-cancel", &[ESC], Message::Back, &[Field], "back", ""),
    row("remark-keep", &[ctrl('s')], Message::KeepRemark, &[Remark], "keep", "while writing a remark: keep it"),
    row("remark-cancel", &[ESC], Message::Back, &[Remark], "back", "while writing a remark: back; twice to drop what is written"),
    row("remark-edit", &[alt(KeyCode::Char('e'))], Message::EditRemark, &[Remark], "editor", "while writing a remark: go on in your editor"),
    row("remark-newline", &[ENTER], Message::Newline, &[Remark], "", ""),
    row("remark-down", &[DOWN, ctrl('n')], Message::Down, &[Remark], "", ""),
    row("remark-up", &[UP, ctrl('p')], Message::Up, &[Remark], "", ""),
    row("remark-page-down", &[key(KeyCode::PageDown)], Message::PageDown, &[Remark], "", ""),
    row("remark-page-up", &[key(KeyCode::PageUp)], Message::PageUp, &[Remark], "", ""),
    row("next-hit", &[DOWN, alt(KeyCode::Char('n'))], Message::NextHit, &[Search], "next hit", "while typing: the next unit found"),
    row("previous-hit", &[UP, alt(KeyCode::Char('p'))], Message::PreviousHit, &[Search], "hit before", "while typing: the unit found before"),
    row("next-hit", &[DOWN, alt(KeyCode::Char('n'))], Message::NextHit, &[Command], "next", ""),
    row("previous-hit", &[UP, alt(KeyCode::Char('p'))], Message::PreviousHit, &[Command], "before", ""),
    row("weaker-typing", &[ctrl('t')], Message::Weaker, &[Search], "weaker too", "while typing: weaker hits too, where they are left out"),
    row("earlier", &[ctrl('p')], Message::Earlier, PROMPTS, "", "while typing: what was typed before"),
    row("later", &[ctrl('n')], Message::Later, PROMPTS, "", "while typing: and what after it"),
    row("erase-all", &[ctrl('u')], Message::EraseAll, TYPING, "", "while typing: erase all before the caret"),
    row("erase-to-end", &[ctrl('k')], Message::EraseToEnd, TYPING, "", "while typing: erase all behind it"),
    row("erase-word", &[ctrl('w'), alt(KeyCode::Backspace)], Message::EraseWord, TYPING, "", "while typing: erase the word before it"),
    row("erase-word-on", &[alt(KeyCode::Char('d'))], Message::EraseWordOn, TYPING, "", "while typing: erase the word behind it"),
    row("put-back", &[ctrl('y')], Message::PutBack, TYPING, "", "while typing: put back what was erased last"),
    row("erase", &[key(KeyCode::Backspace), ctrl('h')], Message::Erase, TYPING, "", ""),
    row("erase-on", &[key(KeyCode::Delete), ctrl('d')], Message::EraseOn, TYPING, "", ""),
    row("caret-left", &[LEFT, ctrl('b')], Message::Left, TYPING, "", ""),
    row("caret-right", &[RIGHT, ctrl('f')], Message::Right, TYPING, "", ""),
    row("caret-word-left", &[alt(KeyCode::Char('b'))], Message::WordLeft, TYPING, "", "while typing: a word back"),
    row("caret-word-right", &[alt(KeyCode::Char('f'))], Message::WordRight, TYPING, "", "while typing: a word on"),
    row("caret-start", &[HOME, ctrl('a')], Message::Home, TYPING, "", "while typing: the start"),
    row("caret-end", &[END, ctrl('e')], Message::End, TYPING, "", "while typing: the end"),
    row("list-take", &[ENTER], Message::Accept, &[List], "go", "in a list: go there"),
    row("list-exclude", &[letter('!')], Message::Exclude, &[List], "leave out", "in the list of facets: leave out what has it"),
    row("list-open", &[letter('o')], Message::Follow, &[List], "open", "in a list of links: open it"),
    row("list-copy", &[letter('y')], Message::CopyText, &[List], "copy", "in a list of links: copy its address"),
    row("list-close", &[ESC, letter('q')], Message::Back, &[List], "back", "in a list: back"),
    row("select-copy", &[letter('y'), ENTER], Message::CopyText, &[Selection], "copy", "while selecting: copy, and leave"),
    row("select-close", &[ESC, letter('v'), letter('q')], Message::Back, &[Selection], "back", ""),
    row("select-left", &[letter('h'), LEFT], Message::Left, &[Selection], "", "while selecting: a character back"),
    row("select-right", &[letter('l'), RIGHT], Message::Right, &[Selection], "", "while selecting: a character on"),
    row("select-down", &[letter('j'), DOWN], Message::Down, &[Selection], "", "while selecting: a line on"),
    row("select-up", &[letter('k'), UP], Message::Up, &[Selection], "", "while selecting: a line back"),
    row("select-word-end", &[letter('e')], Message::WordEnd, &[Selection], "word", "while selecting: the end of a word, of Chinese what stands between two marks"),
    row("select-word-right", &[letter('w')], Message::WordRight, &[Selection], "", "while selecting: the next word"),
    row("select-word-left", &[letter('b')], Message::WordLeft, &[Selection], "", "while selecting: the word before"),
    row("select-start", &[letter('^'), HOME], Message::Home, &[Selection], "", "while selecting: the start of the line"),
    row("select-end", &[letter('$'), END], Message::End, &[Selection], "line end", "while selecting: the end of the line"),
    row("select-unit-on", &[letter('}')], Message::NextParagraph, &[Selection], "unit", "while selecting: the end of the unit, then of the next"),
    row("select-unit-back", &[letter('{')], Message::PreviousParagraph, &[Selection], "", "while selecting: the start of the unit, then of the one before"),
    row("select-first", &[letter('g')], Message::First, &[Selection], "", ""),
    row("select-last", &[letter('G')], Message::Last, &[Selection], "", ""),
    row("select-half-page-down", &[ctrl('d')], Message::HalfDown, &[Selection], "", ""),
    row("select-half-page-up", &[ctrl('u')], Message::HalfUp, &[Selection], "", ""),
    row("select-page-down", &[key(KeyCode::PageDown)], Message::PageDown, &[Selection], "", ""),
    row("select-page-up", &[key(KeyCode::PageUp)], Message::PageUp, &[Selection], "", ""),
    row("select-other-end", &[letter('o')], Message::OtherEnd, &[Selection], "other end", "while selecting: the other end of what is selected"),
];
