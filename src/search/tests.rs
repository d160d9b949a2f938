//! The search as its users see it; long for its tables of cases.

use proptest::prelude::*;

use super::*;
use crate::parse::parse;
use crate::read::Source;
use crate::report::{Kind, Unit};
use crate::shelf::Mark;

fn found(source: &str, query: &str) -> String {
    let (report, _) = parse(source);
    let query = Query {
        text: query.into(),
        ..Query::default()
    };
    let found = Index::new(&report).search(&report, &query);
    let show = |hit: &Hit| {
        let text = &report.unit(hit.unit).text;
        let marks = found.matched(&report, hit).matches;
        let marks: Vec<_> = marks.iter().map(|at| &text[at.clone()]).collect();
        format!(
            "{} {} {}",
            report.address(hit.unit),
            hit.how.name(),
            marks.join("|")
        )
        .trim_end()
        .to_string()
    };
    let hits: Vec<_> = found.hits.iter().map(show).collect();
    hits.join("; ")
}

fn built_in(query: &str) -> String {
    found(
        &Source::built_in().manuscript(&mut |_| ()).unwrap().text,
        query,
    )
}

#[test]
fn a_phrase_is_found_whatever_its_punctuation_width_and_case() {
    assert_eq!(built_in("布达佩斯"), "1(b) exact 布达佩斯|布达佩斯");
    assert_eq!(built_in("议程项目2"), "1 exact 议程项目 2");
    assert_eq!(
        built_in("题为执法和调查的议程"),
        "1 exact 题为“执法和调查”的议程"
    );
    assert_eq!(built_in("ａ/ｃ.３/７２/１２"), "1(a) exact A/C.3/72/12");
    assert_eq!(built_in("2017年10月"), "1(a) exact 2017 年 10 月");
    assert_eq!(built_in("新加坡"), "");
    let english = "1. Law-enforcement bodies.\n\n2. The enforcement of law.\n\n3. STATES' LAW\n";
    assert_eq!(
        found(english, "law enforcement"),
        "1 words Law|enforcement; 2 words enforcement|law"
    );
    assert_eq!(
        found(english, "the enforcement of LAW"),
        "2 exact The enforcement of law"
    );
    assert_eq!(found(english, "states law"), "3 exact STATES' LAW");
    assert_eq!(
        found(
            "1. co-operation among\n\n2. an emen of the mention\n",
            "cooperation"
        ),
        "1 exact co-operation"
    );
    assert_eq!(
        found("1. The mention.\n", "emen"),
        "",
        "a phrase does not run from word to word by itself"
    );
}

#[test]
fn where_the_phrase_stands_it_alone_is_marked() {
    let source = "1. 打击网络犯罪公约草案和网络犯罪的公约。\n";
    assert_eq!(found(source, "网络犯罪 公约"), "1 exact 网络犯罪公约");
}

#[test]
fn a_number_is_not_found_inside_another() {
    let source = "5. 2017 年有 17 项。\n\n6. 见第 170 段。\n";
    assert_eq!(
        found(source, "17"),
        "5 exact 17; 6 exact 17",
        "but where one begins with it"
    );
    assert_eq!(
        found("I. A\n\n1. a\n\nII. B\n\n1. b\n", "1"),
        "I/1 address; II/1 address"
    );
}

#[test]
fn headings_come_before_texts_and_equals_in_reading_order() {
    assert_eq!(
        built_in("执法和调查"),
        "II.A exact 执法和调查; III.A exact 执法和调查; 1 exact 执法和调查; 1(n) slip 执法调查"
    );
}

#[test]
fn words_are_found_in_any_order_the_closest_together_first() {
    assert_eq!(built_in("能力建设 条约"), "1(b) words 条约|能力建设");
    let source = "1. 网络，然后过了很久，才有条约。\n\n2. 条约和网络。\n\n3. 条约。\n";
    assert_eq!(
        found(source, "网络 条约"),
        "2 words 条约|网络; 1 words 网络|条约"
    );
}

#[test]
fn pinyin_is_read_in_all_the_ways_it_is_typed() {
    for query in [
        "yameiniya",
        "ymny",
        "ya美尼ya",
        "亚mny",
        "yameiny",
        "ya mei ni ya",
        "ya'mei'ni'ya",
        "YaMeiNiYa",
        "ｙｍｎｙ",
    ] {
        assert_eq!(built_in(query), "7 pinyin 亚美尼亚", "{query}");
    }
    assert_eq!(built_in("yamein"), "7 pinyin 亚美尼");
    assert!(built_in("chu bu jian yi").starts_with("II pinyin 初步建议"));
    for query in ["lvxing", "luxing", "lǚxing"] {
        assert_eq!(found("1. 旅行。\n", query), "1 pinyin 旅行", "{query}");
    }
    for query in ["diaocha", "tiaocha"] {
        assert_eq!(found("1. 调查。\n", query), "1 pinyin 调查", "{query}");
    }
    assert_eq!(found("1. 亚马逊 amazon。\n", "amazon"), "1 exact amazon");
    assert_eq!(built_in("jiqixuexi"), "");
    assert_eq!(built_in("qwertz"), "");
}

#[test]
fn what_an_input_method_or_a_hand_got_wrong_is_found() {
    for query in ["墨西歌", "格鲁几亚"] {
        assert!(built_in(query).starts_with("7 homophone "), "{query}");
    }
    for query in ["亚美利亚", "亚尼亚", "亚美尼尼亚", "亚尼美亚", "yameniya"] {
        assert_eq!(built_in(query), "7 slip 亚美尼亚", "{query}");
    }
    assert_eq!(found("1. The treaty.\n", "traety"), "1 slip treaty");
    assert_eq!(found("1. Договор.\n", "даговор"), "1 slip Договор");
    assert_eq!(
        found("1. In 2017.\n", "2018"),
        "",
        "a number is no slip for another"
    );
}

#[test]
fn an_abbreviation_is_found_in_a_narrow_window_of_one_sentence() {
    assert_eq!(
        built_in("检协"),
        "6 abbreviation 检|协|检|协",
        "every place is marked"
    );
    assert_eq!(built_in("反恐委"), "6 abbreviation 反恐|委");
    assert_eq!(
        found("1. 检察工作。协会成立。\n", "检协"),
        "",
        "never across a full stop"
    );
    assert_eq!(
        found("1. 检察官们一起讨论了很久的协会。\n", "检协"),
        "",
        "never across half a paragraph"
    );
    let english = "1. The Counter-Terrorism Committee of the Council met.\n\n2. Catch the cat.\n";
    assert_eq!(found(english, "ctc"), "1 abbreviation C|T|C");
    assert_eq!(found(english, "comcou"), "1 abbreviation Com|Cou");
    assert_eq!(found(english, "ccm"), "1 abbreviation C|C|m");
    for (text, query, hits) in [
        ("Account the tariff council.", "ctc", ""),
        ("CC the tall cat.", "ctc", "1 abbreviation C|t|c"),
        ("Chair. The council.", "ctc", ""),
        (
            "Un Comité contre le terrorisme élu.",
            "cct",
            "1 abbreviation C|c|t",
        ),
        (
            "Le Comité élu contre le terrorisme.",
            "cect",
            "1 abbreviation C|é|c|t",
        ),
        ("Le comité contre le terrorisme.", "oct", ""),
        (
            "Контртеррористический комитет СБ",
            "ккс",
            "1 abbreviation К|к|С",
        ),
    ] {
        assert_eq!(found(&format!("1. {text}\n"), query), hits, "{query}");
    }
    assert_eq!(
        found("1. We alter it.\n", "water"),
        "",
        "never from word to word"
    );
}

#[test]
fn an_abbreviation_of_words_is_found_in_a_large_report() {
    let text = |at: usize| {
        let words = (0..40).map(|word| format!("{:x}", (at * 977 + word * 7919) % 65_521));
        let name = if at == 270 {
            "the Counter-Terrorism Committee"
        } else {
            "it"
        };
        format!("{} {name}", words.collect::<Vec<_>>().join(" "))
    };
    let units = (0..300).map(|at| Unit::new(Kind::Paragraph, "", None, &text(at)));
    let report = Report::new(units, vec![], None);
    let query = Query {
        text: "ctc".into(),
        all: true,
        ..Query::default()
    };
    let found = Index::new(&report).search(&report, &query);
    let short = found.hits.iter().filter(|hit| hit.how == How::Abbreviation);
    assert_eq!(short.map(|hit| hit.unit.index()).collect::<Vec<_>>(), [270]);
}

#[test]
fn other_forms_of_a_word_come_behind_the_word_itself() {
    let source = "1. The committee recommended that they act on it.\n\n2. We recommend this to the States and to all who are here.\n";
    assert_eq!(
        found(source, "recommend"),
        "1 exact recommend; 2 exact recommend"
    );
    assert_eq!(
        found(source, "recommends"),
        "1 words recommended; 2 words recommend"
    );
    assert_eq!(found(source, "'recommends"), "");
}

#[test]
fn operators_ask_for_more_and_do_no_harm_half_typed() {
    let source = "1. 网络犯罪公约。\n\n2. 公约草案；\n\n3. 网络安全\n";
    for (query, hits) in [
        ("'公约", "1 exact 公约; 2 exact 公约"),
        ("'gongyue", ""),
        ("^公约", "2 exact 公约"),
        ("＾公约", "2 exact 公约"),
        ("公约$", "1 exact 公约"),
        ("网络 !公约", "3 exact 网络"),
        ("网络 ！公约", "3 exact 网络"),
        ("草案 | 安全", "2 exact 草案; 3 exact 安全"),
        ("草案｜安全", "2 exact 草案; 3 exact 安全"),
        ("\"网络 犯罪\"", "1 exact 网络犯罪"),
        ("“公约草案”", "2 exact 公约草案"),
        ("in:2 公约", "2 exact 公约"),
        ("ｉｎ：２ 公约", "2 exact 公约"),
        ("in:9 公约", ""),
        ("page:1 安全", "3 exact 安全"),
        ("page:2 安全", ""),
        ("安全 !", "3 exact 安全"),
        ("安全 |", "3 exact 安全"),
        ("| 安全", "3 exact 安全"),
        ("安全 '", "3 exact 安全"),
        ("^ 安全", "3 exact 安全"),
        ("in: 安全", "3 exact 安全"),
        ("is: 安全", "3 exact 安全"),
        ("\"安全", "3 exact 安全"),
    ] {
        assert_eq!(found(source, query), hits, "{query}");
    }
    assert_eq!(built_in("is:recommendation").split("; ").count(), 17);
    assert_eq!(
        built_in("is:recommendation 数据控制者"),
        "1(k)(i) exact 数据控制者"
    );
}

#[test]
fn addresses_and_labels_come_first() {
    assert!(built_in("1(k)㈢").starts_with("1(k)(iii) address"));
    assert_eq!(built_in("㈢"), "1(k)(iii) address");
    assert_eq!(built_in("（三）"), "1(k)(iii) address");
    assert_eq!(built_in("（k）"), "1(k) address");
    assert!(built_in("A.").starts_with("II.A address; III.A address"));
    assert!(built_in("二").starts_with("II address"));
    assert_eq!(
        found("15. One.\n\n16. See paragraph 15.\n", "paragraph 15"),
        "15 address; 16 exact paragraph 15"
    );
}

#[test]
fn weaker_forms_are_left_out_where_much_is_found() {
    let mut source: String = (1..=20).map(|n| format!("{n}. 公约。\n\n")).collect();
    source.push_str("21. 公月。\n");
    let (report, _) = parse(&source);
    let index = Index::new(&report);
    for (all, count) in [(false, 20), (true, 21)] {
        let query = Query {
            text: "公约".into(),
            all,
            ..Query::default()
        };
        let found = index.search(&report, &query);
        assert_eq!((found.hits.len(), found.left_out), (count, !all));
    }
}

#[test]
fn a_hit_scores_the_same_among_whichever_others() {
    let (report, _) = parse(&Source::built_in().manuscript(&mut |_| ()).unwrap().text);
    let index = Index::new(&report);
    let search = |text: String| {
        let query = Query {
            text,
            all: true,
            ..Query::default()
        };
        index.search(&report, &query).hits
    };
    for text in [
        "公约",
        "能力建设 条约",
        "yameiniya",
        "墨西歌",
        "反恐委",
        "公约 | 条约",
    ] {
        let hits = search(text.into());
        for within in [
            "in:II",
            "in:III",
            "in:IV",
            "page:1",
            "is:recommendation",
            "!夏洛克",
        ] {
            let some = search(format!("{text} {within}"));
            assert!(some.iter().all(|hit| hits.contains(hit)), "{text} {within}");
        }
        assert_eq!(search(text.into()), hits);
    }
}

#[test]
fn recommendations_are_the_items_and_hits_in_their_sub_items() {
    let (report, _) = parse(&Source::built_in().manuscript(&mut |_| ()).unwrap().text);
    let index = Index::new(&report);
    let find = |text: &str| {
        let query = Query {
            text: text.into(),
            recommendations: true,
            all: false,
            ..Query::default()
        };
        let hits = index.search(&report, &query).hits;
        let names = hits.iter().map(|hit| report.address(hit.unit).to_string());
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(find("").split(' ').count(), 17);
    assert_eq!(find("数据控制者"), "1(k)(i)");
    assert_eq!(find("多米尼加"), "");
}

#[test]
fn filters_keep_what_units_are_and_what_is_marked_on_them() {
    let (report, _) = parse(&Source::built_in().manuscript(&mut |_| ()).unwrap().text);
    let index = Index::new(&report);
    let mark = |address: &str, status: Option<&str>, tags: &[&str], remark: &str| {
        let mark = Mark {
            status: status.map(String::from),
            tags: tags.iter().copied().map(String::from).collect(),
            remark: remark.into(),
        };
        (report.find(address).unwrap(), mark)
    };
    let marks: Marks = [
        mark("1(b)", Some("done"), &[], ""),
        mark("1(k)", Some("in progress"), &["To check", "law"], ""),
        mark("7", None, &[], "Who spoke?\nＡＬＬ of them."),
    ]
    .into();
    let marks = Arc::new(marks);
    for (text, units) in [
        ("mark:any", "1(b) 1(k) 7"),
        ("mark:done", "1(b)"),
        ("mark:DO", "1(b)"),
        ("mark:\"in progress\"", "1(k)"),
        ("mark:in", "1(k)"),
        ("mark:rejected", ""),
        ("tag:law", "1(k)"),
        ("tag:「to check」", "1(k)"),
        ("!mark:any is:recommendation in:1(b)", ""),
        ("remark:\"all of\"", "7"),
        ("remark:spoke mark:any", "7"),
        ("mark:done | tag:law", "1(b) 1(k)"),
        ("mark:done | tag:law | in:IV.B", "1(b) 1(k) IV.B 7 8"),
        ("in:IV.B !mark:any", "IV.B 8"),
        ("in:IV !page:4", ""),
        // With words, what stands under a recommendation is part of it.
        ("mark:in 交通数据", "1(k)(iii) 1(k)(iv)"),
        ("!mark:in 交通数据", ""),
        ("交通数据 mark:in | mark:done", "1(k)(iii) 1(k)(iv)"),
        ("！ｍａｒｋ：any ｉｎ：1(k) ㈣", ""),
    ] {
        let query = Query {
            text: text.into(),
            marks: Arc::clone(&marks),
            ..Query::default()
        };
        let hits = index.search(&report, &query).hits;
        let found: Vec<_> = hits
            .iter()
            .map(|hit| report.address(hit.unit).to_string())
            .collect();
        assert_eq!(found.join(" "), units, "{text}");
    }
    // Marks of another reading of the report, of more units, do no harm.
    let query = Query {
        text: "mark:any".into(),
        marks: Arc::new([(UnitId::from(5000), marks.values().next().unwrap().clone())].into()),
        ..Query::default()
    };
    assert!(index.search(&report, &query).hits.is_empty());
}

#[test]
fn nothing_to_look_for_finds_nothing() {
    for query in ["", "  ", "。", "《》", "!", "'", "|", "^$", "\"\""] {
        assert_eq!(built_in(query), "", "{query}");
    }
}

#[test]
fn what_is_pasted_is_found_as_it_is_and_takes_no_longer() {
    let paragraph = "网络犯罪公约 \"(a) 'the !States | in:II ".repeat(60);
    let source = format!("1. 前言。\n\n2. 见{paragraph}。\n");
    assert!(found(&source, &paragraph).starts_with("2 exact 网络犯罪公约"));
    // Each may be cut into syllables in more ways than can be tried.
    for query in [
        "yameiniya",
        "xian",
        "fangan",
        "g",
        "网luo",
        "\"a ",
        "a | ",
        "a ",
    ] {
        for (times, rest) in [(5, ""), (14, "u"), (120, "u"), (100_000, "")] {
            found(
                "1. 网络犯罪公约，亚美尼亚，西安，方案。\n",
                &(query.repeat(times) + rest),
            );
        }
    }
}

#[test]
fn a_search_that_is_not_wanted_any_more_gives_up() {
    let (report, _) = parse("1. 公约。\n");
    let stop = std::sync::atomic::AtomicBool::new(true);
    let query = Query {
        text: "公约".into(),
        ..Query::default()
    };
    assert_eq!(
        Index::new(&report).search_until(&report, &query, &stop),
        None
    );
}

/// Texts and queries full of what search has to do with.
const TEXT: &str = "[网络犯罪長长A-Da-d0-2 。，.；ﬁÉé㈠①İ-]{0,40}|\\PC{0,30}";
const QUERY: &str = "[网络犯罪长A-Da-d0-2 ，ﬁ]{1,5}|['^!|$\"a-z网络落: ]{1,9}|\\PC{1,4}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_are_whole_characters_in_order_and_as_many_as_are_counted(
        texts in proptest::collection::vec(TEXT, 1..5),
        query in QUERY,
        all in proptest::bool::ANY,
    ) {
        let units = texts.iter().map(|text| Unit::new(Kind::Paragraph, "", None, text));
        let report = Report::new(units, vec![], None);
        let query = Query { text: query, all, ..Query::default() };
        let found = Index::new(&report).search(&report, &query);
        prop_assert!(found.hits.windows(2).all(|two| two[0].score >= two[1].score));
        for hit in &found.hits {
            let text = &report.unit(hit.unit).text;
            let marks = found.matched(&report, hit);
            let mut end = 0;
            for at in &marks.matches {
                prop_assert!(at.start >= end && at.start < at.end && text.get(at.clone()).is_some());
                end = at.end;
            }
            prop_assert!(marks.places.iter().all(|at| text.get(at.clone()).is_some()));
            prop_assert_eq!(marks.places.len(), hit.places as usize, "{:?}", marks);
            prop_assert!(hit.how == How::Address || !marks.matches.is_empty());
        }
    }

    #[test]
    fn the_exact_tier_is_a_plain_scan_of_the_folded_text(
        text in TEXT,
        query in "[网络犯罪长A-Da-d0-2，ﬁ]{1,5}|[\\PC--['‘’＇^＾$＄!！|｜:：\"“「『«＂]]{1,4}",
    ) {
        let report = Report::new(vec![Unit::new(Kind::Paragraph, "", None, &text)], vec![], None);
        let found = Index::new(&report).search(&report, &Query { text: query.clone(), ..Query::default() });
        let (text, phrase) = (fold::fold(&text), fold::fold(&query));
        let number = phrase.starts_with(|c: char| c.is_ascii_digit());
        let scanned = !phrase.is_empty()
            && text.char_indices().any(|(at, _)| {
                let inside = number && text[..at].ends_with(|c: char| c.is_ascii_digit());
                text[at..].starts_with(&phrase) && !inside
            });
        let exact = found.hits.iter().any(|hit| hit.how == How::Exact);
        let other = found.hits.iter().any(|hit| hit.how == How::Address);
        prop_assert_eq!(exact || other, other || scanned);
    }
}

/// Of a language that is told whatever stands beside it.
const ENGLISH: &str = "The experts recommended that the States should strengthen their laws, and that \
    they should ask the committee for assistance with investigations and with the evidence.";
const KNOWN: &str = "[网络犯罪长長0-2。，；㈠①]{0,40}|((The|law|laws|state|asks|[网犯]) ){0,8}";
const ASKED: &str =
    "[网络犯罪长长0-2 ，]{1,5}|[wangluofzi网罪]{1,6}|(law|sttae|asking|cts|wangluo| |\\||'|!){1,4}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A large report is searched by rows of bits, a block at a time; a small one unit by unit.
    #[test]
    fn a_large_report_is_searched_like_a_small_one(
        texts in proptest::collection::vec(KNOWN, 20..25),
        query in ASKED,
        all in proptest::bool::ANY,
    ) {
        let texts = [vec![ENGLISH.to_string()], texts].concat();
        let report = |times: usize| {
            let texts = std::iter::repeat_n(&texts, times).flatten();
            let units = texts.map(|text| Unit::new(Kind::Paragraph, "", None, text));
            Report::new(units, vec![], None)
        };
        let times = 120;
        let (small, large) = (report(1), report(times));
        let query = Query { text: query, all: true, ..Query::default() };
        let found = Index::new(&small).search(&small, &query);
        let mut expected = Vec::new();
        for same in found.hits.chunk_by(|a, b| a.score == b.score) {
            for at in 0..times {
                let unit = |hit: &Hit| UnitId::from(hit.unit.index() + at * texts.len());
                expected.extend(same.iter().map(|hit| Hit { unit: unit(hit), ..*hit }));
            }
        }
        let index = Index::new(&large);
        prop_assert!(index.search(&large, &query).hits == expected);

        let query = Query { all, ..query };
        let whole = index.search(&large, &query);
        let stop = std::sync::atomic::AtomicBool::new(false);
        let first = index.first(&large, &query, 50, &stop).unwrap();
        let strong = |found: &Found| {
            let strong = found.hits.iter().take_while(|hit| hit.how <= How::Pinyin);
            strong.take(50).copied().collect::<Vec<_>>()
        };
        prop_assert_eq!(strong(&whole), strong(&first));
    }
}
