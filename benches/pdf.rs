//! What is read of each real PDF, beside what `pdftotext` reads of it: order, completeness, time.
//!
//! `RAPPORTEUR_CORPUS` names the folder of real documents; without it, or without `pdftotext`, there
//! is nothing to measure, and that is said.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use rapporteur::read::Source;

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
    let all: usize = of.iter().map(|word| word.chars().count()).sum();
    let mut numbers = HashMap::new();
    let mut number = |word: &String| {
        let next = numbers.len() as u32;
        *numbers.entry(word.clone()).or_insert(next)
    };
    let a: Vec<u32> = of.iter().map(&mut number).collect();
    let b: Vec<u32> = within.iter().map(&mut number).collect();
    let same: usize = in_order(&a, &b)
        .into_iter()
        .map(|at| of[at].chars().count())
        .sum();
    same as f64 / all.max(1) as f64
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

/// Where in `a` a longest sequence stands that is in `b` in the same order: exact where a stretch is
/// short, by words that both have once where it is long.
fn in_order(a: &[u32], b: &[u32]) -> Vec<usize> {
    let mut kept = Vec::new();
    align(a, b, 0, &mut kept);
    kept
}

fn align(a: &[u32], b: &[u32], from: usize, kept: &mut Vec<usize>) {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    kept.extend(from..from + head);
    let (a, b, from) = (&a[head..], &b[head..], from + head);
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (middle, other) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if middle.len() * other.len() <= 4_000_000 {
        longest(middle, other, from, kept);
    } else {
        let anchors = anchors(middle, other);
        let (mut at, mut other_at) = (0, 0);
        for &(n, m) in &anchors {
            align(&middle[at..n], &other[other_at..m], from + at, kept);
            kept.push(from + n);
            (at, other_at) = (n + 1, m + 1);
        }
        if !anchors.is_empty() {
            align(&middle[at..], &other[other_at..], from + at, kept);
        }
    }
    kept.extend(from + a.len() - tail..from + a.len());
}

/// The longest common sequence, by the table of all beginnings.
fn longest(a: &[u32], b: &[u32], from: usize, kept: &mut Vec<usize>) {
    let width = b.len() + 1;
    let mut best = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i * width + j] = match a[i] == b[j] {
                true => best[(i + 1) * width + j + 1] + 1,
                false => best[(i + 1) * width + j].max(best[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            kept.push(from + i);
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Words that both have exactly once, those of them that are in the same order.
fn anchors(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let mut places: HashMap<u32, (Vec<usize>, Vec<usize>)> = HashMap::new();
    a.iter()
        .enumerate()
        .for_each(|(n, word)| places.entry(*word).or_default().0.push(n));
    b.iter()
        .enumerate()
        .for_each(|(n, word)| places.entry(*word).or_default().1.push(n));
    let mut pairs: Vec<_> = places
        .into_values()
        .filter(|(a, b)| a.len() == 1 && b.len() == 1)
        .map(|(a, b)| (a[0], b[0]))
        .collect();
    pairs.sort_unstable();
    // The longest rising run of second places.
    let mut piles: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for n in 0..pairs.len() {
        let pile = piles.partition_point(|&top| pairs[top].1 < pairs[n].1);
        before[n] = pile.checked_sub(1).map(|pile| piles[pile]);
        if pile == piles.len() {
            piles.push(n)
        } else {
            piles[pile] = n
        }
    }
    let mut rising = Vec::new();
    let mut at = piles.last().copied();
    while let Some(n) = at {
        rising.push(pairs[n]);
        at = before[n];
    }
    rising.reverse();
    rising
}
