"""Reads of this room: each takes the asker and gives only what the asker sees."""

from __future__ import annotations

from dataclasses import dataclass

from soichieu.documents import queries as documents
from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.ledger import queries as ledger
from soichieu.ledger.models import Obligation
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.names import name_of
from soichieu.plans.models import Answer


@dataclass(frozen=True)
class Row:
    """A plan in the list."""

    answer: Answer
    unit: str

    @property
    def answers(self) -> str:
        """The requirement it answers: directive and code."""
        requirement = self.answer.obligation.requirement
        return f"{requirement.directive.number}, {requirement.code}"


def answers(asker: Asker) -> list[Row]:
    """The plans of the units that the asker sees, the newest first."""
    ids = permissions.visible_units(asker, on=today())
    found = Answer.objects.select_related("document", "obligation__requirement__directive")
    if ids is not None:
        found = found.filter(unit_id__in=rights.id_list(ids))
    rows = list(found.order_by("-document__signed_on", "-pk"))
    names = name_of({one.unit_id for one in rows}, today())
    return [Row(one, names[one.unit_id]) for one in rows]


def superior_documents(asker: Asker, obligation: Obligation) -> list[Document]:
    """What a unit may say it carries out directly: the directive and what implements it, as far as it is seen."""
    directive = obligation.chain.directive
    found = {directive.pk: directive}
    for link in documents.links_of(asker, directive):
        if link.relation == "implements" and link.target_id == directive.pk:
            found[link.source_id] = link.source
    seen = documents.visible_documents(asker).filter(pk__in=found)
    _obligation, cell = ledger.obligation(asker, obligation.pk)
    return [one for one in seen.order_by("-signed_on") if one.issuer_unit_id != cell.holder_id]
