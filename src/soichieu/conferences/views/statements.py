"""Statements: the list with what is due, one statement with its text and review; units' own earlier reviews."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.conferences import rights
from soichieu.conferences.commands import agenda as agenda_commands
from soichieu.conferences.commands import own_reviews, statements
from soichieu.conferences.forms.statements import CommissionForm, OwnReviewForm, ReviewForm, TextForm
from soichieu.conferences.kinds import Delivery, Mode
from soichieu.conferences.queries.as_json import statement_json
from soichieu.conferences.queries.glance import course_of
from soichieu.conferences.queries.summary import late_statement, own_sites, summary_of
from soichieu.conferences.state import State, Statement, state_of
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tried
from soichieu.conferences.views.own_reviews import reviews_of
from soichieu.conferences.views.sites import in_tree
from soichieu.documents import files, keys
from soichieu.documents import queries as documents
from soichieu.documents.models import StoredFile
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Flag, List, Search

STATES = (
    ("commissioned", pgettext_lazy("statement", "commissioned, text awaited")),
    ("registered", pgettext_lazy("statement", "registered, waits for review")),
    ("accepted", pgettext_lazy("statement", "accepted")),
    ("returned", pgettext_lazy("statement", "returned for mending")),
)


def state_of_statement(one: Statement) -> str:
    """A word of ``STATES``."""
    return one.review or ("registered" if one.edition else "commissioned")


@dataclass(frozen=True)
class Row:
    """A statement in the list; ``line``: its number in the agenda, None when it is not in it."""

    statement: Statement
    site: str
    url: str
    line: int | None
    late: bool

    @property
    def state(self) -> str:
        return state_of_statement(self.statement)

    @property
    def estimate(self) -> int | None:
        return statements.estimated_minutes(self.statement.text) if self.statement.text else None


STATEMENTS = List(
    key="statements",
    title=gettext_lazy("Statements"),
    rule=gettext_lazy(
        "Commissioned of the sites. One sent in writing counts like one that is given at the conference. The estimate:"
        " 130 written syllables a minute."
    ),
    columns=[
        Column("line", pgettext_lazy("agenda", "Line"), number=True, width=10),
        Column("subject", pgettext_lazy("of a statement", "Subject"), value=lambda row: row.statement.subject,
               url=lambda row: row.url, width=50),
        Column("site", gettext_lazy("Site"), width=32),
        Column("author", pgettext_lazy("of a statement", "Given by"), value=lambda row: row.statement.author, width=28),
        Column("minutes", gettext_lazy("Minutes"), value=lambda row: row.statement.minutes, number=True),
        Column("estimate", gettext_lazy("Estimated minutes"), number=True),
        Column("due", gettext_lazy("Text due"), value=lambda row: row.statement.due_on, width=14,
               template="conferences/parts/due.html"),
        Column("state", pgettext_lazy("of a statement", "State"), text=lambda code: dict(STATES)[code], width=24),
        Column("delivery", gettext_lazy("How it is given"), value=lambda row: row.statement.delivery,
               text=lambda code: Delivery(code).label, width=24),
        Column("reserve", gettext_lazy("Reserve"), value=lambda row: row.statement.reserve,
               text=lambda on: gettext_lazy("reserve") if on else "", width=10),
    ],
    per_page=100,
    empty=gettext_lazy("No statement is commissioned yet."),
    empty_hint=gettext_lazy("Commission one of a site: subject, minutes, and the day on which its text is due."),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def listed(request: HttpRequest, key: str) -> HttpResponseBase:
    """All statements; commissioned here. A site sees its own texts, of the others the subject."""
    page = Page(request, key)
    own = {site.key for site in own_sites(page.asker, page.conference, page.state)}
    if page.wants_json:
        return json_answer(
            [statement_json(one, text=page.inside or one.site in own) for one in page.state.statements.values()]
        )
    form: CommissionForm | None = None
    review: OwnReviewForm | None = None
    if request.method == "POST":
        if request.POST.get("do") == "own-review":
            review = OwnReviewForm(request.POST, prefix="own", sites=_sites(page, own))
            if tried(review, lambda: _own_review(page, review)):
                return redirect(page.url("statements") + "#own-reviews")
        else:
            page.require_prepare()
            form = CommissionForm(request.POST, sites=_sites(page, None))
            if tried(
                form,
                lambda: statements.commission(asker=page.asker, conference=page.conference, **form.cleaned_data),
            ):
                messages.success(
                    request, _("“%(subject)s” is commissioned.") % {"subject": form.cleaned_data["subject"]}
                )
                return redirect(page.url("statements"))
    return _list(page, own, form, review)


def _told(state: State) -> list[tuple[str, list[str]]]:
    """Of a conference kept from a source: who spoke, and what the source tells of it."""
    lines = {item.statement: item.key for item in state.agenda if item.statement}
    return [
        (one.author or one.subject, [note.words for note in state.notes if note.item == lines.get(one.key)])
        for one in state.statements.values()
    ]


def _list(page: Page, own: set[str], form: CommissionForm | None, review: OwnReviewForm | None) -> HttpResponseBase:
    state, request = page.state, page.request
    rows = _rows(page, own)
    names = {site.key: site.name for site in state.ordered_sites}
    filters: list[Any] = [
        Search(value=lambda row: f"{row.statement.subject} {row.site} {row.statement.author}"),
        Choice("state", pgettext_lazy("of a statement", "State"), STATES, value=lambda row: row.state),
        Choice("delivery", _("How it is given"), Delivery.choices, value=lambda row: row.statement.delivery),
        Choice("site", _("Site"), [(one, names[one]) for one in dict.fromkeys(
            row.statement.site for row in rows) if one in names], value=lambda row: row.statement.site),
        Flag("late", _("Only late texts"), value=lambda row: row.late),
    ]  # fmt: skip
    # A column that nothing stands in is left to the export.
    empty = {name for name in ("author", "reserve") if not any(getattr(row.statement, name) for row in rows)}
    columns = [replace(one, page=False) if one.key in empty else one for one in STATEMENTS.columns]
    listing = replace(STATEMENTS, filters=filters, columns=columns).bind(request, rows, two=TwoDates(clock.today()))
    reviews = reviews_of(page)
    for each in (listing, reviews):
        if request.method != "POST" and (answer := each.answer(request)) is not None:
            return answer
    sites = _sites(page, None)
    may_name = bool(own) or page.may_prepare
    context = page.context(
        "statements", list=listing, told=_told(state) if state.published_only else None, summary=summary_of(state),
        may_name=may_name and state.phase in ("preparing", "open"),
        form=form or CommissionForm(sites=sites, initial={"minutes": 7}),
        own_form=review or OwnReviewForm(prefix="own", sites=_sites(page, own)),
        own_reviews=reviews, may_edit=page.may_prepare and state.phase in ("preparing", "open"),
    )  # fmt: skip
    return render(request, "conferences/statements.html", {**context, "two": None}, status=status_of(form, review))


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def statement(request: HttpRequest, key: str, statement: str) -> HttpResponseBase:
    """One statement: what was commissioned, its text, what the committee says; each by whom it is for."""
    page = Page(request, key)
    one = page.state.statements.get(statement)
    if one is None:
        raise Http404
    place = page.state.sites.get(one.site)
    own = place is not None and bool(rights.may_for_site(page.asker, page.conference, place))
    if not own and not page.inside:
        raise PermissionDenied(_("the text of a statement is its site's and the committee's until it is given"))
    if page.wants_json:
        return json_answer(statement_json(one, text=True))
    sent: dict[str, Any] = {}
    if request.method == "POST":
        done, sent = _pressed(page, one)
        if done:
            return redirect(page.url("statement", one.key))
    return _show(page, one, own, sent)


def _pressed(page: Page, one: Statement) -> tuple[bool, dict[str, Any]]:
    request, asker, conference = page.request, page.asker, page.conference
    do = request.POST.get("do", "text")
    if do == "text":
        if (place := page.state.sites.get(one.site)) is not None:
            rights.require_for_site(asker, conference, place)
        form = TextForm(request.POST, request.FILES, prefix="text")

        def register() -> None:
            given = form.cleaned_data
            upload = given["file"]
            statements.register_text(
                asker=asker, conference=conference, statement=one.key, text=given["text"], seen=given["seen"],
                delivery=given["delivery"], author=given["author"],
                file=(upload.read(), upload.name) if upload else None,
            )  # fmt: skip

        went = tried(form, register)
        if went:
            _said(request, state_of(conference), one.key)
        return went, {"text": form}
    page.require_prepare()
    if do == "review":
        review = ReviewForm(request.POST, prefix="review")
        went = tried(
            review, lambda: statements.review(
                asker=asker, conference=conference, statement=one.key, **review.cleaned_data
            )
        )  # fmt: skip
        return went, {"review": review}
    if do == "agenda":
        try:
            agenda_commands.put_statements(asker=asker, conference=conference, statements=[one.key])
        except Refusal as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, _("It stands in the agenda now."))
        return True, {}
    form_ = CommissionForm(request.POST, prefix="com", sites=_sites(page, None))
    went = tried(
        form_, lambda: statements.commission(
            asker=asker, conference=conference, key=one.key, **form_.cleaned_data
        )
    )  # fmt: skip
    return went, {"com": form_}


def _said(request: HttpRequest, state: State, key: str) -> None:
    """What became of a text that was sent, to whoever sent it."""
    messages.success(
        request, _("Text %(n)d is registered and waits for its review.") % {"n": state.statements[key].edition}
    )
    line = next((one for one in course_of(state).lines if one.item.statement == key and one.written), None)
    if line is not None:
        messages.warning(
            request,
            _(
                "Sent in writing it is not called, but it is line %(line)d of the agenda still: whoever prepares the"
                " conference takes it out."
            )
            % {"line": line.number},
        )


def _show(page: Page, one: Statement, own: bool, sent: dict[str, Any]) -> HttpResponseBase:
    state = page.state
    still = state.phase in ("preparing", "open")
    text = sent.get("text") or TextForm(
        prefix="text",
        initial={
            "text": one.text if not one.file else "", "author": one.author, "seen": one.edition,
            "delivery": one.delivery if one.edition or state.mode != Mode.WRITING else Delivery.WRITTEN,
        },
    )  # fmt: skip
    review = sent.get("review") or ReviewForm(
        prefix="review", initial={"review": one.review, "note": one.review_note, "seen": one.edition}
    )
    com = sent.get("com") or CommissionForm(
        prefix="com", sites=_sites(page, None),
        initial={"site": one.site, "subject": one.subject, "minutes": one.minutes, "due_on": one.due_on,
                 "author": one.author, "reserve": one.reserve},
    )  # fmt: skip
    line = next((number for number, item in enumerate(state.agenda, start=1) if item.statement == one.key), None)
    context = page.context(
        "statements", statement=one, site=state.sites.get(one.site), text=text, review=review, com=com, line=line,
        still=still, words=statements.syllables(one.text), estimate=statements.estimated_minutes(one.text),
        said=dict(STATES)[state_of_statement(one)], late=late_statement(one, clock.today()),
        delivery=Delivery(one.delivery).label, may_write=own and still, may_edit=page.may_prepare and still,
        paragraphs=[part for part in one.text.split("\n") if part.strip()], own=own,
        file_url=page.url("statement-file", one.key) if one.file else "", rate=statements.SYLLABLES_A_MINUTE,
    )  # fmt: skip
    return render(page.request, "conferences/statement.html", context, status=status_of(*sent.values()))


@require_safe
@asked
def statement_file(request: HttpRequest, key: str, statement: str) -> HttpResponseBase:
    """The file of a statement's text, as it was handed in."""
    page = Page(request, key)
    one = page.state.statements.get(statement)
    if one is None or not one.file:
        raise Http404
    place = page.state.sites.get(one.site)
    if not page.inside and not (place and rights.may_for_site(page.asker, page.conference, place)):
        raise Http404
    stored = StoredFile.objects.filter(pk=str(one.file)).first()
    if stored is None or not files.path_of(stored.pk).exists():
        raise Http404
    return FileResponse(
        files.path_of(stored.pk).open("rb"), as_attachment=True, filename=one.file_name or stored.name,
        content_type=files.served_as(stored),
    )  # fmt: skip


def _rows(page: Page, own: set[str]) -> list[Row]:
    state, today = page.state, clock.today()
    lines = {item.statement: number for number, item in enumerate(state.agenda, start=1) if item.statement}
    order = {site.key: place for place, site in enumerate(state.ordered_sites)}
    found = sorted(
        state.statements.values(),
        key=lambda one: (lines.get(one.key, 10_000), one.reserve, order.get(one.site, 10_000)),
    )
    return [
        Row(
            one, state.sites[one.site].name if one.site in state.sites else "",
            page.url("statement", one.key) if page.inside or one.site in own else "", lines.get(one.key),
            late_statement(one, today),
        )
        for one in found
    ]  # fmt: skip


def _sites(page: Page, only: set[str] | None) -> list[tuple[str, str]]:
    """The sites to choose from: all of them for whoever prepares it (or when ``only`` is None), else the own ones."""
    return [
        (site.key, "– " * depth + site.name)
        for site, depth in in_tree(page.state)
        if only is None or page.may_prepare or site.key in only
    ]


def _own_review(page: Page, form: OwnReviewForm) -> None:
    number = form.cleaned_data["number"]
    seen = documents.visible_documents(page.asker).filter(number_key=keys.number_key(number)).order_by("-signed_on")
    found = seen.first()
    if found is None:
        raise Refusal(_("No document of this number is in the register, or it is not yours to see."), field="number")
    own_reviews.register_own_review(
        asker=page.asker, conference=page.conference, site=form.cleaned_data["site"], document=found.pk,
        label=form.cleaned_data["label"],
    )  # fmt: skip
