//! Akoma Ntoso 3.0 (OASIS LegalDocumentML), the XML in which parliaments and the United Nations system
//! exchange documents: the report as a `doc`, its units as the hierarchy of its main body, each with an
//! `eId` by the naming convention of the standard.

use std::collections::HashMap;

use super::inline::{Piece, escape, pieces};
use crate::report::{Kind, Report, Step, UnitId};

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
/// A document that states no date has one all the same.
const NO_DATE: &str = "1945-10-24";

/// The report.
pub(super) fn report(report: &Report) -> String {
    let names = Names::new(report);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"{NAMESPACE}\">\n<doc name=\"report\">\n"
    );
    out.push_str(&meta(report));
    let title = report.title();
    if !title.is_empty() || report.symbol().is_some() {
        out.push_str("<preface>\n");
        if let Some(symbol) = report.symbol() {
            out.push_str(&format!(
                "<p><docNumber>{}</docNumber></p>\n",
                escape(symbol)
            ));
        }
        if !title.is_empty() {
            out.push_str(&format!(
                "<longTitle><p><docTitle>{}</docTitle></p></longTitle>\n",
                escape(title)
            ));
        }
        out.push_str("</preface>\n");
    }
    out.push_str("<mainBody>\n");
    if report.is_empty() {
        out.push_str("<p/>\n");
    }
    let mut next = 0;
    while next < report.len() {
        unit(report, &names, UnitId::from(next), &mut out);
        next = report.subtree(UnitId::from(next)).end;
    }
    out.push_str("</mainBody>\n</doc>\n</akomaNtoso>\n");
    out
}

/// The date of a masthead as XML has dates, where it is one that names its month in English or is all
/// numbers in Chinese; else none.
fn date(report: &Report) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let said = report.masthead().date.as_ref()?.to_lowercase();
    let words: Vec<&str> = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let month = words
        .iter()
        .find_map(|word| MONTHS.iter().position(|month| month == word));
    let number = |word: &&str| word.parse::<u32>().ok();
    let numbers: Vec<u32> = words.iter().filter_map(number).collect();
    let (year, month, day) = match month {
        Some(month) => (
            *numbers
                .iter()
                .find(|number| (1900..2200).contains(*number))?,
            month as u32 + 1,
            *numbers.iter().find(|number| (1..=31).contains(*number))?,
        ),
        None => {
            let parts = said
                .split(['年', '月', '日'])
                .map(|part| part.trim().parse::<u32>().ok());
            let parts: Vec<u32> = parts.flatten().collect();
            match parts[..] {
                [year, month, day]
                    if (1900..2200).contains(&year)
                        && (1..=12).contains(&month)
                        && (1..=31).contains(&day) =>
                {
                    (year, month, day)
                }
                _ => return None,
            }
        }
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn meta(report: &Report) -> String {
    let language = match report.language().code() {
        "ar" => "ara",
        "es" => "spa",
        "fr" => "fra",
        "ru" => "rus",
        "zh" => "zho",
        _ => "eng",
    };
    let called = report.symbol().unwrap_or("nn").to_lowercase();
    let words = called
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let number = words.collect::<Vec<_>>().join("-");
    let date = date(report);
    let day = date.as_deref().unwrap_or(NO_DATE);
    let work = format!("/akn/un/doc/{day}/{number}");
    let expression = format!("{work}/{language}@{day}");
    let level = |name: &str, uri: &str, more: &str| {
        format!(
            "<FRBR{name}>\n<FRBRthis value=\"{uri}/!main\"/>\n<FRBRuri value=\"{uri}\"/>\n\
             <FRBRdate date=\"{day}\" name=\"{}\"/>\n<FRBRauthor href=\"#un\"/>\n{more}</FRBR{name}>\n",
            if date.is_some() {
                "document"
            } else {
                "unknown"
            }
        )
    };
    format!(
        "<meta>\n<identification source=\"#rapporteur\">\n{}{}{}</identification>\n\
         <references source=\"#rapporteur\">\n\
         <TLCOrganization eId=\"un\" href=\"/akn/ontology/organization/un\" showAs=\"United Nations\"/>\n\
         <TLCOrganization eId=\"rapporteur\" href=\"/akn/ontology/organization/rapporteur\" showAs=\"Rapporteur\"/>\n\
         </references>\n</meta>\n",
        level("Work", &work, "<FRBRcountry value=\"un\"/>\n"),
        level(
            "Expression",
            &expression,
            &format!("<FRBRlanguage language=\"{language}\"/>\n")
        ),
        level(
            "Manifestation",
            &format!("{expression}.xml"),
            "<FRBRformat value=\"application/akn+xml\"/>\n"
        ),
    )
}

/// What the elements of units are called, each once.
struct Names(Vec<String>);

/// The element of a kind, what a generic one is called, and the prefix of its names.
fn element(kind: Kind) -> (&'static str, Option<&'static str>, &'static str) {
    match kind {
        Kind::Part => ("part", None, "part"),
        Kind::Annex => ("hcontainer", Some("annex"), "hcontainer"),
        Kind::Appendix => ("hcontainer", Some("appendix"), "hcontainer"),
        Kind::Chapter => ("chapter", None, "chp"),
        Kind::Section => ("section", None, "sec"),
        Kind::Heading => ("hcontainer", Some("heading"), "hcontainer"),
        Kind::Article => ("article", None, "art"),
        Kind::Paragraph => ("paragraph", None, "para"),
        Kind::Item => ("subparagraph", None, "subpara"),
        Kind::SubItem => ("point", None, "point"),
        Kind::Table => ("hcontainer", Some("table"), "hcontainer"),
        Kind::Footnote => ("hcontainer", Some("footnote"), "hcontainer"),
    }
}

impl Names {
    fn new(report: &Report) -> Self {
        let mut names: Vec<String> = Vec::with_capacity(report.len());
        let mut used: HashMap<String, usize> = HashMap::new();
        for id in report.ids() {
            let above = report
                .parent(id)
                .map_or(String::new(), |above| format!("{}__", names[above.index()]));
            let address = report.address(id);
            let step = address
                .steps()
                .last()
                .map_or(String::new(), Step::to_string);
            let step: String = step.chars().filter(char::is_ascii_alphanumeric).collect();
            let (.., prefix) = element(report.unit(id).kind);
            let step = if step.is_empty() {
                (id.index() + 1).to_string()
            } else {
                step
            };
            let name = format!("{above}{prefix}_{step}");
            let count = used.entry(name.clone()).or_default();
            *count += 1;
            names.push(match *count {
                1 => name,
                more => format!("{name}-{more}"),
            });
        }
        Self(names)
    }

    fn of(&self, id: UnitId) -> &str {
        &self.0[id.index()]
    }
}

/// A unit and what stands under it. No recursion: a report may be as deep as it likes.
fn unit(report: &Report, names: &Names, root: UnitId, out: &mut String) {
    let mut open: Vec<(UnitId, &'static str)> = Vec::new();
    for id in report.subtree(root).map(UnitId::from) {
        while let Some(&(above, name)) = open.last()
            && !report.subtree(above).contains(&id.index())
        {
            out.push_str(&format!("</{name}>\n"));
            open.pop();
        }
        let unit = report.unit(id);
        // Where something calls it, it stands there.
        if unit.kind == Kind::Footnote && report.called_from(id).is_some() {
            continue;
        }
        let (name, generic, _) = element(unit.kind);
        let generic = generic.map_or(String::new(), |name| format!(" name=\"{name}\""));
        out.push_str(&format!("<{name}{generic} eId=\"{}\">\n", names.of(id)));
        if !unit.label.is_empty() {
            out.push_str(&format!("<num>{}</num>\n", escape(unit.label)));
        }
        let text = text(report, names, id);
        let under = report.subtree(id).skip(1).map(UnitId::from);
        let holds = under.into_iter().any(|below| {
            report.unit(below).kind != Kind::Footnote || report.called_from(below).is_none()
        });
        let block = match unit.kind {
            Kind::Table => table(unit.text),
            _ => format!("<p>{text}</p>"),
        };
        if unit.kind.is_heading() && unit.kind != Kind::Article {
            out.push_str(&format!("<heading>{text}</heading>\n"));
            if !holds {
                out.push_str("<content><p/></content>\n");
            }
        } else if holds {
            // What says nothing itself introduces nothing.
            if !unit.text.is_empty() {
                out.push_str(&format!("<intro>{block}</intro>\n"));
            }
        } else {
            out.push_str(&format!("<content>{block}</content>\n"));
        }
        open.push((id, name));
    }
    for (_, name) in open.into_iter().rev() {
        out.push_str(&format!("</{name}>\n"));
    }
}

fn text(report: &Report, names: &Names, id: UnitId) -> String {
    let piece = |piece| match piece {
        Piece::Text(words) => escape(words),
        Piece::Link(words, target) => {
            format!("<ref href=\"{}\">{}</ref>", escape(&target), escape(words))
        }
        Piece::Reference(words, unit) => {
            format!("<ref href=\"#{}\">{}</ref>", names.of(unit), escape(words))
        }
        Piece::Call(words, note) => {
            let note_text = report
                .subtree(note)
                .map(|id| escape(report.unit(UnitId::from(id)).text));
            let note_text: Vec<_> = note_text.map(|text| format!("<p>{text}</p>")).collect();
            // A note that is called twice stands at its first call.
            let first = report.called_from(note).is_some_and(|tie| tie.unit == id);
            match first {
                true => format!(
                    "<authorialNote marker=\"{}\" eId=\"{}\">{}</authorialNote>",
                    escape(words.trim()),
                    names.of(note),
                    note_text.concat()
                ),
                false => format!(
                    "<noteRef href=\"#{}\" marker=\"{}\"/>",
                    names.of(note),
                    escape(words.trim())
                ),
            }
        }
    };
    let mut noted: Vec<UnitId> = Vec::new();
    let mut out = String::new();
    for one in pieces(report, id) {
        let one = match one {
            // Of two calls in one text, too, the note stands at the first.
            Piece::Call(words, note) if noted.contains(&note) => {
                format!(
                    "<noteRef href=\"#{}\" marker=\"{}\"/>",
                    names.of(note),
                    escape(words.trim())
                )
            }
            Piece::Call(_, note) => {
                noted.push(note);
                piece(one)
            }
            one => piece(one),
        };
        out.push_str(&one);
    }
    out
}

fn table(text: &str) -> String {
    let rows = text.split('\n').map(|row| {
        let cells = row
            .split('\t')
            .map(|cell| format!("<td><p>{}</p></td>", escape(cell)));
        format!("<tr>{}</tr>", cells.collect::<String>())
    });
    format!("<table>{}</table>", rows.collect::<String>())
}
