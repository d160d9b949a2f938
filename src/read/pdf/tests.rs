//! Pages drawn with letters, one place a letter, and what is read of them.

use super::compose::Composer;
use super::glyphs::{Glyph, Sheet};
use crate::read::{Manuscript, Role};

/// How wide a place of the drawing is, how high its rows are, and how large its letters.
const PLACE: f32 = 6.0;
const ROW: f32 = 12.0;
const SIZE: f32 = 10.0;

/// A page as drawn; a letter behind ^ is raised and small, and takes no place of its own.
fn sheet(drawing: &str) -> Sheet {
    let mut sheet = Sheet {
        width: 595.0,
        height: 842.0,
        ..Sheet::default()
    };
    for (row, line) in drawing.trim_matches('\n').lines().enumerate() {
        let (mut left, mut raised) = (40.0, false);
        for letter in line.chars() {
            if letter == '^' {
                raised = true;
                continue;
            }
            let width = if raised { PLACE * 0.6 } else { PLACE };
            if letter != ' ' {
                sheet.glyphs.push(Glyph {
                    letter,
                    left,
                    right: left + width,
                    base: 60.0 + ROW * row as f32 - if raised { 3.5 } else { 0.0 },
                    size: if raised { SIZE * 0.6 } else { SIZE },
                    bold: false,
                    italic: false,
                    ink: 0.0,
                });
            }
            left += width;
            raised = false;
        }
    }
    sheet
}

fn read(drawings: &[&str]) -> Manuscript {
    let mut composer = Composer::default();
    for drawing in drawings {
        composer.take(&sheet(drawing));
    }
    composer.finish(false).expect("there is text")
}

/// What is read, a line a line, cells a bar apart, with the roles that are none of running text.
fn lines(drawings: &[&str]) -> Vec<String> {
    let manuscript = read(drawings);
    let lines = manuscript.lines.iter().map(|line| {
        let text = manuscript.printed(line).replace('\t', "|");
        match line.role {
            Role::Line => text,
            role => format!("{role:?}: {text}"),
        }
    });
    lines.collect()
}

#[test]
fn columns_of_text_are_read_one_after_the_other() {
    let drawing = "
The meeting was opened at ten by its Chair on a Monday in the spring of the year.

one one one one one one one      eight eight eight eight eight
two two two two two two two      nine nine nine nine nine nine
three three three three thr      ten ten ten ten ten ten ten te
four four four four four fo      eleven eleven eleven eleven el
five five five five five fi      twelve twelve twelve twelve tw
six six six six six six six      thirteen thirteen thirteen thi
seven seven.                     fourteen.
";
    let first_words: Vec<String> = lines(&[drawing])
        .iter()
        .map(|line| line.split([' ', '.']).next().unwrap_or("").into())
        .collect();
    assert_eq!(
        first_words.join(" "),
        "The one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    );
}

#[test]
fn rows_of_cells_are_a_table_and_numbered_text_is_none() {
    let text = "The rivers of the year before are listed in the table that stands below here.";
    let table = "
River              2021      2022      2023
Alva, upper         104       113        90
Alva, lower          98        87        61
Brenn                 7         5         4
";
    let drawing = format!("{text}\n\n{text}\n\n{text}\n\n{text}\n\n{text}\n\n{text}\n{table}");
    let read = lines(&[&drawing]);
    assert!(
        read.contains(&"Table: Alva, lower|98|87|61".into()),
        "{read:?}"
    );
    let listed = "
1.   The Group met on Monday and was opened by its Chair, who spoke of the floods,
     and closed on Friday, when there was nothing left to speak of in that year.
2.   It recommends that all of the States:
     (a)  Measure the flow of their rivers each month and tell the others of it;
     (b)  Hold back no water in the months of June and July, nor in August if it
          is dry;
     (c)  Report.
3.   It thanks those who took part in it, and those who made the rooms ready.
";
    assert!(
        lines(&[listed])
            .iter()
            .all(|line| !line.starts_with("Table"))
    );
}

#[test]
fn raised_digits_are_calls_and_the_digits_of_the_text_are_not() {
    let manuscript = read(&["The Group^1^2 met in 2023 on 300 km^2 of land.^3"]);
    assert_eq!(
        manuscript.text,
        "The Group12 met in 2023 on 300 km2 of land.3"
    );
    let calls: Vec<_> = manuscript
        .calls
        .iter()
        .map(|call| &manuscript.text[call.span.clone()])
        .collect();
    assert_eq!(calls, ["12", "3"]);
}

#[test]
fn what_comes_back_at_the_edges_of_pages_is_set_aside() {
    let page = |head: &str, number: u32, text: &str| {
        format!(
            "{head}\n\n\n{}{}{number}/3",
            format!("{text}\n").repeat(20),
            "\n".repeat(37)
        )
    };
    let pages = [
        page(
            "X/12/345",
            1,
            "The first page has twenty lines like this one, all of the same width.",
        ),
        page(
            "X/12/345",
            2,
            "The second page has twenty lines like this one, all of the same width.",
        ),
        page(
            "X/12/345",
            3,
            "The third page has twenty lines like this one, all of the same width.",
        ),
    ];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let read = lines(&pages);
    let aside: Vec<_> = read.iter().filter(|line| line.contains(": ")).collect();
    assert_eq!(
        aside,
        [
            "Head: X/12/345",
            "Foot: 1/3",
            "Head: X/12/345",
            "Foot: 2/3",
            "Head: X/12/345",
            "Foot: 3/3"
        ]
    );
}

#[test]
fn a_page_without_glyphs_is_missed_and_a_document_without_is_refused() {
    let mut composer = Composer::default();
    composer.take(&sheet("1. Some words."));
    composer.take(&Sheet {
        image: 0.9,
        ..sheet("")
    });
    let remarks = composer.finish(false).expect("there is text").remarks;
    assert!(remarks.len() == 1 && remarks[0].page == 2 && remarks[0].misread);
    let mut composer = Composer::default();
    composer.take(&Sheet {
        image: 0.9,
        ..sheet("")
    });
    assert_eq!(composer.finish(false).unwrap_err(), super::Trouble::Scanned);
}

/// A file of one page in a font that is not in it and draws each letter this wide.
fn in_a_font_that_is_missing(width: u32, shown: &str) -> Vec<u8> {
    let content = format!("BT /F 12 Tf 1 0 0 1 72 700 Tm {shown} TJ ET");
    let widths = vec![width.to_string(); 224].join(" ");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".into(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
            .into(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        format!(
            "<</Type/Font/Subtype/Type1/BaseFont/Lakeside-Roman/FirstChar 32/LastChar 255/Widths[{widths}]/FontDescriptor 6 0 R/Encoding/WinAnsiEncoding>>"
        ),
        "<</Type/FontDescriptor/FontName/Lakeside-Roman/Flags 34/ItalicAngle 0/Ascent 700/Descent -200/StemV 80/FontBBox[0 -200 1000 900]>>"
            .into(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut xref = String::from("xref\n0 7\n0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        xref += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let at = file.len();
    file += &format!("{xref}trailer<</Size 7/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    file.into_bytes()
}

#[test]
fn letters_stretched_to_the_widths_of_a_missing_font_end_where_the_next_begins() {
    let shown = "[(lit)-250(lilies)-250(fill)-250(till)]";
    for width in [330, 650] {
        let file = in_a_font_that_is_missing(width, shown);
        let read = super::read(file, "lakes.pdf", &mut |_, _| ()).expect("there is text");
        assert_eq!(read.text, "lit lilies fill till", "{width}");
    }
}
