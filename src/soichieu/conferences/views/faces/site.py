"""The page of a site, and the same as a page of a few kilobytes for a poor line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from soichieu.conferences import rights
from soichieu.conferences.commands import floor, noting
from soichieu.conferences.forms.faces import CorrectionForm, FloorForm, RollForm
from soichieu.conferences.kinds import RequestState, RollBy
from soichieu.conferences.models import Conference
from soichieu.conferences.queries import figures, glance, said
from soichieu.conferences.queries.face_json import told
from soichieu.conferences.queries.finding import conference_seen
from soichieu.conferences.state import Site, State, state_of
from soichieu.conferences.templatetags.faces import hour
from soichieu.conferences.views.faces import common
from soichieu.documents.guarding import asker_of, guarded
from soichieu.ledger import clock
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker

FACE = "site"
SHOWN_TASKS = 40
AGAIN_S = 20
"""Seconds after which the page for a poor line is asked for again, unless something is being typed."""


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def site(request: HttpRequest, key: str, site: str) -> HttpResponseBase:
    """The site's page: who speaks, when it is our turn, roll-call, own figures, what was just concluded."""
    asker, conference, state, place = _seen(request, key, site)
    forms = _forms(place)
    outcome: common.Said = []
    status = 200
    if request.method == "POST":
        outcome, done = _do(request, asker, conference, place, forms)
        if done and not common.is_script(request):
            return common.back(request, request.path, outcome)
        state = state_of(conference)
        place = state.sites[place.key]
        status = 200 if done else 422
    if common.is_script(request) and (request.method == "POST" or request.GET.get("part")):
        own = _own(request, asker, conference, state, place, forms) if request.GET.get("part") != "all" else ""
        return common.changed(request, FACE, conference, outcome, extra=own, us=place.key, our_unit=place.unit)
    if request.GET.get("format") == "json":
        return JsonResponse(_json(asker, conference, state, place))
    context = {
        **common.frame(request, FACE, conference, state, asker),
        "parts": common.parts_for(request, FACE, state, us=place.key, our_unit=place.unit),
        "own": _own(request, asker, conference, state, place, forms),
        "said": outcome,
        "site": place,
        "place": glance.place_of(state, place),
        "many": len(state.sites),
        "turn": turn_of(state, place),
    }
    return render(request, "conferences/faces/site.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def lite(request: HttpRequest, key: str, site: str) -> HttpResponseBase:
    """The same for a poor line: no script, no style sheet, asked again every 20 seconds unless something is typed."""
    asker, conference, state, place = _seen(request, key, site)
    forms = _forms(place)
    outcome: common.Said = []
    status, do = 200, request.GET.get("do", "")
    if request.method == "POST":
        outcome, done = _do(request, asker, conference, place, forms)
        if done:
            return common.back(request, request.path, outcome)
        state = state_of(conference)
        place = state.sites[place.key]
        status, do = 422, {"roll": "roll", "correct": "correct"}.get(request.POST.get("act", ""), "")
    else:
        # What was done is said once, here, where no frame of the site says it.
        outcome = [(message.level_tag, str(message)) for message in messages.get_messages(request)]
    context = {
        **_facts(asker, conference, state, place, forms),
        "here": request.path,
        "at": clock.now(),
        "do": do if do in ("roll", "correct", "agenda", "still") else "",
        "said": outcome,
        "course": glance.course_of(state, clock.now()),
        "turn": turn_of(state, place),
        "cards": said.concluded_cards(state)[:4],
    }
    answer = render(request, "conferences/faces/lite.html", context, status=status)
    if not context["do"]:
        answer["Refresh"] = f"{AGAIN_S}; url={request.path}"
    return answer


def _seen(request: HttpRequest, key: str, site: str) -> tuple[Asker, Conference, State, Site]:
    """The site, for whoever speaks for it, sees its unit, or prepares the whole; it is not there for others."""
    asker = asker_of(request)
    conference, state = conference_seen(asker, key)
    place = state.sites.get(site)
    if place is None:
        raise Http404
    if not rights.may_for_site(asker, conference, place) and not rights.runs_or_prepares(asker, conference):
        units = permissions.visible_units(asker, on=clock.today())
        if units is not None and (place.unit is None or place.unit not in {int(one) for one in units}):
            raise Http404
    return asker, conference, state, place


def turn_of(state: State, place: Site) -> str:
    """When it is the site's turn, in words; empty when it has none."""
    course = glance.course_of(state, clock.now())
    if course.current is not None and course.current.item.site == place.key:
        return _("We have the floor.")
    waiting = course.waiting
    ours = [(at, line) for at, line in enumerate(waiting) if line.item.site == place.key]
    at = next((at for at, line in ours if not line.written), None)
    if at is None:
        return _("Our statement is sent in writing; nobody calls us for it.") if ours else ""
    if at == 0:
        return _("We are next.")
    return ngettext("Our turn: after %(n)d more, at about %(t)s", "Our turn: after %(n)d more, at about %(t)s", at) % {
        "n": at,
        "t": hour(waiting[at].expected_at),
    }


def _forms(place: Site) -> dict[str, Any]:
    """The forms of a page that nobody has sent yet."""
    return {
        "floor": FloorForm(auto_id="floor_%s"),
        "roll": RollForm(auto_id="roll_%s", initial={"of": place.expected_heads}),
        "correct": CorrectionForm(auto_id="correct_%s"),
    }


def _facts(asker: Asker, conference: Conference, state: State, place: Site, forms: dict[str, Any]) -> dict[str, Any]:
    """What is the site's own: requests, roll-call, statement, figures, corrections."""
    requests = [one for one in state.requests.values() if one.site == place.key]
    cut = state.standing_cut
    figure = figures.figure_of(state, cut, place.unit) if cut is not None and place.unit is not None else None
    tasks = figures.open_tasks(state, cut, place.unit) if cut is not None and place.unit is not None else []
    return {
        **forms,
        "state": state,
        "site": place,
        "may": bool(rights.may_for_site(asker, conference, place)),
        "asked": next((one for one in requests if one.state == RequestState.WAITING), None),
        "answered_requests": [one for one in requests if one.state != RequestState.WAITING][-3:],
        "statements": [one for one in state.statements.values() if one.site == place.key],
        "figure": figure,
        "figure_rule": figures.RULE,
        "tasks": tasks[:SHOWN_TASKS],
        "tasks_late": any(one.late for one in tasks),
        "corrections": [one for one in state.corrections.values() if one.site == place.key],
    }


def _own(
    request: HttpRequest, asker: Asker, conference: Conference, state: State, place: Site, forms: dict[str, Any]
) -> str:
    context = {**_facts(asker, conference, state, place, forms), "here": request.path}
    return render_to_string("conferences/faces/own.html", context, request=request)


def _do(
    request: HttpRequest, asker: Asker, conference: Conference, place: Site, forms: dict[str, Any]
) -> tuple[common.Said, bool]:
    """Do what was pressed; (what to say, whether it was done). A form that was sent takes its place in ``forms``."""
    rights_asked = rights.may_for_site(asker, conference, place)
    if not rights_asked:
        raise PermissionDenied(rights_asked.reason)
    act, data = request.POST.get("act", ""), request.POST
    who: dict[str, Any] = {"asker": asker, "conference": conference}
    if act == "withdraw":

        def withdraw() -> str:
            floor.withdraw_request(**who, request=data.get("request", ""))
            return _("The request is withdrawn.")

        outcome, refusal = common.tried(withdraw)
        return outcome, refusal is None
    name = {"ask": "floor", "roll": "roll", "correct": "correct"}.get(act)
    if name is None:
        return [("error", _("Say what is to be done: press one of the buttons."))], False
    form = type(forms[name])(data, auto_id=forms[name].auto_id)
    forms[name] = form
    if not form.is_valid():
        return [("error", _("Nothing was sent; what has to be mended stands under its field."))], False
    given = form.cleaned_data

    def ask() -> str:
        floor.ask_floor(**who, site=place.key, about=given["about"])
        return _("The chair sees that you ask for the floor.")

    def roll() -> str:
        # Whoever prepares the conference and is nobody of this site writes what the site told by telephone.
        by = RollBy.SITE if rights.is_of_site(asker, place) else RollBy.TELEPHONE
        floor.call_roll(**who, site=place.key, present=given["present"], of=given["of"], by=by, remark=given["remark"])
        return _("The roll-call of this site is written.")

    def correct() -> str:
        noting.ask_correction(**who, site=place.key, text=given["text"], cut=_cut_of(conference))
        return _("The secretary has it, and answers here.")

    changes: dict[str, Callable[[], str]] = {"ask": ask, "roll": roll, "correct": correct}
    outcome, refusal = common.tried(changes[act])
    if refusal is not None:
        form.refuse(refusal.field, str(refusal))
        return outcome, False
    forms[name] = _forms(state_of(conference).sites[place.key])[name]
    return outcome, True


def _cut_of(conference: Conference) -> str:
    cut = state_of(conference).standing_cut
    return cut.key if cut is not None else ""


def _json(asker: Asker, conference: Conference, state: State, place: Site) -> dict[str, Any]:
    facts = _facts(asker, conference, state, place, {})
    figure: figures.Figure | None = facts["figure"]

    def day(value: dt.date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        **told(asker, conference, state),
        "site": {
            "key": place.key, "name": place.name, "unit": place.unit, "present": place.present,
            "expected": place.expected_heads, "turn": turn_of(state, place),
            "page": reverse("conferences:site", args=[conference.key, place.key]),
        },
        "own_figure": None if figure is None else {
            "cut": figure.cut.label, "as_at": day(figure.cut.as_at), "known_at": figure.cut.known_at.isoformat(),
            "directive": figure.document.number, **figure.count.as_json(),
        },
        "open_tasks": [
            {
                "obligation": one.obligation, "code": one.code, "title": one.title, "deadline": day(one.deadline),
                "lifecycle": one.lifecycle, "timeliness": one.timeliness, "late_days": one.late,
            }
            for one in facts["tasks"]
        ],
    }  # fmt: skip
