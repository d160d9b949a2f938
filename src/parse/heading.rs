//! Headings without a number: known by their look where the format tells it, else by standing alone
//! on a short line with text under them; and how deep each is.

use crate::read::{Look, Role};
use crate::report::{DEEP, Kind};

use super::call;
use super::footnote::is_endnotes;
use super::label::labels;
use super::masthead::names_item;
use super::outline::Draft;

/// Longer than any heading that only its place tells, in characters.
const LONGEST: usize = 100;
/// Longer than any heading that its look tells.
const LONGEST_SET_OFF: usize = 250;
/// Letters this much larger than the usual ones are those of headings, in hundredths.
const LARGER: u16 = 108;
/// Smaller ones are those of tables and notes.
const SMALLER: u16 = 92;
/// The deepest level that looks are told apart for.
const DEEPEST: u8 = 5;
/// As many short lines one under the other are a list.
const LIST: usize = 4;

/// Makes headings of the paragraphs that are. In a verbatim `record` they stand above the speakers.
pub(super) fn mark(units: &mut [Draft], record: bool) {
    let set_off = units
        .iter()
        .any(|draft| is_plain(draft) && is_set_off(draft));
    let stated = units
        .iter()
        .any(|draft| matches!(draft.role, Role::Heading(_)));
    let divided = units
        .iter()
        .any(|draft| matches!(draft.unit.kind, Kind::Chapter | Kind::Section));
    let (mut found, mut headed) = (Vec::new(), None);
    if set_off || stated {
        found = by_look(units);
    }
    if !stated && !tells_bold(units) {
        let placed = by_place(units);
        let structured = !placed.is_empty()
            || units
                .iter()
                .any(|draft| draft.unit.number.is_some() && draft.unit.kind <= Kind::Paragraph);
        headed = title(units).filter(|_| structured);
        found.extend(placed.into_iter().chain(headed));
        found.sort_unstable();
        found.dedup();
    }
    let levels: Vec<u8> = {
        let levels = Levels::of(units, &found);
        found.iter().map(|&at| levels.level(&units[at])).collect()
    };
    push_down(units, &found, &levels);
    for (at, level) in found.into_iter().zip(levels) {
        units[at].unit.kind = Kind::Heading;
        units[at].unit.level = match record {
            // Beside chapters and sections the title is one heading among others.
            _ if headed == Some(at) && !divided => 0,
            true => level.min(DEEP - 1),
            false => level,
        };
    }
}

/// Puts headings whose level the format gives below those `found` ones that look more striking and
/// would stand beside them.
fn push_down(units: &mut [Draft], found: &[usize], levels: &[u8]) {
    let deep = |draft: &Draft| {
        draft.unit.kind == Kind::Heading
            && draft.unit.level >= DEEP
            && matches!(draft.role, Role::Heading(_))
    };
    let most = units.iter().filter(|draft| deep(draft)).map(weight).max();
    let above = |(&at, &level): (&usize, &u8)| {
        level >= DEEP && most.is_some_and(|most| weight(&units[at]) > most)
    };
    if !found.iter().zip(levels).any(above) {
        return;
    }
    for draft in units.iter_mut().filter(|draft| deep(draft)) {
        draft.unit.level = (draft.unit.level + 1).min(DEEPEST);
    }
}

/// True where bold letters are told from others. Chapters and sections always have them: fonts that
/// do not say they are bold leave only the place to tell headings by.
fn tells_bold(units: &[Draft]) -> bool {
    let above = units
        .iter()
        .filter(|draft| matches!(draft.unit.kind, Kind::Chapter | Kind::Section));
    let plain = above.clone().filter(|draft| !draft.look.bold).count();
    match above.count() {
        0 => units.iter().any(|draft| draft.look.bold),
        all => plain * 5 < all,
    }
}

/// Text that has neither number nor label, nor the small letters of tables and notes.
fn is_plain(draft: &Draft) -> bool {
    let small = (1..SMALLER).contains(&draft.look.size);
    !small
        && draft.unit.kind == Kind::Paragraph
        && draft.unit.number.is_none()
        && draft.unit.label.is_empty()
}

/// True for what looks unlike running text.
fn is_set_off(draft: &Draft) -> bool {
    let Look {
        size,
        bold,
        italic,
        centred,
    } = draft.look;
    bold || italic || centred || size >= LARGER
}

fn is_capital(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 4 && !text.contains(char::is_lowercase)
}

/// The headings of a format that tells looks, or says itself what is a heading.
fn by_look(units: &[Draft]) -> Vec<usize> {
    let last = units.len().saturating_sub(1);
    let is_heading = |at: usize| {
        let draft = &units[at];
        let looks = is_set_off(draft) || is_capital(&draft.unit.text);
        let text = &draft.unit.text;
        let short = draft.lines <= 4 && text.chars().count() <= LONGEST_SET_OFF;
        let stated = matches!(draft.role, Role::Heading(_));
        is_plain(draft)
            && (stated
                || (at < last && looks && short && !ends(draft) && names_something(text))
                || is_endnotes(text))
    };
    (0..units.len()).filter(|&at| is_heading(at)).collect()
}

/// The headings of plain text: short lines that end no clause, open no list, and have text or
/// another heading right under them.
fn by_place(units: &[Draft]) -> Vec<usize> {
    let is_short = |draft: &Draft| {
        // The title of an agenda item stands under its number.
        let first = draft.unit.text.split_inclusive(char::is_whitespace).take(4);
        let item = names_item(first.collect::<String>().trim_end());
        is_plain(draft)
            && (draft.lines == 1 || (item && draft.lines <= 3))
            && !ends(draft)
            && draft.unit.text.chars().count() <= LONGEST
    };
    let apart = |at: usize| at == 0 || units[at].unit.lines.start > units[at - 1].unit.lines.end;
    let spaced = (0..units.len()).filter(|&at| apart(at)).count() * 2 > units.len();
    let mut found = Vec::new();
    // From the end, so that what stands under a line is known when the line is looked at.
    let mut below_is_heading = false;
    let mut run = 0;
    for at in (0..units.len()).rev() {
        let draft = &units[at];
        run = if is_short(draft) { run + 1 } else { 0 };
        let below = units[at + 1..]
            .iter()
            .find(|draft| draft.unit.kind != Kind::Footnote);
        let titled = below.is_some_and(|below| match below.unit.kind {
            Kind::Paragraph => below_is_heading || (!is_short(below) && !goes_on(below)),
            Kind::Table | Kind::Heading | Kind::Article => true,
            _ => false,
        });
        let fits = is_short(draft)
            && run < LIST
            && (!spaced || apart(at))
            && names_something(&draft.unit.text);
        below_is_heading = (titled && fits) || is_endnotes(&draft.unit.text);
        if below_is_heading && is_plain(draft) {
            found.push(at);
        }
    }
    found.reverse();
    found
}

/// The title at the head of plain text that has no masthead: words that end no sentence, set apart
/// from what is under them.
fn title(units: &[Draft]) -> Option<usize> {
    let [first, second, ..] = units else {
        return None;
    };
    let short = first.lines <= 4 && first.unit.text.chars().count() <= LONGEST_SET_OFF;
    let apart = second.unit.lines.start > first.unit.lines.end || second.unit.kind.is_heading();
    let fits = is_plain(first) && short && apart && !ends(first);
    (fits && names_something(&first.unit.text)).then_some(0)
}

/// True where a sentence, a clause or a list entry ends, so that the line is none of a heading's.
fn ends(draft: &Draft) -> bool {
    let text = call::uncalled(&draft.unit.text);
    // A note mark may stand behind a comma: its resolution 60/1,6
    let comma = text
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .ends_with([',', '，', '、', ';', '；']);
    let asks = text.ends_with(['?', '？', '؟']);
    comma || (draft.ended && !asks)
}

/// True for text that is in mid-sentence where it begins.
fn goes_on(draft: &Draft) -> bool {
    is_plain(draft) && draft.unit.text.starts_with(char::is_lowercase)
}

/// What stands before the first chapter of a document and behind its last.
const OUTER: [&str; 25] = [
    "前言",
    "序言",
    "引言",
    "导言",
    "结束语",
    "结语",
    "后记",
    "preface",
    "foreword",
    "afterword",
    "epilogue",
    "avant-propos",
    "préface",
    "postface",
    "prefacio",
    "prólogo",
    "epílogo",
    "предисловие",
    "послесловие",
    "заключение",
    "conclusion",
    "conclusión",
    "تصدير",
    "تمهيد",
    "خاتمة",
];

fn is_outer(text: &str) -> bool {
    OUTER.contains(&&*text.trim().to_lowercase())
}

/// Words that no heading ends with.
const LEADING: &str = "the a an of and or to in for by with on at from that de la le les des du et en y el los \
    las del и в на по с من";
/// How lines begin that are signed, dated or sent.
const SIGNED: [&str; 14] = [
    "(signed",
    "(signé",
    "(firmado",
    "(подпись",
    "（签名",
    "(签名",
    "(توقيع",
    "(",
    "（",
    "[",
    "distr",
    "tel",
    "fax",
    "cc:",
];

/// True for words that something must follow: `Committee on Administrative and`.
pub(super) fn ends_in_particle(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
    call::has(LEADING, last)
}

/// True for words that can name what follows: no entry of a list, no date, no name that is signed, no
/// address, no lone number or particle.
fn names_something(text: &str) -> bool {
    // `(b) Surge capacity`
    let text = match text.starts_with('(') {
        true => text[labels(text).first().map_or(0, |label| label.length)..].trim_start(),
        false => text,
    };
    let lower = text.to_lowercase();
    let listed = text.starts_with(['-', '–', '—', '•', '·', '*', '□', '|', '/']);
    let small = text.starts_with(char::is_lowercase);
    let signed = SIGNED.iter().any(|start| lower.starts_with(start));
    let sent = lower.contains('@') || lower.contains("://") || lower.contains("www.");
    let commas = text.matches([',', '،', '，', '、']).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let han = text.chars().any(crate::report::script::is_han);
    let least = if han { 2 } else { 3 };
    letters >= least
        && !(listed || small || signed || sent)
        && commas < 3
        && !ends_in_particle(&lower)
        && !is_dated(&lower)
}

/// `New York, 3–7 March 2025`, `24 February 2020`, `2025年4月16日`: a date, with or without a place.
fn is_dated(lower: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let year = |word: &&&str| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|b| b.is_ascii_digit())
    };
    let month = |word: &str| MONTHS.split(' ').any(|month| word.starts_with(month));
    let dated = words.last().as_ref().is_some_and(year) && words.iter().any(|word| month(word));
    (dated && words.len() <= 8)
        || (lower.ends_with('日') && lower.contains('月') && lower.chars().count() <= 24)
}

const MONTHS: &str = "january february march april may june july august september october november december \
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre enero \
    febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre января февраля марта апреля мая июня июля августа сентября октября ноября декабря";

/// How a heading looks, the more striking the greater: size, then capitals or the middle, then bold;
/// italics come last.
type Weight = (u16, bool, bool, bool);

fn weight(draft: &Draft) -> Weight {
    let look = draft.look;
    let capital = is_capital(&draft.unit.text);
    // Sizes that differ by less are one size.
    (
        look.size / 5,
        look.bold,
        capital || look.centred,
        !look.italic,
    )
}

/// How deep headings are by their looks, and by the levels that the format states.
struct Levels {
    /// The least striking looks of chapters and of sections.
    chapter: Option<Weight>,
    section: Option<Weight>,
    /// The levels the format gives chapters and sections, where it gives any.
    stated_chapter: Option<u8>,
    stated_section: Option<u8>,
    /// The looks below these, most striking first.
    deeper: Vec<Weight>,
    /// True where the format tells looks.
    told: bool,
}

impl Levels {
    fn of(units: &[Draft], found: &[usize]) -> Self {
        let looks = |kind: Kind| {
            let like = units.iter().filter(|draft| draft.unit.kind == kind);
            commonest(like.map(weight))
        };
        let stated = |kind: Kind| {
            let like = units.iter().filter(|draft| draft.unit.kind == kind);
            commonest(like.filter_map(|draft| match draft.role {
                Role::Heading(level) => Some(level),
                _ => None,
            }))
        };
        let (chapter, section) = (looks(Kind::Chapter), looks(Kind::Section));
        let bound = section.or(chapter);
        let mut deeper: Vec<_> = found
            .iter()
            .map(|&at| weight(&units[at]))
            .filter(|weight| bound.is_none_or(|bound| *weight < bound))
            .collect();
        deeper.sort_unstable();
        deeper.dedup();
        deeper.reverse();
        Self {
            chapter,
            section,
            stated_chapter: stated(Kind::Chapter),
            stated_section: stated(Kind::Section),
            deeper,
            told: found.iter().any(|&at| is_set_off(&units[at])),
        }
    }

    fn level(&self, draft: &Draft) -> u8 {
        if let Role::Heading(stated) = draft.role {
            return self.stated(stated);
        }
        if !self.told {
            return if is_outer(&draft.unit.text) { 0 } else { DEEP };
        }
        let weight = weight(draft);
        let at_least = |least: Option<Weight>| least.is_some_and(|least| weight >= least);
        if at_least(self.chapter) {
            return 0;
        }
        if at_least(self.section) {
            return 1;
        }
        let place = self
            .deeper
            .iter()
            .position(|&one| one == weight)
            .unwrap_or(0);
        let top = match (self.chapter, self.section) {
            (None, None) => 0,
            _ => DEEP,
        };
        top.saturating_add(u8::try_from(place).unwrap_or(DEEPEST))
            .min(DEEPEST)
    }

    /// A level as a format counts it, beside those it gives chapters and sections.
    fn stated(&self, stated: u8) -> u8 {
        match (self.stated_chapter, self.stated_section) {
            (Some(chapter), _) if stated <= chapter => 0,
            (_, Some(section)) if stated <= section => 1,
            (_, Some(section)) => (DEEP + stated - section - 1).min(DEEPEST),
            (Some(chapter), None) => (DEEP + stated - chapter - 1).min(DEEPEST),
            (None, None) => stated.saturating_sub(1).min(DEEPEST),
        }
    }
}

fn commonest<T: Copy + Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    let runs = all.chunk_by(|a, b| a == b);
    runs.max_by_key(|run| run.len()).map(|run| run[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lists_dates_and_signatures_are_no_headings() {
        for text in [
            "Introduction",
            "Draft resolution A/99/L.4",
            "结论",
            "Состав делегации",
            "مقدمة",
            "Outlook for 2030",
        ] {
            assert!(names_something(text), "{text}");
        }
        for text in [
            "of",
            "24",
            "and",
            "(Signed) A. Lock",
            "New York, 3–7 March 2025",
            "24 February 2020",
            "2025年4月16日",
            "Chad, Chile, China, Cuba",
            "someone@lakes.example",
            "Matters arising from the",
            "- a council",
            "and so on it went",
        ] {
            assert!(!names_something(text), "{text}");
        }
    }
}
