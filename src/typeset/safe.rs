//! The last step before output: text from a report cannot speak to the terminal.

use std::borrow::Cow;

/// True for a character that a terminal only draws: no control character, and none that turns the
/// direction of what follows (Unicode Annex 9, explicit formatting).
pub fn is_safe(c: char) -> bool {
    !(c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// The text with its control characters made visible: an escape becomes `␛`. What parts the cells
/// and the rows of a table becomes a line between them.
///
/// ```
/// use rapporteur::typeset::safe;
///
/// assert_eq!(safe("网\x1b[31m络"), "网␛[31m络");
/// assert_eq!(safe("State\tYear\nChile"), "State │ Year ┆ Chile");
/// ```
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_safe) {
        return text.into();
    }
    let mut drawn = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\t' => drawn.push_str(" │ "),
            '\n' => drawn.push_str(" ┆ "),
            c if is_safe(c) => drawn.push(c),
            c => drawn.push(picture(c)),
        }
    }
    drawn.into()
}

/// A line as it is drawn: of its soft hyphens (U+00AD), which only say where a word may be divided,
/// none is seen but the one it ends with.
///
/// ```
/// use rapporteur::typeset::hyphened;
///
/// assert_eq!(hyphened("cy\u{ad}ber\u{ad}"), "cyber-");
/// ```
pub fn hyphened(line: &str) -> Cow<'_, str> {
    if !line.contains('\u{ad}') {
        return line.into();
    }
    let hyphen = if line.ends_with('\u{ad}') { "-" } else { "" };
    (line.replace('\u{ad}', "") + hyphen).into()
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32('␀' as u32 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let all: String = (0..=0x10ffff).filter_map(char::from_u32).collect();
        assert!(safe(&all).chars().all(is_safe));
        assert_eq!(
            safe("a\tb\n\x07\x7f\u{9b}\u{202e}x"),
            "a │ b ┆ ␇␡\u{fffd}\u{fffd}x"
        );
        assert!(matches!(safe("网络 “é”"), Cow::Borrowed(_)));
    }
}
