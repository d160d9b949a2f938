//! The marks of one report, as they are kept in a file that people can read: what a run changed is
//! put into what stands there, and a newer version of a report takes over the marks of the older.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use toml::{Table, Value};

use super::mark::{Mark, Marks};
use super::passage::{Passage, place};
use super::store::{self, Lock, Unread};
use super::{Key, Shelf, Trouble};
use crate::report::{Report, UnitId};

/// All that the reader has marked in a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The marks by their units.
    pub marks: Arc<Marks>,
    /// The marks of an older version that found no unit in this one, as they stand in the file.
    pub unplaced: Vec<Unplaced>,
}

/// A mark whose unit is not in this version of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// The unit it was on.
    #[serde(flatten)]
    pub passage: Passage,
    /// What it says.
    #[serde(flatten)]
    pub mark: Mark,
}

/// The marks of a report as they are found when it is opened.
#[derive(Debug, Default)]
pub struct Opened {
    /// The marks.
    pub sheet: Sheet,
    /// The same as far as they stand in this report's own file; those of an older version do not yet.
    pub written: Sheet,
    /// What there is to tell: where marks were taken from, what could not be read.
    pub told: Vec<String>,
}

impl Sheet {
    /// The mark on a unit; none is empty.
    pub fn mark(&self, unit: UnitId) -> Option<&Mark> {
        self.marks.get(&unit)
    }

    /// Puts a mark on a unit in place of what is there; an empty one takes that away.
    pub fn set(&mut self, unit: UnitId, mark: Mark) {
        let marks = Arc::make_mut(&mut self.marks);
        match mark.is_empty() {
            true => marks.remove(&unit),
            false => marks.insert(unit, mark),
        };
    }

    /// All statuses and all tags in use, in order.
    pub fn used(&self) -> (BTreeSet<&str>, BTreeSet<&str>) {
        let marks = self.marks.values();
        let statuses = marks.clone().filter_map(|mark| mark.status.as_deref());
        let tags = marks.flat_map(|mark| mark.tags.iter().map(String::as_str));
        (statuses.collect(), tags.collect())
    }
}

/// The words at the head of a file of marks.
const HEAD: &str = "# The marks on a report, kept by rapporteur. What is changed here while no rapporteur runs is taken over;\n# `marks` counts those on units, so that a file that was cut off is known.\n\n";

impl Shelf {
    /// The marks of a report. Where it has no file yet, those of its newest older version, which is
    /// one with the same symbol, path or title, each on the unit that says the same.
    ///
    /// A file that cannot be understood, or is cut off, is kept under another name and told of; what
    /// stood there before the last change is taken instead.
    pub fn marks(&self, key: &Key, report: &Report, file: Option<&Path>) -> Opened {
        let Some(folder) = self.folder() else {
            return Opened::default();
        };
        let marks = marks(folder);
        let path = store::find(&marks, key);
        match read(&path) {
            Ok(table) => Opened::own(report, &table),
            Err(Unread::Missing) => earlier(&marks, report, file),
            Err(Unread::Failed(source)) => Opened {
                told: vec![Trouble::Read { path, source }.to_string()],
                ..Opened::default()
            },
            Err(Unread::Broken(_)) => {
                let mended = store::make(&marks)
                    .and_then(|()| Lock::take(folder))
                    .and_then(|_lock| read_or_mend(&path));
                match mended {
                    Ok((table, told)) => Opened {
                        told: told.into_iter().collect(),
                        ..Opened::own(report, &table)
                    },
                    Err(trouble) => Opened {
                        told: vec![trouble.to_string()],
                        ..Opened::default()
                    },
                }
            }
        }
    }

    /// Puts in what this run changed: what is different in `now` from `before`, which is what stood in
    /// the file when this run last looked. What other runs put there meanwhile stays, field by
    /// field; of two remarks on one unit both do. Gives what there is to tell.
    ///
    /// # Errors
    /// When the folder cannot be written, or another run is at it for more than a second; the file is
    /// then as it was, and the same may be saved later.
    pub fn save_marks(
        &self,
        key: &Key,
        report: &Report,
        file: Option<&Path>,
        before: &Sheet,
        now: &Sheet,
    ) -> Result<Vec<String>, Trouble> {
        if before == now {
            return Ok(Vec::new());
        }
        let folder = self.folder().ok_or(Trouble::Nowhere)?;
        let marks = marks(folder);
        store::make(&marks)?;
        let lock = Lock::take(folder)?;
        lock.clean(&marks, "");
        let path = store::find(&marks, key);
        let (mut table, mended) = read_or_mend(&path)?;
        let old = table.clone();
        // Where what this run once saw there is gone, all that it knows is put in again.
        let nothing = Sheet::default();
        let lost = mended.is_some() || old.is_empty();
        let mut told = put(
            report,
            if lost { &nothing } else { before },
            now,
            &mut table,
        );
        told.extend(mended);
        if table != old {
            table.insert("title".into(), key.title().into());
            let language = report.language().code();
            table.insert("language".into(), language.into());
            if let Some(symbol) = report.symbol() {
                table.insert("symbol".into(), symbol.into());
            }
            if let Some(file) = file {
                table.insert("file".into(), file.display().to_string().into());
            }
            let count = entries(&table, ON_UNITS).len() as i64;
            table.insert("marks".into(), count.into());
            // Should the file ever be damaged, all but the last change is still there.
            if !old.is_empty() {
                store::write(&backup(&path), &text(&old))?;
            }
            store::write(&path, &text(&table))?;
        }
        Ok(told)
    }
}

fn marks(folder: &Path) -> PathBuf {
    folder.join("marks")
}

fn text(table: &Table) -> String {
    let body = toml::to_string_pretty(table).unwrap_or_else(|_| table.to_string());
    format!("{HEAD}{body}")
}

/// What stood in a file before the last change.
fn backup(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".before");
    name.into()
}

/// The names of the two lists in a file.
const ON_UNITS: &str = "mark";
const UNPLACED: &str = "unplaced";

/// The tables of a list.
fn entries<'a>(table: &'a Table, name: &str) -> Vec<&'a Table> {
    let all = table.get(name).and_then(Value::as_array);
    all.into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .collect()
}

/// Reads a file; one that holds fewer marks than it says is cut off.
fn read(path: &Path) -> Result<Table, Unread> {
    let table = store::read(path)?;
    let says = table.get("marks").and_then(Value::as_integer).unwrap_or(0);
    let holds = entries(&table, ON_UNITS).len();
    if usize::try_from(says).is_ok_and(|says| says > holds) {
        let why = format!("it holds {holds} marks and says that there are {says}");
        return Err(Unread::Broken(why));
    }
    Ok(table)
}

/// Reads a file to change it. One that cannot be understood is kept under another name, and what stood
/// there before the last change is taken instead; with what to tell of that. Needs the lock.
fn read_or_mend(path: &Path) -> Result<(Table, Option<String>), Trouble> {
    let why = match read(path) {
        Ok(table) => return Ok((table, None)),
        Err(Unread::Missing) => return Ok((Table::new(), None)),
        Err(Unread::Failed(source)) => {
            return Err(Trouble::Read {
                path: path.into(),
                source,
            });
        }
        Err(Unread::Broken(why)) => why,
    };
    // What can be read of a file that is only cut off is newer than what was there before.
    let rest = store::read(path).ok();
    let before = store::read(&backup(path)).ok();
    let kept = store::keep_aside(path)?;
    let (table, instead) = match (rest, before) {
        (Some(rest), Some(before)) => (
            joined(rest, before),
            "what is in it and what was there before the last change are taken",
        ),
        (Some(rest), None) => (rest, "what is in it is taken"),
        (None, Some(before)) => (before, "what was there before the last change is taken"),
        (None, None) => (Table::new(), "all begins anew"),
    };
    let told = format!(
        "the marks in {} cannot be understood ({why}); the file is kept as {}, and {instead}",
        path.display(),
        kept.display()
    );
    Ok((table, Some(told)))
}

/// A table with the entries of an older one that it has not.
fn joined(mut table: Table, older: Table) -> Table {
    for name in [ON_UNITS, UNPLACED] {
        let known: BTreeSet<String> = entries(&table, name)
            .iter()
            .map(|entry| named(entry))
            .collect();
        let more: Vec<Value> = entries(&older, name)
            .into_iter()
            .filter(|entry| !known.contains(&named(entry)))
            .map(|entry| entry.clone().into())
            .collect();
        list(&mut table, name).extend(more);
    }
    for (name, value) in older {
        table.entry(name).or_insert(value);
    }
    table
}

fn named(entry: &Table) -> String {
    let of = |name| entry.get(name).and_then(Value::as_str).unwrap_or("");
    format!("{} {}", of("address"), of("hash"))
}

fn list<'a>(table: &'a mut Table, name: &str) -> &'a mut Vec<Value> {
    let entry = table
        .entry(name)
        .or_insert_with(|| Value::Array(Vec::new()));
    if !entry.is_array() {
        *entry = Value::Array(Vec::new());
    }
    match entry {
        Value::Array(all) => all,
        // It was made one just now.
        _ => unreachable!("a list is a list"),
    }
}

/// An entry's unit and mark, as far as they can be understood.
fn understood(entry: &Table) -> (Passage, Mark) {
    let text = |name: &str| {
        entry
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_string()
    };
    let passage = Passage {
        address: text("address"),
        text: text("text"),
        hash: text("hash"),
    };
    let tags = entry.get("tags").and_then(Value::as_array);
    let tags = tags.into_iter().flatten().filter_map(Value::as_str);
    let mark = Mark {
        status: entry
            .get("status")
            .and_then(Value::as_str)
            .map(String::from),
        tags: tags.map(String::from).collect(),
        remark: text("remark"),
    };
    (passage, mark)
}

impl Opened {
    /// The marks in a report's own file.
    fn own(report: &Report, table: &Table) -> Self {
        let on_units = sheet(report, &[ON_UNITS], table);
        let mut written = on_units.clone();
        let others = entries(table, UNPLACED).into_iter().map(understood);
        written
            .unplaced
            .extend(others.map(|(passage, mark)| Unplaced { passage, mark }));
        Self {
            sheet: sheet(report, &[ON_UNITS, UNPLACED], table),
            written,
            told: Vec::new(),
        }
    }
}

/// The marks in these lists of a table, on the units of a report.
fn sheet(report: &Report, lists: &[&str], table: &Table) -> Sheet {
    let all = lists.iter().flat_map(|name| entries(table, name));
    let all: Vec<_> = all
        .map(understood)
        .filter(|(_, mark)| !mark.is_empty())
        .collect();
    let passages: Vec<_> = all.iter().map(|(passage, _)| passage.clone()).collect();
    let mut sheet = Sheet::default();
    for ((passage, mark), unit) in all.into_iter().zip(place(report, &passages)) {
        match unit {
            Some(unit) => sheet.set(unit, mark),
            None => sheet.unplaced.push(Unplaced { passage, mark }),
        }
    }
    sheet
}

/// The marks of the newest older version of a report, on its units.
fn earlier(folder: &Path, report: &Report, file: Option<&Path>) -> Opened {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = files.filter(|file| file.path().extension().is_some_and(|kind| kind == "toml"));
    let changed = |file: &fs::DirEntry| file.metadata().and_then(|data| data.modified()).ok();
    let mut files: Vec<_> = files.map(|file| (changed(&file), file.path())).collect();
    files.sort();
    for (_, path) in files.into_iter().rev() {
        let Ok(table) = read(&path) else { continue };
        let Some(certain) = is_version(&table, report, file) else {
            continue;
        };
        let sheet = sheet(report, &[ON_UNITS, UNPLACED], &table);
        let placed = sheet.marks.len();
        let count = placed + sheet.unplaced.len();
        // Of the same name alone it may be about something else.
        if count == 0 || (!certain && placed * 2 < count) {
            continue;
        }
        let told = match sheet.unplaced.len() {
            0 => format!("{placed} marks taken over from an older version"),
            lost => format!(
                "{placed} marks taken over from an older version; {lost} found no unit: :marks lists them"
            ),
        };
        return Opened {
            sheet,
            written: Sheet::default(),
            told: vec![told],
        };
    }
    Opened::default()
}

/// True where a file is of an older version of the report for certain, by its symbol; false where it
/// may be, by its path or title; none where it is of another.
fn is_version(table: &Table, report: &Report, file: Option<&Path>) -> Option<bool> {
    let says = |name: &str| table.get(name).and_then(Value::as_str);
    if says("language").is_some_and(|code| code != report.language().code()) {
        return None;
    }
    if let (Some(old), Some(new)) = (says("symbol"), report.symbol()) {
        return (old == new).then_some(true);
    }
    let same_file = file.is_some_and(|file| says("file") == Some(&file.display().to_string()));
    let title = report.title().trim();
    let same_title = !title.is_empty() && says("title").is_some_and(|old| title.starts_with(old));
    (same_file || same_title).then_some(false)
}

/// Puts what changed into the table of a file, and tells where that was changed there, too.
fn put(report: &Report, before: &Sheet, now: &Sheet, table: &mut Table) -> Vec<String> {
    let mut told = Vec::new();
    let there = std::mem::take(list(table, ON_UNITS));
    let passages: Vec<_> = there
        .iter()
        .map(|entry| {
            entry
                .as_table()
                .map(|entry| understood(entry).0)
                .unwrap_or_default()
        })
        .collect();
    // What is in the file and no unit of this report goes behind.
    let units = place(report, &passages);
    let mut all: Vec<(Option<UnitId>, Value)> = units.into_iter().zip(there).collect();
    let changed: BTreeSet<UnitId> = before
        .marks
        .keys()
        .chain(now.marks.keys())
        .copied()
        .collect();
    let none = Mark::default();
    for unit in changed {
        let old = before.mark(unit).unwrap_or(&none);
        let new = now.mark(unit).unwrap_or(&none);
        if old == new {
            continue;
        }
        let at = all.iter().position(|(at, _)| *at == Some(unit));
        let at = at.unwrap_or_else(|| {
            all.push((Some(unit), Value::Table(Table::new())));
            all.len() - 1
        });
        let Value::Table(entry) = &mut all[at].1 else {
            continue;
        };
        let (merged, both) = merge(old, new, &understood(entry).1);
        if both {
            let address = report.address(unit);
            told.push(format!(
                "another run wrote a remark on {address}, too: both are kept"
            ));
        }
        match merged.is_empty() {
            true => {
                all.remove(at);
            }
            false => write_entry(entry, &Passage::new(report, unit), &merged),
        }
    }
    all.sort_by_key(|(unit, _)| (unit.is_none(), *unit));
    let is = |entry: &Value, one: &Unplaced| {
        let known = entry.as_table().map(understood);
        known.is_some_and(|(passage, mark)| passage == one.passage && mark == one.mark)
    };
    let gone = before
        .unplaced
        .iter()
        .filter(|one| !now.unplaced.contains(one));
    let gone: Vec<_> = gone.collect();
    let stays = |entry: &Value| !gone.iter().any(|one| is(entry, one));
    let all = all.into_iter();
    let kept = all.filter(|(unit, entry)| unit.is_some() || stays(entry));
    *list(table, ON_UNITS) = kept.map(|(_, entry)| entry).collect();
    let unplaced = list(table, UNPLACED);
    unplaced.retain(stays);
    let new = now
        .unplaced
        .iter()
        .filter(|one| !before.unplaced.contains(one));
    for one in new {
        if !unplaced.iter().any(|entry| is(entry, one)) {
            let mut entry = Table::new();
            write_entry(&mut entry, &one.passage, &one.mark);
            unplaced.push(entry.into());
        }
    }
    if unplaced.is_empty() {
        table.remove(UNPLACED);
    }
    told
}

fn write_entry(entry: &mut Table, passage: &Passage, mark: &Mark) {
    let mut set = |name: &str, value: Option<Value>| match value {
        Some(value) => {
            entry.insert(name.into(), value);
        }
        None => {
            entry.remove(name);
        }
    };
    set("address", Some(passage.address.clone().into()));
    set("text", Some(passage.text.clone().into()));
    set("hash", Some(passage.hash.clone().into()));
    set("status", mark.status.clone().map(Value::from));
    let tags: Vec<Value> = mark.tags.iter().cloned().map(Value::from).collect();
    set("tags", (!tags.is_empty()).then_some(Value::Array(tags)));
    let remark = &mark.remark;
    set(
        "remark",
        (!remark.is_empty()).then(|| remark.clone().into()),
    );
}

/// What stands in the file with what this run changed, field by field; true where two remarks became
/// one.
fn merge(old: &Mark, new: &Mark, there: &Mark) -> (Mark, bool) {
    let mut merged = there.clone();
    if old.status != new.status {
        merged.status.clone_from(&new.status);
    }
    merged
        .tags
        .retain(|tag| !old.tags.contains(tag) || new.tags.contains(tag));
    merged.tags.extend(new.tags.difference(&old.tags).cloned());
    if old.remark == new.remark || there.remark == new.remark {
        return (merged, false);
    }
    let both = there.remark != old.remark && !there.remark.is_empty();
    merged.remark = match both {
        false => new.remark.clone(),
        // What was written here before is a part of what both wrote.
        true if !old.remark.is_empty() && there.remark.contains(&old.remark) => {
            let with = there.remark.replacen(&old.remark, &new.remark, 1);
            with.trim().into()
        }
        true if new.remark.is_empty() || there.remark.contains(&new.remark) => there.remark.clone(),
        true => format!("{}\n\n{}", new.remark, there.remark),
    };
    (merged, both)
}
