"""Which sentences give a requirement, as known at any moment: those it was written with, and what a person changed
since (:class:`~soichieu.ledger.models.RequirementTie`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from soichieu.documents.dated import NOW, Dates, nodes_of
from soichieu.documents.models import Document, ProvisionIdentity
from soichieu.ledger.hashing import canonical, sha256
from soichieu.ledger.models import Requirement, RequirementProvision, RequirementTie

HASHED = (
    "chain_id", "position", "requirement_id", "identity_id", "text_hash", "gives", "confirmed", "reason",
    "recorded_at", "made_by", "previous_hash",
)  # fmt: skip


@dataclass(frozen=True)
class Tie:
    """A sentence of a requirement with the hash of its words then. ``gives`` false: it is only cited."""

    identity: ProvisionIdentity
    text_hash: str
    gives: bool

    @property
    def identity_id(self) -> int:
        return self.identity.pk


def tie_hash(columns: Mapping[str, Any]) -> str:
    """The hash of one line of change, over all that it says and the line before."""
    return sha256(canonical({name: columns[name] for name in HASHED}))


def ties_of(
    requirements: Iterable[Requirement | int], known_at: dt.datetime | None = None, *, at_confirmation: bool = False
) -> dict[int, list[Tie]]:
    """Requirement → its sentences as known at a moment (None: now), in the order in which they were tied: two queries.

    ``at_confirmation``: those that stood when it was confirmed, which its hash covers.
    """
    ids = [one.pk if isinstance(one, Requirement) else one for one in requirements]
    found: dict[int, dict[int, Tie]] = {pk: {} for pk in ids}
    written = RequirementProvision.objects.filter(requirement__in=ids).select_related("identity").order_by("pk")
    for link in written:
        found[link.requirement_id][link.identity_id] = Tie(link.identity, link.text_hash, link.gives)
    changes = RequirementTie.objects.filter(requirement__in=ids).select_related("identity").order_by("pk")
    if known_at is not None:
        changes = changes.filter(recorded_at__lte=known_at)
    if at_confirmation:
        changes = changes.filter(confirmed=False)
    for change in changes:
        found[change.requirement_id].pop(change.identity_id, None)
        if change.gives:
            found[change.requirement_id][change.identity_id] = Tie(change.identity, change.text_hash, True)
    return {pk: list(ties.values()) for pk, ties in found.items()}


def giving(directive: Document) -> list[tuple[int, int]]:
    """(requirement, identity) of every sentence that gives a requirement of a directive now: two queries for all."""
    stands: dict[tuple[int, int], bool] = {}
    columns = ("requirement_id", "identity_id", "gives")
    for rows in (
        RequirementProvision.objects.filter(requirement__directive=directive).order_by("pk"),
        RequirementTie.objects.filter(requirement__directive=directive).order_by("pk"),
    ):
        for requirement, identity, gives in rows.values_list(*columns):
            stands[requirement, identity] = gives
    return [pair for pair, gives in stands.items() if gives]


@dataclass(frozen=True)
class TieChange:
    """What one person changed at one moment of the sentences that give a requirement: (place, key) of each."""

    line: RequirementTie
    tied: tuple[tuple[str, str], ...]
    untied: tuple[tuple[str, str], ...]


def tie_changes(requirement: Requirement, dates: Dates = NOW) -> list[TieChange]:
    """Every change of its sentences as known at a moment, newest first, at their places in the text of the day."""
    lines = RequirementTie.objects.filter(requirement=requirement).select_related("identity").order_by("pk")
    if dates.known_at is not None:
        lines = lines.filter(recorded_at__lte=dates.known_at)
    found: list[TieChange] = []
    known = list(lines)
    if not known:
        return found
    nodes = nodes_of({one.identity_id for one in known}, dates)
    for _step, together in groupby(known, key=lambda one: (one.recorded_at, one.reason, one.made_by)):
        step = list(together)
        tied, untied = (
            tuple(
                (nodes[one.identity_id].place, one.identity.key)
                for one in step
                if one.gives is gives and one.identity_id in nodes
            )
            for gives in (True, False)
        )
        found.append(TieChange(step[0], tied, untied))
    return found[::-1]
