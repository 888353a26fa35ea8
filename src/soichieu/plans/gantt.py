"""A roadmap as a picture: one row for each step, its first dates, those that stand, the day it was reached.

Plain SVG without inline styles: places are attributes, looks are in ``plans.css``. The table beside it says the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soichieu.plans.queries.schemes import Step
from soichieu.web.dates import write_day

WIDTH, LABELS, ROW, HEAD, EDGE = 960, 260, 34, 30, 12
_LETTERS = 38
_MONTH = 54  # so wide is "12-2026"
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def draw(steps: Sequence[Step], on: dt.date) -> SafeString:
    """The picture of the steps that stand, with a stroke for the day looked at; empty without steps."""
    if not steps:
        return SafeString("")
    days = [day for step in steps for day in (step.baseline.starts_on, step.now.starts_on, step.baseline.due_on,
                                              step.now.due_on, step.now.done_on) if day is not None]  # fmt: skip
    first, last = min(days), max(days)
    if last < on <= last + (last - first):
        last = on  # so that one sees how long what is overdue has been so
    scale = _Scale(first, last)
    height = HEAD + ROW * len(steps) + EDGE
    rows = {step.milestone.pk: at for at, step in enumerate(steps)}
    parts = [
        *_months(scale, height),
        *(_row(step, HEAD + ROW * at, scale, on) for at, step in enumerate(steps)),
        *_arrows(steps, rows, scale),
        _day(scale, on, height),
    ]
    label = _("Roadmap of %(n)d steps from %(start)s to %(end)s; the table says the same in words.") % {
        "n": len(steps), "start": write_day(min(days)), "end": write_day(max(days)),
    }  # fmt: skip
    return format_html(
        '<svg class="gantt" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH, height, label, format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


class _Scale:
    """Days to places along the picture, a little air on both sides."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        air = max((last - first).days // 30, 3)
        self.first, self.last = first - dt.timedelta(air), last + dt.timedelta(air)
        self.span = (self.last - self.first).days

    def at(self, day: dt.date) -> float:
        return round(LABELS + (day - self.first).days / self.span * (WIDTH - LABELS - EDGE), 1)

    def months(self) -> Iterator[dt.date]:
        """First days of months, so many apart that their names do not touch."""
        many = self.span / 30.4
        step = next((one for one in _STEPS if many / one <= 11), _STEPS[-1])
        year, month = self.first.year, 1
        while (day := dt.date(year, month, 1)) <= self.last:
            if day >= self.first:
                yield day
            ahead = year * 12 + month - 1 + step
            if ahead // 12 > dt.MAXYEAR:
                return
            year, month = ahead // 12, ahead % 12 + 1


def _months(scale: _Scale, height: int) -> Iterator[SafeString]:
    for day in scale.months():
        x = scale.at(day)
        yield format_html('<line class="g-month" x1="{}" y1="{}" x2="{}" y2="{}"/>', x, HEAD - 8, x, height)
        if x + _MONTH <= WIDTH:  # the name of a month at the very edge would be cut off
            yield format_html('<text class="g-when" x="{}" y="{}">{}-{}</text>', x + 3, HEAD - 12, day.month, day.year)


def _row(step: Step, top: int, scale: _Scale, on: dt.date) -> SafeString:
    first, now = step.baseline, step.now
    middle = top + ROW // 2
    title = step.milestone.title
    shown = title if len(title) <= _LETTERS else title[: _LETTERS - 1].rstrip() + "…"
    end = now.done_on or now.due_on
    state = "done" if now.done_on else "late" if step.overdue(on) else "open"
    begins = min(now.starts_on, end)
    bar = format_html(
        '<rect class="g-bar g-{}" x="{}" y="{}" width="{}" height="12"/>',
        state, scale.at(begins), middle - 8, max(round(scale.at(end) - scale.at(begins), 1), 3),
    )  # fmt: skip
    base = format_html(
        '<line class="g-base" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        scale.at(first.starts_on), middle + 9, max(scale.at(first.due_on), scale.at(first.starts_on) + 3), middle + 9,
    )  # fmt: skip
    slip = SafeString("")
    if end > first.due_on:
        slip = format_html(
            '<line class="g-slip" x1="{}" y1="{}" x2="{}" y2="{}"/>',
            scale.at(first.due_on), middle + 9, scale.at(end), middle + 9,
        )  # fmt: skip
    return format_html(
        '<g><title>{}</title><line class="g-row" x1="0" y1="{}" x2="{}" y2="{}"/>'
        '<text class="g-name" x="0" y="{}">{}</text>{}{}{}</g>',
        f"{title}: {write_day(now.starts_on)} – {write_day(end)}",
        top + ROW, WIDTH, top + ROW, middle + 4, f"{step.milestone.ordinal}. {shown}", base, slip, bar,
    )  # fmt: skip


def _arrows(steps: Sequence[Step], rows: dict[int, int], scale: _Scale) -> Iterator[SafeString]:
    ends = {step.milestone.pk: step.now.done_on or step.now.due_on for step in steps}
    for step in steps:
        for other in step.waits_for:
            if other.pk not in rows:
                continue
            x1, x2 = scale.at(ends[other.pk]), scale.at(step.now.starts_on)
            y1 = HEAD + ROW * rows[other.pk] + ROW // 2 - 2
            y2 = HEAD + ROW * rows[step.milestone.pk] + ROW // 2 - 2
            if x2 - 2 >= x1 + 6:
                yield format_html('<path class="g-wait" d="M{} {}h6V{}H{}"/>', x1, y1, y2, x2 - 2)
            else:
                # It begins before the other ends: the way back runs between the rows, not through a bar.
                below = y2 > y1
                gap = HEAD + ROW * (rows[other.pk] + below) + (-3 if below else 3)
                yield format_html(
                    '<path class="g-wait" d="M{} {}h6V{}H{}V{}H{}"/>', x1, y1, gap, round(x2 - 10, 1), y2, x2 - 2
                )
            yield format_html('<path class="g-tip" d="M{} {}l-6 -3v6z"/>', x2, y2)


def _day(scale: _Scale, on: dt.date, height: int) -> SafeString:
    if not scale.first <= on <= scale.last:
        return SafeString("")
    x = scale.at(on)
    return format_html('<line class="g-today" x1="{}" y1="4" x2="{}" y2="{}"/>', x, x, height)
