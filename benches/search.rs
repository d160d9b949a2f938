//! The search against fuzzy matchers and a plain scan, keystroke by keystroke, in one run.
//!
//! `cargo bench --bench search` takes some minutes and 8 GB of memory; `cargo bench --bench search --
//! 1000 100000` keeps to these sizes. The texts are recombined clauses of the built-in report and
//! made-up ones, by a seeded generator.

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;
use nucleo::pattern::{CaseMatching, Normalization};
use rapporteur::parse::parse;
use rapporteur::report::{Kind, Report, Unit};
use rapporteur::search::{How, Index, Query};

/// What is typed, letter by letter, with backspaces: `<`.
const CHINESE: [&str; 16] = [
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
];
const ENGLISH: [&str; 10] = [
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

/// Numbers that only look random (splitmix64), the same in every run.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Small numbers far more often than great ones, as words are used.
    fn often_small(&mut self, end: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((end as f64).powf(share) as usize - 1).min(end - 1)
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

const TRADITIONAL: &str = include_str!("../src/search/traditional.txt");

/// Paragraphs of 60 to 400 characters.
fn chinese(count: usize, report: &str) -> Vec<String> {
    let mut seeded = Seeded(1);
    let clauses: Vec<&str> = report
        .split(['，', '。', '；', '：', '、'])
        .filter(|clause| (4..40).contains(&clause.chars().count()))
        .collect();
    let common: Vec<char> = report
        .chars()
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .collect();
    // No traditional ones, which are found for simplified ones, but not by a plain scan.
    let others: Vec<char> = ('\u{4e00}'..'\u{7e00}')
        .filter(|c| !TRADITIONAL.contains(*c))
        .collect();
    let words: Vec<String> = (0..20_000)
        .map(|_| {
            let length = 2 + seeded.below(3);
            let letter = |seeded: &mut Seeded| match seeded.below(3) {
                0 => common[seeded.below(common.len())],
                _ => others[seeded.often_small(others.len())],
            };
            (0..length).map(|_| letter(&mut seeded)).collect()
        })
        .collect();
    let paragraph = |_| {
        let length = 60 + seeded.below(340);
        let (mut text, mut written) = (String::new(), 0);
        while written < length {
            let mut clause = String::new();
            if seeded.below(2) == 0 {
                clause.push_str(seeded.pick(&clauses));
            } else {
                (0..2 + seeded.below(6))
                    .for_each(|_| clause.push_str(&words[seeded.often_small(words.len())]));
            }
            written += clause.chars().count() + 1;
            text.push_str(&clause);
            text.push_str(if seeded.below(4) == 0 { "。" } else { "，" });
        }
        text
    };
    (0..count).map(paragraph).collect()
}

const PHRASES: [&str; 30] = [
    "Member States should continue to strengthen international cooperation",
    "the Budapest Convention",
    "in accordance with domestic law",
    "the Counter-Terrorism Committee",
    "capacity building for law enforcement authorities",
    "electronic evidence",
    "mutual legal assistance requests",
    "the use of information and communications technologies",
    "States Parties should consider",
    "a new global treaty",
    "the draft convention on cybercrime",
    "some speakers expressed the view",
    "judges and prosecutors",
    "in the investigation of cybercrime",
    "service providers",
    "the protection of human rights and privacy",
    "the Commission on Crime Prevention and Criminal Justice",
    "subject to the rule of law",
    "specialized police units",
    "the preservation of computer data",
    "real-time collection of traffic data",
    "public-private partnerships",
    "the exchange of information",
    "developing countries",
    "training programmes",
    "the expert group recommended",
    "technical assistance should be provided",
    "the Secretary-General transmitted",
    "national procedures",
    "transnational organized crime",
];

/// Paragraphs of 60 to 400 characters.
fn english(count: usize) -> Vec<String> {
    let mut seeded = Seeded(2);
    let parts = [
        "con", "tra", "mi", "lo", "ver", "st", "an", "ter", "pro", "re", "sion", "al", "po", "ge",
        "ru", "ment", "di", "cal", "or", "es", "un", "fi", "ble", "ty",
    ];
    let words: Vec<String> = (0..20_000)
        .map(|_| {
            (0..1 + seeded.below(4))
                .map(|_| seeded.pick(&parts))
                .collect()
        })
        .collect();
    let paragraph = |_| {
        let length = 60 + seeded.below(340);
        let mut text = String::new();
        while text.len() < length {
            if seeded.below(3) == 0 {
                text.push_str(seeded.pick(&PHRASES));
            } else {
                let some: Vec<&str> = (0..2 + seeded.below(6))
                    .map(|_| words[seeded.often_small(words.len())].as_str())
                    .collect();
                text.push_str(&some.join(" "));
            }
            text.push_str(if seeded.below(4) == 0 { ". " } else { ", " });
        }
        text.trim_end().into()
    };
    (0..count).map(paragraph).collect()
}

fn report_of(texts: &[String]) -> Report {
    let mut units = Vec::with_capacity(texts.len() + texts.len() / 500 + 1);
    for (at, text) in texts.iter().enumerate() {
        if at % 500 == 0 {
            let number = at as u32 / 500 + 1;
            units.push(Unit::new(Kind::Chapter, "", Some(number), "Chapter 章"));
        }
        let mut unit = Unit::new(Kind::Paragraph, "", Some(at as u32 + 1), text);
        unit.recommendation = at % 10 == 0;
        units.push(unit);
    }
    Report::new(units, vec![], None)
}

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
    let bytes: usize = texts.iter().map(String::len).sum();
    let report = report_of(&texts);
    let before = resident();
    let (index, build) = timed(|| Index::new(&report));
    let grown = resident()
        .zip(before)
        .map(|(now, before)| now.saturating_sub(before));
    println!(
        "\n{language}, {count} paragraphs, {:.1} MB\n  index built in {:.2} s; text and index {:.2} times the text{}",
        bytes as f64 / 1e6,
        build.as_secs_f64(),
        (bytes + index.bytes()) as f64 / bytes as f64,
        grown.map_or(String::new(), |grown| {
            format!(
                " ({:.2} by the memory the process grew)",
                (bytes + grown) as f64 / bytes as f64
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

/// The memory the process has, where the system says so.
fn resident() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: usize = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|size| size.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![1000, 10_000, 100_000, 1_000_000]
    } else {
        sizes
    };
    let source = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/cybercrime-expert-group.zh.txt"
    ));
    let (report, _) = parse(&source.expect("the built-in report is there"));
    let text: String = report
        .ids()
        .map(|id| format!("{}。", report.unit(id).text))
        .collect();
    for count in sizes {
        compare(
            COMPARED[0].0,
            count,
            chinese(count, &text),
            &CHINESE,
            COMPARED[0].1,
        );
        compare(
            COMPARED[1].0,
            count,
            english(count),
            &ENGLISH,
            COMPARED[1].1,
        );
    }
}
