//! `rapporteur show ADDRESS`: one unit with everything under it, set as text.

use anstyle::Style;

use super::args::Show;
use super::json::{Shown, write_array};
use super::{Outcome, Output, PLAIN_WIDTH, language};
use crate::error::Error;
use crate::read::Source;
use crate::report::{Lookup, Placed, Report, UnitId};
use crate::typeset::{safe, set};

pub(super) fn run(
    args: &Show,
    report: &Report,
    source: &Source,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let wanted = args.address.join(" ");
    let id = match report.look_up(&wanted) {
        Lookup::Found(id) => id,
        Lookup::Nearest(id) => {
            let nearest = report.address(id).to_string();
            return Err(Error::UnknownAddress {
                wanted,
                report: source.name(),
                nearest,
            });
        }
        Lookup::Several(all) => {
            return Err(Error::Ambiguous {
                wanted,
                report: source.name(),
                choices: report.choices(&all),
            });
        }
        Lookup::NotAnAddress if wanted.trim().is_empty() => return Err(Error::NoAddress),
        Lookup::NotAnAddress => {
            return Err(Error::NotAnAddress {
                wanted,
                report: source.name(),
            });
        }
    };
    let units = report.subtree(id).map(UnitId::from);
    if args.json {
        let language = language(report, args.cite);
        write_array(output.to, units.map(|id| Shown::new(report, id, language)))
            .map_err(Error::Write)?;
    } else {
        let width = args
            .width
            .map_or(output.width.unwrap_or(PLAIN_WIDTH), usize::from);
        for (place, id) in units.enumerate() {
            if place > 0 {
                writeln!(output.to).map_err(Error::Write)?;
            }
            write(&report.unit(id), width, output).map_err(Error::Write)?;
        }
    }
    Ok(Outcome::Found)
}

fn write(unit: &Placed, width: usize, output: &mut Output) -> std::io::Result<()> {
    let heading = if unit.kind.is_heading() {
        Style::new().bold()
    } else {
        Style::new()
    };
    for line in set(output.ruler, unit, width) {
        let text = output.paint(heading, &safe(unit.text[line.span].trim_end()));
        match line.label {
            None => writeln!(output.to, "{}{text}", " ".repeat(line.indent))?,
            Some(at) => {
                let label = output.paint(Style::new().bold(), &safe(unit.label));
                let pad = if text.is_empty() {
                    0
                } else {
                    line.indent
                        .saturating_sub(at + output.ruler.cols(unit.label))
                };
                writeln!(
                    output.to,
                    "{}{label}{}{text}",
                    " ".repeat(at),
                    " ".repeat(pad)
                )?;
            }
        }
    }
    Ok(())
}
