//! Letters as they are read, from letters as they stand: Arabic and Hebrew run to the left.

use unicode_bidi::{BidiClass, bidi_class};

/// True for a letter of a script that runs to the left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// True when most letters run to the left.
pub(super) fn runs_left(letters: impl Iterator<Item = char>) -> bool {
    let mut lead = 0isize;
    for c in letters {
        match bidi_class(c) {
            BidiClass::R | BidiClass::AL => lead += 1,
            BidiClass::L => lead -= 1,
            _ => {}
        }
    }
    lead > 0
}

/// What direction a run of letters has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Left,
    Right,
    Open,
}

/// The order in which to read letters that stand from left to right; `leftwards` says which way the
/// line as a whole runs.
pub(super) fn reading_order(letters: &[char], leftwards: bool) -> Vec<usize> {
    if !leftwards && !letters.iter().any(|&c| is_rtl(c)) {
        return (0..letters.len()).collect();
    }
    let runs = runs(letters, leftwards);
    let mut order: Vec<usize> = (0..letters.len()).collect();
    let inner = if leftwards { Run::Right } else { Run::Left };
    if leftwards {
        order.reverse();
    }
    // What runs the other way than the line is turned within itself.
    let mut at = 0;
    while at < order.len() {
        let run = (at..order.len())
            .take_while(|&n| runs[order[n]] == inner)
            .count();
        order[at..at + run].reverse();
        at += run.max(1);
    }
    order
}

fn runs(letters: &[char], leftwards: bool) -> Vec<Run> {
    use BidiClass::{AL, AN, CS, EN, ES, ET, L, NSM, R};
    let classes: Vec<_> = letters.iter().map(|&c| bidi_class(c)).collect();
    let number = |n: Option<usize>| {
        n.and_then(|n| classes.get(n))
            .is_some_and(|class| matches!(class, EN | AN))
    };
    let mut runs: Vec<_> = classes
        .iter()
        .enumerate()
        .map(|(n, class)| match class {
            L | EN | AN => Run::Right,
            R | AL => Run::Left,
            // 25/1, 1,000: one number, read to the right.
            CS | ES if number(n.checked_sub(1)) && number(Some(n + 1)) => Run::Right,
            // 50%: the sign goes with its number.
            ET if number(n.checked_sub(1)) || number(Some(n + 1)) => Run::Right,
            NSM => Run::Open,
            _ => Run::Open,
        })
        .collect();
    // What is open goes with its neighbours when they agree, and with the line when not; numbers
    // alone do not bind across a space.
    let outer = if leftwards { Run::Left } else { Run::Right };
    let mut latin = false;
    let latin_before: Vec<bool> = classes
        .iter()
        .map(|class| {
            match class {
                L => latin = true,
                R | AL => latin = false,
                _ => {}
            }
            latin
        })
        .collect();
    // A number goes with a Latin word before it: A/79/876.
    let strong = |n: usize| match classes[n] {
        EN | AN | CS | ES | ET if leftwards && !latin_before[n] => None,
        _ => Some(runs[n]),
    };
    let mut resolved = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        if runs[at] != Run::Open {
            at += 1;
            continue;
        }
        let end = (at..runs.len())
            .find(|&n| runs[n] != Run::Open)
            .unwrap_or(runs.len());
        let before = at.checked_sub(1).and_then(strong);
        let after = (end < runs.len()).then(|| strong(end)).flatten();
        let run = match (before, after) {
            (Some(a), Some(b)) if a == b => a,
            _ => outer,
        };
        resolved.push((at..end, run));
        at = end;
    }
    for (range, run) in resolved {
        runs[range].fill(run);
    }
    runs
}

/// A bracket as it is typed, where the line runs to the left and it is drawn turned round.
pub(super) fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}

/// True where the letter at this place of a line is read to the left.
pub(super) fn read_to_the_left(letters: &[char], leftwards: bool) -> Vec<bool> {
    runs(letters, leftwards)
        .into_iter()
        .map(|run| run == Run::Left)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a line as it stands.
    fn read(stands: &str) -> String {
        let letters: Vec<_> = stands.chars().collect();
        let leftwards = runs_left(letters.iter().copied());
        let left = read_to_the_left(&letters, leftwards);
        reading_order(&letters, leftwards)
            .into_iter()
            .map(|n| {
                if left[n] {
                    mirrored(letters[n])
                } else {
                    letters[n]
                }
            })
            .collect()
    }

    #[test]
    fn what_stands_from_right_to_left_is_read_so_but_not_its_numbers() {
        for (stands, is_read) in [
            ("ةعماج", "جامعة"),
            ("1.5 ةعماج", "جامعة 1.5"),
            (")ب( ةعماج", "جامعة )ب("),
            ("A/79/876 ةعماج", "جامعة A/79/876"),
            ("plain words", "plain words"),
            ("the word ةعماج here", "the word جامعة here"),
            ("2024/25 ةنس 1-3", "1-3 سنة 2024/25"),
        ] {
            assert_eq!(read(stands), is_read, "{stands}");
        }
    }
}
