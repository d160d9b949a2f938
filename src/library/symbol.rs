//! Reports by their names: a file, or a symbol on the shelf, however it is typed.

use std::path::Path;

use crate::report::script::half_width;
use crate::shelf::{Entry, Shelf};

/// What a name on the command line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A file, or what stands for one.
    File,
    /// A report on the shelf.
    Shelved(Entry),
    /// Several of them, as one document in several languages.
    Several(Vec<Entry>),
    /// Neither.
    Nothing,
}

/// What a name means: a file that is there first, then a symbol on the shelf.
pub fn named(name: &Path, shelf: &Shelf) -> Named {
    if name == Path::new("-") || std::fs::symlink_metadata(name).is_ok() {
        return Named::File;
    }
    let Some(typed) = name.to_str() else {
        return Named::Nothing;
    };
    let wanted = folded(typed);
    let of = |entry: &Entry| {
        entry
            .symbol
            .as_deref()
            .is_some_and(|symbol| folded(symbol) == wanted)
    };
    let mut found: Vec<_> = shelf.catalogue().0.into_iter().filter(of).collect();
    match found.len() {
        0 => Named::Nothing,
        1 => Named::Shelved(found.remove(0)),
        _ => Named::Several(found),
    }
}

/// A symbol without spaces, in capitals, in half width.
fn folded(symbol: &str) -> String {
    let narrow = symbol.chars().map(half_width);
    narrow
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_case_and_width_are_forgiven() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(Some(folder.path().into()));
        let entry = |file: &str, symbol: &str| Entry {
            file: file.into(),
            symbol: Some(symbol.into()),
            ..Entry::default()
        };
        let all = [
            entry("/a", "A/74/130"),
            entry("/b", "A/HRC/43/12"),
            entry("/c", "A/HRC/43/12"),
        ];
        shelf.change_catalogue(&all, &[]).unwrap();
        for (typed, file) in [
            ("A/74/130", Some("/a")),
            ("a/74/130", Some("/a")),
            (" A / 74 / 130", Some("/a")),
            ("Ａ／７４／１３０", Some("/a")),
            ("A/74/13", None),
            ("fnd", None),
        ] {
            let found = match named(Path::new(typed), &shelf) {
                Named::Shelved(entry) => Some(entry.file),
                Named::Nothing => None,
                other => panic!("{other:?}"),
            };
            assert_eq!(found.as_deref(), file, "{typed}");
        }
        assert!(
            matches!(named(Path::new("a/hrc/43/12"), &shelf), Named::Several(all) if all.len() == 2)
        );
        assert_eq!(named(folder.path(), &shelf), Named::File);
        assert_eq!(named(Path::new("-"), &shelf), Named::File);
    }
}
