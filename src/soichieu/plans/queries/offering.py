"""Which documents a plan may stand under, offered until its unit has chosen one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from soichieu.documents import citing, rights
from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.language.citations import find_citations
from soichieu.language.numbers import canonical
from soichieu.ledger import queries as ledger
from soichieu.ledger.models import Obligation
from soichieu.organisation.askers import Asker
from soichieu.plans.models import Plan, PlanEdition, PlanFacts

AT_MOST = 6


@dataclass(frozen=True)
class Offered:
    """A document that a plan may stand under, and why it is offered, in words."""

    document: Document
    why: str


def offered_superiors(
    asker: Asker, plan: Plan, facts: PlanFacts | None, versions: Sequence[PlanEdition] = ()
) -> list[Offered]:
    """What the plan's title cites by its full number; then what the file of its lines names as its bases (of
    ``versions``, the newest first, the first that was read from a file with any); then what its unit holds a task from,
    the newest first. Those that the asker sees, with a text to be held up against, each once."""
    found: dict[int, Offered] = {}
    for cited in find_citations(facts.title) if facts is not None else ():
        if cited.full and cited.number is not None:
            ones = documents.by_number(asker, canonical(cited.number))
            if len(ones) == 1:
                found.setdefault(ones[0].pk, Offered(ones[0], _("cited in its title")))
    own = facts.document if facts is not None else None
    for words, one in _bases(asker, versions, own):
        found.setdefault(one.pk, Offered(one, _("among the bases in its file: %(words)s") % {"words": words}))
    now = ledger.Question.now().answer()
    held = now.columns.ids[now.holder == plan.unit_id]
    givers = Obligation.objects.filter(pk__in=rights.id_list(int(one) for one in np.sort(held)))
    seen = rights.visible_documents(asker).filter(pk__in=givers.values("chain__directive"))
    for one in seen.order_by("-signed_on", "-pk")[:AT_MOST]:
        found.setdefault(one.pk, Offered(one, _("the unit holds a task from it")))
    kept = [pk for pk in found if own is None or pk != own.pk]
    readable = set(Document.objects.filter(pk__in=kept, editions__isnull=False).values_list("pk", flat=True))
    return [found[pk] for pk in kept if pk in readable][:AT_MOST]


def offered_beside(asker: Asker, facts: PlanFacts | None, under: Collection[int]) -> list[Document]:
    """The directives of the asker's own unit, the newest first, that have a text and do not stand above the plan: what
    whoever a plan was submitted to may lay it beside."""
    own = facts.document_id if facts is not None else None
    given = rights.visible_documents(asker).filter(issuer_unit=asker.unit_id, chain__isnull=False)
    left = given.filter(editions__isnull=False).exclude(pk__in=[*under, *([own] if own is not None else [])])
    return list(left.distinct().order_by("-signed_on", "-pk")[:AT_MOST]) if asker.unit_id is not None else []


def _bases(asker: Asker, versions: Sequence[PlanEdition], own: Document | None) -> list[tuple[str, Document]]:
    """(words of the file, document) of each basis that certainly means one document that the asker sees."""
    kept: list[dict[str, Any]] = next((one.read_by["bases"] for one in versions if one.read_by.get("bases")), [])
    meant = [(str(one["text"]), citing.resolve(citing.from_json(one), citing=own)[0]) for one in kept]
    wanted = [document.pk for _words, document in meant if document is not None]
    seen = set(rights.visible_documents(asker).filter(pk__in=wanted).values_list("pk", flat=True))
    return [(words, document) for words, document in meant if document is not None and document.pk in seen]
