"""The list of units' own earlier reviews: registered documents that they named for the conference."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from soichieu.conferences.views.common import Page, bound
from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.organisation.names import name_of
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Column, Days, List, Search, vietnamese
from soichieu.web.lists.listing import Listing


@dataclass(frozen=True)
class Row:
    """One review: whose, which document, and what was said of it."""

    unit: str
    document: Document
    label: str

    @property
    def url(self) -> str:
        return reverse("documents:document", args=[self.document.pk])


OWN_REVIEWS = List(
    key="own-reviews",
    title=gettext_lazy("Units' own earlier reviews"),
    rule=gettext_lazy("Reports that the units named here, of the documents that you see in the register."),
    columns=[
        Column("unit", gettext_lazy("Unit"), sort=vietnamese("unit"), width=36),
        Column("number", gettext_lazy("Number and symbol"), value=lambda row: row.document.number,
               url=lambda row: row.url, width=20),
        Column("day", gettext_lazy("Date"), value=lambda row: row.document.signed_on, width=14),
        Column("title", gettext_lazy("What it is about"), value=lambda row: row.document.title, sort=None, width=60),
        Column("label", gettext_lazy("Note"), width=30),
    ],
    filters=[
        Search(value=lambda row: f"{row.unit} {row.document.number} {row.document.title} {row.label}"),
        Days("day", gettext_lazy("Date"), value=lambda row: row.document.signed_on),
    ],
    prefix="review-",
    empty=gettext_lazy(
        "None is named yet. A unit that has reviewed the directive itself names its registered report here."
    ),
)  # fmt: skip


def reviews_of(page: Page) -> Listing:
    """The reviews of a conference whose documents the asker sees, as the address asks for them."""
    kept = page.state.own_reviews
    wanted = [one["document"] for one in kept]
    seen = {one.pk: one for one in documents.visible_documents(page.asker).filter(pk__in=wanted)}
    names = name_of({one["unit"] for one in kept}, page.day)
    rows = [
        Row(names[one["unit"]], seen[one["document"]], one.get("label", "")) for one in kept if one["document"] in seen
    ]
    return bound(OWN_REVIEWS, page.request, rows, TwoDates(clock.today()))
