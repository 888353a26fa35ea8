"""From a figure to the tasks that it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format

from soichieu.board import links

register = template.Library()


@register.filter
def decimal(text: str | None) -> str:
    """A share with two places as the language writes it, 98,63 in Vietnamese and 98.63 in English; "–" for none."""
    return str(number_format(Decimal(text), 2, use_l10n=True)) if text else "–"


@register.simple_tag(takes_context=True)
def behind(context: template.Context, directive: Any = None, **query: Any) -> str:
    """The address of the tasks behind a figure, on the dates of the page (``kept`` of its context). ``directive``:
    where the page is not of one only. For ``query`` see ``board.queries.tasks.chosen``."""
    of = directive or context["directive"]
    return links.list_url(of.pk, context["kept"], query)
