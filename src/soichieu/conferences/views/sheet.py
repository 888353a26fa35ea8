"""The sheet of a conference, what is known of it changed, its data and its calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.conferences.calendars import calendar_of
from soichieu.conferences.commands.planning import change as change_facts
from soichieu.conferences.forms.conference import ConferenceForm, initial_of
from soichieu.conferences.kinds import ConferenceKind, Mode, Phase
from soichieu.conferences.queries.as_json import conference_json
from soichieu.conferences.queries.finding import latest_before
from soichieu.conferences.queries.glance import course_of
from soichieu.conferences.queries.summary import next_for, own_sites, summary_of
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tried
from soichieu.conferences.views.register import directive_choices, earlier_choices
from soichieu.documents import queries as documents
from soichieu.ledger import clock


@require_safe
@asked
def conference(request: HttpRequest, key: str) -> HttpResponseBase:
    """One conference on a sheet: what, when, who; how far its preparation is; what follows next for whoever looks."""
    page = Page(request, key)
    if page.wants_json:
        return json_answer(conference_json(page.asker, page.conference, page.state))
    state = page.state
    course = course_of(state)
    before = latest_before(page.asker, page.conference, state)
    own = own_sites(page.asker, page.conference, state)
    context = page.context(
        "conference",
        kind=ConferenceKind(state.kind).label if state.kind else "", mode=Mode(state.mode).label,
        phase=Phase(state.phase).label,
        directives=documents.visible_documents(page.asker).filter(pk__in=state.directives),
        summary=summary_of(state), steps=next_for(page.asker, page.conference, state), own=own,
        lines=course.lines, minutes=sum(item.minutes for item in state.agenda), before=before,
        before_url=reverse("conferences:conference", args=[before[0].key]) if before else "",
        faces=_faces(page, own), cut=state.standing_cut, today=clock.today(),
        took_part=[one.post for site in state.ordered_sites for one in site.expected.values()]
        if state.published_only else [],
        cut_url=page.url("cut", state.standing_cut.key) if state.standing_cut else "",
    )  # fmt: skip
    return render(request, "conferences/conference.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def change(request: HttpRequest, key: str) -> HttpResponseBase:
    """What is known of a conference, changed; what stood before stays in its book."""
    page = Page(request, key)
    page.require_prepare()
    form = ConferenceForm(
        request.POST if request.method == "POST" else None, initial=initial_of(page.state),
        directives=directive_choices(page.asker, page.state.directives),
        earlier=earlier_choices(page.asker, but=page.conference.key),
    )  # fmt: skip
    if request.method == "POST" and tried(
        form, lambda: change_facts(asker=page.asker, conference=page.conference, facts=form.facts())
    ):
        messages.success(request, _("Changed. What stood before stays in the conference's book."))
        return redirect("conferences:conference", page.conference.key)
    context = page.context("conference", form=form)
    return render(request, "conferences/conference_form.html", context, status=status_of(form))


@require_safe
@asked
def as_json(request: HttpRequest, key: str) -> HttpResponseBase:
    """The whole conference as JSON, as far as the asker sees it."""
    page = Page(request, key)
    return json_answer(conference_json(page.asker, page.conference, page.state))


@require_safe
@asked
def as_ics(request: HttpRequest, key: str) -> HttpResponseBase:
    """The conference as iCalendar."""
    page = Page(request, key)
    told = calendar_of(
        page.conference, page.state, url=request.build_absolute_uri(page.url("conference")), inside=page.may_prepare,
        own=own_sites(page.asker, page.conference, page.state),
    )  # fmt: skip
    answer = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    day = page.state.held_on.isoformat() if page.state.held_on else "hoi-nghi"
    answer["Content-Disposition"] = f'attachment; filename="hoi-nghi-{day}.ics"'
    return answer


def _faces(page: Page, own: list[Any]) -> list[tuple[str, str]]:
    """(words, address) of the faces that the asker may open."""
    wanted: list[tuple[str, str, tuple[str, ...]]] = []
    if page.may_prepare or page.may_run:
        wanted += [
            (_("Chair's desk"), "chair", ()), (_("Secretary's page"), "secretary", ()), (_("Hall screen"), "hall", ()),
        ]  # fmt: skip
    wanted += [(_("Site page: %(site)s") % {"site": site.name}, "site", (site.key,)) for site in own]
    found = []
    for words, name, args in wanted:
        try:
            found.append((words, page.url(name, *args)))
        except NoReverseMatch:
            continue
    return found
