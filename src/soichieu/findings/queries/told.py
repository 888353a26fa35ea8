"""Findings as lists and panels tell them: one row for each identity, with names, states and how often it was raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from soichieu.documents.models import Document, ProvisionIdentity
from soichieu.documents.rights import visible_documents
from soichieu.findings import occasions
from soichieu.findings.models import ConclusionKind, Kind, Part, Raising, Step
from soichieu.findings.queries.identity import Identities, Occurrence, occurrences
from soichieu.findings.queries.shown import Shown
from soichieu.findings.queries.telling import told
from soichieu.findings.terms import deadline_of
from soichieu.findings.words import PUBLISHED, STATES, state_label
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.web.dates import TwoDates

NAMED = 3
"""Of many units a list names so many at once."""


@dataclass
class Row:
    """One identity: its findings oldest first; what it says now are the newest's words. ``tells`` False: that it
    returns was not shown to the unit yet, and so to nobody above it who does not prepare the occasion. ``published``:
    the occasion that concluded it is known by published facts alone, so it waits for no notice that we know of."""

    members: list[Shown]
    names: dict[int, str] = field(repr=False)
    directives: list[Document] = field(default_factory=list)
    tells: bool = True
    published: bool = False

    @property
    def newest(self) -> Shown:
        return self.members[-1]

    @property
    def key(self) -> str:
        """The identity is the older one's."""
        return self.members[0].key

    @property
    def url(self) -> str:
        return reverse("findings:finding", args=[self.key])

    @property
    def kind(self) -> str:
        return self.newest.kind

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def conclusion_label(self) -> str:
        kind = self.newest.version.conclusion_kind
        return str(ConclusionKind(kind).label) if kind else ""

    @property
    def words(self) -> str:
        return self.newest.words

    @property
    def state(self) -> str:
        return PUBLISHED if self.published and self.newest.state == Step.State.CONCLUDED else self.newest.state

    @property
    def state_label(self) -> str:
        return str(STATES[PUBLISHED]) if self.state == PUBLISHED else state_label(self.newest)

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        return occurrences(self.members, compared=self.tells)

    @property
    def last(self) -> Occurrence | None:
        return self.occurrences[-1] if self.occurrences else None

    @property
    def times(self) -> int:
        """How often others raised it; what a unit says of itself does not count. 0 where it is not told yet."""
        return 0 if not self.tells else sum(not one.raising.own for one in self.occurrences)

    @property
    def own_times(self) -> int:
        return sum(one.raising.own for one in self.occurrences)

    @property
    def same_cause(self) -> bool:
        """When it was raised last, it named a cause that was named before, word for word."""
        return self.last is not None and self.last.same_cause

    @property
    def own(self) -> bool:
        return self.own_times > 0 and all(one.raising.own for one in self.occurrences)

    @property
    def on(self) -> dt.date:
        return self.newest.raisings[-1].on

    @property
    def since(self) -> dt.date:
        return self.members[0].on

    @property
    def occasion(self) -> str:
        return self.newest.raisings[-1].occasion_label

    @property
    def occasion_url(self) -> str:
        last = self.newest.raisings[-1]
        return occasions.url_of(last.room, last.kind, last.occasion)

    @property
    def subjects(self) -> list[int]:
        """Whom a list names: who leads a task, who made a proposal, else the units it is about."""
        one = self.newest
        if one.leads:
            return one.leads
        if one.kind == Kind.PROPOSAL:
            return one.concerned.get(Part.AUTHOR, []) or one.units
        return one.units

    @cached_property
    def units(self) -> str:
        return "; ".join(self.unit_names)

    @cached_property
    def unit_names(self) -> list[str]:
        return [self.names[one] for one in self.subjects if one in self.names]

    @property
    def foremost(self) -> list[str]:
        """The units that a list names at once: all of few, the first of many."""
        return self.unit_names if len(self.unit_names) <= NAMED + 1 else self.unit_names[:NAMED]

    @property
    def further(self) -> list[str]:
        """The units that are named when they are asked for."""
        return self.unit_names[len(self.foremost) :]

    @property
    def concerned(self) -> set[int]:
        """Every unit that is concerned, whoever holds the occasions aside."""
        return {
            unit for one in self.members for part, ids in one.concerned.items() if part != Part.HOLDER for unit in ids
        }

    @property
    def addressee(self) -> str:
        version = self.newest.version
        unit = version.addressee_unit_id
        return self.names.get(unit, "") if unit else version.addressee

    @property
    def deadline(self) -> dt.date | None:
        """The day that the terms of a task name."""
        return deadline_of(self.newest.version.terms)

    @property
    def objective_cause(self) -> str:
        return self.newest.version.objective_cause

    @property
    def subjective_cause(self) -> str:
        return self.newest.version.subjective_cause

    @property
    def answer_reason(self) -> str:
        return self.newest.answer.reason if self.newest.answer else ""

    @property
    def numbers(self) -> str:
        return ", ".join(one.number for one in self.directives)

    @property
    def directive_ids(self) -> list[int]:
        return [one.pk for one in self.directives]

    def as_json(self) -> dict[str, Any]:
        """The row for a machine: codes, not words."""
        return {
            "key": self.key,
            "kind": self.kind,
            "conclusion_kind": self.newest.version.conclusion_kind,
            "words": self.words,
            "state": self.state,
            "units": [{"id": one, "name": self.names.get(one, "")} for one in self.subjects],
            "objective_cause": self.objective_cause,
            "subjective_cause": self.subjective_cause,
            "addressee": self.addressee,
            "raised": [occurrence_json(one, self.names) for one in self.occurrences],
            "times": self.times if self.tells else None,
            "own_times": self.own_times,
            "same_cause": self.same_cause if self.tells else None,
            "directives": [one.number for one in self.directives],
            "url": self.url,
        }


def occurrence_json(one: Occurrence, names: dict[int, str]) -> dict[str, Any]:
    """One raising for a machine."""
    raising, version = one.raising, one.shown.version
    return {
        "finding": one.shown.key,
        "on": raising.on.isoformat(),
        "occasion": raising.occasion_label,
        "nth": one.nth or None,
        "own": raising.own,
        "author": names.get(raising.author_unit_id or 0, "") or raising.author,
        "words": version.words,
        "objective_cause": version.objective_cause,
        "subjective_cause": version.subjective_cause,
        "same_objective_cause_as": one.same_objective or None,
        "same_subjective_cause_as": one.same_subjective or None,
    }


def rows(asker: Asker, found: Sequence[Shown], two: TwoDates | None = None) -> list[Row]:
    """Findings as rows, one for each identity, the one raised last first."""
    if not found:
        return []
    groups = Identities(two.known_at if two else None).groups(found)
    names = names_in(found)
    directives = directives_of(asker, found)
    said = told(asker, groups)
    known = published_among(found)
    made = [
        Row(
            group,
            names,
            list({document.pk: document for one in group for document in directives[one.finding.pk]}.values()),
            tells=len(group) < 2 or group[-1].kind != Kind.SHORTCOMING or group[-1].finding.pk in said,
            published=group[-1].finding.pk in known,
        )
        for group in groups
    ]
    return sorted(made, key=lambda row: (row.on, row.newest.finding.pk), reverse=True)


def published_among(found: Iterable[Shown]) -> set[int]:
    """Of concluded findings those whose occasion is known by published facts alone; asked only where some are."""
    concluded = [one.finding.pk for one in found if one.state == Step.State.CONCLUDED]
    which = occasions.published() if concluded else None
    if which is None:
        return set()
    return set(Raising.objects.filter(which, finding__in=concluded).values_list("finding_id", flat=True))


def names_in(found: Iterable[Shown], on: dt.date | None = None) -> dict[int, str]:
    """Names of every unit that findings name."""
    ids = set()
    for one in found:
        ids |= {unit for units in one.concerned.values() for unit in units}
        ids |= {raising.author_unit_id for raising in one.raisings if raising.author_unit_id}
        ids |= {answer.unit_id for answer in one.answers if answer.unit_id}
    return name_of(ids, on or clock.today())


def directives_of(asker: Asker, found: Sequence[Shown]) -> dict[int, list[Document]]:
    """Finding → the documents whose sentences it rests on, as far as the asker sees them."""
    wanted = {int(pk) for one in found for pk in one.version.provisions}
    document_of = (
        dict(ProvisionIdentity.objects.filter(pk__in=wanted).values_list("pk", "document_id")) if wanted else {}
    )
    seen = visible_documents(asker).in_bulk(set(document_of.values())) if document_of else {}
    made: dict[int, list[Document]] = {}
    for one in found:
        ids = dict.fromkeys(document_of.get(int(pk)) for pk in one.version.provisions)
        made[one.finding.pk] = [seen[pk] for pk in ids if pk in seen]
    return made
