//! Which lines begin a unit, and of what kind; the rest is text of the unit before.
//!
//! One walk over the lines. [`super::choice`] says whether a label at the start of a line is one
//! here; this file keeps what is open, joins lines to units, and sets aside what is neither.

use crate::read::{Look, Role};
use crate::report::{DEEP, Furniture, FurnitureKind, Kind, Unit, WITHIN, bare_label};

mod going_on;

use super::Note;
use super::choice::{Fit, Runs, Situation};
use super::course::{Course, courses};
use super::foot;
use super::footnote;
use super::join::Joiner;
use super::label::{Label, Style, bullet, labels};
use super::line::{Layout, Line, Part};
use super::named::is_decision;

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
    fn take(&mut self, line: &Line, text: &str, joiner: &Joiner) {
        joiner.append(&mut self.unit.text, text);
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
        .filter(|&at| lines[at].part == Part::Body)
        .map(|at| (at, labels(&lines[at].text)))
        .filter(|(_, labels)| !labels.is_empty())
        .collect();
    let courses = courses(lines, layout, &labelled);
    let feet = foot::page_foot_links(lines);
    let mut walk = Walk {
        lines,
        layout,
        joiner: Joiner::new(lines, layout.spaced_numbers),
        top: top_heading(lines),
        runs: Runs::default(),
        decisions: 0,
        labelled_any: false,
        listed: false,
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
        let (here, course) = match ahead.split_first() {
            Some(((place, labels), rest)) if *place == at => {
                let course = courses[labelled.len() - ahead.len()];
                ahead = rest;
                (&labels[..], course)
            }
            _ => (&[][..], Course::Alone),
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
            walk.read(at, here, course, ahead);
        }
    }
    if walk.decisions <= 1 {
        name_decisions(&mut walk.out.units, 0);
    }
    walk.name_titles();
    walk.out
}

struct Walk<'a> {
    lines: &'a [Line<'a>],
    layout: Layout,
    joiner: Joiner,
    /// The level that the format gives the top headings.
    top: u8,
    runs: Runs,
    /// How many resolutions and decisions began.
    decisions: u32,
    /// False before the first label, among symbol, title and date, each on a line of its own.
    labelled_any: bool,
    /// True within a list inside a paragraph, numbered as paragraphs are.
    listed: bool,
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
    fn read(&mut self, at: usize, labels: &[Label], course: Course, ahead: &[(usize, Vec<Label>)]) {
        let line = &self.lines[at];
        let situation = Situation {
            line,
            before: self.last_text.map(|before| &self.lines[before]),
            last: self.current.map(|at| &self.out.units[at]),
            runs: &self.runs,
            layout: self.layout,
            ends_short: self.ends_short(at),
            course,
            ahead,
        };
        let inside = labels.iter().any(|label| self.runs_inside(at, label));
        let listed = labels.first().is_some_and(|label| label.kind >= Kind::Item);
        let labels = match inside || (listed && self.is_heading(at)) {
            true => &[],
            false => labels,
        };
        let chosen = situation.choose(labels);
        // A label that the format states is one, whatever its number.
        let stated = labels.first().filter(|label| label.length == line.stated);
        if let Some((label, fit)) = chosen.or(stated.map(|&label| (label, Fit::First))) {
            self.note(line, label, fit);
            self.runs.open(label);
            self.labelled_any = true;
            self.listed = false;
            let (printed, text) = line.text.split_at(label.length);
            let counts = label.number > 0 || label.style != Style::Named;
            let mut unit = Unit::new(label.kind, printed, counts.then_some(label.number), "");
            unit.prefix = label.prefix;
            if label.kind == Kind::Part && !counts {
                self.decisions += 1;
                unit.number = Some(self.decisions);
            }
            if label.kind == Kind::Heading {
                unit.level = self.depth_of(printed);
            }
            self.begin(line, unit);
            let mut text = text.trim_start();
            if label.kind == Kind::Paragraph
                && let Some(item) = first_item(text, label.number, ahead)
            {
                self.append(at, "");
                self.runs.open(item);
                let (printed, rest) = text.split_at(item.length);
                self.begin(line, Unit::new(Kind::Item, printed, Some(1), ""));
                text = rest.trim_start();
            }
            self.append(at, text);
            return;
        }
        let heads = |label: &&Label| label.kind == Kind::Section && !line.is_ended();
        if self.runs.is_within_article()
            && self.ends_short(at)
            && let Some(label) = labels.iter().find(heads)
        {
            let (printed, text) = line.text.split_at(label.length);
            let mut unit = Unit::new(Kind::Heading, printed, None, "");
            unit.level = WITHIN;
            self.begin(line, unit);
            self.append(at, text.trim_start());
            return;
        }
        let continues = inside || self.continues(at);
        if let Some(entry) = labels.iter().find(|label| self.runs.is_entry(**label)) {
            let begins = self.runs.has_paragraph() && is_flat_list(ahead);
            self.listed = if entry.number == 1 {
                begins
            } else {
                self.listed
            };
        }
        let listed = self.listed && !labels.is_empty();
        let list_goes_on = !continues && (listed || situation.list_goes_on());
        for label in labels {
            self.runs.refuse(*label);
        }
        if continues {
            self.append(at, &line.text);
        } else if let Some(unit) = self.unlabelled(line) {
            let length = unit.label.len();
            if unit.kind.is_heading() {
                self.runs.open_plain();
            }
            self.begin(line, unit);
            self.append(at, line.text[length..].trim_start());
        } else if list_goes_on {
            // Text between two items belongs to their list, and must not end it. So does an entry
            // of a list whose numbers are those of paragraphs elsewhere.
            self.begin(line, Unit::new(Kind::Item, "", None, ""));
            self.append(at, &line.text);
        } else {
            self.runs.open_plain();
            self.begin(line, Unit::new(Kind::Paragraph, "", None, ""));
            self.append(at, &line.text);
        }
    }

    /// True for a line that is no item though it has the label of one: the format says it is a
    /// heading, or it is in bold letters and a numbered paragraph in plain ones stands under it.
    fn is_heading(&self, at: usize) -> bool {
        let line = &self.lines[at];
        if matches!(line.role, Role::Heading(_)) {
            return true;
        }
        let mut body = self.lines[at + 1..]
            .iter()
            .filter(|line| line.part == Part::Body)
            .skip_while(|line| line.look.bold && !line.gap);
        let numbered = body.next().is_some_and(|below| {
            let labels = labels(&below.text);
            !below.look.bold && labels.iter().any(|label| label.kind == Kind::Paragraph)
        });
        line.look.bold && line.gap && !line.is_ended() && numbered
    }

    /// What a line is by its role, or by a bullet, where no number says so.
    fn unlabelled(&self, line: &Line) -> Option<Unit> {
        if let Role::Heading(level) = line.role {
            let stated = &line.text[..line.stated];
            let mut unit = Unit::new(Kind::Heading, stated, None, "");
            unit.level = level.saturating_sub(self.top);
            return Some(unit);
        }
        let listed = match self.runs.has_items() {
            true => Kind::SubItem,
            false => Kind::Item,
        };
        let length = match line.stated {
            0 => bullet(&line.text)?,
            stated => stated,
        };
        let kind = match line.role {
            Role::Paragraph if bullet(&line.text).is_none() => Kind::Paragraph,
            Role::Entry(deep) if deep > 0 => Kind::SubItem,
            _ => listed,
        };
        Some(Unit::new(kind, &line.text[..length], None, ""))
    }

    /// How deep a heading `1.2.3` is: beside sections with two numbers, deeper with more.
    fn depth_of(&self, label: &str) -> u8 {
        let numbers = label
            .split(['.', '．'])
            .filter(|part| !part.trim().is_empty());
        u8::try_from(numbers.count().saturating_sub(1)).map_or(DEEP, |depth| depth.min(8))
    }

    /// True when the line ends before the measure, or more than the usual space follows it.
    fn ends_short(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let next = self.lines[at + 1..]
            .iter()
            .take(8)
            .find(|next| next.part == Part::Body);
        next.is_none_or(|next| self.layout.is_clear(line, next))
    }

    /// Numbers of a document's headings: nothing that has one is a sentence, and text without a
    /// number stands under nearly every one.
    fn name_titles(&mut self) {
        let units = &self.out.units;
        let numbered = |draft: &Draft| {
            let unit = &draft.unit;
            unit.kind == Kind::Paragraph && unit.number.is_some() && unit.prefix == 0
        };
        let title =
            |draft: &Draft| !draft.ended && draft.unit.text.chars().count() <= LONGEST_TITLE;
        let (mut all, mut heads) = (0, 0);
        for (at, draft) in units
            .iter()
            .enumerate()
            .filter(|(_, draft)| numbered(draft))
        {
            let below = units.get(at + 1).map(|below| &below.unit);
            let over =
                below.is_some_and(|unit| unit.kind >= Kind::Paragraph && unit.number.is_none());
            all += 1;
            heads += usize::from(title(draft) && over);
        }
        if heads < 3 || heads * 10 < all * 9 {
            return;
        }
        for draft in self.out.units.iter_mut().filter(|draft| numbered(draft)) {
            (draft.unit.kind, draft.unit.level) = (Kind::Heading, 1);
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
        if let Some(draft) = self.out.footnotes.last_mut() {
            let label = if draft.lines == 0 {
                draft.unit.label.len()
            } else {
                0
            };
            draft.take(line, line.text[label..].trim_start(), &self.joiner);
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
        draft.take(&self.lines[at], text, &self.joiner);
        self.last_text = Some(at);
    }

    /// True when a resolution was opened last.
    fn decided(&self) -> bool {
        let open = self.current.map(|at| &self.out.units[at].unit);
        open.is_some_and(|unit| unit.kind == Kind::Part)
    }

    fn note(&mut self, line: &Line, label: Label, fit: Fit) {
        let printed = bare_label(&line.text[..label.length]);
        let kind = label.kind.name();
        let mut before = self.out.units.iter().rev().map(|draft| &draft.unit);
        let text = match fit {
            Fit::Next | Fit::First => return,
            // A dotted number is one of its own paragraph, an article's of its annex.
            Fit::Start if label.style == Style::Dotted => return,
            Fit::Again if matches!(label.kind, Kind::Article) => return,
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
/// The item (a) that begins on the line of its paragraph, `9. (a) The Conference`, where (b) comes
/// before the next paragraph.
fn first_item(text: &str, paragraph: u32, ahead: &[(usize, Vec<Label>)]) -> Option<Label> {
    let first = |it: &Label| it.kind == Kind::Item && it.number == 1 && it.style != Style::Dotted;
    let item = labels(text).into_iter().find(first)?;
    let next = |it: &Label| it.kind == Kind::Paragraph && it.number == paragraph + 1;
    let second = |it: &Label| (it.kind, it.style, it.number) == (Kind::Item, item.style, 2);
    let mut ahead = ahead.iter().map(|(_, labels)| labels);
    let here = ahead.find(|labels| labels.iter().any(|it| next(it) || second(it)))?;
    here.iter().any(second).then_some(item)
}

/// True where the entries of a list, of which the first is read, have nothing under them.
fn is_flat_list(ahead: &[(usize, Vec<Label>)]) -> bool {
    let mut next = 2;
    let behind = ahead.iter().find(|(_, labels)| {
        let goes_on = labels
            .iter()
            .any(|label| label.kind == Kind::Paragraph && label.number == next);
        next += u32::from(goes_on);
        !goes_on
    });
    next > 2 && behind.is_none_or(|(_, labels)| labels.iter().all(|it| it.kind <= Kind::Paragraph))
}

/// Makes headings of what names resolutions and decisions: one that is the only one heads the
/// document, and in a record they head what was said of them. Only one among several is a part.
pub(super) fn name_decisions(units: &mut [Draft], level: u8) {
    let named =
        |draft: &&mut Draft| draft.unit.kind == Kind::Part && is_decision(&draft.unit.label);
    for draft in units.iter_mut().filter(named) {
        let label = std::mem::take(&mut draft.unit.label);
        let gap = if draft.unit.text.is_empty() { "" } else { " " };
        draft.unit.text = format!("{label}{gap}{}", draft.unit.text);
        (draft.unit.kind, draft.unit.level) = (Kind::Heading, level);
        draft.unit.number = None;
    }
}

/// The level of the headings that stand beside chapters: the least there is, but for one title
/// above all others.
fn top_heading(lines: &[Line]) -> u8 {
    let mut counts = [0usize; 16];
    for line in lines {
        if let Role::Heading(level @ 1..) = line.role {
            counts[usize::from(level.min(15))] += 1;
        }
    }
    let mut used = (1..16u8).filter(|&level| counts[usize::from(level)] > 0);
    let first = used.next().unwrap_or(1);
    match used.next() {
        Some(second) if counts[usize::from(first)] == 1 => second,
        _ => first,
    }
}

/// Longer than any heading, in characters.
const LONGEST_TITLE: usize = 150;

/// A drawn line, as under a heading; not a row of full stops, which leads to something.
fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| !c.is_whitespace());
    marks.clone().count() >= 3 && marks.clone().all(|c| "-=_*~—–─━═".contains(c))
}
