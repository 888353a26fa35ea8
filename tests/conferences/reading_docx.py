"""Reading a .docx back element by element, as a clerk with the annex of the decree in hand would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def paragraphs(document: Any) -> list[Paragraph]:
    """Every paragraph in reading order, those in the cells of tables too."""
    found: list[Paragraph] = []
    for element in document.element.body.iter(qn("w:p")):
        found.append(Paragraph(element, document))
    return found


def text_of(document: Any) -> str:
    return "\n".join(one.text for one in paragraphs(document))


def line(document: Any, start: str) -> Paragraph:
    """The first paragraph that begins with some words."""
    return next(one for one in paragraphs(document) if one.text.startswith(start))


def looks(paragraph: Paragraph) -> tuple[float, bool, bool]:
    """Size in points, bold, italic of a paragraph's first run."""
    run = paragraph.runs[0]
    size = run.font.size or Pt(0)
    return size.pt, bool(run.bold), bool(run.italic)


def rule_after(document: Any, start: str) -> tuple[int, int] | None:
    """The length of the line drawn under some words, as (left, right) indents in EMU; None when there is none."""
    every = paragraphs(document)
    at = next(number for number, one in enumerate(every) if one.text.startswith(start))
    below = every[at + 1]
    if below._p.find(f".//{qn('w:pBdr')}") is None:
        return None
    shape = below.paragraph_format
    return int(shape.left_indent or 0), int(shape.right_indent or 0)


def rows(document: Any, at: int) -> Iterator[list[str]]:
    """The rows of a table."""
    for row in document.tables[at].rows:
        yield [cell.text for cell in row.cells]
