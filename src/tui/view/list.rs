//! A list to choose from, where the tree stands otherwise.

use ratatui::layout::Rect;

use super::Canvas;
use crate::tui::model::Model;
use crate::tui::offers::Choice;
use crate::typeset::wrap;

pub(super) fn draw(model: &Model, choice: &Choice, area: Rect, canvas: &mut Canvas) {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    if area.is_empty() {
        return;
    }
    let end = area.right().saturating_sub(1);
    canvas.put_clipped(area.x + 1, area.y, end, &choice.title, theme.heading());
    if choice.rows.is_empty() {
        let says = match choice.awaited {
            Some(_) => "looking through the report…",
            None => &choice.nothing,
        };
        let width = area.width.saturating_sub(2).max(1).into();
        let lines = wrap(ruler, says, width, width);
        for (y, line) in (area.y + 1..area.bottom()).zip(lines) {
            canvas.put(area.x + 1, y, end, &says[line], theme.text());
        }
        return;
    }
    let first = model.first_shown(area.height.into());
    let rows = choice.rows.iter().enumerate().skip(first);
    for (y, (row, offer)) in (area.y + 1..area.bottom()).zip(rows) {
        // What is shown matters more than its key or place.
        let wide = ruler.cols(&offer.hint) as u16;
        let hint = if area.width >= 20 && wide + 12 < area.width {
            wide
        } else {
            0
        };
        let text_end = if hint > 0 {
            end.saturating_sub(hint + 1)
        } else {
            end
        };
        canvas.put_clipped(area.x + 2, y, text_end, &offer.shown, theme.text());
        if hint > 0 {
            canvas.put(end - hint, y, end, &offer.hint, theme.label());
        }
        if row == choice.chosen {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            canvas.select(line, true);
        }
    }
}
