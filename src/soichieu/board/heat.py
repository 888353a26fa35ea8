"""The heat map as lean markup: a page of some 6,500 cells, each a link, weighs about 30 bytes a cell.

Its links are short (:mod:`soichieu.board.codes`); the sign that most cells show has no class but the table's; end tags
that HTML lets one leave out are left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from soichieu.board import signs as sg
from soichieu.board.codes import ALONE, DIGITS, UNDER, base36
from soichieu.board.queries.cut import SHOWN
from soichieu.board.queries.grid import Grid, Row
from soichieu.web.heat import SIGNS, shortened

BAR = 200
"""The length of a row's bar in its own units."""
HEAD = 64
"""So many letters of a requirement stand over its column; the whole is in the hint."""


def _head(grid: Grid, dates: str, standing: str) -> str:
    parts: list[str] = []
    sections = [one.section for one in grid.requirements]
    if any(sections):
        parts.append('<tr class="parts"><td colspan="3">')
        at = 0
        while at < len(sections):
            end = at
            while end < len(sections) and sections[end] == sections[at]:
                end += 1
            words = conditional_escape(sections[at])
            span = end - at
            parts.append(
                f'<th scope="colgroup" colspan="{span}" title="{words}"><span>{words}</span>'
                if words
                else f'<td colspan="{span}">'
            )
            at = end
        parts.append("<td>")
    parts.append(
        f'<tr class="names"><th class="corner" scope="col">{conditional_escape(_("Unit"))}'
        f'<th class="corner num" scope="col">{conditional_escape(_("Overdue"))}'
        f'<th class="corner num" scope="col">{conditional_escape(_("Done"))}'
    )
    for one in grid.requirements:
        said = f"{one.title} ({standing})" if one.standing else one.title
        title = conditional_escape(said)
        parts.append(
            f'<th scope=col><a href=.{base36(one.pk)}{dates} title="{title}"><b>{conditional_escape(one.code)}</b> '
            f"{conditional_escape(shortened(one.title, HEAD))}</a>"
        )
    parts.append(f'<th class="corner" scope="col"><span class="vh">{conditional_escape(_("Progress"))}</span>')
    return "".join(parts)


def progress(counts: np.ndarray, of: int) -> str:
    """Done in time, done late, reported, of all, and at the end what is overdue: a bar of ``BAR`` units."""
    if not of or int(counts[sg.NO_DATA]) == of:
        return ""
    many = (counts[sg.DONE] + counts[sg.VERIFIED], counts[sg.DONE_LATE], counts[sg.WAITING], counts[sg.OVERDUE])
    ok, late, wait, over = (round(BAR * int(one) / of) for one in many)
    out = [f'<svg class=pb viewBox="0 0 {BAR} 6" preserveAspectRatio=none aria-hidden=true>']
    at = 0
    for css, wide in (("ok", ok), ("ok", late), ("wait", wait)):
        if wide:
            out.append(f'<path class={css} d="M{at} 0h{wide}v6h-{wide}z"/>')
            at += wide
    if late:
        out.append(f'<path class=od d="M{ok} 4h{late}v2h-{late}z"/>')
    if over:
        out.append(f'<path class=od d="M{BAR - over} 0h{over}v6h-{over}z"/>')
    return "".join(out) + "</svg>"


def _row_head(row: Row, name_url: str, dates: str, extra: str, labels: tuple[str, str]) -> str:
    """Name, overdue and done of a line. ``extra``: a query that its lists keep (the ladder)."""
    more = f" <span class=n>{row.group}</span>" if row.group else ""
    mark, unit = UNDER if row.group else ALONE, base36(row.unit)
    late = _quoted(f"{unit}{mark * 2}{dates}{extra}")
    over = f"<a class=bad href={late}>{row.overdue}</a>" if row.overdue else "·"
    done = f"{row.done}/{row.of}" if row.known else "?" if row.of else "–"
    name = conditional_escape(row.name)
    hint = f' title="{name}"' if len(row.name) > 36 else ""
    return (
        f'<tr><th scope=row><a href="{name_url}"{hint}>{name}</a>{more}'
        f'<td class=sum data-l="{labels[0]}">{over}'
        f'<td class=sum data-l="{labels[1]}"><a href={_quoted(unit + mark + dates + extra)}>{done}</a>'
    )


def _quoted(address: str) -> str:
    """An address as the value of an attribute: in quotes only where HTML asks for them."""
    return f'"{address}"' if "=" in address else address


def commonest(grid: Grid) -> int:
    """The sign that most cells show: theirs is the table's class, and saved in each of them."""
    drawn = grid.signs[grid.signs >= 0]
    return int(np.bincount(drawn).argmax()) if drawn.size else int(sg.NONE)


def _cells(grid: Grid, dates: str, common: int) -> list[str]:
    """Each line's cells as one text."""
    opened = ["<td><a href=" if sign == common else f"<td class={css}><a href=" for sign, css in enumerate(sg.CSS)]
    closed = [f">{text}</a>" for text in sg.TEXT]
    ids = grid.obligations
    wide = len(base36(int(ids.max(initial=0))))
    chars = np.empty((*ids.shape, wide), "S1")
    digits, left = np.frombuffer(DIGITS.encode(), "S1"), np.maximum(ids, 0)
    for place in range(wide - 1, -1, -1):
        chars[..., place] = digits[left % 36]
        left = left // 36
    codes = chars.view(f"S{wide}")[..., 0].astype(f"U{wide}").tolist()
    columns = [base36(one.pk) for one in grid.requirements]
    units = [base36(row.unit) for row in grid.rows]
    out = []
    for line, (signs, owed, row_codes) in enumerate(zip(grid.signs.tolist(), ids.tolist(), codes, strict=True)):
        unit, group = units[line], grid.rows[line].group > 0
        numbers = grid.numbers[line].tolist() if group else None
        mark = UNDER if group else ALONE
        parts = []
        for at, sign in enumerate(signs):
            if sign < 0:
                parts.append("<td>")
            elif owed[at] >= 0:
                parts.append(f"{opened[sign]}{row_codes[at]}{dates}{closed[sign]}")
            elif numbers is not None and sign in (sg.OVERDUE, sg.RETURNED, sg.NOT_STARTED):
                parts.append(f"{opened[sign]}{unit}{mark}{columns[at]}{dates}>{numbers[at]}</a>")
            else:
                parts.append(f"{opened[sign]}{unit}{mark}{columns[at]}{dates}{closed[sign]}")
        out.append("".join(parts))
    return out


def _foot(grid: Grid, dates: str) -> str:
    out = [f'<tfoot><tr><th scope="row" colspan="3">{conditional_escape(_("Done, by requirement"))}']
    for one, figures in zip(grid.requirements, grid.column_figures.tolist(), strict=True):
        counted = dict(zip(SHOWN, figures, strict=True))
        of, done = counted["of"], counted["n"]
        if not of or counted["missing"] == of:
            out.append("<td>?" if of else "<td>–")
            continue
        over = round(40 * counted["overdue"] / of)
        tall = round(40 * done / of)
        bar = f'<path class=ok d="M0 0h8v{tall}H0z"/>' if tall else ""
        if over:
            bar += f'<path class=od d="M0 {40 - over}h8v{over}H0z"/>'
        out.append(
            f'<td><a href=.{base36(one.pk)}{dates}><svg class=cb viewBox="0 0 8 40" preserveAspectRatio=none'
            f" aria-hidden=true>{bar}</svg><span>{done}<br>{of}</span></a>"
        )
    return "".join(out) + "<td></tfoot>"


def render(grid: Grid, *, caption: str, dates: str, extra: str, name_url: Callable[[Row], str]) -> SafeString:
    """The table. Words are escaped here; ``name_url`` gives addresses escaped already. ``dates``: the end of its short
    addresses; ``extra``: a query that the lists of a row keep, escaped already, or empty."""
    said = conditional_escape(caption)
    common = commonest(grid)
    base = f" base-{sg.CSS[common]}" if common >= 0 else ""
    cells = _cells(grid, dates, common) if grid.rows and len(grid.columns) else [""] * len(grid.rows)
    lines = [
        f'<div class="scroll" tabindex="0" role="region" aria-label="{said}"><table class="heat lean{base}">',
        f'<caption class="vh">{said}</caption><thead>',
        _head(grid, dates, _("standing, counted beside")),
        "</thead><tbody>",
    ]
    labels = (str(conditional_escape(_("Overdue"))), str(conditional_escape(_("Done"))))
    for row, drawn in zip(grid.rows, cells, strict=True):
        head = _row_head(row, name_url(row), dates, extra, labels)
        lines.append(f"{head}{drawn}<td class=pr>{progress(row.counts, row.of)}\n")
    lines += ["</tbody>", _foot(grid, dates), "</table></div>"]
    return mark_safe("".join(lines))  # noqa: S308


def legend(grid: Grid, only_open: bool = False) -> list[tuple[object, int]]:
    """(sign, how many in all the columns shown) of the signs that are drawn, in the order of the legend. ``only_open``:
    the map draws holes and what is late, so nothing else is told."""
    drawn = set(np.unique(grid.signs).tolist())
    totals = dict(zip(sg.ORDER, grid.column_counts.sum(axis=0).tolist(), strict=True))
    every = grid.mode == "tree" or grid.pages > 1
    return [
        (sign, int(totals[code]))
        for code, sign in SIGNS.items()
        if totals.get(code)
        and (every or sg.ORDER.index(code) in drawn)
        and (not only_open or sg.ORDER.index(code) in sg.OPEN)
    ]
