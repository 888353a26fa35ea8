"""An edition laid out as a sheet: the text as published, block by block, and its list of contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from soichieu.documents.mending import SENTENCE
from soichieu.documents.models import Edition, Provision, TableRow

PARTS = frozenset({"part", "chapter", "section", "subsection", "roman", "capital", "annex"})
PLAIN = frozenset({"letterhead", "title", "enacting", "recipients", "signature", "caption", "note", "addressee"})
CONTENTS_DEPTH = 2


@dataclass
class Line:
    """One sentence. ``head`` are its words but the last, ``tail`` the last one: the number stands unbroken after it."""

    number: int
    head: str
    tail: str
    citation: str
    identity: int
    key: str


@dataclass
class Block:
    """A stretch of the sheet. ``shape``: part, head, para, table, or a name of ``PLAIN``. ``lines`` of a para."""

    shape: str
    citation: str
    identity: int
    key: str
    label: str = ""
    text: str = ""
    nature: str = ""
    lines: list[Line] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    caption: str = ""

    @property
    def breaks(self) -> bool:
        """Whether the heading stands on a line of its own below its label, as "Chương I" and "PHỤ LỤC II" have it."""
        return self.shape == "part" and " " in self.label.strip() and bool(self.text)

    @property
    def texts(self) -> list[str]:
        """The lines of a block that keeps its lines."""
        return [line for line in self.text.split("\n") if line.strip()]


@dataclass
class Heading:
    """A line of the contents."""

    citation: str
    label: str
    words: str
    depth: int
    identity: int


@dataclass
class Sheet:
    """What the page of an edition draws."""

    blocks: list[Block]
    contents: list[Heading]


def lay_out(edition: Edition) -> Sheet:
    """The sheet of an edition: two queries."""
    provisions = list(edition.provisions.select_related("identity").order_by("ordinal"))
    rows = list(edition.rows.select_related("identity").order_by("ordinal"))
    tables = {table["id"]: (number, table) for number, table in enumerate(edition.reading.get("tables", []), 1)}
    blocks = list(_blocks(provisions, rows, tables))
    shown = {number for number, _table in tables.values()}
    stray = sorted({row.table for row in rows} - shown)
    for number in stray:
        held = [row for row in rows if row.table == number]
        blocks.append(Block("table", f"T{number}", held[0].identity_id, "", rows=held))
    return Sheet(blocks, _contents(provisions))


def _blocks(
    provisions: Sequence[Provision], rows: Sequence[TableRow], tables: dict[str, tuple[int, dict]]
) -> Iterable[Block]:
    divided = {one.parent_id for one in provisions if one.kind == SENTENCE}
    by_pk = {one.pk: one for one in provisions}
    para: Block | None = None
    counts: dict[int | None, int] = {}
    for one in provisions:
        if one.kind == SENTENCE:
            home = by_pk.get(one.parent_id or 0)
            if para is None or home is None or para.identity != home.identity_id:
                if para is not None:
                    yield para
                para = _para(
                    home or one, label="" if home is None or home.heading or one.parent_id in counts else home.label
                )
            counts[one.parent_id] = counts.get(one.parent_id, 0) + 1
            head, _space, tail = one.text.rstrip().rpartition(" ")
            para.lines.append(Line(counts[one.parent_id], head, tail, one.citation, one.identity_id, one.identity.key))
            continue
        if para is not None:
            yield para
            para = None
        if one.heading:
            yield Block(
                "part" if one.kind in PARTS else "head",
                one.citation, one.identity_id, one.identity.key, one.label, one.heading, one.nature,
            )  # fmt: skip
        if one.kind == "table" and one.citation in tables:
            number, table = tables[one.citation]
            yield Block(
                "table", one.citation, one.identity_id, one.identity.key,
                rows=[row for row in rows if row.table == number],
                columns=table.get("columns", []), caption=table.get("caption", ""),
            )  # fmt: skip
        elif one.pk not in divided and one.text:
            yield Block(
                one.kind if one.kind in PLAIN else "para",
                one.citation, one.identity_id, one.identity.key, one.label, one.text, one.nature,
            )  # fmt: skip
        elif one.pk not in divided and not one.heading and one.label:
            yield Block("head", one.citation, one.identity_id, one.identity.key, one.label, "", one.nature)
    if para is not None:
        yield para


def _para(home: Provision, label: str) -> Block:
    return Block("para", home.citation, home.identity_id, home.identity.key, label, nature=home.nature)


def _contents(provisions: Sequence[Provision]) -> list[Heading]:
    headings = [one for one in provisions if one.heading and one.kind not in PLAIN]
    if not headings:
        return []
    top = min(one.depth for one in headings)
    return [
        Heading(
            one.citation, (one.label.split() or [""])[-1].strip(".-–)/:"), one.heading, one.depth - top, one.identity_id
        )
        for one in headings
        if one.depth - top < CONTENTS_DEPTH
    ]
