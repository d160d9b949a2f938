#!/usr/bin/env python3
"""Makes the PDFs beside it, each of a shape that real reports have; all words are our own.

    pip install reportlab arabic-reshaper python-bidi pillow && python3 make.py

The fonts DejaVu Serif and DejaVu Sans have to be there (Debian: fonts-dejavu). The same script
makes the same files.
"""

import io
from pathlib import Path

import arabic_reshaper
from bidi.algorithm import get_display
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
DEJAVU = "/usr/share/fonts/truetype/dejavu/"
WIDTH, HEIGHT = 595, 842

pdfmetrics.registerFont(TTFont("Serif", DEJAVU + "DejaVuSerif.ttf"))
pdfmetrics.registerFont(TTFont("Serif-Bold", DEJAVU + "DejaVuSerif-Bold.ttf"))
pdfmetrics.registerFont(TTFont("Sans", DEJAVU + "DejaVuSans.ttf"))
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


class Page:
    """A canvas written on from the upper left corner."""

    def __init__(self, name, **how):
        self.bytes = io.BytesIO()
        self.canvas = Canvas(self.bytes, (WIDTH, HEIGHT), invariant=1, pageCompression=1, **how)
        self.name = name

    def text(self, x, y, text, font="Serif", size=10):
        """Writes a line; what stands between ^ signs is raised and small."""
        out = self.canvas.beginText(x, HEIGHT - y)
        for n, part in enumerate(text.split("^")):
            out.setFont(font, size * (0.6 if n % 2 else 1))
            out.setRise(size * 0.35 if n % 2 else 0)
            out.textOut(part)
        self.canvas.drawText(out)

    def right(self, x, y, text, font="Serif", size=10):
        self.text(x - pdfmetrics.stringWidth(text, font, size), y, text, font, size)

    def centred(self, y, text, font="Serif", size=10):
        self.text((WIDTH - pdfmetrics.stringWidth(text, font, size)) / 2, y, text, font, size)

    def lines(self, x, y, text, step=13, **how):
        for line in text.strip("\n").split("\n"):
            self.text(x, y, line.strip(), **how)
            y += step
        return y

    def justified(self, x, y, width, text, step=12, size=9):
        """Writes lines filled to a width by wider spaces, the last of a paragraph as it comes."""
        for paragraph in text.strip("\n").split("\n\n"):
            lines = fill(paragraph.split(), width, size)
            for n, words in enumerate(lines):
                free = width - pdfmetrics.stringWidth(" ".join(words), "Serif", size)
                space = pdfmetrics.stringWidth(" ", "Serif", size)
                if n + 1 < len(lines):
                    space += free / max(1, len(words) - 1)
                at = x
                for word in words:
                    self.text(at, y, word, "Serif", size)
                    at += pdfmetrics.stringWidth(word, "Serif", size) + space
                y += step
        return y

    def rule(self, x, y, to):
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, HEIGHT - y, to, HEIGHT - y)

    def turn(self):
        self.canvas.showPage()

    def save(self):
        self.canvas.save()
        (HERE / self.name).write_bytes(self.bytes.getvalue())
        return self.bytes.getvalue()


def fill(words, width, size):
    lines = [[]]
    for word in words:
        if pdfmetrics.stringWidth(" ".join(lines[-1] + [word]), "Serif", size) > width:
            lines.append([])
        lines[-1].append(word)
    return lines


def report(name="report.pdf", **how):
    page = Page(name, **how)
    page.text(70, 50, "United Nations", size=14)
    page.right(525, 50, "X/12/345")
    page.rule(70, 56, 525)
    page.text(70, 80, "General Meeting", "Serif-Bold", 18)
    page.lines(380, 74, "Distr.: General\n3 May 2023\n\nOriginal: English")
    page.rule(70, 124, 525)
    page.lines(70, 140, "Twelfth session\nAgenda item 7", font="Serif-Bold")
    page.centred(190, "Report of the Group on Rivers", "Serif-Bold", 14)
    page.text(70, 230, "I. Introduction", "Serif-Bold", 12)
    page.lines(
        100,
        256,
        """1. The Group met from 2 to 5 May 2023.^1^ It was opened by its Chair, who
        spoke of the \ufb01rst \ufb02oods of the year and of an area of 300 km^2^ that well-
        known maps leave out.""",
    )
    page.lines(100, 308, "2. The Group thanks the Secretariat^2^ and the States that took part.")
    page.rule(70, 700, 170)
    page.lines(76, 714, "^1^ See X/12/300, paras. 3 and 4, and the list of speakers in the annex\nto that report.", 11, size=8)
    page.text(76, 738, "^2^ X/12/301.", size=8)
    page.text(70, 790, "23-04567 (E)    040523")
    page.text(70, 802, "*2304567*", "Serif-Bold", 12)
    page.turn()

    page.text(70, 50, "X/12/345", "Serif-Bold", 8.5)
    page.text(100, 90, "3. The flow of four rivers was as follows.")
    page.text(100, 116, "Table 1", size=9)
    page.text(100, 128, "Flow of rivers", "Serif-Bold", 9)
    page.rule(100, 136, 500)
    page.text(100, 146, "River", size=7)
    page.right(320, 146, "2021", size=7)
    page.right(410, 146, "2022", size=7)
    page.right(500, 146, "Change", size=7)
    page.rule(100, 150, 500)
    rows = [
        ("Upper Alva", "1 204", "1 311", "107"),
        ("Lower Alva, with the branch", "980", "870", "(110)"),
        ("Brenn", "77", "75", "(2)"),
        ("Total", "2 261", "2 256", "(5)"),
    ]
    for n, row in enumerate(rows):
        y = 164 + 14 * n
        page.text(100, y, row[0], size=9)
        for x, cell in zip((320, 410, 500), row[1:]):
            page.right(x, y, cell, size=9)
    page.rule(100, 212, 500)
    y = page.lines(
        100,
        240,
        """4. The Group recommends that States should:
        (a) Measure the flow of their rivers each month and tell the others of it;
        (b) Hold back no water in the months of June and July.""",
        18,
    )
    page.text(70, y + 14, "II. Closing", "Serif-Bold", 12)
    page.lines(
        100,
        y + 40,
        """5. At its last meeting the Group took note of the statement of its Chair and
        closed its session. The next one will be held in""",
    )
    page.text(70, 790, "2/3", "Serif-Bold", 8.5)
    page.right(525, 790, "23-04567", size=7)
    page.turn()

    page.right(525, 50, "X/12/345", "Serif-Bold", 8.5)
    page.text(100, 90, "the spring of the next year.")
    page.text(70, 790, "23-04567", size=7)
    page.right(525, 790, "3/3", "Serif-Bold", 8.5)
    return page.save()


SPEECH = """
The President: I declare open the third meeting of this session, at which we shall hear those who
asked to speak about rivers, lakes and the sea that they run into in the end.

Mr. Alder (Northland): My country has more lakes than any other, and nobody has counted them all.
We say so every year and shall say so again when the next report of the Group is before us, for what
is not counted is not kept, and what is not kept is lost.

Ms. Birch (Southland): We have one river only. It is short, and it is clean, and we thank those who
live above us for keeping it so. We would ask them to go on with what they do, and to tell us in time
when the water rises, as it did in the spring, when two bridges were carried away in one night.
"""


def columns():
    page = Page("columns.pdf")
    page.text(70, 50, "X/PV.3", "Serif-Bold", 8.5)
    page.centred(90, "Third meeting of the twelfth session of the General Meeting", "Serif-Bold", 12)
    page.justified(70, 120, 215, SPEECH)
    page.justified(310, 120, 215, SPEECH.replace("river", "brook").replace("lakes", "ponds"))
    page.right(525, 800, "3/3", size=8.5)
    return page.save()


def chinese():
    page = Page("zh.pdf")
    song = {"font": "STSong-Light"}
    page.centred(80, "河流问题工作组报告", "STSong-Light", 16)
    page.text(70, 120, "一. 导言", size=14, **song)
    page.lines(
        90,
        150,
        """1. 工作组于2023年5月2日至5日举行了会议。主席在开幕发言中谈到
        今年的第一次洪水，并感谢与会各国。""",
        20,
        size=11,
        **song,
    )
    page.lines(90, 200, "2. 工作组建议各国：\n(a) 每月测量河流流量；\n(b) 六月和七月不截流。", 20, size=11, **song)
    page.centred(800, "- 1 -", "STSong-Light", 9)
    return page.save()


def arabic():
    page = Page("ar.pdf")
    lines = [
        (70, 525, 14, "تقرير الفريق المعني بالأنهار"),
        (110, 525, 10, "1 - اجتمع الفريق من 2 إلى 5 أيار/مايو 2023 (انظر X/12/300)."),
        (126, 525, 10, "وشكر الفريق الأمانة العامة والدول التي شاركت في أعماله."),
        (150, 500, 10, "(أ) قياس تدفق الأنهار كل شهر؛"),
    ]
    for y, x, size, text in lines:
        page.right(x, y, get_display(arabic_reshaper.reshape(text)), "Sans", size)
    return page.save()


def scan(name, with_text):
    page = Page(name)
    if with_text:
        page.lines(70, 90, "1. The Group met in May.\n2. What follows is a copy of a letter.")
        page.turn()
    picture = Image.new("1", (300, 420), 1)
    drawing = ImageDraw.Draw(picture)
    for y in range(40, 380, 14):
        drawing.line((40, y, 260, y), 0, 3)
    page.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    return page.save()


def by_hand(name, objects, trailer="", before=b"", prev=None):
    """A PDF written out object by object."""
    out = bytearray(before + b"%PDF-1.4\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out) - len(before))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    xref = len(out) - len(before)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    loop = f" /Prev {xref}" if prev else ""
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{loop} {trailer}>>\nstartxref\n{xref}\n%%EOF\n".encode()
    (HERE / name).write_bytes(out)


def stream(content):
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"


def one_page(kids="3 0 R", content="BT /F 12 Tf 72 700 Td (One line of text.) Tj ET"):
    return [
        CATALOG,
        f"<< /Type /Pages /Kids [{kids}] /Count 1 /MediaBox [0 0 595 842] >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        stream(content),
        FONT,
        # Draws itself, twice.
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> "
        + stream("/X Do /X Do")[3:],
    ]


def main():
    whole = report()
    (HERE / "truncated.pdf").write_bytes(whole[: len(whole) * 6 // 10])
    report("password.pdf", encrypt=StandardEncryption("secret", "owner", strength=128))
    report("locked.pdf", encrypt=StandardEncryption("", "owner", strength=128, canPrint=0))
    columns()
    chinese()
    arabic()
    scan("scan.pdf", False)
    scan("part-scan.pdf", True)
    by_hand("junk-before.pdf", one_page(), before=b"\r\n<!-- sent by a gateway -->\r\n")
    by_hand("no-pages.pdf", [CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"])
    by_hand("no-text.pdf", one_page(content="0 0 m 100 100 l S"))
    by_hand("cyclic-tree.pdf", one_page(kids="2 0 R 3 0 R 2 0 R"))
    by_hand("cyclic-xref.pdf", one_page(), prev=True)
    by_hand("cyclic-form.pdf", one_page(content="/X Do BT /F 12 Tf 72 700 Td (After the form.) Tj ET"))
    two = one_page(kids="3 0 R 7 0 R") + [
        "<< /Type /Page /Parent 2 0 R /Contents 8 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        stream("BT /F 12 Tf 72 700 Td (A second page.) Tj ET"),
        "<< /Type /Page /Parent 2 0 R >>",
    ]
    by_hand("cut-off.pdf", two)
    cut = (HERE / "cut-off.pdf").read_bytes()
    (HERE / "cut-off.pdf").write_bytes(cut[: cut.index(b"9 0 obj") + 20])
    (HERE / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)


if __name__ == "__main__":
    main()
