"""Pages: which plans are held up against what, the light table itself, and deciding on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from soichieu.documents import queries as documents
from soichieu.documents.guarding import asker_of, guarded
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Obligation
from soichieu.links import leaving
from soichieu.links.commands import decisions
from soichieu.links.drawn import Lamp, lamp_of, parts_of, tally_of
from soichieu.links.models import Decision, Relation
from soichieu.links.queries import pairs
from soichieu.links.queries.laid import Pair
from soichieu.links.queries.owed import owed
from soichieu.links.queries.table import Table, table
from soichieu.links.showing import Shown
from soichieu.organisation.askers import Asker
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Column, Flag, List, Search, exports, vietnamese
from soichieu.web.numbers import whole_number

PAIRS = List(
    key="soi-chieu",
    title=gettext_lazy("Soi chiếu: plans against their superior documents"),
    rule=gettext_lazy(
        "A line counts as decided once a person decided about at least one of its pairs. A sentence is without a line"
        " when by decisions no line answers it and nobody left it open with a reason; suggestions are not counted."
    ),
    columns=[
        Column("unit", gettext_lazy("Unit"), sort=vietnamese("unit"), width=34),
        Column("plan", gettext_lazy("Plan"), url=lambda row: table_url(row.head.key, row.document.pk), width=60),
        Column("number", pgettext_lazy("soi chiếu", "Held up against"), width=18),
        Column("decided", gettext_lazy("Lines decided"), template="links/parts/decided_cell.html", width=12),
        Column("lines", gettext_lazy("Lines in all"), page=False, number=True, width=12),
        Column("without", gettext_lazy("Sentences without a line"), template="links/parts/without_cell.html", width=14),
        Column("sentences", gettext_lazy("Sentences in all"), page=False, number=True, width=14),
    ],
    filters=[
        Search(("unit", "plan", "number")),
        Flag("open", gettext_lazy("Only what is not decided to the end"), value=lambda row: row.decided < row.lines),
    ],
    empty=gettext_lazy("No plan with lines stands under a document that you see."),
    empty_hint=gettext_lazy(
        "A plan is held against the light once its lines are read in, and the document above it is registered."
    ),
)


def table_url(key: str, document_id: int) -> str:
    """The address of a plan against a document."""
    return reverse("links:table", args=[key, document_id])


@require_safe
@guarded
def tables(request: HttpRequest) -> HttpResponseBase:
    """Every plan that one may hold up, against each document above it, with how far it is decided."""
    asker = asker_of(request)
    found = pairs.Pairs(asker)
    context = {"owed": owed(asker), "matrices": found.matrices}
    return PAIRS.respond(request, found, "links/tables.html", context)


@require_safe
@guarded
def light_table(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """The plan beside the document; the whole page, the pair under the lamp alone, or the file asked for."""
    asker = asker_of(request)
    found = _table(request, asker, key, pk)
    shown = Shown.of(found, request.path, request.GET)
    if request.GET.get("export") in exports.KINDS:
        address = request.build_absolute_uri(shown.url())
        return exports.response(leaving.sheet(found, shown, _two(), address), request.GET["export"])
    pair = _asked_pair(found, shown, request.GET)
    lamp = lamp_of(asker, shown, pair, last=_last(found, request.GET.get("last", "")))
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.target == "lamp":
        answer = render(request, "links/parts/lamp.html", {"lamp": lamp, "shown": shown})
        answer["Vary"] = "HX-Request"
        return answer
    return _page(request, asker, shown, lamp)


@require_POST
@guarded
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """What a person decided about the pair under the lamp, then the next pair."""
    asker = asker_of(request)
    found = _table(request, asker, key, pk)
    if not found.verdict:
        raise PermissionDenied(found.verdict.reason)
    path = table_url(key, pk)
    item, place, act = (request.POST.get(name, "") for name in ("item", "with", "act"))
    try:
        made = _act(asker, found, request, item, place, act)
    except Forbidden as refused:
        raise PermissionDenied(str(refused)) from refused
    except Refusal as refused:
        found = _table(request, asker, key, pk)
        shown = Shown.of(found, path, request.GET)
        lamp = lamp_of(asker, shown, found.pair(item, place), error=refused, typed=request.POST)
        if getattr(request, "htmx", None):
            return render(request, "links/parts/lamp_and_rows.html", _changed(shown, lamp, item, place))
        return _page(request, asker, shown, lamp, status=409 if hasattr(refused, "current") else 422)
    found = _table(request, asker, key, pk)
    shown = Shown.of(found, path, request.GET)
    pair = _next(found, shown, item, place, act)
    last = made if isinstance(made, Decision) and made.origin != Decision.Origin.WITHDRAWN else None
    after = {"item": pair.line.item.key, "with": pair.sentence.offer.key if pair.sentence else ""} if pair else {}
    if getattr(request, "htmx", None):
        lamp = lamp_of(asker, shown, pair, last=last, moved=True)
        lamp.finished = _stays(pair, item, place, act)
        answer = render(request, "links/parts/lamp_and_rows.html", _changed(shown, lamp, item, place))
        answer["HX-Replace-Url"] = shown.url(**after)
        return answer
    messages.success(request, _said(made))
    if _stays(pair, item, place, act):
        messages.info(request, _("No suggestion waits here any more."))
    return redirect(shown.url(**after, last=str(last.pk) if last else "") + "#lamp")


def _act(asker: Asker, found: Table, request: HttpRequest, item: str, place: str, act: str) -> Any:
    """Do what was pressed. The suggestion is looked up here, never taken from the browser."""
    holding, data = found.holding, request.POST
    where: dict[str, Any] = {"asker": asker, "room": holding.room, "kind": holding.kind, "plan_key": holding.key}
    seen = whole_number(data.get("seen"))
    reason = data.get("reason", "")
    match act:
        case "decide" | "refuse":
            sentence = found.sentence_of.get(place)
            candidate = found.candidate(item, sentence.offer.identity) if sentence else None
            suggestion = (
                decisions.Suggested(candidate.rank, candidate.score, candidate.relation, found.weights)
                if candidate
                else None
            )
            relation = Relation.NONE.value if act == "refuse" else data.get("relation", "")
            return decisions.decide(
                **where, item_key=item, provision_key=place, relation=relation, suggestion=suggestion, seen=seen,
                reason=reason,
            )  # fmt: skip
        case "withdraw":
            return decisions.withdraw(**where, item_key=item, provision_key=place, seen=seen, reason=reason)
        case "leave_open":
            return decisions.leave_open(**where, provision_key=place, reason=reason, seen=seen)
        case "take_up":
            return decisions.take_up_again(**where, provision_key=place, seen=seen)
    raise Refusal(_("Choose what to do with this pair."))


def _next(found: Table, shown: Shown, item: str, place: str, act: str) -> Pair | None:
    """Where the pass goes on: after a decision the next pair that waits; what was taken back stays under the lamp."""
    if act in ("decide", "refuse"):
        return found.after(item, place, shown=shown.show)
    return found.pair(item, place)


def _stays(pair: Pair | None, item: str, place: str, act: str) -> bool:
    """Whether the pair just decided is still the one under the lamp: nothing else waits."""
    if act not in ("decide", "refuse") or pair is None or pair.sentence is None:
        return False
    return (pair.line.item.key, pair.sentence.offer.key) == (item, place)


def _said(made: Any) -> str:
    """What was written, in one sentence."""
    if isinstance(made, Decision):
        if made.origin == Decision.Origin.WITHDRAWN:
            return _("Taken back: the pair is undecided again.")
        return _("Written: this line %(relation)s this requirement.") % {"relation": made.get_relation_display()}
    return _("Left open with the reason.") if made.reason else _("Taken up again.")


def _table(request: HttpRequest, asker: Asker, key: str, pk: int) -> Table:
    return table(asker, key, pk, second_id=whole_number(request.GET.get("second")))


def _asked_pair(found: Table, shown: Shown, data: Any) -> Pair | None:
    item = data.get("item", "")
    return found.pair(item, data.get("with", "")) if item else found.first(shown.show)


def _last(found: Table, asked: str) -> Decision | None:
    """The decision just made, while it is the newest of its pair: it can be taken back with one key."""
    number = whole_number(asked)
    row = next((one for one in found.rows.values() if one.pk == number), None)
    return row if row is not None and row.origin != Decision.Origin.WITHDRAWN else None


def _changed(shown: Shown, lamp: Lamp, item: str, place: str) -> dict[str, Any]:
    """The pair under the lamp with the rows that the decision touched: its line, and every sentence near that line."""
    found = shown.table
    line = found.line_of.get(item)
    near = {place}
    if line is not None:
        near |= {link.offer.key for link in line.links if link.offer}
        near |= {found.offered.by_identity[one.identity].key for one in found.proposed_for(line)}
    return {
        "lamp": lamp,
        "shown": shown,
        "table": found,
        "tally": tally_of(shown),
        "lines": [line] if line else [],
        "sentences": [one for one in found.sentences if one.offer.key in near],
        "oob": True,
    }


def _page(request: HttpRequest, asker: Asker, shown: Shown, lamp: Lamp, status: int = 200) -> HttpResponseBase:
    request.nav_current = "soi-chieu"  # type: ignore[attr-defined]
    found = shown.table
    others = [one for one in found.holding.superiors if one.pk != found.document.pk]
    seen = {one.pk for one in documents.visible_documents(asker).filter(pk__in=[one.pk for one in others])}
    context = {
        "table": found,
        "shown": shown,
        "lamp": lamp,
        "tally": tally_of(shown),
        "parts": parts_of(shown),
        "others": [one for one in others if one.pk in seen],
        "two": _two(),
        "rule": leaving.rule(),
        "directly_url": _directly_url(found) if found.verdict else "",
    }
    return render(request, "links/table.html", context, status=status)


def _two() -> TwoDates:
    return TwoDates(clock.today())


def _directly_url(found: Table) -> str:
    """Where the unit may say that it carries out the superior's plan directly: its task to make this document concrete,
    when it has one."""
    task = (
        Obligation.objects.filter(
            unit=found.holding.unit_id,
            requirement__directive=found.document,
            requirement__ladder="made_concrete",
        )
        .values_list("pk", flat=True)
        .first()
    )
    try:
        return reverse("plans:answer", args=[task]) if task is not None else ""
    except NoReverseMatch:
        return ""
