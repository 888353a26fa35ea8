"""Cuts of figures: frozen here, reopened exactly, and beside each what is known now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.conferences.commands import cuts as commands
from soichieu.conferences.forms.cuts import FreezeForm
from soichieu.conferences.queries import cuts as read
from soichieu.conferences.queries.as_json import cut_json
from soichieu.conferences.queries.summary import own_sites
from soichieu.conferences.state import Cut
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tried
from soichieu.conferences.views.sites import unit_link
from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Column, Flag, List, Search

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
        Column("n", gettext_lazy("Done"), number=True),
        Column("of", gettext_lazy("of N"), number=True),
        Column("reported", gettext_lazy("Reported, not confirmed"), number=True),
        Column("overdue", gettext_lazy("Overdue"), number=True),
    ],
    filters=[
        Search(value=lambda row: row.site.name),
        Flag("late", gettext_lazy("Only with overdue tasks"), value=lambda row: row.overdue),
    ],
    per_page=100,
    empty=gettext_lazy("No site of a unit that you see owed anything at this cut."),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def cuts(request: HttpRequest, key: str) -> HttpResponseBase:
    """The cuts of a conference; a further one is frozen here."""
    page = Page(request, key)
    if page.wants_json:
        return json_answer([cut_json(one) for one in page.state.cuts.values()])
    reviewed = _reviewed(page)
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
    today = clock.today()
    context = page.context(
        "cuts", form=form, may_edit=page.may_prepare and page.state.phase in ("preparing", "open"),
        cuts=[
            (one, reviewed.get(one.directive), page.url("cut", one.key), one.shown_from and one.shown_from > today)
            for one in reversed(page.state.cuts.values())
        ],
    )  # fmt: skip
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
    listing = FIGURES.bind(request, figures, two=TwoDates(one.as_at, one.known_at))
    if (answer := listing.answer(request)) is not None:
        return answer
    changes, many = read.came_to_differ(page.asker, one)
    directive = _reviewed(page).get(one.directive)
    may_ask = page.state.phase in ("preparing", "open")
    return render(
        request, "conferences/cut.html",
        page.context(
            "cuts", cut=one, pairs=pairs, list=listing, changes=changes, many=many,
            more=max(0, many - len(changes)), directive=directive, own=own, two=TwoDates(one.as_at, one.known_at),
            board_url=_board(one) if directive else "", now=clock.now(), today=clock.today(),
            corrections=[(site, page.url("site", site.key)) for site in own if may_ask],
            early=one.shown_from is not None and one.shown_from > clock.today(),
            differs=any(pair.differs for pair in pairs) or many,
        ),
    )  # fmt: skip


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
