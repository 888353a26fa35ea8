"""Small drawings as SVG text: counts, clocks, time scales, the two rulers. Widths are attributes, never styles."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from soichieu.web.dates import write_day, write_moment

# Patterns need a name that is unique in the page; the number says nothing.
_names = itertools.count(1)
EACH_UP_TO = 100


def _pct(part: float, whole: float) -> str:
    return f"{100 * part / whole:.3f}".rstrip("0").rstrip(".") + "%"


def coverage_bar(
    of: int | None, *, ok: int = 0, late: int = 0, claimed: int = 0, thin: bool = False, label: str = ""
) -> str:
    """The bar of n on N with its four textures; empty text when N is missing or 0.

    ``ok`` done in time, ``late`` done late, ``claimed`` claimed or submitted (beside n), the rest not done. ``label``
    replaces the words a screen reader says.
    """
    if not of:
        return ""
    none = max(0, of - ok - late - claimed)
    if not label:
        label = _("%(ok)d in time, %(late)d late, %(claimed)d reported, %(none)d not done, of %(of)d") % {
            "ok": ok, "late": late, "claimed": claimed, "none": none, "of": of,
        }  # fmt: skip
    name = next(_names)
    out = [
        f'<svg class="bar{" thin" if thin else ""}" role="img" aria-label="{conditional_escape(label)}">',
    ]
    defs = []
    if claimed:
        defs.append(
            f'<pattern id="h{name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<rect class="hatch-sheet" width="5" height="5"/><path class="hatch-line" d="M0 0V5"/></pattern>'
        )
    each = of <= EACH_UP_TO and not thin
    if each:
        defs.append(
            f'<pattern id="e{name}" width="{_pct(1, of)}" height="1">'
            '<rect class="cut" width="1" height="100%"/></pattern>'
        )
    if defs:
        out.append("<defs>" + "".join(defs) + "</defs>")
    at = 0
    for kind, many in (("ok", ok), ("late", late), ("claimed", claimed)):
        if not many:
            continue
        x, width = _pct(at, of), _pct(many, of)
        if kind == "claimed":
            out.append(f'<rect x="{x}" width="{width}" height="100%" fill="url(#h{name})"/>')
        else:
            out.append(f'<rect class="{kind}" x="{x}" width="{width}" height="100%"/>')
            if kind == "late":
                out.append(f'<rect class="foot" x="{x}" y="66%" width="{width}" height="34%"/>')
        at += many
    if each:
        out.append(f'<rect width="100%" height="100%" fill="url(#e{name})"/>')
    edge = 0
    for many in (ok, late, claimed):
        edge += many
        if many and edge < of:
            out.append(f'<line class="edge" x1="{_pct(edge, of)}" x2="{_pct(edge, of)}" y1="0" y2="100%"/>')
    out.append("</svg>")
    return "".join(out)


def clock_bar(*, lead: int = 0, confirmer: int = 0, other: int = 0) -> str:
    """Days by who held the work, as one thin bar; nothing for no days."""
    whole = lead + confirmer + other
    if whole <= 0:
        return ""
    out, at = ['<svg class="clock" aria-hidden="true">'], 0
    for kind, many in (("lead", lead), ("other", other), ("confirmer", confirmer)):
        if many:
            out.append(f'<rect class="{kind}" x="{_pct(at, whole)}" width="{_pct(many, whole)}" height="100%"/>')
            at += many
    return "".join(out) + "</svg>"


def time_scale(
    start: dt.date,
    end: dt.date,
    *,
    due: dt.date | None = None,
    due0: dt.date | None = None,
    done: dt.date | None = None,
    today: dt.date | None = None,
) -> str:
    """One obligation between two days: the current deadline (solid), the original (dotted), when done (dot), the
    lateness (red run, to the day done or the day looked at) and the day looked at."""
    span = max(1, (end - start).days)

    def x(day: dt.date) -> str:
        return _pct(min(max((day - start).days, 0), span), span)

    words = []
    out = ['<line class="axis" x1="0" x2="100%" y1="50%" y2="50%"/>']
    if today is not None:
        out.append(f'<line class="today" x1="{x(today)}" x2="{x(today)}" y1="0" y2="100%"/>')
    reached = done or today
    late = due is not None and reached is not None and reached > due
    if late and due is not None and reached is not None:
        out.append(f'<line class="run" x1="{x(due)}" x2="{x(reached)}" y1="50%" y2="50%"/>')
    if due0 is not None and due0 != due:
        out.append(f'<line class="due0" x1="{x(due0)}" x2="{x(due0)}" y1="20%" y2="80%"/>')
        words.append(_("original deadline %(day)s") % {"day": write_day(due0)})
    if due is not None:
        out.append(f'<line class="due" x1="{x(due)}" x2="{x(due)}" y1="15%" y2="85%"/>')
        words.append(_("deadline %(day)s") % {"day": write_day(due)})
    if done is not None:
        out.append(f'<circle class="dot{" late" if late else ""}" cx="{x(done)}" cy="50%" r="4"/>')
        words.append(_("done %(day)s") % {"day": write_day(done)})
    label = conditional_escape("; ".join(words) or _("no deadline"))
    return f'<svg class="scale" role="img" aria-label="{label}">' + "".join(out) + "</svg>"


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of the months between, thinned to at most seven: of quarters, half years, years from January."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    step = next((step for step in (1, 2, 3, 6) if len(months) <= 7 * step), 12 * -(-len(months) // 84))
    return [dt.date(at // 12, at % 12 + 1, 1) for at in months if at % step == 0]


def rulers(as_at: dt.date, known_at: dt.datetime | None, entries: Sequence[tuple[dt.date, dt.date]] = ()) -> str:
    """The two rulers: above, when it happened; below, when it was written; a thread for each entry given.

    A slanted thread is a delay. A dashed one was written after the day looked at, about a day before it: it is what
    was learnt since.
    """
    known_day = timezone.localtime(known_at).date() if known_at else timezone.localdate()
    days = [as_at, known_day, *(day for pair in entries for day in pair)]
    first, last = min(days), max(days)
    if (last - first).days < 90:
        first = last - dt.timedelta(days=180)
    left, right = 112.0, 584.0
    span = max(1, (last - first).days)

    def x(day: dt.date) -> float:
        return round(left + (right - left) * (day - first).days / span, 1)

    label = _(
        "Upper ruler: the day things happened, held at %(day)s."
        " Lower ruler: when they were written, held at %(moment)s."
    ) % {"day": write_day(as_at), "moment": write_moment(known_at or timezone.now())}
    out = [
        f'<svg class="rulers" viewBox="0 0 590 104" role="img" aria-label="{conditional_escape(label)}">',
        f'<text x="0" y="33" class="on">{conditional_escape(_("Happened"))}</text>',
        f'<text x="0" y="81" class="on">{conditional_escape(_("Written"))}</text>',
        '<path class="r" d="M112 29H584M112 77H584"/>',
    ]
    knob = x(as_at)
    # A narrow page leaves every other tick without its words: the year must be said among those that stay, too.
    said = [0, 0]
    for index, month in enumerate(_months(first, last)):
        at = x(month)
        out.append(f'<path class="r" d="M{at} 24v5M{at} 77v5"/>')
        if abs(at - knob) > 42:
            text = str(month.month) if said[index % 2] == month.year else f"{month.month}-{month.year}"
            said = [month.year if index % 2 == 0 else said[0], month.year]
            out.append(f'<text x="{at}" y="14" text-anchor="middle"{" class=minor" if index % 2 else ""}>{text}</text>')
    for happened, recorded in entries:
        if recorded > known_day:
            continue
        kind = "thread open" if happened <= as_at < recorded else "thread"
        out.append(f'<path class="{kind}" d="M{x(happened)} 29L{x(recorded)} 77"/>')
    known = x(known_day)
    out.append(f'<circle class="knob" cx="{knob}" cy="29" r="6"/>')
    out.append(f'<text class="on" x="{knob}" y="14" text-anchor="{_anchor(knob)}">{as_at.day}-{as_at.month}</text>')
    out.append(f'<circle class="knob2" cx="{known}" cy="77" r="6"/>')
    out.append(
        f'<text class="on" x="{known}" y="101" text-anchor="{_anchor(known)}">{known_day.day}-{known_day.month}</text>'
    )
    return "".join(out) + "</svg>"


def _anchor(at: float) -> str:
    return "end" if at > 570 else "start" if at < 126 else "middle"
