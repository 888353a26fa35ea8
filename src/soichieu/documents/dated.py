"""The text of a document as a past day saw it: which edition stood, and where a sentence stood in it.

An edition has one date, the moment at which it came into the register. A text stands from that day on; a mending only
reads the same paper again, so it goes with the edition that it mends as soon as it is known. Of a document that came
into the register after the day looked at, the first edition is all there is of that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from soichieu.documents.models import Document, Edition, Provision, ProvisionIdentity, TableRow
from soichieu.organisation.askers import today
from soichieu.web.dates import TwoDates

Node = Provision | TableRow


@dataclass(frozen=True)
class Dates:
    """The day and the moment that are asked for; neither: today, as known now."""

    as_at: dt.date | None = None
    known_at: dt.datetime | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Dates:
        """What an address asks; a date that cannot be read asks for nothing."""
        two = TwoDates.of(query, default=today())
        asked = bool(two.as_at_text) and "as_at" not in two.errors
        return cls(two.as_at if asked else None, two.known_at)

    @property
    def past(self) -> bool:
        """Whether another text than the newest may be meant."""
        return self.known_at is not None or (self.as_at is not None and self.as_at < today())


NOW = Dates()


def edition_of(of: Document, dates: Dates) -> Edition | None:
    """The edition that stood on a day, as known at a moment; None where the document has no text at all."""
    editions = of.editions.select_related("file", "mends").order_by("ordinal")
    return editions.last() if not dates.past else stood(list(editions), dates)


def stood(editions: Sequence[Edition], dates: Dates) -> Edition | None:
    """The same among all editions of one document, in order."""
    if not editions:
        return None
    known = [one for one in editions if dates.known_at is None or one.made_at <= dates.known_at]
    by_then = [one for one in known if dates.as_at is None or timezone.localdate(one.made_at) <= dates.as_at]
    found = by_then[-1] if by_then else editions[0]
    while mended := [one for one in known if one.mends_id == found.pk]:
        found = mended[-1]
    return found


def nodes_of(identities: Iterable[int], dates: Dates) -> dict[int, Node]:
    """Identity → where it stands in the edition of a day; where that edition has it not, in the one nearest to it:
    a query or two, and one for the editions where a past day is asked for."""
    wanted = list(identities)
    held: dict[int, dict[int, Node]] = {}
    provisions = Provision.objects.filter(identity__in=wanted).select_related("identity")
    for one in provisions.order_by("edition__ordinal"):
        held.setdefault(one.identity_id, {})[one.edition_id] = one
    # What is found among provisions is no row of a table: mostly the second question is not asked at all.
    if left := [pk for pk in wanted if pk not in held]:
        for row in TableRow.objects.filter(identity__in=left).select_related("identity").order_by("edition__ordinal"):
            held.setdefault(row.identity_id, {})[row.edition_id] = row
    if not dates.past or all(len(places) == 1 for places in held.values()):
        return {identity: list(places.values())[-1] for identity, places in held.items()}
    documents = {one.identity.document_id for places in held.values() for one in places.values()}
    editions: dict[int, list[Edition]] = {}
    for edition in Edition.objects.filter(document__in=documents).defer("source_text", "reading").order_by("ordinal"):
        editions.setdefault(edition.document_id, []).append(edition)
    found: dict[int, Node] = {}
    for identity, places in held.items():
        mine = editions[next(iter(places.values())).identity.document_id]
        found[identity] = _nearest(places, mine, stood(mine, dates))
    return found


def _nearest(places: Mapping[int, Node], editions: Sequence[Edition], wanted: Edition | None) -> Node:
    """In the edition that is wanted, else the last one before that has it, else the first one after."""
    at = editions.index(wanted) if wanted is not None else len(editions) - 1
    order = [*reversed(editions[: at + 1]), *editions[at + 1 :]]
    return next(places[one.pk] for one in order if one.pk in places)


def edition_with(identity: ProvisionIdentity, dates: Dates) -> tuple[Edition, str] | None:
    """(edition, place there) of one sentence on a day; None where no edition has it."""
    node = nodes_of([identity.pk], dates).get(identity.pk)
    return (node.edition, node.place) if node is not None else None
