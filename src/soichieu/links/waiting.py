"""What this room puts into *My work*: questions put upward, for those who answer and for those who asked."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.links.commands.questions import ABOUT
from soichieu.links.models import QuestionAct
from soichieu.links.queries.open_questions import open_questions
from soichieu.organisation.askers import Asker
from soichieu.organisation.waiting import Queue, Row

TO_ANSWER, ANSWERED, ASKED = "questions_to_answer", "questions_answered", "questions_asked"
QUEUES = (
    Queue(ANSWERED, pgettext_lazy("queue", "Your questions that were answered"), 65, gettext_lazy("Read the answer")),
    Queue(TO_ANSWER, pgettext_lazy("queue", "Questions put to you, to be answered"), 97, gettext_lazy("Answer it")),
    Queue(ASKED, pgettext_lazy("queue", "Questions that wait for an answer from above"), 180, waits=False),
)  # fmt: skip


def fill(asker: Asker) -> dict[str, list[Row]]:
    """The questions that wait for whoever asks, and those of the own house that wait above."""
    found = open_questions(asker)
    codes = ((TO_ANSWER, found.to_answer), (ANSWERED, found.answered), (ASKED, found.asked))
    return {code: [_row(act) for act in acts] for code, acts in codes}


def _row(act: QuestionAct) -> Row:
    question = act.question
    return Row(
        code=_("Question %(number)s") % {"number": question.pk},
        title=_("Which holds: %(about)s") % {"about": ABOUT.get(question.about, question.about)},
        url=reverse("links:question", args=[question.pk]),
        unit_id=question.unit_id,
        since=act.happened_on,
        # Of a document that somebody does not see, its number alone is told.
        about=f"{question.first.document.number} ↔ {question.second.document.number}",
        note=act.text,
    )
