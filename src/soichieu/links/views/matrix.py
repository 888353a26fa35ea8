"""Pages: the matrix of a document, and one sentence of it with its units."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.documents import queries as documents
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger import queries as ledger
from soichieu.links import drawing
from soichieu.links.queries.matrix import KINDS, Asked, Matrix, matrix_of, nature_choices
from soichieu.links.queries.provision import SAID, Line, Place, lines_of, place_of
from soichieu.organisation.names import name_of
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Flag, List, Search, exports

LINES = List(
    key="answers",
    title=pgettext_lazy("matrix", "Who answers it, who only touches it, who is silent"),
    rule=gettext_lazy(
        "Units that you see: those whose lines were decided about, and those that were given a task by this sentence;"
        " where it gave none, all that owe something of the document or laid a plan against it. A unit answers when"
        " a person decided that a line of its plan answers the sentence wholly, in part or going further."
    ),
    columns=[
        Column("kind", pgettext_lazy("matrix", "How"), text=lambda kind: SAID[kind], page=False, width=24),
        Column("unit_name", gettext_lazy("Unit"), sort=None, width=32),
        Column("words", gettext_lazy("Line of the plan"), template="links/matrix_line.html", sort=None, width=70),
        Column("relation_label", gettext_lazy("Relation"), sort=None, width=18),
        Column("plan", gettext_lazy("Plan"), url=lambda line: line.plan_url, sort=None, width=40),
        Column("reason", gettext_lazy("Reason"), sort=None, width=40),
        Column("made_at", gettext_lazy("Decided at"), sort=None, width=18),
        Column("who", gettext_lazy("Decided by"), sort=None, width=30),
        Column("again", gettext_lazy("To look at again"), page=False, width=12),
    ],
    filters=[
        Search(("unit_name", "words", "plan", "reason")),
        Choice("kind", pgettext_lazy("matrix", "How"), SAID.items(), several=True),
        Flag("again", gettext_lazy("Only what is to be looked at again")),
    ],
    group=lambda line: _group(line),
    empty=gettext_lazy("No unit that you see is concerned by this sentence."),
)  # fmt: skip


FORM = ("nature", "page", "unit", "units", "export")
"""What the filter form of the matrix asks itself; the rest of the address is carried along."""


def _group(line: Line) -> str:
    return capfirst(str(SAID[line.kind]))


@require_safe
@guarded
def matrix(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sentences of a document × units of the asker's subtree."""
    asker = asker_of(request)
    document = documents.document(asker, pk)
    asked = Asked.of(request.GET, request.GET.getlist("nature"))
    made = matrix_of(asker, document, asked)
    two = TwoDates(clock.today())
    kind = request.GET.get("export", "")
    if kind in exports.KINDS:
        return exports.response(drawing.sheet(request, made, drawing.said(made), two), kind)

    def keep(**changes: Any) -> str:
        query = request.GET.copy()
        query.pop("export", None)
        for key, value in changes.items():
            if value in ("", None):
                query.pop(key, None)
            else:
                query[key] = str(value)
        return "?" + query.urlencode()

    context = {
        "document": document,
        "matrix": made,
        "two": two,
        "table": drawing.table(made, keep) if len(made.order) and len(made.shown) else None,
        "rule": f"{drawing.RULE} {drawing.ASKED}",
        "kinds": [(code, word, keep(show=code, page="")) for code, word in KINDS.items()],
        "all_kinds": keep(show="", page=""),
        "natures": nature_choices(made.outline),
        "hidden": [(key, value) for key, value in request.GET.items() if key not in FORM],
        "levels": [(level, keep(depth=level, page="")) for level in range(1, made.deepest + 1)],
        "way": _way(made, keep),
        "units_way": [(name, keep(under=unit, unit="", side="", page="")) for unit, name in made.crowd.way],
        "top": keep(under="", unit="", side="", page=""),
        "pages": _pages(made.page, made.pages, lambda number: keep(page=number)),
        "sides": _pages(min(asked.side, made.sides), made.sides, lambda number: keep(side=number)),
        "first": (made.page - 1) * made.per_page + 1,
        "last": min(made.page * made.per_page, len(made.order)),
        "xlsx": keep(export="xlsx"),
        "csv": keep(export="csv"),
        "others": _others(asker, document),
        "cleared": request.path,
    }  # fmt: skip
    return render(request, "links/matrix.html", context)


def _others(asker: Any, document: Document) -> list[dict[str, Any]]:
    """Other directives whose matrix one may look at."""
    found = ledger.directives(asker).filter(editions__isnull=False).distinct()[:40]
    return [
        {"document": one, "url": reverse("links:matrix", args=[one.pk]), "current": one.pk == document.pk}
        for one in found
    ]


def _way(made: Matrix, keep: Any) -> list[tuple[str, str]]:
    """The parts down to the one that is opened, with their addresses."""
    if made.base < 0:
        return []
    steps = [(_("Whole text"), keep(node="", page="", depth=""))]
    for at in made.outline.path(made.base):
        node = made.outline.nodes[at]
        steps.append((f"{node.number or node.citation} {node.words}".strip()[:90], keep(node=node.key, page="")))
    return steps


def _pages(page: int, pages: int, url: Any) -> list[tuple[int, str, bool]]:
    """(number, address, current) of the pages near the one shown; number 0 is a gap."""
    if pages == 1:
        return []
    shown: list[tuple[int, str, bool]] = []
    previous = 0
    for number in sorted({1, pages, *range(page - 2, page + 3)}):
        if 1 <= number <= pages:
            if number - previous > 1:
                shown.append((0, "", False))
            shown.append((number, url(number), number == page))
            previous = number
    return shown


@require_safe
@guarded
def provision(request: HttpRequest, key: str) -> HttpResponseBase:
    """One sentence: who answers it, who only touches it, who is silent; a part leads to its matrix."""
    asker = asker_of(request)
    place = place_of(asker, key)
    if place.node >= 0 and not place.outline.leaf[place.node]:
        return redirect(f"{reverse('links:matrix', args=[place.document.pk])}?node={key}")
    asked_unit = request.GET.get("unit", "")
    unit = int(asked_unit) if asked_unit.isdecimal() and len(asked_unit) < 19 else None
    lines = lines_of(asker, place, within=unit)
    listing = replace(LINES, title=_sheet_title(place)).bind(request, lines, two=TwoDates(clock.today()))
    answer = listing.answer(request)
    if answer is not None:
        return answer
    query = request.GET.copy()
    query.pop("unit", None)
    context = {
        "place": place,
        "node": place.outline.nodes[place.node] if place.node >= 0 else None,
        "above": _above(place),
        "list": listing,
        "counts": [(SAID[kind], len({line.unit for line in lines if line.kind == kind})) for kind in SAID],
        "within": _name(unit),
        "without": "?" + query.urlencode(),
        "before": _neighbour(place, -1),
        "after": _neighbour(place, 1),
    }
    return render(request, "links/matrix_provision.html", context)


def _sheet_title(place: Place) -> str:
    """What the list is called where it leaves the page: of which document and which sentence it is."""
    if place.node < 0:
        return f"{place.document.number}: {LINES.title}"
    return f"{place.document.number}, {place.outline.nodes[place.node].citation}: {LINES.title}"


def _name(unit: int | None) -> str:
    try:
        return name_of([unit], clock.today())[unit] if unit is not None else ""
    except KeyError:
        return _("a unit that there is not")


def _above(place: Place) -> list[tuple[str, str]]:
    """The parts above the sentence, with the address of their matrix."""
    if place.node < 0:
        return []
    base = reverse("links:matrix", args=[place.document.pk])
    nodes = [place.outline.nodes[at] for at in place.outline.path(place.node)[:-1]]
    return [(f"{one.number or one.citation} {one.words}".strip()[:90], f"{base}?node={one.key}") for one in nodes]


def _neighbour(place: Place, step: int) -> str:
    """The address of the sentence before or after; empty at the ends."""
    at = place.node + step
    while place.node >= 0 and 0 <= at < len(place.outline.nodes):
        if place.outline.leaf[at]:
            return reverse("links:provision", args=[place.outline.nodes[at].key])
        at += step
    return ""
