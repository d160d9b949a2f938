//! The head of the first page: organization, symbol, date, session, agenda item, title.
//!
//! Its lines are told by their words (`words`), cell by cell (`cell`). What stands between them is
//! the long name of a body or the words of the agenda item; what stands behind the last of them is
//! the title. Where nothing says that there is a masthead, nothing is read as one.

mod cell;
mod words;

use std::collections::HashMap;
use std::ops::Range;

use crate::read::Role;
use crate::report::script::is_han;
use crate::report::{FurnitureKind, Masthead};

use super::furniture;
use super::join::Joiner;
use super::label::labels;
use super::line::{Line, Part};

use cell::{Piece, cells, folded, pieces, starts};

/// More lines than any masthead has, with its cover.
const LONGEST: usize = 80;
/// More lines and characters than any title has.
const TITLE_LINES: usize = 10;
const TITLE_LENGTH: usize = 600;

/// What a line of the head of a document is.
#[derive(Debug)]
enum Class {
    /// Of the masthead, wholly or, beside a symbol or a date, in part.
    Known(Vec<Piece>),
    /// Perhaps a title, or words that a masthead goes on with.
    Open,
}

impl Class {
    fn has(&self, test: impl Fn(&Piece) -> bool) -> bool {
        matches!(self, Self::Known(pieces) if pieces.iter().any(test))
    }
}

/// Reads what the head of the first page states and sets its lines aside, but for the title, which
/// is text.
pub(super) fn mark(lines: &mut [Line]) -> Masthead {
    let mut masthead = Masthead::default();
    let head = Head::of(lines);
    if head.is_masthead() {
        let title = head.title(lines);
        head.read(&mut masthead);
        head.set_aside(lines, &title);
        let joiner = Joiner::default();
        let mut words = String::new();
        for at in title {
            lines[at].part = Part::Title;
            joiner.append(&mut words, &lines[at].text);
        }
        masthead.title = Some(words.trim_end_matches(['*', '†']).into())
            .filter(|title: &String| !title.is_empty());
        mark_foot(lines, &mut masthead);
    }
    if masthead.title.is_none()
        && let Some(line) = lines
            .iter_mut()
            .find(|line| line.role == Role::Heading(0) && line.part == Part::Body)
    {
        line.part = Part::Title;
        masthead.title = Some(line.text.clone().into_owned());
    }
    masthead.symbol = masthead.symbol.or_else(|| running_symbol(lines));
    masthead
}

/// The lines at the head of a document, up to its first heading or paragraph.
struct Head {
    /// The places of the lines, with what each is.
    lines: Vec<(usize, Class)>,
    /// The last that is of the masthead, as a place in `lines`.
    last: Option<usize>,
}

impl Head {
    fn of(lines: &[Line]) -> Self {
        let mut head = Self {
            lines: Vec::new(),
            last: None,
        };
        // Dates belong to a title once a session or an item was named.
        let mut within = false;
        for (at, line) in lines.iter().enumerate() {
            if head.lines.len() >= LONGEST || line.page > lines[0].page + 3 {
                break;
            }
            let furniture = match line.part {
                // That of a later page says nothing of where the masthead ends.
                Part::Aside(FurnitureKind::RunningHead) if line.page > lines[0].page => continue,
                Part::Aside(FurnitureKind::RunningHead) => true,
                Part::Aside(_) => continue,
                _ => false,
            };
            let mut known = known(line);
            if let Some(found) = &known
                && let Some((above, Class::Open)) = head.lines.last()
                && (within
                    || starts(&lines[*above].text, &words::TITLES).is_some()
                    || is_subtitle(&lines[*above]))
                && !line.gap
                && found
                    .iter()
                    .all(|piece| matches!(piece, Piece::Date(_) | Piece::Days(_)))
            {
                known = None;
            }
            match known {
                Some(found) => {
                    within |= found.iter().any(|piece| {
                        matches!(piece, Piece::Session(_) | Piece::Item(_) | Piece::Other)
                    });
                    head.last = Some(head.lines.len());
                    head.lines.push((at, Class::Known(found)));
                }
                None if furniture => {}
                None if ends_head(line) => {
                    head.end_before(lines, at);
                    break;
                }
                None => head.lines.push((at, Class::Open)),
            }
        }
        head
    }

    /// Drops the lines that run on into one that ends a sentence: they are a paragraph. What
    /// begins there as titles do, and ends before its line was full, is one.
    fn end_before(&mut self, lines: &[Line], end: usize) {
        if !is_sentence(&lines[end]) {
            return;
        }
        let mut start = self.lines.len();
        let mut below = end;
        while start > 0
            && let (at, Class::Open) = self.lines[start - 1]
            && !lines[below].gap
            && lines[below].role == Role::Line
        {
            below = at;
            start -= 1;
        }
        let is_title =
            |(at, _): &(usize, Class)| starts(&lines[*at].text, &words::TITLES).is_some();
        if let Some(first) = self.lines[start..].iter().position(is_title) {
            let title = start + first..self.lines.len();
            start = self.short_line(lines, &title).unwrap_or(start);
        }
        self.lines.truncate(start);
    }

    /// The first place behind a line that ends though the next word had fitted on it.
    fn short_line(&self, lines: &[Line], block: &Range<usize>) -> Option<usize> {
        let line = |place: usize| &lines[self.lines[place].0];
        let mut widest = 0;
        block.clone().skip(1).find(|&place| {
            let (above, below) = (line(place - 1), line(place));
            widest = widest.max(above.width);
            let word = below
                .text
                .split_whitespace()
                .next()
                .unwrap_or("")
                .chars()
                .count();
            let capital = below.text.starts_with(|c: char| !c.is_lowercase());
            capital && !above.leads_on() && above.width + 1 + word < widest
        })
    }

    fn known(&self) -> impl Iterator<Item = &Piece> {
        self.lines.iter().flat_map(|(_, class)| match class {
            Class::Known(pieces) => pieces.as_slice(),
            Class::Open => &[],
        })
    }

    /// True where enough says that this is a masthead: a symbol, a kind of distribution, a language,
    /// or two of a body, a session and an agenda item.
    fn is_masthead(&self) -> bool {
        let has = |test: fn(&Piece) -> bool| self.known().any(test);
        let sure = has(|piece| {
            matches!(
                piece,
                Piece::Symbol(_)
                    | Piece::Distribution
                    | Piece::Original(_)
                    | Piece::Other
                    | Piece::Meeting
            )
        });
        let parts = [
            has(|piece| *piece == Piece::Body),
            has(|piece| matches!(piece, Piece::Session(_))),
            has(|piece| matches!(piece, Piece::Item(_))),
        ];
        let first = self
            .lines
            .iter()
            .position(|(_, class)| matches!(class, Class::Known(_)));
        first.is_some_and(|at| at < 16) && (sure || parts.iter().filter(|one| **one).count() >= 2)
    }

    /// Takes over what is stated, the first of each.
    fn read(&self, masthead: &mut Masthead) {
        let mut days = None;
        for piece in self.known() {
            let (place, words) = match piece {
                Piece::Symbol(words) => (&mut masthead.symbol, words),
                Piece::Original(words) => (&mut masthead.original, words),
                Piece::Date(words) => (&mut masthead.date, words),
                Piece::Days(words) => (&mut days, words),
                Piece::Session(words) => (&mut masthead.session, words),
                Piece::Item(words) => (&mut masthead.agenda_item, words),
                _ => continue,
            };
            place.get_or_insert_with(|| words.clone());
        }
        // The day of a document goes before those of a session.
        masthead.date = masthead.date.take().or(days);
    }

    /// Sets all lines aside up to the last of the masthead or the title, but for the title.
    fn set_aside(&self, lines: &mut [Line], title: &[usize]) {
        let words: String = title.iter().map(|&at| compact(&lines[at].text)).collect();
        let end = self.last.map_or(0, |last| last + 1);
        let first = title.first().copied().unwrap_or(0);
        for (place, &(at, ref class)) in self.lines.iter().enumerate() {
            // The cover of a volume has the title too.
            let again = matches!(class, Class::Open) && at > first && {
                let line = compact(&lines[at].text);
                line.chars().count() > 4 && words.contains(&line)
            };
            if !title.contains(&at) && (place < end || at < first || again) {
                lines[at].part = Part::Aside(FurnitureKind::Masthead);
            }
        }
    }

    /// The places of the lines of the title; none where nothing looks like one.
    fn title(&self, lines: &[Line]) -> Vec<usize> {
        // Behind those who submit a draft stands its title.
        let sponsors = self
            .lines
            .iter()
            .rposition(|(at, _)| names_sponsors(&lines[*at].text));
        let last = self.last.unwrap_or(0).max(sponsors.map_or(0, |at| at + 1));
        let blocks = self.blocks(lines);
        let text = |place: usize| &*lines[self.lines[place].0].text;
        let (before, mut behind): (Vec<_>, Vec<_>) =
            blocks.into_iter().partition(|block| block.start < last);
        // A stray letter beside the emblem is no title.
        behind.retain(|block| {
            let mut block = block.clone();
            block.any(|place| text(place).chars().filter(|c| c.is_alphabetic()).count() >= 2)
        });
        let behind_item = |block: &Range<usize>| {
            let above = block.start.checked_sub(1).map(|above| &self.lines[above].1);
            above.is_some_and(|class| class.has(|piece| matches!(piece, Piece::Item(_))))
        };
        let titled = |block: &Range<usize>| starts(text(block.start), &words::TITLES).is_some();
        // A cover has the title before the rest.
        let cover = before
            .iter()
            .find(|block| titled(block) && !behind_item(block));
        let meeting = |(_, class): &(usize, Class)| class.has(|piece| *piece == Piece::Meeting);
        let meeting = self.lines.iter().position(meeting);
        let longest = || {
            let open = before.iter().filter(|block| !behind_item(block));
            open.max_by_key(|block| block.len()).cloned()
        };
        let found = meeting
            .map(|at| at..at + 1)
            .or(cover.cloned())
            .or_else(|| self.title_behind(lines, &behind))
            .or_else(longest);
        let Some(found) = found else {
            return Vec::new();
        };
        found.map(|place| self.lines[place].0).collect()
    }

    /// Runs of open lines that stand together and look alike, as places in `lines`.
    fn blocks(&self, lines: &[Line]) -> Vec<Range<usize>> {
        let mut blocks: Vec<Range<usize>> = Vec::new();
        for (place, (at, class)) in self.lines.iter().enumerate() {
            let line = &lines[*at];
            if matches!(class, Class::Known(_)) {
                continue;
            }
            let follows = blocks.last().is_some_and(|block| block.end == place) && {
                let above = &lines[self.lines[place - 1].0];
                let alike = above.look.bold == line.look.bold
                    && above.look.size.abs_diff(line.look.size) <= 5;
                let named = names_sponsors(&above.text) || is_subtitle(line);
                let short = above.width * 2 < widest(lines, &self.lines, blocks.last())
                    && !above.leads_on();
                let capital = line.text.starts_with(|c: char| !c.is_lowercase());
                line.role == Role::Line && !line.gap && alike && !(short && capital || named)
            };
            match blocks.last_mut() {
                Some(block) if follows => block.end = place + 1,
                _ => blocks.push(place..place + 1),
            }
        }
        blocks
    }

    /// The title among the blocks behind the last line of the masthead.
    fn title_behind(&self, lines: &[Line], blocks: &[Range<usize>]) -> Option<Range<usize>> {
        let line = |place: usize| &lines[self.lines[place].0];
        let first = blocks.first()?.clone();
        let second = blocks.get(1).filter(|block| {
            self.is_apart(lines, block.start)
                && !is_subtitle(line(block.start))
                && self.is_title(lines, block)
        });
        let above = first
            .start
            .checked_sub(1)
            .map(|above| (line(above), &self.lines[above].1));
        let item = above.filter(|(_, class)| class.has(|piece| matches!(piece, Piece::Item(_))));
        let title = match (item, second) {
            // The words of the agenda item stand close under it, and are set like it.
            (Some((item, _)), second) if !stands_out(line(first.start), item) => match second {
                Some(second) => second.clone(),
                None => self.split(lines, first),
            },
            _ => first,
        };
        self.is_title(lines, &title).then_some(title)
    }

    /// True where more than a line end parts a line from the one before it.
    fn is_apart(&self, lines: &[Line], place: usize) -> bool {
        let (above, below) = (&lines[self.lines[place - 1].0], &lines[self.lines[place].0]);
        below.gap
            || below.role != Role::Line
            || above.look.size.abs_diff(below.look.size) > 5
            || above.look.bold != below.look.bold
    }

    /// Cuts the words of an agenda item from the title that follows without a gap: where a title
    /// begins by its words, or where a line ends though the next word had fitted on it.
    fn split(&self, lines: &[Line], block: Range<usize>) -> Range<usize> {
        let line = |place: usize| &lines[self.lines[place].0];
        let begins = |place: &usize| starts(&line(*place).text, &words::TITLES).is_some();
        let titled = block.clone().skip(1).find(begins);
        let at = titled.or_else(|| self.short_line(lines, &block));
        at.unwrap_or(block.start)..block.end
    }

    fn is_title(&self, lines: &[Line], block: &Range<usize>) -> bool {
        let line = |place: usize| &lines[self.lines[place].0];
        let length: usize = block.clone().map(|place| line(place).text.len()).sum();
        let last = line(block.end - 1);
        let ended = last
            .text
            .ends_with(['.', ';', ':', ',', '。', '；', '：', '，']);
        block.len() <= TITLE_LINES
            && length <= TITLE_LENGTH
            && !ended
            && line(block.start).text.contains(char::is_alphabetic)
    }
}

/// The width of the widest line of a block.
fn widest(lines: &[Line], head: &[(usize, Class)], block: Option<&Range<usize>>) -> usize {
    let places = block.cloned().unwrap_or(0..0);
    places
        .map(|place| lines[head[place].0].width)
        .max()
        .unwrap_or(0)
}

/// True for `Agenda item 3`, `Tema 3 del programa (continuación)`: a short line that names an item of
/// an agenda by its number.
pub(super) fn names_item(line: &str) -> bool {
    let numbered = |name: &&str| {
        let rest = line.strip_prefix(*name).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || is_han(c)))
    };
    line.chars().count() <= 60
        && words::ITEM.iter().any(numbered)
        && words::AGENDA
            .iter()
            .any(|word| line.to_lowercase().contains(word))
}

/// True for `Chad, Chile and Cuba: draft resolution`, or the last line of it.
fn names_sponsors(text: &str) -> bool {
    let text = text.trim_end_matches('*');
    text.rsplit_once([':', '：']).is_some_and(|(_, draft)| {
        let draft = draft.trim_start_matches('*').trim().to_lowercase();
        words::DRAFTS.contains(&&*draft)
    })
}

/// True for a line that is set as a title is, beside the line of the agenda item above it: apart
/// from it, or larger. A paragraph is always apart, and says nothing by it.
fn stands_out(line: &Line, item: &Line) -> bool {
    let larger = line.look.size > item.look.size + 5 || matches!(line.role, Role::Heading(_));
    let apart = line.role == Role::Line && line.gap && line.indent != item.indent;
    larger || apart || (line.look.bold && !item.look.bold && line.look.centred)
}

/// The pieces of a line of a masthead: all its cells are, or some beside one that is sure.
fn known(line: &Line) -> Option<Vec<Piece>> {
    if !matches!(
        line.role,
        Role::Line | Role::Paragraph | Role::Table | Role::Head | Role::Entry(_) | Role::Heading(_)
    ) {
        return None;
    }
    let mut found = Vec::new();
    let mut strange = 0;
    let mut seen = 0;
    for cell in cells(&line.text).take(12) {
        seen += 1;
        if found.contains(&Piece::President) {
            // Leaders and a State follow the name.
            break;
        }
        match pieces(cell) {
            Some(pieces) => found.extend(pieces),
            None => strange += 1,
        }
    }
    // What a line of an adopted text says of its report: [on the report of the Third Committee].
    if seen > 0
        && line.text.starts_with('[')
        && line.text.ends_with(']')
        && line.text.chars().count() < 160
    {
        return Some(vec![Piece::Other]);
    }
    let sure = found.iter().any(|piece| {
        matches!(
            piece,
            Piece::Symbol(_) | Piece::Distribution | Piece::Original(_) | Piece::Date(_)
        )
    });
    (!found.is_empty() && (strange == 0 || (sure && strange == 1))).then_some(found)
}

/// True where the text of a report begins: a label, a heading that opens reports, a sentence, the
/// body that speaks in a resolution.
fn ends_head(line: &Line) -> bool {
    let text = &*line.text;
    let opens = || starts(text, &words::OPENINGS) == Some(text.len());
    let speaks = || {
        let bare = text.trim_end_matches([',', '，', '،']);
        let name = ["The ", "L’", "L'", "La ", "El ", "Le "]
            .iter()
            .find_map(|article| bare.strip_prefix(article))
            .unwrap_or(bare);
        bare.len() < text.len() && starts(name, &words::BODIES) == Some(name.len())
    };
    line.stated > 0
        || !labels(text).is_empty()
        || matches!(line.role, Role::Table | Role::Footnote | Role::Entry(_))
        || opens()
        || speaks()
        || text.starts_with('*')
        || is_sentence(line)
}

/// True for what stands under a title: who wrote the document, or what it is.
fn is_subtitle(line: &Line) -> bool {
    starts(&line.text, &words::SUBTITLES).is_some()
}

/// True where a sentence ends; not in a note under the text, which has a star.
fn is_sentence(line: &Line) -> bool {
    !line.text.starts_with('*') && line.text.ends_with(['.', '。', '؟', '?']) && line.width > 12
}

/// Sets aside a masthead that stands at the end of the first page, where some readers of PDFs put
/// it.
fn mark_foot(lines: &mut [Line], masthead: &mut Masthead) {
    let end = lines
        .iter()
        .position(|line| line.page > lines[0].page)
        .unwrap_or(0);
    let mut foot = Head {
        lines: Vec::new(),
        last: None,
    };
    for at in (0..end).rev().take(16) {
        match (lines[at].part, known(&lines[at])) {
            (Part::Aside(_), _) => {}
            (Part::Body, Some(found)) => foot.lines.insert(0, (at, Class::Known(found))),
            _ => break,
        }
    }
    let sure = |piece: &Piece| {
        matches!(
            piece,
            Piece::Symbol(_) | Piece::Distribution | Piece::Original(_)
        )
    };
    if foot.known().any(sure) {
        foot.last = Some(foot.lines.len());
        if foot.known().any(|piece| matches!(piece, Piece::Date(_))) {
            masthead.date = None;
        }
        foot.read(masthead);
        foot.set_aside(lines, &[]);
    }
}

/// The symbol that running heads have most often, if more than once.
fn running_symbol(lines: &[Line]) -> Option<String> {
    let mut seen: HashMap<String, (usize, usize)> = HashMap::new();
    let heads = lines.iter().enumerate();
    let heads = heads.filter(|(_, line)| line.part == Part::Aside(FurnitureKind::RunningHead));
    for (at, line) in heads {
        for symbol in furniture::shape(&line.text)
            .into_iter()
            .flat_map(|shape| shape.symbols)
        {
            seen.entry(symbol).or_insert((0, at)).0 += 1;
        }
    }
    let most = seen
        .into_iter()
        .max_by_key(|(_, (count, first))| (*count, usize::MAX - first))?;
    (most.1.0 >= 2).then_some(most.0)
}

/// A text as it compares to another: without spaces, accents and case.
fn compact(text: &str) -> String {
    folded(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}
