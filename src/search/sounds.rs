//! Pinyin: the ways in which letters, and Chinese characters among them, may be read as Chinese.
//!
//! `yameiniya`, `ymny`, `ya美尼ya`, `亚mny` and `yamein` all are 亚美尼亚: syllables whole, by their
//! first letters, or the last one half typed, and characters as they are.

use super::How;
use super::alphabet::{Alphabet, Sound};
use super::fold::fold;
use super::pattern::{Form, Pattern, Step};

/// More ways than this to cut letters into syllables are not all tried.
const MOST_PATHS: usize = 256;
/// The longest syllable, zhuang.
const LONGEST: usize = 6;
/// Fewer initials than this stand everywhere.
const LEAST_INITIALS: usize = 3;
/// So many syllables may be all that a half typed one can become.
const MOST_BEGUN: usize = 8;
/// Slips are looked for in this many letters; fewer are like too much, more are a sentence.
const SLIP_LETTERS: std::ops::RangeInclusive<usize> = 6..=24;
/// And in this many syllables.
const SLIP_SYLLABLES: usize = 4;

/// What is typed, folded, with the places where a syllable must end.
struct Typed {
    chars: Vec<char>,
    /// True where an apostrophe or a space stands behind.
    ends: Vec<bool>,
}

impl Typed {
    fn new(text: &str) -> Self {
        let (mut chars, mut ends) = (Vec::new(), Vec::new());
        for piece in text.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '‘' | '＇'))
        {
            let folded = fold(piece);
            chars.extend(folded.chars().filter(|c| *c != ' '));
            ends.resize(chars.len(), false);
            if let Some(last) = ends.last_mut() {
                *last = true;
            }
        }
        Self { chars, ends }
    }
}

/// A syllable typed, or part of one.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Whole(Vec<Sound>, usize),
    /// The first letter of a syllable; `torn` where what is typed from there on may be a whole one.
    Initial {
        name: String,
        torn: bool,
    },
    /// The last syllable, of which this is typed.
    Begun(String),
    Char(char),
}

/// Every way to read `text` as pinyin of `least` characters or more.
pub(super) fn readings(text: &str, least: usize, alphabet: &Alphabet) -> Pattern {
    let mut pattern = Pattern::default();
    let typed = Typed::new(text);
    if !typed.chars.iter().any(char::is_ascii_lowercase) {
        return pattern;
    }
    let mut paths = Vec::new();
    cut(&typed, 0, alphabet, &mut Vec::new(), &mut paths);
    for path in paths.into_iter().filter(|path| path.len() >= least) {
        if let Some(far) = far(&path)
            && let Some(steps) = steps(&path, alphabet)
        {
            let form = Form::of(How::Pinyin, far);
            pattern.add(&steps, form, alphabet);
        }
    }
    pattern
}

fn cut(
    typed: &Typed,
    from: usize,
    alphabet: &Alphabet,
    path: &mut Vec<Piece>,
    out: &mut Vec<Vec<Piece>>,
) {
    let Some(&first) = typed.chars.get(from) else {
        if !is_torn(path) {
            out.push(path.clone());
        }
        return;
    };
    if out.len() >= MOST_PATHS {
        return;
    }
    if !first.is_ascii_lowercase() {
        path.push(Piece::Char(first));
        cut(typed, from + 1, alphabet, path, out);
        path.pop();
        return;
    }
    let letters = typed.chars[from..].iter().take(LONGEST);
    let mut most = letters.take_while(|c| c.is_ascii_lowercase()).count();
    if let Some(end) = typed.ends[from..from + most].iter().position(|&end| end) {
        most = end + 1;
    }
    // The longest first: whole syllables are likelier than initials.
    for length in (1..=most).rev() {
        let end = from + length;
        let name: String = typed.chars[from..end].iter().collect();
        let mut onward = |piece: Piece| {
            path.push(piece);
            cut(typed, end, alphabet, path, out);
            path.pop();
        };
        if let Some(sounds) = alphabet.spelled(&name) {
            onward(Piece::Whole(sounds.to_vec(), length));
        }
        if end == typed.chars.len() && alphabet.begun(&name).next().is_some() {
            onward(Piece::Begun(name));
        } else if is_initial(&name) && alphabet.begun(&name).next().is_some() {
            let mut longer = (length + 1..=most).map(|length| &typed.chars[from..from + length]);
            let torn = longer.any(|name| alphabet.spelled(&String::from_iter(name)).is_some());
            onward(Piece::Initial { name, torn });
        }
    }
}

/// True for a reading that takes a syllable apart although it has others whole, `z hu an gongyue` for
/// `zhuan gongyue`: who types syllables whole marks by an apostrophe where one is not.
fn is_torn(path: &[Piece]) -> bool {
    let whole = |piece: &Piece| matches!(piece, Piece::Whole(_, length) if *length > 1);
    let torn = |piece: &Piece| matches!(piece, Piece::Initial { torn: true, .. });
    path.iter().any(whole) && path.iter().any(torn)
}

/// True for what people shorten a syllable to.
fn is_initial(name: &str) -> bool {
    name.len() == 1 || matches!(name, "zh" | "ch" | "sh")
}

/// How far a reading is from all its syllables typed whole; nothing for one too vague to mean it.
fn far(path: &[Piece]) -> Option<u8> {
    let whole = |piece: &&Piece| matches!(piece, Piece::Whole(_, length) if *length > 1);
    let wholes = path.iter().filter(whole).count();
    let chars = path
        .iter()
        .filter(|piece| matches!(piece, Piece::Char(_)))
        .count();
    let vague = path.len() - wholes - chars;
    let begun = matches!(path.last(), Some(Piece::Begun(_)));
    if vague == 0 || (vague == 1 && begun && wholes + chars > 0) {
        // A lone character is no pinyin at all, and letters that stand for themselves are none.
        return (wholes > 0 || vague > 0).then_some(0);
    }
    match path {
        // `gu` is a syllable, but `zho` can only become one.
        [Piece::Begun(name)] => (name.len() > 1 && !name.ends_with('h')).then_some(0),
        _ if chars + wholes > 0 => Some(1),
        _ => (vague >= LEAST_INITIALS).then_some(2),
    }
}

fn steps(path: &[Piece], alphabet: &Alphabet) -> Option<Vec<Step>> {
    let step = |piece: &Piece| match piece {
        Piece::Whole(sounds, _) => Some(Step::Sounds(sounds.clone())),
        Piece::Initial { name, .. } => Some(Step::Start(name.clone())),
        // Few syllables are told better from others by themselves than by what they begin with.
        Piece::Begun(name) => {
            let mut sounds: Vec<Sound> = alphabet.begun(name).collect();
            sounds.sort_unstable();
            sounds.dedup();
            Some(match sounds.len() {
                ..=MOST_BEGUN => Step::Sounds(sounds),
                _ => Step::Start(name.clone()),
            })
        }
        Piece::Char(c) => alphabet.symbol(*c).map(Step::Char),
    };
    path.iter().map(step).collect()
}

/// Adds the readings of what differs by one letter from `text`, if that is long enough to tell.
pub(super) fn add_slips(pattern: &mut Pattern, text: &str, alphabet: &Alphabet) {
    let typed = Typed::new(text);
    let letters = &typed.chars;
    if !SLIP_LETTERS.contains(&letters.len()) || !letters.iter().all(char::is_ascii_lowercase) {
        return;
    }
    let mut variants: Vec<Vec<char>> = Vec::new();
    for at in 0..=letters.len() {
        let (before, behind) = letters.split_at(at);
        for c in 'a'..='z' {
            variants.push([before, &[c], behind].concat());
            if let [_, rest @ ..] = behind {
                variants.push([before, &[c], rest].concat());
            }
        }
        match behind {
            [a, b, rest @ ..] => {
                variants.push([before, &[*b, *a], rest].concat());
                variants.push([before, &[*b], rest].concat());
            }
            [_] => variants.push(before.to_vec()),
            [] => {}
        }
    }
    let form = Form::of(How::Slip, 1);
    variants.sort_unstable();
    variants.dedup();
    for variant in variants {
        let mut paths = Vec::new();
        whole(&variant, alphabet, &mut Vec::new(), &mut paths);
        for path in paths
            .into_iter()
            .filter(|path| path.len() >= SLIP_SYLLABLES)
        {
            pattern.add(&path, form, alphabet);
        }
    }
}

/// Every way to cut letters into whole syllables of two letters or more: `a`, `e` and `o` would fit
/// everywhere.
fn whole(letters: &[char], alphabet: &Alphabet, path: &mut Vec<Step>, out: &mut Vec<Vec<Step>>) {
    if letters.is_empty() {
        out.push(path.clone());
    }
    for length in 2..=letters.len().min(LONGEST) {
        let name: String = letters[..length].iter().collect();
        if let Some(sounds) = alphabet.spelled(&name) {
            path.push(Step::Sounds(sounds.to_vec()));
            whole(&letters[length..], alphabet, path, out);
            path.pop();
        }
    }
}
