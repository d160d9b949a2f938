//! The words that citations use, in the six languages of the United Nations.

use unicode_normalization::UnicodeNormalization;

use super::unit::Kind;

/// What a word says of the number beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// What it numbers.
    Kind(Kind),
    /// A number itself, from 1: `one`, `الأول`.
    Number(u32),
}

/// The words of languages that put them before the number, folded by [`fold`]. One that ends in `*`
/// may go on, as Russian words do in their cases.
const WORDS: &[(Kind, &str)] = &[
    (Kind::Part, "part parts pt partie parte част* ч جزء"),
    (
        Kind::Annex,
        "annex annexes annexe anexo anexos приложени* прил مرفق",
    ),
    (
        Kind::Appendix,
        "appendix appendices enclosure appendice apendice добавлени* доб تذييل ضميمة",
    ),
    (
        Kind::Chapter,
        "chap chapter chapters ch chapitre cap capitulo глав* гл فصل",
    ),
    (
        Kind::Section,
        "sect sec section sections secc seccion раздел* разд فرع قسم",
    ),
    (
        Kind::Article,
        "art arts article articles articulo стать* ст مادة",
    ),
    (
        Kind::Paragraph,
        "para paras paragraph paragraphs par pars paragraphe paragraphes parr parrs parrafo parrafos п пп пункт* فقرة",
    ),
    (
        Kind::Item,
        "item subpara subparagraph recommendation rec alinea recommandation apartado inciso recomendacion подпункт* рекомендаци* توصية",
    ),
    (Kind::SubItem, "subitem"),
    (
        Kind::Table,
        "table tables figure fig tableau cuadro tabla таблиц* табл جدول",
    ),
    (
        Kind::Footnote,
        "footnote footnotes fn note notes nota notas сноск* сн примечани* حاشية",
    ),
];

/// The words of Chinese, and whether they stand before the number rather than behind it.
const CHINESE: [(&str, Kind, bool); 19] = [
    ("部分", Kind::Part, false),
    ("附件", Kind::Annex, true),
    ("附录", Kind::Appendix, true),
    ("附錄", Kind::Appendix, true),
    ("附文", Kind::Appendix, true),
    ("章", Kind::Chapter, false),
    ("节", Kind::Section, false),
    ("節", Kind::Section, false),
    ("条", Kind::Article, false),
    ("條", Kind::Article, false),
    ("款", Kind::Paragraph, false),
    ("段", Kind::Paragraph, false),
    ("项", Kind::Item, false),
    ("項", Kind::Item, false),
    ("目", Kind::SubItem, false),
    ("表", Kind::Table, true),
    ("脚注", Kind::Footnote, true),
    ("腳註", Kind::Footnote, true),
    ("注", Kind::Footnote, true),
];

const ENGLISH_NUMBERS: [&str; 10] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// How Arabic counts annexes and chapters.
pub(super) const ARABIC_ORDINALS: [&str; 10] = [
    "الأول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
];

/// The names of the letters that Arabic counts sections by.
pub(super) const ARABIC_LETTERS: [&str; 10] = [
    "ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء",
];

/// What a word of letters says, if it is one of citations.
pub(super) fn word(word: &str) -> Option<Word> {
    let folded = fold(word);
    let bare = folded.strip_prefix("ال").unwrap_or(&folded);
    let is = |known: &str| match known.strip_suffix('*') {
        Some(stem) => bare.starts_with(stem),
        None => known == bare,
    };
    let kind = WORDS
        .iter()
        .find(|(_, words)| words.split(' ').any(is))
        .map(|&(kind, _)| Word::Kind(kind));
    let number = || {
        let place = |words: &[&str]| words.iter().position(|known| fold(known) == folded);
        let place = place(&ENGLISH_NUMBERS)
            .or_else(|| place(&ARABIC_ORDINALS))
            .or_else(|| place(&ARABIC_LETTERS))?;
        Some(Word::Number(place as u32 + 1))
    };
    kind.or_else(number)
}

/// The Chinese word that `text` begins with: how long it is, what it says, and whether of the number
/// behind it rather than of that before it.
pub(super) fn chinese(text: &str) -> Option<(usize, Kind, bool)> {
    let (word, kind, before) = CHINESE.iter().find(|(word, ..)| text.starts_with(word))?;
    Some((word.len(), *kind, *before))
}

/// In lower case and without accents, vowel signs and lengthening, which people leave out.
pub(super) fn fold(word: &str) -> String {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}');
    let lower = word.nfkd().flat_map(char::to_lowercase);
    lower.filter(|c| !is_mark(c)).collect()
}
