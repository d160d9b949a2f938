//! Small reports of our own writing, each beside the outline a careful reader would draw of it.

use std::fmt::Write;
use std::fs;

use rapporteur::parse::parse;
use rapporteur::report::Ground;

use super::nothing_lost::assert_nothing_lost;
use super::{assert_kept, here};

/// A line a unit: depth, kind, address, page, why it is a recommendation, label and text, and under
/// it its links and its calls of footnotes; then what was set aside and noted.
fn outline(source: &str) -> String {
    let (report, notes) = parse(source);
    let mut out = String::new();
    for id in report.ids() {
        let unit = report.unit(id);
        let sign = match unit.ground {
            None => "",
            Some(Ground::Heading) => " *",
            Some(Ground::Number) => " *number",
            Some(Ground::Verb) => " *verb",
        };
        let indent = "  ".repeat(unit.depth.into());
        let (kind, address, page) = (unit.kind.name(), report.address(id), unit.page);
        let _ = writeln!(out, "{indent}{kind} {address} p{page}{sign} | {unit}");
        for link in unit.links {
            let _ = writeln!(
                out,
                "{indent}  link {} for {}",
                link.target,
                &unit.text[link.cited.clone()]
            );
        }
        for tie in report.calls(id) {
            let (call, footnote) = (&unit.text[tie.call.clone()], report.address(tie.footnote));
            let _ = writeln!(out, "{indent}  call {call} for {footnote}");
        }
    }
    let head = report.masthead();
    for (name, words) in [
        ("symbol", &head.symbol),
        ("date", &head.date),
        ("session", &head.session),
        ("agenda item", &head.agenda_item),
        ("original", &head.original),
    ] {
        if let Some(words) = words {
            let _ = writeln!(out, "{name}: {words}");
        }
    }
    for piece in report.furniture() {
        let _ = writeln!(
            out,
            "aside line {} as {}: {}",
            piece.line,
            piece.kind.name(),
            piece.text
        );
    }
    for note in notes {
        let _ = writeln!(out, "note line {}: {}", note.line, note.text);
    }
    out
}

#[test]
fn every_report_has_its_outline() {
    let mut count = 0;
    for entry in fs::read_dir(here("tests/reports")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        assert_nothing_lost(&source);
        assert_kept(&path.with_extension("outline"), &outline(&source));
        count += 1;
    }
    assert!(count >= 6, "{count} reports");
}
