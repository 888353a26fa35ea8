"""The tasks that a conference gave: the obligations that came out of its conclusions, each with its live state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from soichieu.conferences.models import Conference
from soichieu.conferences.queries.briefing import became
from soichieu.conferences.state import State
from soichieu.findings.queries.follow_up import Followed
from soichieu.ledger import clock
from soichieu.ledger.fold import Cell
from soichieu.ledger.models import Obligation
from soichieu.ledger.queries import Question, visible_mask
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of


@dataclass(frozen=True)
class Task:
    """One obligation. ``finding``: the key of its conclusion, whose ``words`` it has; ``code``: of its requirement;
    ``notice``: the number of the document that gave it, empty where the asker does not see that."""

    pk: int
    unit: str
    cell: Cell
    finding: str
    words: str
    code: str
    notice: str

    @property
    def url(self) -> str:
        return reverse("board:obligation", args=[self.pk])

    @property
    def finding_url(self) -> str:
        return reverse("findings:finding", args=[self.finding])

    @property
    def lifecycle(self) -> str:
        return self.cell.lifecycle

    @property
    def timeliness(self) -> str:
        return self.cell.timeliness

    @property
    def days_late(self) -> int:
        return self.cell.days_late

    @property
    def verification(self) -> str:
        return self.cell.verification

    @property
    def deadline(self) -> dt.date | None:
        """The day now in force."""
        return self.cell.current_deadline

    @property
    def overdue(self) -> bool:
        return self.timeliness == "overdue"

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.pk, "unit": self.unit, "url": self.url, "lifecycle": self.lifecycle,
            "timeliness": self.timeliness, "days_late": self.days_late, "verification": self.verification,
            "deadline": self.deadline.isoformat() if self.deadline else None,
        }  # fmt: skip


def tasks_of(asker: Asker, followed: Sequence[Followed]) -> dict[str, list[Task]]:
    """Key of a conclusion → its obligations that the asker sees, in the order in which they were given."""
    of = {requirement.pk: (one, requirement) for one in followed for requirement in one.requirements}
    if not of:
        return {}
    answer = Question.now().answer()
    seen = visible_mask(asker, answer)
    owed = list(Obligation.objects.filter(requirement__in=of, part_of=None).order_by("requirement__ordinal", "pk"))
    names = name_of({one.unit_id for one in owed}, clock.today())
    found: dict[str, list[Task]] = {}
    for one in owed:
        row = answer.columns.row_of(one.pk)
        if seen is not None and not seen[row]:
            continue
        conclusion, requirement = of[one.requirement_id]
        number = conclusion.notice.number if conclusion.notice and conclusion.notice_seen else ""
        found.setdefault(conclusion.key, []).append(
            Task(
                one.pk, names[one.unit_id], answer.at(row), conclusion.key, conclusion.shown.words, requirement.code,
                number,
            )
        )  # fmt: skip
    return found


def tasks_given(asker: Asker, conference: Conference, state: State) -> list[Task]:
    """All tasks of a conference that the asker sees, conclusion by conclusion as they were drafted."""
    followed = became(asker, conference, state)
    by_conclusion = tasks_of(asker, followed)
    return [task for one in followed for task in by_conclusion.get(one.key, ())]
