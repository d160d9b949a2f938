//! Whether a label at the start of a line is one: what number can come next decides.
//!
//! A label is taken for one where its number continues a run that is open, begins one, or, in an
//! extract, is borne out by what follows; and where the line before lets a unit begin.

use crate::read::Role;
use crate::report::Kind;

use super::course::Course;
use super::label::{Label, Style};
use super::line::{Layout, Line};
use super::outline::Draft;
use super::table::SMALL;

/// How many labelled lines ahead a doubt is followed; a list this long was never seen.
const AHEAD: usize = 300;
/// A wider gap in a run of numbers must be borne out by two numbers behind it, not by one.
const WIDE_GAP: u32 = 30;
/// Longer than any heading on one line, in columns.
const LONGEST_HEADING: usize = 120;
/// Nobody has fifty chapters: a lone C, D, L or M counts sections.
const MOST_CHAPTERS: u32 = 49;

/// The style and the number of a label that was taken for one.
pub(super) type Last = (Style, u32);

/// The numbers that were last seen of each kind, within what is open.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// By kind, outermost first.
    last: [Option<Last>; Kind::Footnote as usize + 1],
    /// True when a heading came since the last numbered paragraph, so numbers may start again.
    fresh_heading: bool,
    /// True when a paragraph without a number came since the last item, so items may start again.
    fresh_paragraph: bool,
    /// The next number of a list inside a paragraph that is numbered as paragraphs are.
    inner: Option<u32>,
    /// The last article: articles run on through the chapters they stand in.
    article: u32,
    /// The number before the point of the last item.
    prefix: u32,
    /// The number before the point of the last paragraph.
    before_point: u32,
}

impl Runs {
    fn last(&self, kind: Kind) -> Option<(Style, u32)> {
        self.last[kind as usize]
    }

    /// True when items are open, so that a bullet stands under one of them.
    pub(super) fn has_items(&self) -> bool {
        self.last(Kind::Item).is_some() && !self.fresh_paragraph
    }

    /// Takes in a label that is one.
    pub(super) fn open(&mut self, label: Label) {
        // What stands deeper begins anew; but paragraph numbers run on through all headings, if
        // these do not begin something of its own.
        let paragraph = self.last(Kind::Paragraph);
        self.last[label.kind as usize + 1..].fill(None);
        let divides = matches!(
            label.kind,
            Kind::Part | Kind::Annex | Kind::Appendix | Kind::Article
        );
        if !divides {
            self.last[Kind::Paragraph as usize] = paragraph;
        }
        if label.kind == Kind::Heading {
            // Its numbers are those of headings only.
            self.last[Kind::Heading as usize] = None;
        } else {
            self.last[label.kind as usize] = Some((label.style, label.number));
        }
        if label.kind == Kind::Article {
            self.article = label.number;
        }
        if matches!(label.kind, Kind::Part | Kind::Annex | Kind::Appendix) {
            self.article = 0;
        }
        if label.kind == Kind::Item {
            self.prefix = label.prefix;
        }
        if label.kind == Kind::Paragraph {
            self.before_point = label.prefix;
        }
        let heading = label.kind < Kind::Paragraph;
        if heading {
            self.inner = None;
        }
        self.fresh_heading = heading || (self.fresh_heading && label.kind != Kind::Paragraph);
        self.fresh_paragraph = false;
    }

    /// Takes in a paragraph without a number.
    pub(super) fn open_plain(&mut self) {
        self.fresh_paragraph = true;
        self.fresh_heading = true;
    }

    /// Takes in what looks like a label but is text, perhaps of a list inside a paragraph.
    pub(super) fn refuse(&mut self, label: Label) {
        if self.is_entry(label) {
            self.inner = Some(label.number + 1);
        }
    }

    /// True for what looks like a label and counts the entries of a list inside a paragraph.
    pub(super) fn is_entry(&self, label: Label) -> bool {
        label.kind == Kind::Paragraph && (label.number == 1 || self.inner == Some(label.number))
    }

    /// True when an article is open that stands under no section: what is counted as sections are
    /// is inside it.
    pub(super) fn is_within_article(&self) -> bool {
        self.last(Kind::Article).is_some() && self.last(Kind::Section).is_none()
    }

    /// True when a numbered paragraph is open.
    pub(super) fn has_paragraph(&self) -> bool {
        self.last(Kind::Paragraph).is_some() && !self.fresh_heading
    }
}

/// How a label fits what is open, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
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

/// A line, with all that bears on what its label is.
pub(super) struct Situation<'a> {
    pub line: &'a Line<'a>,
    /// The line of text before it.
    pub before: Option<&'a Line<'a>>,
    /// The unit before it.
    pub last: Option<&'a Draft>,
    pub runs: &'a Runs,
    pub layout: Layout,
    /// True when the line behind it does not go on with it: it ends before the measure, or there is
    /// more than the usual space.
    pub ends_short: bool,
    /// What the number at its start is in the course of all.
    pub course: Course,
    /// The lines behind it that have labels, with all readings of these.
    pub ahead: &'a [(usize, Vec<Label>)],
}

impl Situation<'_> {
    /// The reading that fits best, if any does.
    pub(super) fn choose(&self, labels: &[Label]) -> Option<(Label, Fit)> {
        if labels.is_empty() {
            return None;
        }
        let clear = self.is_clear();
        let fits = labels
            .iter()
            .filter_map(|&label| Some((label, self.fit(label)?)));
        let mut fits: Vec<_> = fits
            .filter(|&(label, fit)| {
                // Nobody types a tab in mid-sentence.
                let tabbed = self.line.text[label.length..].starts_with('\t');
                clear || tabbed || self.is_in_run(label) || self.is_borne_out(label, fit)
            })
            .collect();
        fits.sort_by_key(|&(_, fit)| fit);
        // Beside Roman chapters no run of letters begins at I or V: the chapters begin again.
        if let [(_, Fit::Start), (chapter, Fit::Again), ..] = fits[..]
            && chapter.style == Style::Roman
        {
            fits.swap(0, 1);
        }
        if let [
            (first, Fit::Next | Fit::First),
            (second, Fit::Next | Fit::First),
            ..,
        ] = fits[..]
        {
            // Both can come next: the one whose own next number comes first is meant.
            let distance = |label: Label| self.comes(label, label.number + 1).unwrap_or(usize::MAX);
            if distance(second) < distance(first) {
                fits.swap(0, 1);
            }
        }
        fits.first().copied()
    }

    /// True for a number that a run of paragraphs would miss, wherever it stands.
    fn is_in_run(&self, label: Label) -> bool {
        self.course == Course::Run && (label.kind, label.style) == (Kind::Paragraph, Style::Digits)
    }

    /// True when the line is text between two items of one list.
    pub(super) fn list_goes_on(&self) -> bool {
        let Some((style, last)) = self.runs.last(Kind::Item) else {
            return false;
        };
        let item = |number| Label {
            kind: Kind::Item,
            style,
            prefix: 0,
            number,
            length: 0,
        };
        let next = self.comes(item(last), last + 1);
        let anew = self.comes(item(last), 1);
        next.is_some_and(|next| anew.is_none_or(|anew| next < anew))
    }

    /// True when the line before lets a unit begin; else it is filled and in mid-sentence.
    fn is_clear(&self) -> bool {
        let Some(before) = self.before else {
            return true;
        };
        let below_heading = self.last.is_some_and(|draft| draft.unit.kind.is_heading());
        below_heading || self.layout.is_clear(before, self.line)
    }

    fn fit(&self, label: Label) -> Option<Fit> {
        if !self.is_in_place(label) || (label.kind.is_heading() && self.is_sentence(label)) {
            return None;
        }
        match label.kind {
            Kind::Part | Kind::Annex | Kind::Appendix => {
                // With a title behind it on its line, the line is not that of running text.
                let alone = label.length >= self.line.text.len();
                let titled = self.line.look.bold || (self.ends_short && self.line.gap);
                return (alone || titled).then_some(Fit::First);
            }
            Kind::Article => return Some(self.fit_article(label.number)),
            Kind::Paragraph if label.style == Style::Digits => return self.fit_paragraph(label),
            _ if label.style == Style::Dotted => return Some(self.fit_dotted(label)),
            _ => {}
        }
        let number = label.number;
        let comes = |number| self.comes(label, number);
        let goes_on = comes(number.saturating_add(1)).is_some();
        let Some((style, last)) = self.runs.last(label.kind) else {
            let start = match label.kind {
                // The first heading of an extract needs no successor; an item does.
                Kind::Chapter | Kind::Section => !self.line.is_ended(),
                _ => goes_on,
            };
            return match number {
                1 => Some(Fit::First),
                _ => start.then_some(Fit::Start),
            };
        };
        let same_style = style == label.style || label.kind == Kind::SubItem;
        if number == last + 1 && same_style {
            return Some(Fit::Next);
        }
        if number > last + 1 && same_style {
            let missing = comes(last + 1).is_none();
            let borne_out = goes_on || (self.line.gap && !label.kind.is_heading());
            let near = number - last <= WIDE_GAP;
            let far = self.line.gap && goes_on && comes(number.saturating_add(2)).is_some();
            return (missing && if near { borne_out } else { far }).then_some(Fit::Gap);
        }
        if number != 1 {
            return None;
        }
        match label.kind {
            Kind::Item | Kind::SubItem => self.runs.fresh_paragraph.then_some(Fit::First),
            Kind::Chapter | Kind::Section => {
                let second = comes(2)?;
                comes(last + 1)
                    .is_none_or(|next| second < next)
                    .then_some(Fit::Again)
            }
            _ => None,
        }
    }

    /// Articles run on through chapters, and start again in an annex.
    fn fit_article(&self, number: u32) -> Fit {
        match (self.runs.article, number) {
            (last, number) if number == last + 1 => Fit::Next,
            (0, _) => Fit::Start,
            (_, 1) => Fit::Again,
            _ => Fit::Gap,
        }
    }

    /// Whether a number is a paragraph's, the course of all numbers tells; of one that stands alone
    /// its neighbours.
    fn fit_paragraph(&self, label: Label) -> Option<Fit> {
        let number = label.number;
        let last = self
            .runs
            .last(Kind::Paragraph)
            .filter(|_| self.runs.before_point == 0);
        let run = self.course == Course::Run;
        let inner = self.runs.inner == Some(number);
        if self.course == Course::Inside {
            return None;
        }
        let Some((_, last)) = last else {
            let below_heading = self.last.is_none_or(|draft| draft.unit.kind.is_heading());
            let start = run || (self.line.gap && below_heading);
            return match number {
                1 => Some(Fit::First),
                _ => start.then_some(Fit::Start),
            };
        };
        match number {
            _ if number == last + 1 => (run || !inner).then_some(Fit::Next),
            _ if number > last + 1 => {
                let near = number - last <= WIDE_GAP;
                (run || (near && self.line.gap)).then_some(Fit::Gap)
            }
            1 => (run || (self.runs.fresh_heading && self.line.gap)).then_some(Fit::Again),
            _ => run.then_some(Fit::Again),
        }
    }

    /// `26.1` under paragraph 26 is an item, `13.1` a paragraph or, alone on a short line, a heading.
    fn fit_dotted(&self, label: Label) -> Fit {
        let (open, prefix) = match label.kind {
            Kind::Item => (self.runs.last(Kind::Item), self.runs.prefix),
            _ => (self.runs.last(Kind::Paragraph), self.runs.before_point),
        };
        match open {
            _ if label.kind == Kind::Heading => Fit::Next,
            Some((Style::Dotted, last)) if prefix == label.prefix => match label.number {
                number if number == last + 1 => Fit::Next,
                number if number > last => Fit::Gap,
                _ => Fit::Again,
            },
            _ if label.number == 1 => Fit::First,
            _ => Fit::Start,
        }
    }

    /// Some labels mean one thing in one kind of document and another in the next.
    fn is_in_place(&self, label: Label) -> bool {
        let chapter = self.runs.last(Kind::Chapter).map(|(style, _)| style);
        let section = self.runs.last(Kind::Section).map(|(style, _)| style);
        // Text that is numbered, or that says a list follows.
        let text_open = self.last.is_some_and(|draft| {
            let introduces = draft.unit.text.ends_with([':', '：']);
            !draft.unit.kind.is_heading() && (draft.unit.number.is_some() || introduces)
        });
        // Small letters are those of tables, but for names in small capitals.
        let named = label.style == Style::Named;
        if label.kind.is_heading() && !named && SMALL.contains(&self.line.look.size) {
            return false;
        }
        // Chinese treaties count the paragraphs of an article by 一、, others by (1).
        let article = self.runs.last(Kind::Article).is_some();
        let own = article && {
            let open = self.runs.last(Kind::Paragraph).map(|(style, _)| style);
            open.is_none_or(|style| style == label.style)
        };
        match (label.kind, label.style) {
            (Kind::Chapter, Style::Roman) => label.number <= MOST_CHAPTERS,
            (Kind::Chapter | Kind::Section, Style::Han) if article => false,
            (Kind::Chapter, Style::Han) => chapter != Some(Style::Named),
            (Kind::Section, Style::Han) => chapter == Some(Style::Named),
            (Kind::Section, _) if self.runs.is_within_article() => false,
            (Kind::Paragraph, Style::Han | Style::BracketedDigits) => own,
            (Kind::Item | Kind::SubItem, Style::BracketedDigits) if own => false,
            (Kind::Section, Style::BracketedHan) => {
                let run = section.is_none_or(|style| style == Style::BracketedHan);
                chapter.is_some() && run && !text_open
            }
            // Under a bare heading it is a section of a Chinese white paper, see above.
            (Kind::SubItem, Style::BracketedHan) => text_open || chapter.is_none(),
            // Sub-items where items are written otherwise, else items.
            (Kind::Item, Style::BracketedDigits) => self
                .runs
                .last(Kind::Item)
                .is_none_or(|(style, _)| style == label.style),
            (Kind::SubItem, Style::BracketedDigits) => self
                .runs
                .last(Kind::Item)
                .is_some_and(|(style, _)| style != label.style),
            (kind, Style::Dotted) => kind == self.dotted_kind(label),
            _ => true,
        }
    }

    /// What a label like `26.1` is here.
    fn dotted_kind(&self, label: Label) -> Kind {
        let under = self.runs.last(Kind::Paragraph) == Some((Style::Digits, label.prefix));
        let line = self.line;
        let short = self.ends_short && !line.is_ended() && line.width <= LONGEST_HEADING;
        // A sentence has items, whatever the length of their lines; a numbered title has headings.
        let listed = matches!(self.runs.last(Kind::Item), Some((Style::Dotted, last)) if last < label.number)
            && self.runs.prefix == label.prefix;
        let sentence = self.last.is_some_and(|last| {
            last.ended
                && last.unit.kind == Kind::Paragraph
                && last.unit.number == Some(label.prefix)
        });
        match () {
            () if under && (!short || listed || sentence) => Kind::Item,
            () if short || matches!(line.role, Role::Heading(_)) => Kind::Heading,
            () => Kind::Paragraph,
        }
    }

    /// True for a line that looks like a heading but is a sentence that begins with a name, as in
    /// `C. Smith was elected.`: it ends in a full stop, and the number is borne out elsewhere or
    /// nowhere.
    fn is_sentence(&self, label: Label) -> bool {
        if !self.line.is_ended() || self.line.text.split_whitespace().nth(2).is_none() {
            return false;
        }
        let next = self.comes(label, label.number + 1);
        match self.comes(label, label.number) {
            Some(again) => next.is_none_or(|next| again < next),
            None => next.is_none() && self.runs.last(label.kind).is_none(),
        }
    }

    /// In mid-sentence only the next number of an open run is a label, or the first where its
    /// second follows; and only if the line before leads on to it and the same number does not
    /// come again where it should.
    fn is_borne_out(&self, label: Label, fit: Fit) -> bool {
        let leads_on = self.before.is_some_and(Line::leads_on);
        let listed = matches!(label.kind, Kind::Item | Kind::SubItem);
        let again = self.comes(label, label.number);
        let on = self.comes(label, label.number + 1);
        let once = again.is_none_or(|again| on.is_some_and(|on| on < again));
        listed && leads_on && once && (fit == Fit::Next || (fit == Fit::First && on.is_some()))
    }

    /// How many labelled lines ahead a label like this one has this `number`; items are sought
    /// only up to where the next numbered paragraph begins.
    fn comes(&self, like: Label, number: u32) -> Option<usize> {
        let paragraph = self
            .runs
            .last(Kind::Paragraph)
            .map_or(1, |(_, last)| last + 1);
        for (distance, (_, labels)) in self.ahead.iter().take(AHEAD).enumerate() {
            let same = |label: &Label| {
                (label.kind, label.style, label.number) == (like.kind, like.style, number)
            };
            if labels.iter().any(same) {
                return Some(distance);
            }
            let ends_list =
                |label: &Label| label.kind == Kind::Paragraph && label.number == paragraph;
            if like.kind >= Kind::Item && labels.iter().any(ends_list) {
                return None;
            }
        }
        None
    }
}
