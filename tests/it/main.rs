//! One test program: the report that is built in, other shapes of report, the commands, the
//! screens, the reading room, the explorer under all that can happen to it, the real program in a
//! terminal, what it hands to the world outside, and README.

mod apparatus;
mod built_in;
mod check;
mod cli;
mod corpus;
#[cfg(feature = "docx")]
mod docx;
mod drawn;
mod explorer;
mod export;
mod facets;
mod judged;
mod lines;
mod marks;
mod monkey;
mod nothing_lost;
mod outside;
#[cfg(feature = "pdf")]
mod pdf;
mod pictures;
mod plain;
mod printed;
mod reading_errors;
mod reading_markup;
mod reading_room;
mod reading_screen;
mod reading_text;
mod readme;
mod relevance;
mod remembering;
mod reports;
mod screens;
mod settings;
mod shelf;
#[cfg(unix)]
mod terminal;
mod twins;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use rapporteur::read::Source;
use rapporteur::report::Report;

/// A file of this project.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Checks that a file kept beside the tests says this; `RAPPORTEUR_ACCEPT=1` writes it anew, to be
/// read line by line before it is committed.
fn assert_kept(path: &Path, now: &str) {
    if env::var_os("RAPPORTEUR_ACCEPT").is_some_and(|wish| wish == "1") {
        fs::write(path, now).expect("it can be written");
    }
    let kept = fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        kept == now,
        "{} says something else than this:\n{now}",
        path.display()
    );
}

/// The text that is built in, as it came.
fn built_in_text() -> String {
    Source::built_in()
        .manuscript(&mut |_| ())
        .expect("it is built in")
        .text
}

fn built_in() -> Report {
    rapporteur::parse::parse(&built_in_text()).0
}

/// The program with a clean environment, nothing set or remembered, and nothing on its standard
/// input.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.env_clear().stdin(Stdio::null());
    command.envs([("RAPPORTEUR_CONFIG", ""), ("RAPPORTEUR_DATA", "")]);
    command
}

fn run(args: &[&str]) -> Output {
    program().args(args).output().expect("the program starts")
}

/// Standard output of a run that found something.
fn found(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn json(args: &[&str]) -> Vec<serde_json::Value> {
    serde_json::from_str(&found(args)).expect("output is JSON")
}

/// One field of each element, joined by spaces.
fn column(rows: &[serde_json::Value], name: &str) -> String {
    let field = |row: &serde_json::Value| {
        row[name]
            .as_str()
            .map_or(row[name].to_string(), String::from)
    };
    rows.iter().map(field).collect::<Vec<_>>().join(" ")
}
