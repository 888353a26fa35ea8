"""What the pages after the conference write of a conclusion: its kind, whom it binds, what became of it."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soichieu.conferences.queries.after import Thread
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
    """What became of a conclusion, in words."""
    one = thread.followed
    answer = one.shown.answer
    if one.state == Step.State.CONCLUDED:
        if one.kind == ConclusionKind.TASK:
            words = _("expected, waiting for the notice of conclusions")
            return format_html('<span class="stamp quoted">{}</span>', words)
        return _("Waits for the notice of conclusions")
    if one.state == Step.State.LEFT_OUT:
        return format_html('<span class="stamp">{}</span>', _("left out of the notice"))
    if one.state == Step.State.WITHDRAWN:
        return _("Withdrawn")
    if one.kind == ConclusionKind.PROPOSAL and answer is not None:
        said = f"{capfirst(str(answer.get_choice_display()))}, {write_day(answer.answered_on)}"
        return f"{said}: {answer.reason}" if answer.reason else said
    if one.kind == ConclusionKind.PROPOSAL:
        return _("Not answered yet, open since %(day)s") % {"day": write_day(one.shown.on)}
    if one.kind == ConclusionKind.STANDING:
        return _("In force, followed in reports")
    if one.kind == ConclusionKind.RECORD:
        return _("In the notice, for the record")
    if thread.open_lead:
        return _("In the notice")
    if one.done:
        return format_html("<b>{}</b>", _("Done"))
    return _("Given as a task")
