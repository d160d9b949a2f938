//! What stands beside the text of a report, as the explorer shows it: tables, footnotes, articles,
//! annexes, and the notes of reading.

use insta::assert_snapshot;
use rapporteur::parse::Note;
use rapporteur::report::{Kind, Masthead, Report, Tie, Unit, UnitId};
use rapporteur::tui::{Answer, Message, draw};

use super::explorer::Explorer;
use super::reading_room::at;

/// A report of all of them, of nobody's.
fn report() -> Report {
    let unit = |kind, label: &str, number: u32, text: &str| {
        Unit::new(kind, label, (number > 0).then_some(number), text)
    };
    let text = "The Committee met in two places² and asked each member for a report.";
    let table = "State\tMeetings\tShare\nNorland\t12\t60 per cent\nSouthland\t\t40 per cent";
    let units = vec![
        unit(Kind::Chapter, "I.", 1, "Meetings"),
        unit(Kind::Paragraph, "1.", 1, text),
        unit(Kind::Footnote, "2", 2, "See A/74/130, chapter II."),
        unit(Kind::Paragraph, "2.", 2, "It met as follows:"),
        unit(Kind::Item, "(a)", 1, "At first in the north;"),
        unit(Kind::Table, "Table 1", 1, table),
        unit(Kind::Annex, "Annex I", 1, "Draft statutes"),
        unit(
            Kind::Article,
            "Article 2",
            2,
            "Each member shall keep the places of meeting clean.",
        ),
        unit(
            Kind::Paragraph,
            "1.",
            1,
            "Places are clean when no dust is seen.",
        ),
        unit(Kind::Item, "•", 0, "Dust is what a finger finds."),
    ];
    let call = text.find('²').expect("it is called");
    let tie = Tie {
        unit: UnitId::from(1),
        call: call..call + '²'.len_utf8(),
        footnote: UnitId::from(2),
    };
    Report::new(units, vec![], None)
        .with_ties(vec![tie])
        .with_masthead(Masthead {
            symbol: Some("A/99/1".into()),
            title: Some("Report of the Committee on Dust".into()),
            ..Masthead::default()
        })
}

fn explorer(cols: u16, rows: u16) -> Explorer {
    Explorer::new(report(), cols, rows)
}

#[test]
fn each_has_its_place_on_the_screen() {
    assert_snapshot!("apparatus", draw(&explorer(80, 24).model).text());
    let mut narrow = explorer(40, 10);
    narrow.press(":table 1<enter><tab>");
    assert_snapshot!("apparatus_narrow", draw(&narrow.model).text());
}

#[test]
fn a_footnote_is_gone_to_and_come_back_from() {
    let mut explorer = explorer(80, 24);
    explorer.press(":1<enter>o");
    assert_eq!(at(&explorer), "1", "there is a document to open too");
    explorer.press("<enter>");
    assert_eq!(at(&explorer), "footnote-2");
    explorer.press("<c-o>");
    assert_eq!(at(&explorer), "1");
    // Paragraph by paragraph one passes it.
    explorer.press("}");
    assert_eq!(at(&explorer), "2");
}

#[test]
fn footnotes_are_folded_away_at_first() {
    let explorer = explorer(80, 24);
    let rows: Vec<_> = explorer
        .model
        .rows
        .units
        .iter()
        .map(|id| id.index())
        .collect();
    assert_eq!(rows, [0, 1, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn notes_are_listed_the_grave_ones_first_and_lead_to_their_place() {
    let (report, notes) =
        rapporteur::parse::parse("III. Work\n\n1. It met.\n\n2. It sat.\n\n4. It closed.\n");
    assert!(notes.iter().any(|note: &Note| note.misread));
    let mut explorer = Explorer::new(Report::default(), 80, 24);
    explorer.take(Message::Answer(Answer::Opened(report.into(), notes)));
    explorer.press(":notes<enter>");
    assert_snapshot!("notes_listed", draw(&explorer.model).text());
    explorer.press("<enter>");
    assert_eq!(at(&explorer), "4");
}
