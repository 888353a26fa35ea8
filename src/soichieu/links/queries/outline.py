"""The tree of an edition as the matrix walks it: parts down to sentences and table rows, numbered in reading order.

What is no content (letterhead, legal bases, signature …) is left out. A point that is one sentence is one line: both
identities lead to it. Editions never change, so what was read once is kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soichieu.documents.models import Edition, Provision, TableRow

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_CONTENT = frozenset(
    {
        *("letterhead", "title", "preamble", "basis", "enacting", "signature", "recipients"),
        *("caption", "note", "addressee"),
    }
)
KEPT = 16
"""So many editions are kept in memory."""


@dataclass(frozen=True)
class Node:
    """A line of the tree. ``key`` is the identity for addresses, empty for a group of table rows, which has none;
    ``number`` its label as printed, ``citation`` its place in full."""

    identity: int
    key: str
    citation: str
    number: str
    words: str
    nature: str
    depth: int
    leaf: bool


@dataclass(frozen=True)
class Outline:
    """The nodes in reading order: the subtree of node ``i`` is ``i … leave[i] - 1``. ``of_identity`` leads from an
    identity (database id) to its node."""

    nodes: list[Node]
    parent: Ints
    leave: Ints
    depth: Ints
    leaf: Bools
    nature: NDArray[np.object_]
    of_identity: dict[int, int]
    by_key: dict[str, int]

    def path(self, at: int) -> list[int]:
        """The nodes above one, the outermost first, itself last."""
        way: list[int] = []
        while at >= 0:
            way.append(at)
            at = int(self.parent[at])
        return way[::-1]


@dataclass
class _Making:
    nodes: list[Node] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    leave: list[int] = field(default_factory=list)
    of_identity: dict[int, int] = field(default_factory=dict)

    def open(self, parent: int, **about: Any) -> int:
        at = len(self.nodes)
        depth = self.nodes[parent].depth + 1 if parent >= 0 else 0
        self.nodes.append(Node(depth=depth, **about))
        self.parent.append(parent)
        self.leave.append(at + 1)
        if about["identity"]:
            self.of_identity[about["identity"]] = at
        return at

    def close(self, at: int) -> None:
        self.leave[at] = len(self.nodes)


_kept: dict[int, Outline] = {}


def outline_of(edition: Edition) -> Outline:
    """The tree of an edition; two queries the first time."""
    found = _kept.get(edition.pk)
    if found is None:
        found = _read(edition)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[edition.pk] = found
    return found


def forget_outlines() -> None:
    """Empty the memory: tests use one id for many editions."""
    _kept.clear()


def _read(edition: Edition) -> Outline:
    provisions = list(edition.provisions.select_related("identity").defer("edition").order_by("ordinal"))
    rows = list(edition.rows.select_related("identity").order_by("table", "ordinal"))
    children: dict[int | None, list[Provision]] = {}
    for one in provisions:
        children.setdefault(one.parent_id, []).append(one)
    tables = {table["id"]: number for number, table in enumerate(edition.reading.get("tables", []), 1)}
    rows_of: dict[int, list[TableRow]] = {}
    for row in rows:
        rows_of.setdefault(row.table, []).append(row)
    making = _Making()
    for one in children.get(None, []):
        _provision(making, one, -1, children, tables, rows_of)
    for number in sorted(rows_of):  # tables that stand nowhere in the tree
        _rows(making, rows_of[number], -1)
    nature = np.empty(len(making.nodes), object)
    nature[:] = [one.nature for one in making.nodes]
    return Outline(
        nodes=making.nodes,
        parent=np.array(making.parent, np.int64),
        leave=np.array(making.leave, np.int64),
        depth=np.array([one.depth for one in making.nodes], np.int64),
        leaf=np.array([one.leaf for one in making.nodes], bool),
        nature=nature,
        of_identity=making.of_identity,
        by_key={one.key: at for at, one in enumerate(making.nodes) if one.key},
    )


def _provision(
    making: _Making,
    one: Provision,
    parent: int,
    children: dict[int | None, list[Provision]],
    tables: dict[str, int],
    rows_of: dict[int, list[TableRow]],
) -> None:
    if one.kind in NO_CONTENT:
        return
    below = [child for child in children.get(one.pk, []) if child.kind not in NO_CONTENT]
    held = rows_of.pop(tables[one.citation], []) if one.kind == "table" and one.citation in tables else []
    single = below[0] if len(below) == 1 and not one.heading and not held else None
    if single is not None and not children.get(single.pk):
        at = making.open(parent, **_about(single, leaf=True) | {"number": one.label or single.label})
        making.of_identity[one.identity_id] = at
        return
    if one.kind == "table" and not held and not one.heading and not one.text.strip():
        return
    at = making.open(parent, **_about(one, leaf=not below and not held))
    for child in below:
        _provision(making, child, at, children, tables, rows_of)
    _rows(making, held, at)
    making.close(at)


def _about(one: Provision, *, leaf: bool) -> dict[str, Any]:
    return {
        "identity": one.identity_id,
        "key": one.identity.key,
        "citation": one.citation,
        "number": one.label,
        "words": " ".join((one.heading or one.text).split()),
        "nature": one.nature,
        "leaf": leaf,
    }


def _rows(making: _Making, rows: list[TableRow], parent: int) -> None:
    for heading, held in _groups(rows):
        at = parent
        if heading:
            at = making.open(
                parent,
                identity=0,
                key="",
                citation=held[0].row_id.rpartition(".")[0],
                number="",
                words=" ".join(heading.split()),
                nature="task",
                leaf=False,
            )
        for row in held:
            making.open(
                at,
                identity=row.identity_id,
                key=row.identity.key,
                citation=row.row_id,
                number=row.number,
                words=" ".join(row.text.split()),
                nature="goal" if row.table_kind == "targets" else "task",
                leaf=True,
            )
        if heading:
            making.close(at)


def _groups(rows: list[TableRow]) -> Iterator[tuple[str, list[TableRow]]]:
    held: list[TableRow] = []
    for row in rows:
        if held and row.group != held[0].group:
            yield held[0].group, held
            held = []
        held.append(row)
    if held:
        yield held[0].group, held
