"""Two superiors ask for the same with different dates or targets: the question goes upward and comes back decided.

Asked by the unit, answered and decided by the steering office above it, taken up by the unit; each is a row of its
own, never changed, and where it is about a task of the book also a *noted* line there, which changes no state.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.documents import rights
from soichieu.documents.models import ProvisionIdentity
from soichieu.language.text import typed
from soichieu.ledger import clock
from soichieu.ledger import queries as ledger
from soichieu.ledger.append import Draft, append
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Obligation
from soichieu.links.errors import Conflict
from soichieu.links.models import Question, QuestionAct
from soichieu.links.sources import source_of
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

ABOUT = {
    "deadline": gettext_lazy("the deadline"),
    "target": gettext_lazy("the target"),
    "scope": gettext_lazy("the scope"),
    "product": pgettext_lazy("question about", "the product"),
}
"""What may differ between the two sentences."""
LONGEST = 4000
"""So many characters a question, an answer and a decision hold."""
ASK, ANSWER = "ask_question", "answer_question"
Act = QuestionAct.Act
BACK = {Act.ANSWERED: Act.ASKED, Act.DECIDED: Act.TAKEN}
"""What the unit's writing back is, by the act it follows: an answer is asked further, a decision is taken up."""


def may_ask(asker: Asker, unit_id: int | None) -> permissions.Verdict:
    """Whether the asker may put a question upward for a unit: its own doers."""
    return permissions.may(asker, ASK, on=clock.today(), holder_id=unit_id)


def may_answer(asker: Asker, question: Question) -> permissions.Verdict:
    """Whether the asker may answer and decide: the steering office of a unit over the one that asked, not its own."""
    verdict = permissions.may(asker, ANSWER, on=clock.today(), holder_id=question.unit_id)
    if verdict and not asker.operator and asker.unit_id == question.unit_id:
        return permissions.Verdict(False, _("a question is answered above the unit that asked it"), "place")
    return verdict


def may_write_back(asker: Asker, question: Question, last: QuestionAct | None) -> permissions.Verdict:
    """Whether the asker may write back after the last act: doers of the unit that asked, once it was answered."""
    if last is None or last.act not in BACK:
        return permissions.Verdict(False, _("the unit writes back once it was answered"), "state")
    return may_ask(asker, question.unit_id)


@transaction.atomic
def ask_question(
    *,
    asker: Asker,
    first: str,
    second: str,
    about: str,
    text: str,
    obligation_id: int | None = None,
    happened_on: dt.date | None = None,
) -> Question:
    """Ask which of two sentences of superiors holds. ``first`` and ``second`` are keys of sentences the asker sees.

    ``obligation_id``: the task of the unit that it is about; its book then gets a *noted* line. Raises ``Refusal``
    naming the field, ``Forbidden``, ``ProvisionIdentity.DoesNotExist`` and ``Obligation.DoesNotExist`` for what the
    asker does not see.
    """
    obligation, unit_id = _own_task(asker, obligation_id)
    _require(may_ask(asker, unit_id))
    if unit_id is None:
        raise Refusal(_("A question is asked by a unit: sign in on a post, or name a task."))
    if about not in ABOUT:
        raise Refusal(_("Choose what differs between the two."), field="about")
    one, other = _sentence(asker, first, unit_id), _sentence(asker, second, unit_id)
    if one.pk == other.pk:
        raise Refusal(_("A question is about two different sentences."))
    day = _day(happened_on, None)
    _not_before_both(day, one, other)
    words = _words(text, _("Say in a sentence what differs and what you need to know."))
    for there in Question.objects.filter(unit_id=unit_id, about=about, first__in=(one, other), second__in=(one, other)):
        if not there.acts.filter(act=Act.DECIDED).exists():
            raise Refusal(_("This is asked already: question %(number)s.") % {"number": there.pk})
    question = Question.objects.create(
        unit_id=unit_id,
        obligation=obligation,
        first=one,
        second=other,
        about=about,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )
    _write(asker, question, Act.ASKED, words, day)
    return question


@transaction.atomic
def answer_question(
    *, asker: Asker, question_id: int, text: str, happened_on: dt.date | None = None, seen: int | None = None
) -> QuestionAct:
    """Answer a question without deciding it yet: an opinion, or that it goes further up.

    ``seen``: the id of the last act that the asker had before them; another one meanwhile raises ``Conflict``.
    """
    question, last = _open(asker, question_id, seen)
    day = _day(happened_on, last)
    return _write(asker, question, Act.ANSWERED, _words(text, _("Write the answer.")), day)


@transaction.atomic
def decide_question(
    *,
    asker: Asker,
    question_id: int,
    text: str,
    holds: int | None,
    happened_on: dt.date | None = None,
    seen: int | None = None,
) -> QuestionAct:
    """Decide which of the two sentences holds (``holds`` 1 or 2, None: another, said in ``text``). It ends the
    question. Raises like :func:`answer_question`."""
    question, last = _open(asker, question_id, seen)
    if holds not in (1, 2, None):
        raise Refusal(_("Choose which of the two holds, or that it is another."), field="holds")
    day = _day(happened_on, last)
    words = _words(text, _("Write the decision, with its date or target where it is another."))
    return _write(asker, question, Act.DECIDED, words, day, holds)


@transaction.atomic
def write_back(
    *, asker: Asker, question_id: int, text: str, happened_on: dt.date | None = None, seen: int | None = None
) -> QuestionAct:
    """What the unit that asked writes back. After an answer it asks further, and the question waits above again; after
    a decision it says what follows in its work, which ends the question. Raises like :func:`answer_question`."""
    question, last = _locked(asker, question_id)
    _require(may_ask(asker, question.unit_id))
    _refuse_unseen(last, seen)
    _require(may_write_back(asker, question, last))
    day = _day(happened_on, last)
    return _write(asker, question, BACK[Act(last.act)], _words(text, _("Write what you ask, or what follows.")), day)


def _require(verdict: permissions.Verdict) -> None:
    if not verdict:
        raise Forbidden(verdict.reason)


def _own_task(asker: Asker, obligation_id: int | None) -> tuple[Obligation | None, int | None]:
    """The task asked about and the unit that asks: its holder, or the asker's own."""
    if obligation_id is None:
        return None, asker.unit_id
    obligation, cell = ledger.obligation(asker, obligation_id)
    return obligation, cell.holder_id if cell.holder_id is not None else obligation.unit_id


def _sentence(asker: Asker, key: str, unit_id: int) -> ProvisionIdentity:
    seen = rights.visible_documents(asker).values("pk")
    identity = ProvisionIdentity.objects.select_related("document").get(key=key, document__in=seen)
    if identity.document.issuer_unit_id == unit_id:
        raise Refusal(
            _("%(number)s is the unit's own; what it says the unit may change itself.")
            % {"number": identity.document.number}
        )
    return identity


def _words(text: str, otherwise: str) -> str:
    words = typed(text).strip()
    if not words:
        raise Refusal(otherwise, field="text")
    if len(words) > LONGEST:
        raise Refusal(_("At most %(longest)d characters.") % {"longest": LONGEST}, field="text")
    return words


def _not_before_both(day: dt.date, *sentences: ProvisionIdentity) -> None:
    """Two sentences can differ only since the later of their documents was signed."""
    newest = max((one.document for one in sentences), key=lambda document: document.signed_on)
    if day < newest.signed_on:
        raise Refusal(
            _("%(number)s was issued on %(day)s; a question about it cannot be earlier.")
            % {"number": newest.number, "day": write_day(newest.signed_on)},
            field="happened_on",
        )


def _day(day: dt.date | None, last: QuestionAct | None) -> dt.date:
    day = day or clock.today()
    if day > clock.today():
        raise Refusal(_("%(day)s has not come yet.") % {"day": write_day(day)}, field="happened_on")
    if last is not None and day < last.happened_on:
        raise Refusal(
            _("What it answers was written on %(day)s; this cannot be earlier.") % {"day": write_day(last.happened_on)},
            field="happened_on",
        )
    return day


def _open(asker: Asker, question_id: int, seen: int | None) -> tuple[Question, QuestionAct]:
    """A question that may still be answered, locked until the act is written, and its last act."""
    question, last = _locked(asker, question_id)
    _require(may_answer(asker, question))
    _refuse_unseen(last, seen)
    if last.act in (Act.DECIDED, Act.TAKEN):
        raise Refusal(_("This question is decided; ask a new one where something is still open."))
    return question, last


def _locked(asker: Asker, question_id: int) -> tuple[Question, QuestionAct]:
    """A question that the asker sees, locked until the act is written, and its last act."""
    visible = permissions.visible_units(asker, on=clock.today())
    questions = Question.objects.select_for_update(of=("self",))
    if visible is not None:
        questions = questions.filter(unit_id__in=rights.id_list(visible))
    question = questions.get(pk=question_id)
    last = question.acts.order_by("-pk").first()
    if last is None:
        raise Refusal(_("Nothing was asked here."))
    return question, last


def _refuse_unseen(last: QuestionAct, seen: int | None) -> None:
    if seen is not None and last.pk != seen:
        raise Conflict(
            _("Meanwhile %(who)s wrote: “%(text)s”. Nothing of yours was written; read it, then send again.")
            % {"who": last.made_by.get("label", ""), "text": last.text},
            None,
        )


def _write(
    asker: Asker, question: Question, act: str, text: str, day: dt.date, holds: int | None = None
) -> QuestionAct:
    written = QuestionAct.objects.create(
        question=question,
        act=act,
        text=text,
        holds=holds,
        happened_on=day,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )
    if question.obligation is not None:
        # The room's own verb was checked: a superior answers in the book of a task that it did not give, too.
        append(
            asker=asker,
            chain_id=question.obligation.chain_id,
            drafts=[
                Draft(
                    obligation_id=question.obligation.pk,
                    kind=Kind.NOTED,
                    happened_on=day,
                    source=source_of(written),
                    payload={"reason": text, "question": str(act)},
                )
            ],
        )
    return written
