//! Marks and the shelf in the real program: kept at once, edited in an editor, reports chosen and
//! opened.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::{Terminal, explorer, pty};

fn opened(data: &Path) -> Terminal {
    let terminal = explorer(&[]).data(data).open();
    terminal.wait_for("36 units");
    terminal
}

/// What is marked, as scripts see it.
fn marks(data: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.env_clear().env("RAPPORTEUR_CONFIG", "");
    command.env("RAPPORTEUR_DATA", data).arg("mark");
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn a_mark_is_kept_while_one_goes_on_and_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = opened(folder.path());
    terminal.press(":1(b)\rsjj\r");
    terminal.wait_for("✓ done");
    terminal.press("t紧急\r");
    terminal.wait_for("#紧急");
    // In its own time, but without being asked.
    let begin = std::time::Instant::now();
    while !marks(folder.path()).contains("#紧急") {
        assert!(begin.elapsed().as_secs() < 20, "it is kept");
    }
    pty::kill("KILL", &terminal.id());
    terminal.wait_for_the_end();
    assert!(marks(folder.path()).starts_with("1(b)\tdone\t#紧急\t\t"));
    let mut terminal = opened(folder.path());
    terminal.wait_for("● ✓ (b)");
    terminal.quit();
}

#[test]
fn a_remark_is_edited_in_the_readers_own_editor() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("editor.sh");
    let text = "#!/bin/sh\nprintf 'EDITING\\r\\n'\nread line\nprintf '%s\\n' \"$line\" >> \"$1\"\n";
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    let data = folder.path().join("data");
    let mut terminal = explorer(&[])
        .data(&data)
        .env("EDITOR", script.to_str().unwrap())
        .env("PATH", "/usr/bin:/bin")
        .open();
    terminal.wait_for("36 units");
    terminal.press(":1(c)\re");
    terminal.wait_for("EDITING");
    // What is typed now is the editor's, from the first letter.
    terminal.press("quit jjj\r");
    terminal.wait_for("✎ quit jjj");
    terminal.wait_for("6 of 36");
    terminal.press("j");
    terminal.wait_for("7 of 36");
    terminal.press("q");
    assert!(terminal.end().success());
    assert!(
        marks(&data).starts_with("1(c)\t\t\tquit jjj\t"),
        "{}",
        marks(&data)
    );
}

#[test]
fn marks_that_cannot_be_saved_are_not_lost_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir_all(&data).unwrap();
    // A file stands where the folder of marks should be: so it is for every user, root too.
    fs::write(data.join("marks"), "mine").unwrap();
    let mut terminal = opened(&data);
    terminal.press(":1(b)\rs\r");
    terminal.wait_for("marks are not saved");
    terminal.press("q");
    terminal.wait_for("quit without them");
    fs::remove_file(data.join("marks")).unwrap();
    terminal.press("\r");
    terminal.wait_for("the marks are saved");
    terminal.press("q");
    assert!(terminal.end().success());
    assert!(marks(&data).starts_with("1(b)\topen\t"));
}

#[test]
fn who_has_reports_chooses_among_them() {
    let reports = super::super::shelf::reports();
    let data = reports.path().join("data");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.env_clear().env("RAPPORTEUR_CONFIG", "");
    command.env("RAPPORTEUR_DATA", &data).args(["shelf", "add"]);
    command
        .arg(reports.path().join("reports"))
        .output()
        .unwrap();
    let mut terminal = explorer(&[]).data(&data).open();
    terminal.wait_for("3 reports");
    terminal.press("hrc");
    terminal.wait("one report", |seen| {
        let seen = seen.contents();
        seen.contains("A/HRC/43/12") && !seen.contains("A/74/130")
    });
    // What the reports say is found as well, with the report named.
    terminal.press("\x15budapest");
    terminal.wait_for("A/HRC/43/12 1 · States should ratify");
    terminal.press("\r");
    terminal.wait_for("2 units");
    terminal.wait_for("/budapest");
    terminal.press("S");
    terminal.wait_for("3 reports");
    // A file that is gone is told of, and the shelf is there again.
    fs::remove_file(reports.path().join("reports/a.txt")).unwrap();
    terminal.press("74/130\r");
    terminal.wait_for("cannot read");
    terminal.wait_for("the built-in report");
    // Taken off the shelf by the same key twice.
    terminal.press("74/130");
    terminal.wait("one report", |seen| !seen.contents().contains("A/HRC"));
    terminal.press("\x18");
    terminal.wait_for("again takes A/74/130 off the shelf");
    terminal.press("\x18");
    terminal.wait_for("2 reports");
    terminal.quit();
}
