"""Requirements: proposed by the reader, changed and confirmed by a person, never changed afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from soichieu.documents.models import Document, Edition, ProvisionIdentity
from soichieu.ledger import clock
from soichieu.ledger.commands.acts import issuer_of
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.hashing import canonical, sha256
from soichieu.ledger.kinds import Closing, Given, Ladder
from soichieu.ledger.models import Chain, Requirement, RequirementProvision
from soichieu.ledger.proposals import proposals_of
from soichieu.ledger.ties import ties_of
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker

EDITABLE = (
    "section",
    "title",
    "ladder",
    "closing",
    "given",
    "products",
    "deciding_body",
    "deadline",
    "deadline_text",
    "standing",
    "leads_text",
    "cooperators_text",
    "addressees",
    "needs_one_lead",
)


def open_chain(*, directive: Document, line: str = "sector") -> Chain:
    """The book of a directive, begun when it is not there yet. ``line``: the line of superiors that it follows."""
    chain, _created = Chain.objects.get_or_create(directive=directive, defaults={"line": line})
    return chain


def content_hash(requirement: Requirement, identities: Sequence[tuple[int, str, bool]]) -> str:
    """SHA-256 over all that a confirmed requirement says, and the texts of the sentences that give it."""
    said: dict[str, Any] = {name: getattr(requirement, name) for name in EDITABLE}
    said["directive"] = requirement.directive_id
    said["code"] = requirement.code
    said["provisions"] = sorted([identity, digest, gives] for identity, digest, gives in identities)
    return sha256(canonical(said))


def links_of(requirement: Requirement) -> list[tuple[int, str, bool]]:
    """What the hash of a requirement covers of its sentences: those that stand when it is confirmed."""
    ties = ties_of([requirement], at_confirmation=True)[requirement.pk]
    return [(one.identity_id, one.text_hash, one.gives) for one in ties]


@transaction.atomic
def define_requirement(
    *,
    asker: Asker,
    directive: Document,
    code: str,
    title: str,
    ladder: str,
    closing: str,
    given: str = Given.EACH,
    deadline: dt.date | None = None,
    standing: bool = False,
    provisions: Iterable[tuple[ProvisionIdentity, str]] = (),
    line: str = "sector",
    confirm: bool = True,
    **rest: Any,
) -> Requirement:
    """Write a requirement down and (by default) confirm it at once. ``provisions``: (identity, hash of its text).

    Raises :class:`Refusal` for a deadline before its directive, a code used twice, a word that is no ladder or closing.
    """
    chain = open_chain(directive=directive, line=line)
    _may(asker, "confirm_requirement", chain)
    requirement = Requirement(
        directive=directive,
        code=code,
        title=title,
        ladder=ladder,
        closing=closing,
        given=given,
        deadline=deadline,
        standing=standing,
        **rest,
    )
    _check(requirement)
    try:
        with transaction.atomic():
            requirement.save()
    except IntegrityError:
        raise Refusal(
            _("%(number)s has a requirement “%(code)s” already.") % {"number": directive.number, "code": code},
            field="code",
        ) from None
    RequirementProvision.objects.bulk_create(
        RequirementProvision(requirement=requirement, identity=identity, text_hash=digest)
        for identity, digest in provisions
    )
    return confirm_requirement(asker=asker, requirement=requirement) if confirm else requirement


@transaction.atomic
def propose_requirements(*, asker: Asker, edition: Edition, tables_only: bool = False) -> list[Requirement]:
    """Write down what the reader takes for requirements: rows of task tables, and sentences that order something.

    A viewpoint opens no task (DESIGN §5). What was proposed from the same sentence before is left as it is, and so is
    what a person wrote under its number. Where two tables both begin at 1, the later rows are called by their place.
    ``tables_only``: of a text with a task table its rows alone.
    """
    chain = open_chain(directive=edition.document)
    _may(asker, "confirm_requirement", chain)
    there = Requirement.objects.filter(directive=edition.document)
    taken = set(there.values_list("code", flat=True))
    written = set(there.filter(provisions=None).values_list("code", flat=True))
    known = set(
        RequirementProvision.objects.filter(requirement__directive=edition.document).values_list(
            "identity_id", flat=True
        )
    )
    made = []
    for ordinal, (fields, places) in enumerate(proposals_of(edition, tables_only=tables_only), start=1):
        if all(identity.pk in known for identity, _digest in places) or fields["code"] in written:
            continue
        fields["code"] = _free(fields["code"], fields.pop("place"), taken)
        taken.add(fields["code"])
        known.update(identity.pk for identity, _digest in places)
        requirement = Requirement(directive=edition.document, ordinal=ordinal, **fields)
        signed = edition.document.signed_on
        if requirement.deadline is not None and requirement.deadline < signed:
            requirement.deadline = None
        requirement.save()
        RequirementProvision.objects.bulk_create(
            RequirementProvision(requirement=requirement, identity=identity, text_hash=digest)
            for identity, digest in places
        )
        made.append(requirement)
    return made


def _free(code: str, place: str, taken: Set[str]) -> str:
    """The code of a proposal: its number, else its place, else that place counted on."""
    wanted = code if code not in taken else place
    count = 1
    while wanted in taken:
        count += 1
        wanted = f"{place} ({count})"
    return wanted


@transaction.atomic
def edit_requirement(*, asker: Asker, requirement_id: int, version: int, values: Mapping[str, Any]) -> Requirement:
    """Change a proposed requirement. ``version`` is the one that was on the page: when another saved since, nothing is
    written and the message says so, so that nobody's words are lost."""
    requirement = Requirement.objects.select_for_update().select_related("directive").get(pk=requirement_id)
    _may(asker, "confirm_requirement", open_chain(directive=requirement.directive))
    if requirement.status == Requirement.Status.CONFIRMED:
        raise Refusal(_("A confirmed requirement never changes. Write a new one that supersedes it."))
    if requirement.version != version:
        raise Refusal(
            _(
                "Somebody else saved this requirement in the meantime."
                " Compare with what stands there now, then save again."
            )
        )
    for name, value in values.items():
        if name not in EDITABLE:
            raise Refusal(_("“%(name)s” cannot be changed here.") % {"name": name}, field=name)
        setattr(requirement, name, value)
    _check(requirement)
    requirement.version += 1
    requirement.save()
    return requirement


@transaction.atomic
def confirm_requirement(*, asker: Asker, requirement: Requirement) -> Requirement:
    """A person confirms: from now on it stands as it is, and it can be given out."""
    requirement = Requirement.objects.select_for_update().select_related("directive").get(pk=requirement.pk)
    _may(asker, "confirm_requirement", open_chain(directive=requirement.directive))
    if requirement.status == Requirement.Status.CONFIRMED:
        return requirement
    _check(requirement)
    requirement.status = Requirement.Status.CONFIRMED
    requirement.confirmed_by_id = asker.post_id
    requirement.confirmed_at = clock.now()
    requirement.content_hash = content_hash(requirement, links_of(requirement))
    requirement.version += 1
    requirement.save()
    return requirement


@transaction.atomic
def drop_requirement(*, asker: Asker, requirement_id: int, version: int) -> Requirement:
    """A proposal that is none after all; it stays in the register as dropped."""
    requirement = edit_requirement(asker=asker, requirement_id=requirement_id, version=version, values={})
    requirement.status = Requirement.Status.DROPPED
    requirement.save(update_fields=["status"])
    return requirement


def _may(asker: Asker, act: str, chain: Chain) -> None:
    issuer = issuer_of(chain)
    verdict = permissions.may(asker, act, holder_id=issuer, issuer_id=issuer, line=chain.line or None, on=clock.today())
    if not verdict.allowed:
        raise Forbidden(verdict.reason)


def _check(requirement: Requirement) -> None:
    if not requirement.title.strip():
        raise Refusal(_("Say what is required, in a sentence."), field="title")
    for name, words in (("ladder", Ladder), ("closing", Closing), ("given", Given)):
        if getattr(requirement, name) not in words.values:
            raise Refusal(
                _("“%(value)s” is none of: %(words)s.")
                % {"value": getattr(requirement, name), "words": ", ".join(words.values)},
                field=name,
            )
    if requirement.deadline is not None and requirement.deadline < requirement.directive.signed_on:
        raise Refusal(
            _("The deadline %(deadline)s lies before the directive itself (%(signed)s). Check the year.")
            % {"deadline": requirement.deadline.isoformat(), "signed": requirement.directive.signed_on.isoformat()},
            field="deadline",
        )
