"""Figures are cut: the board of a directive named and frozen, with both dates and the place in the directive's book."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from soichieu.conferences import book, rules
from soichieu.conferences.commands.base import in_office_words, line_of, preparing
from soichieu.conferences.kinds import EventKind
from soichieu.conferences.models import Conference, Event
from soichieu.documents import queries as documents
from soichieu.documents.storing import new_key
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.ledger.models import Chain, Entry
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day


@transaction.atomic
def freeze(
    *, asker: Asker, conference: Conference, directive: int, as_at: dt.date, known_at: dt.datetime | None = None,
    label: str = "",
) -> Event:  # fmt: skip
    """Freeze the board of a directive as at a day, as known at a moment (default: now).

    The directive's book is held meanwhile, so that no line slips in at the very moment: what the cut shows is the book
    up to a position, for ever. It is shown in the hall from one working day later, so that each unit has had its own
    figure that long (DESIGN §7). Raises ``Refusal`` naming the field.
    """
    state = preparing(asker, conference)
    if directive not in state.directives:
        raise Refusal(_("Cut the figures of a directive that is reviewed here."), field="directive")
    if not documents.visible_documents(asker).filter(pk=directive).exists():
        raise Refusal(_("This document is not in the register, or not yours to see."), field="directive")
    chain = Chain.objects.select_for_update().filter(directive_id=directive).first()
    if chain is None:
        raise Refusal(_("Nothing was given out from this directive yet: there is nothing to count."), field="directive")
    now = clock.now()
    if as_at > clock.today():
        raise Refusal(_("This day has not come yet."), field="as_at")
    if known_at is not None and known_at > now:
        raise Refusal(_("This moment has not come yet."), field="known_at")
    if known_at is None:
        moment, position = max(now, chain.last_recorded_at or now), chain.last_position
    else:
        moment = known_at
        seen = Entry.objects.filter(chain=chain, recorded_at__lte=moment).aggregate(last=Max("position"))["last"]
        position = seen or 0
    named = line_of(label, "label") or in_office_words(lambda: _("Figures as at %(day)s") % {"day": write_day(as_at)})
    if any(cut.label == named for cut in state.cuts.values()):
        raise Refusal(_("There is a cut of this name already; give it another."), field="label")
    return book.write(
        asker, conference, EventKind.CUT,
        {
            "key": new_key(), "label": named, "directive": directive, "as_at": as_at.isoformat(),
            "known_at": moment.isoformat(), "position": position,
            "shown_from": rules.first_day_after("own_figures", clock.today()).isoformat(),
        },
    )  # fmt: skip
