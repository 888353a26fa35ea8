"""Which documents a plan may stand under, offered until its unit has chosen one."""

from __future__ import annotations

import numpy as np

from soichieu.documents import queries as documents
from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.language.citations import find_citations
from soichieu.language.numbers import canonical
from soichieu.ledger import queries as ledger
from soichieu.ledger.models import Obligation
from soichieu.organisation.askers import Asker
from soichieu.plans.models import Plan, PlanFacts

AT_MOST = 6


def offered_superiors(asker: Asker, plan: Plan, facts: PlanFacts | None) -> list[Document]:
    """What the plan's title cites by its full number, then what its unit holds a task from, the newest first; those
    that the asker sees, with a text to be held up against."""
    found: dict[int, Document] = {}
    for cited in find_citations(facts.title) if facts is not None else ():
        if cited.full and cited.number is not None:
            ones = documents.by_number(asker, canonical(cited.number))
            if len(ones) == 1:
                found[ones[0].pk] = ones[0]
    now = ledger.Question.now().answer()
    held = now.columns.ids[now.holder == plan.unit_id]
    givers = Obligation.objects.filter(pk__in=rights.id_list(int(one) for one in np.sort(held)))
    seen = rights.visible_documents(asker).filter(pk__in=givers.values("chain__directive"))
    for one in seen.order_by("-signed_on", "-pk")[:AT_MOST]:
        found.setdefault(one.pk, one)
    own = facts.document_id if facts is not None else None
    kept = [pk for pk in found if pk != own]
    readable = set(Document.objects.filter(pk__in=kept, editions__isnull=False).values_list("pk", flat=True))
    return [found[pk] for pk in kept if pk in readable][:AT_MOST]
