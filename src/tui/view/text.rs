//! The text: the report from the line at the top on.

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use super::{Canvas, within};
use crate::report::{Kind, UnitId};
use crate::tui::flow::Place;
use crate::tui::leads::secured;
use crate::tui::model::{Mode, Model};
use crate::tui::panes::{GUTTER, Pane, Panes};
use crate::typeset::{Line, hyphened, is_right_to_left};

/// Draws the text; gives where the caret of a selection stands.
pub(super) fn draw(model: &Model, panes: &Panes, canvas: &mut Canvas) -> Option<Position> {
    let theme = canvas.theme;
    let (top, at) = (model.top?, model.at?);
    let area = panes.text;
    let here = model.report.subtree(at);
    // Its weight tells which pane has the keys.
    let bar = if model.focus == Pane::Text {
        "▌"
    } else {
        "▏"
    };
    let mut caret = None;
    let mut rows = model.flow().from(top).peekable();
    for y in area.top()..area.bottom() {
        let Some((place, line)) = rows.next() else {
            break;
        };
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        let mut unit = Some(place.unit);
        if let Some(line) = line {
            for piece in line.pieces(model.report.unit(place.unit).text) {
                caret = caret.or(draw_line(model, place.unit, &piece, row, panes, canvas));
            }
            if place.line == 0 && panes.margin > 0 {
                page_in_margin(model, place.unit, row, panes, canvas);
            } else if place.line == 0 && place.unit.index() == 0 {
                page_beside(model, place.unit, &line, row, panes, canvas);
            }
        } else if let Some(line) = mark_line(model, place) {
            let (x, label) = (row.x + GUTTER.min(row.width), canvas.theme.label());
            let lines = model.flow().lines(place.unit);
            let indent = lines.first().map_or(0, |line| line.indent) as u16;
            canvas.put(x + indent, y, row.right(), &line, label);
        } else {
            let below = UnitId::from(place.unit.index() + 1);
            let last = rows.peek().is_none_or(|(next, _)| next.unit == below);
            if last && panes.margin == 0 {
                page_above(model, below, row, panes, canvas);
            }
            // With its heading scrolled away a rule would be one for what stands above it.
            if place != top {
                rule_below(model, place, row, panes, canvas);
            }
            // The bar of a subtree goes on through the space between its units.
            unit = Some(below).filter(|below| below.index() > at.index());
        }
        if unit.is_some_and(|unit| here.contains(&unit.index())) {
            canvas.put(area.x, y, area.right(), bar, theme.label());
        }
    }
    caret
}

/// What stands of a mark in this line under its unit, if anything does.
fn mark_line(model: &Model, place: Place) -> Option<String> {
    model.mark(place.unit)?;
    let flow = model.flow();
    let nth = place.line.checked_sub(flow.lines(place.unit).len())?;
    flow.mark(place.unit).into_iter().nth(nth)
}

/// The page that begins with this unit, where pages are told apart.
fn page(model: &Model, unit: UnitId) -> Option<u32> {
    let page = model.report.unit(unit).page;
    let before = unit.index().checked_sub(1).map(UnitId::from);
    let begins = before.is_none_or(|before| model.report.unit(before).page != page);
    (model.report.pages() > 1 && begins).then_some(page)
}

fn page_in_margin(model: &Model, unit: UnitId, row: Rect, panes: &Panes, canvas: &mut Canvas) {
    if let Some(page) = page(model, unit) {
        let x = row.x + GUTTER + panes.measure + 1;
        let faint = canvas.theme.faint();
        canvas.put(x, row.y, row.right(), &format!("p. {page}"), faint);
    }
}

/// There is no space above the first unit: its number stands at the right of its first line, where
/// there is room.
fn page_beside(
    model: &Model,
    unit: UnitId,
    line: &Line,
    row: Rect,
    panes: &Panes,
    canvas: &mut Canvas,
) {
    let text = model.report.unit(unit).text;
    let used = line.indent + canvas.ruler.cols(text[line.span.clone()].trim_end());
    if used + PAGE < usize::from(panes.measure) && !is_right_to_left(text) {
        page_above(model, unit, row, panes, canvas);
    }
}

/// The columns that the number of a page takes, with air before it.
const PAGE: usize = 8;

/// Without a margin the number stands at the right of the space above the unit.
fn page_above(model: &Model, unit: UnitId, row: Rect, panes: &Panes, canvas: &mut Canvas) {
    if let Some(page) = page(model, unit) {
        let told = format!("p. {page}");
        let end = (row.x + GUTTER + panes.measure).min(row.right());
        let x = end.saturating_sub(canvas.ruler.cols(&told) as u16);
        let faint = canvas.theme.faint();
        canvas.put(x.max(row.x), row.y, end, &told, faint);
    }
}

/// The heading of a chapter, an annex or a part has a rule below it, as wide as it is.
fn rule_below(model: &Model, place: Place, row: Rect, panes: &Panes, canvas: &mut Canvas) {
    let unit = model.report.unit(place.unit);
    let lines = model.flow().lines(place.unit);
    let own = lines.len() + model.flow().mark(place.unit).len();
    if unit.kind > Kind::Chapter || place.line != own || !panes.roomy {
        return;
    }
    let ruler = canvas.ruler;
    let wide = |line: &Line| line.indent + ruler.cols(unit.text[line.span.clone()].trim_end());
    let wide = lines.iter().map(wide).max().unwrap_or(0);
    let x = row.x + GUTTER.min(row.width);
    let x = match is_right_to_left(unit.text) {
        true => x + panes.measure.saturating_sub(wide as u16),
        false => x,
    };
    let rule = "─".repeat(wide / ruler.cols("─").max(1));
    let faint = canvas.theme.faint();
    canvas.put(x, row.y, row.right(), &rule, faint);
}

/// Where the label and the text of a line begin. What runs from right to left ends at the right
/// edge, its indents counted from there: put in the order of reading, for terminals that turn it.
pub(in crate::tui) fn columns(model: &Model, id: UnitId, line: &Line, measure: u16) -> (u16, u16) {
    let unit = model.report.unit(id);
    let text = unit.text[line.span.clone()].trim_end();
    if !is_right_to_left(unit.text) {
        return (line.label.unwrap_or(0) as u16, line.indent as u16);
    }
    let wide = model.ruler.cols(text) as u16;
    match line.label {
        Some(at) => {
            // On a narrow screen it has a line of its own, which no text follows.
            let label = line
                .indent
                .saturating_sub(at)
                .max(model.ruler.cols(unit.label)) as u16;
            let start = measure.saturating_sub(at as u16 + label + wide);
            (start, start + label)
        }
        None => (0, measure.saturating_sub(line.indent as u16 + wide)),
    }
}

fn draw_line(
    model: &Model,
    id: UnitId,
    line: &Line,
    row: Rect,
    panes: &Panes,
    canvas: &mut Canvas,
) -> Option<Position> {
    let theme = canvas.theme;
    let unit = model.report.unit(id);
    let (x, y, end) = (row.x + GUTTER.min(row.width), row.y, row.right());
    let hidden = model.query.recommendations
        && !model.report.in_recommendation(id)
        && !unit.kind.is_heading();
    let (label_style, style) = match (unit.kind.is_heading(), hidden) {
        (true, _) => (theme.heading(), theme.heading()),
        (_, true) => (theme.faint(), theme.faint()),
        _ if unit.kind == Kind::Footnote => (theme.label(), theme.faint()),
        _ => (theme.label(), theme.text()),
    };
    let (label_x, text_x) = columns(model, id, line, panes.measure);
    if line.label.is_some() {
        canvas.put(x + label_x, y, end, unit.label, label_style);
    }
    let x = x + text_x;
    let text = unit.text[line.span.clone()].trim_end();
    canvas.put(x, y, end, &hyphened(text), style);
    let place = Position { x, y };
    for lead in model.flow().leads(id).iter() {
        let inside = within(&line.span, std::slice::from_ref(&lead.range));
        let painted = canvas.paint(place, end, text, &inside, theme.link());
        canvas.lead(painted, &secured(&lead.target));
    }
    for tie in model.report.calls(id) {
        let inside = within(&line.span, std::slice::from_ref(&tie.call));
        canvas.paint(place, end, text, &inside, theme.link());
    }
    for reference in model.flow().references(id).iter() {
        let inside = within(&line.span, std::slice::from_ref(&reference.range));
        canvas.paint(place, end, text, &inside, theme.link());
    }
    found(model, id, line, (place, end), canvas);
    for trace in model.traced().iter().filter(|trace| trace.unit == id) {
        let inside = within(&line.span, std::slice::from_ref(&trace.range));
        canvas.paint(place, end, text, &inside, theme.found());
    }
    let Mode::Select(selection) = &model.mode else {
        return None;
    };
    if line.label.is_some() && selection.takes_label(id, unit.text) {
        let label = Rect {
            x: row.x + GUTTER.min(row.width) + label_x,
            width: text_x.saturating_sub(label_x),
            ..row
        };
        let label = label.intersection(row).intersection(canvas.buffer.area);
        canvas.buffer.set_style(label, theme.chosen());
    }
    if let Some(chosen) = selection.within(id, unit.text) {
        let inside = within(&line.span, std::slice::from_ref(&chosen));
        canvas.paint(place, end, text, &inside, theme.chosen());
    }
    let at = selection.caret.at;
    let last = line.span.end >= unit.text.len();
    let on_line =
        selection.caret.unit == id && (line.span.contains(&at) || (last && at >= line.span.start));
    on_line.then(|| {
        let before = unit.text.get(line.span.start..at).unwrap_or("");
        Position {
            x: x + canvas.ruler.cols(before) as u16,
            y,
        }
    })
}

/// Marks what was found in a line that is drawn.
fn found(
    model: &Model,
    id: UnitId,
    line: &Line,
    (place, end): (Position, u16),
    canvas: &mut Canvas,
) {
    let theme = canvas.theme;
    let found = model.found.as_ref();
    let Some((found, hit)) = found.and_then(|found| Some((found, found.hit(id)?))) else {
        return;
    };
    let text = model.report.unit(id).text[line.span.clone()].trim_end();
    let marks = found.matched(&model.report, hit);
    let mut mark = |ranges: &[Range<usize>], style| {
        canvas.paint(place, end, text, &within(&line.span, ranges), style);
    };
    mark(&marks.matches, theme.found());
    let current = model.current_place().and_then(|nth| found.place(nth));
    if let Some((_, nth)) = current.filter(|(hit, _)| hit.unit == id)
        && let Some(here) = marks.places.get(nth)
    {
        let first = marks.matches.partition_point(|at| at.start < here.start);
        let inside = |at: &&Range<usize>| at.end <= here.end;
        let here: Vec<_> = (marks.matches[first..].iter().take_while(inside).cloned()).collect();
        mark(&here, theme.found_here());
    }
}
