//! A document of Word: the table on pages lying on their side, its head on each of them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::Format;
use super::file::Unwritten;
use super::inline::escape;
use super::table::{Row, Table};

/// How wide the columns are, in twentieths of a point; together what a page of A4 on its side has.
const WIDTHS: [u32; 9] = [950, 1300, 4500, 1300, 1050, 1500, 1250, 1060, 1660];

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
/// Fonts that the systems have, also for Chinese and Arabic, at 9 points.
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"SimSun\" w:cs=\"Arial\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:rPr><w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr></w:style></w:styles>";

pub(super) fn table(table: &Table) -> Result<Vec<u8>, Unwritten> {
    packed(&document(table)).map_err(|error| Unwritten::Made {
        format: Format::Docx,
        what: error.to_string(),
    })
}

fn packed(document: &str) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/document.xml", document),
    ] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(part.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn document(table: &Table) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
    );
    let left = table.runs_left;
    out.push_str(&paragraph(
        "<w:pStyle w:val=\"Title\"/>",
        &table.title,
        left,
        "",
    ));
    out.push_str(&paragraph(
        "<w:spacing w:after=\"160\"/>",
        &table.about(),
        left,
        "",
    ));
    out.push_str("<w:tbl><w:tblPr>");
    if left {
        out.push_str("<w:bidiVisual/>");
    }
    out.push_str("<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!(
            "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A0\"/>"
        ));
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in WIDTHS {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (name, width) in Row::COLUMNS.into_iter().zip(WIDTHS) {
        out.push_str(&cell(
            name,
            width,
            left,
            "<w:b/><w:bCs/>",
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDEFF3\"/>",
        ));
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        out.push_str("<w:tr>");
        for (text, width) in row.cells().into_iter().zip(WIDTHS) {
            out.push_str(&cell(&text, width, left, "", ""));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    out
}

fn cell(text: &str, width: u32, left: bool, run: &str, shade: &str) -> String {
    let paragraphs: String = text
        .split('\n')
        .map(|line| paragraph("", line, left, run))
        .collect();
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr>{paragraphs}</w:tc>"
    )
}

fn paragraph(properties: &str, text: &str, left: bool, run: &str) -> String {
    let (bidi, rtl) = if left {
        ("<w:bidi/>", "<w:rtl/>")
    } else {
        ("", "")
    };
    let text = escape(&text.replace('\t', " "));
    format!(
        "<w:p><w:pPr>{properties}{bidi}</w:pPr><w:r><w:rPr>{run}{rtl}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}
