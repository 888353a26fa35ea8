"""The terms of a task: the six clears of conclusion 226-KL/TW of 11-12-2025, written and checked.

``{"leads": [unit ids], "given": "one" | "each", "cooperators": [unit ids], "task": str, "deadline": iso day | None,
"deadline_text": str, "responsibility": str, "authority": str, "product": str, "ladder": str, "report": str}``.
``responsibility``: the post of the unit's head who answers for it; ``authority``: the body that decides or issues the
product; ``report``: which report will carry it, where that was said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from soichieu.alignment import clears
from soichieu.language.text import typed
from soichieu.ledger.errors import Refusal
from soichieu.ledger.kinds import Given, Ladder

LABELS: dict[str, str | Promise] = {
    "who": pgettext_lazy("clear", "who"),
    "what": pgettext_lazy("clear", "what"),
    "when": pgettext_lazy("clear", "when"),
    "responsibility": pgettext_lazy("clear", "responsibility"),
    "authority": pgettext_lazy("clear", "authority"),
    "product": pgettext_lazy("clear", "product"),
}
assert tuple(LABELS) == clears.CLEARS

_TEXTS = ("task", "deadline_text", "responsibility", "authority", "product", "report")
LONGEST = 2000
"""Characters of one of the six."""
_UNITS = ("leads", "cooperators")
EMPTY: dict[str, Any] = {
    **{name: [] for name in _UNITS},
    "given": Given.ONE.value,
    "deadline": None,
    **dict.fromkeys(_TEXTS, ""),
    "ladder": Ladder.CARRIED_OUT.value,
}


def cleaned(terms: Mapping[str, Any] | None) -> dict[str, Any]:
    """Terms as they are kept: every name there, texts in NFC without blanks around, days as ISO. Raises ``Refusal``
    naming the field; an unknown name is a mistake of the programmer."""
    given = dict(terms or {})
    if unknown := set(given) - set(EMPTY):
        raise ValueError(f"terms of a task do not have {', '.join(sorted(unknown))}")
    made = {**EMPTY, **given}
    for name in _TEXTS:
        made[name] = " ".join(typed(str(made[name] or "")).split())
        if len(made[name]) > LONGEST:
            raise Refusal(_("At most %(longest)d characters.") % {"longest": LONGEST}, field=name)
    for name in _UNITS:
        made[name] = list(dict.fromkeys(int(one) for one in made[name] or ()))
    made["deadline"] = _day(made["deadline"])
    if made["given"] not in Given.values:
        raise Refusal(_("Say whether the task is given to one or to each."), field="given")
    if made["ladder"] not in Ladder.values:
        raise Refusal(_("Choose the step on which the task stands."), field="ladder")
    if both := set(made["leads"]) & set(made["cooperators"]):
        made["cooperators"] = [one for one in made["cooperators"] if one not in both]
    return made


def _day(value: Any) -> str | None:
    if value in (None, ""):
        return None
    if isinstance(value, dt.date):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Refusal(_("“%(day)s” is no day; write 30-6-2025.") % {"day": value}, field="deadline") from None


def deadline_of(terms: Mapping[str, Any]) -> dt.date | None:
    """The day of the terms, where one is named."""
    return dt.date.fromisoformat(terms["deadline"]) if terms.get("deadline") else None


def missing(terms: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of the six are not clear, in the conclusion's order. *Who*: a unit of the tree; *responsibility*: a named
    post, and one lead alone where the task is given to one; the other four as in plans (``alignment.clears``)."""
    made = {**EMPTY, **terms}
    leads, task = made["leads"], str(made["task"])
    by_words = clears.missing_clears(
        clears.Task(
            task,
            output=str(made["product"]),
            deadline=str(made["deadline_text"]),
            deciding=str(made["authority"]),
        )
    )
    clear = {name: name not in by_words for name in clears.CLEARS}
    clear["who"] = bool(leads)
    clear["when"] = clear["when"] or bool(made["deadline"])
    one_answers = len(leads) == 1 or made["given"] == Given.EACH
    clear["responsibility"] = bool(made["responsibility"]) and one_answers
    return tuple(name for name in clears.CLEARS if not clear[name])


def said(codes: Iterable[str]) -> str:
    """Clears in words: "who, when"."""
    return ", ".join(str(LABELS[code]) for code in codes)
