//! References from one unit to another of the same report: `paragraph 1 above`, `上文第 2 段`,
//! `第1(k)段`, `section II.A`, `п. 3 выше`.
//!
//! A word of citations with its number is one where the report has such a unit, and where no other
//! document is meant: `paragraph 3 of resolution 65/230`, `第65/230号决议第3段` are none.

use std::ops::Range;

use super::symbol::{Cited, symbols};
use super::unit::{Kind, UnitId};
use super::wording::{self, Word, fold};
use super::{Report, script::is_han};

/// Words that name another unit of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The words, in bytes of the unit's text.
    pub range: Range<usize>,
    /// The unit they name.
    pub target: UnitId,
}

/// The units of the same report that a unit's text refers to, in the order of the text and apart.
///
/// ```
/// use rapporteur::{parse::parse, report::references};
/// let (report, _) = parse("1. The Council met.\n\n2. See paragraph 1 above.\n");
/// let second = report.find("2").unwrap();
/// let found = references(&report, second);
/// assert_eq!(&report.unit(second).text[found[0].range.clone()], "paragraph 1 above");
/// assert_eq!(found[0].target, report.find("1").unwrap());
/// ```
pub fn references(report: &Report, unit: UnitId) -> Vec<Reference> {
    let placed = report.unit(unit);
    // A heading is named by its words, and a table's own name is none of another.
    if placed.kind.is_heading() {
        return Vec::new();
    }
    let mut finder = Finder {
        report,
        unit,
        text: placed.text,
        cited: None,
        elsewhere: None,
        found: Vec::new(),
    };
    finder.scan();
    finder.found
}

struct Finder<'a> {
    report: &'a Report,
    unit: UnitId,
    text: &'a str,
    /// Looked for when they first matter.
    cited: Option<Vec<Cited>>,
    /// Where what was last said of another document ends.
    elsewhere: Option<usize>,
    found: Vec<Reference>,
}

/// Words for what can be told only with the full stop of an abbreviation: `par 3 voix` is none.
const SHORT: [&str; 8] = ["par", "pars", "art", "rec", "cap", "ch", "parr", "sec"];

/// Words before a number that is counted elsewhere: `agenda item 2`.
const COUNTED_ELSEWHERE: [&str; 7] = [
    "agenda",
    "preambular",
    "preambulaire",
    "preambulo",
    "преамбулы",
    "повестки",
    "draft",
];

/// How what follows begins where the number is that of another document: `paragraph 3 of the
/// Convention`, `annex I to decision 1/CP.21`.
const OF: [&str; 21] = [
    "of",
    "to",
    "in",
    "de",
    "du",
    "des",
    "d",
    "del",
    "au",
    "a",
    "من",
    "резолюции",
    "решения",
    "конвенции",
    "протокола",
    "доклада",
    "пакта",
    "устава",
    "статьи",
    "договора",
    "документа",
];

/// What is meant by these is this report after all: `paragraph 3 of the present report`.
const OWN: [&str; 22] = [
    "present",
    "this",
    "presente",
    "présent",
    "présente",
    "este",
    "esta",
    "ce",
    "cette",
    "настоящего",
    "настоящей",
    "هذا",
    "هذه",
    "above",
    "below",
    "dessus",
    "dessous",
    "supra",
    "infra",
    "выше",
    "ниже",
    "herein",
];

/// Papers that have paragraphs of their own: `the final report (para. 3)`.
const PAPERS: [&str; 18] = [
    "report",
    "resolution",
    "decision",
    "document",
    "convention",
    "rapport",
    "decision",
    "informe",
    "resolucion",
    "documento",
    "доклада",
    "докладе",
    "резолюции",
    "القرار",
    "التقرير",
    "statement",
    "plan",
    "budget",
];

/// Words that say where in the report: they belong to the reference.
const WHERE: [&str; 14] = [
    "above",
    "below",
    "supra",
    "infra",
    "ci-dessus",
    "ci-dessous",
    "ci-après",
    "выше",
    "ниже",
    "أعلاه",
    "أدناه",
    "arriba",
    "abajo",
    "precedente",
];

/// What stands before a Chinese number that is counted here, and belongs to the reference.
const HERE: [&str; 9] = [
    "上文",
    "下文",
    "上述",
    "以上",
    "以下",
    "本报告",
    "本报告的",
    "本决议",
    "本公约",
];

/// What stands before one that is counted elsewhere.
const ELSEWHERE: [&str; 18] = [
    "决议",
    "决定",
    "公约",
    "议定书",
    "宪章",
    "文件",
    "报告",
    "条约",
    "规约",
    "规则",
    "协定",
    "》",
    "号",
    "章程",
    "声明",
    "序言部分",
    "序言",
    "执行部分",
];

impl Finder<'_> {
    fn scan(&mut self) {
        let mut at = 0;
        while let Some(first) = self.text[at..].chars().next() {
            let end = if first == '第' {
                self.chinese(at)
            } else if first.is_alphabetic() && !is_han(first) {
                let length = word_length(&self.text[at..]);
                self.word(at, at + length).or(Some(at + length))
            } else {
                None
            };
            at = end.unwrap_or(at + first.len_utf8());
        }
    }

    /// A reference that begins with the word at `start`; gives where to go on.
    fn word(&mut self, start: usize, end: usize) -> Option<usize> {
        let word = &self.text[start..end];
        let folded = fold(word);
        let Some(Word::Kind(kind)) = wording::word(word) else {
            return None;
        };
        let dotted = self.text[end..].starts_with('.');
        if SHORT.contains(&folded.as_str()) && !dotted {
            return None;
        }
        // A number is told by figures; notes and tables have their own lists of links.
        if matches!(kind, Kind::Footnote | Kind::SubItem) || folded == "item" {
            return None;
        }
        let from = end + usize::from(dotted);
        let number = from + spaces(&self.text[from..])?;
        let long = number_length(&self.text[number..])?;
        let mut ends = vec![(
            start..number + long,
            self.text[start..number + long].to_string(),
        )];
        // `paragraphs 3, 4 and 7`: what follows is named by the same word.
        let mut at = number + long;
        while let Some(gap) = joint(&self.text[at..]) {
            let next = at + gap;
            let Some(long) = number_length(&self.text[next..]) else {
                break;
            };
            // In a list only what is plainly a number is one: `paragraphs 3 and a`.
            if !self.text[next..].starts_with(|c: char| c.is_numeric()) {
                break;
            }
            let named = format!("{word} {}", &self.text[next..next + long]);
            ends.push((next..next + long, named));
            at = next + long;
        }
        let behind = self.text[at..].trim_start_matches([',', ' ', '\u{a0}', '-']);
        if self.is_elsewhere(start, behind) {
            self.elsewhere = Some(at);
            return Some(at);
        }
        if let (Some(said), [(range, _)]) = (where_length(&self.text[at..]), ends.as_mut_slice()) {
            range.end = at + said;
            at = range.end;
        }
        for (range, named) in ends {
            self.put(range, &named);
        }
        Some(at)
    }

    /// True where what stands around a number says that it is counted in another document.
    fn is_elsewhere(&mut self, start: usize, behind: &str) -> bool {
        let mut words = behind
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty());
        let next = words.next().unwrap_or("").to_lowercase();
        let near = || words.clone().take(3).chain([next.as_str()]);
        if OF.contains(&next.as_str())
            && !near().any(|word| OWN.contains(&word.to_lowercase().as_str()))
        {
            return true;
        }
        let before = self.text[..start].trim_end();
        let last = before
            .rsplit(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or("");
        if COUNTED_ELSEWHERE.contains(&fold(last).as_str()) {
            return true;
        }
        // `… annex, paragraph 22 and chapter VII, paragraph 37`
        let after = self.elsewhere.filter(|&end| end <= start);
        if after.is_some_and(|end| {
            let between = self.text[end..start].trim_matches([',', ' ', '\u{a0}', ';']);
            between.is_empty() || ["and", "et", "y", "и", "و"].contains(&between)
        }) {
            return true;
        }
        // `A/74/130, para. 12`, `rule 22, paragraph 2`, `decision 2/CMA.3, annex, chapter II`.
        let bare = before.trim_end_matches([',', '(', '،', ' ', '\u{a0}']);
        let set_off = bare.len() < before.len();
        let text = self.text;
        let cited = self.cited.get_or_insert_with(|| symbols(text));
        if cited.iter().any(|cited| cited.range.end == bare.len()) {
            return true;
        }
        let token = bare.rsplit([' ', '\u{a0}']).next().unwrap_or("");
        let opened = before.ends_with('(');
        let names = |token: &str| {
            let capitals = token.chars().filter(|c| c.is_uppercase()).count();
            token.contains(|c: char| c.is_ascii_digit()) || capitals > 1 || capitals == token.len()
        };
        let annexed = wording::word(token) == Some(Word::Kind(Kind::Annex));
        set_off && (annexed || (!opened && !token.is_empty() && names(token)))
            || opened && PAPERS.contains(&fold(token).as_str()) && !is_own(bare)
    }

    /// A Chinese reference whose `第` stands at `start`.
    fn chinese(&mut self, start: usize) -> Option<usize> {
        let open = start + '第'.len_utf8();
        let rest = &self.text[open..];
        let long = rest.find(|c: char| !is_of_chinese_number(c))?;
        let (length, _, before) = wording::chinese(&rest[long..])?;
        if before || long == 0 {
            return None;
        }
        let mut end = open + long + length;
        // 第1段(k)㈢, 第二条第四款
        let more = self.text[end..].find(|c: char| !is_of_chinese_item(c));
        end += more.unwrap_or(self.text.len() - end);
        while let Some(below) = self.text[end..].strip_prefix('第') {
            let long = below
                .find(|c: char| !is_of_chinese_number(c))
                .filter(|&long| long > 0);
            let Some((long, length)) = long.and_then(|long| {
                let (length, _, before) = wording::chinese(&below[long..])?;
                (!before).then_some((long, length))
            }) else {
                break;
            };
            end += '第'.len_utf8() + long + length;
        }
        let before = self.text[..start].trim_end();
        let here = HERE.iter().filter(|word| before.ends_with(**word));
        let begin = here.map(|word| before.len() - word.len()).min();
        let bare = before.trim_end_matches(['的', '，', ',', '（', '(', ' ']);
        let text = self.text;
        let cited = self.cited.get_or_insert_with(|| symbols(text));
        let elsewhere = ELSEWHERE.iter().any(|word| bare.ends_with(word))
            || cited.iter().any(|cited| cited.range.end == bare.len());
        if begin.is_none() && elsewhere {
            return Some(end);
        }
        // Several in one: 第2、3和5段, 第2至5段.
        let numbers = &self.text[open..open + long];
        let unit = self.text[open + long..end].to_string();
        let parts: Vec<&str> = numbers
            .split(['、', '和', '及', '至', '-', '–', '—', '，'])
            .map(str::trim)
            .collect();
        if parts.len() > 1 {
            for part in parts.iter().filter(|part| !part.is_empty()) {
                let at = part.as_ptr() as usize - self.text.as_ptr() as usize;
                self.put(at..at + part.len(), &format!("第{part}{unit}"));
            }
            return Some(end);
        }
        let named = self.text[start..end].to_string();
        self.put(begin.unwrap_or(start)..end, &named);
        Some(end)
    }

    /// Keeps what names a unit other than this one.
    fn put(&mut self, range: Range<usize>, named: &str) {
        let compact: String = named.replace('\u{a0}', " ");
        let Some(target) = self.report.find(&compact) else {
            return;
        };
        let after = self
            .found
            .last()
            .is_none_or(|last| last.range.end <= range.start);
        if target != self.unit && after {
            self.found.push(Reference { range, target });
        }
    }
}

/// True where the last words of a text speak of this report: `the present report`.
fn is_own(text: &str) -> bool {
    let mut words = text.rsplit(' ').skip(1).take(2);
    words.any(|word| OWN.contains(&word.to_lowercase().as_str()))
}

/// How long the word is that a text begins with, in bytes.
fn word_length(text: &str) -> usize {
    let end = |c: char| !(c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)) || is_han(c);
    text.find(end).unwrap_or(text.len()).max(1)
}

/// How long the spaces are that a number stands behind; none where none can.
fn spaces(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    (bare.len() < text.len()).then(|| text.len() - bare.len())
}

/// How long a number is: `26.1`, `1 (k) (iii)`, `1 k) iii)`, `II.A`, `IV`, `B`; none where the text
/// does not begin with one.
fn number_length(text: &str) -> Option<usize> {
    let head = text.find(|c: char| !(c.is_ascii_alphanumeric() || c.is_numeric()));
    let head = head.unwrap_or(text.len());
    let number = &text[..head];
    let figures = number.chars().all(char::is_numeric);
    let capitals = number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_uppercase());
    let roman = number.bytes().all(|byte| b"IVXLC".contains(&byte));
    if number.is_empty() || !(figures || capitals && (roman || number.len() == 1)) {
        return None;
    }
    let mut end = head;
    // 26.1 and II.A, but no full stop.
    if let Some(behind) = text[end..].strip_prefix('.') {
        let same = |c: char| match figures {
            true => c.is_ascii_digit(),
            false => c.is_ascii_uppercase(),
        };
        let long = behind.find(|c| !same(c)).unwrap_or(behind.len());
        let ends = behind[long..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric());
        if long > 0 && long <= 4 && ends {
            end += 1 + long;
        }
    }
    while let Some(long) = bracketed_length(&text[end..]) {
        end += long;
    }
    // 65/230 is no number of a unit.
    let next = text[end..].chars().next();
    (!next.is_some_and(|c| c.is_alphanumeric() || c == '/')).then_some(end)
}

/// How long an item's letter or numeral is, with the space before it: ` (k)`, ` k)`.
fn bracketed_length(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches([' ', '\u{a0}']);
    let inner = bare.strip_prefix('(').unwrap_or(bare);
    let opened = inner.len() < bare.len();
    if !opened && bare.len() == text.len() {
        return None;
    }
    let close = inner.find(')').filter(|&close| (1..=10).contains(&close))?;
    let label = &inner[..close];
    let short = label.chars().count() <= 5 && label.chars().all(char::is_alphanumeric);
    short.then(|| text.len() - inner.len() + close + 1)
}

/// How long what stands between the numbers of a list is: `, `, ` and `, `–`.
fn joint(text: &str) -> Option<usize> {
    const JOINTS: [&str; 19] = [
        ", and ", " and ", ", ", " to ", " or ", "–", "-", " et ", " à ", " y ", " a ", " и ",
        " و", "، ", "—", " o ", " ou ", " do ", " – ",
    ];
    let plain = text.replace('\u{a0}', " ");
    let joint = JOINTS.iter().find(|joint| plain.starts_with(**joint))?;
    // As long as it was: the space that does not break is longer.
    let chars = joint.chars().count();
    Some(text.chars().take(chars).map(char::len_utf8).sum())
}

/// How long the word is that says where in the report, with the space before it.
fn where_length(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches([',', ' ', '\u{a0}']);
    let is_next = |word: &&&str| {
        bare.strip_prefix(**word)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let word = WHERE.iter().find(is_next)?;
    Some(text.len() - bare.len() + word.len())
}

fn is_of_chinese_number(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || " ().、和及至-–—，（）零〇一二三四五六七八九十百㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩".contains(c)
        || ('０'..='９').contains(&c)
}

fn is_of_chinese_item(c: char) -> bool {
    c.is_ascii_lowercase() || "()（）㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::parse;
    use crate::report::{Kind, Unit};

    /// Two chapters, four paragraphs, items and an annex; what is tried stands last.
    fn report(text: &str) -> Report {
        let unit = |kind, label: &str, number, text: &str| Unit::new(kind, label, number, text);
        Report::new(
            vec![
                unit(Kind::Chapter, "I.", Some(1), "Opening"),
                unit(Kind::Paragraph, "1.", Some(1), "One"),
                unit(Kind::Item, "(a)", Some(1), "One a"),
                unit(Kind::Item, "(b)", Some(2), "One b"),
                unit(Kind::SubItem, "(i)", Some(1), "One b one"),
                unit(Kind::Chapter, "II.", Some(2), "Work"),
                unit(Kind::Section, "A.", Some(1), "First"),
                unit(Kind::Paragraph, "2.", Some(2), "Two"),
                unit(Kind::Paragraph, "3.", Some(3), "Three"),
                unit(Kind::Paragraph, "9.", Some(9), text),
                unit(Kind::Annex, "Annex I", Some(1), "List"),
            ],
            vec![],
            None,
        )
    }

    fn found(text: &str) -> String {
        let report = report(text);
        let unit = report.find("9").unwrap();
        let all = references(&report, unit);
        let told = all.iter().map(|reference| {
            let words = &report.unit(unit).text[reference.range.clone()];
            format!("{words} = {}", report.address(reference.target))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn what_is_named_in_the_same_report_is_a_reference() {
        for (text, expected) in [
            (
                "As said in paragraph 1 above, all met.",
                "paragraph 1 above = 1",
            ),
            ("see para. 1 (b) (i).", "para. 1 (b) (i) = 1(b)(i)"),
            (
                "paragraphs 1, 2 and 3 above",
                "paragraphs 1 = 1; 2 = 2; 3 = 3",
            ),
            ("paragraphs 1–3", "paragraphs 1 = 1; 3 = 3"),
            (
                "in section II.A, and in chapter I",
                "section II.A = II.A; chapter I = I",
            ),
            ("set out in annex I, and encouraged", "annex I = annex-I"),
            ("paragraph 2 of the present report", "paragraph 2 = 2"),
            (
                "Furthermore, paragraph 2 (see the present report (para. 3))",
                "paragraph 2 = 2; para. 3 = 3",
            ),
            (
                "上文第 2 段和下文第1(b)段",
                "上文第 2 段 = 2; 下文第1(b)段 = 1(b)",
            ),
            ("第1段(b)㈠", "第1段(b)㈠ = 1(b)(i)"),
            ("如第1、2和3段所述", "1 = 1; 2 = 2; 3 = 3"),
            ("见第二章", "第二章 = II"),
            ("本报告第3段", "本报告第3段 = 3"),
            ("le paragraphe 1 ci-dessus", "paragraphe 1 ci-dessus = 1"),
            ("el párrafo 2 supra", "párrafo 2 supra = 2"),
            ("в пункте 3 выше", "пункте 3 выше = 3"),
            ("في الفقرة 2 أعلاه", "الفقرة 2 أعلاه = 2"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_named_in_another_document_or_counts_something_else_is_none() {
        for text in [
            "paragraph 3 of resolution 65/230",
            "paragraphs 1–3 of decision 2/CMA.5",
            "Parties not included in Annex I to the Convention",
            "rule 22, paragraph 2, of the draft rules of procedure",
            "A/74/130, para. 2",
            "resolution 65/230, paragraph 2",
            "under agenda item 2, and item 3",
            "par 3 voix contre 2",
            "paragraph 7",
            "paragraph 9",
            "paragraph 2/3",
            "第65/230号决议第2段",
            "《公约》第二章",
            "大会第65/230号决议执行部分第1段",
            "议程项目 2",
            "la part 3",
            "(A/77/275, anexo A, párr. 2)",
            "decision 2/CMA.3, annex, paragraph 1 and chapter II, paragraph 2",
            "CoE-ECRI, paras. 2 and 3.",
            "in the final report (para. 2).",
            "пункт 2 резолюции 65/230",
            "الفقرة 2 من القرار 65/230",
            "paragraphe 3 de la résolution",
            "",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn references_are_in_order_and_apart(text in "(paragraphs? |para\\. |第|段|章|上文|1|2|3|\\(b\\)|\\(i\\)|, | and |、|和|of |A/74/1|II|\\.A| |\u{a0}|\\PC){0,16}") {
            let report = report(&text);
            let unit = report.find("9").unwrap();
            let mut end = 0;
            for reference in references(&report, unit) {
                prop_assert!(reference.range.start >= end && reference.range.start < reference.range.end);
                end = reference.range.end;
                prop_assert!(report.unit(unit).text.get(reference.range).is_some());
            }
        }
    }

    #[test]
    fn headings_refer_to_nothing() {
        let (report, _) = parse("I. Implementation of paragraph 1\n\n1. P.\n");
        assert!(references(&report, report.find("I").unwrap()).is_empty());
    }
}
