//! What the reader wishes of the explorer, from command line, settings and surroundings.

use std::sync::Arc;

use super::keys::{Key, Keys};
use super::message::Message;
use super::model::Model;
use super::theme::Palette;
use crate::facet::{self, Vocabularies};
use crate::outside::{CopyTo, Ground, Surroundings};
use crate::settings::{AmbiguousWidth, Copying, Hyperlinks, Mistake, Settings, Theme, nearest};
use crate::shelf::Shelf;

/// What the reader wishes.
#[derive(Debug)]
pub struct Wishes {
    /// The colours; none for such as suit the ground.
    fixed: Option<Palette>,
    settings: Settings,
    keys: Arc<Keys>,
    mistakes: Vec<Mistake>,
    /// The words that facets are read by.
    pub(super) words: Arc<Vocabularies>,
    /// What is wrong with those that the reader added.
    wrong_words: Vec<String>,
    /// What the terminal is known to be able to do.
    pub(super) surroundings: Surroundings,
    /// Where copied text goes.
    pub(super) copy: CopyTo,
    /// True to make links of what can be followed.
    pub(super) hyperlinks: bool,
    /// Where what outlives a run is kept; nowhere where nothing is to be.
    pub(super) shelf: Shelf,
    /// Where copies are written that no terminal takes.
    pub(super) copies: Shelf,
}

impl Wishes {
    /// Puts together what the settings say, the mistakes in them, and the colours that the command
    /// line asks for, if it does; [`Palette::None`] where there is to be no colour.
    pub fn new(
        settings: Settings,
        mut mistakes: Vec<Mistake>,
        asked: Option<Palette>,
        surroundings: Surroundings,
        shelf: Shelf,
    ) -> Self {
        let (keys, wrong) = keys(&settings);
        mistakes.extend(wrong);
        mistakes.sort_by_key(|mistake| mistake.line);
        let fixed = asked.or(match settings.theme {
            Theme::Auto => None,
            Theme::Dark => Some(Palette::Dark),
            Theme::Light => Some(Palette::Light),
            Theme::Sixteen => Some(Palette::Sixteen),
            Theme::None => Some(Palette::None),
        });
        let copy = match settings.copy {
            Copying::Auto => CopyTo::Auto,
            Copying::Terminal => CopyTo::Terminal,
            Copying::File => CopyTo::File,
        };
        let hyperlinks = match settings.hyperlinks {
            Hyperlinks::Auto => surroundings.hyperlinks(),
            Hyperlinks::Always => true,
            Hyperlinks::Never => false,
        };
        Self {
            fixed,
            keys: Arc::new(keys),
            mistakes,
            words: Vocabularies::built_in(),
            wrong_words: Vec::new(),
            surroundings,
            copy,
            hyperlinks,
            shelf: match settings.remember {
                true => shelf.clone(),
                false => Shelf::open(None),
            },
            copies: shelf,
            settings,
        }
    }

    /// With these words for facets, and what is wrong with those that the reader added.
    pub fn with_words(mut self, words: Arc<Vocabularies>, wrong: &[facet::Mistake]) -> Self {
        self.words = words;
        self.wrong_words = wrong.iter().map(ToString::to_string).collect();
        self
    }

    /// The colours to begin with.
    pub(super) fn palette(&self) -> Palette {
        if let Some(palette) = self.fixed {
            return palette;
        }
        match self.surroundings.ground() {
            Some(ground) if self.surroundings.true_colour() => {
                Palette::of_ground(ground == Ground::Dark)
            }
            // Readable on any ground, until it is known.
            _ => Palette::Sixteen,
        }
    }

    /// True where the ground is worth asking for.
    pub(super) fn asks_ground(&self) -> bool {
        let around = &self.surroundings;
        cfg!(unix)
            && self.fixed.is_none()
            && around.ground().is_none()
            && around.true_colour()
            && around.may_ask_ground()
    }

    /// True where the width of ambiguous characters is to be asked for.
    pub(super) fn asks_width(&self) -> bool {
        self.settings.ambiguous_width == AmbiguousWidth::Auto
    }

    /// Gives the model what it needs to know of them.
    pub(super) fn furnish(&self, model: &mut Model) {
        model.ruler.ambiguous_wide = self.settings.ambiguous_width == AmbiguousWidth::Wide;
        model.layout.measure = self.settings.measure;
        model.mouse = self.settings.mouse;
        model.keys = Arc::clone(&self.keys);
        let told = self.mistakes.iter().map(ToString::to_string);
        model.mistakes = told.chain(self.wrong_words.iter().cloned()).collect();
        if let Some(first) = model.mistakes.first() {
            let key = model.told(&Message::Help);
            model.notice = match model.mistakes.len() {
                1 => format!("a mistake in the settings: {first}"),
                more => format!("{more} mistakes in the settings: {key} lists them"),
            };
        }
    }
}

/// The keys as the settings want them, and what is wrong with what they want.
pub fn keys(settings: &Settings) -> (Keys, Vec<Mistake>) {
    let mut keys = Keys::default();
    let mut mistakes = Vec::new();
    // Which action was given a key, and in which line.
    let mut given: Vec<(Key, &str, usize)> = Vec::new();
    for wish in &settings.keys {
        let mut wrong = |what: String, way_out: String| {
            mistakes.push(Mistake {
                line: wish.line,
                what,
                way_out,
            });
        };
        let mut wanted = Vec::new();
        for name in &wish.keys {
            match Key::named(name) {
                Some(key) if key.is_another() => wrong(
                    format!("terminals send {name} as another key"),
                    "take another, say ctrl-g".into(),
                ),
                Some(key) => {
                    let before = given.iter().find(|(other, action, _)| {
                        *other == key && Keys::meet(action, &wish.action)
                    });
                    if let Some((_, action, line)) = before {
                        wrong(
                            format!("{name} is given to {action} in line {line} too"),
                            "give it to one of them".into(),
                        );
                        continue;
                    }
                    given.push((key, &wish.action, wish.line));
                    wanted.push(key);
                }
                None => wrong(
                    format!("no key is called {name}"),
                    "write a character, enter, space, f5, ctrl-d or alt-b".into(),
                ),
            }
        }
        if wanted.is_empty() && !wish.keys.is_empty() {
            continue;
        }
        if let Err(what) = keys.bind(&wish.action, &wanted) {
            let names = keys.rows.iter().map(|row| row.action.name);
            // Of an action that there is, it is the keys that are wrong.
            let known = names.clone().any(|name| name == wish.action);
            let near = nearest(&wish.action, names).filter(|_| !known);
            let way_out = match near {
                Some(name) => format!("did you mean {name}?"),
                None if known => "take that out, or add ctrl-c".into(),
                None => "rapporteur config --default lists them".into(),
            };
            wrong(what, way_out);
        }
    }
    (keys, mistakes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::read;

    #[test]
    fn the_default_keys_can_be_asked_for_by_name() {
        let text = crate::settings::default_text(&crate::tui::keys::defaults());
        let plain: Vec<_> = text
            .lines()
            .map(|line| {
                line.strip_prefix('#')
                    .filter(|rest| !rest.starts_with(' '))
                    .unwrap_or(line)
            })
            .collect();
        let (settings, mistakes) = read(&plain.join("\n"));
        assert!(
            mistakes.is_empty() && settings.keys.len() > 50,
            "{mistakes:?}"
        );
        let (keys, mistakes) = keys(&settings);
        assert!(mistakes.is_empty(), "{mistakes:?}");
        for (row, default) in keys.rows.iter().zip(Keys::default().rows) {
            assert_eq!(row.keys, default.keys, "{}", row.action.name);
        }
    }

    #[test]
    fn keys_in_the_settings_are_used_and_every_mistake_is_told() {
        let (settings, mistakes) = read(
            "[keys]\nfind = [\"ctrl-f\", \"/\"]\ndwon = \"j\"\nup = \"contrl-k\"\nquit = \"ctrl-c\"\nzoom = []\nlast = \"/\"\nhelp = [\"?\", \"ctrl-i\"]\n",
        );
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let (keys, mistakes) = keys(&settings);
        let told: Vec<_> = mistakes
            .iter()
            .map(|mistake| format!("{}: {} ({})", mistake.line, mistake.what, mistake.way_out))
            .collect();
        assert_eq!(told.len(), 5, "{told:?}");
        assert!(told[4].contains("8: terminals send ctrl-i as another key"));
        assert!(told[0].contains("3: no action is called dwon (did you mean down?)"));
        assert!(told[1].contains("4: no key is called contrl-k"));
        assert!(told[2].contains("5: ^c always leaves"));
        assert!(told[3].contains("7: / is given to find in line 2 too (give it to one of them)"));
        let row = |name: &str| keys.rows.iter().find(|row| row.action.name == name);
        assert_eq!(row("find").unwrap().keys.len(), 2);
        assert_eq!(row("up").unwrap().keys.len(), 2);
        assert!(row("zoom").unwrap().keys.is_empty());
    }
}
