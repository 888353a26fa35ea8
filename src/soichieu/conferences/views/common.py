"""What the pages of the preparation share: their head with the ways to each other, errors under fields, and JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from soichieu.conferences import rights
from soichieu.conferences.models import Conference
from soichieu.conferences.queries.finding import conference_seen
from soichieu.conferences.queries.summary import sees_inside
from soichieu.conferences.state import State
from soichieu.documents.guarding import asker_of, guarded
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.web.dates import TwoDates
from soichieu.web.lists import List
from soichieu.web.lists.listing import Listing

FEW = 4
"""So many rows are seen at one look: only of more a filter is offered."""
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def asked(view: View[P]) -> View[P]:
    """What the asker may not see is not there (404); what they may not do is refused with the rule (403)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused

    return guarded(answer)


class Page:
    """One request about one conference: who asks, the conference, its state, and what the head of each page shows."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        request.nav_current = "conferences"  # type: ignore[attr-defined]
        self.request = request
        self.asker: Asker = asker_of(request)
        self.conference: Conference
        self.state: State
        self.conference, self.state = conference_seen(self.asker, key)
        self.inside = sees_inside(self.asker, self.conference)
        self.may_prepare = bool(rights.may(self.asker, self.conference, rights.PREPARE))
        self.may_run = bool(rights.may(self.asker, self.conference, rights.RUN))

    @property
    def wants_json(self) -> bool:
        return self.request.GET.get("format") == "json"

    def require_inside(self) -> None:
        """Refuse whoever sees only what its site sees."""
        if not self.inside:
            raise Forbidden(_("this is for those who prepare or run the conference"))

    def require_prepare(self) -> None:
        """Refuse with the rule whoever may not prepare it."""
        rights.require(self.asker, self.conference, rights.PREPARE)

    def context(self, here: str, **more: Any) -> dict[str, Any]:
        """What the templates need: ``conference``, ``state``, ``tabs`` and what is given."""
        return {
            "conference": self.conference, "state": self.state, "inside": self.inside, "may_prepare": self.may_prepare,
            "may_run": self.may_run, "tabs": self.tabs(here), "here": here,
            "holder": name_of([self.conference.unit_id], self.day)[self.conference.unit_id],
            "is_open": self.state.phase in ("preparing", "open"), **more,
        }  # fmt: skip

    @property
    def day(self) -> dt.date:
        """The day on which units are named as they are: that of the conference."""
        return self.state.held_on or clock.today()

    def url(self, name: str, *more: str) -> str:
        return reverse(f"conferences:{name}", args=[self.conference.key, *more])

    def tabs(self, here: str) -> list[tuple[str, str, bool]]:
        """(words, address, whether it is this page) of each page that there is and the asker may look at."""
        over = self.state.phase in ("over", "archived")
        inside = (
            ("conference", pgettext("of a conference", "Sheet"), True),
            ("prepare", _("Preparation"), self.inside and not self.state.published_only),
            ("sites", _("Sites"), True),
            ("agenda", _("Agenda"), True),
            ("statements", _("Statements"), True),
            ("cuts", _("Cut of figures"), True),
            ("conclusions", _("Draft conclusions"), rights.runs_or_prepares(self.asker, self.conference)),
            ("papers", pgettext("of a conference", "Papers"), self.inside),
            ("after", _("After the conference"), over),
            ("book", pgettext("of a conference", "Book"), self.inside),
        )
        found = []
        for name, words, shown in inside:
            if shown:
                try:
                    found.append((str(words), self.url(name), name == here))
                except NoReverseMatch:
                    continue
        return found


def bound(definition: List, request: HttpRequest, rows: Sequence[Any], two: TwoDates) -> Listing:
    """A list as the address asks for it. Its filters are left out where so few rows stand there that one look is
    enough, and nothing was asked for."""
    shown = definition if len(rows) > FEW or request.GET else replace(definition, filters=())
    return shown.bind(request, rows, two=two)


def json_answer(payload: Any) -> JsonResponse:
    """Data as an answer; Vietnamese letters as they are."""
    return JsonResponse(payload, json_dumps_params={"ensure_ascii": False, "indent": 1}, safe=False)


def tell(form: Form, wrong: Exception, rename: Callable[[str], str] | None = None) -> None:
    """Put what a command refused under the field it is about; a right that is missing is raised again."""
    if isinstance(wrong, Forbidden):
        raise wrong
    if isinstance(wrong, Refusal):
        field = (rename(wrong.field) if rename else wrong.field) if wrong.field else None
        form.add_error(field if field in form.fields else None, str(wrong))
    elif isinstance(wrong, ValidationError):
        form.add_error(None, wrong)
    else:
        raise wrong


def tried(form: Form, press: Callable[[], Any]) -> bool:
    """Whether a valid form's command went through; what it refused stands in the form."""
    if not form.is_valid():
        return False
    try:
        press()
    except (Refusal, ValidationError) as wrong:
        tell(form, wrong)
        return False
    return True


def status_of(*forms: Any) -> int:
    """422 when a form that was sent is wrong, else 200."""
    return 422 if any(form is not None and form.is_bound and form.errors for form in forms) else 200
