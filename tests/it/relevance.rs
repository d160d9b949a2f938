//! What people type finds what they mean: `tests/relevance.tsv`, written by reading the report.

use std::collections::BTreeMap;
use std::fs;

use rapporteur::report::{Report, Unit, UnitId};
use rapporteur::search::{Hit, Index, Query};

use super::{built_in, here};

/// These categories must be right without exception.
const WHOLE: [&str; 4] = ["none", "han", "pinyin", "number"];
/// The least share of queries whose first hit is the one expected, in hundredths.
const LEAST: usize = 98;

fn table() -> String {
    fs::read_to_string(here("tests/relevance.tsv")).unwrap()
}

/// Category, query, expected address.
fn rows(table: &str) -> impl Iterator<Item = [&str; 3]> {
    let lines = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| {
        let mut fields = line.split('\t');
        [(); 3].map(|()| fields.next().unwrap())
    })
}

#[test]
fn the_first_hit_is_the_one_meant() {
    let report = built_in();
    let index = Index::new(&report);
    let table = table();
    let mut shares: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for [category, text, expected] in rows(&table) {
        let query = Query {
            text: text.into(),
            ..Query::default()
        };
        let found = index.search(&report, &query);
        let first = found.hits.first();
        let address = first.map_or("-".into(), |hit| report.address(hit.unit).to_string());
        let (right, all) = shares.entry(category).or_default();
        *all += 1;
        if address == expected {
            *right += 1;
        } else {
            let how = first.map_or("", |hit| hit.how.name());
            wrong.push((
                category,
                format!("{category}: {text}: {expected} is meant, {address} {how} comes first"),
            ));
        }
    }
    for (category, (right, all)) in &shares {
        println!("{category}: {right} of {all} first");
    }
    wrong.iter().for_each(|(_, what)| println!("{what}"));
    let (right, all) = shares
        .values()
        .fold((0, 0), |sum, (right, all)| (sum.0 + right, sum.1 + all));
    println!("all: {right} of {all} first");
    assert!(all >= 250, "{all} queries");
    assert!(right * 100 >= all * LEAST, "{right} of {all}");
    let must = wrong
        .iter()
        .filter(|(category, _)| WHOLE.contains(category));
    assert_eq!(must.count(), 0, "{WHOLE:?} are without exception");
}

/// A large report is looked through by rows of bits, a small one unit by unit.
#[test]
fn a_report_many_times_as_long_finds_the_same_many_times() {
    let report = built_in();
    let times = 60;
    let repeated = |times: usize| {
        let units = (0..times).flat_map(|_| report.ids()).map(|id| {
            let unit = report.unit(id);
            Unit::new(unit.kind, "", None, unit.text)
        });
        Report::new(units, vec![], None)
    };
    let (small, large) = (repeated(1), repeated(times));
    let (index, large_index) = (Index::new(&small), Index::new(&large));
    for [_, text, _] in rows(&table()) {
        let query = Query {
            text: text.into(),
            all: true,
            ..Query::default()
        };
        let mut expected = Vec::new();
        let found = index.search(&small, &query).hits;
        for same in found.chunk_by(|a, b| a.score == b.score) {
            for time in 0..times {
                let later = |hit: &Hit| UnitId::from(hit.unit.index() + time * small.len());
                expected.extend(same.iter().map(|hit| Hit {
                    unit: later(hit),
                    ..*hit
                }));
            }
        }
        let found = large_index.search(&large, &query).hits;
        assert!(found == expected, "{text}");
    }
}
