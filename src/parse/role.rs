//! The symbol at the head of the report.

use super::outline::Draft;

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
