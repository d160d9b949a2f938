//! Every printed character of a source stands in its report exactly once, in order.
//!
//! Footnotes and tables stand in the report behind the unit that they are for, so there are several
//! orders: that of the text, and that inside each footnote and table.

use std::collections::BTreeMap;
use std::ops::Range;

use proptest::prelude::*;
use rapporteur::parse::parse;
use rapporteur::read::Manuscript;
use rapporteur::report::Kind;

/// What is printed, but for white space, and for hyphens, since one that only cut a word at a line
/// end may vanish; a number that calls a footnote is raised in the report.
fn printed(text: &str) -> String {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let lowered = |c: char| {
        let digit = RAISED.chars().position(|raised| raised == c);
        digit.map_or(c, |digit| char::from(b'0' + digit as u8))
    };
    let kept = |c: &char| !c.is_whitespace() && !['-', '\u{2010}'].contains(c);
    let printed = text.chars().filter(kept);
    printed.map(lowered).collect()
}

/// Text that the lines of a source must fill, each line whole and in order.
struct Order {
    text: String,
    /// How much of it is filled, in bytes.
    filled: usize,
    /// The lines it was read from.
    lines: Range<u32>,
}

/// True when every line from `at` on goes on with one of the orders, and all are filled then.
fn fill(lines: &[(u32, String)], orders: &mut [Order]) -> bool {
    let Some(((number, line), rest)) = lines.split_first() else {
        return orders.iter().all(|order| order.filled == order.text.len());
    };
    if line.is_empty() {
        return fill(rest, orders);
    }
    for at in (0..orders.len()).rev() {
        let order = &mut orders[at];
        let here = order.lines.contains(number) && order.text[order.filled..].starts_with(line);
        if here {
            order.filled += line.len();
            if fill(rest, orders) {
                return true;
            }
            orders[at].filled -= line.len();
        }
    }
    false
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
    let mut beside = Vec::new();
    for id in report.ids() {
        let unit = report.unit(id);
        let text = [printed(unit.label), printed(unit.text)].concat();
        if matches!(unit.kind, Kind::Footnote | Kind::Table) {
            beside.push(Order {
                text,
                filled: 0,
                lines: unit.lines.clone(),
            });
        } else {
            body.push_str(&text);
        }
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
    let (mut all, mut left) = (String::new(), Vec::new());
    let mut lines = 0;
    for line in &manuscript.lines {
        let text = printed(manuscript.printed(line));
        all.push_str(&text);
        match aside.get(&line.number) {
            Some(piece) => assert_eq!(printed(piece), text, "line {}", line.number),
            None => left.push((line.number, text)),
        }
        lines = line.number;
    }
    assert_eq!(all, printed(source));
    if beside.is_empty() {
        let expected: String = left.iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(body, expected);
    } else {
        let length = |orders: &[Order]| orders.iter().map(|order| order.text.len()).sum::<usize>();
        let expected: usize = left.iter().map(|(_, line)| line.len()).sum();
        assert_eq!(body.len() + length(&beside), expected, "{source}");
        beside.insert(
            0,
            Order {
                text: body,
                filled: 0,
                lines: 1..lines + 1,
            },
        );
        assert!(fill(&left, &mut beside), "{source}");
    }
    assert!(
        aside
            .keys()
            .chain(notes.iter().map(|note| &note.line))
            .all(|line| (1..=lines).contains(line))
    );
    for id in report.ids() {
        let address = report.address(id).to_string();
        assert_eq!(report.find(&address), Some(id), "{address} names one unit");
        for tie in report.calls(id) {
            assert_eq!(report.unit(tie.footnote).kind, Kind::Footnote);
            assert!(report.unit(id).text.get(tie.call.clone()).is_some());
        }
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
            "____________", "Notes", "1 See A/1.", "2 Ibid.", "1/ See.", "* Below.", "the Assembly.1", "宣言》2", "a title*",
            "Table 1", "Year   States   Lakes", "2019   12   7", "2020   13   8", "2021   14   9", "Mr. Lock (Chad): I thank",
            "The President: I call",
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
