"""Pages: questions put upward, one of them with both sentences side by side, and asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.documents import rights
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.models import ProvisionIdentity
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.links.commands import questions as commands
from soichieu.links.forms import AnswerForm, AskForm, BackForm, DecideForm
from soichieu.links.models import QuestionAct
from soichieu.links.queries import questions as queries
from soichieu.links.queries.conflicts import conflicts
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, List, Search, vietnamese

QUESTIONS = List(
    key="questions",
    title=gettext_lazy("Questions put upward"),
    rule=gettext_lazy(
        "Questions of the units that you see: two superiors ask for the same with different dates, targets, scope or"
        " products. They are answered and decided above; the lower unit need not choose."
    ),
    columns=[
        Column("number", gettext_lazy("No."), value=lambda row: row.question.pk, url=lambda row: row.url, number=True),
        Column("unit_name", gettext_lazy("Unit"), sort=vietnamese("unit_name"), width=32),
        Column("asked_on", gettext_lazy("Asked on"), value=lambda row: row.acts[0].happened_on, width=14),
        Column("about", gettext_lazy("What differs"), text=lambda code: commands.ABOUT[code], width=16),
        Column("text", gettext_lazy("The question"), url=lambda row: row.url, sort=None, width=60),
        Column("first_place", gettext_lazy("First sentence"), sort=None, width=24),
        Column("second_place", gettext_lazy("Second sentence"), sort=None, width=24),
        Column("state", gettext_lazy("State"), text=lambda code: QuestionAct.Act(code).label, width=14),
        Column("last_on", gettext_lazy("Last act"), value=lambda row: row.acts[-1].happened_on, width=14),
        Column("last_text", gettext_lazy("Its words"), value=lambda row: row.acts[-1].text, page=False, width=60),
    ],
    filters=[
        Search(("unit_name", "text", "first_place", "second_place")),
        Choice("state", gettext_lazy("State"), QuestionAct.Act.choices),
        Choice("about", gettext_lazy("What differs"), commands.ABOUT.items()),
    ],
    empty=gettext_lazy("No unit that you see has put a question upward."),
    empty_hint=gettext_lazy("A question is asked from a sentence that is tied to one of the unit's lines."),
)  # fmt: skip


@require_safe
@guarded
def questions(request: HttpRequest) -> HttpResponseBase:
    """The questions of the units that the asker sees."""
    asker = asker_of(request)
    listing = QUESTIONS.bind(request, queries.questions(asker), two=TwoDates(clock.today()))
    answer = listing.answer(request)
    if answer is not None:
        return answer
    found = [(one, commands.ABOUT[one.about]) for one in conflicts(asker)]
    return render(request, "links/questions.html", {"list": listing, "conflicts": found})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def ask(request: HttpRequest, first: str, second: str) -> HttpResponseBase:
    """Ask which of two sentences holds."""
    asker = asker_of(request)
    seen = rights.visible_documents(asker).values("pk")
    pair = [ProvisionIdentity.objects.get(key=key, document__in=seen) for key in (first, second)]
    verdict = commands.may_ask(asker, asker.unit_id)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    told = queries.sentences(asker, [one.pk for one in pair])
    tasks = queries.own_tasks(asker, {one.document_id for one in pair})
    about = request.GET.get("about", "")
    form = AskForm(
        request.POST if request.method == "POST" else None,
        tasks=tasks,
        initial={"happened_on": clock.today(), "about": about if about in commands.ABOUT else "deadline"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.ask_question(
                asker=asker,
                first=first,
                second=second,
                about=form.cleaned_data["about"],
                text=form.cleaned_data["text"],
                obligation_id=form.task(),
                happened_on=form.cleaned_data["happened_on"],
            )
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused
        except Refusal as wrong:
            _tell(form, wrong)
        else:
            messages.success(request, _("The question is asked. Its answer will stand here."))
            return redirect("links:question", made.pk)
    context = {"form": form, "first": told[pair[0].pk], "second": told[pair[1].pk]}
    return render(request, "links/question_ask.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def question(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Both sentences side by side, what was said, and the forms of whoever may answer."""
    asker = asker_of(request)
    asked = queries.question(asker, pk)
    verdict = commands.may_answer(asker, asked.question)
    back = commands.may_write_back(asker, asked.question, asked.acts[-1] if asked.acts else None)
    decided = asked.decision is not None
    initial = {"happened_on": clock.today(), "seen": asked.acts[-1].pk if asked.acts else 0}
    forms: dict[str, Any] = {
        "answer": AnswerForm(initial=initial, prefix="answer"),
        "decide": DecideForm(initial=initial, prefix="decide"),
        "back": BackForm(initial=initial, prefix="back", decided=decided),
    }
    if request.method == "POST":
        which = request.POST.get("act", "")
        which = which if which in forms else "answer"
        allowed = back if which == "back" else verdict
        if not allowed:
            raise PermissionDenied(allowed.reason)
        made: dict[str, Callable[[], Form]] = {
            "answer": lambda: AnswerForm(request.POST, initial=initial, prefix="answer"),
            "decide": lambda: DecideForm(request.POST, initial=initial, prefix="decide"),
            "back": lambda: BackForm(request.POST, initial=initial, prefix="back", decided=decided),
        }
        form = forms[which] = made[which]()
        if form.is_valid() and _written(request, asker, pk, which, form):
            return redirect("links:question", pk)
        # What somebody wrote meanwhile stands on the page now, and the next sending answers to it.
        asked = queries.question(asker, pk)
        if asked.acts:
            typed = request.POST.copy()
            typed[f"{which}-seen"] = str(asked.acts[-1].pk)
            form.data = typed
    context = {
        "asked": asked,
        "forms": forms if verdict and asked.decision is None else None,
        "back": forms["back"] if back else None,
        "why_not": "" if verdict else verdict.reason,
        "obligation_url": _obligation_url(asked),
    }
    return render(request, "links/question.html", context, status=422 if request.method == "POST" else 200)


def _written(request: HttpRequest, asker: Any, pk: int, which: str, form: Any) -> bool:
    """Whether the act was written; what was wrong stands in the form."""
    given = form.cleaned_data
    common = {
        "asker": asker, "question_id": pk, "text": given["text"], "happened_on": given["happened_on"],
        "seen": given["seen"],
    }  # fmt: skip
    try:
        if which == "decide":
            commands.decide_question(**common, holds=form.chosen())
        elif which == "back":
            commands.write_back(**common)
        else:
            commands.answer_question(**common)
    except Forbidden as refused:
        raise PermissionDenied(str(refused)) from refused
    except Refusal as wrong:
        _tell(form, wrong)
        return False
    said = {"decide": _("It is decided."), "back": _("Written down; those above read it here.")}
    messages.success(request, said.get(which, _("The answer is written down.")))
    return True


def _tell(form: Form, wrong: Refusal) -> None:
    """An error of a command under the field it is about."""
    form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))


def _obligation_url(asked: queries.Asked) -> str:
    obligation = asked.question.obligation_id
    return reverse("board:obligation", args=[obligation]) if obligation else ""
