"""The lists of this room: the directives one gives tasks from, and the requirements of one."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.directives.queries import Row
from soichieu.documents.listing import FactsSearch
from soichieu.ledger.kinds import Closing, Ladder
from soichieu.ledger.models import Requirement
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search

STATUSES = Requirement.Status.choices


def _tick(row: Row) -> SafeString:
    one = row.requirement
    return format_html(
        '<label class="tick"><input type="checkbox" name="r" value="{}:{}" form="bulk">'
        '<span class="vh">{}</span></label>',
        one.pk,
        one.version,
        _t("Choose %(code)s") % {"code": one.code},
    )


def _what(row: Row) -> SafeString:
    return SafeString(render_to_string("directives/_what.html", {"row": row, "one": row.requirement}))


def _who(row: Row) -> SafeString:
    return SafeString(render_to_string("directives/_who.html", {"row": row, "one": row.requirement}))


def _state(row: Row) -> SafeString:
    return SafeString(render_to_string("directives/_state.html", {"row": row, "one": row.requirement}))


def _due(row: Row) -> SafeString:
    return SafeString(render_to_string("directives/_due.html", {"one": row.requirement}))


def _state_words(row: Row) -> str:
    return str(row.requirement.get_status_display())


def _given_by_section(row: Row) -> str:
    if row.held:
        return _t("Not one lead: held by the issuer until a person chooses")
    return row.requirement.section or _t("Without a part of its own")


REQUIREMENTS = List(
    key="requirements",
    title=_("Requirements"),
    rule=_(
        "Every requirement proposed from the text or written by a person. Only confirmed ones are given out; what is"
        " confirmed never changes again."
    ),
    columns=[
        Column("tick", _("Choose"), draw=_tick, value=lambda row: row.requirement.pk, sort=None, export=False),
        Column("code", _("Code"), value=lambda row: row.requirement.code, sort=lambda row: row.requirement.ordinal),
        Column(
            "title",
            _("What is required"),
            value=lambda row: row.requirement.title,
            draw=_what,
            sort=None,
            width=70,
        ),
        Column("section", _("Part"), value=lambda row: row.requirement.section, page=False),
        Column("product", _("Product"), value=lambda row: "; ".join(row.requirement.products), page=False),
        Column("leads", _("Leads as printed"), value=lambda row: row.requirement.leads_text, page=False),
        Column("who", _("Addressed to"), value=lambda row: row.words, draw=_who, width=40),
        Column("due", _("Deadline"), value=lambda row: row.requirement.deadline, draw=_due),
        Column("due_text", _("Deadline as printed"), value=lambda row: row.requirement.deadline_text, page=False),
        Column(
            "ladder",
            pgettext_lazy("of a requirement", "Ladder"),
            value=lambda row: row.requirement.ladder,
            text=lambda code: Ladder(code).label,
        ),
        Column(
            "closing",
            _("How it is done"),
            value=lambda row: row.requirement.closing,
            text=lambda code: Closing(code).label,
            page=False,
        ),
        Column("state", pgettext_lazy("of a requirement", "State"), value=_state_words, draw=_state),
        Column("given_out", _("Given to"), value=lambda row: row.given_out, number=True),
    ],
    filters=[
        Search(
            value=lambda row: f"{row.requirement.code} {row.requirement.title} {row.requirement.leads_text} {row.words}"
        ),
        Choice("state", pgettext_lazy("of a requirement", "State"), STATUSES, value=lambda row: row.requirement.status),
        Choice(
            "ladder",
            pgettext_lazy("of a requirement", "Ladder"),
            Ladder.choices,
            value=lambda row: row.requirement.ladder,
        ),
        Days("due", _("Deadline"), value=lambda row: row.requirement.deadline),
        Flag("todo", _("Something is still to be decided"), value=lambda row: row.todo and not row.given_out),
        Flag(
            "waiting",
            _("Confirmed and not given out yet"),
            value=lambda row: row.requirement.status == "confirmed" and not row.given_out,
        ),
    ],
    per_page=200,
    empty=_("Nothing was proposed from this text yet."),
    empty_hint=_("Let the reader propose requirements, or write one yourself."),
    group=_given_by_section,
)

DIRECTIVES = List(
    key="directives",
    title=_("Directives"),
    rule=_("Documents that your unit issued, or registered from outside, and gives tasks from."),
    columns=[
        Column(
            "number",
            _("Number and symbol"),
            url=lambda row: reverse("directives:requirements", args=[row.pk]),
            sort=("number_key",),
        ),
        Column("signed_on", _("Date of issue"), sort=("signed_on",)),
        Column("title", _("Title"), sort=("title",), width=60),
        Column("proposed", _("Proposed"), number=True, sort=("proposed",)),
        Column("confirmed", _("Confirmed"), number=True, sort=("confirmed",)),
    ],
    filters=[
        FactsSearch(label=_("Number, title, issuer; without tones")),
        Days("signed_on", _("Date of issue")),
    ],
    empty=_("Your unit has no document to give tasks from yet."),
    empty_hint=_("Register one first."),
)
