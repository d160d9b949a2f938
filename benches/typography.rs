//! How well lines are set: the built-in report at every width from 20 to 200 columns, set by this
//! program and by others, with what careful printing avoids counted; and how fast.
//!
//! `cargo bench --bench typography` takes a minute. `w3m` comes with most systems (`apt install w3m`,
//! `brew install w3m`), treemd with `cargo install treemd`; without them their rows are left out.

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rapporteur::parse::parse;
use rapporteur::report::{Placed, Report};
use rapporteur::typeset::{Ruler, set, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Widget, Wrap};

/// What most terminals do.
const RULER: Ruler = Ruler::NARROW;

/// Closing punctuation, which begins no line.
const NEVER_FIRST: &str = "。，、；：！？）》〉」』】〕”’…,.;:!?)]}%％";
/// Opening punctuation, which ends none.
const NEVER_LAST: &str = "（《〈「『【〔“‘([{";

/// What a setter makes of the report in so many columns: its lines, and how wide they may be.
type Setter<'a> = (&'a str, Vec<usize>, Box<dyn Fn(usize) -> Lines + 'a>);

struct Lines {
    lines: Vec<String>,
    width: usize,
}

fn main() {
    let here = env!("CARGO_MANIFEST_DIR");
    let text = fs::read_to_string(format!("{here}/data/cybercrime-expert-group.zh.txt"));
    let (report, _) = parse(&text.expect("it is there"));
    let source = Source::new(&report);
    let paragraphs: Vec<String> = report.ids().map(|id| report.unit(id).to_string()).collect();

    let all = || (20..=200).collect::<Vec<usize>>();
    let whole = |lines: Vec<String>, width| Lines { lines, width };
    let mut setters: Vec<Setter> = vec![
        (
            "rapporteur",
            all(),
            Box::new(|width| whole(ours(&report, width), width)),
        ),
        (
            "Annex 14 alone, greedy",
            all(),
            Box::new(|width| whole(annex(&paragraphs, width), width)),
        ),
        (
            "ratatui `Paragraph::wrap`",
            all(),
            Box::new(|width| whole(paragraph(&paragraphs, width), width)),
        ),
    ];
    if is_there("w3m", "-version") {
        let paragraphs = &paragraphs;
        setters.push((
            "w3m",
            all(),
            Box::new(move |width| whole(w3m(paragraphs, width), width)),
        ));
    } else {
        println!("w3m is not installed, and left out: apt install w3m");
    }
    if is_there("treemd", "--version") {
        let paragraphs = &paragraphs;
        setters.push((
            "treemd, 18 sizes of screen",
            (40..=210).step_by(10).collect(),
            Box::new(move |width| treemd(paragraphs, width)),
        ));
    } else {
        println!("treemd is not installed, and left out: cargo install treemd");
    }

    println!(
        "\n| set by | lines | begin with closing | end with opening | label alone | number, symbol or word torn | \
         too wide | characters lost |\n|---|---|---|---|---|---|---|---|"
    );
    for (name, widths, lines) in &setters {
        let mut count = Count::default();
        for &width in widths {
            source.count(&lines(width), &mut count);
        }
        println!("| {name} | {count} |");
    }
    speed(&paragraphs);
}

fn is_there(program: &str, version: &str) -> bool {
    Command::new(program).arg(version).output().is_ok()
}

/// The report as its characters without white space.
struct Source {
    chars: Vec<Char>,
}

struct Char {
    c: char,
    /// White space stands before it.
    spaced: bool,
    /// A unit begins with it.
    begins: bool,
    /// A label ends before it.
    text: bool,
}

#[derive(Default)]
struct Count {
    lines: usize,
    begin: usize,
    end: usize,
    alone: usize,
    torn: usize,
    wide: usize,
    lost: usize,
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}", self.lines)?;
        for count in [self.begin, self.end, self.alone, self.torn] {
            let share = 100.0 * count as f64 / self.lines.max(1) as f64;
            match count {
                0 => write!(f, " | 0")?,
                _ => write!(f, " | {count} ({share:.1} %)")?,
            }
        }
        write!(f, " | {} | {}", self.wide, self.lost)
    }
}

impl Source {
    fn new(report: &Report) -> Self {
        let mut chars = Vec::new();
        for id in report.ids() {
            let unit = report.unit(id);
            let label = unit.label.chars().count();
            let mut spaced = false;
            for (nth, c) in unit.to_string().chars().enumerate() {
                if c.is_whitespace() {
                    spaced = true;
                    continue;
                }
                let first_of_text = nth == label + unit.label_gap().len();
                chars.push(Char {
                    c,
                    spaced,
                    begins: nth == 0,
                    text: first_of_text && label > 0,
                });
                spaced = false;
            }
        }
        Self { chars }
    }

    fn count(&self, set: &Lines, count: &mut Count) {
        let mut at = 0;
        for line in &set.lines {
            let letters: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
            let Some(&first) = letters.first() else {
                continue;
            };
            count.lines += 1;
            count.wide += usize::from(RULER.cols(line.trim_end()) > set.width);
            // Where something is lost, the next few characters are looked through for this line.
            let is_here = |start: &usize| {
                let there = self.chars.get(*start..*start + letters.len());
                there.is_some_and(|there| {
                    there
                        .iter()
                        .map(|there| there.c)
                        .eq(letters.iter().copied())
                })
            };
            let Some(start) = (at..self.chars.len().min(at + 400)).find(is_here) else {
                continue;
            };
            let end = start + letters.len();
            count.lost += start - at;
            at = end;
            count.begin += usize::from(!self.chars[start].begins && NEVER_FIRST.contains(first));
            let Some(next) = self.chars.get(end).filter(|next| !next.begins) else {
                continue;
            };
            let last = self.chars[end - 1].c;
            count.end += usize::from(NEVER_LAST.contains(last));
            if next.text {
                count.alone += usize::from(self.chars[start].begins);
            } else {
                count.torn += usize::from(is_torn(self.chars.get(end.wrapping_sub(2)), last, next));
            }
        }
        count.lost += self.chars.len() - at;
    }
}

/// True where a line end between these tears a word, a symbol, or a number from what it counts.
fn is_torn(before: Option<&Char>, last: char, next: &Char) -> bool {
    let han = |c: char| c.is_alphabetic() && RULER.cols(c.encode_utf8(&mut [0; 4])) == 2;
    let counted = last.is_ascii_digit() && han(next.c) || last == '第' && next.c.is_ascii_digit();
    let hyphen = last == '-'
        && next.c.is_alphabetic()
        && before.is_some_and(|before| before.c.is_alphabetic());
    counted || !next.spaced && last.is_ascii_graphic() && next.c.is_ascii_graphic() && !hyphen
}

fn ours(report: &Report, width: usize) -> Vec<String> {
    let unit = |unit: Placed| -> Vec<String> {
        let lines = set(RULER, &unit, width);
        let line = |line: &rapporteur::typeset::Line| {
            let label = line
                .label
                .map_or(String::new(), |at| " ".repeat(at) + unit.label);
            let pad = " ".repeat(line.indent.saturating_sub(RULER.cols(&label)));
            label + &pad + &unit.text[line.span.clone()]
        };
        lines.iter().map(line).collect()
    };
    report.ids().flat_map(|id| unit(report.unit(id))).collect()
}

/// The line breaks of Unicode Annex 14 and nothing else, each line as full as can be.
fn annex(paragraphs: &[String], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for text in paragraphs {
        let (mut start, mut last) = (0, 0);
        for (at, _) in unicode_linebreak::linebreaks(text) {
            if RULER.cols(text[start..at].trim_end()) > width && last > start {
                lines.push(text[start..last].to_string());
                start = last;
            }
            last = at;
        }
        lines.push(text[start..].to_string());
    }
    lines
}

fn paragraph(paragraphs: &[String], width: usize) -> Vec<String> {
    let set = |text: &String| {
        let area = Rect::new(
            0,
            0,
            width as u16,
            (RULER.cols(text) * 3 / width + 4) as u16,
        );
        let mut buffer = Buffer::empty(area);
        Paragraph::new(text.as_str())
            .wrap(Wrap { trim: true })
            .render(area, &mut buffer);
        let row = |y| {
            let mut x = 0;
            let mut line = String::new();
            while x < area.width {
                let symbol = buffer[(x, y)].symbol();
                line += symbol;
                x += RULER.cols(symbol).max(1) as u16;
            }
            line
        };
        (0..area.height).map(row).collect::<Vec<_>>()
    };
    paragraphs.iter().flat_map(set).collect()
}

fn w3m(paragraphs: &[String], width: usize) -> Vec<String> {
    let escape = |text: &String| text.replace('&', "&amp;").replace('<', "&lt;");
    let html: String = paragraphs
        .iter()
        .map(|text| format!("<p>{}</p>\n", escape(text)))
        .collect();
    let html = format!("<html lang=\"zh\"><body>{html}</body></html>");
    let mut child = Command::new("w3m")
        .args(["-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"])
        .args(["-cols", &width.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it is installed");
    let mut input = child.stdin.take().expect("it is piped");
    let writer = thread::spawn(move || input.write_all(html.as_bytes()));
    let output = child.wait_with_output().expect("it ends").stdout;
    let _ = writer.join();
    let text = String::from_utf8_lossy(&output);
    text.lines().map(String::from).collect()
}

/// What treemd draws on a screen of so many columns: of each row what is between its last borders.
fn treemd(paragraphs: &[String], width: usize) -> Lines {
    const ROWS: u16 = 700;
    let folder = tempfile::tempdir().expect("there is room");
    let file = folder.path().join("report.md");
    // A label is no list of its own, and a paragraph no heading.
    let escaped = |text: &String| match text.split_once(". ") {
        Some((number, rest)) if number.parse::<u32>().is_ok() => format!("{number}\\. {rest}"),
        _ => text.clone(),
    };
    let markdown: Vec<_> = paragraphs.iter().map(escaped).collect();
    fs::write(&file, markdown.join("\n\n")).expect("there is room");
    let size = PtySize {
        rows: ROWS,
        cols: width as u16,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system()
        .openpty(size)
        .expect("there are pseudo-terminals");
    let mut command = CommandBuilder::new("treemd");
    command.env("TERM", "xterm-256color");
    command.env("XDG_CONFIG_HOME", folder.path());
    command.arg("--no-images");
    command.arg(&file);
    let mut child = pair.slave.spawn_command(command).expect("it is installed");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("it can be read");
    let mut keys = pair.master.take_writer().expect("it can be typed to");
    let (send, seen) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 65536];
        while let Ok(read @ 1..) = reader.read(&mut bytes) {
            if send.send(bytes[..read].to_vec()).is_err() {
                break;
            }
        }
    });
    let side = |length: usize| std::num::NonZeroU16::new(length as u16).expect("not 0");
    let mut screen = vt100::Parser::new(side(ROWS.into()), side(width), 0);
    // It asks where the cursor is.
    let _ = keys.write_all(b"\x1b[1;1R");
    let end = Instant::now() + Duration::from_secs(8);
    while Instant::now() < end {
        match seen.recv_timeout(Duration::from_millis(700)) {
            Ok(bytes) => screen.process(&bytes),
            Err(RecvTimeoutError::Timeout) if screen.screen().contents().contains('│') => break,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    let rows: Vec<String> = screen.screen().rows(0, width as u16).collect();
    let mut room = width;
    let mut lines = Vec::new();
    for row in rows {
        let row = row.trim_end();
        let Some((before, last)) = row.rsplit_once(['│', '█', '║', '▲', '▼']) else {
            continue;
        };
        if !last.is_empty() {
            continue;
        }
        let text = before.rsplit_once('│').map_or(before, |(_, text)| text);
        room = RULER.cols(text);
        lines.push(text.to_string());
    }
    if std::env::var_os("EACH").is_some() {
        println!("{}", lines.join("\n"));
    }
    Lines { lines, width: room }
}

/// How fast text is broken into lines, and that twice the text takes twice the time.
fn speed(paragraphs: &[String]) {
    const COLS: usize = 60;
    let chinese = paragraphs.join("");
    let english = "Member States should continue to cooperate (A/C.3/72/12, para. 3), including by 11 September 2017. ";
    println!("\n| text on one line | 1 MB | 4 MB | 16 MB |\n|---|---|---|---|");
    for (name, piece) in [
        ("the built-in report", chinese.as_str()),
        ("English", english),
        ("one word", "a"),
        ("one number", "1"),
        ("one symbol", "A/C.3/"),
        ("closing punctuation", "。"),
        ("opening punctuation", "（"),
        ("straight quotation marks", "\""),
        ("ellipses", "…"),
        ("fixed spaces", "\u{a0}"),
        ("spaces", " "),
        ("combining marks", "\u{301}"),
        ("word joiners", "网\u{2060}"),
        ("no width and a space", "\u{200b} "),
        ("addresses", "1(k)"),
        ("joined emoji", "👩\u{200d}"),
    ] {
        print!("| {name} |");
        let mut times = Vec::new();
        for size in [1_000_000, 4_000_000, 16_000_000] {
            let text = piece.repeat(size / piece.len() + 1);
            let mut best = Duration::MAX;
            for _ in 0..3 {
                let start = Instant::now();
                std::hint::black_box(wrap(RULER, &text, COLS, COLS));
                best = best.min(start.elapsed());
            }
            print!(
                " {:.1} MB/s |",
                text.len() as f64 / 1e6 / best.as_secs_f64()
            );
            times.push(best);
        }
        println!();
        // Sixteen times the text: even a busy machine tells that from 256 times the work.
        assert!(
            times[2] < times[0] * 64,
            "{name}: setting is not linear in the length of the text: {times:?}"
        );
    }
}
