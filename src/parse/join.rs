//! Puts the lines of a paragraph together again as they were written.

use crate::report::script::is_han;

/// Puts `line` behind `text`: nothing between Chinese characters, one space between words, and
/// nothing where the line end cut a word at a hyphen or a symbol at a slash.
///
/// `spaced_numbers` says whether a number in Chinese text has spaces around it in this source,
/// since a line end hides whether this one had.
pub(super) fn append(text: &mut String, line: &str, spaced_numbers: bool) {
    if let (Some(last), Some(first)) = (text.chars().next_back(), line.chars().next())
        && needs_space(text, last, first, spaced_numbers)
    {
        text.push(' ');
    }
    push(text, line);
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
            append(&mut out, text, true);
            append(&mut out, line, true);
            assert_eq!(out, joined);
        }
    }

    #[test]
    fn a_number_in_chinese_text_keeps_the_spacing_of_its_source() {
        for (spaced, joined) in [(true, "项目 2 下"), (false, "项目2下")] {
            let mut out = String::from("项目");
            append(&mut out, "2", spaced);
            append(&mut out, "下", spaced);
            assert_eq!(out, joined);
        }
    }
}
