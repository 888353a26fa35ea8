"""Which plans may be held up against which documents, and how far each pair of them is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, overload

from django.db.models import Exists, OuterRef, Q

from soichieu.documents import queries as documents
from soichieu.documents import rights
from soichieu.documents.models import Document, Edition
from soichieu.language.collation import sort_key
from soichieu.language.text import fold
from soichieu.links import items
from soichieu.links.items import Head, Slip
from soichieu.links.models import ANSWERS, Decision, LeftOpen
from soichieu.links.offered import Offered, offered
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.names import name_of
from soichieu.web.lists import Source
from soichieu.web.lists.filters import Bound

SEARCH, AT_ONCE = "q", 500
_SAID = frozenset({"unit", "plan", "number"})
"""What is sorted by its words; everything else by its counts."""
# The same titles are searched and sorted again and again.
_folded = lru_cache(maxsize=65_536)(fold)
_collated = lru_cache(maxsize=65_536)(sort_key)
Pair = tuple[Slip, int]
"""A plan and the primary key of a document above it."""


@dataclass(frozen=True)
class Row:
    """A plan against a superior document. ``decided`` of ``lines`` were decided about; of ``sentences`` there are
    ``without`` that no line answers and nobody left open; None where the document has no text here."""

    head: Head
    document: Document
    unit: str
    decided: int
    sentences: int | None
    without: int | None

    @property
    def plan(self) -> str:
        return self.head.title

    @property
    def number(self) -> str:
        return self.document.number

    @property
    def lines(self) -> int:
        return self.head.lines


class Measure(NamedTuple):
    """The counts of a row, under the names that they have in :class:`Row`."""

    decided: int
    lines: int
    sentences: int | None
    without: int | None


class Pairs(Source):
    """Every plan that the asker sees × every superior document of it that they see: plans in official order, documents
    by day; with ``document_id`` against that one alone. Only the rows of a page are made; where what was decided is
    filtered or sorted by, only the counts of the others."""

    def __init__(self, asker: Asker, *, document_id: int | None = None) -> None:
        self.asker = asker
        slips = items.slips(asker)
        above = {document for slip in slips for document in slip.superiors}
        wanted = rights.id_list(above if document_id is None else above & {document_id})
        seen = documents.visible_documents(asker).filter(pk__in=wanted).order_by("signed_on", "pk")
        self.documents = {one.pk: one for one in seen}
        place = {pk: at for at, pk in enumerate(self.documents)}
        self.found = [
            (slip, document)
            for slip in slips
            for document in sorted((one for one in slip.superiors if one in place), key=place.__getitem__)
        ]
        self.texts = _texts(self.documents)
        self._units: dict[int, str] = {}

    @property
    def matrices(self) -> list[Document]:
        """The documents of the list with a text that lines may answer, each where it comes first."""
        there = dict.fromkeys(document for _slip, document in self.found)
        return [self.documents[one] for one in there if one in self.texts and self.texts[one].offers]

    def kept(self, active: Sequence[Bound], order: str) -> Sequence[Row]:
        """What the filters of the page keep, in the order asked."""
        found = self.found
        for bound in active:
            if bound.filter.key == SEARCH:
                found = self._searched(found, bound.asked)
        rest = [bound for bound in active if bound.filter.key != SEARCH]
        key, down = order.lstrip("-"), order.startswith("-")
        counted = {} if not rest and key in ("", *_SAID) else self._measured(found)
        for bound in rest:
            found = [pair for pair in found if bound.filter.keeps(counted[pair], bound.asked)]
        if key in _SAID:
            found = self._sorted(found, key, down=down)
        elif key:
            found = sorted(found, key=lambda pair: getattr(counted[pair], key) or 0, reverse=down)
            found = sorted(found, key=lambda pair: getattr(counted[pair], key) is None)
        return Rows(self, found)

    def _measured(self, found: Sequence[Pair]) -> dict[Pair, Measure]:
        """The counts of some pairs, in a few queries however many they are."""
        slips = {slip for slip, _document in found}
        lines = items.line_counts(self.asker, slips)
        decided, answered = _counts({slip.key for slip in slips})
        here = {pk: set(text.by_identity) for pk, text in self.texts.items()}
        made = {}
        for slip, document in found:
            done, of = len(decided.get((slip.key, document), ())), lines.get(slip.key, 0)
            if document in here:
                silent = len(here[document]) - len(here[document] & answered.get((slip.key, document), set()))
                made[slip, document] = Measure(done, of, len(here[document]), silent)
            else:
                made[slip, document] = Measure(done, of, None, None)
        return made

    def _unit(self, slip: Slip) -> str:
        if not self._units:
            self._units = name_of({one.unit_id for one, _document in self.found}, today())
        return self._units[slip.unit_id]

    def _titles(self, found: Iterable[Pair]) -> dict[str, str]:
        """Plan key → what the plan is called."""
        keys: dict[tuple[str, str], set[str]] = defaultdict(set)
        for slip, _document in found:
            keys[slip.room, slip.kind].add(slip.key)
        told = [items.provider_of(*name).titles(ones) for name, ones in keys.items()]
        return {key: title for one in told for key, (title, _url) in one.items()}

    def _searched(self, found: Sequence[Pair], words: Sequence[str]) -> list[Pair]:
        """Those in whose unit, plan or number every word occurs, without tones."""
        titles = self._titles(found)
        kept = []
        for slip, document in found:
            said = f"{self._unit(slip)} {titles.get(slip.key, '')} {self.documents[document].number}"
            text = _folded(said)
            if all(word in text for word in words):
                kept.append((slip, document))
        return kept

    def _sorted(self, found: Sequence[Pair], key: str, *, down: bool) -> list[Pair]:
        titles = self._titles(found) if key == "plan" else {}
        said = {
            "unit": lambda one: self._unit(one[0]),
            "plan": lambda one: titles.get(one[0].key, ""),
            "number": lambda one: self.documents[one[1]].number,
        }[key]
        placed = sorted(found, key=lambda one: _placed(said(one)), reverse=down)
        return sorted(placed, key=lambda one: said(one) == "")

    def rows(self, found: Sequence[Pair]) -> list[Row]:
        """The rows of some pairs, in their order."""
        heads = items.heads(self.asker, [slip for slip, _document in found])
        decided, answered = _counts(heads)
        made = []
        for slip, document in found:
            text = self.texts.get(document)
            here = set(text.by_identity) if text else set()
            without = len(here - answered[slip.key, document]) if text else None
            of = len(here) if text else None
            many = len(decided[slip.key, document])
            made.append(Row(heads[slip.key], self.documents[document], self._unit(slip), many, of, without))
        return made


class Rows(Sequence[Row]):
    """The rows of some pairs, made page by page."""

    def __init__(self, pairs: Pairs, found: Sequence[Pair]) -> None:
        self.pairs, self.found = pairs, found

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        return self.pairs.rows(self.found[at]) if isinstance(at, slice) else self.pairs.rows([self.found[at]])[0]

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self.found), AT_ONCE):
            yield from self.pairs.rows(self.found[start : start + AT_ONCE])


def of_document(asker: Asker, document: Document) -> list[Row]:
    """The plans that may be held up against one document."""
    found = Pairs(asker, document_id=document.pk)
    return found.rows(found.found)


def _placed(value: Any) -> Any:
    """What rows are compared by: texts in Vietnamese order; missing values are put last afterwards."""
    return _collated(value) if isinstance(value, str) else value or 0


def _texts(seen: Iterable[int]) -> dict[int, Offered]:
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.filter(document__in=list(seen)).order_by("ordinal").defer("source_text"):
        newest[edition.document_id] = edition
    return {pk: offered(edition) for pk, edition in newest.items()}


def _counts(
    keys: Collection[str],
) -> tuple[dict[tuple[str, int], set[str]], dict[tuple[str, int], set[int]]]:
    """(plan, document) → lines of the newest version that were decided about; and sentences answered or left open."""
    newer = Decision.objects.filter(
        plan_key=OuterRef("plan_key"),
        document=OuterRef("document"),
        item_key=OuterRef("item_key"),
        provision=OuterRef("provision"),
        pk__gt=OuterRef("pk"),
    )
    # Of very many plans all decisions are read: that is one parameter fewer for each.
    of_plans = Q(plan_key__in=list(keys)) if len(keys) <= AT_ONCE else Q()
    standing = Decision.objects.filter(of_plans, ~Exists(newer)).exclude(origin=Decision.Origin.WITHDRAWN)
    found = list(
        standing.values_list("room", "kind", "plan_key", "document_id", "item_key", "provision_id", "relation")
    )
    there: set[str] = set()
    for name in {(room, kind) for room, kind, *_rest in found}:
        own = {item for room, kind, _plan, _document, item, *_rest in found if (room, kind) == name}
        there |= set(items.provider_of(*name).item_hashes(own))
    decided: dict[tuple[str, int], set[str]] = defaultdict(set)
    answered: dict[tuple[str, int], set[int]] = defaultdict(set)
    for _room, _kind, plan, document, item, provision, relation in found:
        if item in there:
            decided[plan, document].add(item)
            if relation in ANSWERS:
                answered[plan, document].add(provision)
    latest: dict[tuple[str, int, int], str] = {}
    opened = LeftOpen.objects.filter(of_plans).order_by("pk")
    for plan, document, provision, reason in opened.values_list("plan_key", "document_id", "provision_id", "reason"):
        latest[plan, document, provision] = reason
    for (plan, document, provision), reason in latest.items():
        if reason:
            answered[plan, document].add(provision)
    return decided, answered
