"""The layout of an administrative document (decree 30/2020/NĐ-CP, annex I), and of a party document, in python-docx.

Words are Vietnamese whatever the language of the page: these are the office's own papers. Sizes of a state body are
those of the annex, part V; those of a party body follow the guidance of the party's central office (36-HD/VPTW,
annex 3). Everything is in Times New Roman. Number, day and signature are left blank: they are given elsewhere.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from soichieu.documents.papers.widths import width_of
from soichieu.web import instance_flags

__all__ = [
    "ALIGN", "Cm", "Document", "Letterhead", "bare_table", "blank", "body", "bytes_of", "closing", "demonstration",
    "first", "grid", "item", "letterhead", "say", "section", "signatures", "title", "write",
]  # fmt: skip

FACE = "Times New Roman"
# Hyphens between what begins with a digit and goes on without a blank.
_KEPT_WHOLE = re.compile(r"(?<=\d)-(?=\d{1,2}-\d{4}\b)|(?<=\d)-(?=\d{4}\b)|(?<=[/\w])-(?=[A-ZĐ]{1,8}(?:/[A-ZĐ]+)?\b)")
_LETTER = re.compile(r"[^\W\d_]")
BODY, HEAD, TABLE, RECIPIENTS = Pt(14), Pt(13), Pt(12), Pt(11)
CLEAR = Pt(2)
"""Between a rule of a table and its words."""
LONG = 400
"""Letters of a cell; kept whole, a row with a longer one would leave most of a page empty."""
TEXT = Mm(165)
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DEMONSTRATION = "BẢN TRÌNH DIỄN: SỐ LIỆU GIẢ ĐỊNH"


@dataclass(frozen=True)
class Sizes:
    """Points of each element; ``post_bold``: whether the signer's post is bold as the power above it is."""

    nation: Pt = Pt(13)
    unit: Pt = Pt(13)
    number: Pt = Pt(13)
    kind: Pt = Pt(14)
    said: Pt = Pt(12)
    recipients: Pt = Pt(11)
    post_bold: bool = True


STATE = Sizes()
PARTY = Sizes(nation=Pt(15), unit=Pt(14), number=Pt(14), kind=Pt(16), said=Pt(14), recipients=Pt(12), post_bold=False)


@dataclass(frozen=True)
class Letterhead:
    """What stands above the title. ``above``: the superior body, empty for none; ``party``: a party organisation, whose
    documents bear the party's heading and not the state's; ``dated``: whether place and day stand beside the number
    (minutes have none: annex III, form 1.9). ``symbol`` with its mark before it: ``/TB-BHĐ``, ``-TB/TU``; empty for a
    paper that bears no number."""

    above: str
    unit: str
    symbol: str
    place: str
    year: int
    party: bool = False
    dated: bool = True


def blank() -> Document:
    """An empty A4 page with the margins of the annex, and the number of the page on top from the second on."""
    document = new_document()
    section_ = document.sections[0]
    section_.page_width, section_.page_height = Mm(210), Mm(297)
    section_.top_margin = section_.bottom_margin = Mm(20)
    section_.left_margin, section_.right_margin = Mm(30), Mm(15)
    section_.header_distance = Mm(10)
    section_.different_first_page_header_footer = True
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FACE, BODY
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    number = section_.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _page_number(number)
    return document


def demonstration(document: Document) -> None:
    """In an instance that was loaded as a demonstration the paper says so: above the first page's head, and at the foot
    of every other page."""
    if not instance_flags.is_demonstration():
        return
    say(document, DEMONSTRATION, bold=True, align=ALIGN.CENTER, after=4)
    again = document.sections[0].footer.paragraphs[0]
    write(again, DEMONSTRATION, size=RECIPIENTS)
    again.alignment = ALIGN.CENTER


def bytes_of(document: Document, *, title: str, author: str) -> bytes:
    """The finished .docx."""
    document.core_properties.title, document.core_properties.author = title[:255], author[:255]
    document.core_properties.language = "vi-VN"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


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
    """Words at the end of a paragraph. A day (31-3-2026) and a number (15/KH-BHĐ) are not broken at their hyphens."""
    run = paragraph.add_run("")
    for at, part in enumerate(_KEPT_WHOLE.split(text)):
        if at:
            run._r.append(OxmlElement("w:noBreakHyphen"))
        for below, words in enumerate(part.split("\n")):
            if below:
                run.add_break()
            if words:
                run.add_text(words)
    run.bold, run.italic, run.underline = bold, italic, underline
    run.font.name, run.font.size = FACE, size


def body(document: Document, text: str, *, italic: bool = False, bold: bool = False) -> Paragraph:
    """A paragraph of the text: justified, its first line indented by a centimetre."""
    paragraph = say(document, text, italic=italic, bold=bold, align=ALIGN.JUSTIFY, before=6)
    paragraph.paragraph_format.first_line_indent = Cm(1)
    paragraph.paragraph_format.line_spacing = 1.1
    return paragraph


def section(document: Document, text: str, *, capitals: bool = True) -> Paragraph:
    """A heading of the text, kept with what follows: in capitals a numbered section (``I. …``), otherwise a clause."""
    paragraph = body(document, text.upper() if capitals else text, bold=True)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def item(document: Document, text: str, *, lead: str = "") -> Paragraph:
    """A point of the text, its first words (``lead``) bold."""
    paragraph = body(document, lead, bold=True)
    write(paragraph, text)
    return paragraph


def letterhead(document: Document, head: Letterhead) -> None:
    """Issuing body and number to the left, the country's (or the party's) heading, place and date to the right."""
    sizes = PARTY if head.party else STATE
    table = bare_table(document, 2, 2, (Cm(6.2), Cm(10.3)))
    left, right = table.cell(0, 0), table.cell(0, 1)
    if head.above:
        first(left, head.above.upper(), size=sizes.unit)
    first(left, head.unit.upper(), bold=True, size=sizes.unit)
    if head.party:
        first(left, "*", size=sizes.unit)
        first(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=sizes.nation)
        _ruled(right, width_of("ĐẢNG CỘNG SẢN VIỆT NAM", sizes.nation.pt), 1.0)
    else:
        _ruled(left, width_of(head.unit.upper(), sizes.unit.pt), 0.42)
        first(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=sizes.nation)
        first(right, MOTTO, bold=True)
        _ruled(right, width_of(MOTTO, BODY.pt), 1.0)
    if head.symbol:
        number = f"Số        {head.symbol}" if head.party else f"Số:        {head.symbol}"
        first(table.cell(1, 0), number, size=sizes.number)
    if head.dated:
        day = f"{head.place or '…………'}, ngày      tháng      năm {head.year}"
        first(table.cell(1, 1), day, italic=True)
    for cell in (table.cell(1, 0), table.cell(1, 1)):
        cell.paragraphs[0].paragraph_format.space_before = Pt(4)


def title(document: Document, kind: str, about: Sequence[str], *, party: bool = False) -> None:
    """The kind of document and what it is about, with the line under it (a party body writes five hyphens)."""
    say(document, kind.upper(), bold=True, align=ALIGN.CENTER, before=14, size=(PARTY if party else STATE).kind)
    for line in about:
        say(document, line, bold=True, align=ALIGN.CENTER)
    if party:
        say(document, "-----", align=ALIGN.CENTER, after=6)
        return
    rule = say(document, " ", size=Pt(2), before=3, after=6)
    written = min(int(TEXT), width_of(about[-1] if about else kind, BODY.pt))
    _line(rule, int(TEXT), round(written * 0.42))


def grid(document: Document, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[Any]) -> Any:
    """A ruled table whose head is repeated on every page and whose rows are not broken, a row with a very long cell
    excepted. Figures and dates stand in the middle of their column; the marks above a capital (Ể, Ầ) stay clear of the
    rule."""
    table: Any = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        first(cell, words, bold=True, size=TABLE)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _mark(table.rows[0], "w:tblHeader")
    for row in rows:
        made = table.add_row()
        if max(map(len, row)) <= LONG:
            _mark(made, "w:cantSplit")
        for cell, words in zip(made.cells, row, strict=True):
            first(cell, words, size=TABLE, align=ALIGN.LEFT if _LETTER.search(words) else ALIGN.CENTER)
    for paragraph in table._tbl.iter(qn("w:p")):
        shape = Paragraph(paragraph, table).paragraph_format
        shape.space_before = shape.space_after = CLEAR
    _wide(table, widths)
    return table


def closing(
    document: Document, recipients: Sequence[str], power: Sequence[str], *, post: str = "", party: bool = False,
    blank_name: str = "(ký, ghi rõ họ tên)",
) -> None:  # fmt: skip
    """Recipients to the left, the place for the signature to the right. ``power``: lines of the power to sign
    (``TL. BỘ TRƯỞNG``); ``post``: the signer's post under it. Who signs is not ours to say: the name stays blank."""
    sizes = PARTY if party else STATE
    say(document, "", size=Pt(6))
    table = bare_table(document, 1, 2, (Cm(8.0), Cm(8.5)))
    _mark(table.rows[0], "w:cantSplit")
    left, right = table.cell(0, 0), table.cell(0, 1)
    _addressed(left, recipients, party)
    for one in power:
        first(right, one.upper(), bold=True)
    if post:
        first(right, post.upper(), bold=sizes.post_bold)
    _to_sign(right, blank_name)


def signatures(
    document: Document, left: str, right: str, recipients: Sequence[str], *, party: bool = False
) -> None:  # fmt: skip
    """Two signers side by side and the recipients below, as minutes end (decree 30/2020/NĐ-CP, annex III, form 1.9)."""
    say(document, "", size=Pt(6))
    table = bare_table(document, 2, 2, (Cm(8.0), Cm(8.5)))
    _mark(table.rows[0], "w:cantSplit")
    for cell, words in zip(table.rows[0].cells, (left, right), strict=True):
        first(cell, words.upper(), bold=True)
        _to_sign(cell, "(ký, ghi rõ họ tên)")
    _addressed(table.cell(1, 0), recipients, party)


def _addressed(cell: _Cell, recipients: Sequence[str], party: bool) -> None:
    if not recipients:
        return
    sizes = PARTY if party else STATE
    first(cell, "Nơi nhận:", bold=not party, italic=not party, underline=party, size=sizes.said, align=ALIGN.LEFT)
    for one in recipients:
        first(cell, one, size=sizes.recipients, align=ALIGN.LEFT)


def _to_sign(cell: _Cell, words: str) -> None:
    for _ in range(4):
        first(cell, " ")
    first(cell, words, italic=True, size=RECIPIENTS)


def first(
    cell: _Cell, text: str, *, bold: bool = False, italic: bool = False, size: Pt = BODY, align: Any = ALIGN.CENTER,
    underline: bool = False,
) -> None:  # fmt: skip
    """The next line of a cell; a new cell comes with one empty paragraph."""
    paragraph = (
        cell.paragraphs[0] if not cell.paragraphs[-1].text and len(cell.paragraphs) == 1 else cell.add_paragraph()
    )
    write(paragraph, text, bold=bold, italic=italic, size=size, underline=underline)
    paragraph.alignment = align


def _ruled(cell: _Cell, written: int, share: float) -> None:
    """A line under what stands in a cell, over a share of the written line."""
    paragraph = cell.add_paragraph()
    write(paragraph, " ", size=Pt(2))
    room = int(cell.width or Cm(8)) - int(Mm(3.8))  # the margins of a cell
    _line(paragraph, room, round(min(written, room) * share))


def _line(paragraph: Paragraph, room: int, length: int) -> None:
    """A line above a paragraph, ``length`` of the ``room`` (EMU), in its middle."""
    side = max(0, (room - length) // 2)
    # The mark of a paragraph is as high as the body's; the rule stands close under its words all the same.
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders: Any = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # Where the schema of Word wants it: what comes after borders stands after them.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc",
        "w:rPr",
    )  # fmt: skip


def bare_table(document: Document, rows: int, columns: int, widths: Sequence[Any]) -> Any:
    """A table without rules, for what stands side by side."""
    table: Any = document.add_table(rows=rows, cols=columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _wide(table, widths)
    return table


def _wide(table: Any, widths: Sequence[Any]) -> None:
    """Fixed widths: in the grid, which LibreOffice reads, and in every cell, which Word reads."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # Cell by cell of each row: ``column.cells`` would walk the whole table once for each column.
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
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
