//! HTML: one page that needs nothing else, for screens of any size, dark or light, and for paper.

use super::inline::{Piece, escape, pieces};
use super::table::{Row, Table};
use crate::report::{Kind, Report, UnitId};
use crate::shelf::{Mark, Marks};
use crate::typeset::{counted, is_right_to_left};

/// The look of both: fonts that the reader's system has, the colours of the reader's choice.
const LOOK: &str = "\
:root{color-scheme:light dark;--ink:#1c1c1e;--paper:#fff;--faint:#63636b;--line:#d4d4da;--accent:#1d5a96;--tint:#f4f5f8}
@media(prefers-color-scheme:dark){:root{--ink:#e4e4e8;--paper:#17181c;--faint:#a0a0aa;--line:#3a3b42;--accent:#8cb9e8;--tint:#202127}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;color:var(--ink);background:var(--paper);line-height:1.65;
font-family:system-ui,-apple-system,'Segoe UI','Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
.faint{color:var(--faint)}
";

/// The look of a table.
const TABLE_LOOK: &str = "\
body{max-width:110rem}
h1{font-size:1.4rem;margin:0 0 .25rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin-top:1.25rem;font-size:.92rem}
th,td{border:1px solid var(--line);padding:.45rem .6rem;vertical-align:top;text-align:start}
th{background:var(--tint);position:sticky;top:0}
td:nth-child(1),td:nth-child(2),td:nth-child(7){white-space:nowrap}
td:nth-child(3){min-width:22rem;white-space:pre-line}
td:nth-child(4),td:nth-child(5),td:nth-child(6),td:nth-child(8){min-width:7rem}
td:nth-child(9){min-width:12rem;white-space:pre-line;overflow-wrap:anywhere}
@media print{@page{size:landscape;margin:14mm}body{padding:0;max-width:none;font-size:9pt}.scroll{overflow:visible}
table{table-layout:fixed;font-size:8.5pt}thead{display:table-header-group}tr{break-inside:avoid}
th{position:static}th,td{padding:.3rem .4rem;overflow-wrap:break-word}td{min-width:0!important;white-space:pre-line!important}
th:nth-child(1){width:8%}th:nth-child(2){width:9%}th:nth-child(3){width:33%}th:nth-child(4){width:9%}th:nth-child(5){width:8%}
th:nth-child(6){width:11%}th:nth-child(7){width:8%}th:nth-child(8){width:6%}th:nth-child(9){width:8%}}
";

/// The look of a report.
const REPORT_LOOK: &str = "\
body{max-width:48rem}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 .25rem}
h2,h3,h4,h5,h6{line-height:1.35;margin:2.2rem 0 .6rem}
nav{margin:1.5rem 0 2.5rem;padding:.75rem 1rem;background:var(--tint);border:1px solid var(--line);border-radius:.4rem}
nav ol{list-style:none;margin:0;padding-inline-start:0}nav li{margin:.15rem 0}
.unit{display:flex;gap:.75rem;margin:.7rem 0;scroll-margin-top:1rem;position:relative}
.unit>.label{flex:none;min-width:2.2rem;color:var(--accent);text-align:end}
.unit>.text{flex:1;min-width:0;overflow-wrap:anywhere}
.recommends>.label::before{content:'\\25CF\\00A0';font-size:.6em;vertical-align:.25em}
.page{float:inline-end;color:var(--faint);font-size:.8rem;margin-inline-start:1rem}
.footnote{font-size:.88rem;color:var(--faint)}
.mark{margin:.35rem 0 0;padding:.3rem .6rem;border-inline-start:3px solid var(--accent);background:var(--tint);font-size:.9rem;white-space:pre-line}
table{border-collapse:collapse;margin:1rem 0;font-size:.9rem;display:block;overflow-x:auto}
td{border:1px solid var(--line);padding:.3rem .5rem;vertical-align:top}
:target{background:var(--tint);outline:2px solid var(--accent);outline-offset:.3rem}
@media print{@page{margin:20mm 18mm}body{padding:0;max-width:none;font-size:10.5pt}nav{break-after:page}
h1,h2,h3,h4,h5,h6{break-after:avoid}a{color:inherit}table{display:table}}
";

/// A whole page.
fn page(title: &str, language: &str, runs_left: bool, look: &str, body: &str) -> String {
    let direction = if runs_left { "rtl" } else { "ltr" };
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"generator\" content=\"Rapporteur\">\n\
         <title>{}</title>\n<style>\n{LOOK}{look}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(title)
    )
}

/// A table.
pub(super) fn table(table: &Table) -> String {
    let mut body = format!(
        "<h1>{}</h1>\n<p class=\"faint\">{}</p>\n<div class=\"scroll\">\n<table>\n<thead><tr>",
        escape(&table.title),
        escape(&table.about())
    );
    for column in Row::COLUMNS {
        body.push_str(&format!("<th scope=\"col\">{column}</th>"));
    }
    body.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        body.push_str("<tr>");
        for cell in row.cells() {
            body.push_str(&format!("<td>{}</td>", cell_text(&cell)));
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</tbody>\n</table>\n</div>\n");
    let title = if table.title.is_empty() {
        "Table"
    } else {
        &table.title
    };
    page(
        title,
        table.language.code(),
        table.runs_left,
        TABLE_LOOK,
        &body,
    )
}

/// The text of a cell. A spreadsheet that opens the page would run what begins as a formula: before
/// that stands a sign that is not seen and makes it a text.
fn cell_text(cell: &str) -> String {
    let begins = |c: char| "=+-@＝＋－＠".contains(c);
    match cell.trim_start().starts_with(begins) {
        true => format!("&#8288;{}", escape(cell)),
        false => escape(cell),
    }
}

/// A report.
pub(super) fn report(report: &Report, marks: &Marks) -> String {
    let mut body = String::from("<header>\n");
    if let Some(symbol) = report.symbol() {
        body.push_str(&format!("<p class=\"faint\">{}</p>\n", escape(symbol)));
    }
    body.push_str(&format!("<h1>{}</h1>\n", escape(report.title())));
    let head = report.masthead();
    for said in [&head.session, &head.agenda_item, &head.date, &head.original]
        .into_iter()
        .flatten()
    {
        body.push_str(&format!("<p class=\"faint\">{}</p>\n", escape(said)));
    }
    let units = counted(report.len(), "unit");
    let recommendations = counted(report.all_recommendations(), "recommendation");
    body.push_str(&format!(
        "<p class=\"faint\">{units} · {recommendations}</p>\n</header>\n"
    ));
    body.push_str(&contents(report));
    body.push_str("<main>\n");
    let mut page_before = 0;
    for id in report.ids() {
        let paged = report.pages() > 1 && report.unit(id).page != page_before;
        page_before = report.unit(id).page;
        body.push_str(&unit(report, id, marks.get(&id), paged));
    }
    body.push_str("</main>\n");
    let title = [report.symbol().unwrap_or(""), report.title()].join(" ");
    let title = match title.trim() {
        "" => "Report",
        title => title,
    };
    let runs_left = report
        .ids()
        .next()
        .is_some_and(|first| is_right_to_left(report.unit(first).text));
    page(
        title,
        report.language().code(),
        runs_left,
        REPORT_LOOK,
        &body,
    )
}

fn contents(report: &Report) -> String {
    let headings: Vec<_> = report
        .ids()
        .filter(|&id| report.unit(id).kind.is_heading())
        .collect();
    if headings.len() < 2 {
        return String::new();
    }
    let mut out = String::from("<nav aria-label=\"Contents\">\n<ol>\n");
    for id in headings {
        let unit = report.unit(id);
        out.push_str(&format!(
            "<li style=\"margin-inline-start:{}rem\"><a href=\"#{}\">{}</a></li>\n",
            unit.depth.min(8),
            fragment(report, id),
            escape(&unit.to_string())
        ));
    }
    out.push_str("</ol>\n</nav>\n");
    out
}

/// The anchor of a unit: its address, without what an attribute cannot hold.
fn anchor(report: &Report, id: UnitId) -> String {
    escape(&report.address(id).to_string())
}

/// The same as a page links to it: what means something in an address of the web is written otherwise.
fn fragment(report: &Report, id: UnitId) -> String {
    let mut out = String::new();
    for byte in report.address(id).to_string().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'(' | b')' | b'/' => {
                out.push(byte.into())
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unit(report: &Report, id: UnitId, mark: Option<&Mark>, paged: bool) -> String {
    let unit = report.unit(id);
    let anchor = anchor(report, id);
    let page = match paged {
        true => format!("<span class=\"page\">p. {}</span>", unit.page),
        false => String::new(),
    };
    let label = match unit.label.is_empty() {
        true => String::new(),
        false => format!("{}{}", escape(unit.label), unit.label_gap()),
    };
    let marked = mark.map(mark_text).unwrap_or_default();
    if unit.kind == Kind::Table {
        let rows = unit.text.split('\n').map(|row| {
            let cells = row
                .split('\t')
                .map(|cell| format!("<td>{}</td>", escape(cell)));
            format!("<tr>{}</tr>", cells.collect::<String>())
        });
        let rows: String = rows.collect();
        return format!("<div id=\"{anchor}\">{page}{label}<table>{rows}</table>{marked}</div>\n");
    }
    let text = text(report, id);
    if unit.kind.is_heading() {
        let level = (unit.depth + 2).min(6);
        return format!("<h{level} id=\"{anchor}\">{page}{label}{text}</h{level}>\n{marked}");
    }
    let mut classes = String::from("unit");
    if unit.recommendation {
        classes.push_str(" recommends");
    }
    if unit.kind == Kind::Footnote {
        classes.push_str(" footnote");
    }
    // What stands under another is set in, paragraphs are not.
    let above = report
        .ancestors(id)
        .filter(|&above| !report.unit(above).kind.is_heading());
    let indent = above.count().min(8) as f32 * 1.5;
    format!(
        "<div class=\"{classes}\" id=\"{anchor}\" style=\"margin-inline-start:{indent}rem\">\
         <a class=\"label\" href=\"#{}\">{}</a><div class=\"text\">{page}{text}{marked}</div></div>\n",
        fragment(report, id),
        escape(if unit.label.is_empty() {
            "§"
        } else {
            unit.label
        }),
    )
}

fn text(report: &Report, id: UnitId) -> String {
    let piece = |piece| match piece {
        Piece::Text(words) => escape(words),
        Piece::Link(words, target) => {
            format!(
                "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
                escape(&target),
                escape(words)
            )
        }
        Piece::Reference(words, unit) | Piece::Call(words, unit) => {
            format!(
                "<a href=\"#{}\">{}</a>",
                fragment(report, unit),
                escape(words)
            )
        }
    };
    pieces(report, id).into_iter().map(piece).collect()
}

/// A mark in words.
fn mark_text(mark: &Mark) -> String {
    let status = mark
        .status
        .iter()
        .map(|status| format!("<strong>{}</strong>", escape(status)));
    let tags = mark.tags.iter().map(|tag| format!("#{}", escape(tag)));
    let mut words: Vec<_> = status.chain(tags).collect();
    if !mark.remark.is_empty() {
        words.push(escape(&mark.remark));
    }
    format!("<div class=\"mark\">{}</div>", words.join(" "))
}
