"""The board: every directive with a book, and one directive on two dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from soichieu.board import codes, exports, heat, links
from soichieu.board.ask import Ask, may_sort_by_worst, with_query
from soichieu.board.queries import access
from soichieu.board.queries.changes import changes_since, learnt_later, threads_of
from soichieu.board.queries.cut import Cut, cut_of
from soichieu.board.queries.grid import FLAT_UP_TO, Grid, Row, grid_of, mode_of
from soichieu.board.queries.ladders import Step, figure, headline, steps_of
from soichieu.documents.models import Document, DocumentLink
from soichieu.ledger import clock
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.report import BASIS_WORDS
from soichieu.organisation.askers import Asker
from soichieu.web.dates import takes_dates
from soichieu.web.errors import Unanswerable
from soichieu.web.lists import Column, List, Search


def _overdue(row: dict[str, Any]) -> int | str:
    """How many are overdue by our own count; where only sources count, what they say, named as theirs; where nothing is
    published of any task, that is missing and not 0."""
    if row["overdue"] is not None:
        return int(row["overdue"])
    if row["quoted"] is not None:
        return _("%(n)s (quoted)") % {"n": figure(row["quoted"])}
    return _("missing")


BOARDS = List(
    key="boards",
    title=gettext_lazy("Directives with a book"),
    rule=gettext_lazy("Each directive is counted by itself; what implements it stands in a line of its own."),
    columns=[
        Column("number", gettext_lazy("Number"), url=lambda row: row["url"], width=18),
        Column("signed_on", gettext_lazy("Signed on"), width=14),
        Column("issuer", gettext_lazy("Issuer")),
        Column("title", gettext_lazy("Title"), width=60),
        Column("said", gettext_lazy("How far it is carried out"), sort=None, width=60),
        Column("overdue", gettext_lazy("Overdue"), number=True, value=_overdue, sort=lambda row: row["overdue"] or 0),
    ],
    filters=[Search(("number", "title", "issuer"))],
    sort="",
    empty=gettext_lazy("No directive with tasks is addressed to your unit."),
    empty_hint=gettext_lazy("A directive comes here when its requirements are confirmed and its tasks given."),
)


@takes_dates
@require_safe
def boards(request: HttpRequest) -> HttpResponseBase:
    """The directives that the asker may see, each with its own counts."""
    asker: Asker = request.asker  # type: ignore[attr-defined]
    ask = Ask.of(request.GET, asker, clock.today())
    rows = [_line(asker, one, ask, request.GET) for one in access.directives(asker)]
    return BOARDS.respond(request, rows, "board/boards.html", {"ask": ask}, two=ask.two)


def _line(asker: Asker, directive: Document, ask: Ask, data: Mapping[str, str]) -> dict[str, Any]:
    cut = cut_of(asker, directive, ask.question)
    steps = steps_of(cut, directive)
    own = cut.count()
    quoted = [
        one.count.breakdown["overdue"] for step in steps for one in step.quoted if "overdue" in one.count.breakdown
    ]
    # Where nothing is given by name but a source has a count, ours is missing (docs/ledger.md, section 8).
    unknown = own.n is None or (not own.of and any(step.quoted for step in steps))
    return {
        "number": directive.number,
        "signed_on": directive.signed_on,
        "issuer": directive.issuer,
        "title": directive.title,
        "url": with_query(reverse("board:board", args=[directive.pk]), ask.dates(data)),
        "said": headline(steps, cut.count_standing().of),
        "overdue": None if unknown else own.overdue,
        "quoted": quoted[0] if len(quoted) == 1 else None,
    }


def directive_or_404(asker: Asker, pk: int) -> Document:
    """The directive, where the asker may see it; else as if there were none."""
    try:
        return access.directive(asker, pk)
    except Document.DoesNotExist:
        raise Http404 from None


@takes_dates
@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One directive on two dates: ladders, heat map, what changed; or the same as a file."""
    asker: Asker = request.asker  # type: ignore[attr-defined]
    ask = Ask.of(request.GET, asker, clock.today())
    seen = access.directives(asker)
    directive = next((one for one in seen if one.pk == pk), None)
    if directive is None:
        raise Http404
    cut = cut_of(asker, directive, ask.question)
    if (kind := request.GET.get("export", "")) in exports.KINDS:
        if ask.errors:
            raise Unanswerable(" ".join(ask.errors.values()))  # a file would hold another day's figures
        return exports.response(request, directive, cut, ask, kind)
    kept = ask.dates(request.GET)
    grid = grid_of(cut, ask)
    steps = steps_of(cut, directive)
    since = ask.since.isoformat() if ask.since else ""
    changed = changes_since(asker, directive, cut, ask.since) if ask.since else []
    chosen = {"ladder": ask.ladder} if ask.ladder else {}
    context = {
        "ask": ask,
        "two": ask.two,
        "directive": directive,
        "cut": cut,
        "steps": steps,
        "headline": headline(steps, cut.count_standing().of),
        "overdue": cut.count().overdue,
        "standing": cut.count_standing(),
        "standing_waits": cut.count_standing().submitted + cut.count_standing().awaiting_confirmation,
        "basis_words": BASIS_WORDS[ask.basis](),
        "grid": grid,
        "map": draw(grid, directive, ask, kept, chosen),
        "legend": heat.legend(grid, ask.only == "open"),
        "several": len(cut.units) > FLAT_UP_TO or mode_of(cut, ask) == "tree",
        "ladders": [one for one in Ladder if len(cut.columns_of(one))],
        "may_worst": may_sort_by_worst(asker),
        "default_sort": "worst" if may_sort_by_worst(asker) else "official",
        "changes": [(one, _list(directive, kept, {"change": one.kind, "since": since})) for one in changed],
        "learnt": learnt_later(asker, directive, cut),
        "threads": threads_of(cut),
        "others": _others(seen, directive, ask, request.GET),
        "beside": _implementing(asker, seen, directive, ask, request.GET),
        "list_url": _list(directive, kept, {}),
        "document_url": links.document_url(directive.pk, kept),
        "kept": kept,
        "asked": with_query("", kept),
        "path": [(name, with_query("", kept, {"under": unit}, chosen)) for unit, name in grid.path],
        "pages": _pages(request, grid),
    }
    return render(request, "board/board.html", context)


def draw(grid: Grid, directive: Document, ask: Ask, kept: Mapping[str, str], chosen: Mapping[str, str]) -> str:
    """The heat map's markup, with the addresses that its rows and columns lead to."""

    def escaped(url: str) -> str:
        return str(conditional_escape(url))

    def name_url(row: Row) -> str:
        if row.group and row.unit != grid.under:
            sort = {"sort": ask.sort} if ask.sort != "official" else {}
            return escaped(with_query("", kept, chosen, sort, {"only": ask.only, "under": row.unit}))
        return escaped(links.unit_url(row.unit, kept) or _list(directive, kept, {**chosen, "unit": row.unit}))

    return heat.render(
        grid,
        caption=_("Map: %(rows)s units × %(columns)s requirements")
        % {"rows": grid.total, "columns": len(grid.columns)},
        dates=codes.dates_code(ask.two.as_at if "as_at" in kept else None, ask.two.known_at, ask.basis),
        extra=escaped(with_query("", chosen)),
        name_url=name_url,
    )


def _list(directive: Document, *queries: Mapping[str, object]) -> str:
    return links.list_url(directive.pk, *queries)


def _others(seen: list[Document], directive: Document, ask: Ask, data: Mapping[str, str]) -> list[dict[str, Any]]:
    """The other boards, for changing to."""
    return [
        {
            "number": one.number,
            "issuer": one.issuer,
            "signed_on": one.signed_on,
            "current": one.pk == directive.pk,
            "url": with_query(reverse("board:board", args=[one.pk]), ask.dates(data)),
        }
        for one in seen
    ]


def _implementing(
    asker: Asker, listed: list[Document], directive: Document, ask: Ask, data: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What implements this directive and what it implements, each with its own counts, never added."""
    rows = DocumentLink.objects.filter(relation=DocumentLink.Relation.IMPLEMENTS)
    seen = {one.pk: one for one in listed}
    below = rows.filter(source_id__in=seen, target=directive).values_list("source_id", flat=True)
    above = rows.filter(source=directive, target_id__in=seen).values_list("target_id", flat=True)
    found = [*((pk, True) for pk in below), *((pk, False) for pk in above)]
    out = []
    for pk, implements in found:
        other = seen[pk]
        said = _in_line(steps_of(cut_of(asker, other, ask.question), other))
        url = with_query(reverse("board:board", args=[pk]), ask.dates(data))
        out.append({"directive": other, "implements": implements, "said": said, "url": url})
    return out


def _in_line(steps: list[Step]) -> list[dict[str, Any]]:
    """The counts of another directive for a line of text: ours, then those that sources give with a number."""
    said: list[dict[str, Any]] = []
    for step in steps:
        if step.counted is not None:
            said.append({"label": step.label, "n": step.counted.n, "of": step.counted.of, "quoted": False})
        for one in step.quoted:
            if one.count.n is not None and one.count.of:
                said.append({"label": step.label, "n": one.count.n, "of": one.count.of, "quoted": True})
    return said


def _pages(request: HttpRequest, grid: Grid) -> list[tuple[int, str, bool]]:
    """(number, address, current) of the pages near the one shown; number 0 is a gap."""
    if grid.pages == 1:
        return []
    query = request.GET.copy()
    shown, previous = [], 0
    for number in sorted({1, grid.pages, *range(grid.page - 2, grid.page + 3)}):
        if 1 <= number <= grid.pages:
            if number - previous > 1:
                shown.append((0, "", False))
            query["page"] = str(number)
            shown.append((number, "?" + query.urlencode(), number == grid.page))
            previous = number
    return shown


def cut_or_404(request: HttpRequest, pk: int) -> tuple[Document, Ask, Cut]:
    """Directive, question and cut of an address under a board."""
    asker: Asker = request.asker  # type: ignore[attr-defined]
    ask = Ask.of(request.GET, asker, clock.today())
    directive = directive_or_404(asker, pk)
    return directive, ask, cut_of(asker, directive, ask.question)
