//! What one unit's text says: who is named and cited, how binding its verbs are, and whom they address.
//!
//! Somebody is addressed who stands as the subject before a verb as should, with nothing between them
//! but what the vocabulary allows, or as the object behind one as encourages. What is in doubt is not
//! said.

use std::ops::Range;

use super::Class;
use super::cited::{self, Cited};
use super::lexicon::{Form, Lexicon, Place};
use super::token::{Gap, Token};
use crate::report::{Kind, Language, Placed};

/// A name in a row of tokens.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub tokens: Range<usize>,
    pub form: Form,
}

/// A verb in a row of tokens.
#[derive(Debug, Clone)]
struct Verb {
    tokens: Range<usize>,
    term: usize,
    place: Place,
}

/// What a text says, with the words that say it, in bytes.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Names of bodies and countries.
    pub names: Vec<(Form, Range<usize>)>,
    /// What is cited.
    pub cites: Vec<(Cited, Range<usize>)>,
    /// Verbs, by their terms.
    pub verbs: Vec<(usize, Range<usize>)>,
    /// Who is addressed.
    pub by: Vec<(Form, Range<usize>)>,
}

/// Reads a unit.
pub(super) fn read(unit: &Placed, lexicon: &Lexicon) -> Said {
    let tokens = lexicon.tokenizer.tokens(unit.text);
    let entities = entities(&tokens, lexicon);
    let mut said = Said::default();
    let bytes = |range: &Range<usize>| bytes(&tokens, range);
    for entity in &entities {
        if matches!(class(lexicon, entity), Class::Body | Class::Country) {
            said.names.push((entity.form, bytes(&entity.tokens)));
        }
    }
    said.cites = cited::cited(unit.text, &tokens, &entities, lexicon);
    // Headings, tables and footnotes ask nobody to do anything.
    if unit.kind.is_heading() || matches!(unit.kind, Kind::Table | Kind::Footnote) {
        return said;
    }
    let reader = Reader {
        lexicon,
        tokens: &tokens,
        entities: &entities,
    };
    for verb in reader.verbs(unit.kind != Kind::SubItem) {
        said.verbs.push((verb.term, bytes(&verb.tokens)));
        for entity in reader.addressed(&verb) {
            let told = (entity.form, bytes(&entity.tokens));
            // Two verbs may have one subject.
            if !said.by.iter().any(|(_, range)| *range == told.1) {
                said.by.push(told);
            }
        }
    }
    said
}

fn class(lexicon: &Lexicon, entity: &Entity) -> Class {
    lexicon.terms[entity.form.term].class
}

/// The bytes of a range of tokens.
pub(super) fn bytes(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    match &tokens[range.clone()] {
        [first, .., last] => first.range.start..last.range.end,
        [only] => only.range.clone(),
        [] => 0..0,
    }
}

/// The names in a row of tokens, in order and apart.
pub(super) fn entities(tokens: &[Token], lexicon: &Lexicon) -> Vec<Entity> {
    let mut entities = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((count, form)) = lexicon.name(&tokens[at..]) else {
            at += 1;
            continue;
        };
        let tokens = at..at + count;
        entities.extend(form.map(|form| Entity { tokens, form }));
        at += count;
    }
    entities
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    tokens: &'a [Token],
    entities: &'a [Entity],
}

impl<'a> Reader<'a> {
    /// The verbs that bind, in order; those that only count at the start where they `open`.
    fn verbs(&self, open: bool) -> Vec<Verb> {
        let mut verbs: Vec<Verb> = Vec::new();
        let mut at = 0;
        // Where a sentence says that somebody should, what it says to encourage is what they should do.
        let mut bound = false;
        let start = self.lexicon.leading(self.tokens);
        while at < self.tokens.len() {
            if self.tokens[at].gap == Gap::Stop {
                bound = false;
            }
            // A name is no verb.
            let entity = self
                .entities
                .iter()
                .find(|entity| entity.tokens.start == at);
            if let Some(entity) = entity {
                at = entity.tokens.end;
                continue;
            }
            let Some((count, verb)) = self.lexicon.verb(&self.tokens[at..]) else {
                at += 1;
                continue;
            };
            let tokens = at..at + count;
            at += count;
            let Some((term, place)) = verb else { continue };
            if matches!(place, Place::Behind) && self.is_name(tokens.start) {
                continue;
            }
            let verb = Verb {
                tokens,
                term,
                place,
            };
            let opens = open && (verb.tokens.start == start || verb.tokens.start == 0);
            let counts = match place {
                Place::Behind => {
                    bound = true;
                    true
                }
                Place::Before => opens || (!bound && !self.objects(&verb).is_empty()),
                Place::Opening => opens,
                Place::Alone => true,
            };
            if counts {
                verbs.push(verb);
            }
        }
        verbs
    }

    /// True where a word is written as no verb behind who is addressed is: Una May Gordon, 8 May.
    fn is_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let begins = token.gap == Gap::Stop;
        match self.lexicon.language {
            Language::English | Language::French => token.capital,
            // There a verb may begin a sentence.
            Language::Spanish | Language::Russian => token.capital && !begins,
            Language::Arabic | Language::Chinese => false,
        }
    }

    fn addressed(&self, verb: &Verb) -> Vec<&'a Entity> {
        match verb.place {
            Place::Behind => self.subjects(verb),
            Place::Before => self.objects(verb),
            Place::Opening | Place::Alone => Vec::new(),
        }
    }

    /// Those who stand right behind a verb, and others joined to them.
    fn objects(&self, verb: &Verb) -> Vec<&'a Entity> {
        let mut found = Vec::new();
        let mut at = verb.tokens.end;
        loop {
            let entity = loop {
                let entity = self.actors().find(|entity| entity.tokens.start == at);
                // 各 in 各国 is no word of its own.
                match self.lexicon.modifier(&self.tokens[at..]) {
                    more @ 1.. if entity.is_none() => at += more,
                    _ => break entity,
                }
            };
            // requests (Latvia) asks nothing of Latvia.
            let apart = match found.is_empty() {
                true => Gap::Comma,
                false => Gap::Stop,
            };
            let Some(entity) = entity.filter(|_| self.close(verb.tokens.end, at, apart)) else {
                break;
            };
            // 鼓励会员国的专家 encourages experts.
            if self.owns(entity) {
                break;
            }
            found.push(entity);
            at = entity.tokens.end;
            let Some(next) = self.tokens.get(at) else {
                break;
            };
            let joined = self.lexicon.joined(&self.tokens[at..]);
            if joined == 0 && next.gap == Gap::Stop {
                break;
            }
            at += joined;
        }
        found
    }

    /// Those who stand as the subject before a verb, and others joined to them.
    fn subjects(&self, verb: &Verb) -> Vec<&'a Entity> {
        let at = verb.tokens.start;
        let before = self.actors().filter(|entity| entity.tokens.end <= at);
        let mut nearest: Vec<_> = before.collect();
        nearest.reverse();
        let reaches = |entity: &&&Entity| self.reaches(entity.tokens.end, at);
        let Some(last) = nearest.iter().find(reaches) else {
            return Vec::new();
        };
        let mut found = vec![*last];
        let mut start = last.tokens.start;
        loop {
            start -= self.lexicon.modifiers_before(&self.tokens[..start]);
            let before = &self.tokens[..start];
            let joins = self.lexicon.joins(before);
            let comma = self
                .tokens
                .get(start)
                .is_some_and(|token| token.gap == Gap::Comma);
            if joins == 0 && !comma {
                break;
            }
            let end = start - joins;
            let Some(other) = nearest.iter().find(|entity| entity.tokens.end == end) else {
                break;
            };
            found.push(other);
            start = other.tokens.start;
        }
        start -= self.lexicon.modifiers_before(&self.tokens[..start]);
        let begins = self
            .tokens
            .get(start)
            .is_some_and(|token| token.gap > Gap::Close);
        if !begins && self.lexicon.bars_subject(&self.tokens[..start]) {
            return Vec::new();
        }
        found.reverse();
        found
    }

    /// True where what stands from the end of a name to a verb lets it be the subject.
    fn reaches(&self, end: usize, verb: usize) -> bool {
        // No subject is further away.
        const FURTHEST: usize = 40;
        let between = &self.tokens[end..verb];
        let with_verb = &self.tokens[end..=verb];
        if between.len() > FURTHEST || with_verb.iter().any(|token| token.gap == Gap::Stop) {
            return false;
        }
        let commas = with_verb
            .iter()
            .filter(|token| token.gap == Gap::Comma)
            .count();
        match between.first() {
            None => commas == 0,
            // Member States, in particular those that have not, should.
            Some(first) if first.gap == Gap::Comma => {
                commas == 2 && self.tokens[verb].gap == Gap::Comma
            }
            Some(_) => commas == 0 && self.lexicon.may_stand_between(between),
        }
    }

    /// True where what follows a name is its own: 会员国的.
    fn owns(&self, entity: &Entity) -> bool {
        let next = self.tokens.get(entity.tokens.end);
        next.is_some_and(|token| token.gap == Gap::Close && matches!(&*token.word, "的" | "之"))
    }

    /// True where nothing from one token to another parts as much as `gap`.
    fn close(&self, from: usize, to: usize, gap: Gap) -> bool {
        self.tokens[from..=to].iter().all(|token| token.gap < gap)
    }

    fn actors(&self) -> impl DoubleEndedIterator<Item = &'a Entity> {
        let named = |entity: &&Entity| class(self.lexicon, entity) != Class::Instrument;
        self.entities.iter().filter(named)
    }
}
