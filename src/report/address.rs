//! Addresses: the language-free names of units.
//!
//! An address is bare where the paragraph number is unique in the report (`1(k)(iii)`). Where
//! numbers start again the heading stands before it (`II/3`). What has no number is counted in
//! reading order (`§2`). Should two units still share a name, the later one ends in `#2`.

use std::collections::HashMap;
use std::fmt;

use super::numeral::{letters, roman};
use super::typed::readings;
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

    pub(super) fn rank(self) -> u8 {
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
    pub(super) steps: Vec<Step>,
    /// 1 for nearly all; 2 for the second unit that would have the same name, and so on.
    pub(super) occurrence: u32,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// The unit of that address.
    Found(UnitId),
    /// An address, but of no unit here; the unit whose address is most like it.
    Nearest(UnitId),
    /// An address cut short that two or more units could have, in reading order.
    Several(Vec<UnitId>),
    /// Not written as any address is, or the report is empty.
    NotAnAddress,
}

/// All addresses of a report, both ways.
#[derive(Debug, Default)]
pub(super) struct Directory {
    addresses: Vec<Address>,
    units: HashMap<String, UnitId>,
    /// The units by the last step of their addresses.
    ends: Vec<(Step, UnitId)>,
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
        directory.ends.sort_unstable();
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
        let last = address.steps.last();
        self.ends.extend(last.map(|&step| (step, id)));
        self.addresses.push(address);
    }

    pub(super) fn address(&self, id: UnitId) -> &Address {
        &self.addresses[id.index()]
    }

    pub(super) fn look_up(&self, typed: &str, units: &[Unit]) -> Lookup {
        match self.find(typed, units)[..] {
            [] => {}
            [id] => return Lookup::Found(id),
            ref several => return Lookup::Several(several.to_vec()),
        }
        let readings = readings(typed);
        let nearest = readings
            .iter()
            .filter_map(|address| self.nearest(address))
            .max_by_key(|&(likeness, _)| likeness);
        nearest.map_or(Lookup::NotAnAddress, |(_, id)| Lookup::Nearest(id))
    }

    /// All that `typed` may stand for, in reading order: more than one where it is cut short.
    pub(super) fn find(&self, typed: &str, units: &[Unit]) -> Vec<UnitId> {
        // As printed comes first: it is unique, whatever else the same letters could mean.
        if let Some(&id) = self.units.get(typed.trim()) {
            return vec![id];
        }
        let readings = readings(typed);
        let named = readings
            .iter()
            .find_map(|address| self.units.get(&address.to_string()));
        if let Some(&id) = named {
            return vec![id];
        }
        // Written out with more than is needed (II › A › 1, III/3), or with less (the label (k)
        // alone): the likeliest reading that any unit bears.
        let alike = readings
            .iter()
            .map(|address| self.ending_like(address, units));
        alike
            .into_iter()
            .find(|units| !units.is_empty())
            .unwrap_or_default()
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
        let first = self.ends.partition_point(|&(step, _)| step < last);
        let same = self.ends[first..]
            .iter()
            .take_while(|(step, _)| *step == last);
        same.map(|&(_, id)| id).filter(|&id| fits(id)).collect()
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

/// The chapter each unit stands in, if any: nothing but the next chapter ends one.
fn chapters(units: &[Unit]) -> Vec<Option<UnitId>> {
    let mut chapter = None;
    let chapters = units.iter().enumerate().map(|(at, unit)| {
        if unit.kind == Kind::Chapter {
            chapter = Some(UnitId::from(at));
        }
        chapter
    });
    chapters.collect()
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
            ("1kiii", "1(k)(iii)"),
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
            ("section II.A", "II.A"),
            ("第1(k)段", "1(k)"),
            ("第1(k)㈢段", "1(k)(iii)"),
            ("第1段(k)项㈢目", "1(k)(iii)"),
            ("Ch. II", "II"),
            ("¶1", "1"),
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
