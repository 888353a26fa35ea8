"""Reads of a line's roadmap: its milestones against their first dates, and what waits for what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from soichieu.organisation.askers import Asker
from soichieu.plans.models import Dependency, ItemIdentity, Milestone, MilestoneDates, Plan, PlanItem, Scheme
from soichieu.plans.queries.editions import last_items, newest_edition, sees_drafts


@dataclass(frozen=True)
class Step:
    """A milestone with all its dates: the first are the baseline, the last stand."""

    milestone: Milestone
    dates: tuple[MilestoneDates, ...]
    waits_for: tuple[Milestone, ...] = ()
    too_early: tuple[Milestone, ...] = ()
    """Of those it waits for, the ones that are due only after it begins."""

    @property
    def baseline(self) -> MilestoneDates:
        """The first dates."""
        return self.dates[0]

    @property
    def now(self) -> MilestoneDates:
        """The dates that stand."""
        return self.dates[-1]

    @property
    def slip(self) -> int:
        """By how many days its end lies after the baseline (negative: before): of one that is reached the day it was,
        of one that is not the day it is due."""
        return ((self.now.done_on or self.now.due_on) - self.baseline.due_on).days

    def overdue(self, on: dt.date) -> bool:
        """Whether it should have been reached before a day, and was not."""
        return not self.now.dropped and self.now.done_on is None and self.now.due_on < on


@dataclass(frozen=True)
class Roadmap:
    """A line with its scheme, if it has one, and its steps. ``line``: as it stands in the newest version that holds it;
    ``gone``: that is no longer the newest the asker sees."""

    plan: Plan
    identity: ItemIdentity
    line: PlanItem
    gone: bool
    scheme: Scheme | None
    history: tuple[Scheme, ...]
    steps: tuple[Step, ...]

    @property
    def standing(self) -> list[Step]:
        """The steps that are not dropped."""
        return [step for step in self.steps if not step.now.dropped]


def roadmap(asker: Asker, plan: Plan, key: str) -> Roadmap:
    """The roadmap of a line of a plan that the asker sees; ``ItemIdentity.DoesNotExist`` when there is no such line, or
    it is in no version that the asker sees."""
    identity = ItemIdentity.objects.get(plan=plan, key=key)
    edition = newest_edition(asker, plan)
    line = edition.items.filter(identity=identity).first() if edition is not None else None
    gone = line is None
    if line is None:
        if not sees_drafts(asker, plan):
            raise ItemIdentity.DoesNotExist
        line = last_items([key]).get()
    schemes = tuple(Scheme.objects.filter(item=identity).order_by("-pk"))
    return Roadmap(plan, identity, line, gone, schemes[0] if schemes else None, schemes[1:], steps_of(identity))


def steps_of(identity: ItemIdentity) -> tuple[Step, ...]:
    """The milestones of a line in order, with their dates and what they wait for."""
    milestones = list(Milestone.objects.filter(item=identity).order_by("ordinal"))
    dates: dict[int, list[MilestoneDates]] = {one.pk: [] for one in milestones}
    for row in MilestoneDates.objects.filter(milestone__in=milestones).order_by("pk"):
        dates[row.milestone_id].append(row)
    known = {one.pk: one for one in milestones}
    waits: dict[int, list[Milestone]] = {one.pk: [] for one in milestones}
    for before, after in standing_pairs(known):
        waits[after].append(known[before])
    return tuple(
        Step(
            one,
            tuple(dates[one.pk]),
            tuple(waits[one.pk]),
            tuple(
                other
                for other in waits[one.pk]
                if (dates[other.pk][-1].done_on or dates[other.pk][-1].due_on) > dates[one.pk][-1].starts_on
                and not dates[other.pk][-1].dropped
            ),
        )
        for one in milestones
    )


def standing_pairs(milestones: Iterable[int]) -> list[tuple[int, int]]:
    """(before, after) of the dependencies that stand among some milestones."""
    wanted = set(milestones)
    newest: dict[tuple[int, int], bool] = {}
    rows = Dependency.objects.filter(after__in=wanted, before__in=wanted).order_by("pk")
    for before, after, holds in rows.values_list("before_id", "after_id", "holds"):
        newest[before, after] = holds
    return [pair for pair, holds in newest.items() if holds]
