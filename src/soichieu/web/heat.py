"""The heat map units × requirements: one table of signs, written quickly enough for ten thousand cells.

The caller says for each cell which sign it is; ``sign_of`` gives the sign of the three axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Sign:
    """A sign of the heat map: its code, its class in the style sheet, the character in the cell, its word."""

    code: str
    css: str
    text: str
    label: Promise


SIGNS: dict[str, Sign] = {
    sign.code: sign
    for sign in (
        Sign("overdue", "o", "×", pgettext_lazy("heat map", "overdue")),
        Sign("returned", "r", "←", pgettext_lazy("heat map", "returned, or not borne out by a check")),
        Sign("not_started", "s", "○", pgettext_lazy("heat map", "not started")),
        Sign("waiting", "q", "≈", pgettext_lazy("heat map", "reported or submitted, waiting")),
        Sign("done_late", "l", "◪", pgettext_lazy("heat map", "done late")),
        Sign("in_progress", "p", "·", pgettext_lazy("heat map", "in progress, not due")),
        Sign("done", "a", "▪", pgettext_lazy("heat map", "done in time, accepted or by act")),
        Sign("verified", "v", "■", pgettext_lazy("heat map", "done in time, verified")),
        Sign("out", "n", "–", pgettext_lazy("heat map", "waived, suspended or superseded")),
        Sign("no_data", "u", "?", pgettext_lazy("heat map", "no published data")),
    )
}


def sign_of(lifecycle: str, timeliness: str, verification: str) -> str:
    """The one sign that a cell shows for a state on the three axes: what is wrong first, then what is missing."""
    if lifecycle == "no_published_data":
        return "no_data"
    if lifecycle in {"waived", "suspended", "superseded"}:
        return "out"
    if lifecycle == "done":
        if verification in {"not_confirmed", "reversed"}:
            return "returned"
        if timeliness in {"done_late", "claimed_late", "overdue"}:
            return "done_late"
        return "verified" if verification == "verified" else "done"
    if timeliness == "overdue":
        return "overdue"
    if lifecycle == "returned" or verification in {"reversed", "not_confirmed"}:
        return "returned"
    if lifecycle in {"submitted", "awaiting_confirmation"}:
        return "waiting"
    return "in_progress" if lifecycle == "in_progress" else "not_started"


@dataclass(frozen=True)
class Column:
    """A requirement: its number, its words (cut by the style sheet, whole in the hint), its page, its part."""

    number: str
    label: str
    url: str = ""
    part: str = ""


@dataclass(frozen=True)
class Row:
    """A unit: its name, its page, a few words of summary, its cells. A cell is (sign code, address) or None for
    *no obligation here*; an empty address makes a cell without a link."""

    label: str
    cells: Sequence[tuple[str, str] | None]
    url: str = ""
    summary: str = ""
    bad: str = ""


@dataclass(frozen=True)
class Grid:
    """A heat map: columns under their parts, rows in the order given."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str
    corner: str = ""
    extra: Sequence[str] = field(default=())


def shortened(text: str, most: int) -> str:
    """The first words of a text, as many as fit; a text that is cut ends with an ellipsis, never within a word."""
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(None, 1)[0] if " " in text[:most] else text[: most - 1]
    return cut.rstrip(" ,;:.–-(") + "…"


def _link(url: str, inside: str, title: str = "") -> str:
    hint = f' title="{conditional_escape(title)}"' if title else ""
    return f'<a href="{conditional_escape(url)}"{hint}>{inside}</a>' if url else f"<span{hint}>{inside}</span>"


def _head(grid: Grid) -> str:
    parts = []
    if any(column.part for column in grid.columns):
        runs: list[tuple[str, int]] = []
        for column in grid.columns:
            if runs and runs[-1][0] == column.part:
                runs[-1] = (column.part, runs[-1][1] + 1)
            else:
                runs.append((column.part, 1))
        spans = "".join(
            f'<th scope="colgroup" colspan="{many}" title="{conditional_escape(part)}">{conditional_escape(part)}</th>'
            if part
            else f'<td colspan="{many}"></td>'
            for part, many in runs
        )
        parts.append(f'<tr class="parts"><td colspan="2"></td>{spans}</tr>')
    names = "".join(
        '<th scope="col">'
        + _link(
            column.url,
            f"<b>{conditional_escape(column.number)}</b> {conditional_escape(shortened(column.label, 60))}",
            column.label,
        )
        + "</th>"
        for column in grid.columns
    )
    corner = conditional_escape(grid.corner or _("Unit"))
    total = conditional_escape(_("Summary"))
    parts.append(
        f'<tr class="names"><th class="corner" scope="col">{corner}</th>'
        f'<th class="corner" scope="col"><span class="vh">{total}</span></th>{names}</tr>'
    )
    return "".join(parts)


def render(grid: Grid) -> SafeString:
    """The table. Its words are escaped here; the addresses are the caller's own."""
    # Made once for all cells: the text of a cell with a link and of one without.
    opened = {code: f'<td class="c {sign.css}">' for code, sign in SIGNS.items()}
    plain = {code: f"{opened[code]}{sign.text}</td>" for code, sign in SIGNS.items()}
    nothing = '<td class="c"></td>'
    lines = [
        '<div class="scroll" tabindex="0" role="region" aria-label="',
        conditional_escape(grid.caption),
        '"><table class="heat"><caption class="vh">',
        conditional_escape(grid.caption),
        "</caption><thead>",
        _head(grid),
        "</thead><tbody>",
    ]
    for row in grid.rows:
        bad = f'<b class="bad">{conditional_escape(row.bad)}</b> ' if row.bad else ""
        lines.append(
            f'<tr><th scope="row">{_link(row.url, str(conditional_escape(row.label)))}</th>'
            f'<td class="sum">{bad}{conditional_escape(row.summary)}</td>'
        )
        for cell in row.cells:
            if cell is None:
                lines.append(nothing)
            elif cell[1]:
                lines.append(f'{opened[cell[0]]}<a href="{cell[1]}">{SIGNS[cell[0]].text}</a></td>')
            else:
                lines.append(plain[cell[0]])
        lines.append("</tr>\n")
    lines.append("</tbody></table></div>")
    return mark_safe("".join(str(line) for line in lines))  # noqa: S308
