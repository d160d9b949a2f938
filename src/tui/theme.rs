//! The styles, by what they mean. Colour never carries a meaning alone: beside each there is a
//! sign, a weight or a reversal, so that nothing is lost without it.

use ratatui::style::{Color, Modifier, Style};

/// The styles of a screen with or without colour, on whatever ground the terminal has.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    color: bool,
}

impl Theme {
    /// The styles, in colour or without.
    pub fn new(color: bool) -> Self {
        Self { color }
    }

    fn accent(self) -> Style {
        // Magenta is the one of the eight that is readable on dark and on light grounds alike.
        if self.color {
            Style::new().fg(Color::Magenta)
        } else {
            Style::new()
        }
    }

    /// Running text.
    pub fn text(self) -> Style {
        Style::new()
    }

    /// What matters less: ancestors, separators, hints.
    pub fn faint(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The name of the program and other things that stand out.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Headings.
    pub fn heading(self) -> Style {
        self.accent().add_modifier(Modifier::BOLD)
    }

    /// Labels, keys, the sign of a recommendation, the mark of the unit one is at.
    pub fn label(self) -> Style {
        self.accent()
    }

    /// The row one is at, in the pane that has the keys or in the other.
    pub fn selected(self, focused: bool) -> Style {
        let plain = Style::new()
            .fg(Color::Reset)
            .bg(Color::Reset)
            .remove_modifier(Modifier::BOLD | Modifier::DIM);
        let weight = if focused {
            Modifier::BOLD
        } else {
            Modifier::DIM
        };
        plain.add_modifier(Modifier::REVERSED | weight)
    }

    /// What a search found.
    pub fn found(self) -> Style {
        if self.color {
            Style::new()
                .fg(Color::Black)
                .bg(Color::Yellow)
                .remove_modifier(Modifier::REVERSED | Modifier::DIM)
        } else {
            Style::new().add_modifier(Modifier::REVERSED)
        }
    }

    /// What a search found, in the row one is at.
    pub fn found_selected(self) -> Style {
        if self.color {
            self.found()
        } else {
            self.link().remove_modifier(Modifier::REVERSED)
        }
    }

    /// The one of these that one is at.
    pub fn found_here(self) -> Style {
        self.found()
            .add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Words that have a link.
    pub fn link(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }
}
