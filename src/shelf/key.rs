//! Which report a memory is of: told by all that the report says, not by where it lies.

use twox_hash::XxHash3_128;

/// A report as the shelf knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    hash: u128,
    title: String,
}

impl Key {
    /// The report whose whole source is `text`; its `title` makes the file's name readable and
    /// tells no reports apart. Takes about a tenth of a second a gigabyte.
    ///
    /// ```
    /// use rapporteur::shelf::Key;
    /// let key = Key::new("II. Conclusions\n", "Conclusions: a draft");
    /// let name = key.file_name();
    /// assert!(name.starts_with("Conclusions-a-draft-") && name.ends_with(".toml"));
    /// ```
    pub fn new(text: &str, title: &str) -> Self {
        Self {
            hash: XxHash3_128::oneshot(text.as_bytes()),
            title: title.chars().take(LONGEST_TITLE).collect(),
        }
    }

    /// The name of a new file: the first words of the title and the hash, 60 bytes at most.
    pub fn file_name(&self) -> String {
        format!("{}{}", name(&self.title), self.ending())
    }

    /// What tells it apart, as a name.
    pub fn name(&self) -> String {
        format!("{:032x}", self.hash)
    }

    /// How the names of all files of this report end, whatever title they were made with.
    pub(super) fn ending(&self) -> String {
        format!("-{:032x}.toml", self.hash)
    }

    /// The title, for people who read the file.
    pub(super) fn title(&self) -> &str {
        &self.title
    }
}

/// In characters.
const LONGEST_TITLE: usize = 200;

/// In bytes; with `-`, 32 digits and `.toml` the name of a file is 60.
const LONGEST_NAME: usize = 22;

/// The first words of a title, of nothing but letters and digits with `-` between: safe on every
/// system and in every shell.
fn name(title: &str) -> String {
    let mut name = String::new();
    let words = title.split(|c: char| !c.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        let gap = usize::from(!name.is_empty());
        let room = LONGEST_NAME.saturating_sub(name.len() + gap);
        let whole = word.len() <= room;
        // Chinese has no gaps to cut at.
        if whole || name.is_empty() || !word.is_ascii() {
            let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
            let part = &word[..ends.take_while(|&end| end <= room).last().unwrap_or(0)];
            if gap == 1 && !part.is_empty() {
                name.push('-');
            }
            name.push_str(part);
        }
        if !whole {
            break;
        }
    }
    if name.is_empty() {
        "report".into()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_first_words_made_safe() {
        for (title, expected) in [
            ("", "report"),
            ("../../etc/passwd", "etc-passwd"),
            ("CON", "CON"),
            ("a\0b\u{1b}[2J\nc", "a-b-2J-c"),
            (
                "Report of the Expert Group on cybercrime",
                "Report-of-the-Expert",
            ),
            ("Internationalisierungsmassnahmen", "Internationalisierungs"),
            ("初步建议和结论汇总表", "初步建议和结论"),
            ("A/74/130：初步建议和结论汇总表", "A-74-130-初步建议"),
            ("一、二、三、四、五、六、七、八", "一-二-三-四-五"),
            ("…—①", "①"),
            ("。，", "report"),
        ] {
            assert_eq!(name(title), expected);
            let file = Key::new("", title).file_name();
            assert!(file.len() <= 60, "{file}");
        }
    }

    #[test]
    fn what_a_report_says_tells_it_apart_and_its_title_does_not() {
        let ending = |text, title| Key::new(text, title).ending();
        assert_eq!(ending("a", "x"), ending("a", "y"));
        assert_ne!(ending("a", "x"), ending("b", "x"));
        // The hash must be the same in every version, or all is forgotten.
        assert_eq!(ending("", ""), "-99aa06d3014798d86001c324468d497f.toml");
    }
}
