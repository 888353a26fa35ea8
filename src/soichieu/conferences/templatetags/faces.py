"""Tags of the four faces."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from soichieu.conferences.queries.glance import Line
from soichieu.web.dates import write_day

register = template.Library()


@register.filter
def clocktime(seconds: int | None) -> str:
    """A length of time: 5:36, 1:02:05."""
    if seconds is None:
        return ""
    minutes, rest = divmod(abs(int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


@register.filter
def whole_minutes(seconds: int | None) -> int:
    """Seconds as whole minutes, rounded up: what lacks a second of a minute is a minute still."""
    return -(-abs(int(seconds or 0)) // 60)


@register.filter
def hour(moment: dt.datetime | None) -> str:
    """The time of day in the instance's zone, in the form of every sheet and book: 08:41. A length of time is written
    otherwise (``clocktime``), so that 04:31 is never taken for four minutes and a half."""
    return f"{timezone.localtime(moment):%H:%M}" if moment is not None else ""


@register.simple_tag
def hour_on(moment: dt.datetime | None, day: dt.date | None) -> str:
    """The time of day, with its day where that is another one."""
    if moment is None:
        return ""
    here = timezone.localtime(moment)
    return hour(moment) if here.date() == day else f"{hour(moment)}, {write_day(here.date())}"


@register.simple_tag
def running(line: Line) -> SafeString:
    """The clock of a line: what is left of its time, or by how much it is over, in words. A script lets it run."""
    over_word = pgettext("clock of a speech", "over by")
    over = line.spent > line.planned
    shown = clocktime(line.over if over else line.left)
    return format_html(
        '<span class="run{}" role="timer" data-run data-before="{}" data-of="{}"{} data-over="{}">{}{}</span>',
        " over" if over else "",
        line.before,
        line.planned,
        format_html(' data-since="{}"', line.since_ms) if line.since_ms else "",
        over_word,
        f"{over_word} " if over else "",
        shown,
    )
