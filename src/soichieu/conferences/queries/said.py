"""What was found and concluded at a conference, as its faces show it.

Drawn for all who look, so nobody asks here: the desks of the chair and the secretary show everything, the sites and the
hall only what the chair has concluded (:func:`concluded_cards`), which was said aloud to all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from soichieu.conferences.state import State
from soichieu.findings import terms as six
from soichieu.findings.models import ConclusionKind, Finding, Step, Version
from soichieu.findings.queries.shown import Shown, shown
from soichieu.ledger import clock
from soichieu.organisation.names import name_of


@dataclass(frozen=True)
class Wording:
    """One wording: its words, and of a task who leads it, by when, and which of the six are not clear."""

    version: Version
    leads: list[str]
    cooperators: list[str]
    missing: list[str | Promise]
    addressee: str
    by: str

    @property
    def id(self) -> str:
        return str(self.version.pk)

    @property
    def words(self) -> str:
        return self.version.words

    @property
    def kind(self) -> str:
        return str(ConclusionKind(self.version.conclusion_kind).label) if self.version.conclusion_kind else ""

    @property
    def is_task(self) -> bool:
        return self.version.conclusion_kind == ConclusionKind.TASK

    @property
    def deadline(self) -> object:
        return six.deadline_of(self.version.terms)


@dataclass(frozen=True)
class Card:
    """A finding or conclusion: the wordings that stand (two where nobody has settled), its newest step."""

    shown: Shown
    heads: list[Wording]
    standing: Wording
    about: list[str]
    units: frozenset[int]

    @property
    def key(self) -> str:
        return self.shown.key

    @property
    def kind(self) -> str:
        return str(self.shown.finding.get_kind_display())

    @property
    def step(self) -> str:
        return self.shown.state

    @property
    def concluded(self) -> bool:
        return self.step in (Step.State.CONCLUDED, Step.State.IN_NOTICE, Step.State.OPENED, Step.State.LEFT_OUT)

    @property
    def signed(self) -> bool:
        """It stands in a signed notice: its words are the document's, and nobody words it anew or takes it back."""
        return self.step in (Step.State.IN_NOTICE, Step.State.OPENED)

    @property
    def step_label(self) -> str:
        last = self.shown.last_step
        return str(last.get_step_display()) if last is not None else ""

    @property
    def withdrawn(self) -> bool:
        return self.step == Step.State.WITHDRAWN

    @property
    def waits(self) -> bool:
        """Drafted, or worded anew since it was concluded: the chair has to say something."""
        return self.step == Step.State.DRAFTED or (self.concluded and self.reworded)

    @property
    def reworded(self) -> bool:
        return self.shown.reworded

    @property
    def two(self) -> bool:
        return len(self.heads) > 1

    @property
    def ready(self) -> bool:
        """May be concluded with one key: one wording stands and nothing of it is unclear."""
        return self.waits and not self.two and not self.heads[0].missing

    @property
    def expected(self) -> bool:
        """A task expected on the pages of its leads."""
        return self.step == Step.State.CONCLUDED and self.standing.is_task

    @property
    def reason(self) -> str:
        last = self.shown.last_step
        return last.reason if last is not None else ""


def conclusion_cards(state: State) -> list[Card]:
    """All conclusions of a conference, in the order in which they were worded."""
    return cards(state, state.conclusions)


def concluded_cards(state: State, *, newest_first: bool = True) -> list[Card]:
    """What the chair concluded and did not withdraw."""
    found = cards(state, state.concluded)
    return found[::-1] if newest_first else found


def finding_cards(state: State) -> list[Card]:
    """Results, shortcomings, lessons and proposals written at the conference, the newest first."""
    return cards(state, state.findings)[::-1]


def cards(state: State, keys: Iterable[str]) -> list[Card]:
    """Findings by their keys, in that order; what is not there any more is left out."""
    wanted = list(keys)
    found = {one.key: one for one in shown(Finding.objects.filter(key__in=wanted))} if wanted else {}
    there = [found[key] for key in wanted if key in found]
    units = {unit for one in there for version in one.versions for unit in _units(version)}
    units |= {unit for one in there for unit in one.units}
    names = name_of(units, state.held_on or clock.today())
    return [_card(one, names) for one in there]


def _units(version: Version) -> list[int]:
    terms = version.terms or {}
    named = [*terms.get("leads", ()), *terms.get("cooperators", ())]
    return [*named, version.addressee_unit_id] if version.addressee_unit_id else named


def _card(one: Shown, names: dict[int, str]) -> Card:
    heads = [_wording(version, names) for version in one.heads]
    standing = one.version
    return Card(
        shown=one,
        heads=heads,
        standing=next((head for head in heads if head.version == standing), None) or _wording(standing, names),
        about=[names[unit] for unit in one.units],
        units=frozenset([*one.units, *_units(standing)]),
    )


def _wording(version: Version, names: dict[int, str]) -> Wording:
    terms = version.terms or {}
    task = version.conclusion_kind == ConclusionKind.TASK
    return Wording(
        version,
        [names[unit] for unit in terms.get("leads", ())],
        [names[unit] for unit in terms.get("cooperators", ())],
        [six.LABELS[code] for code in six.missing(terms)] if task else [],
        names.get(version.addressee_unit_id or 0, "") or version.addressee,
        str(version.made_by.get("label", "")),
    )
