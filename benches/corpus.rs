//! What readings of the real documents are worth: a table with a row a document, what was found
//! beside what is printed, what leaked, the time and the memory it took.
//!
//! `RAPPORTEUR_CORPUS=../shared/corpus cargo bench --bench corpus`. Every document is read in a
//! process of its own, so that its memory can be told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

#[path = "../tests/it/printed.rs"]
mod printed;

use printed::{JUDGED, Reading, agrees, differences, found, leaked, placed, rows, tree};

fn main() {
    let arguments: Vec<_> = env::args().collect();
    if let Some(at) = arguments.iter().position(|it| it == "--read") {
        return read(Path::new(&arguments[at + 1]));
    }
    let Some(folder) = env::var_os("RAPPORTEUR_CORPUS").map(PathBuf::from) else {
        println!("skipped: RAPPORTEUR_CORPUS names no folder of real documents");
        return;
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = rows(&here.join("tests/corpus.tsv"));
    println!(
        "| file | format | units by kind | paragraphs printed | found | other differences | leaked | placed | ms | MB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for row in table
        .iter()
        .filter(|row| row["pages"] != "?" || row["paragraphs"] != "?")
    {
        let path = folder.join(&row["file"]);
        let told = Command::new(env::current_exe().expect("this program"))
            .arg("--read")
            .arg(&path)
            .output()
            .expect("it can be run again");
        let told = String::from_utf8_lossy(&told.stdout);
        let told: BTreeMap<_, _> = told
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let of = |what: &str| told.get(what).copied().unwrap_or("");
        if told.contains_key("error") || told.is_empty() {
            println!(
                "| {} | {} ||||||| {} | {} |",
                row["file"],
                of("error"),
                of("ms"),
                of("MB")
            );
            continue;
        }
        let others: Vec<_> = JUDGED
            .into_iter()
            .filter(|&what| what != "paragraphs" && !agrees(what, &row[what], of(what)))
            .map(|what| format!("{what} {} not {}", of(what), row[what]))
            .collect();
        let paragraphs = match agrees("paragraphs", &row["paragraphs"], of("paragraphs")) {
            true => "OK",
            false => of("paragraphs"),
        };
        println!(
            "| {} | {} | {} | {} | {paragraphs} | {} | {} | {} | {} | {} |",
            row["file"],
            of("format"),
            of("kinds"),
            row["paragraphs"],
            others.join("; "),
            of("leaked"),
            of("placed"),
            of("ms"),
            of("MB"),
        );
    }
    let twins = ["A-80-590.en.pdf", "A-80-590.en.docx"];
    if let [Ok(pdf), Ok(docx)] = twins.map(|name| Reading::of(&folder.join(name))) {
        let differences = differences(&tree(&pdf.report), &tree(&docx.report));
        println!(
            "\nPDF (-) and DOCX (+) of A/80/590: {} lines of the tree differ",
            differences.len()
        );
        for line in differences.iter().take(40) {
            println!("{line}");
        }
    }
}

/// Reads one document and tells of it, a line each: what, a tab, what it is.
fn read(path: &Path) {
    let start = Instant::now();
    let reading = Reading::of(path);
    println!("ms\t{}", start.elapsed().as_millis());
    println!("MB\t{}", peak_memory());
    let reading = match reading {
        Ok(reading) => reading,
        Err(error) => return println!("error\t{error}"),
    };
    println!("format\t{}", reading.manuscript.format);
    let mut kinds = BTreeMap::new();
    for id in reading.report.ids() {
        *kinds.entry(reading.report.unit(id).kind).or_insert(0) += 1;
    }
    let kinds = kinds
        .iter()
        .map(|(kind, count)| format!("{count} {}", kind.name()));
    println!("kinds\t{}", kinds.collect::<Vec<_>>().join(", "));
    for what in JUDGED {
        println!("{what}\t{}", found(&reading.report, what));
    }
    println!("leaked\t{}", leaked(&reading.report).len());
    println!("placed\t{:.2} %", placed(&reading) * 100.0);
}

/// The most memory this process had at once, in MB, where the system tells.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|it| it.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or("?".into(), |it| (it / 1024).to_string())
}
