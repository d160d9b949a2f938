//! Reports of any size, made up by a seeded generator: the same in every run.

use rapporteur::report::{Ground, Kind, Report, Unit};

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

    fn pick<'a>(&mut self, from: &'a [impl AsRef<str>]) -> &'a str {
        from[self.below(from.len())].as_ref()
    }
}

const TRADITIONAL: &str = include_str!("../../src/search/traditional.txt");

/// Paragraphs of 60 to 400 characters: clauses of a Chinese report, and words made up.
pub fn chinese(count: usize, report: &str) -> impl Iterator<Item = String> + use<> {
    let mut seeded = Seeded(1);
    let clauses: Vec<String> = report
        .split(['，', '。', '；', '：', '、'])
        .filter(|clause| (4..40).contains(&clause.chars().count()))
        .map(String::from)
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
    let paragraph = move |_| {
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
    (0..count).map(paragraph)
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

/// Paragraphs of 60 to 400 characters: phrases of such reports, and words made up.
pub fn english(count: usize) -> impl Iterator<Item = String> {
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
    let paragraph = move |_| {
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
    (0..count).map(paragraph)
}

/// A report of these paragraphs, every tenth a recommendation, a chapter for each five hundred.
pub fn report_of(texts: impl Iterator<Item = String>) -> Report {
    let units = texts.enumerate().flat_map(|(at, text)| {
        let number = at as u32 / 500 + 1;
        let chapter = Unit::new(Kind::Chapter, "", Some(number), "Chapter 章");
        let mut unit = Unit::new(Kind::Paragraph, "", Some(at as u32 + 1), "");
        unit.text = text;
        unit.ground = (at % 10 == 0).then_some(Ground::Heading);
        let chapter = at.is_multiple_of(500).then_some(chapter);
        chapter.into_iter().chain([unit])
    });
    Report::new(units, vec![], None)
}
