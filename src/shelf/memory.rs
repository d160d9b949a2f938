//! What is remembered of one report, and how a run's changes are put into what others wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::report::{Report, UnitId};

/// What is remembered of one report. Units are named by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The unit the reader was at.
    pub at: Option<String>,
    /// The line of that unit's text, from 0, as it was set then.
    pub line: usize,
    /// The units that are folded.
    pub folded: Vec<String>,
    /// Places to come back to, by the letter each was given.
    pub bookmarks: BTreeMap<char, Bookmark>,
    /// How much of the width the tree has, in per cent, of [`SPLITS`].
    pub split: Option<u16>,
    /// The pane that has the whole screen.
    pub zoom: Option<Pane>,
    /// The pane that keys go to.
    pub pane: Option<Pane>,
    /// What was searched for, newest last; [`LONGEST_HISTORY`] at most.
    pub searches: Vec<String>,
    /// What was typed on the command line, newest last; [`LONGEST_HISTORY`] at most.
    pub commands: Vec<String>,
}

/// A place to come back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// The unit.
    pub address: String,
    /// How its text begins, so that it can be found in another version of the report.
    #[serde(default)]
    pub text: String,
}

impl Bookmark {
    /// One at this unit.
    ///
    /// # Panics
    /// When `unit` is of another, longer report.
    pub fn new(report: &Report, unit: UnitId) -> Self {
        const BEGINNING: usize = 40;
        Self {
            address: report.address(unit).to_string(),
            text: report.unit(unit).text.chars().take(BEGINNING).collect(),
        }
    }
}

/// One of the two panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pane {
    /// The contents.
    Tree,
    /// The text.
    Text,
}

/// The least and the most of the width that the tree may have, in per cent.
pub const SPLITS: RangeInclusive<u16> = 10..=90;

/// How many entries a history keeps.
pub const LONGEST_HISTORY: usize = 100;

impl From<&Table> for Memory {
    /// Takes what can be understood; a field that cannot be is as if it were not there.
    fn from(table: &Table) -> Self {
        let history = |name| {
            let mut all = strings(table, name);
            all.drain(..all.len().saturating_sub(LONGEST_HISTORY));
            all
        };
        let bookmarks = table.get("bookmarks").and_then(Value::as_table);
        let bookmarks = bookmarks.into_iter().flatten().filter_map(|(name, value)| {
            let bookmark = value.clone().try_into().ok()?;
            Some((one_char(name)?, bookmark))
        });
        Self {
            at: field(table, "at"),
            line: field(table, "line").unwrap_or(0),
            folded: strings(table, "folded"),
            bookmarks: bookmarks.collect(),
            split: field(table, "split").filter(|split| SPLITS.contains(split)),
            zoom: field(table, "zoom"),
            pane: field(table, "pane"),
            searches: history("searches"),
            commands: history("commands"),
        }
    }
}

impl Memory {
    /// Puts what changed since `before` into a file's table; all else stays as it is there, also
    /// what this version does not know.
    pub(super) fn put(&self, before: &Self, table: &mut Table) {
        if (&before.at, before.line) != (&self.at, self.line) {
            set(table, "at", self.at.as_ref());
            set(table, "line", self.at.as_ref().map(|_| self.line));
        }
        if before.split != self.split {
            set(table, "split", self.split);
        }
        if before.zoom != self.zoom {
            set(table, "zoom", self.zoom);
        }
        if before.pane != self.pane {
            set(table, "pane", self.pane);
        }
        if before.folded != self.folded {
            let folded = folds(&before.folded, &self.folded, strings(table, "folded"));
            set(table, "folded", Some(folded));
        }
        for (name, before, now) in [
            ("searches", &before.searches, &self.searches),
            ("commands", &before.commands, &self.commands),
        ] {
            if before != now {
                let merged = histories(before, now, strings(table, name));
                set(table, name, Some(merged));
            }
        }
        if before.bookmarks != self.bookmarks {
            let entry = table
                .entry("bookmarks")
                .or_insert_with(|| Table::new().into());
            if !entry.is_table() {
                *entry = Table::new().into();
            }
            if let Some(there) = entry.as_table_mut() {
                self.put_bookmarks(before, there);
            }
        }
    }

    fn put_bookmarks(&self, before: &Self, there: &mut Table) {
        let names: BTreeSet<_> = before
            .bookmarks
            .keys()
            .chain(self.bookmarks.keys())
            .collect();
        for name in names {
            let now = self.bookmarks.get(name);
            if before.bookmarks.get(name) != now {
                set(there, &name.to_string(), now);
            }
        }
    }
}

/// Sets a field, or takes it away.
fn set(table: &mut Table, name: &str, value: Option<impl Serialize>) {
    match value.and_then(|value| Value::try_from(value).ok()) {
        Some(value) => table.insert(name.into(), value),
        None => table.remove(name),
    };
}

fn field<'de, T: Deserialize<'de>>(table: &Table, name: &str) -> Option<T> {
    table.get(name)?.clone().try_into().ok()
}

fn strings(table: &Table, name: &str) -> Vec<String> {
    let all = table.get(name).and_then(Value::as_array);
    let all = all.into_iter().flatten().filter_map(Value::as_str);
    all.map(String::from).collect()
}

fn one_char(name: &str) -> Option<char> {
    let mut chars = name.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// What is `there` with what was folded and unfolded in between.
fn folds(before: &[String], now: &[String], there: Vec<String>) -> Vec<String> {
    let (old, new) = (set_of(before), set_of(now));
    let there = there.into_iter();
    let mut all: Vec<_> = there
        .filter(|unit| !old.contains(unit) || new.contains(unit))
        .collect();
    let known: BTreeSet<_> = all.iter().cloned().collect();
    let folded = now
        .iter()
        .filter(|unit| !old.contains(unit) && !known.contains(*unit));
    all.extend(folded.cloned());
    all
}

/// What is `there` without what was taken out, and with what was typed in between as the newest.
fn histories(before: &[String], now: &[String], there: Vec<String>) -> Vec<String> {
    // What was typed again went to the end; all before that is in its old order.
    let mut old = before.iter();
    let kept = now
        .iter()
        .take_while(|entry| old.any(|known| known == *entry))
        .count();
    let typed = &now[kept..];
    let (was, is, new) = (set_of(before), set_of(now), set_of(typed));
    let stays =
        |entry: &String| !new.contains(entry) && (is.contains(entry) || !was.contains(entry));
    let mut all: Vec<_> = there.into_iter().filter(stays).collect();
    // Of what was typed twice the later one counts.
    let again = |at: usize| typed[at + 1..].contains(&typed[at]);
    all.extend(
        (0..typed.len())
            .filter(|&at| !again(at))
            .map(|at| typed[at].clone()),
    );
    all.drain(..all.len().saturating_sub(LONGEST_HISTORY));
    all
}

fn set_of(all: &[String]) -> BTreeSet<&String> {
    all.iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(words: &str) -> Vec<String> {
        words.split_whitespace().map(String::from).collect()
    }

    #[test]
    fn of_two_histories_each_keeps_what_it_added() {
        for (before, now, there, merged) in [
            ("", "a", "", "a"),
            ("a b", "a b c", "a b", "a b c"),
            ("a b", "a b c", "a b x", "a b x c"),
            ("a b c", "a c b", "a b c", "a c b"),
            ("a b c", "b c a", "a b c x", "b c x a"),
            ("a b", "a b x", "a b x y", "a b y x"),
            ("a b", "b", "a b x", "b x"),
            ("a b", "", "a b x", "x"),
            ("", "a b a", "", "b a"),
            ("a", "a b", "", "b"),
        ] {
            assert_eq!(
                histories(&list(before), &list(now), list(there)),
                list(merged),
                "{before} | {now} | {there}"
            );
        }
    }

    #[test]
    fn a_history_keeps_the_newest_100() {
        let many = |from: usize, to: usize| (from..to).map(|n| n.to_string()).collect::<Vec<_>>();
        let merged = histories(&many(0, 100), &many(1, 101), many(0, 100));
        assert_eq!(merged, many(1, 101));
        let merged = histories(&[], &many(50, 300), many(0, 100));
        assert_eq!(merged, many(200, 300));
        let table: Table = toml::from_str(&format!("searches = {:?}", many(0, 300))).unwrap();
        assert_eq!(Memory::from(&table).searches, many(200, 300));
    }

    #[test]
    fn folds_of_two_runs_are_put_together() {
        for (before, now, there, merged) in [
            ("a b", "a b c", "a b", "a b c"),
            ("a b", "a", "a b x", "a x"),
            ("a b", "", "a b x", "x"),
            ("a", "a b", "a b", "a b"),
            ("a b", "c", "", "c"),
        ] {
            let merging = folds(&list(before), &list(now), list(there));
            assert_eq!(merging, list(merged), "{before} | {now} | {there}");
        }
    }

    #[test]
    fn a_field_that_cannot_be_understood_leaves_the_others_readable() {
        let table: Table = toml::from_str(
            "at = 5\nline = -1\nfolded = ['II', 3, 'III']\nsplit = 95\nzoom = 'both'\npane = 'text'\n\
             searches = 'a'\ncommands = ['b']\n\
             [bookmarks]\na = 1\nbb = {address = '1', text = ''}\nc = {address = '1(k)'}\n",
        )
        .unwrap();
        let memory = Memory {
            folded: list("II III"),
            pane: Some(Pane::Text),
            commands: list("b"),
            bookmarks: [(
                'c',
                Bookmark {
                    address: "1(k)".into(),
                    text: String::new(),
                },
            )]
            .into(),
            ..Memory::default()
        };
        assert_eq!(Memory::from(&table), memory);
        // Saving something else leaves them where they stand.
        let mut saved = table.clone();
        let now = Memory {
            split: Some(40),
            ..memory.clone()
        };
        now.put(&memory, &mut saved);
        let mut expected = table;
        expected.insert("split".into(), 40.into());
        assert_eq!(saved, expected);
    }

    /// Any memory, of few words, so that two have some in common.
    fn any() -> impl Strategy<Value = Memory> {
        let few = || prop::sample::subsequence(list("a b c d e f"), 0..=6).prop_shuffle();
        let letters =
            || prop::collection::btree_map(prop::sample::select(vec!['a', '、', '"']), few(), 0..3);
        let bookmarks = letters().prop_map(|all| {
            let all = all.into_iter();
            all.map(|(name, text)| {
                (
                    name,
                    Bookmark {
                        address: text.concat(),
                        text: text.join("\n"),
                    },
                )
            })
            .collect()
        });
        let pane = || prop::option::of(prop::sample::select(vec![Pane::Tree, Pane::Text]));
        let place = prop::option::of(("[a-z]{1,2}", 0usize..3));
        (
            place,
            few(),
            bookmarks,
            prop::option::of(10u16..=90),
            pane(),
            pane(),
            few(),
            few(),
        )
            .prop_map(
                |(place, folded, bookmarks, split, zoom, pane, searches, commands)| {
                    let (at, line) = place.map_or((None, 0), |(at, line)| (Some(at), line));
                    Memory {
                        at,
                        line,
                        folded,
                        bookmarks,
                        split,
                        zoom,
                        pane,
                        searches,
                        commands,
                    }
                },
            )
    }

    fn sorted(mut memory: Memory) -> Memory {
        memory.folded.sort();
        memory
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_run_alone_finds_what_it_saved(before in any(), now in any()) {
            let mut table = Table::new();
            before.put(&Memory::default(), &mut table);
            let table: Table = toml::to_string_pretty(&table).unwrap().parse().unwrap();
            prop_assert_eq!(sorted(Memory::from(&table)), sorted(before.clone()));
            let mut saved = table;
            now.put(&before, &mut saved);
            prop_assert_eq!(sorted(Memory::from(&saved)), sorted(now.clone()));
            // Saving the same once more, as after a trouble, changes nothing.
            let once = saved.clone();
            now.put(&before, &mut saved);
            prop_assert_eq!(saved, once);
        }
    }
}
