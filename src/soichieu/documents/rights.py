"""Who may see and change what in the register, in terms of the one rule of ``organisation.permissions``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from soichieu.documents.models import Document, Receipt
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, NotAllowed, today
from soichieu.organisation.models import Unit

# Rooms above may open further documents to an asker: those on which a unit of the subtree holds an obligation.
_widening: list[Callable[[Asker, Any], Q]] = []


def register_visibility(widen: Callable[[Asker, Any], Q]) -> None:
    """Let a room above add documents to what an asker sees.

    ``widen(asker, units)`` gives a ``Q`` over ``Document``; ``units`` is an expression for ``unit_id__in``.
    """
    if widen not in _widening:
        _widening.append(widen)


def id_list(ids: Any) -> RawSQL:
    """Many ids as one parameter, for ``__in``: tens of thousands of units would pass the limit of variables."""
    values = [int(one) for one in ids]
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [values])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(values)])


def visible_documents(asker: Asker) -> QuerySet[Document]:
    """The documents an asker sees: issued, registered or received in the asker's subtree, public ones, and what rooms
    above add; all of them for the operator."""
    documents = Document.objects.all()
    ids = permissions.visible_units(asker, on=today())
    if ids is None:
        return documents
    open_to: Any = Q(public=True)
    if len(ids):
        units = id_list(ids)
        open_to |= Q(issuer_unit_id__in=units) | Q(registering_unit_id__in=units)
        open_to |= Exists(Receipt.objects.filter(document=OuterRef("pk"), unit_id__in=units))
        for widen in _widening:
            open_to |= widen(asker, units)
    return documents.filter(open_to)


def may_register(asker: Asker) -> permissions.Verdict:
    """Whether the asker may put documents into the register of their unit."""
    return permissions.may(asker, "register_document", on=today())


REGISTER = "register_document"


def require_register(asker: Asker, act: str = REGISTER) -> None:
    """Raise ``NotAllowed`` unless the asker may register documents; ``act``: the verb of a room of which registering
    its document is a part (*approve_plan*: whoever may register an approval may register the document of it)."""
    permissions.may(asker, act, on=today()).require()


def keeper_of(document: Document) -> int | None:
    """The unit in whose register it stands: the one that registered it, else its issuer."""
    return document.registering_unit_id or document.issuer_unit_id


def may_edit(asker: Asker, document: Document, act: str = "register_document") -> permissions.Verdict:
    """Whether the asker may add to a document: editions and links (``register_document``), corrections
    (``mend_reading``). What the operator registered for no unit is the operator's."""
    keeper = keeper_of(document)
    if keeper is None and not asker.operator:
        return permissions.Verdict(False, _("this document is kept by the operator of the instance"), "place")
    return permissions.may(asker, act, on=today(), holder_id=keeper)


def require_edit(asker: Asker, document: Document, act: str = "register_document") -> None:
    """Raise ``NotAllowed`` unless the asker may add to the document."""
    may_edit(asker, document, act).require()


def require_see(asker: Asker, document: Document) -> None:
    """Raise ``NotAllowed`` unless the document is among those the asker sees."""
    if not visible_documents(asker).filter(pk=document.pk).exists():
        raise NotAllowed(_("this document is not addressed to your unit"))


def require_receive(asker: Asker, document: Document, unit: Unit, act: str = REGISTER) -> None:
    """Whoever registers for the receiving unit may record its receipt; so may the keeper, for units under it. ``act``
    as in :func:`require_register`."""
    verdict = permissions.may(asker, act, on=today(), holder_id=unit.pk)
    if verdict or (
        may_edit(asker, document, act) and permissions.may(asker, "view_unit", on=today(), holder_id=unit.pk)
    ):
        return
    verdict.require()


def record_of(asker: Asker) -> dict[str, Any]:
    """Who did it, as kept beside what was done."""
    return {
        "label": asker.label(),
        "post": asker.post_id,
        "person": asker.person_id,
        "on_behalf_of": asker.on_behalf_of_id,
        "operator": asker.operator,
    }


def asker_key(asker: Asker) -> str:
    """Whose uploads these are: the post's, or the operator's."""
    return "operator" if asker.operator else f"post:{asker.on_behalf_of_id or asker.post_id}"
