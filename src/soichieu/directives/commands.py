"""Every change of this room: each wraps the ledger's, with the checks that only a whole directive allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soichieu.directives import rights
from soichieu.directives.addressees import decided
from soichieu.directives.errors import Conflict
from soichieu.documents.models import Document, Provision, ProvisionIdentity, TableRow
from soichieu.ledger import clock
from soichieu.ledger import commands as ledger
from soichieu.ledger.document_sources import source_of_document
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.kinds import Given, Kind
from soichieu.ledger.models import Obligation, Requirement, RequirementTie
from soichieu.ledger.sources import Source
from soichieu.ledger.standing import are_given
from soichieu.organisation import permissions
from soichieu.organisation import queries as organisation
from soichieu.organisation.addressees import AddresseeError, AddresseeRule
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Line
from soichieu.organisation.names import name_of

PROPOSED, CONFIRMED = Requirement.Status.PROPOSED, Requirement.Status.CONFIRMED


@dataclass(frozen=True)
class Confirmed:
    """What came of confirming several at once: those that stand now, and those left with the reason."""

    done: tuple[Requirement, ...]
    left: tuple[tuple[Requirement, str], ...]


@dataclass(frozen=True)
class GivenOut:
    """What was given out: the new obligations; ``units`` and ``requirements`` count them by either side; ``left`` are
    those that a limit left for the next time."""

    obligations: tuple[Obligation, ...]
    units: int
    requirements: int
    left: int = 0


@transaction.atomic
def propose(*, asker: Asker, directive: Document, line: str = Line.SECTOR) -> list[Requirement]:
    """Write down what the reader takes for requirements in the newest edition; begins the directive's book.

    ``line``: the line of superiors that the book follows, fixed when it is begun.
    """
    rights.require(asker, directive)
    edition = directive.editions.order_by("-ordinal").first()
    if edition is None:
        raise Refusal(
            _("%(number)s is registered without its text. Read its file first, or write the requirements yourself.")
            % {"number": directive.number}
        )
    if line not in Line.values:
        raise Refusal(_("Choose the line that the directive follows."), field="line")
    ledger.open_chain(directive=directive, line=line)
    return ledger.propose_requirements(asker=asker, edition=edition)


@transaction.atomic
def write_requirement(
    *, asker: Asker, directive: Document, code: str, values: Mapping[str, Any], places: Sequence[str] = ()
) -> Requirement:
    """A requirement that a person writes, not the reader; proposed like the others until it is confirmed. ``places``:
    where in the newest text the sentences stand that give it, as they are cited. Raises ``Refusal`` (field ``places``)
    for one that the text has not."""
    rights.require(asker, directive)
    sentences = _sentences(directive, places)
    last = directive.requirements.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    return ledger.define_requirement(
        asker=asker,
        directive=directive,
        code=code.strip(),
        confirm=False,
        line=rights.line_of(directive),
        ordinal=last + 1,
        provisions=sentences,
        **values,
    )


@transaction.atomic
def tie(
    *,
    asker: Asker,
    requirement_id: int,
    places: Sequence[str] = (),
    untie: Sequence[int] = (),
    seen: int | None = None,
    reason: str = "",
) -> list[RequirementTie]:
    """Tie a requirement that is written to sentences of the newest text (as they are cited there), and untie it from
    others (ids of their identities), in one step. Once it is confirmed with a reason; it never comes from nowhere."""
    requirement = Requirement.objects.select_related("directive").get(pk=requirement_id)
    rights.require(asker, requirement.directive)
    return ledger.tie_requirement(
        asker=asker,
        requirement_id=requirement_id,
        tie=_sentences(requirement.directive, places),
        untie=untie,
        seen=seen,
        reason=reason,
    )


def _sentences(directive: Document, places: Sequence[str]) -> list[tuple[ProvisionIdentity, str]]:
    """The places and rows of the newest text that are cited so, in their order, each with the hash of its words."""
    if not places:
        return []
    newest = directive.editions.order_by("-ordinal").first()
    nodes: list[Provision | TableRow] = []
    if newest is not None:
        nodes += newest.rows.filter(row_id__in=places).select_related("identity")
        nodes += newest.provisions.filter(citation__in=places).select_related("identity")
    found = {one.place: (one.identity, one.text_hash) for one in nodes}
    if missing := [place for place in places if place not in found]:
        raise Refusal(
            _("The text has no place %(places)s. Open it and write its places as they are cited there, such as 1.s1.")
            % {"places": ", ".join(missing)},
            field="places",
        )
    return [found[place] for place in dict.fromkeys(places)]


@transaction.atomic
def save_requirement(*, asker: Asker, requirement_id: int, version: int, values: Mapping[str, Any]) -> Requirement:
    """Change a proposed requirement. Raises :class:`Conflict` when somebody else saved since ``version``."""
    current = Requirement.objects.select_for_update().select_related("directive").get(pk=requirement_id)
    rights.require(asker, current.directive)
    if current.status != CONFIRMED and current.version != version:
        raise Conflict(
            _(
                "Somebody else saved this requirement while you were writing. What stands there now is under each"
                " field that differs; your words are kept. Save again to put yours in its place."
            ),
            current,
        )
    saved = ledger.edit_requirement(asker=asker, requirement_id=requirement_id, version=version, values=values)
    if saved.status == Requirement.Status.DROPPED:
        # Working on it again takes it back among the proposals.
        saved.status = PROPOSED
        saved.save(update_fields=["status"])
    return saved


@transaction.atomic
def choose_one_lead(*, asker: Asker, requirement_id: int, version: int, unit_code: str) -> Requirement:
    """Of several leads a person names the one who answers; the others stay named as printed."""
    if organisation.unit_by_code(unit_code) is None:
        raise Refusal(_("Choose the unit that answers."), field="lead")
    return save_requirement(
        asker=asker,
        requirement_id=requirement_id,
        version=version,
        values={
            "addressees": AddresseeRule(units=(unit_code,)).as_json(),
            "given": Given.ONE,
            "needs_one_lead": False,
        },
    )


@transaction.atomic
def choose_addressees(
    *, asker: Asker, versions: Mapping[int, int], rule: AddresseeRule, on: dt.date, given: str | None = None
) -> list[Requirement]:
    """Keep one rule with each of some requirements (id → the version that was on the page); all of them or none.

    ``given`` None leaves each as it is; a rule with several units *given to one* is refused, as is one that nobody
    fits on ``on``.
    """
    try:
        members = rule.members(on)
    except AddresseeError as wrong:
        raise Refusal(wrong, field="units") from wrong
    if not (rule.by_rule() or rule.units):
        raise Refusal(_("Say who is addressed: by a rule, by name, or both."))
    if not members:
        raise Refusal(_("No unit fits this on the day. Widen the rule or name units."))
    saved = []
    for requirement in Requirement.objects.filter(pk__in=versions).order_by("ordinal", "pk"):
        to = given or requirement.given
        if to == Given.ONE and len(members) > 1:
            raise Refusal(
                ngettext(
                    "%(code)s is given to one, but %(n)d unit fits.",
                    "%(code)s is given to one, but %(n)d units fit. Name the one, or give it to each of them.",
                    len(members),
                )
                % {"code": requirement.code, "n": len(members)},
                field="given",
            )
        saved.append(
            save_requirement(
                asker=asker,
                requirement_id=requirement.pk,
                version=versions[requirement.pk],
                values={"addressees": rule.as_json(), "given": to, "needs_one_lead": False},
            )
        )
    return saved


def why_not_confirmed(requirement: Requirement) -> str:
    """What a person still has to decide before this can be confirmed; empty when nothing."""
    if requirement.needs_one_lead:
        return _("The directive names several leads: choose the one who answers, or give it to each.")
    if decided(requirement.addressees) is None:
        return _("Its addressees are not chosen yet.")
    return ""


@transaction.atomic
def confirm(*, asker: Asker, directive: Document, requirement_ids: Iterable[int]) -> Confirmed:
    """Confirm those that nothing is left to decide about; the rest is given back with the reason, unchanged."""
    rights.require(asker, directive)
    done: list[Requirement] = []
    left: list[tuple[Requirement, str]] = []
    chosen = Requirement.objects.filter(directive=directive, pk__in=list(requirement_ids)).exclude(status=CONFIRMED)
    for requirement in chosen.order_by("ordinal", "pk"):
        reason = why_not_confirmed(requirement)
        if reason:
            left.append((requirement, reason))
            continue
        try:
            with transaction.atomic():
                done.append(ledger.confirm_requirement(asker=asker, requirement=requirement))
        except Refusal as refused:
            left.append((requirement, str(refused)))
    return Confirmed(tuple(done), tuple(left))


@transaction.atomic
def drop(*, asker: Asker, versions: Mapping[int, int]) -> list[Requirement]:
    """Leave out proposals that are no requirements after all (id → version seen); all of them or none."""
    dropped = []
    chosen = Requirement.objects.filter(pk__in=versions).select_related("directive")
    for requirement in chosen.order_by("ordinal", "pk"):
        rights.require(asker, requirement.directive)
        if requirement.version != versions[requirement.pk]:
            raise Conflict(
                _("%(code)s was changed in another window meanwhile. Look at it again.") % {"code": requirement.code},
                requirement,
            )
        dropped.append(ledger.drop_requirement(asker=asker, requirement_id=requirement.pk, version=requirement.version))
    return dropped


@transaction.atomic
def give_out(
    *,
    asker: Asker,
    directive: Document,
    requirement_ids: Sequence[int],
    happened_on: dt.date,
    limit: int | None = None,
) -> GivenOut:
    """Give confirmed requirements to the units that their rules address on a day: one obligation each, one transaction.

    Everything is checked before anything is written. Who owes one already is left as is, so giving out twice adds only
    units that came to fit since. ``limit``: write at most so many now and say how many are left, for a page that shows
    progress and asks again.
    """
    rights.require(asker, directive, rights.OPEN)
    if happened_on < directive.signed_on:
        raise Refusal(_("A task cannot be given before the directive was signed."), field="happened_on")
    chosen = list(
        Requirement.objects.filter(directive=directive, pk__in=list(requirement_ids))
        .select_related("directive")
        .order_by("ordinal", "pk")
    )
    if not chosen:
        raise Refusal(_("Choose at least one requirement."))
    members = _members(asker, directive, chosen, happened_on)
    owed: dict[int, set[int]] = {}
    there = are_given(Obligation.objects.filter(requirement__in=[one.pk for one in chosen], period="", part_of=None))
    for requirement_id, unit in there.values_list("requirement_id", "unit_id"):
        owed.setdefault(requirement_id, set()).add(unit)
    source = source_of_document(directive)
    made: list[Obligation] = []
    left = 0
    for requirement in chosen:
        mine = owed.get(requirement.pk, set())
        fresh = [unit for unit in members[requirement.pk] if unit not in mine]
        now = fresh if limit is None else fresh[: max(0, limit - len(made))]
        left += len(fresh) - len(now)
        if now:
            made += _open(asker, requirement, now, happened_on, source)
    return GivenOut(tuple(made), len({one.unit_id for one in made}), len({one.requirement_id for one in made}), left)


def _members(asker: Asker, directive: Document, chosen: Sequence[Requirement], on: dt.date) -> dict[int, list[int]]:
    """Requirement → units of the day; raises before anything is written when one of them cannot be given out."""
    by_rule: dict[str, list[int]] = {}
    found: dict[int, list[int]] = {}
    for requirement in chosen:
        rule = decided(requirement.addressees)
        if requirement.status != CONFIRMED or rule is None:
            raise Refusal(
                _("%(code)s: it is not confirmed yet, so it cannot be given out.") % {"code": requirement.code}
            )
        key = str(rule)
        if key not in by_rule:
            by_rule[key] = rule.members(on)
        if not by_rule[key]:
            raise Refusal(
                _("%(code)s: no unit fits its addressees on this day.") % {"code": requirement.code},
                field="happened_on",
            )
        found[requirement.pk] = by_rule[key]
    everyone = sorted({unit for units in by_rule.values() for unit in units})
    assigner = rights.assigner_of(directive)
    allowed = permissions.may_many(
        asker,
        Kind.OPENED,
        holder_ids=everyone,
        issuer_ids=assigner if assigner is not None else everyone,
        line=rights.line_of(directive),
        on=clock.today(),
    )
    for unit, right in zip(everyone, allowed, strict=True):
        if not right:
            name = name_of([unit], clock.today())[unit]
            raise Forbidden(
                _("%(unit)s is not yours to give tasks to: only units under the issuer are.") % {"unit": name}
            )
    return found


def _open(
    asker: Asker, requirement: Requirement, units: Sequence[int], on: dt.date, source: Source
) -> list[Obligation]:
    try:
        return ledger.open_obligations(
            asker=asker, requirement=requirement, unit_ids=units, happened_on=on, source=source
        )
    except Refusal as refused:
        refused.args = (f"{requirement.code}: {refused}",)
        raise
