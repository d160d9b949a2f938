//! What units are by their place and words: headings without numbers, recommendations, and the
//! symbol at the head of the report.

use crate::report::{DEEP, Kind};

use super::outline::Draft;

/// Longer than any heading, in characters.
const LONGEST_HEADING: usize = 100;

/// Makes headings of the paragraphs without a number that stand alone on a short line, end no
/// clause, open no list, and have text or another heading right under them.
pub(super) fn mark_headings(units: &mut [Draft]) {
    let is_short = |draft: &Draft| {
        let unit = &draft.unit;
        let plain = unit.kind == Kind::Paragraph && unit.number.is_none();
        // A note mark may stand behind a comma: its resolution 60/1,6
        let ended = draft.ended
            || unit
                .text
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .ends_with([',', '，']);
        let listed = unit.text.starts_with(['-', '–', '—', '•', '·', '*', '□']);
        plain
            && draft.lines == 1
            && !ended
            && !listed
            && unit.text.chars().count() <= LONGEST_HEADING
    };
    // From the end, so that what stands under a line is known when the line is looked at.
    for at in (0..units.len().saturating_sub(1)).rev() {
        let below = &units[at + 1];
        let titled = match below.unit.kind {
            Kind::Paragraph => !is_short(below),
            Kind::Heading => true,
            _ => false,
        };
        if titled && is_short(&units[at]) && units[at].unit.text.contains(char::is_alphabetic) {
            units[at].unit.kind = Kind::Heading;
            units[at].unit.level = DEEP;
        }
    }
}

/// The report's own symbol: one that stands alone on a line before the first numbered unit.
pub(super) fn stated_symbol(units: &[Draft]) -> Option<String> {
    let head = units.iter().take_while(|draft| draft.unit.label.is_empty());
    head.map(|draft| draft.unit.text.as_str())
        .find(|text| is_symbol(text))
        .map(String::from)
}

/// `A/74/130`, `A/HRC/43/12`, `A/C.3/72/12/Add.1`: capitals first, parts behind slashes, a digit.
fn is_symbol(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || ".-()".contains(c);
    let mut parts = text.split('/');
    let body = parts
        .next()
        .is_some_and(|body| !body.is_empty() && body.bytes().all(|b| b.is_ascii_uppercase()));
    let rest: Vec<_> = parts.collect();
    let shaped = !rest.is_empty()
        && rest
            .iter()
            .all(|part| !part.is_empty() && part.chars().all(known));
    body && shaped && text.contains(|c: char| c.is_ascii_digit())
}
