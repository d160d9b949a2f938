//! The shelf: reports put there, opened by symbol, searched together; and its screen.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::Instant;

use tempfile::TempDir;

use super::corpus::corpus;
use super::{column, program};

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = program();
    command
        .env("RAPPORTEUR_DATA", folder.join("data"))
        .current_dir(folder);
    command.args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder of reports, and of what is none.
pub(super) fn reports() -> TempDir {
    let folder = TempDir::new().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join("reports").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put(
        "a.txt",
        "A/74/130\n\nI. 建议\n\n1. 会员国应批准《布达佩斯公约》。\n\n2. 各国应合作。\n",
    );
    put(
        "b.txt",
        "A/HRC/43/12\n\nI. Recommendations\n\n1. States should ratify the Budapest Convention.\n",
    );
    put(
        "deep/c.md",
        "# Report\n\n## Findings\n\n1. Nothing of the kind.\n",
    );
    put("deep/.hidden.txt", "1. Hidden.\n");
    put("deep/table.csv", "a,b\n");
    put("empty.txt", "");
    put("broken.pdf", "%PDF-1.7\nnothing\n");
    folder
}

#[test]
fn reports_are_put_on_the_shelf_and_what_is_none_is_told() {
    let folder = reports();
    let run = |args: &[&str]| run(folder.path(), args);
    assert_eq!(run(&["shelf", "list"]).status.code(), Some(1));
    let output = run(&["shelf", "add", "reports", "no-such-file"]);
    assert_eq!(output.status.code(), Some(1));
    let told_of = told(&output);
    for words in [
        "table.csv: by its name it is no report",
        "empty.txt: it is empty",
        "broken.pdf: ",
        "no-such-file: ",
        "3 added, 4 skipped",
    ] {
        assert!(told_of.contains(words), "{words} in {told_of}");
    }
    assert!(!told_of.contains("hidden"), "{told_of}");
    let list = said(&run(&["shelf", "list"]));
    let cells: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(
        cells.iter().map(|row| row[1]).collect::<Vec<_>>(),
        ["A/74/130", "A/HRC/43/12", ""]
    );
    assert_eq!(cells[0][2..5], ["zh", "3 units", "2 recommendations"]);
    // Again, nothing is read twice; what has changed is read again, and a copy is no other report.
    assert!(
        told(&run(&["shelf", "add", "reports/a.txt", "reports/b.txt"])).contains("2 there already")
    );
    let path = folder.path().join("reports/a.txt");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(folder.path().join("copy.txt"), &text).unwrap();
    let output = run(&["shelf", "add", "copy.txt"]);
    assert!(
        told(&output).contains("it says the same as"),
        "{}",
        told(&output)
    );
    fs::write(&path, format!("{text}\n3. 新的一段。\n")).unwrap();
    assert!(told(&run(&["shelf", "add", "reports/a.txt"])).contains("1 read again"));
    let all: Vec<serde_json::Value> =
        serde_json::from_str(&said(&run(&["shelf", "list", "--json"]))).unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all[0]["units"], 4);
    for (report, left) in [("a / 74 / 130", 2), ("2", 1), ("reports/b.txt", 0)] {
        let output = run(&["shelf", "remove", report]);
        assert_eq!(output.status.code(), Some(0), "{report}: {}", told(&output));
        assert_eq!(
            said(&run(&["shelf", "list"])).lines().count(),
            left,
            "{report}"
        );
    }
    let output = run(&["shelf", "remove", "A/74/130"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("A/74/130 is not on the shelf\n  try: rapporteur shelf list"));
    assert!(path.exists(), "the file stays");
}

#[test]
fn one_search_goes_over_all_reports() {
    let folder = reports();
    let run = |args: &[&str]| run(folder.path(), args);
    let output = run(&["find", "--shelf", "budapest"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("shelf add"));
    run(&["shelf", "add", "reports"]);
    let output = run(&["find", "--shelf", "--json", "by:states | by:各国"]);
    let hits: Vec<serde_json::Value> = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(column(&hits, "address"), "2 1");
    assert_eq!(hits[0]["report"]["symbol"], "A/74/130");
    assert!(
        hits[1]["report"]["file"]
            .as_str()
            .unwrap()
            .ends_with("b.txt")
    );
    let output = run(&["find", "--shelf", "Budapest Convention"]);
    assert_eq!(
        said(&output),
        "A/HRC/43/12\t1\tStates should ratify the Budapest Convention.\n"
    );
    assert_eq!(run(&["find", "--shelf", "新加坡"]).status.code(), Some(1));
    // A file that has changed is read anew; one that is gone is searched as it was.
    let path = folder.path().join("reports/b.txt");
    fs::write(
        &path,
        "A/HRC/43/12\n\nI. Recommendations\n\n1. States should ratify the Vienna Convention.\n",
    )
    .unwrap();
    assert_eq!(
        run(&["find", "--shelf", "Budapest Convention"])
            .status
            .code(),
        Some(1)
    );
    assert!(said(&run(&["find", "--shelf", "Vienna Convention"])).contains("Vienna"));
    fs::remove_file(folder.path().join("reports/a.txt")).unwrap();
    assert!(said(&run(&["find", "--shelf", "布达佩斯"])).starts_with("A/74/130\t1\t"));
    // Damaged, the catalogue is told of and what can be read of it is used.
    let catalogue = folder.path().join("data/shelf/catalogue.jsonl");
    let text = fs::read_to_string(&catalogue).unwrap();
    fs::write(&catalogue, format!("{text}garbage\n")).unwrap();
    let output = run(&["find", "--shelf", "布达佩斯"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        told(&output).contains("catalogue.jsonl:4: "),
        "{}",
        told(&output)
    );
}

#[test]
fn a_report_opens_by_its_symbol() {
    let folder = reports();
    fs::write(folder.path().join("find"), "1. A file called find.\n").unwrap();
    fs::create_dir_all(folder.path().join("B")).unwrap();
    fs::write(
        folder.path().join("B/1"),
        "1. A file comes before a symbol.\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("reports/b1.txt"),
        "A/B/1\n\nI. One\n\n1. Shelved.\n",
    )
    .unwrap();
    let run = |args: &[&str]| run(folder.path(), args);
    run(&["shelf", "add", "reports"]);
    for (args, text) in [
        (&["A/74/130"][..], "布达佩斯"),
        (&["a / 74 / 130"], "布达佩斯"),
        (&["Ａ／７４／１３０"], "布达佩斯"),
        (&["outline", "-r", "A/HRC/43/12"], "Budapest"),
        (&["./find"], "A file called find"),
        (&["B/1"], "A file comes before"),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", told(&output));
        assert!(said(&output).contains(text), "{args:?}: {}", said(&output));
    }
    for (args, says) in [
        (
            &["A/99/1"][..],
            "cannot read A/99/1\n  because: there is no such file, and no report of that symbol on the shelf",
        ),
        (&["fnd"], "did you mean rapporteur find?"),
        (&["fnd", "x"], "did you mean rapporteur find?"),
        (&["outlin", "--json"], "did you mean rapporteur outline?"),
        (
            &["show", "1", "-r", "nothing.txt"],
            "cannot read nothing.txt\n  because: there is no such file",
        ),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told(&output).contains(says), "{args:?}: {}", told(&output));
    }
    // One document in two languages: which is for the reader to say.
    fs::write(
        folder.path().join("reports/fr.txt"),
        "A/74/130\n\nI. Recommandations\n\n1. Les États devraient coopérer.\n",
    )
    .unwrap();
    run(&["shelf", "add", "reports/fr.txt"]);
    let output = run(&["A/74/130"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("is on the shelf more than once")
            && told(&output).contains("fr.txt")
    );
}

#[test]
fn the_corpus_is_shelved_or_told_of_and_searched() {
    let Some(corpus) = corpus() else { return };
    let folder = TempDir::new().unwrap();
    let files = fs::read_dir(&corpus).unwrap().count();
    let begin = Instant::now();
    let output = run(folder.path(), &["shelf", "add", corpus.to_str().unwrap()]);
    let added = begin.elapsed();
    let shelved = said(&run(folder.path(), &["shelf", "list"]))
        .lines()
        .count();
    let skipped: Vec<_> = told(&output)
        .lines()
        .filter(|line| line.starts_with("skipped "))
        .map(String::from)
        .collect();
    assert_eq!(shelved + skipped.len(), files, "{skipped:?}");
    assert!(
        skipped.iter().all(|line| line.matches(": ").count() >= 1),
        "{skipped:?}"
    );
    let size = |folder: &Path| -> u64 {
        let files = fs::read_dir(folder).unwrap().flatten();
        files.map(|file| file.metadata().unwrap().len()).sum()
    };
    let bytes =
        size(&folder.path().join("data/shelf")) + size(&folder.path().join("data/shelf/texts"));
    let begin = Instant::now();
    let output = run(
        folder.path(),
        &["find", "--shelf", "--json", "sustainable development"],
    );
    let searched = begin.elapsed();
    let hits: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let reports: std::collections::BTreeSet<_> = hits
        .iter()
        .map(|hit| hit["report"]["file"].to_string())
        .collect();
    println!(
        "{shelved} of {files} files shelved in {added:?}, {bytes} bytes; {} hits in {} reports in {searched:?}\n{}",
        hits.len(),
        reports.len(),
        skipped.join("\n")
    );
    assert!(shelved > 30 && hits.len() > 20 && reports.len() > 3);
}

#[test]
fn the_shelf_is_a_screen_of_its_own() {
    let folder = reports();
    run(folder.path(), &["shelf", "add", "reports"]);
    let screen = |keys: &str| said(&run(folder.path(), &["--keys", keys, "--print", "text"]));
    let all = screen("S");
    for words in [
        "3 reports",
        "A/74/130 ",
        "zh · 3 units · 2 ●",
        "the built-in report",
    ] {
        assert!(all.contains(words), "{words} in {all}");
    }
    let some = screen("Sbudapest conv");
    assert!(
        some.contains("A/HRC/43/12 1 · States should ratify the Budapest"),
        "{some}"
    );
    assert!(!some.contains("the built-in report"));
    assert!(screen("S新加坡").contains("No report and no text has 新加坡."));
    assert_eq!(screen("S<esc>"), screen(""), "it gives the place back");
    // Without a shelf it says how to get one.
    let none = said(&super::run(&["--keys", "S", "--print", "text"]));
    assert!(
        none.contains("no report is on the shelf: rapporteur shelf add FILE"),
        "{none}"
    );
}
