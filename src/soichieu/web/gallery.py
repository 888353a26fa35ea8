"""What the page of components shows: every part in every state, with invented names and figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.web import heat, states
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search

DAY = dt.date(2025, 6, 30)
SWATCHES = [
    ("table", pgettext_lazy("colour", "the desk")),
    ("sheet", pgettext_lazy("colour", "the sheet that orders")),
    ("answer", pgettext_lazy("colour", "the sheet that answers")),
    ("lamp", pgettext_lazy("colour", "lamplight: in focus")),
    ("ink", pgettext_lazy("colour", "printing ink")),
    ("ink-3", pgettext_lazy("colour", "faint ink")),
    ("blue", pgettext_lazy("colour", "the pen: an answer")),
    ("mark", pgettext_lazy("colour", "stroke of the pen, bar")),
    ("tile", pgettext_lazy("colour", "cell of the heat map")),
    ("red", pgettext_lazy("colour", "late or broken")),
    ("wash", pgettext_lazy("colour", "ground of a broken cell")),
    ("edge", pgettext_lazy("colour", "border of a field")),
]
# Invented units in an order that is not the alphabet's.
_NAMES = [
    "Thiên Đàn", "Kim Sa", "Tử Đàn", "Tuyết Phong", "Hồng Mai", "Ngọc Hạc", "Lam Vân", "Bạch Liên", "Thanh Trúc",
    "Hoàng Yến", "Ấn Thạch", "Đông Nham", "Ẩn Giang", "Ễnh Thủy",
]  # fmt: skip
_STATES = [
    ("in_progress", "overdue", "none"),
    ("awaiting_confirmation", "claimed_in_time", "claimed"),
    ("done", "done_in_time", "verified"),
    ("done", "done_late", "accepted"),
    ("returned", "overdue", "reversed"),
    ("not_started", "not_due", "none"),
    ("submitted", "due_soon", "none"),
    ("waived", "no_deadline", "none"),
    ("no_published_data", "no_published_data", "no_published_data"),
]

SAMPLE = List(
    key="sample",
    title=gettext_lazy("Invented units"),
    rule=gettext_lazy("Fourteen invented units; each has one task."),
    columns=[
        Column("order", pgettext_lazy("gallery", "No."), number=True, width=6),
        Column("name", pgettext_lazy("gallery", "Unit"), url=lambda row: f"#unit-{row['order']}"),
        Column("done", pgettext_lazy("gallery", "Done"), number=True),
        Column("due", pgettext_lazy("gallery", "Deadline")),
        Column(
            "timeliness",
            pgettext_lazy("axis", "Timeliness"),
            text=lambda code: states.TIMELINESS[code].label,
            template="web/parts/timeliness_cell.html",
        ),
        Column(
            "verification",
            pgettext_lazy("axis", "Verification"),
            text=lambda code: states.VERIFICATION[code].label,
            template="web/parts/verification_cell.html",
        ),
    ],
    filters=[
        Search(["name"]),
        Choice("timeliness", pgettext_lazy("axis", "Timeliness"), states.TIMELINESS.choices),
        Days("due", pgettext_lazy("gallery", "Deadline")),
        Flag("bad", gettext_lazy("Only late or broken")),
    ],
    sort="order",
    per_page=6,
)


def rows() -> list[dict[str, Any]]:
    """The rows of the sample list."""
    found = []
    for at, name in enumerate(_NAMES):
        lifecycle, timeliness, verification = _STATES[at % len(_STATES)]
        due = None if timeliness in {"no_deadline", "no_published_data"} else DAY + dt.timedelta(days=7 * (at - 4))
        found.append(
            {
                "order": at + 1,
                "name": name,
                "done": 1200 + 37 * at,
                "due": due,
                "lifecycle": lifecycle,
                "timeliness": timeliness,
                "verification": verification,
                "bad": timeliness in {"overdue", "done_late"},
            }  # fmt: skip
        )
    return found


def grid() -> heat.Grid:
    """A small heat map with every sign."""
    signs = list(heat.SIGNS)
    columns = [
        heat.Column(
            str(at + 1),
            _("Invented requirement with a title that is too long for a column"),
            "#heat",
            _("I. Perception") if at < 9 else _("II. Institutions") if at < 15 else _("III. Infrastructure"),
        )
        for at in range(22)
    ]
    lines = []
    for row, name in enumerate(_NAMES[:12]):
        codes = [signs[(row * row + at * (row + 3) + at // 3) % len(signs)] for at in range(22)]
        cells: list[tuple[str, str] | None] = [(code, "#heat" if at % 2 else "") for at, code in enumerate(codes)]
        if row % 4 == 1:
            cells[3] = None
        late = codes.count("overdue")
        lines.append(
            heat.Row(
                name,
                cells,
                "#heat",
                _("%(n)d not started") % {"n": codes.count("not_started")},
                _("%(n)d overdue") % {"n": late} if late else "",
            )
        )
    return heat.Grid(columns, lines, _("Invented units by invented requirements"))


def counts(shown: heat.Grid) -> dict[str, int]:
    """How often each sign stands in a grid."""
    found = dict.fromkeys(heat.SIGNS, 0)
    for row in shown.rows:
        for cell in row.cells:
            if cell is not None:
                found[cell[0]] += 1
    return found


class SampleForm(forms.Form):
    """A form with an error under its field, a choice, a check and a file."""

    task = forms.CharField(
        label=gettext_lazy("Name of the task"), help_text=gettext_lazy("Say what is done, for whom.")
    )
    due = forms.CharField(label=pgettext_lazy("gallery", "Deadline"))
    response = forms.ChoiceField(
        label=pgettext_lazy("gallery", "How it is answered"),
        choices=[
            ("own", pgettext_lazy("gallery", "Own plan")),
            ("direct", pgettext_lazy("gallery", "Carries out the superior's plan directly")),
        ],
    )
    which = forms.ChoiceField(
        label=pgettext_lazy("gallery", "Which deadline"),
        choices=[("first", gettext_lazy("The original one")), ("current", gettext_lazy("The current one"))],
        widget=forms.RadioSelect,
    )
    again = forms.BooleanField(label=gettext_lazy("Count sessions held again"), required=False)
    paper = forms.FileField(label=pgettext_lazy("gallery", "Evidence"), required=False)
    words = forms.CharField(
        label=pgettext_lazy("gallery", "Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def clean_due(self) -> str:
        raise forms.ValidationError(
            _("Month %(month)d of %(year)d has %(last)d days. Is %(last)d-%(month)d-%(year)d meant?")
            % {"month": 6, "year": 2025, "last": 30}
        )


def entries() -> list[tuple[dt.date, dt.date]]:
    """Pairs of days for the threads between the rulers; the last three were written after the day looked at."""
    days = [(20, 1), (50, 3), (81, 5), (124, 4), (168, 10), (198, 6), (232, 20), (280, 4), (313, 11), (346, 7)]
    first = dt.date(2024, 8, 1)
    made = [(first + dt.timedelta(days=at - 14), first + dt.timedelta(days=at - 14 + lag)) for at, lag in days]
    return [
        *made,
        *((DAY - dt.timedelta(days=back), DAY + dt.timedelta(days=on)) for back, on in ((40, 3), (22, 6), (9, 8))),
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything that the page of components needs."""
    query = request.GET.copy()
    query.setdefault("as_at", DAY.isoformat())
    query.setdefault("known_at", "2025-07-10T17:00")
    shown = grid()
    return {
        "axes": states.AXES.values(),
        "swatches": SWATCHES,
        "two": TwoDates.of(query),
        "entries": entries(),
        "list": SAMPLE.bind(request, rows()),
        "form": SampleForm({"task": _("Hold a course in digital skills"), "due": "31-6-2025", "which": "current"}),
        "grid": shown,
        "signs": counts(shown),
        "parts": {"ok": 51, "late": 6, "claimed": 3},
        "many": {"ok": 7842, "late": 611, "claimed": 904},
        "start": dt.date(2025, 1, 1),
        "end": dt.date(2025, 12, 31),
        "day": DAY,
        "due": dt.date(2025, 5, 31),
        "due0": dt.date(2025, 3, 31),
        "done": dt.date(2025, 4, 20),
        "moment": dt.datetime(2025, 7, 10, 10, 0, tzinfo=dt.UTC),
    }
