//! The screen: reads all of the model and changes nothing but its caches of lines.

mod bars;
mod canvas;
mod crumbs;
mod help;
mod list;
mod remark;
mod text;
mod tree;

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::hyperlink::hyperlink_cells;
use super::marking::Asks;
use super::message::Message;
use super::model::{Mode, Model};
use super::theme::Theme;
use crate::read::Progress;

use canvas::Canvas;
pub use help::HelpPage;
pub(super) use text::columns;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    draw(model, frame, None);
}

/// Draws the whole screen, with what can be followed made links that a terminal can follow too.
pub fn hyperlinked(model: &Model, frame: &mut Frame) {
    let leads = draw(model, frame, Some(Vec::new()));
    hyperlink_cells(frame.buffer_mut(), &leads.unwrap_or_default());
}

/// Draws it all; gives where what leads to an address stands, if that is asked for.
fn draw(
    model: &Model,
    frame: &mut Frame,
    leads: Option<Vec<(Rect, String)>>,
) -> Option<Vec<(Rect, String)>> {
    let area = frame.area();
    let mut canvas = Canvas {
        buffer: frame.buffer_mut(),
        theme: Theme::new(model.palette),
        ruler: model.ruler,
        leads,
    };
    let canvas = &mut canvas;
    let caret = match &model.mode {
        Mode::Loading(progress) => {
            loading(model, *progress, area, canvas);
            None
        }
        Mode::Help(top) => {
            help::draw(model, *top, area, canvas);
            None
        }
        _ => all_panes(model, area, canvas),
    };
    let leads = canvas.leads.take();
    if let Some(caret) = caret.filter(|caret| area.contains(*caret)) {
        frame.set_cursor_position(caret);
    }
    leads
}

/// Draws the panes and the lines around them; gives where the caret stands.
fn all_panes(model: &Model, area: Rect, canvas: &mut Canvas) -> Option<Position> {
    let theme = canvas.theme;
    let panes = model.panes();
    bars::title(model, panes.title, canvas);
    match model.choice() {
        Some(choice) => list::draw(model, choice, panes.tree, canvas),
        None => tree::draw(model, panes.tree, canvas),
    }
    for y in panes.rule.top()..panes.rule.bottom() {
        canvas.put(panes.rule.x, y, panes.rule.right(), "│", theme.faint());
    }
    crumbs::draw(model, panes.crumbs, canvas);
    let mut caret = text::draw(model, &panes, canvas);
    if let Mode::Remark(remark) = &model.mode {
        caret = remark::draw(model, remark, panes.text, canvas);
    }
    if model.report.is_empty() && !matches!(model.mode, Mode::Shelf(_)) {
        let y = panes.text.y.max(panes.tree.y);
        let says = "This report has no text.";
        canvas.put(area.x + 1, y, area.right(), says, theme.strong());
    }
    // What there is to say may take the row of the keys too.
    let told = Rect {
        height: panes.footer.bottom().saturating_sub(panes.status.y),
        ..panes.status
    };
    let prompting = matches!(
        model.mode,
        Mode::Search(_) | Mode::Command(..) | Mode::Shelf(_) | Mode::Field(_)
    );
    if !prompting && !panes.footer.is_empty() && bars::notice(model, told, canvas) {
        return caret;
    }
    bars::footer(model, panes.footer, canvas);
    // On a screen of one or two rows a prompt takes the last of them.
    let last = Rect {
        y: area.bottom().saturating_sub(1),
        height: area.height.min(1),
        ..area
    };
    let status = if panes.status.is_empty() {
        last
    } else {
        panes.status
    };
    match &model.mode {
        Mode::Search(prompt) => Some(bars::prompt(model, "/", prompt, status, canvas)),
        Mode::Command(prompt, _) => Some(bars::prompt(model, ":", prompt, status, canvas)),
        Mode::Shelf(shelving) => Some(bars::prompt(model, "/", &shelving.prompt, status, canvas)),
        Mode::Field(field) => {
            let sign = match field.asks {
                Asks::Tags => "tags: ",
                Asks::Status => "status: ",
                Asks::File(..) => "file: ",
            };
            Some(bars::prompt(model, sign, &field.prompt, status, canvas))
        }
        _ => {
            bars::status(model, panes.status, canvas);
            caret
        }
    }
}

fn loading(model: &Model, progress: Progress, area: Rect, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let (what, far) = (progress.what(&model.name), progress.to_string());
    let y = area.y + area.height / 2;
    let x = area.x + u16::from(area.width > 40) * 2;
    canvas.put(x, y, area.right(), &what, theme.text());
    canvas.put(x, y + 1, area.right(), &far, theme.strong());
    let leaves = format!("{} leaves", model.told(&Message::Quit));
    canvas.put(x, y + 2, area.right(), &leaves, theme.faint());
}

/// The parts of `ranges`, which stand in order, inside `part`, counted from its start.
fn within(part: &Range<usize>, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let first = ranges.partition_point(|range| range.end <= part.start);
    let near = ranges[first..]
        .iter()
        .take_while(|range| range.start < part.end);
    let inside = near.map(|range| range.start.max(part.start)..range.end.min(part.end));
    inside
        .map(|range| range.start - part.start..range.end - part.start)
        .collect()
}
