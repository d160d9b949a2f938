//! README stays true: its commands run, its keys are the keys, its pictures are the screens.

use std::fs;

use rapporteur::tui::keys;

use tempfile::TempDir;

use super::{assert_kept, here, program};

fn readme() -> String {
    fs::read_to_string(here("README.md")).expect("README is there")
}

#[test]
fn every_command_in_it_runs() {
    let readme = readme();
    let blocks = readme
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let lines = blocks
        .flat_map(str::lines)
        .filter(|line| line.starts_with("rapporteur"));
    let mut count = 0;
    let folder = TempDir::new().unwrap();
    for line in lines {
        let command = line.split('#').next().unwrap_or(line).trim();
        let words: Vec<String> = words(command);
        let mut program = program();
        program.env("RAPPORTEUR_DATA", folder.path());
        let output = program.args(&words[1..]).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(!output.stdout.is_empty(), "{command}");
        count += 1;
    }
    assert!(count >= 8, "{count} commands");
}

/// The words of a command line, with single quotes as a shell has them.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn its_keys_are_the_keys() {
    let readme = readme();
    let (before, rest) = readme
        .split_once("## All the keys\n")
        .expect("it lists the keys");
    let after = rest.find("\n## ").expect("something comes after them");
    let table = keys::markdown();
    assert_kept(
        &here("README.md"),
        &format!("{before}## All the keys\n\n{table}{}", &rest[after..]),
    );
}

/// Some recommendations followed up.
const MARKED: &str = ":1(a)<enter>sjjj<enter>:1(c)<enter>sj<enter>:1(d)<enter>a毒罪办：三月前答复<ctrl-s>:1(b)<enter>sjj<enter>tlegal 紧急<enter>aSent to the Secretariat.<enter>已于二月答复。<ctrl-s>";

/// A shelf of the reports that the tests have, and nothing of this machine.
fn shelf() -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut command = program();
    command.env("RAPPORTEUR_DATA", folder.path());
    command.args(["shelf", "add"]).arg(here("tests/reports"));
    command.output().unwrap();
    folder
}

#[test]
fn its_pictures_are_the_screens() {
    let shelf = shelf();
    for (name, keys) in [
        ("start", ""),
        ("folded", "jj<space>"),
        ("filter", "/网络犯罪"),
        ("facets", "fj<enter>j"),
        ("index", "i5j"),
        ("marks", MARKED),
        ("shelf", "S"),
    ] {
        let path = here(&format!("tests/pictures/{name}.svg"));
        let mut program = program();
        program.env("RAPPORTEUR_DATA", shelf.path());
        program.args(["--keys", keys, "--print", "svg", "--size", "80x24"]);
        let drawn = String::from_utf8(program.output().unwrap().stdout).unwrap();
        assert_kept(&path, &drawn);
        assert!(
            readme().contains(&format!("tests/pictures/{name}.svg")),
            "README shows {name}"
        );
    }
}
