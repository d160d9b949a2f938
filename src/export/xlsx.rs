//! A workbook of one sheet. Every cell is a text: nothing in it can run as a formula.

use rust_xlsxwriter::{
    DocProperties, Format as Look, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use super::Format;
use super::file::Unwritten;
use super::table::{Row, Table};
use crate::typeset::{Ruler, is_safe};

/// How wide the columns are, in characters.
const WIDTHS: [f64; 9] = [10.0, 16.0, 70.0, 20.0, 16.0, 28.0, 14.0, 18.0, 40.0];
/// No cell of a workbook holds more characters.
const MOST: usize = 32_767;

pub(super) fn table(table: &Table) -> Result<Vec<u8>, Unwritten> {
    workbook(table).map_err(|error| Unwritten::Made {
        format: Format::Xlsx,
        what: error.to_string(),
    })
}

fn workbook(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(text(&table.title))
            .set_comment(text(&table.about())),
    );
    let sheet = book.add_worksheet();
    sheet.set_name("Recommendations")?;
    let plain = Look::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = plain
        .clone()
        .set_bold()
        .set_border_bottom(FormatBorder::Thin);
    for (column, (name, width)) in (0..).zip(Row::COLUMNS.into_iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (nth, row) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(row.cells()) {
            sheet.write_string_with_format(nth, column, text(&cell), &plain)?;
        }
    }
    for (nth, row) in (1..).zip(&table.rows) {
        sheet.set_row_height(nth, height(&row.cells()))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(
        0,
        0,
        table.rows.len().max(1) as u32,
        Row::COLUMNS.len() as u16 - 1,
    )?;
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_right_to_left(table.runs_left);
    book.save_to_buffer()
}

/// The height of a row in points: what its longest cell takes. Programs that open the book do not all
/// see to that themselves.
fn height(cells: &[String; 9]) -> f64 {
    const LINE: f64 = 15.0;
    // No row is higher.
    const MOST: f64 = 409.0;
    let lines = cells.iter().zip(WIDTHS).map(|(cell, width)| {
        // Lines break at words, so that they are not full.
        let room = (width * 0.9) as usize;
        let lines = cell
            .split('\n')
            .map(|line| Ruler::NARROW.cols(line).div_ceil(room).max(1));
        lines.sum::<usize>()
    });
    (lines.max().unwrap_or(1) as f64 * LINE).min(MOST)
}

/// A cell's text, as much as it holds, without what XML has not.
fn text(cell: &str) -> String {
    let kept = |c: &char| (is_safe(*c) || *c == '\n') && !matches!(c, '\u{fffe}' | '\u{ffff}');
    cell.replace('\t', " ")
        .chars()
        .filter(kept)
        .take(MOST)
        .collect()
}
