"""The order of the two documents as evidence: a plan tends to walk through its directive.

The provisions that the items before and after an item probably serve say where this item probably belongs. It is a
hidden Markov chain over the rows of the left side; its states are the provisions. From one item to the next it stays
near, or jumps anywhere; how often it jumps is estimated on the pair at hand (expectation maximisation, no judgement
needed), so that where the order says nothing the neighbours say nothing either.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

REACHES = (1.5, 6.0)
"""How far a step usually goes, in provisions: within a bullet, within a section."""
FIRST_JUMP = 0.5
ROUNDS = 5
FLOOR = 0.05
CHUNK, MARGIN = 240, 24


def neighbours(scores: np.ndarray, reach: float) -> tuple[np.ndarray, float]:
    """How much likelier than by chance the neighbours make each provision for each item (log, left × right), the
    item's own text left out; and how often the chain jumps (0 to 1)."""
    rows, columns = scores.shape
    if rows < 2 or columns < 2:
        return np.zeros_like(scores, dtype=np.float32), 1.0
    own = np.exp(scores - scores.max(1, keepdims=True)).astype(np.float32)
    own /= own.sum(1, keepdims=True)
    jump = FIRST_JUMP
    chunks = _chunks(rows)
    sample = chunks if len(chunks) <= 4 else [chunks[place] for place in np.linspace(0, len(chunks) - 1, 4).astype(int)]
    for _ in range(ROUNDS):
        jump = _estimated(own, sample, jump, reach)
    found = np.empty_like(own)
    for first, start, end, last in chunks:
        before, after = _pass(own[first:last], jump, reach)
        both = before * after
        both /= both.sum(1, keepdims=True)
        found[start:end] = both[start - first : end - first]
    return np.log(found * columns + FLOOR), jump


def _chunks(rows: int) -> list[tuple[int, int, int, int]]:
    """Stretches that are worked through one by one, each with a margin on both sides: (from, own from, own to, to)."""
    return [
        (max(0, start - MARGIN), start, min(start + CHUNK, rows), min(start + CHUNK + MARGIN, rows))
        for start in range(0, rows, CHUNK)
    ]


def _pass(own: np.ndarray, jump: float, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """What comes to each row from above and from below, each row summing to 1."""
    rows, columns = own.shape
    before, after = np.empty_like(own), np.empty_like(own)
    state = np.full(columns, 1 / columns, np.float32)
    for row in range(rows):
        before[row] = state
        state = _step(_normal(state * own[row]), jump, reach)
    state = np.full(columns, 1 / columns, np.float32)
    for row in range(rows - 1, -1, -1):
        after[row] = state
        state = _step(_normal(state * own[row]), jump, reach)
    return before, after


def _normal(state: np.ndarray) -> np.ndarray:
    total = state.sum()
    return state / total if total > 0 else np.full_like(state, 1 / len(state))


def _step(state: np.ndarray, jump: float, reach: float) -> np.ndarray:
    return (1 - jump) * _near(state, reach) + jump / len(state)


def _near(state: np.ndarray, reach: float) -> np.ndarray:
    """`state` spread to the places around, less with distance: exp(-distance / reach)."""
    keep = float(np.exp(-1 / reach))
    forward = lfilter([1.0], [1.0, -keep], state, axis=-1)
    backward = lfilter([1.0], [1.0, -keep], state[..., ::-1], axis=-1)[..., ::-1]
    spread = forward + backward - state
    return (spread / spread.sum(-1, keepdims=True)).astype(np.float32)


def _estimated(own: np.ndarray, chunks: list[tuple[int, int, int, int]], jump: float, reach: float) -> float:
    jumps = steps = 0.0
    for first, _, _, last in chunks:
        part = own[first:last]
        before, after = _pass(part, jump, reach)
        here = before[:-1] * part[:-1]
        here /= np.maximum(here.sum(1, keepdims=True), 1e-30)
        there = after[1:] * part[1:]
        near = (1 - jump) * (_near(here, reach) * there).sum(1)
        far = jump * there.mean(1)
        jumps += float((far / np.maximum(near + far, 1e-30)).sum())
        steps += len(near)
    return float(np.clip(jumps / max(steps, 1), 0.02, 0.999))
