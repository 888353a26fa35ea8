"""Cuts of figures: frozen here, reopened exactly, and beside each what is known now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.conferences.commands import cuts as commands
from soichieu.conferences.forms.cuts import FreezeForm
from soichieu.conferences.queries import cuts as read
from soichieu.conferences.queries.as_json import cut_json
from soichieu.conferences.queries.summary import own_sites
from soichieu.conferences.state import Cut
from soichieu.conferences.views.common import Page, asked, bound, json_answer, status_of, tried
from soichieu.conferences.views.sites import unit_link
from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search, vietnamese
from soichieu.web.states import LIFECYCLE

FIGURES = List(
    key="own-figures",
    title=gettext_lazy("Own figures of the sites at the cut"),
    rule=gettext_lazy(
        "Of each site the tasks that its unit held or first owed, as the cut froze them; reported ones (submitted,"
        " claimed) stand beside n. A unit that owed nothing is left out."
    ),
    columns=[
        Column("site", gettext_lazy("Site"), value=lambda row: row.site.name, sort=False,
               url=lambda row: unit_link(row.site.unit), width=40),
        Column("n", gettext_lazy("Done"), number=True, url=lambda row: row.url("n")),
        Column("of", gettext_lazy("of N"), number=True, url=lambda row: row.url("of")),
        Column("reported", gettext_lazy("Reported, not confirmed"), number=True, url=lambda row: row.url("claimed")),
        Column("overdue", gettext_lazy("Overdue"), number=True, url=lambda row: row.url("overdue")),
    ],
    filters=[
        Search(value=lambda row: row.site.name),
        Flag("late", gettext_lazy("Only with overdue tasks"), value=lambda row: row.overdue),
    ],
    per_page=100,
    empty=gettext_lazy("No site of a unit that you see owed anything at this cut."),
)  # fmt: skip

CHANGES = List(
    key="came-to-differ",
    title=gettext_lazy("Tasks known otherwise now"),
    rule=gettext_lazy("Tasks whose state on the day of the cut was another in the book then than it is in it now."),
    columns=[
        Column("unit", gettext_lazy("Unit"), sort=vietnamese("unit"), width=36),
        Column("code", pgettext_lazy("of a requirement", "No."), page=False, width=10),
        Column("title", gettext_lazy("Task"), value=lambda row: f"{row.code}. {row.title}", url=lambda row: row.url,
               sort=None, width=60),
        Column("then", gettext_lazy("At the cut"), template="web/parts/lifecycle_cell.html", width=26,
               text=lambda code: _word(code)),
        Column("now", gettext_lazy("Known now"), template="web/parts/lifecycle_cell.html", width=26,
               text=lambda code: _word(code)),
    ],
    filters=[
        Search(("unit", "title")),
        Choice("then", gettext_lazy("At the cut"), LIFECYCLE.choices),
        Choice("now", gettext_lazy("Known now"), LIFECYCLE.choices),
    ],
    prefix="changed-",
)  # fmt: skip


@dataclass(frozen=True)
class Frozen:
    """A cut in the list. ``number``: of its directive, empty when the asker does not see that; ``early``: only the
    units look at it yet, each at its own."""

    cut: Cut
    number: str
    url: str
    early: bool


CUTS = List(
    key="cuts",
    title=gettext_lazy("Cut of figures"),
    rule=gettext_lazy("Every cut of the conference, the newest first; what is frozen is never changed."),
    columns=[
        Column("label", pgettext_lazy("of a cut", "Name"), value=lambda row: row.cut.label, url=lambda row: row.url,
               width=36),
        Column("number", gettext_lazy("Directive"), width=20),
        Column("as_at", gettext_lazy("As at"), value=lambda row: row.cut.as_at, width=14),
        Column("known_at", gettext_lazy("As known at"), value=lambda row: row.cut.known_at, width=20),
        Column("position", gettext_lazy("Line of the book"), value=lambda row: row.cut.position, number=True),
        Column("shown_from", gettext_lazy("May be shown from"), value=lambda row: row.cut.shown_from, width=16,
               template="conferences/parts/shown_from.html"),
    ],
    empty_hint=gettext_lazy(
        "The hall shows figures of a cut and no others; each unit has its own for one working day before."
    ),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def cuts(request: HttpRequest, key: str) -> HttpResponseBase:
    """The cuts of a conference; a further one is frozen here."""
    page = Page(request, key)
    if page.wants_json:
        return json_answer([cut_json(one) for one in page.state.cuts.values()])
    reviewed = _reviewed(page)
    listing = _listed(page, reviewed)
    if request.method != "POST" and (answer := listing.answer(request)) is not None:
        return answer
    form = FreezeForm(
        request.POST if request.method == "POST" else None,
        directives=[(one.pk, f"{one.number}: {one.title}" if one.title else one.number) for one in reviewed.values()],
        initial={"as_at": clock.today()},
    )  # fmt: skip
    if request.method == "POST":
        page.require_prepare()
        made: list[Any] = []
        if tried(form, lambda: made.append(_freeze(page, form))):
            messages.success(request, _("The figures are frozen. Each unit sees its own from now on."))
            return redirect(page.url("cut", made[0].payload["key"]))
    context = page.context(
        "cuts", form=form, list=listing, may_edit=page.may_prepare and page.state.phase in ("preparing", "open")
    )
    return render(request, "conferences/cuts.html", context, status=status_of(form))


@require_safe
@asked
def cut(request: HttpRequest, key: str, cut: str) -> HttpResponseBase:
    """One cut: the board reopened exactly, both counts ladder by ladder, own figures site by site."""
    page = Page(request, key)
    one = page.state.cuts.get(cut)
    if one is None:
        raise Http404
    own = own_sites(page.asker, page.conference, page.state)
    sites = page.state.ordered_sites if page.inside else own
    pairs = read.compared(page.asker, one)
    figures = read.by_site(page.asker, page.state, one, sites)
    if page.wants_json:
        return json_answer({
            **cut_json(one), "ladders": read.as_json(pairs),
            "sites": [
                {"site": row.site.key, "name": row.site.name, "n": row.n, "of": row.of, "overdue": row.overdue,
                 "reported": row.reported}
                for row in figures
            ],
        })  # fmt: skip
    two = TwoDates(one.as_at, one.known_at)
    listing = FIGURES.bind(request, figures, two=two)
    changes = read.came_to_differ(page.asker, one)
    changed = bound(CHANGES, request, changes, two)
    for each in (listing, changed):
        if (answer := each.answer(request)) is not None:
            return answer
    directive = _reviewed(page).get(one.directive)
    may_ask = page.state.phase in ("preparing", "open")
    return render(
        request, "conferences/cut.html",
        page.context(
            "cuts", cut=one, pairs=pairs, list=listing, changes=changes, changed=changed,
            directive=directive, own=own, two=two,
            board_url=_board(one) if directive else "", now=clock.now(), today=clock.today(),
            corrections=[(site, page.url("site", site.key)) for site in own if may_ask],
            early=one.shown_from is not None and one.shown_from > clock.today(),
            differs=any(pair.differs for pair in pairs) or bool(changes),
        ),
    )  # fmt: skip


def _word(code: str) -> Any:
    return LIFECYCLE.states[code].label if code in LIFECYCLE.states else ""


def _listed(page: Page, reviewed: dict[int, Document]) -> Any:
    """The cuts as the address asks for them."""
    today = clock.today()
    rows = [
        Frozen(
            one, reviewed[one.directive].number if one.directive in reviewed else "", page.url("cut", one.key),
            bool(one.shown_from and one.shown_from > today),
        )
        for one in reversed(page.state.cuts.values())
    ]  # fmt: skip
    numbers = dict.fromkeys(one.number for one in rows if one.number)
    filters = [
        Search(value=lambda row: f"{row.cut.label} {row.number}"),
        Choice("number", gettext_lazy("Directive"), [(one, one) for one in numbers]),
        Days("as_at", gettext_lazy("As at"), value=lambda row: row.cut.as_at),
    ]
    told = page.state.published_only
    nothing = _("The source tells no frozen figures.") if told else _("No figures are frozen yet.")
    definition = replace(CUTS, filters=filters, empty=nothing, empty_hint="" if told else CUTS.empty_hint)
    return bound(definition, page.request, rows, TwoDates(today))


def _freeze(page: Page, form: FreezeForm) -> Any:
    given = form.cleaned_data
    return commands.freeze(
        asker=page.asker, conference=page.conference, directive=int(given["directive"]), as_at=given["as_at"],
        known_at=given["known_at"], label=given["label"],
    )  # fmt: skip


def _reviewed(page: Page) -> dict[int, Document]:
    wanted = {*page.state.directives, *(one.directive for one in page.state.cuts.values())}
    return {one.pk: one for one in documents.visible_documents(page.asker).filter(pk__in=wanted)}


def _board(one: Cut) -> str:
    return f"{reverse('board:board', args=[one.directive])}?{urlencode(read.board_query(one))}"
