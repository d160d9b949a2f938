//! Which way a text runs.

use unicode_bidi::{Direction, get_base_direction};

/// True for text that runs from right to left: whose first letter does (Unicode Annex 9, rules P2
/// and P3).
///
/// Such text is kept in the order in which it is read; putting the letters of a line in the order
/// in which they are seen is the terminal's.
///
/// ```
/// use rapporteur::typeset::is_right_to_left;
///
/// assert!(is_right_to_left("1 – يشجع الدول"));
/// assert!(!is_right_to_left("网络 يشجع"));
/// ```
pub fn is_right_to_left(text: &str) -> bool {
    get_base_direction(text) == Direction::Rtl
}
