"""Counts of terms as sparse matrices, and two ways to compare them: BM25 and the cosine of TF-IDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sparse

K1, B = 1.2, 0.75
"""The usual constants of BM25: how soon a repeated word adds nothing more, and how much long texts are held back."""

Matrix = Any
"""A `scipy.sparse.csr_matrix`; SciPy states no types."""


@dataclass
class Counts:
    """How often each term stands in each text: rows are texts, columns terms, the same for both sides."""

    left: Matrix
    right: Matrix
    terms: dict[str, int]

    @classmethod
    def of(cls, left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> Counts:
        """The counts of the terms of two lists of texts."""
        terms: dict[str, int] = {}
        one, two = _count(left, terms), _count(right, terms)
        one.resize((one.shape[0], len(terms)))
        two.resize((two.shape[0], len(terms)))
        return cls(one, two, terms)

    @cached_property
    def rarity(self) -> np.ndarray:
        """The inverse document frequency of each term over both sides: a word of every task says as little as a word
        of every provision."""
        df = np.bincount(self.left.indices, minlength=len(self.terms))
        df = df + np.bincount(self.right.indices, minlength=len(self.terms))
        texts = self.left.shape[0] + self.right.shape[0]
        return np.log(1 + (texts - df + 0.5) / (df + 0.5)).astype(np.float32)

    def bm25(self) -> tuple[Matrix, Matrix]:
        """Two matrices whose product is the BM25 of each left text as a question to each right text."""
        return self.left, self._saturated()

    def _saturated(self) -> Matrix:
        right = self.right.copy()
        lengths = np.asarray(right.sum(1)).ravel()
        held_back = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1e-9))
        rows = np.repeat(np.arange(right.shape[0]), np.diff(right.indptr))
        right.data = right.data * (K1 + 1) / (right.data + held_back[rows]) * self.rarity[right.indices]
        return right.astype(np.float32)

    def cosine(self) -> tuple[Matrix, Matrix]:
        """Two matrices whose product is the cosine of the TF-IDF of each pair; counts are taken as 1 + log."""
        return _unit(self.left, self.rarity), _unit(self.right, self.rarity)


def _count(texts: Sequence[Sequence[str]], terms: dict[str, int]) -> Matrix:
    starts, places, counts = [0], [], []
    for text in texts:
        for term, count in Counter(text).items():
            places.append(terms.setdefault(term, len(terms)))
            counts.append(count)
        starts.append(len(places))
    return sparse.csr_matrix(
        (np.array(counts, np.float32), np.array(places, np.int32), np.array(starts)), shape=(len(texts), len(terms))
    )


def _unit(counts: Matrix, rarity: np.ndarray) -> Matrix:
    found = counts.copy()
    found.data = (1 + np.log(found.data)) * rarity[found.indices]
    squares = np.asarray(found.multiply(found).sum(1)).ravel()
    lengths = np.sqrt(np.where(squares > 0, squares, 1))
    found.data = (found.data / np.repeat(lengths, np.diff(found.indptr))).astype(np.float32)
    return found
