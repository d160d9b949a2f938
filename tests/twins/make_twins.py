#!/usr/bin/env python3
"""Writes the built-in report as a DOCX with real styles and automatic numbering, and, with
LibreOffice, its PDF. The texts are in units.tsv; not one number of them is typed.

Python's standard library only; `soffice` (Debian: libreoffice-writer, fonts-wqy-zenhei) for the PDF,
which --no-pdf leaves out. Run it from anywhere, it writes beside itself."""

import subprocess
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

here = Path(__file__).resolve().parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = "http://undocs.org/A/C.3/72/12"
FONT = "WenQuanYi Zen Hei"

# Two lists, as paragraphs run through the whole report. For each level its style, format, what is
# printed, start, and how it is indented.
LISTS = [
    [
        ("Heading1", "chineseCounting", "%1.", 2, 'w:left="567" w:hanging="567"'),
        ("Heading2", "upperLetter", "%2.", 1, 'w:left="567" w:hanging="567"'),
    ],
    [
        ("Numbered", "decimal", "%1.", 1, 'w:left="0" w:firstLine="0"'),
        ("Item", "lowerLetter", "(%2)", 1, 'w:left="567" w:firstLine="0"'),
        ("SubItem", "chineseCounting", "（%3）", 1, 'w:left="1701" w:hanging="567"'),
    ],
]
STYLE_OF = dict(zip(["chapter", "section", "paragraph", "item", "sub-item"],
                    [level[0] for levels in LISTS for level in levels]))


def part(root, body, more=""):
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:{root} xmlns:w="{W}" xmlns:r="{R}"{more}>{body}</w:{root}>')


def style(id, name, runs, spacing, outline=None):
    number = ""
    for num, levels in enumerate(LISTS, 1):
        for at, level in enumerate(levels):
            if level[0] == id:
                number = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'
    outline = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    base = '<w:basedOn w:val="Normal"/>' if id != "Normal" else ""
    default = ' w:default="1"' if id == "Normal" else ""
    return (f'<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/>{base}<w:pPr>{number}'
            f'<w:spacing w:before="{spacing}" w:after="120"/>{outline}</w:pPr><w:rPr>{runs}</w:rPr></w:style>')


styles = part("styles", (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}"/><w:sz w:val="21"/>'
    f'<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + style("Normal", "Normal", "", 0)
    + style("Heading1", "heading 1", '<w:b/><w:sz w:val="30"/>', 360, 0)
    + style("Heading2", "heading 2", '<w:b/><w:sz w:val="24"/>', 240, 1)
    + style("Numbered", "Numbered paragraph", "", 0)
    + style("Item", "Item", "", 0)
    + style("SubItem", "Sub-item", "", 0)))


def level(at, style_id, form, text, start, indent):
    return (f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style_id}"/>'
            f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind {indent}/></w:pPr></w:lvl>')


numbering = part("numbering", (
    "".join(f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>'
            + "".join(level(at, *row) for at, row in enumerate(levels)) + "</w:abstractNum>"
            for id, levels in enumerate(LISTS))
    + "".join(f'<w:num w:numId="{id + 1}"><w:abstractNumId w:val="{id}"/></w:num>' for id in range(len(LISTS)))
    # Under the last chapter the sections begin at B.
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="2"/>'
    '</w:lvlOverride></w:num>'))


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def paragraph(kind, label, text):
    own = ""
    if (kind, label) == ("section", "B."):
        own = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    symbol = LINK.split("/", 3)[3]
    before, found, after = text.partition(symbol)
    runs = run(before) + (f'<w:hyperlink r:id="link">{run(found)}</w:hyperlink>' if found else "") + run(after)
    return f'<w:p><w:pPr><w:pStyle w:val="{STYLE_OF[kind]}"/>{own}</w:pPr>{runs}</w:p>'


units = [line.split("\t") for line in (here / "units.tsv").read_text(encoding="utf-8").splitlines()]
document = part("document", "<w:body>" + "".join(paragraph(*unit) for unit in units)
                + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
                  'w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body>')

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{TYPE}.numbering+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="main" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="styles" Type="{R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="numbering" Type="{R}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="link" Type="{R}/hyperlink" Target="{LINK}" TargetMode="External"/></Relationships>',
    "word/document.xml": document,
    "word/styles.xml": styles,
    "word/numbering.xml": numbering,
}
target = here / "cybercrime.docx"
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
    for name, text in parts.items():
        # The same bytes on every run.
        package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
if "--no-pdf" not in sys.argv:
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", here, target], check=True)
