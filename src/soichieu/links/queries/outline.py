"""The tree of an edition as the matrix walks it: parts down to the sentences and rows that a line may answer.

Its leaves are those of ``links.offered``; what leads to none (letterhead, viewpoints, signature …) is left out. A point
that is one sentence is one line: both identities lead to it. Editions never change, so a tree is kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soichieu.documents.models import Edition, Provision, TableRow
from soichieu.links.offered import ROWS, Offered, offered

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

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
        """End a node that was opened for others; without a leaf under it it is taken out again."""
        if len(self.nodes) > at + 1:
            self.leave[at] = len(self.nodes)
            return
        gone = self.nodes.pop()
        self.parent.pop()
        self.leave.pop()
        if self.of_identity.get(gone.identity) == at:
            del self.of_identity[gone.identity]


_kept: dict[tuple[int, str], Outline] = {}


def outline_of(edition: Edition) -> Outline:
    """The tree of an edition; two queries the first time."""
    name = (edition.pk, f"{edition.text_hash} {edition.made_at.isoformat()}")
    found = _kept.get(name)
    if found is None:
        found = _read(edition)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[name] = found
    return found


def _read(edition: Edition) -> Outline:
    provisions = list(edition.provisions.select_related("identity").order_by("ordinal"))
    children: dict[int | None, list[Provision]] = {}
    for one in provisions:
        children.setdefault(one.parent_id, []).append(one)
    rows_of: dict[int, list[TableRow]] = {}
    for row in edition.rows.filter(table_kind__in=ROWS).select_related("identity").order_by("table", "ordinal"):
        rows_of.setdefault(row.table, []).append(row)
    tables = {table["id"]: number for number, table in enumerate(edition.reading.get("tables", []), 1)}
    walk = _Walk(offered(edition), children, tables, rows_of)
    for one in children.get(None, []):
        walk.provision(one, -1)
    for number in sorted(rows_of):  # tables that stand nowhere in the tree
        walk.rows(rows_of[number], -1)
    made = walk.made
    nature = np.empty(len(made.nodes), object)
    nature[:] = [one.nature for one in made.nodes]
    return Outline(
        nodes=made.nodes,
        parent=np.array(made.parent, np.int64),
        leave=np.array(made.leave, np.int64),
        depth=np.array([one.depth for one in made.nodes], np.int64),
        leaf=np.array([one.leaf for one in made.nodes], bool),
        nature=nature,
        of_identity=made.of_identity,
        by_key={one.key: at for at, one in enumerate(made.nodes) if one.key},
    )


@dataclass
class _Walk:
    offered: Offered
    children: dict[int | None, list[Provision]]
    tables: dict[str, int]
    rows_of: dict[int, list[TableRow]]
    made: _Making = field(default_factory=_Making)

    def provision(self, one: Provision, parent: int) -> None:
        below = self.children.get(one.pk, [])
        held = self.rows_of.pop(self.tables[one.citation], []) if one.citation in self.tables else []
        if one.identity_id in self.offered.by_identity:
            self.made.open(parent, **_about(one), leaf=True)
        elif len(below) == 1 and not one.heading and below[0].identity_id in self.offered.by_identity:
            at = self.made.open(parent, **{**_about(below[0]), "number": one.label or below[0].label}, leaf=True)
            self.made.of_identity[one.identity_id] = at
            below = []
        elif below or held:
            at = self.made.open(parent, **_about(one), leaf=False)
            for child in below:
                self.provision(child, at)
            self.rows(held, at)
            self.made.close(at)

    def rows(self, rows: list[TableRow], parent: int) -> None:
        for heading, held in _groups(rows):
            at = parent
            if heading:
                place = held[0].row_id.rpartition(".")[0]
                words = " ".join(heading.split())
                about = {"identity": 0, "key": "", "citation": place, "number": "", "words": words, "nature": "task"}
                at = self.made.open(parent, **about, leaf=False)
            for row in held:
                self.made.open(
                    at,
                    identity=row.identity_id,
                    key=row.identity.key,
                    citation=row.row_id,
                    number=row.number,
                    words=" ".join(row.text.split()),
                    nature=Provision.Nature.GOAL if row.table_kind == "targets" else Provision.Nature.TASK,
                    leaf=True,
                )
            if heading:
                self.made.close(at)


def _about(one: Provision) -> dict[str, Any]:
    return {
        "identity": one.identity_id,
        "key": one.identity.key,
        "citation": one.citation,
        "number": one.label or _ordinal(one),
        "words": " ".join((one.heading or one.text).split()),
        "nature": one.nature,
    }


def _ordinal(one: Provision) -> str:
    """The number of a sentence in its paragraph, "(2)"; what has no label and is no sentence has none."""
    return f"({one.citation.rpartition('.s')[2]})" if one.kind == "sentence" and ".s" in one.citation else ""


def _groups(rows: list[TableRow]) -> Iterator[tuple[str, list[TableRow]]]:
    """The rows under their headings, in order; one nameless group where a table has none."""
    held: list[TableRow] = []
    for row in rows:
        if held and row.group != held[0].group:
            yield held[0].group, held
            held = []
        held.append(row)
    if held:
        yield held[0].group, held
