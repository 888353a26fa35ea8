"""The book of a conference: every line of it, who wrote it, when, and on whose behalf."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.conferences.kinds import EventKind
from soichieu.conferences.queries import entries as read
from soichieu.conferences.views.common import Page, asked, json_answer
from soichieu.ledger import clock
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Flag, List, Search

BOOK = List(
    key="book",
    title=gettext_lazy("Book of the conference"),
    rule=gettext_lazy(
        "Every line of the book, the newest first. Lines are only added; nothing is changed or removed. What was worded"
        " in a finding or a draft stands on its own page."
    ),
    columns=[
        Column("position", pgettext_lazy("book", "Line"), number=True, width=8),
        Column("kind", pgettext_lazy("book", "What was done"), text=lambda kind: EventKind(kind).label, width=30),
        Column("about", pgettext_lazy("book", "About"), width=50),
        Column("happened_at", pgettext_lazy("book", "Took place"), width=20),
        Column("recorded_at", pgettext_lazy("book", "Written"), width=20),
        Column("by", pgettext_lazy("book", "By"), width=40),
        Column("on_behalf_of", pgettext_lazy("book", "On behalf of"), width=28),
    ],
    per_page=100,
    sort="-position",
    empty=pgettext_lazy("book", "No line is written yet."),
)  # fmt: skip


@require_safe
@asked
def book(request: HttpRequest, key: str) -> HttpResponseBase:
    """The book, for those who see the conference from inside."""
    page = Page(request, key)
    page.require_inside()
    lines = read.lines_of(page.conference)
    if page.wants_json:
        return json_answer([one.as_json() for one in lines])
    there = dict.fromkeys(one.kind for one in lines)
    definition = replace(
        BOOK,
        filters=[
            Search(value=lambda line: f"{line.label} {line.about} {line.by}"),
            Choice(
                "kind", pgettext_lazy("book", "What was done"),
                [(kind, label) for kind, label in EventKind.choices if kind in there], value=lambda line: line.kind,
            ),
            Flag("behalf", gettext_lazy("Only on somebody's behalf"), value=lambda line: line.on_behalf_of),
        ],
    )  # fmt: skip
    listing = definition.bind(request, lines, two=TwoDates(clock.today()))
    if (answer := listing.answer(request)) is not None:
        return answer
    return render(request, "conferences/book.html", {**page.context("book", list=listing), "two": None})
