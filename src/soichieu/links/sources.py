"""How the ledger resolves a question that an entry comes from: hashed anew from the stored rows, act by act."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from soichieu.documents import hashes
from soichieu.ledger.sources import Resolver, Source, register
from soichieu.links.models import QuestionAct

ROOM, QUESTION = "links", "question"


def act_hash(act: QuestionAct) -> str:
    """SHA-256 over what the act says and what its question is about. Later acts leave it as it is."""
    question = act.question
    return hashes.canonical_hash(
        {
            "unit": question.unit_id,
            "obligation": question.obligation_id,
            "sentences": [question.first.key, question.second.key],
            "about": question.about,
            "act": act.act,
            "text": act.text,
            "holds": act.holds,
            "happened_on": act.happened_on.isoformat(),
        }
    )


def source_of(act: QuestionAct) -> Source:
    """An act of a question as the source of an entry."""
    return Source(room=ROOM, kind=QUESTION, id=str(act.pk), hash=act_hash(act))


def _hashes(ids: Iterable[str]) -> dict[str, str]:
    wanted = [int(one) for one in ids if str(one).isdigit()]
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        acts = QuestionAct.objects.filter(pk__in=wanted[start : start + 500])
        found |= {str(act.pk): act_hash(act) for act in acts.select_related("question__first", "question__second")}
    return found


def _label(pk: str) -> str:
    question = QuestionAct.objects.filter(pk=pk).values_list("question_id", flat=True).first()
    return _("Question %(number)s") % {"number": question} if question else pk


def _url(pk: str) -> str | None:
    question = QuestionAct.objects.filter(pk=pk).values_list("question_id", flat=True).first()
    return reverse("links:question", args=[question]) if question else None


def register_all() -> None:
    """Called once when Django starts."""
    register(ROOM, QUESTION, Resolver(hashes=_hashes, label=_label, url=_url))
