//! Which lines begin a unit, and of what kind; the rest is text of the unit before.
//!
//! One walk over the lines. [`super::choice`] says whether a label at the start of a line is one
//! here; this file keeps what is open, joins lines to units, and sets aside what is neither.

use crate::read::{Look, Role};
use crate::report::{Furniture, FurnitureKind, Kind, Unit, bare_label};

use super::Note;
use super::choice::{Fit, Runs, Situation};
use super::foot;
use super::footnote;
use super::join;
use super::label::{Label, labels};
use super::line::{Layout, Line, Part};

/// A unit on its way, with what later steps need to know of its lines.
#[derive(Debug)]
pub(super) struct Draft {
    pub unit: Unit,
    /// How many printed lines it was read from.
    pub lines: usize,
    /// True when its last line ends as a sentence or clause does.
    pub ended: bool,
    /// How its first line looks.
    pub look: Look,
    /// How far its first line is set in.
    pub indent: usize,
    /// What the format says its first line is.
    pub role: Role,
}

impl Draft {
    /// A unit that begins on this line, of which nothing is read yet.
    fn begun(line: &Line, mut unit: Unit) -> Self {
        unit.page = line.page;
        unit.lines = line.number..line.number;
        Self {
            unit,
            lines: 0,
            ended: false,
            look: line.look,
            indent: line.indent,
            role: line.role,
        }
    }

    /// Takes in what stands on a line, behind the label if that is on it.
    fn take(&mut self, line: &Line, text: &str, spaced_numbers: bool) {
        join::append(&mut self.unit.text, text, spaced_numbers);
        self.unit.lines.end = line.number + 1;
        self.lines += 1;
        self.ended = line.is_ended() || line.leads_on();
    }
}

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub units: Vec<Draft>,
    /// Footnotes and endnotes, in the order they are printed in; which units call them is not known.
    pub footnotes: Vec<Draft>,
    pub furniture: Vec<Furniture>,
    pub links: Vec<foot::Found>,
    pub notes: Vec<Note>,
}

/// Cuts the lines into units, in reading order.
pub(super) fn outline(
    lines: &[Line],
    layout: Layout,
    progress: &mut dyn FnMut(usize, usize),
) -> Outline {
    let labelled: Vec<(usize, Vec<Label>)> = (0..lines.len())
        .map(|at| (at, labels(&lines[at].text)))
        .filter(|(_, labels)| !labels.is_empty())
        .collect();
    let feet = foot::page_foot_links(lines);
    let mut walk = Walk {
        lines,
        layout,
        runs: Runs::default(),
        labelled_any: false,
        last_text: None,
        current: None,
        tables: 0,
        out: Outline::default(),
    };
    let mut ahead = &labelled[..];
    for (at, line) in lines.iter().enumerate() {
        if at % 4096 == 0 {
            progress(at, lines.len());
        }
        let here = match ahead.split_first() {
            Some(((place, labels), rest)) if *place == at => {
                ahead = rest;
                &labels[..]
            }
            _ => &[],
        };
        if let Part::Aside(kind) = line.part {
            walk.out.furniture.push(Furniture {
                kind,
                text: line.text.clone().into_owned(),
                line: line.number,
            });
        } else if let Part::Footnote { begins } = line.part {
            walk.footnote(line, begins);
        } else if let Part::Table { begins } = line.part {
            walk.table(line, begins);
        } else if line.part == Part::Title {
            walk.title(at);
        } else if is_rule(&line.text) {
            let (kind, text) = (FurnitureKind::Rule, line.text.clone().into_owned());
            walk.out.furniture.push(Furniture {
                kind,
                text,
                line: line.number,
            });
        } else if feet[at] {
            let (target, before) = (line.text.clone().into_owned(), walk.out.units.len());
            walk.out.links.push(foot::Found {
                target,
                line: line.number,
                page: line.page,
                before,
            });
        } else {
            walk.read(at, here, ahead);
        }
    }
    walk.out
}

struct Walk<'a> {
    lines: &'a [Line<'a>],
    layout: Layout,
    runs: Runs,
    /// False before the first label, among symbol, title and date, each on a line of its own.
    labelled_any: bool,
    /// The last line that went into a unit; links and rules between lines do not count.
    last_text: Option<usize>,
    /// The unit that text goes on with: the last, but for tables.
    current: Option<usize>,
    /// How many tables there were.
    tables: u32,
    out: Outline,
}

impl Walk<'_> {
    /// Reads a line of text with its possible `labels` and those of the lines `ahead`.
    fn read(&mut self, at: usize, labels: &[Label], ahead: &[(usize, Vec<Label>)]) {
        let line = &self.lines[at];
        let situation = Situation {
            line,
            before: self.last_text.map(|before| &self.lines[before]),
            last: self.current.map(|at| &self.out.units[at]),
            runs: &self.runs,
            layout: self.layout,
            ahead,
        };
        if let Some((label, fit)) = situation.choose(labels) {
            self.note(line, label, fit);
            self.runs.open(label);
            self.labelled_any = true;
            let (printed, text) = line.text.split_at(label.length);
            self.begin(line, Unit::new(label.kind, printed, Some(label.number), ""));
            self.append(at, text.trim_start());
            return;
        }
        let continues = self.continues(at);
        let list_goes_on = !continues && situation.list_goes_on();
        for label in labels {
            self.runs.refuse(*label);
        }
        if continues {
            self.append(at, &line.text);
        } else if list_goes_on {
            // Text between two items belongs to their list, and must not end it.
            self.begin(line, Unit::new(Kind::Item, "", None, ""));
            self.append(at, &line.text);
        } else {
            self.runs.open_plain();
            self.begin(line, Unit::new(Kind::Paragraph, "", None, ""));
            self.append(at, &line.text);
        }
    }

    fn begin(&mut self, line: &Line, unit: Unit) {
        self.current = Some(self.out.units.len());
        self.out.units.push(Draft::begun(line, unit));
    }

    /// Takes in a line of the document's title.
    fn title(&mut self, at: usize) {
        let of_title = |before: usize| self.lines[before].part == Part::Title;
        if !self.last_text.is_some_and(of_title) {
            let mut unit = Unit::new(Kind::Heading, "", None, "");
            unit.level = 0;
            self.begin(&self.lines[at], unit);
        }
        self.append(at, &self.lines[at].text);
    }

    /// Takes in a line of a footnote, which no text goes on with.
    fn footnote(&mut self, line: &Line, begins: bool) {
        if begins || self.out.footnotes.is_empty() {
            let (label, number) = footnote::label(&line.text);
            let unit = Unit::new(Kind::Footnote, label, number, "");
            self.out.footnotes.push(Draft::begun(line, unit));
        }
        let spaced = self.layout.spaced_numbers;
        if let Some(draft) = self.out.footnotes.last_mut() {
            let label = if draft.lines == 0 {
                draft.unit.label.len()
            } else {
                0
            };
            draft.take(line, line.text[label..].trim_start(), spaced);
        }
    }

    /// Takes in a row of a table, which stands behind the unit that is open and does not end it.
    fn table(&mut self, line: &Line, begins: bool) {
        let open = self.out.units.last_mut();
        let open = open.filter(|draft| draft.unit.kind == Kind::Table && !begins);
        if let Some(draft) = open {
            draft.unit.text.push('\n');
            draft.unit.text.push_str(&line.text);
            draft.unit.lines.end = line.number + 1;
            draft.lines += 1;
            return;
        }
        self.tables += 1;
        let unit = Unit::new(Kind::Table, "", Some(self.tables), &line.text);
        let mut draft = Draft::begun(line, unit);
        draft.lines = 1;
        draft.unit.lines.end = line.number + 1;
        self.out.units.push(draft);
    }

    fn append(&mut self, at: usize, text: &str) {
        let Some(draft) = self.current.map(|at| &mut self.out.units[at]) else {
            return;
        };
        draft.take(&self.lines[at], text, self.layout.spaced_numbers);
        self.last_text = Some(at);
    }

    /// True when the line goes on with the unit before it.
    fn continues(&self, at: usize) -> bool {
        let (Some(before), Some(current)) = (self.last_text, self.current) else {
            return false;
        };
        let draft = &self.out.units[current];
        let (before, line) = (&self.lines[before], &self.lines[at]);
        if before.part == Part::Title {
            return false;
        }
        let full = self.layout.is_full(before, line);
        let means_gap = line.gap && !self.layout.double_spaced;
        let title = draft.unit.kind.is_heading();
        let small = line.text.starts_with(char::is_lowercase);
        if draft.unit.text.is_empty() {
            // A label alone on its line: its text follows, a title even after a blank line.
            return !means_gap || (title && !line.is_ended());
        }
        if title {
            return !before.is_ended() && !means_gap && (full || (small && !line.gap));
        }
        if means_gap {
            return full && !before.is_ended();
        }
        if self.layout.measure.is_none() {
            return false;
        }
        if draft.unit.label.is_empty() && (self.layout.double_spaced || !self.labelled_any) {
            return full || small;
        }
        let indented = !self.layout.double_spaced && line.indent >= before.indent + 2;
        !before.is_ended() || (full && !indented)
    }

    fn note(&mut self, line: &Line, label: Label, fit: Fit) {
        let printed = bare_label(&line.text[..label.length]);
        let kind = label.kind.name();
        let mut before = self.out.units.iter().rev().map(|draft| &draft.unit);
        let text = match fit {
            Fit::Next | Fit::First => return,
            Fit::Start if matches!(label.kind, Kind::Chapter | Kind::Paragraph) => {
                format!("{kind}s start at {printed}")
            }
            Fit::Start => {
                match before.find(|unit| unit.kind < label.kind && !unit.label.is_empty()) {
                    Some(above) => {
                        let (above, its_label) = (above.kind.name(), bare_label(&above.label));
                        format!("{kind}s under {above} {its_label} start at {printed}")
                    }
                    None => format!("{kind}s start at {printed}"),
                }
            }
            Fit::Gap => {
                let last = before.find(|unit| unit.kind == label.kind && unit.number.is_some());
                format!(
                    "{kind} {printed} follows {}",
                    last.map_or("", |unit| bare_label(&unit.label))
                )
            }
            Fit::Again => format!("{kind} numbers start again at {printed}"),
        };
        self.out.notes.push(Note {
            line: line.number,
            page: line.page,
            text,
            misread: fit == Fit::Gap,
        });
    }
}

/// A drawn line, as under a heading; not a row of full stops, which leads to something.
fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| !c.is_whitespace());
    marks.clone().count() >= 3 && marks.clone().all(|c| "-=_*~—–─━═".contains(c))
}
