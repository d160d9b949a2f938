//! Lists of contents: set aside, and used to check the headings that were found.
//!
//! A list begins at its heading and goes on as long as its entries end in the number of a page or a
//! paragraph, perhaps over two or three lines, or as long as each comes again below as a heading.

use std::collections::{BTreeSet, HashMap};

use super::Note;
use super::label::labels;
use super::line::{Line, Part};
use super::outline::Draft;
use crate::read::Role;
use crate::report::FurnitureKind;

/// An entry of a list of contents.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The heading, with its label, as the list has it.
    pub heading: String,
    /// The line it stands on, from 1.
    pub line: u32,
    /// Its page, from 1.
    pub page: u32,
}

/// What lists of contents are headed by, folded.
const HEADINGS: [&str; 20] = [
    "contents",
    "tableofcontents",
    "tabledesmatières",
    "sommaire",
    "índice",
    "indice",
    "contenido",
    "sumario",
    "содержание",
    "оглавление",
    "目录",
    "目錄",
    "目次",
    "المحتويات",
    "محتويات",
    "الفهرس",
    "章次",
    "chapterpage",
    "contentspage",
    "contentsparagraphspage",
];

/// What stands over the columns of a list, folded.
const COLUMNS: [&str; 43] = [
    "page",
    "pages",
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "chapter",
    "section",
    "number",
    "decision",
    "resolution",
    "décision",
    "résolution",
    "decisión",
    "resolución",
    "решение",
    "paragraphes",
    "paragraphe",
    "chapitre",
    "página",
    "páginas",
    "párrafo",
    "párrafos",
    "capítulo",
    "стр",
    "страница",
    "пункты",
    "пункт",
    "глава",
    "раздел",
    "页次",
    "段次",
    "章次",
    "頁次",
    "页",
    "الصفحة",
    "الفقرات",
    "الفقرة",
    "الفصل",
    "contents",
    "continued",
    "suite",
    "continuación",
];

/// Longer than any line over a list, in bytes; it may be set wide.
const LONGEST: usize = 300;
/// What stands before the title of an annex, folded.
const ANNEXES: [&str; 14] = [
    "annex",
    "annexes",
    "annexe",
    "appendix",
    "appendices",
    "anexo",
    "anexos",
    "приложение",
    "приложения",
    "附件",
    "附录",
    "مرفق",
    "المرفق",
    "المرفقات",
];
/// The most lines that one entry goes over.
const ENTRY_LINES: usize = 5;
/// How many missing headings are named; the rest are counted.
const NAMED: usize = 4;

/// Sets the lines of a list of contents aside, its heading too, and gives its entries.
pub(super) fn mark(lines: &mut [Line]) -> Vec<Entry> {
    let body: Vec<usize> = (0..lines.len())
        .filter(|&at| lines[at].part == Part::Body)
        .collect();
    let mut entries = Vec::new();
    let mut later: Option<HashMap<String, usize>> = None;
    let mut place = 0;
    while place < body.len() {
        let heads = is_heading(&lines[body[place]].text);
        let leads = !heads && is_dotted_list(lines, &body[place..]);
        if !(heads || leads) {
            place += 1;
            continue;
        }
        let start = place + usize::from(heads);
        let mut list = numbered(lines, &body[start..]);
        if list.entries.len() < 2 && heads {
            let later = later.get_or_insert_with(|| last_places(lines, &body));
            let other = recurring(lines, &body[start..], later);
            if other.entries.len() >= 2 {
                list = other;
            }
        }
        let only = list.entries.len() == 1 && heads && list.length < 8 && {
            let end = start + list.length;
            comes_again(&list.entries[0], lines, &body[end..])
        };
        if list.entries.len() < 2 && !only {
            place += 1;
            continue;
        }
        let end = start + list.length;
        for &at in &body[place..end] {
            lines[at].part = Part::Aside(FurnitureKind::Contents);
        }
        entries.append(&mut list.entries);
        place = end;
    }
    entries
}

/// True where the words of an entry, or its last ones, soon stand on a line of their own.
fn comes_again(entry: &Entry, lines: &[Line], body: &[usize]) -> bool {
    const SOON: usize = 8;
    const LEAST: usize = 8;
    let words = folded(&entry.heading);
    body.iter().take(SOON).any(|&at| {
        let line = folded(&lines[at].text);
        line.chars().count() >= LEAST && words.ends_with(&line)
    })
}

/// A list of contents: how many lines it has, and its entries.
#[derive(Default)]
struct List {
    length: usize,
    entries: Vec<Entry>,
}

impl List {
    fn add(&mut self, heading: &str, line: &Line) {
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        if heading.chars().any(char::is_alphabetic) {
            self.entries.push(Entry {
                heading,
                line: line.number,
                page: line.page,
            });
        }
    }
}

fn is_heading(text: &str) -> bool {
    text.len() <= LONGEST && HEADINGS.contains(&folded(text).as_str())
}

/// True for a line that only says what the columns of a list are.
fn is_columns(text: &str) -> bool {
    text.len() <= LONGEST
        && text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| COLUMNS.contains(&word.to_lowercase().as_str()))
}

/// True where three of the next lines lead to a number by a row of points.
fn is_dotted_list(lines: &[Line], body: &[usize]) -> bool {
    let dotted = |at: &usize| has_leader(&lines[*at].text) && reference(&lines[*at].text).is_some();
    body.first().is_some_and(dotted) && body.iter().take(8).filter(|at| dotted(at)).count() >= 3
}

/// True where a row of points leads to something.
fn has_leader(text: &str) -> bool {
    let mut run = 0;
    for c in text.chars() {
        match c {
            '.' | '·' | '‥' | '．' => run += 1,
            '…' => run += 3,
            c if c.is_whitespace() => {}
            _ => run = 0,
        }
        if run >= 5 {
            return true;
        }
    }
    false
}

/// A line without the row of points at its end.
fn without_leader(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || ".…·".contains(c))
}

/// The words of an entry and the number it ends in: `I. Introduction` and 3; of a range its first.
fn reference(text: &str) -> Option<(&str, u32)> {
    let mut rest = text.trim_end();
    let mut number = None;
    // Paragraphs and page may stand side by side.
    for _ in 0..2 {
        let shape = |c: char| c.is_numeric() || "-–—, ".contains(c);
        let bare = rest.trim_end_matches(shape);
        let roman = rest.rsplit(char::is_whitespace).next().unwrap_or("");
        let (before, found) = if bare.len() < rest.len() && rest.ends_with(char::is_numeric) {
            let digits: String = rest[bare.len()..]
                .trim_start_matches(|c: char| !c.is_numeric())
                .chars()
                .take_while(|c| c.is_numeric())
                .filter_map(|c| c.to_digit(10).or(arabic(c)))
                .filter_map(|digit| char::from_digit(digit, 10))
                .collect();
            (bare, digits.parse().ok())
        } else {
            let small = !roman.is_empty() && roman.bytes().all(|b| b"ivxl".contains(&b));
            let found = crate::report::numeral::parse_roman(roman).filter(|_| small);
            (&rest[..rest.len() - roman.len()], found)
        };
        let Some(found) = found.filter(|&found: &u32| found < 10_000) else {
            break;
        };
        // In 1/CP.21 the point is none of a row that leads to a page.
        let points = before.len() - before.trim_end_matches('.').len();
        let behind_word =
            points == 1 && before[..before.len() - 1].ends_with(char::is_alphanumeric);
        let parted = before.is_empty()
            || (before.ends_with(|c: char| c.is_whitespace() || ".…·".contains(c)) && !behind_word)
            || rest[before.len()..].starts_with(' ');
        if !parted {
            break;
        }
        number = number.or(Some(found));
        rest = before.trim_end();
        if !(before.ends_with(['\t', '\u{3000}']) || before.ends_with("  ") || has_leader(rest)) {
            break;
        }
    }
    let words = rest.trim_end_matches(|c: char| c.is_whitespace() || ".…·‥".contains(c));
    number.map(|number| (words, number))
}

fn arabic(c: char) -> Option<u32> {
    ('٠'..='٩')
        .contains(&c)
        .then(|| u32::from(c) - u32::from('٠'))
}

/// The entries that end in a number, from the start of `body`.
fn numbered(lines: &[Line], body: &[usize]) -> List {
    let mut list = List::default();
    let mut last = 0;
    let mut dotted = 0;
    let mut first: Option<String> = None;
    let mut place = 0;
    'entries: while place < body.len() {
        let line = &lines[body[place]];
        if is_columns(&line.text) || is_heading(&line.text) {
            place += 1;
            continue;
        }
        let mut words = String::new();
        // A number at the end of the first of several lines, the points at the end of the last.
        let mut above = None;
        for (more, &at) in body[place..].iter().take(ENTRY_LINES).enumerate() {
            let line_here = &lines[at];
            let text = &*line_here.text;
            if more > 0 && is_columns(text) {
                // What stands above it names a group of entries.
                words.clear();
                continue;
            }
            let leads = has_leader(text);
            // Where points lead, a number without them is none of the list; nor is one that goes back.
            let found = reference(text)
                .filter(|&(_, number)| number >= last || number + 2 >= last && leads);
            let found =
                found.filter(|_| leads || dotted < 2 || text.chars().all(|c| !c.is_alphabetic()));
            let reads_on = matches!(
                line_here.role,
                Role::Heading(_) | Role::Table | Role::Footnote
            );
            if reads_on && found.is_none() {
                break 'entries;
            }
            let found = found.or_else(|| {
                above
                    .filter(|_| leads)
                    .map(|number| (without_leader(text), number))
            });
            let Some((heading, number)) = found else {
                if dotted >= 2
                    && let Some((heading, number)) = reference(text)
                    && number >= last
                    && text[heading.len()..].starts_with(char::is_whitespace)
                {
                    above = Some(number);
                    push(&mut words, heading);
                    continue;
                }
                if more > 0 && !labels(text).is_empty() && !words.is_empty() && !is_group(&words) {
                    // An entry of its own, and the one before it had no number.
                    break 'entries;
                }
                if sentence(text) && !leads {
                    break 'entries;
                }
                push(&mut words, without_leader(text));
                continue;
            };
            push(&mut words, heading);
            let key = folded(&words);
            // The first heading of the text itself, which ends in a number too.
            if first.as_ref().is_some_and(|first| *first == key) {
                break 'entries;
            }
            first.get_or_insert(key);
            list.add(&words, line);
            last = last.max(number);
            dotted += usize::from(leads);
            place += more + 1;
            list.length = place;
            continue 'entries;
        }
        break;
    }
    list
}

/// Words that stand over several entries: `Annexes`.
fn is_group(words: &str) -> bool {
    words.split_whitespace().count() <= 2 && labels(words).is_empty()
}

fn push(words: &mut String, more: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(more.trim());
}

fn sentence(text: &str) -> bool {
    text.ends_with(['.', '。', ';', '；']) && text.chars().count() > 40
}

/// Where each line stands last.
fn last_places(lines: &[Line], body: &[usize]) -> HashMap<String, usize> {
    let short = body.iter().filter(|&&at| lines[at].text.len() <= 400);
    short.map(|&at| (folded(&lines[at].text), at)).collect()
}

/// The entries that come again below, from the start of `body`.
fn recurring(lines: &[Line], body: &[usize], last: &HashMap<String, usize>) -> List {
    let mut list = List::default();
    let mut first: Option<String> = None;
    let mut misses = 0;
    for (place, &at) in body.iter().enumerate() {
        let line = &lines[at];
        let key = folded(&line.text);
        if first.as_ref() == Some(&key) || line.text.chars().count() > 200 {
            break;
        }
        if last.get(&key).is_some_and(|&again| again > at) {
            first.get_or_insert(key);
            misses = 0;
            list.add(&line.text, line);
            list.length = place + 1;
        } else {
            misses += 1;
            if misses > 2 || list.entries.is_empty() {
                break;
            }
        }
    }
    list
}

/// Notes the entries that no heading was found for.
pub(super) fn check(entries: &[Entry], units: &[Draft], notes: &mut Vec<Note>) {
    if entries.is_empty() {
        return;
    }
    let mut known = BTreeSet::new();
    for draft in units {
        let unit = &draft.unit;
        let plain = unit.kind.is_heading() || unit.number.is_none() || unit.text.len() <= 300;
        if plain && unit.text.len() <= 2000 {
            let text = folded(&unit.text);
            known.insert(folded(&unit.label) + &text);
            known.insert(text);
        }
    }
    // A list may have in one what stands under each other in the text, and may leave out what a
    // decision is called before its number.
    for (at, draft) in units.iter().enumerate() {
        let named = |draft: &&Draft| {
            let unit = &draft.unit;
            (unit.kind.is_heading() || unit.number.is_none()) && unit.text.len() <= 600
        };
        let Some(upper) = Some(draft).filter(named).map(|draft| &draft.unit) else {
            continue;
        };
        let upper = format!("{} {}", upper.label, upper.text);
        let lower = units.get(at + 1).filter(named).map(|draft| &draft.unit);
        let lower = lower.map_or(String::new(), |unit| {
            folded(&unit.label) + &folded(&unit.text)
        });
        let unnamed = upper.trim_start().split_once(' ');
        let unnamed = unnamed.filter(|(name, rest)| {
            name.chars().all(char::is_alphabetic) && rest.starts_with(|c: char| c.is_ascii_digit())
        });
        known.extend(unnamed.map(|(_, rest)| folded(rest) + &lower));
        known.insert(folded(&upper) + &lower);
    }
    let missing: Vec<_> = entries
        .iter()
        .filter(|entry| !is_known(&entry.heading, &known))
        .collect();
    let note = |entry: &Entry, text: String| Note {
        line: entry.line,
        page: entry.page,
        text,
        misread: true,
    };
    for entry in missing.iter().take(NAMED) {
        let text = format!(
            "the list of contents names {}, but no such heading was found",
            entry.heading
        );
        notes.push(note(entry, text));
    }
    if let Some(entry) = missing.get(NAMED) {
        let count = missing.len() - NAMED;
        let headings = if count == 1 { "heading" } else { "headings" };
        notes.push(note(
            entry,
            format!("{count} more {headings} of the list of contents not found"),
        ));
    }
    notes.sort_by_key(|note| note.line);
}

/// True where one of the `known` headings is the entry's, or is part of it: a list may say in one
/// what stands on two lines in the text.
fn is_known(heading: &str, known: &BTreeSet<String>) -> bool {
    let word = heading.split_whitespace().next().unwrap_or("");
    let title = heading
        .strip_prefix(word)
        .filter(|_| ANNEXES.contains(&folded(word).as_str()));
    let title = title.unwrap_or(heading).trim_start();
    let label = labels(title).first().map_or(0, |label| label.length);
    [heading, title, &title[label..]]
        .into_iter()
        .any(|heading| {
            let key = folded(heading);
            if key.is_empty() {
                return true;
            }
            let longer = known
                .range(key.clone()..)
                .next()
                .is_some_and(|next| next.starts_with(&key));
            let shorter = || {
                let before = known.range(..key.clone()).next_back();
                before.is_some_and(|before| {
                    key.starts_with(before)
                        && before.len() * 5 >= key.len() * 2
                        && before.chars().count() > 3
                })
            };
            longer || shorter()
        })
}

/// True where the list of contents has this text as one of its headings.
#[allow(dead_code)]
pub(super) fn names(entries: &[Entry], text: &str) -> bool {
    let key = folded(text);
    let bare = |heading: &str| {
        let label = labels(heading).first().map_or(0, |label| label.length);
        folded(&heading[label..])
    };
    !key.is_empty()
        && entries
            .iter()
            .any(|entry| folded(&entry.heading) == key || bare(&entry.heading) == key)
}

/// A text as it compares to another: small letters and digits, without spaces, points and raised
/// marks.
fn folded(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| c.is_alphanumeric() && !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*c));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;

    /// What is set aside as contents, by line, then the addresses of the rest, then the notes.
    fn read(source: &str) -> (String, String, String) {
        let source = source.replace('/', "\n");
        let (report, notes) = parse(&source);
        let pieces = report
            .furniture()
            .iter()
            .filter(|piece| piece.kind.name() == "list of contents");
        let aside: Vec<_> = pieces.map(|piece| piece.line.to_string()).collect();
        let rest: Vec<_> = report
            .ids()
            .map(|id| report.address(id).to_string())
            .collect();
        let notes = notes
            .into_iter()
            .filter(|note| note.text.contains("list of contents"));
        let notes: Vec<_> = notes
            .map(|note| format!("{}: {}", note.line, note.text))
            .collect();
        (aside.join(" "), rest.join(" "), notes.join("; "))
    }

    /// Sources with `/` for a line end.
    #[test]
    fn lists_of_contents_are_set_aside() {
        for (source, aside, rest) in [
            // Points that lead to pages; an entry over two lines.
            (
                "Contents/Page/I. Start ........ 2/II. A long way to go on the/lake ........ 3/I. Start/1. One./II. A long way to go on the lake/2. Two.",
                "1 2 3 4 5",
                "I 1 II 2",
            ),
            (
                "I. Start . . . . . 2/II. Way . . . . . 3/III. End . . . . . 4/I. Start/1. One./II. Way/2. Two./III. End/3. So.",
                "1 2 3",
                "I 1 II 2 III 3",
            ),
            // Paragraphs, pages, both, without points.
            (
                "CONTENTS/Paragraphs/I. Start 1 - 6/II. Way 7/I. Start/1. One./II. Way/2. Two.",
                "1 2 3 4",
                "I 1 II 2",
            ),
            (
                "Contents\t\tPage/I.\tStart\t1–6\t2/II.\tWay\t7\t3/I. Start/1. One./II. Way/2. Two.",
                "1 2 3",
                "I 1 II 2",
            ),
            (
                "Table des matières/I. Début 2/II. Fin 3/I. Début/1. Un./II. Fin/2. Deux.",
                "1 2 3",
                "I 1 II 2",
            ),
            (
                "Índice/I. Lagos … … 2/II. Fin … … 3/I. Lagos/1. Uno./II. Fin/2. Dos.",
                "1 2 3",
                "I 1 II 2",
            ),
            (
                "Содержание/Стр./I. Начало .... 2/II. Конец ..... 3/I. Начало/1. Раз./II. Конец/2. Два.",
                "1 2 3 4",
                "I 1 II 2",
            ),
            (
                "目 录/章次　段次　页次/一、导言……1-6　2/二、结论……7　3/一、导言/1. 甲。/二、结论/2. 乙。",
                "1 2 3 4",
                "I 1 II 2",
            ),
            (
                "المحتويات/أولا - مقدمة ..... ٢/ثانيا - خاتمة ..... ٣/أولا - مقدمة/1. نص./ثانيا - خاتمة/2. نص.",
                "1 2 3",
                "",
            ),
            // Without any number, where the headings come again.
            (
                "目录/前言/一、历史/（一）古代/二、结束语/前言/灯塔很多，也很重要，遍布各地的湖泊和河流。/一、历史/（一）古代/很久以前就有灯塔，由专人日夜看守，火光很远。/二、结束语/完。",
                "1 2 3 4 5",
                "",
            ),
            // A heading and a sentence are no list, nor is a heading of that name with text below.
            (
                "Contents/1. The report has two parts./2. It is long.",
                "",
                "§1 1 2",
            ),
            ("I. Contents of the report/1. One./2. In 2030", "", "I 1 2"),
        ] {
            let (found, units, notes) = read(source);
            assert_eq!(found, aside, "{source}");
            assert!(rest.is_empty() || units == rest, "{source}: {units}");
            assert_eq!(notes, "", "{source}");
        }
    }

    #[test]
    fn what_a_list_names_and_the_text_has_not_is_noted() {
        let (_, _, notes) = read(
            "Contents/I. Start ..... 2/II. Way ..... 3/III. End ..... 4/I. Start/1. One./II. Way¹/2. Two.",
        );
        assert_eq!(
            notes,
            "4: the list of contents names III. End, but no such heading was found"
        );
        // In one what stands on two lines, and without what a decision is called.
        let (.., notes) = read(
            "Contents/Programme 1. Deep lakes ..... 2/4-CMA.1 Wide rivers ..... 3/Programme 1/Deep lakes/1. One./Decision 4-CMA.1/Wide rivers/2. Two.",
        );
        assert_eq!(notes, "");
        let entries: String = ('a'..='j').map(|c| format!("Lake {c} ..... 2/")).collect();
        let (_, _, notes) = read(&format!("Contents/{entries}1. One./2. Two."));
        assert_eq!(notes.split("; ").count(), 5);
        assert!(
            notes.ends_with("6 more headings of the list of contents not found"),
            "{notes}"
        );
    }
}
