//! Whether a line goes on with the unit before it.
//!
//! A wrap ends where the next word had not fitted; a gap, an indent, another weight or size, or a
//! capital under a short line begin something new. What is doubtful goes on.

use super::super::heading::ends_in_particle;
use super::super::label::{Label, bullet, labels};
use super::super::line::{Line, Part, is_resized};
use super::super::masthead::names_item;
use super::Walk;
use crate::read::Role;
use crate::report::Kind;

impl Walk<'_> {
    /// True for the first item of a list inside a sentence, `(a) one; and (b) two`: it stands at the
    /// start of a line by chance, and the second in the midst of one.
    pub(super) fn runs_inside(&self, at: usize, first: &Label) -> bool {
        let line = &self.lines[at];
        let second = |text: &str| {
            labels(text)
                .iter()
                .any(|it| (it.kind, it.style, it.number) == (first.kind, first.style, 2))
        };
        let wraps = first.kind >= Kind::Item && first.number == 1 && !line.gap;
        let before = self.last_text.filter(|_| wraps && line.role == Role::Line);
        let wrapped = before.is_some_and(|before| {
            let before = &self.lines[before];
            let long = before.width * 4 > self.layout.filled * 3;
            outdented_by(before, line) || (before.indent == line.indent && long)
        });
        if !wrapped {
            return false;
        }
        let mut rest = self.lines[at..]
            .iter()
            .enumerate()
            .take_while(|(n, next)| *n == 0 || (!next.gap && next.part == Part::Body));
        rest.find_map(|(n, next)| {
            let within = next
                .text
                .match_indices(' ')
                .any(|(at, _)| second(&next.text[at + 1..]));
            (within || (n > 0 && second(&next.text))).then_some(within)
        })
        .unwrap_or(false)
    }

    /// True when the line goes on with the unit before it.
    pub(super) fn continues(&self, at: usize) -> bool {
        let (Some(before), Some(current)) = (self.last_text, self.current) else {
            return false;
        };
        let draft = &self.out.units[current];
        let (before, line) = (&self.lines[before], &self.lines[at]);
        if before.part == Part::Title {
            return false;
        }
        let apart = self.layout.is_set_apart(before, line);
        let title = draft.unit.kind.is_heading();
        // A label in plain letters hides that what stands behind it is bold.
        let labelled = draft.lines == 1 && !draft.unit.label.is_empty();
        let same_weight = before.look.bold == line.look.bold || (labelled && line.look.bold);
        if draft.unit.text.is_empty() && line.stated == 0 {
            // A label alone on its line: its text follows, a title even after a blank line; an
            // article's whatever it is.
            let article = draft.unit.kind == Kind::Article;
            if self.decided() && (!self.ends_short(at) || line.text.contains(':')) {
                // Words that run on under a decision's name are no title of it.
                return false;
            }
            let ended = line.is_ended() || line.text.ends_with([',', '，', '،']);
            return article
                || (!apart && !title)
                || (title && (!ended || !apart && !self.decided()));
        }
        if line.role != Role::Line || before.role != Role::Line {
            return false;
        }
        let full = self.layout.is_full(before, line);
        let small = line.text.starts_with(char::is_lowercase);
        let capital = line.text.starts_with(char::is_uppercase);
        if title {
            let same = same_weight && line.look.size == before.look.size;
            let look = before.look.bold || before.look.centred || before.look.size > 105;
            let goes_on = full || (small && !line.gap) || (look && same && !line.gap);
            return !before.is_ended() && !apart && same && goes_on;
        }
        if apart {
            let same = same_weight && !is_resized(before, line);
            return full && same && !before.is_ended() && !bullet_begins(line);
        }
        let unfinished = same_weight && ends_in_particle(&before.text);
        if !line.gap && (unfinished || (draft.lines == 1 && names_item(&before.text))) {
            return true;
        }
        // A table may stand in mid-sentence, but only behind a filled line.
        if !full && line.gap && self.follows_table(at) {
            return false;
        }
        if self.layout.measure.is_none() || bullet_begins(line) && (before.is_ended() || !full) {
            return false;
        }
        // Words in bold letters may begin in mid-sentence.
        let sentence = small && !line.gap && !before.is_ended();
        if !same_weight && !sentence && (!full || (before.is_ended() && line.gap)) {
            return false;
        }
        // So does an entry of a list inside a paragraph, whose number is text.
        let entry = draft.lines == 1 && !labels(&draft.unit.text).is_empty();
        let hanging = labelled || entry;
        let indented = line.indent >= before.indent + 2 && !hanging;
        let outdented = outdented_by(before, line) && draft.lines > 1;
        let aligned = self.layout.double_spaced || before.page != line.page;
        if draft.unit.label.is_empty() && (self.layout.double_spaced || !self.labelled_any) {
            // The first line of a paragraph is set in, others are not.
            let flush = match draft.lines {
                1 => outdented_by(before, line),
                _ => before.indent == line.indent && before.width * 4 > self.layout.filled * 3,
            };
            if flush && !line.gap && !before.is_ended() {
                return true;
            }
            return (full && (aligned || !(indented && before.is_ended()))) || small;
        }
        if before.is_ended() {
            // Items are set in, and their lines are narrower by that.
            let listed = matches!(draft.unit.kind, Kind::Item | Kind::SubItem) && !line.gap;
            let full = full || (listed && self.layout.is_full_at(before.indent, before, line));
            return full && (aligned || !(indented || outdented));
        }
        // Not even half filled, and a capital under it: an entry of a list.
        let stub = !full && before.width * 2 < self.layout.filled && capital;
        // Clauses that begin with capitals end with commas, but so may lines of a list of names.
        let names = before.text.matches([',', '،']).count() >= 3;
        let clause = capital && before.text.ends_with(',') && !names;
        full || small || !(stub || (indented && !hanging) || clause)
    }

    /// True when a table stands between the last text and this line.
    fn follows_table(&self, at: usize) -> bool {
        let from = self.last_text.map_or(at, |before| before + 1);
        let mut between = self.lines[from..at].iter();
        between.any(|line| matches!(line.part, Part::Table { .. }))
    }
}

/// True where a line begins further out than the one before it.
fn outdented_by(before: &Line, line: &Line) -> bool {
    before.indent >= line.indent + 2
}

fn bullet_begins(line: &Line) -> bool {
    bullet(&line.text).is_some()
}
