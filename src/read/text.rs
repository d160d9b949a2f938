//! Plain text: its printed lines, with indents, blank lines and page feeds.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::manuscript::{Line, Look, Manuscript, Role};

/// How far a tab reaches, in columns.
const TAB: usize = 4;

/// Cuts a text into its printed lines.
pub(super) fn manuscript(text: String) -> Manuscript {
    let mut lines = Vec::new();
    let (mut gap, mut page, mut starts_page, mut at) = (true, 1, true, 0);
    let mut fed = false;
    for (number, raw) in (1..).zip(text.split('\n')) {
        let start = at;
        at += raw.len() + 1;
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
        let indent: usize = before
            .chars()
            .map(|c| {
                if c == '\t' {
                    TAB
                } else {
                    c.width().unwrap_or(0)
                }
            })
            .sum();
        let from = start + before.len();
        lines.push(Line {
            span: Range {
                start: from,
                end: from + printed.len(),
            },
            number,
            page,
            starts_page,
            gap,
            indent: u16::try_from(indent).unwrap_or(u16::MAX),
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
