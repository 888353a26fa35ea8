"""The tree beside its source: one row for each stretch of the file's text, with what was read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from soichieu.documents.storing import span_of

SURE, LIKELY = 0.85, 0.6


@dataclass
class Leaf:
    """A node as the page of an upload shows it."""

    citation: str
    kind: str
    label: str
    heading: str
    text: str
    nature: str
    confidence: float
    depth: int
    # The doubtful places of a page are numbered, so that one can go from the head of the page to the first.
    doubt_number: int = 0

    @property
    def doubt(self) -> str:
        """ "" when the reader is sure, else ``likely`` or ``guess``."""
        return "" if self.confidence >= SURE else "likely" if self.confidence >= LIKELY else "guess"


@dataclass
class Beside:
    """A stretch of the source, and the nodes that begin there."""

    source: str
    nodes: list[Leaf] = field(default_factory=list)


def rows_beside(tree: Sequence[Mapping[str, Any]], source_text: str) -> list[Beside]:
    """Leaves cover the source without overlap, so each gives a row; what holds it stands with its first leaf."""
    parents = {node.get("parent") for node in tree}
    divided = {node.get("parent") for node in tree if node["kind"] == "sentence"}
    depth: dict[str | None, int] = {None: -1}
    rows: list[Beside] = []
    waiting: list[Leaf] = []
    for node in tree:
        depth[node["id"]] = depth.get(node.get("parent"), -1) + 1
        waiting.append(
            Leaf(
                node["id"],
                node["kind"],
                node.get("label") or "",
                node.get("heading") or "",
                "" if node["id"] in divided else node.get("text") or "",
                node.get("nature") or "",
                float(node.get("confidence", 1.0)),
                depth[node["id"]],
            )
        )
        if node["id"] not in parents:
            start, end = span_of(node)
            rows.append(Beside(source_text[start:end] if start is not None else "", waiting))
            waiting = []
    doubtful = (leaf for row in rows for leaf in row.nodes if leaf.doubt)
    for number, leaf in enumerate(doubtful, 1):
        leaf.doubt_number = number
    if waiting:
        rows.append(Beside("", waiting))
    return rows
