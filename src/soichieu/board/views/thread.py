"""The thread: from a sentence to every unit that owes it, the line that answers, its evidence; and back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from soichieu.board import links
from soichieu.board import signs as sg
from soichieu.board.ask import with_query
from soichieu.board.queries.ladders import steps_of
from soichieu.board.queries.obligation import sentences_of
from soichieu.board.queries.thread import MOST, bearers_of
from soichieu.board.views.board import cut_or_404
from soichieu.documents.dated import Dates
from soichieu.ledger.models import Requirement
from soichieu.ledger.report import over_words, rule_words
from soichieu.ledger.ties import tie_changes
from soichieu.web.dates import takes_dates
from soichieu.web.heat import SIGNS


@takes_dates
@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """One requirement, from its sentence to the units and back."""
    requirement = Requirement.objects.filter(pk=pk, status=Requirement.Status.CONFIRMED).first()
    if requirement is None:
        raise Http404
    directive, ask, cut = cut_or_404(request, requirement.directive_id)
    column = next((at for at, one in enumerate(cut.requirements) if one.pk == pk), -1)
    if column < 0:
        raise Http404
    kept = ask.dates(request.GET)
    sentences = sentences_of(requirement, ask.question)
    place = links.place_url(sentences[0].key, kept) if sentences else ""
    sign = request.GET.get("sign", "")
    bearers, total = bearers_of(cut, column, kept, sign)
    counts = cut.by_column[column]
    mine = cut.counted_members.where(cut.counted_members.requirement == pk)
    context = {
        "ask": ask,
        "two": ask.two,
        "cut": cut,
        "directive": directive,
        "requirement": requirement,
        "sentences": sentences,
        "changes": tie_changes(requirement, Dates(ask.two.as_at, ask.two.known_at)),
        "kept": kept,
        "has_text": directive.editions.exists() if not sentences else True,
        "asked": with_query("", kept),
        "count": cut.count(requirement.ladder, column),
        "quoted": [
            one
            for step in steps_of(cut, directive)
            for one in step.quoted
            if one.count.requirement_id == requirement.pk
        ],
        "over": over_words([requirement], cut.question, mine) if len(mine) else "",
        "rule": rule_words([requirement]),
        "bearers": bearers,
        "total": total,
        "most": MOST,
        "signs": [(SIGNS[code], int(counts[at])) for at, code in enumerate(sg.ORDER) if counts[at]],
        "sign": sign if sign in sg.ORDER else "",
        "list_url": links.list_url(directive.pk, kept, {"requirement": pk, "sign": sign if sign in sg.ORDER else ""}),
        "board_url": with_query(reverse("board:board", args=[directive.pk]), kept, {"ladder": requirement.ladder}),
        "document_url": place or links.document_url(directive.pk, kept),
    }
    return render(request, "board/thread.html", context)
