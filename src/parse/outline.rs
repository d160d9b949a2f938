//! Which lines begin a unit, and of what kind: what number can come next decides.
//!
//! One walk over the lines. A label is taken for one where the number continues a run that is
//! open, begins one, or, in an extract, is borne out by what follows; and where the line before
//! lets a unit begin. Everything else is text of the unit before it.

use crate::report::{Furniture, FurnitureKind, Kind, Unit};

use super::Note;
use super::foot;
use super::join;
use super::label::{Label, Style, labels};
use super::line::{Layout, Line};

/// A unit on its way, with what later steps need to know of its lines.
#[derive(Debug)]
pub(super) struct Draft {
    pub unit: Unit,
    /// How many printed lines it was read from.
    pub lines: usize,
    /// True when its last line ends as a sentence does.
    pub ended: bool,
}

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub units: Vec<Draft>,
    pub furniture: Vec<Furniture>,
    pub links: Vec<foot::Found>,
    pub notes: Vec<Note>,
}

/// How many labelled lines ahead a doubt is followed; a list this long was never seen.
const AHEAD: usize = 300;
/// The widest gap in a run of numbers that is taken for missing text rather than for no label.
const WIDEST_GAP: u32 = 30;

/// Cuts the lines into units, in reading order.
pub(super) fn outline(
    lines: &[Line],
    layout: Layout,
    progress: &mut dyn FnMut(usize, usize),
) -> Outline {
    let labelled: Vec<(usize, Vec<Label>)> = (0..lines.len())
        .map(|at| (at, labels(lines[at].text)))
        .filter(|(_, labels)| !labels.is_empty())
        .collect();
    let mut walk = Walk {
        lines,
        layout,
        labelled,
        next_labelled: 0,
        runs: Runs::default(),
        labelled_any: false,
        last_text: None,
        out: Outline::default(),
    };
    for at in 0..lines.len() {
        if at % 4096 == 0 {
            progress(at, lines.len());
        }
        walk.line(at);
    }
    walk.out
}

/// The numbers that were last seen of each kind, within what is open.
#[derive(Debug, Default)]
struct Runs {
    chapter: Option<(Style, u32)>,
    section: Option<(Style, u32)>,
    paragraph: Option<(Style, u32)>,
    item: Option<(Style, u32)>,
    sub_item: Option<(Style, u32)>,
    /// True when a heading came since the last numbered paragraph, so numbers may start again.
    fresh_heading: bool,
    /// True when a paragraph without a number came since the last item, so items may start again.
    fresh_paragraph: bool,
}

impl Runs {
    fn last(&self, kind: Kind) -> Option<(Style, u32)> {
        match kind {
            Kind::Chapter => self.chapter,
            Kind::Section => self.section,
            Kind::Paragraph | Kind::Heading => self.paragraph,
            Kind::Item => self.item,
            Kind::SubItem => self.sub_item,
        }
    }

    fn open(&mut self, label: Label) {
        let run = Some((label.style, label.number));
        match label.kind {
            Kind::Chapter => (self.chapter, self.section) = (run, None),
            Kind::Section => self.section = run,
            Kind::Paragraph | Kind::Heading => self.paragraph = run,
            Kind::Item => self.item = run,
            Kind::SubItem => self.sub_item = run,
        }
        if label.kind < Kind::Item {
            self.item = None;
        }
        if label.kind < Kind::SubItem {
            self.sub_item = None;
        }
        self.fresh_heading =
            label.kind < Kind::Paragraph || (self.fresh_heading && label.kind != Kind::Paragraph);
        self.fresh_paragraph = false;
    }

    fn open_plain(&mut self) {
        self.fresh_paragraph = true;
        self.fresh_heading = true;
    }
}

/// How a label fits what is open, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// One more than the last.
    Next,
    /// The first of its run.
    First,
    /// A run that does not begin with its first: an extract.
    Start,
    /// Numbers are missing before it.
    Gap,
    /// The run begins again.
    Again,
}

/// How well the line before lets a unit begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Clear,
    /// The line before is filled and ends in the middle of a sentence.
    Doubtful,
}

struct Walk<'a> {
    lines: &'a [Line<'a>],
    layout: Layout,
    labelled: Vec<(usize, Vec<Label>)>,
    /// The first of `labelled` that is at or behind the line being read.
    next_labelled: usize,
    runs: Runs,
    /// False before the first label, among symbol, title and date, each on a line of its own.
    labelled_any: bool,
    /// The last line that went into a unit; links and rules between lines do not count.
    last_text: Option<usize>,
    out: Outline,
}

impl Walk<'_> {
    fn line(&mut self, at: usize) {
        let line = &self.lines[at];
        let labels = match self.labelled.get(self.next_labelled) {
            Some((place, labels)) if *place == at => {
                self.next_labelled += 1;
                labels.clone()
            }
            _ => Vec::new(),
        };
        if is_rule(line.text) {
            let furniture = Furniture {
                kind: FurnitureKind::Rule,
                text: line.text.into(),
                line: line.number,
            };
            self.out.furniture.push(furniture);
        } else if self.is_page_foot_link(at) {
            let found = foot::Found {
                target: line.text.into(),
                line: line.number,
                page: line.page,
                before: self.out.units.len(),
            };
            self.out.links.push(found);
        } else if let Some((label, fit)) = self.choose(at, &labels) {
            self.note(line, label, fit);
            self.runs.open(label);
            self.labelled_any = true;
            let (printed, text) = line.text.split_at(label.length);
            self.begin(at, Unit::new(label.kind, printed, Some(label.number), ""));
            self.append(at, text.trim_start());
        } else if self.continues(at) {
            self.append(at, line.text);
        } else {
            self.runs.open_plain();
            self.begin(at, Unit::new(Kind::Paragraph, "", None, ""));
            self.append(at, line.text);
        }
    }

    fn begin(&mut self, at: usize, unit: Unit) {
        let line = &self.lines[at];
        let mut unit = unit;
        unit.page = line.page;
        unit.lines = line.number..line.number;
        self.out.units.push(Draft {
            unit,
            lines: 0,
            ended: false,
        });
    }

    fn append(&mut self, at: usize, text: &str) {
        let line = &self.lines[at];
        let Some(draft) = self.out.units.last_mut() else {
            return;
        };
        join::append(&mut draft.unit.text, text, self.layout.spaced_numbers);
        draft.unit.lines.end = line.number + 1;
        draft.lines += 1;
        draft.ended = line.is_ended();
        self.last_text = Some(at);
    }

    /// True when the line goes on with the unit before it.
    fn continues(&self, at: usize) -> bool {
        let (Some(before), Some(draft)) = (self.last_text, self.out.units.last()) else {
            return false;
        };
        let (before, line) = (&self.lines[before], &self.lines[at]);
        let full = self.layout.is_full(before, line);
        let means_gap = line.gap && !self.layout.double_spaced;
        match draft.unit.kind {
            // A label alone on its line: its text follows.
            _ if draft.unit.text.is_empty() && !means_gap => true,
            Kind::Chapter | Kind::Section | Kind::Heading => {
                full && !before.is_ended() && !means_gap
            }
            _ if means_gap => full && !before.is_ended(),
            _ if self.layout.measure.is_none() => false,
            _ if draft.unit.label.is_empty()
                && (self.layout.double_spaced || !self.labelled_any) =>
            {
                full
            }
            _ if before.is_ended()
                && !self.layout.double_spaced
                && line.indent >= before.indent + 2 =>
            {
                false
            }
            _ => full || !before.is_ended(),
        }
    }

    /// A link alone on its line at the foot of a page, or of one that ends the source.
    fn is_page_foot_link(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let ends_page = self.lines[at + 1..]
            .iter()
            .find(|next| !foot::is_link(next.text))
            .is_none_or(|next| next.starts_page);
        foot::is_link(line.text) && ends_page && self.lines.len() > 1
    }

    fn opening(&self, at: usize) -> Opening {
        let Some(before) = self.last_text else {
            return Opening::Clear;
        };
        let (before, line) = (&self.lines[before], &self.lines[at]);
        let set_apart = line.gap && !self.layout.double_spaced;
        let below_heading = self
            .out
            .units
            .last()
            .is_some_and(|draft| draft.unit.kind.is_heading());
        if set_apart || below_heading || before.is_ended() || !self.layout.is_full(before, line) {
            Opening::Clear
        } else {
            Opening::Doubtful
        }
    }

    /// The reading that fits best, if any does.
    fn choose(&self, at: usize, labels: &[Label]) -> Option<(Label, Fit)> {
        if labels.is_empty() {
            return None;
        }
        let opening = self.opening(at);
        let mut fits: Vec<_> = labels
            .iter()
            .filter_map(|&label| Some((label, self.fit(at, label)?)))
            .filter(|&(label, fit)| opening == Opening::Clear || self.is_borne_out(at, label, fit))
            .collect();
        fits.sort_by_key(|&(_, fit)| fit);
        if let [
            (first, Fit::Next | Fit::First),
            (second, Fit::Next | Fit::First),
            ..,
        ] = fits[..]
        {
            // Both can come next: the one whose own next number comes first is meant.
            let distance = |label| self.ahead(at, successor(label)).unwrap_or(usize::MAX);
            if distance(second) < distance(first) {
                fits.swap(0, 1);
            }
        }
        fits.first().copied()
    }

    fn fit(&self, at: usize, label: Label) -> Option<Fit> {
        if !self.is_in_place(label) {
            return None;
        }
        let number = label.number;
        let run = self.runs.last(label.kind);
        let same_style =
            run.is_none_or(|(style, _)| style == label.style || label.kind == Kind::SubItem);
        let comes = |number| self.ahead(at, Label { number, ..label });
        let goes_on = || comes(number.saturating_add(1));
        match run {
            None if number == 1 => Some(Fit::First),
            None => {
                // Nobody has fifty chapters: a lone C, D, L or M counts sections.
                if label.style == Style::Roman && number >= 50 {
                    return None;
                }
                // The first heading of an extract needs no successor; a paragraph or item does.
                let heading = label.kind.is_heading() && !self.lines[at].is_ended();
                let alone = label.kind == Kind::Paragraph
                    && self.lines[at].gap
                    && self.out.units.is_empty();
                (heading || alone || goes_on().is_some()).then_some(Fit::Start)
            }
            Some((_, last)) if number == last + 1 && same_style => Some(Fit::Next),
            Some((_, last)) if number > last + 1 && number - last <= WIDEST_GAP && same_style => {
                let found_later = comes(last + 1).is_some();
                (!found_later
                    && (goes_on().is_some() || self.lines[at].gap && !label.kind.is_heading()))
                .then_some(Fit::Gap)
            }
            Some(_) if number == 1 && label.kind == Kind::Item && self.runs.fresh_paragraph => {
                Some(Fit::First)
            }
            Some(_) if number == 1 && label.kind == Kind::Paragraph && self.runs.fresh_heading => {
                Some(Fit::Again)
            }
            Some((_, last)) if number == 1 && label.kind < Kind::Item => {
                let second = goes_on()?;
                comes(last + 1)
                    .is_none_or(|next| second < next)
                    .then_some(Fit::Again)
            }
            _ => None,
        }
    }

    /// Some labels mean one thing in one kind of document and another in the next.
    fn is_in_place(&self, label: Label) -> bool {
        let chapter = self.runs.chapter.map(|(style, _)| style);
        let section = self.runs.section.map(|(style, _)| style);
        let text_open = self
            .out
            .units
            .last()
            .is_some_and(|draft| !draft.unit.kind.is_heading() && draft.unit.number.is_some());
        match (label.kind, label.style) {
            (Kind::Chapter, Style::Han) => chapter != Some(Style::Named),
            (Kind::Section, Style::Han) => chapter == Some(Style::Named),
            (Kind::Section, Style::BracketedHan) => {
                chapter.is_some()
                    && section.is_none_or(|style| style == Style::BracketedHan)
                    && !text_open
            }
            (Kind::SubItem, Style::BracketedHan) => {
                // Under a bare heading it is a section of a Chinese white paper, see above.
                text_open || chapter.is_none()
            }
            _ => true,
        }
    }

    /// In the middle of a sentence only the next number of an open run is a label, and only if the
    /// line before leads on to it and the same number does not come again where it should.
    fn is_borne_out(&self, at: usize, label: Label, fit: Fit) -> bool {
        let before = self.last_text.map(|before| &self.lines[before]);
        let leads_on = before.is_some_and(Line::leads_on);
        let listed = matches!(label.kind, Kind::Item | Kind::SubItem);
        let again = self.ahead(at, label);
        let on = self.ahead(at, successor(label));
        listed
            && leads_on
            && matches!(fit, Fit::Next | Fit::First)
            && again.is_none_or(|again| on.is_some_and(|on| on < again))
    }

    /// How many labelled lines ahead `wanted` stands; items are sought only up to where the next
    /// numbered paragraph begins.
    fn ahead(&self, at: usize, wanted: Label) -> Option<usize> {
        let start = self.labelled[self.next_labelled.saturating_sub(1)..]
            .iter()
            .skip_while(|(place, _)| *place <= at);
        let paragraph = self.runs.paragraph.map_or(1, |(_, last)| last + 1);
        for (distance, (_, labels)) in start.take(AHEAD).enumerate() {
            let same = |label: &&Label| {
                label.kind == wanted.kind
                    && label.style == wanted.style
                    && label.number == wanted.number
            };
            if labels.iter().any(|label| same(&label)) {
                return Some(distance);
            }
            let ends_list =
                |label: &Label| label.kind == Kind::Paragraph && label.number == paragraph;
            if wanted.kind >= Kind::Item && labels.iter().any(ends_list) {
                return None;
            }
        }
        None
    }

    fn note(&mut self, line: &Line, label: Label, fit: Fit) {
        let printed = line.text[..label.length].trim_end_matches(['.', '．', '、', ':', '：', ',']);
        let kind = label.kind.name();
        let units = &self.out.units;
        let text =
            match fit {
                Fit::Next | Fit::First => return,
                Fit::Start => {
                    let above = units
                        .iter()
                        .rev()
                        .find(|draft| draft.unit.kind < label.kind && !draft.unit.label.is_empty());
                    match above.filter(|_| !matches!(label.kind, Kind::Chapter | Kind::Paragraph)) {
                        Some(draft) => {
                            format!(
                                "{kind}s under {} {} start at {printed}",
                                draft.unit.kind.name(),
                                draft.unit.short_label()
                            )
                        }
                        None => format!("{kind}s start at {printed}"),
                    }
                }
                Fit::Gap => {
                    let last =
                        self.out.units.iter().rev().find(|draft| {
                            draft.unit.kind == label.kind && draft.unit.number.is_some()
                        });
                    format!(
                        "{kind} {printed} follows {}",
                        last.map_or("", |draft| draft.unit.short_label())
                    )
                }
                Fit::Again => format!("{kind} numbers start again at {printed}"),
            };
        self.out.notes.push(Note {
            line: line.number,
            text,
        });
    }
}

fn successor(label: Label) -> Label {
    Label {
        number: label.number.saturating_add(1),
        ..label
    }
}

/// A drawn line, as under a heading; not a row of full stops, which leads to something.
fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| !c.is_whitespace());
    marks.clone().count() >= 3 && marks.clone().all(|c| "-=_*~—–─━═".contains(c))
}
