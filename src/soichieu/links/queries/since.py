"""What became of two texts since a person decided about them: so that looking at them again is one look."""

from __future__ import annotations

from django.utils.translation import gettext as _

from soichieu.documents import searching
from soichieu.documents.models import Edition
from soichieu.documents.searching import Piece
from soichieu.links import items
from soichieu.links.models import Decision
from soichieu.links.offered import offered
from soichieu.links.queries.laid import Link

Changed = tuple[str, list[Piece], list[Piece]]
"""A field in words, what it said then, and now; with what is only in one of them marked."""


def since(link: Link) -> list[Changed]:
    """What line and sentence say otherwise than when they were decided about; empty where nothing is to be looked at
    again, or where the earlier wording is not known any more."""
    if not link.again:
        return []
    decided = link.decision
    line = items.provider_of(decided.room, decided.kind).changed_since(decided.item_key, decided.item_hash)
    changed = [(label, then, now) for label, then, now in line]
    if link.offer is not None and link.offer.hash != decided.provision_hash:
        then = _sentence_then(decided)
        if then:
            changed.append((_("Sentence"), then, link.offer.text))
    return [(label, *searching.differences(then, now)) for label, then, now in changed]


def _sentence_then(decided: Decision) -> str:
    """The words of the sentence in the newest text in which it had the hash that was decided about."""
    for edition in Edition.objects.filter(document=decided.document_id).order_by("-ordinal"):
        offer = offered(edition).by_identity.get(decided.provision_id)
        if offer is not None and offer.hash == decided.provision_hash:
            return offer.text
    return ""
