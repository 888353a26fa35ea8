"""Who may make requirements of a directive and give them out, by the one rule of ``organisation.permissions``."""

from __future__ import annotations

from django.utils.translation import gettext as _

from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden
from soichieu.ledger.models import Chain
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker

CONFIRM, OPEN = "confirm_requirement", "open_directive"


def line_of(directive: Document) -> str:
    """The line of superiors that the directive follows; ``sector`` until its book is begun."""
    return Chain.objects.filter(directive=directive).values_list("line", flat=True).first() or "sector"


def assigner_of(directive: Document) -> int | None:
    """The unit that gives the tasks: the issuer when it stands in the tree, else who registered the document."""
    return directive.issuer_unit_id or directive.registering_unit_id


def may(asker: Asker, directive: Document, act: str = CONFIRM) -> permissions.Verdict:
    """Whether the asker may do an act of this room. What the operator registered for no unit is the operator's."""
    assigner = assigner_of(directive)
    if assigner is None and not asker.operator:
        return permissions.Verdict(False, _("this document is kept by the operator of the instance"), "place")
    return permissions.may(
        asker, act, on=clock.today(), holder_id=assigner, issuer_id=assigner, line=line_of(directive)
    )


def require(asker: Asker, directive: Document, act: str = CONFIRM) -> None:
    """Raise ``Forbidden`` with the rule unless the asker may."""
    verdict = may(asker, directive, act)
    if not verdict.allowed:
        raise Forbidden(verdict.reason)
