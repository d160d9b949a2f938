//! Letters that stand side by side to words: where a space is meant, which way they run, which
//! raised ones call a footnote.

use std::ops::Range;

use super::rows::Letter;
use super::rtl::{self, mirrored};
use crate::report::script::is_han;

/// What is printed on a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelled {
    pub text: String,
    /// Raised signs that call a footnote, in bytes of the text.
    pub calls: Vec<Range<usize>>,
}

/// Wider than this, in ems, a gap is told from a word space.
pub(super) const WIDE: f32 = 3.0;
/// Wider than this, in ems, a gap parts the cells of a table.
pub(super) const CELL: f32 = 0.9;

/// Spells out a line whose letters stand from left to right; a gap of more than `wide` ems
/// becomes a tab. `mirrors` says that brackets of what runs to the left are turned round.
pub(super) fn spell(letters: &[Letter], leftwards: bool, wide: f32, mirrors: bool) -> Spelled {
    let chars: Vec<char> = letters.iter().map(|letter| letter.glyph.letter).collect();
    let gaps = gaps(letters, wide);
    let order = rtl::reading_order(&chars, leftwards);
    let turned = rtl::read_to_the_left(&chars, leftwards);
    let mut spelled = Spelled::default();
    let mut raised: Vec<(Range<usize>, bool)> = Vec::new();
    for (n, &at) in order.iter().enumerate() {
        // Where the reading jumps, to a number in Arabic text and back, the gap at the near side of
        // the outer text is meant.
        if n > 0 {
            let before = order[n - 1];
            let gap = match (before + 1 == at, at + 1 == before) {
                (true, _) => gaps[at],
                (_, true) => gaps[before],
                _ => {
                    let beside = match (leftwards, turned[before]) {
                        (true, true) => before,
                        (true, false) => at + 1,
                        (false, true) => at,
                        (false, false) => before + 1,
                    };
                    gaps.get(beside).copied().unwrap_or_default()
                }
            };
            match gap {
                Gap::None => {}
                Gap::Space => spelled.text.push(' '),
                Gap::Tab => spelled.text.push('\t'),
            }
        }
        let start = spelled.text.len();
        let c = if turned[at] && mirrors {
            mirrored(chars[at])
        } else {
            chars[at]
        };
        spelled.text.push(c);
        raised.push((start..spelled.text.len(), letters[at].raised));
    }
    spelled.calls = calls(&spelled.text, &raised);
    spelled
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Tab,
}

/// What stands before each letter.
fn gaps(letters: &[Letter], wide: f32) -> Vec<Gap> {
    let apart = |n: usize| {
        let (a, b) = (&letters[n - 1].glyph, &letters[n].glyph);
        (b.left - a.right) / a.size.max(b.size)
    };
    let threshold = threshold(letters, apart);
    (0..letters.len())
        .map(|n| {
            if n == 0 {
                return Gap::None;
            }
            let gap = apart(n);
            if gap > wide {
                return Gap::Tab;
            }
            let broad = |c: char| {
                is_han(c)
                    || ('\u{3000}'..='\u{30ff}').contains(&c)
                    || ('\u{ff00}'..='\u{ffef}').contains(&c)
            };
            let (a, b) = (letters[n - 1].glyph.letter, letters[n].glyph.letter);
            let needed = match broad(a) || broad(b) {
                true => 0.55f32.max(threshold),
                false => threshold,
            };
            match (letters[n].spaced && gap > 0.03) || gap > needed {
                true => Gap::Space,
                false => Gap::None,
            }
        })
        .collect()
}

/// How many ems apart letters are where a space is meant although none is drawn.
fn threshold(letters: &[Letter], apart: impl Fn(usize) -> f32) -> f32 {
    const USUAL: f32 = 0.15;
    let mut within: Vec<f32> = (1..letters.len())
        .filter(|&n| !letters[n].spaced)
        .map(apart)
        .collect();
    if within.len() < 6 {
        return USUAL;
    }
    within.sort_by(f32::total_cmp);
    // Letters set wide apart: l i k e  t h i s.
    USUAL.max(within[within.len() / 3] * 2.0)
}

/// Those runs of raised letters that call a footnote.
fn calls(text: &str, letters: &[(Range<usize>, bool)]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (span, raised) in letters {
        if !raised {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == span.start => run.end = span.end,
            _ => runs.push(span.clone()),
        }
    }
    runs.retain(|run| {
        let before = text[..run.start].trim_end();
        let word = before
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or("");
        is_call(&text[run.clone()], word)
    });
    runs
}

/// True for a raised sign that calls a footnote behind this word: not for an ordinal, a unit of area
/// or a power.
fn is_call(sign: &str, word: &str) -> bool {
    let inner = sign.trim_matches(['(', ')', '[', ']', ',', ' ', '،']);
    let digits = !inner.is_empty()
        && inner
            .chars()
            .all(|c| c.is_numeric() || c == ',' || c == ' ')
        && inner
            .split(',')
            .all(|number| number.trim().chars().count() <= 3);
    if digits {
        let unit = ["m", "km", "cm", "mm", "dm", "м", "км", "см"].contains(&word)
            && ["2", "3"].contains(&inner);
        return !unit && word != "10";
    }
    let signs = !inner.is_empty() && inner.chars().all(|c| "*†‡§¶#".contains(c));
    let letter = inner.chars().count() == 1
        && inner.chars().all(char::is_alphabetic)
        && !word.ends_with(|c: char| c.is_numeric())
        && !["n", "N", "no", "No"].contains(&word);
    signs || letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_signs_call_notes_but_powers_ordinals_and_areas_do_not() {
        for (sign, word, calls) in [
            ("5", "Assembly", true),
            ("12", "2019", true),
            ("*", "report", true),
            ("a", "emissions", true),
            ("2", "km", false),
            ("6", "10", false),
            ("th", "15", false),
            ("e", "2", false),
            ("o", "n", false),
            ("2024", "in", false),
            ("1, 2", "held", true),
        ] {
            assert_eq!(is_call(sign, word), calls, "{word}^{sign}");
        }
    }
}
