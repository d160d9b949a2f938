//! Where everything stands on a screen of a given size; the same for drawing and for paging.

use ratatui::layout::Rect;

use crate::settings::Settings;
use crate::shelf::SPLITS;

/// Which pane the keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The contents.
    Tree,
    /// The text.
    Text,
}

/// How the reader wants the screen shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The tree's share of the width, in per cent; none for what suits the width.
    pub split: Option<u16>,
    /// True to show one pane alone however wide the screen is.
    pub zoom: bool,
    /// The columns of the widest text, at least 1.
    pub measure: u16,
    /// True to leave a margin for the numbers of pages.
    pub paged: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            split: None,
            zoom: false,
            measure: Settings::default().measure,
            paged: false,
        }
    }
}

/// The parts of the screen; what has no room has no area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panes {
    /// What is read, and how much of it there is.
    pub title: Rect,
    /// The rows of the tree.
    pub tree: Rect,
    /// The line between tree and text.
    pub rule: Rect,
    /// The units above the one shown.
    pub crumbs: Rect,
    /// The rows of the text, its gutter included.
    pub text: Rect,
    /// Where one is, or the prompt.
    pub status: Rect,
    /// The keys that work now.
    pub footer: Rect,
    /// The columns the text is set to, where it is shown or would be; at least 1.
    pub measure: u16,
    /// The columns left behind the text for the numbers of pages; 0 where there is no room.
    pub margin: u16,
    /// True where there is room for air: a line above a chapter, a rule below it.
    pub roomy: bool,
}

/// What part of a width this is, in per cent, as far as the tree may have it.
pub(super) fn share(cols: u16, width: u16) -> u16 {
    let width = u32::from(width).max(1);
    let share = (u32::from(cols) * 100 + width / 2) / width;
    (share.min(100) as u16).clamp(*SPLITS.start(), *SPLITS.end())
}

/// Beside the other, each pane keeps so many columns: less can be neither read nor seen.
const LEAST: u16 = 20;
/// Narrower than this, one pane has the screen to itself.
pub(super) const BOTH: u16 = 64;
/// The columns before the text, for the mark of the unit one is at.
pub const GUTTER: u16 = 2;
/// The columns that the number of a page takes behind the text.
const MARGIN: u16 = 6;

/// A text pane of so many columns can spare a margin.
const ROOMY: u16 = 66;

/// Shares out `area`; where it is too narrow for both panes, or one is wanted alone, `shown` has it.
pub fn panes(area: Rect, shown: Pane, layout: Layout) -> Panes {
    let widest = layout.measure.max(1);
    let both = area.width >= BOTH && !layout.zoom;
    let mut rest = area;
    let title = top(&mut rest, u16::from(area.height >= 8));
    // A line under the title, and one over the status, where there is room for air.
    let air = u16::from(area.height >= 16);
    top(&mut rest, air);
    let footer = bottom(&mut rest, u16::from(area.height >= 6));
    let status = bottom(&mut rest, u16::from(area.height >= 3));
    bottom(&mut rest, air);
    let (tree, rule, mut text) = if both {
        let tree = match layout.split {
            Some(share) => {
                let share = share.clamp(*SPLITS.start(), *SPLITS.end());
                let tree = (u32::from(area.width) * u32::from(share) + 50) / 100;
                (tree as u16).clamp(LEAST, area.width - LEAST)
            }
            // What the text cannot use for comfort, the tree may have.
            None => {
                let spare = area
                    .width
                    .saturating_sub(widest.saturating_add(GUTTER + MARGIN));
                (area.width / 5 * 2).clamp(28, spare.clamp(28, 100).max(56))
            }
        };
        let (tree, right) = split(rest, tree);
        let (rule, right) = split(right, 2);
        (tree, rule, right)
    } else {
        let none = Rect { width: 0, ..rest };
        match shown {
            Pane::Tree => (rest, none, none),
            Pane::Text => (none, none, rest),
        }
    };
    let lines = match area.height {
        0..4 => 0,
        4..16 => 1,
        _ => 2,
    };
    let crumbs = top(&mut text, lines);
    let across = if both { text.width } else { area.width };
    // Where text is short of room, numbers stand between the units.
    let kept = if layout.paged && across >= ROOMY {
        MARGIN
    } else {
        0
    };
    let measure = across.saturating_sub(GUTTER + 1 + kept).clamp(1, widest);
    let behind = text.width.saturating_sub(GUTTER + measure);
    let margin = if behind >= MARGIN { MARGIN } else { 0 };
    if !both {
        // Alone on a wide screen, the column of text stands in the middle.
        let aside = behind.saturating_sub(margin) / 2;
        text.x += aside;
        text.width -= aside;
    }
    let crumbs = Rect {
        x: text.x,
        width: text.width,
        ..crumbs
    };
    Panes {
        title,
        tree,
        rule,
        crumbs,
        text,
        status,
        footer,
        measure,
        margin,
        roomy: air > 0,
    }
}

fn top(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    let taken = Rect { height, ..*rest };
    rest.y += height;
    rest.height -= height;
    taken
}

fn bottom(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    rest.height -= height;
    Rect {
        y: rest.y + rest.height,
        height,
        ..*rest
    }
}

fn split(rest: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(rest.width);
    (
        Rect { width, ..rest },
        Rect {
            x: rest.x + width,
            width: rest.width - width,
            ..rest
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_on_the_screen_and_apart() {
        for width in (0..130).chain([200, 1000, u16::MAX]) {
            for height in (0..40).chain([60, 1000]) {
                let area = Rect::new(0, 0, width, height);
                for (shown, split, zoom, widest) in [
                    (Pane::Tree, None, false, 80),
                    (Pane::Text, None, false, 80),
                    (Pane::Tree, Some(10), false, 200),
                    (Pane::Text, Some(90), false, 20),
                    (Pane::Text, Some(50), true, 1),
                    (Pane::Tree, None, true, u16::MAX),
                ] {
                    let layout = Layout {
                        split,
                        zoom,
                        measure: widest,
                        paged: widest > 80,
                    };
                    let at = panes(area, shown, layout);
                    assert!(at.measure >= 1, "{width}x{height}");
                    let parts = [
                        at.title, at.tree, at.rule, at.crumbs, at.text, at.status, at.footer,
                    ];
                    let taken: u32 = parts.into_iter().map(Rect::area).sum();
                    assert!(
                        taken <= u32::from(width) * u32::from(height),
                        "{width}x{height}"
                    );
                    for part in parts.into_iter().filter(|part| !part.is_empty()) {
                        assert_eq!(part.intersection(area), part, "{width}x{height}");
                    }
                    if width > 0 && height > 0 {
                        assert!(
                            !(at.tree.is_empty() && at.text.is_empty()),
                            "{width}x{height}"
                        );
                    }
                }
            }
        }
    }
}
