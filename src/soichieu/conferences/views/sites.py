"""The sites as a tree and a list, one site with its participants and their answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from soichieu.conferences.commands import sites as commands
from soichieu.conferences.forms.sites import QUALITY, MakeSitesForm
from soichieu.conferences.queries.as_json import site_json
from soichieu.conferences.queries.summary import owed_by, own_sites, summary_of
from soichieu.conferences.state import Site, State
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tried
from soichieu.ledger import clock
from soichieu.organisation.addressees import AddresseeRule
from soichieu.organisation.queries import views_of
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Flag, List, Search

DEEPEST = 4


@dataclass(frozen=True)
class Row:
    """A site in the list. ``depth``: how far below a central site it stands."""

    site: Site
    number: int
    depth: int
    parent: str
    url: str
    statements: int
    open: bool

    @property
    def answered(self) -> int:
        return sum(bool(one.answer) for one in self.site.expected.values())

    @property
    def expected(self) -> int:
        return len(self.site.expected)

    @property
    def chairs(self) -> str:
        return "; ".join(commands.chairs_of(self.site))


def _name(row: Row) -> SafeString:
    name = format_html('<a href="{}">{}</a>', row.url, row.site.name) if row.url else format_html("{}", row.site.name)
    return format_html('<span class="depth-{}">{}</span>', min(row.depth, DEEPEST), name)


def _answered(row: Row) -> SafeString:
    if not row.expected:
        return format_html('<span class="soft">{}</span>', _("nobody expected yet"))
    said = pgettext("n of N", "%(n)d of %(of)d") % {"n": row.answered, "of": row.expected}
    return format_html('<span class="nb">{}</span>', said)


SITES = List(
    key="sites",
    title=gettext_lazy("Sites of the conference"),
    rule=gettext_lazy(
        "In the order of introduction, each under the site that it belongs to. Answered: of the participants expected"
        " by post; heads are those expected in all."
    ),
    columns=[
        Column("number", pgettext_lazy("agenda", "No."), number=True, width=8),
        Column("name", gettext_lazy("Site"), value=lambda row: row.site.name, draw=_name, width=40),
        Column("parent", gettext_lazy("Stands under"), width=32, page=False),
        Column("chairs", gettext_lazy("Chair of the site"), width=40),
        Column("answered", pgettext_lazy("participants", "Answered"), number=True, draw=_answered),
        Column("expected", gettext_lazy("Expected by post"), number=True, page=False),
        Column("heads", gettext_lazy("Heads"), value=lambda row: row.site.expected_heads, number=True),
        Column("line", pgettext_lazy("of a site", "Line"), value=lambda row: row.site.line,
               text=lambda code: dict(QUALITY).get(code, ""), width=18),
        Column("telephone", gettext_lazy("Telephone of the office"), value=lambda row: row.site.telephone, page=False),
        Column("join_link", gettext_lazy("Join link"), value=lambda row: row.site.join_link, page=False, width=40),
        Column("statements", gettext_lazy("Statements"), number=True),
    ],
    per_page=100,
    empty=gettext_lazy("No site is written down yet."),
    empty_hint=gettext_lazy("Make them in one go from the units, or write them one by one."),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def sites(request: HttpRequest, key: str) -> HttpResponseBase:
    """All sites; made in one go."""
    page = Page(request, key)
    own = {site.key for site in own_sites(page.asker, page.conference, page.state)}
    if page.wants_json:
        return json_answer([site_json(one, whole=page.inside or one.key in own) for one in page.state.ordered_sites])
    form = MakeSitesForm(request.POST if request.method == "POST" else None, initial={"how": "direct"})
    if request.method == "POST":
        page.require_prepare()
        if (moved := request.POST.get("move", "")) and "-" in moved:
            where, _dash, site = moved.partition("-")
            commands.move_site(asker=page.asker, conference=page.conference, site=site, up=where == "up")
            return redirect(f"{page.url('sites')}?order=1")
        made: list[Any] = []
        if tried(form, lambda: made.extend(_make(page, form))):
            if made:
                messages.success(request, _("%(n)d sites were made, in official order.") % {"n": len(made)})
            else:
                messages.info(request, _("Each of these units has a site already."))
            return redirect(page.url("sites"))
    rows = rows_of(page, own)
    definition = SITES
    if not page.inside:
        # Whoever sees his own site alone is told of the others what is called out: their name and who chairs.
        hidden = {"answered", "expected", "heads", "line", "telephone", "join_link", "statements"}
        definition = replace(SITES, columns=[one for one in SITES.columns if one.key not in hidden])
    definition = replace(
        definition,
        filters=[
            Search(value=lambda row: f"{row.site.name} {row.chairs} {row.parent}"),
            *(
                [
                    Flag("waiting", _("Only sites whose answers are missing"),
                         value=lambda row: row.expected == 0 or row.answered < row.expected),
                    Choice("line", pgettext("of a site", "Line"), QUALITY, value=lambda row: row.site.line),
                ]
                if page.inside
                else []
            ),
        ],
    )  # fmt: skip
    context = page.context(
        "sites", form=form, summary=summary_of(page.state), ordering=request.GET.get("order") == "1",
        rows=rows, none_yet=len(page.state.sites) < 2, own=[page.state.sites[one] for one in own],
    )  # fmt: skip
    listing = definition.bind(request, rows, two=TwoDates(clock.today()))
    if request.method != "POST" and (answer := listing.answer(request)) is not None:
        return answer
    return render(request, "conferences/sites.html", {**context, "two": None, "list": listing}, status=status_of(form))


def rows_of(page: Page, own: set[str]) -> list[Row]:
    """The sites in the order of the tree: each under its parent, by the order of introduction."""
    state = page.state
    counts: dict[str, int] = {}
    for one in state.statements.values():
        counts[one.site] = counts.get(one.site, 0) + 1
    return [
        Row(
            site, number, depth, state.sites[site.parent].name if site.parent in state.sites else "",
            page.url("site-sheet", site.key) if page.inside or site.key in own else "", counts.get(site.key, 0),
            bool(owed_by(state, site)[0]),
        )
        for number, (site, depth) in enumerate(in_tree(state), start=1)
    ]  # fmt: skip


def in_tree(state: State) -> list[tuple[Site, int]]:
    """(site, depth) from the central sites down; each once, also when a parent is not there any more."""
    below: dict[str, list[Site]] = {}
    for site in state.ordered_sites:
        below.setdefault(site.parent if site.parent in state.sites else "", []).append(site)
    found: list[tuple[Site, int]] = []
    waiting = [(site, 0) for site in reversed(below.get("", []))]
    while waiting:
        site, depth = waiting.pop()
        found.append((site, depth))
        waiting += [(one, depth + 1) for one in reversed(below.get(site.key, []))]
    return found


def _make(page: Page, form: MakeSitesForm) -> list[Any]:
    said, day = form.cleaned_data, page.day
    if said["how"] == "rule":
        holder = views_of([page.conference.unit_id], day)[page.conference.unit_id]
        rule = AddresseeRule(
            kinds=tuple(said["kinds"]), place_level=said["place_level"] or None, under=holder.code, line=said["tree"],
        )  # fmt: skip
        units = commands.units_by_rule(rule, day)
    else:
        units = commands.units_under(page.conference, day, line=said["tree"], deep=said["how"] == "deep")
    return commands.make_sites(asker=page.asker, conference=page.conference, units=units, naming=said["naming"])


def unit_link(unit: int | None) -> str:
    return reverse("board:unit", args=[unit]) if unit is not None else ""
