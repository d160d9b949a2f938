//! `rapporteur show ADDRESS`: one unit with everything under it, set as text.

use std::ops::Range;

use anstyle::Style;

use super::args::Show;
use super::json::Shown;
use super::{Outcome, Output, PLAIN_WIDTH, language, unit};
use crate::error::Error;
use crate::outside::hyperlink;
use crate::read::Source;
use crate::report::{Lead, Placed, Report, UnitId, follow};
use crate::typeset::{hyphened, safe, set, write_array};

pub(super) fn run(
    args: &Show,
    report: &Report,
    source: &Source,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let wanted = args.address.join(" ");
    let id = unit(report, source, wanted)?;
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
    let leads = match output.hyperlinks {
        true => follow(unit),
        false => Vec::new(),
    };
    for line in set(output.ruler, unit, width) {
        let mut col = 0;
        if let Some(at) = line.label {
            let label = output.paint(Style::new().bold(), &safe(unit.label));
            write!(output.to, "{}{label}", " ".repeat(at))?;
            col = at + output.ruler.cols(unit.label);
        }
        for piece in line.pieces(unit.text) {
            let end = piece.span.start + unit.text[piece.span.clone()].trim_end().len();
            let drawn = linked(unit.text, piece.span.start..end, &leads);
            if drawn.is_empty() {
                continue;
            }
            let pad = " ".repeat(piece.indent.saturating_sub(col));
            let text = output.paint(heading, &hyphened(&drawn));
            write!(output.to, "{pad}{text}")?;
            col = piece.indent + output.ruler.cols(&unit.text[piece.span.start..end]);
        }
        writeln!(output.to)?;
    }
    Ok(())
}

/// A part of a unit's text, safe to print, with what can be followed in it as hyperlinks: where a
/// line ends inside one, each line has a link of its own.
fn linked(text: &str, part: Range<usize>, leads: &[Lead]) -> String {
    let mut out = String::new();
    let mut at = part.start;
    let first = leads.partition_point(|lead| lead.range.end <= part.start);
    for lead in leads[first..]
        .iter()
        .take_while(|lead| lead.range.start < part.end)
    {
        let words = lead.range.start.max(part.start)..lead.range.end.min(part.end);
        out.push_str(&safe(&text[at..words.start]));
        at = words.end;
        let words = safe(&text[words]);
        out.push_str(&hyperlink(&lead.target, &words).unwrap_or(words.into_owned()));
    }
    out.push_str(&safe(&text[at..part.end]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Kind, Unit};

    #[test]
    fn every_line_of_a_lead_is_a_link_to_all_of_it() {
        let unit = Unit::new(
            Kind::Paragraph,
            "1.",
            Some(1),
            "see https://un.org/abcdef here",
        );
        let leads = follow(&Placed::from(&unit));
        let link = |words: &str| hyperlink("https://un.org/abcdef", words).expect("a link");
        for (part, wanted) in [
            (0..30, format!("see {} here", link("https://un.org/abcdef"))),
            (0..12, format!("see {}", link("https://"))),
            (12..30, format!("{} here", link("un.org/abcdef"))),
            (14..20, link(".org/a")),
            (0..4, "see ".into()),
            (25..30, " here".into()),
            (30..30, String::new()),
        ] {
            assert_eq!(linked(&unit.text, part.clone(), &leads), wanted, "{part:?}");
        }
    }
}
