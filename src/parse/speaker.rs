//! Speakers in verbatim records: each speech stands under the line that says whose it is.
//!
//! `Mr. Pérez (Chile) (spoke in Spanish): I thank …` opens a heading with what stands before the
//! colon; what is said follows as paragraphs. Only in documents that are such records by their
//! shape: several speakers, and turns again and again.

use std::collections::HashSet;

use crate::report::{DEEP, Kind, Unit};

use super::line::{Line, Part};
use super::outline::Draft;

/// What stands before a speaker's name.
const TITLES: [&str; 40] = [
    "Mr. ",
    "Mrs. ",
    "Ms. ",
    "Miss ",
    "Dr. ",
    "Sir ",
    "Dame ",
    "Lord ",
    "Lady ",
    "Prince ",
    "Princess ",
    "Sheikh ",
    "Archbishop ",
    "Monsignor ",
    "King ",
    "Queen ",
    "M. ",
    "Mme ",
    "Mlle ",
    "MM. ",
    "Sr. ",
    "Sra. ",
    "Srta. ",
    "Г-н ",
    "Г-жа ",
    "Господин ",
    "Госпожа ",
    "السيد ",
    "السيدة ",
    "الآنسة ",
    "الأمير ",
    "الشيخ ",
    "Monseñor ",
    "Mgr ",
    "Professor ",
    "Ambassador ",
    "General ",
    "Judge ",
    "Juge ",
    "Архиепископ ",
];
/// Those who speak by their office.
const OFFICES: [&str; 43] = [
    "The President",
    "The Acting President",
    "The Temporary President",
    "The Chair",
    "The Acting Chair",
    "The Chairperson",
    "The Chairman",
    "The Chairwoman",
    "The Secretary-General",
    "The Deputy Secretary-General",
    "The Co-Chair",
    "President ",
    "Le Président",
    "La Présidente",
    "Le Président par intérim",
    "La Présidente par intérim",
    "Le Secrétaire général",
    "La Secrétaire générale",
    "El Presidente",
    "La Presidenta",
    "El Presidente Interino",
    "La Presidenta Interina",
    "El Secretario General",
    "La Secretaria General",
    "Председатель",
    "Исполняющий обязанности Председателя",
    "Исполняющая обязанности Председателя",
    "Генеральный секретарь",
    "Президент ",
    "الرئيس",
    "الرئيسة",
    "الرئيس بالنيابة",
    "الرئيسة بالنيابة",
    "الأمين العام",
    "主席",
    "代理主席",
    "临时主席",
    "秘书长",
    "联合主席",
    "共同主席",
    "常务副秘书长",
    "副主席",
    "代理副主席",
];
/// Behind a Chinese name: 张先生（中国）
const HAN_TITLES: [&str; 6] = ["先生", "女士", "夫人", "阁下", "殿下", "总统"];

/// A speaker's line is no longer than this, in characters.
const LONGEST: usize = 160;
/// Fewer turns make no verbatim record.
const LEAST_TURNS: usize = 3;
const LEAST_SPEAKERS: usize = 2;

/// How many bytes at the start of a text name its speaker, up to the colon and with it.
fn turn(text: &str) -> Option<usize> {
    let mut colon = None;
    let mut depth = 0;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth -= 1,
            ':' | '：' if depth <= 0 => {
                colon = Some((at, c));
                break;
            }
            _ => {}
        }
    }
    let (at, c) = colon?;
    let name = text[..at].trim_end();
    is_speaker(name).then_some(at + c.len_utf8())
}

fn is_speaker(name: &str) -> bool {
    // What is in brackets says where from and in which language.
    let bare: String = outside_brackets(name);
    let bare = bare.trim();
    let bracketed = name.ends_with([')', '）']);
    if OFFICES.iter().any(|office| {
        bare == office.trim_end()
            || (office.ends_with(' ') && bare.starts_with(office) && is_name(bare))
    }) {
        return true;
    }
    if HAN_TITLES.iter().any(|title| bare.ends_with(title)) {
        return bare.chars().count() <= 20 && bracketed && !bare.contains(['，', '。', '；', '、']);
    }
    let titled = TITLES.iter().find_map(|title| bare.strip_prefix(title));
    titled.is_some_and(|rest| is_name(rest) && (bracketed || rest.split_whitespace().count() <= 4))
}

/// True for a name: a few words, most of which begin with capitals; Arabic has none.
fn is_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let small = words
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_lowercase));
    let stop = words.contains([';', ',', '،', '؟', '?']);
    (1..=8).contains(&count) && small.count() * 2 <= count && !stop
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0;
    let outside = text.chars().filter(|c| {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth <= 0
    });
    outside.collect()
}

/// Sets each speaker's line apart from the speech before it, where the document is a verbatim record.
pub(super) fn mark(lines: &mut [Line]) {
    let body = |line: &Line| line.part == Part::Body;
    // A speaker's line may go on over the next.
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&at| body(&lines[at]))
        .filter(|&at| {
            let text = &lines[at].text;
            let open = || {
                let next = lines.get(at + 1).filter(|line| body(line))?;
                begins_like_one(text).then(|| turn(&format!("{text} {}", next.text)))?
            };
            turn(text).or_else(open).is_some()
        })
        .collect();
    if !is_record(starts.iter().map(|&at| &*lines[at].text)) {
        return;
    }
    for at in starts {
        lines[at].gap = true;
    }
}

fn begins_like_one(text: &str) -> bool {
    TITLES.iter().any(|title| text.starts_with(title)) && !text.contains([':', '：'])
}

/// True where these speakers' lines make a verbatim record.
fn is_record<'a>(turns: impl Iterator<Item = &'a str>) -> bool {
    let mut speakers = HashSet::new();
    let mut count = 0;
    for text in turns {
        count += 1;
        let end = turn(text).unwrap_or(text.len());
        speakers.insert(outside_brackets(&text[..end]));
    }
    count >= LEAST_TURNS && speakers.len() >= LEAST_SPEAKERS
}

/// Makes a heading of each speaker's line, where the document is a verbatim record; true if so.
pub(super) fn split(units: &mut Vec<Draft>) -> bool {
    let plain = |draft: &Draft| draft.unit.kind == Kind::Paragraph && draft.unit.label.is_empty();
    let spoken = |draft: &Draft| plain(draft).then(|| turn(&draft.unit.text))?;
    let turns = units.iter().filter(|draft| spoken(draft).is_some());
    if !is_record(turns.map(|draft| draft.unit.text.as_str())) {
        return false;
    }
    let old = std::mem::take(units);
    units.reserve(old.len());
    for mut draft in old {
        let Some(end) = spoken(&draft) else {
            units.push(draft);
            continue;
        };
        let said = draft.unit.text.split_off(end);
        let name = std::mem::replace(&mut draft.unit.text, said.trim_start().to_string());
        let mut speaker = Unit::new(Kind::Heading, "", None, &name);
        speaker.level = DEEP;
        speaker.page = draft.unit.page;
        speaker.lines = draft.unit.lines.start..draft.unit.lines.start + 1;
        units.push(Draft {
            unit: speaker,
            lines: 1,
            ended: true,
            look: draft.look,
            indent: draft.indent,
            role: draft.role,
        });
        if !draft.unit.text.is_empty() {
            units.push(draft);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_is_known_by_title_or_office() {
        for (text, speaker) in [
            (
                "Mr. Pérez (Chile) (spoke in Spanish): I thank you.",
                "Mr. Pérez (Chile) (spoke in Spanish):",
            ),
            (
                "Ms. Van den Berg (Netherlands): We agree.",
                "Ms. Van den Berg (Netherlands):",
            ),
            ("The President: I call on Chad.", "The President:"),
            (
                "The Acting President (spoke in French): I call",
                "The Acting President (spoke in French):",
            ),
            (
                "M. Dupont (France) : Je vous remercie.",
                "M. Dupont (France) :",
            ),
            (
                "Le Président (parle en anglais) : Je donne",
                "Le Président (parle en anglais) :",
            ),
            ("El Presidente: Doy la palabra", "El Presidente:"),
            ("Sra. Díaz (Cuba): Agradezco", "Sra. Díaz (Cuba):"),
            (
                "Председатель (говорит по-английски): Слово",
                "Председатель (говорит по-английски):",
            ),
            (
                "Г-н Иванов (Российская Федерация): Мы",
                "Г-н Иванов (Российская Федерация):",
            ),
            ("主席（以英语发言）：我请", "主席（以英语发言）："),
            ("张先生（中国）：我感谢", "张先生（中国）："),
            (
                "الرئيس (تكلم بالإنكليزية): أعطي",
                "الرئيس (تكلم بالإنكليزية):",
            ),
            ("السيد خالد (مصر): أشكر", "السيد خالد (مصر):"),
        ] {
            assert_eq!(turn(text).map(|end| &text[..end]), Some(speaker), "{text}");
        }
        for text in [
            "The following States spoke: Chad and Chile.",
            "The President said that it was so: nobody spoke.",
            "Mr. Pérez said that the lakes were dark and asked: why?",
            "Draft resolution: lakes",
            "主席宣布如下：",
            "Note: The lakes.",
            "Mr. Pérez of Chile, who had come late, then asked a question: why?",
        ] {
            assert_eq!(turn(text), None, "{text}");
        }
    }
}
