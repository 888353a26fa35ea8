"""What this room puts on the page of a document: the way to its requirements, for those who may make them."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from soichieu.directives import rights
from soichieu.documents.models import Document, Edition
from soichieu.documents.panels import Filling


def fill(request: HttpRequest, document: Document, edition: Edition | None) -> Filling:
    """A button beside those of the document's own page."""
    asker = getattr(request, "asker", None)
    if asker is None or not rights.may(asker, document):
        return Filling()
    return Filling(
        actions=format_html(
            '<a class="btn" href="{}">{}</a>',
            reverse("directives:requirements", args=[document.pk]),
            _("Requirements and addressees"),
        )
    )
