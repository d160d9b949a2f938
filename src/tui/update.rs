//! One message in, the model changed, and what the world outside must do, if anything.

use super::flow::Anchor;
use super::marking::Asks;
use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::panes::{BOTH, Pane, share};
use super::prompt::Prompt;
use super::theme::Palette;
use crate::report::{Kind, UnitId};
use crate::shelf::SPLITS;
use crate::typeset::safe;

/// Takes one message in. Answers every message in every mode, on an empty report too.
pub fn update(model: &mut Model, message: Message) -> Option<Effect> {
    let outside = matches!(
        message,
        Message::Resize(..)
            | Message::Answer(_)
            | Message::Notice(_)
            | Message::Ambiguous(_)
            | Message::DarkGround(_)
            | Message::Kept(..)
            | Message::OnShelf(_)
            | Message::Exported(..)
            | Message::Edited(..)
            | Message::Drag(..)
            | Message::Release
    );
    if !outside {
        model.notice.clear();
    }
    let message = match message {
        // As in vi: 0 is no count by itself.
        Message::Digit(0) if model.count == 0 && matches!(model.mode, Mode::Select(_)) => {
            Message::Home
        }
        message => message,
    };
    if let Message::Digit(digit) = message {
        let count = model.count.saturating_mul(10).saturating_add(digit);
        model.count = count.min(MOST);
        return None;
    }
    let before = model.top.zip(model.anchor());
    let set = (model.panes().measure, model.ruler);
    let effect = model.perform(message);
    if !outside {
        model.count = 0;
    }
    // Set to another width, the text keeps what stands at its top.
    let mut held = None;
    if let Some((top, anchor)) = before
        && set != (model.panes().measure, model.ruler)
    {
        let there = Some(model.flow().anchored(anchor));
        if model.top == Some(top) {
            model.top = there;
        }
        held = (model.top == there).then_some(anchor);
    }
    model.ask_for_a_letter();
    model.show_caret();
    model.settle();
    if let Some(anchor) = held {
        // Back at the width it was, it is the line it was: not the start of the wider one between.
        model.held = model.top.map(|top| (top, anchor));
    }
    effect
}

/// The highest count; nobody means more.
const MOST: u32 = 999_999;

/// How much wider or narrower a key makes the tree, in per cent.
const STEP: u16 = 5;

impl Model {
    /// Does what a message asks for, before all that follows from it is made to agree.
    pub(super) fn perform(&mut self, message: Message) -> Option<Effect> {
        match message {
            Message::Resize(cols, rows) => self.resize(cols, rows),
            Message::Answer(answer) => return self.take(answer),
            Message::Notice(notice) => self.notice = notice,
            Message::Ambiguous(wide) => self.ruler.ambiguous_wide = wide,
            Message::DarkGround(dark) => self.palette = Palette::of_ground(dark),
            Message::OnShelf(entries) => self.show_shelf(entries),
            Message::Kept(number, result) => self.take_kept(number, result),
            Message::Exported(wish, result) => self.take_exported(wish, result),
            Message::Edited(unit, remark) => return self.set_remark(unit, &remark),
            Message::Quit => return self.quit(),
            Message::Leave => return Some(Effect::Leave),
            Message::Suspend => return Some(Effect::Suspend),
            Message::Redraw => return Some(Effect::Redraw),
            Message::Press(x, y) => return self.press(x, y),
            Message::Drag(x, y) => self.drag(x, y),
            Message::Release => (self.moving_border, self.pressed) = (false, None),
            Message::Wheel(x, y, rows) => self.wheel(x, y, rows),
            message => {
                return match self.mode {
                    Mode::Loading(..) => None,
                    Mode::Help(_) => self.in_help(message),
                    Mode::Search(_) | Mode::Command(..) => self.in_prompt(message),
                    Mode::List(_) => self.in_list(message),
                    Mode::Shelf(_) => self.in_shelf(message),
                    Mode::Field(_) => self.in_field(message),
                    Mode::Remark(_) => self.in_remark(message),
                    Mode::SetBookmark | Mode::Bookmarks(_) => self.in_bookmarks(message),
                    Mode::Select(_) => self.in_selection(message),
                    Mode::Reading => self.in_panes(message),
                };
            }
        }
        None
    }

    fn in_panes(&mut self, message: Message) -> Option<Effect> {
        let times = self.count.max(1) as usize;
        let height = match self.focus {
            Pane::Tree => self.panes().tree.height,
            Pane::Text => self.panes().text.height,
        };
        let page = usize::from(height.saturating_sub(1).max(1));
        match message {
            Message::Down => self.walk(times as isize),
            Message::Up => self.walk(-(times as isize)),
            Message::HalfDown => self.walk((page.div_ceil(2) * times) as isize),
            Message::HalfUp => self.walk(-((page.div_ceil(2) * times) as isize)),
            Message::PageDown => self.walk((page * times) as isize),
            Message::PageUp => self.walk(-((page * times) as isize)),
            Message::First => {
                self.leave_a_trace();
                self.go_to_row(0);
            }
            Message::Last => {
                self.leave_a_trace();
                match self.count {
                    0 => self.go_to_end(),
                    _ => self.go_to_row(times - 1),
                }
            }
            Message::NextParagraph => self.next_paragraph(times),
            Message::PreviousParagraph => self.previous_paragraph(times),
            Message::Fold => self.fold(),
            Message::Unfold => self.unfold(),
            Message::ToggleFold => self.toggle_fold(),
            Message::Read => self.read(),
            Message::SwitchPane => {
                self.focus = match self.focus {
                    Pane::Tree => Pane::Text,
                    Pane::Text => Pane::Tree,
                };
            }
            Message::Search => {
                self.keep_step();
                self.mode = Mode::Search(Prompt::default());
            }
            Message::Command => self.begin_command(),
            Message::Recommendations => return self.toggle_recommendations(),
            Message::Weaker => return self.toggle_weaker(),
            Message::NextMatch => return self.step_place(times as isize),
            Message::PreviousMatch => return self.step_place(-(times as isize)),
            Message::CopyText => return self.copy_text(),
            Message::CopyCitation => return self.copy_citation(),
            Message::Select => self.select(),
            Message::Follow => return self.follow(),
            Message::Leads => return self.list_leads(),
            Message::Notes => self.list_notes(),
            Message::Facets => return self.list_facets(),
            Message::Entries => return self.list_entries(),
            Message::Status => self.list_statuses(),
            Message::Tags => self.begin_field(Asks::Tags),
            Message::Remark => self.begin_remark(),
            Message::EditRemark => return self.edit_remark(),
            Message::UndoMark => return self.undo_mark(),
            Message::Shelf => return Some(Effect::Shelf),
            Message::Export => self.list_exports(),
            Message::ListMarks => self.list_marks(),
            Message::SaveMarks => {
                self.notice = "saving the marks".into();
                return self.keep_marks();
            }
            Message::JumpBack => self.jump_back(times),
            Message::JumpForward => self.jump_forward(times),
            Message::SetBookmark => {
                self.mode = Mode::SetBookmark;
            }
            Message::Bookmarks => {
                self.mode = Mode::Bookmarks(self.bookmark_list());
            }
            Message::Zoom => self.zoom(),
            Message::Wider => self.resplit(STEP as i16),
            Message::Narrower => self.resplit(-(STEP as i16)),
            Message::NextTheme => {
                self.palette = self.palette.next();
                self.notice = format!("theme: {}", self.palette.name());
            }
            Message::Mouse => return Some(self.toggle_mouse()),
            Message::Help => self.mode = Mode::Help(0),
            Message::Back => return self.step_back(),
            _ => {}
        }
        None
    }

    fn in_help(&mut self, message: Message) -> Option<Effect> {
        let page = self.help_height();
        let times = self.count.max(1) as usize;
        let Mode::Help(top) = self.mode else {
            return None;
        };
        self.mode = match message {
            Message::Down => Mode::Help(top + times),
            Message::Up => Mode::Help(top.saturating_sub(times)),
            Message::HalfDown => Mode::Help(top + page.div_ceil(2)),
            Message::HalfUp => Mode::Help(top.saturating_sub(page.div_ceil(2))),
            Message::PageDown => Mode::Help(top + page),
            Message::PageUp => Mode::Help(top.saturating_sub(page)),
            Message::First => Mode::Help(0),
            Message::Last => Mode::Help(usize::MAX),
            Message::Back => Mode::Reading,
            _ => Mode::Help(top),
        };
        None
    }

    fn in_list(&mut self, message: Message) -> Option<Effect> {
        let page = self.list_height();
        let times = self.count.max(1) as isize;
        let Mode::List(choice) = &mut self.mode else {
            return None;
        };
        match message {
            Message::Down => choice.step(times),
            Message::Up => choice.step(-times),
            Message::PageDown => choice.step(page as isize),
            Message::PageUp => choice.step(-(page as isize)),
            Message::HalfDown => choice.step(page.div_ceil(2) as isize),
            Message::HalfUp => choice.step(-(page.div_ceil(2) as isize)),
            Message::First => choice.chosen = 0,
            Message::Last if self.count > 0 => {
                choice.chosen = 0;
                choice.step(times - 1);
            }
            Message::Last => choice.step(isize::MAX),
            Message::Back => {
                self.close_list();
                return None;
            }
            message => {
                let used = self.use_named(&message);
                return used.unwrap_or_else(|| self.use_chosen(&message));
            }
        }
        self.preview();
        None
    }

    fn in_bookmarks(&mut self, message: Message) -> Option<Effect> {
        let page = self.list_height() as isize;
        match (&mut self.mode, message) {
            (Mode::SetBookmark, Message::Type(letter)) => return self.set_bookmark(letter),
            (Mode::Bookmarks(_), Message::Type(letter)) => self.go_to_bookmark(letter),
            (Mode::Bookmarks(choice), Message::Down) => choice.step(1),
            (Mode::Bookmarks(choice), Message::Up) => choice.step(-1),
            (Mode::Bookmarks(choice), Message::PageDown) => choice.step(page),
            (Mode::Bookmarks(choice), Message::PageUp) => choice.step(-page),
            (Mode::Bookmarks(choice), Message::Accept) => {
                let chosen = choice.taken().map(|offer| offer.what.clone());
                self.mode = Mode::Reading;
                return chosen.and_then(|chosen| self.take_chosen(chosen));
            }
            // What is no letter ends the asking for one.
            (Mode::SetBookmark, _) | (_, Message::Back) => self.mode = Mode::Reading,
            _ => {}
        }
        None
    }

    fn zoom(&mut self) {
        self.layout.zoom = !self.layout.zoom;
        if self.area.width < BOTH {
            self.notice = "there is room for one pane only".into();
        }
    }

    /// Gives the tree so many per cent of the width more, from what it has.
    fn resplit(&mut self, by: i16) {
        let panes = self.panes();
        if panes.rule.is_empty() {
            let key = self.told(&Message::Zoom);
            self.notice = format!("one pane is shown: {key} shows both where there is room");
            return;
        }
        let now = share(panes.tree.width, self.area.width);
        let wanted = now.saturating_add_signed(by);
        self.layout.split = Some(wanted.clamp(*SPLITS.start(), *SPLITS.end()));
        if self.panes().tree.width == panes.tree.width {
            let most = if by > 0 { "wide" } else { "narrow" };
            self.notice = format!("the tree is as {most} as it gets");
        }
    }

    fn toggle_mouse(&mut self) -> Effect {
        self.mouse = !self.mouse;
        self.notice = match self.mouse {
            true => "the mouse scrolls, goes and folds".into(),
            false => "the mouse is the terminal's, to select with".into(),
        };
        Effect::Mouse(self.mouse)
    }

    /// What stands at the top of the text, whatever the width; where one has not moved since it was
    /// set to another, what stood there before.
    fn anchor(&self) -> Option<Anchor> {
        let top = self.top?;
        let held = self.held.filter(|(place, _)| *place == top);
        Some(held.map_or_else(|| self.flow().anchor(top), |(_, anchor)| anchor))
    }

    /// Takes the new size in; the line at the top stays, and so does the place found one is at.
    fn resize(&mut self, cols: u16, rows: u16) {
        let anchor = self.anchor();
        (self.area.width, self.area.height) = (cols, rows);
        self.top = anchor.map(|anchor| self.flow().anchored(anchor));
        if self.focus == Pane::Text && self.place.is_some() && self.current_place() == self.place {
            self.show_place();
        }
    }

    fn read(&mut self) {
        match self.focus {
            Pane::Tree => self.focus = Pane::Text,
            Pane::Text if self.found.is_some() => {
                self.keep_step();
                self.show_all();
            }
            Pane::Text => {}
        }
    }

    /// Keeps what Esc brings back.
    pub(super) fn keep_step(&mut self) {
        // Nobody goes back a hundred steps.
        if self.back.len() >= 100 {
            self.back.remove(0);
        }
        self.back.push(self.step());
    }

    /// Unfolds all that hides a unit.
    pub(super) fn open_to(&mut self, unit: UnitId) {
        let above: Vec<_> = self.report.ancestors(unit).collect();
        for unit in above {
            self.folded.remove(&unit);
        }
    }

    pub(super) fn step_back(&mut self) -> Option<Effect> {
        let Some(step) = self.back.pop() else {
            self.focus = Pane::Tree;
            return None;
        };
        // Who has read on from what was found may want to be there again.
        if step.at != self.at {
            self.leave_a_trace();
        }
        self.restore(step)
    }

    fn copy_text(&mut self) -> Option<Effect> {
        let at = self.at?;
        let units = self.report.subtree(at).map(UnitId::from);
        // Footnotes are apart from the text, and stay so.
        let own = |&id: &UnitId| id == at || self.report.unit(id).kind != Kind::Footnote;
        let text: Vec<_> = units
            .filter(own)
            .map(|id| self.report.unit(id).to_string())
            .collect();
        // What is pasted into a shell must not speak to the terminal either.
        let lines = text.iter().flat_map(|text| text.split('\n'));
        let text: Vec<_> = lines.map(safe).collect();
        let text = text.join("\n");
        let name = format!("the text of {}", self.report.address(at));
        Some(Effect::Copy(text, name))
    }

    fn copy_citation(&mut self) -> Option<Effect> {
        let citation = self.report.citation(self.at?, self.report.language());
        Some(Effect::Copy(citation.clone(), citation))
    }
}
