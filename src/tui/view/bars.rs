//! The lines around the panes: what is read, where one is, what one can do now.

use ratatui::layout::{Position, Rect};

use super::Canvas;
use crate::search::How;
use crate::tui::keys::{Bound, Context};
use crate::tui::marking::Asks;
use crate::tui::message::Message;
use crate::tui::model::{Mode, Model};
use crate::tui::offers::{Lists, What};
use crate::tui::prompt::Prompt;
use crate::tui::typing::asks_nothing;
use crate::typeset::counted;
use crate::typeset::wrap;

/// What is read, and how much of it there is.
pub(super) fn title(model: &Model, area: Rect, canvas: &mut Canvas) {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    if area.is_empty() {
        return;
    }
    if let Mode::Shelf(shelving) = &model.mode {
        let amount = counted(shelving.entries.len(), "report");
        let end = area.right().saturating_sub(1);
        let x = canvas.put(area.x + 1, area.y, end, "Rapporteur", theme.strong());
        let x = canvas.put(x, area.y, end, " · shelf", theme.text());
        let start = end.saturating_sub(ruler.cols(&amount) as u16);
        if start > x + 1 {
            canvas.put(start, area.y, end, &amount, theme.faint());
        }
        return;
    }
    let report = &model.report;
    let (units, recommendations) = (report.len(), report.all_recommendations());
    let amount = match model.runs_left {
        // Behind text that runs to the left a number would be drawn into it, a letter stops it.
        true => format!("units {units} · recommendations {recommendations}"),
        false => format!(
            "{} · {}",
            counted(units, "unit"),
            counted(recommendations, "recommendation")
        ),
    };
    let end = area.right().saturating_sub(1);
    let mut x = canvas.put(area.x + 1, area.y, end, "Rapporteur", theme.strong());
    x = canvas.put(x, area.y, end, " · ", theme.faint());
    let room = usize::from(end.saturating_sub(x));
    let fits = room >= ruler.cols(&amount) + 16;
    let stop = if fits {
        end - ruler.cols(&amount) as u16 - 2
    } else {
        end
    };
    let name = match report.symbol() {
        Some(symbol) => format!("{symbol} {}", report.title()),
        // A report without a title goes by the name of its file.
        None if report.title().is_empty() => model.name.clone(),
        None => report.title().to_string(),
    };
    canvas.put_clipped(x, area.y, stop, &name, theme.text());
    if fits {
        canvas.put(
            end - ruler.cols(&amount) as u16,
            area.y,
            end,
            &amount,
            theme.faint(),
        );
    }
}

/// Where one is: II › A › 1 › (k), the page, which unit of how many; and what the last key did.
pub(super) fn status(model: &Model, area: Rect, canvas: &mut Canvas) {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    if area.is_empty() {
        return;
    }
    let (start, end) = (
        area.x + u16::from(area.width > 2),
        area.right().saturating_sub(u16::from(area.width > 2)),
    );
    let wide = usize::from(end.saturating_sub(start));
    let report = &model.report;
    let steps = |id| {
        report
            .address(id)
            .steps()
            .last()
            .map_or(String::new(), ToString::to_string)
    };
    let (mut path, mut short) = (Vec::new(), String::new());
    if let Some(at) = model.at {
        path = report.path(at).into_iter().map(steps).collect();
        short = report.address(at).to_string();
    }
    if !model.notice.is_empty() {
        (path, short) = (vec![model.notice.clone()], model.notice.clone());
    }
    let long = path.iter().map(|step| ruler.cols(step) + 3).sum::<usize>();
    let right = beside(model, [long, ruler.cols(&short) + 2], wide);
    let stop = end.saturating_sub(ruler.cols(&right) as u16);
    canvas.put(stop, area.y, end, &right, theme.strong());
    let room = usize::from(stop.saturating_sub(start));
    if long > room + 3 {
        path = vec![short];
    }
    let mut x = start;
    for (place, step) in path.iter().enumerate() {
        if place > 0 {
            x = canvas.put(x, area.y, stop, " › ", theme.faint());
        }
        x = canvas.put_clipped(x, area.y, stop, step, theme.strong());
    }
    let Some(at) = model.at.filter(|_| model.notice.is_empty()) else {
        return;
    };
    // Which unit, then the page where pages are told apart; each only where it fits whole.
    let page = (report.pages() > 1)
        .then(|| format!("page {} of {}", report.unit(at).page, report.pages()));
    let place = Some(format!("{} of {}", at.index() + 1, report.len()));
    let doubts = match model.notes.iter().filter(|note| note.misread).count() {
        0 => None,
        doubts => Some(format!(
            "! {} may be misread, :notes",
            counted(doubts, "place")
        )),
    };
    let unsaved = model.is_unsaved().then(|| "! marks not saved".to_string());
    for part in [unsaved, doubts, place, page].into_iter().flatten() {
        let part = format!("   {part}");
        if usize::from(x) + ruler.cols(&part) + 2 <= usize::from(stop) {
            x = canvas.put(x, area.y, stop, &part, theme.faint());
        }
    }
}

/// What the last command came to, where it is too long for one row; false where it is not.
pub(super) fn notice(model: &Model, area: Rect, canvas: &mut Canvas) -> bool {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    let width = usize::from(area.width).saturating_sub(2).max(1);
    if ruler.cols(&model.notice) <= width || area.height < 2 {
        return false;
    }
    let lines = wrap(ruler, &model.notice, width, width);
    let last = usize::from(area.height) - 1;
    for (y, line) in (area.top()..area.bottom()).zip(&lines) {
        let rest = match usize::from(y - area.y) == last {
            true => line.start..model.notice.len(),
            false => line.clone(),
        };
        let says = model.notice[rest].trim_end();
        canvas.put_clipped(area.x + 1, y, area.right() - 1, says, theme.strong());
    }
    true
}

/// What stands at the right of the status: the count being typed, or what is found, in fewer words
/// where these would not fit into `wide` columns beside the path. That takes so many columns at its
/// full length, and so many as an address alone, which leaves room for the last words there are.
fn beside(model: &Model, [long, short]: [usize; 2], wide: usize) -> String {
    let [whole, brief] = found(model);
    let looked_for = model.query.text.trim();
    let options = match model.count {
        0 if looked_for.is_empty() => vec![whole, brief],
        0 => vec![format!("/{looked_for} · {whole}"), whole, brief],
        count => vec![count.to_string()],
    };
    let last = options.len() - 1;
    let fits = |place: usize, right: &str| {
        let left = if place < last { long } else { short };
        left + model.ruler.cols(right) <= wide
    };
    let mut options = options.into_iter().enumerate();
    let right = options.find(|(place, right)| fits(*place, right));
    right.map_or(String::new(), |(_, right)| right)
}

/// What a filter found, whole and in brief: 3 of 9 in 4 units, and 3 of 9.
fn found(model: &Model) -> [String; 2] {
    let only = if model.query.recommendations {
        " · recommendations"
    } else {
        ""
    };
    let Some(found) = &model.found else {
        return [
            if model.is_searching() {
                "searching…".into()
            } else {
                String::new()
            },
            String::new(),
        ];
    };
    let brief = match (model.current_place(), found.places()) {
        (_, 0) => return [format!("nothing found{only}"), "nothing".into()],
        (Some(nth), places) => format!("{} of {places}", nth + 1),
        (None, places) => places.to_string(),
    };
    if model.query.text.trim().is_empty() {
        let what = if found.units() == 1 {
            "recommendation"
        } else {
            "recommendations"
        };
        return [format!("{brief} {what}"), format!("{brief} ●")];
    }
    [
        format!("{brief} in {}{only}", counted(found.units(), "unit")),
        brief,
    ]
}

/// A line being typed; gives where the caret stands.
pub(super) fn prompt(
    model: &Model,
    sign: &str,
    prompt: &Prompt,
    area: Rect,
    canvas: &mut Canvas,
) -> Position {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    if area.is_empty() {
        return area.as_position();
    }
    // The window may be smaller by now than the model knows.
    let shown = area.intersection(canvas.buffer.area);
    if shown.is_empty() {
        return area.as_position();
    }
    for x in shown.left()..shown.right() {
        canvas.buffer[(x, shown.y)].reset();
    }
    let end = area.right() - u16::from(area.width > 2);
    let answers = match &model.mode {
        Mode::Command(..) if !model.notice.is_empty() => vec![model.notice.clone()],
        Mode::Command(prompt, choice) => match choice.taken() {
            Some(offer) if !prompt.text().trim().is_empty() => vec![match offer.what {
                What::Command(_) => {
                    let name = offer.shown.split([' ', ':']).next();
                    format!("→ {}", name.unwrap_or_default())
                }
                _ => format!("→ {}", offer.hint),
            }],
            _ => Vec::new(),
        },
        Mode::Shelf(_) if !model.notice.is_empty() => vec![model.notice.clone()],
        Mode::Shelf(shelving) if shelving.searching => vec!["searching…".into()],
        Mode::Shelf(shelving) if shelving.prompt.text().is_empty() => {
            vec![
                "type a symbol, words of a title, or what to look for in all".into(),
                "type to choose".into(),
            ]
        }
        Mode::Shelf(_) => Vec::new(),
        Mode::Field(field) if field.asks == Asks::Tags => {
            let tags = model.tags_to_come(field);
            let count = tags.len();
            (1..=count)
                .rev()
                .map(|count| tags[..count].join(" "))
                .collect()
        }
        Mode::Field(_) => Vec::new(),
        // What was found for another query, until something is typed, is not said of this one.
        _ if asks_nothing(prompt) => Vec::new(),
        _ => how(model),
    };
    let x = canvas.put(
        area.x + u16::from(area.width > 2),
        area.y,
        end,
        sign,
        theme.label(),
    );
    // The longest answer that leaves what is typed in sight; a notice is clipped rather than lost.
    let typed = ruler.cols(ruler.clip(prompt.text(), 30)) + 3;
    let room = usize::from(end.saturating_sub(x)).saturating_sub(typed);
    let fits = answers.iter().find(|answer| ruler.cols(answer) <= room);
    let answer = fits.or(answers.last().filter(|_| room >= 8));
    let answer_wide = answer.map_or(0, |answer| ruler.cols(answer).min(room)) as u16;
    let text_end = if answer_wide > 0 {
        end - answer_wide - 2
    } else {
        end
    };
    // The caret stays on the screen: what is before it scrolls out at the left.
    let before = prompt.before();
    let from = ruler.back(
        before,
        before.len(),
        usize::from(text_end.saturating_sub(x)).saturating_sub(1),
    );
    canvas.put(x, area.y, text_end, &prompt.text()[from..], theme.strong());
    if let Some(answer) = answer {
        canvas.put_clipped(end - answer_wide, area.y, end, answer, theme.faint());
    }
    Position {
        x: x + ruler.cols(&before[from..]) as u16,
        y: area.y,
    }
}

/// What the search being typed has found, in fewer and fewer words, at first with how the unit one
/// is at matched.
fn how(model: &Model) -> Vec<String> {
    let hit = model
        .found
        .as_ref()
        .zip(model.at)
        .and_then(|(found, at)| found.hit(at));
    let [whole, brief] = found(model);
    let how = hit.map(|hit| hit.how).filter(|how| *how != How::Exact);
    let with_how = how.map(|how| format!("{} · {whole}", how.name()));
    with_how.into_iter().chain([whole, brief]).collect()
}

/// The keys that work now, as many as there is room for.
pub(super) fn footer(model: &Model, area: Rect, canvas: &mut Canvas) {
    let (theme, ruler) = (canvas.theme, canvas.ruler);
    if area.is_empty() {
        return;
    }
    let context = model.context();
    let end = area.right().saturating_sub(1);
    let mut x = area.x + 1;
    let places = model.found.as_ref().map_or(0, |found| found.places());
    let left_out = model
        .found
        .as_ref()
        .is_some_and(|found| found.has_left_out());
    let named =
        |row: &&Bound| row.action.contexts.contains(&context) && !row.action.hint.is_empty();
    for row in model.keys.rows.iter().filter(named) {
        // Keys that would do nothing now are not offered.
        let leads_nowhere = match row.action.message {
            Message::NextHit | Message::PreviousHit if model.choice().is_some() => {
                model.choice().is_some_and(|choice| choice.rows.len() < 2)
            }
            Message::NextMatch | Message::NextHit | Message::PreviousHit => places == 0,
            Message::Back => matches!(model.mode, Mode::Reading) && model.back.is_empty(),
            Message::Accept => match &model.mode {
                Mode::Search(_) => places == 0,
                _ => (model.choice()).is_some_and(|choice| choice.rows.is_empty() || choice.opens),
            },
            Message::Weaker => !model.query.all && !left_out,
            Message::Exclude => !is_facet(model),
            // In the panes these have no hint; here they are about links.
            Message::Follow | Message::CopyText if context == Context::List => !is_link(model),
            _ => false,
        };
        if leads_nowhere {
            continue;
        }
        let Some(key) = row.keys.first() else {
            continue;
        };
        let name = key.name();
        let hint = match row.action.message {
            Message::Accept if is_facet(model) => "keep",
            _ => row.action.hint,
        };
        let wide = ruler.cols(&name) + 1 + ruler.cols(hint);
        if usize::from(x) + wide > usize::from(end) {
            break;
        }
        x = canvas.put(x, area.y, end, &name, theme.label());
        x = canvas.put(x, area.y, end, " ", theme.text());
        x = canvas.put(x, area.y, end, hint, theme.faint());
        x += 3;
    }
}

/// True where the value of a facet is to be chosen.
fn is_facet(model: &Model) -> bool {
    model
        .choice()
        .is_some_and(|choice| choice.lists == Lists::Facets)
}

/// True where one is at a link in a list.
fn is_link(model: &Model) -> bool {
    let taken = model.choice().and_then(|choice| choice.taken());
    taken.is_some_and(|offer| matches!(offer.what, What::Address(..)))
}
