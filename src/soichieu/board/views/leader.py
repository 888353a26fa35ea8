"""The leader's page: one A4. What waits, what rooms put there (conclusions of last time), where it is stuck and why,
what changed, one unit's sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from soichieu.board import links
from soichieu.board.ask import Ask
from soichieu.board.queries import access
from soichieu.board.queries.changes import changes_since
from soichieu.board.queries.cut import cut_of
from soichieu.board.queries.sheet import owed_by
from soichieu.board.queries.stuck import stuck_of
from soichieu.board.queries.waiting import waiting
from soichieu.board.views.unit import headline
from soichieu.board.views.units import number_of
from soichieu.documents.guarding import asker_of
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Post
from soichieu.organisation.panels import leader_blocks
from soichieu.organisation.queries import unit_view
from soichieu.organisation.searching import search
from soichieu.web.dates import takes_dates

DIRECTIVES = 3
SINCE_DAYS = 7
ROWS, TASKS = 5, 6


@takes_dates
@require_safe
def leader(request: HttpRequest) -> HttpResponseBase:
    """Five blocks for whoever asks, or for the leader on whose behalf a secretary works."""
    asker = asker_of(request)
    ask = Ask.of(request.GET, asker, clock.today())
    if ask.since is None and "since" not in ask.errors:
        ask = replace(ask, since=clock.end_of(_shown(ask) - dt.timedelta(days=SINCE_DAYS)))
    kept = ask.dates(request.GET)
    work = waiting(asker)
    pressing = [one for one in work.counts if one[0].waits]
    cuts = [(one, cut_of(asker, one, ask.question)) for one in access.directives(asker)]
    stuck = [stuck_of(cut, one, kept) for one, cut in cuts]
    order = sorted((at for at, one in enumerate(stuck) if one.ladders), key=lambda at: -stuck[at].total)
    changes = []
    for at in order[: 2 * DIRECTIVES] if ask.since else []:
        directive, cut = cuts[at]
        if ask.since and (found := changes_since(asker, directive, cut, ask.since)):
            changes.append((stuck[at], found))
    context: dict[str, Any] = {
        "ask": ask,
        "two": ask.two,
        "kept": kept,
        "past": _shown(ask) < clock.today(),
        "today": clock.today(),
        "since": ask.since.isoformat() if ask.since else "",
        "waiting": work,
        "pressing": pressing,
        "rows": work.rows([queue.code for queue, _many in pressing[:2]], most=ROWS)[:ROWS] if pressing else [],
        "blocks": leader_blocks(request, ask.two),
        "stuck": [stuck[at] for at in order[:DIRECTIVES]],
        "more_directives": max(0, len(order) - DIRECTIVES),
        "changes": changes,
        "behalf": Post.objects.filter(pk=asker.on_behalf_of_id).first() if asker.on_behalf_of_id else None,
        **_sheet(request, asker, ask, kept),
    }
    return render(request, "board/leader.html", context)


def _shown(ask: Ask) -> dt.date:
    """The last day that the page tells of: nothing that came after it, and nothing that was learnt after it."""
    known = ask.two.known_at
    return min(ask.two.as_at, known.astimezone(clock.ZONE).date()) if known else ask.two.as_at


def _sheet(request: HttpRequest, asker: Asker, ask: Ask, kept: dict[str, str]) -> dict[str, Any]:
    """The unit chosen, by address or by name; without a choice the asker's own."""
    typed = request.GET.get("find", "").strip()
    hits = search(typed, ask.two.as_at, subject="unit", limit=8) if typed else []
    chosen = number_of(request.GET.get("unit"))
    if len(hits) == 1:
        chosen = hits[0].id
    if chosen is None and not typed:
        chosen = asker.unit_id
    if chosen is None:
        return {"find": typed, "hits": hits, "unit": None}
    try:
        view = unit_view(chosen, ask.two.as_at, ask.two.known_at)
    except KeyError:
        return {"find": typed, "hits": hits, "unit": None, "no_unit": True}
    owed = owed_by(asker, chosen, ask.question, kept)
    return {
        "find": typed,
        "hits": hits if len(hits) > 1 else [],
        "unit": view,
        "owed": owed,
        "unit_headline": headline(view, owed),
        "unit_url": links.unit_url(view.id, kept),
        "tasks": [task for task in owed.tasks if task["open"] or task["lifecycle"] == "awaiting_confirmation"][:TASKS],
    }
