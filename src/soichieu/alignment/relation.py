"""Which relation a link would be: equivalent, part of the provision, more than it, or overlapping."""

from __future__ import annotations

import numpy as np

from .matrices import Counts

SIGNS = ("bias", "left_in_right", "right_in_left", "length", "same", "share")
"""Signs: how much of the item's words (by rarity) the provision has; the reverse; log ratio of lengths; both shares
multiplied; the item's share among the provisions."""
NONE_BELOW = 0.1
"""Under this chance of being accepted the relation is 'none'."""


def signs(counts: Counts, rows: np.ndarray, columns: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The signs of each pair (rows[k], columns[k]): pairs × signs. `counts` are those of the words; `share` is the
    pair's share among the provisions."""
    weight_left, weight_right = counts.left.copy(), counts.right.copy()
    for side in (weight_left, weight_right):
        side.data = counts.rarity[side.indices]
    there_right = counts.right.copy()
    there_right.data = np.ones_like(there_right.data)
    total_left = np.maximum(np.asarray(weight_left.sum(1)).ravel(), 1e-6)
    total_right = np.maximum(np.asarray(weight_right.sum(1)).ravel(), 1e-6)
    common = np.zeros(len(rows), np.float32)
    for start in range(0, len(rows), 100_000):
        end = start + 100_000
        common[start:end] = np.asarray(
            weight_left[rows[start:end]].multiply(there_right[columns[start:end]]).sum(1)
        ).ravel()
    out = np.ones((len(rows), len(SIGNS)), np.float32)
    out[:, 1] = common / total_left[rows]
    out[:, 2] = common / total_right[columns]
    out[:, 3] = np.log((total_left[rows] + 1) / (total_right[columns] + 1))
    out[:, 4] = out[:, 1] * out[:, 2]
    out[:, 5] = share
    return out
