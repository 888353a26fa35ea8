"""A finding as it is shown: its standing words, where it was raised, what became of it. Many at once, few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from soichieu.documents.rights import id_list
from soichieu.findings import occasions
from soichieu.findings.models import Answer, Concern, ConclusionKind, Finding, Kind, Part, Raising, Step, Version
from soichieu.web.dates import TwoDates

State = Step.State
OPEN = "open"
WAITING = frozenset({State.CONCLUDED})
"""States of a conclusion that waits for the notice."""


@dataclass
class Shown:
    """A finding with all that belongs to it. ``heads``: the wordings that stand, more than one where two people
    reworded it at once; ``concerned``: part → unit ids."""

    finding: Finding
    versions: list[Version] = field(default_factory=list)
    raisings: list[Raising] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    concerned: dict[str, list[int]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.finding.key

    @property
    def kind(self) -> str:
        return self.finding.kind

    @cached_property
    def heads(self) -> list[Version]:
        replaced = {one for version in self.versions for one in version.after}
        return [one for one in self.versions if one.pk not in replaced]

    @property
    def version(self) -> Version:
        """The words that stand: of a concluded conclusion those that were concluded, else the newest head."""
        return self.concluded_version or self.heads[-1]

    @cached_property
    def concluded_version(self) -> Version | None:
        """The wording that the chair concluded last and did not withdraw."""
        if self.kind != Kind.CONCLUSION or self.state in (State.DRAFTED, State.WITHDRAWN, ""):
            return None
        numbers = [one.version_id for one in self.steps if one.step == State.CONCLUDED]
        return next((one for one in self.versions if numbers and one.pk == numbers[-1]), None)

    @property
    def reworded(self) -> bool:
        """It was worded anew after it was concluded."""
        return self.concluded_version is not None and self.heads != [self.concluded_version]

    @property
    def words(self) -> str:
        return self.version.words

    @property
    def raising(self) -> Raising:
        """Where it was raised first."""
        return self.raisings[0]

    @property
    def on(self) -> dt.date:
        return self.raising.on

    @property
    def own(self) -> bool:
        """Every time the unit said it of itself."""
        return all(one.own for one in self.raisings)

    @property
    def units(self) -> list[int]:
        """The units it is about."""
        return self.concerned.get(Part.ABOUT, [])

    @property
    def leads(self) -> list[int]:
        return [int(one) for one in self.version.terms.get("leads", ())]

    @property
    def is_proposal(self) -> bool:
        return self.kind == Kind.PROPOSAL or self.version.conclusion_kind == ConclusionKind.PROPOSAL

    @property
    def answer(self) -> Answer | None:
        """The answer that stands."""
        return self.answers[-1] if self.answers else None

    @property
    def answered(self) -> bool:
        """It was accepted or refused; *being considered* leaves it open."""
        return self.answer is not None and self.answer.choice != Answer.Choice.CONSIDERING

    @property
    def last_step(self) -> Step | None:
        return self.steps[-1] if self.steps else None

    @cached_property
    def state(self) -> str:
        """Of a conclusion its newest step; of a proposal its answer, *open* without one; of a shortcoming *open*,
        *remedied*; of anything *withdrawn*; else nothing."""
        last = self.steps[-1].step if self.steps else ""
        if self.kind == Kind.CONCLUSION or last == State.WITHDRAWN:
            return last
        if self.kind == Kind.PROPOSAL:
            return self.answer.choice if self.answer else OPEN
        if self.kind == Kind.SHORTCOMING:
            return last or OPEN
        return ""

    @property
    def occasion_url(self) -> str:
        return occasions.url_of(self.raising.room, self.raising.kind, self.raising.occasion)


def shown(findings: QuerySet[Finding] | Iterable[Finding], two: TwoDates | None = None) -> list[Shown]:
    """Findings with all that belongs to them, in their order; six queries however many they are.

    ``two``: as at a day and as known at a moment. What was not raised by the day, or not written by the moment, is left
    out; the words are those that stood then.
    """
    made = {one.pk: Shown(one) for one in findings}
    if not made:
        return []
    for row in _rows(Version.objects.order_by("pk"), made, two):
        made[row.finding_id].versions.append(row)
    for row in _rows(Raising.objects.order_by("on", "pk"), made, two, "on"):
        made[row.finding_id].raisings.append(row)
    for row in _rows(Step.objects.select_related("document", "requirement").order_by("pk"), made, two, "on"):
        made[row.finding_id].steps.append(row)
    for row in _rows(Answer.objects.select_related("document").order_by("pk"), made, two, "answered_on"):
        made[row.finding_id].answers.append(row)
    concerned = Concern.objects.filter(finding__in=id_list(made)).order_by("pk")
    for finding, part, unit in concerned.values_list("finding_id", "part", "unit_id"):
        made[finding].concerned.setdefault(part, []).append(unit)
    return [one for one in made.values() if one.versions and one.raisings]


def _rows(query: QuerySet[Any], made: dict[int, Shown], two: TwoDates | None = None, day: str = "") -> Iterable[Any]:
    if two is not None and two.known_at is not None:
        query = query.filter(made_at__lte=two.known_at)
    if two is not None and day:
        query = query.filter(**{f"{day}__lte": two.as_at})
    return query.filter(finding__in=id_list(made))
