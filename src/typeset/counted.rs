//! Numbers of things, in words.

/// A number of things: `1 unit`, `2 units`.
///
/// ```
/// use rapporteur::typeset::counted;
///
/// assert_eq!(counted(1, "annex"), "1 annex");
/// assert_eq!(counted(2, "annex"), "2 annexes");
/// ```
pub fn counted(number: usize, what: &str) -> String {
    match (number, what) {
        (1, _) => format!("1 {what}"),
        (_, "annex") => format!("{number} annexes"),
        (_, "appendix") => format!("{number} appendices"),
        _ => format!("{number} {what}s"),
    }
}
