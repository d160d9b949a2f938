//! The built-in report in other formats, made from the texts of its units: it comes out the same.

use std::path::Path;

use rapporteur::parse::parse_manuscript;
use rapporteur::read::Source;
use rapporteur::report::{Report, bare_label};

use super::{built_in, here};

/// Each twin under `tests/twins`, and what it was made with.
const TWINS: &[&str] = &[
    #[cfg(feature = "docx")]
    "cybercrime.docx",
    #[cfg(feature = "pdf")]
    "cybercrime.pdf",
    "cybercrime.gb18030.txt",
];

fn report(path: &Path) -> Report {
    let manuscript = Source::file(path)
        .manuscript(&mut |_| ())
        .unwrap_or_else(|error| panic!("{error}"));
    parse_manuscript(&manuscript, &mut |_, _| ()).0
}

/// Each unit's address and letters.
fn units(report: &Report) -> Vec<String> {
    let one = |id| {
        let unit = report.unit(id);
        let text: String = unit.text.chars().filter(|c| !c.is_whitespace()).collect();
        format!("{} {text}", report.address(id))
    };
    report.ids().map(one).collect()
}

#[test]
fn every_twin_of_the_built_in_report_has_its_units() {
    let expected = units(&built_in());
    assert_eq!(expected.len(), 36);
    for name in TWINS {
        let report = report(&here("tests/twins").join(name));
        assert_eq!(units(&report), expected, "{name}");
        assert_eq!(report.all_recommendations(), 17, "{name}");
    }
}

/// Big5 has no simplified characters, so the letters are others: the addresses are the same.
#[test]
fn the_twin_in_traditional_characters_has_the_same_addresses() {
    let twin = report(&here("tests/twins/cybercrime.big5.txt"));
    let addresses = |report: &Report| -> Vec<_> {
        report
            .ids()
            .map(|id| report.address(id).to_string())
            .collect()
    };
    assert_eq!(addresses(&twin), addresses(&built_in()));
    assert_eq!(twin.all_recommendations(), 17);
}

#[test]
fn the_table_the_twins_are_made_from_is_the_report() {
    let report = built_in();
    let made: String = report
        .ids()
        .map(|id| {
            let unit = report.unit(id);
            let label = bare_label(unit.label).len().max(unit.label.trim().len());
            format!(
                "{}\t{}\t{}\n",
                unit.kind.name(),
                &unit.label[..label],
                unit.text
            )
        })
        .collect();
    super::assert_kept(&here("tests/twins/units.tsv"), &made);
}
