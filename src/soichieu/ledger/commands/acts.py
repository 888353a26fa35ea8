"""Acts: one line about each of some obligations, by one who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents.models import StoredFile
from soichieu.ledger import clock
from soichieu.ledger.append import Draft, append
from soichieu.ledger.errors import Forbidden, Overtaken, Refusal
from soichieu.ledger.fold import answer_for
from soichieu.ledger.kinds import SPECS, Choice, Closing, Kind, Ladder
from soichieu.ledger.locking import lock_chains
from soichieu.ledger.models import Chain, Entry, Obligation
from soichieu.ledger.sources import Source, closes, registered_kinds
from soichieu.ledger.standing import given_on, standing
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.organisation.permissions import Claimant
from soichieu.web.dates import write_day

CLAIMING = (Kind.CLAIMED, Kind.ISSUED, Kind.RESPONDED)


@transaction.atomic
def record(
    *,
    asker: Asker,
    kind: str,
    obligations: Sequence[int],
    happened_on: dt.date,
    choice: str = "",
    deadline: dt.date | None = None,
    unit_id: int | None = None,
    voids: int | None = None,
    source: Source | None = None,
    evidence: Sequence[str | StoredFile] = (),
    payload: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> list[Entry]:
    """Write one line of ``kind`` about each obligation, in one transaction; all of them or none.

    ``voids`` is the position, in the obligation's chain, of the earlier line that never was so (kind *voided*, one
    obligation).
    ``evidence``: stored files, whose names as handed in stand in the line, or their SHA-256. ``payload``: reason,
    number, date, signer, signing form, method, sample …
    ``seen``: the position of the last line about the task that the asker looked at, where they looked at one task.
    Raises :class:`Refusal` naming the field, :class:`Forbidden` when the asker may not, :class:`Overtaken` when a line
    was written since ``seen``.
    """
    details = dict(payload or {})
    if names := {one.pk: one.name for one in evidence if isinstance(one, StoredFile)}:
        details["file_names"] = names
    hashes = [one.pk if isinstance(one, StoredFile) else one for one in evidence]
    _check_words(kind, happened_on, choice, deadline, unit_id, voids, source, details)
    wanted = list(dict.fromkeys(obligations))
    if not wanted:
        raise Refusal(_("Choose at least one task."), field="obligations")
    found = {
        obligation.pk: obligation
        for obligation in Obligation.objects.filter(pk__in=wanted).select_related("chain__directive", "requirement")
    }
    if missing := [pk for pk in wanted if pk not in found]:
        raise Refusal(_("There is no task %(id)s in the book.") % {"id": missing[0]}, field="obligations")
    chains = sorted({obligation.chain_id for obligation in found.values()})
    lock_chains(chains)
    _check_rights(asker, kind, [found[pk] for pk in wanted], voids, choice)
    if seen is not None:
        _check_seen(wanted, seen)
    _check_closed_by([found[pk] for pk in wanted], kind, choice, source, hashes, details)
    _check_deadline(deadline, list(found.values()))
    written: list[Entry] = []
    for chain in chains:
        drafts = [
            Draft(
                obligation_id=pk,
                kind=kind,
                happened_on=happened_on,
                deadline=deadline,
                choice=choice,
                unit_id=unit_id,
                voids=voids,
                source=source,
                evidence=hashes,
                payload=details,
            )
            for pk in wanted
            if found[pk].chain_id == chain
        ]
        ids = append(asker=asker, chain_id=chain, drafts=drafts).ids
        written.extend(Entry.objects.filter(pk__gte=ids.start, pk__lt=ids.stop).order_by("position"))
    return written


def _check_words(
    kind: str,
    happened_on: dt.date,
    choice: str,
    deadline: dt.date | None,
    unit_id: int | None,
    voids: int | None,
    source: Source | None,
    details: Mapping[str, Any],
) -> None:
    """Whether the line says what its kind must say, and nothing it cannot (:data:`~soichieu.ledger.kinds.SPECS`)."""
    spec = SPECS.get(kind)
    if spec is None:
        raise Refusal(_("“%(kind)s” is no kind of entry.") % {"kind": kind}, field="kind")
    if happened_on > clock.today():
        raise Refusal(
            _("%(day)s has not come yet. Give the day on which it happened, today at the latest.")
            % {"day": happened_on.isoformat()},
            field="happened_on",
        )
    if (choice and choice not in spec.choices) or (spec.choice_needed and not choice):
        allowed = ", ".join(spec.choices) or _("none")
        raise Refusal(_("Choose one of: %(choices)s.") % {"choices": allowed}, field="choice")
    for name, value, rule in (("deadline", deadline, spec.deadline), ("unit", unit_id, spec.unit)):
        if value is None and rule == "must":
            raise Refusal(_("This entry needs: %(field)s.") % {"field": _(name)}, field=name)
        if value is not None and not rule:
            raise Refusal(_("This entry takes no: %(field)s.") % {"field": _(name)}, field=name)
    why = spec.reason == "must" or choice == Choice.OUTSIDE_SCOPE
    if why and not str(details.get("reason", "")).strip():
        raise Refusal(_("Say why, in a sentence."), field="reason")
    if missing := [name for name in spec.says if not str(details.get(name, "")).strip()]:
        raise Refusal(_("This entry needs: %(field)s.") % {"field": _(missing[0])}, field=missing[0])
    if (voids is None) == (kind == Kind.VOIDED):
        raise Refusal(_("A voiding names the one line that never was so."), field="voids")
    if source is not None and source.key not in registered_kinds():
        raise Refusal(_("Nobody can say what a source “%(kind)s” is.") % {"kind": source.kind}, field="source")


def _check_seen(obligations: Sequence[int], seen: int) -> None:
    """Whether the asker has seen the last line about the task. Asked under the lock of its chain: of several who send
    at once only the first has."""
    lines = Entry.objects.filter(obligation__in=obligations, position__gt=seen)
    newest = lines.order_by("-position").values_list("position", flat=True).first()
    if newest is not None:
        raise Overtaken(_("A line was written meanwhile. Look at it, then send again."), newest)


def _check_deadline(deadline: dt.date | None, obligations: Sequence[Obligation]) -> None:
    """A new deadline may have passed already, but no task was due before its directive was signed."""
    for obligation in obligations:
        signed = obligation.chain.directive.signed_on
        if deadline is not None and deadline < signed:
            raise Refusal(
                _("The deadline %(deadline)s lies before the directive itself (%(signed)s). Check the year.")
                % {"deadline": deadline.isoformat(), "signed": signed.isoformat()},
                field="deadline",
            )


def _check_closed_by(
    obligations: Sequence[Obligation],
    kind: str,
    choice: str,
    source: Source | None,
    evidence: Sequence[str],
    details: Mapping[str, Any],
) -> None:
    """A task that an act closes is closed by something registered and never by a word alone (DESIGN §2, *closing*): a
    numbered document, for a session or report its file too. What a call tells closes nothing, so it may be written."""
    if source is not None and (not source.paper or source.room != "ledger" or source.kind == "sheet"):
        named = True
    else:
        named = bool(str(details.get("number", "")).strip())
    if kind == Kind.ISSUED and not named:
        raise Refusal(_("Give the number and symbol of the document that was issued."), field="number")
    for requirement in {obligation.requirement_id: obligation.requirement for obligation in obligations}.values():
        if kind == Kind.CLAIMED and requirement.closing == Closing.CLAIMED:
            if not closes(requirement.ladder, source):
                raise Refusal(
                    _("Task %(code)s is done by its report: register the signed report by number and date instead.")
                    % {"code": requirement.code},
                    field="source",
                )
            if not named and not evidence:
                raise Refusal(
                    _("Task %(code)s is done by what is registered: give the number of the report or add its file.")
                    % {"code": requirement.code},
                    field="number",
                )
        concrete = requirement.ladder == Ladder.MADE_CONCRETE and requirement.closing == Closing.ISSUED
        if kind == Kind.RESPONDED and choice == Choice.DIRECTLY and concrete and not named:
            raise Refusal(_("Name the superior's plan that is carried out by its number and symbol."), field="number")


def _check_rights(asker: Asker, kind: str, obligations: Sequence[Obligation], voids: int | None, choice: str) -> None:
    today = clock.today()
    state = answer_for([obligation.pk for obligation in obligations], today)
    for obligation in obligations:
        voided = _voided_line(obligation, kind, voids)
        try:
            holder = state.cell(obligation.pk).holder_id
        except KeyError:
            holder = None
        verdict = permissions.may(
            asker,
            kind,
            holder_id=holder if holder is not None else obligation.unit_id,
            issuer_id=issuer_of(obligation.chain),
            line=obligation.chain.line or None,
            on=today,
            cooperator_ids=asked(obligation) if kind == Kind.HANDED else (),
            claim=claimant_of(obligation) if kind == Kind.VERIFIED else None,
            target_act=voided.kind if voided is not None else None,
        )
        if not verdict.allowed:
            raise Forbidden(verdict.reason)
        if kind == Kind.HANDED and verdict.rule == permissions.COOPERATOR and choice != Choice.LEAD:
            # Where the work goes next is for who holds it.
            raise Refusal(_("Whoever was asked for an opinion hands the work back to the lead."), field="choice")


def refuse_before_given(obligations: Sequence[int], happened_on: dt.date) -> None:
    """Refuse a day on which one of the tasks was not given yet, naming the task and the day: such a line has no effect
    and is nearly always a wrong year.

    For lines that a person writes now; :func:`record` takes any day, for old books are written in any order
    (``docs/ledger.md`` section 3). Raises :class:`Refusal` with the field ``happened_on``.
    """
    given = given_on(obligations)
    early = [pk for pk in obligations if pk in given and happened_on < given[pk]]
    if not early:
        return
    first = Obligation.objects.select_related("requirement", "chain__directive").get(pk=early[0])
    words = {
        "code": first.requirement.code,
        "number": first.chain.directive.number,
        "unit": name_of([first.unit_id], given[first.pk])[first.unit_id],
        "day": write_day(happened_on),
        "given": write_day(given[first.pk]),
    }
    raise Refusal(
        _(
            "Task %(code)s of %(number)s was given to %(unit)s on %(given)s; nothing was done about it on %(day)s. Give"
            " that day or a later one; where the task was given earlier, correct that line first."
        )
        % words,
        field="happened_on",
    )


def issuer_of(chain: Chain) -> int | None:
    """The unit that gave the tasks of a chain: the directive's issuer here, or who registered it."""
    directive = chain.directive
    return directive.issuer_unit_id or directive.registering_unit_id


def _voided_line(obligation: Obligation, kind: str, voids: int | None) -> Entry | None:
    if kind != Kind.VOIDED or voids is None:
        return None
    line = Entry.objects.filter(chain_id=obligation.chain_id, position=voids, obligation_id=obligation.pk).first()
    if line is None:
        raise Refusal(_("Line %(position)s is not about this task.") % {"position": voids}, field="voids")
    if line.kind == Kind.VOIDED:
        raise Refusal(_("A voiding cannot be voided: write the line again instead."), field="voids")
    if Entry.objects.filter(obligation_id=obligation.pk, kind=Kind.VOIDED, voids=voids).exists():
        raise Refusal(_("Line %(position)s is voided already.") % {"position": voids}, field="voids")
    return line


def claimant_of(obligation: Obligation) -> Claimant | None:
    """Who wrote the last claim that is not voided, and on whose behalf: none of them verifies it."""
    claims = standing(Entry.objects.filter(obligation_id=obligation.pk, kind__in=CLAIMING))
    claim = claims.order_by("-happened_on", "-position").first()
    return Claimant(claim.person_id, (claim.post_id, claim.on_behalf_of_id)) if claim is not None else None


def asked(obligation: Obligation) -> set[int]:
    """The cooperators that were asked for an opinion: they may hand the work back."""
    lines = standing(Entry.objects.filter(obligation_id=obligation.pk, kind=Kind.HANDED, choice=Choice.COOPERATOR))
    return {unit for unit in lines.values_list("unit_id", flat=True) if unit is not None}
