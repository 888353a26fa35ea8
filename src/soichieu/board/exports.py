"""The board as a file: exactly the rows and columns that are filtered, each cell in words and in colour.

What leaves carries both dates, the basis, the rule of every ladder, and of what is done how much was verified, accepted
or is the unit's own report.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote

import numpy as np
import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from soichieu.board import signs as sg
from soichieu.board.ask import Ask
from soichieu.board.queries.cut import Cut
from soichieu.board.queries.grid import Grid, Row, grid_of
from soichieu.board.queries.ladders import Step, steps_of
from soichieu.documents.models import Document
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.report import BASIS_WORDS
from soichieu.web import states
from soichieu.web.heat import SIGNS
from soichieu.web.lists import exports as files

KINDS = files.KINDS
# Ground and ink of each sign on paper; the words say the same.
_LOOK = {
    "overdue": ("#a8201a", "#ffffff"), "returned": ("#f9e6e1", "#a8201a"), "not_started": ("#ffffff", "#1f1c17"),
    "waiting": ("#d9e5ee", "#1f4e79"), "done_late": ("#c9b3c0", "#a8201a"), "in_progress": ("#ffffff", "#1f4e79"),
    "no_data": ("#ffffff", "#686155"), "done": ("#b3c9dc", "#1f1c17"), "verified": ("#5f8bb1", "#ffffff"),
    "out": ("#f4efe4", "#686155"),
}  # fmt: skip


def response(request: HttpRequest, directive: Document, cut: Cut, ask: Ask, kind: str) -> Any:
    """The file as an answer that the browser saves."""
    grid = grid_of(cut, ask, everything=True)
    sheet = _sheet(request, directive, cut, ask, grid)
    name = files.file_name(sheet, kind)
    if kind == "xlsx":
        held = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
        _write(sheet, cut, grid, held)
        held.seek(0)
        return FileResponse(held, as_attachment=True, filename=name, content_type=files.XLSX)
    answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
        files.csv_lines(sheet), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f"attachment; filename=\"{name}\"; filename*=utf-8''{quote(name)}"
    return answer


def _sheet(request: HttpRequest, directive: Document, cut: Cut, ask: Ask, grid: Grid) -> files.Sheet:
    head = [
        _("Board: %(number)s, %(issuer)s") % {"number": directive.number, "issuer": directive.issuer},
        directive.title,
        ask.two.said(),
        _("Basis: %(basis)s") % {"basis": BASIS_WORDS[ask.basis]()},
    ]
    if cut.partial:
        head.append(_("Only the part of it that you may see is counted."))
    if ask.ladder:
        head.append(_("Ladder: %(ladder)s") % {"ladder": Ladder(ask.ladder).label})
    if ask.only:
        head.append(_("Only holes and what is late: other cells, rows and columns are left out."))
    if grid.path:
        head.append(" › ".join(name for _unit, name in grid.path))
    for step in steps_of(cut, directive):
        if not ask.ladder or step.ladder == ask.ladder:
            head += list(_said(step))
    head.append(request.build_absolute_uri())
    labels = [
        _("Unit"), _("Units under it"), _("Tasks (N)"), _("Done (n)"), _("Done late"), _("Verified"),
        _("Reported, waiting"), _("Overdue"), _("Not started or returned"),
        *(f"{one.code} {one.title}" for one in grid.requirements),
    ]  # fmt: skip
    return files.Sheet(
        name=_("Board"),
        title=f"{directive.number} {_('Board')}",
        head=head,
        labels=labels,
        widths=[36, 8, 8, 8, 8, 8, 8, 8, 8, *[13] * len(grid.requirements)],
        rows=([*_front(row), *cells] for row, cells in zip(grid.rows, _words(cut, grid), strict=True)),
    )


def _said(step: Step) -> Iterator[str]:
    count = step.counted
    if count is not None:
        n = _("missing: no published data") if count.n is None else str(count.n)
        yield _("%(ladder)s: %(n)s of %(of)s (%(over)s)") % {
            "ladder": step.label, "n": n, "of": count.of, "over": step.over,
        }  # fmt: skip
        if count.n is not None:
            yield _(
                "of these: %(in_time)s in time, %(late)s late, %(none)s without deadline; %(verified)s verified,"
                " %(accepted)s accepted on papers, %(act)s by the unit's own act, %(not)s not confirmed; beside them"
                " %(waiting)s reported or submitted"
            ) % {
                "in_time": count.in_time, "late": count.late, "none": count.without_deadline,
                "verified": count.verified, "accepted": count.accepted, "act": count.by_act_only,
                "not": count.not_confirmed, "waiting": count.submitted + count.awaiting_confirmation,
            }  # fmt: skip
        yield _("Rule: %(rule)s") % {"rule": step.rule}
    for quoted in step.quoted:
        one = quoted.count
        yield _("Quoted from %(source)s: %(label)s, %(n)s of %(of)s") % {
            "source": quoted.source, "label": one.label, "n": "?" if one.n is None else one.n,
            "of": "?" if one.of is None else one.of,
        }  # fmt: skip


def _front(row: Row) -> list[Any]:
    known = row.known
    return [
        row.name, row.group or "", row.of,
        row.done if known else _("missing"),
        row.figure("late"), row.figure("verified"), row.figure("claimed"), row.overdue, row.holes,
    ]  # fmt: skip


def _words(cut: Cut, grid: Grid) -> Iterator[list[str]]:
    """Each cell in words: its sign, and of what is done how it was checked."""
    signs = [str(SIGNS[code].label) for code in sg.ORDER]
    seals = [str(states.VERIFICATION[code].label) for code in st.VERIFICATION]
    ids = cut.answer.columns.ids
    for line, row in enumerate(grid.rows):
        owed = grid.obligations[line]
        rows = np.minimum(np.searchsorted(ids, np.maximum(owed, 0)), max(len(ids) - 1, 0))
        seal = cut.answer.verification[rows] if len(ids) else rows
        cells = []
        for at, sign in enumerate(grid.signs[line].tolist()):
            if sign < 0:
                cells.append("")
            elif row.group:
                cells.append(f"{signs[sign]}: {grid.numbers[line, at]}")
            elif owed[at] >= 0 and sign in sg.FINISHED:
                cells.append(f"{signs[sign]}; {seals[seal[at]]}" if sign != sg.VERIFIED else signs[sign])
            else:
                cells.append(signs[sign])
        yield cells


def _write(sheet: files.Sheet, cut: Cut, grid: Grid, out: IO[bytes]) -> None:
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )  # fmt: skip
    try:
        face = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        plain = book.add_format({**face, "text_wrap": True, "quote_prefix": True})
        number = book.add_format({**face, "num_format": "#,##0"})
        title = book.add_format({**face, "bold": True, "font_size": 14, "quote_prefix": True})
        above = book.add_format({**face, "quote_prefix": True})
        label = book.add_format({**face, "bold": True, "bottom": 1, "text_wrap": True, "quote_prefix": True})
        upright = book.add_format({**face, "bottom": 1, "rotation": 90, "text_wrap": True, "quote_prefix": True})
        cell = [
            book.add_format(
                {**face, "font_size": 9, "text_wrap": True, "bg_color": ground, "font_color": ink, "border": 1,
                 "border_color": "#ddd5c5"}
            )
            for ground, ink in (_LOOK[code] for code in sg.ORDER)
        ]  # fmt: skip
        page = book.add_worksheet(files.sheet_name(sheet.name))
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(1, 0)
        for at, width in enumerate(sheet.widths):
            page.set_column(at, at, width)
        line = 0
        for at, text in enumerate(sheet.lines_above()):
            page.write_string(line, 0, text, title if at == 0 else above)
            line += 1
        line += 1
        front = len(sheet.labels) - len(grid.requirements)
        page.set_row(line, 160)
        for at, text in enumerate(sheet.labels):
            page.write_string(line, at, text[:300], label if at < front else upright)
        page.repeat_rows(line)
        page.freeze_panes(line + 1, 1)
        for at, row in enumerate(sheet.rows):
            line += 1
            signs = grid.signs[at].tolist()
            for place, value in enumerate(row):
                if value == "":
                    continue
                if isinstance(value, int):
                    page.write_number(line, place, value, number)
                else:
                    page.write_string(line, place, str(value), plain if place < front else cell[signs[place - front]])
    finally:
        book.close()
