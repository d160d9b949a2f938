//! `rapporteur export`: a table of what is found, or the whole report, in a file or on standard output.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use super::args::{self, Export};
use super::{Around, Outcome, Output, Read, language, read_marked};
use crate::error::Error;
use crate::export::{self, Format, Shape, Table, Unwritten, selected};
use crate::facet::Facets;
use crate::read::Source;
use crate::report::WrittenNote;
use crate::search::{Index, Query};
use crate::typeset::{counted, safe};

pub(super) fn run(
    args: &Export,
    source: &Source,
    around: &Around,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let (shape, format) = wanted(args)?;
    if args.output.is_none() && format.is_binary() && io::stdout().is_terminal() {
        return Err(Error::Binary { format });
    }
    if let Some(path) = &args.output
        && path.is_file()
        && !args.force
    {
        // Before all the work.
        return Err(Error::Export(Unwritten::Exists { path: path.clone() }));
    }
    let read = read_marked(source, around)?;
    let (bytes, written) = match shape {
        Shape::Table => {
            let table = table(args, &read, around);
            if table.rows.is_empty() {
                let query = table.query;
                let what = match query.as_str() {
                    "" => format!("no recommendation in {}", source.name()),
                    query => format!("nothing found for {query} in {}", source.name()),
                };
                // Whoever closed standard error does not want to know.
                let _ = writeln!(
                    io::stderr(),
                    "{}\n  try: rapporteur find --help",
                    safe(&what)
                );
                return Ok(Outcome::FoundNothing);
            }
            let bytes = export::table(&table, format, args.output.is_some());
            (
                bytes.map_err(Error::Export)?,
                counted(table.rows.len(), "row"),
            )
        }
        Shape::Report => {
            let notes = read.notes.iter().map(WrittenNote::from).collect();
            let marks = &read.marks.sheet.marks;
            let bytes = export::report(&read.report, notes, marks, format);
            (
                bytes.map_err(Error::Export)?,
                counted(read.report.len(), "unit"),
            )
        }
    };
    match &args.output {
        None => output.to.write_all(&bytes).map_err(Error::Write)?,
        Some(path) => {
            export::write(path, &bytes, args.force).map_err(Error::Export)?;
            let told = format!("{written} written to {}", path.display());
            let _ = writeln!(io::stderr(), "{}", safe(&told));
        }
    }
    Ok(Outcome::Found)
}

/// What is to be written, and how.
fn wanted(args: &Export) -> Result<(Shape, Format), Error> {
    let named = args.output.as_deref().and_then(Format::of);
    let format = args.to.map(Format::from).or(named);
    let shape = match (args.shape, format) {
        (Some(args::Shape::Table), _) => Shape::Table,
        (Some(args::Shape::Report), _) => Shape::Report,
        (None, _) if !args.query.is_empty() => Shape::Table,
        // Reports have no such format.
        (None, Some(format)) if !Shape::Report.has(format) => Shape::Table,
        (None, _) => Shape::Report,
    };
    if let (None, None, Some(path)) = (args.to, named, &args.output) {
        return Err(Error::NoFormat {
            name: path.display().to_string(),
        });
    }
    let format = format.unwrap_or(match shape {
        Shape::Table => Format::Csv,
        Shape::Report => Format::Markdown,
    });
    if !shape.has(format) {
        return Err(Error::Export(Unwritten::Shape(shape, format)));
    }
    if !format.is_built() {
        return Err(Error::Export(Unwritten::LeftOut(format)));
    }
    Ok((shape, format))
}

/// The table of what is found; without a query of all recommendations.
fn table(args: &Export, read: &Read, around: &Around) -> Table {
    let report = &read.report;
    let marks = &read.marks.sheet.marks;
    let query = Query {
        text: args.query.join(" "),
        recommendations: args.query.is_empty(),
        marks: Arc::clone(marks),
        ..Query::default()
    };
    let index = Index::with(report, Arc::clone(&around.words));
    let found = index.search(report, &query);
    let found = found.hits.iter().map(|hit| hit.unit);
    let units = selected(report, found);
    let facets = Facets::with(&around.words, report);
    Table::new(
        report,
        &units,
        &query.text,
        &facets,
        marks,
        language(report, args.cite),
    )
}

impl From<args::Format> for Format {
    fn from(format: args::Format) -> Self {
        match format {
            args::Format::Csv => Self::Csv,
            args::Format::Xlsx => Self::Xlsx,
            args::Format::Markdown => Self::Markdown,
            args::Format::Html => Self::Html,
            args::Format::Json => Self::Json,
            args::Format::Docx => Self::Docx,
            args::Format::Akn => Self::Akn,
        }
    }
}
