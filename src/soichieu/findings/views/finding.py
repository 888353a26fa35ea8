"""The page of one finding, and what may be done about it there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from soichieu.documents.guarding import asker_of, guarded
from soichieu.findings import commands
from soichieu.findings.forms import AnswerForm, ApartForm, EndForm, SameForm, WordForm
from soichieu.findings.models import Kind, Step
from soichieu.findings.queries.page import Page, page_of
from soichieu.findings.views import machines
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

DONE = {
    "answer": gettext_lazy("The answer is written down."),
    "same": gettext_lazy("The two are one from now on; what was written of each stays."),
    "apart": gettext_lazy("It is written down that they are not one."),
    "word": gettext_lazy("The new wording stands; the earlier ones stay to be read."),
    "withdraw": gettext_lazy("It is withdrawn, with the reason; it stays to be read."),
    "remedy": gettext_lazy("It is written down that it is remedied."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def finding(request: HttpRequest, key: str) -> HttpResponseBase:
    """One finding: its wordings, every time it was raised, answers, the thread to what came out of it."""
    asker = asker_of(request)
    request.nav_current = "findings"  # type: ignore[attr-defined]
    page = page_of(asker, key)
    if request.method != "POST" and machines.asked(request):
        return machines.answer(page.as_json())
    forms = _forms(asker, page)
    if request.method == "POST":
        which = request.POST.get("act", "")
        if which not in forms:
            raise PermissionDenied(_("this is not yours to do here"))
        form = forms[which] = _forms(asker, page, request.POST, which)[which]
        if form.is_valid() and _done(asker, page, which, form):
            messages.success(request, str(DONE[which]))
            return redirect("findings:finding", key)
        page = page_of(asker, key)
        _seen_now(page, which, form)
    context = {"page": page, "forms": forms, "kinds": Kind, "states": Step.State}
    return render(request, "findings/finding.html", context, status=422 if request.method == "POST" else 200)


def _forms(asker: Asker, page: Page, data: Any = None, sent: str = "") -> dict[str, Form]:
    """The forms of what the asker may do; the one that was sent is bound."""

    def of(name: str, kind: type[Form], initial: dict[str, Any] | None = None, **values: Any) -> Form:
        return kind(data if name == sent else None, prefix=name, initial=initial, **values)

    today, made = clock.today(), {}
    if page.may_answer:
        made["answer"] = of("answer", AnswerForm, {"answered_on": today}, asker=asker)
    if page.may_write:
        open_words = page.shown.state not in (Step.State.WITHDRAWN, Step.State.IN_NOTICE, Step.State.OPENED)
        if open_words:
            made["word"] = of("word", WordForm, _words(page), causes=page.shown.kind == Kind.SHORTCOMING)
        if page.suggested:
            made["same"] = of("same", SameForm, suggested=page.suggested)
        others = [(one.key, _named(one)) for one in page.row.members if one.finding.pk != page.finding.pk]
        if others:
            made["apart"] = of("apart", ApartForm, others=others)
        if page.shown.kind == Kind.SHORTCOMING and not page.shown.steps:
            made["remedy"] = of("remedy", EndForm, {"on": today})
    if page.may_end:
        made["withdraw"] = of("withdraw", EndForm, {"on": today})
    return made


def _words(page: Page) -> dict[str, Any]:
    """What the form of a new wording begins with: the standing words; of two heads the newer, and both are replaced."""
    head = page.heads[-1]
    return {
        "words": head.words,
        "objective_cause": head.objective_cause,
        "subjective_cause": head.subjective_cause,
        "after": ",".join(str(one.pk) for one in page.heads),
    }


def _named(one: Any) -> str:
    last = one.raisings[-1]
    return f"{write_day(last.on)}, {last.occasion_label}: {Truncator(one.words).chars(80)}"


def _done(asker: Asker, page: Page, which: str, form: Any) -> bool:
    """Whether it was done; what was wrong stands in the form."""
    given = form.cleaned_data
    common: dict[str, Any] = {"asker": asker, "finding": page.finding}
    holder: dict[str, Any] = common | {"holder_unit_id": page.holder}
    try:
        match which:
            case "answer":
                commands.answer(**common, **given)
            case "word":
                commands.word(**holder, after=given["after"], **form.fields_given())
            case "same":
                commands.say_same(**holder, same_as=given["same_as"], reason=given["reason"])
            case "apart":
                commands.say_same(**holder, same_as=given["same_as"], reason=given["reason"], holds=False)
            case "remedy":
                commands.remedy(**holder, **given)
            case "withdraw":
                commands.withdraw(**holder, **given)
    except Forbidden as refused:
        raise PermissionDenied(str(refused)) from refused
    except Refusal as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        return False
    return True


def _seen_now(page: Page, which: str, form: Any) -> None:
    """What somebody wrote meanwhile stands on the page now; the next sending replaces it knowingly."""
    if which == "word" and form.errors:
        typed = form.data.copy()
        typed["word-after"] = ",".join(str(one.pk) for one in page.heads)
        form.data = typed
