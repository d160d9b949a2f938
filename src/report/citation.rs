//! Citations: addresses as people write them.
//!
//! English follows the United Nations Editorial Manual (`para. 1 (k) (iii)`, `chap. II, sect. A`),
//! Chinese the usage of its Chinese documents (`第1段(k)㈢`, `第二章A节`).

use std::fmt::Write;

use serde::Serialize;

use super::address::{Address, Step};
use super::numeral::{bracketed_han, han, letters, roman};
use super::script::is_han;

/// A language that citations are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Language {
    /// `para. 1 (k)`
    #[default]
    #[serde(rename = "en")]
    English,
    /// `第1段(k)`
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// Chinese where at least one letter in five is a Han character; otherwise English.
    pub(super) fn of(text: impl Iterator<Item = char>) -> Self {
        let (mut han, mut letters) = (0usize, 0usize);
        for c in text.filter(|c| c.is_alphabetic()) {
            letters += 1;
            han += usize::from(is_han(c));
        }
        if han > 0 && han * 5 >= letters {
            Self::Chinese
        } else {
            Self::English
        }
    }
}

/// The citation of `address`, after `symbol` when there is one: `A/74/130, para. 1 (k) (iii)`.
pub fn citation(symbol: Option<&str>, address: &Address, language: Language) -> String {
    let place = match language {
        Language::English => english(address.steps()),
        Language::Chinese => chinese(address.steps()),
    };
    let occurrence = match address.occurrence() {
        1 => String::new(),
        times => format!(" #{times}"),
    };
    match (symbol, language) {
        (None, _) => format!("{place}{occurrence}"),
        (Some(symbol), Language::English) => format!("{symbol}, {place}{occurrence}"),
        (Some(symbol), Language::Chinese) => format!("{symbol}，{place}{occurrence}"),
    }
}

fn english(steps: &[Step]) -> String {
    let mut out = String::new();
    for &step in steps {
        let heading = !matches!(step, Step::Item(_) | Step::SubItem(_));
        if !out.is_empty() {
            out.push_str(if heading { ", " } else { " " });
        }
        let _ = match step {
            Step::Chapter(n) => write!(out, "chap. {}", roman(n)),
            Step::Section(n) => write!(out, "sect. {}", letters(n).to_uppercase()),
            Step::Article(n) => write!(out, "art. {n}"),
            Step::Paragraph(n) => write!(out, "para. {n}"),
            Step::Dotted(before, n) => write!(out, "para. {before}.{n}"),
            Step::Item(n) => write!(out, "({})", letters(n)),
            Step::SubItem(n) => write!(out, "({})", roman(n).to_lowercase()),
            other => write!(out, "{other}"),
        };
    }
    out
}

fn chinese(steps: &[Step]) -> String {
    let mut out = String::new();
    for &step in steps {
        let _ = match step {
            Step::Chapter(n) => write!(out, "第{}章", han(n)),
            Step::Section(n) => write!(out, "{}节", letters(n).to_uppercase()),
            Step::Article(n) => write!(out, "第{}条", han(n)),
            Step::Paragraph(n) => write!(out, "第{n}段"),
            Step::Dotted(before, n) => write!(out, "第{before}.{n}段"),
            Step::Item(n) => write!(out, "({})", letters(n)),
            Step::SubItem(n) => write!(out, "{}", bracketed_han(n)),
            other => write!(out, "{other}"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Report, Unit};
    use super::*;

    #[test]
    fn citations_are_written_as_documents_write_them_and_can_be_typed_back() {
        let units = [
            (Kind::Chapter, 2),
            (Kind::Section, 1),
            (Kind::Paragraph, 1),
            (Kind::Item, 11),
            (Kind::SubItem, 3),
            (Kind::Chapter, 3),
            (Kind::Paragraph, 1),
        ];
        let units: Vec<_> = units
            .iter()
            .map(|&(kind, n)| Unit::new(kind, "", Some(n), "文"))
            .collect();
        let report = Report::new(units.clone(), vec![], None);
        let expected = [
            ("chap. II", "第二章"),
            ("chap. II, sect. A", "第二章A节"),
            ("chap. II, para. 1", "第二章第1段"),
            ("chap. II, para. 1 (k)", "第二章第1段(k)"),
            ("chap. II, para. 1 (k) (iii)", "第二章第1段(k)㈢"),
            ("chap. III", "第三章"),
            ("chap. III, para. 1", "第三章第1段"),
        ];
        for (id, (english, chinese)) in report.ids().zip(expected) {
            assert_eq!(report.citation(id, Language::English), english);
            assert_eq!(report.citation(id, Language::Chinese), chinese);
            assert_eq!(
                (report.find(english), report.find(chinese)),
                (Some(id), Some(id))
            );
        }
        let stated = Report::new(units, vec![], Some("A/74/130".into()));
        let paragraph = stated.find("II/1").unwrap();
        assert_eq!(
            stated.citation(paragraph, Language::English),
            "A/74/130, chap. II, para. 1"
        );
        assert_eq!(
            stated.citation(paragraph, Language::Chinese),
            "A/74/130，第二章第1段"
        );
        assert_eq!(stated.find("A/74/130, chap. II, para. 1"), Some(paragraph));
    }
}
