//! JSON, an element or field a line, in which no character can speak to a terminal.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::is_safe;

/// Ranges of bytes, in order and apart, as ranges of Unicode scalar values, their ends exclusive.
pub fn scalars(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let (mut byte, mut scalar) = (0, 0);
    let mut place = |at: usize| {
        scalar += text[byte..at].chars().count();
        byte = at;
        scalar
    };
    ranges
        .iter()
        .map(|range| [place(range.start), place(range.end)])
        .collect()
}

/// Writes an array, an element a line.
///
/// # Errors
/// When the output cannot be written.
pub fn write_array<T: Serialize>(
    to: &mut dyn Write,
    elements: impl Iterator<Item = T>,
) -> io::Result<()> {
    let mut before = "[";
    for element in elements {
        write!(
            to,
            "{before}\n  {}",
            escaped(&serde_json::to_string(&element)?)
        )?;
        before = ",";
    }
    // An empty array stands on one line.
    to.write_all(if before == "[" { b"[]\n" } else { b"\n]\n" })
}

/// Writes an object, a field a line.
///
/// # Errors
/// When the output cannot be written.
pub fn write_object(to: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    for line in serde_json::to_string_pretty(object)?.lines() {
        writeln!(to, "{}", escaped(line))?;
    }
    Ok(())
}

/// JSON leaves some characters as they are that a terminal obeys (U+009B) or that turn the
/// direction of text; they can stand in strings only, where an escape means the same.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_safe(c) {
            out.push(c);
        } else {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_speak_to_the_terminal_and_reads_back_the_same() {
        let text = "a\x1b[31m\u{9b}\u{7f}\u{202e}网";
        let mut out = Vec::new();
        write_array(&mut out, [text].into_iter()).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.chars().all(|c| is_safe(c) || c == '\n'), "{out:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&out).unwrap(), [text]);
        let mut out = Vec::new();
        write_array(&mut out, std::iter::empty::<u8>()).unwrap();
        assert_eq!(out, b"[]\n");
    }
}
