//! What can happen to the explorer, and what it can want of the world outside.

use std::ops::Range;
use std::sync::Arc;

use super::exporting::{Failure, Wish};
use super::offers::Offer;
use super::rows::Found;
use super::shelving::Wanted;
use crate::parse::Note;
use crate::read::Progress;
use crate::report::{Report, UnitId};
use crate::search::Query;
use crate::shelf::{Entry, Memory, Sheet};

/// One thing that is wanted or has happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// On by one row.
    Down,
    /// Back by one row.
    Up,
    /// On by half a pane.
    HalfDown,
    /// Back by half a pane.
    HalfUp,
    /// On by a pane.
    PageDown,
    /// Back by a pane.
    PageUp,
    /// To the start of the report.
    First,
    /// To its end.
    Last,
    /// To the next paragraph or heading.
    NextParagraph,
    /// To the paragraph or heading before.
    PreviousParagraph,
    /// Fold the unit, or go to the one it stands under.
    Fold,
    /// Unfold the unit, or go to the first one under it.
    Unfold,
    /// Fold the unit if it is open, else open it.
    ToggleFold,
    /// From the tree to the text; in the text, let a filter go and stay.
    Read,
    /// To the other pane.
    SwitchPane,
    /// Ask what to look for.
    Search,
    /// Ask where to go or what to do.
    Command,
    /// Keep recommendations only, or keep all again.
    Recommendations,
    /// Look for weaker forms however much is found, or no more.
    Weaker,
    /// To the next place that a search found.
    NextMatch,
    /// To the one before.
    PreviousMatch,
    /// Copy the unit's text.
    CopyText,
    /// Copy its citation.
    CopyCitation,
    /// Begin to select a run of text.
    Select,
    /// To the other end of what is selected.
    OtherEnd,
    /// Open what the unit links to or cites, or choose where there is more than one.
    Follow,
    /// List all that the report links to or cites.
    Leads,
    /// List what reading the report left doubtful.
    Notes,
    /// List the values of facets, to narrow the report by.
    Facets,
    /// In that list: leave out what has the value.
    Exclude,
    /// List what the report names.
    Entries,
    /// Choose a status for the unit.
    Status,
    /// Type its tags.
    Tags,
    /// Write a remark on it.
    Remark,
    /// Write it in an editor of the reader's own.
    EditRemark,
    /// Keep the remark that is being written.
    KeepRemark,
    /// A line end in it.
    Newline,
    /// Complete the tag being typed.
    Complete,
    /// Take the last change of marks back.
    UndoMark,
    /// List what is marked.
    ListMarks,
    /// Choose among the reports on the shelf.
    Shelf,
    /// Take the report one is at off the shelf.
    Unshelve,
    /// What is on the shelf.
    OnShelf(Arc<[Entry]>),
    /// Choose what to export, and how.
    Export,
    /// Try again to save the marks.
    SaveMarks,
    /// Leave, whatever is not saved.
    Leave,
    /// Back to where one was before the last jump.
    JumpBack,
    /// And on again.
    JumpForward,
    /// Put a bookmark here; its letter comes next.
    SetBookmark,
    /// List the bookmarks; the letter of one goes there.
    Bookmarks,
    /// This pane alone, or both again.
    Zoom,
    /// Give the tree more of the width.
    Wider,
    /// Give it less.
    Narrower,
    /// Other colours.
    NextTheme,
    /// Let the mouse go, or take it.
    Mouse,
    /// Draw the screen anew.
    Redraw,
    /// Show the help page, or close it.
    Help,
    /// One step back: close, let a filter go, restore what was.
    Back,
    /// Leave.
    Quit,
    /// Stop, as every program in a terminal can be stopped, and come back later.
    Suspend,
    /// A digit of a count.
    Digit(u32),
    /// A character for the prompt.
    Type(char),
    /// Text pasted into the prompt.
    Paste(String),
    /// Take the character before the caret away.
    Erase,
    /// Take the word before it away.
    EraseWord,
    /// Take all before it away.
    EraseAll,
    /// Take the character behind the caret away.
    EraseOn,
    /// Take the word behind it away.
    EraseWordOn,
    /// Take all behind it away.
    EraseToEnd,
    /// Put in again what was taken away last.
    PutBack,
    /// What was typed the time before.
    Earlier,
    /// What was typed the time after.
    Later,
    /// The caret a character back.
    Left,
    /// The caret a character on.
    Right,
    /// The caret a word back.
    WordLeft,
    /// The caret a word on.
    WordRight,
    /// The caret to the end of a word.
    WordEnd,
    /// The caret to the start.
    Home,
    /// The caret to the end.
    End,
    /// Take what is typed.
    Accept,
    /// To the next unit found, while typing.
    NextHit,
    /// To the one before, while typing.
    PreviousHit,
    /// The left button of the mouse went down at this column and row.
    Press(u16, u16),
    /// It was moved here while down.
    Drag(u16, u16),
    /// It was let go.
    Release,
    /// The wheel turned here: so many rows on, or back.
    Wheel(u16, u16, i16),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The terminal draws ambiguous characters in two columns, or in one.
    Ambiguous(bool),
    /// The ground of the terminal is dark, or light.
    DarkGround(bool),
    /// The worker has something to say.
    Answer(Answer),
    /// What a copy came to.
    Notice(String),
    /// What keeping the marks up to the change of this number came to: what there is to tell, or why
    /// they are not kept.
    Kept(u64, Result<Vec<String>, String>),
    /// What writing a file came to.
    Exported(Wish, Result<String, Failure>),
    /// The remark on a unit as the reader's editor left it.
    Edited(UnitId, String),
}

/// What the explorer wants done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Search, and answer with the same number.
    Search(u64, Query),
    /// Look for what these units lead to, and answer with the same number.
    Leads(u64, Range<usize>),
    /// Count the values of facets under this query, and answer with the same number.
    Facets(u64, Query),
    /// Gather what the report names, and answer with the same number.
    Entries(u64),
    /// Put this on the clipboard; the second part is what to call it.
    Copy(String, String),
    /// Have the system open this address.
    Open(String),
    /// Have the terminal tell of the mouse, or no more.
    Mouse(bool),
    /// Forget what was drawn and draw all of it.
    Redraw,
    /// Tell what is on the shelf.
    Shelf,
    /// Take the report of this file off the shelf, and tell what is left.
    Unshelve(String),
    /// Look for this in all these reports, and answer with the same number.
    SearchShelf(u64, String, Arc<[Entry]>),
    /// Open another report in place of this.
    OpenReport(Wanted),
    /// Write a file.
    Export(Wish),
    /// Have the remark on a unit be edited by the reader's editor.
    Edit(UnitId, String),
    /// Keep what outlives the run now.
    Keep,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// Leave, once what is to be kept is.
    Quit,
    /// Leave, whatever is not kept.
    Leave,
}

/// What the worker says.
#[derive(Debug, Clone)]
pub enum Answer {
    /// How far reading the report is.
    Progress(Progress),
    /// What was kept of the report that is being read, and what to tell of that.
    Remembered(Arc<Memory>, Option<String>),
    /// What was marked in the report that is being read, and what to tell of that.
    Marked(Sheet, Vec<String>),
    /// The report is read.
    Opened(Arc<Report>, Vec<Note>),
    /// What was found for [`Effect::Leads`], [`Effect::Facets`] or [`Effect::Entries`] of this number.
    Leads(u64, Vec<Offer>),
    /// What the search of this number over the shelf found, in words and in rows.
    Shelved(u64, String, Vec<Offer>),
    /// What the search of this number found: the best of it, and later perhaps all.
    Found(u64, Arc<Found>),
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Progress(a), Self::Progress(b)) => a == b,
            (Self::Remembered(a, b), Self::Remembered(x, y)) => (a, b) == (x, y),
            (Self::Marked(a, b), Self::Marked(x, y)) => (a, b) == (x, y),
            (Self::Shelved(a, b, c), Self::Shelved(x, y, z)) => (a, b, c) == (x, y, z),
            (Self::Leads(a, b), Self::Leads(x, y)) => (a, b) == (x, y),
            (Self::Opened(a, _), Self::Opened(x, _)) => Arc::ptr_eq(a, x),
            (Self::Found(a, b), Self::Found(x, y)) => a == x && b.hits() == y.hits(),
            _ => false,
        }
    }
}
