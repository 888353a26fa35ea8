"""What this room puts on the page of a document: the way to holding the plans under it up against it."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soichieu.documents.models import Document, Edition
from soichieu.documents.panels import Filling
from soichieu.links.queries import pairs


def fill(request: HttpRequest, document: Document, edition: Edition | None) -> Filling:
    """A button to the one plan that stands under the document, or to all of them; the list of them below."""
    asker = getattr(request, "asker", None)
    if asker is None or edition is None:
        return Filling()
    rows = pairs.of_document(asker, document)
    if not rows:
        return Filling()
    url = f"{reverse('links:tables')}?q={document.number}"
    if len(rows) == 1:
        url = reverse("links:table", args=[rows[0].head.key, document.pk])
    side = render_to_string("links/parts/document_side.html", {"rows": rows[:8], "more": len(rows) > 8, "url": url})
    return Filling(actions=format_html('<a class="btn" href="{}">{}</a>', url, _("Soi chiếu")), side=SafeString(side))
