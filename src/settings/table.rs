//! Every setting there is: name, choices, what it does. Reading and the default file share this.

use std::ops::RangeInclusive;

use super::Settings;

/// One setting.
pub(super) struct Setting {
    /// As written in the file.
    pub(super) name: &'static str,
    /// What it does, a line each.
    pub(super) help: &'static [&'static str],
    /// What it can be, and where that is put.
    pub(super) kind: Kind,
}

/// What a setting can be.
pub(super) enum Kind {
    /// One of these words; the functions put and take its place in the list.
    Choice(
        &'static [&'static str],
        fn(&mut Settings, usize),
        fn(&Settings) -> usize,
    ),
    /// A number of columns.
    Columns(
        RangeInclusive<u16>,
        fn(&mut Settings, u16),
        fn(&Settings) -> u16,
    ),
    /// Yes or no.
    Switch(fn(&mut Settings, bool), fn(&Settings) -> bool),
}

/// A setting that is one of a few words, each written in lower case.
macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $($(#[$help:meta])* $choice:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub enum $name {
            $($(#[$help])* $choice,)*
        }

        impl $name {
            const WORDS: &[&str] = &[$($word),*];
            const ALL: &[Self] = &[$(Self::$choice),*];
        }
    };
}

choices! {
    /// Which colours the explorer has.
    Theme {
        /// Those that suit the background, as far as the terminal tells.
        #[default]
        Auto = "auto",
        /// For a dark background.
        Dark = "dark",
        /// For a light background.
        Light = "light",
        /// The terminal's own sixteen.
        Sixteen = "sixteen",
        /// None: bold, underlined and reversed only.
        None = "none",
    }
}

choices! {
    /// How wide the terminal draws characters that are wide in East Asian fonts only: “ ” … — ①.
    AmbiguousWidth {
        /// As the terminal says when asked.
        #[default]
        Auto = "auto",
        /// One column.
        Narrow = "narrow",
        /// Two columns.
        Wide = "wide",
    }
}

choices! {
    /// Where what is copied goes.
    Copying {
        /// To the terminal's clipboard, and to a file where it has none.
        #[default]
        Auto = "auto",
        /// To the terminal's clipboard always.
        Terminal = "terminal",
        /// To a file always.
        File = "file",
    }
}

choices! {
    /// Whether links are written so that the terminal can open them.
    Hyperlinks {
        /// Where the terminal is known to understand them.
        #[default]
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

/// All settings, in the order of the file.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "theme",
        help: &[
            "The colours: \"dark\" and \"light\" suit such backgrounds, \"sixteen\" are the terminal's own,",
            "\"none\" has no colour at all, and \"auto\" takes what fits this terminal.",
        ],
        kind: Kind::Choice(
            Theme::WORDS,
            |to, at| to.theme = Theme::ALL[at],
            |of| of.theme as usize,
        ),
    },
    Setting {
        name: "ambiguous-width",
        help: &[
            "How wide the terminal draws “ ” … — ① and the like: \"narrow\" is one column, \"wide\" two,",
            "\"auto\" asks the terminal.",
        ],
        kind: Kind::Choice(
            AmbiguousWidth::WORDS,
            |to, at| to.ambiguous_width = AmbiguousWidth::ALL[at],
            |of| of.ambiguous_width as usize,
        ),
    },
    Setting {
        name: "measure",
        help: &[
            "The widest a line of text gets, in columns: 20 to 200. A Chinese character takes two.",
        ],
        kind: Kind::Columns(20..=200, |to, cols| to.measure = cols, |of| of.measure),
    },
    Setting {
        name: "mouse",
        help: &[
            "Whether the explorer takes the mouse. Without, the terminal selects text with it.",
        ],
        kind: Kind::Switch(|to, on| to.mouse = on, |of| of.mouse),
    },
    Setting {
        name: "copy",
        help: &[
            "Where copies go: \"terminal\" is its clipboard, \"file\" is copied.txt in the data folder,",
            "\"auto\" is the clipboard, and the file where the terminal has none.",
        ],
        kind: Kind::Choice(
            Copying::WORDS,
            |to, at| to.copy = Copying::ALL[at],
            |of| of.copy as usize,
        ),
    },
    Setting {
        name: "hyperlinks",
        help: &[
            "Whether links can be clicked: \"always\", \"never\", or \"auto\" where the terminal knows them.",
        ],
        kind: Kind::Choice(
            Hyperlinks::WORDS,
            |to, at| to.hyperlinks = Hyperlinks::ALL[at],
            |of| of.hyperlinks as usize,
        ),
    },
    Setting {
        name: "remember",
        help: &[
            "Whether the last place, folds, bookmarks and what was typed are kept for the next time.",
        ],
        kind: Kind::Switch(|to, on| to.remember = on, |of| of.remember),
    },
];

/// The name of the table that keys stand in.
pub(super) const KEYS: &str = "keys";

/// The names of all settings, without the table of keys. What is written below `[keys]` by mistake
/// can be told by them.
pub fn names() -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().map(|setting| setting.name)
}

/// An action that keys can be set for, as it is where nothing is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDefault {
    /// The name of the action.
    pub action: String,
    /// Its keys, as settings spell them.
    pub keys: Vec<String>,
    /// What it does.
    pub does: String,
}

/// The whole file with every setting at its default, commented out, and every action of `keys`
/// likewise under `[keys]`.
pub fn default_text(keys: &[KeyDefault]) -> String {
    let mut text = String::from(HEAD);
    let defaults = Settings::default();
    for Setting { name, help, kind } in SETTINGS {
        let value = match kind {
            Kind::Choice(words, _, of) => format!("\"{}\"", words[of(&defaults)]),
            Kind::Columns(_, _, of) => of(&defaults).to_string(),
            Kind::Switch(_, of) => of(&defaults).to_string(),
        };
        entry(
            &mut text,
            help.iter().copied(),
            &format!("{name} = {value}"),
        );
    }
    text.push_str(KEYS_HEAD);
    for KeyDefault { action, keys, does } in keys {
        let mut table = toml::Table::new();
        let value = match keys.as_slice() {
            [only] => only.as_str().into(),
            several => several.to_vec().into(),
        };
        table.insert(action.clone(), value);
        entry(&mut text, does.lines(), table.to_string().trim_end());
    }
    text
}

const HEAD: &str = "\
# Settings of rapporteur. Take the # away before a setting to change it; every one has its default
# here. rapporteur config says where this file belongs and what is wrong in it.
";

const KEYS_HEAD: &str = "
[keys]
# What each key does. One key is \"x\", several are [\"x\", \"ctrl-x\"], none is []. An action that is
# set here has these keys and no others.
";

fn entry<'a>(to: &mut String, help: impl Iterator<Item = &'a str>, line: &str) {
    to.push('\n');
    for help in help {
        to.push_str(&format!("# {help}\n"));
    }
    to.push_str(&format!("#{line}\n"));
}
