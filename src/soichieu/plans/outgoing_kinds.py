"""What a document in a register of outgoing documents is, and from when to when it is in force: from its kind, its
number and its title."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _

from soichieu.documents import keys
from soichieu.language.dates import find_periods, parse_period
from soichieu.language.periods import Period
from soichieu.language.text import fold
from soichieu.plans.models import PlanFacts

# A kind of document, by its abbreviation in the number or by its name → what it is here.
_KINDS = {
    "ctr": PlanFacts.Kind.PROGRAMME, "cthđ": PlanFacts.Kind.PROGRAMME, "cthd": PlanFacts.Kind.PROGRAMME,
    "chuong trinh": PlanFacts.Kind.PROGRAMME, "chuong trinh hanh dong": PlanFacts.Kind.PROGRAMME,
    "chuong trinh cong tac": PlanFacts.Kind.PROGRAMME, "kh": PlanFacts.Kind.PLAN, "ke hoach": PlanFacts.Kind.PLAN,
    "đa": PlanFacts.Kind.KEY_TASK, "de an": PlanFacts.Kind.KEY_TASK, "du an": PlanFacts.Kind.KEY_TASK,
    "nhiem vu trong tam": PlanFacts.Kind.KEY_TASK, "programme": PlanFacts.Kind.PROGRAMME, "plan": PlanFacts.Kind.PLAN,
    "key task": PlanFacts.Kind.KEY_TASK,
}  # fmt: skip
_ISSUED_BY_DECISION = re.compile(
    r"\b(?:ban hanh|phe duyet)(?: kem theo)?(?: quyet dinh nay)? (chuong trinh|ke hoach|de an|du an)\b"
)
_AMENDS = re.compile(r"\b(?:sua doi|bo sung|dieu chinh|dinh chinh|thay the|bai bo|huy bo)\b")
_LAW = re.compile(r"\b(?:luat|bo luat|hien phap|phap lenh)\b[^,;]*$")
_ONWARD = re.compile(r"\s*(?:va|,) (?:cac|nhung) nam (?:tiep theo|sau|toi)")


def plain(text: str) -> str:
    """A head or a kind for comparing: without tones, case and marks, blanks as one."""
    return " ".join(re.sub(r"[.,:;*/()–-]", " ", fold(text)).split())


def day_of(value: object) -> dt.date | None:
    """The day that a cell holds, as a date or written out."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or len(value) > 60:
        return None
    period = parse_period(value)
    whole = period is not None and period.kind == "date" and period.precision == "day"
    return period.end if period is not None and whole else None


def number_in(text: str) -> bool:
    """Whether a text begins as a document number of a known kind."""
    return bool(re.match(r"\d+(?:/\d{4})?[/-]\w", text)) and bool(keys.kind_of(text))


def kind_of(said: str, number: str, title: str) -> tuple[str, str]:
    """What a document is here, from its kind, its number or its title; or empty and why it is left out."""
    named, opening = plain(said), plain(title)
    abbreviation = keys.kind_of(number)
    for one in (named, abbreviation.lower()):
        if one in _KINDS:
            return ("", _("changes another document")) if _changes_another(opening) else (_KINDS[one], "")
    decided = _ISSUED_BY_DECISION.search(opening)
    if decided and (named or abbreviation.lower()) in ("qd", "qđ", "quyet dinh", "nq", "nghi quyet"):
        if _AMENDS.search(opening[: decided.start()]) or _AMENDS.search(opening[decided.end() :][:20]):
            return "", _("changes another document")
        return _KINDS[decided[1]], ""
    if not named and not abbreviation:
        for one in ("chuong trinh", "ke hoach", "de an"):
            if opening.startswith(one):
                return _KINDS[one], ""
    what = said or keys.kind_name(abbreviation)
    if what:
        return "", _("%(kind)s: no programme, plan or key task") % {"kind": what}
    return "", _("no kind in its number: a letter (công văn)")


def _changes_another(opening: str) -> bool:
    """“Kế hoạch sửa đổi, bổ sung Kế hoạch số …”: what is changed is corrected on the page of that plan."""
    return bool(re.match(r"(?:(?:ke hoach|chuong trinh|de an) )?(?:sua doi|dinh chinh|bai bo|huy bo)\b", opening))


def in_force(
    title: str, signed: dt.date, first: dt.date | None, last: dt.date | None
) -> tuple[dt.date, dt.date | None, list[str]]:
    """From when to when; what no cell says is read from the title, else from the date of issue, and said."""
    notes = []
    period = _span(title)
    if last is None and period is not None and period.end is not None:
        last = period.end
        notes.append(_("last day read from the title: “%(words)s”") % {"words": period.text})
    if first is None:
        starts = period.start if period is not None else None
        first = starts if starts is not None and starts > signed else signed
        if last is None or first <= last:
            notes.append(_("first day read from the title") if first != signed else _("first day: its date of issue"))
    if last is None:
        notes.append(_("no last day: in force until it is stopped"))
    return first, last, notes


def _span(title: str) -> Period | None:
    """The stretch of time that a title names for the plan itself: not a date of issue, not the year of a law."""
    for period in find_periods(title):
        before, after = fold(title[: period.span[0]]), fold(title[period.span[1] :])
        if period.kind in ("range", "year", "quarter", "month", "until") and not _LAW.search(before):
            return None if _ONWARD.match(after) else period
    return None
