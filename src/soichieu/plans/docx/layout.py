"""The layout of an administrative document (decree 30/2020/NĐ-CP, annex I), and of a party document, in python-docx.

Words are Vietnamese whatever the language of the page: these are the office's own papers. Sizes are those of the
annex: heading lines 12 to 13, body 14, tables 12, recipients 11 points, all in Times New Roman.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FACE = "Times New Roman"
BODY, HEAD, TABLE, RECIPIENTS = Pt(14), Pt(13), Pt(12), Pt(11)


@dataclass(frozen=True)
class Letterhead:
    """What stands above the title. ``above``: the superior body, empty for none; ``party``: a party organisation, whose
    documents bear the party's heading and not the state's."""

    above: str
    unit: str
    symbol: str
    place: str
    year: int
    party: bool = False


def blank() -> Document:
    """An empty A4 page with the margins of the annex, and the number of the page on top from the second on."""
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FACE, BODY
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _page_number(number)
    return document


def say(
    where: Any, text: str, *, bold: bool = False, italic: bool = False, size: Pt = BODY, align: Any = None,
    before: int = 0, after: int = 0, underline: bool = False,
) -> Paragraph:  # fmt: skip
    """A paragraph with one run of words."""
    paragraph = where.add_paragraph()
    write(paragraph, text, bold=bold, italic=italic, size=size, underline=underline)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def write(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: Pt = BODY,
    underline: bool = False,
) -> None:  # fmt: skip
    """Words at the end of a paragraph."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    run.font.name, run.font.size = FACE, size


def body(document: Document, text: str, *, italic: bool = False, bold: bool = False) -> Paragraph:
    """A paragraph of the text: justified, its first line indented by a centimetre."""
    paragraph = say(document, text, italic=italic, bold=bold, align=ALIGN.JUSTIFY, before=6)
    paragraph.paragraph_format.first_line_indent = Cm(1)
    paragraph.paragraph_format.line_spacing = 1.1
    return paragraph


def letterhead(document: Document, head: Letterhead) -> None:
    """Issuing body and number to the left, the country's (or the party's) heading, place and date to the right."""
    table = _bare_table(document, 2, 2, (Cm(6.2), Cm(10.3)))
    left, right = table.cell(0, 0), table.cell(0, 1)
    if head.above:
        _first(left, head.above.upper(), size=HEAD)
    _first(left, head.unit.upper(), bold=True, size=HEAD)
    if head.party:
        _first(left, "*", size=HEAD)
        _first(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=HEAD, underline=True)
    else:
        _ruled(left, 0.4)
        _first(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=HEAD)
        _first(right, "Độc lập - Tự do - Hạnh phúc", bold=True)
        _ruled(right, 0.62)
    number = f"Số        {head.symbol}" if head.party else f"Số:        {head.symbol}"
    _first(table.cell(1, 0), number, size=HEAD)
    _first(table.cell(1, 1), f"{head.place}, ngày      tháng      năm {head.year}", italic=True)
    for cell in (table.cell(1, 0), table.cell(1, 1)):
        cell.paragraphs[0].paragraph_format.space_before = Pt(4)


def title(document: Document, kind: str, about: Sequence[str]) -> None:
    """The kind of document and what it is about, with the line under it."""
    say(document, kind.upper(), bold=True, align=ALIGN.CENTER, before=14)
    for line in about:
        say(document, line, bold=True, align=ALIGN.CENTER)
    rule = say(document, " ", size=Pt(2), before=3, after=6)
    _line(rule, int(Cm(16.5)), 0.35)


def grid(document: Document, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[Any]) -> None:
    """A ruled table whose head is repeated on every page and whose rows are not broken."""
    table: Any = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        _first(cell, words, bold=True, size=TABLE)
    _mark(table.rows[0], "w:tblHeader")
    for row in rows:
        made = table.add_row()
        _mark(made, "w:cantSplit")
        for cell, words in zip(made.cells, row, strict=True):
            _first(cell, words, size=TABLE, align=ALIGN.LEFT)
    _wide(table, widths)


def closing(document: Document, recipients: Sequence[str], power: Sequence[str]) -> None:
    """Recipients to the left, the place for the signature to the right; who signs, and how, is not ours to say."""
    say(document, "", size=Pt(6))
    table = _bare_table(document, 1, 2, (Cm(8.0), Cm(8.5)))
    _mark(table.rows[0], "w:cantSplit")
    left, right = table.cell(0, 0), table.cell(0, 1)
    _first(left, "Nơi nhận:", bold=True, italic=True, size=TABLE, align=ALIGN.LEFT)
    for one in recipients:
        _first(left, one, size=RECIPIENTS, align=ALIGN.LEFT)
    for one in power:
        _first(right, one, bold=True)
    for _line in range(4):
        _first(right, " ")
    _first(right, "(ký, ghi rõ họ tên)", italic=True, size=RECIPIENTS)


def _first(
    cell: _Cell, text: str, *, bold: bool = False, italic: bool = False, size: Pt = BODY, align: Any = ALIGN.CENTER,
    underline: bool = False,
) -> None:  # fmt: skip
    """The next line of a cell; a new cell comes with one empty paragraph."""
    paragraph = (
        cell.paragraphs[0] if not cell.paragraphs[-1].text and len(cell.paragraphs) == 1 else cell.add_paragraph()
    )
    write(paragraph, text, bold=bold, italic=italic, size=size, underline=underline)
    paragraph.alignment = align


def _ruled(cell: _Cell, share: float) -> None:
    """A line under what stands in a cell, over a share of its width."""
    paragraph = cell.add_paragraph()
    write(paragraph, " ", size=Pt(2))
    _line(paragraph, int(cell.width or Cm(8)), share)


def _line(paragraph: Paragraph, width: int, share: float) -> None:
    """A line above a paragraph, over a share of a width."""
    side = int(width * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _bare_table(document: Document, rows: int, columns: int, widths: Sequence[Any]) -> Any:
    table: Any = document.add_table(rows=rows, cols=columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _wide(table, widths)
    return table


def _wide(table: Any, widths: Sequence[Any]) -> None:
    """Fixed widths: in the grid, which LibreOffice reads, and in every cell, which Word reads."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.name, run.font.size = FACE, HEAD
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar") if kind else OxmlElement("w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
