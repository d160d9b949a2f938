//! What the environment says of the terminal around us, read once, and what follows from it.
//!
//! Nothing is asked of the terminal here and nothing is sent: these are the answers that are known
//! before the first byte is written. A terminal that is not known gets the answer that harms
//! nobody. Facts of single terminals stand in one table, [`Terminal::facts`].

use std::ffi::OsString;

/// What the environment says, of which the terminal is made out once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    multiplexer: Multiplexer,
    terminal: Terminal,
    /// `TERM` in lower case.
    term: String,
    /// `COLORTERM` says that there are 24-bit colours.
    promised_colour: bool,
    /// The version in `TERM_PROGRAM_VERSION` where `TERM_PROGRAM` is tmux: 304 for 3.4.
    tmux: u32,
    ground: Option<Ground>,
    /// `NO_COLOR` is set.
    no_colour: bool,
}

/// What stands between us and the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    /// Nothing that is known.
    None,
    /// tmux, which understands most sequences itself and hands on what is wrapped for it.
    Tmux,
    /// GNU Screen, which hands on what is wrapped, in short pieces.
    Screen,
}

/// Whether text that is sent for the clipboard will get there; no terminal ever says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clipboard {
    /// The terminal takes it, or is not known.
    Likely,
    /// The terminal is known to ignore it, at least as it comes.
    Unlikely,
}

/// How bright the ground is that text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light text on dark.
    Dark,
    /// Dark text on light.
    Light,
}

/// The terminals that can be told by their environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terminal {
    Alacritty,
    Apple,
    /// The consoles of kernels, real terminals and what calls itself dumb.
    Bare,
    Contour,
    DomTerm,
    Foot,
    Ghostty,
    Hyper,
    ITerm,
    Kitty,
    Konsole,
    Mintty,
    Rio,
    Rxvt,
    /// The simple terminal of suckless.
    St,
    Unknown,
    VsCode,
    /// The widget of GNOME Terminal, Tilix, Terminator, Xfce's and others, with its `VTE_VERSION`.
    Vte(u32),
    WezTerm,
    Windows,
    Xterm,
    Zed,
}

/// What a terminal does as it comes, without settings of the user's.
struct Facts {
    hyperlinks: bool,
    clipboard: Clipboard,
    true_colour: bool,
}

impl Terminal {
    /// The table of single terminals. Sources: the list of terminals with hyperlinks kept by those
    /// who wrote down OSC 8, the list kept with vim-oscyank for OSC 52, and the terminals' manuals.
    fn facts(self) -> Facts {
        use Clipboard::{Likely, Unlikely};
        let (hyperlinks, clipboard, true_colour) = match self {
            Self::Alacritty | Self::Contour | Self::Foot | Self::Ghostty | Self::ITerm => {
                (true, Likely, true)
            }
            Self::Kitty | Self::Rio | Self::VsCode | Self::WezTerm | Self::Windows | Self::Zed => {
                (true, Likely, true)
            }
            Self::DomTerm | Self::Hyper => (true, Unlikely, true),
            // Its clipboard is opened to programs by a setting only; so is xterm's.
            Self::Mintty => (true, Unlikely, true),
            Self::Konsole => (true, Unlikely, true),
            // No version takes OSC 52: it is refused on principle (GNOME/vte issue 2495). Links
            // are in 0.50, where 0.50.0 to 0.50.3 and 0.52.0 and 0.52.1 can crash on them.
            // Colours of 24 bits are in 0.36.
            Self::Vte(version) => {
                let crashes = matches!(version, 0..5004 | 5200..5202);
                (!crashes, Unlikely, version >= 3600)
            }
            Self::St => (false, Likely, true),
            // Colours of 24 bits came with macOS 26, which says so in COLORTERM. On links the
            // sources do not agree.
            Self::Apple => (false, Unlikely, false),
            Self::Xterm | Self::Rxvt | Self::Bare => (false, Unlikely, false),
            Self::Unknown => (false, Likely, false),
        };
        Facts {
            hyperlinks,
            clipboard,
            true_colour,
        }
    }
}

impl Surroundings {
    /// Reads the environment of this process.
    pub fn here() -> Self {
        Self::of(|name| std::env::var_os(name))
    }

    /// Reads an environment: `value` gives a variable's value, if it is set.
    ///
    /// ```
    /// use rapporteur::outside::{Clipboard, Surroundings};
    /// let table = [("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")];
    /// let kitty = Surroundings::of(|name| {
    ///     let (_, value) = table.iter().find(|(set, _)| *set == name)?;
    ///     Some((*value).into())
    /// });
    /// assert!(kitty.hyperlinks() && kitty.true_colour());
    /// assert_eq!(kitty.clipboard(), Clipboard::Likely);
    /// ```
    pub fn of(value: impl Fn(&str) -> Option<OsString>) -> Self {
        let value = |name: &str| {
            let value = value(name)?.to_string_lossy().into_owned();
            (!value.is_empty()).then_some(value)
        };
        let term = value("TERM").unwrap_or_default().to_ascii_lowercase();
        let program = value("TERM_PROGRAM").unwrap_or_default();
        let multiplexer = if value("TMUX").is_some() || program == "tmux" || is(&term, "tmux") {
            Multiplexer::Tmux
        } else if value("STY").is_some() || is(&term, "screen") {
            Multiplexer::Screen
        } else {
            Multiplexer::None
        };
        let version = value("TERM_PROGRAM_VERSION").filter(|_| program == "tmux");
        let colours = value("COLORTERM").unwrap_or_default().to_ascii_lowercase();
        Self {
            terminal: terminal(&term, &program, &value),
            tmux: version.map_or(0, |version| hundreds(&version)),
            promised_colour: matches!(colours.as_str(), "truecolor" | "24bit"),
            ground: value("COLORFGBG").and_then(|pair| ground(&pair)),
            no_colour: value("NO_COLOR").is_some(),
            multiplexer,
            term,
        }
    }

    /// What stands between us and the terminal.
    ///
    /// Inside tmux `TERM_PROGRAM` names tmux, not the terminal; other variables are those of the
    /// terminal in which its server was started, which need not be the one that is looked at now.
    /// So what follows from these is a guess there, and where tmux itself answers, as for links,
    /// its version decides.
    pub fn multiplexer(&self) -> Multiplexer {
        self.multiplexer
    }

    /// Whether text sent for the clipboard (OSC 52) will get there.
    pub fn clipboard(&self) -> Clipboard {
        self.terminal.facts().clipboard
    }

    /// True where links (OSC 8) are known to be understood; elsewhere an old terminal might print
    /// the address.
    pub fn hyperlinks(&self) -> bool {
        match self.multiplexer {
            Multiplexer::None => self.terminal.facts().hyperlinks,
            // tmux keeps them from 3.4 on and gives them only to terminals that it knows to
            // understand them.
            Multiplexer::Tmux => self.tmux >= 304,
            Multiplexer::Screen => false,
        }
    }

    /// True where colours of 24 bits are shown as they are, or nearly.
    pub fn true_colour(&self) -> bool {
        if self.terminal == Terminal::Bare {
            // Who starts a console from a terminal hands COLORTERM on.
            return false;
        }
        match self.multiplexer {
            Multiplexer::None => {
                self.promised_colour
                    || self.term.ends_with("-direct")
                    || self.terminal.facts().true_colour
            }
            // tmux turns them into nearest ones for a terminal that lacks them.
            Multiplexer::Tmux => self.promised_colour || self.term.ends_with("-direct"),
            // Screen before 5.0 takes them for other attributes, and 5.0 does when not set to.
            Multiplexer::Screen => false,
        }
    }

    /// True for a terminal that says it can only write lines.
    pub fn is_dumb(&self) -> bool {
        self.term == "dumb"
    }

    /// True where colour is not wanted (`NO_COLOR`) or not possible.
    pub fn refuses_colour(&self) -> bool {
        self.no_colour || self.is_dumb()
    }

    /// How bright the ground is, where `COLORFGBG` says it.
    pub fn ground(&self) -> Option<Ground> {
        self.ground
    }

    /// True where the terminal can be asked for its colours (OSC 11) without harm. Many do not
    /// answer; that is for who asks to bear.
    ///
    /// Not on a kernel's console, which prints the question; not where `TERM` says that the
    /// terminal is dumb, a real one, or nothing at all; and not inside GNU Screen, which answers
    /// late, after questions that were put later, so that the answer ends up among the keys.
    pub fn may_ask_ground(&self) -> bool {
        self.multiplexer != Multiplexer::Screen && self.terminal != Terminal::Bare
    }
}

/// Which terminal it is: what one terminal alone sets is believed before `TERM_PROGRAM`, and that
/// before what is handed on to terminals started from others, like `VTE_VERSION`.
fn terminal(term: &str, program: &str, value: &impl Fn(&str) -> Option<String>) -> Terminal {
    let set = |name: &str| value(name).is_some();
    let by_term = [
        ("xterm-kitty", Terminal::Kitty),
        ("xterm-ghostty", Terminal::Ghostty),
        ("alacritty", Terminal::Alacritty),
        ("foot", Terminal::Foot),
        ("wezterm", Terminal::WezTerm),
        ("contour", Terminal::Contour),
        ("rio", Terminal::Rio),
        ("mintty", Terminal::Mintty),
        ("st", Terminal::St),
        ("rxvt", Terminal::Rxvt),
        ("linux", Terminal::Bare),
        ("dumb", Terminal::Bare),
        ("unknown", Terminal::Bare),
        ("emacs", Terminal::Bare),
        ("eterm", Terminal::Bare),
        ("cons25", Terminal::Bare),
        ("wsvt25", Terminal::Bare),
        ("sun", Terminal::Bare),
        ("ansi", Terminal::Bare),
    ];
    let by_program = [
        ("Apple_Terminal", Terminal::Apple),
        ("ghostty", Terminal::Ghostty),
        ("Hyper", Terminal::Hyper),
        ("iTerm.app", Terminal::ITerm),
        ("mintty", Terminal::Mintty),
        ("rio", Terminal::Rio),
        ("vscode", Terminal::VsCode),
        ("WezTerm", Terminal::WezTerm),
        ("zed", Terminal::Zed),
    ];
    let digits = |name: &str| term.strip_prefix(name)?.chars().next()?.to_digit(10);
    if let Some((_, terminal)) = by_term.iter().find(|(name, _)| is(term, name)) {
        *terminal
    } else if digits("vt").is_some() {
        Terminal::Bare
    } else if let Some((_, terminal)) = by_program.iter().find(|(name, _)| *name == program) {
        *terminal
    } else if set("KITTY_WINDOW_ID") {
        Terminal::Kitty
    } else if value("LC_TERMINAL").is_some_and(|name| name == "iTerm2") {
        // This one travels over SSH.
        Terminal::ITerm
    } else if set("WT_SESSION") {
        Terminal::Windows
    } else if set("ALACRITTY_WINDOW_ID") {
        Terminal::Alacritty
    } else if set("DOMTERM") {
        Terminal::DomTerm
    } else if set("KONSOLE_VERSION") {
        Terminal::Konsole
    } else if let Some(version) = value("VTE_VERSION") {
        Terminal::Vte(version.parse().unwrap_or(0))
    } else if set("XTERM_VERSION") {
        Terminal::Xterm
    } else if term.is_empty() {
        Terminal::Bare
    } else {
        Terminal::Unknown
    }
}

/// True when `term` is this name or one made from it: `st-256color` is `st`, `sterm` is not.
fn is(term: &str, name: &str) -> bool {
    let rest = term.strip_prefix(name);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// `3.4` as 304, `3.5a` as 305, `next-3.6` as 306.
fn hundreds(version: &str) -> u32 {
    let mut numbers = version
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse::<u32>().ok());
    let (major, minor) = (numbers.next(), numbers.next());
    major
        .unwrap_or(0)
        .saturating_mul(100)
        .saturating_add(minor.unwrap_or(0).min(99))
}

/// `15;0` and `15;default;0`: the number of the colour behind the last semicolon.
fn ground(pair: &str) -> Option<Ground> {
    match pair.rsplit_once(';')?.1.trim().parse().ok()? {
        0..=6 | 8 => Some(Ground::Dark),
        7 | 9..=15 => Some(Ground::Light),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(table: &str) -> Surroundings {
        Surroundings::of(|wanted| {
            let mut pairs = table.split(' ').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(name, _)| *name == wanted)?;
            Some(value.into())
        })
    }

    #[test]
    fn every_terminal_gets_what_it_understands() {
        // Environment; multiplexer; then clipboard, hyperlinks, true colour, may ask for the ground.
        for (table, multiplexer, told) in [
            ("", 'n', "----"),
            ("TERM=dumb", 'n', "----"),
            ("TERM=dumb COLORTERM=truecolor", 'n', "----"),
            ("TERM=linux", 'n', "----"),
            ("TERM=linux-16color", 'n', "----"),
            ("TERM=vt100", 'n', "----"),
            ("TERM=vt220 VTE_VERSION=7600", 'n', "----"),
            ("TERM=vte-256color VTE_VERSION=7600", 'n', "-hta"),
            ("TERM=eterm-color", 'n', "----"),
            ("TERM=xterm-256color", 'n', "c--a"),
            ("TERM=xterm-256color COLORTERM=truecolor", 'n', "c-ta"),
            ("TERM=xterm-256color COLORTERM=24bit", 'n', "c-ta"),
            ("TERM=xterm-256color COLORTERM=yes", 'n', "c--a"),
            ("TERM=xterm-direct", 'n', "c-ta"),
            ("TERM=XTERM-KITTY", 'n', "chta"),
            ("TERM=xterm-kitty", 'n', "chta"),
            ("TERM=xterm-256color KITTY_WINDOW_ID=2", 'n', "chta"),
            (
                "TERM=xterm-kitty KITTY_WINDOW_ID=2 VTE_VERSION=7600",
                'n',
                "chta",
            ),
            ("TERM=xterm-ghostty", 'n', "chta"),
            ("TERM=xterm-256color TERM_PROGRAM=WezTerm", 'n', "chta"),
            ("TERM=xterm-256color TERM_PROGRAM=iTerm.app", 'n', "chta"),
            (
                "TERM=xterm-256color LC_TERMINAL=iTerm2 SSH_TTY=/dev/pts/1",
                'n',
                "chta",
            ),
            (
                "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal",
                'n',
                "---a",
            ),
            (
                "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal COLORTERM=truecolor",
                'n',
                "--ta",
            ),
            ("TERM=xterm-256color TERM_PROGRAM=vscode", 'n', "chta"),
            (
                "TERM=xterm-256color TERM_PROGRAM=vscode VTE_VERSION=7600",
                'n',
                "chta",
            ),
            ("TERM=alacritty", 'n', "chta"),
            ("TERM=foot-extra", 'n', "chta"),
            ("TERM=football", 'n', "c--a"),
            ("WT_SESSION=0-1", 'n', "chta"),
            ("TERM=xterm-256color WT_SESSION=0-1", 'n', "chta"),
            ("TERM=xterm-256color KONSOLE_VERSION=220401", 'n', "-hta"),
            ("TERM=xterm-256color VTE_VERSION=3409", 'n', "---a"),
            ("TERM=xterm-256color VTE_VERSION=4602", 'n', "--ta"),
            ("TERM=xterm-256color VTE_VERSION=5000", 'n', "--ta"),
            ("TERM=xterm-256color VTE_VERSION=5004", 'n', "-hta"),
            ("TERM=xterm-256color VTE_VERSION=5201", 'n', "--ta"),
            ("TERM=xterm-256color VTE_VERSION=7600", 'n', "-hta"),
            ("TERM=xterm-256color VTE_VERSION=?", 'n', "---a"),
            ("TERM=xterm XTERM_VERSION=XTerm(390)", 'n', "---a"),
            ("TERM=rxvt-unicode-256color", 'n', "---a"),
            ("TERM=st-256color", 'n', "c-ta"),
            ("TERM=xterm TERM_PROGRAM=mintty", 'n', "-hta"),
            ("TERM=tmux-256color TMUX=/tmp/a,1,0", 't', "c--a"),
            ("TERM=screen-256color TMUX=/tmp/a,1,0", 't', "c--a"),
            (
                "TERM=tmux-256color TMUX=a TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a",
                't',
                "c--a",
            ),
            (
                "TERM=tmux-256color TMUX=a TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4",
                't',
                "ch-a",
            ),
            (
                "TERM=tmux-256color TMUX=a TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=next-3.6",
                't',
                "ch-a",
            ),
            (
                "TERM=tmux-256color TMUX=a COLORTERM=truecolor VTE_VERSION=7600",
                't',
                "--ta",
            ),
            ("TERM=tmux-256color TMUX=a KITTY_WINDOW_ID=1", 't', "c--a"),
            ("TERM=screen STY=1.pts", 's', "c---"),
            (
                "TERM=xterm-256color STY=1.pts COLORTERM=truecolor",
                's',
                "c---",
            ),
            ("TERM=screen.xterm-256color", 's', "c---"),
        ] {
            let around = with(table);
            let wanted = match multiplexer {
                't' => Multiplexer::Tmux,
                's' => Multiplexer::Screen,
                _ => Multiplexer::None,
            };
            assert_eq!(around.multiplexer(), wanted, "{table}");
            let said: String = [
                ('c', around.clipboard() == Clipboard::Likely),
                ('h', around.hyperlinks()),
                ('t', around.true_colour()),
                ('a', around.may_ask_ground()),
            ]
            .map(|(sign, yes)| if yes { sign } else { '-' })
            .into_iter()
            .collect();
            assert_eq!(said, told, "{table}");
        }
    }

    #[test]
    fn the_ground_is_read_from_the_last_colour() {
        for (pair, ground) in [
            ("15;0", Some(Ground::Dark)),
            ("15;default;0", Some(Ground::Dark)),
            ("0;15", Some(Ground::Light)),
            ("0;7", Some(Ground::Light)),
            ("7;8", Some(Ground::Dark)),
            ("0;default", None),
            ("15", None),
            ("15;-1", None),
            ("15;99999999999", None),
            (";", None),
        ] {
            assert_eq!(
                with(&format!("COLORFGBG={pair}")).ground(),
                ground,
                "{pair}"
            );
        }
        assert_eq!(with("").ground(), None);
    }

    #[test]
    fn odd_versions_are_no_trouble() {
        for (version, number) in [
            ("3.4", 304),
            ("3.5a", 305),
            ("next-3.6", 306),
            ("master", 0),
            ("4", 400),
            ("99999999999.1", 100),
            ("4294967295.200", u32::MAX),
            ("", 0),
        ] {
            assert_eq!(hundreds(version), number, "{version}");
        }
    }
}
