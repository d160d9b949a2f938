//! Settings from a file with or without mistakes, and what outlives a run.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::{Terminal, explorer};

fn settings(folder: &Path, text: &str) -> PathBuf {
    let file = folder.join("config.toml");
    fs::write(&file, text).unwrap();
    file
}

#[test]
fn mistakes_in_the_settings_are_told_and_it_starts_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let text = "them = \"dark\"\nmeasure = 7\n[keys]\ndwon = \"j\"\nzoom = \"x\"\n";
    let mut terminal = explorer(&[])
        .settings(&settings(folder.path(), text))
        .open();
    terminal.wait_for("36 units");
    terminal.wait_for("3 mistakes in the settings: ? lists them");
    terminal.press("?G");
    let help = terminal.frame_with("dwon");
    for told in ["1: ", "them ", "theme?", "2: ", "measure", "4: ", "down?"] {
        assert!(help.contains(told), "{told} in\n{help}");
    }
    // What is right in it is heeded.
    terminal.press("\x1b");
    terminal.wait_for("1 of 36");
    assert!(terminal.seen().contents().contains('│'));
    terminal.press("x");
    terminal.wait("one pane", |seen| !seen.contents().contains('│'));
    terminal.quit();
}

#[test]
fn a_file_that_is_no_settings_at_all_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["[[[\n", "theme = \n", "\u{0}\u{1b}[2J"] {
        let mut terminal = explorer(&[])
            .settings(&settings(folder.path(), text))
            .open();
        terminal.wait_for("36 units");
        terminal.wait_for("mistake");
        assert!(terminal.seen().contents().contains("in the settings"));
        terminal.press("j");
        terminal.wait_for("2 of 36");
        terminal.quit();
    }
}

#[test]
fn keys_are_those_of_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[keys]\nfind = [\"ctrl-f\", \"f5\"]\ndown = \"s\"\n";
    let mut terminal = explorer(&[])
        .settings(&settings(folder.path(), text))
        .open();
    terminal.wait_for("36 units");
    terminal.press("sj/s");
    terminal.wait_for("3 of 36");
    for find in ["\x06", "\x1b[15~"] {
        terminal.press(find);
        terminal.press("网络");
        terminal.wait_for("/网络");
        terminal.press("\x1b");
        terminal.wait_for("3 of 36");
    }
    terminal.quit();
}

fn opened(data: &Path) -> Terminal {
    let terminal = explorer(&[]).data(data).open();
    terminal.wait_for("36 units");
    terminal
}

#[test]
fn place_folds_and_bookmarks_come_back() {
    // However it ends.
    for ending in ["q", "^c", "TERM", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = opened(folder.path());
        terminal.press(":1(b)\rma");
        terminal.wait_for("bookmark a: 1(b)");
        terminal.press(":1(k)\r ");
        terminal.wait_for("▸ ● (k)");
        terminal.wait_for("14 of 36");
        match ending {
            "q" => terminal.press("q"),
            "^c" => terminal.press("\x03"),
            signal => terminal.signal(signal),
        }
        assert_eq!(terminal.end().signal().is_some(), ending.len() > 2);
        let mut terminal = opened(folder.path());
        terminal.wait_for("14 of 36");
        terminal.wait_for("▸ ● (k)");
        terminal.press("'a");
        terminal.wait_for("5 of 36");
        terminal.quit();
    }
}

#[test]
fn what_is_done_before_a_stop_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = opened(folder.path());
    terminal.press("jjjj");
    terminal.frame_with("5 of 36");
    // Nothing could let it go on, so it goes on by itself, to be killed.
    terminal.press("\x1aj");
    terminal.wait_for("6 of 36");
    terminal.signal("KILL");
    terminal.wait_for_the_end();
    let mut terminal = opened(folder.path());
    terminal.wait_for("5 of 36");
    terminal.quit();
}

/// The one file in a folder that is not the lock.
fn only_file(folder: &Path) -> PathBuf {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.file_name().is_some_and(|name| name != "lock") => files.push(path),
                false => {}
            }
        }
    }
    files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
    assert!(!files.is_empty());
    files.sort_by_key(|file| fs::metadata(file).unwrap().len());
    files.pop().unwrap()
}

#[test]
fn what_cannot_be_read_of_an_earlier_run_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = opened(folder.path());
    terminal.press("jjjj");
    terminal.wait_for("5 of 36");
    terminal.quit();
    let file = only_file(folder.path());
    // Broken, then no file at all: the rights of a file do not bind everybody.
    fs::write(&file, "[[[").unwrap();
    let mut terminal = opened(folder.path());
    terminal.wait_for("what was remembered in");
    terminal.press("jj");
    terminal.wait_for("3 of 36");
    terminal.quit();
    fs::remove_file(&file).ok();
    fs::create_dir(&file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o700)).unwrap();
    let mut terminal = opened(folder.path());
    terminal.wait_for("cannot read what was remembered in");
    terminal.press("jj");
    terminal.wait_for("3 of 36");
    terminal.press("q");
    // Told on the shell's screen too when it cannot be written.
    assert!(terminal.end().success());
    terminal.wait_for("rapporteur: cannot");
}
