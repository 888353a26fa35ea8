"""What the board writes onto the page of a document: each sentence's answer, and what is late under each heading."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from soichieu.board import links
from soichieu.board.ask import Ask, with_query
from soichieu.board.queries.cut import Cut, cut_of
from soichieu.board.queries.ladders import figure, steps_of
from soichieu.documents.models import Document, Edition, Provision
from soichieu.documents.panels import Filling, Margin
from soichieu.ledger import clock
from soichieu.ledger.models import Chain, Requirement
from soichieu.ledger.ties import ties_of
from soichieu.organisation.names import name_of
from soichieu.web.bars import coverage_bar

MOST_NAMES = 3


def margin_answers(request: HttpRequest, document: Document, edition: Edition | None) -> Filling:
    """The answers beside a document's sentences, as at and as known at what the address says."""
    asker = getattr(request, "asker", None)
    if asker is None or not Chain.objects.filter(directive=document).exists():
        return Filling()
    ask = Ask.of(request.GET, asker, clock.today())
    cut = cut_of(asker, document, ask.question)
    if not cut.requirements:
        return Filling()
    kept = ask.dates(request.GET)
    columns: dict[int, list[int]] = defaultdict(list)
    place = {one.pk: at for at, one in enumerate(cut.requirements)}
    for requirement, ties in ties_of(place, ask.question.known_at).items():
        for tie in ties:
            if tie.gives:
                columns[tie.identity_id].append(place[requirement])
    nodes = (
        list(Provision.objects.filter(edition=edition).values_list("pk", "parent_id", "identity_id", "heading", "kind"))
        if edition is not None
        else []
    )
    columns = _to_sentences(columns, nodes)
    numbered = {identity for _pk, _up, identity, _heading, kind in nodes if kind == "sentence"}
    text = {identity for _pk, _up, identity, _heading, _kind in nodes}
    margin = {
        identity: _margin(cut, sorted(at), kept)
        if identity in numbered
        else _margin(cut, sorted(at), kept, bare=True)
        if identity in text
        else _row_answer(cut, sorted(at), kept)
        for identity, at in columns.items()
    }
    url = with_query(reverse("board:board", args=[document.pk]), kept)
    side = render_to_string(
        "board/parts/side.html",
        {
            "steps": steps_of(cut, document),
            "cut": cut,
            "board_url": url,
            "directive": document,
            "kept": kept,
            "two": ask.two,
            "overdue": cut.count().overdue,
        },
        request,
    )
    actions = format_html('<a class="btn" href="{}">{}</a>', url, _("Open its board"))
    return Filling(
        margin=margin, contents=_contents(cut, nodes, columns), side=SafeString(side), actions=actions,
        legend=SafeString(render_to_string("board/parts/margin_legend.html", {}, request)),
    )  # fmt: skip


def _to_sentences(columns: dict[int, list[int]], nodes: list[tuple[Any, ...]]) -> dict[int, list[int]]:
    """A requirement given by a paragraph of one sentence stands beside that sentence, whose number it colours."""
    sentences: dict[int, list[int]] = defaultdict(list)
    for _pk, up, identity, _heading, kind in nodes:
        if kind == "sentence" and up is not None:
            sentences[up].append(identity)
    only = {identity: sentences[pk][0] for pk, _up, identity, _heading, _kind in nodes if len(sentences[pk]) == 1}
    moved: dict[int, list[int]] = defaultdict(list)
    for identity, at in columns.items():
        moved[only.get(identity, identity)] += at
    return moved


def _margin(cut: Cut, columns: list[int], kept: dict[str, str], *, bare: bool = False) -> Margin:
    """One answer for each requirement that a sentence gives: bar, n of N, what is late.

    They stand in the margin's grid, whose first column has the sentence's number; ``bare``: the page writes none there.
    """
    parts: list[SafeString] = []
    for place, at in enumerate(columns):
        requirement, count = cut.requirements[at], cut.count(cut.requirements[at].ladder, at)
        if place or bare:
            parts.append(SafeString("<span></span>"))
        url = links.thread_url(requirement.pk, kept)
        late_url = _late_url(requirement, kept)
        if not count.of or count.n is None:
            words = _unanswered(cut, at)
            parts.append(format_html('<a class="holes" href="{}" title="{}">{}</a>', url, requirement.title, words))
            continue
        bar = coverage_bar(
            count.of, ok=count.in_time + count.without_deadline, late=count.late,
            claimed=count.submitted + count.awaiting_confirmation, thin=True,
        )  # fmt: skip
        parts.append(
            format_html(
                '{}<a href="{}" title="{}"><b>{}</b> {} {}</a><span>{}</span>{}',
                mark_safe(bar), url, f"{requirement.code}: {requirement.title}",  # noqa: S308 - drawn by the shell
                figure(count.n), pgettext("n of N", "of"), figure(count.of),
                _state(cut, at, late_url), _holes(cut, at, late_url),
            )
        )  # fmt: skip
    return Margin(SafeString("".join(parts)), _tone(cut, columns))


def _row_answer(cut: Cut, columns: list[int], kept: dict[str, str]) -> Margin:
    """The same in a cell of a table: n of N, and what is late."""
    parts = []
    for at in columns:
        requirement, count = cut.requirements[at], cut.count(cut.requirements[at].ladder, at)
        words = (
            _unanswered(cut, at)
            if not count.of or count.n is None
            else f"{figure(count.n)} {pgettext('n of N', 'of')} {figure(count.of)}"
        )
        url, late_url = links.thread_url(requirement.pk, kept), _late_url(requirement, kept)
        parts.append(
            format_html(
                '<p class="note"><a href="{}" title="{}">{}</a> {}</p>',
                url,
                requirement.title,
                words,
                _state(cut, at, late_url),
            )
        )
    return Margin(SafeString("".join(parts)), _tone(cut, columns))


def _late(cut: Cut, column: int) -> int:
    return int((cut.stuck & (cut.column == column)).sum())


def _late_url(requirement: Requirement, kept: dict[str, str]) -> str:
    return links.list_url(requirement.directive_id, kept, {"requirement": requirement.pk, "figure": "stuck"})


def _unanswered(cut: Cut, column: int) -> str:
    """Why there is no n: nothing is published, or nothing is given."""
    count = cut.count(cut.requirements[column].ladder, column)
    if count.of:
        return _("no published data of %(of)s") % {"of": figure(count.of)}
    return _("none in your part") if cut.partial else _("not given yet")


def _state(cut: Cut, column: int, late_url: str) -> SafeString:
    """What is late, with its list, or that all have answered."""
    count, late = cut.count(cut.requirements[column].ladder, column), _late(cut, column)
    if late:
        said = ngettext("%(n)s late", "%(n)s late", late) % {"n": figure(late)}
        return format_html('<a class="bad" href="{}"><b>{}</b></a>', late_url, said)
    if cut.requirements[column].standing:
        return format_html("{}", _("counted beside"))
    return format_html("{}", pgettext("margin", "all") if count.of and count.n == count.of else "")


def _tone(cut: Cut, columns: list[int]) -> str:
    """The tone of the sentence's number: something is late, all have answered, open, or nothing is known."""
    counts = [cut.count(cut.requirements[at].ladder, at) for at in columns]
    if any(_late(cut, at) for at in columns):
        return "hole"
    known = [one for one in counts if one.of and one.n is not None]
    if not known:
        return ""
    return "full" if len(known) == len(counts) and all(one.n == one.of for one in known) else "open"


def _holes(cut: Cut, column: int, url: str) -> SafeString:
    """Who is late, a few names and how many more, with the list of all of them."""
    late = np.flatnonzero((cut.column == column) & cut.stuck)
    if not len(late):
        return SafeString("")
    units = cut.units[cut.unit[late[:MOST_NAMES]]].tolist()
    names = name_of(units, cut.question.as_at, short=True)
    said = ", ".join(names[unit] for unit in units)
    more = len(late) - len(units)
    rest = (
        format_html(
            ' <a href="{}">{}</a>',
            url,
            _("and %(n)s more") % {"n": figure(more)},
        )
        if more
        else ""
    )
    return format_html('<span class="holes">{}{}</span>', _("Late: %(names)s") % {"names": said}, rest)


def _contents(cut: Cut, nodes: list[tuple[Any, ...]], columns: dict[int, list[int]]) -> dict[int, SafeString]:
    """Beside each heading how many tasks under it are late."""
    late = {identity: sum(_late(cut, at) for at in at_) for identity, at_ in columns.items()}
    parent = {pk: up for pk, up, *_rest in nodes}
    headed = {pk: identity for pk, _up, identity, heading, _kind in nodes if heading}
    totals: dict[int, int] = defaultdict(int)
    for pk, _up, identity, _heading, _kind in nodes:
        many, at = late.get(identity, 0), pk
        while many and at is not None:
            if at in headed:
                totals[headed[at]] += many
            at = parent.get(at)
    return {
        identity: format_html('<b class="bad" title="{}">{}</b>', _("late"), figure(many))
        for identity, many in totals.items()
    }
