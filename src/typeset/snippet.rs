//! One line of a long text, around what was found in it.

use std::ops::Range;

use super::width::Ruler;

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
/// let snippet = rapporteur::typeset::snippet(rapporteur::typeset::Ruler::NARROW, text, at..at + 6, 14);
/// assert_eq!(&text[snippet.span], "》等现有工具");
/// assert!(snippet.cut_before && !snippet.cut_behind);
/// ```
pub fn snippet(ruler: Ruler, text: &str, found: Range<usize>, room: usize) -> Snippet {
    let found = found.start.min(text.len())..found.end.min(text.len());
    let whole = ruler.clip(text, room);
    if whole.len() == text.len() {
        return Snippet {
            span: 0..text.len(),
            cut_before: false,
            cut_behind: false,
        };
    }
    // From the start if the find is seen there; else as far before it as a third of the room. Only
    // what is near is looked at: the text may be as long as it likes.
    let ellipsis = ruler.cols("…");
    let behind = |room: usize| room.saturating_sub(ellipsis);
    let seen = ruler.clip(text, behind(room)).len() >= found.end;
    let mut start = if seen {
        0
    } else {
        ruler.back(text, found.start, behind(room) / 3)
    };
    let rest = ruler.cols(ruler.clip(&text[start..], room));
    if start > 0 && ruler.clip(&text[start..], room).len() == text.len() - start {
        // Near the end of the text there is room for more before it.
        start = ruler.back(text, start, behind(room).saturating_sub(rest));
    }
    let cut_before = start > 0;
    let left = if cut_before { behind(room) } else { room };
    let cut_behind = ruler.clip(&text[start..], left).len() < text.len() - start;
    let left = if cut_behind { behind(left) } else { left };
    let end = start + ruler.clip(&text[start..], left).len();
    Snippet {
        span: start..end,
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
                let snippet = snippet(Ruler::NARROW, text, at..at + word.len(), room);
                let shown = &text[snippet.span.clone()];
                assert!(shown.contains(word), "{word} in {room}: {shown}");
                assert!(
                    Ruler::NARROW.cols(shown)
                        + usize::from(snippet.cut_before)
                        + usize::from(snippet.cut_behind)
                        <= room
                );
            }
        }
        for room in 0..14 {
            let snippet = snippet(Ruler::NARROW, text, 30..42, room);
            assert!(Ruler::NARROW.cols(&text[snippet.span]) <= room);
        }
    }
}
