//! Which units are recommendations, and why: by the heading they stand under, by their number, or by
//! the verb they begin with.
//!
//! Only numbered text, and whole sentences, recommend: never a name in a list, a symbol, a table or
//! a footnote; and where a paragraph introduces items, it is these.

use crate::report::{Ground, Kind};

use super::call::has;
use super::operative::{self, Act};
use super::outline::Draft;
use super::tie::is_beside;

/// Words in a heading under which recommendations or conclusions stand, as their words begin.
const WORDS: [&str; 12] = [
    "recommendation",
    "conclusion",
    "recommandation",
    "recomendaci",
    "conclusi",
    "рекомендаци",
    "вывод",
    "توصيات",
    "توصية",
    "استنتاج",
    "استنتاجات",
    "خلاصات",
];
/// The same in Chinese.
const HAN_WORDS: [&str; 4] = ["建议", "建議", "结论", "結論"];
/// Words for decisions; with a number it is one that is referred to.
const DECISIONS: [&str; 5] = ["decision", "décision", "decisi", "решени", "مقررات"];
const HAN_DECISIONS: [&str; 2] = ["决定", "決定"];
/// Whole phrases of the same meaning.
const PHRASES: [&str; 16] = [
    "action to be taken",
    "actions to be taken",
    "action requested",
    "action by the general assembly",
    "mesures à prendre",
    "décisions que l’assemblée",
    "mesures que l’assemblée",
    "medidas que deberá",
    "medidas que se solicitan",
    "medidas que habrá de adoptar",
    "меры, которые",
    "меры, которые надлежит",
    "需要采取的行动",
    "应采取的行动",
    "采取的行动",
    "الإجراءات المطلوب",
];
/// Words of headings under which others' recommendations are told of.
const ACCOUNTS: &str = "implementation implement follow-up follow followup status response responses previous \
    earlier documents list consideration adopted between taken suite application mise état \
    adoptées aplicación seguimiento estado cumplimiento aprobadas adoptadas выполнение \
    выполнения осуществление تنفيذ متابعة";
const HAN_ACCOUNTS: [&str; 7] = ["执行情况", "落实", "后续", "现状", "以往", "先前", "通过的"];

/// What a recommendation is called beside its number: `Recommendation 5`.
const NAMES: [&str; 7] = [
    "recommendation",
    "recommandation",
    "recomendación",
    "рекомендация",
    "التوصية",
    "建议",
    "建議",
];

/// Shorter text without a number is no whole sentence, in columns: Chinese counts double.
const LEAST: usize = 40;

/// Marks the recommendations; in a verbatim `record` speakers recommend what they like.
pub(super) fn mark(units: &mut [Draft], record: bool) {
    for draft in units.iter_mut() {
        draft.unit.ground = None;
    }
    under_headings(units);
    let told = units.iter().any(|draft| draft.unit.ground.is_some());
    operative_paragraphs(units);
    if !told && !record {
        reported(units);
    }
}

/// An open heading of that meaning.
struct Open {
    rank: (Kind, u8),
    ground: Ground,
    /// The units that recommend only by standing under it.
    paragraphs: Vec<usize>,
    /// True when some under it have numbers of their own, as 26.1.
    numbered: bool,
}

fn under_headings(units: &mut [Draft]) {
    let mut open: Vec<Open> = Vec::new();
    let mut dropped = Vec::new();
    // The paragraph before, as one that introduces 26.1.
    let mut introduced: Option<u32> = None;
    let mut named = false;
    for at in 0..units.len() {
        let unit = &units[at].unit;
        let kind = unit.kind;
        if kind.is_heading() {
            let rank = rank(kind, unit.level);
            while open.last().is_some_and(|above| above.rank >= rank) {
                dropped.extend(
                    open.pop()
                        .filter(|open| open.numbered)
                        .map(|open| open.paragraphs),
                );
            }
            let ground = match is_named(&unit.text) {
                true => Some(Ground::Number),
                false => says_so(&unit.text).then_some(Ground::Heading),
            };
            open.extend(ground.map(|ground| Open {
                rank,
                ground,
                paragraphs: Vec::new(),
                numbered: false,
            }));
            (introduced, named) = (None, false);
            continue;
        }
        if is_beside(kind) {
            continue;
        }
        if kind == Kind::Paragraph {
            introduced = unit.number.filter(|_| speaks_of(&unit.text));
        }
        let own = unit.prefix > 0 && (introduced == Some(unit.prefix) || !open.is_empty());
        let ground = if kind == Kind::Item && own {
            for above in &mut open {
                above.numbered = true;
            }
            Some(Ground::Number)
        } else if kind == Kind::Paragraph && is_named(&unit.text) {
            // Alone on its line, the text that follows is meant.
            named = width(&unit.text) < LEAST;
            (!named).then_some(Ground::Number)
        } else if recommends(units, at) && std::mem::take(&mut named) {
            Some(Ground::Number)
        } else if recommends(units, at)
            && let Some(above) = open.last_mut()
        {
            if kind == Kind::Paragraph {
                above.paragraphs.push(at);
            }
            Some(above.ground)
        } else {
            None
        };
        units[at].unit.ground = ground;
    }
    dropped.extend(
        open.into_iter()
            .filter(|open| open.numbered)
            .map(|open| open.paragraphs),
    );
    for at in dropped.into_iter().flatten() {
        units[at].unit.ground = None;
    }
}

/// How high a heading stands, as the tree has it.
fn rank(kind: Kind, level: u8) -> (Kind, u8) {
    match (kind, level) {
        (Kind::Heading, 0) => (Kind::Chapter, 0),
        (Kind::Heading, 1) => (Kind::Section, 0),
        (kind, level) => (kind, level),
    }
}

/// True for text that can recommend: an item, a paragraph that introduces nothing, a whole sentence.
fn recommends(units: &[Draft], at: usize) -> bool {
    let draft = &units[at];
    let unit = &draft.unit;
    let leads = unit.text.ends_with([':', '：']);
    let sentence = draft.ended && !leads && width(&unit.text) >= LEAST;
    match (unit.kind, unit.number) {
        (Kind::Item, Some(_)) => true,
        (Kind::Item, None) => !unit.label.is_empty() && sentence,
        (Kind::Paragraph, Some(_)) => !leads && !introduces(units, at),
        (Kind::Paragraph, None) => sentence && !introduces(units, at),
        _ => false,
    }
}

/// True for a paragraph under which items stand.
fn introduces(units: &[Draft], at: usize) -> bool {
    let mut below = units[at + 1..].iter().map(|draft| draft.unit.kind);
    below
        .find(|&kind| !is_beside(kind))
        .is_some_and(|kind| kind > Kind::Paragraph)
}

fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// True where the words of a heading say that recommendations, conclusions or decisions follow, and
/// not what became of earlier ones.
fn says_so(heading: &str) -> bool {
    let text = heading.to_lowercase().replace('\'', "’");
    if PHRASES.iter().any(|phrase| text.contains(phrase)) {
        return true;
    }
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '’'))
        .filter(|word| !word.is_empty())
        .collect();
    let begins = |words: &[&str], with: &[&str]| {
        words.iter().any(|word| {
            let bare = word.trim_start_matches('و').trim_start_matches("ال");
            with.iter()
                .any(|one| word.starts_with(one) || bare.starts_with(one))
        })
    };
    let numbered = text.contains(|c: char| c.is_ascii_digit());
    let closing = text.contains("conclusion of ")
        || text.contains("conclusion du ")
        || text.contains("conclusion de la session");
    let means = begins(&words, &WORDS) || HAN_WORDS.iter().any(|word| text.contains(word));
    let decides =
        begins(&words, &DECISIONS) || HAN_DECISIONS.iter().any(|word| text.contains(word));
    let told = words.iter().any(|word| has(ACCOUNTS, word))
        || HAN_ACCOUNTS.iter().any(|word| text.contains(word));
    let first = begins(&words[..words.len().min(1)], &WORDS)
        || HAN_WORDS.iter().any(|word| text.starts_with(word));
    (means && !closing && (first || !told)) || (decides && !numbered && !told)
}

/// True for a paragraph that says that recommendations follow.
fn speaks_of(text: &str) -> bool {
    let text = text.to_lowercase();
    WORDS
        .iter()
        .chain(&HAN_WORDS)
        .any(|word| text.contains(word))
}

/// True for `Recommendation 5`, alone or before a colon or stop; not for a sentence about it.
fn is_named(text: &str) -> bool {
    let text = text.to_lowercase();
    let rest = NAMES.iter().find_map(|name| text.strip_prefix(name));
    let Some(rest) = rest.map(|rest| rest.trim_start().trim_start_matches("no. ")) else {
        return false;
    };
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let behind = rest.trim_start_matches(number);
    let mut after = behind.chars();
    let ends = match after.next() {
        None => true,
        Some('.') => after.next().is_none_or(char::is_whitespace),
        Some(c) => ":：。．、—–".contains(c),
    };
    behind.len() < rest.len() && ends
}

/// The operative paragraphs of resolutions and decisions that ask, decide or recommend: of one run of
/// numbers under one heading at least half begin with an operative verb.
fn operative_paragraphs(units: &mut [Draft]) {
    let mut from = 0;
    while from < units.len() {
        let mut last = 0;
        let run = units[from..]
            .iter()
            .enumerate()
            .take_while(|(place, draft)| {
                let unit = &draft.unit;
                let number = unit.number.filter(|_| unit.kind == Kind::Paragraph);
                let again = number.is_some_and(|number| number <= last);
                last = number.unwrap_or(last);
                *place == 0 || !(again || unit.kind.is_heading())
            });
        let until = from + run.count();
        let numbered = (from..until).filter(|&at| {
            let unit = &units[at].unit;
            unit.kind == Kind::Paragraph && unit.number.is_some()
        });
        let acts: Vec<_> = numbered
            .map(|at| (at, operative::act(&units[at].unit.text)))
            .collect();
        let operative = acts.iter().filter(|(_, act)| act.is_some()).count();
        if operative * 2 >= acts.len() {
            for (at, act) in acts {
                if act == Some(Act::Asks) {
                    mark_one(units, at, until);
                }
            }
        }
        from = until;
    }
}

/// The paragraph at `at`, or where it introduces items these, are recommendations by their verb.
fn mark_one(units: &mut [Draft], at: usize, until: usize) {
    if !introduces(units, at) {
        units[at].unit.ground.get_or_insert(Ground::Verb);
        return;
    }
    let below = (at + 1..until).take_while(|&at| units[at].unit.kind != Kind::Paragraph);
    let items: Vec<_> = below.filter(|&at| recommends(units, at)).collect();
    for item in items {
        units[item].unit.ground.get_or_insert(Ground::Verb);
    }
}

/// In a report without a part for recommendations, the paragraphs in which a body recommends.
fn reported(units: &mut [Draft]) {
    for at in 0..units.len() {
        let unit = &units[at].unit;
        let text =
            unit.kind == Kind::Paragraph && recommends(units, at) || introduces_reported(units, at);
        if text && unit.ground.is_none() && operative::is_reported(&unit.text) {
            mark_one(units, at, units.len());
        }
    }
}

fn introduces_reported(units: &[Draft], at: usize) -> bool {
    units[at].unit.kind == Kind::Paragraph && introduces(units, at)
}
