"""Words of this room for its templates: ``{% load conferences %}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from soichieu.conferences.forms.sites import QUALITY
from soichieu.conferences.kinds import AgendaKind, Answer, Delivery, ItemState

register = template.Library()
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "agenda": dict(AgendaKind.choices), "item": dict(ItemState.choices), "answer": dict(Answer.choices),
    "delivery": dict(Delivery.choices), "line": dict(QUALITY),
}  # fmt: skip


@register.filter
def word(code: str, of: str) -> str:
    """The word of a code of ``agenda``, ``item``, ``answer``, ``delivery`` or ``line``; an unknown code as it is."""
    return str(_WORDS[of].get(code, code))
