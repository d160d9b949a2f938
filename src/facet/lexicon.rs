//! A vocabulary made ready for reading: its phrases in tries, by what they are looked for as.

use std::collections::BTreeMap;

use super::Class;
use super::token::{Token, Tokenizer};
use super::trie::Trie;
use super::vocabulary::{File, Name, countries};
use crate::report::Language;

/// The words of a language, ready to be looked for.
pub(super) struct Lexicon {
    pub language: Language,
    pub tokenizer: Tokenizer,
    /// All that can be named, addressed or done.
    pub terms: Vec<Term>,
    /// Names by their stems; what only looks like one says nothing.
    names: Trie<Option<Form>>,
    /// Verbs as they are written, with where they stand.
    verbs: Trie<Option<(usize, Place)>>,
    between: Trie<()>,
    not_behind: Trie<()>,
    /// How words end that bar a subject as `not_behind` does.
    not_behind_ends: Vec<String>,
    modifiers: Trie<()>,
    and: Trie<()>,
    leading: Trie<()>,
    roles: Trie<Part>,
    heads: Trie<()>,
}

/// Something with its names.
pub(super) struct Term {
    pub class: Class,
    /// As it is called; of a country, as the report does.
    pub name: String,
    /// In English, as the vocabulary has it first.
    pub english: Vec<String>,
    /// All its names.
    pub forms: Vec<String>,
}

/// One name of a term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub term: usize,
    /// Its place among the names of the term.
    pub form: usize,
    /// True where it is written with a capital.
    capital: bool,
}

/// Where a verb stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind who is addressed.
    Behind,
    /// Before who is addressed.
    Before,
    /// At the start of a paragraph.
    Opening,
    /// By itself.
    Alone,
}

/// The part of a unit in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    Recommendation,
    Discussion,
    Procedure,
}

impl Part {
    /// As queries have it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Recommendation => "recommendation",
            Self::Discussion => "discussion",
            Self::Procedure => "procedure",
        }
    }
}

impl Lexicon {
    pub(super) fn new(language: Language, file: &File) -> Self {
        let mut lexicon = Self {
            language,
            tokenizer: Tokenizer::new(language),
            terms: Vec::new(),
            names: Trie::default(),
            verbs: Trie::default(),
            between: Trie::default(),
            not_behind: Trie::default(),
            not_behind_ends: Vec::new(),
            modifiers: Trie::default(),
            and: Trie::default(),
            leading: Trie::default(),
            roles: Trie::default(),
            heads: Trie::default(),
        };
        lexicon.take_names(file);
        lexicon.take_countries(&file.countries);
        lexicon.take_verbs(file);
        let tokens = |phrase: &String| lexicon.tokenizer.tokens(phrase);
        let phrases = |phrases: &[String]| {
            let mut trie = Trie::default();
            for phrase in phrases {
                trie.put(words(&tokens(phrase)), ());
            }
            trie
        };
        lexicon.between = phrases(&file.subject.between);
        lexicon.not_behind = phrases(&file.subject.not_behind);
        let ends = file.subject.not_behind.iter();
        let ends = ends.filter_map(|word| word.strip_prefix('*'));
        lexicon.not_behind_ends = ends
            .filter(|end| !end.is_empty())
            .map(String::from)
            .collect();
        lexicon.modifiers = phrases(&file.subject.modifiers);
        lexicon.and = phrases(&file.subject.and);
        lexicon.leading = phrases(&file.subject.leading);
        lexicon.heads = phrases(&file.instrument_heads);
        let roles = [
            (Part::Recommendation, &file.role.recommendation),
            (Part::Discussion, &file.role.discussion),
            (Part::Procedure, &file.role.procedure),
        ];
        for (part, phrases) in roles {
            for phrase in phrases {
                let tokens = lexicon.tokenizer.tokens(phrase);
                lexicon.roles.put(words(&tokens), part);
            }
        }
        lexicon
    }

    fn take_names(&mut self, file: &File) {
        for phrase in &file.not {
            self.names.put(stems(&self.tokenizer.tokens(phrase)), None);
        }
        let classes = [
            (Class::Body, &file.body),
            (Class::Instrument, &file.instrument),
            (Class::Actor, &file.actor),
        ];
        for (class, names) in classes {
            for Name {
                name,
                english,
                also,
                in_english,
            } in names
            {
                let forms = [name].into_iter().chain(also).cloned().collect();
                let english = [english].into_iter().chain(in_english).cloned().collect();
                self.take_term(class, name.clone(), english, forms);
            }
        }
    }

    fn take_countries(&mut self, more: &BTreeMap<String, Vec<String>>) {
        for country in countries(self.language) {
            let mut forms: Vec<String> =
                country.names.iter().map(|name| name.to_string()).collect();
            forms.extend(more.get(country.code).into_iter().flatten().cloned());
            let Some(name) = forms.first().cloned() else {
                continue;
            };
            self.take_term(Class::Country, name, vec![country.english.into()], forms);
        }
    }

    fn take_term(&mut self, class: Class, name: String, english: Vec<String>, forms: Vec<String>) {
        let term = self.terms.len();
        for (form, written) in forms.iter().enumerate() {
            let capital = written.starts_with(char::is_uppercase);
            let tokens = self.tokenizer.tokens(written);
            let form = Form {
                term,
                form,
                capital,
            };
            self.names.put(stems(&tokens), Some(form));
        }
        self.terms.push(Term {
            class,
            name,
            english,
            forms,
        });
    }

    fn take_verbs(&mut self, file: &File) {
        for phrase in &file.not_verbs {
            self.verbs.put(words(&self.tokenizer.tokens(phrase)), None);
        }
        for verb in &file.verb {
            let term = self.terms.len();
            let places = [
                (Place::Behind, &verb.behind),
                (Place::Before, &verb.before),
                (Place::Opening, &verb.opening),
                (Place::Alone, &verb.alone),
            ];
            for (place, forms) in places {
                for form in forms {
                    let tokens = self.tokenizer.tokens(form);
                    self.verbs.put(words(&tokens), Some((term, place)));
                }
            }
            self.terms.push(Term {
                class: Class::Strength,
                name: verb.name.clone(),
                english: vec![verb.english.clone()],
                forms: vec![verb.name.clone()],
            });
        }
    }

    /// The name at the start of `tokens`, and its length in tokens; no form where it only looks like
    /// one.
    pub(super) fn name(&self, tokens: &[Token]) -> Option<(usize, Option<Form>)> {
        let capital = tokens.first()?.capital;
        let fits = |form: &Option<Form>| form.is_none_or(|form| capital || !form.capital);
        let (count, form) = self.names.longest(stems(sentence(tokens)), fits)?;
        Some((count, *form))
    }

    /// The verb at the start of `tokens`, likewise.
    pub(super) fn verb(&self, tokens: &[Token]) -> Option<(usize, Option<(usize, Place)>)> {
        let (count, verb) = self.verbs.longest(words(sentence(tokens)), |_| true)?;
        Some((count, *verb))
    }

    /// The part that words at the start of `tokens` tell of, likewise.
    pub(super) fn part(&self, tokens: &[Token]) -> Option<(usize, Part)> {
        let (count, part) = self.roles.longest(words(sentence(tokens)), |_| true)?;
        Some((count, *part))
    }

    /// True where a name may be followed so by a verb behind it.
    pub(super) fn may_stand_between(&self, tokens: &[Token]) -> bool {
        self.between.longest(words(tokens), |_| true).is_some()
    }

    /// How many tokens before `end` are words behind which nobody is a subject.
    pub(super) fn bars_subject(&self, before: &[Token]) -> bool {
        let last = before.last();
        let ends = |end: &String| last.is_some_and(|token| token.word.ends_with(end.as_str()));
        ends_with(&self.not_behind, before) > 0 || self.not_behind_ends.iter().any(ends)
    }

    /// How many tokens at the end of `before` join it to what follows: and, or.
    pub(super) fn joins(&self, before: &[Token]) -> usize {
        ends_with(&self.and, before)
    }

    /// How many tokens at the start of `tokens` join it to what stands before.
    pub(super) fn joined(&self, tokens: &[Token]) -> usize {
        starts_with(&self.and, tokens)
    }

    /// How many tokens at the end of `before` belong to the name behind: all, the.
    pub(super) fn modifiers_before(&self, before: &[Token]) -> usize {
        let mut count = 0;
        while let more @ 1.. = ends_with(&self.modifiers, &before[..before.len() - count]) {
            count += more;
        }
        count
    }

    /// How many tokens at the start of `tokens` are a word that belongs to the name behind it.
    pub(super) fn modifier(&self, tokens: &[Token]) -> usize {
        starts_with(&self.modifiers, tokens)
    }

    /// How many tokens may stand before a verb that opens a paragraph: also, further.
    pub(super) fn leading(&self, tokens: &[Token]) -> usize {
        starts_with(&self.leading, tokens)
    }

    /// How many tokens are the last words of an instrument's name: Convention.
    pub(super) fn head(&self, tokens: &[Token]) -> usize {
        starts_with(&self.heads, tokens)
    }
}

fn words(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().map(|token| &*token.word)
}

fn stems(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().map(|token| &*token.stem)
}

/// The tokens up to the end of the sentence; no phrase goes on behind it.
fn sentence(tokens: &[Token]) -> &[Token] {
    // No phrase is longer.
    const LONGEST: usize = 40;
    let most = &tokens[..tokens.len().min(LONGEST)];
    let stop = most
        .iter()
        .skip(1)
        .position(|token| token.gap == super::token::Gap::Stop);
    stop.map_or(most, |at| &most[..=at])
}

fn starts_with(phrases: &Trie<()>, tokens: &[Token]) -> usize {
    let found = phrases.longest(words(&tokens[..tokens.len().min(4)]), |_| true);
    found.map_or(0, |(count, _)| count)
}

/// How long the longest phrase is that `tokens` end with.
fn ends_with(phrases: &Trie<()>, tokens: &[Token]) -> usize {
    let lengths = (1..=tokens.len().min(4)).rev();
    let mut ending = lengths.filter(|&count| {
        let end = &tokens[tokens.len() - count..];
        starts_with(phrases, end) == count
    });
    ending.next().unwrap_or(0)
}
