"""What two texts have in common: one number a pair for each way of looking, before order and neighbours count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from .matrices import Counts, Matrix
from .tokens import Language, Prepared
from .vectors import text_vectors

CONTENT = ("words", "groups", "forms", "concepts", "concept_share", "vectors", "head", "headings", "model")
"""The ways of looking: BM25 of words; cosine of pairs of words; cosine of parts of words (English) or of segmented
words (Vietnamese); BM25 and cosine of concepts; cosine of vectors of meaning (Vietnamese); cosine with the head of the
provision; cosine of the headings, where both sides have one; the plugged-in model."""

EVIDENCE = ("forms", "concept_share")
"""Ways of looking whose own values, not only their standing within the row, speak for the chance of acceptance."""

BLOCK = 1000
FULL_CELLS = 10_000_000
"""Up to so many numbers (40 MB) a product's right side is kept as a full matrix."""


@dataclass
class Content:
    """Both sides, ready to be compared in blocks of left rows: `products` of sparse matrices (the right one turned)
    and of `dense` ones; `kept` is what was worked out already."""

    size: tuple[int, int]
    words: Counts
    products: dict[str, tuple[Matrix, Matrix]] = field(default_factory=dict)
    dense: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

    kept: dict[str, np.ndarray] = field(default_factory=dict)

    def put(self, name: str, sides: tuple[Matrix, Matrix]) -> None:
        """Take in one way of looking: the product of its two sides, the right one kept turned.

        Only terms of both sides are kept; few enough of them are kept as a full matrix, which multiplies faster.
        """
        columns = sides[0].shape[1]
        both = np.flatnonzero(
            np.bincount(sides[0].indices, minlength=columns) * np.bincount(sides[1].indices, minlength=columns)
        )
        left, right = sides[0][:, both], sides[1][:, both].T
        full = right.shape[0] * right.shape[1] <= FULL_CELLS
        self.products[name] = left, (np.ascontiguousarray(right.toarray()) if full else right.tocsr())

    def raw(self, name: str, start: int, end: int) -> np.ndarray | None:
        """One way of looking at left rows `start` to `end` against all provisions; None where it has nothing."""
        if name in self.products:
            left, right = self.products[name]
            found = left[start:end] @ right
            return found if isinstance(found, np.ndarray) else found.toarray()
        if name in self.dense:
            one, two = self.dense[name]
            return one[start:end] @ two.T
        return None

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Ranges of left rows that are compared at once, so that memory stays bounded."""
        for start in range(0, self.size[0], BLOCK):
            yield start, min(start + BLOCK, self.size[0])

    def scores(self, weights: dict[str, float]) -> np.ndarray:
        """The weighted sum of all ways of looking, each made comparable within its row: left × right, in log-odds."""
        total = np.zeros(self.size, np.float32)
        for start, end in self.blocks():
            for name, weight in weights.items():
                raw = self.raw(name, start, end) if weight or name in EVIDENCE else None
                if raw is None:
                    continue
                if name in EVIDENCE:
                    self.kept.setdefault(name, np.zeros(self.size, np.float16))[start:end] = raw
                if weight:
                    total[start:end] += weight * standardised(raw)
        return total

    def evidence(self, name: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """One of `EVIDENCE` for the pairs (rows[k], columns[k]); `scores` leaves it behind."""
        if name not in self.kept:
            raw = self.raw(name, 0, self.size[0])
            self.kept[name] = np.zeros(self.size, np.float16) if raw is None else raw.astype(np.float16)
        return self.kept[name][rows, columns].astype(np.float32)


def standardised(rows: np.ndarray) -> np.ndarray:
    """Each row less its mean, over its standard deviation: how far a provision stands out for this item."""
    mean = rows.mean(1, keepdims=True)
    spread = rows.std(1, keepdims=True)
    return (rows - mean) / np.where(spread > 1e-6, spread, 1)


def compare(
    left: Sequence[Prepared],
    right: Sequence[Prepared],
    language: Language,
    headings: tuple[Sequence[Prepared], Sequence[Prepared]] | None = None,
    model: tuple[np.ndarray, np.ndarray] | None = None,
) -> Content:
    """Make both sides ready. `headings` has one prepared heading a text; `model` one vector of length 1 a text."""
    words = Counts.of([text.words for text in left], [text.words for text in right])
    content = Content((len(left), len(right)), words)
    content.put("words", words.bm25())
    content.put("groups", Counts.of([text.groups for text in left], [text.groups for text in right]).cosine())
    concepts = Counts.of([text.concepts for text in left], [text.concepts for text in right])
    content.put("concepts", concepts.bm25())
    content.put("concept_share", concepts.cosine())
    forms = Counts.of([text.forms for text in left], [text.forms for text in right])
    content.put("forms", forms.cosine())
    if language == "vi":
        content.dense["vectors"] = text_vectors(forms)
    content.put("head", Counts.of([text.words for text in left], [text.head for text in right]).cosine())
    if headings is not None:
        content.put(
            "headings", Counts.of([text.words for text in headings[0]], [text.words for text in headings[1]]).cosine()
        )
    if model is not None:
        content.dense["model"] = model
    return content
