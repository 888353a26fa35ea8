"""How the ledger resolves what an entry of this room comes from: hashed anew from the stored rows and the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soichieu.documents import hashes
from soichieu.ledger.hashing import canonical, sha256
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.sources import ClosingPage, Resolver, Source, close_by, register
from soichieu.plans.models import Answer, PlanAct, PlanFacts, PlanItem, Review, Verdict

ROOM, ANSWER, REVIEW, ACT = "plans", "answer", "review", "act"


def answer_hash(answer: Answer) -> str:
    """SHA-256 over what the row says and what the register says of its document; never read from a column.

    The bytes of the file are cited by the entry's evidence and checked there.
    """
    return hashes.canonical_hash(
        {
            "unit": answer.unit_id,
            "obligation": answer.obligation_id,
            "kind": answer.kind,
            "file": answer.file_id,
            "document": [answer.document_id, hashes.document_hash(answer.document)],
            # Answers by number, date and file alone say nothing of a plan, and their hashes stand as they were written.
            **({"plan": answer.plan.key} if answer.plan is not None else {}),
        }
    )


def source_of(answer: Answer) -> Source:
    """A plan as the source of an entry."""
    return Source(room=ROOM, kind=ANSWER, id=str(answer.pk), hash=answer_hash(answer))


def _hashes(ids: Iterable[str]) -> dict[str, str]:
    wanted = [int(one) for one in ids if str(one).isdigit()]
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        answers = Answer.objects.filter(pk__in=wanted[start : start + 500]).select_related("document", "plan")
        found |= {str(answer.pk): answer_hash(answer) for answer in answers}
    return found


def _label(pk: str) -> str:
    return Answer.objects.filter(pk=pk).values_list("document__number", flat=True).first() or pk


def _url(pk: str) -> str | None:
    document = Answer.objects.filter(pk=pk).values_list("document_id", flat=True).first()
    return reverse("documents:document", args=[document]) if document else None


_FACTS = (
    "plan__key", "plan__unit_id", "kind", "term", "title", "number", "signed_on", "signer", "signing_form",
    "document_id", "from_day", "to_day", "source", "reason", "made_at", "made_by",
)  # fmt: skip
_VERDICT = (
    "plan__key", "directive_id", "choice", "due_on", "owner", "reason", "decided_on", "made_at", "made_by",
)  # fmt: skip


def review_hash(
    review: Review, facts: Mapping[int, Mapping[str, Any]] | None = None, verdicts: Mapping[int, Any] | None = None
) -> str:
    """SHA-256 over the row, over the facts and the verdict of every programme it counted as they are stored now, and
    over what the register says of the report. A counted row that is gone is hashed as nothing."""
    if facts is None or verdicts is None:
        facts, verdicts = _counted([review])
    return sha256(
        canonical(
            {
                "unit": review.unit_id,
                "directive": review.directive_id,
                "obligation": review.obligation_id,
                "on": review.on,
                "file": review.file_id,
                "document": [review.document_id, hashes.document_hash(review.document)],
                "registered_by": review.registered_by,
                "counted": [
                    [one, facts.get(int(one["facts"])), verdicts.get(int(one["verdict"]))] for one in review.counted
                ],
            }
        )
    )


def source_of_review(review: Review) -> Source:
    """A registered review report as the source of an entry."""
    return Source(room=ROOM, kind=REVIEW, id=str(review.pk), hash=review_hash(review))


def _counted(reviews: Iterable[Review]) -> tuple[dict[int, Any], dict[int, Any]]:
    """The rows that reviews counted, as stored: facts by id, verdicts by id."""
    found: tuple[dict[int, Any], dict[int, Any]] = ({}, {})
    for place, (name, manager, columns) in enumerate(
        (("facts", PlanFacts.objects, _FACTS), ("verdict", Verdict.objects, _VERDICT))
    ):
        wanted = sorted({int(one[name]) for review in reviews for one in review.counted})
        for start in range(0, len(wanted), 500):
            for row in manager.filter(pk__in=wanted[start : start + 500]).values("pk", *columns):
                found[place][row.pop("pk")] = row
    return found


def _review_hashes(ids: Iterable[str]) -> dict[str, str]:
    wanted = [int(one) for one in ids if str(one).isdigit()]
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 200):
        reviews = list(Review.objects.filter(pk__in=wanted[start : start + 200]).select_related("document"))
        facts, verdicts = _counted(reviews)
        found |= {str(review.pk): review_hash(review, facts, verdicts) for review in reviews}
    return found


def _review_label(pk: str) -> str:
    return Review.objects.filter(pk=pk).values_list("document__number", flat=True).first() or pk


def _review_url(pk: str) -> str | None:
    review = Review.objects.filter(pk=pk).values_list("unit_id", "directive_id").first()
    return reverse("plans:review", args=review) if review else None


_LINE = (
    "number", "group", "text", "leads", "person", "cooperators", "output", "deciding_body", "deadline_text",
    "deadline_from", "deadline_to",
)  # fmt: skip


def act_hash(act: PlanAct, lines: Mapping[int, Sequence[Any]] | None = None) -> str:
    """SHA-256 over what the act says and over every line of the version it was done with, as stored now."""
    if lines is None:
        lines = _lines_of([act])
    return sha256(
        canonical(
            {
                "plan": act.plan.key,
                "unit": act.plan.unit_id,
                "act": act.act,
                "happened_on": act.happened_on,
                "with": act.with_unit_id,
                "reason": act.reason,
                "version": act.edition.ordinal if act.edition is not None else None,
                "lines": lines.get(act.edition_id or 0, []),
            }
        )
    )


def source_of_act(act: PlanAct) -> Source:
    """A version that was submitted or returned as the source of an entry."""
    return Source(room=ROOM, kind=ACT, id=str(act.pk), hash=act_hash(act))


def _lines_of(acts: Iterable[PlanAct]) -> dict[int, list[Any]]:
    """Version id → its lines in order, each as a list of what it says."""
    found: dict[int, list[Any]] = {}
    rows = PlanItem.objects.filter(edition__in={act.edition_id for act in acts if act.edition_id is not None})
    for edition, *said in rows.order_by("edition", "ordinal").values_list("edition_id", *_LINE):
        found.setdefault(edition, []).append(said)
    return found


def _act_hashes(ids: Iterable[str]) -> dict[str, str]:
    wanted = [int(one) for one in ids if str(one).isdigit()]
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 100):
        acts = list(
            PlanAct.objects.filter(pk__in=wanted[start : start + 100]).select_related("plan", "edition", "with_unit")
        )
        lines = _lines_of(acts)
        found |= {str(act.pk): act_hash(act, lines) for act in acts}
    return found


def _act_label(pk: str) -> str:
    act = PlanAct.objects.filter(pk=pk).select_related("edition").first()
    if act is None:
        return pk
    title = PlanFacts.objects.filter(plan=act.plan_id).order_by("-pk").values_list("title", flat=True).first() or ""
    if act.edition is None:
        return title
    return _("%(title)s, version %(n)d") % {"title": title, "n": act.edition.ordinal}


def _act_url(pk: str) -> str | None:
    key = PlanAct.objects.filter(pk=pk).values_list("plan__key", flat=True).first()
    return f"{reverse('plans:plan', args=[key])}#acts-h" if key else None


def _review_page(unit: int, directive: int) -> str:
    return reverse("plans:review", args=[unit, directive])


def register_all() -> None:
    """Called once when Django starts."""
    close_by(
        Ladder.HELD_UP, ROOM, REVIEW, ClosingPage(gettext_lazy("Hold what is in force against the light"), _review_page)
    )
    register(ROOM, ANSWER, Resolver(hashes=_hashes, label=_label, url=_url))
    register(ROOM, REVIEW, Resolver(hashes=_review_hashes, label=_review_label, url=_review_url))
    register(ROOM, ACT, Resolver(hashes=_act_hashes, label=_act_label, url=_act_url))
