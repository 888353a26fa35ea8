"""One search without tones over documents, their sentences, tasks and units: only what the asker may see."""

from __future__ import annotations

from dataclasses import dataclass, field

from soichieu.board import links
from soichieu.board.queries import access
from soichieu.documents import queries as documents
from soichieu.language.text import fold
from soichieu.ledger import clock
from soichieu.ledger.models import Requirement
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Kind
from soichieu.organisation.searching import Hit, search

MOST = 30


@dataclass(frozen=True)
class UnitHit:
    hit: Hit
    url: str
    kind: str


@dataclass(frozen=True)
class TaskHit:
    requirement: Requirement
    url: str


@dataclass
class Found:
    """What fits, by kind; ``more``: where there was more than is shown."""

    documents: list[documents.Hit] = field(default_factory=list)
    tasks: list[TaskHit] = field(default_factory=list)
    units: list[UnitHit] = field(default_factory=list)
    more: frozenset[str] = frozenset()

    @property
    def many(self) -> int:
        return len(self.documents) + len(self.tasks) + len(self.units)


def find(asker: Asker, text: str) -> Found:
    """Everything that holds all the words, at most :data:`MOST` of each kind; the same queries whatever is found."""
    words = fold(text).split()
    if not words:
        return Found()
    texts = documents.search(asker, text, limit=MOST + 1)
    tasks = _tasks(asker, words)
    units = search(text, clock.today(), subject="unit", limit=MOST + 1)
    more = {name for name, hits in (("documents", texts), ("tasks", tasks), ("units", units)) if len(hits) > MOST}
    return Found(
        documents=texts[:MOST],
        tasks=[TaskHit(one, links.thread_url(one.pk)) for one in tasks[:MOST]],
        units=[UnitHit(hit, links.unit_url(hit.id), str(Kind(hit.kind).label)) for hit in units[:MOST]],
        more=frozenset(more),
    )


def _tasks(asker: Asker, words: list[str]) -> list[Requirement]:
    """Confirmed requirements of the directives that the asker finds on the board."""
    seen = {one.pk: one for one in access.directives(asker)}
    every = Requirement.objects.filter(directive__in=seen, status=Requirement.Status.CONFIRMED).order_by(
        "directive", "ordinal"
    )
    found = []
    for one in every:
        said = fold(f"{seen[one.directive_id].number} {one.code} {one.title} {one.leads_text}")
        if all(word in said for word in words):
            one.directive = seen[one.directive_id]
            found.append(one)
            if len(found) > MOST:
                break
    return found
