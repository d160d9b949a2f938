//! The contents: a row a unit, with what folds, what is a recommendation, and how many are below.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Canvas, within};
use crate::report::{Kind, Lookup, UnitId};
use crate::tui::marking;
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::tui::panes::Pane;
use crate::typeset::snippet;

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas) {
    if area.is_empty() {
        return;
    }
    if model.rows.units.is_empty() {
        empty(model, area, canvas);
        return;
    }
    let here = model.row();
    let rows = model.rows.units.iter().enumerate().skip(model.tree_top);
    let mut lines = (area.top()..area.bottom()).map(|y| Rect {
        y,
        height: 1,
        ..area
    });
    for (row, &unit) in rows {
        if row == model.rows.tree && row > model.tree_top {
            lines
                .next()
                .into_iter()
                .for_each(|line| divide(line, canvas));
        }
        let Some(line) = lines.next() else { return };
        draw_row(model, unit, line, Some(row) == here, canvas);
    }
}

/// The line above what is not there as typed.
fn divide(line: Rect, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let end = line.right().saturating_sub(1);
    let x = canvas.put(line.x + 1, line.y, end, "── nearly so ", theme.faint());
    let rest = "─".repeat(end.saturating_sub(x).into());
    canvas.put(x, line.y, end, &rest, theme.faint());
}

fn draw_row(model: &Model, id: UnitId, line: Rect, selected: bool, canvas: &mut Canvas) {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    let (report, y) = (&model.report, line.y);
    let unit = report.unit(id);
    // The count stands at the right edge; the text ends a column before it.
    let count = if line.width < 20 {
        String::new()
    } else {
        count(model, id)
    };
    let end = line.right().saturating_sub(1);
    let text_end = match ruler.cols(&count) {
        0 => end,
        wide => end.saturating_sub(wide as u16 + 1),
    };
    let above_hits = model
        .found
        .as_ref()
        .is_some_and(|found| found.hit(id).is_none());
    let aside = above_hits || unit.kind == Kind::Footnote;
    let (label_style, style) = match (aside, unit.kind.is_heading()) {
        (true, _) => (theme.faint(), theme.faint()),
        (false, true) => (theme.heading(), theme.heading()),
        (false, false) => (theme.label(), theme.text()),
    };
    let x = draw_label(model, id, line, (text_end, label_style, style), canvas);
    let (x, part, marks) = draw_words(model, id, (x, y), (text_end, style), canvas);
    canvas.put(
        end.saturating_sub(ruler.cols(&count) as u16),
        y,
        end,
        &count,
        theme.faint(),
    );
    if selected {
        // A filter may leave out the unit one is at: then this row is only the nearest before it.
        let holds = model
            .at
            .is_some_and(|at| report.subtree(id).contains(&at.index()));
        if holds {
            canvas.select(line, model.focus == Pane::Tree);
        } else {
            let line = line.intersection(canvas.buffer.area);
            canvas.buffer.set_style(line, theme.link());
        }
    }
    let style = if selected {
        theme.found_selected()
    } else {
        theme.found()
    };
    canvas.paint(Position { x, y }, text_end, &unit.text[part], &marks, style);
}

/// Draws what stands before the words of a row: whether it folds, what it is, its label; gives the
/// column behind it.
fn draw_label(
    model: &Model,
    id: UnitId,
    line: Rect,
    (end, style, gap): (u16, Style, Style),
    canvas: &mut Canvas,
) -> u16 {
    let (theme, y) = (canvas.theme, line.y);
    let report = &model.report;
    let unit = report.unit(id);
    let sign = match (report.has_children(id), model.folded.contains(&id)) {
        (true, true) => "▸ ",
        (true, false) => "▾ ",
        (false, _) => "  ",
    };
    let indent = model.row_indent(id, line.width);
    let mut x = canvas.put(line.x + 1 + indent, y, end, sign, theme.faint());
    if unit.kind == Kind::Table {
        x = canvas.put(x, y, end, "▦ ", theme.faint());
    }
    if unit.recommendation {
        x = canvas.put(x, y, end, "● ", theme.label());
    }
    if let Some(mark) = model.mark(id) {
        x = canvas.put(x, y, end, marking::sign(mark), theme.label());
        x = canvas.put(x, y, end, " ", theme.text());
    }
    let hit = model.found.as_ref().and_then(|found| found.hit(id));
    if hit.is_some_and(|hit| hit.how.is_weak()) {
        x = canvas.put(x, y, end, "~", theme.label());
    }
    let below = model.rows.is_below(id);
    if below || !unit.label.is_empty() {
        let label = match below {
            true => report.address(id).to_string(),
            false => unit.short_label().into(),
        };
        x = canvas.put(x, y, end, &label, style);
        x = canvas.put(x, y, end, " ", gap);
    }
    x
}

/// Draws as much of a unit's text as there is room for, around what was found in it; gives the
/// column where that begins, the part of the text it is, and what to mark in it.
fn draw_words(
    model: &Model,
    id: UnitId,
    (x, y): (u16, u16),
    (end, style): (u16, Style),
    canvas: &mut Canvas,
) -> (u16, Range<usize>, Vec<Range<usize>>) {
    let (theme, report) = (canvas.theme, &model.report);
    let text = report.unit(id).text;
    let found = model.found.as_ref();
    let marks = found.and_then(|found| Some(found.matched(report, found.hit(id)?)));
    let matches = marks.as_ref().map_or(&[][..], |marks| &marks.matches);
    let Some(first) = matches.first() else {
        canvas.put_clipped(x, y, end, text, style);
        return (x, 0..0, Vec::new());
    };
    let room = end.saturating_sub(x).into();
    let part = snippet(canvas.ruler, text, first.clone(), room);
    let mut x = x;
    if part.cut_before {
        x = canvas.put(x, y, end, "…", theme.faint());
    }
    let behind = canvas.put(x, y, end, &text[part.span.clone()], style);
    if part.cut_behind {
        canvas.put(behind, y, end, "…", theme.faint());
    }
    let marks = within(&part.span, matches);
    (x, part.span, marks)
}

/// What a branch holds: hits under a filter, else recommendations.
fn count(model: &Model, id: UnitId) -> String {
    let report = &model.report;
    match &model.found {
        _ if !report.has_children(id) => String::new(),
        Some(found) => match found.treed_under(report, id)
            - usize::from(found.hit(id).is_some_and(|hit| found.is_treed(hit)))
        {
            0 => String::new(),
            under => under.to_string(),
        },
        None if report.unit(id).recommendation => String::new(),
        None => match report.recommendations(id) {
            0 => String::new(),
            recommendations => format!("{recommendations} ●"),
        },
    }
}

/// Nothing found, and what to try.
fn empty(model: &Model, area: Rect, canvas: &mut Canvas) {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    let mut lines = Vec::new();
    if model.report.is_empty() {
        return;
    }
    let what = model.query.text.trim();
    let only = if model.query.recommendations {
        " in recommendations"
    } else {
        ""
    };
    let nothing = match what {
        "" => "No recommendation found.".into(),
        _ => format!("Nothing found for {what}{only}."),
    };
    lines.push((nothing, theme.strong()));
    lines.push((String::new(), theme.text()));
    lines.push(("Try".into(), theme.faint()));
    if !what.is_empty() {
        let numbered = what.contains(|c: char| c.is_ascii_digit() || c == '(');
        if let (true, Lookup::Nearest(unit)) = (numbered, model.report.look_up(what)) {
            let nearest = format!("· the nearest address: {}", model.report.address(unit));
            lines.push((nearest, theme.text()));
        }
        let advice = model.query.advice().into_iter();
        lines.extend(advice.map(|way| (format!("· {way}"), theme.text())));
        lines.push(("· an address: 1(k), II.A".into(), theme.text()));
    }
    let key = model.keys.told(model.context(), &Message::Back);
    lines.push((format!("· {key} to go back"), theme.text()));
    if model.query.recommendations && !what.is_empty() {
        lines.push((format!("· {key} again for the whole report"), theme.text()));
    }
    let width = area.width.saturating_sub(2).max(1).into();
    let wrapped = lines.iter().flat_map(|(line, style)| {
        let parts = crate::typeset::wrap(ruler, line, width, width);
        parts.into_iter().map(move |part| (&line[part], *style))
    });
    for (y, (line, style)) in (area.top()..area.bottom()).zip(wrapped) {
        canvas.put(area.x + 1, y, area.right(), line, style);
    }
}
