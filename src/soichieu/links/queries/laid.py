"""What lies on the light table: lines with their links, sentences with who answers them, the pair under the lamp."""

from __future__ import annotations

from dataclasses import dataclass, field

from soichieu.links import engine
from soichieu.links.items import Item
from soichieu.links.models import ANSWERS, Decision, LeftOpen, Relation
from soichieu.links.offered import Offer

NONE = Relation.NONE.value

AGAIN = "again"
LINE_FILTERS = ("unclear", "copied", "drift", AGAIN, "todo")
SENTENCE_FILTERS = ("no_item", "left_open", "differs")


@dataclass(frozen=True)
class Link:
    """A standing decision as a line or a sentence shows it. ``offer`` is None when the sentence is gone from the newest
    text; then ``was`` holds its words. ``again`` says why it is to be looked at again: ``item``, ``provision``,
    ``gone``, or nothing."""

    decision: Decision
    offer: Offer | None
    was: str = ""
    again: str = ""
    drifts: tuple[engine.Drifted, ...] = ()

    @property
    def answers(self) -> bool:
        return self.decision.relation in ANSWERS

    @property
    def citation(self) -> str:
        return self.offer.citation if self.offer else ""

    @property
    def relation_words(self) -> str:
        return str(Relation(self.decision.relation).label)


@dataclass(eq=False)
class Line:
    """A line of the plan on the table. ``links`` are those that tie it to a sentence, ``refused`` how many pairs were
    refused, ``waiting`` the suggestions nobody has decided about."""

    item: Item
    letter: str
    ordinal: int
    links: list[Link] = field(default_factory=list)
    refused: int = 0
    waiting: list[engine.Candidate] = field(default_factory=list)
    taken: engine.Taken | None = None
    clears: tuple[str, ...] = ()
    hidden: bool = False
    """A filter leaves it out."""

    @property
    def number(self) -> str:
        """As the plan numbers it; its place in the plan where it has no number."""
        return self.item.number or str(self.ordinal)

    @property
    def decided(self) -> bool:
        """A person decided about at least one of its pairs."""
        return bool(self.links or self.refused)

    @property
    def again(self) -> bool:
        return any(link.again for link in self.links)

    @property
    def drifts(self) -> list[engine.Drifted]:
        return [one for link in self.links for one in link.drifts]

    @property
    def unclear(self) -> bool:
        """Nothing ties it to a sentence, and no suggestion waits."""
        return not self.links and not self.waiting

    @property
    def todo(self) -> bool:
        """A suggestion waits for a decision on a line that nothing ties to a sentence yet."""
        return not self.links and bool(self.waiting)

    def fits(self, shown: str) -> bool:
        """Whether a filter of lines keeps it."""
        match shown:
            case "unclear":
                return self.unclear
            case "copied":
                return self.taken is not None and self.taken.how == "copied"
            case "drift":
                return bool(self.drifts)
            case "again":
                return self.again
            case "todo":
                return self.todo
        return True


@dataclass(eq=False)
class Sentence:
    """A sentence of the document on the table: who answers it, who only touches it, who is proposed."""

    offer: Offer
    answers: list[Line] = field(default_factory=list)
    touches: list[Line] = field(default_factory=list)
    proposed: list[Line] = field(default_factory=list)
    open: LeftOpen | None = None
    twins: list[Twin] = field(default_factory=list)
    hidden: bool = False
    """A filter leaves it out."""

    @property
    def left_open(self) -> bool:
        return self.open is not None and bool(self.open.reason)

    @property
    def again(self) -> bool:
        """It was left open when its words were others."""
        return self.open is not None and self.left_open and self.open.provision_hash != self.offer.hash

    @property
    def no_item(self) -> bool:
        """No line answers it by a decision, and nobody said why not."""
        return not self.answers and not self.left_open

    def fits(self, shown: str) -> bool:
        """Whether a filter of sentences keeps it."""
        match shown:
            case "no_item":
                return self.no_item
            case "left_open":
                return self.left_open
            case "differs":
                return any(one.differs for one in self.twins)
        return True


@dataclass(frozen=True)
class Twin:
    """A sentence of the second superior that asks the same as one of the first."""

    offer: Offer
    score: float
    differs: tuple[engine.Drifted, ...] = ()


@dataclass(frozen=True)
class Pair:
    """The pair under the lamp: a line and a sentence, with what was decided and what was suggested. ``newest``: the
    last row about it, also one that took a decision back; ``refusal``: the row that refused it, while that stands."""

    line: Line
    sentence: Sentence | None
    link: Link | None = None
    newest: Decision | None = None
    candidate: engine.Candidate | None = None
    refusal: Decision | None = None
