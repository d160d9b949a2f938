//! From the text of a source to its report. Cannot fail: what is doubtful becomes a [`Note`].
//!
//! `line` cuts the source and finds how it was set, `label` gives every reading of what stands
//! at the start of a line, `choice` chooses among them by what number can come next, `outline`
//! walks the lines, `join` puts paragraphs together again, and `foot` and `role` see to page-foot links and to which
//! units are recommendations.

mod choice;
mod foot;
mod join;
mod label;
mod line;
mod outline;
mod role;

use crate::report::Report;

/// What reading a report left doubtful; never an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the source it is about, from 1.
    pub line: u32,
    /// What was found, for the reader: `chapters start at 二`.
    pub text: String,
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
    parse_watched(source, &mut |_, _| ())
}

/// Like [`parse`], telling `progress` now and then how many of how many printed lines are read.
pub fn parse_watched(source: &str, progress: &mut dyn FnMut(usize, usize)) -> (Report, Vec<Note>) {
    let (lines, layout) = line::lines(source);
    let outline::Outline {
        mut units,
        mut furniture,
        links,
        notes,
    } = outline::outline(&lines, layout, progress);
    let symbol = role::stated_symbol(&units);
    role::mark_headings(&mut units);
    foot::place_links(&mut units, &mut furniture, links);
    role::mark_recommendations(&mut units);
    let units = units.into_iter().map(|draft| draft.unit).collect();
    (Report::new(units, furniture, symbol), notes)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use insta::assert_snapshot;

    use super::*;
    use crate::report::Kind;

    /// The tree, a line a unit: depth, kind, address, label and text; then the notes.
    fn outline(source: &str) -> String {
        let (report, notes) = parse(source);
        let mut out = String::new();
        for id in report.ids() {
            let unit = report.unit(id);
            let sign = if unit.recommendation { " *" } else { "" };
            let indent = "  ".repeat(unit.depth.into());
            let _ = writeln!(
                out,
                "{indent}{:?} {}{sign} | {unit}",
                unit.kind,
                report.address(id)
            );
        }
        for piece in report.furniture() {
            let _ = writeln!(out, "aside {}: {}", piece.line, piece.text);
        }
        for note in notes {
            let _ = writeln!(out, "note {}: {}", note.line, note.text);
        }
        out
    }

    #[test]
    fn headings_paragraphs_items_and_sub_items_make_the_tree() {
        assert_snapshot!(outline("I. Introduction\nA. Mandate\n1. The Council met.\n2. It decided to:\n(a) Act;\n(i) Now;\n(ii) Soon;\n(b) Wait.\nII. Conclusions\n3. Done.\n"), @"
        Chapter I | I. Introduction
          Section I.A | A. Mandate
            Paragraph 1 | 1. The Council met.
            Paragraph 2 | 2. It decided to:
              Item 2(a) | (a) Act;
                SubItem 2(a)(i) | (i) Now;
                SubItem 2(a)(ii) | (ii) Soon;
              Item 2(b) | (b) Wait.
        Chapter II | II. Conclusions
          Paragraph 3 * | 3. Done.
        ");
    }

    #[test]
    fn the_letter_i_is_an_item_or_a_sub_item_by_what_follows() {
        assert_snapshot!(outline("1. States:\n(g) Seven;\n(h) Eight;\n(i) Nine;\n(j) Ten.\n"), @"
        Paragraph 1 | 1. States:
          Item 1(g) | (g) Seven;
          Item 1(h) | (h) Eight;
          Item 1(i) | (i) Nine;
          Item 1(j) | (j) Ten.
        note 2: items under paragraph 1 start at (g)
        ");
        assert_snapshot!(outline("1. States:\n(g) Seven;\n(h) Eight:\n(i) First;\n(ii) Second;\n(i) Nine;\n(j) Ten.\n"), @"
        Paragraph 1 | 1. States:
          Item 1(g) | (g) Seven;
          Item 1(h) | (h) Eight:
            SubItem 1(h)(i) | (i) First;
            SubItem 1(h)(ii) | (ii) Second;
          Item 1(i) | (i) Nine;
          Item 1(j) | (j) Ten.
        note 2: items under paragraph 1 start at (g)
        ");
        assert_snapshot!(outline("H. Eighth\nI. Ninth\nJ. Tenth\n"), @"
        Section H | H. Eighth
        Section I | I. Ninth
        Section J | J. Tenth
        note 1: sections start at H
        ");
        assert_snapshot!(outline("A. First\nB. Second\nC. Third\nD. Fourth\n"), @"
        Section A | A. First
        Section B | B. Second
        Section C | C. Third
        Section D | D. Fourth
        ");
    }

    #[test]
    fn a_number_that_cannot_come_next_is_text() {
        assert_snapshot!(outline("1. The Group was set up by the General Assembly in the autumn of the year\n2017. It has met each year since and has reported on what it did under item\n3. The Assembly took note.\n2. The Group thanked its Chair, who had held the office since the session in\n2014.\n3. The session closed.\n"), @"
        Paragraph 1 | 1. The Group was set up by the General Assembly in the autumn of the year 2017. It has met each year since and has reported on what it did under item 3. The Assembly took note.
        Paragraph 2 | 2. The Group thanked its Chair, who had held the office since the session in 2014.
        Paragraph 3 | 3. The session closed.
        ");
    }

    #[test]
    fn a_reference_at_a_line_start_is_text() {
        assert_snapshot!(outline("1. States should:\n(a) Cooperate in the manner that is described at length in subparagraphs (a) and\n(b) below;\n(b) Report.\n"), @"
        Paragraph 1 | 1. States should:
          Item 1(a) | (a) Cooperate in the manner that is described at length in subparagraphs (a) and (b) below;
          Item 1(b) | (b) Report.
        ");
    }

    #[test]
    fn chinese_labels_of_either_width_are_read() {
        assert_snapshot!(outline("一、总则\n１．各国应：\n（a）合作；\n（b）报告：\n（一）每年；\n（二）如实。\n二、结论\n２．完。\n"), @"
        Chapter I | 一、总则
          Paragraph 1 | １．各国应：
            Item 1(a) | （a）合作；
            Item 1(b) | （b）报告：
              SubItem 1(b)(i) | （一）每年；
              SubItem 1(b)(ii) | （二）如实。
        Chapter II | 二、结论
          Paragraph 2 * | ２．完。
        ");
    }

    #[test]
    fn brackets_number_sections_where_no_paragraph_is_open() {
        assert_snapshot!(outline("一、总则\n（一）宗旨\n（二）原则\n二、附则\n（一）生效\n"), @"
        Chapter I | 一、总则
          Section I.A | （一）宗旨
          Section I.B | （二）原则
        Chapter II | 二、附则
          Section II.A | （一）生效
        ");
        assert_snapshot!(outline("第一章：总则\n一、宗旨\n二、原则\n第二章：附则\n一、生效\n"), @"
        Chapter I | 第一章：总则
          Section I.A | 一、宗旨
          Section I.B | 二、原则
        Chapter II | 第二章：附则
          Section II.A | 一、生效
        ");
    }

    #[test]
    fn an_extract_keeps_its_numbers_and_leaves_notes() {
        assert_snapshot!(outline("III. Conclusions\n\nC. Follow-up\n\n17. Continue.\n\n18. End.\n\n20. Gone on.\n\n21. Over.\n"), @"
        Chapter III | III. Conclusions
          Section III.C | C. Follow-up
            Paragraph 17 * | 17. Continue.
            Paragraph 18 * | 18. End.
            Paragraph 20 * | 20. Gone on.
            Paragraph 21 * | 21. Over.
        note 1: chapters start at III
        note 3: sections under chapter III start at C
        note 5: paragraphs start at 17
        note 9: paragraph 20 follows 18
        ");
    }

    #[test]
    fn numbers_that_start_again_are_told_apart() {
        assert_snapshot!(outline("I. One\n1. First.\n2. Second.\nII. Two\n1. Again.\n2. And again.\n"), @"
        Chapter I | I. One
          Paragraph I/1 | 1. First.
          Paragraph I/2 | 2. Second.
        Chapter II | II. Two
          Paragraph II/1 | 1. Again.
          Paragraph II/2 | 2. And again.
        note 5: paragraph numbers start again at 1
        ");
    }

    #[test]
    fn text_without_numbers_becomes_paragraphs_and_headings() {
        assert_snapshot!(outline("Summary\n\nThe report is short. It goes over two\nlines only.\n\nOutlook\n-------\n\nThere is none.\n"), @"
        Heading §1 | Summary
          Paragraph §2 | The report is short. It goes over two lines only.
        Heading §3 | Outlook
          Paragraph §4 | There is none.
        aside 7: -------
        ");
        assert_snapshot!(outline("just this"), @"Paragraph §1 | just this");
        assert_snapshot!(outline(""), @"");
        assert_snapshot!(outline(" \n\x0c\n\t\n"), @"");
    }

    #[test]
    fn a_symbol_alone_at_the_head_is_the_reports_own() {
        assert_eq!(
            parse("A/74/130\n\nI. Introduction\n").0.symbol(),
            Some("A/74/130")
        );
        assert_eq!(parse("See A/74/130\n\nI. Introduction\n").0.symbol(), None);
        assert_eq!(parse("I. Introduction\n\nA/74/130\n").0.symbol(), None);
    }

    #[test]
    fn recommendations_stand_under_headings_of_that_meaning() {
        assert_snapshot!(outline("I. Debate\n1. Some should act.\nII. Conclusions and recommendations\n2. States should:\n(a) Act:\n(i) Now;\n(b) Report.\n3. The Group recommends peace.\n"), @"
        Chapter I | I. Debate
          Paragraph 1 | 1. Some should act.
        Chapter II | II. Conclusions and recommendations
          Paragraph 2 | 2. States should:
            Item 2(a) * | (a) Act:
              SubItem 2(a)(i) | (i) Now;
            Item 2(b) * | (b) Report.
          Paragraph 3 * | 3. The Group recommends peace.
        ");
    }

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
        for (source, expected) in [
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
                "I §1 §1(i) §1(ii) §2 §2(i)",
            ),
            // What ends in a comma or begins with a dash is no heading.
            (
                "The Assembly,|Recalling its word,|1. Decides to act;|2. Decides to wait.",
                "§1 §2 1 2",
            ),
            (
                "1. Bodies are:|- a council|- a secretariat|2. Others may be.",
                "1 §1 §2 2",
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
        ] {
            assert_eq!(addresses(source), expected, "{source}");
        }
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
}
