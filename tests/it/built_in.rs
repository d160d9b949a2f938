//! The built-in report comes out as the document has it: counted by hand from its text.

use rapporteur::parse::parse;
use rapporteur::report::{Kind, Language};

use super::{built_in, built_in_text, column, json};

const ADDRESSES: &str = "II II.A 1 1(a) 1(b) 1(c) 1(d) 1(e) 1(f) 1(g) 1(h) 1(i) 1(j) 1(k) 1(k)(i) 1(k)(ii) 1(k)(iii) \
                         1(k)(iv) 1(k)(v) 1(l) 1(m) 1(n) 1(o) 1(p) 1(q) III III.A 2 3 4 5 6 IV IV.B 7 8";

#[test]
fn it_has_its_36_units_in_order() {
    let rows = json(&["outline", "--json"]);
    assert_eq!(column(&rows, "address"), ADDRESSES);
    let kinds = column(&rows, "kind");
    let count = |kind| kinds.split(' ').filter(|&found| found == kind).count();
    assert_eq!(
        ["chapter", "section", "paragraph", "item", "sub-item"].map(count),
        [3, 3, 8, 17, 5]
    );
    let labels = "二. A. 1. (a) (b) (c) (d) (e) (f) (g) (h) (i) (j) (k) ㈠ ㈡ ㈢ ㈣ ㈤ (l) (m) (n) (o) (p) (q) \
                  三. A. 2. 3. 4. 5. 6. 四. B. 7. 8.";
    assert_eq!(column(&rows, "label"), labels);
    let depths = "0 1 2 3 3 3 3 3 3 3 3 3 3 3 4 4 4 4 4 3 3 3 3 3 3 0 1 2 2 2 2 2 0 1 2 2";
    assert_eq!(column(&rows, "depth"), depths);
    let keys: Vec<_> = rows[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "address",
            "depth",
            "kind",
            "label",
            "page",
            "recommendation",
            "text"
        ]
    );
}

#[test]
fn pages_begin_where_the_printed_ones_do() {
    // Page joins stand in the source before (d), (n) and 四.
    let pages = "1 1 1 1 1 1 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 3 3 3 3 3 3 3 3 3 3 3 4 4 4 4";
    assert_eq!(column(&json(&["outline", "--json"]), "page"), pages);
}

#[test]
fn the_17_items_alone_are_recommendations() {
    let report = built_in();
    let marked = report.ids().filter(|&id| report.unit(id).recommendation);
    let items = report
        .ids()
        .filter(|&id| report.unit(id).kind == Kind::Item);
    assert_eq!(marked.collect::<Vec<_>>(), items.collect::<Vec<_>>());
    assert_eq!(report.all_recommendations(), 17);
    assert!(report.in_recommendation(report.find("1(k)(iii)").unwrap()));
}

#[test]
fn words_cut_by_line_ends_are_whole_and_spaces_kept() {
    let report = built_in();
    for (address, words) in [
        ("1", "并不表示已得到专家组核可，"),
        ("1", "题为“执法和调查”的议程项目 2 下提出的建议汇编"),
        (
            "1(a)",
            "考虑到 2017 年 10 月 11 日向秘书长提交的联合国合作打击网络犯罪公约草案（A/C.3/72/12，附件）；",
        ),
        ("1(c)", "是由有组织集团实施的"),
        ("1(k)", "国内立法，授权："),
        ("1(k)(i)", "此种数据有可能发生变动；"),
        ("6", "联合国反恐怖主义委员会执行局（反恐执行局）"),
        ("6", "脸书、谷歌、微软、优步等"),
        ("7", "爱沙尼亚、格鲁吉亚"),
    ] {
        let text = &report.unit(report.find(address).unwrap()).text;
        assert!(text.contains(words), "{address}: {text}");
    }
    let ends = |address: &str| {
        report
            .unit(report.find(address).unwrap())
            .text
            .chars()
            .next_back()
    };
    assert_eq!(
        ["II", "1", "1(q)", "6", "8"].map(ends),
        [Some('表'), Some('：'), Some('。'), Some('。'), Some('。')]
    );
}

#[test]
fn the_page_foot_link_belongs_to_the_citation_it_is_for() {
    let report = built_in();
    let linked: Vec<_> = report
        .ids()
        .filter(|&id| !report.unit(id).links.is_empty())
        .collect();
    assert_eq!(linked, [report.find("1(a)").unwrap()]);
    let unit = report.unit(linked[0]);
    assert_eq!(unit.links.len(), 1);
    assert_eq!(unit.links[0].target, "http://undocs.org/A/C.3/72/12");
    assert_eq!(&unit.text[unit.links[0].cited.clone()], "A/C.3/72/12");
    assert!(
        report
            .ids()
            .all(|id| !report.unit(id).text.contains("http"))
    );
    assert!(report.furniture().is_empty());
}

#[test]
fn that_it_is_an_extract_is_noted_and_nothing_invented() {
    let (report, notes) = parse(&built_in_text());
    let notes: Vec<_> = notes
        .iter()
        .map(|note| format!("{}: {}", note.line, note.text))
        .collect();
    assert_eq!(
        notes,
        [
            "1: chapters start at 二",
            "198: sections under chapter 四 start at B"
        ]
    );
    assert_eq!(report.symbol(), None);
    assert_eq!(report.language(), Language::Chinese);
}

#[test]
fn sections_of_the_same_title_are_two() {
    let report = built_in();
    let (first, second) = (report.find("II.A").unwrap(), report.find("III.A").unwrap());
    assert_eq!(report.unit(first).text, report.unit(second).text);
    assert_ne!(first, second);
    assert_eq!(report.subtree(first).len(), 24);
    assert_eq!(report.subtree(second).len(), 6);
}

#[test]
fn every_address_and_citation_shown_can_be_typed() {
    let report = built_in();
    for id in report.ids() {
        assert_eq!(report.find(&report.address(id).to_string()), Some(id));
        for language in [Language::English, Language::Chinese] {
            let citation = report.citation(id, language);
            assert_eq!(report.find(&citation), Some(id), "{citation}");
        }
    }
    let cited = |address: &str, language| report.citation(report.find(address).unwrap(), language);
    assert_eq!(cited("1(k)(iii)", Language::English), "para. 1 (k) (iii)");
    assert_eq!(cited("1(k)(iii)", Language::Chinese), "第1段(k)㈢");
    assert_eq!(cited("II.A", Language::English), "chap. II, sect. A");
    assert_eq!(cited("II.A", Language::Chinese), "第二章A节");
}
