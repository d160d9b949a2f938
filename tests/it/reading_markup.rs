//! Pages and Markdown of our own writing, each beside the lines that are read of it; and what
//! becomes of them when they are damaged.

use std::fmt::Write;
use std::time::{Duration, Instant};
use std::{env, fs, iter};

use rapporteur::parse::parse_manuscript;
use rapporteur::read::{Format, Line, Manuscript, Role, Source, Step};

use super::{assert_kept, here};

/// A line a line: what it is, its label, how it looks, where it stands, what it says.
fn lines(manuscript: &Manuscript) -> String {
    let mut out = format!("{}\n", manuscript.format);
    for line in &manuscript.lines {
        let role = match line.role {
            Role::Line => "line".to_string(),
            Role::Paragraph => "paragraph".into(),
            Role::Heading(level) => format!("heading {level}"),
            Role::Entry(depth) => format!("entry {depth}"),
            role => format!("{role:?}").to_lowercase(),
        };
        let (gap, look) = (if line.gap { "" } else { " close" }, look(line));
        let text = manuscript.printed(line);
        let (label, text) = text.split_at(line.label.into());
        let label = if label.is_empty() {
            String::new()
        } else {
            format!(" <{label}>")
        };
        let _ = writeln!(
            out,
            "{} {role}{gap}{look} +{}{label} | {}",
            line.number,
            line.indent,
            text.trim().replace('\t', " ⇥ ")
        );
        let calls = manuscript
            .calls
            .iter()
            .filter(|call| line.span.contains(&call.span.start));
        for call in calls {
            let _ = writeln!(
                out,
                "  calls {} behind {:?}",
                &manuscript.text[call.span.clone()],
                last_word(&manuscript.text[line.span.start..call.span.start])
            );
        }
    }
    for remark in &manuscript.remarks {
        let _ = writeln!(out, "remark {}: {}", remark.line, remark.text);
    }
    out
}

fn look(line: &Line) -> String {
    let looks = [
        (line.look.bold, " bold"),
        (line.look.italic, " italic"),
        (line.look.centred, " centred"),
    ];
    looks
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, name)| *name)
        .collect()
}

fn last_word(text: &str) -> String {
    let mut last: Vec<char> = text.chars().rev().take(6).collect();
    last.reverse();
    last.into_iter().collect()
}

fn read(source: &Source) -> Manuscript {
    source
        .manuscript(&mut |_| ())
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_page_is_read_as_it_would_be_printed() {
    let mut count = 0;
    for folder in ["tests/read/html", "tests/read/markdown"] {
        for entry in fs::read_dir(here(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "lines") {
                continue;
            }
            assert_kept(
                &path.with_extension("lines"),
                &lines(&read(&Source::file(&path))),
            );
            count += 1;
        }
    }
    assert!(count >= 8, "{count} pages");
}

/// Reads bytes as a file of this name; gives what is read of them, if anything.
fn try_read(bytes: &[u8], name: &str) -> Option<Manuscript> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    Source::file(&path).manuscript(&mut |_| ()).ok()
}

#[test]
fn what_is_nested_without_end_is_read_all_the_same() {
    let start = Instant::now();
    let many = 100_000;
    for (page, last) in [
        (format!("<html>{}deep<p>last", "<div>".repeat(many)), "last"),
        (
            format!(
                "<html>{}deep{}<p>last",
                "<div>".repeat(many),
                "</div>".repeat(many)
            ),
            "last",
        ),
        (
            format!(
                "<html>{}deep{}last",
                "<div>".repeat(many),
                "</span></li></ul>".repeat(many)
            ),
            "last",
        ),
        (format!("<html>{}last", "<ul><li>".repeat(many)), "last"),
        (
            format!("<html>{}last", "<table><tr><td>".repeat(many)),
            "last",
        ),
        (
            format!("<html>{}last", "<b><i><a href='#x'><sup>".repeat(many)),
            "last",
        ),
        (format!("<html><ol>{}</ol>", "<li>x".repeat(many)), "x"),
        (format!("<html><p>{}last", "a<br>".repeat(many)), "last"),
        (format!("# a\n# b\n{}last", "> ".repeat(many)), "last"),
        (format!("# a\n# b\n\n{}last", "[".repeat(many)), "last"),
        (format!("# a\n# b\n\n{}last", "* _a".repeat(many)), "last"),
    ] {
        let start = Instant::now();
        let read = try_read(page.as_bytes(), "page.txt").expect("it has text");
        println!("{:.40}: {:?}", page.replace('\n', " "), start.elapsed());
        assert_ne!(read.format, Format::Text);
        let line = read.lines.last().unwrap();
        assert!(read.printed(line).ends_with(last), "{:.60}", page);
    }
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn progress_is_told_of_every_step() {
    let text = "<p>各国应加强国际合作，打击网络犯罪。</p>\n".repeat(30_000);
    let page: Vec<u8> = format!("<html>{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page");
    fs::write(&path, page).unwrap();
    let mut told = Vec::new();
    let read = Source::file(&path)
        .manuscript(&mut |progress| told.push(progress))
        .unwrap();
    assert_eq!(
        (read.lines.len(), read.encoding),
        (30_000, Some("UTF-16LE"))
    );
    for step in [Step::Bytes, Step::Characters, Step::Markup] {
        let far: Vec<_> = told
            .iter()
            .filter(|progress| progress.step == step)
            .collect();
        assert!(far.len() > 1, "{step:?}");
        assert!(
            far.iter()
                .all(|progress| progress.of.is_some_and(|of| progress.done <= of))
        );
        assert!(far.is_sorted_by_key(|progress| progress.done));
    }
}

/// Numbers that look random and are the same each time.
fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    }
}

/// `RAPPORTEUR_DAMAGE` says how many variants of each source are read.
#[test]
fn damaged_pages_and_texts_do_no_harm() {
    let wanted = env::var("RAPPORTEUR_DAMAGE")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(40);
    let mut slowest = Duration::ZERO;
    let (mut read, mut refused) = (0, 0);
    let sources = ["tests/read/html", "tests/read/markdown", "tests/reports"].map(|folder| {
        let paths = fs::read_dir(here(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = paths
            .filter(|path| {
                path.extension()
                    .is_some_and(|ending| ending != "lines" && ending != "outline")
            })
            .collect();
        paths.sort();
        paths
    });
    for paths in sources {
        let mut random = numbers(paths.len() as u64);
        for (nth, path) in (0..wanted).zip(iter::repeat(&paths).flatten()) {
            let mut bytes = fs::read(path).unwrap();
            match nth % 5 {
                0 => bytes.truncate(random(bytes.len())),
                1 => (0..1 + bytes.len() / 100).for_each(|_| {
                    let at = random(bytes.len());
                    bytes[at] ^= 1 << random(8);
                }),
                2 => (0..20).for_each(|_| {
                    let at = random(bytes.len());
                    bytes[at] = b"<>&/'\"#*_[]|\n\r\x0c\xff\0-"[random(18)];
                }),
                3 => {
                    let (from, length) = (random(bytes.len()), random(200));
                    bytes.drain(from..bytes.len().min(from + length));
                }
                _ => {
                    let (from, length) = (random(bytes.len()), random(2000));
                    let part = bytes[from..bytes.len().min(from + length)].to_vec();
                    let to = random(bytes.len());
                    bytes.splice(to..to, part);
                }
            }
            let start = Instant::now();
            match try_read(&bytes, "damaged.md") {
                Some(manuscript) => {
                    let (report, _) = parse_manuscript(&manuscript, &mut |_, _| ());
                    assert!(!report.is_empty() || !report.furniture().is_empty());
                    read += 1;
                }
                None => refused += 1,
            }
            slowest = slowest.max(start.elapsed());
        }
    }
    println!("{read} read, {refused} refused, the slowest in {slowest:?}");
    assert!(
        read > refused && slowest < Duration::from_secs(5),
        "{slowest:?}"
    );
}
