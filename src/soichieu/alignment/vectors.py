"""Texts as vectors of meaning: the average of the vectors of their words, learnt from a collection of laws."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .matrices import Counts, Matrix, call
from .shipped import shipped


@lru_cache(maxsize=1)
def word_vectors() -> tuple[dict[str, int], np.ndarray]:
    """Which row each known word has, and the vectors, each of length 1: words × dimensions. Syllables of one word are
    joined by an underscore (`segmentation`)."""
    data = shipped("vi")
    found = data["vectors"].astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return {word: number for number, word in enumerate(data["words"].tolist())}, found


@lru_cache(maxsize=1)
def _called() -> tuple[np.ndarray, np.ndarray]:
    """What the known words are called (`matrices.call`), rising, and their vectors."""
    words, found = word_vectors()
    called = np.array([call(word) for word in words], np.int64)
    order = np.argsort(called)
    return called[order], found[order]


def text_vectors(counts: Counts) -> tuple[np.ndarray, np.ndarray]:
    """A vector of length 1 (or 0, of a text without a known word) for each text, less what all texts share."""
    known, words = _called()
    table = np.zeros((len(counts.called), words.shape[1]), np.float32)
    _, places, there = np.intersect1d(counts.called, known, assume_unique=True, return_indices=True)
    table[places] = words[there] * counts.rarity[places, None]
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
