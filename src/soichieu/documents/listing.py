"""The register as a list: columns, filters, exports."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from soichieu.documents import keys, searching
from soichieu.documents.models import Document, SearchRow
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search


class FactsSearch(Search):
    """Looks at what is registered about a document, not into its text: for that there is the search."""

    def narrow(self, rows: QuerySet[Any], asked: list[str]) -> QuerySet[Any]:
        facts = SearchRow.objects.filter(provision=None, row=None)
        for word in searching.words_of(" ".join(asked)):
            facts = facts.filter(folded__contains=word)
        return rows.filter(pk__in=facts.values("document"))


def _there() -> list[str]:
    return list(Document.objects.exclude(kind="").values_list("kind", flat=True).order_by("kind").distinct())


def _kinds() -> list[tuple[str, str]]:
    return [(code, keys.kind_name(code)) for code in dict.fromkeys(keys.kind_code(kind) for kind in _there())]


class Kinds(Choice):
    """A kind once, however it was written when its documents were registered: "BC" and "báo cáo" are one."""

    def narrow(self, rows: QuerySet[Any], asked: frozenset[str]) -> QuerySet[Any]:
        return rows.filter(kind__in=[kind for kind in _there() if keys.kind_code(kind) in asked])


REGISTER = List(
    key="documents",
    title=_("Register of documents"),
    columns=[
        Column("number", _("Number and symbol"), url=lambda row: reverse("documents:document", args=[row.pk]),
               sort=("number_key",), width=18),
        Column("signed_on", _("Date of issue"), sort=("signed_on",), width=12),
        Column("kind", _("Kind"), text=keys.kind_name, sort=("kind",), width=16),
        Column("issuer", _("Issuer"), sort=("issuer_key",), width=26),
        Column("title", _("Title"), sort=None, width=60),
        Column("received_on", _("Received by my unit"), sort=("received_on",), width=12),
        Column("editions_count", _("Editions"), number=True, sort=("editions_count",)),
    ],
    filters=[
        FactsSearch(label=_("Number, title, issuer; without tones")),
        Kinds("kind", _("Kind"), _kinds),
        Days("signed_on", _("Date of issue")),
        Flag("has_text", _("with its text"), lookup="has_text"),
    ],
    rule=_("Documents issued, registered or received in your subtree, and those open to everyone."),
    empty=_("No document is registered that your post may see."),
    empty_hint=_("Register the first one: by its file, or by number and date alone."),
)  # fmt: skip
