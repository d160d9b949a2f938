//! Labels that a writer typed, as far as they can be told from the text alone: so that an entry is
//! not numbered twice, and lines that begin with one are not run together.

use super::inline::is_cjk;

/// True for text that begins with a number, a letter or a sign as entries of a list do.
pub(super) fn is_labelled(text: &str) -> bool {
    let head: String = text.chars().take(12).collect();
    let mut chars = head.chars();
    let (Some(first), rest) = (chars.next(), chars.as_str()) else {
        return false;
    };
    match first {
        '•' | '◦' | '▪' | '●' | '○' | '■' | '‣' | '㈠'..='㈩' | '①'..='⑳' | '⑴'..='⒇' => {
            true
        }
        '-' | '–' | '—' | '*' => rest.starts_with(char::is_whitespace),
        '(' | '（' => rest
            .find([')', '）'])
            .is_some_and(|end| is_counter(&rest[..end], 6)),
        '第' => rest
            .find(['条', '條', '章', '节', '節', '部'])
            .is_some_and(|end| is_counter(&rest[..end], 6)),
        _ => {
            let end = head.find(|c: char| !is_countable(c)).unwrap_or(head.len());
            let (counter, behind) = head.split_at(end);
            let mut behind = behind.chars();
            match (behind.next(), behind.next()) {
                (Some(')' | '）' | '、' | '．'), _) => is_counter(counter, 4),
                // A.B. and 1.5 are none; A. Smith may be a name.
                (Some('.'), None) => is_number(counter),
                (Some('.'), Some(c)) => is_number(counter) && !c.is_ascii_digit(),
                _ => false,
            }
        }
    }
}

fn is_countable(c: char) -> bool {
    c.is_alphanumeric()
}

/// A number, a letter or two, or small Roman or Chinese numerals.
fn is_counter(text: &str, most: usize) -> bool {
    const NUMERALS: &str = "ivxlcIVXLC一二三四五六七八九十百〇零";
    let count = text.chars().count();
    let letters = |c: char| c.is_alphabetic() && !is_cjk(c);
    let one_or_two = count <= 2 && text.chars().all(letters);
    let counts = is_number(text) || one_or_two || text.chars().all(|c| NUMERALS.contains(c));
    (1..=most).contains(&count) && counts
}

/// Digits, or Roman numerals of two letters and more.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.chars().all(|c| c.is_numeric()) && text.chars().count() <= 4;
    let roman = |text: &str| text.len() > 1 && text.chars().all(|c| "IVXLC".contains(c));
    !text.is_empty() && (digits(text) || roman(text))
}

#[cfg(test)]
mod tests {
    use super::is_labelled;

    #[test]
    fn typed_labels_are_told_from_words_and_sums() {
        for text in [
            "1. Act",
            "１．行动",
            "12) Act",
            "(a) Act",
            "（一）行动",
            "(iv) Act",
            "b) Act",
            "一、行动",
            "十二、行动",
            "㈠ 行动",
            "① 行动",
            "• Act",
            "- Act",
            "II. Act",
            "第一条 总则",
            "а) меры",
            "(٢) عمل",
            "1.Act",
        ] {
            assert!(is_labelled(text), "{text}");
        }
        for text in [
            "",
            "Act",
            "1.5 million",
            "2030 Agenda",
            "A. Smith",
            "(see below) Act",
            "（见下文）行动",
            "-5",
            "第一",
            "U.N. reform",
            "Annex) x",
            "各国、组织",
            "17",
        ] {
            assert!(!is_labelled(text), "{text}");
        }
    }
}
