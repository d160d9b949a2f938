//! The search against fuzzy matchers and a plain scan, keystroke by keystroke, in one run.
//!
//! `cargo bench --bench search` takes some minutes and 8 GB of memory; `cargo bench --bench search --
//! 1000 100000` keeps to these sizes. The texts are recombined clauses of the built-in report and
//! made-up ones. With `EACH=1` every keystroke is told.

mod made_up;

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;
use nucleo::pattern::{CaseMatching, Normalization};
use rapporteur::parse::parse;
use rapporteur::search::{How, Index, Query};

/// What is typed, letter by letter, with backspaces: `<`.
const CHINESE: [&str; 20] = [
    "布达佩斯",
    "网络犯罪 公约",
    "公私伙伴<<<<约",
    "国际合作打击网络",
    "yameiniya",
    "gjhz",
    "shujukongzhizhe",
    "ya美尼ya",
    "议程项目2",
    "'公约 !网络",
    "^会员国 is:recommendation",
    "执法 | 司法",
    "航天发射",
    "jiqixuexi",
    "反恐委",
    "电子证据 能力建设",
    "wangluofanzui gongyue",
    "wlfz 公约",
    "'网络 | gongyue",
    "反恐 技术援助",
];
const ENGLISH: [&str; 13] = [
    "cybercrime",
    "capacity building",
    "budapest<<<<convention",
    "electronic evidence",
    "'treaty !law",
    "^states",
    "police | prosecutors",
    "qwertz",
    "ctc",
    "international cooperation",
    "convnetion",
    "rule of law",
    "recommends in:II",
];
/// What the others are asked too.
const COMPARED: [(&str, &[&str]); 2] = [
    (
        "Chinese",
        &[
            "网",
            "国际",
            "布达佩斯",
            "公私伙伴关系",
            "国际合作打击网络",
            "航天发射",
        ],
    ),
    (
        "English",
        &[
            "law",
            "states",
            "budapest",
            "capacity",
            "electronic evidence",
            "qwertz",
        ],
    ),
];
/// Counts and weaker hits are felt to lag that come later.
const LATE: Duration = Duration::from_millis(150);
/// A screenful and more.
const SCREEN: usize = 64;

/// What the screen says after each key.
fn keystrokes(session: &[&str]) -> Vec<String> {
    let mut states = Vec::new();
    for typed in session {
        let mut text = String::new();
        for c in typed.chars() {
            match c {
                '<' => drop(text.pop()),
                c => text.push(c),
            }
            states.push(text.clone());
        }
    }
    states
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at =
        |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    format!("median {:8.2} ms   99th {:8.2} ms", at(50), at(99))
}

/// Does `work` for each stretch of the texts on all processors; the sum of what it gives.
fn all_processors(texts: &[String], work: impl Fn(&[String]) -> usize + Sync) -> usize {
    let threads = thread::available_parallelism().map_or(1, |n| n.get());
    let next = AtomicUsize::new(0);
    let chunks: Vec<&[String]> = texts.chunks(4096).collect();
    let (work, next, chunks) = (&work, &next, &chunks);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(move || {
                    std::iter::from_fn(|| chunks.get(next.fetch_add(1, Ordering::Relaxed)))
                        .map(|chunk| work(chunk))
                        .sum::<usize>()
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("no worker fails"))
            .sum()
    })
}

/// The texts as a plain scan needs them: what is searched without case, spaces in Chinese, and
/// punctuation.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let spaced = |c: char| c.is_ascii_alphanumeric();
    let mut gap = false;
    let mut last = ' ';
    for c in text.chars().flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            gap |= c != '-';
            continue;
        }
        if gap && spaced(last) && spaced(c) {
            out.push(' ');
        }
        out.push(c);
        (last, gap) = (c, false);
    }
    out
}

fn compare(language: &str, count: usize, texts: Vec<String>, session: &[&str], queries: &[&str]) {
    let report = made_up::report_of(texts.iter().cloned());
    let (index, build) = timed(|| Index::new(&report));
    let printed = report.printed() as f64;
    println!(
        "\n{language}, {count} paragraphs, {:.1} MB\n  index built in {:.2} s; text, tree, addresses and index {:.2} times the text{}",
        printed / 1e6,
        build.as_secs_f64(),
        (report.bytes() + index.bytes()) as f64 / printed,
        memory(language, count).map_or(String::new(), |memory| {
            format!(
                "; a process with nothing else {:.2} times",
                memory as f64 / printed
            )
        })
    );
    let stop = AtomicBool::new(false);
    let states = keystrokes(session);
    let query = |text: &str| Query {
        text: text.into(),
        ..Query::default()
    };
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    let mut slowest = (Duration::ZERO, Duration::ZERO, String::new());
    for state in &states {
        let query = query(state);
        let (shown, quick) = timed(|| {
            index
                .first(&report, &query, SCREEN, &stop)
                .expect("nothing stops it")
        });
        let (found, full) = timed(|| index.search(&report, &query));
        // What is shown at once is what comes first in the end.
        let strong = found
            .hits
            .iter()
            .take_while(|hit| hit.how <= How::Pinyin)
            .take(SCREEN);
        assert!(strong.eq(shown.hits.iter().take(SCREEN)), "{state}");
        first.push(quick);
        whole.push(full);
        if std::env::var_os("EACH").is_some() {
            println!(
                "    {:8.2} {:8.2} ms  {:7} {state}",
                quick.as_secs_f64() * 1e3,
                full.as_secs_f64() * 1e3,
                found.hits.len()
            );
        }
        if full > slowest.1 {
            slowest = (quick, full, state.clone());
        }
    }
    println!(
        "  {} keystrokes, first screenful: {}",
        states.len(),
        spread(&mut first)
    );
    let late = whole.iter().filter(|time| **time > LATE).count();
    println!(
        "  {} keystrokes, everything:      {}   {late} later than {LATE:?}",
        states.len(),
        spread(&mut whole)
    );
    println!(
        "    the slowest, {}: {:.1} ms, then {:.1} ms",
        slowest.2,
        slowest.0.as_secs_f64() * 1e3,
        slowest.1.as_secs_f64() * 1e3
    );

    let folded: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    let (mut ours, mut all, mut scan, mut skim) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for text in queries {
        let query = query(text);
        ours.push(timed(|| index.first(&report, &query, SCREEN, &stop)).1);
        let (found, time) = timed(|| index.search(&report, &query));
        all.push(time);
        let (count, time) = timed(|| {
            let finder = Finder::new(text.as_bytes());
            all_processors(&folded, |texts| {
                texts
                    .iter()
                    .filter(|text| finder.find(text.as_bytes()).is_some())
                    .count()
            })
        });
        scan.push(time);
        let exact: BTreeSet<usize> = found
            .hits
            .iter()
            .filter(|hit| hit.how == How::Exact && !report.unit(hit.unit).kind.is_heading())
            .map(|hit| report.unit(hit.unit).number.unwrap_or(0) as usize - 1)
            .collect();
        let scanned: BTreeSet<usize> = (0..folded.len())
            .filter(|&at| folded[at].contains(text))
            .collect();
        assert_eq!(scanned.len(), count);
        assert!(
            exact == scanned,
            "{text}: {} exact hits, {} by a plain scan",
            exact.len(),
            scanned.len()
        );
        let (_, time) = timed(|| {
            all_processors(&texts, |texts| {
                let matcher = SkimMatcherV2::default().ignore_case();
                texts
                    .iter()
                    .filter(|text| black_box(matcher.fuzzy_indices(text, &query.text)).is_some())
                    .count()
            })
        });
        skim.push(time);
    }
    let mut nucleo = with_nucleo(&texts, queries);
    println!(
        "  the same {} queries, and the same exact hits as a plain scan of folded texts:",
        queries.len()
    );
    for (name, times) in [
        ("ours, first screenful", &mut ours),
        ("ours, everything", &mut all),
        ("plain substring scan", &mut scan),
        ("nucleo", &mut nucleo),
        ("SkimMatcherV2", &mut skim),
    ] {
        println!("    {name:24} {}", spread(times));
    }
    for (name, times) in [("nucleo", &nucleo), ("SkimMatcherV2", &skim)] {
        // They are in order now.
        let ratio = |share: usize| {
            let at = |times: &[Duration]| times[(times.len() * share / 100).min(times.len() - 1)];
            at(times).as_secs_f64() / at(&all).as_secs_f64()
        };
        println!(
            "    ours, everything: {:.0} times as fast as {name} at the median, {:.0} at the 99th",
            ratio(50),
            ratio(99)
        );
    }
}

fn with_nucleo(texts: &[String], queries: &[&str]) -> Vec<Duration> {
    let mut matcher = nucleo::Nucleo::<u32>::new(nucleo::Config::DEFAULT, Arc::new(|| ()), None, 1);
    let injector = matcher.injector();
    for (at, text) in texts.iter().enumerate() {
        injector.push(at as u32, |_, columns| columns[0] = text.as_str().into());
    }
    while matcher.tick(1000).running {}
    let times = queries.iter().map(|query| {
        // Not narrowed from the query before: each is as if pasted.
        matcher
            .pattern
            .reparse(0, "", CaseMatching::Ignore, Normalization::Smart, false);
        while matcher.tick(1000).running {}
        let ((), time) = timed(|| {
            matcher
                .pattern
                .reparse(0, query, CaseMatching::Ignore, Normalization::Smart, false);
            while matcher.tick(1000).running {}
        });
        time
    });
    times.collect()
}

/// The memory, in bytes, of a process that holds such a report and its index and nothing else, where
/// the system says so.
fn memory(language: &str, count: usize) -> Option<usize> {
    let mut itself = Command::new(std::env::current_exe().ok()?);
    let told = itself
        .args([ALONE, language, &count.to_string()])
        .output()
        .ok()?;
    String::from_utf8(told.stdout).ok()?.trim().parse().ok()
}

/// The argument by which this program is asked to be that process.
const ALONE: &str = "--alone";

/// Says how much memory that is.
fn alone(language: &str, count: usize) {
    let report = made_up::report_of(texts(language, count));
    let index = Index::new(&report);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes: Option<usize> =
        line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    if let Some(kilobytes) = kilobytes {
        println!("{}", kilobytes * 1024);
    }
    drop((report, index));
}

fn texts(language: &str, count: usize) -> Box<dyn Iterator<Item = String>> {
    if language == COMPARED[1].0 {
        return Box::new(made_up::english(count));
    }
    let source = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/cybercrime-expert-group.zh.txt"
    ));
    let (report, _) = parse(&source.expect("the built-in report is there"));
    let text = report.ids().map(|id| format!("{}。", report.unit(id).text));
    Box::new(made_up::chinese(count, &text.collect::<String>()))
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, language, count] = arguments.as_slice()
        && flag == ALONE
    {
        return alone(language, count.parse().expect("a number of paragraphs"));
    }
    let sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|size| size.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![1000, 10_000, 100_000, 1_000_000]
    } else {
        sizes
    };
    for count in sizes {
        for ((language, queries), session) in COMPARED.iter().zip([&CHINESE[..], &ENGLISH]) {
            compare(
                language,
                count,
                texts(language, count).collect(),
                session,
                queries,
            );
        }
    }
}
