"""What the pages after the conference write of a conclusion: its kind, whom it binds, what became of it."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soichieu.conferences.queries.after import Thread, stands_in_words
from soichieu.findings.models import ConclusionKind, Step
from soichieu.findings.queries import Shown
from soichieu.findings.terms import deadline_of
from soichieu.web.dates import write_day

register = template.Library()


@register.simple_tag
def conclusion_kind(one: Shown) -> str:
    """Task given, standing demand, proposal upward, for the record."""
    return capfirst(str(ConclusionKind(one.version.conclusion_kind).label))


@register.simple_tag
def conclusion_whom(one: Shown, names: dict[int, str]) -> str:
    """Who leads a task, by when, with what product; to whom a proposal is put."""
    version, terms = one.version, one.version.terms
    if version.conclusion_kind == ConclusionKind.PROPOSAL:
        return names.get(version.addressee_unit_id or 0, "") or version.addressee
    if version.conclusion_kind != ConclusionKind.TASK:
        return ""
    said = [", ".join(names.get(unit, "") for unit in one.leads) or _("no lead named")]
    day = deadline_of(terms)
    if day or terms.get("deadline_text"):
        said.append(write_day(day) or str(terms["deadline_text"]))
    if terms.get("product"):
        said.append(str(terms["product"]))
    return " · ".join(said)


@register.simple_tag
def conclusion_state(thread: Thread) -> SafeString | str:
    """What became of a conclusion: in words, those that nothing came out of marked."""
    words, state = stands_in_words(thread), thread.followed.state
    if thread.untold:
        return format_html('<span class="soft">{}</span>', words)
    if state == Step.State.CONCLUDED and thread.followed.kind == ConclusionKind.TASK:
        return format_html('<span class="stamp quoted">{}</span>', words)
    if state == Step.State.LEFT_OUT:
        return format_html('<span class="stamp">{}</span>', words)
    return format_html("<b>{}</b>", words) if thread.followed.done else words
