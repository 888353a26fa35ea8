"""Texts as vectors of meaning: the average of the vectors of their words, learnt from a collection of laws."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from .matrices import Counts, Matrix
from .shipped import shipped


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, int], np.ndarray]:
    data = shipped("vi")
    found = data["vectors"].astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return {word: number for number, word in enumerate(data["words"].tolist())}, found


def text_vectors(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """A vector of length 1 (or 0, of a text without a known word) for each text, less what all texts share."""
    counts = Counts.of(left, right)
    known, words = _words()
    table = np.zeros((len(counts.terms), words.shape[1]), np.float32)
    for term, place in counts.terms.items():
        if term in known:
            table[place] = words[known[term]] * counts.rarity[place]
    one, two = _sum(counts.left, table), _sum(counts.right, table)
    middle = (one.mean(0) + two.mean(0)) / 2
    return _unit(np.where(one.any(1, keepdims=True), one - middle, 0)), _unit(
        np.where(two.any(1, keepdims=True), two - middle, 0)
    )


def _sum(counts: Matrix, table: np.ndarray) -> np.ndarray:
    damped = counts.copy()
    damped.data = (1 + np.log(damped.data)).astype(np.float32)
    return _unit(np.asarray(damped @ table))


def _unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
