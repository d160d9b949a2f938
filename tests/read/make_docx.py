#!/usr/bin/env python3
"""Writes small DOCX files beside this script, in docx/, each for one thing that Word can do. What
they must be read as stands in the .lines file of the same name.

Python's standard library only."""

import zipfile
from pathlib import Path

here = Path(__file__).resolve().parent / "docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def part(root, body, w=W, r=R):
    return (f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{w}" xmlns:r="{r}" xmlns:mc="{MC}" '
            f'xmlns:m="{M}" xmlns:v="urn:schemas-microsoft-com:vml">{body}</w:{root}>')


def write(name, body, w=W, r=R, main=TYPE + ".document.main+xml", **parts):
    """`parts` are the insides of styles, numbering, settings, footnotes, endnotes, header1, footer1 …"""
    roots = {"header": "hdr", "footer": "ftr"}
    files, types, relations = {}, "", ""
    for part_name, inside in parts.items():
        kind = part_name.rstrip("0123456789")
        files[f"word/{part_name}.xml"] = part(roots.get(kind, kind), inside, w, r)
        types += f'<Override PartName="/word/{part_name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        relations += f'<Relationship Id="{part_name}" Type="{r}/{kind}" Target="{part_name}.xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" '
                               f'ContentType="{main}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="main" '
                       f'Type="{r}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>", w, r),
        **files,
    }
    with zipfile.ZipFile(here / name, "w") as package:
        for file, text in files.items():
            package.writestr(zipfile.ZipInfo(file, (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def t(text, **looks):
    said = "".join(f'<w:{look} w:val="{value}"/>' if value is not True else f"<w:{look}/>"
                   for look, value in looks.items())
    said = f"<w:rPr>{said}</w:rPr>" if said else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, style=None, num=None, more=""):
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        said += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    runs = "".join(run if run.startswith("<") else t(run) for run in runs)
    return f"<w:p><w:pPr>{said}{more}</w:pPr>{runs}</w:p>"


def style(id, name, more="", runs="", base=None, kind="paragraph"):
    base = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{name}"/>{base}<w:pPr>{more}</w:pPr>'
            f"<w:rPr>{runs}</w:rPr></w:style>")


def row(*cells):
    return "<w:tr>" + "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows):
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def field(code, *result):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return mark("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + mark("separate") + "".join(result) + mark("end")


def call(id, kind="footnote", more=""):
    return f'<w:r><w:{kind}Reference {more} w:id="{id}"/></w:r>'


def note(id, *runs, kind="footnote", ref=True):
    ref = f"<w:r><w:{kind}Ref/></w:r>" if ref else ""
    return f'<w:{kind} w:id="{id}">{p(ref + t(" "), *runs)}</w:{kind}>'


def level(at, format, text, start=1, more=""):
    return (f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def lists(*levels, uses=("",)):
    return (f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
            + "".join(f'<w:num w:numId="{id}"><w:abstractNumId w:val="0"/>{more}</w:num>' for id, more in enumerate(uses, 1)))


def box(*blocks):
    return f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"


# What stands inside a paragraph.
write("inline.docx", "".join([
    p("One", "<w:r><w:tab/></w:r>", "tab, a line", "<w:r><w:br/></w:r>", "ended by hand."),
    p("Pasted first.", "<w:r><w:br/><w:br/></w:r>", "Pasted second."),
    p("A/RES/79/257", "<w:r><w:noBreakHyphen/></w:r>", "B, co", "<w:r><w:softHyphen/></w:r>", "operation &amp; &#8220;more&#8221;"),
    p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', " 5, ", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'),
    p("See ", field("REF x", t("paragraph "), field("PAGE", t("7"))), " and ", '<w:fldSimple w:instr="DATE">' + t("May") + "</w:fldSimple>", "."),
    p("A ", f'<w:hyperlink r:id="x">{t("link")}</w:hyperlink>', ", a ", f"<w:smartTag>{t('tag')}</w:smartTag>",
      ", ", f"<w:sdt><w:sdtPr/><w:sdtContent>{t('a control')}</w:sdtContent></w:sdt>", ", ",
      f"<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "."),
    f"<w:sdt><w:sdtPr/><w:sdtContent>{p('A paragraph in a control.')}</w:sdtContent></w:sdt>",
    p("Seen ", t("hidden", vanish=True), "words", '<w:r><w:commentReference w:id="0"/></w:r>', "."),
    p(t("All bold", b=True)), p(t("All italic", i=True)), p(t("Half ", b=True), "bold"),
    p(t("Large", sz=40), more='<w:jc w:val="center"/>'),
]))

# Changes that were tracked.
deleted = '<w:del w:id="1"><w:r><w:delText>{}</w:delText></w:r></w:del>'.format
write("tracked.docx", "".join([
    p("The Group ", deleted("never "), f"<w:ins>{t('gladly ')}</w:ins>", "met."),
    p("Its end is deleted, ", more="<w:rPr><w:del/></w:rPr>"), p("so the next goes on."),
    p(f"<w:moveFrom>{t('Moved words')}</w:moveFrom>"),
    p(f"<w:moveTo>{t('Moved words')}</w:moveTo>"),
    p("A table:"), table(row("Kept", "row"), "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("Gone") + "</w:tc><w:tc>" + p("row") + "</w:tc></w:tr>", row("Last", "row")),
]))

# Headings of all origins.
write("headings.docx", "".join([
    p("The title", style="Title"), p("Chapter of New York", style="HCh"), p("Section of Geneva", style="RegH1G"),
    p("Deeper", style="H23"), p("By its name", style="a1"), p("By what it is based on", style="based"),
    p("By its outline", style="outlined"), p("By its own outline", more='<w:outlineLvl w:val="2"/>'),
    p("Switched off", style="outlined", more='<w:outlineLvl w:val="9"/>'), p("Agenda item 5", style="AgendaItem"),
    p("Text.", style="unknown"),
]), styles=style("Title", "Title") + style("HCh", "_ H _Ch", '<w:outlineLvl w:val="0"/>') + style("H23", "_ H_2/3")
    + style("RegH1G", "Reg_H_1_G") + style("a1", "heading 2") + style("based", "My own", base="a1")
    + style("outlined", "Other", '<w:outlineLvl w:val="3"/>') + style("AgendaItem", "Agenda_Item", base="a1"))

# Numbers: by paragraph, by style, switched off, with a start of their own, bullets.
levels = [level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Chapter"/>'),
          level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/><w:pStyle w:val="Numbered"/>'),
          level(2, "lowerLetter", "(%3)", more='<w:suff w:val="space"/>'), level(3, "bullet", "\uf0b7")]
again = '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>'
write("numbers.docx", "".join([
    p("Work", style="Chapter"), p("It met.", style="Numbered"), p("Typed by hand.", style="Numbered", num=(0, 0)),
    p("It will:", style="Numbered"), p("act;", num=(1, 2)), p("rest.", num=(1, 2)), p("Again:", num=(2, 2)),
    p("A bullet", num=(1, 3)), p("Outlook", style="Chapter"), p("It rose.", style="Based"), p("Lost", num=(9, 0)),
]), numbering=lists(*levels, uses=("", again)),
    styles=style("Chapter", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    + style("Numbered", "Numbered", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>') + style("Based", "Based", base="Numbered"))

# Notes: numbers by section, signs of their own, endnotes in small Roman.
section = "<w:sectPr><w:footnotePr><w:numRestart w:val='eachSect'/></w:footnotePr></w:sectPr>"
write("notes.docx", "".join([
    p("First", call(2), " and second", call(1), ".", more=section),
    p("Again first", call(3), ", a sign", '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>',
      ", an end", call(1, "endnote"), "."), section]),
    footnotes='<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    + note(1, "Called second.") + note(2, "Called first.") + note(3, "In section 2.") + note(4, "* By a sign.", ref=False) + note(5, "Never called."),
    endnotes=note(1, "At the end.", kind="endnote"))

# Tables: rows, merged cells, tables in tables, and tables that only place text.
long = "The Secretariat should report to the Committee at its next session on how this was put into practice, in full."
write("tables.docx", "".join([
    p("Text before."), table(row("Year", "Sum"), row("2024", p("1") + p("2")), row("", ""), row("2025", table(row("a", "b")) + p("c"))),
    p("A box:"), table(row(p("Boxed text.") + p("More of it."))),
    table(row("1.\t" + long, "4. " + long), row("2. " + long, "3. " + long)),
]))

# Boxes stand once, behind the paragraph they hang on.
drawn = f"<w:drawing><wps>{box(p('In a box.'), p('Still in it.'))}</wps></w:drawing>"
drawn_old = f"<w:pict><v:textbox>{box(p('In a box.'))}</v:textbox></w:pict>"
write("boxes.docx", "".join([
    p("Before ", f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{drawn_old}</mc:Fallback></mc:AlternateContent></w:r>', "and behind."),
    p(f"<w:r><w:pict><v:textbox>{box(p('An old box.'))}</v:textbox></w:pict></w:r>"), p("End."),
]))

# Notes set by hand at the foot of the first page, in a frame and in a box; what only begins with stars.
frame = '<w:framePr w:w="9792" w:h="432" w:wrap="around" w:vAnchor="page" w:x="1201" w:y="12766"/>'
tab = "<w:r><w:tab/></w:r>"
write("frames.docx", "".join([
    p("Report* of the Group**"), p(tab, "*", tab, "Reissued on 27 April.", more=frame),
    p("Text.", f"<w:r><w:pict><v:textbox>{box(p('** A/81/50.'), p('* * *'), p('In a box.'))}</v:textbox></w:pict></w:r>"),
    p("* An entry typed by hand."), p("*****", more=frame),
    table(row("Lakes", "2*"), row("Rivers", "3")), p("* Between two pages.", more=frame), table(row("Seas", "4")), p("End.")]))

# Pages, and what stands at their head and foot.
breaks = "<w:r><w:lastRenderedPageBreak/></w:r>"
edges = ('<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="default" r:id="header2"/>'
         '<w:footerReference w:type="default" r:id="footer1"/><w:titlePg/></w:sectPr>')
write("pages.docx", "".join([
    p("Page one."), p("Begins here", breaks, " and ends on page two."), p(breaks, "Page three."),
    p('<w:r><w:br w:type="page"/></w:r>'), p(breaks, "Page four."), p("Page five.", more="<w:pageBreakBefore/>"), edges]),
    header1=table(row("United Nations", "A/1/2"), row("General Assembly", "Distr.: General")),
    header2=p("A/1/2", "<w:r><w:tab/></w:r>", field("PAGE", t("2"))), footer1=p("26-00001 (E)"))

# Nothing says where pages ended but one break by hand.
write("unpaged.docx", "".join([
    p("Page one."), p('<w:r><w:br w:type="page"/></w:r>'), p("Who knows which page."), p("Nor this.", more="<w:pageBreakBefore/>")]))

# A list of contents: printed text like other text.
write("contents.docx", "".join([
    p("Contents", style="TOCHeading"),
    p(field("TOC", t("I. Introduction"), "<w:r><w:tab/></w:r>", field("PAGEREF x", t("2"))), style="TOC1"),
    p("Introduction", style="Heading1"), p("Text.")]),
    styles=style("Heading1", "heading 1", '<w:outlineLvl w:val="0"/>') + style("TOC1", "toc 1")
    + style("TOCHeading", "TOC Heading", '<w:outlineLvl w:val="9"/>', base="Heading1"))

write("strict.docx", p("Strict."), w=STRICT_W, r=STRICT_R)
write("macros.docm", p("With macros."), main=MACRO)
