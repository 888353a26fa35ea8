"""What the templates of the light table draw: the pair under the lamp, the tally, the sheet in parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.links import engine, suggesting
from soichieu.links.models import Decision, Relation
from soichieu.links.overlay import Overlay, lay_over
from soichieu.links.queries.laid import Pair, Sentence, Twin
from soichieu.links.queries.since import Changed, since
from soichieu.links.queries.table import Table, parts
from soichieu.links.showing import Shown
from soichieu.links.words import ADDED, DRIFTS, HOW, reason_words
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker


@dataclass(frozen=True)
class Choice:
    """One relation to choose: its key on the keyboard, its words, and whether it stands chosen."""

    value: str
    key: int
    label: str
    on: bool


@dataclass(frozen=True)
class Why:
    """A reason for the suggestion: what kind, and its terms, each with its share of what the two have in common."""

    label: str
    terms: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class Other:
    """Another sentence that may be laid under the lamp with the same line."""

    citation: str
    url: str
    score: float | None
    relation: str
    on: bool


@dataclass
class Lamp:
    """The pair under the lamp, ready to draw. ``last`` is the decision just made, which one key takes back;
    ``finished``: after it no suggestion waits any more."""

    pair: Pair | None
    action: str
    may: bool
    why_not: str = ""
    overlay: Overlay | None = None
    taken: engine.Taken | None = None
    taken_label: str = ""
    added: list[str] = field(default_factory=list)
    drifts: list[tuple[str, engine.Drifted]] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    whys: list[Why] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    since: list[Changed] = field(default_factory=list)
    twins: list[tuple[Twin, str, list[tuple[str, engine.Drifted]]]] = field(default_factory=list)
    last: Decision | None = None
    last_line: str = ""
    last_place: str = ""
    last_key: str = ""
    error: str = ""
    field: str = ""
    reason: str = ""
    moved: bool = False
    finished: bool = False
    before: str = ""
    after: str = ""
    place_number: int = 0

    @property
    def seen(self) -> int | str:
        """The newest row of the pair that this page shows."""
        return self.pair.newest.pk if self.pair and self.pair.newest else ""

    @property
    def open_seen(self) -> int | str:
        """The newest row about leaving the sentence open."""
        sentence = self.pair.sentence if self.pair else None
        return sentence.open.pk if sentence and sentence.open else ""

    @property
    def suggested(self) -> str:
        """The relation that is proposed."""
        return self.pair.candidate.relation if self.pair and self.pair.candidate else ""


def lamp_of(
    asker: Asker,
    shown: Shown,
    pair: Pair | None,
    *,
    last: Decision | None = None,
    error: Refusal | None = None,
    typed: Mapping[str, str] | None = None,
    moved: bool = False,
) -> Lamp:
    """Everything the middle of the page shows about a pair."""
    table = shown.table
    query = shown.url().partition("?")[2]
    action = reverse("links:decide", args=[table.holding.key, table.document.pk]) + (f"?{query}" if query else "")
    lamp = Lamp(pair, action, bool(table.verdict), table.verdict.reason, moved=moved)
    if error is not None:
        lamp.error, lamp.field, lamp.reason = str(error), error.field or "", (typed or {}).get("reason", "")
    if last is not None:
        _fill_last(table, lamp, last)
    if pair is None:
        return lamp
    _fill_ways(shown, lamp, pair)
    if pair.sentence is None:
        return lamp
    _fill_compared(table, lamp, pair, pair.sentence)
    if pair.link is not None:
        lamp.since = since(pair.link)
    chosen = (typed or {}).get("relation") or (pair.link.decision.relation if pair.link else "")
    chosen = chosen or (Relation.NONE.value if pair.refusal else "") or lamp.suggested
    lamp.choices = [
        Choice(one.value, at, str(one.label), one.value == chosen) for at, one in enumerate(Relation, start=1)
    ]
    _fill_twins(asker, table, lamp, pair.sentence)
    return lamp


def _fill_last(table: Table, lamp: Lamp, last: Decision) -> None:
    line = table.line_of.get(last.item_key)
    sentence = table.sentence_by_identity.get(last.provision_id)
    if line is not None and sentence is not None:
        lamp.last, lamp.last_line = last, line.number
        lamp.last_place, lamp.last_key = sentence.offer.citation, sentence.offer.key


def _fill_ways(shown: Shown, lamp: Lamp, pair: Pair) -> None:
    """The lines before and after among those on the page, and the other sentences proposed for this one."""
    table = shown.table
    lines = shown.lines
    at = next((place for place, one in enumerate(lines) if one is pair.line), None)
    if at is not None:
        lamp.place_number = at + 1
        if at > 0:
            lamp.before = lines[at - 1].item.key
        if at + 1 < len(lines):
            lamp.after = lines[at + 1].item.key
    here = pair.sentence.offer.identity if pair.sentence else None
    tied = {link.decision.provision_id: link.decision.relation for link in pair.line.links}
    proposed = {one.identity: one for one in table.proposed_for(pair.line)}
    order = [*tied, *(one for one in proposed if one not in tied)]
    if here is not None and here not in order:
        order.append(here)
    for identity in order:
        sentence = table.sentence_by_identity.get(identity)
        if sentence is None:
            continue
        candidate = proposed.get(identity)
        relation = tied.get(identity, "")
        lamp.others.append(
            Other(
                sentence.offer.citation,
                shown.base + urlencode({"item": pair.line.item.key, "with": sentence.offer.key}),
                candidate.score if candidate else None,
                str(Relation(relation).label) if relation else "",
                identity == here,
            )
        )


def _fill_compared(table: Table, lamp: Lamp, pair: Pair, sentence: Sentence) -> None:
    item, offer = pair.line.item, sentence.offer
    marks: list[tuple[str, str]] = []
    if table.checked:
        lamp.taken = suggesting.taken(item, offer, table.unit)
        lamp.taken_label = str(HOW[lamp.taken.how])
        lamp.added = list(dict.fromkeys(str(ADDED[kind]) for kind, _words in lamp.taken.added if kind in ADDED))
        marks += [(words, kind) for kind, words in lamp.taken.added]
        lamp.drifts = [(str(DRIFTS[one.kind]), one) for one in suggesting.drifts(item, offer, table.unit)]
        marks += [(one.item, "drift") for _label, one in lamp.drifts]
    lamp.overlay = lay_over(offer.text, item.text, tuple(marks))
    lamp.whys = [Why(reason_words(one.kind), one.terms) for one in suggesting.reasons(table.proposed, item, offer)]


def _fill_twins(asker: Asker, table: Table, lamp: Lamp, sentence: Sentence) -> None:
    """What the second superior asks in the same matter, with the way to put a difference upward."""
    may_ask = permissions.may(asker, "ask_question", on=clock.today(), holder_id=table.holding.unit_id)
    for twin in sentence.twins:
        url = ""
        if twin.differs and may_ask:
            url = ask_url(sentence, twin)
        lamp.twins.append((twin, url, [(str(DRIFTS[one.kind]), one) for one in twin.differs]))


ABOUT = {"target_weaker": "target", "deadline_later": "deadline"}
"""What a question put upward is about, by how two superiors differ."""


def ask_url(sentence: Sentence, twin: Twin) -> str:
    """Where the question about two superiors is asked."""
    asked = reverse("links:ask", args=[sentence.offer.key, twin.offer.key])
    return asked + "?" + urlencode({"about": ABOUT[twin.differs[0].kind]})


@dataclass(frozen=True)
class Tally:
    """How far the table is decided."""

    decided: int
    lines: int
    without: int
    sentences: int
    filters: list[Any]


def tally_of(shown: Shown) -> Tally:
    """n of N lines decided, and the filters with their counts."""
    table = shown.table
    return Tally(table.decided, len(table.lines), table.counts["no_item"], len(table.sentences), shown.filters())


@dataclass(frozen=True)
class Part:
    """A stretch of the document's sheet under its headings. ``fresh`` are those that the part before did not have:
    place, words, and whether the filters hide all that stands below."""

    fresh: list[tuple[str, str, bool]]
    sentences: list[Sentence]


def parts_of(shown: Shown) -> list[Part]:
    """The document's sheet in parts, each with the headings that begin there."""
    found: list[Part] = []
    before: tuple[tuple[str, str], ...] = ()
    lit = {heading for one in shown.sentences for heading in one.offer.headings}
    for headings, sentences in parts(shown.table.sentences):
        fresh = [(*one, one not in lit) for one in headings if one not in before]
        found.append(Part(fresh, sentences))
        before = headings
    return found
