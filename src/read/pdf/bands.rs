//! What stands above and below the text of a page: running heads, page and job numbers, footnotes.
//!
//! One page alone cannot tell; what comes back on others can.

use std::collections::HashMap;

use super::compose::{Page, Printed};
use crate::read::Role;

/// How much of a page, from its edge, may be its head or foot.
const HEAD: f32 = 0.14;
const FOOT: f32 = 0.86;

/// Says of lines at the head and foot of their pages what they are.
pub(super) fn mark(pages: &mut [Page], usual: f32) {
    mark_running(pages);
    mark_first_foot(pages, usual);
    for page in pages.iter_mut() {
        mark_signs(page, usual);
        mark_numbers(page);
        mark_table_heads(page);
        mark_notes(page, usual);
    }
    mark_endnotes(pages, usual);
}

/// Notes gathered behind the text, in smaller type up to the end.
fn mark_endnotes(pages: &mut [Page], usual: f32) {
    let text = |line: &&mut Printed| matches!(line.role, Role::Line | Role::Footnote);
    let lines = pages
        .iter_mut()
        .rev()
        .flat_map(|page| page.lines.iter_mut().rev());
    let mut small: Vec<&mut Printed> = lines
        .filter(text)
        .take_while(|line| line.size < 0.94 * usual)
        .collect();
    let first = small.iter().rposition(|line| line.raised_start);
    let marks = small.iter().filter(|line| line.raised_start).count();
    if let Some(first) = first
        && marks >= 3
    {
        small[..=first]
            .iter_mut()
            .for_each(|line| line.role = Role::Footnote);
    }
}

/// A line near the edge of a page: the page, its height there, and its text.
type AtEdge = (usize, f32, String);

/// What comes back at the same height on other pages, but for its numbers, is a running head or foot.
fn mark_running(pages: &mut [Page]) {
    let mut seen: HashMap<(String, bool), Vec<AtEdge>> = HashMap::new();
    for (n, page) in pages.iter().enumerate() {
        for line in page.lines.iter().filter(|line| line.role == Role::Line) {
            let at = line.base / page.height;
            if !(HEAD..=FOOT).contains(&at) {
                let key = (masked(&line.spelled.text), at > FOOT);
                let text = line.spelled.text.clone();
                seen.entry(key).or_default().push((n, line.base, text));
            }
        }
    }
    for (n, page) in pages.iter_mut().enumerate() {
        let outermost = Outermost::of(page);
        // On the first page what stands on a line with other words is of the masthead.
        let masthead: Vec<f32> = match n {
            0 => page.lines.iter().map(|line| line.base).collect(),
            _ => Vec::new(),
        };
        for (at, line) in page.lines.iter_mut().enumerate() {
            let place = line.base / page.height;
            let beside = masthead
                .iter()
                .filter(|&base| (base - line.base).abs() < 4.0)
                .count();
            if line.role != Role::Line
                || (beside > 1 && place < HEAD)
                || (HEAD..=FOOT).contains(&place)
            {
                continue;
            }
            let key = (masked(&line.spelled.text), place > FOOT);
            let comes_back = |(other, base, text): &&AtEdge| {
                *other != n
                    && (base - line.base).abs() < 4.0
                    && counts_on((n, &line.spelled.text), (*other, text))
            };
            let elsewhere = seen
                .get(&key)
                .map_or(0, |seen| seen.iter().filter(comes_back).count());
            // Text may begin alike on two pages, but not apart from what follows.
            if elsewhere >= 2 || (elsewhere >= 1 && (line.edge || outermost.has(at))) {
                line.role = if place > FOOT { Role::Foot } else { Role::Head };
            }
        }
    }
}

/// The topmost and the lowest line of a page.
struct Outermost {
    top: Option<usize>,
    bottom: Option<usize>,
}

impl Outermost {
    fn of(page: &Page) -> Self {
        let by_base = |a: &usize, b: &usize| page.lines[*a].base.total_cmp(&page.lines[*b].base);
        Self {
            top: (0..page.lines.len()).min_by(by_base),
            bottom: (0..page.lines.len()).max_by(by_base),
        }
    }

    fn has(&self, at: usize) -> bool {
        self.top == Some(at) || self.bottom == Some(at)
    }
}

/// True where the numbers of two lines, otherwise alike, are the same or count their pages: those of
/// articles and notes do not.
fn counts_on((page, line): (usize, &str), (other_page, other): (usize, &str)) -> bool {
    let apart = page as i64 - other_page as i64;
    let (ours, others) = (numbers(line), numbers(other));
    ours.len() == others.len()
        && ours
            .iter()
            .zip(&others)
            .all(|(a, b)| a - b == 0 || a - b == apart)
}

/// The numbers in a line, in order.
fn numbers(line: &str) -> Vec<i64> {
    line.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

/// A line without what changes from page to page.
fn masked(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_numeric() { '#' } else { c })
        .collect::<String>()
        .replace("##", "#")
        .replace("##", "#")
}

/// The foot of the first page holds what no other does: a job number, its bars, a request to recycle.
/// It stands where the feet of the others do. Under a rule across the page, in smaller type and
/// without a mark, is what a record says of itself.
fn mark_first_foot(pages: &mut [Page], usual: f32) {
    let feet = pages.iter().skip(1).flat_map(|page| {
        let feet = page.lines.iter().filter(|line| line.role == Role::Foot);
        feet.map(|line| line.base / page.height)
    });
    let top = feet.fold(f32::MAX, f32::min);
    let Some(page) = pages.first_mut() else {
        return;
    };
    for line in page.lines.iter_mut().filter(|line| line.role == Role::Line) {
        let at = line.base / page.height;
        let job = is_job_number(&line.spelled.text);
        if (line.edge && at > top - 0.04)
            || (at > 0.8 && job)
            || (at > 0.9 && line.edge && line.size < 6.5)
        {
            line.role = Role::Foot;
        }
    }
    let Some(rule) = page.low_rule else { return };
    let mut below: Vec<&mut Printed> = page
        .lines
        .iter_mut()
        .filter(|line| line.role == Role::Line && line.base > rule)
        .collect();
    let noted = below.iter().any(|line| starts_with_mark(line));
    if !noted && below.iter().all(|line| line.size < 0.94 * usual) {
        below.iter_mut().for_each(|line| line.role = Role::Foot);
    }
}

/// True for `25-08477 (E) 040625`, `GE.19-13755(E)`, `*2508477*`.
pub(super) fn is_job_number(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_start_matches("GE.").trim_matches('*');
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let starts = bare.chars().take(3).filter(char::is_ascii_digit).count() >= 2;
    let others = bare
        .chars()
        .filter(|c| !c.is_ascii_digit() && !"-–()/,*".contains(*c))
        .count();
    digits >= 6 && starts && others <= 3
}

/// Signs without characters at the foot are the bars of a job number; letters too small to be read
/// are no text.
fn mark_signs(page: &mut Page, usual: f32) {
    for line in page.lines.iter_mut().filter(|line| line.role == Role::Line) {
        let bars = line
            .spelled
            .text
            .chars()
            .all(|c| c == '\u{fffd}' || c.is_whitespace());
        let low = line.base > 0.8 * page.height;
        if (bars && low) || line.size < 0.2 * usual {
            line.role = if low { Role::Foot } else { Role::Head };
        }
    }
}

/// The head of a table that goes on, printed anew on each page, belongs to the table.
fn mark_table_heads(page: &mut Page) {
    let Some(first) = page.lines.iter().position(|line| line.role != Role::Head) else {
        return;
    };
    if page.lines[first].role != Role::Table {
        return;
    }
    for line in page.lines[..first].iter_mut().rev() {
        if line.spelled.text.chars().any(char::is_numeric) {
            break;
        }
        line.role = Role::Table;
    }
}

/// A page number alone at the very head or foot of its page.
fn mark_numbers(page: &mut Page) {
    let outermost = Outermost::of(page);
    for (at, line) in page.lines.iter_mut().enumerate() {
        let place = line.base / page.height;
        let apart = line.edge || outermost.has(at);
        if line.role != Role::Line || !apart || (HEAD..=FOOT).contains(&place) {
            continue;
        }
        if is_page_number(&line.spelled.text) {
            line.role = if place > FOOT { Role::Foot } else { Role::Head };
        }
    }
}

/// True for `7`, `- 7 -`, `7/22`, `Page 7`, `xii`, `/...`.
pub(super) fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "-–—|[]().".contains(c));
    let bare = [
        "Page", "page", "PAGE", "Página", "página", "стр.", "Стр.", "第",
    ]
    .iter()
    .find_map(|word| bare.strip_prefix(word))
    .unwrap_or(bare)
    .trim()
    .trim_end_matches(['页', '頁'])
    .trim();
    let number = |part: &str| {
        let part = part.trim();
        (1..=4).contains(&part.chars().count())
            && (part.chars().all(char::is_numeric) || part.chars().all(|c| "ivxlc".contains(c)))
    };
    match bare.split_once('/') {
        Some((a, b)) => (number(a) && number(b)) || (a.is_empty() && b.is_empty()),
        None => number(bare) || text.trim() == "/...",
    }
}

/// Footnotes: what stands in smaller type, or under a short rule, at the foot of the text.
fn mark_notes(page: &mut Page, usual: f32) {
    let open = |line: &Printed| line.role == Role::Line;
    let low = |line: &Printed| line.base > 0.3 * page.height;
    let is_rule = |line: &Printed| {
        line.spelled.text.chars().count() >= 5
            && line.spelled.text.chars().all(|c| "_—–―".contains(c))
    };
    // A rule drawn with letters has nothing but notes below.
    if let Some(at) = page
        .lines
        .iter()
        .rposition(|line| open(line) && low(line) && is_rule(line))
    {
        let left = page.lines[at].left;
        let below =
            |line: &Printed, rule: &Printed| line.base > rule.base && line.column == rule.column;
        let rule = page.lines[at].clone();
        let begins = page.lines[at + 1..]
            .iter()
            .find(|line| open(line) && below(line, &rule));
        let note = begins.is_some_and(|line| starts_with_mark(line) || line.size < 0.95 * usual);
        if note && left < rule.column.0 + 0.35 * (rule.column.1 - rule.column.0) {
            page.lines[at].role = Role::Foot;
            for line in &mut page.lines[at + 1..] {
                if open(line) && below(line, &rule) {
                    line.role = Role::Footnote;
                }
            }
            return;
        }
    }
    let small = |line: &Printed| line.size < 0.94 * usual;
    let last = page.lines.iter().rposition(open);
    let Some(last) = last else { return };
    // Up from the foot through small type, to its first line that begins with a mark.
    let mut from = last + 1;
    while from > 0
        && (small(&page.lines[from - 1]) || !open(&page.lines[from - 1]))
        && page.lines[from - 1].role != Role::Table
    {
        from -= 1;
    }
    let ruled = page.rules.iter().map(|rule| rule.top).filter(|&top| {
        let below = |line: &&Printed| open(line) && line.base > top;
        top > 0.3 * page.height
            && page.lines.iter().any(|line| below(&line))
            && page.lines.iter().filter(below).all(small)
    });
    let ruled = ruled.fold(f32::MAX, f32::min);
    let rule_from = page
        .lines
        .iter()
        .position(|line| open(line) && line.base > ruled && small(line));
    let marked = (from..=last).find(|&n| open(&page.lines[n]) && starts_with_mark(&page.lines[n]));
    let body_above = page.lines[..from]
        .iter()
        .any(|line| open(line) || line.role == Role::Table);
    let begin = match (rule_from, marked) {
        (Some(at), _) if at >= from => at,
        (_, Some(at)) if body_above => at,
        _ => return,
    };
    // Right under a table letters are marks of its own notes.
    let of_table = page.lines[..begin]
        .last()
        .is_some_and(|above| above.role == Role::Table);
    let lettered = page.lines[begin]
        .spelled
        .text
        .starts_with(|c: char| c.is_ascii_lowercase());
    if of_table && lettered && page.lines[begin].raised_start {
        return;
    }
    for line in &mut page.lines[begin..=last] {
        if line.role == Role::Line {
            line.role = Role::Footnote;
        }
    }
}

/// True for a line that begins as a footnote does: with a raised sign, a star, a number.
fn starts_with_mark(line: &Printed) -> bool {
    let text = &line.spelled.text;
    let raised = line.raised_start;
    let digits = text.chars().take_while(|c| c.is_numeric()).count();
    let behind = text.chars().nth(digits);
    raised
        || text.starts_with(['*', '†', '‡'])
        || ((1..=3).contains(&digits)
            && behind.is_some_and(|c| c.is_whitespace() || "/)".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_and_job_numbers_are_told_from_text() {
        for (text, page) in [
            ("7", true),
            ("2/22", true),
            ("- 12 -", true),
            ("Page 3", true),
            ("xii", true),
            ("第 5 页", true),
            ("/...", true),
            ("1. Opening", false),
            ("2024 session", false),
            ("A/80/590", false),
        ] {
            assert_eq!(is_page_number(text), page, "{text}");
        }
        for (text, job) in [
            ("25-08477 (E) 040625 110625", true),
            ("GE.19-13755(E)", true),
            ("*2508477*", true),
            ("12 June 2024", false),
            ("1. The Committee met on 12-14 June 2024", false),
        ] {
            assert_eq!(is_job_number(text), job, "{text}");
        }
    }

    #[test]
    fn running_heads_are_alike_but_for_their_numbers() {
        assert_eq!(masked("Page 3 of 120"), masked("Page 12 of 120"));
        assert_ne!(masked("Chapter I"), masked("Chapter II"));
        assert!(counts_on((3, "Page 3 of 120"), (12, "Page 12 of 120")));
        assert!(!counts_on((2, "Article 6"), (6, "Article 25")));
        assert!(!counts_on((1, "4 JS7, p.8."), (6, "64 JS2, p.4.")));
    }
}
