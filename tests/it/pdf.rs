//! PDFs of our own making (`tests/read/pdf/make.py`), each beside the lines a careful reader sees in
//! it, or beside why it cannot be read; and what a damaged one does.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use rapporteur::error::Error;
use rapporteur::read::{Manuscript, Role, Source};

use super::{assert_kept, here};

fn read(path: &Path) -> Result<Manuscript, Error> {
    Source::file(path).manuscript(&mut |_| ())
}

/// A line a printed line: its page, whether a gap stands before it, indent, size, looks, role and
/// text, with calls in angle brackets and cells a bar apart; then the remarks. Or the error.
fn account(read: Result<Manuscript, Error>, path: &Path) -> String {
    let manuscript = match read {
        Ok(manuscript) => manuscript,
        Err(error) => {
            let told = error
                .to_string()
                .replace(&path.display().to_string(), "FILE");
            return format!("{told}\ntry: {}\n", error.way_out().unwrap_or_default());
        }
    };
    let mut out = String::new();
    for line in &manuscript.lines {
        let mut text = manuscript.printed(line).to_string();
        for call in manuscript.calls.iter().rev() {
            if line.span.contains(&call.span.start) {
                let at = call.span.start - line.span.start..call.span.end - line.span.start;
                text.replace_range(at.clone(), &format!("<{}>", &text[at]));
            }
        }
        let look = line.look;
        let flags: String = [
            (line.gap, '+'),
            (look.bold, 'B'),
            (look.italic, 'I'),
            (look.centred, 'C'),
        ]
        .iter()
        .map(|&(is, flag)| if is { flag } else { ' ' })
        .collect();
        let role = match line.role {
            Role::Line => String::new(),
            role => format!("{role:?}"),
        };
        let page = if line.starts_page {
            line.page.to_string()
        } else {
            String::new()
        };
        let text = text.replace('\t', " | ");
        let _ = writeln!(
            out,
            "{page:>2} {flags} {:>3} {:>3} {role:8} {text}",
            line.indent, look.size
        );
    }
    for remark in &manuscript.remarks {
        let _ = writeln!(
            out,
            "remark page {} line {}: {}",
            remark.page, remark.line, remark.text
        );
    }
    out
}

#[test]
fn every_pdf_has_its_lines_or_says_why_not() {
    let mut count = 0;
    for entry in fs::read_dir(here("tests/read/pdf")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "pdf") {
            assert_kept(&path.with_extension("lines"), &account(read(&path), &path));
            count += 1;
        }
    }
    assert!(count >= 15, "{count} PDFs");
}

#[test]
fn pages_read_are_told_one_by_one() {
    let mut told = Vec::new();
    Source::file(here("tests/read/pdf/report.pdf"))
        .manuscript(&mut |far| told.push((far.done, far.of)))
        .unwrap();
    assert!(
        told.ends_with(&[(1, Some(3)), (2, Some(3)), (3, Some(3))]),
        "{told:?}"
    );
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Cuts off, flips bits, overwrites with noise, cuts out, or changes digits.
fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    match dice.throw(5) {
        0 => bytes.truncate(dice.throw(whole.len())),
        1 => {
            for _ in 0..1 + dice.throw(40) {
                let at = dice.throw(bytes.len());
                bytes[at] ^= 1 << dice.throw(8);
            }
        }
        2 => {
            let from = dice.throw(bytes.len());
            let to = (from + 1 + dice.throw(2000)).min(bytes.len());
            bytes[from..to].fill_with(|| dice.throw(256) as u8);
        }
        3 => {
            let from = dice.throw(bytes.len());
            let to = (from + 1 + dice.throw(5000)).min(bytes.len());
            bytes.drain(from..to);
        }
        _ => {
            for _ in 0..200 {
                let at = dice.throw(bytes.len());
                if bytes[at].is_ascii_digit() {
                    bytes[at] = b'0' + dice.throw(10) as u8;
                }
            }
        }
    }
    bytes
}

/// `RAPPORTEUR_DAMAGE=2000` damages that many.
#[test]
fn a_damaged_pdf_is_read_or_refused_in_time() {
    let count = env::var("RAPPORTEUR_DAMAGE")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(60);
    let wholes: Vec<_> = ["report", "zh", "ar", "cyclic-form"]
        .iter()
        .map(|name| fs::read(here(&format!("tests/read/pdf/{name}.pdf"))).unwrap())
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.pdf");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut read_in_part, mut refused, mut slowest) = (0, 0, Duration::ZERO);
    for n in 0..count {
        let bytes = damaged(&wholes[n % wholes.len()], &mut dice);
        // The header is what tells a PDF; without it, it is another matter.
        let bytes = [b"%PDF-1.4\n", bytes.get(9..).unwrap_or_default()].concat();
        fs::write(&path, &bytes).unwrap();
        let start = Instant::now();
        let read = read(&path);
        slowest = slowest.max(start.elapsed());
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "variant {n} takes {:?}",
            start.elapsed()
        );
        match read {
            Ok(manuscript) => {
                assert!(
                    !manuscript.lines.is_empty(),
                    "variant {n} is read as nothing"
                );
                read_in_part += 1;
            }
            Err(Error::Unreadable { .. }) => refused += 1,
            Err(error) => panic!("variant {n}: {error}"),
        }
    }
    println!("{count} damaged: {read_in_part} read, {refused} refused, slowest {slowest:?}");
}
