//! The path above the text.

use ratatui::layout::Rect;

use super::Canvas;
use crate::report::UnitId;
use crate::tui::model::Model;
use crate::tui::panes::GUTTER;

/// The headings above, with their words as far as there is room: 二 初步… › A 执法… › 1 › (k).
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas) {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    let Some(at) = model.at.filter(|_| !area.is_empty()) else {
        return;
    };
    let report = &model.report;
    let mut path = report.path(at);
    let room = usize::from(area.width.saturating_sub(GUTTER + 1));
    let label = |id: UnitId| {
        let unit = report.unit(id);
        if unit.label.is_empty() {
            report.address(id).to_string()
        } else {
            unit.short_label().to_string()
        }
    };
    let words = |id: UnitId| {
        let unit = report.unit(id);
        if unit.kind.is_heading() {
            unit.text
        } else {
            ""
        }
    };
    let labels = |path: &[UnitId]| {
        path.iter()
            .map(|&id| ruler.cols(&label(id)) + 3)
            .sum::<usize>()
    };
    // On a narrow screen the nearest are shown, and always the unit itself.
    while path.len() > 1 && labels(&path) > room + 3 {
        path.remove(0);
    }
    let fixed = labels(&path);
    let headings = path
        .iter()
        .filter(|&&id| !words(id).is_empty())
        .count()
        .max(1);
    // Each heading gets its share of the room; what one leaves the next may take.
    let mut left = room.saturating_sub(fixed);
    let mut shares = headings;
    let mut x = area.x + GUTTER.min(area.width);
    let end = area.right();
    for (place, &id) in path.iter().enumerate() {
        if place > 0 {
            x = canvas.put(x, area.y, end, " › ", theme.faint());
        }
        let style = if id == at {
            theme.strong()
        } else {
            theme.faint()
        };
        x = canvas.put(x, area.y, end, &label(id), style);
        let words = words(id);
        if words.is_empty() {
            continue;
        }
        let share = left / shares.max(1);
        shares = shares.saturating_sub(1);
        let wide = ruler.cols(words).min(share.saturating_sub(1));
        if wide >= 4 {
            let stop = (x + 1 + wide as u16).min(end);
            x = canvas.put_clipped(x + 1, area.y, stop, words, style);
            left = left.saturating_sub(ruler.cols(ruler.clip(words, wide)) + 1);
        }
    }
}
