//! Where everything stands on a screen of a given size; the same for drawing and for paging.

use ratatui::layout::Rect;

/// Which pane the keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The contents.
    Tree,
    /// The text.
    Text,
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
    /// The columns the text is set to, where it is shown or would be; 1 to 80.
    pub measure: u16,
}

/// Narrower than this, one pane has the screen to itself.
const BOTH: u16 = 64;
/// The columns before the text, for the mark of the unit one is at.
pub const GUTTER: u16 = 2;
/// The widest text that is comfortable to read, in columns: 40 Chinese characters.
const MEASURE: u16 = 80;

/// Shares out `area`; where it is too narrow for both panes, `shown` has it.
pub fn panes(area: Rect, shown: Pane) -> Panes {
    let mut rest = area;
    let title = top(&mut rest, u16::from(area.height >= 8));
    // A line under the title, and one over the status, where there is room for air.
    let air = u16::from(area.height >= 16);
    top(&mut rest, air);
    let footer = bottom(&mut rest, u16::from(area.height >= 6));
    let status = bottom(&mut rest, u16::from(area.height >= 3));
    bottom(&mut rest, air);
    let (tree, rule, mut text) = if area.width >= BOTH {
        // What the text cannot use for comfort, the tree may have.
        let spare = area.width.saturating_sub(MEASURE + GUTTER + 4);
        let tree = (area.width / 5 * 2).clamp(28, spare.clamp(28, 100).max(56));
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
    let across = if area.width >= BOTH {
        text.width
    } else {
        area.width
    };
    let measure = across.saturating_sub(GUTTER + 1).clamp(1, MEASURE);
    Panes {
        title,
        tree,
        rule,
        crumbs,
        text,
        status,
        footer,
        measure,
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
                for shown in [Pane::Tree, Pane::Text] {
                    let at = panes(area, shown);
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
