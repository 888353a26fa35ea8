"""A unit's register of outgoing documents (sổ văn bản đi) as rows: its columns found by their heads, programmes and
plans told from what is neither.

No rights are asked here and nothing is written: what stands in the unit's register already is decided in
``commands.importing``. The columns of such a register are those of decree 30/2020/NĐ-CP, annex IV; offices add
some of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soichieu.documents import keys
from soichieu.documents.errors import BadSheet, Fault
from soichieu.documents.heads import Heads
from soichieu.documents.workbook import Grid, words
from soichieu.language.dates import parse_period
from soichieu.language.text import fold
from soichieu.plans.models import PlanFacts
from soichieu.plans.outgoing_kinds import day_of, in_force, kind_of, number_in, plain

# Heads as offices write them, without tones and marks.
_HEADS: dict[str, tuple[str, ...]] = {
    "ordinal": ("tt", "stt", "so tt", "so thu tu", "no", "#"),
    "number": (
        "so ky hieu", "so va ky hieu", "so ky hieu van ban", "so ky hieu vb", "so van ban", "so hieu",
        "so hieu van ban", "so", "number", "number and symbol", "document number",
    ),
    "symbol": ("ky hieu", "ky hieu van ban", "symbol"),
    "signed_on": (
        "ngay", "ngay thang", "ngay thang van ban", "ngay van ban", "ngay ban hanh", "ngay thang ban hanh", "ngay ky",
        "ngay thang nam", "ngay thang nam van ban", "ngay thang nam ban hanh", "date", "date of issue", "issued on",
        "signed on",
    ),
    "title": (
        "trich yeu", "trich yeu noi dung", "trich yeu noi dung van ban", "ten loai va trich yeu noi dung van ban",
        "ten loai va trich yeu noi dung", "ten loai va trich yeu", "ten van ban", "ten", "noi dung", "noi dung van ban",
        "ten chuong trinh ke hoach", "ten chuong trinh", "ten ke hoach", "title", "subject",
    ),
    "kind": ("loai", "loai van ban", "ten loai", "ten loai van ban", "the loai", "hinh thuc van ban", "kind", "type"),
    "term": ("ky", "ky ke hoach", "nhiem ky nam", "nhiem ky hay nam", "thoi ky", "term"),
    "from_day": (
        "tu ngay", "hieu luc tu", "hieu luc tu ngay", "co hieu luc tu", "co hieu luc tu ngay", "ngay co hieu luc",
        "ngay hieu luc", "bat dau", "ngay bat dau", "thuc hien tu", "from", "in force from", "valid from",
    ),
    "to_day": (
        "den ngay", "hieu luc den", "hieu luc den ngay", "het hieu luc", "ngay het hieu luc", "ket thuc",
        "ngay ket thuc", "thuc hien den", "to", "in force to", "valid to", "until",
    ),
    "signer": ("nguoi ky", "nguoi ky van ban", "signer", "signed by"),
    "issuer": ("co quan ban hanh", "don vi ban hanh", "noi ban hanh", "co quan to chuc ban hanh", "issuer"),
    "recipients": ("noi nhan", "noi nhan van ban", "recipients"),
    "note": ("ghi chu", "note", "notes", "remarks"),
}  # fmt: skip
_BY_HEAD = {head: key for key, heads in _HEADS.items() for head in heads}
NEEDED = ("number", "signed_on", "title")


@dataclass(frozen=True)
class Row:
    """One row of the sheet. ``kind`` empty: no programme, plan or key task, and ``why`` says why it is left out.
    ``notes`` say what was understood without standing in a cell of its own."""

    place: int
    number: str
    title: str
    kind: str = ""
    term: str = ""
    signed_on: dt.date | None = None
    signer: str = ""
    from_day: dt.date | None = None
    to_day: dt.date | None = None
    issuer: str = ""
    cell: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """What was read. ``columns``: field → (cell of its head, the head), for a person to check."""

    sheet: str
    columns: dict[str, tuple[str, str]]
    rows: tuple[Row, ...]
    warnings: tuple[Fault, ...]


def read_outgoing(grids: list[Grid], name: str, *, today: dt.date, sheet: str = "") -> Outgoing:
    """The register in a workbook: the sheet whose heads are recognised best, or the one named.

    ``today``: no document is of a later day. Raises ``BadSheet`` with every fault that was found.
    """
    return _Reader(*HEADS.find(grids, name, sheet), today).read()


def _advice() -> str:
    return _(
        "%(name)s: no row of heads was recognised. Needed in one row: number and symbol, date, title. Found: %(seen)s."
        " Missing: %(missing)s. Name the columns so, for example: Số, ký hiệu; Ngày tháng; Trích yếu; Loại; Từ ngày;"
        " Đến ngày."
    )


def word_of(key: str) -> str:
    """A column in words."""
    return {
        "ordinal": _("row number"), "number": _("number and symbol"), "symbol": _("symbol"),
        "signed_on": _("date"), "title": _("title"),
        "kind": _("kind"), "term": _("term"), "from_day": _("in force from"), "to_day": _("in force to"),
        "signer": _("signer"), "issuer": _("issuer"), "recipients": _("recipients"), "note": _("note"),
    }[key]  # fmt: skip


HEADS = Heads(_BY_HEAD, NEEDED, word_of, _advice, plain)


class _Reader:
    """Reads the rows under a head, collecting what is wrong instead of stopping at it."""

    def __init__(self, grid: Grid, head: int, columns: dict[str, int], today: dt.date) -> None:
        self.grid, self.head, self.columns, self.today = grid, head, columns, today
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []

    def read(self) -> Outgoing:
        grid = self.grid
        rows = []
        for row in range(self.head + 1, len(grid.rows)):
            text = {key: grid.text(row, column) for key, column in self.columns.items()}
            if not any(text.values()):
                self._stray(row)
            elif not self._is_no_row(row, text):
                rows.append(self._row(row, text))
        if not rows and not self.faults:
            self._fault(self.head, "title", _("No document stands under this head."))
        if self.faults:
            raise BadSheet(self.faults)
        heads = {
            name: (grid.cell(self.head, at), grid.text(self.head, at) or grid.text(self.head + 1, at))
            for name, at in sorted(self.columns.items(), key=lambda item: item[1])
        }
        return Outgoing(grid.name, heads, tuple(rows), tuple(self.warnings))

    def _fault(self, row: int, key: str, message: str) -> None:
        self.faults.append(Fault(self.grid.cell(row, self.columns[key]), message))

    def _is_no_row(self, row: int, text: dict[str, str]) -> bool:
        """A second row of the head, columns numbered, a heading, a document over several rows."""
        filled = [value for value in text.values() if value]
        if sum(_BY_HEAD.get(plain(value)) == key for key, value in text.items() if value) >= 2:
            return True
        if len(filled) >= 3 and all(re.fullmatch(r"\(?\d{1,2}\)?", value) for value in filled):
            return True
        origin = {
            key: self.grid.merged.get((row, column), (row, column)) for key, column in self.columns.items() if text[key]
        }
        if all(at[0] <= self.head for at in origin.values()):
            return True
        if len(filled) > 1 and len(set(origin.values())) == 1:
            return True
        # "Tháng 1", "I. Quý I": a heading in one cell.
        if (
            len(filled) == 1
            and not text["number"]
            and re.match(r"(?:[IVXLC]+[.)]|(?:thang|quy|nam)\b)", fold(filled[0]))
        ):
            return True
        # One document over several rows (one for each recipient): said once.
        return all(origin.get(key, (row, 0))[0] < row for key in NEEDED)

    def _stray(self, row: int) -> None:
        """A row whose known columns are empty though something stands beside them: shifted."""
        known = set(self.columns.values())
        beside = [
            column
            for column in range(len(self.grid.rows[row]))
            if column not in known and self.grid.text(row, column) and min(known) <= column <= max(known) + 2
        ]
        if len(beside) >= 2:
            self.faults.append(
                Fault(
                    self.grid.cell(row, beside[0]),
                    _(
                        "the row's columns look shifted: nothing stands under number, date and title. Move its"
                        " cells back."
                    ),
                )
            )

    def _row(self, row: int, text: dict[str, str]) -> Row:
        cell = self.grid.cell(row, self.columns["title"])
        number, title = _number(text), text["title"]
        place = row + 1
        if day_of(self.grid.value(row, self.columns["number"])) or (
            not keys.has_digits(text["title"]) and number_in(text["signed_on"]) and not number_in(number)
        ):
            self._fault(
                row, "number", _("The columns of this row look shifted: “%(value)s” is no number.") % {"value": number}
            )
            return Row(place, number, title, cell=cell)
        kind, why = kind_of(text.get("kind", ""), number, title)
        if not kind:
            return Row(
                place,
                number,
                title,
                cell=cell,
                why=why,
                signed_on=day_of(self.grid.value(row, self.columns["signed_on"])),
            )
        before = len(self.faults)
        self._own_cells(row, text)
        if not title:
            self._fault(row, "title", _("empty: every document has a title. Fill it in, or delete the row."))
        if not number or not keys.has_digits(number):
            self._fault(
                row, "number",
                _("“%(value)s” is no number. Write it as it is printed, for example 12/KH-UBND.") % {"value": number},
            )  # fmt: skip
        if len(number) > 100:
            self._fault(row, "number", _("At most %(longest)d characters.") % {"longest": 100})
        if len(text.get("signer", "")) > 255:
            self._fault(row, "signer", _("At most %(longest)d characters.") % {"longest": 255})
        signed = self._day(row, "signed_on", text)
        if signed is None and len(self.faults) == before:
            self._fault(row, "signed_on", _("empty: every document has a day. Write 30-6-2025."))
        if signed is not None and signed > self.today:
            self._fault(
                row, "signed_on", _("%(value)s is still to come. Check the year.") % {"value": text["signed_on"]}
            )
        first, last = self._day(row, "from_day", text), self._day(row, "to_day", text)
        if len(self.faults) > before or signed is None:
            return Row(place, number, title, cell=cell)
        first, last, notes = in_force(title, signed, first, last)
        if last is not None and last < first:
            key = "to_day" if text.get("to_day") else "title"
            self._fault(row, key, _("the last day in force is before the first (%(day)s).") % {"day": words(first)})
        return Row(
            place, number, title, kind=kind, term=self._term(row, text, first, last), signed_on=signed,
            signer=text.get("signer", ""), from_day=first, to_day=last, issuer=text.get("issuer", ""), cell=cell,
            notes=tuple(notes),
        )  # fmt: skip

    def _own_cells(self, row: int, text: dict[str, str]) -> None:
        """What a formula gives is said; what a merged cell gives to two documents is refused."""
        for key, column in self.columns.items():
            at = (row, column)
            if key in ("number", "title", "signed_on") and at in self.grid.merged and self.grid.merged[at][0] < row:
                origin = self.grid.cell(*self.grid.merged[at])
                self._fault(
                    row,
                    key,
                    _("merged with %(cell)s, though this is another document. Part the cells and fill in each.")
                    % {"cell": origin},
                )
            elif at in self.grid.formulas and key not in ("ordinal", "note", "recipients"):
                if not text[key]:
                    self._fault(
                        row,
                        key,
                        _("a formula without a computed value. Open the sheet in Excel, save it and hand it in again."),
                    )
                else:
                    self.warnings.append(
                        Fault(
                            self.grid.cell(row, column),
                            _("a formula; its last computed value is taken: “%(value)s”") % {"value": text[key]},
                        )
                    )

    def _day(self, row: int, key: str, text: dict[str, str]) -> dt.date | None:
        if key not in self.columns or not text[key]:
            return None
        day = day_of(self.grid.value(row, self.columns[key]))
        if day is not None and 1900 <= day.year <= 2200:
            return day
        period = parse_period(text[key])
        language = get_language() or "vi"
        why = f" {period.note.in_language(language)}" if period is not None and period.kind == "none" else ""
        self._fault(row, key, _("“%(value)s” is no day. Write 30-6-2025.") % {"value": text[key]} + why)
        return None

    def _term(self, row: int, text: dict[str, str], first: dt.date, last: dt.date | None) -> str:
        said = plain(text.get("term", ""))
        if not said:
            within = last is not None and (last - first).days <= 366
            return PlanFacts.Term.YEAR if within else PlanFacts.Term.TERM
        if re.search(r"nhiem ky|giai doan|dai han|term|\d{4} \d{4}", said):
            return PlanFacts.Term.TERM
        if re.search(r"\bnam\b|hang nam|quy|thang|year|^\d{4}$", said):
            return PlanFacts.Term.YEAR
        self._fault(row, "term", _("“%(value)s” is no term. Write “nhiệm kỳ” or “năm”.") % {"value": text["term"]})
        return ""


def _number(text: dict[str, str]) -> str:
    """The number as printed; where number and symbol stand in two columns, both."""
    parts = [part for part in (text["number"], text.get("symbol", "")) if part]
    return keys.printed("/".join(parts))
