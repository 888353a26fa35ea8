"""An office's tracking sheet as rows: task × lead × deadline × status, with the columns found by their heads.

No instance is needed here: what the words mean for the book is decided in ``opening``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from soichieu.documents.errors import BadSheet, Fault
from soichieu.documents.heads import Heads, plain
from soichieu.documents.workbook import Grid, words
from soichieu.language.dates import parse_period

# Heads as offices write them, without tones. The longest head that fits decides.
_HEADS: dict[str, tuple[str, ...]] = {
    "number": ("tt", "stt", "so tt", "so thu tu", "no", "no.", "ma", "ma nhiem vu", "code", "id", "#"),
    "task": (
        "nhiem vu", "ten nhiem vu", "noi dung nhiem vu", "nhiem vu giao", "nhiem vu duoc giao", "noi dung",
        "noi dung cong viec", "cong viec", "noi dung thuc hien", "task", "tasks", "requirement", "action",
    ),
    "lead": (
        "co quan chu tri", "don vi chu tri", "co quan, don vi chu tri", "chu tri", "don vi thuc hien",
        "co quan thuc hien", "don vi chu tri thuc hien", "don vi", "lead", "lead unit", "unit", "owner", "responsible",
        "responsible unit",
    ),
    "cooperators": (
        "phoi hop", "co quan phoi hop", "don vi phoi hop", "cooperating", "cooperators", "cooperating units",
    ),
    "deadline": (
        "thoi han", "thoi han hoan thanh", "thoi gian hoan thanh", "han hoan thanh", "han", "thoi gian",
        "thoi han thuc hien", "deadline", "due", "due date", "due on",
    ),
    "status": (
        "tinh trang", "trang thai", "tinh hinh", "tinh hinh thuc hien", "ket qua thuc hien", "tien do",
        "tien do thuc hien", "muc do hoan thanh", "status", "state", "progress",
    ),
    "done_on": (
        "ngay hoan thanh", "ngay bao cao", "ngay bao cao hoan thanh", "hoan thanh ngay", "ngay hoan thanh thuc te",
        "done on", "completed on", "completion date", "date completed", "reported on",
    ),
    "given_on": ("ngay giao", "ngay giao nhiem vu", "ngay ban hanh", "given on", "assigned on", "date assigned"),
    "product": ("san pham", "ket qua", "ket qua (san pham)", "san pham dau ra", "output", "product", "deliverable"),
    "note": ("ghi chu", "note", "notes", "remarks"),
}  # fmt: skip
_BY_HEAD = {head: key for key, heads in _HEADS.items() for head in heads}
NEEDED = ("task", "lead", "status")

# What a cell of the status column says. Overdue is no state of its own here: the book computes it.
DONE, STARTED, SUBMITTED, OPEN = "done", "started", "submitted", "open"
_STATUS: dict[str, tuple[str, ...]] = {
    DONE: (
        "hoan thanh", "da hoan thanh", "da xong", "xong", "hoan thanh dung han", "hoan thanh qua han",
        "hoan thanh truoc han", "hoan thanh trong han", "hoan thanh som", "hoan thanh muon", "da thuc hien",
        "da bao cao", "dat", "done", "completed", "complete", "finished", "closed",
    ),
    STARTED: (
        "dang thuc hien", "dang trien khai", "dang lam", "dang xu ly", "dang tham muu", "dang xay dung", "in progress",
        "started", "ongoing", "dang thuc hien trong han", "dang thuc hien qua han", "chua hoan thanh", "not completed",
    ),
    SUBMITTED: ("da trinh", "dang trinh", "da trinh, cho phe duyet", "cho phe duyet", "submitted"),
    OPEN: (
        "", "chua thuc hien", "chua trien khai", "chua bat dau", "chua", "chua den han", "qua han", "tre han", "cham",
        "cham tien do", "trong han", "not started", "open", "overdue", "late", "pending",
    ),
}  # fmt: skip
_BY_STATUS = {word: code for code, words_ in _STATUS.items() for word in words_}
_GROUP = re.compile(r"^\(?([IVXLC]+|[A-ZĐ])\s*[.)/:–-]?$")
_PERCENT = re.compile(r"^(\d{1,3})(?:[.,](\d+))?\s*%$")


@dataclass(frozen=True)
class Line:
    """One row of the sheet. ``cells`` name where task, lead, deadline and status stand ("Sheet1!E7")."""

    number: str
    section: str
    task: str
    lead: str
    cooperators: str
    product: str
    deadline: dt.date | None
    deadline_text: str
    standing: bool
    status: str
    status_text: str
    done_on: dt.date | None
    given_on: dt.date | None
    cells: dict[str, str]


@dataclass(frozen=True)
class Tracking:
    """What was read. ``columns``: field → (column name, its head), for a person to check; ``warnings`` name cells."""

    sheet: str
    columns: dict[str, tuple[str, str]]
    lines: tuple[Line, ...]
    warnings: tuple[Fault, ...]


def read_tracking(grids: list[Grid], name: str, *, sheet: str = "", reference: dt.date | None = None) -> Tracking:
    """The tracking sheet of a workbook: the first sheet whose heads are recognised, or the one named.

    ``reference``: the day from which dates without a year are understood. Raises ``BadSheet`` with every fault found.
    """
    return _lines(*_HEADS_OF_SHEET.find(grids, name, sheet), reference)


def _advice() -> str:
    return _(
        "%(name)s: no row of heads was recognised. Needed in one row: task, lead, status (deadline if there is one)."
        " Found: %(seen)s. Missing: %(missing)s. Name the columns so, for example: TT, Nhiệm vụ, Cơ quan chủ trì,"
        " Thời hạn, Tình trạng."
    )


def _word_of(key: str) -> str:
    return {
        "number": _("number"), "task": _("task"), "lead": _("lead"), "cooperators": _("cooperators"),
        "deadline": _("deadline"), "status": _("status"), "done_on": _("done on"), "given_on": _("given on"),
        "product": _("product"), "note": _("note"),
    }[key]  # fmt: skip


_HEADS_OF_SHEET = Heads(_BY_HEAD, NEEDED, _word_of, _advice)


def _lines(grid: Grid, head: int, columns: dict[str, int], reference: dt.date | None) -> Tracking:
    faults: list[Fault] = []
    warnings: list[Fault] = []
    lines: list[Line] = []
    section = ""
    start = head + 1
    while start < len(grid.rows) and _still_head(grid, head, start, columns):
        start += 1
    for row in range(start, len(grid.rows)):
        text = {key: grid.text(row, column) for key, column in columns.items()}
        if not any(text.values()):
            _stray(grid, row, columns, faults)
            continue
        if _is_head_again(text):
            continue
        if _is_group(grid, row, columns, text):
            section = " ".join(filter(None, (text.get("number", ""), text["task"] or text["lead"])))
            if _spans(grid, row, columns):
                section = next(value for value in text.values() if value)
            continue
        line = _line(grid, row, columns, text, section, reference, faults, warnings)
        if line is not None:
            lines.append(line)
    if not lines and not faults:
        faults.append(Fault(grid.cell(head, columns["task"]), _("No task stands under this head.")))
    if faults:
        raise BadSheet(faults)
    heads = {
        key: (grid.cell(head, column), grid.text(head, column) or grid.text(head + 1, column))
        for key, column in sorted(columns.items(), key=lambda item: item[1])
    }
    return Tracking(grid.name, heads, tuple(lines), tuple(warnings))


def _still_head(grid: Grid, head: int, row: int, columns: dict[str, int]) -> bool:
    """A second row of one head: its cells are merged with it, or are heads themselves, or number the columns."""
    texts = [grid.text(row, column) for column in columns.values()]
    filled = [text for text in texts if text]
    if not filled:
        return False
    from_head = all(
        (row, column) in grid.merged and grid.merged[row, column][0] <= head
        for column in columns.values()
        if grid.text(row, column)
    )
    numbers = len(filled) >= 3 and all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in filled)
    return from_head or numbers or sum(plain(text) in _BY_HEAD for text in filled) >= 3


def _is_head_again(text: dict[str, str]) -> bool:
    """The head repeated at the top of a printed page."""
    return sum(_BY_HEAD.get(plain(value)) == key for key, value in text.items() if value) >= 3


def _spans(grid: Grid, row: int, columns: dict[str, int]) -> bool:
    origins = {grid.merged.get((row, column), (row, column)) for column in columns.values()}
    return len(origins) == 1 and len(columns) > 1


def _is_group(grid: Grid, row: int, columns: dict[str, int], text: dict[str, str]) -> bool:
    """A row that heads those after it: merged across, or numbered I, II, A … without lead and status."""
    if _spans(grid, row, columns):
        return True
    bare = not text["lead"] and not text["status"] and not text.get("deadline")
    return bare and bool(text["task"]) and (bool(_GROUP.match(text.get("number", ""))) or text["task"].isupper())


def _stray(grid: Grid, row: int, columns: dict[str, int], faults: list[Fault]) -> None:
    """A row whose known columns are empty though something stands beside them: shifted."""
    known = set(columns.values())
    beside = [
        column
        for column in range(len(grid.rows[row]))
        if column not in known and grid.text(row, column) and min(known) <= column <= max(known) + 2
    ]
    if len(beside) >= 2:
        faults.append(
            Fault(
                grid.cell(row, beside[0]),
                _("the row's columns look shifted: nothing stands under task, lead and status. Move its cells back."),
            )
        )


def _line(
    grid: Grid,
    row: int,
    columns: dict[str, int],
    text: dict[str, str],
    section: str,
    reference: dt.date | None,
    faults: list[Fault],
    warnings: list[Fault],
) -> Line | None:
    cells = {key: grid.cell(row, column) for key, column in columns.items()}
    before = len(faults)
    for key in ("task", "lead"):
        if not text[key]:
            faults.append(
                Fault(cells[key], _("empty: every row needs a task and its lead. Fill it in, or delete the row."))
            )
    deadline, standing = None, False
    if text.get("deadline"):
        deadline, standing = _deadline(grid, row, columns["deadline"], cells, reference, faults)
    status = _status(text["status"])
    if status is None:
        faults.append(Fault(cells["status"], _status_fault(text["status"])))
    days = {key: _day(grid, row, columns, key, reference, cells, faults) for key in ("done_on", "given_on")}
    for key, column in columns.items():
        if (row, column) not in grid.formulas or key in ("number", "note"):
            continue
        if not text[key] and (row, column) not in grid.merged:
            faults.append(
                Fault(
                    cells[key],
                    _("a formula without a computed value. Open the sheet in Excel, save it and hand it in again."),
                )
            )
        elif text[key]:
            warnings.append(
                Fault(cells[key], _("a formula; its last computed value is taken: “%(value)s”") % {"value": text[key]})
            )
    if len(faults) > before:
        return None
    return Line(
        number=text.get("number", "").rstrip("."),
        section=section,
        task=text["task"],
        lead=text["lead"],
        cooperators=text.get("cooperators", ""),
        product=text.get("product", ""),
        deadline=deadline,
        deadline_text=text.get("deadline", ""),
        standing=standing,
        status=status or OPEN,
        status_text=text["status"],
        done_on=days["done_on"],
        given_on=days["given_on"],
        cells=cells,
    )


def _as_day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _deadline(
    grid: Grid,
    row: int,
    column: int,
    cells: dict[str, str],
    reference: dt.date | None,
    faults: list[Fault],
) -> tuple[dt.date | None, bool]:
    day = _as_day(grid.value(row, column))
    if day is not None:
        return day, False
    said = grid.text(row, column)
    period = parse_period(said, reference)
    if period is not None and period.kind in ("standing", "periodic"):
        return None, True
    if period is not None and period.end is not None:
        return period.end, False
    shifted = f" {_shifted()}" if _status(said) not in (None, OPEN) else ""
    faults.append(
        Fault(
            cells["deadline"],
            _("“%(value)s” is no deadline. Write 30-6-2025, 6/2025, Quý II/2025 or “Thường xuyên”.") % {"value": said}
            + shifted,
        )
    )
    return None, False


def _day(
    grid: Grid,
    row: int,
    columns: dict[str, int],
    key: str,
    reference: dt.date | None,
    cells: dict[str, str],
    faults: list[Fault],
) -> dt.date | None:
    if key not in columns:
        return None
    value = grid.value(row, columns[key])
    said = words(value)
    day = _as_day(value)
    if day is not None or not said:
        return day
    period = parse_period(said, reference)
    if period is not None and period.precision == "day" and period.end is not None:
        return period.end
    faults.append(Fault(cells[key], _("“%(value)s” is no day. Write 30-6-2025.") % {"value": said}))
    return None


def _status(said: str) -> str | None:
    key = plain(said)
    if key in _BY_STATUS:
        return _BY_STATUS[key]
    if match := _PERCENT.match(said.strip()):
        # Half of a hundredth is begun, and more than all of it is no share.
        share = float(f"{match[1]}.{match[2] or 0}")
        return DONE if share == 100 else OPEN if share == 0 else STARTED if share < 100 else None
    # "Đã hoàn thành (báo cáo số 12)": the words before what is added.
    first = plain(re.split(r"[(;:,.\n]", said, maxsplit=1)[0])
    return _BY_STATUS.get(first) if first else None


def _status_fault(said: str) -> str:
    message = _(
        "“%(value)s” is no status that is known. Write one of: hoàn thành, đang thực hiện, đã trình, chưa thực hiện"
        " (done, in progress, submitted, not started)."
    ) % {"value": said}
    return f"{message} {_shifted()}" if parse_period(said) is not None else message


def _shifted() -> str:
    return _("The columns of this row look shifted.")
