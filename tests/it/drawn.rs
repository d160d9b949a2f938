//! Small documents of our own writing, in six languages, each beside the tree a careful reader drew
//! of it before the program saw it. Never written by the program: where the two differ, one of them
//! is wrong, and it is thought about which.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use rapporteur::parse::parse;
use rapporteur::report::FurnitureKind;

use super::here;
use super::nothing_lost::assert_nothing_lost;
use super::printed::differences;

/// A line a unit: kind, address, page, `*` for a recommendation, label and text, as deep as it
/// stands; then how many lines were set aside as what, and the lines where text may be misread.
fn tree(source: &str) -> String {
    let (report, notes) = parse(source);
    let mut out = String::new();
    for id in report.ids() {
        let unit = report.unit(id);
        let sign = if unit.recommendation { " *" } else { "" };
        let indent = "  ".repeat(unit.depth.into());
        let (kind, address, page) = (unit.kind.name(), report.address(id), unit.page);
        let _ = writeln!(out, "{indent}{kind} {address} p{page}{sign} | {unit}");
    }
    let mut aside: BTreeMap<FurnitureKind, usize> = BTreeMap::new();
    for piece in report.furniture() {
        // A foot of a page often has both in one line.
        let kind = match piece.kind {
            FurnitureKind::JobNumber => FurnitureKind::PageNumber,
            kind => kind,
        };
        *aside.entry(kind).or_default() += 1;
    }
    for (kind, count) in aside {
        let name = match kind {
            FurnitureKind::PageNumber => "page number or job number",
            kind => kind.name(),
        };
        let _ = writeln!(out, "aside {name}: {count}");
    }
    for note in notes.iter().filter(|note| note.misread) {
        let _ = writeln!(out, "note misread line {}", note.line);
    }
    out
}

#[test]
fn every_document_has_the_tree_that_was_drawn_of_it() {
    let mut names: Vec<_> = fs::read_dir(here("tests/drawn"))
        .expect("they are there")
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".txt").map(String::from))
        .collect();
    names.sort();
    for language in ["ar", "en", "es", "fr", "ru", "zh"] {
        let of = |name: &&String| name.ends_with(&format!(".{language}"));
        assert!(names.iter().filter(of).count() >= 4, "{language}");
    }
    let mut words = String::new();
    for name in &names {
        let source = fs::read_to_string(here(&format!("tests/drawn/{name}.txt"))).unwrap();
        let drawn = fs::read_to_string(here(&format!("tests/drawn/{name}.tree"))).unwrap();
        assert_nothing_lost(&source);
        let lines = |text: &str| text.lines().map(String::from).collect::<Vec<_>>();
        let differences = differences(&lines(&drawn), &lines(&tree(&source)));
        if !differences.is_empty() {
            let _ = writeln!(words, "{name}:\n{}", differences.join("\n"));
        }
    }
    assert!(
        words.is_empty(),
        "drawn otherwise than met (- drawn, + met):\n{words}"
    );
}
