//! The reader's marks: status, tags and remark of a unit, set, undone, listed, and told of until they
//! are kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::message::{Effect, Message};
use super::model::{Mode, Model};
use super::offers::{Choice, Offer, What, offer};
use super::prompt::Prompt;
use super::remark::Remark;
use crate::export::{Format, Shape};
use crate::report::UnitId;
use crate::shelf::{Mark, Sheet};
use crate::typeset::{Ruler, wrap};

/// The marks on the report, and how far they are kept.
#[derive(Debug, Default)]
pub struct Marking {
    /// What is marked now.
    pub sheet: Sheet,
    /// The number of the newest change.
    pub changed: u64,
    /// The number of the newest change that is kept.
    pub kept: u64,
    /// Why the newest change could not be kept.
    pub trouble: Option<String>,
    /// How it was before each change, the newest last.
    past: Vec<Sheet>,
}

/// Nobody takes back more.
const MOST_PAST: usize = 200;

/// The statuses that everybody has, with their signs. Another has [`OWN`].
pub const STATUSES: [(&str, &str); 4] = [
    ("open", "○"),
    ("in progress", "◐"),
    ("done", "✓"),
    ("rejected", "✗"),
];
/// The sign of a status of the reader's own.
const OWN: &str = "◇";
/// The sign of a unit with tags or a remark and no status.
const NOTED: &str = "✎";

/// What is asked for on a line of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Of which unit.
    pub unit: UnitId,
    /// What.
    pub asks: Asks,
    /// What is typed.
    pub prompt: Prompt,
}

/// What a line is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// The tags, with spaces between.
    Tags,
    /// A status that is none of the usual.
    Status,
    /// The file to export to.
    File(Shape, Format),
}

/// The sign of a mark, which tells its status without colour.
pub fn sign(mark: &Mark) -> &'static str {
    match &mark.status {
        None => NOTED,
        Some(status) => {
            let known = STATUSES.iter().find(|(name, _)| name == status);
            known.map_or(OWN, |(_, sign)| sign)
        }
    }
}

/// No more lines of a remark are shown under its unit.
const MOST_LINES: usize = 6;

/// What is shown of a mark under its unit, in lines of `width` columns.
pub fn lines(mark: &Mark, ruler: Ruler, width: usize) -> Vec<String> {
    let width = width.max(4);
    let mut head = sign(mark).to_string();
    if let Some(status) = &mark.status {
        head.push_str(&format!(" {status}"));
    }
    for tag in &mark.tags {
        head.push_str(&format!(" #{tag}"));
    }
    let mut lines = Vec::new();
    let mut remark = mark.remark.lines();
    if mark.status.is_none() && mark.tags.is_empty() {
        head.push_str(&format!(" {}", remark.next().unwrap_or_default()));
    }
    let mut put = |text: &str, before: &str| {
        let room = width.saturating_sub(ruler.cols(before)).max(1);
        match text.is_empty() {
            true => lines.push(before.trim_end().to_string()),
            false => lines.extend(
                wrap(ruler, text, room, room)
                    .into_iter()
                    .map(|span| format!("{before}{}", text[span].trim_end())),
            ),
        }
    };
    put(&head, "");
    // The rest of a long one is for who opens it.
    remark.take(MOST_LINES + 1).for_each(|line| put(line, "  "));
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines.push("  …".into());
    }
    lines
}

impl Model {
    /// The mark on a unit.
    pub fn mark(&self, unit: UnitId) -> Option<&Mark> {
        self.marking.sheet.mark(unit)
    }

    /// True where what is marked stands nowhere but here.
    pub fn is_unsaved(&self) -> bool {
        self.marking.trouble.is_some()
    }

    /// Takes up the marks of the report that has just been read.
    pub(super) fn take_marks(&mut self, sheet: Sheet, told: &[String]) {
        self.marking.sheet = sheet;
        if let Some(told) = told.first() {
            self.notice.clone_from(told);
        }
    }

    /// Puts a mark on a unit, and finds anew where the filter is one of marks.
    pub(super) fn set_mark(&mut self, unit: UnitId, mark: Mark) -> Option<Effect> {
        let old = self.mark(unit).cloned().unwrap_or_default();
        if old == mark {
            return None;
        }
        let mut sheet = self.marking.sheet.clone();
        sheet.set(unit, mark);
        self.change_marks(sheet)
    }

    fn change_marks(&mut self, sheet: Sheet) -> Option<Effect> {
        let before = std::mem::replace(&mut self.marking.sheet, sheet);
        if self.marking.past.len() >= MOST_PAST {
            self.marking.past.remove(0);
        }
        self.marking.past.push(before);
        self.keep_marks()
    }

    /// Has the marks be kept, and finds anew where the filter is one of marks.
    pub(super) fn keep_marks(&mut self) -> Option<Effect> {
        self.marking.changed += 1;
        match self.query.is_of_marks() {
            true => self.ask(),
            false => None,
        }
    }

    /// Takes the newest change of marks back.
    pub(super) fn undo_mark(&mut self) -> Option<Effect> {
        let Some(before) = self.marking.past.pop() else {
            self.notice = "no mark was changed".into();
            return None;
        };
        let now = std::mem::replace(&mut self.marking.sheet, before);
        let before = &self.marking.sheet;
        let units = now.marks.keys().chain(before.marks.keys());
        let mut changed = units.filter(|&&unit| now.mark(unit) != before.mark(unit));
        if let Some(&unit) = changed.next() {
            self.notice = format!("the mark on {} is as it was", self.report.address(unit));
            // A filter of marks brings it back by itself.
            if self.at != Some(unit) && !self.query.is_of_marks() {
                self.jump_to(unit);
            }
        }
        self.keep_marks()
    }

    /// What keeping a change came to.
    pub(super) fn take_kept(&mut self, number: u64, result: Result<Vec<String>, String>) {
        match result {
            Ok(told) => {
                self.marking.kept = self.marking.kept.max(number);
                // An older failure is no more once something newer is kept.
                if self.marking.trouble.is_some() && self.marking.kept >= self.marking.changed {
                    self.marking.trouble = None;
                    self.notice = "the marks are saved".into();
                }
                if let Some(told) = told.into_iter().next() {
                    self.notice = told;
                }
            }
            Err(why) if number >= self.marking.changed => {
                let retry = self.told(&Message::SaveMarks);
                self.notice = format!("marks are not saved, {retry} tries again: {why}");
                self.marking.trouble = Some(why);
            }
            Err(_) => {}
        }
    }

    /// Lists the statuses for the unit one is at.
    pub(super) fn list_statuses(&mut self) {
        let Some(unit) = self.at else { return };
        let now = self.mark(unit).and_then(|mark| mark.status.clone());
        let used = self.marking.sheet.used().0;
        let usual = STATUSES.iter().map(|(name, _)| *name);
        let own = used
            .into_iter()
            .filter(|status| STATUSES.iter().all(|(name, _)| name != status));
        let row = |status: &str| {
            let mark = Mark {
                status: Some(status.into()),
                ..Mark::default()
            };
            let hint = if now.as_deref() == Some(status) {
                "now"
            } else {
                ""
            };
            let shown = format!("{} {status}", sign(&mark));
            offer(What::Status(Some(status.into())), shown, hint.into())
        };
        let mut rows: Vec<Offer> = usual.chain(own).map(row).collect();
        rows.push(offer(What::OwnStatus, "… another".into(), String::new()));
        rows.push(offer(What::Status(None), "  none".into(), String::new()));
        let mut choice = Choice::new(format!("Status of {}", self.report.address(unit)), rows);
        let at = choice
            .rows
            .iter()
            .position(|row| row.what == What::Status(now.clone()));
        // One that has none is most likely to get the first.
        choice.chosen = at.filter(|_| now.is_some()).unwrap_or(0);
        self.mode = Mode::List(choice);
    }

    /// Gives the unit one is at a status, or takes that away.
    pub(super) fn set_status(&mut self, status: Option<String>) -> Option<Effect> {
        let unit = self.at?;
        let mut mark = self.mark(unit).cloned().unwrap_or_default();
        mark.status = status.filter(|status| !status.is_empty());
        self.set_mark(unit, mark)
    }

    /// Begins a line for the tags, or a status, of the unit one is at.
    pub(super) fn begin_field(&mut self, asks: Asks) {
        let Some(unit) = self.at else { return };
        let mut prompt = Prompt::default();
        if let (Asks::Tags, Some(mark)) = (asks, self.mark(unit)) {
            for tag in &mark.tags {
                prompt.insert(&format!("{tag} "));
            }
        }
        self.mode = Mode::Field(Field { unit, asks, prompt });
    }

    /// What is typed so far goes on so, of the tags in use: the word before the caret and the rest.
    pub fn tags_to_come(&self, field: &Field) -> Vec<String> {
        let word = field
            .prompt
            .before()
            .rsplit(is_between)
            .next()
            .unwrap_or("");
        let word = word.trim_start_matches('#');
        let typed: BTreeSet<&str> = field.prompt.text().split(is_between).collect();
        let used = self.marking.sheet.used().1.into_iter();
        let fits = used.filter(|tag| tag.starts_with(word) && !typed.contains(tag));
        fits.map(String::from).collect()
    }

    /// What is done on a line for tags or a status.
    pub(super) fn in_field(&mut self, message: Message) -> Option<Effect> {
        let Mode::Field(field) = &self.mode else {
            return None;
        };
        match message {
            Message::Back => self.mode = Mode::Reading,
            Message::Erase if field.prompt.text().is_empty() => self.mode = Mode::Reading,
            Message::Accept => {
                let field = field.clone();
                self.mode = Mode::Reading;
                return self.take_field(field);
            }
            Message::Complete => {
                let tags = match field.asks {
                    Asks::Tags => self.tags_to_come(field),
                    Asks::Status | Asks::File(..) => Vec::new(),
                };
                let Mode::Field(field) = &mut self.mode else {
                    return None;
                };
                if let Some(tag) = tags.first() {
                    let before = field.prompt.before();
                    let word = before.rsplit(is_between).next().unwrap_or("");
                    for _ in 0..word.chars().count() {
                        field.prompt.erase();
                    }
                    field.prompt.insert(&format!("{tag} "));
                }
            }
            message => {
                if let Mode::Field(field) = &mut self.mode {
                    field.prompt.edit(message);
                }
            }
        }
        None
    }

    fn take_field(&mut self, field: Field) -> Option<Effect> {
        let typed = field.prompt.text().trim();
        let mut mark = self.mark(field.unit).cloned().unwrap_or_default();
        match field.asks {
            Asks::Tags => {
                let words = typed.split(is_between).map(|word| word.trim_matches('#'));
                mark.tags = words
                    .filter(|word| !word.is_empty())
                    .map(String::from)
                    .collect();
            }
            Asks::File(shape, format) => return self.export(shape, format, typed),
            Asks::Status if typed.is_empty() => return None,
            Asks::Status => mark.status = Some(typed.into()),
        }
        self.set_mark(field.unit, mark)
    }

    /// Opens the remark on the unit one is at.
    pub(super) fn begin_remark(&mut self) {
        let Some(unit) = self.at else { return };
        let remark = self.mark(unit).map_or("", |mark| &mark.remark);
        self.mode = Mode::Remark(Remark::new(unit, remark));
    }

    /// Has the remark be edited in an editor of the reader's own.
    pub(super) fn edit_remark(&mut self) -> Option<Effect> {
        let (unit, remark) = match &self.mode {
            Mode::Remark(remark) => (remark.unit, remark.text().to_string()),
            _ => {
                let unit = self.at?;
                let remark = self.mark(unit).map(|mark| mark.remark.clone());
                (unit, remark.unwrap_or_default())
            }
        };
        self.mode = Mode::Reading;
        Some(Effect::Edit(unit, remark))
    }

    /// Puts a remark on a unit.
    pub(super) fn set_remark(&mut self, unit: UnitId, remark: &str) -> Option<Effect> {
        if unit.index() >= self.report.len() {
            return None;
        }
        let mut mark = self.mark(unit).cloned().unwrap_or_default();
        mark.remark = remark.replace("\r\n", "\n").trim_end().into();
        self.set_mark(unit, mark)
    }

    /// Lists what is marked, and what found no unit in this version of the report.
    pub(super) fn list_marks(&mut self) {
        let report = &self.report;
        let row = |(&unit, mark): (&UnitId, &Mark)| {
            let tags: Vec<_> = mark.tags.iter().map(|tag| format!(" #{tag}")).collect();
            let shown = format!("{}{} {}", sign(mark), tags.concat(), report.unit(unit));
            offer(What::Unit(unit), shown, report.address(unit).to_string())
        };
        let mut rows: Vec<_> = self.marking.sheet.marks.iter().map(row).collect();
        let unplaced = self.marking.sheet.unplaced.iter().enumerate();
        rows.extend(unplaced.map(|(nth, one)| {
            let shown = format!(
                "? {} {} {}",
                sign(&one.mark),
                one.mark.remark,
                one.passage.text
            );
            let shown = shown.replace('\n', " ");
            offer(
                What::Unplaced(nth),
                shown,
                format!("was {}", one.passage.address),
            )
        }));
        let title = match (self.at, self.marking.sheet.unplaced.is_empty()) {
            (Some(at), false) => format!("Marks; ? is put on {} by ⏎", report.address(at)),
            _ => "Marks".into(),
        };
        let mut choice = Choice::new(title, rows);
        let keys =
            [Message::Status, Message::Tags, Message::Remark].map(|message| self.told(&message));
        choice.nothing = format!(
            "Nothing is marked yet: {} gives the unit one is at a status, {} tags, {} a remark.",
            keys[0], keys[1], keys[2]
        );
        self.mode = Mode::List(choice);
    }

    /// Puts a mark that found no unit on the one that one is at, beside what is there.
    pub(super) fn place_mark(&mut self, nth: usize) -> Option<Effect> {
        let unit = self.at?;
        let mut sheet = self.marking.sheet.clone();
        if nth >= sheet.unplaced.len() {
            return None;
        }
        let one = sheet.unplaced.remove(nth);
        let mut mark = sheet.mark(unit).cloned().unwrap_or_default();
        mark.status = mark.status.or(one.mark.status);
        mark.tags.extend(one.mark.tags);
        if !one.mark.remark.is_empty() {
            if !mark.remark.is_empty() {
                mark.remark.push_str("\n\n");
            }
            mark.remark.push_str(&one.mark.remark);
        }
        sheet.set(unit, mark);
        let address = self.report.address(unit);
        let undo = self.told(&Message::UndoMark);
        self.notice = format!("put on {address}; {undo} takes it back");
        self.change_marks(sheet)
    }

    /// Leaves, unless marks would be lost: then asks.
    pub(super) fn quit(&mut self) -> Option<Effect> {
        // While a report is read nothing is marked in it.
        if matches!(self.mode, Mode::Loading(..)) {
            return Some(Effect::Quit);
        }
        let asked = matches!(&self.mode, Mode::List(choice) if choice.title == UNSAVED);
        let Some(why) = self.marking.trouble.clone().filter(|_| !asked) else {
            return Some(match asked {
                true => Effect::Leave,
                false => Effect::Quit,
            });
        };
        let command =
            |message, shown: &str| offer(What::Command(message), shown.into(), String::new());
        let rows = vec![
            command(Message::SaveMarks, "try to save them again"),
            command(Message::Leave, "quit without them"),
            command(Message::ListMarks, "look at them"),
        ];
        self.mode = Mode::List(Choice::new(UNSAVED, rows));
        self.notice = why;
        None
    }

    /// The marks as a search is to know them.
    pub(super) fn marks_for_search(&self) -> Arc<crate::shelf::Marks> {
        Arc::clone(&self.marking.sheet.marks)
    }
}

/// The title of the question.
const UNSAVED: &str = "The marks are not saved";

/// What parts tags.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_told_in_lines() {
        let mark = |status: &str, tags: &[&str], remark: &str| Mark {
            status: (!status.is_empty()).then(|| status.into()),
            tags: tags.iter().map(ToString::to_string).collect(),
            remark: remark.into(),
        };
        for (mark, told) in [
            (mark("done", &["a", "乙"], ""), "✓ done #a #乙"),
            (mark("等待", &[], "x\n\ny"), "◇ 等待|  x||  y"),
            (mark("", &[], "只有一句\n第二"), "✎ 只有一句|  第二"),
            (mark("", &["t"], "r"), "✎ #t|  r"),
            (
                mark("open", &[], "一二三四五六七八九十"),
                "○ open|  一二三四五|  六七八九十",
            ),
            (
                mark("open", &[], &"x\n".repeat(20)),
                "○ open|  x|  x|  x|  x|  x|  …",
            ),
        ] {
            let lines = lines(&mark, Ruler::NARROW, 13);
            let lines: Vec<_> = lines.iter().map(|line| line.trim_end()).collect();
            assert_eq!(lines.join("|"), told);
        }
    }
}
