"""How states and ways of being concerned are said."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from soichieu.findings.models import Answer, Kind, Step
from soichieu.findings.queries.shown import OPEN, Shown

Label = str | Promise
OPEN_SHORTCOMING: Label = pgettext_lazy("shortcoming", "not remedied yet")
OPEN_PROPOSAL: Label = pgettext_lazy("proposal", "no answer yet")
PUBLISHED = "published"
"""Concluded at a conference of which only published facts are kept: whether a notice followed is not known."""
STATES: dict[str, Label] = {
    "open": pgettext_lazy("finding", "open"),
    **dict(Answer.Choice.choices),
    **dict(Step.State.choices),
    PUBLISHED: pgettext_lazy("conclusion", "published; the source tells of no notice of conclusions"),
}
"""States for a filter: what is open of shortcomings and proposals stands under one word."""
ENDED = frozenset({Step.State.WITHDRAWN, Step.State.LEFT_OUT})


def state_label(one: Shown) -> str:
    """The state of a finding in words; empty where a kind has none."""
    if one.kind == Kind.CONCLUSION and one.answer is not None and one.is_proposal and one.state not in ENDED:
        return str(STATES[one.answer.choice])
    if one.state == OPEN:
        return str(OPEN_PROPOSAL if one.kind == Kind.PROPOSAL else OPEN_SHORTCOMING)
    return str(STATES[one.state]) if one.state else ""
