"""Questions put upward, as far as the asker sees the units that asked; and both sentences of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from soichieu.documents import rights
from soichieu.documents.models import Document, Edition, Provision, ProvisionIdentity, TableRow
from soichieu.ledger import clock
from soichieu.ledger.fold import answer_for
from soichieu.ledger.models import Obligation
from soichieu.links.commands.questions import ABOUT
from soichieu.links.models import Question, QuestionAct
from soichieu.links.offered import offered
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

CLOSED = frozenset({"absent", "done", "waived", "superseded"})


@dataclass(frozen=True)
class Sentence:
    """A sentence with its document. ``seen``: the asker sees the document; otherwise only its number is told."""

    document: Document
    key: str
    citation: str
    words: str
    deadline: str
    seen: bool

    @property
    def place(self) -> str:
        return f"{self.document.number}, {self.citation}" if self.citation else self.document.number

    @property
    def url(self) -> str:
        return reverse("documents:place", args=[self.key]) if self.seen and self.citation else ""


@dataclass(frozen=True)
class Asked:
    """A question with its acts in order, for lists and for its page."""

    question: Question
    unit_name: str
    first: Sentence
    second: Sentence
    acts: tuple[QuestionAct, ...]

    @property
    def state(self) -> str:
        """The last act: asked, answered, decided, taken up."""
        return self.acts[-1].act if self.acts else ""

    @property
    def state_label(self) -> str:
        return str(QuestionAct.Act(self.state).label) if self.state else ""

    @property
    def about(self) -> str:
        return self.question.about

    @property
    def about_label(self) -> str:
        return str(ABOUT.get(self.question.about, self.question.about))

    @property
    def text(self) -> str:
        return self.acts[0].text if self.acts else ""

    @property
    def url(self) -> str:
        return reverse("links:question", args=[self.question.pk])

    @property
    def first_place(self) -> str:
        return self.first.place

    @property
    def second_place(self) -> str:
        return self.second.place

    @property
    def first_holds(self) -> bool:
        return self.decision is not None and self.decision.holds == 1

    @property
    def second_holds(self) -> bool:
        return self.decision is not None and self.decision.holds == 2

    @property
    def decision(self) -> QuestionAct | None:
        return next((act for act in reversed(self.acts) if act.act == QuestionAct.Act.DECIDED), None)


def questions(asker: Asker) -> list[Asked]:
    """The questions of the units that the asker sees, the newest first; a few queries for all of them."""
    found = Question.objects.select_related("obligation__requirement").prefetch_related("acts").order_by("-pk")
    units = permissions.visible_units(asker, on=clock.today())
    if units is not None:
        found = found.filter(unit_id__in=rights.id_list(units))
    return _made(asker, list(found))


def question(asker: Asker, pk: int) -> Asked:
    """One question; ``Question.DoesNotExist`` when the asker does not see the unit that asked."""
    found = Question.objects.select_related("obligation__requirement__directive").prefetch_related("acts")
    units = permissions.visible_units(asker, on=clock.today())
    if units is not None:
        found = found.filter(unit_id__in=rights.id_list(units))
    return _made(asker, [found.get(pk=pk)])[0]


def _made(asker: Asker, found: list[Question]) -> list[Asked]:
    names = name_of({one.unit_id for one in found}, clock.today())
    told = sentences(asker, {pk for one in found for pk in (one.first_id, one.second_id)})
    return [
        Asked(
            one,
            names[one.unit_id],
            told[one.first_id],
            told[one.second_id],
            tuple(sorted(one.acts.all(), key=lambda act: act.pk)),
        )
        for one in found
    ]


def sentences(asker: Asker, identities: Iterable[int]) -> dict[int, Sentence]:
    """Identity → what it says in the newest text that holds it. Of a document that the asker does not see, its number
    alone."""
    rows = ProvisionIdentity.objects.select_related("document").filter(pk__in=list(identities))
    seen = set(rights.visible_documents(asker).filter(identities__in=rows).values_list("pk", flat=True))
    newest: dict[int, Edition] = {}
    documents = {one.document_id for one in rows}
    for edition in Edition.objects.filter(document__in=documents).order_by("ordinal").defer("source_text"):
        newest[edition.document_id] = edition
    found: dict[int, Sentence] = {}
    for one in rows:
        edition_ = newest.get(one.document_id)
        offer = offered(edition_).by_identity.get(one.pk) if edition_ else None
        visible = one.document_id in seen
        if not visible:
            found[one.pk] = Sentence(one.document, one.key, "", "", "", False)
        elif offer is not None:
            found[one.pk] = Sentence(one.document, one.key, offer.citation, offer.text, offer.deadline_text, True)
        else:
            found[one.pk] = _elsewhere(one)
    return found


def _elsewhere(identity: ProvisionIdentity) -> Sentence:
    """A sentence that is no leaf of the newest text: a whole point, or what only an older text has."""
    provision: Provision | None = identity.provisions.order_by("-edition__ordinal").first()
    if provision is not None:
        words = provision.text or provision.heading
        return Sentence(identity.document, identity.key, provision.citation, words, "", True)
    row: TableRow | None = identity.rows.order_by("-edition__ordinal").first()
    if row is not None:
        return Sentence(identity.document, identity.key, row.row_id, row.text, "", True)
    return Sentence(identity.document, identity.key, "", "", "", True)


def own_tasks(asker: Asker, documents: Iterable[int]) -> list[Obligation]:
    """The open tasks of the asker's unit from some directives: what a question may be about."""
    if asker.unit_id is None:
        return []
    found = list(
        Obligation.objects.filter(chain__directive__in=list(documents), unit_id=asker.unit_id)
        .select_related("requirement__directive")
        .order_by("requirement__directive", "requirement__ordinal")
    )
    if not found:
        return []
    state = answer_for([one.pk for one in found], clock.today())
    return [one for one in found if state.cell(one.pk).lifecycle not in CLOSED]
