//! The lines of a source, and what their widths and spacing say about how it was set.

use std::borrow::Cow;

use super::call;
use crate::read::{Call, Look, Manuscript, Role};
use crate::report::FurnitureKind;
use crate::report::script::is_han;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A line with something printed on it.
#[derive(Debug, Clone)]
#[allow(dead_code)]
pub(super) struct Line<'a> {
    /// Its number in the source, from 1, blank lines counted.
    pub number: u32,
    /// What is printed, without the white space around it; digits that call a footnote are
    /// superscripts (`⁵`).
    pub text: Cow<'a, str>,
    /// White space before it, in columns.
    pub indent: usize,
    /// The width of `text` in columns.
    pub width: usize,
    /// True when a blank line or the start of the source stands before it.
    pub gap: bool,
    /// True when it is the first of its page.
    pub starts_page: bool,
    /// Its page, from 1.
    pub page: u32,
    /// How it looks, where the format tells.
    pub look: Look,
    /// What the format says it is.
    pub role: Role,
    /// How many bytes at its start are a label that the format itself states; 0 for none.
    pub stated: usize,
    /// What it belongs to.
    pub part: Part,
}

/// What a line belongs to, found before units are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code)]
pub(super) enum Part {
    /// The text itself: headings, paragraphs, items.
    Body,
    /// Of the title of the document.
    Title,
    /// Set aside.
    Aside(FurnitureKind),
    /// A footnote or endnote; true where one begins.
    Footnote { begins: bool },
    /// A row of a table, or what stands in a figure; true where one begins.
    Table { begins: bool },
}

impl Line<'_> {
    /// True when it ends as a sentence, a clause or a list entry ends.
    pub fn is_ended(&self) -> bool {
        // Among what closes are marks of direction.
        let closing = [
            '"', '\'', '”', '’', '»', '」', '』', ')', '）', ']', '》', '\u{200e}', '\u{200f}',
            '\u{202c}', '\u{2069}',
        ];
        let bare = self.text.trim_end_matches(closing);
        // A note mark may stand behind the full stop: 秘书长的报告；6
        let raised = call::uncalled(bare);
        let bare = if raised.len() < bare.len() {
            raised.trim_end_matches(closing)
        } else {
            bare
        };
        let unmarked = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        let ends = |text: &str| {
            text.ends_with([
                '.', ';', ':', '!', '?', '…', '。', '．', '；', '：', '！', '？', '؟', '؛',
            ])
        };
        ends(bare) || (unmarked.len() < bare.len() && ends(unmarked) && !unmarked.ends_with('.'))
    }

    /// True when it ends where a list goes on: behind a comma, or a word for "and" or "or".
    pub fn leads_on(&self) -> bool {
        let text = call::uncalled(&self.text);
        let last_word = text.rsplit(char::is_whitespace).next().unwrap_or("");
        text.ends_with([',', '،', '，', '、', '和', '及', '与', '或', '且'])
            || ["and", "or", "et", "ou", "y", "o", "и", "или", "و", "أو"].contains(&last_word)
    }
}

/// How a source was set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The width its lines were filled to, in columns; `None` where a line is a paragraph.
    pub measure: Option<usize>,
    /// How wide a line and the first word of the next are together, at least, where the line is
    /// filled: the measure, or less where letters differ in width.
    pub filled: usize,
    /// True when blank lines stand between the lines of one paragraph, and so mean nothing.
    pub double_spaced: bool,
    /// True when numbers and Latin words in Chinese text have spaces around them.
    pub spaced_numbers: bool,
}

/// Lines narrower than this are never taken for filled ones.
const LEAST_MEASURE: usize = 40;
/// Nobody wraps wider than this: a source whose lines are wider has one line a paragraph.
const MOST_MEASURE: usize = 160;
/// No list is set in further, in columns.
const MOST_SET_IN: usize = 12;

impl Layout {
    /// True when `next` would not have fitted behind `line`: the wrap, not the writer, ended it.
    pub fn is_full(&self, line: &Line, next: &Line) -> bool {
        self.is_full_at(0, line, next)
    }

    /// As [`Self::is_full`], for a line that is set in by so many columns.
    pub fn is_full_at(&self, indent: usize, line: &Line, next: &Line) -> bool {
        let wraps = line.role == Role::Line && self.measure.is_some();
        wraps && indent.min(MOST_SET_IN) + with_next_word(line, next) > self.filled
    }

    /// True when a gap before `line` means that something new begins; at the head of a page it may
    /// be no more than the page's, where letters are as large as before.
    pub fn is_set_apart(&self, before: &Line, line: &Line) -> bool {
        let same_page = before.page == line.page;
        line.gap && !self.double_spaced && (same_page || is_resized(before, line))
    }

    /// True when the line before lets a unit begin; else it is filled and in mid-sentence.
    pub fn is_clear(&self, before: &Line, line: &Line) -> bool {
        line.role != Role::Line
            || self.is_set_apart(before, line)
            || before.is_ended()
            || !self.is_full(before, line)
    }
}

/// True when the letters of two lines differ in size as no text does that goes on.
pub(super) fn is_resized(before: &Line, line: &Line) -> bool {
    /// In hundredths of the usual size.
    const MUCH: u16 = 12;
    before.look.size.abs_diff(line.look.size) > MUCH
}

/// How wide a line would be with the first word of the next on it.
fn with_next_word(line: &Line, next: &Line) -> usize {
    let first = next.text.chars().next();
    let word = match first.and_then(UnicodeWidthChar::width) {
        // Where a mark may not begin a line, the character before it goes down with it.
        Some(2) => 4,
        _ => {
            let mut words = next.text.split(char::is_whitespace);
            let word = words.next().unwrap_or("");
            // A day and its month stand on one line.
            let day = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
            let month = words
                .next()
                .filter(|word| day && word.starts_with(char::is_alphabetic));
            1 + word.width() + month.map_or(0, |month| 1 + month.width())
        }
    };
    line.width + word
}

/// The printed lines of a manuscript, and how it was set.
pub(super) fn lines(manuscript: &Manuscript) -> (Vec<Line<'_>>, Layout) {
    let mut calls = &manuscript.calls[..];
    let mut lines: Vec<_> = manuscript
        .lines
        .iter()
        .map(|line| {
            let (text, stated) = printed(manuscript, line, &mut calls);
            Line {
                number: line.number,
                width: text.width(),
                text,
                indent: line.indent.into(),
                gap: line.gap,
                starts_page: line.starts_page,
                page: line.page,
                look: line.look,
                role: line.role,
                stated,
                part: Part::Body,
            }
        })
        .collect();
    let layout = layout(&lines);
    if layout.double_spaced {
        mark_page_joins(&mut lines);
    }
    (lines, layout)
}

/// What is printed on a line, the numbers that call a footnote raised, and how much of it is a label
/// that the format states; of `calls` those of later lines remain. What is raised at the start of a
/// footnote is its label.
fn printed<'a>(
    manuscript: &'a Manuscript,
    line: &crate::read::Line,
    calls: &mut &[Call],
) -> (Cow<'a, str>, usize) {
    let text = manuscript.printed(line);
    let before = calls.partition_point(|call| call.span.start < line.span.start);
    let own = calls[before..].partition_point(|call| call.span.end <= line.span.end);
    let (own, later) = calls[before..].split_at(own);
    *calls = later;
    let start = line.span.start;
    let own = own
        .iter()
        .map(|call| call.span.start - start..call.span.end - start);
    let (label, ranges): (Vec<_>, Vec<_>) =
        own.partition(|range| line.role == Role::Footnote && range.start == 0);
    let stated = label.first().map_or(line.label.into(), |range| range.end);
    match ranges.is_empty() {
        true => (text.into(), stated),
        false => (call::raise(text, &ranges).into(), stated),
    }
}

fn layout(lines: &[Line]) -> Layout {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    // Not the widest: one line out of measure must not make every other look short.
    let wide = widths
        .get(widths.len() * 9 / 10)
        .copied()
        .unwrap_or(0)
        .max(LEAST_MEASURE);
    let measure = (wide <= MOST_MEASURE).then_some(wide);
    let full = |line: &&[Line]| line[0].width + 4 >= wide;
    let set = measure.map_or(0, |measure| filled_width(lines, measure));
    let (mut filled, mut apart) = (0usize, 0usize);
    for pair in lines.windows(2).filter(full) {
        filled += 1;
        apart += usize::from(pair[1].gap);
    }
    let double_spaced =
        measure.is_some() && filled >= 3 && apart * 5 >= filled * 4 && filled * 4 >= lines.len();
    Layout {
        measure,
        filled: set,
        double_spaced,
        spaced_numbers: has_spaced_numbers(lines),
    }
}

/// The least width that filled lines have with the word behind them, as lines show that the wrap
/// surely ended: the next begins in lower case. Where letters differ in width some lines of full
/// measure have few.
fn filled_width(lines: &[Line], measure: usize) -> usize {
    const ENOUGH: usize = 12;
    let wrapped = lines.windows(2).filter(|pair| {
        let plain = pair.iter().all(|line| line.role == Role::Line);
        let small = pair[1].text.starts_with(char::is_lowercase);
        plain && small && !pair[1].gap && !pair[0].is_ended()
    });
    let mut widths: Vec<_> = wrapped
        .map(|pair| with_next_word(&pair[0], &pair[1]))
        .collect();
    if widths.len() < ENOUGH {
        return measure;
    }
    widths.sort_unstable();
    // A tenth may be broken short, as in tables and titles.
    let least = widths[widths.len() / 10].saturating_sub(1);
    least.clamp(measure * 6 / 10, measure)
}

/// Text that came out of a PDF double-spaced shows a page join as two spaces at the start of a
/// line that, unlike all others, has no blank line before it.
fn mark_page_joins(lines: &mut [Line]) {
    let mut joins = 0;
    for line in lines.iter_mut().skip(1) {
        if !line.gap && line.indent >= 2 && !line.starts_page {
            line.starts_page = true;
            joins += 1;
        }
        line.page += joins;
    }
}

fn has_spaced_numbers(lines: &[Line]) -> bool {
    let (mut spaced, mut close) = (0usize, 0usize);
    for line in lines {
        let mut before = [' '; 2];
        for c in line.text.chars() {
            let pair = if before[1] == ' ' {
                (before[0], c)
            } else {
                (before[1], c)
            };
            if is_han(pair.0) && pair.1.is_ascii_alphanumeric()
                || pair.0.is_ascii_alphanumeric() && is_han(pair.1)
            {
                if before[1] == ' ' {
                    spaced += 1
                } else {
                    close += 1
                }
            }
            before = [before[1], c];
        }
    }
    spaced > close
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "提出的建议汇编。这些初步建议和结论是会员国提交的，列于此处并不表示已得到专";

    #[test]
    fn double_spacing_and_page_joins_are_told_from_the_lines_themselves() {
        let source = format!("{LINE}\n\n{LINE}\n\n{LINE}\n  {LINE}\n\n{LINE}\n\n{LINE}\n");
        let manuscript = Manuscript::of_text(source);
        let (lines, layout) = lines(&manuscript);
        assert!(layout.double_spaced);
        assert_eq!(
            lines.iter().map(|line| line.page).collect::<Vec<_>>(),
            [1, 1, 1, 2, 2, 2]
        );
    }

    #[test]
    fn in_single_spaced_text_an_indented_line_starts_no_page() {
        let source = format!("{LINE}\n  {LINE}\n{LINE}\n\n  {LINE}\n{LINE}\n");
        let manuscript = Manuscript::of_text(source);
        let (lines, layout) = lines(&manuscript);
        assert!(!layout.double_spaced);
        assert!(lines.iter().all(|line| line.page == 1));
    }

    #[test]
    fn form_feeds_turn_pages_but_not_before_the_first_line() {
        let manuscript = Manuscript::of_text("\x0cone\ntwo\x0c\nthree\n\x0c\x0cfive\r\n");
        let (lines, _) = lines(&manuscript);
        let pages: Vec<_> = lines
            .iter()
            .map(|line| (&*line.text, line.page, line.starts_page))
            .collect();
        assert_eq!(
            pages,
            [
                ("one", 1, true),
                ("two", 1, false),
                ("three", 2, true),
                ("five", 4, true)
            ]
        );
    }

    #[test]
    fn wide_lines_mean_a_line_a_paragraph() {
        let long = "word ".repeat(60);
        let measure = |text: &str| lines(&Manuscript::of_text(text)).1.measure;
        assert_eq!(measure(&format!("{long}\n{long}\n")), None);
        assert_eq!(measure("short\nlines\n"), Some(LEAST_MEASURE));
    }
}
