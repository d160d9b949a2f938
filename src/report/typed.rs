//! Every way people type an address: `1.k.iii`, `1（k）（三）`, `para. 1 (k)`, `第1段(k)㈢`.
//!
//! What is typed is cut into what counts something (digits, letters, Chinese numerals), and every
//! way down the tree that these may stand for is given, likeliest first.

use unicode_normalization::UnicodeNormalization;

use super::address::{Address, Step};
use super::numeral::{parse_han, parse_letters, parse_roman};
use super::unit::Kind;

/// Every address that `typed` may stand for, likeliest first; none if it is not written as one.
pub(super) fn readings(typed: &str) -> Vec<Address> {
    // Longer than any address: text, and not worth reading.
    if typed.len() > 200 {
        return Vec::new();
    }
    let folded: String = typed.nfkc().collect::<String>().to_lowercase();
    let (body, occurrence) = match folded.rsplit_once('#') {
        Some((body, times)) => match times.parse() {
            Ok(times @ 1..) => (body, times),
            _ => return Vec::new(),
        },
        None => (folded.as_str(), 1),
    };
    let Some(atoms) = atoms(body) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if !atoms.is_empty() && atoms.len() <= 6 {
        read(&atoms, &mut Vec::new(), &mut found);
    }
    // Run together, as IIA, in capitals only: via is a word.
    if let [
        Atom {
            number: Number::Letters(word),
            ..
        },
    ] = atoms.as_slice()
        && !typed.contains(char::is_lowercase)
        && let Some((chapter, section)) = word.split_at_checked(word.len() - 1)
        && let (Some(chapter), Some(section)) = (parse_roman(chapter), parse_letters(section))
    {
        found.push(vec![Step::Chapter(chapter), Step::Section(section)]);
    }
    if atoms.len() <= 6 && atoms.iter().any(|atom| atom.kind.is_some()) {
        // A word may name the last part and stand before the first: section II.A, 第1(k)段.
        let plain: Vec<_> = atoms
            .into_iter()
            .map(|atom| Atom { kind: None, ..atom })
            .collect();
        read(&plain, &mut Vec::new(), &mut found);
    }
    found
        .into_iter()
        .map(|steps| Address { steps, occurrence })
        .collect()
}

/// A piece of a typed address that counts something, and the kind a word beside it names.
#[derive(Debug, Clone, PartialEq)]
struct Atom {
    number: Number,
    /// True in brackets, where only items and sub-items stand.
    bracketed: bool,
    kind: Option<Kind>,
}

#[derive(Debug, Clone, PartialEq)]
enum Number {
    Digits(u32),
    Letters(String),
    Han(u32),
    Plain(u32),
}

/// The words of citations, in the languages citations are written in.
const WORDS: [(&str, Option<Kind>); 22] = [
    ("para", Some(Kind::Paragraph)),
    ("paras", Some(Kind::Paragraph)),
    ("paragraph", Some(Kind::Paragraph)),
    ("paragraphs", Some(Kind::Paragraph)),
    ("chap", Some(Kind::Chapter)),
    ("chapter", Some(Kind::Chapter)),
    ("sect", Some(Kind::Section)),
    ("sec", Some(Kind::Section)),
    ("section", Some(Kind::Section)),
    ("item", Some(Kind::Item)),
    ("subpara", Some(Kind::Item)),
    ("subparagraph", Some(Kind::Item)),
    ("subitem", Some(Kind::SubItem)),
    ("ch", Some(Kind::Chapter)),
    ("章", Some(Kind::Chapter)),
    ("节", Some(Kind::Section)),
    ("節", Some(Kind::Section)),
    ("段", Some(Kind::Paragraph)),
    ("项", Some(Kind::Item)),
    ("項", Some(Kind::Item)),
    ("第", None),
    ("目", None),
];

fn atoms(text: &str) -> Option<Vec<Atom>> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut hint = None;
    let mut bracketed = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
        let is_han_digit =
            |c: char| parse_han(c.encode_utf8(&mut [0; 4])).is_some() || c == '零' || c == '〇';
        let (number, length) = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            (Some(Number::Digits(rest[..length].parse().ok()?)), length)
        } else if first.is_ascii_alphabetic() {
            let length = run(|c| c.is_ascii_alphabetic());
            let word = &rest[..length];
            match WORDS.iter().find(|(known, _)| *known == word) {
                Some(&(_, kind)) => {
                    hint = kind;
                    (None, length)
                }
                None => (Some(Number::Letters(word.into())), length),
            }
        } else if is_han_digit(first) {
            let length = rest.find(|c| !is_han_digit(c)).unwrap_or(rest.len());
            (Some(Number::Han(parse_han(&rest[..length])?)), length)
        } else if let Some(after) = rest.strip_prefix('§') {
            let digits = after.trim_start();
            let skipped = rest.len() - digits.len();
            let length = digits
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(digits.len());
            (
                Some(Number::Plain(digits[..length].parse().ok()?)),
                skipped + length,
            )
        } else if let Some(&(word, kind)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            // Chinese names the kind after the number: 第二章.
            if let (Some(atom), Some(_)) = (atoms.last_mut(), kind) {
                atom.kind = kind;
            }
            (None, word.len())
        } else if first.is_whitespace() || "()[].,/:;-、。›>¶".contains(first) {
            (None, first.len_utf8())
        } else {
            return None;
        };
        bracketed = match number {
            Some(number) => {
                atoms.push(Atom {
                    number,
                    bracketed,
                    kind: hint.take(),
                });
                false
            }
            None => first == '(' || (bracketed && first.is_whitespace()),
        };
        rest = &rest[length..];
    }
    Some(atoms)
}

fn read(atoms: &[Atom], steps: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let Some((atom, rest)) = atoms.split_first() else {
        found.push(steps.clone());
        return;
    };
    let last = steps.last().copied();
    let mut options = Vec::new();
    match &atom.number {
        Number::Plain(n) => options.push(Step::Plain(*n)),
        Number::Digits(n) => {
            options.push(Step::Paragraph(*n));
            match (last, atom.kind) {
                (Some(Step::Item(_)), _) => options.push(Step::SubItem(*n)),
                (_, Some(Kind::Chapter)) => options.push(Step::Chapter(*n)),
                _ => {}
            }
        }
        Number::Han(n) => {
            let below_text = matches!(
                last,
                Some(Step::Paragraph(_) | Step::Plain(_) | Step::Item(_))
            );
            let sub_item = below_text || atom.bracketed;
            options.push(if sub_item {
                Step::SubItem(*n)
            } else {
                Step::Chapter(*n)
            });
            if atom.kind == Some(Kind::Paragraph) {
                options.push(Step::Paragraph(*n));
            }
        }
        Number::Letters(word) => {
            let (roman, letter) = (parse_roman(word), parse_letters(word));
            options.extend(roman.filter(|_| last.is_none()).map(Step::Chapter));
            let above_section = matches!(last, None | Some(Step::Chapter(_)));
            options.extend(letter.filter(|_| above_section).map(Step::Section));
            options.extend(letter.map(Step::Item));
            options.extend(
                roman
                    .filter(|_| last.is_some() || atom.bracketed)
                    .map(Step::SubItem),
            );
        }
    }
    // Run together, as 1kiii: the item's letter, then its sub-item.
    if let (Number::Letters(word), Some(Step::Paragraph(_) | Step::Plain(_))) = (&atom.number, last)
        && let Some((letter, roman)) = word.split_at_checked(1)
        && let (Some(item), Some(sub_item)) = (parse_letters(letter), parse_roman(roman))
        && !atom.bracketed
    {
        steps.extend([Step::Item(item), Step::SubItem(sub_item)]);
        read(rest, steps, found);
        steps.truncate(steps.len() - 2);
    }
    for step in options {
        let deeper = last.is_none_or(|last| last.rank() < step.rank());
        let in_place = !atom.bracketed || matches!(step, Step::Item(_) | Step::SubItem(_));
        if deeper && in_place && atom.kind.is_none_or(|kind| fits(kind, step)) {
            steps.push(step);
            read(rest, steps, found);
            steps.pop();
        }
    }
}

fn fits(kind: Kind, step: Step) -> bool {
    match kind {
        Kind::Part => matches!(step, Step::Part(_)),
        Kind::Annex => matches!(step, Step::Annex(_)),
        Kind::Appendix => matches!(step, Step::Appendix(_)),
        Kind::Article => matches!(step, Step::Article(_)),
        Kind::Table => matches!(step, Step::Table(_)),
        Kind::Footnote => matches!(step, Step::Footnote(_)),
        Kind::Chapter => matches!(step, Step::Chapter(_)),
        Kind::Section => matches!(step, Step::Section(_)),
        Kind::Heading => matches!(step, Step::Plain(_)),
        Kind::Paragraph => matches!(step, Step::Paragraph(_) | Step::Plain(_)),
        Kind::Item => matches!(step, Step::Item(_) | Step::SubItem(_)),
        Kind::SubItem => matches!(step, Step::SubItem(_)),
    }
}
