"""The secretary's page: speeches noted as they go, findings, conclusions worded, corrections answered, roll by
telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soichieu.conferences import rights
from soichieu.conferences.commands import concluding, floor, noting
from soichieu.conferences.forms.faces import FindingForm, NoteForm, TelephoneForm, WordingForm
from soichieu.conferences.kinds import Phase, RollBy
from soichieu.conferences.models import Conference
from soichieu.conferences.queries.face_json import told
from soichieu.conferences.queries.finding import conference_seen
from soichieu.conferences.queries.said import Card, cards
from soichieu.conferences.state import State, state_of
from soichieu.conferences.views.faces import common
from soichieu.documents.guarding import asker_of, guarded
from soichieu.findings.models import ConclusionKind, Kind
from soichieu.organisation.askers import Asker
from soichieu.web.numbers import whole_number

FACE = "secretary"
FORMS = ("note", "find", "word", "roll")
AFTER = ("note", "find", "word")
"""What may still be written when the conference is over: what somebody has on paper."""


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def secretary(request: HttpRequest, key: str) -> HttpResponseBase:
    """Look, or send one of the forms (``act``)."""
    asker = asker_of(request)
    conference, state = conference_seen(asker, key)
    verdict = rights.may(asker, conference, rights.PREPARE)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if request.GET.get("format") == "json":
        return JsonResponse(told(asker, conference, state))
    if request.GET.get("part") == "all" and request.method != "POST":
        return common.changed(request, FACE, conference, [])
    card = _card(state, request.POST.get("finding", "") or request.GET.get("word", ""))
    if request.method != "POST":
        return _page(request, asker, conference, state, _forms(state, card), card, [], asked=_asked(request, card))
    act = request.POST.get("act", "")
    if act in FORMS:
        return _sent(request, asker, conference, state, act, card)
    change = _pressed(request, asker, conference, act)
    if change is None:
        refused: common.Said = [("error", _("Say what is to be done: press one of the buttons."))]
        if common.is_script(request):
            return common.changed(request, FACE, conference, refused)
        return _page(request, asker, conference, state, _forms(state, card), card, refused, status=422)
    said, refusal = common.tried(change)
    if common.is_script(request):
        return common.changed(request, FACE, conference, said)
    if refusal is not None:
        return _page(request, asker, conference, state_of(conference), _forms(state, card), card, said, status=422)
    return common.back(request, request.path, said)


def _page(
    request: HttpRequest, asker: Asker, conference: Conference, state: State, forms: dict[str, Any], card: Card | None,
    said: common.Said, status: int = 200, asked: bool = True,
) -> HttpResponse:  # fmt: skip
    """``asked``: a form was sent, or the forms of one that is over were asked for. Else those of one that is over are
    not shown: nothing goes on that they could note."""
    over = _is_over(state)
    shut = over and not (asked and (state.phase == Phase.OVER or status != 200))
    shown = () if shut else AFTER if over else FORMS
    context = {
        **common.frame(request, FACE, conference, state, asker),
        "parts": common.parts_for(request, FACE, state),
        "said": said,
        "forms": {name: _drawn_form(request, name, forms[name], card) for name in shown},
        "over": over, "shut": shut, "archived": state.phase == Phase.ARCHIVED,
    }  # fmt: skip
    return render(request, "conferences/faces/secretary.html", context, status=status)


def _drawn_form(request: HttpRequest, name: str, form: Any, card: Card | None) -> SafeString:
    return render_to_string(
        f"conferences/faces/form_{name}.html",
        {"form": form, "here": request.path, "card": card if name == "word" else None},
        request=request,
    )


def _forms(state: State, card: Card | None = None) -> dict[str, Any]:
    """The four forms that nobody has sent yet; what is noted belongs to whoever has the floor."""
    current = state.current
    spoken = current.key if current is not None else next((one.key for one in state.agenda[::-1] if one.spans), "")
    worded = {**WordingForm.from_version(card, state)} if card is not None else {"item": spoken}
    return {
        "note": NoteForm(auto_id="note_%s", state=state, initial={"item": spoken}),
        "find": FindingForm(auto_id="find_%s", state=state, initial={"item": spoken, "kind": Kind.SHORTCOMING.value}),
        "word": WordingForm(auto_id="word_%s", state=state, card=card, initial=worded),
        "roll": TelephoneForm(auto_id="roll_%s", state=state),
    }


def _is_over(state: State) -> bool:
    return state.phase in (Phase.OVER, Phase.ARCHIVED)


def _asked(request: HttpRequest, card: Card | None) -> bool:
    """Whether the address asks for the forms of a conference that is over."""
    return request.GET.get("complete") == "1" or card is not None


def _card(state: State, finding: str) -> Card | None:
    """The conclusion that is worded anew; none once its words are those of a signed notice."""
    if finding not in state.conclusions:
        return None
    card = next(iter(cards(state, [finding])), None)
    return None if card is None or card.signed else card


def _sent(
    request: HttpRequest, asker: Asker, conference: Conference, state: State, act: str, card: Card | None
) -> HttpResponseBase:
    """One of the four forms was sent: done, or shown again with everything that was typed."""
    kinds: dict[str, Any] = {"note": NoteForm, "find": FindingForm, "word": WordingForm, "roll": TelephoneForm}
    more = {"card": card} if act == "word" else {}
    form = kinds[act](request.POST, auto_id=f"{act}_%s", state=state, **more)
    said: common.Said = [("error", _("Nothing was sent; what has to be mended stands under its field."))]
    done = False
    if form.is_valid():
        said, refusal = common.tried(_change(act, asker, conference, form, card))
        done = refusal is None
        if refusal is not None:
            form.refuse(_FIELDS.get(refusal.field or "", refusal.field), str(refusal))
    after = state_of(conference)
    if common.is_script(request):
        shown = _forms(after)[act] if done else form
        html = _drawn_form(request, act, shown, None if done else card)
        answer = common.changed(request, FACE, conference, said, extra=html)
        answer["HX-Trigger-After-Swap"] = f'{{"face:{"sent" if done else "refused"}": "{act}"}}'
        return answer
    if done:
        return common.back(request, f"{request.path}?complete=1" if _is_over(after) else request.path, said)
    forms = {**_forms(after, card), act: form}
    return _page(request, asker, conference, after, forms, card, said, status=422)


_FIELDS = {"words": "text", "addressee_unit": "addressee", "terms": "task", "version": "text"}
"""What the findings call their fields → what the forms call them."""


def _change(act: str, asker: Asker, conference: Conference, form: Any, card: Card | None) -> Callable[[], str]:
    given = form.cleaned_data
    who: dict[str, Any] = {"asker": asker, "conference": conference}

    def note() -> str:
        noting.note_speech(**who, item=given["item"], text=given["text"])
        return _("Noted.")

    def find() -> str:
        shortcoming = given["kind"] == Kind.SHORTCOMING
        noting.find(
            **who, kind=given["kind"], text=given["text"], item=given["item"], own=given["own"],
            units=[int(one) for one in given["units"]],
            objective_cause=given["objective_cause"] if shortcoming else "",
            subjective_cause=given["subjective_cause"] if shortcoming else "",
            addressee=given["addressee"] if given["kind"] == Kind.PROPOSAL else "",
        )  # fmt: skip
        return _("Written as a finding.")

    def word() -> str:
        upward = given["conclusion_kind"] == ConclusionKind.PROPOSAL
        fields = {"terms": form.terms(), "addressee": given["addressee"] if upward else ""}
        if card is None:
            concluding.draft(
                **who, conclusion_kind=given["conclusion_kind"], text=given["text"], item=given["item"], **fields
            )
            return _("It is before the chair.")
        after = [one for one in map(whole_number, given["after"].split(",")) if one is not None]
        concluding.reword(
            **who, finding=card.key, after=after, text=given["text"], conclusion_kind=given["conclusion_kind"], **fields
        )
        return _("Worded anew; it is before the chair.")

    def roll() -> str:
        floor.call_roll(
            **who, site=given["site"], present=given["present"], of=given["of"], by=RollBy.TELEPHONE,
            remark=given["remark"],
        )  # fmt: skip
        return _("Written, as told by telephone.")

    return {"note": note, "find": find, "word": word, "roll": roll}[act]


def _pressed(request: HttpRequest, asker: Asker, conference: Conference, act: str) -> Callable[[], str] | None:
    data = request.POST
    who: dict[str, Any] = {"asker": asker, "conference": conference}

    def answered(mended: bool) -> str:
        noting.answer_correction(**who, correction=data.get("correction", ""), text=data.get("text", ""), mended=mended)
        return _("The site sees the answer.")

    def settled() -> str:
        version = common.number(data.get("version")) or 0
        concluding.settle(**who, finding=data.get("finding", ""), choose=version)
        return _("One wording stands.")

    acts: dict[str, Callable[[], str]] = {
        "correction-mended": lambda: answered(True),
        "correction-stays": lambda: answered(False),
        "settle": settled,
    }
    return acts.get(act)
