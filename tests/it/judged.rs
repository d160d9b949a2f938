//! Readings of the real documents, judged by what was told by eye beforehand: `tests/corpus.tsv`,
//! `tests/line-ends.tsv` and the labels that came with the corpus.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use rapporteur::parse::parse;

use super::corpus::corpus;
use super::here;
use super::printed::{
    JUDGED, LineEnd, Reading, Stream, agrees, differences, found, leaked, placed, rows, tree,
};

/// A file, and what of it is judged.
type Judged = (String, String);

fn readings(folder: &Path) -> &'static BTreeMap<String, Result<Reading, String>> {
    static READINGS: OnceLock<BTreeMap<String, Result<Reading, String>>> = OnceLock::new();
    READINGS.get_or_init(|| {
        let table = rows(&here("tests/corpus.tsv"));
        let names = table.iter().map(|row| row["file"].clone());
        let read = |name: String| (name.clone(), Reading::of(&folder.join(name)));
        names.map(read).collect()
    })
}

/// What differs from the truth: by file and what, in words.
fn all_differences(folder: &Path) -> BTreeMap<Judged, String> {
    let readings = readings(folder);
    let mut all = BTreeMap::new();
    let mut differ = |file: &str, what: &str, words: String| {
        all.insert((file.to_string(), what.to_string()), words);
    };
    for row in rows(&here("tests/corpus.tsv")) {
        let file = &row["file"];
        let reading = match &readings[file] {
            Ok(_) if row["lang"] == "-" => {
                differ(file, "error", "it should say that it is a scan".into());
                continue;
            }
            Err(error) if row["lang"] == "-" => {
                if !error.contains("scan") {
                    differ(file, "error", error.clone());
                }
                continue;
            }
            Err(error) => {
                differ(file, "error", error.clone());
                continue;
            }
            Ok(reading) => reading,
        };
        if row["pages"] == "?" && row["paragraphs"] == "?" {
            continue;
        }
        for what in JUDGED {
            let (printed, found) = (&row[what], found(&reading.report, what));
            if !agrees(what, printed, &found) {
                differ(file, what, format!("{printed} printed, {found} found"));
            }
        }
        let leaked = leaked(&reading.report);
        if !leaked.is_empty() {
            differ(file, "furniture", leaked.join(", "));
        }
        let placed = placed(reading);
        if !(0.999..=1.001).contains(&placed) {
            differ(file, "placed", format!("{:.2} %", placed * 100.0));
        }
    }
    let twins = ["A-80-590.en.pdf", "A-80-590.en.docx"].map(|name| readings[name].as_ref());
    if let [Ok(pdf), Ok(docx)] = twins {
        let differences = differences(&tree(&pdf.report), &tree(&docx.report));
        if !differences.is_empty() {
            differ("A-80-590.en", "twins", differences.join("\n    "));
        }
    }
    for (file, wrong, of) in line_ends(folder) {
        if !wrong.is_empty() {
            let share = 100.0 * (1.0 - wrong.len() as f64 / of as f64);
            let words = format!("{share:.1} % of {of} right\n    {}", wrong.join("\n    "));
            differ(&file, "line-ends", words);
        }
    }
    let wrong = labelled_elsewhere(folder);
    if !wrong.is_empty() {
        differ(
            "mnbvc-validation-linebreaks.en.jsonl",
            "line-ends",
            wrong.join("\n    "),
        );
    }
    all
}

/// For every file with line ends labelled by hand: those told otherwise, and how many there are.
fn line_ends(folder: &Path) -> Vec<(String, Vec<String>, usize)> {
    let table = fs::read_to_string(here("tests/line-ends.tsv")).expect("it is there");
    let mut by_file: BTreeMap<&str, (Vec<String>, usize)> = BTreeMap::new();
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let [file, page, before, after, label] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not five fields: {row}");
        };
        let (wrong, of) = by_file.entry(file).or_default();
        *of += 1;
        let Ok(reading) = &readings(folder)[file] else {
            wrong.push(format!("page {page}: not read"));
            continue;
        };
        let told = Stream::of(&reading.report).between(before, after);
        let right = match label {
            "end" => told == LineEnd::End,
            "wrap" => told == LineEnd::Wrap,
            _ => panic!("{label} is no label"),
        };
        if !right {
            wrong.push(format!(
                "page {page}: {before} | {after}: {label}, told {told:?}"
            ));
        }
    }
    let owned = |(file, (wrong, of)): (&str, _)| (file.to_string(), wrong, of);
    by_file.into_iter().map(owned).collect()
}

/// The labels that came with the corpus, where we tell otherwise and do not hold the label wrong, or
/// the other way round.
fn labelled_elsewhere(folder: &Path) -> Vec<String> {
    let doubted = fs::read_to_string(here("tests/line-ends-doubted.tsv")).expect("it is there");
    let doubted: Vec<usize> = doubted
        .lines()
        .filter(|row| !row.starts_with('#'))
        .map(|row| row.split('\t').next().unwrap().parse().expect("a number"))
        .collect();
    let documents = fs::read_to_string(folder.join("mnbvc-validation-linebreaks.en.jsonl"))
        .expect("the labels are there");
    let (mut wrong, mut nth) = (Vec::new(), 0);
    for document in documents.lines() {
        let document: serde_json::Value = serde_json::from_str(document).expect("JSON");
        let text = document["raw_text"].as_str().expect("a text");
        let labels = document["is_hard_linebreak"].as_array().expect("labels");
        let (report, _) = parse(text);
        let lines: Vec<_> = text.lines().collect();
        for (at, label) in labels.iter().enumerate() {
            let number = at as u32 + 1;
            let goes_on = report.ids().any(|id| {
                let lines = report.unit(id).lines;
                lines.contains(&number) && lines.contains(&(number + 1))
            });
            let ends = label.as_bool().expect("true or false");
            let differs = goes_on == ends;
            if differs != doubted.contains(&nth) {
                wrong.push(format!(
                    "label {nth}: {} | {}: ends {ends}",
                    lines[at],
                    lines[at + 1]
                ));
            }
            nth += 1;
        }
    }
    assert_eq!(nth, 56, "labels");
    wrong
}

#[test]
fn every_real_document_reads_as_it_is_printed() {
    let Some(folder) = corpus() else { return };
    let all = all_differences(&folder);
    let said: Vec<_> = all
        .iter()
        .map(|((file, what), words)| format!("{file} {what}: {words}"))
        .collect();
    assert!(all.is_empty(), "{}", said.join("\n"));
}

#[test]
fn the_table_of_the_corpus_names_every_file() {
    let Some(folder) = corpus() else { return };
    let mut there: Vec<_> = fs::read_dir(&folder)
        .expect("the corpus can be listed")
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    there.sort();
    let table = rows(&here("tests/corpus.tsv"));
    assert_eq!(
        there,
        table
            .iter()
            .map(|row| row["file"].clone())
            .collect::<Vec<_>>()
    );
}

#[test]
fn enough_line_ends_are_labelled_in_enough_languages() {
    let table = fs::read_to_string(here("tests/line-ends.tsv")).expect("it is there");
    let rows = table.lines().filter(|row| !row.starts_with('#'));
    let files: Vec<_> = rows.filter_map(|row| row.split('\t').next()).collect();
    assert!(files.len() >= 500, "{} labels", files.len());
    for language in [".en.", ".es.", ".ru.", ".zh."] {
        assert!(
            files.iter().any(|file| file.contains(language)),
            "{language}"
        );
    }
}

#[test]
fn a_line_end_is_told_from_the_letters_around_it() {
    let (report, _) =
        parse("1. The lamp⁴ was lit and\nthe harbour saw.\n\n2. It was night. 5 boats came.\n");
    let stream = Stream::of(&report);
    for (before, after, told) in [
        ("lit and", "the harbour", LineEnd::Wrap),
        ("The lamp4", "was lit", LineEnd::Wrap),
        ("harbour saw.", "2. It was", LineEnd::End),
        ("was", "lit", LineEnd::Wrap),
        ("lamp", "night", LineEnd::Unknown),
    ] {
        assert_eq!(stream.between(before, after), told, "{before} | {after}");
    }
}

#[test]
fn what_leaks_and_what_differs_is_seen() {
    let (report, _) =
        parse("1. The lamp was lit GE.25-05162 and seen 24-07658 far.\n\n2. It rose.\n");
    assert_eq!(leaked(&report), ["GE.25-05162 in 1", "24-07658 in 1"]);
    let list = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
    assert_eq!(
        differences(&list("a b c d"), &list("a c x d")),
        ["- b", "+ x"]
    );
    assert!(differences(&list("a b"), &list("a b")).is_empty());
}
