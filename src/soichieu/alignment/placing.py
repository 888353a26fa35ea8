"""From what two texts share to a place in the whole plan: neighbours, rivals and the chance of being accepted."""

from __future__ import annotations

import numpy as np

from .content import Content
from .order import neighbours

PLACING = ("content", "near", "mutual")
"""What counts: the content; the neighbours (`order`); how near the item comes to being the one that fits this provision
best."""

CHANCE = ("bias", "share", "content_share", "words", "concepts", "size")
"""Signs of the chance that a person accepts, for a pair: its share among the provisions (log), the same by content
alone, the two cosines, and the number of provisions (log)."""


def placings(scores: np.ndarray, share: np.ndarray) -> dict[str, np.ndarray]:
    """Each sign of `PLACING`, left × right, from the content's scores and their shares (`softmax`)."""
    return {
        "content": scores - scores.mean(1, keepdims=True),
        "near": neighbours(share)[0],
        "mutual": share / np.maximum(share.max(0, keepdims=True), 1e-9),
    }


def placed(scores: np.ndarray, share: np.ndarray, weights: dict[str, float]) -> np.ndarray:
    """The final scores in log-odds: higher is likelier, comparable within a row."""
    total = np.zeros_like(scores, dtype=np.float32)
    for name, sign in placings(scores, share).items():
        total += np.float32(weights.get(name, 0.0)) * sign
    return total


def softmax(scores: np.ndarray) -> np.ndarray:
    """Each row as shares that sum to 1."""
    shares = scores - scores.max(1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(1, keepdims=True)
    return shares


def chance_signs(
    content: Content, by_content: np.ndarray, share: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    """The signs of `CHANCE` for the pairs (rows[k], columns[k]): pairs × signs. `by_content` and `share` are the shares
    (`softmax`) by content and in the end."""
    out = np.ones((len(rows), len(CHANCE)), np.float32)
    out[:, 1] = np.log(share[rows, columns] + 1e-6)
    out[:, 2] = np.log(by_content[rows, columns] + 1e-6)
    out[:, 3] = content.evidence("forms", rows, columns)
    out[:, 4] = content.evidence("concept_share", rows, columns)
    out[:, 5] = np.log(share.shape[1])
    return out
