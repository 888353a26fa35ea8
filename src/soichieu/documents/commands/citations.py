"""A person says what an open citation means."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from soichieu.documents import rights
from soichieu.documents.models import Document, DocumentCitation
from soichieu.organisation.askers import Asker


def settle_citation(asker: Asker, citation: DocumentCitation, document: Document) -> DocumentCitation:
    """A person says which document an open citation means; kept with who and when."""
    rights.require_edit(asker, citation.edition.document, "mend_reading")
    rights.require_see(asker, document)
    with transaction.atomic():
        citation.document = document
        citation.settled_by = rights.record_of(asker)
        citation.settled_at = timezone.now()
        citation.save(update_fields=["document", "settled_by", "settled_at"])
    return citation
