//! `rapporteur mark ADDRESS`: the reader's status, tags and remark on a unit, set or told.

use std::io::{self, Read as _, Write};

use serde::Serialize;

use super::args::Mark as Args;
use super::{Around, Outcome, Output, read_marked, unit};
use crate::error::Error;
use crate::read::Source;
use crate::report::{Report, UnitId};
use crate::shelf::{Mark, Sheet, Unplaced};
use crate::typeset::{safe, write_array};

/// A mark as JSON gives it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    address: String,
    text: &'a str,
    status: Option<&'a str>,
    tags: Vec<&'a str>,
    remark: &'a str,
    /// False where it found no unit in this version of the report.
    placed: bool,
}

impl<'a> Row<'a> {
    fn new(report: &'a Report, unit: UnitId, mark: &'a Mark) -> Self {
        Self::of(
            report.address(unit).to_string(),
            report.unit(unit).text,
            mark,
            true,
        )
    }

    fn unplaced(one: &'a Unplaced) -> Self {
        Self::of(
            one.passage.address.clone(),
            &one.passage.text,
            &one.mark,
            false,
        )
    }

    fn of(address: String, text: &'a str, mark: &'a Mark, placed: bool) -> Self {
        Self {
            address,
            text,
            status: mark.status.as_deref(),
            tags: mark.tags.iter().map(String::as_str).collect(),
            remark: &mark.remark,
            placed,
        }
    }

    /// On a line: address, status, tags, remark and text, tabs between.
    fn line(&self) -> String {
        let tags: Vec<_> = self.tags.iter().map(|tag| format!("#{tag}")).collect();
        let status = self.status.unwrap_or("");
        let sign = if self.placed { "" } else { "?" };
        let cells = [
            &format!("{sign}{}", self.address),
            status,
            &tags.join(" "),
            self.remark,
            self.text,
        ];
        let cells = cells.map(|cell| safe(&cell.replace(['\n', '\t'], " ")).into_owned());
        cells.join("\t")
    }
}

pub(super) fn run(
    args: &Args,
    source: &Source,
    around: &Around,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let read = read_marked(source, around)?;
    let report = &read.report;
    let mut sheet = read.marks.sheet.clone();
    let wanted = match args.address.is_empty() {
        true => None,
        false => Some(unit(report, source, args.address.join(" "))?),
    };
    if let Some(unit) = wanted {
        let mut mark = sheet.mark(unit).cloned().unwrap_or_default();
        change(args, source, &mut mark)?;
        sheet.set(unit, mark);
    }
    if sheet != read.marks.sheet {
        let file = read.file.as_deref();
        let saved = around
            .shelf
            .save_marks(&read.key, report, file, &read.marks.written, &sheet);
        for told in saved.map_err(Error::Marks)? {
            let _ = writeln!(io::stderr(), "{}", safe(&told));
        }
    }
    let rows = rows(report, &sheet, wanted);
    let none = rows.is_empty();
    match args.json {
        true => write_array(output.to, rows.into_iter()).map_err(Error::Write)?,
        false => {
            for row in rows {
                writeln!(output.to, "{}", row.line()).map_err(Error::Write)?;
            }
        }
    }
    let asked = args.status.is_none()
        && args.tag.is_empty()
        && args.untag.is_empty()
        && args.remark.is_none();
    Ok(match none && asked {
        true => {
            let what = "nothing is marked\n  try: rapporteur mark '1(b)' --status done";
            let _ = writeln!(io::stderr(), "{what}");
            Outcome::FoundNothing
        }
        false => Outcome::Found,
    })
}

/// Puts into a mark what is asked for.
fn change(args: &Args, source: &Source, mark: &mut Mark) -> Result<(), Error> {
    if let Some(status) = &args.status {
        let status = status.trim();
        mark.status = (!status.is_empty()).then(|| status.into());
    }
    let tags = |tags: &[String]| {
        let words = tags.iter().flat_map(|tags| tags.split([',', ' ']));
        let words = words.map(|word| word.trim_start_matches('#').to_string());
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    };
    mark.tags.extend(tags(&args.tag));
    for tag in tags(&args.untag) {
        mark.tags.remove(&tag);
    }
    match args.remark.as_deref() {
        Some("-") if source.is_standard_input() => return Err(Error::TwoFromInput),
        Some("-") => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(LONGEST).read_to_end(&mut bytes);
            read.map_err(|source| Error::Read {
                name: "the remark".into(),
                source,
            })?;
            mark.remark = String::from_utf8_lossy(&bytes).trim_end().into();
        }
        Some(remark) => mark.remark = remark.trim_end().into(),
        None => {}
    }
    Ok(())
}

/// No remark is longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// The mark on a unit, or all there are, those without a unit last.
fn rows<'a>(report: &'a Report, sheet: &'a Sheet, wanted: Option<UnitId>) -> Vec<Row<'a>> {
    let placed = sheet.marks.iter();
    let placed = placed.filter(|(unit, _)| wanted.is_none_or(|wanted| wanted == **unit));
    let placed = placed.map(|(&unit, mark)| Row::new(report, unit, mark));
    let unplaced = sheet.unplaced.iter().filter(|_| wanted.is_none());
    placed.chain(unplaced.map(Row::unplaced)).collect()
}
