//! Addresses: the language-free names of units.
//!
//! An address is bare where the number is unique in the report (`1(k)(iii)`, `26.1(a)`). Where
//! numbers start again a heading stands before it (`II/3`, `annex-I/3(a)`): which one is `naming`'s
//! to say. What has no number is counted in reading order (`§2`). Should two units still share a
//! name, the later one ends in `#2`.

use std::collections::HashMap;
use std::fmt;
use std::num::NonZeroU32;

use super::hash::ByName;
use super::naming;
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
    /// `table-3`: a table or figure; `table` for one without a number, which is 0.
    Table(u32),
    /// `footnote-5`; without a number, `footnote`, which is 0.
    Footnote(u32),
}

impl Step {
    pub(super) fn number(self) -> u32 {
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
            Self::Table(0) => f.write_str("table"),
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
        let above = naming::above(tree).into_iter();
        let above = above.map(|above| Above::new(above?.index() as u32 + 1));
        let plain = tree.ids().filter(|&id| is_plain(tree, id));
        let mut directory = Self {
            above: above.collect(),
            plain: plain.collect(),
            ends: tree.ids().collect(),
            ..Self::default()
        };
        directory.above.shrink_to_fit();
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

/// True for a unit that has no number of its own.
fn is_plain(tree: &Tree, id: UnitId) -> bool {
    let named = [Kind::Annex, Kind::Appendix, Kind::Table, Kind::Footnote];
    let kind = tree.kind(id);
    kind == Kind::Heading || (tree.number(id).is_none() && !named.contains(&kind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn what_starts_again_in_annexes_and_parts_has_them_before_it() {
        let units = [
            (Chapter, 1),
            (Paragraph, 1),
            (Paragraph, 3),
            (Chapter, 2),
            (Table, 1),
            (Annex, 1),
            (Chapter, 2),
            (Section, 1),
            (Paragraph, 3),
            (Item, 1),
            (Paragraph, 4),
            (Table, 1),
            (Annex, 2),
            (Appendix, 1),
            (Paragraph, 1),
        ];
        assert_eq!(
            addresses(&units),
            "I 1 3 II table-1 annex-I annex-I/II annex-I/II.A annex-I/3 annex-I/3(a) annex-I/4 \
             annex-I/table-1 annex-II appendix-I appendix-I/1"
        );
        // What goes on counting needs nothing before it.
        let units = [
            (Part, 1),
            (Chapter, 1),
            (Paragraph, 1),
            (Part, 2),
            (Chapter, 2),
            (Paragraph, 2),
            (Annex, 0),
            (Section, 1),
            (Paragraph, 3),
        ];
        assert_eq!(addresses(&units), "part-1 I 1 part-2 II 2 annex A 3");
        let units = [
            (Part, 1),
            (Paragraph, 1),
            (Annex, 0),
            (Paragraph, 1),
            (Part, 2),
            (Chapter, 1),
            (Paragraph, 1),
            (Chapter, 2),
            (Paragraph, 1),
            (Annex, 0),
        ];
        assert_eq!(
            addresses(&units),
            "part-1 part-1/1 part-1/annex part-1/annex/1 part-2 I I/1 II II/1 part-2/annex"
        );
    }

    #[test]
    fn articles_tables_and_footnotes_have_names_of_their_own() {
        let units = [
            (Chapter, 1),
            (Article, 1),
            (Paragraph, 1),
            (Item, 2),
            (Article, 2),
            (Paragraph, 1),
            (Table, 0),
            (Footnote, 1),
            (Footnote, 0),
            (Paragraph, 2),
            (Footnote, 0),
        ];
        assert_eq!(
            addresses(&units),
            "I article-1 article-1/1 article-1/1(b) article-2 article-2/1 table footnote-1 \
             table/footnote article-2/2 article-2/2/footnote"
        );
    }

    #[test]
    fn a_number_of_two_numbers_is_bare() {
        let mut units = Vec::new();
        for (kind, prefix, number) in [
            (Paragraph, 13, 1),
            (Paragraph, 0, 26),
            (Item, 26, 1),
            (Item, 0, 1),
            (SubItem, 0, 2),
            (Item, 26, 2),
        ] {
            let mut unit = Unit::new(kind, "", Some(number), "x");
            unit.prefix = prefix;
            units.push(unit);
        }
        let report = Report::new(units, vec![], None);
        let all: Vec<_> = report
            .ids()
            .map(|id| report.address(id).to_string())
            .collect();
        assert_eq!(
            all,
            ["13.1", "26", "26.1", "26.1(a)", "26.1(a)(ii)", "26.2"]
        );
        for (typed, address) in [
            ("para. 13.1", "13.1"),
            ("第26.1段", "26.1"),
            ("26.1 (a) (ii)", "26.1(a)(ii)"),
            ("26.1a", "26.1(a)"),
            ("recommendation 26.2", "26.2"),
            ("п. 26.1 a) ii)", "26.1(a)(ii)"),
            ("الفقرة ٢٦.٢", "26.2"),
        ] {
            let found = report.find(typed).map(|id| report.address(id).to_string());
            assert_eq!(found.as_deref(), Some(address), "{typed}");
        }
    }

    #[test]
    fn every_spelling_of_every_language_is_understood() {
        let report = report(&[
            (Chapter, 1),
            (Article, 2),
            (Paragraph, 4),
            (Footnote, 5),
            (Chapter, 2),
            (Section, 2),
            (Paragraph, 3),
            (Item, 1),
            (Item, 3),
            (SubItem, 3),
            (Table, 3),
            (Annex, 1),
            (Paragraph, 3),
            (Item, 1),
            (Footnote, 2),
            (Appendix, 0),
            (Paragraph, 3),
            (Part, 2),
            (Paragraph, 9),
        ]);
        for (address, typed) in [
            (
                "article-2",
                "Article 2|art. 2|第二条|第2条|artículo 2|статья 2|ст. 2|المادة 2|المادة ٢",
            ),
            (
                "article-2/4",
                "Article 2(4)|art. 2, para. 4|art. 2.4|第二条第四款|第2条第4款|article 2, par. 4|art. 2, párr. 4\
                 |ст. 2, п. 4|المادة 2، الفقرة 4|article-2/4|Article 2, paragraph 4",
            ),
            (
                "footnote-5",
                "fn 5|footnote 5|note 5|nota 5|脚注5|脚注 5|сноска 5|الحاشية 5|art. 2, footnote 5",
            ),
            (
                "3",
                "3|para. 3|par. 3|párr. 3|parr. 3|PÁRRAFO 3|п. 3|пункт 3|пункта 3|الفقرة 3|الفقرة ٣|第3段|第三段",
            ),
            (
                "3(a)",
                "3 (a)|3 a)|par. 3 a)|п. 3 а)|п. 3 a)|الفقرة 3 (أ)|3(أ)|3a",
            ),
            ("3(c)", "3 c)|п. 3 в)|п. 3 с)|الفقرة 3 (ج)"),
            (
                "3(c)(iii)",
                "3 c) iii)|п. 3 в) iii)|الفقرة 3 (ج) ‘3’|第3段(c)㈢|第三段（c）（三）",
            ),
            (
                "II",
                "chap. II|chapitre II|capítulo II|глава II|гл. 2|الفصل الثاني|第二章",
            ),
            (
                "II.B",
                "chap. II, sect. B|cap. II, secc. B|гл. II, разд. B|الفصل الثاني، الفرع باء|section B",
            ),
            (
                "table-3",
                "table 3|Table 3|tableau 3|cuadro 3|таблица 3|الجدول 3|表3|表三",
            ),
            (
                "annex-I",
                "annex I|Annex 1|annexe I|anexo I|приложение I|приложения 1|المرفق الأول|附件一|附件1|annex one",
            ),
            (
                "annex-I/3",
                "annex I, para. 3|附件一第3段|附件一，第3段|annexe I, par. 3|anexo I, párr. 3|приложение I, п. 3\
                 |المرفق الأول، الفقرة 3|annex-I/3|Annex I.3",
            ),
            (
                "annex-I/3(a)",
                "annex I, para. 3 (a)|附件一第3段(a)|annex-I/3(a)|annex I 3a",
            ),
            ("footnote-2", "annex-I/footnote-2|fn 2|annex I, footnote 2"),
            ("appendix", "appendix|appendice|附录|добавление|التذييل"),
            (
                "appendix/3",
                "appendix, para. 3|appendix/3|appendix 3|附录第3段|appendix para 3",
            ),
            (
                "part-2",
                "part 2|Part Two|part II|第二部分|partie 2|часть 2|الجزء الثاني",
            ),
            ("9", "part 2, para. 9|第二部分第9段"),
        ] {
            for typed in typed.split('|') {
                let found = report.find(typed).map(|id| report.address(id).to_string());
                assert_eq!(found.as_deref(), Some(address), "{typed}");
            }
        }
        for typed in ["table", "note", "art", "part", "article"] {
            assert_eq!(report.find(typed), None, "{typed} is looked for as a word");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_address_is_unique_and_can_be_typed_back(
            units in proptest::collection::vec((0usize..12, 0u32..4, 0u8..3, 0u32..3), 0..40),
        ) {
            let kinds = [
                Part, Annex, Appendix, Chapter, Section, Heading, Article, Paragraph, Item, SubItem, Table,
                Footnote,
            ];
            let unit = |&(kind, number, level, prefix): &(usize, u32, u8, u32)| {
                let kind: Kind = kinds[kind];
                let mut unit = Unit::new(kind, "", (number > 0).then_some(number), "x");
                unit.level = if kind == Heading { level } else { 0 };
                unit.prefix = if matches!(kind, Paragraph | Item) { prefix } else { 0 };
                unit
            };
            let report = Report::new(units.iter().map(unit), vec![], None);
            let mut seen = std::collections::HashSet::new();
            for id in report.ids() {
                let address = report.address(id);
                prop_assert_eq!(report.find(&address.to_string()), Some(id), "{}", address);
                // By themselves these are words to look for.
                let word = matches!(address.steps()[..], [.., Step::Table(0) | Step::Footnote(0)]);
                prop_assert!(word || readings(&address.to_string()).contains(&address), "{} is read", address);
                prop_assert!(seen.insert(address.to_string()));
                // An item right under a heading is cited by what may be a chapter: annex ii).
                let is_item = |step: &Step| matches!(step, Step::Item(_) | Step::SubItem(_));
                let is_text = |step: &Step| {
                    matches!(step, Step::Paragraph(_) | Step::Dotted(..) | Step::Article(_)) || is_item(step)
                };
                let stray = is_item(&address.steps()[0])
                    || address.steps().windows(2).any(|steps| is_item(&steps[1]) && !is_text(&steps[0]));
                for language in super::super::Language::ALL {
                    let citation = report.citation(id, language);
                    prop_assert!(word || stray || report.find(&citation) == Some(id), "{} for {}", citation, address);
                }
            }
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
