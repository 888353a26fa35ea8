"""Tying a requirement that is written to the sentences that give it, and untying it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents.models import ProvisionIdentity
from soichieu.documents.rights import record_of
from soichieu.ledger import clock
from soichieu.ledger.commands.requirements import _may, open_chain
from soichieu.ledger.errors import Overtaken, Refusal
from soichieu.ledger.models import Chain, Requirement, RequirementTie
from soichieu.ledger.ties import tie_hash, ties_of
from soichieu.organisation.askers import Asker


@transaction.atomic
def tie_requirement(
    *,
    asker: Asker,
    requirement_id: int,
    tie: Sequence[tuple[ProvisionIdentity, str]] = (),
    untie: Iterable[int] = (),
    seen: int | None = None,
    reason: str = "",
) -> list[RequirementTie]:
    """Tie a requirement to sentences (identity, hash of its words) and untie it from others (ids of identities), in one
    step; gives the lines that were written.

    Before it is confirmed this is part of writing it. Once it is confirmed, what it asks stays and so does what was
    confirmed; where it comes from may be put right, with a reason, and never so that it comes from nowhere. ``seen``:
    the position of the last change that the asker saw; :class:`Overtaken` when another came since.
    """
    directive = Requirement.objects.select_related("directive").get(pk=requirement_id).directive
    # The book before the requirement, as wherever a sheet is taken over: whoever wants both waits for the first.
    chain = Chain.objects.select_for_update().get(pk=open_chain(directive=directive).pk)
    requirement = Requirement.objects.select_for_update().select_related("directive").get(pk=requirement_id)
    _may(asker, "confirm_requirement", chain)
    if requirement.status == Requirement.Status.DROPPED:
        raise Refusal(_("This proposal was left out. Save it first: that takes it back among the proposals."))
    _check_seen(requirement, seen)
    confirmed = requirement.status == Requirement.Status.CONFIRMED
    if confirmed and not reason.strip():
        raise Refusal(_("Say why, in a sentence."), field="reason")
    standing = {one.identity_id: one for one in ties_of([requirement])[requirement.pk] if one.gives}
    fresh = {
        identity.pk: (identity, digest)
        for identity, digest in tie
        # Tied to the same words already: nothing to write. To other words: they were looked at again.
        if identity.pk not in standing or standing[identity.pk].text_hash != digest
    }
    gone = [standing[pk] for pk in dict.fromkeys(untie) if pk in standing and pk not in {one.pk for one, _hash in tie}]
    if not fresh and not gone:
        raise Refusal(_("Nothing changes by this: choose a sentence to untie, or write the place of another."))
    if confirmed and not fresh and len(gone) == len(standing):
        raise Refusal(
            _(
                "A confirmed requirement always comes from a sentence. Write the place of the right one, and untie the"
                " wrong one in the same step."
            ),
            field="places",
        )
    drafts = [(one.identity, one.text_hash, False) for one in gone] + [(*one, True) for one in fresh.values()]
    return _write(asker, chain, requirement, drafts, confirmed, reason.strip())


def _check_seen(requirement: Requirement, seen: int | None) -> None:
    last = RequirementTie.objects.filter(requirement=requirement).order_by("-position").first()
    if seen is not None and last is not None and last.position > seen:
        raise Overtaken(
            _("Since you opened this page %(who)s changed its sentences. Look at what stands now, then send again.")
            % {"who": last.made_by.get("label", "")},
            last.position,
        )


def _write(
    asker: Asker,
    chain: Chain,
    requirement: Requirement,
    drafts: Sequence[tuple[ProvisionIdentity, str, bool]],
    confirmed: bool,
    reason: str,
) -> list[RequirementTie]:
    """The lines at the end of the directive's book of ties, under the lock of its chain."""
    last = RequirementTie.objects.filter(chain=chain).order_by("-position").first()
    position, previous = (last.position, last.hash) if last is not None else (0, "")
    # As in the book of entries: a clock that goes backwards gives the moment of the line before.
    moment = max(clock.now(), last.recorded_at) if last is not None else clock.now()
    made = []
    for identity, digest, gives in drafts:
        position += 1
        line = RequirementTie(
            chain=chain, position=position, requirement=requirement, identity=identity, text_hash=digest,
            gives=gives, confirmed=confirmed, reason=reason, recorded_at=moment, made_by=record_of(asker),
            previous_hash=previous,
        )  # fmt: skip
        line.hash = previous = tie_hash(vars(line))
        line.save(force_insert=True)
        made.append(line)
    return made
