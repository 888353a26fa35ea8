"""After the conference: its papers, the signed notice registered, what became of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.conferences import docx, rules
from soichieu.conferences.commands import closing
from soichieu.conferences.forms.closing import ArchiveForm, NoticeForm, PaperForm
from soichieu.conferences.kinds import Phase
from soichieu.conferences.queries import after as became
from soichieu.conferences.queries.file import Filed, documents_of
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tell, tried
from soichieu.documents import queries as documents
from soichieu.language.collation import sort_key
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation import permissions
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Days, List, Search

FILE = List(
    key="file-of-conference",
    title=gettext_lazy("The file of the conference"),
    rule=gettext_lazy(
        "In the order of the work: what was reviewed, prepared, said, concluded. Registered documents that you see, by"
        " number; what nobody put in is not listed."
    ),
    columns=[
        Column("nth", gettext_lazy("No."), number=True, width=8),
        Column("number", gettext_lazy("Number and symbol"), template="conferences/parts/filed_number.html", width=20),
        Column("day", gettext_lazy("Date"), width=14),
        Column("label", gettext_lazy("Kind and what it is about"), width=70),
        Column("author", gettext_lazy("Author"), width=34),
        Column("remark", gettext_lazy("Remark"), width=26),
        Column("sha256", gettext_lazy("SHA-256 of the file"), value=lambda row: row.file or "", page=False, sort=None,
               width=66),
    ],
    sort="nth",
    empty=gettext_lazy("Nothing is in the file yet."),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def papers(request: HttpRequest, key: str) -> HttpResponseBase:
    """All that is printed from the book, the list of documents of the file, and what may be put into it."""
    page = Page(request, key)
    page.require_inside()
    state = page.state
    filed = documents_of(page.asker, page.conference, state)
    if page.wants_json:
        return json_answer(
            {
                "printed": [
                    {"paper": one.slug, "label": str(one.label), "contains": str(one.contains),
                     "url": page.url("paper", one.slug)}
                    for one in docx.PAPERS.values()
                ],
                "file": [one.as_json() for one in filed],
            }
        )  # fmt: skip
    listing = _file(request, filed)
    if request.method != "POST" and (answer := listing.answer(request)) is not None:
        return answer
    do = ""
    if request.method == "POST":
        page.require_prepare()
        do = "archive" if request.POST.get("do") == "archive" else "add"
    form = PaperForm(
        request.POST if do == "add" else None, request.FILES if do == "add" else None,
        by_number=lambda number: documents.by_number(page.asker, number),
    )  # fmt: skip
    handing = ArchiveForm(request.POST if do == "archive" else None, initial={"on": clock.today()})
    if do == "add" and tried(form, lambda: _added(page, form)):
        messages.success(request, _("The paper is in the file."))
        return redirect(page.url("papers"))
    if do == "archive" and tried(handing, lambda: _handed(page, handing)):
        messages.success(request, _("The file is handed over. Nothing is added to it any more."))
        return redirect(page.url("papers"))
    if form.is_bound:
        form.keep_file()
    context = page.context(
        "papers", printed=list(docx.PAPERS.values()), filed=filed, list=listing, form=form, handing=handing,
        waiting=len(became.hanging(state)), state_over=state.phase == Phase.OVER,
        archived=became.archived(page.conference),
        heading=next((words for words, _url, current in page.tabs("papers") if current), _("Papers")),
    )  # fmt: skip
    return render(request, "conferences/papers.html", context, status=status_of(form, handing))


def _file(request: HttpRequest, filed: Sequence[Filed]) -> Any:
    """The list of documents as the address asks for it."""
    authors = sorted({one.author for one in filed if one.author}, key=sort_key)
    filters = [
        Search(value=lambda row: f"{row.number} {row.label} {row.author} {row.remark}"),
        Choice("author", gettext_lazy("Author"), [(one, one) for one in authors]),
        Days("day", gettext_lazy("Date")),
    ]
    return replace(FILE, filters=filters).bind(request, filed, two=TwoDates(clock.today()))


def _added(page: Page, form: PaperForm) -> None:
    given = form.cleaned_data
    closing.add_paper(
        asker=page.asker, conference=page.conference, what=given["what"], label=given["label"],
        number=given["number"], day=given["day"], author=given["author"],
        document=form.chosen.pk if form.chosen else None, stored=form.stored,
    )  # fmt: skip


def _handed(page: Page, form: ArchiveForm) -> None:
    closing.hand_to_archive(asker=page.asker, conference=page.conference, **form.cleaned_data)


@require_safe
@asked
def paper(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """One paper as .docx, printed from the book as it stands now."""
    page = Page(request, key)
    page.require_inside()
    if kind not in docx.PAPERS:
        raise Http404
    data = docx.printed(page.asker, page.conference, page.state, kind)
    response = HttpResponse(data, content_type=docx.DOCX)
    day = page.state.held_on.isoformat() if page.state.held_on else page.conference.key
    response["Content-Disposition"] = f'attachment; filename="{docx.PAPERS[kind].file_name}-{day}.docx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def notice(request: HttpRequest, key: str) -> HttpResponseBase:
    """The signed notice registered by number and day: what it says becomes tasks, what it leaves out stays so."""
    page = Page(request, key)
    page.require_prepare()
    waiting = closing.awaiting_notice(page.state)
    if page.wants_json:
        return json_answer(
            {"phase": page.state.phase, "due_on": _due(page), "waiting": [became.said_json(one) for one in waiting]}
        )
    may_give = permissions.may(
        page.asker, "confirm_requirement", holder_id=page.conference.unit_id, issuer_id=page.conference.unit_id,
        on=clock.today(),
    )  # fmt: skip
    if request.method == "POST":
        may_give.require()
    form = NoticeForm(
        request.POST if request.method == "POST" else None, request.FILES or None, waiting=waiting
    )  # fmt: skip
    if request.method == "POST":
        if form.is_valid() and (done := _registered(page, form)) is not None:
            _tell_done(request, done)
            return redirect(page.url("after"))
        form.keep_file()
    context = page.context(
        "after", form=form, waiting=waiting, names=became.names_of(waiting), over=page.state.phase == Phase.OVER,
        may_give=may_give, due_on=_due(page), today=clock.today(), rule=rules.rule(became.NOTICE),
        heading=_("Register the signed notice"), posted=request.method == "POST",
    )  # fmt: skip
    return render(request, "conferences/notice.html", context, status=status_of(form))


def _registered(page: Page, form: NoticeForm) -> closing.Registered | None:
    given = {name: form.cleaned_data[name] for name in ("number", "signed_on", "title", "signer", "signing_form")}
    try:
        return closing.register_notice(
            asker=page.asker, conference=page.conference, included=form.included, left_out=form.left_out,
            deadlines=form.deadlines, stored=form.stored, public=form.cleaned_data["public"], **given,
        )  # fmt: skip
    except Forbidden:
        raise
    except ValidationError as wrong:
        for field, errors in getattr(wrong, "error_dict", {None: wrong.messages}).items():
            form.add_error(field if field in form.fields else None, errors)
    except Refusal as wrong:
        tell(form, wrong)
    return None


def _tell_done(request: HttpRequest, done: closing.Registered) -> None:
    opened = sum(len(one.obligations) for one in done.given)
    messages.success(
        request,
        _("%(number)s is registered.") % {"number": done.document.number}
        + " "
        + ngettext("%(n)d task is given out.", "%(n)d tasks are given out.", opened) % {"n": opened},
    )
    unopened = [one for one in done.given if not one.obligations]
    if unopened:
        messages.warning(
            request,
            ngettext(
                "%(n)d task of the notice names no one lead: choose the lead on the page of the notice.",
                "%(n)d tasks of the notice name no one lead: choose the lead on the page of the notice.",
                len(unopened),
            )
            % {"n": len(unopened)},
        )
    if done.unread:
        messages.info(
            request,
            _("Its file is kept as evidence; its text is not in the register: %(why)s") % {"why": done.unread},
        )


def _due(page: Page) -> Any:
    return became.notice_due(page.state)
