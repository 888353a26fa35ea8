"""A list as a file: .xlsx and .csv with everything that is filtered, a heading, and no cell that could be a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu.language.text import fold
from soichieu.web import instance_flags
from soichieu.web.dates import write_day, write_moment

KINDS = ("xlsx", "csv")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet program may take for a formula, in full width too; a tab or a line end before it does not help.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTED = ',;\t"\r\n'
SHEET_ROWS = 1_048_576


@dataclass
class Sheet:
    """What leaves. ``head``: lines above the table (title, both dates, rule, filters). ``rows`` is read once."""

    name: str
    title: str
    head: Sequence[str]
    labels: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]

    def lines_above(self) -> list[str]:
        """The head, and on a demonstration the line that says it is one."""
        said = [_("DEMONSTRATION")] if instance_flags.is_demonstration() else []
        return [*said, *self.head]


def sheet_name(name: str) -> str:
    """What may stand on the tab of a sheet: at most 31 characters, none of which a spreadsheet program refuses."""
    return re.sub(r"[\[\]:*?/\\]", "-", name)[:31].strip(" '") or "1"


def neutral(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: a leading apostrophe where it might."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def file_name(sheet: Sheet, kind: str) -> str:
    """A name that survives every file system: the list and the day it was written."""
    plain = "-".join(fold(sheet.title).split()) or sheet.name
    return f"{''.join(c for c in plain if c.isalnum() or c == '-')[:80]}-{timezone.localdate():%Y-%m-%d}.{kind}"


def response(sheet: Sheet, kind: str) -> HttpResponse | FileResponse | StreamingHttpResponse:
    """The file as an answer that the browser saves."""
    name = file_name(sheet, kind)
    if kind == "xlsx":
        held = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
        write_xlsx(sheet, held)
        held.seek(0)
        return FileResponse(held, as_attachment=True, filename=name, content_type=XLSX)
    answer = StreamingHttpResponse(csv_lines(sheet), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename=\"{name}\"; filename*=utf-8''{quote(name)}"
    return answer


def _flat(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return write_moment(value)
    if isinstance(value, dt.date):
        return write_day(value)
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A cell of CSV. Quoted for a semicolon or tab too: where that is the list separator, as ";" in Vietnam, a bare
    "x;=1+1" would be two cells, and the second a formula."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in _QUOTED) else text


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The sheet as CSV, UTF-8 with the mark that Excel needs; numbers bare, texts neutral."""
    buffer = io.StringIO(newline="")

    def write(cells: Iterable[Any]) -> None:
        buffer.write(",".join(_quoted(str(cell)) for cell in cells) + "\r\n")

    def flush() -> str:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text

    yield "\ufeff"
    for line in sheet.lines_above():
        write([neutral(line)])
    write([])
    write([neutral(label) for label in sheet.labels])
    yield flush()
    for at, row in enumerate(sheet.rows, start=1):
        write([value if isinstance(value, int | float) else neutral(_flat(value)) for value in row])
        if at % 500 == 0:
            yield flush()
    yield flush()


def write_xlsx(sheet: Sheet, out: IO[bytes]) -> None:
    """The sheet as .xlsx, row by row: memory does not grow with the rows.

    Texts are written as texts, never read as formulas or links, and those that begin like a formula carry Excel's own
    mark for it (quote prefix), so that editing the cell does not make it one.
    """
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "remove_timezone": True,
        },
    )
    try:
        face = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        plain = book.add_format({**face, "text_wrap": True})
        guarded = book.add_format({**face, "text_wrap": True, "quote_prefix": True})
        number = book.add_format({**face, "num_format": "#,##0.###"})
        whole = book.add_format({**face, "num_format": "#,##0"})
        day = book.add_format({**face, "num_format": "d-m-yyyy", "align": "left"})
        moment = book.add_format({**face, "num_format": "hh:mm, d-m-yyyy", "align": "left"})
        title = book.add_format({**face, "bold": True, "font_size": 14})
        above = book.add_format({**face, "quote_prefix": True})
        label = book.add_format({**face, "bold": True, "bottom": 1, "text_wrap": True, "quote_prefix": True})
        page = book.add_worksheet(sheet_name(sheet.name))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for at, width in enumerate(sheet.widths):
            page.set_column(at, at, width)
        line = 0
        for at, text in enumerate(sheet.lines_above()):
            page.write_string(line, 0, text, title if at == 0 else above)
            line += 1
        line += 1
        for at, text in enumerate(sheet.labels):
            page.write_string(line, at, text, label)
        page.repeat_rows(line)
        page.freeze_panes(line + 1, 0)
        header = line
        for row in sheet.rows:
            line += 1
            if line >= SHEET_ROWS - 1:
                page.write_string(line, 0, _("The sheet is full here; narrow the filter, or export as .csv."), label)
                break
            for at, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, bool):
                    page.write_string(line, at, str(value), plain)
                elif isinstance(value, int):
                    page.write_number(line, at, value, whole)
                elif isinstance(value, float):
                    page.write_number(line, at, value, number)
                elif isinstance(value, dt.datetime):
                    page.write_datetime(line, at, timezone.localtime(value) if value.tzinfo else value, moment)
                elif isinstance(value, dt.date):
                    page.write_datetime(line, at, dt.datetime.combine(value, dt.time()), day)
                else:
                    text = str(value)[:32_767]
                    page.write_string(line, at, text, guarded if text.startswith(DANGEROUS) else plain)
        if sheet.labels:
            page.autofilter(header, 0, max(line, header), len(sheet.labels) - 1)
    finally:
        book.close()
