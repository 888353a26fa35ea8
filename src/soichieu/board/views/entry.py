"""One line of the book: every field, its source, its evidence, and how it hangs on the line before it."""

from __future__ import annotations

import json

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from soichieu.board import links
from soichieu.board.ask import Ask, with_query
from soichieu.board.queries.history import book_of
from soichieu.documents import files
from soichieu.documents.models import StoredFile
from soichieu.ledger import clock, queries
from soichieu.ledger.hashing import HASHED
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.queries import Question
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.web.dates import takes_dates


def entry_or_404(asker: Asker, pk: int) -> Entry:
    """The line, where the asker sees the obligation that it is about."""
    try:
        return queries.entry(asker, pk)
    except (Entry.DoesNotExist, KeyError, OverflowError):
        raise Http404 from None


@takes_dates
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The line as it was written."""
    asker: Asker = request.asker  # type: ignore[attr-defined]
    found = entry_or_404(asker, pk)
    of = Obligation.objects.select_related("requirement", "chain__directive", "unit").get(pk=found.obligation_id)
    lines = book_of(asker, of, Question.now().answer())
    line = next(one for one in lines if one.entry.pk == pk)
    at = lines.index(line)
    kept = Ask.of(request.GET, asker, clock.today()).dates(request.GET)
    order = sorted(lines, key=lambda one: one.entry.position)
    place = next(i for i, one in enumerate(order) if one.entry.pk == pk)
    context = {
        "line": line,
        "entry": line.entry,
        "obligation": of,
        "requirement": of.requirement,
        "directive": of.chain.directive,
        "unit": name_of([of.unit_id], found.happened_on)[of.unit_id],
        "obligation_url": links.obligation_url(of.pk, kept),
        "asked": with_query("", kept),
        "number": at + 1,
        "many": len(lines),
        "before": order[place - 1].entry if place else None,
        "after": order[place + 1].entry if place + 1 < len(order) else None,
        "payload": json.dumps(found.details, ensure_ascii=False, indent=2),
        "columns": [(name, getattr(found, name)) for name in HASHED if name not in ("payload", "evidence")],
        "evidence_list": found.evidence_hashes,
        "stored": {one.pk: one for one in line.files},
    }
    return render(request, "board/entry.html", context)


@require_safe
def evidence(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
    """A file that a line cites, to whoever sees the line."""
    asker: Asker = request.asker  # type: ignore[attr-defined]
    found = entry_or_404(asker, pk)
    stored = StoredFile.objects.filter(pk=sha256).first() if sha256 in found.evidence_hashes else None
    if stored is None:
        raise Http404
    stored = files.named(stored, found.details.get("file_names", {}).get(sha256, ""))
    try:
        opened = files.path_of(stored.pk).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    served = files.served_as(stored)
    return FileResponse(opened, as_attachment=served != files.PDF, filename=stored.name, content_type=served)
