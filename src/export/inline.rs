//! What of a unit's text can be followed: links, documents, other units, footnotes.

use std::ops::Range;

use crate::report::{Report, UnitId, follow, references};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words that lead nowhere.
    Text(&'a str),
    /// Words that lead to an address of the web.
    Link(&'a str, String),
    /// Words that name another unit.
    Reference(&'a str, UnitId),
    /// The call of a footnote.
    Call(&'a str, UnitId),
}

/// A unit's text in pieces, in order; together they are all of it.
pub(super) fn pieces<'a>(report: &'a Report, id: UnitId) -> Vec<Piece<'a>> {
    let unit = report.unit(id);
    let text = unit.text;
    let mut marked: Vec<(Range<usize>, Piece<'a>)> = Vec::new();
    for tie in report.calls(id) {
        if let Some(words) = text.get(tie.call.clone()) {
            marked.push((tie.call.clone(), Piece::Call(words, tie.footnote)));
        }
    }
    for reference in references(report, id) {
        if let Some(words) = text.get(reference.range.clone()) {
            marked.push((reference.range, Piece::Reference(words, reference.target)));
        }
    }
    for lead in follow(&unit) {
        // Nothing else is opened from a page.
        let web = lead.target.starts_with("http://") || lead.target.starts_with("https://");
        if let (Some(words), true) = (text.get(lead.range.clone()), web) {
            let target = lead
                .target
                .replacen("http://undocs.org/", "https://undocs.org/", 1);
            marked.push((lead.range, Piece::Link(words, target)));
        }
    }
    marked.sort_by_key(|(range, _)| (range.start, range.end));
    let mut pieces = Vec::new();
    let mut at = 0;
    for (range, piece) in marked {
        // What lies over another is only told once.
        if range.start < at || range.is_empty() {
            continue;
        }
        if at < range.start {
            pieces.push(Piece::Text(&text[at..range.start]));
        }
        at = range.end;
        pieces.push(piece);
    }
    if at < text.len() {
        pieces.push(Piece::Text(&text[at..]));
    }
    pieces
}

/// Text for XML and HTML: what means something there is written otherwise, and characters that XML 1.0
/// has not, or that turn the direction of what follows, are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // In XML they are no characters.
            '\u{fffe}' | '\u{ffff}' => {}
            c if crate::typeset::is_safe(c) => out.push(c),
            _ => {}
        }
    }
    out
}
