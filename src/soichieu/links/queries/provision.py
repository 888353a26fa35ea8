"""One sentence and the units: who answers it, who only touches it, who left it open and why, who is silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from soichieu.documents import queries as documents
from soichieu.documents import rights
from soichieu.documents.models import Document, Edition, ProvisionIdentity
from soichieu.ledger import clock
from soichieu.links import items
from soichieu.links.items import Item
from soichieu.links.models import ANSWERS, Decision, LeftOpen, Relation
from soichieu.links.offered import Offer, offered
from soichieu.links.queries.asking import asking
from soichieu.links.queries.crowd import concerned_units, official_places, units_within
from soichieu.links.queries.decided import decided
from soichieu.links.queries.outline import Outline, outline_of
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

ANSWERED, TOUCHED, OPEN, SILENT = "answered", "touched", "open", "silent"
SAID = {
    ANSWERED: pgettext_lazy("units that", "answer it"),
    TOUCHED: pgettext_lazy("units that", "only touch it"),
    OPEN: pgettext_lazy("units that", "left it open, with a reason"),
    SILENT: pgettext_lazy("units that", "are silent about it"),
}
"""The kinds in the order of the page."""


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: document, newest text, its node in the tree (-1: no longer there), what it says."""

    document: Document
    edition: Edition
    outline: Outline
    node: int
    identities: tuple[int, ...]
    offer: Offer | None


@dataclass(frozen=True)
class Line:
    """A unit and how it stands to the sentence: one row for each line that answers or touches, one for each plan that
    leaves it open, one for a silent unit. ``again``: a text is another than when it was decided."""

    kind: str
    unit: int
    unit_name: str
    relation: str = ""
    item: Item | None = None
    plan: str = ""
    plan_url: str = ""
    plan_key: str = ""
    room: str = ""
    room_kind: str = ""
    reason: str = ""
    made_at: dt.datetime | None = None
    who: str = ""
    again: bool = False
    table_url: str = ""

    @property
    def words(self) -> str:
        """The line as it stands in the plan."""
        return f"{self.item.number} {self.item.text}".strip() if self.item else ""

    @property
    def relation_label(self) -> str:
        return str(Relation(self.relation).label) if self.relation else ""


def place_of(asker: Asker, key: str) -> Place:
    """The place of a sentence that the asker sees, by its key; ``ProvisionIdentity.DoesNotExist``."""
    identity = ProvisionIdentity.objects.get(key=key, document__in=rights.visible_documents(asker).values("pk"))
    document = documents.document(asker, identity.document_id)
    edition = document.editions.order_by("-ordinal").first()
    if edition is None:
        raise ProvisionIdentity.DoesNotExist
    outline = outline_of(edition)
    node = outline.of_identity.get(identity.pk, -1)
    together = tuple(one for one, at in outline.of_identity.items() if at == node and node >= 0) or (identity.pk,)
    told = offered(edition).by_identity
    offer = next((told[one] for one in together if one in told), None)
    return Place(document, edition, outline, node, together, offer)


def lines_of(asker: Asker, place: Place, *, within: int | None = None) -> list[Line]:
    """Every unit that the asker sees and how it stands to the sentence: by kind, then in official order."""
    stands = decided(place.document)
    units = units_within(asker, place.document, stands, within)
    lines = _pairs(place, units) + _left_open(place, units)
    spoken = {line.unit for line in lines}
    asked = asking(place.document).of(place.identities)
    for unit in concerned_units(asker, place.document, stands, asked=asked, within=within):
        if unit not in spoken:
            lines.append(Line(SILENT, unit, ""))
    ids = {line.unit for line in lines}
    order, names = official_places(place.document, ids), name_of(ids, clock.today())
    kinds = list(SAID)
    lines.sort(key=lambda line: (kinds.index(line.kind), order[line.unit]))
    return [replace(line, unit_name=names[line.unit]) for line in lines]


def _pairs(place: Place, units: set[int] | None) -> list[Line]:
    newest: dict[tuple[str, int], Decision] = {}
    for one in Decision.objects.filter(document=place.document, provision__in=place.identities).order_by("pk"):
        newest[one.item_key, one.provision_id] = one
    standing = [
        one
        for one in newest.values()
        if one.origin != Decision.Origin.WITHDRAWN
        and one.relation != Relation.NONE
        and (units is None or one.unit_id in units)
    ]
    lines: list[Line] = []
    for name, held in _by_room(standing).items():
        provider = items.provider_of(*name)
        keys = [one.item_key for one in held]
        now, known, titles = (
            provider.item_hashes(keys),
            provider.items(keys),
            provider.titles({p.plan_key for p in held}),
        )
        for one in held:
            if one.item_key not in now:
                continue
            title, url = titles.get(one.plan_key, ("", ""))
            changed = now[one.item_key] != one.item_hash
            changed |= place.offer is not None and place.offer.hash != one.provision_hash
            lines.append(
                Line(
                    kind=ANSWERED if one.relation in ANSWERS else TOUCHED, unit=one.unit_id, unit_name="",
                    relation=one.relation, item=known.get(one.item_key), plan=title, plan_url=url,
                    plan_key=one.plan_key, room=one.room, room_kind=one.kind, reason=one.reason, made_at=one.made_at,
                    who=str(one.made_by.get("label", "")), again=changed, table_url=_table_url(place, one),
                )
            )  # fmt: skip
    return lines


def _table_url(place: Place, one: Decision) -> str:
    """The pair on the light table, under the lamp."""
    key = place.offer.key if place.offer is not None else ""
    query = urlencode({"item": one.item_key, "with": key})
    return f"{reverse('links:table', args=[one.plan_key, place.document.pk])}?{query}"


def _by_room(decisions: Sequence[Decision]) -> dict[tuple[str, str], list[Decision]]:
    held: dict[tuple[str, str], list[Decision]] = {}
    for one in decisions:
        held.setdefault((one.room, one.kind), []).append(one)
    return held


def _left_open(place: Place, units: set[int] | None) -> list[Line]:
    newest: dict[tuple[str, int], LeftOpen] = {}
    for one in LeftOpen.objects.filter(document=place.document, provision__in=place.identities).order_by("pk"):
        newest[one.plan_key, one.provision_id] = one
    kept = [one for one in newest.values() if one.reason and (units is None or one.unit_id in units)]
    keys = {one.plan_key for one in kept}
    titles: dict[str, tuple[str, str]] = {}
    for name in items.registered() if keys else ():
        titles |= items.provider_of(*name).titles(keys)
    return [
        Line(
            kind=OPEN, unit=one.unit_id, unit_name="", plan=titles.get(one.plan_key, ("", ""))[0],
            plan_url=titles.get(one.plan_key, ("", ""))[1], plan_key=one.plan_key, reason=one.reason,
            made_at=one.made_at, who=str(one.made_by.get("label", "")),
            again=place.offer is not None and place.offer.hash != one.provision_hash,
        )
        for one in kept
    ]  # fmt: skip
