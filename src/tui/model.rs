//! Everything the screen shows: the report, and what the reader has done with it.
//!
//! There is one position, the unit one is at; tree and text are two views of it. What follows from
//! folds and filter (the rows of the tree) is recomputed by one function, never patched.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use ratatui::layout::Rect;

use super::flow::{Anchor, Cache, Flow, Place};
use super::jumps::Jumps;
use super::keys::{Context, Keys};
use super::marking::{Field, Marking};
use super::message::{Effect, Message};
use super::offers::{Choice, Headings};
use super::panes::{Layout, Pane, Panes, panes};
use super::prompt::Prompt;
use super::remark::Remark;
use super::rows::{Found, Rows, rows};
use super::select::{Point, Selection};
use super::shelving::Shelving;
use super::theme::Palette;
use super::view::HelpPage;
use crate::parse::Note;
use crate::read::Progress;
use crate::report::{Report, UnitId};
use crate::search::Query;
use crate::shelf::Memory;
use crate::typeset::Ruler;

/// What the keys go to, when not to the panes. One at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    /// The report is still being read: how far that is.
    Loading(Progress),
    /// Walking and reading.
    Reading,
    /// Typing what to look for.
    Search(Prompt),
    /// Typing where to go or what to do, with what is offered for it.
    Command(Prompt, Choice),
    /// Choosing from a list.
    List(Choice),
    /// Choosing among the reports on the shelf.
    Shelf(Shelving),
    /// Saying the letter for a new bookmark.
    SetBookmark,
    /// Choosing a bookmark by its letter.
    Bookmarks(Choice),
    /// Typing tags or a status.
    Field(Field),
    /// Writing a remark.
    Remark(Remark),
    /// Choosing a run of text.
    Select(Selection),
    /// Reading the help page from this line on.
    Help(usize),
}

/// What `Esc` brings back: all that a filter changes.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub query: Query,
    pub found: Option<Arc<Found>>,
    pub folded: HashSet<UnitId>,
    pub at: Option<UnitId>,
    pub top: Option<Place>,
    pub tree_top: usize,
    pub focus: Pane,
    pub place: Option<usize>,
}

/// The explorer's state.
#[derive(Debug)]
pub struct Model {
    /// What the report is called: its file, or that it is built in.
    pub name: String,
    /// The report; empty until it is read.
    pub report: Arc<Report>,
    /// What reading it left doubtful.
    pub notes: Vec<Note>,
    /// The screen.
    pub area: Rect,
    /// What the keys go to.
    pub mode: Mode,
    /// The pane they go to when reading.
    pub focus: Pane,
    /// The unit one is at; none in an empty report.
    pub at: Option<UnitId>,
    /// The line at the top of the text pane.
    pub top: Option<Place>,
    /// What the line at the top was set again for, when the width changed, and where that put it.
    pub(super) held: Option<(Place, Anchor)>,
    /// The row at the top of the tree.
    pub tree_top: usize,
    /// The rows of the contents.
    pub rows: Rows,
    /// The units whose subtree is folded away.
    pub folded: HashSet<UnitId>,
    /// What is looked for.
    pub query: Query,
    /// What was found for it; none while nothing is looked for.
    pub found: Option<Arc<Found>>,
    /// Which of the places found one is at, from 0.
    pub place: Option<usize>,
    /// True when Enter was typed before its search was answered.
    pub(super) enter_waits: bool,
    /// A number being typed before a command; 0 for none.
    pub count: u32,
    /// What the last command came to.
    pub notice: String,
    /// The keys.
    pub keys: Arc<Keys>,
    /// True for a report that runs from right to left.
    pub(super) runs_left: bool,
    /// How the screen is shared out.
    pub layout: Layout,
    /// True while the mouse is ours.
    pub mouse: bool,
    /// Where the mouse went down in the text, until it is let go.
    pub(super) pressed: Option<Point>,
    /// True while the border between the panes is being moved by the mouse.
    pub(super) moving_border: bool,
    /// The bookmarks, by their letters.
    pub bookmarks: BTreeMap<char, UnitId>,
    /// The letters of bookmarks that have no unit in this report.
    pub(super) unplaced: Vec<char>,
    /// The unit to go to once the report is read, and what it was found for.
    pub(super) wanted: Option<(String, String)>,
    /// The reader's marks.
    pub marking: Marking,
    /// What is wrong with the settings.
    pub mistakes: Vec<String>,
    /// What was kept of the report, until it is read.
    pub(super) remembered: Option<Arc<Memory>>,
    /// What was looked for, the newest last.
    pub(super) searches: Vec<String>,
    /// What was typed on the command line, the newest last.
    pub(super) commands: Vec<String>,
    /// Where jumps began, the newest last, and where one came back from.
    pub(super) jumps: Jumps,
    /// The headings, for the command line.
    pub(super) headings: Headings,
    /// The colours to use.
    pub palette: Palette,
    /// What text measures on this terminal.
    pub ruler: Ruler,
    /// The number of the newest search asked for; answers to older ones are dropped.
    pub asked: u64,
    /// The number of the newest list of links asked for.
    pub(super) leads_asked: u64,
    /// The number of the newest search answered.
    pub answered: u64,
    pub(super) back: Vec<Step>,
    /// A cache, which drawing fills: it changes nothing that is seen.
    pub(super) cache: Cache,
    /// Likewise, of the help page.
    pub(super) help: HelpPage,
}

impl Model {
    /// The explorer before its report is read.
    pub fn new(name: String, cols: u16, rows: u16, palette: Palette) -> Self {
        Self {
            name,
            report: Arc::default(),
            notes: Vec::new(),
            area: Rect::new(0, 0, cols, rows),
            mode: Mode::Loading(Progress::default()),
            focus: Pane::Tree,
            at: None,
            top: None,
            held: None,
            tree_top: 0,
            rows: Rows::default(),
            folded: HashSet::new(),
            query: Query::default(),
            found: None,
            place: None,
            enter_waits: false,
            count: 0,
            notice: String::new(),
            keys: Arc::default(),
            runs_left: false,
            layout: Layout::default(),
            mouse: false,
            pressed: None,
            moving_border: false,
            bookmarks: BTreeMap::new(),
            unplaced: Vec::new(),
            wanted: None,
            marking: Marking::default(),
            mistakes: Vec::new(),
            remembered: None,
            searches: Vec::new(),
            commands: Vec::new(),
            jumps: Jumps::default(),
            headings: Headings::default(),
            palette,
            ruler: Ruler::NARROW,
            asked: 0,
            answered: 0,
            leads_asked: 0,
            back: Vec::new(),
            cache: Cache::default(),
            help: HelpPage::default(),
        }
    }

    /// What the keys mean something to now.
    pub fn context(&self) -> Context {
        match (&self.mode, self.focus) {
            (Mode::Search(_), _) => Context::Search,
            (Mode::Command(..), _) => Context::Command,
            (Mode::List(_), _) => Context::List,
            (Mode::Shelf(_), _) => Context::Shelf,
            (Mode::SetBookmark | Mode::Bookmarks(_), _) => Context::Letter,
            (Mode::Field(_), _) => Context::Field,
            (Mode::Remark(_), _) => Context::Remark,
            (Mode::Select(_), _) => Context::Selection,
            (Mode::Help(_), _) => Context::Help,
            (Mode::Reading | Mode::Loading(..), Pane::Tree) => Context::Tree,
            (Mode::Reading | Mode::Loading(..), Pane::Text) => Context::Text,
        }
    }

    /// How to ask for what can be asked for in the panes: by a key, or else by a command.
    pub(super) fn told(&self, message: &Message) -> String {
        self.keys.told(Context::Tree, message)
    }

    /// Where everything stands on the screen.
    pub fn panes(&self) -> Panes {
        // Who types a query looks at what it finds, who selects at the text.
        let shown = match self.mode {
            Mode::Search(_)
            | Mode::Command(..)
            | Mode::List(_)
            | Mode::Shelf(_)
            | Mode::Bookmarks(_) => Pane::Tree,
            Mode::Select(_) | Mode::Remark(_) => Pane::Text,
            _ => self.focus,
        };
        let layout = Layout {
            // A terminal that turns letters round does so by whole rows: with text that runs to the
            // left in both panes it would mix them.
            // What is offered while one types has names and help: it takes the whole width.
            zoom: self.layout.zoom
                || self.runs_left
                || matches!(self.mode, Mode::Command(..) | Mode::Shelf(_)),
            paged: self.report.pages() > 1,
            ..self.layout
        };
        panes(self.area, shown, layout)
    }

    /// The list that stands where the tree does, while there is one.
    pub fn choice(&self) -> Option<&Choice> {
        match &self.mode {
            Mode::Command(_, choice) | Mode::List(choice) | Mode::Bookmarks(choice) => Some(choice),
            Mode::Shelf(shelving) => Some(&shelving.choice),
            _ => None,
        }
    }

    /// The same, to be moved about in.
    pub(super) fn choice_mut(&mut self) -> Option<&mut Choice> {
        match &mut self.mode {
            Mode::Command(_, choice) | Mode::List(choice) | Mode::Bookmarks(choice) => Some(choice),
            Mode::Shelf(shelving) => Some(&mut shelving.choice),
            _ => None,
        }
    }

    /// The report in the lines of the text pane.
    pub fn flow(&self) -> Flow<'_> {
        let panes = self.panes();
        Flow::new(
            &self.report,
            self.ruler,
            panes.measure,
            panes.roomy,
            &self.cache,
            &self.marking.sheet.marks,
        )
    }

    /// The rows of the text pane, at least one.
    pub fn text_height(&self) -> usize {
        usize::from(self.panes().text.height).max(1)
    }

    /// The row of the tree one is at: the unit's own or, where that is not shown, the nearest above.
    pub fn row(&self) -> Option<usize> {
        self.rows.nearest(self.at?)
    }

    /// True while the newest search is not answered yet.
    pub fn is_searching(&self) -> bool {
        self.answered < self.asked
    }

    /// True while the worker has more to say of what was asked for last.
    pub fn is_waiting(&self) -> bool {
        if self.choice().is_some_and(|choice| choice.awaited.is_some()) {
            return true;
        }
        let more = |found: &Arc<Found>| !found.is_complete();
        self.is_searching() || self.found.as_ref().is_some_and(more)
    }

    /// Makes all that follows from the report, folds, filter, position and screen agree again.
    pub(super) fn settle(&mut self) {
        self.clamp_help();
        self.scroll_list();
        self.rows = rows(&self.report, &self.folded, self.found.as_deref());
        if self.report.is_empty() {
            (self.at, self.top) = (None, None);
            return;
        }
        let last = self.report.len() - 1;
        let at = self.at.map_or(0, |at| at.index().min(last));
        self.at = Some(UnitId::from(at));
        let top = self.top.unwrap_or(Place::start(UnitId::from(at)));
        let flow = self.flow();
        // A narrower screen makes more lines of a unit, a wider one fewer.
        let top = Place {
            line: top.line.min(flow.last_line(top.unit)),
            ..top
        };
        self.top = flow.last_top(self.text_height()).map(|last| top.min(last));
        self.scroll_tree();
    }

    /// The help page has no lines behind its end, whatever the size.
    fn clamp_help(&mut self) {
        if let Mode::Help(top) = self.mode {
            let last = self
                .help
                .lines(self)
                .len()
                .saturating_sub(self.help_height());
            self.mode = Mode::Help(top.min(last));
        }
    }

    /// Keeps the row chosen from a list on the screen.
    fn scroll_list(&mut self) {
        let height = self.list_height();
        if let Some(choice) = self.choice_mut() {
            choice.top = choice.first_shown(height);
        }
    }

    /// The rows of a list without its title, at least one.
    pub(super) fn list_height(&self) -> usize {
        usize::from(self.panes().tree.height)
            .saturating_sub(1)
            .max(1)
    }

    /// The first row of the list that is shown where it has `height` rows with its title.
    pub(super) fn first_shown(&self, height: usize) -> usize {
        let body = height.saturating_sub(1).max(1);
        self.choice().map_or(0, |choice| choice.first_shown(body))
    }

    /// The rows of the help page, at least one.
    pub(super) fn help_height(&self) -> usize {
        usize::from(self.area.height.saturating_sub(3)).max(1)
    }

    /// Keeps the row one is at on the screen, away from its edges where there is more to see.
    fn scroll_tree(&mut self) {
        let height = usize::from(self.panes().tree.height);
        // A line takes a row too.
        let height = height.saturating_sub(self.rows.is_divided().into()).max(1);
        let Some(row) = self.row() else {
            self.tree_top = 0;
            return;
        };
        let margin = (height / 6).min(3);
        let highest = (row + margin + 1).saturating_sub(height);
        let lowest = row.saturating_sub(margin);
        let end = self.rows.units.len().saturating_sub(height);
        self.tree_top = self
            .tree_top
            .clamp(highest.min(lowest), lowest.max(highest))
            .min(end);
    }

    /// Goes to a unit and shows it at the top of the text.
    pub(super) fn go(&mut self, unit: UnitId) {
        self.at = Some(unit);
        self.top = Some(Place::start(unit));
    }

    /// All that a filter changes, to come back to.
    pub(super) fn step(&self) -> Step {
        Step {
            query: self.query.clone(),
            found: self.found.clone(),
            folded: self.folded.clone(),
            at: self.at,
            top: self.top,
            tree_top: self.tree_top,
            focus: self.focus,
            place: self.place,
        }
    }

    /// Brings back what a step kept, and asks again for what was not answered when it was.
    pub(super) fn restore(&mut self, step: Step) -> Option<Effect> {
        self.query = step.query;
        self.found = step.found;
        self.folded = step.folded;
        self.at = step.at;
        self.top = step.top;
        self.tree_top = step.tree_top;
        self.focus = step.focus;
        self.place = step.place;
        self.forget_asked();
        if self.found.is_none() {
            self.ask()
        } else {
            None
        }
    }

    /// Asks for what is looked for now, if anything is.
    pub(super) fn ask(&mut self) -> Option<Effect> {
        if self.query.is_empty() {
            return None;
        }
        self.asked += 1;
        self.query.marks = self.marks_for_search();
        Some(Effect::Search(self.asked, self.query.clone()))
    }

    /// Whatever was asked for is not wanted any more; a late answer is dropped.
    pub(super) fn forget_asked(&mut self) {
        self.asked += 1;
        self.answered = self.asked;
    }
}
