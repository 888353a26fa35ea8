"""What the three makers of test sets share: the real documents, the split, and the form of the TSV files.

The sets were written by hand (``source``), apart from any detector, and nothing here knows one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import pypdfium2 as pdfium

TESTS = Path(__file__).parent.parent
SOURCE = Path(__file__).parent / "source"
DATA = TESTS / "data"
DIRECTIVES = TESTS.parent / "src/soichieu/demo/data/directives"
FDS = DATA / "us-federal-data-strategy"
ALIGNMENT = DATA / "alignment"
LANGUAGES = ("vi", "en")
APART = {"fresh": ">=", "sealed": ">!", "blind": ">?"}
"""The parts that lie in a folder of their own, each with the mark of its blocks."""
ADDED = {">+": "dev"} | {mark: name for name, mark in APART.items()}
"""The part of a block added later, by its mark; a block without one is split between *dev* and *held*."""

FILES = {
    "57": (DIRECTIVES / "57-NQ-TW.txt", "57-NQ/TW"),
    "03": (DIRECTIVES / "03-NQ-CP.md", "03/NQ-CP"),
    "A1": (DIRECTIVES / "03-NQ-CP-annex-1-targets.md", "03/NQ-CP annex I"),
    "A2": (DIRECTIVES / "03-NQ-CP-annex-2-tasks.md", "03/NQ-CP annex II"),
    "ND30": (DATA / "nd30/30_2020_ND_CP.docx", "30/2020/NĐ-CP"),
    "HN12": (DATA / "hanoi/12-2025-QD-UBND.pdf", "12/2025/QĐ-UBND Hà Nội"),
    "HN34": (DATA / "hanoi/34-2025-QD-UBND.pdf", "34/2025/QĐ-UBND Hà Nội"),
    "FDS-P": (FDS / "pages_practices.md", "FDS practices"),
    "FDS-20": (FDS / "pages_2020_action-plan_index.md", "FDS 2020 action plan"),
    "FDS-21A": (FDS / "pages_2021_action-plan_agency-actions.md", "FDS 2021 agency actions"),
    "FDS-21C": (FDS / "pages_2021_action-plan_community-and-shared-actions.md", "FDS 2021 shared actions"),
    "CSF": (DATA / "nist-csf-1.1/core.tsv", "NIST CSF 1.1"),
    "SP66": (ALIGNMENT / "nist-800-66-to-800-53/left.tsv", "NIST SP 800-66"),
    "GDPR": (ALIGNMENT / "gdpr-to-27701/left.tsv", "Regulation (EU) 2016/679"),
}


@dataclass(frozen=True)
class Superior:
    """A real sentence, or a real row of a table with its cells."""

    text: str
    source: str
    deadline: str = ""
    product: str = ""
    leads: str = ""
    cooperators: str = ""


def plain(text: str) -> str:
    """NFC, without the asterisks of Markdown, every run of white space one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("**", "")).strip()


@cache
def document(key: str) -> str:
    """The whole text of a document, made plain."""
    path = FILES[key][0]
    if path.suffix == ".pdf":
        return plain("\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path)))
    if path.suffix != ".docx":
        return plain(path.read_text(encoding="utf-8"))
    with zipfile.ZipFile(path) as packed:
        body = packed.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", body, re.S)
    return plain("\n".join(unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", one))) for one in paragraphs))


@cache
def table(key: str) -> dict[str, tuple[str, ...]]:
    """The rows of an annex by their printed number; the last cell is the group heading above ("Đến năm 2030")."""
    rows: dict[str, tuple[str, ...]] = {}
    group = ""
    for line in FILES[key][0].read_text(encoding="utf-8").splitlines():
        cells = [plain(cell) for cell in line.strip().strip("|").split("|")]
        if re.fullmatch(r"[IVX]+\.?", cells[0]):
            group = cells[1]
        elif re.fullmatch(r"\d+(\.\d+)?\.?", cells[0]):
            rows[cells[0].rstrip(".")] = (*cells[1:], group)
    return rows


def superior(reference: str) -> Superior:
    """Read ``57 | sentence`` (with " … " for all that lies between two ends) or ``A2 62 +d +p``.

    :raises ValueError: when the sentence does not stand in the document, or its beginning stands there twice
        and its end is left open.
    """
    key, _, sentence = (part.strip() for part in reference.partition("|"))
    if not sentence:
        return _row(key)
    if key not in FILES:
        raise ValueError(f"no such document: {key}")
    start, _, end = (plain(part) for part in sentence.partition(" … "))
    whole = document(key)
    if start not in whole or (end and whole.count(start) > 1):
        raise ValueError(f"{key}: found {whole.count(start)} times: {start}")
    begins = whole.index(start)
    stops = whole.index(end, begins + len(start)) + len(end) if end else begins + len(start)
    return Superior(whole[begins:stops], FILES[key][1])


def _row(reference: str) -> Superior:
    annex, number, *columns = reference.split()
    cells, name = table(annex)[number], f"{FILES[annex][1]}, {number}"
    if annex == "A1":
        return Superior(f"{cells[0]} ({cells[1]}): {cells[2]}", name, deadline=cells[-1] if "+d" in columns else "")
    task, leads, cooperators, output, deadline, _group = cells
    return Superior(
        task, name, deadline if "+d" in columns else "", output if "+p" in columns else "", leads, cooperators
    )


def blocks(name: str) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """The blocks of a source file: the reference after ``>``, its part, and the pairs ``key: value`` below it.

    A block marked ``>+`` was added later for whoever builds a detector and is always *dev*; one marked ``>=`` (in
    ``source/fresh``, apart from the others) is *fresh*, one marked ``>!`` (in ``source/sealed``) *sealed*, one marked
    ``>?`` (in ``source/blind``) *blind*: read by nobody before a detector is done. None is counted in the split, so
    that every older block stays in its part.
    """
    head, which, below, position = "", "", list[tuple[str, str]](), 0
    for line in _lines(name):
        if line.startswith(">"):
            if head:
                yield head, which, below
            later = ADDED.get(line[:2])
            which = later or part(position)
            position += not later
            head, below = line[2 if later else 1 :].strip(), []
        elif head and line.strip() and not line.startswith("#"):
            key, _, value = line.partition(":")
            below.append((key.strip(), value.strip()))
    if head:
        yield head, which, below


def _lines(name: str) -> Iterator[str]:
    """A source file, then what later writers wrote of the same set and language."""
    for path in (SOURCE / name, *(SOURCE / one / name for one in APART)):
        if not path.exists():
            continue  # a writer of one set only
        yield from path.read_text(encoding="utf-8").splitlines()


def identity(*texts: str) -> str:
    """An opaque name that says nothing of the class."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:10]


def part(position: int) -> str:
    """Two of every five are held back from whoever builds a detector."""
    return "held" if position % 5 in (1, 3) else "dev"


def written(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    """TSV without quoting: a header line, rows by id, no tab or line break inside a cell."""
    lines = ["\t".join(columns)]
    for row in sorted(rows, key=lambda one: one["id"]):
        cells = [unicodedata.normalize("NFC", row[column]) for column in columns]
        if any("\t" in cell or "\n" in cell for cell in cells):
            raise ValueError(f"a tab or a line break in {row['id']}")
        lines.append("\t".join(cells))
    if len({row["id"] for row in rows}) != len(rows):
        raise ValueError("two rows are the same")
    return "\n".join(lines) + "\n"


def read(path: Path) -> list[dict[str, str]]:
    """Read a set back, as whoever measures a detector reads it."""
    header, *lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def keep(name: str, texts: dict[str, str]) -> None:
    """Write ``tests/data/<name>/<language>.tsv``."""
    folder = DATA / name
    folder.mkdir(exist_ok=True)
    for language, text in texts.items():
        (folder / f"{language}.tsv").write_text(text, encoding="utf-8")
