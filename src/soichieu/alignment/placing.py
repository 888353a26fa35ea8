"""From what two texts share to a place in the whole plan: neighbours, rivals and the chance of being accepted."""

from __future__ import annotations

import numpy as np

from .content import Content
from .order import REACHES, neighbours

PLACING = ("content", "near", "far", "mutual")
"""What counts: the content; the neighbours within a bullet and within a section (`order`); how near the item comes to
being the one that fits this provision best."""

CHANCE = ("bias", "share", "content_share", "words", "concepts", "size")
"""Signs of the chance that a person accepts, for a pair: its share among the provisions (log), the same by content
alone, the two cosines, and the number of provisions (log)."""


def placings(scores: np.ndarray) -> dict[str, np.ndarray]:
    """Each sign of `PLACING`, left × right, from the content's scores."""
    share = softmax(scores)
    near, far = (neighbours(scores, reach)[0] for reach in REACHES)
    return {
        "content": scores - scores.mean(1, keepdims=True),
        "near": near,
        "far": far,
        "mutual": share / np.maximum(share.max(0, keepdims=True), 1e-9),
    }


def placed(scores: np.ndarray, weights: dict[str, float]) -> np.ndarray:
    """The final scores in log-odds: higher is likelier, comparable within a row."""
    total = np.zeros_like(scores, dtype=np.float32)
    for name, sign in placings(scores).items():
        total += weights.get(name, 0.0) * sign
    return total


def softmax(scores: np.ndarray) -> np.ndarray:
    """Each row as shares that sum to 1."""
    shares = np.exp(scores - scores.max(1, keepdims=True))
    return shares / shares.sum(1, keepdims=True)


def chance_signs(
    content: Content, scores: np.ndarray, final: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    """The signs of `CHANCE` for the pairs (rows[k], columns[k]): pairs × signs."""
    out = np.ones((len(rows), len(CHANCE)), np.float32)
    out[:, 1] = np.log(softmax(final)[rows, columns] + 1e-6)
    out[:, 2] = np.log(softmax(scores)[rows, columns] + 1e-6)
    out[:, 3] = _pairs(content, "forms", rows, columns)
    out[:, 4] = _pairs(content, "concept_share", rows, columns)
    out[:, 5] = np.log(scores.shape[1])
    return out


def _pairs(content: Content, name: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    left, right = content.products[name]
    found = np.zeros(len(rows), np.float32)
    for start in range(0, len(rows), 100_000):
        end = start + 100_000
        found[start:end] = np.asarray(left[rows[start:end]].multiply(right[columns[start:end]]).sum(1)).ravel()
    return found
