//! Footnotes and endnotes: which lines are theirs, and where each begins.
//!
//! Formats that tell notes from text say so of each line. In plain text they stand at the foot of a
//! page, behind a drawn rule or where a line begins with the number that a call above it waits for,
//! or as endnotes under a heading of that name. [`super::call`] sees to the numbers that call them,
//! [`super::tie`] to the units they go behind.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::report::numeral::parse_letters;
use crate::report::script::is_han;

use super::call::{self, Candidate, Strength};
use super::label::labels;
use super::line::{Line, Part};
use crate::read::Role;

/// What a footnote is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    /// `5`, `5/`
    Number(u32),
    /// `a`, `a/`
    Letter(u32),
    /// `*`, `**`
    Sign(char, u32),
}

/// The mark at the start of a line, if it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    mark: Mark,
    /// How much of the line it is, in bytes.
    length: usize,
    manner: Manner,
}

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// `5 See`
    Bare,
    /// `5` with nothing behind it.
    Alone,
    /// `⁵ See`, `5/ See`, `[5] See`, `(٥) انظر`: nothing else is written so.
    Told,
    /// `5. See`, as paragraphs are numbered too.
    Pointed,
    /// `5See`, where a raised number has lost its place.
    Close,
}

/// The mark at the start of a footnote, as printed, and the number it is.
pub(super) fn label(line: &str) -> (&str, Option<u32>) {
    match start(line) {
        None => ("", None),
        Some(Start { mark, length, .. }) => {
            let number = match mark {
                Mark::Number(number) | Mark::Letter(number) => Some(number),
                Mark::Sign(..) => None,
            };
            (&line[..length], number)
        }
    }
}

/// What a label calls itself in the text.
pub(super) fn mark_of(label: &str) -> Option<Mark> {
    let inner = label
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'));
    match inner {
        Some(number) => mark_number(number),
        None => start(label).map(|start| start.mark),
    }
}

fn start(line: &str) -> Option<Start> {
    let first = line.chars().next()?;
    if call::is_sign(first) {
        let rest = line.trim_start_matches(first);
        let length = line.len() - rest.len();
        let times = (length / first.len_utf8()) as u32;
        let drawn = times > call::MOST_SIGNS || rest.trim_start().starts_with(first);
        return (!drawn).then_some(Start {
            mark: Mark::Sign(first, times),
            length: length + usize::from(rest.starts_with('/')),
            manner: Manner::Told,
        });
    }
    if let Some(lowered) = call::lowered(first) {
        let same = |c: char| {
            call::lowered(c).is_some_and(|c| c.is_ascii_digit() == lowered.is_ascii_digit())
        };
        let length = line.find(|c| !same(c)).unwrap_or(line.len());
        let plain: String = line[..length].chars().filter_map(call::lowered).collect();
        let slash = usize::from(line[length..].starts_with('/'));
        return Some(Start {
            mark: mark(&plain)?,
            length: length + slash,
            manner: Manner::Told,
        });
    }
    let inner = line.strip_prefix(['[', '(']).unwrap_or(line);
    let opened = line.len() - inner.len();
    let length = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let mark = mark(&inner[..length]);
    let (mark, digits) = match mark {
        Some(mark) => (mark, length),
        // A number right before a word: the letters are not its.
        None => {
            let digits = inner
                .find(|c: char| !c.is_ascii_digit())
                .filter(|&at| at > 0)?;
            (mark_number(&inner[..digits])?, digits)
        }
    };
    let rest = &line[opened + digits..];
    let next = rest.chars().next();
    let behind = rest[next.map_or(0, char::len_utf8)..].chars().next();
    let apart = behind.is_none_or(|c| c.is_whitespace() || is_han(c));
    let (manner, closing) = match next {
        Some(']') if line.starts_with('[') => (Manner::Told, 1),
        // Arabic documents number notes so; others items.
        Some(')') if opened > 0 && call::is_arabic(rest[1..].trim_start()) => (Manner::Told, 1),
        _ if opened > 0 => return None,
        None => (Manner::Alone, 0),
        Some('/' | ')') if apart => (Manner::Told, 1),
        Some('.') if apart => (Manner::Pointed, 1),
        Some(c) if c.is_whitespace() => (Manner::Bare, 0),
        Some(c)
            if matches!(mark, Mark::Number(_))
                && (c.is_uppercase() || is_han(c) || "“\"《（(«".contains(c)) =>
        {
            (Manner::Close, 0)
        }
        Some(_) => return None,
    };
    Some(Start {
        mark,
        length: opened + digits + closing,
        manner,
    })
}

fn mark(plain: &str) -> Option<Mark> {
    let letter = plain.len() == 1 && plain.bytes().all(|b| b.is_ascii_lowercase());
    match mark_number(plain) {
        Some(number) => Some(number),
        None if letter => parse_letters(plain).map(Mark::Letter),
        None => None,
    }
}

/// Up to three digits: a longer number is a year.
fn mark_number(plain: &str) -> Option<Mark> {
    let known = (1..=3).contains(&plain.len()) && !plain.starts_with('0');
    let number = plain
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| plain.parse().ok())?;
    number.filter(|_| known).map(Mark::Number)
}

/// Finds the lines of footnotes and endnotes, and makes the numbers that call them superscripts.
pub(super) fn mark_lines(lines: &mut [Line]) {
    stated(lines);
    let slashed = lines.iter().any(|line| is_rule(&line.text)) && {
        let mut starts = lines
            .iter()
            .filter_map(|line| Some((start(&line.text)?, line)));
        starts.any(|(start, line)| {
            matches!(start.mark, Mark::Number(_)) && line.text[..start.length].ends_with('/')
        })
    };
    let ends = endnotes(lines, slashed);
    page_feet(lines, slashed);
    raise_calls(lines, &ends, slashed);
    lower_marks(lines);
}

/// What is raised at the start of a footnote is its label and no call; in a text that is printed
/// with superscripts it stays as it is.
fn lower_marks(lines: &mut [Line]) {
    let begun = lines
        .iter_mut()
        .filter(|line| line.part == Part::Footnote { begins: true });
    for line in begun {
        let Cow::Owned(text) = &line.text else {
            continue;
        };
        let length = text
            .find(|c| call::lowered(c).is_none())
            .unwrap_or(text.len());
        if length > 0 {
            let label: String = text[..length].chars().filter_map(call::lowered).collect();
            line.text = format!("{label}{}", &text[length..]).into();
        }
    }
}

/// What of a run of marks was seen last, to tell the next from a number at a line's start.
#[derive(Debug, Default, Clone, Copy)]
struct Run {
    number: Option<u32>,
    letter: Option<u32>,
}

impl Run {
    /// True when a line with this start begins a footnote; `first` in a block of notes, where the
    /// numbers may begin again.
    fn takes(&self, start: Start, first: bool) -> bool {
        match start.mark {
            Mark::Sign(..) => true,
            Mark::Number(number) => {
                let last = self.number.unwrap_or(0);
                let next = number == last + 1;
                let near = first && (number == 1 || (number > last && number <= last + SKIPPED));
                match start.manner {
                    Manner::Told => next || near || number > last && number <= last + SKIPPED,
                    _ => next || near || (first && self.number.is_none()),
                }
            }
            Mark::Letter(letter) => {
                let next = letter == self.letter.unwrap_or(0) + 1 || (first && letter == 1);
                start.manner == Manner::Told || (next && start.manner == Manner::Alone)
            }
        }
    }

    fn take(&mut self, mark: Mark) {
        match mark {
            Mark::Number(number) => self.number = Some(number),
            Mark::Letter(letter) => self.letter = Some(letter),
            Mark::Sign(..) => {}
        }
    }
}

/// How many footnotes may have been missed between two.
const SKIPPED: u32 = 5;

/// Lines that the format says are of notes, and single ones between these: where does each begin?
fn stated(lines: &mut [Line]) {
    let says = |line: &Line| line.role == Role::Footnote && line.part == Part::Body;
    let of_note: Vec<bool> = (0..lines.len())
        .map(|at| {
            let line = &lines[at];
            let beside = |other: Option<&Line>| {
                other.is_some_and(|other| says(other) && other.page == line.page)
            };
            let before = at.checked_sub(1).and_then(|before| lines.get(before));
            let between = beside(before) && beside(lines.get(at + 1));
            // In DOCX and HTML, where whole paragraphs stand, text may stand between two notes.
            let loose = matches!(line.role, Role::Line | Role::Table) && line.part == Part::Body;
            says(line) || (between && loose)
        })
        .collect();
    let mut run = Run::default();
    let (mut any, mut first) = (false, true);
    for (line, of_note) in lines.iter_mut().zip(of_note) {
        if matches!(line.part, Part::Aside(_)) {
            continue;
        }
        if !of_note {
            first = true;
            continue;
        }
        let start = start(&line.text);
        let taken = start.filter(|&start| line.stated > 0 || run.takes(start, first));
        if let Some(start) = taken {
            run.take(start.mark);
        }
        line.part = Part::Footnote {
            begins: taken.is_some() || !any,
        };
        (any, first) = (true, false);
    }
}

/// Headings of endnotes, in small letters.
const ENDNOTES: [&str; 20] = [
    "notes",
    "endnotes",
    "end notes",
    "footnotes",
    "notes de fin",
    "notes de fin de document",
    "notas",
    "notas finales",
    "notas al final",
    "примечания",
    "сноски",
    "концевые сноски",
    "注",
    "注释",
    "註釋",
    "尾注",
    "脚注",
    "附注",
    "الحواشي",
    "حواشي",
];

/// True for the heading of endnotes.
pub(super) fn is_endnotes(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '：', '.', ' ']);
    bare.len() <= 60 && ENDNOTES.contains(&bare.to_lowercase().as_str())
}

/// Fewer numbered notes under such a heading are numbered paragraphs.
const LEAST_ENDNOTES: usize = 2;
/// How many marks ahead a missing number is sought.
const AHEAD: usize = 60;

/// Endnotes under their heading; gives the lines of each list of them, from its heading on.
fn endnotes(lines: &mut [Line], slashed: bool) -> Vec<Range<usize>> {
    let mut lists = Vec::new();
    // Where the text begins that the next list is for.
    let mut after = 0;
    let mut from = 0;
    while let Some(at) =
        (from..lines.len()).find(|&at| lines[at].part == Part::Body && is_endnotes(&lines[at].text))
    {
        let text = std::mem::replace(&mut after, at + 1);
        from = at + 1;
        // The marks up to the next such heading, and of these the rising ones.
        let until = (from..lines.len())
            .find(|&at| is_endnotes(&lines[at].text))
            .unwrap_or(lines.len());
        let starts: Vec<(usize, Start)> = (from..until)
            .filter(|&at| matches!(lines[at].part, Part::Body | Part::Footnote { .. }))
            .filter_map(|at| Some((at, start(&lines[at].text)?)))
            .filter(|(_, start)| matches!(start.mark, Mark::Number(_)))
            .collect();
        let begun = rising(lines, &starts);
        let below = (from..until).find(|&at| !matches!(lines[at].part, Part::Aside(_)));
        if begun.len() < LEAST_ENDNOTES || begun.first() != below.as_ref() {
            continue;
        }
        let pointed = starts.iter().filter(|(at, start)| {
            start.manner == Manner::Pointed && begun.binary_search(at).is_ok()
        });
        if pointed.count() > 0 && !are_called(&lines[text..at], begun.len(), slashed) {
            continue;
        }
        let last = begun[begun.len() - 1];
        let end = (last + 1..until).find(|&at| {
            let before = &lines[at - 1];
            matches!(lines[at].role, Role::Heading(_)) || (lines[at].gap && before.is_ended())
        });
        let end = end.unwrap_or(until);
        let mut next = begun.iter().peekable();
        for (place, line) in lines.iter_mut().enumerate().take(end).skip(from) {
            let begins = next.next_if(|&&next| next == place).is_some();
            if !matches!(line.part, Part::Aside(_)) {
                line.part = Part::Footnote { begins };
            }
        }
        lists.push(at..end);
        from = end;
    }
    lists
}

/// Of the lines that begin with a number, those that count 1, 2, 3 …
fn rising(lines: &[Line], starts: &[(usize, Start)]) -> Vec<usize> {
    let mut begun = Vec::new();
    let mut next = 1;
    for (place, &(at, start)) in starts.iter().enumerate() {
        let Mark::Number(number) = start.mark else {
            continue;
        };
        let inside =
            at > 0 && !lines[at].gap && start.manner == Manner::Bare && lines[at - 1].leads_on();
        let ahead = starts[place + 1..].iter().take(AHEAD);
        let missing = || {
            ahead
                .clone()
                .all(|(_, start)| start.mark != Mark::Number(next))
        };
        let goes_on = || {
            ahead
                .clone()
                .any(|(_, start)| start.mark == Mark::Number(number + 1))
        };
        let skips = number > next && number <= next + SKIPPED && !begun.is_empty();
        if !inside && (number == next || (skips && missing() && goes_on())) {
            begun.push(at);
            next = number + 1;
        }
    }
    begun
}

/// True when at least half of the first `count` numbers seem to be called from these lines.
fn are_called(lines: &[Line], count: usize, slashed: bool) -> bool {
    let mut called = vec![false; count + 1];
    for line in lines.iter().filter(|line| line.part == Part::Body) {
        for call in call::candidates(&line.text, slashed) {
            if let Some(called) = called.get_mut(call.number as usize) {
                *called |= call.strength > Strength::Glued;
            }
        }
    }
    called.iter().filter(|called| **called).count() * 2 >= count
}

/// A drawn line as stands above footnotes.
fn is_rule(text: &str) -> bool {
    text.len() >= 5 && text.chars().all(|c| "_─━―—-".contains(c))
}

/// How many lines of a page at most are footnotes that nothing sets apart.
const FOOT: usize = 40;
/// So much larger are the letters of text than those of notes, in hundredths of the usual.
const LARGER: u16 = 10;
/// How many lines are looked at together where nothing tells pages apart.
const UNPAGED: usize = 200;

/// Footnotes at the foot of each page of a text whose format does not tell them apart.
fn page_feet(lines: &mut [Line], slashed: bool) {
    let mut run = Run::default();
    let paged = lines.last().is_some_and(|line| line.page > 1);
    // Whether the last footnote goes on over the page.
    let mut open = false;
    let mut from = 0;
    while from < lines.len() {
        let page = lines[from].page;
        let most = if paged { usize::MAX } else { UNPAGED };
        let of_page = lines[from..]
            .iter()
            .take(most)
            .take_while(|line| line.page == page);
        let length = of_page.count();
        let end = from + length;
        // What is known to be notes already is not looked at again.
        let told =
            |line: &Line| matches!(line.part, Part::Footnote { .. }) || is_endnotes(&line.text);
        let until = (from..end).find(|&at| told(&lines[at])).unwrap_or(end);
        let foot = match behind_rule(lines, from..until, &run, paged, open) {
            None if paged => unruled(lines, from..until, &run, slashed),
            foot => foot,
        };
        if let Some(foot) = foot {
            // Larger letters below are text again: an annex that begins on the page of the last.
            let small = lines[foot].look.size;
            let text = |line: &Line| small > 0 && line.look.size >= small + LARGER;
            let until = (foot..until).find(|&at| text(&lines[at])).unwrap_or(until);
            open = take_foot(lines, foot..until, &mut run, paged);
        }
        // Without pages the next rule may have notes too.
        from = match foot {
            Some(foot) if !paged => {
                let own = lines[foot..until]
                    .iter()
                    .take_while(|line| line.part != Part::Body)
                    .count();
                foot + own.max(1)
            }
            _ => end,
        };
    }
}

/// Where the notes behind a drawn rule begin on a page.
fn behind_rule(
    lines: &[Line],
    page: Range<usize>,
    run: &Run,
    paged: bool,
    open: bool,
) -> Option<usize> {
    let mut rules = page
        .clone()
        .filter(|&at| lines[at].part == Part::Body && is_rule(&lines[at].text));
    let noted = |rule: usize| {
        let at = (rule + 1..page.end).find(|&at| lines[at].part == Part::Body)?;
        let begins = start(&lines[at].text)
            .is_some_and(|start| start.manner != Manner::Pointed && run.takes(start, true));
        let low = lines[at..page.end]
            .iter()
            .filter(|line| line.part == Part::Body)
            .count()
            <= FOOT / 2;
        let goes_on = open && paged && low && labels(&lines[at].text).is_empty();
        (begins || goes_on).then_some(at)
    };
    // The last rule of a page stands above its notes; without pages each is looked at in turn.
    if paged {
        rules.next_back().and_then(noted)
    } else {
        rules.find_map(noted)
    }
}

/// Where notes begin on a page that has no rule: a line begins with a number or sign that is called
/// above it on the page, and is the next.
fn unruled(lines: &[Line], page: Range<usize>, run: &Run, slashed: bool) -> Option<usize> {
    let tail = page.end.saturating_sub(FOOT).max(page.start);
    let mut found = None;
    for at in (tail..page.end)
        .rev()
        .filter(|&at| lines[at].part == Part::Body)
    {
        let Some(start) = start(&lines[at].text) else {
            continue;
        };
        let apart = at > page.start
            && (lines[at].gap || lines[at - 1].is_ended() || start.manner != Manner::Bare);
        let opens = |text: &str| !text.trim_start().starts_with(|c: char| c.is_lowercase());
        if start.manner == Manner::Pointed || !apart || !opens(&lines[at].text[start.length..]) {
            continue;
        }
        let above = lines[page.start..at]
            .iter()
            .filter(|line| line.part == Part::Body);
        let called = match start.mark {
            Mark::Number(number) => {
                run.takes(start, true)
                    && above.clone().any(|line| {
                        let calls = call::candidates(&line.text, slashed);
                        calls
                            .iter()
                            .any(|call| call.number == number && call.strength > Strength::Apart)
                    })
            }
            Mark::Sign(..) => above.clone().any(|line| {
                call::calls(&line.text)
                    .iter()
                    .any(|(_, mark)| *mark == start.mark)
            }),
            Mark::Letter(_) => false,
        };
        if called {
            found = Some(at);
        }
    }
    found
}

/// Makes these lines footnotes; without pages they end where text comes again. True when the last
/// one goes on over the page.
fn take_foot(lines: &mut [Line], foot: Range<usize>, run: &mut Run, paged: bool) -> bool {
    let mut first = true;
    let mut ended = false;
    for at in foot {
        if matches!(lines[at].part, Part::Aside(_)) {
            continue;
        }
        let start = start(&lines[at].text).filter(|&start| {
            start.manner != Manner::Pointed
                && (run.takes(start, first) || start.mark == Mark::Number(1) && first)
        });
        if let Some(start) = start {
            run.take(start.mark);
        } else if !paged && ((lines[at].gap && ended) || is_rule(&lines[at].text)) {
            break;
        }
        lines[at].part = Part::Footnote {
            begins: start.is_some(),
        };
        ended = lines[at].is_ended();
        first = false;
    }
    !ended
}

/// Makes the numbers that call footnotes superscripts, where none are yet.
fn raise_calls(lines: &mut [Line], lists: &[Range<usize>], slashed: bool) {
    let mut raised: Vec<(usize, Range<usize>)> = Vec::new();
    let mut after = 0;
    for list in lists {
        let numbers = numbers(lines, list.clone());
        let calls = calls_in(lines, after..list.start, slashed);
        raised.extend(in_order(&numbers, &calls));
        after = list.end;
    }
    let in_list = |at: usize| lists.iter().any(|list| list.contains(&at));
    let mut known = HashSet::new();
    let mut page_start = 0;
    let mut at = 0;
    while at < lines.len() {
        if lines[at].page != lines[page_start].page {
            page_start = at;
        }
        let foot = matches!(lines[at].part, Part::Footnote { .. }) && !in_list(at);
        if !foot {
            at += 1;
            continue;
        }
        let page = lines[at].page;
        let end = (at..lines.len()).find(|&end| {
            !matches!(lines[end].part, Part::Footnote { .. } | Part::Aside(_))
                || lines[end].page != page
        });
        let end = end.unwrap_or(lines.len());
        let numbers = numbers(lines, at..end);
        known.extend(numbers.iter().copied());
        let calls = calls_in(lines, page_start..at, slashed);
        raised.extend(in_turn(&numbers, &calls, &known));
        if lines.get(end).is_some_and(|line| line.page == page) {
            page_start = end;
        }
        at = end;
    }
    raised.sort_by_key(|(at, range)| (*at, range.start));
    raised.dedup();
    for same in raised.chunk_by(|a, b| a.0 == b.0) {
        let line = &mut lines[same[0].0];
        let ranges: Vec<_> = same.iter().map(|(_, range)| range.clone()).collect();
        line.text = call::raise(&line.text, &ranges).into();
    }
}

fn numbers(lines: &[Line], range: Range<usize>) -> Vec<u32> {
    let begun = lines[range]
        .iter()
        .filter(|line| line.part == Part::Footnote { begins: true });
    begun
        .filter_map(|line| match start(&line.text)?.mark {
            Mark::Number(number) => Some(number),
            _ => None,
        })
        .collect()
}

/// A number that may be a call, and its line.
type Placed = (usize, Candidate);

fn calls_in(lines: &[Line], range: Range<usize>, slashed: bool) -> Vec<Placed> {
    let body = range.filter(|&at| matches!(lines[at].part, Part::Body | Part::Table { .. }));
    body.flat_map(|at| {
        let calls = call::candidates(&lines[at].text, slashed);
        calls.into_iter().map(move |call| (at, call))
    })
    .collect()
}

/// The calls of endnotes, which count 1, 2, 3 … through a text.
fn in_order(numbers: &[u32], calls: &[Placed]) -> Vec<(usize, Range<usize>)> {
    let told = calls
        .iter()
        .filter(|(_, call)| call.strength == Strength::Told)
        .count();
    if told * 2 >= numbers.len() {
        return Vec::new();
    }
    let most = numbers.iter().copied().max().unwrap_or(0);
    let mut found = Vec::new();
    let mut next = 1;
    for (place, (at, call)) in calls.iter().enumerate() {
        let ahead = || calls[place + 1..].iter().take(AHEAD).map(|(_, call)| call);
        let sure = |later: &Candidate| later.strength > Strength::Loose;
        // One that is surer, or as doubtful, may come before the number behind it.
        let other = || {
            let near = ahead().take_while(|later| later.number != next + 1 || !sure(later));
            let same = |later: &Candidate| later.number == next && (sure(later) || !sure(call));
            near.filter(|later| same(later))
                .any(|later| later.strength > call.strength || !sure(later))
        };
        let is_next = call.number == next && !other();
        let skips = call.number > next
            && call.number <= next + SKIPPED
            && sure(call)
            && ahead().all(|later| later.number != next || !sure(later))
            && ahead().any(|later| later.number == call.number + 1 && sure(later));
        let again = call.number < next && call.strength >= Strength::Word;
        if call.number <= most && (is_next || skips || again) {
            found.push((*at, call.range.clone()));
            if !again {
                next = call.number + 1;
            }
        }
    }
    found
}

/// The calls of the footnotes of one page: one each, in order, and what surely calls a `known` one
/// again.
fn in_turn(numbers: &[u32], calls: &[Placed], known: &HashSet<u32>) -> Vec<(usize, Range<usize>)> {
    let mut by_number: HashMap<u32, Vec<usize>> = HashMap::new();
    for (place, (_, call)) in calls.iter().enumerate() {
        by_number.entry(call.number).or_default().push(place);
    }
    let mut places: Vec<usize> = Vec::new();
    let mut after = 0;
    for number in numbers {
        let Some(same) = by_number.get(number) else {
            continue;
        };
        let best = |same: &[usize]| {
            let sure = |place: &&usize| (calls[**place].1.strength, Reverse(**place));
            let best = *same.iter().max_by_key(sure)?;
            // Of several that are doubtful none is taken.
            let doubtful = calls[best].1.strength == Strength::Loose;
            (!doubtful || same.len() == 1).then_some(best)
        };
        let (before, behind) = same.split_at(same.partition_point(|&place| place < after));
        if let Some(place) = best(behind).or_else(|| best(before)) {
            after = after.max(place + 1);
            places.push(place);
        }
    }
    let again = (0..calls.len()).filter(|&place| {
        let call = &calls[place].1;
        known.contains(&call.number) && call.strength >= Strength::Word
    });
    places.extend(again);
    let plain = places.into_iter().filter(|&place| {
        let call = &calls[place].1;
        // What is raised already is longer in bytes.
        call.range.len() == digits(call.number)
    });
    plain
        .map(|place| (calls[place].0, calls[place].1.range.clone()))
        .collect()
}

/// How long a number is in digits that are not raised.
fn digits(number: u32) -> usize {
    number.to_string().len()
}
