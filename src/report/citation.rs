//! Citations: addresses as people write them.
//!
//! Each language follows the usage of its United Nations documents: `para. 1 (k) (iii)`,
//! `第1段(k)㈢`, `par. 1 k) iii)`, `párr. 1 k) iii)`, `п. 1 k) iii)`, `الفقرة 1 (ك) ‘3’`.

use std::fmt::Write;

use super::address::{Address, Step};
use super::language::Language;
use super::numeral::{arabic_letter, bracketed_han, han, letters, roman};
use super::wording::{ARABIC_LETTERS, ARABIC_ORDINALS};

/// The citation of `address`, after `symbol` when there is one: `A/74/130, para. 1 (k) (iii)`.
pub fn citation(symbol: Option<&str>, address: &Address, language: Language) -> String {
    let mut out = symbol.unwrap_or("").to_owned();
    for (nth, &step) in address.steps().iter().enumerate() {
        let before = nth.checked_sub(1).map(|nth| address.steps()[nth]);
        if nth > 0 || symbol.is_some() {
            out.push_str(between(before, step, language));
        }
        // Nothing fails that writes to a string.
        let _ = match language {
            Language::English => western(&mut out, step, &ENGLISH),
            Language::French => western(&mut out, step, &FRENCH),
            Language::Spanish => western(&mut out, step, &SPANISH),
            Language::Russian => western(&mut out, step, &RUSSIAN),
            Language::Chinese => chinese(&mut out, step, before),
            Language::Arabic => arabic(&mut out, step),
        };
    }
    if address.occurrence() > 1 {
        let _ = write!(out, " #{}", address.occurrence());
    }
    out
}

/// What stands between two steps, or between the symbol and the first of them.
fn between(before: Option<Step>, step: Step, language: Language) -> &'static str {
    let item = before.is_some() && matches!(step, Step::Item(_) | Step::SubItem(_));
    // In Chinese only what is a document of its own, or stands outside of its text, is set apart.
    let apart = matches!(
        before,
        None | Some(Step::Part(_) | Step::Annex(_) | Step::Appendix(_))
    ) || matches!(step, Step::Table(_) | Step::Footnote(_));
    match language {
        Language::Chinese if apart => "，",
        Language::Chinese => "",
        _ if item => " ",
        Language::Arabic => "، ",
        _ => ", ",
    }
}

/// The words of a language that writes them before the number.
struct Words {
    part: &'static str,
    annex: &'static str,
    appendix: &'static str,
    chapter: &'static str,
    section: &'static str,
    article: &'static str,
    paragraph: &'static str,
    table: &'static str,
    footnote: &'static str,
    /// What stands before the letter of an item.
    opening: &'static str,
}

const ENGLISH: Words = Words {
    part: "part",
    annex: "annex",
    appendix: "appendix",
    chapter: "chap.",
    section: "sect.",
    article: "art.",
    paragraph: "para.",
    table: "table",
    footnote: "footnote",
    opening: "(",
};

const FRENCH: Words = Words {
    part: "partie",
    annex: "annexe",
    appendix: "appendice",
    chapter: "chap.",
    section: "sect.",
    article: "art.",
    paragraph: "par.",
    table: "tableau",
    footnote: "note",
    opening: "",
};

const SPANISH: Words = Words {
    part: "parte",
    annex: "anexo",
    appendix: "apéndice",
    chapter: "cap.",
    section: "secc.",
    article: "art.",
    paragraph: "párr.",
    table: "cuadro",
    footnote: "nota",
    opening: "",
};

const RUSSIAN: Words = Words {
    part: "часть",
    annex: "приложение",
    appendix: "добавление",
    chapter: "гл.",
    section: "разд.",
    article: "ст.",
    paragraph: "п.",
    table: "таблица",
    footnote: "сноска",
    opening: "",
};

fn western(out: &mut String, step: Step, words: &Words) -> std::fmt::Result {
    match step {
        Step::Part(n) => write!(out, "{} {n}", words.part),
        Step::Annex(0) => out.write_str(words.annex),
        Step::Annex(n) => write!(out, "{} {}", words.annex, roman(n)),
        Step::Appendix(0) => out.write_str(words.appendix),
        Step::Appendix(n) => write!(out, "{} {}", words.appendix, roman(n)),
        Step::Chapter(n) => write!(out, "{} {}", words.chapter, roman(n)),
        Step::Section(n) => write!(out, "{} {}", words.section, letters(n).to_uppercase()),
        Step::Article(n) => write!(out, "{} {n}", words.article),
        Step::Paragraph(n) => write!(out, "{} {n}", words.paragraph),
        Step::Dotted(before, n) => write!(out, "{} {before}.{n}", words.paragraph),
        Step::Item(n) => write!(out, "{}{})", words.opening, letters(n)),
        Step::SubItem(n) => write!(out, "{}{})", words.opening, roman(n).to_lowercase()),
        Step::Table(0) => out.write_str(words.table),
        Step::Table(n) => write!(out, "{} {n}", words.table),
        Step::Footnote(0) => out.write_str(words.footnote),
        Step::Footnote(n) => write!(out, "{} {n}", words.footnote),
        Step::Plain(_) => write!(out, "{step}"),
    }
}

fn chinese(out: &mut String, step: Step, before: Option<Step>) -> std::fmt::Result {
    match step {
        Step::Part(n) => write!(out, "第{}部分", han(n)),
        Step::Annex(0) => out.write_str("附件"),
        Step::Annex(n) => write!(out, "附件{}", han(n)),
        Step::Appendix(0) => out.write_str("附录"),
        Step::Appendix(n) => write!(out, "附录{}", han(n)),
        Step::Chapter(n) => write!(out, "第{}章", han(n)),
        Step::Section(n) => write!(out, "{}节", letters(n).to_uppercase()),
        Step::Article(n) => write!(out, "第{}条", han(n)),
        Step::Paragraph(n) if matches!(before, Some(Step::Article(_))) => write!(out, "第{n}款"),
        Step::Paragraph(n) => write!(out, "第{n}段"),
        Step::Dotted(before, n) => write!(out, "第{before}.{n}段"),
        Step::Item(n) => write!(out, "({})", letters(n)),
        Step::SubItem(n) => write!(out, "{}", bracketed_han(n)),
        Step::Table(0) => out.write_str("表"),
        Step::Table(n) => write!(out, "表{n}"),
        Step::Footnote(0) => out.write_str("脚注"),
        Step::Footnote(n) => write!(out, "脚注{n}"),
        Step::Plain(_) => write!(out, "{step}"),
    }
}

fn arabic(out: &mut String, step: Step) -> std::fmt::Result {
    let listed = |words: &[&str], n: u32| {
        let index = n.checked_sub(1).map(|index| index as usize);
        let word = index.and_then(|index| words.get(index)).copied();
        word.map_or(n.to_string(), Into::into)
    };
    let ordinal = |n| listed(&ARABIC_ORDINALS, n);
    match step {
        Step::Part(n) => write!(out, "الجزء {}", ordinal(n)),
        Step::Annex(0) => out.write_str("المرفق"),
        Step::Annex(n) => write!(out, "المرفق {}", ordinal(n)),
        Step::Appendix(0) => out.write_str("التذييل"),
        Step::Appendix(n) => write!(out, "التذييل {}", ordinal(n)),
        Step::Chapter(n) => write!(out, "الفصل {}", ordinal(n)),
        Step::Section(n) => write!(out, "الفرع {}", listed(&ARABIC_LETTERS, n)),
        Step::Article(n) => write!(out, "المادة {n}"),
        Step::Paragraph(n) => write!(out, "الفقرة {n}"),
        Step::Dotted(before, n) => write!(out, "الفقرة {before}.{n}"),
        Step::Item(n) => write!(out, "({})", arabic_letter(n)),
        Step::SubItem(n) => write!(out, "‘{n}’"),
        Step::Table(0) => out.write_str("الجدول"),
        Step::Table(n) => write!(out, "الجدول {n}"),
        Step::Footnote(0) => out.write_str("الحاشية"),
        Step::Footnote(n) => write!(out, "الحاشية {n}"),
        Step::Plain(_) => write!(out, "{step}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Report, Unit};
    use super::*;

    /// A unit of each kind, its number, and how it is cited in each language.
    const CITED: &str = "\
        Chapter 1 | chap. I | 第一章 | chap. I | cap. I | гл. I | الفصل الأول
        Paragraph 1 | chap. I, para. 1 | 第一章第1段 | chap. I, par. 1 | cap. I, párr. 1 | гл. I, п. 1 | الفصل الأول، الفقرة 1
        Chapter 2 | chap. II | 第二章 | chap. II | cap. II | гл. II | الفصل الثاني
        Section 1 | chap. II, sect. A | 第二章A节 | chap. II, sect. A | cap. II, secc. A | гл. II, разд. A | الفصل الثاني، الفرع ألف
        Paragraph 1 | chap. II, para. 1 | 第二章第1段 | chap. II, par. 1 | cap. II, párr. 1 | гл. II, п. 1 | الفصل الثاني، الفقرة 1
        Paragraph 3 | para. 3 | 第3段 | par. 3 | párr. 3 | п. 3 | الفقرة 3
        Item 11 | para. 3 (k) | 第3段(k) | par. 3 k) | párr. 3 k) | п. 3 k) | الفقرة 3 (ك)
        SubItem 3 | para. 3 (k) (iii) | 第3段(k)㈢ | par. 3 k) iii) | párr. 3 k) iii) | п. 3 k) iii) | الفقرة 3 (ك) ‘3’
        SubItem 11 | para. 3 (k) (xi) | 第3段(k)（十一） | par. 3 k) xi) | párr. 3 k) xi) | п. 3 k) xi) | الفقرة 3 (ك) ‘11’
        Footnote 5 | footnote 5 | 脚注5 | note 5 | nota 5 | сноска 5 | الحاشية 5
        Dotted 7 | para. 26.7 | 第26.7段 | par. 26.7 | párr. 26.7 | п. 26.7 | الفقرة 26.7
        Table 2 | table 2 | 表2 | tableau 2 | cuadro 2 | таблица 2 | الجدول 2
        Article 2 | art. 2 | 第二条 | art. 2 | art. 2 | ст. 2 | المادة 2
        Paragraph 4 | art. 2, para. 4 | 第二条第4款 | art. 2, par. 4 | art. 2, párr. 4 | ст. 2, п. 4 | المادة 2، الفقرة 4
        Annex 1 | annex I | 附件一 | annexe I | anexo I | приложение I | المرفق الأول
        Paragraph 3 | annex I, para. 3 | 附件一，第3段 | annexe I, par. 3 | anexo I, párr. 3 | приложение I, п. 3 | المرفق الأول، الفقرة 3
        Item 1 | annex I, para. 3 (a) | 附件一，第3段(a) | annexe I, par. 3 a) | anexo I, párr. 3 a) | приложение I, п. 3 a) | المرفق الأول، الفقرة 3 (أ)
        Footnote 5 | annex I, footnote 5 | 附件一，脚注5 | annexe I, note 5 | anexo I, nota 5 | приложение I, сноска 5 | المرفق الأول، الحاشية 5
        Appendix 0 | appendix | 附录 | appendice | apéndice | добавление | التذييل
        Paragraph 0 | §1 | §1 | §1 | §1 | §1 | §1
        Part 2 | part 2 | 第二部分 | partie 2 | parte 2 | часть 2 | الجزء الثاني
        Annex 0 | annex | 附件 | annexe | anexo | приложение | المرفق";

    const LANGUAGES: [Language; 6] = [
        Language::English,
        Language::Chinese,
        Language::French,
        Language::Spanish,
        Language::Russian,
        Language::Arabic,
    ];

    #[test]
    fn citations_are_written_as_documents_write_them_and_can_be_typed_back() {
        let unit = |line: &str| {
            let (kind, number) = line.trim().split(" | ").next()?.split_once(' ')?;
            let number = number.parse().ok().filter(|&n| n > 0);
            let kinds = [
                Kind::Part,
                Kind::Annex,
                Kind::Appendix,
                Kind::Chapter,
                Kind::Section,
                Kind::Article,
                Kind::Paragraph,
                Kind::Item,
                Kind::SubItem,
                Kind::Table,
                Kind::Footnote,
            ];
            let known = kinds.into_iter().find(|known| format!("{known:?}") == kind);
            let mut unit = Unit::new(known.unwrap_or(Kind::Paragraph), "", number, "文");
            unit.prefix = if known.is_none() { 26 } else { 0 };
            Some(unit)
        };
        let units = || CITED.lines().filter_map(unit);
        let report = Report::new(units(), vec![], None);
        let stated = Report::new(units(), vec![], Some("A/74/130".into()));
        for (id, line) in report.ids().zip(CITED.lines()) {
            let wanted = line.split(" | ").skip(1);
            for (language, wanted) in LANGUAGES.into_iter().zip(wanted) {
                let citation = report.citation(id, language);
                assert_eq!(citation, wanted);
                assert_eq!(report.find(&citation), Some(id), "{citation} is typed back");
                let citation = stated.citation(id, language);
                assert!(citation.starts_with("A/74/130") && citation.ends_with(wanted));
                assert_eq!(stated.find(&citation), Some(id), "{citation} is typed back");
            }
        }
    }
}
