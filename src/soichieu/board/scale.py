"""One task on a scale of days: deadlines, the day done, and its lateness by who held the work. SVG attributes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soichieu.board.queries.custody import Run
from soichieu.board.words import CUSTODY
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import from_day
from soichieu.web.dates import write_day

_CSS = {st.H_LEAD: "run", st.H_CONFIRMER: "run confirmer"}


class Scale:
    """A span of days that all tasks of a sheet share, with the day looked at."""

    def __init__(self, first: dt.date, last: dt.date, as_at: dt.date) -> None:
        self.first, self.last, self.as_at = first, max(last, first + dt.timedelta(days=1)), as_at
        self.span = (self.last - self.first).days

    def x(self, day: dt.date) -> str:
        part = min(max((day - self.first).days, 0), self.span) / self.span
        return f"{100 * part:.2f}".rstrip("0").rstrip(".") + "%"

    def said(self) -> str:
        """The ends of the scale, in words."""
        return _("The scale runs from %(first)s to %(last)s.") % {
            "first": write_day(self.first), "last": write_day(self.last),
        }  # fmt: skip

    def draw(
        self,
        *,
        due: dt.date | None,
        due0: dt.date | None,
        done: dt.date | None,
        late: Sequence[Run],
    ) -> SafeString:
        """The drawing with what it says in words."""
        words = []
        out = ['<line class="axis" x1="0" x2="100%" y1="50%" y2="50%"/>']
        out.append(f'<line class="today" x1="{self.x(self.as_at)}" x2="{self.x(self.as_at)}" y1="0" y2="100%"/>')
        held: dict[int, int] = {}
        for run in late:
            first, last = from_day(run.first), from_day(run.last)
            if first is None or last is None:
                continue
            css = _CSS.get(run.holder, "run other")
            out.append(f'<line class="{css}" x1="{self.x(first)}" x2="{self.x(last)}" y1="50%" y2="50%"/>')
            held[run.holder] = held.get(run.holder, 0) + run.last - run.first
        if due0 is not None and due0 != due:
            out.append(f'<line class="due0" x1="{self.x(due0)}" x2="{self.x(due0)}" y1="20%" y2="80%"/>')
            words.append(_("original deadline %(day)s") % {"day": write_day(due0)})
        if due is not None:
            out.append(f'<line class="due" x1="{self.x(due)}" x2="{self.x(due)}" y1="15%" y2="85%"/>')
            words.append(_("deadline %(day)s") % {"day": write_day(due)})
        if done is not None:
            bad = " late" if late else ""
            out.append(f'<circle class="dot{bad}" cx="{self.x(done)}" cy="50%" r="4"/>')
            words.append(_("reported %(day)s") % {"day": write_day(done)})
        words += [late_words(holder, days) for holder, days in held.items()]
        label = conditional_escape("; ".join(words) or _("no deadline"))
        return mark_safe(  # noqa: S308 - words are escaped, the rest is numbers
            f'<svg class="scale" role="img" aria-label="{label}">' + "".join(out) + "</svg>"
        )


def late_words(holder: int, days: int) -> str:
    """So many days late with whom."""
    who = str(CUSTODY[st.HOLDERS[holder]])
    return ngettext("%(n)s day late with %(who)s", "%(n)s days late with %(who)s", days) % {"n": days, "who": who}
