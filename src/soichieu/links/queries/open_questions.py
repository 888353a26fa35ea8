"""The questions that wait: for those above who answer, for the unit that asked. Permissions are asked in bulk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef

from soichieu.documents import rights
from soichieu.ledger import clock
from soichieu.links.commands.questions import ANSWER, ASK, BACK
from soichieu.links.models import QuestionAct
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker

Act = QuestionAct.Act


@dataclass(frozen=True)
class Open:
    """The last act of each open question, the longest waiting first. ``to_answer``: asked, waits for the asker above;
    ``answered``: answered or decided, waits for the asker's unit to write back or take it up; ``asked``: of the
    asker's unit, waits above."""

    to_answer: tuple[QuestionAct, ...] = ()
    answered: tuple[QuestionAct, ...] = ()
    asked: tuple[QuestionAct, ...] = ()


def open_questions(asker: Asker) -> Open:
    """What waits for whoever asks, by the roles of their post; nothing for somebody without one."""
    if asker.operator or asker.unit_id is None:
        return Open()
    visible = permissions.visible_units(asker, on=clock.today())
    if visible is None or not len(visible):
        return Open()
    later = QuestionAct.objects.filter(question=OuterRef("question"), pk__gt=OuterRef("pk"))
    last = QuestionAct.objects.filter(
        ~Exists(later), act__in=(Act.ASKED, *BACK), question__unit__in=rights.id_list(visible)
    )
    found = list(
        last.select_related("question__first__document", "question__second__document").order_by("happened_on", "pk")
    )
    asked = [act for act in found if act.act == Act.ASKED]
    answered = [act for act in found if act.act in BACK]
    return Open(
        # A question is answered above the unit that asked it, also where that unit has a steering office of its own.
        to_answer=tuple(act for act in _allowed(asker, ANSWER, asked) if act.question.unit_id != asker.unit_id),
        answered=tuple(_allowed(asker, ASK, answered)),
        asked=tuple(_allowed(asker, ASK, asked)),
    )


def _allowed(asker: Asker, verb: str, acts: list[QuestionAct]) -> list[QuestionAct]:
    """Of some acts those about whose unit the asker may do a verb: one question to the rule for all of them."""
    if not acts:
        return []
    units = np.array([act.question.unit_id for act in acts], np.int64)
    may = permissions.may_many(asker, verb, holder_ids=units, issuer_ids=units, on=clock.today())
    return [act for act, allowed in zip(acts, may, strict=True) if allowed]
