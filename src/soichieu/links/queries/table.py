"""The light table: a plan's lines beside a document's sentences, with all that the page says of each, in one read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from soichieu.documents import queries as documents
from soichieu.documents.models import Document, Edition, Provision, TableRow
from soichieu.links import engine, items, suggesting
from soichieu.links.commands.decisions import may
from soichieu.links.items import Holding, Item
from soichieu.links.models import ANSWERS, Decision, LeftOpen
from soichieu.links.offered import Offer, Offered, offered
from soichieu.links.queries import standing
from soichieu.links.queries.laid import AGAIN, LINE_FILTERS, NONE, SENTENCE_FILTERS, Line, Link, Pair, Sentence, Twin
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.names import name_of


@dataclass
class Table:
    """Everything the page shows. ``verdict``: whether the asker may decide; ``checked``: whether what the engine finds
    about the plan (copied, drift, clears) may be shown, its own unit first; ``of_own``: the asker's unit made it."""

    holding: Holding
    document: Document
    edition: Edition
    offered: Offered
    verdict: permissions.Verdict
    checked: bool
    weights: str
    lines: list[Line]
    sentences: list[Sentence]
    rows: Mapping[standing.Pair, Decision]
    proposed: suggesting.Suggestions
    unit: str = ""
    second: Document | None = None
    second_offered: Offered | None = None

    @cached_property
    def line_of(self) -> dict[str, Line]:
        return {one.item.key: one for one in self.lines}

    @cached_property
    def sentence_of(self) -> dict[str, Sentence]:
        return {one.offer.key: one for one in self.sentences}

    @cached_property
    def sentence_by_identity(self) -> dict[int, Sentence]:
        return {one.offer.identity: one for one in self.sentences}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many each filter keeps."""
        found = {name: sum(one.fits(name) for one in self.lines) for name in LINE_FILTERS}
        return found | {name: sum(one.fits(name) for one in self.sentences) for name in SENTENCE_FILTERS}

    @property
    def decided(self) -> int:
        """How many lines somebody decided about."""
        return sum(one.decided for one in self.lines)

    @cached_property
    def shares(self) -> Counter[str]:
        """How many lines are copied, reworded, made specific, of its own."""
        return Counter(one.taken.how for one in self.lines if one.taken is not None)

    @property
    def from_before(self) -> bool:
        """The plan was in force before the document was signed."""
        begun = self.holding.begun_on
        return begun is not None and begun < self.document.signed_on

    def queue(self) -> Iterator[tuple[Line, engine.Candidate]]:
        """What waits for a decision, in the order of the plan: each line's best suggestion until it is tied to a
        sentence, after that only likely ones."""
        for line in self.lines:
            for at, candidate in enumerate(line.waiting):
                if (at == 0 and not line.links) or candidate.score >= suggesting.LIKELY_FROM:
                    yield line, candidate

    def pair(self, item_key: str, provision_key: str = "") -> Pair | None:
        """The pair of a line and a sentence; without a sentence the line's most urgent one. None without lines."""
        line = self.line_of.get(item_key)
        if line is None:
            return self.first()
        sentence = self.sentence_of.get(provision_key)
        if sentence is None:
            sentence = self._most_urgent(line)
        if sentence is None:
            return Pair(line, None)
        return self._pair(line, sentence)

    def _pair(self, line: Line, sentence: Sentence) -> Pair:
        pair = (line.item.key, sentence.offer.identity)
        link = next((one for one in line.links if one.decision.provision_id == pair[1]), None)
        newest = self.rows.get(pair)
        refused = newest if newest is not None and link is None and newest.origin == Decision.Origin.REFUSED else None
        return Pair(line, sentence, link, newest, self.candidate(*pair), refused)

    def candidate(self, item_key: str, identity: int) -> engine.Candidate | None:
        """What was proposed about a pair, also one that is decided; None when it was not proposed."""
        return self.proposed.about(item_key, identity)

    def proposed_for(self, line: Line) -> tuple[engine.Candidate, ...]:
        """All that was proposed for a line, best first, also what is decided."""
        return self.proposed.of.get(line.item.key, ())

    def _most_urgent(self, line: Line) -> Sentence | None:
        again = [link.decision.provision_id for link in line.links if link.again and link.offer]
        tied = [link.decision.provision_id for link in line.links if link.offer]
        waiting = [one.identity for one in line.waiting]
        order = [*again, *(waiting if not tied else []), *tied, *waiting]
        return next((self.sentence_by_identity[one] for one in order if one in self.sentence_by_identity), None)

    def first(self, shown: str = "") -> Pair | None:
        """Where a visit begins: the first pair that waits, else the first line that the filter keeps."""
        kept = [one for one in self.lines if one.fits(shown)] if shown in LINE_FILTERS else self.lines
        if shown == AGAIN and kept:
            return self.pair(kept[0].item.key)  # what was decided and changed, before what is only suggested
        keys = {one.item.key for one in kept}
        for line, candidate in self.queue():
            if line.item.key in keys and candidate.identity in self.sentence_by_identity:
                return self._pair(line, self.sentence_by_identity[candidate.identity])
        return self.pair(kept[0].item.key) if kept else None

    def after(self, item_key: str, provision_key: str, *, shown: str = "") -> Pair | None:
        """Where the pass goes on after a decision: what still waits of the same line, then the lines below, then those
        above. When nothing waits, the pair just decided stays."""
        here = self.line_of.get(item_key)
        if here is None:
            return self.first(shown)
        if shown == AGAIN:
            left = [one for one in self.lines if one.again]
            onward = [one for one in left if one.ordinal >= here.ordinal] or left
            return self.pair(onward[0].item.key) if onward else self.pair(item_key, provision_key)
        waiting = [(line, one) for line, one in self.queue() if shown not in LINE_FILTERS or line.fits(shown)]
        same = [pair for pair in waiting if pair[0] is here]
        later = [pair for pair in waiting if pair[0].ordinal > here.ordinal]
        earlier = [pair for pair in waiting if pair[0].ordinal < here.ordinal]
        for line, one in [*same, *later, *earlier]:
            if one.identity in self.sentence_by_identity:
                return self._pair(line, self.sentence_by_identity[one.identity])
        return self.pair(item_key, provision_key)


def table(asker: Asker, key: str, document_id: int, *, second_id: int | None = None) -> Table:
    """A plan against a document. ``ObjectDoesNotExist`` when the asker does not see one of them, or the document has no
    text here."""
    holding = items.holding(asker, key)
    document = documents.document(asker, document_id)
    edition = documents.edition(asker, document)
    if edition is None:
        raise Edition.DoesNotExist
    whole = offered(edition)
    rows = standing.newest(holding.key, [document.pk])
    proposed = suggesting.suggestions(holding, whole)
    checked = items.provider_of(holding.room, holding.kind).shown_shares(asker, holding, document)
    gone = _gone_texts({pair[1] for pair in rows} - set(whole.by_identity))
    order = {one.identity: at for at, one in enumerate(whole.offers)}
    by_line: dict[str, list[Decision]] = {}
    for (item_key, _identity), row in rows.items():
        by_line.setdefault(item_key, []).append(row)
    unit = name_of([holding.unit_id], today())[holding.unit_id]
    lines = []
    for at, item in enumerate(holding.items, start=1):
        own = sorted(by_line.get(item.key, ()), key=lambda row: order.get(row.provision_id, len(order)))
        line = _line(at, item, whole, own, proposed, gone, unit if checked else None)
        if checked:
            _check(line, whole, unit)
        lines.append(line)
    made = Table(
        holding, document, edition, whole, may(asker, holding), checked, proposed.weights, lines, [], rows, proposed
    )
    made.sentences = _sentences(made, standing.left_open(holding.key, [document.pk]))
    if second_id is not None and second_id != document.pk:
        _lay_beside(asker, made, second_id)
    return made


def _line(
    ordinal: int,
    item: Item,
    whole: Offered,
    rows: Sequence[Decision],
    proposed: suggesting.Suggestions,
    gone: Mapping[int, str],
    unit: str | None,
) -> Line:
    """``unit``: the name of the plan's unit where what the engine finds may be shown, else None."""
    line = Line(item, letter(ordinal), ordinal)
    decided: set[int] = set()
    for row in rows:
        if row.origin == Decision.Origin.WITHDRAWN:
            continue
        identity = row.provision_id
        decided.add(identity)
        if row.relation == NONE:
            line.refused += 1
        else:
            line.links.append(_link(row, item, whole.by_identity.get(identity), gone.get(identity, ""), unit))
    line.waiting = [one for one in proposed.of.get(item.key, ()) if one.identity not in decided]
    return line


def _check(line: Line, whole: Offered, unit: str) -> None:
    """What the engine finds about a line: against the sentence it answers by decision, else the first suggested."""
    against = next((one.offer for one in line.links if one.answers and one.offer), None)
    if against is None and not line.links and line.waiting:
        against = whole.by_identity.get(line.waiting[0].identity)
    line.taken = suggesting.taken(line.item, against, unit) if against else None
    line.clears = suggesting.missing_clears(line.item)


def _link(row: Decision, item: Item, offer: Offer | None, was: str, unit: str | None) -> Link:
    again = ""
    if offer is None:
        again = "gone"
    elif row.provision_hash != offer.hash:
        again = "provision"
    elif row.item_hash != item.hash:
        again = "item"
    told = unit is not None and offer is not None and row.relation in ANSWERS
    drifts = suggesting.drifts(item, offer, unit or "") if told and offer is not None else ()
    return Link(row, offer, was, again, drifts)


def _gone_texts(identities: set[int]) -> dict[int, str]:
    """What sentences said that are no longer in the newest text: where they stood, and their words."""
    if not identities:
        return {}
    found: dict[int, str] = {}
    for one in Provision.objects.filter(identity__in=identities).order_by("edition__ordinal"):
        found[one.identity_id] = f"{one.citation}: {one.text}"
    for row in TableRow.objects.filter(identity__in=identities).order_by("edition__ordinal"):
        found[row.identity_id] = f"{row.row_id}: {row.text}"
    return found


def _sentences(made: Table, left_open: Mapping[int, LeftOpen]) -> list[Sentence]:
    found = {one.identity: Sentence(one, open=left_open.get(one.identity)) for one in made.offered.offers}
    for line in made.lines:
        for link in line.links:
            if link.offer is not None:
                sentence = found[link.offer.identity]
                (sentence.answers if link.answers else sentence.touches).append(line)
        for candidate in line.waiting[:1] if not line.links else ():
            found[candidate.identity].proposed.append(line)
    return list(found.values())


def _lay_beside(asker: Asker, made: Table, second_id: int) -> None:
    """Put what a second superior asks beside the sentences of the first."""
    second = documents.document(asker, second_id)
    edition = documents.edition(asker, second)
    if edition is None:
        raise Edition.DoesNotExist
    made.second, made.second_offered = second, offered(edition)
    for identity, pairs in suggesting.twins(made.offered, made.second_offered).items():
        sentence = made.sentence_by_identity[identity]
        sentence.twins = [Twin(offer, score, suggesting.differences(sentence.offer, offer)) for offer, score in pairs]


def letter(ordinal: int) -> str:
    """The letter of the n-th line: a … z, aa, ab … It stands at both ends of its threads."""
    name = ""
    while ordinal > 0:
        ordinal, at = divmod(ordinal - 1, 26)
        name = chr(97 + at) + name
    return name


def parts(sentences: Sequence[Sentence]) -> list[tuple[tuple[tuple[str, str], ...], list[Sentence]]]:
    """Sentences under the headings that lead to them, in reading order."""
    found: list[tuple[tuple[tuple[str, str], ...], list[Sentence]]] = []
    for one in sentences:
        if not found or found[-1][0] != one.offer.headings:
            found.append((one.offer.headings, []))
        found[-1][1].append(one)
    return found
