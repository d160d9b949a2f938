//! What leads out of the explorer: hyperlinks of the terminal's, and the system's browser.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::pty::{place, wait_until};
use super::{Setup, Terminal, explorer};

/// What 1(a) leads to.
const ADDRESS: &str = "https://undocs.org/A/C.3/72/12";

fn at_1a(setup: Setup) -> Terminal {
    let terminal = setup.sized(160, 24).open();
    terminal.wait_for("36 units");
    terminal.press(":1(a)\r");
    terminal.frame_with("II › A › 1 › (a)");
    terminal
}

#[test]
fn a_cited_document_is_a_hyperlink_where_the_terminal_knows_them() {
    let open = format!(";{ADDRESS}\x1b\\");
    let mut screens = Vec::new();
    for (term, known) in [
        ("xterm-256color", false),
        ("screen", false),
        ("xterm-kitty", true),
    ] {
        let mut terminal = at_1a(explorer(&[]).env("TERM", term));
        terminal.press("T");
        screens.push(
            terminal
                .frame_with("theme:")
                .replace("sixteen", "")
                .replace("none", ""),
        );
        let raw = terminal.seen().raw.clone();
        assert_eq!(place(&raw, b"\x1b]8;").is_some(), known, "{term}");
        if known {
            let text = String::from_utf8_lossy(&raw);
            assert!(text.contains(&open), "no {open:?} is written");
            // Each is closed, so that nothing behind it is part of it.
            let (all, closed) = (
                text.matches("\x1b]8;").count(),
                text.matches("\x1b]8;;\x1b\\").count(),
            );
            assert_eq!(all, 2 * closed);
        }
        terminal.quit();
    }
    assert_eq!(screens[0], screens[1], "the same text in all");
    assert_eq!(screens[0], screens[2], "the same text in all");
}

/// A program that writes what it is given to a file.
fn opener(path: &Path, to: &Path) {
    let script = format!(
        "#!/bin/sh\nprintf %s \"$*\" > '{}.new'\nmv '{0}.new' '{0}'\n",
        to.display()
    );
    fs::write(path, script).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_cited_document_is_opened_by_the_browser() {
    let folder = tempfile::tempdir().unwrap();
    let (told, program) = (folder.path().join("told"), folder.path().join("xdg-open"));
    opener(&program, &told);
    let program = program.to_str().unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    for setup in [
        explorer(&[]).env("BROWSER", program),
        explorer(&[]).env("DISPLAY", ":0").env("PATH", &path),
    ] {
        let mut terminal = at_1a(setup);
        terminal.press("o");
        terminal.frame_with(&format!("opened {ADDRESS}"));
        let opened = wait_until("the browser", || fs::read_to_string(&told).ok());
        assert_eq!(opened, ADDRESS);
        fs::remove_file(&told).unwrap();
        terminal.quit();
    }
}

#[test]
fn where_no_browser_can_open_the_address_is_shown() {
    for (setup, why) in [
        (explorer(&[]), "no screen for a browser here"),
        (
            explorer(&[]).env("BROWSER", "w3m"),
            "w3m needs this terminal for itself",
        ),
        (
            explorer(&[]).env("DISPLAY", ":0").env("PATH", "/nowhere"),
            "no program here opens addresses",
        ),
    ] {
        let mut terminal = at_1a(setup);
        terminal.press("o");
        terminal.frame_with(&format!("{ADDRESS} ({why}"));
        terminal.quit();
    }
}
