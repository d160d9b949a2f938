//! Text for the clipboard of the terminal's user (OSC 52), also through tmux and GNU Screen.
//!
//! Here the bytes are made and what can be said of them; sending them and writing files is for who
//! has the terminal. No terminal tells whether it did what it was asked, so neither do we.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::surroundings::{Clipboard, Multiplexer, Surroundings};

/// The longest text that is sent, in bytes: the sequence is then 100,000 bytes long, which is the
/// most that hterm takes. xterm, kitty, tmux (1 MB), Ghostty (8 MB), Alacritty and others take more;
/// a few take much less and drop the rest or all of it (Termux near 7 kB, Tabby near 3 kB).
const MOST: usize = 74_994;

/// The longest string that GNU Screen hands on whole, in bytes, with what is put around it. It has
/// been 768 since 4.2.1 (2014), was 512 and before 2008 256; of longer pieces nothing arrives (4.9
/// hands on 768 bytes and not 1,000).
const SCREEN: usize = 256;

/// Where the reader wants copied text to go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CopyTo {
    /// To the terminal where it is likely to take it, else to a file.
    #[default]
    Auto,
    /// To the terminal, likely or not.
    Terminal,
    /// To a file.
    File,
}

/// What to do with copied text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Write these bytes to the terminal; [`sent`] says what was done.
    Send(Vec<u8>),
    /// Write the text to a file, for this reason, which may be empty; [`written`] says what was
    /// done.
    File(&'static str),
}

/// What to do with `text`.
pub fn plan(text: &str, wish: CopyTo, around: &Surroundings) -> Plan {
    match (wish, around.clipboard()) {
        (CopyTo::File, _) => Plan::File(""),
        _ if text.len() > MOST => Plan::File("too long for the clipboard"),
        (CopyTo::Auto, Clipboard::Unlikely) => {
            Plan::File("this terminal has no clipboard for programs")
        }
        (CopyTo::Auto | CopyTo::Terminal, _) => Plan::Send(osc52(text, around.multiplexer())),
    }
}

/// What was done when `what` was sent: `sent to the terminal's clipboard: the text of 1(k)`.
pub fn sent(what: &str, multiplexer: Multiplexer) -> String {
    match multiplexer {
        // Both ways through tmux are closed as it comes: set-clipboard is external, and
        // allow-passthrough is off.
        Multiplexer::Tmux => {
            format!("sent to tmux for the clipboard: {what} (needs set-clipboard on)")
        }
        _ => format!("sent to the terminal's clipboard: {what}"),
    }
}

/// What was done when the text went to a file: `written to PATH (too long for the clipboard)`.
pub fn written(path: &Path, reason: &str) -> String {
    match reason {
        "" => format!("written to {}", path.display()),
        _ => format!("written to {} ({reason})", path.display()),
    }
}

/// The bytes that ask the terminal to put `text` on the clipboard.
///
/// The sequence ends in BEL rather than in `ESC \`: every terminal that knows the sequence takes
/// either, but inside Screen's wrapping the latter would end the wrapping too early.
fn osc52(text: &str, multiplexer: Multiplexer) -> Vec<u8> {
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    match multiplexer {
        Multiplexer::None => plain.into_bytes(),
        // The plain one is for `set-clipboard on`, the wrapped one for `allow-passthrough on`;
        // where both are, the clipboard is set to the same text twice.
        Multiplexer::Tmux => {
            let doubled = plain.replace('\x1b', "\x1b\x1b");
            format!("{plain}\x1bPtmux;{doubled}\x1b\\").into_bytes()
        }
        Multiplexer::Screen => {
            let pieces = plain.as_bytes().chunks(SCREEN - 4);
            pieces
                .flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat())
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a plain sequence.
    fn unpacked(sequence: &[u8]) -> String {
        let payload = sequence
            .strip_prefix(b"\x1b]52;c;")
            .and_then(|rest| rest.strip_suffix(b"\x07"))
            .expect("it is one whole sequence");
        String::from_utf8(STANDARD.decode(payload).expect("it is base64")).expect("it is text")
    }

    /// What Screen hands on: the insides of its wrappings, each short enough.
    fn out_of_screen(mut bytes: &[u8]) -> Vec<u8> {
        let mut inner = Vec::new();
        while !bytes.is_empty() {
            let end = bytes.windows(2).position(|two| two == b"\x1b\\").unwrap();
            assert!(end + 2 <= SCREEN);
            inner.extend_from_slice(bytes[..end].strip_prefix(b"\x1bP").unwrap());
            bytes = &bytes[end + 2..];
        }
        inner
    }

    /// What tmux is told itself, and what it hands on.
    fn out_of_tmux(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let start = bytes.windows(7).position(|at| at == b"\x1bPtmux;").unwrap();
        let wrapped = bytes[start + 7..].strip_suffix(b"\x1b\\").unwrap();
        let mut handed = Vec::new();
        let mut rest = wrapped.iter();
        while let Some(byte) = rest.next() {
            handed.push(*byte);
            if *byte == 0x1b {
                assert_eq!(rest.next(), Some(&0x1b), "a lone escape ends the wrapping");
            }
        }
        (bytes[..start].to_vec(), handed)
    }

    #[test]
    fn what_is_sent_is_the_text() {
        assert_eq!(osc52("网", Multiplexer::None), b"\x1b]52;c;572R\x07");
        let long = "网络犯罪 🏳️‍🌈 e\u{301}\n".repeat(4000);
        assert!(long.len() > 100_000);
        for text in [
            "",
            "a",
            "ab",
            "abc",
            "网络犯罪",
            "👩‍👩‍👧",
            "\x1b]52;c;?\x07",
            &long,
        ] {
            assert_eq!(unpacked(&osc52(text, Multiplexer::None)), text);
            assert_eq!(
                unpacked(&out_of_screen(&osc52(text, Multiplexer::Screen))),
                text
            );
            let (plain, handed) = out_of_tmux(&osc52(text, Multiplexer::Tmux));
            assert_eq!(unpacked(&plain), text);
            assert_eq!(unpacked(&handed), text);
        }
    }

    #[test]
    fn the_longest_text_makes_a_sequence_of_a_hundred_thousand_bytes() {
        assert_eq!(osc52(&"a".repeat(MOST), Multiplexer::None).len(), 100_000);
        assert!(osc52(&"a".repeat(MOST + 1), Multiplexer::None).len() > 100_000);
    }

    #[test]
    fn the_plan_is_what_is_likely_to_work_and_says_why() {
        let around = |term: &'static str| {
            Surroundings::of(move |name| (name == "TERM").then(|| term.into()))
        };
        let (good, bare) = (around("xterm-kitty"), around("linux"));
        let (short, long) = ("网".to_owned(), "a".repeat(MOST + 1));
        let send = |text: &str| Plan::Send(osc52(text, Multiplexer::None));
        for (text, wish, around, wanted) in [
            (&short, CopyTo::Auto, &good, send("网")),
            (&short, CopyTo::Terminal, &bare, send("网")),
            (&short, CopyTo::File, &good, Plan::File("")),
            (
                &short,
                CopyTo::Auto,
                &bare,
                Plan::File("this terminal has no clipboard for programs"),
            ),
            (
                &long,
                CopyTo::Auto,
                &good,
                Plan::File("too long for the clipboard"),
            ),
            (
                &long,
                CopyTo::Terminal,
                &good,
                Plan::File("too long for the clipboard"),
            ),
        ] {
            assert!(
                plan(text, wish, around) == wanted,
                "{wish:?} {}",
                text.len()
            );
        }
    }

    #[test]
    fn the_reader_is_told_what_was_done_and_no_more() {
        assert_eq!(
            sent("the text of 1(k)", Multiplexer::None),
            "sent to the terminal's clipboard: the text of 1(k)"
        );
        assert_eq!(
            sent("the text of 1(k)", Multiplexer::Tmux),
            "sent to tmux for the clipboard: the text of 1(k) (needs set-clipboard on)"
        );
        let path = Path::new("copied.txt");
        assert_eq!(written(path, ""), "written to copied.txt");
        assert_eq!(
            written(path, "too long for the clipboard"),
            "written to copied.txt (too long for the clipboard)"
        );
    }
}
