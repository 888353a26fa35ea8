"""Soi chiếu: hold the items of a plan up against the provisions of a directive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from .content import Content, compare, standardised
from .model import RELATIONS, Reasons, Suggestion, Text
from .placing import CHANCE, chance_signs, placed, softmax
from .reasons import explain
from .relation import NONE_BELOW, SIGNS, signs
from .tokens import Cache, Language, Prepared, language_of, prepared
from .vector_model import Embedder, unit
from .weights import Weights, default_weights

_MEMORY: dict[str, Prepared] = {}
_MEMORY_LIMIT = 20_000
"""Texts kept prepared by a process, some kilobytes each; past this many it begins anew."""


class Alignment:
    """The suggestions for every item, best first, and why.

    Iterating gives them item by item in the order of the left side; `of` gives those of one item; `reasons` explains
    one pair. `weights` says by which weights they came.
    """

    def __init__(
        self,
        left: Sequence[Text],
        right: Sequence[Text],
        weights: Weights,
        content: Content,
        top: int,
    ) -> None:
        self.left, self.right, self.weights, self._content = tuple(left), tuple(right), weights, content
        scores = content.scores(weights.content)
        by_content = softmax(scores)
        self._final = placed(scores, by_content, weights.placing)
        self._silent = tuple(np.array([not text.text.strip() for text in side]) for side in (self.left, self.right))
        # A provision that says nothing comes last, whatever its place in the order: nothing follows it that does.
        self._order = _first(np.where(self._silent[1], -np.inf, self._final), top)
        self._score, self._relation = self._judged(by_content, softmax(self._final))

    def _judged(self, by_content: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The chance and the relation of each suggestion, rows × ranks."""
        shape = self._order.shape
        score = np.empty(shape, np.float32)
        weights = np.array([self.weights.chance.get(name, 0.0) for name in CHANCE], np.float32)
        for start, end in self._content.blocks():
            rows, columns = np.repeat(np.arange(start, end), shape[1]), self._order[start:end].ravel()
            chance = chance_signs(self._content, by_content, share, rows, columns) @ weights
            score[start:end] = (1 / (1 + np.exp(-np.clip(chance, -30, 30)))).reshape(end - start, shape[1])
        # The neighbours give even a text without a word a place; a link that nobody can check is no suggestion.
        score[self._silent[0][:, None] | self._silent[1][self._order]] = 0.0
        # A lower rank is never likelier than a higher one.
        score = np.minimum.accumulate(score, axis=1)
        relation = np.full(shape, RELATIONS.index("none"), np.int8)
        rows, ranks = np.nonzero(score >= NONE_BELOW)
        if len(rows):
            columns = self._order[rows, ranks]
            names = [name for name in RELATIONS if name in self.weights.relation]
            table = np.array([[self.weights.relation[name].get(sign, 0.0) for sign in SIGNS] for name in names])
            found = np.argmax(signs(self._content.words, rows, columns, share[rows, columns]) @ table.T, 1)
            relation[rows, ranks] = np.array([RELATIONS.index(name) for name in names])[found]
        return score, relation

    @cached_property
    def _place(self) -> tuple[dict[str, int], dict[str, int]]:
        return (
            {text.id: number for number, text in enumerate(self.left)},
            {text.id: number for number, text in enumerate(self.right)},
        )

    def of(self, left: str) -> list[Suggestion]:
        """The suggestions for the item `left`, best first. `KeyError` where there is no such item."""
        row = self._place[0][left]
        found = []
        for rank, column in enumerate(self._order[row]):
            relation = RELATIONS[self._relation[row, rank]]
            found.append(Suggestion(left, self.right[column].id, rank + 1, float(self._score[row, rank]), relation))
        return found

    def __iter__(self) -> Iterator[Suggestion]:
        for text in self.left:
            yield from self.of(text.id)

    def __len__(self) -> int:
        return int(self._order.size)

    def reasons(self, left: str, right: str) -> Reasons:
        """Why the provision `right` is, or is not, suggested for the item `left`; worked out when asked."""
        row, column = self._place[0][left], self._place[1][right]
        return explain(
            self.left[row], self.right[column], self.weights.language, self._rarity, self._parts(row, column)
        )

    def _rarity(self, word: str) -> float:
        place = self._content.words.column(word)
        return 0.0 if place is None else float(self._content.words.rarity[place])

    def _parts(self, row: int, column: int) -> tuple[tuple[str, float], ...]:
        share = self.weights.placing.get("content", 1.0)
        parts = {}
        for name, weight in self.weights.content.items():
            raw = self._content.raw(name, row, row + 1) if weight else None
            if raw is not None:
                parts[name] = share * weight * float(standardised(raw)[0, column])
        mean = float(self._final[row].mean())
        parts["order"] = float(self._final[row, column]) - mean - sum(parts.values())
        return tuple(sorted(parts.items(), key=lambda part: -abs(part[1])))


def align(
    left: Sequence[Text],
    right: Sequence[Text],
    *,
    weights: Weights | None = None,
    top: int | None = None,
    cache: Cache | None = None,
    embedder: Embedder | None = None,
    language: Language | None = None,
) -> Alignment:
    """Suggest for each item of `left` the provisions of `right` that it serves, `top` of them or all.

    Both are in the order of their documents, which counts as evidence; ids do not. The language is that of the
    provisions and items together unless given. Without `weights` those that ship are taken; `weights` for another
    language than the texts' are a `ValueError`, as are an id that stands twice on one side, or a side without texts.
    Prepared texts are kept in `cache`, by default in memory of the process. `embedder` adds a sentence model. What an
    empty text is part of has the score 0 and the relation none; an empty provision comes last.
    """
    if not left or not right:
        raise ValueError("nothing to align: each side needs at least one text")
    for side in (left, right):
        if len({text.id for text in side}) < len(side):
            raise ValueError("an id stands twice on one side")
    if top is not None and top < 1:
        raise ValueError("top counts from 1")
    spoken = language or (weights.language if weights else language_of(text.text for text in (*right, *left)))
    weights = weights or default_weights(spoken)
    if weights.language != spoken:
        raise ValueError(f"weights for {weights.language}, texts in {spoken}")
    content = ready(left, right, spoken, cache, embedder)
    return Alignment(left, right, weights, content, min(top or len(right), len(right)))


def _first(final: np.ndarray, top: int) -> np.ndarray:
    """The columns of the `top` highest scores of each row, best first; of equal ones the earlier first."""
    if top >= final.shape[1]:
        return np.argsort(-final, axis=1, kind="stable")
    some = np.sort(np.argpartition(-final, top - 1, axis=1)[:, :top], axis=1)
    order = np.argsort(-np.take_along_axis(final, some, 1), axis=1, kind="stable")
    return np.take_along_axis(some, order, 1)


def ready(
    left: Sequence[Text],
    right: Sequence[Text],
    language: Language,
    cache: Cache | None = None,
    embedder: Embedder | None = None,
) -> Content:
    """Both sides prepared and made ready to be compared."""
    if cache is None:
        if len(_MEMORY) > _MEMORY_LIMIT:
            _MEMORY.clear()
        cache = _MEMORY
    one = prepared((text.text for text in left), language, cache)
    two = prepared((text.text for text in right), language, cache)
    headings = None
    if any(text.heading for text in left) and any(text.heading for text in right):
        headings = (
            prepared((text.heading for text in left), language, cache),
            prepared((text.heading for text in right), language, cache),
        )
    model = None
    if embedder is not None:
        vectors = embedder([text.text for text in (*left, *right)])
        vectors = unit(np.asarray(vectors, np.float32), len(left) + len(right), "embedder")
        model = (vectors[: len(left)], vectors[len(left) :])
    return compare(one, two, language, headings, model)
