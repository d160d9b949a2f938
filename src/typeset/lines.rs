//! Breaks text into lines and units into lines with their labels and indents.
//!
//! Where a line may end is Unicode Annex 14's to say (by `unicode-linebreak`), narrowed by what
//! careful Chinese and English printing adds; lines are then filled greedily.

use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::width::Ruler;
use crate::report::{Kind, Placed};

/// One line of a unit: its label if it is the first, and a part of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The column at which the label stands, on the first line only.
    pub label: Option<usize>,
    /// The column at which the text begins.
    pub indent: usize,
    /// The part of the unit's text, in bytes, with the white space at its end.
    pub span: Range<usize>,
}

/// The lines of a unit's own text in `width` columns, with its label and a hanging indent as deep
/// as the label is wide. Every byte of the text stands in one line, in order.
pub fn set(ruler: Ruler, unit: &Placed, width: usize) -> Vec<Line> {
    let step = match width {
        0..16 => 0,
        16..50 => 2,
        _ => 4,
    };
    let at = match unit.kind {
        Kind::Chapter | Kind::Section | Kind::Heading | Kind::Paragraph => 0,
        Kind::Item => step,
        Kind::SubItem => 2 * step,
    };
    let label = ruler.cols(unit.label) + unit.label_gap().len();
    let first = at + label;
    // Where so deep an indent would leave too little room, the text runs on below its label.
    let rest = if width >= first + width.div_ceil(2) {
        first
    } else {
        at.min(width.saturating_sub(2))
    };
    if width < first + 2 && label > 0 {
        // Not even one wide character fits beside the label.
        let own = Line {
            label: Some(0),
            indent: 0,
            span: 0..0,
        };
        let below = wrap(ruler, unit.text, width, width)
            .into_iter()
            .map(|span| Line {
                label: None,
                indent: 0,
                span,
            });
        return std::iter::once(own)
            .chain(below.filter(|line| !line.span.is_empty()))
            .collect();
    }
    let mut lines: Vec<_> = wrap(ruler, unit.text, width - first.min(width), width - rest)
        .into_iter()
        .map(|span| Line {
            label: None,
            indent: rest,
            span,
        })
        .collect();
    if let Some(line) = lines.first_mut() {
        *line = Line {
            label: Some(at),
            indent: first,
            span: line.span.clone(),
        };
    }
    lines
}

/// Cuts `text` into lines of at most `rest` columns, the first of at most `first`; always at least
/// one. Only a single character that is wider than the line goes over.
///
/// ```
/// use rapporteur::typeset::Ruler;
///
/// let text = "use of the A/C.3/72/12 draft";
/// let lines: Vec<_> = rapporteur::typeset::wrap(Ruler::NARROW, text, 12, 12).into_iter().map(|at| &text[at]).collect();
/// assert_eq!(lines, ["use of the ", "A/C.3/72/12 ", "draft"]);
/// ```
pub fn wrap(ruler: Ruler, text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let (mut start, mut used, mut room) = (0, 0, first.max(1));
    let mut from = 0;
    for to in ends(text) {
        let chunk = &text[from..to];
        let bare = ruler.cols(chunk.trim_end());
        if used > 0 && used + bare > room {
            lines.push(start..from);
            (start, used, room) = (from, 0, rest.max(1));
        }
        if bare > room && used == 0 {
            // Wider than a whole line: broken where it must be rather than lost.
            for (at, _, width) in ruler.graphemes(chunk.trim_end()) {
                if used > 0 && used + width > room {
                    let better = cut(ruler, text, start, from + at);
                    let fits = ruler.cols(&text[better..from + at]) + width <= rest.max(1);
                    let cut = if fits { better } else { from + at };
                    lines.push(start..cut);
                    (start, used, room) = (cut, ruler.cols(&text[cut..from + at]), rest.max(1));
                }
                used += width;
            }
            used += ruler.cols(&chunk[chunk.trim_end().len()..]);
        } else {
            used += ruler.cols(chunk);
        }
        from = to;
    }
    lines.push(start..text.len());
    lines
}

/// The last place at or before `at` where a line that began at `start` can be cut with no closing
/// punctuation behind the cut and no opening before it; `at` itself if there is none.
fn cut(ruler: Ruler, text: &str, start: usize, at: usize) -> usize {
    let harmless = |&place: &usize| {
        !text[place..].starts_with(|c| NEVER_FIRST.contains(c))
            && !text[..place].ends_with(|c| NEVER_LAST.contains(c))
    };
    let places = ruler
        .graphemes(&text[start..at])
        .map(|(place, ..)| start + place)
        .skip(1);
    std::iter::once(at)
        .chain(places.collect::<Vec<_>>().into_iter().rev().take(4))
        .find(harmless)
        .unwrap_or(at)
}

/// Where a line may end, in bytes; the end of the text is the last.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    linebreaks(text)
        .map(|(at, _)| at)
        .filter(|&at| at == text.len() || may_end(text, at))
}

/// True where careful printing, too, lets a line end that Annex 14 lets end.
fn may_end(text: &str, at: usize) -> bool {
    let Some(next) = text[at..].chars().next() else {
        return true;
    };
    let before = &text[..at];
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    let Some(bare) = before.trim_end().chars().next_back() else {
        return false;
    };
    if NEVER_FIRST.contains(next)
        || NEVER_LAST.contains(bare)
        || (next == bare && "…—".contains(next))
    {
        return false;
    }
    if last.is_whitespace() {
        // 2017 年, 11 日: a number stays with what it counts.
        return !(bare.is_ascii_digit() && is_wide(next));
    }
    // Words, symbols (A/C.3/72/12) and addresses stay whole, but for words tied by a hyphen.
    let hyphen = last == '-'
        && before[..before.len() - 1].ends_with(char::is_alphabetic)
        && next.is_alphabetic();
    is_wide(last) || is_wide(next) || hyphen || "—–\u{ad}\u{200b}".contains(last)
}

/// Closing punctuation, which never begins a line.
const NEVER_FIRST: &str = "。，、；：！？）》〉」』】〕〗”’．·…—,.;:!?)]}%％‰℃";
/// Opening punctuation, which never ends one.
const NEVER_LAST: &str = "（《〈「『【〔〖“‘([{";

fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::Unit;

    const RULER: Ruler = Ruler::NARROW;

    fn broken(text: &str, width: usize) -> Vec<&str> {
        wrap(RULER, text, width, width)
            .into_iter()
            .map(|span| text[span].trim_end())
            .collect()
    }

    #[test]
    fn lines_end_where_careful_printing_lets_them() {
        for (text, width, lines) in [
            ("网络犯罪，而不是", 8, &["网络犯", "罪，而不", "是"][..]),
            (
                "使用《布达佩斯公约》等",
                6,
                &["使用", "《布达", "佩斯公", "约》等"],
            ),
            ("于2017 年 10 月", 9, &["于2017 年", "10 月"]),
            (
                "草案（A/C.3/72/12，附件）",
                15,
                &["草案", "（A/C.3/72/12，", "附件）"],
            ),
            (
                "草案（A/C.3/72/12，附件）",
                14,
                &["草案", "（A/C.3/72/1", "2，附件）"],
            ),
            (
                "题为“执法和调查”的议程",
                8,
                &["题为“执", "法和调", "查”的议", "程"],
            ),
            (
                "law-enforcement agencies",
                15,
                &["law-enforcement", "agencies"],
            ),
            (
                "law-enforcement agencies",
                8,
                &["law-", "enforcem", "ent", "agencies"],
            ),
            ("and 60% of States", 7, &["and 60%", "of", "States"]),
            ("等等……网络", 5, &["等", "等……", "网络"]),
            ("", 5, &[""]),
            ("网", 1, &["网"]),
            ("网络", 1, &["网", "络"]),
        ] {
            assert_eq!(broken(text, width), lines, "{text} in {width}");
        }
    }

    fn laid(unit: &Unit, width: usize) -> String {
        let unit = &Placed::from(unit);
        let line = |line: &Line| {
            let label = line.label.map_or(String::new(), |at| {
                format!("{}{}", " ".repeat(at), unit.label)
            });
            let pad = " ".repeat(line.indent.saturating_sub(RULER.cols(&label)));
            format!("{label}{pad}{}", unit.text[line.span.clone()].trim_end())
        };
        set(RULER, unit, width)
            .iter()
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn text_hangs_below_its_label_and_a_label_is_never_alone() {
        let unit = Unit::new(
            Kind::Item,
            "(k)",
            Some(11),
            "国内程序法必须跟上技术进步的步伐，以确保执法部门有能力",
        );
        assert_eq!(
            laid(&unit, 40),
            "  (k) 国内程序法必须跟上技术进步的步伐，\n      以确保执法部门有能力"
        );
        assert_eq!(
            laid(&unit, 12),
            "(k) 国内程序\n    法必须跟\n    上技术进\n    步的步\n    伐，以确\n    保执法部\n    门有能力"
        );
        assert_eq!(laid(&unit, 5).lines().next(), Some("(k)"));
        assert_eq!(
            laid(&Unit::new(Kind::Paragraph, "7.", Some(7), ""), 20),
            "7. "
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_is_lost_or_doubled_and_no_line_too_wide(text in "[网络，。（《“”a-zA-Z0-9 ./\u{301}é-]{0,60}|\\PC{0,40}", width in 1usize..60) {
            let lines = wrap(RULER, &text, width, width);
            let mut end = 0;
            for line in &lines {
                prop_assert_eq!(line.start, end);
                end = line.end;
                let shown = text[line.clone()].trim_end();
                prop_assert!(RULER.cols(shown) <= width || RULER.graphemes(shown).filter(|(.., cols)| *cols > 0).count() == 1, "{:?} in {}", shown, width);
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
