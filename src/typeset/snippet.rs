//! One line of a long text, around what was found in it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::{clip, cols};

/// What to show of a text where only a line of it fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The part of the text, in bytes.
    pub span: Range<usize>,
    /// True when an ellipsis must stand before it.
    pub cut_before: bool,
    /// True when an ellipsis must stand behind it.
    pub cut_behind: bool,
}

/// The part of `text` that fits into `room` columns with its ellipses, a little before `found`.
///
/// ```
/// let text = "使用《布达佩斯公约》等现有工具";
/// let at = text.find("现有").unwrap();
/// let snippet = rapporteur::typeset::snippet(text, at..at + 6, 14);
/// assert_eq!(&text[snippet.span], "》等现有工具");
/// assert!(snippet.cut_before && !snippet.cut_behind);
/// ```
pub fn snippet(text: &str, found: Range<usize>, room: usize) -> Snippet {
    let found = found.start.min(text.len())..found.end.min(text.len());
    let whole = clip(text, room);
    if whole.len() == text.len() {
        return Snippet {
            span: 0..text.len(),
            cut_before: false,
            cut_behind: false,
        };
    }
    // From the start if the find is seen there; else as far before it as a third of the room. Only
    // what is near is looked at: the text may be as long as it likes.
    let seen = clip(text, room.saturating_sub(1)).len() >= found.end;
    let mut start = if seen {
        0
    } else {
        back(text, found.start, room.saturating_sub(1) / 3)
    };
    let rest = cols(clip(&text[start..], room));
    if start > 0 && clip(&text[start..], room).len() == text.len() - start {
        // Near the end of the text there is room for more before it.
        start = back(text, start, room.saturating_sub(rest + 1));
    }
    let cut_before = start > 0;
    let left = room.saturating_sub(usize::from(cut_before));
    let cut_behind = clip(&text[start..], left).len() < text.len() - start;
    let left = left.saturating_sub(usize::from(cut_behind));
    let end = start + clip(&text[start..], left).len();
    Snippet {
        span: start..end,
        cut_before,
        cut_behind,
    }
}

/// The place at most `room` columns before `from`, in bytes, between two characters.
pub fn back(text: &str, from: usize, room: usize) -> usize {
    let mut left = room;
    let mut start = from;
    for grapheme in text[..from].graphemes(true).rev() {
        let wide = cols(grapheme);
        if wide > left {
            break;
        }
        left -= wide;
        start -= grapheme.len();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_fits_and_shows_what_was_found() {
        let text = "另一方面，有与会者提出，审议一项新的全球条约既无必要，也不适当，最佳办法是能力建设以及使用《布达佩斯公约》等现有工具。";
        for word in ["另一", "条约", "布达佩斯", "工具"] {
            let at = text.find(word).unwrap();
            for room in 14..160 {
                let snippet = snippet(text, at..at + word.len(), room);
                let shown = &text[snippet.span.clone()];
                assert!(shown.contains(word), "{word} in {room}: {shown}");
                assert!(
                    cols(shown) + usize::from(snippet.cut_before) + usize::from(snippet.cut_behind)
                        <= room
                );
            }
        }
        for room in 0..14 {
            let snippet = snippet(text, 30..42, room);
            assert!(cols(&text[snippet.span]) <= room);
        }
    }
}
