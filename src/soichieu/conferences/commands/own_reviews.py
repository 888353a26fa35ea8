"""Units' own earlier reviews: registered documents that the conference builds on."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.commands.base import before_end, line_of
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import EventKind
from soichieu.conferences.models import Conference, Event
from soichieu.documents import queries as documents
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker


@transaction.atomic
def register_own_review(*, asker: Asker, conference: Conference, site: str, document: int, label: str = "") -> Event:
    """A unit's own review, as a document of the register: named by the unit's site, or by whoever prepares it all."""
    state = locked_state(conference)
    place = state.sites.get(site)
    if place is None or place.unit is None:
        raise Refusal(_("Choose the site of a unit of the tree."), field="site")
    rights.require_for_site(asker, conference, place)
    before_end(state)
    found = documents.visible_documents(asker).filter(pk=document).first()
    if found is None:
        raise Refusal(_("This document is not in the register, or not yours to see."), field="document")
    if any(one["unit"] == place.unit and one["document"] == document for one in state.own_reviews):
        raise MovedOn(_("This review stands here already."))
    return book.write(
        asker, conference, EventKind.OWN_REVIEW,
        {"unit": place.unit, "document": document, "label": line_of(label, "label")},
    )  # fmt: skip
