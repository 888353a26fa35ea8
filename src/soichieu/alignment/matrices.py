"""Counts of terms as sparse matrices, and two ways to compare them: BM25 and the cosine of TF-IDF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import scipy.sparse as sparse

K1, B = 1.2, 0.75
"""The usual constants of BM25: how soon a repeated word adds nothing more, and how much long texts are held back."""

Matrix = Any
"""A `scipy.sparse.csr_matrix`; SciPy states no types."""


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The terms of one text without their order: what each is called (`called`, rising) and how often it stands."""

    called: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, terms: Iterable[str]) -> Bag:
        """The bag of some terms."""
        return cls.of_calls(np.array([call(term) for term in terms], np.int64))

    @classmethod
    def of_calls(cls, calls: np.ndarray) -> Bag:
        """The same, from what the terms are called."""
        called, counts = np.unique(calls, return_counts=True)
        return cls(called, counts.astype(np.float32))


@lru_cache(maxsize=500_000)
def call(term: str) -> int:
    """A number for a term, the same in every process: 63 bits, so that two terms do not meet."""
    return int.from_bytes(hashlib.blake2b(term.encode(errors="surrogatepass"), digest_size=8).digest()) >> 1


@dataclass
class Counts:
    """How often each term stands in each text: rows are texts, columns terms (`called`, rising), for both sides."""

    left: Matrix
    right: Matrix
    called: np.ndarray

    @classmethod
    def of(cls, left: Sequence[Bag], right: Sequence[Bag]) -> Counts:
        """The counts of the terms of two lists of texts."""
        both = [*left, *right]
        called, columns = np.unique(np.concatenate([bag.called for bag in both]), return_inverse=True)
        counts = np.concatenate([bag.counts for bag in both])
        starts = np.concatenate([[0], np.cumsum([len(bag.called) for bag in both])]).astype(np.int32)
        whole = sparse.csr_matrix((counts, columns.astype(np.int32), starts), shape=(len(both), len(called)))
        return cls(whole[: len(left)], whole[len(left) :], called)

    def column(self, term: str) -> int | None:
        """The column of a term, None where no text has it."""
        number = call(term)
        place = int(np.searchsorted(self.called, number))
        return place if place < len(self.called) and self.called[place] == number else None

    @cached_property
    def rarity(self) -> np.ndarray:
        """The inverse document frequency of each term over both sides: a word of every task says as little as a word
        of every provision."""
        df = np.bincount(self.left.indices, minlength=len(self.called))
        df = df + np.bincount(self.right.indices, minlength=len(self.called))
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


def _unit(counts: Matrix, rarity: np.ndarray) -> Matrix:
    found = counts.copy()
    found.data = (1 + np.log(found.data)) * rarity[found.indices]
    squares = np.asarray(found.multiply(found).sum(1)).ravel()
    lengths = np.sqrt(np.where(squares > 0, squares, 1))
    found.data = (found.data / np.repeat(lengths, np.diff(found.indptr))).astype(np.float32)
    return found
