"""Draft conclusions: worded before the conference, worded anew, settled where two people did so at once, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soichieu.conferences import rights
from soichieu.conferences.commands import concluding
from soichieu.conferences.forms.faces import WordingForm
from soichieu.conferences.queries.finding import latest_before
from soichieu.conferences.queries.said import Card, cards, conclusion_cards
from soichieu.conferences.views.common import Page, asked, json_answer, status_of
from soichieu.findings.models import ConclusionKind
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.web.numbers import whole_number

FIRST = {"conclusion_kind": ConclusionKind.TASK, "given": "one", "ladder": "carried_out"}
# What the findings call their fields → what the form calls them.
FIELDS = {"words": "text", "addressee_unit": "addressee", "terms": "task", "version": "text", "after": "text"}


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def conclusions(request: HttpRequest, key: str) -> HttpResponseBase:
    """The drafts, for those who prepare or run the conference alone; nobody else is told before the chair concludes."""
    page = Page(request, key)
    if not rights.runs_or_prepares(page.asker, page.conference):
        page.require_prepare()
    state = page.state
    if page.wants_json:
        return json_answer([_json_of(card) for card in conclusion_cards(state)])
    wanted = request.POST.get("finding", "") or request.GET.get("word", "")
    card = next(iter(cards(state, [wanted])), None) if wanted in state.conclusions else None
    form: WordingForm | None = None
    refused = ""
    if request.method == "POST":
        page.require_prepare()
        do = request.POST.get("do", "word")
        if do == "word":
            form = WordingForm(request.POST, state=state, card=card)
            if form.is_valid() and _worded(page, form, card):
                return redirect(page.url("conclusions"))
        else:
            refused = _pressed(page, do)
            if not refused:
                return redirect(page.url("conclusions"))
    found = conclusion_cards(state)
    initial = WordingForm.from_version(card, state) if card is not None else FIRST
    context = page.context(
        "conclusions", form=form or WordingForm(state=state, card=card, initial=initial), card=card, refused=refused,
        drafts=[one for one in found if not one.concluded and not one.withdrawn],
        concluded=[one for one in found if one.concluded], withdrawn=[one for one in found if one.withdrawn],
        before=latest_before(page.asker, page.conference, state),
        may_edit=page.may_prepare and state.phase != "archived",
    )  # fmt: skip
    status = 422 if refused else status_of(form)
    return render(request, "conferences/conclusions.html", context, status=status)


def _worded(page: Page, form: WordingForm, card: Card | None) -> bool:
    given = form.cleaned_data
    upward = given["conclusion_kind"] == ConclusionKind.PROPOSAL
    fields: dict[str, Any] = {"terms": form.terms(), "addressee": given["addressee"] if upward else ""}
    try:
        if card is None:
            concluding.draft(
                asker=page.asker, conference=page.conference, conclusion_kind=given["conclusion_kind"],
                text=given["text"], item=given["item"], **fields,
            )  # fmt: skip
        else:
            concluding.reword(
                asker=page.asker, conference=page.conference, finding=card.key, text=given["text"],
                after=[one for one in map(whole_number, given["after"].split(",")) if one is not None],
                conclusion_kind=given["conclusion_kind"], **fields,
            )  # fmt: skip
    except Forbidden:
        raise
    except Refusal as wrong:
        form.refuse(FIELDS.get(wrong.field or "", wrong.field), str(wrong))
        return False
    messages.success(page.request, _("The draft is kept; nobody owes anything by it."))
    return True


def _pressed(page: Page, do: str) -> str:
    """Settle or take back; what was refused, in words."""
    data = page.request.POST
    try:
        if do == "settle":
            concluding.settle(
                asker=page.asker, conference=page.conference, finding=data.get("finding", ""),
                choose=whole_number(data.get("version")) or 0,
            )  # fmt: skip
        elif do == "withdraw":
            concluding.withdraw(
                asker=page.asker, conference=page.conference, finding=data.get("finding", ""),
                reason=data.get("reason", ""),
            )  # fmt: skip
        else:
            return _("Say what is to be done: press one of the buttons.")
    except Forbidden:
        raise
    except Refusal as wrong:
        return str(wrong)
    return ""


def _json_of(card: Card) -> dict[str, Any]:
    return {
        "key": card.key, "step": card.step, "kind": card.standing.version.conclusion_kind,
        "heads": [
            {"id": head.id, "words": head.words, "terms": head.version.terms, "leads": head.leads,
             "missing": [str(one) for one in head.missing], "addressee": head.addressee, "by": head.by}
            for head in card.heads
        ],
    }  # fmt: skip
