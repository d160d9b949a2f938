//! The mouse: told of by the terminal as xterm does it (1000, 1002, 1006).

use std::fs;

use super::{Terminal, explorer};

const LEFT: u16 = 0;
const MOVED: u16 = 32;
const WHEEL_UP: u16 = 64;
const WHEEL_DOWN: u16 = 65;

/// A report of the mouse, at a row and column from 0.
fn report(button: u16, row: u16, col: u16, up: bool) -> String {
    let end = if up { 'm' } else { 'M' };
    format!("\x1b[<{button};{};{}{end}", col + 1, row + 1)
}

fn wheel(down: bool, row: u16, col: u16) -> String {
    let button = if down { WHEEL_DOWN } else { WHEEL_UP };
    report(button, row, col, false)
}

fn click(row: u16, col: u16) -> String {
    report(LEFT, row, col, false) + &report(LEFT, row, col, true)
}

fn opened() -> Terminal {
    let terminal = explorer(&[]).open();
    terminal.frame_with("36 units");
    terminal
}

#[test]
fn the_wheel_scrolls_the_pane_under_it() {
    let mut terminal = opened();
    terminal.press(&wheel(true, 5, 5));
    terminal.wait_for("4 of 36");
    terminal.press(&wheel(false, 5, 5));
    terminal.wait_for("1 of 36");
    // The text moves, not by units but by rows.
    let rule = "────────────────────────";
    terminal.press(&wheel(true, 5, 50));
    terminal.wait("the text three rows on", |seen| {
        !seen.contents().contains(rule) && seen.contents().contains("▏ A. 执法和调查（续）")
    });
    terminal.press(&wheel(false, 5, 50));
    terminal.wait_for(rule);
    terminal.quit();
}

#[test]
fn a_click_selects_and_on_the_sign_folds() {
    let mut terminal = opened();
    // (a) is on the fourth row of the tree.
    terminal.press(&click(5, 20));
    terminal.wait_for("II › A › 1 › (a)   4 of 36");
    assert!(terminal.seen().contents().contains("▾ 1 按照"));
    // The sign before 1.
    terminal.press(&click(4, 3));
    terminal.wait_for("▸ 1 按照");
    terminal.wait_for("3 of 36");
    terminal.press(&click(4, 3));
    terminal.wait_for("▾ 1 按照");
    // In the text the unit clicked on becomes the one to be at.
    terminal.press("gg");
    terminal.wait_for("1 of 36");
    terminal.press(&click(8, 50));
    terminal.wait_for("3 of 36");
    terminal.quit();
}

/// Where the line between the panes is.
fn border(terminal: &Terminal) -> u16 {
    let row = terminal.seen().row(10);
    let before = row.split('│').next().unwrap();
    rapporteur::typeset::Ruler::NARROW.cols(before) as u16
}

#[test]
fn the_border_between_the_panes_can_be_dragged() {
    let mut terminal = opened();
    let before = border(&terminal);
    assert_eq!(before, 32);
    terminal.press(&report(LEFT, 10, before, false));
    for col in (20..before).rev() {
        terminal.press(&report(LEFT + MOVED, 10, col, false));
    }
    terminal.press(&report(LEFT, 10, 20, true));
    terminal.wait("the border where it was let go", |seen| {
        seen.row(10)
            .split('│')
            .next()
            .is_some_and(|tree| rapporteur::typeset::Ruler::NARROW.cols(tree).abs_diff(20) <= 1)
    });
    // Moved with the button up it stays.
    terminal.press(&report(LEFT + MOVED, 10, 60, false));
    terminal.press("j");
    terminal.wait_for("2 of 36");
    assert!(border(&terminal).abs_diff(20) <= 1);
    terminal.quit();
}

#[test]
fn the_mouse_can_be_let_go_and_taken_again() {
    let mut terminal = opened();
    terminal.wait_for_bytes(b"\x1b[?1006h");
    let off = |seen: &super::pty::Seen| {
        seen.screen.screen().mouse_protocol_mode() == vt100::MouseProtocolMode::None
    };
    assert!(!off(&terminal.seen()));
    terminal.press("M");
    terminal.wait("the mouse let go", off);
    for bytes in [b"\x1b[?1000l", b"\x1b[?1002l", b"\x1b[?1006l"] {
        assert!(terminal.seen().has_written(bytes), "{bytes:?}");
    }
    let told = terminal.frame_with("mouse");
    terminal.press("M");
    terminal.wait("the mouse taken", |seen| {
        !off(seen) && seen.contents() != told
    });
    terminal.quit();
}

#[test]
fn the_mouse_let_go_stays_so_over_a_stop() {
    let mut terminal = opened();
    terminal.press("M");
    terminal.frame_with("mouse");
    let before = terminal.seen().raw.len();
    // Nothing could let it go on, so it goes on by itself.
    terminal.press("\x1aG");
    terminal.wait_for("36 of 36");
    let seen = terminal.seen();
    assert!(super::pty::place(&seen.raw[before..], b"\x1b[?1049h").is_some());
    assert!(super::pty::place(&seen.raw[before..], b"\x1b[?1000h").is_none());
    drop(seen);
    terminal.quit();
}

#[test]
fn where_the_settings_refuse_the_mouse_it_is_never_taken() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, "mouse = false\n").unwrap();
    let mut terminal = explorer(&[]).settings(&file).open();
    terminal.wait_for("36 units");
    terminal.press("G");
    terminal.wait_for("36 of 36");
    terminal.quit();
    for bytes in [
        b"\x1b[?1000h",
        b"\x1b[?1002h",
        b"\x1b[?1003h",
        b"\x1b[?1006h",
    ] {
        assert!(!terminal.seen().has_written(bytes), "{bytes:?}");
    }
}
