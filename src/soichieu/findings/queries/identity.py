"""What is one thing across occasions: findings that people said are the same, and how often it was raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from soichieu.findings.causes import plain
from soichieu.findings.models import Finding, Raising, Sameness, Step
from soichieu.findings.queries.shown import Shown, shown
from soichieu.findings.queries.telling import tells
from soichieu.findings.rights import visible_findings
from soichieu.organisation.askers import Asker


@dataclass(frozen=True)
class Occurrence:
    """One time a finding was raised.

    ``nth``: which time it is, counted over those that others raised about the unit; 0 where the unit says it of itself
    (it does not count) or where it is not told yet. ``same_objective``, ``same_subjective``, ``same_words``: the first
    occurrence before that says the same word for word, as its place in the list from 1, or 0.
    """

    shown: Shown
    raising: Raising
    nth: int
    same_objective: int = 0
    same_subjective: int = 0
    same_words: int = 0

    @property
    def same_cause(self) -> bool:
        """A cause is the same, word for word, as one that was named before."""
        return bool(self.same_objective or self.same_subjective)

    @property
    def on(self) -> dt.date:
        return self.raising.on


class Identities:
    """Which findings are one, by the newest word about each pair."""

    def __init__(self, known_at: dt.datetime | None = None) -> None:
        newest: dict[tuple[int, int], bool] = {}
        said = Sameness.objects.order_by("pk")
        if known_at is not None:
            said = said.filter(made_at__lte=known_at)
        for one, other, holds in said.values_list("finding_id", "same_as_id", "holds"):
            newest[min(one, other), max(one, other)] = holds
        self.denied = {pair for pair, holds in newest.items() if not holds}
        self._near: dict[int, set[int]] = {}
        for (one, other), holds in newest.items():
            if holds:
                self._near.setdefault(one, set()).add(other)
                self._near.setdefault(other, set()).add(one)

    def of(self, pk: int) -> set[int]:
        """The findings that are one with it, itself included."""
        found, waiting = {pk}, [pk]
        while waiting:
            for other in self._near.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def groups(self, members: Iterable[Shown]) -> list[list[Shown]]:
        """Findings by identity, each group oldest first; the groups in the order in which they come up."""
        there = {one.finding.pk: one for one in members}
        taken: set[int] = set()
        made = []
        for pk in there:
            if pk not in taken:
                same = self.of(pk)
                taken |= same
                made.append(oldest_first(there[one] for one in same if one in there))
        return made

    def said_apart(self, one: int, other: int) -> bool:
        """A person said that the two are not one."""
        return (min(one, other), max(one, other)) in self.denied


def identity_of(asker: Asker, finding: Finding) -> list[Shown]:
    """What is one with a finding, as far as the asker sees it, the oldest first: that one gives the identity."""
    members = Identities().of(finding.pk)
    return oldest_first(shown(visible_findings(asker).filter(pk__in=members)))


def oldest_first(members: Iterable[Shown]) -> list[Shown]:
    return sorted(members, key=lambda one: (one.on, one.finding.pk))


def occurrences(members: Iterable[Shown], *, compared: bool = True) -> list[Occurrence]:
    """The raisings of one identity in time; withdrawn findings do not count and are left out. ``compared`` False:
    which time it is and whether a cause returns is not told yet (:mod:`.telling`), and is left out."""
    there = [(one, raising) for one in members if one.state != Step.State.WITHDRAWN for raising in one.raisings]
    there.sort(key=lambda pair: (pair[1].on, pair[1].pk))
    made: list[Occurrence] = []
    places: dict[tuple[str, str], int] = {}
    nth = 0
    for at, (one, raising) in enumerate(there, 1):
        if not raising.own:
            nth += 1
        version = one.version
        said = {
            "objective": plain(version.objective_cause),
            "subjective": plain(version.subjective_cause),
            "words": plain(version.words),
        }
        before = {name: places.get((name, text), 0) if text and compared else 0 for name, text in said.items()}
        made.append(
            Occurrence(
                one,
                raising,
                nth if compared and not raising.own else 0,
                same_objective=before["objective"],
                same_subjective=before["subjective"],
                same_words=before["words"],
            )
        )
        for name, text in said.items():
            places.setdefault((name, text), at)
    return made


def recurrences(asker: Asker, finding: Finding) -> list[Occurrence]:
    """Every time a finding was raised, in order, with whether a cause returns word for word, as far as that is told to
    the asker."""
    members = identity_of(asker, finding)
    return occurrences(members, compared=tells(asker, members))
