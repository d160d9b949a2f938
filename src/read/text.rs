//! Plain text: its printed lines, with indents, blank lines and page feeds.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::manuscript::{Line, Look, Manuscript, Role};

/// How far a tab reaches, in columns.
const TAB: usize = 4;

/// Cuts a text into its printed lines.
pub(super) fn manuscript(text: String) -> Manuscript {
    let mut lines = Vec::new();
    let (mut page, mut starts_page, mut fed) = (1, true, false);
    let mut gap = true;
    for (number, line) in (1..).zip(raw_lines(&text)) {
        let raw = &text[line.clone()];
        let printed = raw.trim();
        let before = &raw[..raw.len() - raw.trim_start().len()];
        let feeds = before.matches('\x0c').count() as u32;
        if feeds > 0 {
            // A feed before anything is printed turns no page.
            page += if lines.is_empty() { 0 } else { feeds };
            starts_page = true;
            fed = true;
        }
        if printed.is_empty() {
            gap = true;
            continue;
        }
        let from = line.start + before.len();
        lines.push(Line {
            span: from..from + printed.len(),
            number,
            page,
            starts_page,
            gap,
            indent: indent(before),
            look: Look::default(),
            role: Role::Line,
            label: 0,
        });
        gap = false;
        // A feed behind a line, or inside it, turns the page for the next one.
        let behind = raw[before.len()..].matches('\x0c').count() as u32;
        page += behind;
        starts_page = behind > 0;
        fed |= behind > 0;
    }
    Manuscript {
        pages: if fed { page } else { 0 },
        lines,
        text,
        ..Manuscript::default()
    }
}

/// The width of the white space before a line, in columns.
pub(super) fn indent(before: &str) -> u16 {
    let width = |c| match c {
        '\t' => TAB,
        _ => UnicodeWidthChar::width(c).unwrap_or(0),
    };
    let columns: usize = before.chars().map(width).sum();
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// The lines of a text without their ends, in bytes; the last has none.
pub(super) fn raw_lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let whole = std::iter::once(text.len()..text.len());
    let mut start = 0;
    line_ends(text).chain(whole).map(move |end| {
        let line = start..end.start;
        start = end.end;
        line
    })
}

/// Where the lines of a text end: by a line feed, with carriage returns before it or not, by a
/// carriage return alone as on old Macintoshes, or as Unicode ends lines.
pub(super) fn line_ends(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let length = match bytes[at] {
                b'\n' | 0x0b => 1,
                b'\r' if bytes[at..].starts_with(b"\r\n") => 2,
                // Text that was turned into DOS lines twice.
                b'\r' if bytes[at..].starts_with(b"\r\r\n") => 3,
                b'\r' => 1,
                0xc2 if bytes[at..].starts_with("\u{85}".as_bytes()) => 2,
                0xe2 if bytes[at..].starts_with("\u{2028}".as_bytes())
                    || bytes[at..].starts_with("\u{2029}".as_bytes()) =>
                {
                    3
                }
                _ => 0,
            };
            at += length.max(1);
            if length > 0 {
                return Some(start..at);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, String, bool)> {
        let manuscript = manuscript(text.into());
        let one = |line: &Line| (line.number, manuscript.printed(line).to_string(), line.gap);
        manuscript.lines.iter().map(one).collect()
    }

    #[test]
    fn lines_end_as_on_any_machine() {
        for end in [
            "\n", "\r\n", "\r", "\r\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\x0b",
        ] {
            let expected = [
                (1, "一".to_string(), true),
                (2, "two".to_string(), false),
                (4, "три".to_string(), true),
            ];
            assert_eq!(
                lines(&["一", "two", "", "три", ""].join(end)),
                expected,
                "{end:?}"
            );
        }
    }

    #[test]
    fn a_soft_hyphen_and_a_mark_inside_are_printed() {
        assert_eq!(
            lines("co\u{ad}operate\u{feff}")[0].1,
            "co\u{ad}operate\u{feff}"
        );
    }

    #[test]
    fn tabs_and_wide_spaces_are_depth() {
        let indents = |text: &str| {
            let manuscript = manuscript(text.into());
            manuscript
                .lines
                .iter()
                .map(|line| line.indent)
                .collect::<Vec<_>>()
        };
        assert_eq!(indents("a\n\tb\n\t\tc\n　　d\n  e"), [0, 4, 8, 4, 2]);
    }
}
