//! The language of a report: one of the six of the United Nations.

use serde::Serialize;
use whatlang::{Detector, Lang};

use super::script::is_han;

/// A language that reports and citations are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Language {
    /// `para. 1 (k)`
    #[default]
    #[serde(rename = "en")]
    English,
    /// `第1段(k)`
    #[serde(rename = "zh")]
    Chinese,
    /// `par. 1 k)`
    #[serde(rename = "fr")]
    French,
    /// `párr. 1 k)`
    #[serde(rename = "es")]
    Spanish,
    /// `п. 1 k)`
    #[serde(rename = "ru")]
    Russian,
    /// `الفقرة 1 (ك)`
    #[serde(rename = "ar")]
    Arabic,
}

/// Texts are looked at until there are so many letters of one script.
const ENOUGH: usize = 50_000;
/// So many bytes tell languages of Latin letters apart for sure.
const SAMPLE: usize = 8_000;

impl Language {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Arabic,
        Self::Chinese,
        Self::English,
        Self::French,
        Self::Russian,
        Self::Spanish,
    ];

    /// Its name in English.
    pub fn name(self) -> &'static str {
        match self {
            Self::Arabic => "Arabic",
            Self::Chinese => "Chinese",
            Self::English => "English",
            Self::French => "French",
            Self::Russian => "Russian",
            Self::Spanish => "Spanish",
        }
    }

    /// Its two letters, as `--cite` takes them.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Chinese => "zh",
            Self::English => "en",
            Self::French => "fr",
            Self::Russian => "ru",
            Self::Spanish => "es",
        }
    }

    /// The language of these texts: Chinese where at least one letter in five is a Han character,
    /// else by the script of most letters, and of those of Latin letters by their words.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut han, mut arabic, mut cyrillic, mut latin) = (0usize, 0usize, 0usize, 0usize);
        let mut sample = String::new();
        for text in texts {
            for c in text.chars().filter(|c| c.is_alphabetic()) {
                match c {
                    'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
                    '\u{400}'..='\u{52f}' => cyrillic += 1,
                    '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
                        arabic += 1
                    }
                    _ => han += usize::from(is_han(c)),
                }
            }
            // Headings in capitals, and names, say little.
            if sample.len() < SAMPLE && text.len() > 20 {
                sample.extend(text.chars().take(SAMPLE - sample.len()));
                sample.push(' ');
            }
            if han.max(arabic).max(cyrillic).max(latin) > ENOUGH {
                break;
            }
        }
        if han > 0 && han * 5 >= han + arabic + cyrillic + latin {
            Self::Chinese
        } else if arabic > cyrillic.max(latin) {
            Self::Arabic
        } else if cyrillic > latin {
            Self::Russian
        } else {
            let latin = Detector::with_allowlist(vec![Lang::Eng, Lang::Fra, Lang::Spa]);
            match latin.detect_lang(&sample) {
                Some(Lang::Fra) => Self::French,
                Some(Lang::Spa) => Self::Spanish,
                _ => Self::English,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_letters_and_words() {
        for (text, language) in [
            ("", Language::English),
            ("I. Work 1. Go.", Language::English),
            (
                "The Committee took note of the report of the Secretary-General.",
                Language::English,
            ),
            (
                "Le Comité prend note du rapport du Secrétaire général sur la question.",
                Language::French,
            ),
            (
                "La Comisión toma nota del informe del Secretario General sobre la cuestión.",
                Language::Spanish,
            ),
            (
                "Комитет принимает к сведению доклад Генерального секретаря (A/74/130).",
                Language::Russian,
            ),
            (
                "تحيط اللجنة علما بتقرير الأمين العام (A/74/130).",
                Language::Arabic,
            ),
            (
                "委员会注意到秘书长的报告 (UNODC, Vienna, 2017)。",
                Language::Chinese,
            ),
        ] {
            assert_eq!(Language::of(std::iter::once(text)), language, "{text}");
        }
    }
}
