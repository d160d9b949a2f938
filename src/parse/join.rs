//! Puts the lines of a paragraph together again as they were written.

use std::collections::HashSet;

use crate::read::Role;
use crate::report::script::is_han;

use super::line::Line;

/// Joins lines, and knows the words of the document, which tell whether a hyphen at a line end only
/// cut a word or belongs to it.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    /// Whether a number in Chinese text has spaces around it in this source, since a line end hides
    /// whether this one had.
    spaced_numbers: bool,
    /// The words of the document that a line end may have cut, in lower case.
    words: HashSet<String>,
}

impl Joiner {
    /// Learns the words of these lines.
    pub(super) fn new(lines: &[Line], spaced_numbers: bool) -> Self {
        let mut words = HashSet::new();
        // Only what a cut can ask for need be known: how the cut words begin.
        let mut starts = HashSet::new();
        for line in lines.iter().filter(|line| line.role == Role::Line) {
            let Some(cut) = line.text.strip_suffix(['-', '\u{2010}']) else {
                continue;
            };
            let part = last_part(cut);
            starts.extend(start(&part.to_lowercase()));
        }
        if !starts.is_empty() {
            for word in lines.iter().flat_map(|line| line.text.split(between_words)) {
                let word = word.trim_matches('-').to_lowercase();
                if start(&word).is_some_and(|start| starts.contains(&start)) {
                    words.insert(word);
                }
            }
        }
        Self {
            spaced_numbers,
            words,
        }
    }

    /// Puts `line` behind `text`: nothing between Chinese characters, one space between words, and
    /// nothing where the line end cut a word at a hyphen or a symbol at a slash.
    pub(super) fn append(&self, text: &mut String, line: &str) {
        if self.is_cut(text, line) {
            text.pop();
        } else if let (Some(last), Some(first)) = (text.chars().next_back(), line.chars().next())
            && needs_space(text, last, first, self.spaced_numbers)
        {
            text.push(' ');
        }
        push(text, line);
    }

    /// True when the hyphen at the end of `text` stands there only because the line ended.
    fn is_cut(&self, text: &str, line: &str) -> bool {
        let Some(before) = text.strip_suffix(['-', '\u{2010}']) else {
            return false;
        };
        let head = last_part(before).to_lowercase();
        let tail: String = line
            .chars()
            .take_while(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        let small = line.starts_with(char::is_lowercase);
        let letters = !head.is_empty() && head.chars().all(char::is_alphabetic);
        if !small || !letters || before.len() > head.len() && before.ends_with('-') {
            return false;
        }
        // As the document has it elsewhere; a compound keeps its hyphen.
        self.words.contains(&format!("{head}{tail}"))
            && !self.words.contains(&format!("{head}-{tail}"))
    }
}

/// The first letters of a word, which tell whether a line end may have cut it.
fn start(word: &str) -> Option<String> {
    let start: String = word.chars().take(2).collect();
    (!start.is_empty()).then_some(start)
}

/// What stands behind the last space or hyphen.
fn last_part(text: &str) -> &str {
    let from = text.rfind(|c: char| !c.is_alphabetic());
    let from = from.map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    &text[from..]
}

fn between_words(c: char) -> bool {
    !c.is_alphabetic() && c != '-'
}

/// Adds `line` with its runs of white space made one; a lone full-width or fixed space stays.
fn push(text: &mut String, line: &str) {
    let mut rest = line;
    while let Some(at) = rest.find(char::is_whitespace) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let next = after.trim_start();
        let space = &after[..after.len() - next.len()];
        text.push_str(
            if ["\u{a0}", "\u{202f}", "\u{2009}", "\u{3000}"].contains(&space) {
                space
            } else {
                " "
            },
        );
        rest = next;
    }
    text.push_str(rest);
}

fn needs_space(text: &str, last: char, first: char, spaced_numbers: bool) -> bool {
    let cut = |mark: char, behind: fn(char) -> bool| {
        last == mark
            && text[..text.len() - mark.len_utf8()].ends_with(behind)
            && first.is_alphanumeric()
    };
    let address = text.ends_with("://");
    if last == '\u{ad}'
        || address
        || cut('-', char::is_alphanumeric)
        || cut('/', char::is_alphanumeric)
        || cut('–', char::is_numeric)
    {
        return false;
    }
    let number = |c: char| c.is_ascii_alphanumeric();
    if is_han(last) && number(first) || number(last) && is_han(first) {
        return spaced_numbers;
    }
    let opens = "([{“‘«".contains(last);
    let closes = ")]}”’».,;:!?…%".contains(first);
    !(is_solid(last) || is_solid(first) || opens || closes)
}

/// True for what Chinese text sets without spaces: its characters and its punctuation.
fn is_solid(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_as_they_were_written() {
        for (text, line, joined) in [
            ("已得到专", "家组核可", "已得到专家组核可"),
            ("联合国反恐", "怖主义委员会", "联合国反恐怖主义委员会"),
            ("关切，", "还考虑到", "关切，还考虑到"),
            ("题为“执法", "和调查”的", "题为“执法和调查”的"),
            ("调查”", "的议程", "调查”的议程"),
            ("于 2017", "年 10 月", "于 2017 年 10 月"),
            ("the Expert", "Group met", "the Expert Group met"),
            ("law-", "enforcement", "law-enforcement"),
            ("the imple-", "mentation of", "the implementation of"),
            ("the Imple-", "Mentation of", "the Imple-Mentation of"),
            ("socio-", "economic", "socio-economic"),
            ("Nations -", "the body", "Nations - the body"),
            ("A/C.3/", "72/12", "A/C.3/72/12"),
            ("2001–", "2010", "2001–2010"),
            ("at https://", "www.un.org", "at https://www.un.org"),
            ("the states", "(annex)", "the states (annex)"),
            ("the states (", "annex)", "the states (annex)"),
            ("a\tb   c\u{a0}d", "e", "a b c\u{a0}d e"),
            ("", "网络", "网络"),
        ] {
            let mut out = String::new();
            let joiner = Joiner {
                spaced_numbers: true,
                words: HashSet::from(["implementation".into(), "law-enforcement".into()]),
            };
            joiner.append(&mut out, text);
            joiner.append(&mut out, line);
            assert_eq!(out, joined);
        }
    }

    #[test]
    fn a_number_in_chinese_text_keeps_the_spacing_of_its_source() {
        for (spaced, joined) in [(true, "项目 2 下"), (false, "项目2下")] {
            let mut out = String::from("项目");
            let joiner = Joiner {
                spaced_numbers: spaced,
                ..Joiner::default()
            };
            joiner.append(&mut out, "2");
            joiner.append(&mut out, "下");
            assert_eq!(out, joined);
        }
    }
}
