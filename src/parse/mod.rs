//! From the text of a source to its report. Cannot fail: what is doubtful becomes a [`Note`].
//!
//! First the lines: `line` takes them in and finds how they were set; `furniture`, `masthead`,
//! `contents`, `footnote` and `table` tell which are no running text. Then the units: `label` and
//! `named` give every reading of what stands at the start of a line, `choice` chooses by what
//! number can come next, seen over the whole `course` of numbers; `outline` walks the lines, and
//! `join` puts paragraphs together again. Then what only whole units tell: `speaker` finds who
//! speaks in a record, `heading` headings without a number, `tie` and `foot` bring notes and links
//! to what cites them, and `recommendation`, with `operative` verbs, what recommends.

mod call;
mod choice;
mod contents;
mod course;
mod foot;
mod footnote;
mod furniture;
mod heading;
mod join;
mod label;
mod line;
mod masthead;
mod named;
mod operative;
mod outline;
mod recommendation;
mod speaker;
mod table;
mod tie;

use crate::read::{Manuscript, Remark};
use crate::report::{DEEP, Report, WrittenNote};

/// What reading a report left doubtful; never an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the source it is about, from 1; 0 when about the whole.
    pub line: u32,
    /// Its page, from 1; 0 where nothing tells pages apart.
    pub page: u32,
    /// What was found, for the reader: `chapters start at 二`.
    pub text: String,
    /// True when text may have been misread for it, as where a number is missing.
    pub misread: bool,
}

impl From<Remark> for Note {
    fn from(remark: Remark) -> Self {
        let Remark {
            line,
            page,
            text,
            misread,
        } = remark;
        Self {
            line,
            page,
            text,
            misread,
        }
    }
}

impl From<WrittenNote> for Note {
    fn from(note: WrittenNote) -> Self {
        let WrittenNote {
            line,
            page,
            text,
            misread,
        } = note;
        Self {
            line,
            page,
            text,
            misread,
        }
    }
}

impl From<&Note> for WrittenNote {
    fn from(note: &Note) -> Self {
        Self {
            line: note.line,
            page: note.page,
            text: note.text.clone(),
            misread: note.misread,
        }
    }
}

/// Reads a report from its text.
///
/// Every printed character of `source` stands in the report exactly once: in a label, a text, a
/// link, or among the furniture. Only white space changes.
///
/// ```
/// let (report, notes) = rapporteur::parse::parse("一. 建议\n\n1. 各国应：\n\n(a) 合作打击网络犯\n罪。\n");
/// let addresses: Vec<_> = report.ids().map(|id| report.address(id).to_string()).collect();
/// assert_eq!(addresses, ["I", "1", "1(a)"]);
/// assert!(report.unit(report.find("1(a)").unwrap()).text.ends_with("网络犯罪。"));
/// assert!(notes.is_empty());
/// ```
pub fn parse(source: &str) -> (Report, Vec<Note>) {
    parse_manuscript(&Manuscript::of_text(source), &mut |_, _| ())
}

/// Like [`parse`], for a document of any format, telling `progress` now and then how many of how
/// many printed lines are read.
pub fn parse_manuscript(
    manuscript: &Manuscript,
    progress: &mut dyn FnMut(usize, usize),
) -> (Report, Vec<Note>) {
    if let Some(written) = &manuscript.written {
        let notes = written.notes.iter().cloned().map(Note::from).collect();
        // Reading has seen that it is one.
        return (written.clone().report().unwrap_or_default(), notes);
    }
    let (mut lines, layout) = line::lines(manuscript);
    furniture::mark(&mut lines);
    let masthead = masthead::mark(&mut lines);
    let entries = contents::mark(&mut lines);
    footnote::mark_lines(&mut lines);
    table::mark(&mut lines);
    speaker::mark(&mut lines);
    let outline::Outline {
        mut units,
        footnotes,
        mut furniture,
        links,
        notes: doubts,
    } = outline::outline(&lines, layout, progress);
    let mut notes: Vec<_> = manuscript.remarks.iter().cloned().map(Note::from).collect();
    notes.extend(doubts);
    let record = speaker::split(&mut units);
    if record {
        outline::name_decisions(&mut units, DEEP - 1);
    }
    heading::mark(&mut units, record);
    foot::place_links(&mut units, &mut furniture, links);
    let ties = tie::place(&mut units, footnotes, &mut notes);
    recommendation::mark(&mut units, record);
    contents::check(&entries, &units, &mut notes);
    let units = units.into_iter().map(|draft| draft.unit);
    let report = Report::new(units, furniture, None)
        .with_pages(manuscript.pages)
        .with_masthead(masthead)
        .with_ties(ties);
    (report, notes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Kind;

    /// The addresses in order, headings and recommendations told apart: `I 1* §1=`.
    fn addresses(source: &str) -> String {
        let (report, _) = parse(&source.replace('|', "\n\n").replace('/', "\n"));
        let one = |id| {
            let unit = report.unit(id);
            let sign = match unit.kind {
                Kind::Heading => "=",
                _ if unit.recommendation => "*",
                _ => "",
            };
            format!("{}{sign}", report.address(id))
        };
        report.ids().map(one).collect::<Vec<_>>().join(" ")
    }

    /// Sources with `|` for a blank line and `/` for a line end.
    #[test]
    fn what_a_careful_reader_would_draw() {
        let mut wrong = Vec::new();
        for (source, expected) in [
            ("", ""),
            (" | ", ""),
            ("just this", "§1"),
            // The usual levels, in the usual widths.
            (
                "I. Start/A. Task/1. It met./2. It will:/(a) Act;/(i) Now;/(ii) Soon;/(b) Wait.",
                "I I.A 1 2 2(a) 2(a)(i) 2(a)(ii) 2(b)",
            ),
            (
                "一、总则/１．各国应：/（a）合作；/（b）报告：/（一）每年；/（二）如实。/二、附则/２．完。",
                "I 1 1(a) 1(b) 1(b)(i) 1(b)(ii) II 2",
            ),
            (
                "一、总则/（一）宗旨/（二）原则/二、附则/（一）生效",
                "I I.A I.B II II.A",
            ),
            (
                "第一章：总则/一、宗旨/二、原则/第二章：附则/一、生效",
                "I I.A I.B II II.A",
            ),
            // (i) is the ninth item or the first sub-item, C. a section or a chapter.
            (
                "1. Do:/(g) G;/(h) H;/(i) I;/(j) J.",
                "1 1(g) 1(h) 1(i) 1(j)",
            ),
            (
                "1. Do:/(g) G;/(h) H:/(i) One;/(ii) Two;/(i) I;/(j) J.",
                "1 1(g) 1(h) 1(h)(i) 1(h)(ii) 1(i) 1(j)",
            ),
            ("H. Eight/I. Nine/J. Ten", "H I J"),
            ("A. One/B. Two/C. Three/D. Four", "A B C D"),
            // A year and a reference at a line start cannot come next.
            (
                "1. The Group was set up by the General Assembly in the autumn of the year/2017. It has met each year since \
              and has said what it did under item/3. The Assembly took note./2. It thanked its Chair, who had been there \
              since the session in/2014./3. It closed.",
                "1 2 3",
            ),
            (
                "1. States should:/(a) Cooperate in the manner that is described at length in items (a) and/(b) below;/(b) Report.",
                "1 1(a) 1(b)",
            ),
            // A list inside a sentence begins a line by chance; one of its own does not.
            (
                "1. The Secretariat was asked in the spring to prepare a paper by the month of June:/\
              (a) that says what States have thought of it so far; (b) that says what they need/\
              in order to take part in full./2. It did.",
                "1 2",
            ),
            (
                "1. The Board:/(a) Acts, but what is said in (b) is moot;/(b) Waits./2. It did.",
                "1 1(a) 1(b) 2",
            ),
            // Paragraphs of articles, however they are counted, and the items under them.
            (
                "第一条/一、各国应合作：/（子）立法；/（丑）报告。/二、本公约生效。/第二条/一、完。",
                "article-1 article-1/1 article-1/1(a) article-1/1(b) article-1/2 article-2 article-2/1",
            ),
            (
                "Article 1/(1) It applies to sales:/(a) of lamps; or/(b) of oil./(2) It ends./Article 2/\
              (1) It begins.",
                "article-1 article-1/1 article-1/1(a) article-1/1(b) article-1/2 article-2 article-2/1",
            ),
            // The articles of a treaty run on through its parts, those of an annex begin again.
            (
                "Part I|Article 1|It begins.|Part II|Article 2|It goes on:|(a) here;|(b) there.|Annex I|\
              Article 1|It begins again.|Article 2|It ends.",
                "part-1 article-1 part-2 article-2 article-2(a) article-2(b) annex-I annex-I/article-1 \
              annex-I/article-2",
            ),
            // Headings inside an article are no sections.
            (
                "Article IV|A. Composition|1. It has members.|B. Voting|2. They vote.|Article V|A. Composition|1. It sits.",
                "article-4 §1= article-4/1 §2= article-4/2 article-5 §3= article-5/1",
            ),
            // An item may begin on the line of its paragraph.
            (
                "1. (a) It meets each year./(b) It may meet more often./2. (a) is moot.",
                "1 1(a) 1(b) 2",
            ),
            // Numbers that start again, and extracts.
            (
                "I. One/1. A./2. B./II. Two/1. C./2. D.",
                "I I/1 I/2 II II/1 II/2",
            ),
            (
                "III. Ends|C. Way|17. On.|18. End.|20. More.|21. Over.",
                "III III.C 17 18 20 21",
            ),
            // No numbers at all.
            (
                "Summary|This is short. It goes over two/lines only.|Outlook/-------|There is none.",
                "§1= §2 §3= §4",
            ),
            // Recommendations stand under headings of that meaning; what introduces them is none.
            (
                "I. Debate/1. Some act./II. Conclusions/2. States should:/(a) Act:/(i) Now;/(b) Report./3. It wants peace.",
                "I 1 II 2 2(a)* 2(a)(i) 2(b)* 3*",
            ),
            // Numbered headings, and lists, inside the run of paragraphs.
            (
                "I. Work|1. It met.|2. It sat.|A. Ways|1. Law|3. A law came.|2. Bodies|4. One was set up.",
                "I 1 2 I.A §1= 3 §2= 4",
            ),
            (
                "1. It met.|2. The agenda was:|1. Opening.|2. Vote.|3. End.|3. It spoke.|4. It closed.",
                "1 2 §1 §2 §3 3 4",
            ),
            (
                "I. One|1. A.|2. B.|II. Two|1. C.|2. D.|3. E.",
                "I I/1 I/2 II II/1 II/2 3",
            ),
            // Chapters that begin again: a list of contents, an annex.
            (
                "I. Start|II. Work|I. Start|1. One.|II. Work|2. Two.",
                "I II I#2 1 II#2 2",
            ),
            (
                "I. A|II. B|III. Conclusions|I. A|1. One.|II. B|2. Two.|III. Conclusions|3. So.",
                "I II III I#2 1 II#2 2 III#2 3*",
            ),
            // Names at the start of a paragraph.
            (
                "A. Opening|1. It opened.|B. Officers|2. Spoke:|C. Smith of Chad was elected.|C. Papers|3. Some.|D. End|4. It closed.",
                "A 1 B 2 §1 C 3 D 4",
            ),
            (
                "A. Present|1. All were.|I. Smith was also present.|2. It closed.",
                "A 1 §1 2",
            ),
            // Text between two items does not end their list.
            (
                "1. The Group should:|(a) Act;|(b) Adopt:|Nothing limits this.|(c) Report.|2. Done.",
                "1 1(a) 1(b) §1 1(c) 2",
            ),
            (
                "1. First:|(a) Act;|(b) Rest.|Another matter:|(a) Act;|(b) Rest.",
                "1 1(a) 1(b) §1 §1(a) §1(b)",
            ),
            // A Chinese list under an article without a number.
            (
                "第一章 总则|第一条 下列情形适用：|（一）报告；|（二）说明。|第二条 秘书处应当：|（一）登记；",
                "I article-1 article-1(i) article-1(ii) article-2 article-2(i)",
            ),
            // What ends in a comma or begins with a dash is no heading.
            (
                "The Assembly,|Recalling its word,|1. Decides to act;|2. Decides to wait.",
                "§1 §2 1* 2*",
            ),
            (
                "1. Bodies are:|- a council|- a secretariat|2. Others may be.",
                "1 §1 §2 2",
            ),
            // Recommendations under the paragraph that introduces them, however short their lines; the
            // first lines of a numbered title are none.
            (
                "1. It met.|2. It was told to:|2.1 Ratify the text/and apply it (Chad);|2.2 Act (Cuba);|2.4 Rest/for long (Peru);|3. It rose.",
                "1 2 2.1 2.2 2.4 3",
            ),
            // A label alone, its title under it.
            ("CHAPTER I|GENERAL DEBATE|1. It opened.", "I 1"),
            ("第二章|结论和建议|1. 各国应合作。", "II 1*"),
            (
                "CAPÍTULO I: FINES|1. Son nobles.|CAPÍTULO II: MIEMBROS|2. Son muchos.",
                "I 1 II 2",
            ),
            (
                "A. Bodily harm or assault/   against a person|1. Text.",
                "A 1",
            ),
            // Extracts.
            (
                "III. Conclusions|27. The Committee closed its session.",
                "III 27*",
            ),
            (
                "12. One.|13. Two.|II. End|56. Three.|57. Four.|58. Five.",
                "12 13 II 56 57 58",
            ),
            (
                "I. Matters referred to in decision 1 of the body|1. Text.",
                "I 1",
            ),
            // Treaties: an article's words stand on its line or under it; numbers start again.
            (
                "Chapter I|Aims|Article 1|Lamps|1. Light them.|2. Keep them.|Article 2|Every State shall:|(a) Act;|(b) Report.|Article 3|1. So be it.",
                "I article-1 article-1/1 article-1/2 article-2 article-2(a) article-2(b) article-3 article-3/1",
            ),
            (
                "Artículo 1|1. Uno.|2. Dos.|CAPÍTULO II|Artículo 2. Los Estados actúan.|Artículo 3|Los faros.",
                "article-1 article-1/1 article-1/2 II article-2 article-3",
            ),
            // Annexes and what they hold; running text that begins with the word is none.
            (
                "I. Work|1. It met.|2. It rose.|Annex I|Agenda|1. One.|2. Two.|Annex II|List of papers|1. Three.|Appendix|1. Four.",
                "I 1 2 annex-I annex-I/1 annex-I/2 annex-II annex-II/1 appendix appendix/1",
            ),
            (
                "一、工作/1. 已开会。/2. 已休会。/附件一/议程/1. 第一。/2. 第二。/附件二/文件/1. 第三。",
                "I 1 2 annex-I annex-I/1 annex-I/2 annex-II annex-II/1",
            ),
            (
                "1. Собрались.|2. Разошлись.|Приложение|Повестка дня|1. Первое.",
                "1 2 annex annex/1",
            ),
            (
                "We send you the text.|Annex to the letter dated 3 May from the Chair|On lamps.",
                "§1 annex §2",
            ),
            (
                "1. It met.|2. It rose.|[Annex I]|On lamps|[Annex II|On locks|Text.]",
                "1 2 annex-I annex-II §1",
            ),
            (
                "1. See the annex.|Annex I to the present report lists the papers.|2. It rose.",
                "1 §1 2",
            ),
            // Several resolutions are parts, one alone a heading; so are parts by name.
            (
                "Resolution I|Lamps|1. Decides so;|2. Requests this.|Resolution II|Docks|1. Decides that.",
                "part-1 part-1/1* part-1/2* part-2 part-2/1*",
            ),
            (
                "Resolution 7|The Council,|1. Decides so;|2. Requests this.",
                "§1= §2 1* 2*",
            ),
            (
                "Part One|1. One.|2. Two.|Part Two|3. Three.",
                "part-1 1 2 part-2 3",
            ),
            // Letters and digits of other scripts.
            (
                "I. Общее/А. Цели/1. Надо:/а) раз;/б) два;/в) три:/i) первое;/ii) второе./Б. Дела/2. Все.",
                "I I.A 1 1(a) 1(b) 1(c) 1(c)(i) 1(c)(ii) I.B 2",
            ),
            (
                "١- اجتمعت اللجنة:/(أ) أولا؛/(ب) ثانيا:/'١' هنا؛/'٢' هناك؛/(ج) ثالثا./٢- انتهت.",
                "1 1(a) 1(b) 1(b)(i) 1(b)(ii) 1(c) 2",
            ),
            (
                "1. It will:/(1) Act;/(2) Rest./2. It may:/(a) Go:/(1) Now;/(2) Soon;/(b) Stay.",
                "1 1(a) 1(b) 2 2(a) 2(a)(i) 2(a)(ii) 2(b)",
            ),
            // Two numbers and a point: paragraphs, recommendations, headings.
            (
                "13.1 The Office works./13.2 It is small./13.3 It will:/(a) Act;/(b) Rest./13.4 It ends.",
                "13.1 13.2 13.3 13.3(a) 13.3(b) 13.4",
            ),
            (
                "25. It met.|26. It was told:|26.1 Act (Chad);|26.2 Rest (Peru);|26.3 Go (Fiji).|27. It rose.",
                "25 26 26.1 26.2 26.3 27",
            ),
            (
                "1.1 Lamps|They are lit.|1.2 Docks|They are wet.|1.2.1 Piers|They are long.",
                "§1= §2 §3= §4 §5= §6",
            ),
            (
                "I. Past|1. Lamps|They were lit by hand, and burned oil.|2. Docks|They were wet.|II. Future|1. Towers|They will be high.",
                "I §1= §2 §3= §4 II §5= §6",
            ),
            // A list like the paragraphs around it, longer than the number it stands under.
            (
                "1. It met.|2. Its agenda was:|1. Opening.|2. Vote.|3. Talk.|4. Rest.|5. End.|3. It spoke.|4. It closed.|5. It rose.",
                "1 2 §1 §2 §3 §4 §5 3 4 5",
            ),
            // Entries behind a bullet.
            (
                "1. Bodies are:/• a council;/• a court./2. Others:/(a) Are:/– big;/– small./(b) Were.",
                "1 §1 §2 2 2(a) §3 §4 2(b)",
            ),
        ] {
            let found = addresses(source);
            if found != expected {
                wrong.push(format!(
                    "{source}\n  should be {expected}\n  but is    {found}"
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_reference_behind_a_comma_is_text() {
        let source = "1. The Council considered what had been decided under article 4, paragraph 1,\n\
(a) and (b), and took note of it at some length in the course of the session\n\
                      that was held in the spring.\n2. It rose.\n";
        let (report, _) = parse(source);
        assert_eq!(
            report
                .ids()
                .map(|id| report.address(id).to_string())
                .collect::<Vec<_>>(),
            ["1", "2"]
        );
    }

    #[test]
    fn what_is_doubtful_is_noted_with_its_line() {
        let source = "III. Ends\n\nC. Way\n\n17. On.\n\n18. End.\n\n20. More.\n\n21. Over.\n\nIV. Annex\n\n1. New.\n\n2. Old.\n";
        let notes: Vec<_> = parse(source)
            .1
            .into_iter()
            .map(|note| format!("{}: {}", note.line, note.text))
            .collect();
        let expected = [
            "1: chapters start at III",
            "3: sections under chapter III start at C",
            "5: paragraphs start at 17",
            "9: paragraph 20 follows 18",
            "15: paragraph numbers start again at 1",
        ];
        assert_eq!(notes, expected);
    }

    #[test]
    fn a_symbol_alone_at_the_head_is_the_reports_own() {
        for (source, symbol) in [
            ("A/74/130\n\nI. Introduction\n", Some("A/74/130")),
            ("See A/74/130\n\nI. Introduction\n", None),
            ("I. Introduction\n\nA/74/130\n", None),
        ] {
            assert_eq!(parse(source).0.symbol(), symbol, "{source}");
        }
    }
}
