//! Settings as a shell meets them: where the file is, what `config` says, and that mistakes in it
//! stop nothing.

use std::fs;
use std::path::Path;
use std::process::Output;

use rapporteur::settings::{Settings, read};

use super::{found, program};

fn config(file: &Path, args: &[&str]) -> Output {
    let mut command = program();
    command.env("RAPPORTEUR_CONFIG", file).args(args);
    command.output().expect("the program starts")
}

/// What a run said: exit code, output, errors.
fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn the_default_file_has_no_mistakes_and_sets_nothing() {
    let text = found(&["config", "--default"]);
    assert_eq!(read(&text), (Settings::default(), Vec::new()));
    assert!(
        text.contains("\n#measure = 80\n") && text.contains("\n[keys]\n"),
        "{text}"
    );
}

#[test]
fn config_writes_a_file_to_begin_with_but_never_over_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("not/there/yet.toml");
    let (code, out, _) = said(&config(&file, &["config", "--init"]));
    assert_eq!((code, out), (Some(0), format!("{}\n", file.display())));
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        found(&["config", "--default"])
    );
    fs::write(&file, "measure = 60\n").unwrap();
    let (code, _, err) = said(&config(&file, &["config", "--init"]));
    assert_eq!(code, Some(2));
    assert!(err.contains("cannot write the settings to"), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "measure = 60\n");
}

#[test]
fn config_says_where_the_file_is_and_what_is_wrong_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("设置 1.toml");
    let name = file.display();
    let (code, out, err) = said(&config(&file, &["config"]));
    assert_eq!((code, out), (Some(0), format!("{name}\n")));
    assert!(err.starts_with("it does not exist"), "{err}");

    fs::write(&file, found(&["config", "--default"])).unwrap();
    let (code, out, err) = said(&config(&file, &["config"]));
    assert_eq!((code, out), (Some(0), format!("{name}\n")));
    assert_eq!(err, "it exists and has no mistakes\n");

    fs::write(
        &file,
        "theem = 'dark'\nmeasure = 60\n\"a\\u001b[2J\" = 1\nmouse = off\n",
    )
    .unwrap();
    let (code, out, err) = said(&config(&file, &["config"]));
    assert_eq!((code, out), (Some(2), format!("{name}\n")));
    let lines: Vec<_> = err.lines().collect();
    assert_eq!(lines.len(), 3, "{err}");
    assert_eq!(
        lines[0],
        format!("{name}:1: unknown setting theem (did you mean theme?)")
    );
    assert!(
        lines[1].starts_with(&format!("{name}:3: unknown setting a\u{fffd}[2J (")),
        "{err}"
    );
    assert_eq!(
        lines[2],
        format!("{name}:4: off is neither yes nor no (write true or false)")
    );
    // The report is shown all the same.
    assert_eq!(config(&file, &["show", "1(k)"]).status.code(), Some(0));

    fs::write(&file, b"\xff\xfet\0").unwrap();
    let (code, _, err) = said(&config(&file, &["config"]));
    assert_eq!(code, Some(2));
    assert!(err.contains(":1: the file is not UTF-8"), "{err}");
    let (code, _, err) = said(&config(folder.path(), &["config"]));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains(":1: a folder stands where"), "{err}");
}

#[test]
fn config_needs_no_report_and_nowhere_is_no_error() {
    let (code, out, err) = said(&config(Path::new(""), &["config", "-r", "no-such-file"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(
        err.contains("no place for settings") && err.contains("RAPPORTEUR_CONFIG"),
        "{err}"
    );
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn settings_are_in_the_folder_for_settings() {
    let path = |variables: &[(&str, &str)]| {
        let mut command = program();
        command
            .env_remove("RAPPORTEUR_CONFIG")
            .envs(variables.iter().copied());
        said(&command.arg("config").output().unwrap()).1
    };
    assert_eq!(
        path(&[("HOME", "/home/a")]),
        "/home/a/.config/rapporteur/config.toml\n"
    );
    assert_eq!(
        path(&[("HOME", "/home/a"), ("XDG_CONFIG_HOME", "/etc/b")]),
        "/etc/b/rapporteur/config.toml\n"
    );
    // The rules for these folders say that a path that is not absolute is to be left out.
    assert_eq!(
        path(&[("HOME", "/home/a"), ("XDG_CONFIG_HOME", "b")]),
        "/home/a/.config/rapporteur/config.toml\n"
    );
    assert_eq!(path(&[("HOME", "a")]), "");
}

#[cfg(target_os = "macos")]
#[test]
fn settings_are_in_the_folder_for_settings() {
    let mut command = program();
    command
        .env_remove("RAPPORTEUR_CONFIG")
        .env("HOME", "/Users/a");
    let path = said(&command.arg("config").output().unwrap()).1;
    assert_eq!(
        path,
        "/Users/a/Library/Application Support/rapporteur/config.toml\n"
    );
}
