//! Addresses: the language-free names of units, and every way people type them.
//!
//! An address is bare where the paragraph number is unique in the report (`1(k)(iii)`). Where
//! numbers start again the heading stands before it (`II/3`). What has no number is counted in
//! reading order (`§2`). Should two units still share a name, the later one ends in `#2`.

use std::collections::HashMap;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::numeral::{letters, parse_han, parse_letters, parse_roman, roman};
use super::unit::{Kind, Unit, UnitId};

/// One step down the tree; the numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `II`
    Chapter(u32),
    /// `A`
    Section(u32),
    /// `§2`: a heading or paragraph without a number, counted through the report.
    Plain(u32),
    /// `1`
    Paragraph(u32),
    /// `(k)`
    Item(u32),
    /// `(iii)`
    SubItem(u32),
}

impl Step {
    fn number(self) -> u32 {
        match self {
            Self::Chapter(n) | Self::Section(n) | Self::Plain(n) => n,
            Self::Paragraph(n) | Self::Item(n) | Self::SubItem(n) => n,
        }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Chapter(_) => 0,
            Self::Section(_) => 1,
            Self::Plain(_) => 2,
            Self::Paragraph(_) => 3,
            Self::Item(_) => 4,
            Self::SubItem(_) => 5,
        }
    }
}

/// The step by itself, as a line of the screen shows where one is: `A`, `(k)`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Chapter(n) => f.write_str(&roman(n)),
            Self::Section(n) => f.write_str(&letters(n).to_uppercase()),
            Self::Plain(n) => write!(f, "§{n}"),
            Self::Paragraph(n) => write!(f, "{n}"),
            Self::Item(n) => write!(f, "({})", letters(n)),
            Self::SubItem(n) => write!(f, "({})", roman(n).to_lowercase()),
        }
    }
}

/// The name of one unit: `II`, `II.A`, `1`, `1(k)`, `1(k)(iii)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    steps: Vec<Step>,
    /// 1 for nearly all; 2 for the second unit that would have the same name, and so on.
    occurrence: u32,
}

impl Address {
    /// The steps from the outermost named heading or paragraph down to the unit.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// 1 but for the second, third … unit that would have the same name.
    pub fn occurrence(&self) -> u32 {
        self.occurrence
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, &step) in self.steps.iter().enumerate() {
            match step {
                Step::Section(_) if place > 0 => write!(f, ".{step}")?,
                Step::Paragraph(_) if place > 0 => write!(f, "/{step}")?,
                _ => write!(f, "{step}")?,
            }
        }
        if self.occurrence > 1 {
            write!(f, "#{}", self.occurrence)?;
        }
        Ok(())
    }
}

/// What became of an address that somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// The unit of that address.
    Found(UnitId),
    /// An address, but of no unit here; the unit whose address is most like it.
    Nearest(UnitId),
    /// Not written as any address is, or the report is empty.
    NotAnAddress,
}

/// All addresses of a report, both ways.
#[derive(Debug, Default)]
pub(super) struct Directory {
    addresses: Vec<Address>,
    units: HashMap<String, UnitId>,
}

impl Directory {
    /// Names every unit of a tree that is fully grown.
    pub(super) fn new(units: &[Unit]) -> Self {
        let mut directory = Self::default();
        let mut times: HashMap<u32, u32> = HashMap::new();
        let mut times_in_chapter: HashMap<(Option<UnitId>, u32), u32> = HashMap::new();
        let chapters = chapters(units);
        for (unit, &chapter) in units.iter().zip(&chapters) {
            if let (Kind::Paragraph, Some(number)) = (unit.kind, unit.number) {
                *times.entry(number).or_default() += 1;
                *times_in_chapter.entry((chapter, number)).or_default() += 1;
            }
        }
        let mut plain = 0;
        let mut shared: HashMap<String, u32> = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            let above = |id: Option<UnitId>| match id {
                Some(id) => directory.addresses[id.index()].steps.clone(),
                None => Vec::new(),
            };
            let mut steps = match (unit.kind, unit.number) {
                (Kind::Chapter, Some(_)) => Vec::new(),
                (Kind::Section, Some(_)) => above(chapters[at]),
                (Kind::Item | Kind::SubItem, Some(_)) => above(unit.parent),
                (Kind::Paragraph, Some(number)) => match chapters[at] {
                    _ if times[&number] == 1 => Vec::new(),
                    Some(chapter) if times_in_chapter[&(Some(chapter), number)] == 1 => {
                        above(Some(chapter))
                    }
                    _ => above(unit.parent),
                },
                _ => Vec::new(),
            };
            steps.push(match (unit.kind, unit.number) {
                (Kind::Chapter, Some(number)) => Step::Chapter(number),
                (Kind::Section, Some(number)) => Step::Section(number),
                (Kind::Paragraph, Some(number)) => Step::Paragraph(number),
                (Kind::Item, Some(number)) => Step::Item(number),
                (Kind::SubItem, Some(number)) => Step::SubItem(number),
                _ => {
                    plain += 1;
                    Step::Plain(plain)
                }
            });
            directory.insert(steps, UnitId::from(at), &mut shared);
        }
        directory
    }

    fn insert(&mut self, steps: Vec<Step>, id: UnitId, shared: &mut HashMap<String, u32>) {
        let mut address = Address {
            steps,
            occurrence: 1,
        };
        let name = address.to_string();
        let occurrence = shared.entry(name.clone()).or_default();
        *occurrence += 1;
        address.occurrence = *occurrence;
        self.units.insert(
            if *occurrence == 1 {
                name
            } else {
                address.to_string()
            },
            id,
        );
        self.addresses.push(address);
    }

    pub(super) fn address(&self, id: UnitId) -> &Address {
        &self.addresses[id.index()]
    }

    pub(super) fn look_up(&self, typed: &str, units: &[Unit]) -> Lookup {
        // As printed comes first: it is unique, whatever else the same letters could mean.
        if let Some(&id) = self.units.get(typed.trim()) {
            return Lookup::Found(id);
        }
        let readings = readings(typed);
        for address in &readings {
            if let Some(&id) = self.units.get(&address.to_string()) {
                return Lookup::Found(id);
            }
        }
        // Written out with more than is needed (II › A › 1, III/3), or with less (the label (k)
        // alone, where only one unit bears it).
        let by_end: Vec<UnitId> = readings
            .iter()
            .flat_map(|address| self.ending_like(address, units))
            .collect();
        match by_end[..] {
            [id] => return Lookup::Found(id),
            [id, ..] => return Lookup::Nearest(id),
            [] => {}
        }
        let nearest = readings
            .iter()
            .filter_map(|address| self.nearest(address))
            .max_by_key(|&(likeness, _)| likeness);
        nearest.map_or(Lookup::NotAnAddress, |(_, id)| Lookup::Nearest(id))
    }

    /// The units whose whole path down the tree ends as `wanted` does, headings left out or not.
    fn ending_like(&self, wanted: &Address, units: &[Unit]) -> Vec<UnitId> {
        let Some(&last) = wanted.steps.last().filter(|_| wanted.occurrence == 1) else {
            return Vec::new();
        };
        let own = |id: UnitId| self.addresses[id.index()].steps.last().copied();
        let fits = |id: UnitId| {
            let mut above =
                std::iter::successors(Some(id), |id| units[id.index()].parent).filter_map(own);
            // Every step wanted stands in the path, in order, and the last one is the unit's own.
            wanted
                .steps
                .iter()
                .rev()
                .all(|step| above.any(|own| own == *step))
        };
        let ids = (0..units.len()).map(UnitId::from);
        ids.filter(|&id| own(id) == Some(last) && fits(id))
            .collect()
    }

    /// The unit whose address goes the same way longest and then differs least.
    fn nearest(&self, wanted: &Address) -> Option<(impl Ord + Copy + use<>, UnitId)> {
        let likeness = |address: &Address| {
            let same = address
                .steps
                .iter()
                .zip(&wanted.steps)
                .take_while(|(a, b)| a == b)
                .count();
            let apart = match (address.steps.get(same), wanted.steps.get(same)) {
                (Some(a), Some(b)) if a.rank() == b.rank() => a.number().abs_diff(b.number()),
                (None, _) => u32::MAX - 1,
                _ => u32::MAX,
            };
            let longer = address
                .steps
                .len()
                .saturating_sub(wanted.steps.len().max(same + 1));
            (
                same,
                u32::MAX - apart,
                usize::MAX - longer,
                address.occurrence == wanted.occurrence,
            )
        };
        let best = self
            .addresses
            .iter()
            .enumerate()
            .rev()
            .max_by_key(|(_, address)| likeness(address))?;
        Some((likeness(best.1), UnitId::from(best.0)))
    }
}

/// The chapter each unit stands in, if any.
fn chapters(units: &[Unit]) -> Vec<Option<UnitId>> {
    let mut chapter = None;
    let mut end = 0;
    let mut chapters = Vec::with_capacity(units.len());
    for (at, unit) in units.iter().enumerate() {
        if unit.kind == Kind::Chapter {
            chapter = Some(UnitId::from(at));
            end = unit.end;
        }
        chapters.push(chapter.filter(|_| at < end));
    }
    chapters
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
    ("unnumbered", None),
    ("章", Some(Kind::Chapter)),
    ("节", Some(Kind::Section)),
    ("節", Some(Kind::Section)),
    ("段", Some(Kind::Paragraph)),
    ("项", Some(Kind::Item)),
    ("項", Some(Kind::Item)),
    ("第", None),
    ("无编号", None),
];

/// Every address that `typed` may stand for, likeliest first; none if it is not written as one.
fn readings(typed: &str) -> Vec<Address> {
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
    found
        .into_iter()
        .map(|steps| Address { steps, occurrence })
        .collect()
}

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
        } else if first.is_whitespace() || "()[].,/:;-、。›>".contains(first) {
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
        Kind::Chapter => matches!(step, Step::Chapter(_)),
        Kind::Section => matches!(step, Step::Section(_)),
        Kind::Heading => matches!(step, Step::Plain(_)),
        Kind::Paragraph => matches!(step, Step::Paragraph(_) | Step::Plain(_)),
        Kind::Item => matches!(step, Step::Item(_) | Step::SubItem(_)),
        Kind::SubItem => matches!(step, Step::SubItem(_)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Report;
    use super::*;

    fn report(units: &[(Kind, u32)]) -> Report {
        let number = |n| (n > 0).then_some(n);
        Report::new(
            units
                .iter()
                .map(|&(kind, n)| Unit::new(kind, "", number(n), "x"))
                .collect(),
            vec![],
            None,
        )
    }

    fn addresses(units: &[(Kind, u32)]) -> String {
        let report = report(units);
        let all: Vec<_> = report
            .ids()
            .map(|id| report.address(id).to_string())
            .collect();
        for (id, address) in report.ids().zip(&all) {
            assert_eq!(report.find(address), Some(id), "{address} can be typed");
        }
        all.join(" ")
    }

    use Kind::*;

    #[test]
    fn an_address_is_bare_where_numbers_run_through_the_report() {
        let units = [
            (Chapter, 2),
            (Section, 1),
            (Paragraph, 1),
            (Item, 11),
            (SubItem, 3),
            (Chapter, 3),
            (Paragraph, 2),
        ];
        assert_eq!(addresses(&units), "II II.A 1 1(k) 1(k)(iii) III 2");
    }

    #[test]
    fn the_heading_stands_before_numbers_that_start_again() {
        let units = [
            (Chapter, 1),
            (Paragraph, 1),
            (Paragraph, 2),
            (Chapter, 2),
            (Paragraph, 1),
            (Item, 1),
            (Paragraph, 3),
        ];
        assert_eq!(addresses(&units), "I I/1 2 II II/1 II/1(a) 3");
        let units = [
            (Chapter, 1),
            (Section, 1),
            (Paragraph, 1),
            (Section, 2),
            (Paragraph, 1),
            (Paragraph, 1),
        ];
        assert_eq!(addresses(&units), "I I.A I.A/1 I.B I.B/1 I.B/1#2");
        let units = [
            (Heading, 0),
            (Paragraph, 1),
            (Heading, 0),
            (Paragraph, 1),
            (Paragraph, 0),
        ];
        assert_eq!(addresses(&units), "§1 §1/1 §2 §2/1 §3");
    }

    #[test]
    fn units_without_the_usual_ones_above_them_still_have_names() {
        assert_eq!(
            addresses(&[(Item, 1), (SubItem, 1), (Item, 1)]),
            "(a) (a)(i) (a)#2"
        );
        assert_eq!(
            addresses(&[(Paragraph, 1), (SubItem, 1), (Item, 9)]),
            "1 1(i) 1(i)#2"
        );
        assert_eq!(
            addresses(&[(Section, 3), (Item, 2), (Paragraph, 0)]),
            "C C(b) §1"
        );
    }

    #[test]
    fn every_spelling_people_type_is_understood() {
        let report = report(&[
            (Chapter, 2),
            (Section, 1),
            (Paragraph, 1),
            (Item, 9),
            (Item, 11),
            (SubItem, 3),
            (SubItem, 11),
            (Paragraph, 12),
        ]);
        for (typed, address) in [
            ("1(k)(iii)", "1(k)(iii)"),
            ("1.k.iii", "1(k)(iii)"),
            ("1 (k) ㈢", "1(k)(iii)"),
            ("1（k）（三）", "1(k)(iii)"),
            ("１（ｋ）（三）", "1(k)(iii)"),
            ("para. 1 (k) (iii)", "1(k)(iii)"),
            ("Para 1(K)(III)", "1(k)(iii)"),
            ("paragraph 1, item (k) (iii)", "1(k)(iii)"),
            ("第1段(k)㈢", "1(k)(iii)"),
            ("第一段(k)㈢", "1(k)(iii)"),
            ("第 1 段 (k) (十一)", "1(k)(xi)"),
            ("1k3", "1(k)(iii)"),
            ("1k", "1(k)"),
            ("1(i)", "1(i)"),
            (" 1. ", "1"),
            ("12", "12"),
            ("１２", "12"),
            ("II", "II"),
            ("ii", "II"),
            ("Ⅱ", "II"),
            ("二", "II"),
            ("二.", "II"),
            ("第二章", "II"),
            ("第2章", "II"),
            ("chapter 2", "II"),
            ("chap. II, sect. A", "II.A"),
            ("第二章A节", "II.A"),
            ("II.A", "II.A"),
            ("II A", "II.A"),
            ("二A", "II.A"),
            ("II › A › 1 › (k)", "1(k)"),
            ("II.A.1.k", "1(k)"),
            ("II/1", "1"),
            ("(k)", "1(k)"),
            ("㈢", "1(k)(iii)"),
            ("A", "II.A"),
        ] {
            let found = report.find(typed).map(|id| report.address(id).to_string());
            assert_eq!(found.as_deref(), Some(address), "{typed}");
        }
    }

    #[test]
    fn an_unknown_address_names_the_nearest_and_other_words_none() {
        let report = report(&[
            (Chapter, 2),
            (Section, 1),
            (Paragraph, 1),
            (Item, 1),
            (Item, 2),
            (Paragraph, 2),
        ]);
        for (typed, nearest) in [
            ("1(q)", "1(b)"),
            ("1(a)(ii)", "1(a)"),
            ("9", "2"),
            ("II.C", "II.A"),
            ("V", "II"),
            ("§4", "II"),
            ("二十", "II"),
        ] {
            let Lookup::Nearest(id) = report.look_up(typed) else {
                panic!("{typed} has a nearest")
            };
            assert_eq!(report.address(id).to_string(), nearest, "{typed}");
        }
        for typed in [
            "",
            "网络",
            "water",
            "1 网",
            "1(k)(iii)(a)(b)(c)(d)",
            "99999999999",
            "#",
            "1#x",
            "A/C.3/72/12",
        ] {
            assert_eq!(report.look_up(typed), Lookup::NotAnAddress, "{typed}");
        }
    }
}
