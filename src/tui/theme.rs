//! The styles, by what they mean. Colour never carries a meaning alone: beside each there is a
//! sign, a weight, a line or a reversal, so that nothing is lost without it.
//!
//! The ground is always the terminal's own. Inks are chosen to be read on any ground that is
//! called dark, or any that is called light: see the test of their contrast.

use ratatui::style::{Color, Modifier, Style};

/// The colours to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// None: weight, lines and reversal alone.
    None,
    /// The terminal's own sixteen, which whoever set it up can read.
    Sixteen,
    /// Colours of our own, for dark grounds.
    Dark,
    /// Colours of our own, for light grounds.
    Light,
}

impl Palette {
    /// The palettes in the order in which a key goes round them.
    const ALL: [Self; 4] = [Self::Sixteen, Self::Dark, Self::Light, Self::None];

    /// The one after this.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|palette| *palette == self);
        Self::ALL[at.map_or(0, |at| at + 1) % Self::ALL.len()]
    }

    /// Our own colours for a dark ground, or for a light one.
    pub fn of_ground(dark: bool) -> Self {
        if dark { Self::Dark } else { Self::Light }
    }

    /// What settings and messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Sixteen => "sixteen",
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }
}

/// The colours of a palette of our own.
struct Inks {
    /// Headings.
    heading: Color,
    /// Labels, keys, signs.
    label: Color,
    /// What matters less.
    faint: Color,
    /// What can be followed.
    link: Color,
    /// The row one is at: ink and ground, where the keys are and elsewhere.
    selected: (Color, Color),
    resting: (Color, Color),
    /// What was found: ink and ground.
    found: (Color, Color),
    found_here: (Color, Color),
}

const fn rgb(hex: u32) -> Color {
    Color::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const DARK: Inks = Inks {
    heading: rgb(0x7cc4f5),
    label: rgb(0xe9b872),
    faint: rgb(0xa9b1bf),
    link: rgb(0x7fd6c8),
    selected: (rgb(0xffffff), rgb(0x1f4f7a)),
    resting: (rgb(0xe8ecf1), rgb(0x3a424e)),
    found: (rgb(0x1b1b1b), rgb(0xf2d16b)),
    found_here: (rgb(0x1b1b1b), rgb(0xff9f57)),
};

const LIGHT: Inks = Inks {
    heading: rgb(0x00548f),
    label: rgb(0x8a4300),
    faint: rgb(0x565d68),
    link: rgb(0x00625f),
    selected: (rgb(0x0b2338), rgb(0xb9dbf7)),
    resting: (rgb(0x1f2933), rgb(0xdfe4ea)),
    found: (rgb(0x1b1b1b), rgb(0xffdf80)),
    found_here: (rgb(0x1b1b1b), rgb(0xffae5c)),
};

/// The styles of a screen, on whatever ground the terminal has.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    palette: Palette,
}

impl Theme {
    /// The styles of a palette.
    pub fn new(palette: Palette) -> Self {
        Self { palette }
    }

    fn inks(self) -> Option<&'static Inks> {
        match self.palette {
            Palette::Dark => Some(&DARK),
            Palette::Light => Some(&LIGHT),
            Palette::None | Palette::Sixteen => None,
        }
    }

    /// An ink of our own, or the one of the sixteen that is readable on dark and on light grounds.
    fn ink(self, of: impl Fn(&Inks) -> Color, sixteen: Option<Color>) -> Style {
        let color = match self.inks() {
            Some(inks) => Some(of(inks)),
            None => sixteen.filter(|_| self.palette == Palette::Sixteen),
        };
        color.map_or(Style::new(), |color| Style::new().fg(color))
    }

    /// Running text.
    pub fn text(self) -> Style {
        Style::new()
    }

    /// What matters less: ancestors, separators, hints.
    pub fn faint(self) -> Style {
        match self.inks() {
            Some(inks) => Style::new().fg(inks.faint),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// The name of the program and other things that stand out.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Headings.
    pub fn heading(self) -> Style {
        self.ink(|inks| inks.heading, Some(Color::Magenta))
            .add_modifier(Modifier::BOLD)
    }

    /// Labels, keys, the sign of a recommendation, the mark of the unit one is at.
    pub fn label(self) -> Style {
        self.ink(|inks| inks.label, Some(Color::Magenta))
    }

    /// The row one is at, in the pane that has the keys or in the other.
    pub fn selected(self, focused: bool) -> Style {
        let plain = Style::new().remove_modifier(Modifier::BOLD | Modifier::DIM);
        if let Some(inks) = self.inks() {
            let (ink, ground) = if focused { inks.selected } else { inks.resting };
            let style = plain.fg(ink).bg(ground);
            return if focused {
                style.add_modifier(Modifier::BOLD)
            } else {
                style
            };
        }
        let weight = if focused {
            Modifier::BOLD
        } else {
            Modifier::DIM
        };
        plain
            .fg(Color::Reset)
            .bg(Color::Reset)
            .add_modifier(Modifier::REVERSED | weight)
    }

    /// What a search found.
    pub fn found(self) -> Style {
        let plain = Style::new().remove_modifier(Modifier::REVERSED | Modifier::DIM);
        match (self.inks(), self.palette) {
            (Some(inks), _) => plain.fg(inks.found.0).bg(inks.found.1),
            (None, Palette::None) => Style::new().add_modifier(Modifier::REVERSED),
            (None, _) => plain.fg(Color::Black).bg(Color::Yellow),
        }
    }

    /// What a search found, in the row one is at.
    pub fn found_selected(self) -> Style {
        match self.palette {
            Palette::None => Style::new()
                .add_modifier(Modifier::UNDERLINED)
                .remove_modifier(Modifier::REVERSED),
            _ => self.found(),
        }
    }

    /// The one of these that one is at.
    pub fn found_here(self) -> Style {
        let found = match self.inks() {
            Some(inks) => Style::new().fg(inks.found_here.0).bg(inks.found_here.1),
            None => self.found(),
        };
        found.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Words that can be followed.
    pub fn link(self) -> Style {
        self.ink(|inks| inks.link, None)
            .add_modifier(Modifier::UNDERLINED)
    }

    /// A run of text being chosen.
    pub fn chosen(self) -> Style {
        match self.inks() {
            Some(_) => self.selected(true),
            None => Style::new()
                .remove_modifier(Modifier::DIM)
                .add_modifier(Modifier::REVERSED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, 0 to 1 (Web Content Accessibility Guidelines 2.2).
    fn luminance(color: Color) -> f64 {
        let Color::Rgb(red, green, blue) = color else {
            panic!("{color} is no colour of our own");
        };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        (one / other).max(other / one)
    }

    #[test]
    fn every_ink_is_readable_on_the_grounds_people_have() {
        // Grounds of terminals and of their best known colour schemes.
        let dark = [
            0x000000, 0x1e1e1e, 0x0c0c0c, 0x002b36, 0x282a36, 0x2e3440, 0x300a24,
        ];
        let light = [0xffffff, 0xfdf6e3, 0xfafafa, 0xfbf1c7, 0xeff1f5];
        for (inks, grounds) in [(&DARK, &dark[..]), (&LIGHT, &light[..])] {
            for &ground in grounds {
                for ink in [inks.heading, inks.label, inks.faint, inks.link] {
                    let ratio = contrast(ink, rgb(ground));
                    assert!(ratio >= 4.5, "{ink} on #{ground:06x}: {ratio:.1}");
                }
            }
            for (ink, ground) in [inks.selected, inks.resting, inks.found, inks.found_here] {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{ink} on {ground}: {ratio:.1}");
            }
        }
    }

    #[test]
    fn without_colour_there_is_none_and_every_meaning_still_has_a_look() {
        let theme = Theme::new(Palette::None);
        let looks = [
            theme.faint(),
            theme.strong(),
            theme.selected(true),
            theme.selected(false),
            theme.found(),
            theme.found_here(),
            theme.link(),
            theme.chosen(),
        ];
        for look in looks {
            let colors = [look.fg, look.bg];
            assert!(colors.iter().flatten().all(|color| *color == Color::Reset));
            assert!(!look.add_modifier.is_empty());
        }
    }

    #[test]
    fn a_key_goes_round_all_palettes() {
        let mut palette = Palette::Dark;
        for _ in Palette::ALL {
            palette = palette.next();
        }
        assert_eq!(palette, Palette::Dark);
    }
}
