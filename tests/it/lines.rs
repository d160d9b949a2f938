//! The lines people read: the table of layout cases, any text at any width, and the report that is
//! built in at all widths of a screen.

use std::fs;
use std::ops::Range;

use proptest::prelude::*;
use rapporteur::report::{Kind, Placed, Unit};
use rapporteur::typeset::{Line, Ruler, set, wrap};
use unicode_segmentation::UnicodeSegmentation;

use super::{built_in, here};

/// What most terminals do.
const RULER: Ruler = Ruler::NARROW;

/// Closing punctuation: begins no line.
const NEVER_FIRST: &str = "。，、；：！？）》〉」』】〕〗”’…·,.;:!?)]}»›%％‰℃،؛؟々っー";
/// Opening punctuation: ends none.
const NEVER_LAST: &str = "（《〈「『【〔〖“‘([{«‹¿¡";

/// `\u{a0}` and `\n` in a field of the table are the characters they stand for.
fn plain(field: &str) -> String {
    let mut parts = field.split("\\u{");
    let mut text = parts.next().unwrap_or("").to_string();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("it is closed");
        let code = u32::from_str_radix(code, 16).expect("it is a number");
        text.push(char::from_u32(code).expect("it is a character"));
        text += rest;
    }
    text.replace("\\n", "\n")
}

/// The text, for a reader of a failing test.
fn shown(text: &str) -> String {
    let hidden = |c: char| {
        c != '|'
            && (RULER.cols(c.encode_utf8(&mut [0; 4])) == 0 || c == '\u{a0}' || c == '\u{202f}')
    };
    text.chars()
        .map(|c| match c {
            '\n' => "\\n".into(),
            c if hidden(c) => format!("\\u{{{:x}}}", c as u32),
            c => c.to_string(),
        })
        .collect()
}

/// The lines of a unit as they are drawn.
fn drawn(unit: &Placed, width: usize) -> Vec<String> {
    let line = |line: &Line| {
        let text = unit.text[line.span.clone()].trim_end();
        let label = line
            .label
            .map_or(String::new(), |at| " ".repeat(at) + unit.label);
        let pad = " ".repeat(line.indent.saturating_sub(RULER.cols(&label)));
        (label + &pad + text).trim_end().to_string()
    };
    set(RULER, unit, width).iter().map(line).collect()
}

fn kind(name: &str) -> Kind {
    [
        Kind::Chapter,
        Kind::Section,
        Kind::Heading,
        Kind::Paragraph,
        Kind::Item,
        Kind::SubItem,
    ]
    .into_iter()
    .find(|kind| kind.name() == name)
    .unwrap_or_else(|| panic!("no kind {name}"))
}

#[test]
fn lines_end_as_the_table_says() {
    let table = fs::read_to_string(here("tests/lines.tsv")).expect("it is there");
    let mut cases = 0;
    let mut wrong = Vec::new();
    for (nth, row) in table.lines().enumerate() {
        if row.starts_with('#') || row.is_empty() {
            continue;
        }
        let fields: Vec<_> = row.split('\t').collect();
        let [unit, text, width, expected] = fields[..] else {
            panic!("line {}: not four fields: {row}", nth + 1);
        };
        let (text, expected) = (plain(text), plain(expected));
        let width: usize = width.parse().expect("a width");
        let lines = match unit.split_once(' ') {
            None => wrap(RULER, &text, width, width)
                .into_iter()
                .map(|span| text[span].trim_end().to_string())
                .collect(),
            Some((name, label)) => {
                let unit = Unit::new(kind(name), label.trim_matches('-'), None, &text);
                drawn(&Placed::from(&unit), width)
            }
        };
        cases += 1;
        if lines.join("|") != expected {
            wrong.push(format!(
                "line {}: {} in {width}\n  should be {}\n  but is    {}",
                nth + 1,
                shown(&text),
                shown(&expected),
                shown(&lines.join("|")),
            ));
        }
    }
    assert!(cases >= 70, "only {cases} cases");
    assert!(
        wrong.is_empty(),
        "{} of {cases} rows\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// True where a line may not end between these two by the rules of punctuation.
fn torn(before: &str, after: &str) -> bool {
    after.starts_with(|c| NEVER_FIRST.contains(c)) || NEVER_LAST.contains(last_seen(before))
}

/// True where punctuation of any script, or a mark that may look either way, makes a line end
/// doubtful.
fn doubtful(before: &str, after: &str) -> bool {
    use unicode_linebreak::{BreakClass as Class, break_property};
    let next = after.chars().next().unwrap_or(' ');
    let class = |c: char| break_property(c.into());
    let closes = |c: char| {
        use Class::{
            CloseParenthesis as CP, ClosePunctuation as CL, ConditionalJapaneseStarter as CJ,
            Exclamation as EX, InfixSeparator as IS, Inseparable as IN, NonStarter as NS,
            Quotation as QU,
        };
        matches!(class(c), CP | CL | CJ | EX | IS | IN | NS | QU)
            || "·．％%‰‱℃℉～－٪ๆฯໆ—–―".contains(c)
    };
    let opens = |c: char| {
        matches!(class(c), Class::OpenPunctuation | Class::Quotation) || "—–―เแโใไເແໂໃໄ".contains(c)
    };
    closes(next) || opens(last_seen(before))
}

/// The last character that is seen, without the marks upon it.
fn last_seen(text: &str) -> char {
    let last = text.graphemes(true).rev().find(|it| drawn_at_all(it));
    last.and_then(|it| it.chars().next()).unwrap_or(' ')
}

fn drawn_at_all(grapheme: &str) -> bool {
    !grapheme.trim().is_empty() && RULER.cols(grapheme) > 0
}

/// What is wrong with these lines of `text`: the first of `first` columns, the others of `rest`.
fn fault(text: &str, lines: &[Range<usize>], first: usize, rest: usize) -> Option<String> {
    let mut end = 0;
    for (nth, line) in lines.iter().enumerate() {
        let room = if nth == 0 { first } else { rest };
        if line.start != end || line.end < end {
            return Some(format!("lost or doubled at {end}"));
        }
        end = line.end;
        let fits = |part: &str| {
            let broken = part.ends_with('\u{ad}') && nth + 1 < lines.len();
            let hyphen = usize::from(broken);
            let part = part.trim_end();
            let seen = part.graphemes(true).filter(|it| RULER.cols(it) > 0).count();
            RULER.cols(part) + hyphen <= room || seen <= 1
        };
        if !fits(&text[line.clone()]) {
            return Some(format!("line {nth} is too wide"));
        }
        let (before, after) = (&text[line.clone()], &text[end..]);
        // Where the text itself ends the line there is no choice.
        let chosen = end < text.len()
            && !before.ends_with([
                '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
            ]);
        if chosen && torn(before, after) {
            // Had it a place to end at where nothing is torn? Not before a space or a mark, nor
            // before anything is seen.
            let better = before
                .grapheme_indices(true)
                .skip(1)
                .find(|&(at, grapheme)| {
                    let (head, tail) = (&before[..at], &text[line.start + at..]);
                    drawn_at_all(grapheme)
                        && head.graphemes(true).any(drawn_at_all)
                        && !doubtful(head, tail)
                        && fits(head)
                });
            if let Some((at, _)) = better {
                return Some(format!(
                    "line {nth} tears punctuation, and could end at its {at}"
                ));
            }
        }
    }
    (end != text.len()).then(|| "the end is lost".into())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn of_no_text_at_any_width_is_anything_lost_too_wide_or_badly_ended(
        text in "[网络犯罪年月日第段，。、：；（）《》“”‘’…—·]{0,80}\
            |([网络年第段，。（《》“”]|[a-zA-Z]{1,12}|[0-9]{1,6}| |[%$°.,:;!?()/\"'-]|http://|……|——){0,40}\
            |[العربية،؛؟ 0-9٪()]{0,60}\
            |[กขเแ็่าำะ ๆ]{0,40}\
            |[👨👩👧👍🏽🇨🇳\u{200d}\u{fe0f}\u{301}\u{200b}\u{2060}\u{a0}\u{ad}网a ，（]{0,40}\
            |\\PC{0,80}|.{0,40}",
        width in prop_oneof![1usize..=12, 1usize..=300],
        narrower in 0usize..8,
    ) {
        let first = width.saturating_sub(narrower).max(1);
        for (first, rest) in [(width, width), (first, width), (width, first)] {
            let lines = wrap(RULER, &text, first, rest);
            prop_assert_eq!(fault(&text, &lines, first, rest), None, "{:?} in {} {}: {:?}", text, first, rest, lines);
        }
    }

    #[test]
    fn a_unit_keeps_its_text_and_its_width(
        text in "([网络年第段，。（《》“”]|[a-zA-Z]{1,12}|[0-9]{1,6}| |[%$°.,:;!?()/-]){1,40}",
        label in prop_oneof![Just(""), Just("7."), Just("(k)"), Just("㈠"), Just("一、"), Just("(xviii)"), Just("CHAPTER XVIII")],
        kind in prop_oneof![Just(Kind::Paragraph), Just(Kind::Item), Just(Kind::SubItem)],
        width in 1usize..=100,
    ) {
        let text = text.trim();
        let unit = Unit::new(kind, label, None, text);
        let placed = Placed::from(&unit);
        let lines = set(RULER, &placed, width);
        let whole: String = lines.iter().map(|line| &text[line.span.clone()]).collect();
        prop_assert_eq!(whole, text);
        let gap = placed.label_gap().len();
        for (nth, line) in lines.iter().enumerate() {
            let words = text[line.span.clone()].trim_end();
            let wide = line.indent + RULER.cols(words);
            let single = words.graphemes(true).count() <= 1;
            prop_assert!(words.is_empty() || wide <= width || single, "line {} of {:?} in {}", nth, lines, width);
            prop_assert_eq!(line.label.is_some(), nth == 0);
            let alone = nth == 0 && !label.is_empty() && words.is_empty() && !text.is_empty();
            prop_assert!(!alone || RULER.cols(label) + gap + 2 > width, "a label alone in {}: {:?}", width, lines);
        }
    }
}

#[test]
fn the_built_in_report_is_well_set_at_every_width_of_a_screen() {
    let report = built_in();
    let mut faults = Vec::new();
    for width in 20..=200 {
        for id in report.ids() {
            let unit = report.unit(id);
            let lines = set(RULER, &unit, width);
            for (nth, line) in lines.iter().enumerate() {
                let text = unit.text[line.span.clone()].trim_end();
                let mut say = |what: &str| {
                    faults.push(format!("{width} {}: {what}: {text}", report.address(id)))
                };
                if text.starts_with(|c| NEVER_FIRST.contains(c)) {
                    say("begins with what closes");
                }
                if text.ends_with(|c| NEVER_LAST.contains(c)) {
                    say("ends with what opens");
                }
                if nth == 0 && text.is_empty() && !unit.text.is_empty() {
                    say("a label alone");
                }
                if line.indent + RULER.cols(text) > width {
                    say("too wide");
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}
