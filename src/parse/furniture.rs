//! What is printed on page after page and is no text: running heads, page numbers, job numbers.

use super::line::Line;

/// Sets these lines aside.
pub(super) fn mark(_lines: &mut [Line]) {}
