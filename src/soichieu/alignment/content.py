"""What two texts have in common: one number a pair for each way of looking, before order and neighbours count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sparse

from .matrices import Counts, Matrix
from .tokens import Language, Prepared
from .vectors import text_vectors

HEAD = 12
"""Words from the beginning of a provision that count as its head: what it is about stands first."""

CONTENT = ("words", "groups", "forms", "concepts", "concept_share", "vectors", "head", "length", "headings", "model")
"""The ways of looking: BM25 of words; cosine of pairs of words; cosine of parts of words (English) or of segmented
words (Vietnamese); BM25 and cosine of concepts; cosine of vectors of meaning (Vietnamese); cosine with the head of the
provision; length of the provision; cosine of the headings, where both sides have one; the plugged-in model."""

BLOCK = 1000


@dataclass
class Content:
    """Both sides, ready to be compared in blocks of left rows."""

    size: tuple[int, int]
    words: Counts
    products: dict[str, tuple[Matrix, Matrix]] = field(default_factory=dict)
    dense: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    fixed: dict[str, np.ndarray] = field(default_factory=dict)

    def raw(self, name: str, start: int, end: int) -> np.ndarray | None:
        """One way of looking at left rows `start` to `end` against all provisions; None where it has nothing."""
        if name in self.products:
            left, right = self.products[name]
            return (left[start:end] @ right.T).toarray()
        if name in self.dense:
            one, two = self.dense[name]
            return one[start:end] @ two.T
        if name in self.fixed:
            return np.broadcast_to(self.fixed[name], (end - start, self.size[1]))
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
                raw = self.raw(name, start, end) if weight else None
                if raw is not None:
                    total[start:end] += weight * standardised(raw)
        return total


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
    content.products["words"] = words.bm25()
    content.products["groups"] = Counts.of([text.groups for text in left], [text.groups for text in right]).cosine()
    concepts = Counts.of([text.concepts for text in left], [text.concepts for text in right])
    content.products["concepts"] = concepts.bm25()
    content.products["concept_share"] = concepts.cosine()
    if language == "vi":
        one, two = [text.segmented for text in left], [text.segmented for text in right]
        content.products["forms"] = Counts.of(one, two).cosine()
        content.dense["vectors"] = text_vectors(one, two)
    else:
        content.products["forms"] = _parts(words).cosine()
    content.products["head"] = Counts.of([text.words for text in left], [text.words[:HEAD] for text in right]).cosine()
    content.fixed["length"] = np.log1p(np.array([len(text.words) for text in right], np.float32))
    if headings is not None:
        content.products["headings"] = Counts.of(
            [text.words for text in headings[0]], [text.words for text in headings[1]]
        ).cosine()
    if model is not None:
        content.dense["model"] = model
    return content


def _parts(words: Counts) -> Counts:
    """Runs of three to five letters inside words, counted word by word: "encrypt" and "decryption" meet there."""
    parts: dict[str, int] = {}
    rows, columns = [], []
    for term, row in words.terms.items():
        shown = f" {term} "
        for length in (3, 4, 5):
            for place in range(len(shown) - length + 1):
                rows.append(row)
                columns.append(parts.setdefault(shown[place : place + length], len(parts)))
    table = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(words.terms), len(parts)))
    return Counts(sparse.csr_matrix(words.left @ table), sparse.csr_matrix(words.right @ table), parts)
