//! What is wrong in the file of settings, told by line, with the way out.

use std::fmt::{self, Display};

use strsim::osa_distance;

/// One mistake in the file of settings. The program starts all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong: `unknown setting theem`.
    pub what: String,
    /// What to do about it: `did you mean theme?`.
    pub way_out: String,
}

impl Mistake {
    pub(super) fn new(line: usize, what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self {
            line,
            what: what.into(),
            way_out: way_out.into(),
        }
    }
}

impl Display for Mistake {
    /// `LINE: what (way out)`, as compilers do behind the name of the file.
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        write!(to, "{}: {} ({})", self.line, self.what, self.way_out)
    }
}

/// The known word that `word` is most like, if any is like it: a slip or two, capitals, or `_` for
/// `-`.
///
/// ```
/// use rapporteur::settings::nearest;
/// let known = ["theme", "measure", "mouse"];
/// assert_eq!(nearest("theem", known.into_iter()), Some("theme"));
/// assert_eq!(nearest("colour", known.into_iter()), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |word: &str| word.to_lowercase().replace('_', "-");
    let length = word.chars().count();
    // The distance to a very long word takes long to find, and it is like none.
    if length > 64 {
        return None;
    }
    let word = plain(word);
    let slips = (length / 3).clamp(1, 3);
    known
        .map(|known| (osa_distance(&word, &plain(known)), known))
        .filter(|(distance, known)| *distance <= slips && *distance < known.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// The beginning of a word from the file, short and plain enough for a message.
pub(super) fn clip(word: &str) -> String {
    const LONGEST: usize = 40;
    let word = word.trim();
    let plain = |c: char| {
        if c.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    let clipped = word.chars().map(plain).take(LONGEST);
    let more = word.chars().nth(LONGEST).map(|_| '…');
    clipped.chain(more).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_has_a_nearest_word_and_another_word_has_none() {
        let known = ["theme", "mouse", "measure", "ambiguous-width", "copy"];
        for (word, nearest_is) in [
            ("theem", Some("theme")),
            ("Theme", Some("theme")),
            ("mose", Some("mouse")),
            ("ambiguous_width", Some("ambiguous-width")),
            ("ambigous width", Some("ambiguous-width")),
            ("cop", Some("copy")),
            ("x", None),
            ("", None),
            ("colour", None),
            ("主题", None),
        ] {
            assert_eq!(nearest(word, known.into_iter()), nearest_is, "{word}");
        }
        assert_eq!(nearest(&"theme".repeat(20), known.into_iter()), None);
        assert_eq!(
            nearest("a", ["b"].into_iter()),
            None,
            "nothing is left of it"
        );
    }
}
