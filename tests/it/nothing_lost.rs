//! Every printed character of a source stands in its report exactly once, in order.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rapporteur::parse::parse;
use rapporteur::read::Manuscript;

fn printed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Checks it for any source: lines set aside stand among links and furniture as printed, and all
/// others, in order, in the labels and texts of the units.
pub fn assert_nothing_lost(source: &str) {
    let (report, notes) = parse(source);
    let mut aside: BTreeMap<u32, String> = BTreeMap::new();
    for piece in report.furniture() {
        assert!(
            aside.insert(piece.line, piece.text.clone()).is_none(),
            "line {} twice",
            piece.line
        );
    }
    let mut body = String::new();
    for id in report.ids() {
        let unit = report.unit(id);
        body.extend([printed(unit.label), printed(unit.text)]);
        for link in unit.links {
            assert!(
                aside.insert(link.line, link.target.clone()).is_none(),
                "line {} twice",
                link.line
            );
            assert!(link.target.ends_with(&unit.text[link.cited.clone()]));
        }
    }
    let manuscript = Manuscript::of_text(source);
    let (mut all, mut expected) = (String::new(), String::new());
    let mut lines = 0;
    for line in &manuscript.lines {
        let text = printed(manuscript.printed(line));
        match aside.get(&line.number) {
            Some(piece) => assert_eq!(printed(piece), text, "line {}", line.number),
            None => expected.push_str(&text),
        }
        all.push_str(&text);
        lines = line.number;
    }
    assert_eq!(all, printed(source));
    assert_eq!(body, expected);
    assert!(
        aside
            .keys()
            .chain(notes.iter().map(|note| &note.line))
            .all(|line| (1..=lines).contains(line))
    );
    for id in report.ids() {
        let address = report.address(id).to_string();
        assert_eq!(report.find(&address), Some(id), "{address} names one unit");
    }
}

#[test]
fn nothing_of_the_built_in_report_is_lost() {
    assert_nothing_lost(&super::built_in_text());
}

/// Lines as reports have them, and as they do not.
fn line() -> impl Strategy<Value = String> {
    let label = prop_oneof![
        Just(""),
        Just(""),
        prop::sample::select(vec![
            "二. ",
            "一、",
            "第一章：",
            "I. ",
            "II. ",
            "A. ",
            "B. ",
            "1. ",
            "2. ",
            "3. ",
            "１．",
            "17. ",
            "2017. ",
            "(a) ",
            "(b) ",
            "（c）",
            "a) ",
            "(i) ",
            "(ii) ",
            "㈠ ",
            "㈡ ",
            "（一）",
            "(一) ",
            "CHAPTER I, ",
            "(aa) ",
            "13.1 ",
        ]),
    ];
    let text = prop_oneof![
        3 => "[网络犯罪会员国应，；：“”]{0,40}[。；]?",
        3 => "[a-zA-Z ,-]{0,70}[.;:]?",
        1 => "\\PC{0,30}",
        1 => "[\u{0}-\u{20}\u{85}\u{a0}\u{2028}\u{3000}\u{feff}\u{202e}a网]{0,12}",
        1 => prop::sample::select(vec![
            "http://undocs.org/A/C.3/72/12", "草案（A/C.3/72/12，附件）；", "-----", "* * *", "A/74/130", "https://x.y", "———",
        ]).prop_map(String::from),
    ];
    let space = prop::sample::select(vec!["", "", " ", "  ", "\t", "　　", "\x0c", "\r"]);
    (space.clone(), label, text, space)
        .prop_map(|(before, label, text, after)| format!("{before}{label}{text}{after}"))
}

fn source() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec!["\n", "\n", "\n\n", " \n\n", "\r\n", "\n \n\n"]);
    prop::collection::vec((line(), end), 0..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_any_report_is_lost(source in source()) {
        assert_nothing_lost(&source);
    }

    #[test]
    fn nothing_of_any_text_is_lost(source in "(?s).{0,200}") {
        assert_nothing_lost(&source);
    }
}
