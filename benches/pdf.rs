//! What is read of each real PDF, beside what `pdftotext` reads of it: order, completeness, time.
//!
//! `RAPPORTEUR_CORPUS` names the folder of real documents; without it, or without `pdftotext`, there
//! is nothing to measure, and that is said.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use rapporteur::read::Source;
use similar::{Algorithm, DiffTag, capture_diff_slices};

fn main() {
    let Some(folder) = env::var_os("RAPPORTEUR_CORPUS").map(PathBuf::from) else {
        println!("skipped: RAPPORTEUR_CORPUS names no folder of real documents");
        return;
    };
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: there is no pdftotext to compare with");
        return;
    }
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the corpus can be listed")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .collect();
    paths.sort();
    println!(
        "{:34} {:>7} {:>7} {:>7} {:>7} {:>7} {:>9} {:>9} {:>6}",
        "file", "chars", "of raw", "of ours", "plain", "theirs", "ms ours", "ms theirs", "ratio"
    );
    for path in paths {
        measure(&path);
    }
    println!(
        "of raw: characters of pdftotext -raw in the same order in ours; of ours: the reverse; plain: the same \
         against pdftotext; theirs: pdftotext's characters in the order of pdftotext -raw; ms: best of 5"
    );
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        println!("peak memory of all: {}", peak.unwrap_or("unknown"));
    }
}

fn measure(path: &Path) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let read = || Source::file(path).manuscript(&mut |_| ());
    let ours = match read() {
        Ok(manuscript) => manuscript.text,
        Err(error) => {
            println!(
                "{name:34} {}",
                error.to_string().rsplit(": ").next().unwrap_or("")
            );
            return;
        }
    };
    let theirs = |options: &[&str]| {
        let output = Command::new("pdftotext")
            .args(options)
            .arg(path)
            .arg("-")
            .output();
        String::from_utf8_lossy(&output.expect("pdftotext starts").stdout).into_owned()
    };
    let (raw, plain) = (theirs(&["-raw"]), theirs(&[]));
    let ours_time = best(|| drop(read()));
    let their_time = best(|| drop(theirs(&["-raw"])));
    println!(
        "{name:34} {:>7} {:>6.2}% {:>6.2}% {:>6.2}% {:>6.2}% {:>9.1} {:>9.1} {:>6.2}",
        ours.chars().count(),
        100.0 * share(&raw, &ours),
        100.0 * share(&ours, &raw),
        100.0 * share(&plain, &ours),
        100.0 * share(&plain, &raw),
        ours_time.as_secs_f64() * 1e3,
        their_time.as_secs_f64() * 1e3,
        ours_time.as_secs_f64() / their_time.as_secs_f64(),
    );
}

fn best(work: impl Fn()) -> Duration {
    let time = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..5).map(|_| time()).min().unwrap()
}

/// How much of a text, by its characters, stands in the same order in another.
fn share(of: &str, within: &str) -> f64 {
    let (of, within): (Vec<_>, Vec<_>) = (words(of), words(within));
    let length =
        |words: &[String]| -> usize { words.iter().map(|word| word.chars().count()).sum() };
    let same: usize = capture_diff_slices(Algorithm::Myers, &of, &within)
        .iter()
        .filter(|it| it.tag() == DiffTag::Equal)
        .map(|it| length(&of[it.old_range()]))
        .sum();
    same as f64 / length(&of).max(1) as f64
}

/// Words, as far as both cut them alike: letters of one script and digits, signs one by one left out.
fn words(text: &str) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().collect();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(String::from)
        .collect()
}
