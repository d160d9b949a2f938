//! Every way people type an address: `1.k.iii`, `1（k）（三）`, `para. 1 (k)`, `第1段(k)㈢`.
//!
//! What is typed is cut into what counts something (digits, letters, Chinese numerals), and every
//! way down the tree that these may stand for is given, likeliest first.

use unicode_normalization::UnicodeNormalization;

use super::address::{Address, Step};
use super::numeral::{parse_han, parse_letters, parse_other_letter, parse_roman};
use super::unit::Kind;
use super::wording::{self, Word};

/// No address has more steps.
const MOST: usize = 10;

/// Every address that `typed` may stand for, likeliest first; none if it is not written as one.
pub(super) fn readings(typed: &str) -> Vec<Address> {
    // Longer than any address: text, and not worth reading.
    if typed.len() > 200 {
        return Vec::new();
    }
    let folded: String = typed.nfkc().collect::<String>().to_lowercase();
    let folded: String = folded.chars().map(western_digit).collect();
    let (body, occurrence) = match folded.rsplit_once('#') {
        Some((body, times)) => match times.trim().parse() {
            Ok(times @ 1..) => (body, times),
            _ => return Vec::new(),
        },
        None => (folded.as_str(), 1),
    };
    let Some(atoms) = atoms(body).filter(|atoms| atoms.len() <= MOST) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if !atoms.is_empty() {
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
        && let Some((chapter, section)) = word
            .char_indices()
            .next_back()
            .map(|(at, _)| word.split_at(at))
        && let (Some(chapter), Some(section)) = (parse_roman(chapter), parse_letters(section))
    {
        found.push(vec![Step::Chapter(chapter), Step::Section(section)]);
    }
    let may_stand_elsewhere = |kind: Option<Kind>| {
        let kinds = [Kind::Chapter, Kind::Section, Kind::Paragraph, Kind::Item];
        kind.is_some_and(|kind| kinds.contains(&kind))
    };
    if atoms.iter().any(|atom| may_stand_elsewhere(atom.kind)) {
        // A word may name the last part and stand before the first: section II.A, 第1(k)段.
        let plain: Vec<_> = atoms
            .into_iter()
            .map(|atom| Atom {
                kind: atom.kind.filter(|&kind| !may_stand_elsewhere(Some(kind))),
                ..atom
            })
            .collect();
        read(&plain, &mut Vec::new(), &mut found);
    }
    found
        .into_iter()
        .map(|steps| Address { steps, occurrence })
        .collect()
}

/// The digits of Arabic and Persian as those of all other languages.
fn western_digit(c: char) -> char {
    let digit = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

/// A piece of a typed address that counts something, and the kind a word beside it names.
#[derive(Debug, Clone, PartialEq)]
struct Atom {
    number: Number,
    /// True in brackets, where only items, sub-items and the paragraphs of articles stand.
    bracketed: bool,
    kind: Option<Kind>,
}

#[derive(Debug, Clone, PartialEq)]
enum Number {
    Digits(u32),
    /// `13.1`
    Dotted(u32, u32),
    Letters(String),
    Han(u32),
    Plain(u32),
    /// `annex`, of which there is one.
    Missing,
}

/// The atoms so far, and the word that waits for its number.
#[derive(Default)]
struct Reader {
    atoms: Vec<Atom>,
    hint: Option<Kind>,
    bracketed: bool,
}

impl Reader {
    fn push(&mut self, number: Number) {
        self.atoms.push(Atom {
            number,
            bracketed: std::mem::take(&mut self.bracketed),
            kind: self.hint.take(),
        });
    }

    /// What a word that waits for a number is when none comes: `annex, para. 3`.
    fn push_missing(&mut self, kinds: &[Kind]) {
        if self.hint.is_some_and(|kind| kinds.contains(&kind)) {
            self.bracketed = false;
            self.push(Number::Missing);
        }
    }
}

/// What there may be one of, without a number.
const ALONE: &[Kind] = &[Kind::Annex, Kind::Appendix, Kind::Table, Kind::Footnote];

fn atoms(text: &str) -> Option<Vec<Atom>> {
    let mut reader = Reader::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
        let is_han_digit =
            |c: char| parse_han(c.encode_utf8(&mut [0; 4])).is_some() || c == '零' || c == '〇';
        let length = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            let number = rest[..length].parse().ok()?;
            let behind = rest[length..].strip_prefix('.').unwrap_or("");
            let digits = behind.find(|c: char| !c.is_ascii_digit());
            let behind = &behind[..digits.unwrap_or(behind.len())];
            if behind.is_empty() {
                reader.push(Number::Digits(number));
                length
            } else {
                reader.push(Number::Dotted(number, behind.parse().ok()?));
                length + 1 + behind.len()
            }
        } else if is_han_digit(first) {
            let length = rest.find(|c| !is_han_digit(c)).unwrap_or(rest.len());
            reader.push(Number::Han(parse_han(&rest[..length])?));
            length
        } else if let Some(after) = rest.strip_prefix('§') {
            let digits = after.trim_start();
            let skipped = rest.len() - digits.len();
            let length = digits.find(|c: char| !c.is_ascii_digit());
            let length = length.unwrap_or(digits.len());
            reader.push(Number::Plain(digits[..length].parse().ok()?));
            skipped + length
        } else if let Some((length, kind, before)) = wording::chinese(rest) {
            if before {
                reader.push_missing(ALONE);
                reader.hint = Some(kind);
            } else if let Some(atom) = reader.atoms.last_mut() {
                // Chinese names the kind after the number: 第二章.
                atom.kind = Some(kind);
            }
            length
        } else if first == '第' {
            reader.push_missing(ALONE);
            first.len_utf8()
        } else if is_letter(first) {
            let length = run(is_letter);
            let letters = &rest[..length];
            // In brackets a letter is one, whatever it is short for.
            let word = wording::word(letters).filter(|_| !reader.bracketed);
            match word {
                Some(Word::Kind(kind)) => {
                    reader.push_missing(ALONE);
                    reader.hint = Some(kind);
                }
                Some(Word::Number(number)) => reader.push(Number::Digits(number)),
                None => reader.push(Number::Letters(letters.into())),
            }
            length
        } else if first.is_whitespace() || "()[].,/:;-–،؛、。›>¶‘’\u{200e}\u{200f}".contains(first)
        {
            if "/,،›>".contains(first) {
                reader.push_missing(ALONE);
            }
            if first == '‘' {
                // Arabic counts sub-items so: ‘3’.
                reader.hint = reader.hint.or(Some(Kind::SubItem));
            }
            let still = reader.bracketed && first.is_whitespace();
            reader.bracketed = still || "(‘’".contains(first);
            first.len_utf8()
        } else {
            return None;
        };
        rest = &rest[length..];
    }
    // These words are also looked for by themselves: what has such a name is found by it.
    reader.push_missing(&[Kind::Annex, Kind::Appendix]);
    Some(reader.atoms)
}

/// A letter of a script whose words are cut by spaces; with Arabic lengthening, as in `هـ`.
fn is_letter(c: char) -> bool {
    let other = matches!(c, '\u{400}'..='\u{4ff}' | '\u{600}'..='\u{6ff}' | '\u{300}'..='\u{36f}');
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}')
        || (other && !c.is_numeric() && !"،؛".contains(c))
}

/// What letters count: a lone Cyrillic one first in the order of its own list, then as the Latin one
/// that it looks like.
fn letter_values(word: &str) -> Vec<u32> {
    const ALIKE: [(&str, u32); 4] = [("а", 1), ("в", 2), ("с", 3), ("е", 5)];
    let plain = wording::fold(word);
    let mut letters = plain.chars();
    let own = match (letters.next(), letters.next()) {
        (Some(letter), None) => parse_other_letter(letter),
        _ => None,
    };
    let alike = ALIKE.iter().find(|(known, _)| *known == plain);
    let values = own.or_else(|| parse_letters(word));
    values.into_iter().chain(alike.map(|&(_, n)| n)).collect()
}

/// What a number may count where a word says of what: all that stand so may be Roman.
fn values(number: &Number) -> Vec<u32> {
    match number {
        Number::Digits(n) | Number::Han(n) => vec![*n],
        Number::Letters(word) => parse_roman(word)
            .into_iter()
            .chain(letter_values(word))
            .collect(),
        Number::Missing => vec![0],
        Number::Dotted(..) | Number::Plain(_) => Vec::new(),
    }
}

/// The step of a kind whose name always stands with its number.
fn named(kind: Kind, number: u32) -> Option<Step> {
    Some(match kind {
        Kind::Part => Step::Part(number),
        Kind::Annex => Step::Annex(number),
        Kind::Appendix => Step::Appendix(number),
        Kind::Article => Step::Article(number),
        Kind::Table => Step::Table(number),
        Kind::Footnote => Step::Footnote(number),
        _ => return None,
    })
}

fn read(atoms: &[Atom], steps: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let Some((atom, rest)) = atoms.split_first() else {
        found.push(steps.clone());
        return;
    };
    let last = steps.last().copied();
    let mut go_on = |with: &[Step], rest: &[Atom]| {
        // What has no number may be anything, a part or an item.
        let rank = |step: Step| (!matches!(step, Step::Plain(_))).then(|| step.rank());
        let mut above = last.and_then(rank);
        let deeper = with.iter().all(|&step| {
            let above = std::mem::replace(&mut above, rank(step));
            let again = matches!(step, Step::Dotted(..));
            above.is_none_or(|above| above < step.rank() + u8::from(again))
        });
        if deeper {
            steps.extend(with);
            read(rest, steps, found);
            steps.truncate(steps.len() - with.len());
        }
    };
    if let Some(kind) = atom.kind
        && named(kind, 0).is_some()
    {
        for step in values(&atom.number)
            .into_iter()
            .filter_map(|n| named(kind, n))
        {
            go_on(&[step], rest);
        }
        match (kind, &atom.number) {
            // Article 2.4, and one annex only: annex 3 is its paragraph 3.
            (Kind::Article, &Number::Dotted(article, paragraph)) => {
                go_on(&[Step::Article(article), Step::Paragraph(paragraph)], rest);
            }
            (_, Number::Missing) => {}
            (Kind::Annex | Kind::Appendix, _) => {
                let bare = Atom {
                    kind: None,
                    ..atom.clone()
                };
                let below: Vec<_> = std::iter::once(bare).chain(rest.iter().cloned()).collect();
                go_on(&named(kind, 0).into_iter().collect::<Vec<_>>(), &below);
            }
            _ => {}
        }
        return;
    }
    // Run together, as 1kiii: the item's letter, then its sub-item.
    if let (Number::Letters(word), Some(Step::Paragraph(_) | Step::Plain(_))) = (&atom.number, last)
        && let Some((letter, roman)) = word.split_at_checked(1)
        && let (Some(item), Some(sub_item)) = (parse_letters(letter), parse_roman(roman))
        && !atom.bracketed
    {
        go_on(&[Step::Item(item), Step::SubItem(sub_item)], rest);
    }
    for step in options(atom, last) {
        let of_article = matches!((last, step), (Some(Step::Article(_)), Step::Paragraph(_)));
        let in_place =
            !atom.bracketed || of_article || matches!(step, Step::Item(_) | Step::SubItem(_));
        if in_place && atom.kind.is_none_or(|kind| fits(kind, step)) {
            go_on(&[step], rest);
        }
    }
}

/// What an atom without a name of its own may be behind the step before it.
fn options(atom: &Atom, last: Option<Step>) -> Vec<Step> {
    let at_top = matches!(
        last,
        None | Some(Step::Part(_) | Step::Annex(_) | Step::Appendix(_) | Step::Plain(_))
    );
    let mut options = Vec::new();
    match &atom.number {
        Number::Missing => {}
        Number::Plain(n) => options.push(Step::Plain(*n)),
        Number::Dotted(before, n) => options.push(Step::Dotted(*before, *n)),
        Number::Digits(n) => {
            options.push(Step::Paragraph(*n));
            match (last, atom.kind) {
                (Some(Step::Item(_)), _) => options.push(Step::SubItem(*n)),
                _ if atom.bracketed => options.push(Step::SubItem(*n)),
                (_, Some(Kind::Chapter)) => options.push(Step::Chapter(*n)),
                (_, Some(Kind::Section)) => options.push(Step::Section(*n)),
                (_, Some(Kind::SubItem)) => options.push(Step::SubItem(*n)),
                _ => {}
            }
        }
        Number::Han(n) => {
            let below_text = matches!(
                last,
                Some(
                    Step::Paragraph(_)
                        | Step::Dotted(..)
                        | Step::Plain(_)
                        | Step::Item(_)
                        | Step::Article(_)
                )
            );
            options.push(match (atom.kind, below_text || atom.bracketed) {
                (Some(Kind::Paragraph), _) => Step::Paragraph(*n),
                (Some(Kind::Chapter), _) | (_, false) => Step::Chapter(*n),
                (_, true) => Step::SubItem(*n),
            });
        }
        Number::Letters(word) => {
            let roman = parse_roman(word);
            let letters = letter_values(word);
            let above_section = at_top || matches!(last, Some(Step::Chapter(_)));
            let chapter = roman.filter(|_| at_top).map(Step::Chapter);
            let sections = letters.iter().filter(|_| above_section);
            let sections = sections.map(|&n| Step::Section(n));
            let items = letters.iter().map(|&n| Step::Item(n));
            let below = last.is_some() || atom.bracketed;
            let sub_item = roman.filter(|_| below).map(Step::SubItem);
            let headings = chapter.into_iter().chain(sections);
            let texts = items.chain(sub_item);
            // Under what has no number, text is likelier than a heading.
            if matches!(last, Some(Step::Plain(_))) {
                options.extend(texts.chain(headings));
            } else {
                options.extend(headings.chain(texts));
            }
        }
    }
    options
}

fn fits(kind: Kind, step: Step) -> bool {
    match kind {
        Kind::Chapter => matches!(step, Step::Chapter(_)),
        Kind::Section => matches!(step, Step::Section(_)),
        Kind::Heading => matches!(step, Step::Plain(_)),
        Kind::Paragraph => {
            matches!(step, Step::Paragraph(_) | Step::Dotted(..) | Step::Plain(_))
        }
        Kind::Item => matches!(step, Step::Item(_) | Step::SubItem(_) | Step::Dotted(..)),
        Kind::SubItem => matches!(step, Step::SubItem(_)),
        other => named(other, step.number()) == Some(step),
    }
}
