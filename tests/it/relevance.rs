//! What people type finds what they mean: `tests/relevance.tsv`, written by reading the report.

use std::collections::BTreeMap;
use std::fs;

use rapporteur::search::{Index, Query};

use super::{built_in, here};

/// These categories must be right without exception.
const WHOLE: [&str; 3] = ["none", "pinyin", "number"];
/// The least share of queries whose first hit is the one expected, in hundredths.
const LEAST: usize = 98;

#[test]
fn the_first_hit_is_the_one_meant() {
    let report = built_in();
    let index = Index::new(&report);
    let table = fs::read_to_string(here("tests/relevance.tsv")).unwrap();
    let lines = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut shares: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in lines {
        let mut fields = line.split('\t');
        let (category, text, expected) = (
            fields.next().unwrap(),
            fields.next().unwrap(),
            fields.next().unwrap(),
        );
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
