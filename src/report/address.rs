//! Addresses: the language-free names of units.
//!
//! An address is bare where the paragraph number is unique in the report (`1(k)(iii)`). Where
//! numbers start again the heading stands before it (`II/3`). What has no number is counted in
//! reading order (`§2`). Should two units still share a name, the later one ends in `#2`.

use std::collections::HashMap;
use std::fmt;
use std::num::NonZeroU32;

use super::hash::ByName;
use super::numeral::{letters, roman};
use super::tree::Tree;
use super::typed::readings;
use super::unit::{Kind, UnitId};

/// One step down the tree; the numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `part-2`: one of several resolutions or decisions in one document, or one of its parts.
    Part(u32),
    /// `annex-II`; `annex` for one without a number, which is 0.
    Annex(u32),
    /// `appendix-II`; `appendix` for one without a number, which is 0.
    Appendix(u32),
    /// `II`
    Chapter(u32),
    /// `A`
    Section(u32),
    /// `§2`: a heading or paragraph without a number, counted through the report.
    Plain(u32),
    /// `article-2`
    Article(u32),
    /// `1`
    Paragraph(u32),
    /// `13.1`: a paragraph, or a recommendation, numbered by two numbers.
    Dotted(u32, u32),
    /// `(k)`
    Item(u32),
    /// `(iii)`
    SubItem(u32),
    /// `table-3`: a table or figure, counted through the report.
    Table(u32),
    /// `footnote-5`; without a number, `footnote`, which is 0.
    Footnote(u32),
}

impl Step {
    fn number(self) -> u32 {
        match self {
            Self::Part(n) | Self::Annex(n) | Self::Appendix(n) => n,
            Self::Chapter(n) | Self::Section(n) | Self::Plain(n) | Self::Article(n) => n,
            Self::Paragraph(n) | Self::Dotted(_, n) | Self::Item(n) | Self::SubItem(n) => n,
            Self::Table(n) | Self::Footnote(n) => n,
        }
    }

    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Part(_) => 0,
            Self::Annex(_) => 1,
            Self::Appendix(_) => 2,
            Self::Chapter(_) => 3,
            Self::Section(_) => 4,
            Self::Plain(_) => 5,
            Self::Article(_) => 6,
            Self::Paragraph(_) => 7,
            Self::Dotted(..) => 8,
            Self::Item(_) => 9,
            Self::SubItem(_) => 10,
            Self::Table(_) => 11,
            Self::Footnote(_) => 12,
        }
    }

    /// True for what stands behind a stroke where something stands before it: `II/3`.
    fn is_behind_a_stroke(self) -> bool {
        !matches!(self, Self::Section(_) | Self::Item(_) | Self::SubItem(_))
    }
}

/// The step by itself, as a line of the screen shows where one is: `A`, `(k)`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Part(n) => write!(f, "part-{n}"),
            Self::Annex(0) => f.write_str("annex"),
            Self::Annex(n) => write!(f, "annex-{}", roman(n)),
            Self::Appendix(0) => f.write_str("appendix"),
            Self::Appendix(n) => write!(f, "appendix-{}", roman(n)),
            Self::Chapter(n) => f.write_str(&roman(n)),
            Self::Section(n) => f.write_str(&letters(n).to_uppercase()),
            Self::Plain(n) => write!(f, "§{n}"),
            Self::Article(n) => write!(f, "article-{n}"),
            Self::Paragraph(n) => write!(f, "{n}"),
            Self::Dotted(before, n) => write!(f, "{before}.{n}"),
            Self::Item(n) => write!(f, "({})", letters(n)),
            Self::SubItem(n) => write!(f, "({})", roman(n).to_lowercase()),
            Self::Table(n) => write!(f, "table-{n}"),
            Self::Footnote(0) => f.write_str("footnote"),
            Self::Footnote(n) => write!(f, "footnote-{n}"),
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
                _ if place > 0 && step.is_behind_a_stroke() => write!(f, "/{step}")?,
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
    /// For each unit, the one whose steps stand before its own.
    above: Vec<Option<Above>>,
    /// The units that have no number of their own, which `§2` counts.
    plain: Vec<UnitId>,
    /// Which of those that would have one name a unit is, if not the first.
    occurrences: HashMap<UnitId, u32>,
    names: ByName,
    /// The units by the last step of their addresses.
    ends: Vec<UnitId>,
}

/// A unit's place in reading order; one more, so that none takes no room.
type Above = NonZeroU32;

impl Directory {
    /// Names every unit of a tree.
    pub(super) fn new(tree: &Tree) -> Self {
        let mut times: HashMap<u32, u32> = HashMap::new();
        let mut times_in_chapter: HashMap<(Option<UnitId>, u32), u32> = HashMap::new();
        for (id, chapter) in with_chapters(tree) {
            if let (Kind::Paragraph, Some(number)) = (tree.kind(id), tree.number(id)) {
                *times.entry(number).or_default() += 1;
                *times_in_chapter.entry((chapter, number)).or_default() += 1;
            }
        }
        let above =
            with_chapters(tree).map(|(id, chapter)| match (tree.kind(id), tree.number(id)) {
                (Kind::Section, Some(_)) => chapter,
                (Kind::Item | Kind::SubItem, Some(_)) => tree.parent(id),
                (Kind::Paragraph, Some(number)) => match chapter {
                    _ if times[&number] == 1 => None,
                    Some(_) if times_in_chapter[&(chapter, number)] == 1 => chapter,
                    _ => tree.parent(id),
                },
                _ => None,
            });
        let above = above.map(|above| Above::new(above?.index() as u32 + 1));
        let plain = tree.ids().filter(|&id| is_plain(tree, id));
        let mut directory = Self {
            above: above.collect(),
            plain: plain.collect(),
            ends: tree.ids().collect(),
            ..Self::default()
        };
        directory.plain.shrink_to_fit();
        let mut ends = std::mem::take(&mut directory.ends);
        ends.sort_by_cached_key(|&id| directory.step(id, tree));
        directory.ends = ends;

        let names =
            |directory: &Self| ByName::new(tree.ids().map(|id| (directory.address(id, tree), id)));
        directory.names = names(&directory);
        let mut occurrences = HashMap::new();
        for run in directory.names.shared() {
            let mut times: HashMap<String, u32> = HashMap::new();
            for id in run {
                let name = directory.address(id, tree).to_string();
                let times = times.entry(name).or_default();
                *times += 1;
                if *times > 1 {
                    occurrences.insert(id, *times);
                }
            }
        }
        if !occurrences.is_empty() {
            directory.occurrences = occurrences;
            directory.names = names(&directory);
        }
        directory
    }

    /// The memory this takes beside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.names.bytes()
            + self.above.capacity() * size_of::<Option<Above>>()
            + (self.plain.capacity() + self.ends.capacity()) * size_of::<UnitId>()
            + self.occurrences.capacity() * size_of::<(UnitId, u32)>()
    }

    /// The last step of a unit's address.
    fn step(&self, id: UnitId, tree: &Tree) -> Step {
        match (tree.kind(id), tree.number(id)) {
            (Kind::Part, Some(number)) => Step::Part(number),
            (Kind::Annex, number) => Step::Annex(number.unwrap_or(0)),
            (Kind::Appendix, number) => Step::Appendix(number.unwrap_or(0)),
            (Kind::Chapter, Some(number)) => Step::Chapter(number),
            (Kind::Section, Some(number)) => Step::Section(number),
            (Kind::Article, Some(number)) => Step::Article(number),
            (Kind::Paragraph | Kind::Item, Some(number)) if tree.prefix(id) > 0 => {
                Step::Dotted(tree.prefix(id), number)
            }
            (Kind::Table, number) => Step::Table(number.unwrap_or(0)),
            (Kind::Footnote, number) => Step::Footnote(number.unwrap_or(0)),
            (Kind::Paragraph, Some(number)) => Step::Paragraph(number),
            (Kind::Item, Some(number)) => Step::Item(number),
            (Kind::SubItem, Some(number)) => Step::SubItem(number),
            _ => Step::Plain(self.plain.partition_point(|&plain| plain < id) as u32 + 1),
        }
    }

    fn steps(&self, id: UnitId, tree: &Tree) -> Vec<Step> {
        let above = |id: &UnitId| Some(UnitId::from(self.above[id.index()]?.get() as usize - 1));
        let units = std::iter::successors(Some(id), above);
        let mut steps: Vec<_> = units.map(|id| self.step(id, tree)).collect();
        steps.reverse();
        steps
    }

    pub(super) fn address(&self, id: UnitId, tree: &Tree) -> Address {
        Address {
            steps: self.steps(id, tree),
            occurrence: self.occurrences.get(&id).copied().unwrap_or(1),
        }
    }

    /// The unit of this name, written as [`Address`] is.
    fn named(&self, name: &str, tree: &Tree) -> Option<UnitId> {
        let mut units = self.names.get(name);
        units.find(|&id| self.address(id, tree).to_string() == name)
    }

    pub(super) fn look_up(&self, typed: &str, tree: &Tree) -> Lookup {
        match self.find(typed, tree)[..] {
            [] => {}
            [id] => return Lookup::Found(id),
            ref several => return Lookup::Several(several.to_vec()),
        }
        let readings = readings(typed);
        let nearest = readings
            .iter()
            .filter_map(|address| self.nearest(address, tree))
            .max_by_key(|&(likeness, _)| likeness);
        nearest.map_or(Lookup::NotAnAddress, |(_, id)| Lookup::Nearest(id))
    }

    /// All that `typed` may stand for, in reading order: more than one where it is cut short.
    pub(super) fn find(&self, typed: &str, tree: &Tree) -> Vec<UnitId> {
        // As printed comes first: it is unique, whatever else the same letters could mean.
        if let Some(id) = self.named(typed.trim(), tree) {
            return vec![id];
        }
        let readings = readings(typed);
        let named = readings
            .iter()
            .find_map(|address| self.named(&address.to_string(), tree));
        if let Some(id) = named {
            return vec![id];
        }
        // Written out with more than is needed (II › A › 1, III/3), or with less (the label (k)
        // alone): the likeliest reading that any unit bears.
        let alike = readings
            .iter()
            .map(|address| self.ending_like(address, tree));
        alike
            .into_iter()
            .find(|units| !units.is_empty())
            .unwrap_or_default()
    }

    /// The units whose whole path down the tree ends as `wanted` does, headings left out or not.
    fn ending_like(&self, wanted: &Address, tree: &Tree) -> Vec<UnitId> {
        let Some(&last) = wanted.steps.last().filter(|_| wanted.occurrence == 1) else {
            return Vec::new();
        };
        let own = |id: UnitId| self.step(id, tree);
        let fits = |id: UnitId| {
            let mut above = std::iter::successors(Some(id), |&id| tree.parent(id)).map(own);
            // Every step wanted stands in the path, in order, and the last one is the unit's own.
            wanted
                .steps
                .iter()
                .rev()
                .all(|step| above.any(|own| own == *step))
        };
        let first = self.ends.partition_point(|&id| own(id) < last);
        let ends = self.ends[first..].iter().copied();
        let same = ends.take_while(|&id| own(id) == last);
        same.filter(|&id| fits(id)).collect()
    }

    /// The unit whose address goes the same way longest and then differs least.
    fn nearest(&self, wanted: &Address, tree: &Tree) -> Option<(impl Ord + Copy + use<>, UnitId)> {
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
        let alike = tree
            .ids()
            .rev()
            .map(|id| (likeness(&self.address(id, tree)), id));
        alike.max_by_key(|&(likeness, _)| likeness)
    }
}

/// Every unit with the chapter it stands in, if any: nothing but the next chapter ends one.
fn with_chapters(tree: &Tree) -> impl Iterator<Item = (UnitId, Option<UnitId>)> {
    let mut chapter = None;
    tree.ids().map(move |id| {
        if tree.kind(id) == Kind::Chapter {
            chapter = Some(id);
        }
        (id, chapter)
    })
}

/// True for a unit that has no number of its own.
fn is_plain(tree: &Tree, id: UnitId) -> bool {
    let named = [Kind::Annex, Kind::Appendix, Kind::Table, Kind::Footnote];
    let kind = tree.kind(id);
    kind == Kind::Heading || (tree.number(id).is_none() && !named.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::super::{Report, Unit};
    use super::*;

    fn report(units: &[(Kind, u32)]) -> Report {
        let number = |n| (n > 0).then_some(n);
        Report::new(
            units
                .iter()
                .map(|&(kind, n)| Unit::new(kind, "", number(n), "x")),
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
