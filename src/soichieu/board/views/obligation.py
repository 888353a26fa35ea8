"""One obligation: where it stands, its lines as a book, the sentence that gives it, and what may be done now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.board import links
from soichieu.board.ask import Ask, with_query
from soichieu.board.forms import SEPARATOR, ActForm, VoidForm
from soichieu.board.queries.history import step
from soichieu.board.queries.obligation import Page, page_of, turns, voidable
from soichieu.board.words import CUSTODY, MAIN_ACTS
from soichieu.ledger import clock, queries
from soichieu.ledger.commands import record, refuse_before_given
from soichieu.ledger.errors import Forbidden, Overtaken, Refusal
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Obligation
from soichieu.organisation.askers import Asker
from soichieu.organisation.searching import search
from soichieu.web.dates import takes_dates, write_day


@takes_dates
@require_http_methods(["GET", "HEAD", "POST"])
def obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; a POST writes one line and comes back to it, or shows what is to be mended, what was typed kept."""
    asker: Asker = request.asker  # type: ignore[attr-defined]
    ask = Ask.of(request.GET, asker, clock.today())
    try:
        page = page_of(asker, pk, ask.question)
    except (Obligation.DoesNotExist, KeyError):
        raise Http404 from None
    bound: ActForm | VoidForm | None = None
    if request.method == "POST":
        bound = _void_form(request) if request.POST.get("kind") == Kind.VOIDED else _act_form(request, asker, page)
        if bound is None:
            raise Http404
        try:
            if position := _written(request, asker, page, bound):
                return redirect(f"{reverse('board:obligation', args=[pk])}#line-{position}")
        except Overtaken as late:
            page = page_of(asker, pk, ask.question)
            _send_again(request, bound, page, late)
    return _shown(request, ask, page, asker, bound)


def _act_form(request: HttpRequest, asker: Asker, page: Page) -> ActForm | None:
    kind = request.POST.get("kind", "")
    if kind not in Kind.values or kind in (Kind.OPENED, Kind.VOIDED):
        return None
    choices = queries.choices_for(asker, page.obligation, page.now, kind)
    return ActForm(kind, asker, clock.today(), request.POST, request.FILES, choices)


def _void_form(request: HttpRequest) -> VoidForm | None:
    position = request.POST.get("voids", "")
    return VoidForm(int(position), request.POST) if position.isdecimal() and len(position) < 10 else None


def _written(request: HttpRequest, asker: Asker, page: Page, form: ActForm | VoidForm) -> int:
    """Write what the form asks; the number of the line, 0 when it was refused, with the reason in the form. Raises
    ``Overtaken`` when a line was written since the page was opened."""
    if not form.is_valid():
        return 0
    kind = Kind.VOIDED if isinstance(form, VoidForm) else form.kind
    try:
        if isinstance(form, VoidForm):
            values: dict[str, Any] = {
                "happened_on": clock.today(), "voids": form.position,
                "payload": {"reason": form.cleaned_data["reason"]},
            }  # fmt: skip
        else:
            if kind == Kind.ACKNOWLEDGED and (before := queries.acknowledgement_of(page.obligation)) is not None:
                raise Refusal(
                    _("It was acknowledged already on %(day)s, in line %(line)s; nothing more is to be written.")
                    % {"day": write_day(before.happened_on), "line": before.position}
                )
            values = form.values()
            if page.question.known_at is None:
                values["seen"] = form.cleaned_data.get("seen")
            refuse_before_given([page.obligation.pk], values["happened_on"])
        line_written = record(asker=asker, kind=kind, obligations=[page.obligation.pk], **values)[0]
    except Forbidden as forbidden:
        raise PermissionDenied(str(forbidden)) from forbidden
    except Overtaken:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return 0
    except ValidationError as wrong:
        form.add_error("evidence" if "evidence" in form.fields else None, wrong)
        return 0
    words = {"kind": line_written.get_kind_display(), "line": line_written.position}
    if kind != Kind.VOIDED and _without_effect(asker, page, line_written.position):
        messages.warning(
            request, _("Line %(line)s is written (%(kind)s), but in the state on that day it has no effect.") % words
        )
    else:
        messages.success(request, _("Line %(line)s is written: %(kind)s.") % words)
    return line_written.position


def _send_again(request: HttpRequest, form: ActForm | VoidForm, page: Page, late: Overtaken) -> None:
    """Name the line that was written meanwhile; whoever has read that may send the same form."""
    line = next((one for one in page.lines if one.entry.position == late.position), None)
    if line is None:
        form.add_error(None, str(late))
    else:
        said = _("Since you opened this page a line was written: %(kind)s, by %(who)s. Look at it, then send again.")
        form.add_error(None, said % {"kind": line.entry.get_kind_display(), "who": line.who})
    again = request.POST.copy()
    again["seen"] = str(late.position)
    form.data = again


def _without_effect(asker: Asker, page: Page, position: int) -> bool:
    now = queries.Question.now().answer()
    columns = now.columns
    row = columns.row_of(page.obligation.pk)
    state = kept = st.AB
    for at in range(int(columns.starts[row]), int(columns.starts[row + 1])):
        if columns.void_at[at] <= now.known.get(page.obligation.chain_id, 0) or columns.row[at] < 0:
            continue
        state, kept, counted = step(state, kept, int(columns.row[at]))
        if columns.position[at] == position:
            return not counted
    return False


def _shown(request: HttpRequest, ask: Ask, page: Page, asker: Asker, bound: ActForm | VoidForm | None) -> HttpResponse:
    kinds = queries.acts_for(asker, page.obligation, page.now)
    last = max((line.entry.position for line in page.lines), default=0)
    acts = []
    for kind in kinds:
        if isinstance(bound, ActForm) and bound.kind == kind:
            bound.keep_files()
            acts.append((kind, Kind(kind).label, bound, True))
            continue
        choices = queries.choices_for(asker, page.obligation, page.now, kind)
        form = ActForm(kind, asker, clock.today(), choices=choices)
        form.fields["seen"].initial = last
        acts.append((kind, Kind(kind).label, form, False))
    if isinstance(bound, ActForm) and bound.kind not in kinds:
        acts.insert(0, (bound.kind, Kind(bound.kind).label, bound, True))
    voidable(asker, page)
    for line in page.lines:
        if line.may_void:
            mine = isinstance(bound, VoidForm) and bound.position == line.entry.position
            line.form = bound if mine else VoidForm(line.entry.position)
    kept = ask.dates(request.GET)
    directive = page.obligation.chain.directive
    cell = page.cell
    context = {
        "ask": ask,
        "two": ask.two,
        "page": page,
        "cell": cell,
        "directive": directive,
        "acts": [one for one in acts if one[0] in MAIN_ACTS or one[3]],
        "more_acts": [one for one in acts if one[0] not in MAIN_ACTS and not one[3]],
        "turns": turns(page),
        "bound": bound,
        "clock": [(CUSTODY[name], days) for name, days in (cell.clock if cell else {}).items() if days],
        "clock_other": sum(cell.clock[name] for name in ("cooperator", "own_head", "deciding_body")) if cell else 0,
        "with": CUSTODY[cell.clock_with] if cell and cell.clock_with else "",
        "pairs": [(line.entry.happened_on, timezone.localdate(line.entry.recorded_at)) for line in page.lines[-24:]],
        "board_url": with_query(reverse("board:board", args=[directive.pk]), kept),
        "thread_url": links.thread_url(page.requirement.pk, kept),
        "unit_url": links.unit_url(page.obligation.unit_id, kept),
        "holder_url": links.unit_url(page.holder_id, kept),
        "has_text": directive.editions.exists() if not page.sentences else True,
        "document_url": links.document_url(directive.pk, kept),
        "asked": with_query("", kept),
        "start": page.opened,
        "end": max(
            [one for one in (ask.two.as_at, cell and cell.current_deadline, cell and cell.original_deadline) if one],
            default=ask.two.as_at,
        ),
    }
    refused = bound is not None and bool(bound.errors)
    return render(request, "board/obligation.html", context, status=422 if refused else 200)


@require_safe
def units(request: HttpRequest, pk: int) -> HttpResponse:
    """Options for the field of a unit: names and codes that fit what was typed."""
    asker: Asker = request.asker  # type: ignore[attr-defined]
    try:
        queries.obligation(asker, pk)
    except (Obligation.DoesNotExist, KeyError):
        raise Http404 from None
    hits = [hit for hit in search(request.GET.get("unit", ""), clock.today(), subject="unit", limit=12) if hit.alive]
    return HttpResponse(
        format_html_join(
            "", '<option value="{}">{}</option>', ((f"{hit.name}{SEPARATOR}{hit.code}", hit.where) for hit in hits)
        )
    )
