"""From a figure to the tasks that it counts."""

from __future__ import annotations

from typing import Any

from django import template

from soichieu.board import links

register = template.Library()


@register.simple_tag(takes_context=True)
def behind(context: template.Context, directive: Any = None, **query: Any) -> str:
    """The address of the tasks behind a figure, on the dates of the page (``kept`` of its context). ``directive``:
    where the page is not of one only. For ``query`` see ``board.queries.tasks.chosen``."""
    of = directive or context["directive"]
    return links.list_url(of.pk, context["kept"], query)
