//! A remark being written, over the lower part of the text it is on.

use ratatui::layout::{Position, Rect};

use super::Canvas;
use crate::tui::model::Model;
use crate::tui::remark::{Remark, area_of};

/// Draws it; gives where the caret stands.
pub(super) fn draw(
    model: &Model,
    remark: &Remark,
    pane: Rect,
    canvas: &mut Canvas,
) -> Option<Position> {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    let pane = pane.intersection(canvas.buffer.area);
    if pane.is_empty() {
        return None;
    }
    let (width, height) = area_of(pane.width, pane.height);
    let taken = (height as u16 + 1).min(pane.height);
    let area = Rect {
        y: pane.bottom() - taken,
        height: taken,
        ..pane
    };
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            canvas.buffer[(x, y)].reset();
        }
    }
    let (rows, (row, column)) = remark.rows(ruler, width);
    let first = remark.first_shown(row, height);
    let address = model.report.address(remark.unit);
    let title = format!("── remark on {address} ");
    let x = canvas.put_clipped(area.x, area.y, area.right(), &title, theme.label());
    let rest = usize::from(area.right().saturating_sub(x)) / ruler.cols("─").max(1);
    canvas.put(x, area.y, area.right(), &"─".repeat(rest), theme.label());
    let text = remark.text();
    let lines = (area.y + 1..area.bottom()).zip(rows.iter().skip(first));
    for (y, span) in lines {
        canvas.put(
            area.x + 2,
            y,
            area.right(),
            &text[span.clone()],
            theme.text(),
        );
    }
    let y = area.y + 1 + (row - first.min(row)) as u16;
    let x = area
        .x
        .saturating_add(2)
        .saturating_add(column as u16)
        .min(area.right().saturating_sub(1));
    (y < area.bottom()).then_some(Position { x, y })
}
