"""Tags of the design system: ``{% load soichieu %}``.

Every tag writes plain markup whose look is in the style sheets; none writes an inline style or script.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import FileInput, PasswordInput
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext, pgettext

from soichieu.web import bars, dates, heat, states

register = template.Library()


@register.simple_tag
def mark(name: str, extra: str = "") -> SafeString:
    """A drawn sign of ``marks.svg``, hidden from readers: the word stands beside it."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("soichieu/marks.svg"),
        name,
    )


def _state(axis: states.Axis, code: Any, note: str = "") -> SafeString:
    try:
        state = axis[str(code)]
    except KeyError:
        # A state the shell cannot draw is said, never drawn as something else.
        return format_html('<span class="tag bad">{}</span>', code)
    return format_html(
        '<span class="tag{}">{}<span>{}{}</span></span>',
        f" {state.tone}" if state.tone else "",
        mark(state.mark),
        state.label,
        f" {note}" if note else "",
    )


@register.simple_tag
def lifecycle(code: str) -> SafeString:
    """Ring and word of a lifecycle state."""
    return _state(states.LIFECYCLE, code)


@register.simple_tag
def timeliness(code: str, days: int | None = None) -> SafeString:
    """Pennant and word of a timeliness; ``days`` adds how many days late or left."""
    note = ngettext("by %(n)d day", "by %(n)d days", days) % {"n": days} if days else ""
    if days and code in {"due_soon", "not_due"}:
        note = ngettext("(%(n)d day left)", "(%(n)d days left)", days) % {"n": days}
    return _state(states.TIMELINESS, code, note)


@register.simple_tag
def verification(code: str) -> SafeString:
    """Seal and word of a verification."""
    return _state(states.VERIFICATION, code)


@register.simple_tag
def state_word(axis: str, code: str) -> str:
    """The word alone of a state of ``lifecycle``, ``timeliness`` or ``verification``."""
    return str(states.AXES[axis][code].label)


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and value:
        return dt.date.fromisoformat(value[:10])
    return None


@register.simple_tag
def daymark(value: Any, precision: str = "", none: str = "") -> SafeString:
    """A day as the office writes it: 14-11-2022. Takes a date, a datetime or ISO text.

    ``precision``: ``not_later_than`` says that the source gives no day and this is the latest it can be; ``month`` and
    ``year`` print 11-2022 and 2022. ``none``: what stands for no day at all.
    """
    day = _day(value)
    if day is None:
        return format_html('<span class="soft">{}</span>', none) if none else SafeString("")
    shown = {"month": f"{day.month}-{day.year}", "year": str(day.year)}.get(precision, dates.write_day(day))
    written = format_html('<time datetime="{}">{}</time>', day.isoformat(), shown)
    if precision == "not_later_than":
        return format_html("{} {}", pgettext("before a day", "not later than"), written)
    return written


@register.filter
def day(value: Any) -> str:
    """A day as plain text: 14-11-2022."""
    return dates.write_day(_day(value))


@register.simple_tag
def moment(value: dt.datetime | None) -> SafeString:
    """A moment in the instance's zone: 17:00, 10-7-2025."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.write_moment(value))


@register.filter
def figure(value: Any) -> str:
    """A whole number with the separators of the language: 10.035 in Vietnamese, 10,035 in English."""
    return "" if value is None else str(number_format(value, use_l10n=True, force_grouping=True))


# Dates and numbers of documents: a line does not end inside them.
_WHOLE = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d+(?:/\d{4})?[-/][A-ZĐƯ][\w/Đ-]*")


@register.filter
def unbroken(text: Any) -> SafeString:
    """A text whose dates and document numbers do not break across lines."""
    return mark_safe(  # noqa: S308 - escaped before
        _WHOLE.sub(lambda found: f'<span class="nb">{found[0]}</span>', str(conditional_escape(text)))
    )


@register.inclusion_tag("web/parts/count.html")
def count(
    n: int | None,
    of: int | None,
    *,
    rule: str = "",
    over: str = "",
    size: str = "",
    quoted: bool = False,
    source: str = "",
    parts: Mapping[str, int] | None = None,
    n_url: str = "",
    of_url: str = "",
) -> dict[str, Any]:
    """n on N with its rule under it, never a percentage.

    ``n`` None is *missing* and is written in words. ``over``: what N is of ("Bộ Công an"). ``size``: "" for a headline,
    ``mid``, or ``line`` for running text. ``quoted``: a count that a source gives without names; ``source`` says which.
    ``parts``: for the bar, see ``bar``. ``n_url``, ``of_url``: where what each number counts is listed.
    """
    return {
        "n": n, "of": of, "rule": rule, "over": over, "size": size, "quoted": quoted, "source": source, "parts": parts,
        "n_url": n_url if n else "", "of_url": of_url if of else "",
    }  # fmt: skip


@register.simple_tag
def bar(
    of: int | None,
    *,
    ok: int = 0,
    late: int = 0,
    claimed: int = 0,
    thin: bool = False,
    parts: Mapping[str, int] | None = None,
    label: str = "",
) -> SafeString:
    """The bar of n on N: ``ok`` solid, ``late`` solid with a red foot, ``claimed`` (or submitted) hatched, rest empty.

    ``parts`` may give the three as a mapping. Up to 100 each one is one stroke. Without N nothing is drawn: missing is
    said in words.
    """
    given = {"ok": ok, "late": late, "claimed": claimed, **(parts or {})}
    return mark_safe(bars.coverage_bar(of, thin=thin, label=label, **given))  # noqa: S308


@register.inclusion_tag("web/parts/split.html")
def split(of: int, *, ok: int = 0, late: int = 0, claimed: int = 0) -> dict[str, Any]:
    """The same four answers as a list with their counts."""
    return {"ok": ok, "late": late, "claimed": claimed, "none": of - ok - late - claimed}


@register.simple_tag
def clock(*, lead: int = 0, confirmer: int = 0, other: int = 0) -> SafeString:
    """Days by who held the work: the doer, the confirmer, others. The words stand beside it."""
    return mark_safe(bars.clock_bar(lead=lead, confirmer=confirmer, other=other))  # noqa: S308


@register.simple_tag
def timescale(
    start: dt.date, end: dt.date, *, due: Any = None, due0: Any = None, done: Any = None, today: Any = None
) -> SafeString:
    """One obligation on a scale of days: current deadline, original one dotted, day done, day looked at."""
    return mark_safe(  # noqa: S308
        bars.time_scale(start, end, due=_day(due), due0=_day(due0), done=_day(done), today=_day(today))
    )


@register.inclusion_tag("web/parts/two_dates.html", takes_context=True)
def two_dates(
    context: template.Context,
    two: dates.TwoDates,
    entries: Sequence[tuple[dt.date, dt.date]] = (),
    note: str = "",
) -> dict[str, Any]:
    """The control with the two dates and two rulers. ``entries``: (happened on, recorded on) of some entries, drawn as
    threads; the ones recorded after the date looked at are dashed."""
    request = context["request"]
    kept = [(key, value) for key, value in request.GET.items() if key not in {"as_at", "known_at", "page"}]
    return {"two": two, "rulers": bars.rulers(two.as_at, two.known_at, entries), "note": note, "kept": kept}


@register.inclusion_tag("web/parts/crumb.html", takes_context=True)
def crumb(context: template.Context, *pairs: str) -> dict[str, Any]:
    """The way to this page: label, address, label, address, …; the last label stands without an address. Of a page on
    two dates the way back keeps them."""
    steps = [
        (pairs[at], dated(context, pairs[at + 1]) if at + 1 < len(pairs) else "") for at in range(0, len(pairs), 2)
    ]
    return {"steps": steps}


@register.simple_tag(takes_context=True)
def dated(context: template.Context, url: str | None) -> str:
    """An address with the two dates of this page, where both this page and the one that it leads to take them."""
    return dates.with_dates(url, _asked_dates(context))


def _asked_dates(context: template.Context) -> Mapping[str, str]:
    """The two dates of the page; a cell of a list is drawn without the page and is given them."""
    request = context.get("request")
    return dates.asked_dates(request) if request is not None else context.get("asked_dates") or {}


@register.inclusion_tag("web/parts/empty.html")
def empty(why: str, hint: str = "", url: str = "", action: str = "") -> dict[str, str]:
    """Nothing to show: why, and the next step."""
    return {"why": why, "hint": hint, "url": url, "action": action}


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any, wide: bool = False) -> dict[str, Any]:
    """A form field: label, control, hint, and the error right under it."""
    return {"field": bound, "wide": wide}


@register.inclusion_tag("web/parts/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with the form as a whole; of passwords and files, which no browser gives back, that they are typed
    or chosen again. A page that comes back with it opens there, without a script too."""
    fields = getattr(form, "fields", {}).values()
    secret = any(isinstance(one.widget, PasswordInput) and not one.widget.render_value for one in fields)
    return {"form": form, "secret": secret, "lost": _lost(form)}


def _lost(form: Any) -> str:
    """The names of the files that came with a form and that it does not keep for the next time (a field ``kept``)."""
    uploads = getattr(form, "files", None)
    if not uploads or form.data.get(form.add_prefix("kept")):
        return ""
    mine = [form.add_prefix(name) for name, one in form.fields.items() if isinstance(one.widget, FileInput)]
    return ", ".join(upload.name for name in mine for upload in uploads.getlist(name))


@register.inclusion_tag("web/parts/list.html", takes_context=True)
def show_list(context: template.Context, page: Any) -> dict[str, Any]:
    """A list with its filters, its table, its pages and its exports (see ``web.lists``)."""
    return {"list": page, "request": context.get("request")}


@register.simple_tag(takes_context=True)
def cell(context: template.Context, column: Any, row: Any) -> Any:
    """One cell of a list, as its column draws it."""
    return column.drawn(row, _asked_dates(context))


@register.simple_tag
def heat_map(grid: heat.Grid) -> SafeString:
    """Units × requirements as a table of signs (see ``web.heat``)."""
    return heat.render(grid)


@register.inclusion_tag("web/parts/legend.html")
def heat_legend(counts: Mapping[str, int] | None = None) -> dict[str, Any]:
    """What each sign of the heat map means, with how many there are."""
    return {
        "signs": [
            (sign, (counts or {}).get(sign.code))
            for sign in heat.SIGNS.values()
            if counts is None or sign.code in counts
        ]
    }


@register.simple_tag(takes_context=True)
def keep(context: template.Context, **changes: Any) -> str:
    """This page's address with some of its query changed; an empty value drops its key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return "?" + query.urlencode()


@register.simple_tag
def said_dates(two: dates.TwoDates | None) -> str:
    """Both dates in words, or nothing."""
    return two.said() if two else ""
