"""The chair's desk: the agenda, the floor, the roll-call, the hall screen, conclusions. All of it by one address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soichieu.conferences import rights
from soichieu.conferences.commands import concluding, floor
from soichieu.conferences.kinds import Phase, Screen
from soichieu.conferences.models import Conference
from soichieu.conferences.queries import glance
from soichieu.conferences.queries.face_json import told
from soichieu.conferences.queries.finding import conference_seen
from soichieu.conferences.state import State
from soichieu.conferences.views.faces import common
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.models import Provision
from soichieu.language.text import fold
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

FACE = "chair"
LISTED = 60
FOUND = 12


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def chair(request: HttpRequest, key: str) -> HttpResponseBase:
    """Look, or do one thing: ``act``, ``call``, ``pass`` or ``show`` says which."""
    asker = asker_of(request)
    conference, state = conference_seen(asker, key)
    common.behind_desk(asker, conference)
    if request.method == "POST":
        return _do(request, asker, conference, state)
    part = request.GET.get("part", "")
    if part == "all":
        return common.changed(request, FACE, conference, [])
    if part == "sentences":
        return render(request, "conferences/faces/sentences.html", {"here": request.path, **_sentences(request, state)})
    if part == "roll-list":
        return render(request, "conferences/faces/roll_list.html", {"state": state, **_roll_list(request, state)})
    if request.GET.get("format") == "json":
        return JsonResponse(told(asker, conference, state))
    return _page(request, asker, conference, state, [])


def _page(
    request: HttpRequest, asker: Asker, conference: Conference, state: State, said: common.Said, status: int = 200
) -> HttpResponse:
    context = {
        **common.frame(request, FACE, conference, state, asker),
        "parts": common.parts_for(request, FACE, state),
        "said": said,
        **_sentences(request, state),
        **_roll_list(request, state),
    }
    return render(request, "conferences/faces/chair.html", context, status=status)


def _roll_list(request: HttpRequest, state: State) -> dict[str, Any]:
    """The sites that were looked for: by name without tones, or those that have not answered."""
    q, missing = request.GET.get("q", "").strip()[:100], request.GET.get("missing") == "1"
    found = glance.sites_like(state, q, missing=missing)
    if not q and not missing and len(found) > LISTED:
        found = found[:LISTED]
        more = len(state.sites) - LISTED
    else:
        more = max(0, len(found) - LISTED)
        found = found[:LISTED]
    return {"sites": found, "sites_more": more, "q": q, "only_missing": missing}


def _sentences(request: HttpRequest, state: State) -> dict[str, Any]:
    """Sentences of the newest editions of the directives under review that have the words looked for, in any order and
    without tones too; those that are tasks of themselves come as they stand in the text."""
    say = request.GET.get("say", "").strip()[:120]
    wanted = fold(say).split()
    if not wanted:
        return {"say": say, "sentences": []}
    found: list[Provision] = []
    for directive in state.directives:
        rows = Provision.objects.filter(edition__document_id=directive).select_related("edition__document")
        newest = rows.order_by("-edition__ordinal").first()
        if newest is None:
            continue
        for one in rows.filter(edition=newest.edition, children__isnull=True).order_by("ordinal"):
            words = fold(f"{one.citation} {one.text or one.heading}")
            if all(word in words for word in wanted):
                found.append(one)
                if len(found) >= FOUND:
                    return {"say": say, "sentences": found}
    return {"say": say, "sentences": found}


def _do(request: HttpRequest, asker: Asker, conference: Conference, state: State) -> HttpResponseBase:
    change = _asked(request, asker, conference, state)
    if change is None:
        verdict = rights.may(asker, conference, rights.RUN)
        if not verdict:
            raise PermissionDenied(verdict.reason)
        refused: common.Said = [("error", _("Say what is to be done: press one of the buttons."))]
        if common.is_script(request):
            return common.changed(request, FACE, conference, refused)
        return _page(request, asker, conference, state, refused, status=422)
    said, _refusal = common.tried(change)
    if common.is_script(request):
        return common.changed(request, FACE, conference, said)
    return common.back(request, request.path, said)


def _asked(request: HttpRequest, asker: Asker, conference: Conference, state: State) -> Callable[[], str] | None:
    """What one press of the desk does."""
    data = request.POST
    who: dict[str, Any] = {"asker": asker, "conference": conference}
    seen = common.number(data.get("seen"))
    if called := data.get("call", ""):
        return lambda: _quiet(floor.give_floor(**who, item=called, seen=seen))
    if passed := data.get("pass", ""):
        return lambda: _quiet(floor.pass_over(**who, item=passed))
    if shown := data.get("show"):
        return lambda: _show(who, state, shown)
    finding, version = data.get("finding", ""), common.number(data.get("version")) or 0
    acts: dict[str, Callable[[], str]] = {
        "open": lambda: _opened(who, state),
        "open-anyway": lambda: _quiet(floor.open_conference(**who)),
        "close": lambda: _quiet(floor.close_conference(**who, seen=seen)),
        "record-on": lambda: _quiet(floor.decide_recording(**who, on=True)),
        "record-off": lambda: _quiet(floor.decide_recording(**who, on=False)),
        "next": lambda: _quiet(floor.call_next(**who, seen=seen)),
        "pause": lambda: _quiet(floor.pause_floor(**who, seen=seen)),
        "resume": lambda: _quiet(floor.resume_floor(**who, seen=seen)),
        "end": lambda: _quiet(floor.end_floor(**who, seen=seen)),
        "grant": lambda: _grant(who, data, seen),
        "decline": lambda: _quiet(
            floor.decline_request(**who, request=data.get("request", ""), reason=data.get("reason", ""))
        ),
        "conclude": lambda: _concluded(concluding.conclude(**who, finding=finding, version=version)),
        "conclude-despite": lambda: _concluded(
            concluding.conclude(**who, finding=finding, version=version, despite=True)
        ),
        "settle": lambda: _quiet(concluding.settle(**who, finding=finding, choose=version)),
        "withdraw": lambda: _quiet(concluding.withdraw(**who, finding=finding, reason=data.get("reason", ""))),
    }
    return acts.get(data.get("act", ""))


def _quiet(_done: object) -> str:
    """What is to be seen at once on the page need not be said as well."""
    return ""


def _opened(who: dict[str, Any], state: State) -> str:
    """One press opens on the planned day alone: the opening is not taken back, and a rehearsal is soon taken for it."""
    if state.phase == Phase.PREPARING and state.held_on is not None and state.held_on != clock.today():
        raise Refusal(
            _("The conference is planned for %(day)s, which is not today. Load the page again to open it all the same.")
            % {"day": write_day(state.held_on)}
        )
    return _quiet(floor.open_conference(**who))


def _concluded(step: Any) -> str:
    version = step.version
    if version is not None and version.conclusion_kind == "task":
        return _("Concluded. It stands on the pages of its leads as expected, waiting for the notice of conclusions.")
    return _("Concluded.")


def _grant(who: dict[str, Any], data: Any, seen: int | None) -> str:
    minutes = common.number(data.get("minutes", "3").strip())
    if minutes is None:
        raise Refusal(_("Between 1 and 240 minutes."), field="minutes")
    floor.give_floor_to_site(
        **who, site=data.get("site", ""), request=data.get("request", ""), minutes=minutes, seen=seen
    )
    return ""


def _show(who: dict[str, Any], state: State, shown: str) -> str:
    what, _colon, ref = shown.partition(":")
    directive = state.cuts[ref].directive if what in (Screen.FIGURE, Screen.MAP) and ref in state.cuts else None
    floor.show(**who, what=what, ref=ref, directive=directive)
    return ""
