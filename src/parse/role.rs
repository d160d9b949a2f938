//! What units are by their place and words: headings without numbers, recommendations, and the
//! symbol at the head of the report.

use crate::report::{DEEP, Ground, Kind};

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

/// Words in a heading under which recommendations, conclusions or decisions stand.
const WORDS: [&str; 16] = [
    "建议",
    "建議",
    "结论",
    "結論",
    "决定",
    "決定",
    "recommendation",
    "conclusion",
    "decision",
    "recommandation",
    "décision",
    "recomendaci",
    "conclusi",
    "рекомендаци",
    "вывод",
    "توصيات",
];

/// Marks the items, and the paragraphs that introduce none, under headings of that meaning.
pub(super) fn mark_recommendations(units: &mut [Draft]) {
    // The kinds of the open headings that carry the meaning, outermost first.
    let mut open: Vec<Kind> = Vec::new();
    for at in 0..units.len() {
        let kind = units[at].unit.kind;
        if kind.is_heading() {
            open.retain(|&above| above < kind);
            let words = units[at].unit.text.to_lowercase();
            if says_so(&words) {
                open.push(kind);
            }
            continue;
        }
        let introduces = units
            .get(at + 1)
            .is_some_and(|below| below.unit.kind >= Kind::Item);
        let item = kind == Kind::Item && units[at].unit.number.is_some();
        let recommends = item || (kind == Kind::Paragraph && !introduces);
        units[at].unit.ground = (recommends && !open.is_empty()).then_some(Ground::Heading);
    }
}

/// True where the words of a heading say that recommendations, conclusions or decisions follow; a
/// decision with a number is one that is referred to.
fn says_so(words: &str) -> bool {
    let decides = |word: &str| ["决定", "決定", "decision", "décision"].contains(&word);
    let numbered = words.contains(|c: char| c.is_ascii_digit());
    WORDS
        .iter()
        .any(|word| words.contains(word) && !(decides(word) && numbered))
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
