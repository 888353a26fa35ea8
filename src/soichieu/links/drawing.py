"""The matrix as a table for the page and as a sheet that leaves: the same rows, written quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from soichieu.documents.words import nature
from soichieu.links.queries.matrix import ANSWERED, KINDS, OPEN, SILENT, TOUCHED, Matrix, Row
from soichieu.web.dates import TwoDates
from soichieu.web.lists import exports

MOST_WORDS = 150
# What stands in an address for the key of a sentence and for a unit until a row and a cell are written.
_KEY, _UNIT = "\0", "\1"
RULE = gettext_lazy(
    "A cell counts the distinct lines of plans that answer (wholly, in part or going further) a sentence, or the"
    " sentences of a part, as people decided; each line once. A column is a unit with everything under it. Suggestions"
    " that nobody decided are not counted, nor lines that a plan's newest version no longer has."
)
ASKED = gettext_lazy(
    "A sentence asks the units to which it gave a task; where it gave none to anybody, all units that the document"
    " concerns. Only units that are asked, or that answered all the same, are counted; others stay blank."
)
_CSS = {SILENT: "s", OPEN: "k", TOUCHED: "t", ANSWERED: "a"}


def state_of(states: Any, column: int) -> tuple[int, bool]:
    """The strongest state of a cell, and whether others of its sentences are weaker than *answered*."""
    strongest = next((one for one in (ANSWERED, TOUCHED, OPEN) if states[one, column]), SILENT)
    return strongest, strongest == ANSWERED and bool(states[:ANSWERED, column].any())


def cell_words(row: Row, column: int) -> int | str:
    """A cell for a sheet: how many lines answer; ~n only touch; – left open; ○ silent; empty: nothing was asked. A part
    says what is silent."""
    states = row.states
    if not states[:, column].any():
        return ""
    strongest, _partly = state_of(states, column)
    silent = int(states[SILENT, column])
    if strongest == SILENT:
        return "○"
    if strongest == OPEN:
        words: int | str = "–"
    elif strongest == TOUCHED:
        words = f"~{int(row.touching[column])}"
    else:
        words = int(row.items[column])
    return words if row.node.leaf or not silent else f"{words} (○ {silent})"


def sheet(request: HttpRequest, matrix: Matrix, said: list[str], two: TwoDates) -> exports.Sheet:
    """Exactly the rows and columns that are filtered, every page of them."""
    columns = [matrix.crowd.columns[at] for at in matrix.shown]
    blank = _blank(matrix)
    head = [
        _("Matrix of sentences and units: %(number)s, %(issuer)s")
        % {"number": matrix.document.number, "issuer": matrix.document.issuer},
        matrix.document.title,
        two.said(),
        _("Rule: %(rule)s") % {"rule": f"{RULE} {ASKED}"},
        _("In the cells: a number: lines that answer; ~n: lines that only touch; –: left open with a reason;"
          " ○: silent; (○ n): n sentences of the part are silent; blank: not asked."),
        *said,
        request.build_absolute_uri(),
    ]  # fmt: skip
    labels = [
        _("Place"), _("Sentence or part"), _("Nature"), _("Sentences"), _("Answered by somebody"),
        _("Only touched"), _("Left open"), pgettext("matrix", "Silent"),
        *(_("%(unit)s (alone)") % {"unit": one.name} if one.alone else one.name for one in columns),
    ]  # fmt: skip

    def rows() -> Iterator[list[Any]]:
        for row in matrix.all_rows():
            silent, left, touched, answered = row.any_state
            words = f"{row.node.number} {row.node.words}".strip()
            yield [
                row.node.citation, words, nature(row.node.nature), row.sentences, answered, touched, left, silent,
                *("" if blank(row, at) else cell_words(row, at) for at in range(len(columns))),
            ]  # fmt: skip

    return exports.Sheet(
        name=_("Matrix"), title=f"{matrix.document.number} {_('Matrix')}", head=[one for one in head if one],
        labels=labels, widths=[14, 70, 14, 10, 10, 10, 10, 10, *[13] * len(columns)], rows=rows(),
    )  # fmt: skip


def _blank(matrix: Matrix) -> Callable[[Row, int], bool]:
    """Whether a cell is left empty: nothing was asked there, or the filter asks for another kind of answer."""
    wanted = {"silent": SILENT, "open": OPEN, "touched": TOUCHED, "answered": ANSWERED}.get(matrix.asked.show)
    if wanted is None:
        return lambda row, at: not row.states[:, at].any()
    return lambda row, at: not row.states[wanted, at]


def table(matrix: Matrix, keep: Callable[..., str]) -> SafeString:
    """The table of one page. ``keep(**changes)`` gives this address with some of its query changed."""
    columns = [matrix.crowd.columns[at] for at in matrix.shown]
    caption = conditional_escape(_("Sentences × units, how they are answered"))
    lines = [
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table class="heat mx">'
        f'<caption class="vh">{caption}</caption><thead>{_heads(matrix, columns, keep)}</thead><tbody>'
    ]
    rows = matrix.rows()
    blank = _blank(matrix)
    first = int(rows[0].node.depth) if rows else 0
    # A filter on the page stands in a cell's address too, so that what one meets is what was counted.
    node_url = keep(node=_KEY, unit=_UNIT, page="", side="", depth="")
    page_url = reverse("links:provision", args=[_KEY]) + f"?unit={_UNIT}"
    head_url = keep(node=_KEY, page="", depth="")
    leaf_url = reverse("links:provision", args=[_KEY])
    node_url, page_url, head_url, leaf_url = (
        str(conditional_escape(one)).replace(quote(_KEY), _KEY).replace(quote(_UNIT), _UNIT)
        for one in (node_url, page_url, head_url, leaf_url)
    )
    for row in rows:
        lines.append(_line(row, columns, first, blank, (head_url, leaf_url), (node_url, page_url)))
    lines.append("</tbody></table></div>")
    return mark_safe("".join(lines))  # noqa: S308


def _heads(matrix: Matrix, columns: list[Any], keep: Callable[..., str]) -> str:
    names = []
    for one in columns:
        name = conditional_escape(_("%(unit)s, alone") % {"unit": one.name} if one.alone else one.name)
        if one.below:
            url = conditional_escape(keep(under=one.unit, unit="", side="", page=""))
            names.append(f'<th scope="col"><a href="{url}">{name}</a></th>')
        else:
            names.append(f'<th scope="col"><span>{name}</span></th>')
    place, total = conditional_escape(_("Sentence or part")), conditional_escape(_("Answered"))
    totals = matrix.totals
    sums = "".join(f'<td class="n">{number_format(int(one))}</td>' for one in totals[ANSWERED])
    asked = "".join(f'<td class="n">{number_format(int(one))}</td>' for one in totals.sum(axis=0))
    said, of = conditional_escape(_("sentences answered")), conditional_escape(_("of so many that ask the unit"))
    return (
        f'<tr class="names"><th class="corner" scope="col">{place}</th><th class="corner" scope="col">'
        f'<span class="vh">{total}</span></th>{"".join(names)}</tr>'
        f'<tr class="sums"><th scope="row" class="corner">{said}</th><td class="sum"></td>{sums}</tr>'
        f'<tr class="sums"><th scope="row" class="corner">{of}</th><td class="sum"></td>{asked}</tr>'
    )


def _line(
    row: Row,
    columns: list[Any],
    first: int,
    blank: Callable[[Row, int], bool],
    row_urls: tuple[str, str],
    cell_urls: tuple[str, str],
) -> str:
    node = row.node
    words = node.words if len(node.words) <= MOST_WORDS else node.words[:MOST_WORDS].rsplit(" ", 1)[0] + " …"
    inside = f"<b>{conditional_escape(node.number or node.citation)}</b> {conditional_escape(words)}"
    if node.key:
        inside = f'<a href="{row_urls[node.leaf].replace(_KEY, node.key)}">{inside}</a>'
    _silent, _left, touched, answered = row.by_column if node.leaf else row.any_state
    of = sum(row.by_column) if node.leaf else row.sentences
    level = min(node.depth - first, 5)
    parts = [
        f'<tr class="{"lf" if node.leaf else "pt"} d{level}"><th scope="row"><div>{inside}</div></th>'
        f'<td class="sum"><b>{number_format(answered)}</b>/{number_format(of)}</td>'
    ]
    url = cell_urls[node.leaf].replace(_KEY, node.key) if node.key else ""
    states = row.states
    for at, column in enumerate(columns):
        if blank(row, at):
            parts.append('<td class="c"></td>')
            continue
        strongest, partly = state_of(states, at)
        if strongest == SILENT:
            parts.append('<td class="c s">○</td>')
            continue
        if strongest == OPEN:
            text = "–"
        elif strongest == TOUCHED:
            text = f"~{int(row.touching[at])}"
        else:
            text = str(int(row.items[at]))
        css = "p" if partly else _CSS[strongest]
        inner = f'<a href="{url.replace(_UNIT, str(column.unit))}">{text}</a>' if url else text
        parts.append(f'<td class="c m{css}">{inner}</td>')
    parts.append("</tr>\n")
    return "".join(parts)


def said(matrix: Matrix) -> list[str]:
    """What is filtered, in words, for an export."""
    asked, lines = matrix.asked, []
    if matrix.base >= 0:
        node = matrix.outline.nodes[matrix.base]
        lines.append(_("Part: %(place)s %(words)s") % {"place": node.citation, "words": node.words})
    if asked.natures:
        lines.append(_("Nature: %(natures)s") % {"natures": ", ".join(sorted(nature(one) for one in asked.natures))})
    if asked.show:
        lines.append(_("Only: %(kind)s") % {"kind": KINDS[asked.show]})
    if matrix.crowd.way:
        lines.append(" › ".join(name for _unit, name in matrix.crowd.way))
    if asked.everyone:
        lines.append(_("All units of the level, also those of whom nothing is asked."))
    lines.append(_("Opened to level %(depth)d of %(deepest)d.") % {"depth": matrix.depth, "deepest": matrix.deepest})
    return lines
