"""The matrix: sentences of a document × units, with the count and the kind of answer in each cell.

A cell is a part of the text × a unit with all under it. It counts the distinct lines that answer something of the part
and those that only touch it, and of its sentences how many are answered, only touched, left open with a reason, silent.
A sentence of which a unit neither was asked (:mod:`~soichieu.links.queries.asking`) nor said anything is none of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from numpy.typing import NDArray

from soichieu.documents.models import Document, Edition, Provision
from soichieu.links.offered import NATURES
from soichieu.links.queries.asking import Asking, asking
from soichieu.links.queries.crowd import Crowd, crowd_of
from soichieu.links.queries.decided import Decided, decided
from soichieu.links.queries.outline import Node, Outline, outline_of
from soichieu.organisation.askers import Asker

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNASKED, SILENT, OPEN, TOUCHED, ANSWERED = range(-1, 4)
"""The state of one sentence in one column, the stronger one counts. What is unasked is counted nowhere."""

KINDS: dict[str, Promise] = {
    "nobody": gettext_lazy("nobody answers"),
    "silent": pgettext_lazy("matrix", "somebody is silent"),
    "open": gettext_lazy("left open, with a reason"),
    "touched": gettext_lazy("only touched"),
    "answered": pgettext_lazy("matrix", "answered"),
}
"""What the rows may be narrowed to. The first looks at the whole row, the others at each cell."""
_STATE_OF = {"silent": SILENT, "open": OPEN, "touched": TOUCHED, "answered": ANSWERED}

MOST_COLUMNS = 80
MOST_CELLS = 2_600
FEW_ROWS = 60
"""At first the tree is opened as deep as it stays within so many rows."""


@dataclass(frozen=True)
class Asked:
    """What the address asks. ``node``: the key of the part that is opened; ``depth``: how many levels of it (0: as many
    as fit); ``under``: the unit whose level is shown; ``unit``: that one column alone; ``natures``: none means all."""

    node: str = ""
    depth: int = 0
    under: int | None = None
    unit: int | None = None
    natures: frozenset[str] = frozenset()
    show: str = ""
    everyone: bool = False
    page: int = 1
    side: int = 1

    @classmethod
    def of(cls, data: Mapping[str, str], natures: Sequence[str] = ()) -> Asked:
        """Read a query; what cannot be read counts as not asked."""
        return cls(
            node=data.get("node", ""),
            depth=_number(data.get("depth")) or 0,
            under=_number(data.get("under")),
            unit=_number(data.get("unit")),
            natures=frozenset(natures) & {str(one) for one in NATURES},
            show=data.get("show", "") if data.get("show", "") in KINDS else "",
            everyone=data.get("units") == "all",
            page=_number(data.get("page")) or 1,
            side=_number(data.get("side")) or 1,
        )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


@dataclass(frozen=True)
class Row:
    """One line: a part or a sentence. Each array has one number for each column: ``items`` distinct lines that answer,
    ``touching`` those that only touch, and sentences by state (silent, left open, touched, answered). ``any_state``:
    over all columns together, sentences by their strongest state; ``by_column``: columns by their strongest state. A
    sentence that asks no column, and a column that no sentence of the row asks, is in none of them."""

    node: Node
    items: Ints
    touching: Ints
    states: Ints
    any_state: tuple[int, int, int, int]
    by_column: tuple[int, int, int, int]

    @property
    def sentences(self) -> int:
        return sum(self.any_state)


@dataclass
class Matrix:
    """What was asked, laid out; a page of rows is made when it is drawn, all of them for an export."""

    document: Document
    edition: Edition | None
    asked: Asked
    outline: Outline
    crowd: Crowd
    shown: Ints
    """The columns shown: positions in ``crowd.columns``."""
    order: Ints
    """The nodes kept, in reading order."""
    depth: int
    deepest: int
    base: int
    leaves: Bools
    state: NDArray[np.int8]
    """Nodes × columns: the state of each sentence; rows of parts mean nothing."""
    _at: Ints = field(repr=False)
    _column: Ints = field(repr=False)
    _item: Ints = field(repr=False)
    _answers: Bools = field(repr=False)
    gone: int = 0
    """Pairs about sentences that the newest text no longer has."""

    @cached_property
    def per_page(self) -> int:
        return max(20, MOST_CELLS // max(1, len(self.shown)))

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.order) // self.per_page))

    @property
    def page(self) -> int:
        return min(max(self.asked.page, 1), self.pages)

    @property
    def sides(self) -> int:
        """How many pages of columns."""
        return max(1, -(-len(self.crowd.columns) // MOST_COLUMNS))

    def rows(self) -> list[Row]:
        """The rows of the page."""
        start = (self.page - 1) * self.per_page
        return [self.row(int(at)) for at in self.order[start : start + self.per_page]]

    def all_rows(self) -> list[Row]:
        """Every row kept, for an export."""
        return [self.row(int(at)) for at in self.order]

    def row(self, at: int) -> Row:
        """One line, counted."""
        end = int(self.outline.leave[at])
        many = len(self.crowd.columns)
        kept = self.leaves[at:end]
        states = self.state[at:end][kept]
        by_state = np.stack([(states == one).sum(axis=0) for one in range(4)]).astype(np.int64)
        low, high = np.searchsorted(self._at, [at, end])
        items, touching = _distinct(self._item[low:high], self._column[low:high], self._answers[low:high], many)
        return Row(
            node=self.outline.nodes[at],
            items=items[self.shown],
            touching=touching[self.shown],
            states=by_state[:, self.shown],
            any_state=_by_strongest(states, axis=1),
            by_column=_by_strongest(states, axis=0),
        )

    @cached_property
    def totals(self) -> Ints:
        """States × columns shown: sentences of the part that is opened, by state; over all kept, not only this page."""
        start, end = self._span
        states = self.state[start:end][self.leaves[start:end]][:, self.shown]
        return np.stack([(states == one).sum(axis=0) for one in range(4)]).astype(np.int64)

    @cached_property
    def whole(self) -> tuple[int, int, int, int]:
        """Sentences of the part that is opened, by their strongest state over all columns of the level."""
        start, end = self._span
        return _by_strongest(self.state[start:end][self.leaves[start:end]], axis=1)

    @property
    def sentences(self) -> int:
        """How many sentences of the part that is opened, of the natures asked, ask a column of the level."""
        return sum(self.whole)

    @property
    def elsewhere(self) -> int:
        """How many more gave their task only to units that stand in no column of the level."""
        start, end = self._span
        return int(self.leaves[start:end].sum()) - self.sentences

    @property
    def _span(self) -> tuple[int, int]:
        return (0, len(self.outline.nodes)) if self.base < 0 else (self.base, int(self.outline.leave[self.base]))


def matrix_of(asker: Asker, document: Document, asked: Asked) -> Matrix:
    """The matrix of a document that the asker sees, over the units that the asker sees."""
    edition = document.editions.order_by("-ordinal").first()
    outline = outline_of(edition) if edition is not None else EMPTY
    stands = decided(document)
    crowd = crowd_of(asker, document, stands, under=asked.under, everyone=asked.everyone)
    leaves = outline.leaf & np.isin(outline.nature, list(asked.natures)) if asked.natures else outline.leaf.copy()
    at, column, item, answers, gone = _placed(outline, crowd, stands, leaves)
    state = _states(outline, crowd, stands, asking(document), at, column, answers)
    shown = _shown(crowd, asked)
    base = outline.by_key.get(asked.node, -1)
    keep = _kept_leaves(state, leaves, asked.show, shown)
    order, depth, deepest = _order(outline, keep, base, asked.depth)
    return Matrix(
        document=document, edition=edition, asked=asked, outline=outline, crowd=crowd, shown=shown, order=order,
        depth=depth, deepest=deepest, base=base, leaves=leaves, state=state, _at=at, _column=column, _item=item,
        _answers=answers, gone=gone,
    )  # fmt: skip


_NONE = np.empty(0, np.int64)
EMPTY = Outline([], _NONE, _NONE, _NONE, np.empty(0, bool), np.empty(0, object), {}, {})


def _placed(outline: Outline, crowd: Crowd, stands: Decided, leaves: Bools) -> tuple[Ints, Ints, Ints, Bools, int]:
    """The pairs by node, in reading order: node, column, line, whether it answers; and how many have no node now."""
    node = _nodes(outline, stands.identity)
    column = crowd.of_units(stands.unit)
    gone = int(((node < 0) & (column >= 0)).sum())
    # A pair about a sentence of another nature is not counted; one about a whole part is.
    inside = (node >= 0) & (column >= 0)
    if len(leaves):
        inside &= leaves[np.maximum(node, 0)] | ~outline.leaf[np.maximum(node, 0)]
    kept = np.flatnonzero(inside)
    kept = kept[np.argsort(node[kept], kind="stable")]
    return node[kept], column[kept], stands.item[kept], stands.answers[kept], gone


def _nodes(outline: Outline, identities: Ints) -> Ints:
    known = outline.of_identity
    return np.array([known.get(one, -1) for one in identities.tolist()], np.int64)


def _states(
    outline: Outline, crowd: Crowd, stands: Decided, told: Asking, at: Ints, column: Ints, answers: Bools
) -> NDArray[np.int8]:
    state = np.full((len(outline.nodes), len(crowd.columns)), UNASKED, np.int8)
    state[:, crowd.concerned] = SILENT
    node = _nodes(outline, told.identities)
    state[node[node >= 0]] = UNASKED
    given_at, given_column = node[told.sentence], crowd.of_units(told.units)[told.unit]
    there = (given_at >= 0) & (given_column >= 0)
    state[given_at[there], given_column[there]] = SILENT
    open_at, open_column = _nodes(outline, stands.open_identity), crowd.of_units(stands.open_unit)
    there = (open_at >= 0) & (open_column >= 0)
    state[open_at[there], open_column[there]] = OPEN
    state[at[~answers], column[~answers]] = TOUCHED
    state[at[answers], column[answers]] = ANSWERED
    return state


def _by_strongest(states: NDArray[np.int8], axis: int) -> tuple[int, int, int, int]:
    """Along an axis the strongest state of each, counted by state; who is unasked throughout is not counted."""
    return tuple(np.bincount(states.max(axis=axis, initial=UNASKED) + 1, minlength=5)[1:].tolist())


def _distinct(item: Ints, column: Ints, answers: Bools, many: int) -> tuple[Ints, Ints]:
    """Distinct lines that answer, and those that touch and answer nothing here, by column."""
    answering = np.unique(item[answers], return_index=True)
    touching, first = np.unique(item[~answers], return_index=True)
    alone = ~np.isin(touching, answering[0])
    return (
        np.bincount(column[answers][answering[1]], minlength=many),
        np.bincount(column[~answers][first[alone]], minlength=many),
    )


def _shown(crowd: Crowd, asked: Asked) -> Ints:
    if asked.unit is not None:
        one = [at for at, column in enumerate(crowd.columns) if column.unit == asked.unit]
        if one:
            return np.array(one, np.int64)
    sides = max(1, -(-len(crowd.columns) // MOST_COLUMNS))
    start = (min(max(asked.side, 1), sides) - 1) * MOST_COLUMNS
    return np.arange(start, min(start + MOST_COLUMNS, len(crowd.columns)))


def _kept_leaves(state: NDArray[np.int8], leaves: Bools, show: str, shown: Ints) -> Bools:
    if not show:
        return leaves
    if show == "nobody":
        strongest = state.max(axis=1, initial=UNASKED)
        return leaves & (strongest > UNASKED) & (strongest < ANSWERED)
    return leaves & (state[:, shown] == _STATE_OF[show]).any(axis=1)


def _order(outline: Outline, keep: Bools, base: int, depth: int) -> tuple[Ints, int, int]:
    """The nodes shown in reading order, how many levels that is, and how many there are at most."""
    start, end = (0, len(outline.nodes)) if base < 0 else (base, int(outline.leave[base]))
    some = np.concatenate(([0], np.cumsum(keep)))
    nodes = np.arange(start, end)
    nodes = nodes[some[outline.leave[nodes]] > some[nodes]] if len(nodes) else nodes
    if not len(nodes):
        return nodes, depth or 1, 1
    level = outline.depth[nodes] - (outline.depth[base] if base >= 0 else -1)
    # Of an opened part its own row stands first, at level 0.
    deepest = max(1, int(level.max()))
    if depth <= 0:
        sizes = np.cumsum(np.bincount(level, minlength=deepest + 1))
        depth = max(1, int((sizes <= FEW_ROWS).sum()) - 1)
    depth = min(depth, deepest)
    return nodes[level <= depth], depth, deepest


def nature_choices(outline: Outline) -> list[tuple[str, str]]:
    """The natures that occur among the sentences, in the order of natures."""
    there = set(outline.nature[outline.leaf].tolist())
    return [(str(one.value), str(one.label)) for one in Provision.Nature if one.value in there]
