"""After the conference: papers of its file, the signed notice of conclusions, the hand-over to the archive.

The notice is signed elsewhere; here it is registered by number and date. Only then do its tasks become obligations:
each is a requirement of the notice, opened from the conclusion that the chair made. What it left out stays visible.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.commands.floor import words
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.giving import Given, give
from soichieu.conferences.kinds import EventKind, Phase
from soichieu.conferences.matching import places_of
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.papers import PaperKind
from soichieu.conferences.state import State
from soichieu.documents import files, keys
from soichieu.documents import rights as register
from soichieu.documents.commands import link_documents, read_edition, register_document
from soichieu.documents.models import Document, DocumentLink, StoredFile
from soichieu.documents.told import unreadable as why_unreadable
from soichieu.findings import commands as findings
from soichieu.findings.models import ConclusionKind, Finding, Step
from soichieu.findings.queries import Shown, shown
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of
from soichieu.reading import UnreadableFile
from soichieu.web.dates import write_day

WAITING = (Step.State.CONCLUDED, Step.State.LEFT_OUT)


@dataclass(frozen=True)
class Registered:
    """What registering did. ``given``: each task of the notice; ``unread``: why its file gave no text, empty when it
    did or when there was none."""

    document: Document
    included: list[Shown]
    given: list[Given]
    left_out: dict[str, str]
    unread: str


@transaction.atomic
def register_notice(
    *,
    asker: Asker,
    conference: Conference,
    number: str,
    signed_on: dt.date,
    included: Iterable[str],
    left_out: Mapping[str, str] | None = None,
    deadlines: Mapping[str, dt.date | None] | None = None,
    title: str = "",
    signer: str = "",
    signing_form: str = "",
    stored: StoredFile | None = None,
    public: bool = False,
) -> Registered:
    """Register the signed notice of conclusions, and give its tasks out.

    ``included``: keys of the conclusions that stand in it; ``left_out``: key → why it does not; each that the chair
    concluded and no notice has settled yet is one or the other. ``deadlines``: key → the day as the notice has it,
    where that is another than the chair's. What an earlier notice left out may be said by a later one.

    Raises ``Refusal`` naming the field (``conclusion-<key>`` for one of them), ``ValidationError`` by field,
    ``Forbidden``, ``NotAllowed``: the asker prepares the conference and gives tasks out for the unit that holds it.
    """
    rights.require(asker, conference, rights.PREPARE)
    state = locked_state(conference)
    _over(state)
    _after(state, signed_on)
    waiting = awaiting_notice(state)
    chosen, reasons = _settled(waiting, included, dict(left_out or {}))
    document = _document(asker, conference, state, number, signed_on, title, signer, signing_form, public)
    for directive in Document.objects.filter(pk__in=state.directives).order_by("signed_on", "pk"):
        link_documents(asker, source=document, target=directive, relation=DocumentLink.Relation.CONCLUDES)
    unread = _take_text(asker, document, stored) if stored is not None else ""
    edition = document.editions.order_by("-ordinal").first()
    places = places_of(edition, {one.key: [one.words, one.version.terms.get("task", "")] for one in chosen})
    tasks = [one for one in chosen if one.version.conclusion_kind == ConclusionKind.TASK]
    made = give(
        asker=asker, holder=conference.unit_id, document=document, tasks=tasks, places=places,
        deadlines=dict(deadlines or {}), reviewed=state.directives, evidence=[stored.pk] if stored else [],
        published_only=state.published_only,
    )  # fmt: skip
    requirements = {one.finding: one.requirement for one in made if one.obligations}
    for one in chosen:
        findings.settle_in_notice(
            asker=asker, holder_unit_id=conference.unit_id, finding=one.finding, document=document, on=signed_on,
            requirement=requirements.get(one.key),
        )  # fmt: skip
    for key, reason in reasons.items():
        findings.settle_in_notice(
            asker=asker, holder_unit_id=conference.unit_id, finding=key, document=document, on=signed_on,
            included=False, reason=reason,
        )  # fmt: skip
    numbers = {one.finding: one.requirement.pk for one in made}
    book.write(
        asker, conference, EventKind.NOTICE,
        {
            "document": document.pk, "number": document.number, "signed_on": signed_on.isoformat(),
            "included": [
                {
                    "finding": one.key, "requirement": numbers.get(one.key),
                    "place": places[one.key].citation if one.key in places else "",
                    "identity": places[one.key].identity.key if one.key in places else "",
                }
                for one in chosen
            ],
            "left_out": [{"finding": key, "reason": reason} for key, reason in reasons.items()],
        },
    )  # fmt: skip
    return Registered(document, chosen, made, reasons, unread)


def awaiting_notice(state: State) -> list[Shown]:
    """The conclusions that a notice may still say, in the order in which they were drafted: concluded by the chair and
    not in a notice yet, those that an earlier notice left out among them."""
    found = Finding.objects.filter(key__in=state.conclusions).order_by("pk")
    return [one for one in shown(found) if one.state in WAITING]


@transaction.atomic
def add_paper(
    *,
    asker: Asker,
    conference: Conference,
    what: str,
    label: str,
    number: str = "",
    day: dt.date | None = None,
    author: str = "",
    document: int | None = None,
    stored: StoredFile | None = None,
) -> Event:
    """Put a paper into the file of the conference: a document of the register, or a file kept by its fingerprint.

    A recording or its transcript is taken only when the chair decided that the conference is recorded.
    """
    rights.require(asker, conference, rights.PREPARE)
    state = locked_state(conference)
    if state.phase == Phase.ARCHIVED:
        raise MovedOn(_("The file of the conference was handed to the archive; nothing is added to it."))
    if what not in PaperKind.values:
        raise Refusal(_("Choose what kind of paper it is."), field="what")
    if what in (PaperKind.RECORDING, PaperKind.TRANSCRIPT) and not state.ever_recorded:
        raise Refusal(_("The chair did not decide that this conference is recorded."), field="what")
    said = words(label, "label", 500)
    if not said:
        raise Refusal(_("Say what the paper is about."), field="label")
    if document is not None and not register.visible_documents(asker).filter(pk=document).exists():
        raise Refusal(_("This document is not in the register, or not yours to see."), field="document")
    if document is None and stored is None and what not in (PaperKind.RECORDING, PaperKind.PICTURES):
        raise Refusal(_("Choose the file, or name a document of the register."), field="file")
    if day is not None and day > clock.today():
        raise Refusal(_("%(day)s has not come yet.") % {"day": write_day(day)}, field="day")
    return book.write(
        asker, conference, EventKind.PAPER,
        {
            "what": what, "label": said, "document": document, "file": stored.pk if stored else None,
            "file_name": stored.name if stored else "", "number": words(number, "number", 100),
            "day": day.isoformat() if day else None, "author": words(author, "author", 255),
        },
    )  # fmt: skip


@transaction.atomic
def hand_to_archive(*, asker: Asker, conference: Conference, on: dt.date, receiver: str, reference: str = "") -> Event:
    """Hand the file to the archive. From then on nothing is added to the book, so conclusions that wait for a notice
    must be settled or withdrawn before, and what sites asked about figures answered. ``receiver``: the post or office
    that took it; ``reference``: the number of the file there."""
    rights.require(asker, conference, rights.PREPARE)
    state = locked_state(conference)
    _over(state)
    if on > clock.today():
        raise Refusal(_("%(day)s has not come yet.") % {"day": write_day(on)}, field="on")
    held = _held(state)
    if held and on < held:
        raise Refusal(_("The conference was held on %(day)s.") % {"day": write_day(held)}, field="on")
    hanging = [one for one in awaiting_notice(state) if one.state == Step.State.CONCLUDED]
    if hanging:
        raise Refusal(
            _("%(n)d conclusions wait for the signed notice. Register it, or withdraw them.") % {"n": len(hanging)}
        )
    asked = sum(not one.answer for one in state.corrections.values())
    if asked:
        raise Refusal(_("%(n)d corrections asked for by sites wait for an answer. Answer them first.") % {"n": asked})
    taken = words(receiver, "receiver", 255)
    if not taken:
        raise Refusal(_("Say which post or office took it."), field="receiver")
    return book.write(
        asker, conference, EventKind.ARCHIVED,
        {"on": on.isoformat(), "receiver": taken, "reference": words(reference, "reference", 100)},
    )  # fmt: skip


def _over(state: State) -> None:
    if state.phase == Phase.ARCHIVED:
        raise MovedOn(_("The file of the conference was handed to the archive; nothing is added to it."))
    if state.phase != Phase.OVER:
        raise Refusal(_("The conference is not over yet: what the chair concludes may still change."))


def _after(state: State, signed_on: dt.date) -> None:
    if signed_on > clock.today():
        raise Refusal(_("%(day)s has not come yet.") % {"day": write_day(signed_on)}, field="signed_on")
    held = _held(state)
    if held and signed_on < held:
        raise Refusal(
            _("The conference was held on %(day)s; its notice cannot be earlier.") % {"day": write_day(held)},
            field="signed_on",
        )


def _held(state: State) -> dt.date | None:
    """The first day of the conference: the planned one, or the earlier one on which the chair opened it. One that was
    brought forward would otherwise wait for the day of its plan, while its notice is already due."""
    opened = state.opened_at.astimezone(clock.ZONE).date() if state.opened_at else None
    return min((one for one in (state.held_on, opened) if one), default=None)


def _settled(
    waiting: Sequence[Shown], included: Iterable[str], left_out: Mapping[str, str]
) -> tuple[list[Shown], dict[str, str]]:
    """What stands in the notice and what does not, each with its reason; refused while one is neither."""
    wanted = set(included)
    known = {one.key for one in waiting}
    if wanted - known or set(left_out) - known:
        raise MovedOn(_("One of these conclusions was settled or withdrawn meanwhile. Look at the list again."))
    chosen = [one for one in waiting if one.key in wanted]
    reasons: dict[str, str] = {}
    for one in waiting:
        if one.key in wanted:
            continue
        reason = words(left_out.get(one.key, ""), f"conclusion-{one.key}")
        if not reason and one.state == Step.State.LEFT_OUT:
            continue  # an earlier notice left it out, and said why
        if not reason:
            raise Refusal(
                _("Say why the notice leaves it out: “%(words)s”.") % {"words": Truncator(one.words).chars(60)},
                field=f"conclusion-{one.key}",
            )
        reasons[one.key] = reason
    if not chosen and not reasons:
        raise Refusal(_("The chair has concluded nothing that a notice could say."))
    return chosen, reasons


def _document(
    asker: Asker, conference: Conference, state: State, number: str, signed_on: dt.date, title: str, signer: str,
    signing_form: str, public: bool,
) -> Document:  # fmt: skip
    """The notice in the register: as the records office entered it already, or entered now."""
    issuer = name_of([conference.unit_id], signed_on)[conference.unit_id]
    there = Document.objects.filter(
        number_key=keys.number_key(number), issuer_key=keys.issuer_key(issuer), signed_on=signed_on
    ).first()
    if there is not None:
        register.require_see(asker, there)
        if there.pk in state.directives:
            raise Refusal(_("This is a directive under review, not the notice."), field="number")
        return there
    return register_document(
        asker, number=number, issuer=issuer, signed_on=signed_on, kind=keys.kind_of(number) or "TB",
        # Vietnamese, as kept for ever in the register.
        title=title.strip() or f"Thông báo kết luận {state.title[:1].lower()}{state.title[1:]}",
        signer=signer, signing_form=signing_form, issuer_unit=Unit.objects.get(pk=conference.unit_id),
        public=public, published_only=state.published_only,
    )  # fmt: skip


def _take_text(asker: Asker, document: Document, stored: StoredFile) -> str:
    """Take the file's text into the register when it can be read; a scan stays evidence, and it is said why."""
    if document.editions.exists():
        return ""
    try:
        with transaction.atomic():
            read_edition(asker, document, files.read(stored.pk), stored.name)
    except UnreadableFile as unreadable:
        return why_unreadable(unreadable)
    except ValidationError as wrong:
        return "; ".join(wrong.messages)
    return ""
