//! Labels that are words: `Chapter II`, `第二条`, `Annex`, `Часть первая`, `Resolution 8/2`.

use crate::report::Kind;
use crate::report::numeral::{digit, parse_han, parse_letters, parse_roman};
use crate::report::script::{half_width, is_han};

/// A label that is a word, and how much of the line it is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub kind: Kind,
    /// What it counts, where a number stands with it.
    pub number: Option<u32>,
    pub length: usize,
}

/// The words before a number; the longer before those they begin with.
const WORDS: [(Kind, &[&str]); 6] = [
    (
        Kind::Chapter,
        &[
            "chapter",
            "chapitre",
            "capítulo",
            "capitulo",
            "глава",
            "الفصل",
        ],
    ),
    (
        Kind::Section,
        &["section", "sección", "seccion", "раздел", "القسم"],
    ),
    (
        Kind::Article,
        &[
            "articles",
            "article",
            "artículo",
            "articulo",
            "art.",
            "статья",
            "المادة",
        ],
    ),
    (
        Kind::Annex,
        &[
            "annexe",
            "annex",
            "anexo",
            "приложение",
            "المرفق",
            "مرفق",
            "attachment",
        ],
    ),
    (
        Kind::Appendix,
        &[
            "appendix",
            "appendice",
            "apéndice",
            "добавление",
            "дополнение",
            "التذييل",
            "تذييل",
            "enclosure",
            "pièce jointe",
            "adjunto",
            "الضميمة",
            "ضميمة",
        ],
    ),
    (
        Kind::Part,
        &["partie", "parte", "part", "часть", "الجزء", "الباب"],
    ),
];

/// The words before the number of a resolution or decision.
const DECISIONS: [&str; 20] = [
    "draft resolution",
    "draft decision",
    "resolution",
    "decision",
    "projet de résolution",
    "projet de décision",
    "résolution",
    "décision",
    "proyecto de resolución",
    "proyecto de decisión",
    "resolución",
    "decisión",
    "проект резолюции",
    "проект решения",
    "резолюция",
    "решение",
    "مشروع القرار",
    "مشروع المقرر",
    "القرار",
    "المقرر",
];

/// Chinese words that stand before their number, or without one.
const HAN_WORDS: [(&str, Kind); 6] = [
    ("附件", Kind::Annex),
    ("附录", Kind::Appendix),
    ("附錄", Kind::Appendix),
    ("附文", Kind::Appendix),
    ("决议草案", Kind::Part),
    ("决定草案", Kind::Part),
];

/// Numbers in words, as they stand behind or before one of the words above.
const ORDINALS: [&[&str]; 10] = [
    &[
        "one",
        "first",
        "premier",
        "première",
        "primero",
        "primera",
        "первая",
        "первый",
        "первое",
        "الأول",
        "الأولى",
    ],
    &[
        "two",
        "second",
        "deuxième",
        "segundo",
        "segunda",
        "вторая",
        "второй",
        "второе",
        "الثاني",
        "الثانية",
    ],
    &[
        "three",
        "third",
        "troisième",
        "tercero",
        "tercera",
        "третья",
        "третий",
        "третье",
        "الثالث",
        "الثالثة",
    ],
    &[
        "four",
        "fourth",
        "quatrième",
        "cuarto",
        "cuarta",
        "четвертая",
        "четвёртая",
        "четвертый",
        "الرابع",
        "الرابعة",
    ],
    &[
        "five",
        "fifth",
        "cinquième",
        "quinto",
        "quinta",
        "пятая",
        "пятый",
        "الخامس",
        "الخامسة",
    ],
    &[
        "six",
        "sixth",
        "sixième",
        "sexto",
        "sexta",
        "шестая",
        "шестой",
        "السادس",
        "السادسة",
    ],
    &[
        "seven",
        "seventh",
        "septième",
        "séptimo",
        "séptima",
        "седьмая",
        "седьмой",
        "السابع",
        "السابعة",
    ],
    &[
        "eight",
        "eighth",
        "huitième",
        "octavo",
        "octava",
        "восьмая",
        "восьмой",
        "الثامن",
        "الثامنة",
    ],
    &[
        "nine",
        "ninth",
        "neuvième",
        "noveno",
        "novena",
        "девятая",
        "девятый",
        "التاسع",
        "التاسعة",
    ],
    &[
        "ten",
        "tenth",
        "dixième",
        "décimo",
        "décima",
        "десятая",
        "десятый",
        "العاشر",
        "العاشرة",
    ],
];

/// No heading that an annex or a resolution opens is longer, in bytes.
const LONGEST: usize = 400;

/// The label at the start of `line` that is a word, if there is one.
pub(super) fn named(line: &str) -> Option<Named> {
    let first = line.chars().next()?;
    if is_han(first) {
        return han(line);
    }
    // A draft has in brackets what is not agreed: [Annex I], or [Annex I and its text up to a ].
    if first == '[' {
        let inner = line[1..].trim_end_matches(']');
        let found = named(inner).filter(|_| !inner.starts_with('['))?;
        let alone = found.length == inner.len();
        let apart = matches!(found.kind, Kind::Annex | Kind::Appendix);
        return (alone && apart).then_some(Named {
            length: line.len(),
            ..found
        });
    }
    if !first.is_alphabetic() {
        return None;
    }
    for (kind, words) in WORDS {
        if let Some(length) = words.iter().find_map(|word| begins(line, word)) {
            return counted(line, kind, length);
        }
    }
    if let Some(length) = DECISIONS.iter().find_map(|word| begins(line, word)) {
        return decision(line, length);
    }
    // Première partie, Первая часть
    let (word, rest) = line.split_once(' ')?;
    let number = ordinal(word)?;
    let part = WORDS[5].1.iter().find_map(|word| begins(rest, word))?;
    let length = word.len() + 1 + part;
    ended(line, Kind::Part, Some(number), length)
}

/// True for the label of a resolution or decision.
pub(super) fn is_decision(label: &str) -> bool {
    let han = |name: &str| label.contains(name);
    DECISIONS.iter().any(|word| begins(label, word).is_some())
        || ["号决议", "号决定", "號決議", "决议草案", "决定草案"]
            .into_iter()
            .any(han)
}

/// How much of a line is this word, in whatever case of letters.
fn begins(line: &str, word: &str) -> Option<usize> {
    let mut letters = line.char_indices();
    for wanted in word.chars() {
        let (_, letter) = letters.next()?;
        if letter.to_lowercase().next() != Some(wanted) {
            return None;
        }
    }
    let rest = letters.as_str();
    (!rest.starts_with(char::is_alphanumeric)).then_some(line.len() - rest.len())
}

/// A word with the number behind it.
fn counted(line: &str, kind: Kind, word: usize) -> Option<Named> {
    // A label begins with a capital, where there are such: what follows in lower case is a word.
    if line.starts_with(char::is_lowercase) {
        return None;
    }
    let rest = &line[word..];
    let space = rest.len() - rest.trim_start().len();
    let token = rest[space..].split(|c: char| !c.is_alphanumeric()).next()?;
    // المادة (1)
    let token = match rest[space..].strip_prefix('(') {
        Some(inner) => inner.split_once(')').map_or(token, |(inner, _)| inner),
        None => token,
    };
    let number = (space > 0).then(|| count(token)).flatten();
    match number {
        Some(number) => {
            let bracket = usize::from(rest[space..].starts_with('('));
            ended(
                line,
                kind,
                Some(number),
                word + space + token.len() + 2 * bracket,
            )
        }
        // Only an annex may be the one there is. That of a letter is titled by it.
        None if matches!(kind, Kind::Annex | Kind::Appendix) && is_of_letter(rest) => Some(Named {
            kind,
            number: None,
            length: word,
        }),
        None if matches!(kind, Kind::Annex | Kind::Appendix) => ended(line, kind, None, word),
        None => None,
    }
}

/// What an annex is sent with.
const LETTERS: [&str; 16] = [
    "to the letter",
    "to the identical letters",
    "to the note verbale",
    "to the notes verbales",
    "à la lettre",
    "aux lettres",
    "à la note verbale",
    "a la carta",
    "de la carta",
    "a las cartas",
    "a la nota verbal",
    "к письму",
    "к идентичным письмам",
    "к вербальной ноте",
    "к вербальным нотам",
    "к записке",
];

/// True for `to the letter dated 11 March 2024 from …`, which is no sentence of the text.
fn is_of_letter(rest: &str) -> bool {
    let sentence = rest.trim_end().ends_with(['.', ';', ',']);
    !sentence
        && LETTERS
            .iter()
            .any(|of| begins(rest.trim_start(), of).is_some())
}

/// A label of this length, if what follows is nothing, a mark and a title, or a title alone.
fn ended(line: &str, kind: Kind, number: Option<u32>, length: usize) -> Option<Named> {
    let divides = matches!(kind, Kind::Annex | Kind::Appendix | Kind::Part);
    if divides && line.len() > LONGEST {
        return None;
    }
    let raised = |c: char| c == '*' || ('⁰'..='⁹').contains(&c) || "¹²³".contains(c);
    let rest = line[length..].trim_start_matches(raised);
    let length = line.len() - rest.len();
    let point = rest.chars().next().filter(|c| ".,:：．、".contains(*c));
    let length = length + point.map_or(0, char::len_utf8);
    let rest = &line[length..];
    let title = rest
        .trim_start()
        .trim_start_matches(['–', '—', '-'])
        .trim_start();
    let Some(first) = title.chars().next() else {
        return Some(Named {
            kind,
            number,
            length,
        });
    };
    let spaced = rest.starts_with(char::is_whitespace) || point.is_some_and(|c| !c.is_ascii());
    // "Annex I to the report", "Article 5 of the Convention": running text.
    let title = spaced && !first.is_lowercase() && !",;".contains(first);
    let quoted = matches!(point, Some(',')) && !first.is_uppercase();
    // Without a number or a mark, the word begins a sentence: "Annexe relative à ...".
    let told =
        number.is_some() || point.is_some() || rest.trim_start().starts_with(['–', '—', '-']);
    let sentence = divides && line.trim_end().ends_with(['.', ';', '。', '；', ',']);
    (title && told && !quoted && !sentence).then_some(Named {
        kind,
        number,
        length,
    })
}

/// `Resolution 8/2`, `Draft decision -/CP.29`, `Resolution 2776 (2025)`.
fn decision(line: &str, word: usize) -> Option<Named> {
    if line.starts_with(char::is_lowercase) {
        return None;
    }
    let rest = &line[word..];
    let space = rest.len() - rest.trim_start().len();
    let token = rest[space..].split(char::is_whitespace).next()?;
    let name = token.trim_end_matches(['.', ':', ',', '*']);
    let known = |c: char| c.is_alphanumeric() || "/-.()*".contains(c);
    let shaped = space > 0
        && !name.is_empty()
        && name.chars().all(known)
        && (name.contains(|c| digit(c).is_some()) || count(name).is_some());
    if !shaped {
        return None;
    }
    let mut length = word + space + name.len();
    // The year it is of.
    let behind = line[length..].trim_start();
    if let Some((year, _)) = behind
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        && year.chars().all(|c| c.is_alphanumeric())
    {
        length = line.len() - behind.len() + year.len() + 2;
    }
    ended(line, Kind::Part, None, length)
}

/// `第二章`, `第二条`, `第一部分`, `附件一`, `第 8/2 号决议`.
fn han(line: &str) -> Option<Named> {
    for (word, kind) in HAN_WORDS {
        let Some(rest) = line.strip_prefix(word) else {
            continue;
        };
        let space = rest.len() - rest.trim_start().len();
        let token: String = rest[space..]
            .chars()
            .take_while(|&c| {
                digit(c).is_some() || parse_han(c.encode_utf8(&mut [0; 4])).is_some() || is_roman(c)
            })
            .collect();
        let number = count(&token);
        let length = match number {
            Some(_) => word.len() + space + token.len(),
            None => word.len(),
        };
        // Which of several decisions it is, is counted.
        let number = number.filter(|_| kind != Kind::Part);
        return ended(line, kind, number, length);
    }
    let rest = line.strip_prefix('第')?;
    let inner = rest.trim_start();
    let (at, unit, kind) = [
        ("部分", Kind::Part),
        ("编", Kind::Part),
        ("編", Kind::Part),
        ("章", Kind::Chapter),
        ("节", Kind::Section),
        ("節", Kind::Section),
        ("条", Kind::Article),
        ("條", Kind::Article),
        ("号决议", Kind::Part),
        ("号决定", Kind::Part),
        ("號決議", Kind::Part),
    ]
    .into_iter()
    .filter_map(|(unit, kind)| Some((inner.find(unit).filter(|&at| at <= 30)?, unit, kind)))
    .min_by_key(|&(at, _, _)| at)?;
    let length = line.len() - inner.len() + at + unit.len();
    if unit.starts_with(['号', '號']) {
        let named = inner[..at].trim().chars().all(|c| c.is_ascii_graphic());
        return named.then(|| ended(line, kind, None, length)).flatten();
    }
    let number = count(inner[..at].trim())?;
    // 第二章程 begins a word, and 第一条所述 a reference.
    ended(line, kind, Some(number), length)
}

fn is_roman(c: char) -> bool {
    "IVXLC".contains(c)
}

/// What a number behind a word counts: `II`, `2`, `٢`, `二`, `B`, `premier`.
fn count(token: &str) -> Option<u32> {
    let token: String = token.chars().map(half_width).collect();
    let value = token
        .chars()
        .try_fold(0u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    if let Some(value) = value.filter(|_| !token.is_empty()) {
        return (value > 0).then_some(value);
    }
    let upper = token.bytes().all(|b| b.is_ascii_uppercase());
    let roman = parse_roman(&token).filter(|_| upper);
    // Annex C is the third, chapter C nobody has.
    let letter = parse_letters(&token).filter(|_| upper && token.len() == 1);
    let lone = token.len() == 1 && !["I", "V", "X"].contains(&token.as_str());
    let western = if lone { letter } else { roman };
    western
        .or_else(|| parse_han(&token))
        .or_else(|| ordinal(&token))
        .or((token == "1er").then_some(1))
        // As a small l is read where a page was scanned.
        .or((token == "l").then_some(1))
}

fn ordinal(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let place = ORDINALS
        .iter()
        .position(|names| names.contains(&word.as_str()))?;
    Some(place as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_numbers_are_labels_in_six_languages() {
        for (line, expected) in [
            ("CHAPTER II, ON", "chapter 2 CHAPTER II,"),
            ("Chapter 4 Membership", "chapter 4 Chapter 4"),
            ("CAPÍTULO II: MIEMBROS", "chapter 2 CAPÍTULO II:"),
            ("Глава I", "chapter 1 Глава I"),
            ("الفصل الثاني", "chapter 2 الفصل الثاني"),
            ("第三章", "chapter 3 第三章"),
            ("第二节 维护", "section 2 第二节"),
            ("Раздел 3. Порядок", "section 3 Раздел 3."),
            ("Article 1", "article 1 Article 1"),
            ("Article premier", "article 1 Article premier"),
            ("Article 12 – Lamps", "article 12 Article 12"),
            ("Artículo 3. Los Estados", "article 3 Artículo 3."),
            ("Art. 5 Les États", "article 5 Art. 5"),
            ("Статья 7", "article 7 Статья 7"),
            ("المادة ١٢", "article 12 المادة ١٢"),
            ("المادة (3) المصابيح", "article 3 المادة (3)"),
            ("第二条 缔约国应当", "article 2 第二条"),
            ("第十二条：灯塔", "article 12 第十二条："),
            ("Annex", "annex 0 Annex"),
            ("ANNEX*", "annex 0 ANNEX*"),
            ("Annex II", "annex 2 Annex II"),
            ("Annexe I : Phares", "annex 1 Annexe I"),
            ("Anexo III. Faros", "annex 3 Anexo III."),
            ("Annex C Lamps", "annex 3 Annex C"),
            ("Annex - Terms of reference", "annex 0 Annex"),
            ("Приложение", "annex 0 Приложение"),
            ("المرفق الأول", "annex 1 المرفق الأول"),
            ("附件", "annex 0 附件"),
            ("附件二 灯塔", "annex 2 附件二"),
            ("附录一", "appendix 1 附录一"),
            ("Appendix 2", "appendix 2 Appendix 2"),
            ("Добавление", "appendix 0 Добавление"),
            ("Pièce jointe", "appendix 0 Pièce jointe"),
            ("Part One", "part 1 Part One"),
            ("PARTIE II", "part 2 PARTIE II"),
            ("Première partie", "part 1 Première partie"),
            ("Первая часть", "part 1 Первая часть"),
            ("Часть третья", "part 3 Часть третья"),
            ("第一部分 总则", "part 1 第一部分"),
            ("Resolution 8/2", "part 0 Resolution 8/2"),
            ("Resolution 2776 (2025)", "part 0 Resolution 2776 (2025)"),
            ("Draft decision -/CP.29", "part 0 Draft decision -/CP.29"),
            ("Draft resolution I", "part 0 Draft resolution I"),
            ("第 8/2 号决议", "part 0 第 8/2 号决议"),
            ("决议草案二", "part 0 决议草案二"),
        ] {
            let found = named(line).map(|it| {
                let (kind, number) = (it.kind.name(), it.number.unwrap_or(0));
                format!("{kind} {number} {}", &line[..it.length])
            });
            assert_eq!(found.as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn running_text_that_begins_with_such_a_word_has_no_label() {
        for line in [
            "Annex I to the report",
            "Annex I, paragraph 3, was adopted",
            "Annexed to the report",
            "Annex to the report of the Chair",
            "annex I",
            "Article 5 of the Convention",
            "Article 1, paragraph 2",
            "Articles 5 and 6",
            "Part of the text",
            "Chapters I",
            "Chapter in",
            "Resolution of the Council",
            "Resolution 60/1 was adopted",
            "附件一所列灯塔",
            "第二章程",
            "第一条所述",
            "第一次会议",
            "第二部分载有",
            "Приложение к докладу",
        ] {
            assert_eq!(named(line), None, "{line}");
        }
    }
}
