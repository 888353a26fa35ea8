"""Conclusions at the conference: worded, settled where two people worded one at once, concluded, withdrawn.

The words, terms and steps are of ``soichieu.findings``; the book of the conference says when it happened and by whom.
Both are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.commands.noting import named_in, said_in
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import EventKind, Phase
from soichieu.conferences.models import Conference
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.state import State
from soichieu.findings import commands as findings
from soichieu.findings.models import Finding, Step, Version
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker


@transaction.atomic
def draft(
    *,
    asker: Asker,
    conference: Conference,
    conclusion_kind: str,
    text: str,
    terms: Mapping[str, Any] | None = None,
    item: str = "",
    **fields: Any,
) -> Finding:
    """Word a new conclusion: a task with the six clears, a standing demand, a proposal upward, or for the record.

    ``item``: the line of the agenda, or the statement sent in writing, out of which it came. Those who prepare the
    conference word it; it is nobody's duty until the chair concludes it. Raises ``Refusal`` naming the
    field, and ``Forbidden``.
    """
    rights.require(asker, conference, rights.PREPARE)
    state = _kept_open(conference)
    finding = findings.draft_conclusion(
        asker=asker, holder_unit_id=conference.unit_id, occasion=occasion_of(conference, state),
        on=state.held_on or clock.today(), conclusion_kind=conclusion_kind, words=text, terms=terms,
        statement=named_in(said_in(state, item)), **fields,
    )  # fmt: skip
    book.write(asker, conference, EventKind.CONCLUSION, {"finding": finding.key})
    return finding


@transaction.atomic
def reword(
    *, asker: Asker, conference: Conference, finding: str, after: Sequence[int], text: str, **fields: Any
) -> Version:
    """Word a conclusion anew. ``after``: ids of the wordings that the asker had before them. Where somebody else
    worded it meanwhile both stand, side by side, until one names both: no words are lost."""
    rights.require(asker, conference, rights.PREPARE)
    state = _kept_open(conference)
    _one_of(state, finding)
    version = findings.word(
        asker=asker, holder_unit_id=conference.unit_id, finding=finding, after=after, words=text, **fields
    )
    book.write(asker, conference, EventKind.CONCLUSION, {"finding": finding})
    return version


@transaction.atomic
def settle(*, asker: Asker, conference: Conference, finding: str, choose: int) -> Version:
    """Of the wordings that stand let one hold: a new one with its words, which names all of them."""
    rights.require(asker, conference, rights.PREPARE)
    state = _kept_open(conference)
    _one_of(state, finding)
    held = Finding.objects.get(key=finding)
    versions = list(held.versions.order_by("pk"))
    replaced = {one for version in versions for one in version.after}
    heads = [one for one in versions if one.pk not in replaced]
    chosen = next((one for one in heads if one.pk == choose), None)
    if chosen is None or len(heads) < 2:
        raise MovedOn(_("Somebody settled this meanwhile: one wording stands."))
    others = [one.pk for one in heads if one is not chosen]
    version = findings.word(
        asker=asker, holder_unit_id=conference.unit_id, finding=finding, after=[chosen.pk, *others],
        words=chosen.words, conclusion_kind=chosen.conclusion_kind, terms=chosen.terms,
        addressee=chosen.addressee, addressee_unit=chosen.addressee_unit_id, provisions=chosen.provisions,
        statement=chosen.statement,
    )  # fmt: skip
    book.write(asker, conference, EventKind.CONCLUSION, {"finding": finding})
    return version


@transaction.atomic
def conclude(*, asker: Asker, conference: Conference, finding: str, version: int, despite: bool = False) -> Step:
    """The chair concludes a wording: a task is from now on expected on the pages of its leads. ``version``: what the
    chair had before them. Pressed twice it concludes once."""
    rights.require(asker, conference, rights.RUN)
    state = _kept_open(conference)
    if state.phase == Phase.PREPARING:
        raise Refusal(_("The conference has not been opened yet."))
    _one_of(state, finding)
    before = Step.objects.filter(finding__key=finding).order_by("-pk").values_list("pk", flat=True).first()
    step = findings.conclude(
        asker=asker, holder_unit_id=conference.unit_id, finding=finding, version=version,
        on=min(state.held_on or clock.today(), clock.today()), despite=despite,
    )  # fmt: skip
    if step.pk != before:
        book.write(asker, conference, EventKind.CONCLUDED, {"finding": finding, "version": version})
    return step


@transaction.atomic
def withdraw(*, asker: Asker, conference: Conference, finding: str, reason: str) -> Step:
    """Take a conclusion or a draft of one back, with the reason; it stays to be read."""
    rights.require(asker, conference, rights.PREPARE)
    state = _kept_open(conference)
    _one_of(state, finding)
    step = findings.withdraw(asker=asker, holder_unit_id=conference.unit_id, finding=finding, reason=reason)
    book.write(asker, conference, EventKind.CONCLUSION_WITHDRAWN, {"finding": finding})
    return step


def _one_of(state: State, finding: str) -> None:
    if finding not in state.conclusions:
        raise Refusal(_("There is no such conclusion in this conference."), field="finding")


def _kept_open(conference: Conference) -> State:
    """The state with its book locked; refused once the file went to the archive."""
    state = locked_state(conference)
    if state.phase == Phase.ARCHIVED:
        raise Refusal(_("The file of the conference was handed to the archive; nothing is added to it."))
    return state
