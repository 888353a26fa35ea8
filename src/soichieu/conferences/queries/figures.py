"""Figures at a cut as the hall and the sites see them: counts, one unit's own, the strip of units; and a sentence.

A cut is of the unit that holds the conference: what that unit sees of the directive, as at the day and as known at the
moment of the cut, at the position its chain had then. The hall screen shows those figures and no others.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from soichieu.conferences.queries.cuts import at_cut
from soichieu.conferences.state import Cut, Shown, State
from soichieu.documents.models import Document, Provision
from soichieu.ledger.coverage import Count, Members, count, mask_of, members
from soichieu.ledger.fold import Answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import from_day
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import Requirement
from soichieu.ledger.queries import requirements_of, visible_mask
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.organisation.permissions import SEEING
from soichieu.web.heat import SIGNS, sign_of

RULE = _("Tasks of the directive by the cut; standing demands are counted beside, waived ones not at all.")


@dataclass(frozen=True)
class Task:
    """One task of a unit at a cut: what, by when, and how it stood. ``late``: days."""

    obligation: int
    title: str
    code: str
    deadline: dt.date | None
    lifecycle: str
    timeliness: str
    verification: str
    late: int


@dataclass(frozen=True)
class Figure:
    """n of N at a cut, whole and by ladder; missing is ``count.n`` None."""

    cut: Cut
    document: Document
    count: Count
    ladders: list[tuple[str | Promise, Count]]

    @property
    def parts(self) -> dict[str, int]:
        """The bar: in time, late, reported (claimed or submitted) beside n."""
        return parts_of(self.count)

    @property
    def open(self) -> int:
        return self.count.of - sum(self.parts.values())


@dataclass(frozen=True)
class Tile:
    """One unit of the strip: its sign is that of its worst task."""

    unit: int
    name: str
    sign: Any
    done: int
    of: int


@dataclass(frozen=True)
class Sentence:
    """A sentence of a directive as published, with its place; the title of the directive has none."""

    text: str
    citation: str
    document: Document
    key: str


def parts_of(one: Count) -> dict[str, int]:
    """The four answers of a count as the bar draws them."""
    done = one.n or 0
    return {"ok": done - one.late, "late": one.late, "claimed": one.submitted + one.awaiting_confirmation}


def _counted(state: State, cut: Cut, folded: Answer, units: np.ndarray | None = None) -> Members:
    """What counts: requirements of the directive, as the unit that holds the conference sees them."""
    holder = Asker(None, None, state.unit, frozenset(SEEING))
    ids = list(
        Requirement.objects.filter(directive_id=cut.directive, status=Requirement.Status.CONFIRMED).values_list(
            "pk", flat=True
        )
    )
    mask = mask_of(folded, requirements=ids, units=units)
    if units is None and (seen := visible_mask(holder, folded)) is not None:
        mask &= seen
    return members(folded, "time", mask)


def figure_of(state: State, cut: Cut, unit: int | None = None) -> Figure:
    """n of N of a directive at a cut; of one unit alone when it is given (holder or first unit)."""
    folded = at_cut(cut)
    some = _counted(state, cut, folded, None if unit is None else np.array([unit], np.int64))
    numbers = some.where(~some.standing)
    document = Document.objects.get(pk=cut.directive)
    codes = {one.pk: one.ladder for one in requirements_of(document)}
    ladders: list[tuple[str | Promise, Count]] = []
    for code, label in Ladder.choices:
        mine = numbers.where(np.isin(numbers.requirement, [pk for pk, ladder in codes.items() if ladder == code]))
        if len(mine):
            ladders.append((label, count(folded, mine)))
    return Figure(cut, document, count(folded, numbers), ladders)


def open_tasks(state: State, cut: Cut, unit: int) -> list[Task]:
    """The tasks of a unit that were not done at a cut, the latest first, then by deadline."""
    folded = at_cut(cut)
    some = _counted(state, cut, folded, np.array([unit], np.int64))
    some = some.where((some.lifecycle != st.DO) & ~some.standing)
    found = Requirement.objects.in_bulk([int(one) for one in np.unique(some.requirement)])
    tasks = [
        Task(
            int(folded.columns.ids[some.rows[at]]), found[int(some.requirement[at])].title,
            found[int(some.requirement[at])].code, from_day(int(some.current[at])), st.LIFECYCLE[some.lifecycle[at]],
            st.TIMELINESS[some.timeliness[at]], st.VERIFICATION[some.verification[at]], int(some.late[at]),
        )
        for at in range(len(some))
    ]  # fmt: skip
    return sorted(tasks, key=lambda one: (-one.late, one.deadline or dt.date.max, one.code))


_ORDER = {code: at for at, code in enumerate(SIGNS)}


def strip_of(state: State, cut: Cut) -> list[Tile]:
    """Every unit at a cut with the sign of its worst task, in the order of the sites, then by name."""
    folded = at_cut(cut)
    some = _counted(state, cut, folded)
    worst: dict[int, str] = {}
    done: dict[int, int] = {}
    many: dict[int, int] = {}
    for at in range(len(some)):
        unit = int(some.unit[at])
        code = sign_of(
            st.LIFECYCLE[some.lifecycle[at]], st.TIMELINESS[some.timeliness[at]], st.VERIFICATION[some.verification[at]]
        )
        if unit not in worst or _ORDER[code] < _ORDER[worst[unit]]:
            worst[unit] = code
        if not some.standing[at]:
            many[unit] = many.get(unit, 0) + 1
            done[unit] = done.get(unit, 0) + int(some.lifecycle[at] == st.DO)
    names = name_of(worst, cut.as_at, short=True)
    place = {site.unit: at for at, site in enumerate(state.ordered_sites)}
    ordered = sorted(worst, key=lambda unit: (place.get(unit, len(place)), names[unit]))
    return [Tile(unit, names[unit], SIGNS[worst[unit]], done.get(unit, 0), many.get(unit, 0)) for unit in ordered]


def sentence_of(identity: str) -> Sentence | None:
    """The newest published words of a sentence, by the id of its identity; None where there are none."""
    if not identity.isdecimal() or len(identity) > 18:
        return None
    provision = (
        Provision.objects.filter(identity_id=int(identity))
        .select_related("edition__document", "identity")
        .order_by("-edition__ordinal")
        .first()
    )
    if provision is None:
        return None
    return Sentence(
        provision.text or provision.heading,
        "" if provision.kind == "title" else provision.citation,
        provision.edition.document,
        provision.identity.key,
    )


def may_show(state: State, cut: Cut, on: dt.date) -> bool:
    """Whether a cut may be shown: each unit had its own figure for one working day before."""
    return cut.shown_from is None or cut.shown_from <= on


def shown_cut(state: State, shown: Shown) -> Cut | None:
    """The cut on the hall screen, if one is."""
    return state.cuts.get(shown.ref)
