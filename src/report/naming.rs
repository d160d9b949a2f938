//! Which unit's name stands before a unit's own in its address.
//!
//! None where the number is clear by itself: `3`. A heading where numbers start again. In an annex,
//! an appendix or a part that numbers things anew, it stands before all of that kind (`annex-I/3`),
//! also before those that happen to be the only ones of their number, as one would cite them; what
//! stands outside of these keeps its bare number, which is what `3` alone means. Where paragraphs
//! start again in each chapter, the chapter stands before those that need it (`II/3`), and where
//! that does not tell them apart, what they stand under. Paragraphs of an article always have it
//! before them (`article-2/4`), and items where it has no numbered ones (`article-2(a)`).

use std::collections::HashMap;

use super::tree::Tree;
use super::unit::{Kind, UnitId};

/// For every unit, in reading order, the one whose name stands before its own.
pub(super) fn above(tree: &Tree) -> Vec<Option<UnitId>> {
    let runs = || places(tree).filter_map(|(id, place)| Some((run(tree, id, place)?, place)));
    let mut here: HashMap<(Option<UnitId>, Run), u32> = HashMap::new();
    for (run, place) in runs() {
        *here.entry((place.division, run)).or_default() += 1;
    }
    // Annexes repeat the numbers of a treaty, whose own run on through its parts.
    let mut everywhere: HashMap<Run, u32> = HashMap::new();
    let mut outside_annexes: HashMap<Run, u32> = HashMap::new();
    let in_annex = |place: Place| {
        let annexed = |it: &UnitId| matches!(tree.kind(*it), Kind::Annex | Kind::Appendix);
        place.division.filter(annexed).is_some()
    };
    let mut in_chapter: HashMap<(UnitId, Run), u32> = HashMap::new();
    let mut anew: HashMap<UnitId, u16> = HashMap::new();
    if runs().any(|(_, place)| place.division.is_some()) {
        for (run, place) in runs() {
            *everywhere.entry(run).or_default() += 1;
            *outside_annexes.entry(run).or_default() += u32::from(!in_annex(place));
        }
    }
    for (run, place) in runs() {
        let here = here[&(place.division, run)];
        let all = |_: &UnitId| match in_annex(place) {
            true => everywhere[&run] > here,
            false => outside_annexes[&run] > here,
        };
        if let Some(division) = place.division.filter(all) {
            *anew.entry(division).or_default() |= run.bit();
        }
        if let Some(chapter) = place.chapter.filter(|_| here > 1) {
            *in_chapter.entry((chapter, run)).or_default() += 1;
        }
    }
    let starts_anew = |run: Run, place: Place| {
        let kinds = |division| anew.get(&division).copied().unwrap_or(0);
        place.division.filter(|&it| kinds(it) & run.bit() != 0)
    };
    let of = |(id, place): (UnitId, Place)| {
        let Some(run) = run(tree, id, place) else {
            return match (tree.kind(id), tree.number(id)) {
                (Kind::Section, Some(_)) => place.chapter,
                (Kind::Paragraph, Some(_)) => article_of(tree, id).or(tree.parent(id)),
                (Kind::Item, Some(_)) => text_above(tree, id),
                (Kind::SubItem, Some(_)) => tree.parent(id),
                _ => None,
            };
        };
        let once = here[&(place.division, run)] == 1;
        match (run.class, place.chapter) {
            (Kind::Part, _) => None,
            (Kind::Annex | Kind::Appendix, _) if once => None,
            // A second chapter of the same number has nothing above it that tells it apart.
            (Kind::Chapter | Kind::Section, _) => starts_anew(run, place),
            _ if once => starts_anew(run, place),
            (_, Some(chapter)) if in_chapter[&(chapter, run)] == 1 => Some(chapter),
            _ => tree.parent(id),
        }
    };
    places(tree).map(of).collect()
}

/// Where a unit stands, as far as numbers go.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The innermost part, annex or appendix.
    division: Option<UnitId>,
    /// The chapter: nothing but the next, or the end of the division, ends one.
    chapter: Option<UnitId>,
}

/// Every unit with its place; a division and a chapter are in none of their own.
fn places(tree: &Tree) -> impl Iterator<Item = (UnitId, Place)> {
    let mut place = Place::default();
    tree.ids().map(move |id| {
        let here = place;
        match tree.kind(id) {
            Kind::Part | Kind::Annex | Kind::Appendix => {
                place = Place {
                    division: Some(id),
                    chapter: None,
                };
                (id, Place::default())
            }
            Kind::Chapter => {
                place.chapter = Some(id);
                let division = here.division;
                (
                    id,
                    Place {
                        division,
                        chapter: None,
                    },
                )
            }
            _ => (id, here),
        }
    })
}

/// A number in a run of numbers: paragraph 3, chapter II, table 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Run {
    class: Kind,
    prefix: u16,
    number: u32,
}

impl Run {
    fn bit(self) -> u16 {
        1 << self.class as u16
    }
}

/// The number of a unit, where it is one of a run that may start again.
fn run(tree: &Tree, id: UnitId, place: Place) -> Option<Run> {
    let prefix = tree.prefix(id) as u16;
    let kind = tree.kind(id);
    let class = match kind {
        Kind::Heading | Kind::SubItem => return None,
        Kind::Section if place.chapter.is_some() => return None,
        Kind::Item if prefix == 0 => return None,
        Kind::Paragraph if prefix == 0 && article_of(tree, id).is_some() => return None,
        Kind::Item => Kind::Paragraph,
        kind => kind,
    };
    let number = match kind {
        Kind::Annex | Kind::Appendix | Kind::Table | Kind::Footnote => tree.number(id).unwrap_or(0),
        _ => tree.number(id)?,
    };
    let prefix = match class {
        Kind::Paragraph => prefix,
        _ => 0,
    };
    Some(Run {
        class,
        prefix,
        number,
    })
}

/// What an item is cited with: of an article that has no numbered paragraphs the article, else what
/// the item stands under.
fn text_above(tree: &Tree, id: UnitId) -> Option<UnitId> {
    let above = tree.parent(id)?;
    let plain = tree.kind(above) == Kind::Paragraph && tree.number(above).is_none();
    let article = article_of(tree, above).filter(|_| plain);
    article.or(Some(above))
}

/// The article that a unit stands right under, or under a heading inside it.
fn article_of(tree: &Tree, id: UnitId) -> Option<UnitId> {
    let is_heading = |id: &UnitId| tree.kind(*id) == Kind::Heading;
    let above = tree.parent(id)?;
    let above = Some(above)
        .filter(is_heading)
        .and_then(|it| tree.parent(it))
        .or(Some(above));
    above.filter(|&above| tree.kind(above) == Kind::Article)
}
