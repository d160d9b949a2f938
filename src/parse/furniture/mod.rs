//! What is printed on page after page and is no text: running heads, page numbers, job numbers.
//!
//! A PDF and a DOCX say themselves what stands above and below the text of a page. In plain text it
//! is told by its shape and its place: at the edge of a page or, where nothing tells pages apart,
//! at about equal distances.

mod shape;

use std::collections::HashMap;
use std::ops::Range;

use crate::read::Role;
use crate::report::{FurnitureKind, Kind};

use super::label::labels;
use super::line::{Line, Part};

pub(super) use shape::{Shape, shape, symbol, written};

/// How many lines at the head or foot of a page can be furniture.
const EDGE: usize = 6;
/// How often a line must come again at page edges to be a running head for it.
const OFTEN: usize = 3;
/// The fewest lines between two running heads that no page feed stands between.
const APART: u32 = 12;

/// Sets these lines aside.
pub(super) fn mark(lines: &mut [Line]) {
    let shapes: Vec<_> = lines.iter().map(|line| shape(&line.text)).collect();
    for (line, shape) in lines.iter_mut().zip(&shapes) {
        let kind = shape.as_ref().map(|shape| shape.kind);
        let sure = shape.as_ref().is_some_and(|shape| shape.sure);
        if matches!(line.role, Role::Head | Role::Foot) && !begins_paragraph(&line.text) {
            let drawn = !line.text.contains(char::is_alphanumeric);
            let other = if drawn {
                FurnitureKind::Rule
            } else {
                FurnitureKind::RunningHead
            };
            line.part = Part::Aside(kind.unwrap_or(other));
        } else if sure && let Some(kind) = kind {
            line.part = Part::Aside(kind);
        }
    }
    let pages = pages(lines);
    if pages.len() > 1 {
        mark_edges(lines, &shapes, &pages);
    } else {
        mark_recurring(lines, &shapes);
    }
}

/// True for a numbered paragraph, which is text wherever a reader of PDFs saw it: many begin alike
/// at the head of a page.
fn begins_paragraph(text: &str) -> bool {
    labels(text)
        .iter()
        .any(|label| label.kind == Kind::Paragraph)
        && shape(text).is_none()
}

/// The lines of each page.
fn pages(lines: &[Line]) -> Vec<Range<usize>> {
    let starts: Vec<_> = (0..lines.len())
        .filter(|&at| at == 0 || lines[at].starts_page)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(a, b)| a..b)
        .collect()
}

/// What makes two running heads the same: all but their numbers and spaces.
fn folded(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_numeric());
    kept.take(120).collect()
}

/// Sets aside what stands at the edges of pages in a shape of furniture, or again and again.
fn mark_edges(lines: &mut [Line], shapes: &[Option<Shape>], pages: &[Range<usize>]) {
    let own = own_symbols(lines, shapes, pages);
    let offset = offset(lines, shapes, pages);
    let titles = titles(lines, shapes, pages);
    // A page number in a shape of its own is sure; a number alone must count the pages.
    let is_furniture = |line: &Line, foot: bool, shape: &Option<Shape>| {
        let Some(shape) = shape else {
            let same = titles.get(&(folded(&line.text), foot));
            return same.is_some_and(|same| is_title(same, line, pages.len()));
        };
        let known = shape.symbols.iter().all(|symbol| is_own(symbol, &own));
        let bare = shape.kind == FurnitureKind::PageNumber && !is_plain_number(&line.text);
        let counts = match (shape.page, shape.kind) {
            (Some(page), FurnitureKind::PageNumber) => {
                bare || Some(i64::from(page) - i64::from(line.page)) == offset
            }
            _ => true,
        };
        known && counts
    };
    for (number, page) in pages.iter().enumerate() {
        let head = page.clone().take(EDGE);
        let foot = page.clone().rev().take(EDGE);
        for (is_foot, edge) in [(false, head.collect::<Vec<_>>()), (true, foot.collect())] {
            for at in edge {
                let line = &mut lines[at];
                if matches!(line.part, Part::Aside(_)) {
                    continue;
                }
                if line.role != Role::Line || !is_furniture(line, is_foot, &shapes[at]) {
                    break;
                }
                let kind = shapes[at].as_ref().map(|shape| shape.kind);
                let kind = kind.unwrap_or(FurnitureKind::RunningHead);
                // What else is at the head of the first page is its masthead.
                if number > 0 || is_foot || kind != FurnitureKind::RunningHead {
                    line.part = Part::Aside(kind);
                }
            }
        }
    }
}

/// True for a number and nothing beside it, which may be a cell or a note mark too.
fn is_plain_number(text: &str) -> bool {
    text.chars().all(char::is_alphanumeric)
}

/// The document's own symbols: those alone on a line of the first page, and those at the heads of
/// several pages.
fn own_symbols(lines: &[Line], shapes: &[Option<Shape>], pages: &[Range<usize>]) -> Vec<String> {
    let mut own = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        let few = if number == 0 { 12 } else { 3 };
        for at in page.clone().take(few) {
            if number == 0 {
                own.extend(last_symbol(&lines[at].text));
            }
            for symbol in shapes[at].iter().flat_map(|shape| &shape.symbols) {
                *seen.entry(symbol).or_default() += 1;
            }
        }
    }
    own.extend(
        seen.into_iter()
            .filter(|&(_, count)| count >= 2)
            .map(|(symbol, _)| String::from(symbol)),
    );
    own
}

/// The symbol at the end of a line, where mastheads have it.
fn last_symbol(line: &str) -> Option<String> {
    let start = line.rfind(char::is_whitespace).map_or(0, |at| {
        at + line[at..].chars().next().map_or(1, char::len_utf8)
    });
    let last = &line[start..];
    symbol(last)
        .filter(|&length| length == last.len())
        .map(|_| written(last))
}

/// True for one of `own`, or one that goes on where it ends: a corrected or joint document.
fn is_own(symbol: &str, own: &[String]) -> bool {
    own.iter().any(|one| {
        let (short, long) = if one.len() < symbol.len() {
            (one.as_str(), symbol)
        } else {
            (symbol, one.as_str())
        };
        long.strip_prefix(short)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '-', ' ', '(']))
            || long
                .strip_suffix(short)
                .is_some_and(|rest| rest.ends_with('-'))
    })
}

/// By how much the numbers printed at page edges are more than the count of the pages, if for most
/// of them it is the same.
fn offset(lines: &[Line], shapes: &[Option<Shape>], pages: &[Range<usize>]) -> Option<i64> {
    let mut seen: HashMap<i64, usize> = HashMap::new();
    for page in pages {
        let edges = page.clone().take(3).chain(page.clone().rev().take(3));
        for at in edges {
            if let Some(printed) = shapes[at].as_ref().and_then(|shape| shape.page) {
                let offset = i64::from(printed) - i64::from(lines[at].page);
                *seen.entry(offset).or_default() += 1;
            }
        }
    }
    let (offset, count) = seen
        .into_iter()
        .max_by_key(|&(offset, count)| (count, -offset.abs()))?;
    (count >= 2 && count * 3 >= pages.len()).then_some(offset)
}

/// Lines at the edges of pages that are the same but for their numbers: the page of each, and its
/// numbers.
type Alike = Vec<(u32, Vec<i64>)>;

/// The numbers in a line, in order.
fn numbers(text: &str) -> Vec<i64> {
    let plain = shape::plain(text);
    let digits = plain.split(|c: char| !c.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).collect()
}

/// True for a short title: it comes often, and its numbers stay or count the pages. Those of
/// articles, of which many begin at the head of a page, count on at their own pace.
fn is_title(alike: &Alike, line: &Line, pages: usize) -> bool {
    let own = numbers(&line.text);
    let counts_on = |(page, others): &&(u32, Vec<i64>)| {
        let apart = i64::from(*page) - i64::from(line.page);
        let mut pairs = others.iter().zip(&own);
        others.len() == own.len() && pairs.all(|(other, own)| [0, apart].contains(&(other - own)))
    };
    let count = alike.iter().filter(counts_on).count();
    count >= OFTEN && count * 4 >= pages
}

/// The lines without a shape that stand at the very edge of pages: among them are short titles of
/// the document or of its parts.
fn titles(
    lines: &[Line],
    shapes: &[Option<Shape>],
    pages: &[Range<usize>],
) -> HashMap<(String, bool), Alike> {
    let mut seen: HashMap<(String, bool), Alike> = HashMap::new();
    for page in pages.iter().skip(1) {
        let free = |at: &usize| shapes[*at].is_none();
        let head = page.clone().take(EDGE).find(free);
        let foot = page.clone().rev().take(EDGE).find(free);
        for (at, foot) in head
            .map(|at| (at, false))
            .into_iter()
            .chain(foot.map(|at| (at, true)))
        {
            let text = &lines[at].text;
            // A row of cells is the head of a table that goes on.
            let cells = text
                .split("   ")
                .filter(|cell| !cell.trim().is_empty())
                .count();
            if cells <= 2 && !text.ends_with([';', ':', ',']) {
                let key = folded(text);
                if key.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
                    let alike = seen.entry((key, foot)).or_default();
                    alike.push((lines[at].page, numbers(text)));
                }
            }
        }
    }
    seen
}

/// Sets aside the running heads of a text that no page feeds stand in: its symbol alone on a line
/// at about equal distances, and what has a shape beside it; and page numbers that count on.
fn mark_recurring(lines: &mut [Line], shapes: &[Option<Shape>]) {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, shape) in shapes.iter().enumerate() {
        for symbol in shape.iter().flat_map(|shape| &shape.symbols) {
            places.entry(symbol).or_default().push(at);
        }
    }
    let far = |pair: &[usize]| lines[pair[1]].number >= lines[pair[0]].number + APART;
    let mut heads: Vec<usize> = places
        .into_values()
        .filter(|places| places.len() >= OFTEN)
        .filter(|places| {
            let apart = places.windows(2).filter(|pair| far(pair)).count();
            apart + 1 >= places.len() - places.len() / 8
        })
        .flatten()
        .collect();
    heads.extend(counting(lines, shapes));
    heads.sort_unstable();
    heads.dedup();
    // The first of all may be that of the masthead, which takes it anyway.
    for &head in &heads {
        let above = (0..head).rev().take(3);
        let below = (head + 1..lines.len()).take(3);
        let shaped = |at: &usize| {
            let shape = shapes[*at].as_ref();
            shape.is_some_and(|shape| shape.symbols.is_empty() || heads.binary_search(at).is_ok())
        };
        let beside: Vec<_> = above
            .take_while(shaped)
            .chain([head])
            .chain(below.take_while(shaped))
            .collect();
        for at in beside {
            if let Some(shape) = &shapes[at]
                && lines[at].role == Role::Line
            {
                lines[at].part = Part::Aside(shape.kind);
            }
        }
    }
}

/// The lines of page numbers that count on by one, each a page behind the one before: `2/27`,
/// `Page 3`, `- 4 -`.
fn counting(lines: &[Line], shapes: &[Option<Shape>]) -> Vec<usize> {
    let mut run: Vec<(usize, u32)> = Vec::new();
    let mut found = Vec::new();
    let mut end = |run: &mut Vec<(usize, u32)>| {
        if run.len() >= OFTEN {
            found.extend(run.iter().map(|&(at, _)| at));
        }
        run.clear();
    };
    for (at, shape) in shapes.iter().enumerate() {
        let Some(shape) = shape.as_ref().filter(|_| !is_plain_number(&lines[at].text)) else {
            continue;
        };
        let Some(page) = shape.page else { continue };
        match run.last() {
            Some(&(before, _)) if lines[at].number < lines[before].number + APART => continue,
            Some(&(_, last)) if page != last + 1 => end(&mut run),
            _ => {}
        }
        run.push((at, page));
    }
    end(&mut run);
    found
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;

    /// The lines set aside, as kind and number: `running head 4`.
    fn aside(source: &str) -> Vec<String> {
        let (report, _) = parse(source);
        let one =
            |piece: &crate::report::Furniture| format!("{} {}", piece.kind.name(), piece.line);
        report.furniture().iter().map(one).collect()
    }

    /// Pages of running text, each with a head and a foot.
    fn pages(
        count: usize,
        head: impl Fn(usize) -> String,
        foot: impl Fn(usize) -> String,
    ) -> String {
        let page = |at: usize| {
            let n = at + 1;
            let (head, foot) = (head(n), foot(n));
            let what = ["lamp", "boat", "lake", "lock", "river", "harbour"][at % 6];
            format!(
                "{head}\n\nThe {what} was seen by all who came\nhome to their own {what} at night.\n{foot}"
            )
        };
        (0..count).map(page).collect::<Vec<_>>().join("\n\x0c")
    }

    #[test]
    fn the_edges_of_pages_are_set_aside() {
        let symbol = |_| "A/99/12".to_string();
        let total = |n: usize| match n % 2 {
            0 => format!("{n}/4    24-01234"),
            _ => format!("24-01234    {n}/4"),
        };
        let kinds = |source: &str| {
            let mut kinds: Vec<_> = aside(source)
                .into_iter()
                .map(|one| {
                    one.trim_end_matches(char::is_numeric)
                        .trim_end()
                        .to_string()
                })
                .collect();
            kinds.sort_unstable();
            kinds.dedup_by(|a, b| a == b);
            (kinds.join(", "), aside(source).len())
        };
        for (source, expected, count) in [
            (
                pages(4, symbol, total),
                "job number, masthead, running head",
                8,
            ),
            (
                pages(4, symbol, |n| n.to_string()),
                "masthead, page number, running head",
                8,
            ),
            // An old document, its page number under its symbol.
            (
                pages(4, |n| format!("A/99/12\nPage {n}"), |_| "/...".into()),
                "masthead, page number, running head",
                12,
            ),
            // A short title, on one side of each leaf or on both.
            (
                pages(6, |_| "On lamps".into(), |n| format!("- {n} -")),
                "page number, running head",
                11,
            ),
            // A number that does not count the pages is a cell, and a line that comes twice is text.
            (
                pages(4, |_| "Lamps".into(), |n| format!("{}", n * 7 + 30)),
                "running head",
                3,
            ),
            (pages(2, |_| "Lamps".into(), |_| "All lit".into()), "", 0),
            // Articles that begin at the heads of pages count on, but not with them.
            (
                pages(5, |n| format!("Article {}", n * 3), |n| n.to_string()),
                "page number",
                5,
            ),
            (
                pages(5, |n| format!("Lamps, page {n} of 5"), |_| "...".into()),
                "running head",
                4,
            ),
        ] {
            assert_eq!(kinds(&source), (expected.to_string(), count), "{source}");
        }
    }

    #[test]
    fn what_a_format_says_is_a_head_is_set_aside_but_for_numbered_paragraphs() {
        let source = "On lamps\n______\nA/99/12\n17. It was lit.\n";
        let mut manuscript = crate::read::Manuscript::of_text(source);
        for line in &mut manuscript.lines {
            line.role = crate::read::Role::Head;
        }
        let (report, _) = crate::parse::parse_manuscript(&manuscript, &mut |_, _| ());
        let kinds: Vec<_> = report
            .furniture()
            .iter()
            .map(|piece| piece.kind.name())
            .collect();
        assert_eq!(kinds, ["running head", "rule", "masthead"]);
        let texts: Vec<_> = report.ids().map(|id| report.unit(id).to_string()).collect();
        assert_eq!(texts, ["17. It was lit."]);
    }

    #[test]
    fn in_text_without_page_feeds_they_come_at_equal_distances() {
        let line =
            "The lamp was lit and the boats came home by its light at about the same hour.\n";
        let page = |n: usize| format!("{}A/99/12\n24-01234    {n}/5\n", line.repeat(20));
        let source: String = (1..=5).map(page).collect();
        assert_eq!(aside(&source).len(), 10);
        // A refrain, and a symbol in a list, are text.
        let verse = format!("{}Adopted\n", line.repeat(20));
        assert_eq!(aside(&verse.repeat(5)).len(), 0);
        let list = "A/99/12\tOn lamps\nA/99/12\nA/99/12\nA/99/12\n1\n2\n3\n";
        assert_eq!(aside(&format!("{line}{list}")).len(), 0);
    }
}
