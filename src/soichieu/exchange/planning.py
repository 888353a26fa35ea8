"""Each row of a tracking sheet against what stands in the book: what is new, and what its status would still say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from soichieu.documents.models import Document
from soichieu.exchange.tracking import DONE, STARTED, SUBMITTED, Line
from soichieu.language.text import comparison_key
from soichieu.ledger import clock
from soichieu.ledger.fold import Answer, answer_for
from soichieu.ledger.fold.answer import fold_columns
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.ledger.standing import are_given
from soichieu.organisation.queries import UnitView

# What a status writes, and in which lifecycles that says something new.
KINDS = {DONE: Kind.CLAIMED, STARTED: Kind.STARTED, SUBMITTED: Kind.SUBMITTED}
_BEFORE = frozenset({"absent", "not_started", "no_published_data", "in_progress", "submitted", "returned"})
EFFECTIVE = {
    Kind.CLAIMED: _BEFORE,
    Kind.SUBMITTED: _BEFORE - {"submitted"},
    Kind.STARTED: frozenset({"absent", "not_started", "no_published_data", "returned"}),
}


@dataclass(frozen=True)
class Planned:
    """One row of the sheet and what it will write. ``kind`` empty: nothing but the obligation itself, if that.

    ``requirement``: code of the one that stands already, or empty for a new one. ``new`` says that the unit does not
    owe it yet; ``why_not`` says why the status writes nothing.
    """

    line: Line
    unit: UnitView
    code: str
    requirement: str
    new: bool
    kind: str
    happened_on: dt.date
    certain: bool
    why_not: str = ""


@dataclass
class Known:
    """The requirements that a directive has, and the codes that the sheet's tasks get."""

    by_title: dict[str, Requirement]
    codes: set[str]
    given: dict[str, str]

    @classmethod
    def of(cls, directive: Document) -> Known:
        found = list(Requirement.objects.filter(directive=directive).exclude(status=Requirement.Status.DROPPED))
        codes = set(Requirement.objects.filter(directive=directive).values_list("code", flat=True))
        return cls({comparison_key(one.title): one for one in found}, codes, {})

    def code_of(self, line: Line) -> tuple[str, str]:
        """(code, the same when it stands already else empty) of a line's task. One task in many rows has one code."""
        key = comparison_key(line.task)
        there = self.by_title.get(key)
        if there is not None:
            return there.code, there.code
        if key not in self.given:
            wanted = line.number if line.number and line.number not in self.codes else ""
            count = len(self.given) + 1
            while not wanted or wanted in self.codes:
                wanted = f"S{count}"
                count += 1
            self.codes.add(wanted)
            self.given[key] = wanted
        return self.given[key], ""


def _owed(directive: Document) -> dict[tuple[str, int], int]:
    """(code, unit) → the obligation that stands already."""
    there = are_given(Obligation.objects.filter(requirement__directive=directive, period="", part_of=None))
    return {(code, unit): pk for pk, code, unit in there.values_list("pk", "requirement__code", "unit_id")}


def planned(drafts: Sequence[tuple[Line, UnitView, str, str]], directive: Document, as_at: dt.date) -> list[Planned]:
    """Each row against what stands in the book: what is new, and what the status would still change."""
    owed = _owed(directive)
    book = _Book.of([owed[code, unit.id] for _line, unit, code, _there in drafts if (code, unit.id) in owed])
    rows = []
    for line, unit, code, there in drafts:
        pk = owed.get((code, unit.id))
        said = line.done_on if line.status == DONE and line.done_on else as_at
        day = max(said, line.given_on or directive.signed_on)
        kind = str(KINDS.get(line.status, ""))
        why = book.why_not(pk, kind, day) if kind and pk is not None else ""
        kind = "" if why else kind
        rows.append(Planned(line, unit, code, there, pk is None, kind, day, line.done_on is not None, why))
    return rows


@dataclass
class _Book:
    """What stands about some tasks: their states, and what sheets told of them before (task, kind → day, voided)."""

    now: Answer | None
    told: Mapping[tuple[int, str], list[tuple[dt.date, bool]]]
    days: dict[dt.date, Answer]

    @classmethod
    def of(cls, obligations: Sequence[int]) -> _Book:
        lines = Entry.objects.filter(obligation__in=obligations)
        voids = set(lines.filter(kind=Kind.VOIDED).values_list("obligation_id", "voids"))
        told: dict[tuple[int, str], list[tuple[dt.date, bool]]] = {}
        of_sheets = lines.filter(source_room="ledger", source_kind="sheet")
        for pk, kind, day, position in of_sheets.values_list("obligation_id", "kind", "happened_on", "position"):
            told.setdefault((pk, kind), []).append((day, (pk, position) in voids))
        return cls(answer_for(obligations, clock.today()) if obligations else None, told, {})

    def why_not(self, pk: int, kind: str, day: dt.date) -> str:
        """Why a status says nothing new of a task; empty when it does. What a sheet told before is told again by a
        later day only (it was returned since, or given again); a line that was voided, by any other day."""
        told = self.told.get((pk, kind), [])
        if any(day == before if voided else day <= before for before, voided in told):
            return _("taken over from a sheet before")
        if all(state.cell(pk).lifecycle in EFFECTIVE[Kind(kind)] for state in self._states(day)):
            return ""
        if any(not voided for _day, voided in told):
            return _("taken over from a sheet before")
        return _("the book is further than the sheet")

    def _states(self, day: dt.date) -> Iterable[Answer]:
        """The tasks as they stand today and as they stood on a day: a line has effect in the state of its own day."""
        if self.now is not None:
            yield self.now
            if day not in self.days:
                self.days[day] = fold_columns(self.now.columns, day, self.now.known)
            yield self.days[day]
