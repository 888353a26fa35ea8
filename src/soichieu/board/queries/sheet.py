"""What a unit owes, by when, from which sentence: everything of its sheet that comes from the book."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.urls import reverse

from soichieu.board import links
from soichieu.board.ask import with_query
from soichieu.board.queries.custody import Run, Step, lateness, told
from soichieu.board.queries.cut import _answer as answer_of
from soichieu.board.scale import Scale
from soichieu.documents.dated import Dates, nodes_of
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.coverage import Count, Members, count, members
from soichieu.ledger.fold import Answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import from_day
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import Requirement
from soichieu.ledger.queries import Question, visible_mask
from soichieu.ledger.report import rule_words
from soichieu.ledger.ties import ties_of
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

OWED = (st.NS, st.ND, st.IP, st.SU, st.RE, st.SP)


@dataclass
class LadderCount:
    """n of N of one unit on one ladder of one directive."""

    ladder: str
    label: str
    counted: Count
    rule: str

    @property
    def parts(self) -> dict[str, int]:
        one = self.counted
        if one.n is None:
            return {}
        return {
            "ok": one.in_time + one.without_deadline, "late": one.late,
            "claimed": one.submitted + one.awaiting_confirmation,
        }  # fmt: skip


@dataclass
class OfDirective:
    """What a unit owes of one directive: its counts, and its tasks."""

    directive: Document
    board_url: str
    ladders: list[LadderCount] = field(default_factory=list)
    standing: Count | None = None
    tasks: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Owed:
    """The book's side of a unit's sheet. ``seen`` False: it is not the asker's to see, and everything is empty."""

    question: Question
    answer: Answer
    unit: int
    seen: bool
    rows: np.ndarray
    directives: list[OfDirective] = field(default_factory=list)
    scale: Scale | None = None
    steps: dict[int, list[Step]] = field(default_factory=dict)
    runs: dict[int, list[Run]] = field(default_factory=dict)

    @property
    def tasks(self) -> list[dict[str, Any]]:
        return [task for one in self.directives for task in one.tasks]

    @property
    def open(self) -> int:
        """How many tasks the unit holds and still has to do."""
        return sum(1 for task in self.tasks if task["open"] and not task["gone"])

    @property
    def overdue(self) -> int:
        return sum(1 for task in self.tasks if task["timeliness"] == "overdue" and not task["gone"])

    @property
    def without_data(self) -> int:
        return sum(1 for task in self.tasks if task["lifecycle"] == "no_published_data")


def owed_by(asker: Asker, unit: int, question: Question, query: dict[str, str] | None = None) -> Owed:
    """What a unit owes or took over, on a question, as far as the asker sees it."""
    answer = answer_of(question)
    columns = answer.columns
    visible = permissions.visible_units(asker, on=clock.today())
    mine = ((columns.first_unit == unit) | (answer.holder == unit)) & (answer.lifecycle != st.AB)
    mask = visible_mask(asker, answer)
    if mask is not None:
        mine &= mask
    seen = visible is None or bool(np.isin(unit, visible)) or bool(mine.any())
    in_parts = np.zeros(len(mine), bool)
    parts = (columns.whole >= 0) & (answer.lifecycle != st.AB)
    in_parts[columns.whole[parts]] = True
    # A part that this unit's own whole is done by is told under the whole only when another holds it.
    rows = np.flatnonzero(mine & ~((columns.whole >= 0) & (answer.holder != unit)))
    owed = Owed(question, answer, unit, seen, rows)
    if not len(rows):
        return owed
    for row in rows.tolist():
        owed.steps[row], owed.runs[row] = told(answer, row)
    requirements = Requirement.objects.select_related("directive__chain").in_bulk(
        np.unique(columns.requirement[rows]).tolist()
    )
    owed.scale = _scale(owed)
    owed.directives = _by_directive(owed, requirements, query or {})
    _count(owed, requirements, members(answer, question.basis, mine))  # type: ignore[arg-type]
    return owed


def _scale(owed: Owed) -> Scale:
    answer, as_at = owed.answer, owed.question.as_at
    opened = [answer.columns.day[owed.steps[row][0].line] for row in owed.rows.tolist() if owed.steps[row]]
    first = from_day(min(opened)) if opened else as_at
    days = [
        int(day)
        for name in ("current", "original", "claim")
        for day in getattr(answer, name)[owed.rows]
        if day != st.NO_DAY
    ]
    last = from_day(max(days)) if days else as_at
    # A deadline of 2045 must not press this year's into one point: what lies further stands at the end.
    far = as_at + dt.timedelta(days=max(365, 2 * (as_at - (first or as_at)).days))
    return Scale(first or as_at, min(max(last or as_at, as_at), far), as_at)


def _by_directive(owed: Owed, requirements: dict[int, Requirement], query: dict[str, str]) -> list[OfDirective]:
    answer, columns = owed.answer, owed.answer.columns
    units = {*columns.first_unit[owed.rows].tolist(), *(int(one) for one in answer.holder[owed.rows] if one >= 0)}
    names = name_of(units, owed.question.as_at)
    sentences = _sentences(requirements, owed.question, query)
    found: dict[int, OfDirective] = {}
    ordered = sorted(owed.rows.tolist(), key=lambda row: _rank(owed, requirements, row))
    for row in ordered:
        requirement = requirements[int(columns.requirement[row])]
        directive = requirement.directive
        board = with_query(reverse("board:board", args=[directive.pk]), query)
        group = found.setdefault(directive.pk, OfDirective(directive, board))
        holder, first = int(answer.holder[row]), int(columns.first_unit[row])
        life = int(answer.lifecycle[row])
        late = lateness(answer, row, owed.runs[row])
        due, due0 = from_day(answer.current[row]), from_day(answer.original[row])
        assert owed.scale is not None
        group.tasks.append(
            {
                "id": int(columns.ids[row]),
                "url": links.obligation_url(int(columns.ids[row]), query),
                "code": requirement.code,
                "title": requirement.title,
                "standing": requirement.standing,
                "period": str(columns.period[row]),
                "sentences": sentences.get(requirement.pk, []),
                "due": due,
                "due0": due0,
                "late": int(answer.late[row]),
                "lifecycle": st.LIFECYCLE[life],
                "timeliness": st.TIMELINESS[answer.timeliness[row]],
                "verification": st.VERIFICATION[answer.verification[row]],
                "with": _with(owed, row),
                "open": life in OWED,
                "gone": names[holder] if holder >= 0 and holder != owed.unit else "",
                "from": names[first] if first != owed.unit else "",
                "gone_url": links.unit_url(holder, query) if holder >= 0 and holder != owed.unit else "",
                "from_url": links.unit_url(first, query) if first != owed.unit else "",
                "scale": owed.scale.draw(due=due, due0=due0, done=from_day(answer.claim[row]), late=late),
            }
        )
    return list(found.values())


def _with(owed: Owed, row: int) -> tuple[str, int] | None:
    """Who holds the work now, and for how many days; None for nobody."""
    code = int(owed.answer.clock_with[row])
    runs = owed.runs[row]
    if code == st.H_NOBODY or not runs:
        return None
    return st.HOLDERS[code], runs[-1].last - runs[-1].first


def _rank(owed: Owed, requirements: dict[int, Requirement], row: int) -> tuple[Any, ...]:
    """Newest directive first; then what is late, what is open, what is done; then by deadline."""
    answer = owed.answer
    requirement = requirements[int(answer.columns.requirement[row])]
    signed = requirement.directive.signed_on
    life = int(answer.lifecycle[row])
    group = 0 if answer.timeliness[row] == st.T_OVERDUE or life == st.RE else 1 if life in OWED else 2
    due = int(answer.current[row])
    return (
        -signed.toordinal() if signed else 0,
        requirement.directive_id,
        group,
        due == st.NO_DAY,
        due,
        requirement.ordinal,
        row,
    )


def _sentences(
    requirements: dict[int, Requirement], question: Question, query: dict[str, str]
) -> dict[int, list[tuple[str, str]]]:
    """Requirement → (citation, address) of the sentences that give it, as known on a question."""
    given = {pk: [one for one in ties if one.gives] for pk, ties in ties_of(requirements, question.known_at).items()}
    wanted = {one.identity_id for ties in given.values() for one in ties}
    stood = nodes_of(wanted, Dates(question.as_at, question.known_at))
    return {
        pk: [
            (stood[one.identity_id].place, links.place_url(one.identity.key, query))
            for one in ties
            if one.identity_id in stood
        ]
        for pk, ties in given.items()
    }


def _count(owed: Owed, requirements: dict[int, Requirement], some: Members) -> None:
    """n of N for each directive and ladder; standing requirements beside."""
    some = some.where(some.unit == owed.unit)
    for one in owed.directives:
        mine = [requirement for requirement in requirements.values() if requirement.directive_id == one.directive.pk]
        standing = some.where(some.standing & np.isin(some.requirement, [each.pk for each in mine]))
        one.standing = count(owed.answer, standing) if len(standing) else None
        for ladder in Ladder:
            over = [each for each in mine if each.ladder == ladder]
            here = some.where(~some.standing & np.isin(some.requirement, [each.pk for each in over]))
            if len(here):
                one.ladders.append(
                    LadderCount(ladder.value, str(ladder.label), count(owed.answer, here), rule_words(over))
                )
