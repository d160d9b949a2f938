//! A report made ready for searching.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use super::alphabet::{Alphabet, Census, encode};
use super::block::{Bits, Block, Builder, block_units};
use super::fold::fold_into;
use super::plan::{Labels, Plan};
use super::vocabulary::{Vocabulary, words};
use super::{Found, Hit, Matched, Query, initials, judge, loose, run};
use crate::facet::{Facets, Vocabularies};
use crate::report::script::is_han;
use crate::report::{Report, UnitId};

/// A report made ready for searching; copies share what they are made of.
#[derive(Clone, Default)]
pub struct Index(Arc<Inner>);

/// What an index is made of.
#[derive(Default)]
pub(super) struct Inner {
    pub alphabet: Alphabet,
    pub vocabulary: Vocabulary,
    pub labels: Labels,
    /// The headings, then the other units, each in reading order.
    pub blocks: Vec<Block>,
    /// How many blocks hold headings.
    pub headings: usize,
    pub units: usize,
    /// The recommendations, with what stands under them.
    pub recommended: Bits,
    /// Read from the report when they are first asked for.
    facets: OnceLock<Arc<Facets>>,
    /// The words they are read by.
    words: Arc<Vocabularies>,
}

impl Inner {
    /// The facets of the report this was made of.
    pub(super) fn facets(&self, report: &Report) -> &Arc<Facets> {
        self.facets
            .get_or_init(|| Arc::new(Facets::with(&self.words, report)))
    }

    /// The block that a unit is in, and its place there.
    pub(super) fn place(&self, unit: UnitId) -> Option<(usize, usize)> {
        let id = unit.index() as u32;
        let (headings, others) = self.blocks.split_at(self.headings);
        [(0, headings), (self.headings, others)]
            .into_iter()
            .find_map(|(first, blocks)| {
                let at = blocks.partition_point(|block| block.first_id() <= id);
                let at = at.checked_sub(1)?;
                Some((first + at, blocks[at].place(id)?))
            })
    }
}

/// Text to tell the language of words by is not more than this, in bytes.
const SAMPLE: usize = 20_000;

impl Index {
    /// Takes the whole report in once; of a large one on all processors. Facets are read by the words
    /// that come with the program.
    pub fn new(report: &Report) -> Self {
        Self::with(report, Vocabularies::built_in())
    }

    /// The same, with these words for facets.
    pub fn with(report: &Report, facet_words: Arc<Vocabularies>) -> Self {
        let (headings, others): (Vec<_>, Vec<_>) = report
            .ids()
            .partition(|&id| report.unit(id).kind.is_heading());
        let numbers = |ids: Vec<UnitId>| {
            ids.into_iter()
                .map(|id| id.index() as u32)
                .collect::<Vec<_>>()
        };
        let (headings, others) = (numbers(headings), numbers(others));
        let most = block_units(report.len());
        let parts: Vec<&[u32]> = headings.chunks(most).chain(others.chunks(most)).collect();
        let text = |id: u32| report.unit(UnitId::from(id as usize)).text;

        let counted = in_parallel(parts.len(), |part| {
            let (mut census, mut seen, mut folded) =
                (Census::default(), BTreeSet::new(), String::new());
            for &id in parts[part] {
                folded.clear();
                fold_into(text(id), |c, _| folded.push(c));
                folded.chars().for_each(|c| census.count(c));
                for word in words(&folded) {
                    if !seen.contains(word) {
                        seen.insert(Box::from(word));
                    }
                }
            }
            (census, seen)
        });
        let (mut census, mut seen) = (Census::default(), BTreeSet::new());
        for (more, words) in counted {
            census.add(more);
            seen.extend(words);
        }
        let alphabet = Alphabet::new(census);
        let mut sample = String::new();
        for id in report.ids() {
            if sample.len() > SAMPLE || seen.is_empty() {
                break;
            }
            sample.push_str(report.unit(id).text);
            sample.push('\n');
        }
        let vocabulary = Vocabulary::new(seen, &sample);
        let labels = Labels::new(report);
        // What is left for the blocks, for each byte that is printed.
        let taken = report.bytes() + labels.bytes() + vocabulary.bytes();
        let left = MOST - taken as f64 / report.printed().max(1) as f64;
        let blocks = in_parallel(parts.len(), |part| {
            let mut builder = Builder::new(&alphabet, parts[part].to_vec());
            let (mut coded, mut breaks, mut bytes) = (Vec::new(), Vec::new(), 0);
            for &id in parts[part] {
                coded.clear();
                breaks.clear();
                encode_text(text(id), &alphabet, &mut coded, &mut breaks);
                bytes += text(id).len();
                builder.add(&coded, &breaks);
            }
            builder.finish((bytes as f64 * left) as usize, |id| {
                initials::initials(text(id))
            })
        });
        Self(Arc::new(Inner {
            vocabulary,
            labels,
            headings: headings.len().div_ceil(most),
            units: report.len(),
            recommended: recommended(report),
            facets: OnceLock::new(),
            words: facet_words,
            blocks,
            alphabet,
        }))
    }

    /// Every unit of `report`, which this index was made of, that `query` finds, best first and
    /// in reading order among equals.
    ///
    /// ```
    /// use rapporteur::{parse::parse, search::{Index, Query}};
    /// let (report, _) = parse("1. 使用《布达佩斯公约》。\n\n2. 布达佩斯会议。\n\n3. 其他。\n");
    /// let query = Query { text: "budapeisi 公约".into(), ..Query::default() };
    /// let found = Index::new(&report).search(&report, &query);
    /// assert_eq!(found.hits.len(), 1);
    /// let marks = found.matched(&report, &found.hits[0]).matches;
    /// assert_eq!(&report.unit(found.hits[0].unit).text[marks[0].clone()], "布达佩斯公约");
    /// ```
    pub fn search(&self, report: &Report, query: &Query) -> Found {
        self.search_until(report, query, &AtomicBool::new(false))
            .unwrap_or_default()
    }

    /// Like [`Index::search`], but gives up, with nothing, soon after `stop` becomes true.
    pub fn search_until(&self, report: &Report, query: &Query, stop: &AtomicBool) -> Option<Found> {
        self.run(report, query, None, stop)
    }

    /// The best hits of the tiers from address to pinyin, `count` of them or a few more, in the order
    /// in which [`Index::search`] has them; that they are all is said by [`Found::complete`]. Takes a
    /// fraction of the time where there are many. Gives up, with nothing, when `stop` becomes true.
    pub fn first(
        &self,
        report: &Report,
        query: &Query,
        count: usize,
        stop: &AtomicBool,
    ) -> Option<Found> {
        self.run(report, query, Some(count), stop)
    }

    fn run(
        &self,
        report: &Report,
        query: &Query,
        most: Option<usize>,
        stop: &AtomicBool,
    ) -> Option<Found> {
        let inner = &*self.0;
        let plan = Plan::new(query, report, inner);
        let mut found = run::run(inner, report, &plan, most, stop)?;
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        found.ready = Some((self.clone(), Arc::new(plan)));
        Some(found)
    }

    pub(super) fn matched(&self, report: &Report, plan: &Plan, hit: &Hit) -> Option<Matched> {
        judge::matched(&self.0, report, plan, hit)
    }

    /// The facets of the report that this index was made of; read when first asked for.
    pub fn facets(&self, report: &Report) -> Arc<Facets> {
        Arc::clone(self.0.facets(report))
    }

    /// The memory this takes, in bytes, beside the report itself and its facets.
    pub fn bytes(&self) -> usize {
        let blocks: usize = self.0.blocks.iter().map(Block::bytes).sum();
        blocks + self.0.vocabulary.bytes() + self.0.labels.bytes()
    }
}

/// How much a report and its index may take together, for each byte that is printed, if these are
/// many: two and a half, with something left for what is made of each query.
const MOST: f64 = 2.42;

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index of {} units", self.0.units)
    }
}

fn recommended(report: &Report) -> Bits {
    let mut bits = Bits::none(report.len());
    for id in report.ids().filter(|&id| report.unit(id).recommendation) {
        report.subtree(id).for_each(|unit| bits.set(unit));
    }
    bits
}

/// A text as symbols, and how far it is, in symbols, from clause end to clause end.
fn encode_text(text: &str, alphabet: &Alphabet, coded: &mut Vec<u8>, breaks: &mut Vec<u16>) {
    let (mut count, mut last, mut at) = (0_usize, 0, 0);
    let mut end = |count: usize, last: &mut usize| {
        // Clauses longer than that there are none; to end one early does no harm.
        while count > *last {
            let further = (count - *last).min(usize::from(u16::MAX));
            breaks.push(further as u16);
            *last += further;
        }
    };
    // Only names in Chinese are looked for within clauses.
    let han = text.chars().any(is_han);
    fold_into(text, |c, source| {
        if han && source.start > at {
            let gap = &text[at..source.start];
            if gap.contains(loose::ends_clause) || gap.contains(". ") {
                end(count, &mut last);
            }
        }
        at = at.max(source.end);
        if let Some(symbol) = alphabet.symbol(c) {
            encode(symbol, coded);
            count += 1;
        }
    });
}

/// Does `count` pieces of work on all processors, and gives what comes of them in order.
pub(super) fn in_parallel<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism()
        .map_or(1, |n| n.get())
        .min(count);
    // To start a thread takes longer than two blocks of a small report.
    if threads < 2 || count < 3 {
        return (0..count).map(work).collect();
    }
    let work = &work;
    let next = &AtomicUsize::new(0);
    let mut done: Vec<Option<T>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(move || {
                    let mut done = Vec::new();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= count {
                            return done;
                        }
                        done.push((at, work(at)));
                    }
                })
            })
            .collect();
        let mut all: Vec<Option<T>> = (0..count).map(|_| None).collect();
        for worker in workers {
            match worker.join() {
                Ok(done) => done.into_iter().for_each(|(at, done)| all[at] = Some(done)),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    done.drain(..).flatten().collect()
}
