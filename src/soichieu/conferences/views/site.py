"""One site: what is known of it, who is expected, what they answered. Its own officer sees and writes the answers."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soichieu.conferences import rights
from soichieu.conferences.commands import sites as commands
from soichieu.conferences.forms.sites import AnswerForm, HeadsForm, OwnSiteForm, Participants, SiteForm
from soichieu.conferences.queries.as_json import site_json
from soichieu.conferences.queries.summary import own_sites
from soichieu.conferences.state import Expected, Site
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tried
from soichieu.conferences.views.sites import in_tree, unit_link
from soichieu.ledger.errors import Refusal
from soichieu.organisation.names import name_of
from soichieu.organisation.queries import unit_by_code, views_of

NEW = "new"


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def site(request: HttpRequest, key: str, site: str) -> HttpResponseBase:
    """A site; ``site`` is its key, or "new" for whoever writes a further one."""
    page = Page(request, key)
    if site == NEW:
        page.require_prepare()
        return _new(page)
    place = page.state.sites.get(site)
    if place is None:
        raise Http404
    own = place.key in {one.key for one in own_sites(page.asker, page.conference, page.state)}
    if not own and not page.inside:
        raise PermissionDenied(_("of another site you see what is called out: its name and who chairs there"))
    if page.wants_json:
        return json_answer(site_json(place, whole=True))
    sent: dict[str, Any] = {}
    if request.method == "POST":
        rights.require_for_site(page.asker, page.conference, place)
        done, sent = _pressed(page, place)
        if done:
            gone = request.POST.get("do") == "remove"
            return redirect(page.url("sites") if gone else page.url("site-sheet", place.key))
    return _show(page, place, own, sent)


def _new(page: Page) -> HttpResponseBase:
    form = SiteForm(
        page.request.POST if page.request.method == "POST" else None, parents=_parents(page, ""),
        initial={"line": "good", "parent": next((one.key for one in page.state.ordered_sites if not one.parent), "")},
    )  # fmt: skip
    made: list[Any] = []
    if page.request.method == "POST" and tried(
        form, lambda: made.append(
            commands.write_site(asker=page.asker, conference=page.conference, facts=_facts(form))
        )
    ):  # fmt: skip
        return redirect(page.url("site-sheet", made[0].payload["key"]))
    context = page.context("sites", form=form, site=None)
    return render(page.request, "conferences/site.html", context, status=status_of(form))


def _pressed(page: Page, place: Site) -> tuple[bool, dict[str, Any]]:
    request, asker, conference = page.request, page.asker, page.conference
    do = request.POST.get("do", "")
    if do == "answers":
        return _answers(page, place)
    if do == "own":
        own = OwnSiteForm(request.POST, prefix="own")
        went = tried(
            own, lambda: commands.own_line(asker=asker, conference=conference, site=place.key, **own.cleaned_data)
        )
        return went, {"own_form": own}
    page.require_prepare()
    if do == "remove":
        try:
            commands.remove_site(asker=asker, conference=conference, site=place.key)
        except Refusal as wrong:
            return False, {"refused": str(wrong)}
        messages.success(request, _("“%(name)s” was taken out.") % {"name": place.name})
        return True, {}
    if do == "expected":
        return _expected(page, place)
    form = SiteForm(request.POST, prefix="site", parents=_parents(page, place.key))
    went = tried(
        form, lambda: commands.write_site(asker=asker, conference=conference, facts=_facts(form), key=place.key)
    )
    return went, {"form": form}


def _answers(page: Page, place: Site) -> tuple[bool, dict[str, Any]]:
    forms = {one.key: AnswerForm(page.request.POST, prefix=f"a-{one.key}") for one in place.expected.values()}
    went = True
    for key, form in forms.items():
        before = place.expected[key]
        if not form.is_valid():
            went = False
            continue
        said = form.cleaned_data
        if not said["answer"] or (said["answer"], said["substitute"], said["reason"]) == (
            before.answer, before.substitute, before.reason,
        ):  # fmt: skip
            continue
        write = partial(commands.answer, asker=page.asker, conference=page.conference, site=place.key, key=key, **said)
        went &= tried(form, write)
    if went:
        messages.success(page.request, _("The answers are kept."))
    return went, {"answers": forms}


def _expected(page: Page, place: Site) -> tuple[bool, dict[str, Any]]:
    heads = HeadsForm(page.request.POST, prefix="heads")
    people = Participants(page.request.POST, prefix="p")
    if not heads.is_valid() or not people.is_valid():
        if people.non_form_errors():
            too_many = _("At most %(n)d participants at one site.") % {"n": commands.MOST_EXPECTED}
            heads.add_error(None, f"{too_many} {_('Of more, write how many heads are expected.')}")
        return False, {"heads": heads, "people": people}
    went = tried(
        heads, lambda: commands.expect(
            asker=page.asker, conference=page.conference, site=place.key, heads=heads.cleaned_data["heads"],
            posts=[one for one in people.cleaned_data if one],
        )
    )  # fmt: skip
    return went, {"heads": heads, "people": people}


def _show(page: Page, place: Site, own: bool, sent: dict[str, Any]) -> HttpResponseBase:
    state = page.state
    unit = views_of([place.unit], page.day).get(place.unit) if place.unit is not None else None
    form = sent.get("form") or SiteForm(
        prefix="site", parents=_parents(page, place.key),
        initial={
            "name": place.name, "unit": unit.code if unit else "", "parent": place.parent, "chair": place.chair,
            "co_chairs": place.co_chairs, "join_link": place.join_link, "telephone": place.telephone,
            "line": place.line,
        },
    )  # fmt: skip
    own_form = sent.get("own_form") or OwnSiteForm(
        prefix="own", initial={"chair": place.chair, "telephone": place.telephone, "line": place.line}
    )
    heads = sent.get("heads") or HeadsForm(prefix="heads", initial={"heads": place.expected_heads})
    people = sent.get("people") or Participants(
        prefix="p", initial=[{"key": one.key, "post": one.post, "name": one.name} for one in place.expected.values()]
    )
    answers = sent.get("answers") or {one.key: _answer_form(one) for one in place.expected.values()}
    may_answer = bool(rights.may_for_site(page.asker, page.conference, place)) and state.phase in ("preparing", "open")
    context = page.context(
        "sites", site=place, unit=unit, unit_url=unit_link(place.unit), own=own, form=form, own_form=own_form,
        heads=heads, people=people, answers=[(place.expected[key], one) for key, one in answers.items()],
        may_answer=may_answer, refused=sent.get("refused", ""), parent=state.sites.get(place.parent),
        statements=[one for one in state.statements.values() if one.site == place.key],
        below=[one for one in state.ordered_sites if one.parent == place.key],
        answered=sum(bool(one.answer) for one in place.expected.values()),
        may_edit=page.may_prepare and state.phase in ("preparing", "open"),
        unit_name=name_of([unit.id], page.day)[unit.id] if unit else "",
    )  # fmt: skip
    bound = [one for one in (*sent.values(),) if hasattr(one, "is_bound")]
    wrong = [*bound, *(sent.get("answers") or {}).values()]
    status = 422 if sent.get("refused") or (sent.get("people") and not sent["people"].is_valid()) else status_of(*(
        one for one in wrong if one is not sent.get("people")
    ))  # fmt: skip
    return render(page.request, "conferences/site.html", context, status=status)


def _answer_form(one: Expected) -> AnswerForm:
    return AnswerForm(
        prefix=f"a-{one.key}",
        initial={"answer": one.answer, "substitute": one.substitute, "reason": one.reason},
    )


def _parents(page: Page, but: str) -> list[tuple[str, str]]:
    return [(site.key, "– " * depth + site.name) for site, depth in in_tree(page.state) if site.key != but]


def _facts(form: SiteForm) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    code = said.pop("unit").strip()
    unit = None
    if code:
        unit = unit_by_code(code)
        if unit is None:
            raise Refusal(
                _("There is no unit with the code “%(code)s”. Its code stands on its sheet.") % {"code": code},
                field="unit",
            )
    return {**said, "unit": unit}
