"""The tasks of a notice given out: a requirement of the notice for each, and an obligation for each lead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from soichieu.conferences.matching import Place
from soichieu.documents.models import Document, Provision, ProvisionIdentity, TableRow
from soichieu.findings import sources
from soichieu.findings import terms as six
from soichieu.findings.queries import Shown
from soichieu.ledger import commands as ledger
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.kinds import Closing, Ladder
from soichieu.ledger.kinds import Given as To
from soichieu.ledger.models import Chain, Obligation, Requirement, RequirementProvision
from soichieu.ledger.proposals import closing_of
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import LINES
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of
from soichieu.organisation.queries import subtree

CODE = "KL"


@dataclass(frozen=True)
class Given:
    """A task of the notice. ``obligations`` is empty where nobody is named yet who leads it: the requirement then
    waits, unconfirmed, on the page of the notice."""

    finding: str
    requirement: Requirement
    obligations: list[Obligation]


def give(
    *,
    asker: Asker,
    holder: int,
    document: Document,
    tasks: Sequence[Shown],
    places: Mapping[str, Place],
    deadlines: Mapping[str, dt.date | None],
    reviewed: Iterable[int],
    evidence: Sequence[str],
    published_only: bool,
) -> list[Given]:
    """Define and open every task, in the order of the conclusions. For commands, inside their transaction."""
    if not tasks:
        return []
    line = _line(holder, document.signed_on, {lead for one in tasks for lead in one.leads}, reviewed)
    taken = set(Requirement.objects.filter(directive=document).values_list("code", flat=True))
    made = []
    for ordinal, one in enumerate(tasks, start=len(taken) + 1):
        try:
            made.append(
                _give(asker, document, one, places.get(one.key), line, ordinal, deadlines, evidence, published_only)
            )
        except Forbidden:
            raise
        except Refusal as wrong:
            # Which of the conclusions it is: the form shows the words beside it.
            raise Refusal(
                _("%(why)s (“%(words)s”)") % {"why": wrong, "words": Truncator(one.words).chars(60)},
                field=f"{'deadline' if wrong.field == 'deadline' else 'conclusion'}-{one.key}",
            ) from wrong
    return made


def _give(
    asker: Asker, document: Document, one: Shown, place: Place | None, line: str, ordinal: int,
    deadlines: Mapping[str, dt.date | None], evidence: Sequence[str], published_only: bool,
) -> Given:  # fmt: skip
    terms = {**six.EMPTY, **one.version.terms}
    leads = one.leads
    several = terms["given"] == To.ONE and len(leads) > 1
    unnamed = not leads or several
    # None among the days of the notice is a day that the notice does not give.
    deadline = deadlines[one.key] if one.key in deadlines else six.deadline_of(terms)
    codes = dict(Unit.objects.filter(pk__in=leads).values_list("pk", "code"))
    requirement = ledger.define_requirement(
        asker=asker, directive=document, code=f"{CODE}{ordinal}", ordinal=ordinal, title=terms["task"] or one.words,
        ladder=terms["ladder"] or Ladder.CARRIED_OUT, closing=_closing(terms["product"]), given=terms["given"],
        deadline=deadline, deadline_text=terms["deadline_text"], line=line, confirm=False,
        provisions=[(place.identity, place.text_hash)] if place else [],
        products=[terms["product"]] if terms["product"] else [], deciding_body=terms["authority"],
        leads_text="; ".join(name_of(leads, document.signed_on).values()),
        cooperators_text="; ".join(name_of(terms["cooperators"], document.signed_on).values()),
        addressees={"units": [codes[lead] for lead in leads]}, needs_one_lead=unnamed,
    )  # fmt: skip
    RequirementProvision.objects.bulk_create(
        RequirementProvision(requirement=requirement, identity=identity, text_hash=digest, gives=False)
        for identity, digest in cited(one.version.provisions)
        if place is None or identity.pk != place.identity.pk
    )
    if unnamed:
        return Given(one.key, requirement, [])
    requirement = ledger.confirm_requirement(asker=asker, requirement=requirement)
    opened = ledger.open_obligations(
        asker=asker, requirement=requirement, unit_ids=leads, happened_on=document.signed_on, deadline=deadline,
        published_only=published_only, source=sources.source_of(one.finding), evidence=evidence,
    )  # fmt: skip
    return Given(one.key, requirement, opened)


def cited(identities: Sequence[int]) -> list[tuple[ProvisionIdentity, str]]:
    """The sentences that a conclusion rests on, with the hash of their newest text; one without a text is left out."""
    found = []
    known = ProvisionIdentity.objects.in_bulk(list(identities))
    for pk in identities:
        newest = Provision.objects.filter(identity=pk).order_by("-edition__ordinal").first()
        row = newest or TableRow.objects.filter(identity=pk).order_by("-edition__ordinal").first()
        if row is not None and pk in known:
            found.append((known[pk], row.text_hash))
    return found


def _closing(product: str) -> str:
    """A product that is a document is done when issued; anything else when the assigner takes it (DESIGN §2)."""
    return closing_of(product) if product else Closing.ACCEPTED


def _line(holder: int, on: dt.date, leads: set[int], reviewed: Iterable[int]) -> str:
    """The line on which all leads stand under the holder: that of the directive under review first, else any of them;
    empty (any line) when no one line reaches all."""
    chains = Chain.objects.filter(directive__in=list(reviewed)).exclude(line="").order_by("directive__signed_on")
    for line in dict.fromkeys([*chains.values_list("line", flat=True), *LINES]):
        if leads <= {int(one) for one in subtree(holder, line, on)}:
            return line
    return ""
