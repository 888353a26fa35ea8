"""The conference's papers as .docx, in the layout of the state's offices or of the party's. Vietnamese always."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.docx.briefing import briefing
from soichieu.conferences.docx.file_list import file_list
from soichieu.conferences.docx.minutes import minutes
from soichieu.conferences.docx.notice import notice
from soichieu.conferences.docx.participants import participants
from soichieu.conferences.docx.script import running_script
from soichieu.conferences.docx.sheet import Sheet, sheet_of
from soichieu.conferences.models import Conference
from soichieu.conferences.state import State
from soichieu.language.text import fold
from soichieu.organisation.askers import Asker

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Paper:
    """A paper that is printed from the book. ``slug``: its address; ``when``: the part of the work that it belongs to;
    ``contains``: what stands in it."""

    slug: str
    label: str | Promise
    when: str | Promise
    contains: str | Promise
    build: Callable[[Sheet], bytes]

    @property
    def file_name(self) -> str:
        """What its file is called, without day and ending: Vietnamese as the paper is, and plain letters alone."""
        with translation.override("vi"):
            return slugify(fold(str(self.label)))


PAPERS: dict[str, Paper] = {
    one.slug: one
    for one in (
        Paper(
            "running-script", pgettext_lazy("paper", "running script"), pgettext_lazy("part of the work", "before"),
            _("The agenda minute by minute with planned times, who speaks and from where, who is next, what the"
              " session host says, the sites with a poor line."), running_script,
        ),
        Paper(
            "participants", pgettext_lazy("paper", "list of participants"), pgettext_lazy("part of the work", "before"),
            _("By site and post in the order of introduction: answers, substitutes, reasons; heads expected."),
            participants,
        ),
        Paper(
            "briefing", pgettext_lazy("paper", "briefing book"), pgettext_lazy("part of the work", "before"),
            _("Each unit at the cut: n of N by ladder, tasks overdue; open shortcomings and which return with the same"
              " cause; unanswered proposals; what became of the last conference's conclusions."), briefing,
        ),
        Paper(
            "minutes", pgettext_lazy("paper", "minutes"), pgettext_lazy("part of the work", "during"),
            _("Who chaired, sites and heads present, the course by the calls, speeches noted, findings, conclusions;"
              " whether it was recorded."), minutes,
        ),
        Paper(
            "notice", pgettext_lazy("paper", "notice of conclusions"), pgettext_lazy("part of the work", "after"),
            _("The draft for signing: what the chair concluded, the tasks with their six clears in an annex. Number,"
              " day and signature are left blank."), notice,
        ),
        Paper(
            "file-list", pgettext_lazy("paper", "list of documents of the file"),
            pgettext_lazy("part of the work", "after"),
            _("Every document of the conference's file in the archive's form (decree 30/2020, annex V)."), file_list,
        ),
    )
}  # fmt: skip


def printed(asker: Asker, conference: Conference, state: State, slug: str) -> bytes:
    """A paper as .docx. Its words are Vietnamese whatever the language of the page. ``KeyError`` for no such paper."""
    paper = PAPERS[slug]
    with translation.override("vi"):
        return paper.build(sheet_of(asker, conference, state))


__all__ = ["DOCX", "PAPERS", "Paper", "printed"]
