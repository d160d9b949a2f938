//! The text: the unit one is at with what is above it as a path, and the report from there on.

use ratatui::layout::{Position, Rect};

use super::{Canvas, within};
use crate::report::UnitId;
use crate::tui::model::Model;
use crate::tui::panes::{GUTTER, Pane, Panes};
use crate::typeset::Line;

pub(super) fn draw(model: &Model, panes: &Panes, canvas: &mut Canvas) {
    let theme = canvas.theme;
    crumbs(model, panes.crumbs, canvas);
    let (Some(top), Some(at)) = (model.top, model.at) else {
        return;
    };
    let area = panes.text;
    let here = model.report.subtree(at);
    // Its weight tells which pane has the keys.
    let bar = if model.focus == Pane::Text {
        "▌"
    } else {
        "▏"
    };
    let mut rows = model.flow().from(top).peekable();
    for y in area.top()..area.bottom() {
        let Some(row) = rows.next() else { break };
        let unit = match &row {
            Some((unit, line)) => {
                draw_line(
                    model,
                    *unit,
                    line,
                    Rect {
                        y,
                        height: 1,
                        ..area
                    },
                    canvas,
                );
                Some(*unit)
            }
            // The bar of a subtree goes on through the space between its units.
            None => match rows.peek() {
                Some(Some((below, _))) if below.index() > at.index() => Some(*below),
                _ => None,
            },
        };
        if unit.is_some_and(|unit| here.contains(&unit.index())) {
            canvas.put(area.x, y, area.right(), bar, theme.label());
        }
    }
}

fn draw_line(model: &Model, id: UnitId, line: &Line, row: Rect, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let unit = model.report.unit(id);
    let (x, y, end) = (row.x + GUTTER.min(row.width), row.y, row.right());
    let hidden = model.query.recommendations
        && !model.report.in_recommendation(id)
        && !unit.kind.is_heading();
    let (label_style, style) = match (unit.kind.is_heading(), hidden) {
        (true, _) => (theme.heading(), theme.heading()),
        (_, true) => (theme.faint(), theme.faint()),
        _ => (theme.label(), theme.text()),
    };
    if let Some(at) = line.label {
        canvas.put(x + at as u16, y, end, unit.label, label_style);
    }
    let x = x + line.indent as u16;
    let text = unit.text[line.span.clone()].trim_end();
    canvas.put(x, y, end, text, style);
    let place = Position { x, y };
    let links: Vec<_> = unit.links.iter().map(|link| link.cited.clone()).collect();
    canvas.paint(place, end, text, &within(&line.span, &links), theme.link());
    let found = model.found.as_ref();
    let Some((found, hit)) = found.and_then(|found| Some((found, found.hit(id)?))) else {
        return;
    };
    let marks = found.marks(&model.report, hit);
    canvas.paint(
        place,
        end,
        text,
        &within(&line.span, &marks.matches),
        theme.found(),
    );
    let current = model.current_place().and_then(|nth| found.place(nth));
    if let Some((_, nth)) = current.filter(|(hit, _)| hit.unit == id)
        && let Some(place) = marks.places.get(nth)
    {
        let here: Vec<_> = marks
            .matches
            .iter()
            .filter(|at| place.start <= at.start && at.end <= place.end)
            .cloned()
            .collect();
        canvas.paint(
            Position { x, y },
            end,
            text,
            &within(&line.span, &here),
            theme.found_here(),
        );
    }
}

/// The headings above, with their words as far as there is room: 二 初步… › A 执法… › 1 › (k).
fn crumbs(model: &Model, area: Rect, canvas: &mut Canvas) {
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
