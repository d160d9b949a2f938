//! Words that the drawn explorer and the plain one say alike.

/// A number of things: `1 unit`, `2 units`.
pub(super) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
