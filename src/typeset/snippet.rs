//! One line of a long text, around what was found in it.

use std::ops::Range;

use super::width::{cols, graphemes};

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
    if cols(text) <= room {
        return Snippet {
            span: 0..text.len(),
            cut_before: false,
            cut_behind: false,
        };
    }
    // From the start if the find is seen there; else as far before it as a third of the room.
    let pieces: Vec<_> = graphemes(text).collect();
    let to_end: usize = pieces
        .iter()
        .take_while(|(at, ..)| *at < found.end)
        .map(|(_, _, cols)| cols)
        .sum();
    let mut start = 0;
    if to_end + 1 > room {
        let place = pieces
            .iter()
            .position(|(at, ..)| *at >= found.start)
            .unwrap_or(0);
        let mut before = 0;
        start = place;
        while start > 0 && before + pieces[start - 1].2 <= room.saturating_sub(1) / 3 {
            start -= 1;
            before += pieces[start].2;
        }
        // Near the end of the text there is room for more before it.
        let mut tail: usize = pieces[start..].iter().map(|(_, _, cols)| cols).sum();
        while start > 0 && tail + pieces[start - 1].2 < room {
            start -= 1;
            tail += pieces[start].2;
        }
    }
    let cut_before = start > 0;
    let mut left = room.saturating_sub(usize::from(cut_before));
    let tail: usize = pieces[start..].iter().map(|(_, _, cols)| cols).sum();
    let cut_behind = tail > left;
    left = left.saturating_sub(usize::from(cut_behind));
    let mut end = start;
    while end < pieces.len() && pieces[end].2 <= left {
        left -= pieces[end].2;
        end += 1;
    }
    let byte = |place: usize| pieces.get(place).map_or(text.len(), |(at, ..)| *at);
    Snippet {
        span: byte(start)..byte(end),
        cut_before,
        cut_behind,
    }
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
