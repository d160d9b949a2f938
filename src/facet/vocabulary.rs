//! The words that facets are read from: one vocabulary a language, and what the reader adds to it.
//!
//! A vocabulary is a file (`data/facets/zh.toml` says how it is written); names of countries are those
//! of the Unicode CLDR (`data/facets/countries.tsv`).

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, OnceLock};

use serde::Deserialize;

use super::lexicon::Lexicon;
use crate::report::Language;

/// The vocabularies of all languages.
#[derive(Default)]
pub struct Vocabularies {
    /// What the reader added, by language.
    added: Vec<(Language, File)>,
    /// Made ready when a report of the language is first read.
    ready: [OnceLock<Lexicon>; Language::ALL.len()],
}

impl fmt::Debug for Vocabularies {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let added: Vec<_> = self.added.iter().map(|(language, _)| language).collect();
        to.debug_struct("Vocabularies")
            .field("added", &added)
            .finish_non_exhaustive()
    }
}

/// Something wrong in the reader's own vocabulary, which then counts for nothing.
#[derive(Debug)]
pub struct Mistake {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        write!(to, "{}:{}: {}", self.path.display(), self.line, self.what)
    }
}

/// A vocabulary as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub not: Vec<String>,
    pub not_verbs: Vec<String>,
    pub subject: Subject,
    pub role: Roles,
    pub verb: Vec<Verb>,
    pub actor: Vec<Name>,
    pub body: Vec<Name>,
    pub instrument: Vec<Name>,
    /// The last word of an instrument's name, where names are read by their capitals.
    pub instrument_heads: Vec<String>,
    /// More names of countries, by their codes.
    pub countries: BTreeMap<String, Vec<String>>,
}

/// What may stand around somebody who is addressed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Subject {
    pub between: Vec<String>,
    pub not_behind: Vec<String>,
    pub modifiers: Vec<String>,
    pub and: Vec<String>,
    pub leading: Vec<String>,
}

/// Words of headings and texts that tell the part a unit has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Roles {
    pub recommendation: Vec<String>,
    pub discussion: Vec<String>,
    pub procedure: Vec<String>,
}

/// A name with its other forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Name {
    pub name: String,
    #[serde(default)]
    pub english: String,
    #[serde(default)]
    pub also: Vec<String>,
    /// What else the English vocabulary calls it: it may be asked for by that, too.
    #[serde(skip)]
    pub in_english: Vec<String>,
}

/// A verb with its forms, by where they stand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verb {
    pub name: String,
    #[serde(default)]
    pub english: String,
    /// Behind who is addressed: 应.
    #[serde(default)]
    pub behind: Vec<String>,
    /// Before: 鼓励.
    #[serde(default)]
    pub before: Vec<String>,
    /// Only at the start of a paragraph: 重申.
    #[serde(default)]
    pub opening: Vec<String>,
    /// Addressing nobody: 有与会者提出.
    #[serde(default)]
    pub alone: Vec<String>,
}

impl File {
    /// Reads a vocabulary.
    ///
    /// # Errors
    /// What is wrong, and on which line, from 1.
    fn parse(text: &str) -> Result<Self, (usize, String)> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..at]
                .iter()
                .filter(|b| **b == b'\n')
                .count()
                + 1;
            let what = error
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            (line, what)
        })
    }

    /// Puts in what the reader wrote: more entries, and more forms of those there are.
    fn add(&mut self, more: &Self) {
        let names = |ours: &mut Vec<Name>, more: &[Name]| {
            for name in more {
                match ours.iter_mut().find(|our| our.name == name.name) {
                    Some(our) => {
                        our.also.extend(name.also.iter().cloned());
                        if !name.english.is_empty() {
                            our.english.clone_from(&name.english);
                        }
                    }
                    None => ours.push(name.clone()),
                }
            }
        };
        names(&mut self.actor, &more.actor);
        names(&mut self.body, &more.body);
        names(&mut self.instrument, &more.instrument);
        for verb in &more.verb {
            match self.verb.iter_mut().find(|our| our.name == verb.name) {
                Some(our) => {
                    our.behind.extend(verb.behind.iter().cloned());
                    our.before.extend(verb.before.iter().cloned());
                    our.opening.extend(verb.opening.iter().cloned());
                    our.alone.extend(verb.alone.iter().cloned());
                }
                None => self.verb.push(verb.clone()),
            }
        }
        for (code, names) in &more.countries {
            let ours = self.countries.entry(code.clone()).or_default();
            ours.extend(names.iter().cloned());
        }
        let lists = [
            (&mut self.not, &more.not),
            (&mut self.not_verbs, &more.not_verbs),
            (&mut self.instrument_heads, &more.instrument_heads),
            (&mut self.subject.between, &more.subject.between),
            (&mut self.subject.not_behind, &more.subject.not_behind),
            (&mut self.subject.modifiers, &more.subject.modifiers),
            (&mut self.subject.and, &more.subject.and),
            (&mut self.subject.leading, &more.subject.leading),
            (&mut self.role.recommendation, &more.role.recommendation),
            (&mut self.role.discussion, &more.role.discussion),
            (&mut self.role.procedure, &more.role.procedure),
        ];
        for (ours, more) in lists {
            ours.extend(more.iter().cloned());
        }
    }
}

impl File {
    fn names(&self) -> impl Iterator<Item = &Name> {
        [&self.actor, &self.body, &self.instrument]
            .into_iter()
            .flatten()
    }

    /// Looks up what everything is called in English: UNODC is the Office on Drugs and Crime.
    fn look_up(&mut self, english: &Self) {
        let called = |name: &str| {
            let mut all = english.names();
            all.find(|one| one.name == name || one.also.iter().any(|also| also == name))
        };
        for names in [&mut self.actor, &mut self.body, &mut self.instrument] {
            for name in names {
                if let Some(found) = called(&name.english) {
                    name.in_english = [&found.name]
                        .into_iter()
                        .chain(&found.also)
                        .cloned()
                        .collect();
                }
            }
        }
    }
}

impl Vocabularies {
    /// Those that come with the program.
    pub fn built_in() -> Arc<Self> {
        static BUILT_IN: LazyLock<Arc<Vocabularies>> = LazyLock::new(Arc::default);
        Arc::clone(&BUILT_IN)
    }

    /// With what the reader added in this folder, one file a language: `zh.toml`. A file that cannot be
    /// understood is told of and left out; that there is none is no mistake.
    pub fn with(folder: Option<PathBuf>) -> (Arc<Self>, Vec<Mistake>) {
        let (mut added, mut mistakes) = (Vec::new(), Vec::new());
        for language in Language::ALL {
            let Some(folder) = &folder else { break };
            let path = folder.join(format!("{}.toml", language.code()));
            // Reading from a pipe would never end.
            if fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
                let what = "it is no file".into();
                mistakes.push(Mistake {
                    path,
                    line: 0,
                    what,
                });
                continue;
            }
            let text = match fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    let what = format!("cannot be read: {error}");
                    mistakes.push(Mistake {
                        path,
                        line: 0,
                        what,
                    });
                    continue;
                }
            };
            match File::parse(&text) {
                Ok(file) => added.push((language, file)),
                Err((line, what)) => mistakes.push(Mistake { path, line, what }),
            }
        }
        if added.is_empty() {
            return (Self::built_in(), mistakes);
        }
        let ready = Default::default();
        (Arc::new(Self { added, ready }), mistakes)
    }

    /// The words of a language, made ready.
    pub(super) fn lexicon(&self, language: Language) -> &Lexicon {
        let at = Language::ALL.iter().position(|one| *one == language);
        self.ready[at.unwrap_or_default()].get_or_init(|| {
            let mut file = built_in(language);
            for (_, more) in self.added.iter().filter(|(one, _)| *one == language) {
                file.add(more);
            }
            if language != Language::English {
                file.look_up(&built_in(Language::English));
            }
            Lexicon::new(language, &file)
        })
    }
}

fn built_in(language: Language) -> File {
    let text = match language {
        Language::Arabic => include_str!("../../data/facets/ar.toml"),
        Language::Chinese => include_str!("../../data/facets/zh.toml"),
        Language::English => include_str!("../../data/facets/en.toml"),
        Language::French => include_str!("../../data/facets/fr.toml"),
        Language::Russian => include_str!("../../data/facets/ru.toml"),
        Language::Spanish => include_str!("../../data/facets/es.toml"),
    };
    // A test reads them all.
    File::parse(text).unwrap_or_default()
}

/// A country: its code and its names, the English one first and those of the language behind it.
pub(super) struct Country {
    pub code: &'static str,
    pub english: &'static str,
    pub names: Vec<&'static str>,
}

/// The countries with their names in a language.
pub(super) fn countries(language: Language) -> impl Iterator<Item = Country> {
    let column = match language {
        Language::Arabic => 1,
        Language::English => 2,
        Language::Spanish => 3,
        Language::French => 4,
        Language::Russian => 5,
        Language::Chinese => 6,
    };
    let lines = include_str!("../../data/facets/countries.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(move |line| {
            let cells: Vec<_> = line.split('\t').collect();
            let english = cells.get(2)?.split('|').next()?;
            let names = cells.get(column)?.split('|');
            Some(Country {
                code: cells.first()?,
                english,
                names: names.filter(|name| !name.is_empty()).collect(),
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabularies_that_come_with_the_program_can_be_read() {
        for language in Language::ALL {
            let file = built_in(language);
            assert!(file.verb.len() > 8, "{language:?}");
            assert!(file.actor.len() > 8, "{language:?}");
            assert!(file.body.len() > 20, "{language:?}");
            assert_eq!(countries(language).count(), 195, "{language:?}");
            let known: Vec<_> = countries(language).map(|country| country.code).collect();
            for code in file.countries.keys() {
                assert!(known.contains(&code.as_str()), "{language:?} {code}");
            }
        }
    }

    #[test]
    fn what_the_reader_adds_counts_and_what_is_wrong_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put(
            "zh.toml",
            "[[actor]]\nname = \"会员国\"\nalso = [\"参加国\"]\n",
        );
        put("en.toml", "[[actor]]\nname = \"x\"\nspeling = 1\n");
        let (vocabularies, mistakes) = Vocabularies::with(Some(folder.path().into()));
        assert_eq!(vocabularies.added.len(), 1);
        let told: Vec<_> = mistakes.iter().map(Mistake::to_string).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].contains("en.toml:3: unknown field `speling`"),
            "{told:?}"
        );
        assert!(Vocabularies::with(None).1.is_empty());
    }
}
