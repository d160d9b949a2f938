//! How many columns text takes in a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::safe::safe;

/// The columns `text` takes when it is drawn, control characters as one visible character each.
pub fn cols(text: &str) -> usize {
    graphemes(text).map(|(_, _, cols)| cols).sum()
}

/// The characters as a reader sees them: where each begins, what it is, and its columns.
pub(super) fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    text.grapheme_indices(true)
        .map(|(at, grapheme)| (at, grapheme, safe(grapheme).width()))
}

/// The longest start of `text` that fits into `room` columns.
///
/// ```
/// assert_eq!(rapporteur::typeset::clip("网络犯罪", 5), "网络");
/// ```
pub fn clip(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, _, cols) in graphemes(text) {
        used += cols;
        if used > room {
            return &text[..at];
        }
    }
    text
}
