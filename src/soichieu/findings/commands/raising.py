"""Raising a finding, wording it anew, and saying that two are one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.findings.commands import base
from soichieu.findings.models import Concern, Finding, Kind, Part, Raising, Sameness, Version
from soichieu.findings.occasions import Occasion
from soichieu.findings.rights import visible_findings
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker


def may_raise(
    asker: Asker, holder_unit_id: int, *, author_unit: int | None = None, units: Sequence[int] = (), own: bool = False
) -> permissions.Verdict:
    """Whether the asker may raise a finding at an occasion of the holder: those who prepare it, and a unit about
    itself alone."""
    verdict = base.may(asker, base.WRITE, holder_unit_id)
    if not verdict and author_unit is not None and set(units) <= {author_unit} and (own or not units):
        return base.may(asker, base.WRITE, author_unit)
    return verdict


@transaction.atomic
def raise_finding(
    *,
    asker: Asker,
    holder_unit_id: int,
    kind: str,
    words: str,
    occasion: Occasion,
    on: dt.date,
    units: Iterable[int] = (),
    author_unit: int | None = None,
    author: str = "",
    own: bool = False,
    objective_cause: str = "",
    subjective_cause: str = "",
    addressee: str = "",
    addressee_unit: int | None = None,
    provisions: Iterable[Any] = (),
    statement: str = "",
    same_as: Finding | str | None = None,
) -> Finding:
    """Raise a result, a shortcoming, a lesson or a proposal at an occasion.

    ``units``: the units it is about; ``author_unit``, ``author``: who raised it (a post or an office, no private
    person); ``own``: the unit says it of itself, and it never counts against it. A proposal names its addressee.
    ``same_as``: an earlier finding that this is, once more; the identity is then the older one's. Raises ``Refusal``
    naming the field, and ``Forbidden``.
    """
    about = base.units_there(units, "units")
    if author_unit is not None:
        base.units_there([author_unit], "author_unit")
    if own and author_unit is not None and not about:
        about = [author_unit]
    base.require(may_raise(asker, holder_unit_id, author_unit=author_unit, units=about, own=own))
    base.holder_of(occasion, holder_unit_id)
    if kind not in Kind.values or kind == Kind.CONCLUSION:
        raise Refusal(_("Choose a result, a shortcoming, a lesson or a proposal."), field="kind")
    if own and (author_unit is None or about != [author_unit]):
        raise Refusal(_("What a unit says of itself is about that unit alone."), field="own")
    if kind == Kind.SHORTCOMING and not about:
        raise Refusal(_("Name the unit that the shortcoming is about."), field="units")
    columns = base.fields_of(
        asker,
        {
            "objective_cause": objective_cause,
            "subjective_cause": subjective_cause,
            "addressee": addressee,
            "addressee_unit": addressee_unit,
            "provisions": provisions,
            "statement": statement,
        },
    )
    _fits(kind, columns)
    finding = base.make(
        asker,
        kind=kind,
        words=base.words_of(words),
        columns=columns,
        occasion=occasion,
        on=base.not_ahead(on),
        units=about,
        author_unit=author_unit,
        author=author,
        own=own,
    )
    if same_as is not None:
        _same(asker, finding, base.locked(same_as), True, "")
    return finding


@transaction.atomic
def word(
    *,
    asker: Asker,
    holder_unit_id: int,
    finding: Finding | str,
    after: Iterable[Version | int],
    words: str,
    **fields: Any,
) -> Version:
    """Word a finding anew. ``after``: the wordings that the asker had before them and that this one replaces; naming
    two heads settles them. ``fields`` that are not given stay as the first of those has them.

    When somebody reworded it meanwhile, both wordings stand as heads until a person settles them: no words are lost.
    """
    held = base.locked(finding)
    base.stands_at(held, holder_unit_id)
    base.require(_may_word(asker, held, holder_unit_id))
    ids = sorted({one.pk if isinstance(one, Version) else int(one) for one in after})
    known = {one.pk: one for one in held.versions.order_by("pk")}
    if not ids or set(ids) - set(known):
        raise Refusal(_("Say which wording this one replaces."), field="after")
    if held.kind == Kind.CONCLUSION:
        last = held.steps.order_by("-pk").first()
        if last is not None and last.step in base.SIGNED:
            raise Refusal(_("The notice is signed: its words stand. What changes is concluded anew."), field="words")
    columns = base.fields_of(asker, fields, known[ids[0]])
    _fits(held.kind, columns)
    kept = base.words_of(words)
    twin = _said_already(known.values(), ids, kept, columns)
    return twin or base.write_version(asker, held, kept, ids, columns)


@transaction.atomic
def say_same(
    *,
    asker: Asker,
    holder_unit_id: int,
    finding: Finding | str,
    same_as: Finding | str,
    holds: bool = True,
    reason: str = "",
) -> Sameness:
    """Say that two findings are one, or that they are not. The newest word about a pair stands.

    Said by whoever writes findings for the unit that held an occasion of one of them, and sees both
    (``Finding.DoesNotExist`` otherwise).
    """
    # Locked in one order, so that two people who say it the other way round do not wait for each other for ever.
    first, second = sorted((_key(finding), _key(same_as)))
    one, other = base.locked(first), base.locked(second)
    if one.pk == other.pk:
        raise Refusal(_("These are one finding already."), field="same_as")
    if not Concern.objects.filter(finding__in=(one, other), unit_id=holder_unit_id, part=Part.HOLDER).exists():
        base.stands_at(one, holder_unit_id)
    base.require(base.may(asker, base.WRITE, holder_unit_id))
    newer, older = _newer_first(one, other)
    return _same(asker, newer, older, holds, reason)


def _key(finding: Finding | str) -> str:
    return finding if isinstance(finding, str) else finding.key


def _newer_first(one: Finding, other: Finding) -> tuple[Finding, Finding]:
    day = {
        finding.pk: finding.raisings.order_by("on", "pk").values_list("on", flat=True).first() or dt.date.max
        for finding in (one, other)
    }
    pair = sorted((one, other), key=lambda each: (day[each.pk], each.pk))
    return pair[1], pair[0]


def _same(asker: Asker, newer: Finding, older: Finding, holds: bool, reason: str) -> Sameness:
    if not visible_findings(asker).filter(pk__in=(newer.pk, older.pk)).count() == 2:
        raise Finding.DoesNotExist
    if newer.kind != older.kind:
        raise Refusal(
            _("A %(one)s and a %(other)s are not one thing.")
            % {"one": newer.get_kind_display(), "other": older.get_kind_display()},
            field="same_as",
        )
    why = base.text_of(reason)
    if not holds and not why:
        raise Refusal(_("Say why the two are not one."), field="reason")
    return Sameness.objects.create(
        finding=newer,
        same_as=older,
        holds=holds,
        reason=why,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


def _may_word(asker: Asker, finding: Finding, holder_unit_id: int) -> permissions.Verdict:
    """Those who write for the occasion, and the unit that raised it of itself."""
    verdict = base.may(asker, base.WRITE, holder_unit_id)
    if verdict or finding.kind == Kind.CONCLUSION:
        return verdict
    for raising in Raising.objects.filter(finding=finding, author_unit__isnull=False):
        author = raising.author_unit_id
        if author and may_raise(asker, holder_unit_id, author_unit=author, units=raising.units, own=raising.own):
            return base.may(asker, base.WRITE, author)
    return verdict


def _fits(kind: str, columns: dict[str, Any]) -> None:
    if kind == Kind.PROPOSAL and not (columns["addressee_unit_id"] or columns["addressee"]):
        raise Refusal(_("Say to whom the proposal is put."), field="addressee")
    if kind != Kind.SHORTCOMING and (columns["objective_cause"] or columns["subjective_cause"]):
        raise Refusal(_("Causes are named of a shortcoming."), field="objective_cause")
    if kind != Kind.CONCLUSION and columns["conclusion_kind"]:
        raise Refusal(_("Only a conclusion is a task, a demand, a proposal upward or a record."), field="kind")


def _said_already(versions: Iterable[Version], after: list[int], words: str, columns: dict[str, Any]) -> Version | None:
    """The same wording after the same ones: a form that was sent twice makes no second head."""
    for one in versions:
        same = sorted(one.after) == after and one.words == words
        if same and all(getattr(one, name) == value for name, value in columns.items()):
            return one
    return None
