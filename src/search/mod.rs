//! Query and report to ranked hits: one search for the explorer and for `find`.
//!
//! A unit is tried against a query tier by tier, strictest first: its address or label, the query
//! as one phrase, all its words in any order, and at last words whose characters stand close
//! together in order, as people abbreviate the names of bodies. `fold` makes case, width and
//! punctuation alike before anything is compared.

mod fold;
mod loose;
mod terms;

use std::ops::Range;

use serde::Serialize;

use crate::report::{Report, UnitId};
use fold::fold;
use terms::{ADDRESS, Terms};

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// As typed.
    pub text: String,
    /// True to keep recommendations, with what stands under them, and nothing else.
    pub recommendations: bool,
}

impl Query {
    /// True where there is nothing to look for, so that nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && !self.recommendations
    }
}

/// How a unit matched, strictest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// By its address or its label; or, where no words are looked for, by being a recommendation.
    Address,
    /// The query stands in it as one phrase.
    Exact,
    /// Every word of the query stands in it.
    Words,
    /// The characters of a word stand in it in order, close together.
    Abbreviation,
}

impl How {
    /// Its name in plain words, as JSON has it too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Exact => "exact",
            Self::Words => "words",
            Self::Abbreviation => "abbreviation",
        }
    }
}

/// A unit that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which one.
    pub unit: UnitId,
    /// How it matched.
    pub how: How,
    /// How well; higher is better, and depends on the unit and the query alone: about 5000 for an
    /// address, 4000 for a phrase, 3000 for words, 1000 for an abbreviation.
    pub score: i64,
    /// What to mark in the unit's text, in bytes, in order, apart from one another; empty when the
    /// address or the label matched.
    pub matches: Vec<Range<usize>>,
    /// The places found, in bytes, in order: a match each, but for an abbreviation, whose marks lie
    /// scattered over one place. Never empty: a unit found by its name is one empty place.
    pub places: Vec<Range<usize>>,
}

impl Hit {
    fn by_name(unit: UnitId, score: i64) -> Self {
        let place = std::iter::once(0..0);
        Self {
            unit,
            how: How::Address,
            score,
            matches: vec![],
            places: place.collect(),
        }
    }
}

/// A report made ready for searching.
#[derive(Debug, Default)]
pub struct Index {
    /// The text of each unit, folded.
    folded: Vec<String>,
}

impl Index {
    /// Folds the whole report once.
    pub fn new(report: &Report) -> Self {
        Self {
            folded: report.ids().map(|id| fold(&report.unit(id).text)).collect(),
        }
    }

    /// Every unit of `report`, which this index was made of, that `query` finds, best first and
    /// in reading order among equals.
    ///
    /// ```
    /// use rapporteur::{parse::parse, search::{Index, Query}};
    /// let (report, _) = parse("1. 使用《布达佩斯公约》。\n\n2. 布达佩斯会议。\n\n3. 其他。\n");
    /// let query = Query { text: "布达佩斯 公约".into(), ..Query::default() };
    /// let hits = Index::new(&report).search(&report, &query);
    /// assert_eq!(hits.len(), 1);
    /// assert_eq!(&report.unit(hits[0].unit).text[hits[0].matches[0].clone()], "布达佩斯公约");
    /// ```
    pub fn search(&self, report: &Report, query: &Query) -> Vec<Hit> {
        if query.is_empty() {
            return Vec::new();
        }
        let terms = Terms::new(&query.text);
        let addressed = report.find(&query.text);
        let mut hits: Vec<Hit> = report
            .ids()
            .filter(|&id| !query.recommendations || report.in_recommendation(id))
            .filter_map(|id| {
                let unit = report.unit(id);
                if addressed == Some(id) {
                    return Some(Hit::by_name(id, ADDRESS + 1));
                }
                if terms.is_empty() {
                    let listed = query.text.trim().is_empty() && unit.recommendation;
                    return listed.then(|| Hit::by_name(id, ADDRESS));
                }
                terms.find(id, unit, &self.folded[id.index()])
            })
            .collect();
        // Who writes a label as one wants the units that bear it, not all that has its letter.
        if terms.is_only_label() && hits.iter().any(|hit| hit.how == How::Address) {
            hits.retain(|hit| hit.how == How::Address);
        }
        // Stable, so that equals stay in reading order.
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        hits
    }
}

/// The ranges in order, those that touch made one.
fn merged(ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ranges.into_iter().collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::parse;
    use crate::read::Source;
    use crate::report::{Kind, Unit};

    fn found(source: &str, query: &str) -> String {
        let (report, _) = parse(source);
        let query = Query {
            text: query.into(),
            recommendations: false,
        };
        let show = |hit: &Hit| {
            let text = &report.unit(hit.unit).text;
            let marks: Vec<_> = hit.matches.iter().map(|at| &text[at.clone()]).collect();
            format!(
                "{} {} {}",
                report.address(hit.unit),
                hit.how.name(),
                marks.join("|")
            )
            .trim_end()
            .to_string()
        };
        Index::new(&report)
            .search(&report, &query)
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn built_in(query: &str) -> String {
        found(&Source::BuiltIn.text(&mut |_, _| ()).unwrap(), query)
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
        let english =
            "1. Law-enforcement bodies.\n\n2. The enforcement of law.\n\n3. STATES' LAW\n";
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
    fn every_place_of_every_word_is_marked() {
        let source = "1. 打击网络犯罪公约草案和网络犯罪的公约。\n";
        assert_eq!(
            found(source, "网络犯罪 公约"),
            "1 exact 网络犯罪公约|网络犯罪|公约"
        );
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
            "II.A exact 执法和调查; III.A exact 执法和调查; 1 exact 执法和调查"
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
        assert_eq!(
            found("1. The cybercrime treaty.\n", "cybrcrime"),
            "1 abbreviation cyb|rcrime"
        );
        assert_eq!(
            found("1. We alter it.\n", "water"),
            "",
            "never from word to word"
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
    }

    #[test]
    fn recommendations_are_the_items_and_hits_in_their_sub_items() {
        let (report, _) = parse(&Source::BuiltIn.text(&mut |_, _| ()).unwrap());
        let index = Index::new(&report);
        let find = |text: &str| {
            let hits = index.search(
                &report,
                &Query {
                    text: text.into(),
                    recommendations: true,
                },
            );
            hits.iter()
                .map(|hit| report.address(hit.unit).to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(find("").split(' ').count(), 17);
        assert_eq!(find("数据控制者"), "1(k)(i)");
        assert_eq!(find("多米尼加"), "");
    }

    #[test]
    fn nothing_to_look_for_finds_nothing() {
        for query in ["", "  ", "。", "《》", "!"] {
            assert_eq!(built_in(query), "", "{query}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn marks_are_whole_characters_in_order_and_the_exact_tier_is_a_plain_scan(
            text in "[网络犯罪A-Da-d0-2 。，.ﬁÉé㈠①İ-]{0,40}|\\PC{0,30}",
            query in "[网络犯罪A-Da-d0-2 ，ﬁ]{1,5}|\\PC{1,4}",
        ) {
            let report = Report::new(vec![Unit::new(Kind::Paragraph, "", None, &text)], vec![], None);
            let hits = Index::new(&report).search(&report, &Query { text: query.clone(), recommendations: false });
            let phrase = fold(&query);
            let exact = hits.iter().any(|hit| hit.how == How::Exact);
            let other = hits.iter().any(|hit| hit.how == How::Address);
            let scanned = !phrase.is_empty() && fold::holds(&fold(&text), &phrase);
            prop_assert_eq!(exact || other, other || scanned);
            for hit in &hits {
                let mut end = 0;
                for at in &hit.matches {
                    prop_assert!(at.start >= end && at.start < at.end && text.get(at.clone()).is_some());
                    end = at.end;
                }
                prop_assert!(hit.how == How::Address || !hit.matches.is_empty());
            }
        }
    }
}
