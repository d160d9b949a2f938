//! Reports that this program wrote down itself: JSON, and Markdown whose comments say of each block which
//! unit it is. They are taken in as they were, not parsed again.

use super::manuscript::{Format, Manuscript};
use crate::error::Error;
use crate::report::{Kind, VERSION, WRITTEN, Written, WrittenUnit};

/// How the comments begin and end that say what a block of Markdown is.
const BEGIN: &str = "<!--{";
const END: &str = "}-->";

/// True for a text that is a report written down as JSON or as Markdown.
pub(super) fn is_written(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let head = head.strip_prefix("<!--").unwrap_or(head);
    let Some(object) = head.strip_prefix('{') else {
        return false;
    };
    // It stands first, so that a text that begins with a bracket is soon told from it.
    let object = object.trim_start();
    object
        .strip_prefix('"')
        .and_then(|rest| rest.strip_prefix(WRITTEN))
        .is_some_and(|rest| rest.starts_with('"'))
}

/// Reads it.
///
/// # Errors
/// When it is not as this program writes it, with the line and column.
pub(super) fn manuscript(text: &str, name: &str) -> Result<Manuscript, Error> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let (format, written) = match text.starts_with('{') {
        true => (Format::Json, json(text)),
        false => (Format::Markdown, markdown(text)),
    };
    let unreadable = |what: String, way_out| Error::Unreadable {
        name: name.into(),
        what,
        way_out,
    };
    let written = written.map_err(|what| {
        unreadable(
            what,
            "export it again, or take its first line away to read it as plain text",
        )
    })?;
    if written.version > VERSION || written.rapporteur != "report" {
        let what = format!(
            "it is a {} as a newer rapporteur writes it (version {})",
            written.rapporteur, written.version
        );
        return Err(unreadable(
            what,
            "install the newer one, or export it there as text",
        ));
    }
    written
        .check()
        .map_err(|what| unreadable(what, "export it again"))?;
    Ok(Manuscript {
        format,
        text: printed(&written),
        pages: written.pages,
        written: Some(written),
        ..Manuscript::default()
    })
}

/// All that is printed in it.
fn printed(written: &Written) -> String {
    let mut text = String::new();
    let links = |unit: &WrittenUnit| {
        let targets = unit.links.iter().map(|link| link.target.clone());
        targets.collect::<Vec<_>>()
    };
    for unit in &written.units {
        for part in [&unit.label, &unit.text].into_iter().chain(&links(unit)) {
            text.push_str(part);
            text.push('\n');
        }
    }
    for piece in &written.furniture {
        text.push_str(&piece.text);
        text.push('\n');
    }
    text
}

fn json(text: &str) -> Result<Written, String> {
    serde_json::from_str(text).map_err(|error| wrong(&error, error.line()))
}

fn wrong(error: &serde_json::Error, line: usize) -> String {
    // The library says where at its end; here the line may be one of many comments.
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or_default();
    format!("{what} (line {line}, column {})", error.column())
}

/// The head is the first comment; each further one begins a unit, whose text stands behind it up to the
/// next.
fn markdown(text: &str) -> Result<Written, String> {
    let mut written: Option<Written> = None;
    let mut unit: Option<(WrittenUnit, String)> = None;
    for (number, line) in (1..).zip(text.split('\n')) {
        let bare = line.trim_end_matches('\r');
        let comment = bare
            .strip_prefix(BEGIN)
            .and_then(|rest| rest.strip_suffix(END));
        let Some(comment) = comment else {
            if let Some((_, block)) = &mut unit {
                block.push_str(bare);
                block.push('\n');
            }
            continue;
        };
        let object = format!("{{{comment}}}");
        let wrong = |error: serde_json::Error| wrong(&error, number);
        match &mut written {
            None => written = Some(serde_json::from_str(&object).map_err(wrong)?),
            Some(written) => {
                let next = serde_json::from_str(&object).map_err(wrong)?;
                if let Some((done, block)) = unit.replace((next, String::new())) {
                    written.units.push(filled(done, &block));
                }
            }
        }
    }
    let mut written = written.ok_or("its first comment is cut off (line 1, column 1)")?;
    if let Some((done, block)) = unit {
        written.units.push(filled(done, &block));
    }
    Ok(written)
}

/// A unit with its text from the block it is written as.
fn filled(mut unit: WrittenUnit, block: &str) -> WrittenUnit {
    let block = block.trim_matches('\n');
    if unit.kind == Kind::Table {
        unit.text = rows(block);
        return unit;
    }
    let text = plain(block.trim_start_matches('#').trim_start_matches(' '));
    // The label stands before it, with or without a space.
    let text = text
        .strip_prefix(&unit.label)
        .map_or(text.as_str(), |rest| {
            let gap = !unit.label.is_empty() && !unit.label.ends_with(['、', '．', '：', '）']);
            let space = rest.strip_prefix(' ').filter(|_| gap);
            space.unwrap_or(rest)
        });
    unit.text = text.into();
    unit
}

/// The rows of a table, their cells a tab apart.
fn rows(block: &str) -> String {
    let mut rows = Vec::new();
    for (nth, line) in block.lines().enumerate() {
        // The second row of Markdown only tells what is a head.
        if nth == 1 {
            continue;
        }
        let line = line.strip_prefix("| ").unwrap_or(line);
        let line = line.strip_suffix(" |").unwrap_or(line);
        rows.push(plain(&line.replace(" | ", "\t")));
    }
    rows.join("\n")
}

/// A text without the backslashes that kept its signs from meaning something.
fn plain(block: &str) -> String {
    let mut text = String::with_capacity(block.len());
    let mut chars = block.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = chars
            .peek()
            .is_some_and(|next| next.is_ascii_punctuation() || *next == '\n');
        match c {
            '\\' if escaped => text.extend(chars.next()),
            c => text.push(c),
        }
    }
    text
}
