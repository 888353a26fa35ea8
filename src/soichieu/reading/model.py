"""A reading: what was found in a file, in the shape that is kept, shown and exported."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any


def text_hash(*parts: str) -> str:
    """SHA-256 over the parts, each on a line; runs of white space count as one space."""
    joined = "\n".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class Source:
    """Where a provision lies in ``Reading.text``.

    ``start``, ``end``: its extent. Extents of leaves are disjoint and together cover every non-blank character: a
    leaf takes with it the labels and headings that stand before it. ``text_start``, ``text_end``: its own words
    alone (the heading, or the sentence). ``page`` from 1, 0 where the format has none.
    """

    start: int
    end: int
    text_start: int
    text_end: int
    page: int = 0

    def to_json(self) -> dict[str, int]:
        found = {"start": self.start, "end": self.end, "text_start": self.text_start, "text_end": self.text_end}
        if self.page:
            found["page"] = self.page
        return found


@dataclass(slots=True)
class Provision:
    """A node of the tree. ``id`` is the citation (path and ordinal), unique in the reading; ``label`` as printed."""

    id: str
    parent: str | None
    kind: str
    label: str
    heading: str
    text: str
    confidence: float
    source: Source
    nature: str = ""

    @property
    def hash(self) -> str:
        """Over heading and text, not over label or place: a moved or renumbered provision keeps it."""
        return text_hash(self.heading, self.text)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "parent": self.parent,
            "kind": self.kind,
            "nature": self.nature or None,
            "label": self.label,
            "heading": self.heading,
            "text": self.text,
            "hash": self.hash,
            "confidence": round(self.confidence, 2),
            "source": self.source.to_json(),
        }


@dataclass(slots=True)
class Table:
    """A table. ``kind`` is tasks, targets or other; ``id`` is that of its provision; rows are ready for JSON."""

    id: str
    kind: str
    caption: str
    columns: list[str]
    rows: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "caption": self.caption,
            "columns": self.columns,
            "rows": self.rows,
        }


@dataclass(slots=True)
class Reading:
    """All that was read from one file. ``text`` is the source text (NFC) that every span counts in."""

    text: str
    reader: str
    document: dict[str, Any]
    provisions: list[Provision] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def leaves(self) -> list[Provision]:
        """Provisions without children, in the order of the text."""
        parents = {provision.parent for provision in self.provisions}
        return [provision for provision in self.provisions if provision.id not in parents]

    def to_json(self) -> dict[str, Any]:
        """The reading as plain lists and dictionaries, the shape that ``soichieu read --format json`` prints."""
        return {
            "document": self.document,
            "provisions": [provision.to_json() for provision in self.provisions],
            "tables": [table.to_json() for table in self.tables],
            "citations": self.citations,
            "warnings": self.warnings,
            "reader": self.reader,
            "source_text": self.text,
        }
