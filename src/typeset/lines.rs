//! Breaks text into lines and units into lines with their labels and indents.
//!
//! Lines are filled greedily: each takes what fits, and ends at the last of the places where least
//! is torn. Where these places are, and what is worth more than what, is [`super::breaks`]'s to say.

use std::ops::Range;

use super::breaks::{End, Piece, pieces};
use super::table::{self, GOES_ON};
use super::width::Ruler;
use crate::report::{Kind, Placed};

/// One line of a unit: its label if it is the first, and a part of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The column at which the label stands, on the first line only.
    pub label: Option<usize>,
    /// The column at which the text begins.
    pub indent: usize,
    /// The part of the unit's text, in bytes, with the white space at its end. Where it ends with a
    /// soft hyphen (U+00AD) and is not the last, a hyphen is to be drawn, for which there is room.
    pub span: Range<usize>,
    /// In a row of a table, the columns behind the indent at which its second and further cells
    /// begin.
    pub cells: Vec<usize>,
}

impl Line {
    /// The pieces it is drawn in, each a line by itself: the cells of a row, each with the tab
    /// behind it, or all of it.
    pub fn pieces(&self, text: &str) -> Vec<Self> {
        if self.cells.is_empty() {
            return vec![self.clone()];
        }
        let mut start = self.span.start;
        let cells = text[self.span.clone()].split_inclusive('\t');
        let begins = std::iter::once(0).chain(self.cells.iter().copied());
        let piece = |(nth, (cell, begin)): (usize, (&str, usize))| {
            let span = start..start + cell.len();
            start = span.end;
            Self {
                label: self.label.filter(|_| nth == 0),
                indent: self.indent + begin,
                span,
                cells: Vec::new(),
            }
        };
        cells.zip(begins).enumerate().map(piece).collect()
    }
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
        // A recommendation 26.1 has items of its own.
        Kind::Item if unit.prefix > 0 => 0,
        Kind::Item | Kind::Table | Kind::Footnote => step,
        Kind::SubItem => 2 * step,
        _ => 0,
    };
    let label = ruler.cols(unit.label) + unit.label_gap().len();
    if unit.kind == Kind::Table {
        return set_table(ruler, unit, at.min(width / 2), width);
    }
    // A deep label stands further to the left rather than by itself.
    let at = at.min(width.saturating_sub(label + 2));
    let first = at + label;
    // Where so deep an indent would leave too little room, the text runs on below its label.
    let rest = if width >= first + width.div_ceil(2) {
        if label > LONG_LABEL { at + step } else { first }
    } else {
        at.min(width.saturating_sub(2))
    };
    if width < first + 2 && label > 0 {
        // Not even one wide character fits beside the label.
        let own = Line {
            label: Some(0),
            indent: 0,
            span: 0..0,
            cells: Vec::new(),
        };
        let below = wrap(ruler, unit.text, width, width)
            .into_iter()
            .map(|span| Line {
                label: None,
                indent: 0,
                span,
                cells: Vec::new(),
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
            cells: Vec::new(),
        })
        .collect();
    if let Some(line) = lines.first_mut() {
        *line = Line {
            label: Some(at),
            indent: first,
            span: line.span.clone(),
            cells: Vec::new(),
        };
    }
    lines
}

/// Below a wider label, as `Article 12.`, text hangs no deeper than usual.
const LONG_LABEL: usize = 8;

/// The lines of a table: its label, if it has one, then its rows.
fn set_table(ruler: Ruler, unit: &Placed, at: usize, width: usize) -> Vec<Line> {
    let label = (!unit.label.is_empty()).then(|| Line {
        label: Some(at),
        indent: (at + ruler.cols(unit.label)).min(width),
        span: 0..0,
        cells: Vec::new(),
    });
    let rows = table::rows(ruler, unit.text, width.saturating_sub(at).max(1));
    let rows = rows.into_iter().map(|row| Line {
        label: None,
        indent: at + if row.goes_on { GOES_ON } else { 0 },
        span: row.span,
        cells: row.cells,
    });
    let mut lines: Vec<_> = label.into_iter().chain(rows).collect();
    if lines.is_empty() {
        lines.push(Line {
            label: Some(at),
            indent: at,
            span: 0..0,
            cells: Vec::new(),
        });
    }
    lines
}

/// Cuts `text` into lines of at most `rest` columns, the first of at most `first`; always at least
/// one. Only a single character that is wider than the line goes over.
///
/// White space at the end of a line may hang over it and is not to be drawn. A line that ends with
/// a soft hyphen (U+00AD) has a column left for the hyphen its drawer puts there.
///
/// ```
/// use rapporteur::typeset::Ruler;
///
/// let text = "use of the A/C.3/72/12 draft";
/// let lines: Vec<_> = rapporteur::typeset::wrap(Ruler::NARROW, text, 12, 12).into_iter().map(|at| &text[at]).collect();
/// assert_eq!(lines, ["use of the ", "A/C.3/72/12 ", "draft"]);
/// ```
pub fn wrap(ruler: Ruler, text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut filler = Filler {
        text,
        lines: Vec::new(),
        start: 0,
        base: 0,
        room: first.max(1),
        rest: rest.max(1),
        cols: 0,
        bare: 0,
        places: Vec::new(),
    };
    for piece in pieces(ruler, text) {
        filler.add(&piece);
    }
    filler.lines.push(filler.start..text.len());
    filler.lines
}

/// Fills one line after the other. Columns are counted from the start of the text.
struct Filler<'a> {
    text: &'a str,
    lines: Vec<Range<usize>>,
    /// Where the line at hand begins, in bytes and in columns.
    start: usize,
    base: usize,
    /// The columns of this line, and of all below it.
    room: usize,
    rest: usize,
    /// The columns so far, and without the white space just passed.
    cols: usize,
    bare: usize,
    /// Where this line may end; there are no more of these than it has columns.
    places: Vec<Place>,
}

/// A place where a line may end.
struct Place {
    at: usize,
    end: End,
    /// The columns before it, and without the white space that would hang over.
    cols: usize,
    bare: usize,
}

impl Filler<'_> {
    fn add(&mut self, piece: &Piece) {
        if piece.end != End::Never && self.cols > self.base {
            self.places.push(Place {
                at: piece.at,
                end: piece.end,
                cols: self.cols,
                bare: self.bare,
            });
            if piece.end == End::Must {
                self.end_line(self.places.len() - 1);
            }
            while !piece.space
                && self.cols - self.base + piece.cols > self.room
                && let Some(place) = self.best()
            {
                self.end_line(place);
            }
        }
        self.cols += piece.cols;
        if !piece.space {
            self.bare = self.cols;
        }
    }

    /// The cheapest of the places that fit, and of equals the last; where none fits, the first.
    ///
    /// This looks at all of a line only where nothing is free. What it then leaves to the next line
    /// is looked at again, but each time to end at something dearer: so no text is looked at more
    /// often than there are kinds of [`End`].
    fn best(&self) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (nth, place) in self.places.iter().enumerate().rev() {
            let hyphen = usize::from(self.text[..place.at].ends_with('\u{ad}'));
            if (place.bare + hyphen).saturating_sub(self.base) <= self.room
                && best.is_none_or(|best| place.end < self.places[best].end)
            {
                best = Some(nth);
                if place.end <= End::Free {
                    break;
                }
            }
        }
        best.or((!self.places.is_empty()).then_some(0))
    }

    fn end_line(&mut self, nth: usize) {
        let Place { at, cols, .. } = self.places[nth];
        self.lines.push(self.start..at);
        self.start = at;
        self.base = cols;
        self.room = self.rest;
        self.places.drain(..=nth);
    }
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
                &["草案", "（A/C.3/72/", "12，附件）"],
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
            let mut drawn = line.label.map_or(String::new(), |at| {
                format!("{}{}", " ".repeat(at), unit.label)
            });
            for piece in line.pieces(unit.text) {
                drawn += &" ".repeat(piece.indent.saturating_sub(RULER.cols(&drawn)));
                drawn += &super::super::safe(unit.text[piece.span].trim_end());
            }
            drawn
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

    #[test]
    fn text_hangs_no_deeper_than_usual_below_a_long_label() {
        let unit = Unit::new(
            Kind::Article,
            "Article 12.",
            Some(12),
            "Each Party shall keep a register of the facilities that it owns or uses.",
        );
        assert_eq!(
            laid(&unit, 50),
            "Article 12. Each Party shall keep a register of\n    the facilities that it owns or uses."
        );
    }

    #[test]
    fn the_columns_of_a_table_are_aligned_where_they_fit() {
        let rows = "State\tYear\tAmount\nChile\t\t12\nCôte d’Ivoire\t2019\t7\nTotal of all\n";
        let unit = Unit::new(Kind::Table, "Table 3", Some(3), rows);
        assert_eq!(
            laid(&unit, 40),
            "  Table 3\n  State          Year  Amount\n  Chile                12\n\
             \u{20} Côte d’Ivoire  2019  7\n  Total of all"
        );
        assert_eq!(
            laid(&unit, 20),
            "  Table 3\n  State │ Year\n    Amount\n  Chile │  │ 12\n  Côte d’Ivoire\n\
             \u{20}   2019 │ 7\n  Total of all"
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

        #[test]
        fn no_cell_is_lost_and_no_row_too_wide(text in "([网络a-z ]{0,9}[\t\n]?){0,12}", width in 8usize..60) {
            let unit = Unit::new(Kind::Table, "", None, &text);
            let mut end = 0;
            for line in set(RULER, &Placed::from(&unit), width) {
                for piece in line.pieces(&text) {
                    prop_assert_eq!(piece.span.start, end);
                    end = piece.span.end;
                    let wide = piece.indent + RULER.cols(text[piece.span].trim_end());
                    prop_assert!(wide <= width, "{:?} in {}", text, width);
                }
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
