//! The help page: every key, from the table of keys, and what is known of this report.

use std::cell::RefCell;
use std::rc::Rc;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Canvas;
use crate::tui::keys::{Bound, Context};
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::typeset::{Ruler, wrap};

/// A line of the page: what stands out at its left, and what it says.
type HelpLine = (String, String);

/// The column at which the right half of the page begins.
fn right(width: u16) -> usize {
    if width < 30 { 6 } else { 14 }
}

/// What can be typed behind `/`, and what it finds.
const QUERIES: [(&str, &str); 12] = [
    ("/条约 能力", "words in any order; a phrase first"),
    ("/ymny", "pinyin: whole, initials, mixed with characters"),
    ("/反恐委", "a name, abbreviated"),
    ("/1k3 /㈢", "an address, a label"),
    ("/'公约", "exactly this, no pinyin, no slips"),
    ("/^建议", "at the start of a unit"),
    ("/网络$", "at its end"),
    ("/!公约", "without this"),
    ("/甲 | 乙", "either"),
    ("/\"a b\"", "exactly this phrase"),
    ("/in:II", "only there; page:2 only on that page"),
    ("/is:rec", "only recommendations and what is under them"),
];

/// The lines of the page as last set: there may be as many notes as paragraphs. It is of one report
/// and of no other.
#[derive(Debug, Default)]
pub struct HelpPage {
    set: RefCell<(u16, Ruler, Rc<[HelpLine]>)>,
}

impl HelpPage {
    /// The lines of the page at the width of the screen.
    pub fn lines(&self, model: &Model) -> Rc<[HelpLine]> {
        let (width, ruler) = (model.area.width, model.ruler);
        let mut set = self.set.borrow_mut();
        if set.2.is_empty() || (set.0, set.1) != (width, ruler) {
            *set = (width, ruler, lines(model).into());
        }
        Rc::clone(&set.2)
    }
}

fn lines(model: &Model) -> Vec<HelpLine> {
    let ruler = model.ruler;
    let width = usize::from(model.area.width)
        .saturating_sub(right(model.area.width) + 2)
        .max(8);
    let mut lines: Vec<HelpLine> = Vec::new();
    let mut add = |left: String, right: &str| {
        let mut left = left;
        for part in wrap(ruler, right, width, width) {
            lines.push((
                std::mem::take(&mut left),
                right[part].trim_end().to_string(),
            ));
        }
    };
    let told = |row: &&Bound| !row.action.help.is_empty() && !row.keys.is_empty();
    for row in model.keys.rows.iter().filter(told) {
        let keys: Vec<_> = row.keys.iter().map(|key| key.name()).collect();
        add(keys.join(" "), row.action.help);
    }
    add(String::new(), "");
    for (typed, finds) in QUERIES {
        add(typed.into(), finds);
    }
    let report = &model.report;
    add(String::new(), "");
    add("this report".into(), &model.name);
    if let Some(symbol) = report.symbol() {
        add("symbol".into(), symbol);
    }
    add("units".into(), &report.len().to_string());
    add(
        "● marks".into(),
        &format!(
            "a recommendation; there are {}",
            report.all_recommendations()
        ),
    );
    add(
        "~ marks".into(),
        "a hit by pinyin, by sound, but for a slip, or as an abbreviation",
    );
    if report.pages() > 1 {
        add("pages".into(), &report.pages().to_string());
    }
    add("cited".into(), &format!("in {}", report.language().name()));
    for mistake in &model.mistakes {
        add("settings".into(), mistake);
    }
    for note in &model.notes {
        add("note".into(), &format!("line {}: {}", note.line, note.text));
    }
    lines
}

pub(super) fn draw(model: &Model, top: usize, area: Rect, canvas: &mut Canvas) {
    let theme = canvas.theme;
    if area.is_empty() {
        return;
    }
    let lines = model.help.lines(model);
    let right = right(area.width);
    let end = area.right();
    let body = area.height.saturating_sub(3).max(1);
    let below = lines.len().saturating_sub(top + usize::from(body));
    if area.height > 3 {
        canvas.put(area.x + 1, area.y, end, "Keys", theme.heading());
        let key = |message| model.keys.told(Context::Help, &message);
        let closes = format!("{} closes", key(Message::Back));
        let more = match below {
            0 => closes,
            _ => format!("{} {below} more · {closes}", key(Message::Down)),
        };
        canvas.put(area.x + 1, area.bottom() - 1, end, &more, theme.faint());
    }
    let first = if area.height > 3 { area.y + 2 } else { area.y };
    let last = if area.height > 3 {
        area.bottom() - 1
    } else {
        area.bottom()
    };
    for (y, (left, says)) in (first..last).zip(lines.iter().skip(top)) {
        canvas.put(area.x + 1, y, area.x + right as u16, left, theme.label());
        canvas.put(area.x + 1 + right as u16, y, end, says, Style::new());
    }
}
