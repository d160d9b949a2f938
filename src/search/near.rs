//! What was nearly typed: homophones an input method picked, and one slip of the hand.

use super::How;
use super::alphabet::{Alphabet, Symbol};
use super::pattern::{Form, Pattern, Step};
use crate::report::script::is_han;

/// A slip is looked for in what stands in the report with at least so many characters; shorter
/// terms are too much like one another.
const LEAST: usize = 4;
/// Nobody types a term this long by hand and without a space.
const MOST: usize = 20;

/// Adds the homophones of a term of Chinese characters.
pub(super) fn add_homophones(pattern: &mut Pattern, term: &[char], alphabet: &Alphabet) {
    if term.len() < 2 || term.len() > MOST || !term.iter().all(|&c| is_han(c)) {
        return;
    }
    let sounds: Vec<_> = term.iter().map(|&c| alphabet.sounds_of(c)).collect();
    let symbols: Vec<_> = term.iter().map(|&c| alphabet.symbol(c)).collect();
    let step = |at: usize| match (sounds[at].as_slice(), symbols[at]) {
        ([], symbol) => symbol.map(Step::Char),
        (sounds, _) => Some(Step::Sounds(sounds.to_vec())),
    };
    let form = Form::of(How::Homophone, 0);
    if term.len() > 2 {
        let path: Option<Vec<_>> = (0..term.len()).map(step).collect();
        if let Some(path) = path {
            pattern.add(&path, form, alphabet);
        }
        return;
    }
    // Of two characters one must be right: a pair of syllables has too many meanings.
    if let (Some(first), Some(sound)) = (symbols[0], step(1)) {
        pattern.add(&[Step::Char(first), sound], form, alphabet);
    }
    if let (Some(sound), Some(second)) = (step(0), symbols[1]) {
        pattern.add(&[sound, Step::Char(second)], form, alphabet);
    }
}

/// Adds what differs from a term of Chinese characters by one of them: swapped with the next, wrong,
/// missing, or too many.
pub(super) fn add_slips(pattern: &mut Pattern, term: &[char], alphabet: &Alphabet) {
    if term.len() + 1 < LEAST || term.len() > MOST || !term.iter().all(|&c| is_han(c)) {
        return;
    }
    let symbols: Vec<Option<Symbol>> = term.iter().map(|&c| alphabet.symbol(c)).collect();
    let mut add = |path: &[Option<Step>], far: u8| {
        let path: Option<Vec<Step>> = path.iter().cloned().collect();
        if let Some(path) = path.filter(|path| path.len() >= LEAST) {
            let form = Form::of(How::Slip, far);
            pattern.add(&path, form, alphabet);
        }
    };
    let steps: Vec<Option<Step>> = symbols
        .iter()
        .map(|symbol| symbol.map(Step::Char))
        .collect();
    for at in 0..term.len() {
        let (before, behind) = steps.split_at(at);
        let any = [Some(Step::Any)];
        if let [a, b, rest @ ..] = behind {
            add(&[before, &[b.clone(), a.clone()], rest].concat(), 0);
        }
        if let [_, rest @ ..] = behind {
            add(&[before, &any, rest].concat(), 1);
            add(&[before, rest].concat(), 1);
        }
        if at > 0 {
            add(&[before, &any, behind].concat(), 1);
        }
    }
}

/// True where one letter less, more or other, or two letters swapped, make `a` of `b`.
pub(super) fn differ_by_one<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([_, a_rest @ ..], [_, b_rest @ ..]) if a_rest == b_rest => true,
        ([_, rest @ ..], _) if rest == b => true,
        (_, [_, rest @ ..]) if a == rest => true,
        ([a, b, a_rest @ ..], [x, y, b_rest @ ..]) => (a, b) == (y, x) && a_rest == b_rest,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_letter() {
        let differ = |a: &str, b: &str| {
            differ_by_one(
                &a.chars().collect::<Vec<_>>(),
                &b.chars().collect::<Vec<_>>(),
            )
        };
        for (a, b) in [
            ("treaty", "traty"),
            ("traty", "treaty"),
            ("treaty", "treety"),
            ("treaty", "tretay"),
            ("treaty", "treatyy"),
            ("договор", "догавор"),
        ] {
            assert!(differ(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("treaty", "treaty"),
            ("treaty", "trety "),
            ("treaty", "taerty"),
            ("treaty", "water"),
            ("", ""),
            ("treaty", "tr"),
        ] {
            assert!(!differ(a, b), "{a} {b}");
        }
    }
}
