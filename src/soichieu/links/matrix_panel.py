"""What this room puts on the page of a document: the way to its matrix of sentences and units."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from soichieu.documents.models import Document, Edition
from soichieu.documents.panels import Filling
from soichieu.ledger import clock
from soichieu.organisation import permissions


def fill(request: HttpRequest, document: Document, edition: Edition | None) -> Filling:
    """A button, for whoever sees units whose plans may answer the document."""
    asker = getattr(request, "asker", None)
    if asker is None or edition is None:
        return Filling()
    units = permissions.visible_units(asker, on=clock.today())
    if units is not None and not len(units):
        return Filling()
    url = reverse("links:matrix", args=[document.pk])
    return Filling(actions=format_html('<a class="btn" href="{}">{}</a>', url, _("Matrix of sentences and units")))
