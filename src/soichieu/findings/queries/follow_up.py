"""What became of conclusions: all occasions together, each with the live state of the tasks that came out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from soichieu.documents.models import Document
from soichieu.documents.rights import visible_documents
from soichieu.findings import occasions
from soichieu.findings.models import ConclusionKind, Kind, Step
from soichieu.findings.queries.shown import Shown, shown
from soichieu.findings.queries.told import published_among
from soichieu.findings.rights import visible_findings
from soichieu.findings.terms import deadline_of
from soichieu.ledger import clock
from soichieu.ledger.coverage import Count, count, mask_of, members
from soichieu.ledger.fold import Answer, Cell
from soichieu.ledger.models import Requirement
from soichieu.ledger.queries import Question, visible_mask
from soichieu.organisation import queries as organisation
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Line
from soichieu.web.dates import TwoDates

State = Step.State
SAID = (State.CONCLUDED, State.IN_NOTICE, State.LEFT_OUT, State.OPENED)
"""What the chair concluded and did not take back: what is followed up."""


@dataclass
class Followed:
    """A conclusion with what became of it. ``count``: over the obligations of its task that the asker sees, None where
    nothing was opened; ``in_part``: of its task others owe what the asker does not see, so that neither the count nor
    the cell tells how it stands with them; ``cell``: the one obligation, where it is one; ``carried``: which report
    will carry it."""

    shown: Shown
    notice: Document | None = None
    notice_seen: bool = False
    requirements: list[Requirement] = field(default_factory=list)
    count: Count | None = None
    in_part: bool = False
    cell: Cell | None = None
    carried: str = ""
    carried_url: str = ""
    carried_on: dt.date | None = None

    @property
    def key(self) -> str:
        return self.shown.key

    @property
    def kind(self) -> str:
        return self.shown.version.conclusion_kind

    @property
    def state(self) -> str:
        return self.shown.state

    @cached_property
    def deadline(self) -> dt.date | None:
        """The day now in force where a task runs, else the one that was concluded."""
        if self.cell is not None and self.cell.current_deadline:
            return self.cell.current_deadline
        return deadline_of(self.shown.version.terms)

    @property
    def given(self) -> bool:
        """A task that a notice gave and that has obligations the asker sees."""
        return self.kind == ConclusionKind.TASK and self.count is not None and self.count.of > 0

    @property
    def done(self) -> bool:
        return self.given and self.count is not None and self.count.n == self.count.of

    @property
    def to_carry(self) -> bool:
        """Something of it is still to be reported: it was not left out, not done, not answered, no mere record."""
        ended = self.done or self.state == State.LEFT_OUT or (self.shown.is_proposal and self.shown.answered)
        return not ended and self.kind != ConclusionKind.RECORD

    @property
    def overdue(self) -> bool:
        return self.count is not None and self.count.overdue > 0


@dataclass(frozen=True)
class Summary:
    """Counts over conclusions, never over obligations: each beside the other, none added to another."""

    tasks: int
    done: int
    overdue: int
    expected: int
    without_book: int
    left_out: int
    standing: int
    proposals: int
    answered: int
    records: int


def follow_up(asker: Asker, two: TwoDates | None = None) -> list[Followed]:
    """The conclusions of all occasions that the asker sees, the newest occasion first and within it as drafted, as at
    a day and as known at a moment (default: now)."""
    made = shown(visible_findings(asker).filter(kind=Kind.CONCLUSION).order_by("pk"), two)
    said = [Followed(one) for one in made if one.state in SAID]
    said.sort(key=lambda one: (-one.shown.on.toordinal(), one.shown.raising.occasion, one.shown.finding.pk))
    with_tasks(asker, said, two)
    return said


def last_time(asker: Asker, two: TwoDates | None = None) -> list[Followed]:
    """Of the newest occasion at which something was concluded what became of each conclusion, as drafted.

    Which occasion: one that the asker's unit, its counterpart or a unit above it held, else the newest of all that the
    asker sees. One that is known by published facts alone is nobody's last time: of it no notice is known.
    """
    made = shown(visible_findings(asker).filter(kind=Kind.CONCLUSION).order_by("pk"), two)
    known = published_among(made)
    said = [one for one in made if one.state in SAID and one.finding.pk not in known]
    if not said:
        return []
    held_by = _house_and_above(asker.unit_id, two.as_at if two else clock.today()) if asker.unit_id else set()
    near = [one for one in said if one.raising.occasion_unit_id in held_by] or said
    newest = max(near, key=lambda one: (one.on, one.raising.pk)).raising
    which = (newest.room, newest.kind, newest.occasion)
    last = [Followed(one) for one in near if (one.raising.room, one.raising.kind, one.raising.occasion) == which]
    with_tasks(asker, last, two)
    return last


def _house_and_above(unit_id: int, on: dt.date) -> set[int]:
    found = {unit_id, *(one for line in Line.values for one in organisation.ancestors(unit_id, line, on))}
    return found | {mate for one in list(found) if (mate := organisation.counterpart_of(one, on)) is not None}


def of_finding(asker: Asker, one: Shown, two: TwoDates | None = None) -> Followed:
    """The same of one conclusion."""
    followed = Followed(one)
    with_tasks(asker, [followed], two)
    return followed


def with_tasks(asker: Asker, said: Iterable[Followed], two: TwoDates | None) -> None:
    """Fill in notices, tasks with their live state, and the reports that will carry them."""
    following: dict[tuple[int, dt.date], occasions.Following | None] = {}
    all_of = list(said)
    seen = _seen(asker, all_of)
    question = Question(two.as_at, two.known_at) if two else Question.now()
    answer: Answer | None = None
    for one in all_of:
        for step in one.shown.steps:
            if step.document is not None and step.step in (State.IN_NOTICE, State.LEFT_OUT, State.OPENED):
                one.notice, one.notice_seen = step.document, step.document_id in seen
            if step.requirement is not None and step.requirement not in one.requirements:
                one.requirements.append(step.requirement)
        if one.requirements:
            answer = answer or question.answer()
        _carried(one, following)
    if answer is not None:
        _counted(asker, all_of, answer)


def _seen(asker: Asker, said: list[Followed]) -> set[int]:
    """Of the documents that steps name those that the asker sees."""
    named = {step.document_id for one in said for step in one.shown.steps if step.document_id}
    if not named:
        return set()
    return set(visible_documents(asker).filter(pk__in=named).values_list("pk", flat=True))


def _counted(asker: Asker, said: list[Followed], answer: Answer) -> None:
    wanted = {requirement.pk for one in said for requirement in one.requirements}
    mask = mask_of(answer, requirements=sorted(wanted))
    everyones = members(answer, "time", mask)
    visible = visible_mask(asker, answer)
    some = everyones if visible is None else members(answer, "time", mask & visible)
    for one in said:
        if not one.requirements:
            continue
        tasks = [requirement.pk for requirement in one.requirements]
        mine = some.where(np.isin(some.requirement, tasks))
        one.count = count(answer, mine)
        one.in_part = len(mine) < int(np.isin(everyones.requirement, tasks).sum())
        if len(mine) == 1:
            one.cell = answer.at(int(mine.rows[0]))


def _carried(one: Followed, known: dict[tuple[int, dt.date], occasions.Following | None]) -> None:
    """Which report carries it: the one that was named, else the next occasion of the same holder."""
    named = str(one.shown.version.terms.get("report", ""))
    if named or one.kind == ConclusionKind.RECORD:
        one.carried = named
        return
    at = (one.shown.raising.occasion_unit_id, one.shown.on)
    if at not in known:
        known[at] = occasions.following(*at)
    found = known[at]
    if found is not None:
        one.carried, one.carried_url, one.carried_on = found.label, found.url, found.on


def summary(said: Iterable[Followed]) -> Summary:
    """The counts over some conclusions."""
    all_of = list(said)

    def how_many(which: Iterable[bool]) -> int:
        return sum(which)

    tasks = [one for one in all_of if one.kind == ConclusionKind.TASK]
    proposals = [one for one in all_of if one.kind == ConclusionKind.PROPOSAL and one.state != State.LEFT_OUT]
    return Summary(
        tasks=how_many(one.given for one in tasks),
        done=how_many(one.done for one in tasks),
        overdue=how_many(one.overdue for one in tasks if one.given),
        expected=how_many(one.state == State.CONCLUDED for one in tasks),
        without_book=how_many(one.state in (State.IN_NOTICE, State.OPENED) and not one.given for one in tasks),
        left_out=how_many(one.state == State.LEFT_OUT for one in all_of),
        standing=how_many(one.kind == ConclusionKind.STANDING and one.state != State.LEFT_OUT for one in all_of),
        proposals=len(proposals),
        answered=how_many(one.shown.answered for one in proposals),
        records=how_many(one.kind == ConclusionKind.RECORD for one in all_of),
    )
