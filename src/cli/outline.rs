//! `rapporteur outline`: the tree, a line a unit.

use anstyle::Style;

use super::args::Outline;
use super::json::Row;
use super::{Outcome, Output};
use crate::error::Error;
use crate::report::{Kind, Report, UnitId};
use crate::typeset::{safe, snippet, write_array};

pub(super) fn run(args: &Outline, report: &Report, output: &mut Output) -> Result<Outcome, Error> {
    if args.json {
        write_array(output.to, report.ids().map(|id| Row::new(report, id)))
            .map_err(Error::Write)?;
    } else {
        plain(args, report, output).map_err(Error::Write)?;
    }
    Ok(Outcome::Found)
}

fn plain(args: &Outline, report: &Report, output: &mut Output) -> std::io::Result<()> {
    let width = match args.width {
        Some(0) => usize::MAX,
        Some(width) => width.into(),
        // In a pipe whole texts, for grep.
        None => output.width.unwrap_or(usize::MAX),
    };
    let aside = |id: &UnitId| matches!(report.unit(*id).kind, Kind::Table | Kind::Footnote);
    let units = || report.ids().filter(|id| args.all || !aside(id));
    let addresses = units().map(|id| report.address(id).to_string());
    let widest = addresses
        .map(|address| output.ruler.cols(&address))
        .max()
        .unwrap_or(0);
    for id in units() {
        let unit = report.unit(id);
        let address = report.address(id).to_string();
        let pad = " ".repeat(widest - output.ruler.cols(&address));
        let sign = if unit.recommendation { "●" } else { " " };
        let indent = "  ".repeat(unit.depth.into());
        let text = unit.to_string();
        let room = width.saturating_sub(widest + 4 + indent.len());
        let part = snippet(output.ruler, &text, 0..0, room);
        let cut = if part.cut_behind && room > 0 {
            "…"
        } else {
            ""
        };
        let style = if unit.kind.is_heading() {
            Style::new().bold()
        } else {
            Style::new()
        };
        let text = output.paint(style, &safe(&text[part.span]));
        writeln!(output.to, "{address}{pad}  {sign} {indent}{text}{cut}")?;
    }
    Ok(())
}
