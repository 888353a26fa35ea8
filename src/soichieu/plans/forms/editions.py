"""The lines of a plan as a form: read from a file or typed, every one of them mendable before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.documents import files
from soichieu.documents.models import StoredFile
from soichieu.organisation.askers import today
from soichieu.plans.commands.editions import LINES_AT_MOST, LONGEST
from soichieu.plans.facts import clean
from soichieu.plans.lines import Line, leads_of, unit_named
from soichieu.web.fields import FileField

_SALT = "plans.read-file"
LABELS = {
    "at": pgettext_lazy("of a line", "Order"),
    "number": _("No."),
    "group": pgettext_lazy("of a line", "Heading"),
    "text": pgettext_lazy("of a plan", "Task"),
    "leads": pgettext_lazy("of a line", "Lead"),
    "person": _("Person in charge"),
    "cooperators": _("Cooperators"),
    "output": _("Product"),
    "deciding_body": _("Deciding body"),
    "deadline_text": _("Deadline"),
}
_WORDS = tuple(name for name in LABELS if name not in ("at", "number"))


class UploadForm(forms.Form):
    """A file to read lines from."""

    file = FileField(
        label=_("File of the plan"),
        help_text=_(
            "Word, PDF or Excel with its table of tasks; also .md and .txt. Nothing is saved before you say so."
        ),
    )

    name = ""
    """What the file is called now; the same bytes may have been kept under another name before."""

    def clean_file(self) -> StoredFile:
        """Keep the file at once: what is read from it is shown first and saved later."""
        upload = self.cleaned_data["file"]
        self.name = files.plain_name(upload.name)
        return files.store(upload.read(), upload.name)


@dataclass
class LineRow:
    """One line of the form as typed, with what is wrong under each field and what was guessed."""

    index: int
    values: dict[str, str]
    doubts: Sequence[str] = ()
    drop: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Nothing that a line says stands in it."""
        return not any(self.values.get(name, "").strip() for name in _WORDS)

    @property
    def fields(self) -> list[tuple[str, str, str, str, str]]:
        """(field, name in the form, label, value, error) of each field, for the page."""
        return [
            (name, f"line-{self.index}-{name}", str(label), self.values.get(name, ""), self.errors.get(name, ""))
            for name, label in LABELS.items()
        ]

    @property
    def drop_name(self) -> str:
        return f"line-{self.index}-drop"

    @property
    def place(self) -> str:
        """Where it was read."""
        return self.values.get("place", "")


class LinesForm:
    """The lines of a plan: ``lines`` names how many rows were sent, ``line-3-text`` is the task of the fourth.

    A row in which nothing is said is left out, so is one whose *leave out* is ticked. Rows are ordered by *order*;
    2.5 puts one between the second and the third, and those without a number come last.
    """

    def __init__(self, rows: list[LineRow]) -> None:
        self.rows = rows
        self.error = ""

    @classmethod
    def of(cls, lines: Iterable[Line], blank: int = 0) -> LinesForm:
        """A form that shows lines, with some empty rows after them."""
        rows = [LineRow(at, _values(at, line), line.doubts) for at, line in enumerate(lines)]
        form = cls(rows)
        form.add(blank)
        return form

    @classmethod
    def sent(cls, data: QueryDict) -> LinesForm:
        """The form as it was sent."""
        try:
            count = min(int(data.get("lines", "0")), LINES_AT_MOST + 100)
        except ValueError:
            count = 0
        rows = [
            LineRow(
                at,
                {name: data.get(f"line-{at}-{name}", "") for name in (*LABELS, "place")},
                drop=bool(data.get(f"line-{at}-drop")),
            )
            for at in range(max(count, 0))
        ]
        return cls(rows)

    def add(self, many: int) -> None:
        """More empty rows at the end."""
        self.rows += [LineRow(len(self.rows), {}) for _more in range(many)]

    def cleaned(self, unit_id: int) -> list[Line] | None:
        """The lines as typed, in their order; None when something is wrong, which then stands under its field."""
        kept = [row for row in self.rows if not row.drop and not row.blank]
        placed: list[tuple[Decimal, int, LineRow]] = []
        for row in kept:
            placed.append((self._order(row), row.index, row))
            if not row.values["text"].strip():
                row.errors["text"] = _t("Say what is to be done, or tick “leave out”.")
            for name, longest in LONGEST.items():
                if name in LABELS and len(clean(row.values[name])) > longest:
                    row.errors[name] = _t("At most %(longest)d characters.") % {"longest": longest}
        if not kept:
            self.error = _t("No line is written yet.")
        wrong = sum(bool(row.errors) for row in kept)
        if wrong:
            self.error = _t("Some lines need mending: see under their fields.")
        if self.error:
            return None
        return [_line(row, unit_id) for _at, _index, row in sorted(placed, key=lambda one: one[:2])]

    @staticmethod
    def _order(row: LineRow) -> Decimal:
        typed = row.values["at"].strip().replace(",", ".")
        if not typed:
            return Decimal(LINES_AT_MOST * 10)
        try:
            found = Decimal(typed)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            row.errors["at"] = _t("Write a number, for example 2 or 2.5.")
            return Decimal(0)
        return found


def _values(at: int, line: Line) -> dict[str, str]:
    values = {name: getattr(line, name) for name in (*_WORDS, "number", "place") if name != "leads"}
    return {**values, "at": str(at + 1), "leads": "; ".join(str(lead["text"]) for lead in line.leads)}


def _line(row: LineRow, unit_id: int) -> Line:
    values = row.values
    pieces = [clean(piece) for piece in values["leads"].split(";")]
    if len([piece for piece in pieces if piece]) > 1:
        # As shown: what is parted by semicolons is not parted anew.
        leads: tuple[dict[str, Any], ...] = tuple(
            {"text": piece, "unit": unit_named(piece, unit_id, today())} for piece in pieces if piece
        )
    else:
        leads = leads_of(values["leads"], unit_id, today())
    words: dict[str, Any] = {name: clean(values[name]) for name in (*_WORDS, "number") if name != "leads"}
    return Line(**words, leads=leads, place=clean(values.get("place", ""))[: LONGEST["place"]])


def keep(stored: StoredFile, read_by: Mapping[str, Any], warnings: Sequence[str], name: str) -> str:
    """What the form carries along of a file that was read: signed, for it says where the lines are from."""
    carried = {"file": stored.pk, "read_by": dict(read_by), "warnings": list(warnings), "name": name}
    return signing.dumps(carried, salt=_SALT, compress=True)


def kept_name(token: str) -> str:
    """What the file that is carried along is called; empty for none and for something forged."""
    try:
        return str(signing.loads(token, salt=_SALT, max_age=2 * 86400)["name"]) if token else ""
    except (signing.BadSignature, KeyError):
        return ""


def kept(token: str) -> tuple[StoredFile | None, dict[str, Any], list[str]]:
    """(file, read_by, warnings) of what was carried along; of nothing, or of something forged, those of typing."""
    typed: dict[str, Any] = {"reader": "typed"}
    if not token:
        return None, typed, []
    try:
        found = signing.loads(token, salt=_SALT, max_age=2 * 86400)
    except signing.BadSignature:
        return None, typed, []
    stored = StoredFile.objects.filter(pk=found["file"]).first()
    if stored is not None:
        stored = files.named(stored, files.plain_name(str(found["name"])))
    return stored, found["read_by"], found["warnings"]
