//! Copies: what the terminal is sent for its clipboard, through whatever stands between, or the file
//! where it has none.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rapporteur::report::UnitId;

use super::pty::place;
use super::{Setup, Terminal, explorer};
use crate::{built_in, found};

/// The text of a unit with all that stands under it, from the report.
fn text(address: &str) -> String {
    let report = built_in();
    let unit = report.find(address).unwrap();
    let units = report.subtree(unit);
    let units = units.map(|index| report.unit(UnitId::from(index)).to_string());
    units.collect::<Vec<_>>().join("\n")
}

/// The texts sent for the clipboard by plain sequences in `bytes`.
fn sent(mut bytes: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some(at) = place(bytes, b"\x1b]52;c;") {
        bytes = &bytes[at + 7..];
        let end = place(bytes, b"\x07").expect("it ends");
        let text = STANDARD.decode(&bytes[..end]).expect("it is base64");
        texts.push(String::from_utf8(text).expect("it is text"));
        bytes = &bytes[end..];
    }
    texts
}

/// What tmux hands on to the terminal: the insides of its wrappers, where each escape is doubled.
fn through_tmux(mut bytes: &[u8]) -> Vec<u8> {
    let mut inside = Vec::new();
    while let Some(at) = place(bytes, b"\x1bPtmux;") {
        bytes = &bytes[at + 7..];
        loop {
            match bytes {
                [0x1b, b'\\', rest @ ..] => {
                    bytes = rest;
                    break;
                }
                [0x1b, 0x1b, rest @ ..] => {
                    inside.push(0x1b);
                    bytes = rest;
                }
                [byte, rest @ ..] => {
                    inside.push(*byte);
                    bytes = rest;
                }
                [] => panic!("a wrapper that never ends"),
            }
        }
    }
    inside
}

/// What Screen hands on: the insides of its wrappers, none too long for it.
fn through_screen(mut bytes: &[u8]) -> Vec<u8> {
    let mut inside = Vec::new();
    while let Some(at) = place(bytes, b"\x1bP") {
        bytes = &bytes[at + 2..];
        let end = place(bytes, b"\x1b\\").expect("it ends");
        assert!(end <= 252, "Screen would cut it");
        inside.extend_from_slice(&bytes[..end]);
        bytes = &bytes[end + 2..];
    }
    inside
}

/// Runs it, goes to 1(k), copies in some way, and gives the terminal when that is told.
fn copied(setup: Setup, keys: &str, told: &str) -> Terminal {
    let terminal = setup.sized(160, 24).open();
    terminal.wait_for("36 units");
    terminal.press(":1(k)\r");
    terminal.frame_with("II › A › 1 › (k)");
    terminal.press(keys);
    terminal.frame_with(told);
    terminal
}

#[test]
fn what_is_copied_is_the_text_that_show_prints() {
    let wanted = text("1(k)");
    let mut terminal = copied(
        explorer(&[]),
        "y",
        "sent to the terminal's clipboard: the text of 1(k)",
    );
    assert_eq!(sent(&terminal.seen().raw), [wanted.as_str()]);
    terminal.quit();
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(letters(&found(&["show", "1(k)"])), letters(&wanted));
}

#[test]
fn the_citation_and_a_selection_are_copied_and_no_more_is_claimed() {
    let mut terminal = copied(
        explorer(&[]),
        "Y",
        "sent to the terminal's clipboard: 第1段(k)",
    );
    terminal.press("vwwy");
    terminal.frame_with("sent to the terminal's clipboard: ");
    terminal.wait("two copies", |seen| sent(&seen.raw).len() == 2);
    let texts = sent(&terminal.seen().raw);
    assert_eq!(texts[0], "第1段(k)");
    let report = built_in();
    let unit = report.unit(report.find("1(k)").unwrap());
    assert!(unit.text.starts_with(&texts[1]), "{}", texts[1]);
    let told = format!("clipboard: {} characters", texts[1].chars().count());
    terminal.wait_for(&told);
    terminal.quit();
}

#[test]
fn a_copy_gets_through_tmux_which_must_be_told_to() {
    let setup = explorer(&[])
        .env("TERM", "tmux-256color")
        .env("TMUX", "/tmp/tmux-0/default,1,0");
    let told = "sent to tmux for the clipboard: the text of 1(k) (needs set-clipboard on)";
    let mut terminal = copied(setup, "y", told);
    let raw = terminal.seen().raw.clone();
    assert_eq!(sent(&through_tmux(&raw)), [text("1(k)")]);
    // For tmux itself.
    let first = place(&raw, b"\x1bPtmux;").unwrap();
    assert_eq!(sent(&raw[..first]), [text("1(k)")]);
    terminal.quit();
}

#[test]
fn a_copy_gets_through_screen() {
    let setup = explorer(&[])
        .env("TERM", "screen")
        .env("STY", "1.pts-0.here");
    let mut terminal = copied(setup, "y", "sent to the terminal's clipboard");
    assert_eq!(sent(&through_screen(&terminal.seen().raw)), [text("1(k)")]);
    terminal.quit();
}

#[test]
fn where_the_terminal_has_no_clipboard_a_file_has_the_copy() {
    let folder = tempfile::tempdir().unwrap();
    let setup = explorer(&[]).env("TERM", "linux").data(folder.path());
    let mut terminal = copied(setup, "y", "written to ");
    let contents = terminal.seen().contents();
    let told = contents.split_once("written to ").unwrap().1;
    let path = told
        .split(" (this terminal has no clipboard")
        .next()
        .unwrap();
    assert!(told.len() > path.len(), "it says why: {told}");
    assert_eq!(fs::read_to_string(path).unwrap(), text("1(k)"));
    assert!(sent(&terminal.seen().raw).is_empty());
    terminal.quit();
}

#[test]
fn where_there_is_no_file_either_nothing_is_claimed() {
    let setup = explorer(&[]).env("TERM", "linux");
    let mut terminal = copied(setup, "y", "not copied: there is no folder to write to");
    assert!(sent(&terminal.seen().raw).is_empty());
    terminal.quit();
}
