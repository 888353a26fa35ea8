"""People decide about pairs of a line and a sentence. Each decision is a new row; the engine never writes one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.documents.models import Document, Edition, ProvisionIdentity
from soichieu.language.text import typed
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.links import items
from soichieu.links.errors import Conflict
from soichieu.links.models import Decision, LeftOpen, Relation
from soichieu.links.offered import Offer, offered
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_moment

VERB = "decide_link"

LONGEST = 2000
"""So many characters a reason holds."""


@dataclass(frozen=True)
class Suggested:
    """The suggestion that was decided about, as it stood: rank from 1, score 0 … 1, its relation, by which weights."""

    rank: int
    score: float
    relation: str
    weights: str


@dataclass(frozen=True)
class _Place:
    """What a change is about, locked until it is written."""

    holding: items.Holding
    identity: ProvisionIdentity
    document: Document
    offer: Offer | None


def may(asker: Asker, holding: items.Holding) -> permissions.Verdict:
    """Whether the asker may decide about the lines of a plan: its unit's own doers."""
    return permissions.may(asker, VERB, on=clock.today(), holder_id=holding.unit_id)


@transaction.atomic
def decide(
    *,
    asker: Asker,
    room: str,
    kind: str,
    plan_key: str,
    item_key: str,
    provision_key: str,
    relation: str,
    suggestion: Suggested | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Decision:
    """Decide how a line stands to a sentence; *none* refuses the pair.

    ``suggestion``: what the engine proposed, when it did; whether it was accepted, changed or refused follows from
    ``relation``. ``seen``: the id of the pair's newest row that the asker had before them, None when there was none.
    Raises ``Conflict`` when somebody decided meanwhile, ``Refusal`` naming the field, ``Forbidden``, and the rooms'
    ``DoesNotExist`` for a plan or document that the asker does not see.
    """
    if relation not in Relation.values:
        raise Refusal(_("Choose how the line stands to the sentence."), field="relation")
    place = _place(asker, room, kind, plan_key, provision_key)
    line = next((one for one in place.holding.items if one.key == item_key), None)
    if line is None:
        raise Refusal(_("This line is no longer in the plan's newest version."), field="item")
    if place.offer is None:
        raise Refusal(_("This sentence is no longer in the document's newest text."), field="provision")
    current = _newest(plan_key, item_key, place.identity)
    _not_overtaken(current, seen)
    return Decision.objects.create(
        unit_id=place.holding.unit_id,
        room=room,
        kind=kind,
        plan_key=plan_key,
        item_key=item_key,
        provision=place.identity,
        document=place.document,
        relation=relation,
        origin=_origin(relation, suggestion),
        rank=suggestion.rank if suggestion else None,
        score=suggestion.score if suggestion else None,
        suggested=suggestion.relation if suggestion else "",
        weights=suggestion.weights if suggestion else "",
        item_hash=line.hash,
        provision_hash=place.offer.hash,
        reason=_reason(reason),
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


@transaction.atomic
def withdraw(
    *,
    asker: Asker,
    room: str,
    kind: str,
    plan_key: str,
    item_key: str,
    provision_key: str,
    seen: int | None,
    reason: str = "",
) -> Decision:
    """Take a decision back: the pair is undecided again, and both rows stay. Raises like :func:`decide`."""
    place = _place(asker, room, kind, plan_key, provision_key)
    current = _newest(plan_key, item_key, place.identity)
    _not_overtaken(current, seen)
    if current is None or current.origin == Decision.Origin.WITHDRAWN:
        raise Refusal(_("There is no decision about this pair to take back."))
    return Decision.objects.create(
        unit_id=place.holding.unit_id,
        room=room,
        kind=kind,
        plan_key=plan_key,
        item_key=item_key,
        provision=place.identity,
        document=place.document,
        relation=current.relation,
        origin=Decision.Origin.WITHDRAWN,
        item_hash=current.item_hash,
        provision_hash=current.provision_hash,
        reason=_reason(reason),
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


@transaction.atomic
def leave_open(
    *, asker: Asker, room: str, kind: str, plan_key: str, provision_key: str, reason: str, seen: int | None = None
) -> LeftOpen:
    """A plan has no line for a sentence, and says why (another unit's matter, a later year …).

    Raises ``Refusal`` without a reason, ``Conflict`` when somebody wrote about it meanwhile.
    """
    words = _reason(reason)
    if not words:
        raise Refusal(_("Say why the sentence is left without a line."), field="reason")
    place = _place(asker, room, kind, plan_key, provision_key)
    if place.offer is None:
        raise Refusal(_("This sentence is no longer in the document's newest text."), field="provision")
    return _about_open(asker, place, words, seen)


@transaction.atomic
def take_up_again(
    *, asker: Asker, room: str, kind: str, plan_key: str, provision_key: str, seen: int | None
) -> LeftOpen:
    """A sentence that was left open waits for a line again. Raises like :func:`leave_open`."""
    place = _place(asker, room, kind, plan_key, provision_key)
    current = _newest_open(plan_key, place.identity)
    if current is None or not current.reason:
        raise Refusal(_("This sentence is not left open."))
    return _about_open(asker, place, "", seen)


def _reason(text: str) -> str:
    """A reason as it is kept."""
    words = typed(text).strip()
    if len(words) > LONGEST:
        raise Refusal(_("At most %(longest)d characters.") % {"longest": LONGEST}, field="reason")
    return words


def _about_open(asker: Asker, place: _Place, reason: str, seen: int | None) -> LeftOpen:
    current = _newest_open(place.holding.key, place.identity)
    if current is not None and current.pk != seen:
        said = _("it is left open: %(reason)s") % {"reason": current.reason} if current.reason else _("taken up again")
        raise Conflict(_meanwhile(current, said), current)
    return LeftOpen.objects.create(
        unit_id=place.holding.unit_id,
        plan_key=place.holding.key,
        provision=place.identity,
        document=place.document,
        reason=reason,
        provision_hash=place.offer.hash if place.offer else "",
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


def _place(asker: Asker, room: str, kind: str, plan_key: str, provision_key: str) -> _Place:
    """The plan and the sentence, as far as the asker sees them and may decide about them."""
    holding = items.provider_of(room, kind).holding(asker, plan_key)
    verdict = may(asker, holding)
    if not verdict:
        raise Forbidden(verdict.reason)
    seen = rights.visible_documents(asker).values("pk")
    # The lock that makes two people who decide about one sentence come one after the other.
    identity = ProvisionIdentity.objects.select_for_update(of=("self",)).get(key=provision_key, document__in=seen)
    document = Document.objects.get(pk=identity.document_id)
    edition = Edition.objects.filter(document=document).order_by("-ordinal").first()
    offer = offered(edition).by_key.get(provision_key) if edition else None
    return _Place(holding, identity, document, offer)


def _newest(plan_key: str, item_key: str, identity: ProvisionIdentity) -> Decision | None:
    rows = Decision.objects.filter(plan_key=plan_key, document=identity.document_id, item_key=item_key)
    return rows.filter(provision=identity).order_by("-pk").first()


def _newest_open(plan_key: str, identity: ProvisionIdentity) -> LeftOpen | None:
    return LeftOpen.objects.filter(plan_key=plan_key, provision=identity).order_by("-pk").first()


def _not_overtaken(current: Decision | None, seen: int | None) -> None:
    if current is None or current.pk == seen:
        return
    if current.origin == Decision.Origin.WITHDRAWN:
        said = _("the decision was taken back")
    else:
        said = _("this line %(relation)s this requirement") % {"relation": current.get_relation_display()}
    raise Conflict(_meanwhile(current, said), current)


def _meanwhile(current: Decision | LeftOpen, said: str) -> str:
    return _("Meanwhile %(who)s decided (%(moment)s): %(what)s. Nothing of yours was written; look at it again.") % {
        "who": current.made_by.get("label", ""),
        "moment": write_moment(current.made_at),
        "what": said,
    }


def _origin(relation: str, suggestion: Suggested | None) -> str:
    if relation == Relation.NONE:
        return Decision.Origin.REFUSED
    if suggestion is None:
        return Decision.Origin.ADDED
    return Decision.Origin.ACCEPTED if relation == suggestion.relation else Decision.Origin.CHANGED
