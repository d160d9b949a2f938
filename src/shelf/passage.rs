//! The unit that a mark is on, as it is found again: in the same report by address and text, in a
//! newer version by what it says.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use crate::report::{Report, UnitId};

/// A unit of some version of a report, as the file of marks names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its address.
    pub address: String,
    /// Its text, or so much of it as people need to know it again.
    #[serde(default)]
    pub text: String,
    /// Of its whole text.
    #[serde(default)]
    pub hash: String,
}

/// So much of a text is kept, in characters.
const KEPT: usize = 400;

impl Passage {
    /// That of a unit.
    pub fn new(report: &Report, unit: UnitId) -> Self {
        let text = report.unit(unit).text;
        Self {
            address: report.address(unit).to_string(),
            text: text.chars().take(KEPT).collect(),
            hash: hash(text),
        }
    }
}

fn hash(text: &str) -> String {
    format!("{:032x}", XxHash3_128::oneshot(text.as_bytes()))
}

/// A text so short may stand in many places: then only its address tells which.
const TELLS: usize = 8;
/// How alike two texts at the same address are at least, from 0 to 1, to be versions of one.
const ALIKE_HERE: f64 = 0.5;
/// The same at another address.
const ALIKE: f64 = 0.7;
/// More pairs than this are not compared: those left are told of and stay.
const MOST_COMPARED: usize = 100_000;

/// The units of a report that these passages are in it, each of at most one: what says the same at
/// the same address, then what says the same elsewhere, then what says nearly the same.
pub(super) fn place(report: &Report, passages: &[Passage]) -> Vec<Option<UnitId>> {
    let mut placed = vec![None; passages.len()];
    if passages.is_empty() {
        return placed;
    }
    let mut taken: HashSet<UnitId> = HashSet::new();
    let mut put = |at: usize, unit: Option<UnitId>, placed: &mut Vec<Option<UnitId>>| {
        if placed[at].is_none()
            && let Some(unit) = unit
            && taken.insert(unit)
        {
            placed[at] = Some(unit);
        }
    };
    // Found by its exact name alone: II/3 of another version is no 3 here.
    let addressed: Vec<_> = passages
        .iter()
        .map(|passage| {
            let unit = report.find(&passage.address)?;
            (report.address(unit).to_string() == passage.address).then_some(unit)
        })
        .collect();
    for (at, passage) in passages.iter().enumerate() {
        let same = addressed[at].filter(|&unit| passage.is(report.unit(unit).text));
        put(at, same, &mut placed);
    }
    if placed.iter().all(Option::is_some) {
        return placed;
    }
    let mut wanted: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, passage) in passages.iter().enumerate() {
        if placed[at].is_none() && passage.tells() {
            wanted.entry(&passage.hash).or_default().push(at);
        }
    }
    if !wanted.is_empty() {
        for unit in report.ids() {
            for &at in wanted
                .get(hash(report.unit(unit).text).as_str())
                .into_iter()
                .flatten()
            {
                put(at, Some(unit), &mut placed);
            }
        }
    }
    for (at, passage) in passages.iter().enumerate() {
        let alike = addressed[at].filter(|&unit| {
            let text = report.unit(unit).text;
            passage.hash.is_empty() || alike(&pairs(&passage.text), text) >= ALIKE_HERE
        });
        put(at, alike, &mut placed);
    }
    let mut compared = 0;
    for (at, passage) in passages.iter().enumerate() {
        if placed[at].is_some() || !passage.tells() || compared > MOST_COMPARED {
            continue;
        }
        let own = pairs(&passage.text);
        compared += report.len();
        let all = report
            .ids()
            .map(|unit| (unit, alike(&own, report.unit(unit).text)));
        let mut near: Vec<_> = all.filter(|(_, like)| *like >= ALIKE).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (unit, _) in near {
            put(at, Some(unit), &mut placed);
        }
    }
    placed
}

impl Passage {
    /// True where a unit that says this is the one.
    fn is(&self, text: &str) -> bool {
        self.hash == hash(text)
    }

    fn tells(&self) -> bool {
        self.text.chars().count() >= TELLS
    }
}

/// The pairs of characters in a text, with how often each stands there.
fn pairs(text: &str) -> HashMap<(char, char), u32> {
    let mut pairs = HashMap::new();
    let chars = text.chars().filter(|c| !c.is_whitespace()).take(KEPT);
    let mut last = None;
    for c in chars.flat_map(char::to_lowercase) {
        if let Some(last) = last {
            *pairs.entry((last, c)).or_default() += 1;
        }
        last = Some(c);
    }
    pairs
}

/// How many of the pairs of two texts are the same, from 0 to 1 (the coefficient of Dice).
fn alike(own: &HashMap<(char, char), u32>, text: &str) -> f64 {
    let count: u32 = own.values().sum();
    // A text of twice the length is another, whatever stands in it.
    let length = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(KEPT)
        .count() as u32;
    if count == 0 || length == 0 || length > 2 * count + 2 || count > 2 * length + 2 {
        return 0.0;
    }
    let other = pairs(text);
    let shared: u32 = other
        .iter()
        .map(|(pair, times)| own.get(pair).map_or(0, |own| *own.min(times)))
        .sum();
    2.0 * f64::from(shared) / f64::from(count + other.values().sum::<u32>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    /// Where the units of one version went in another: `1 → 2`.
    fn moves(old: &str, new: &str) -> String {
        let (old, new) = (parse(old).0, parse(new).0);
        let passages: Vec<_> = old.ids().map(|unit| Passage::new(&old, unit)).collect();
        let placed = place(&new, &passages);
        let told = passages.iter().zip(placed).map(|(passage, unit)| {
            let there = unit.map_or("?".into(), |unit| new.address(unit).to_string());
            format!("{}→{there}", passage.address)
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn units_are_found_again_by_what_they_say() {
        let old = "1. 会员国应促进国际合作打击网络犯罪。\n\n2. 各国应拨出资源发展专门知识。\n\n3. 鼓励各国提供财政支持。\n";
        for (new, expected) in [
            (old, "1→1 2→2 3→3"),
            // Another before them.
            (
                "1. 序言部分是新的一段。\n\n2. 会员国应促进国际合作打击网络犯罪。\n\n3. 各国应拨出资源发展专门知识。\n\n4. 鼓励各国提供财政支持。\n",
                "1→2 2→3 3→4",
            ),
            // Reworded where it was, and reworded elsewhere.
            (
                "1. 会员国应继续促进国际合作以打击网络犯罪。\n\n2. 鼓励各国提供财政和技术支持。\n\n3. 各国应拨出资源发展专门知识和能力。\n",
                "1→1 2→3 3→2",
            ),
            // One is gone.
            (
                "1. 会员国应促进国际合作打击网络犯罪。\n\n2. 鼓励各国提供财政支持。\n",
                "1→1 2→? 3→2",
            ),
            ("1. 完全不同的另一份文件。\n", "1→? 2→? 3→?"),
        ] {
            assert_eq!(moves(old, new), expected, "{new}");
        }
        let words = "1. States should ratify the Convention.\n\n2. Noted.\n\n3. Noted.\n";
        assert_eq!(moves(words, words), "1→1 2→2 3→3");
        assert_eq!(
            moves(
                words,
                "1. All States should soon ratify the Convention.\n\n2. Noted.\n"
            ),
            "1→1 2→2 3→?"
        );
    }
}
