"""The order of the two documents as evidence: a plan tends to walk through its directive.

The provisions that the items before and after an item probably serve say where this item probably belongs. It is a
hidden Markov chain over the rows of the left side; its states are the provisions. From one item to the next it stays
near, or jumps anywhere; how often it jumps is estimated on the pair at hand (expectation maximisation, no judgement
needed), so that where the order says nothing the neighbours say nothing either.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

REACH = 2.0
"""How far a step usually goes, in provisions: within a bullet and a little further."""
FIRST_JUMP = 0.5
ROUNDS = 4
FLOOR = 0.5
"""Added to the likelihood before the logarithm, so that a provision far from the neighbours is not ruled out: an item
may serve a sentence of another section as well."""
LENGTH, MARGIN = 120, 20
"""A long left side is cut into stretches of so many rows, each looked at with a margin before and after it."""
SAMPLE, TOGETHER = 4, 32
"""Stretches that the jumping is estimated on, and stretches worked through at once."""


def neighbours(own: np.ndarray, reach: float = REACH) -> tuple[np.ndarray, float]:
    """How much likelier than by chance the neighbours make each provision for each item (log, left × right), the
    item's own text left out; and how often the chain jumps (0 to 1). `own` are the shares by content, each row 1."""
    rows, columns = own.shape
    if rows < 2 or columns < 2:
        return np.zeros((rows, columns), np.float32), 1.0
    stretches = _stretches(rows)
    some = np.unique(np.linspace(0, len(stretches) - 1, SAMPLE).astype(int))
    sample = _cut(own, [stretches[place] for place in some])
    jump = FIRST_JUMP
    for _ in range(ROUNDS):
        jump = _estimated(sample, jump, reach)
    found = np.empty_like(own)
    for start in range(0, len(stretches), TOGETHER):
        group = stretches[start : start + TOGETHER]
        before, after = _passed(_cut(own, group), jump, reach)
        both = before * after
        both /= np.maximum(both.sum(-1, keepdims=True), 1e-30)
        for stretch, part in zip(group, both, strict=True):
            found[stretch.start : stretch.end] = part[stretch.start - stretch.first : stretch.end - stretch.first]
    return np.log(found * columns + FLOOR), jump


class _Stretch(NamedTuple):
    """Rows worked through together: `start` to `end` are wanted, from `first` on they are looked at."""

    first: int
    start: int
    end: int


def _stretches(rows: int) -> list[_Stretch]:
    return [_Stretch(max(0, start - MARGIN), start, min(start + LENGTH, rows)) for start in range(0, rows, LENGTH)]


def _cut(own: np.ndarray, stretches: list[_Stretch]) -> np.ndarray:
    """The stretches side by side, all as long: stretches × rows × columns. Rows past the end say nothing."""
    longest = max(min(stretch.end + MARGIN, len(own)) - stretch.first for stretch in stretches)
    found = np.full((len(stretches), longest, own.shape[1]), 1 / own.shape[1], np.float32)
    for place, stretch in enumerate(stretches):
        part = own[stretch.first : stretch.first + longest]
        found[place, : len(part)] = part
    return found


def _passed(own: np.ndarray, jump: float, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """What comes to each row from above and from below, each row summing to 1. Both ways at once."""
    stretches, rows, columns = own.shape
    ways = np.concatenate([own, own[:, ::-1]])
    found = np.empty_like(ways)
    state = np.full((2 * stretches, columns), 1 / columns, np.float32)
    for row in range(rows):
        found[:, row] = state
        state = state * ways[:, row]
        state /= np.maximum(state.sum(-1, keepdims=True), 1e-30)
        state = (1 - jump) * _near(state, reach) + jump / columns
    return found[:stretches], found[stretches:, ::-1]


def _near(state: np.ndarray, reach: float) -> np.ndarray:
    """Each row of `state` spread to the places around, less with distance: exp(-distance / reach)."""
    from scipy.signal import lfilter  # Here, because it is slow to load and much of this package does without.

    # In the type of `state`, else the filter works in twice the width.
    one, keep = np.array([1], np.float32), np.array([1, -np.exp(-1 / reach)], np.float32)
    both = lfilter(one, keep, np.stack([state, state[..., ::-1]]), axis=-1)
    spread = both[0] + both[1, ..., ::-1] - state
    return np.asarray(spread / np.maximum(spread.sum(-1, keepdims=True), 1e-30), np.float32)


def _estimated(own: np.ndarray, jump: float, reach: float) -> float:
    """How often the chain jumps, if it jumped so often as `jump` before."""
    before, after = _passed(own, jump, reach)
    here = before[:, :-1] * own[:, :-1]
    here /= np.maximum(here.sum(-1, keepdims=True), 1e-30)
    there = after[:, 1:] * own[:, 1:]
    near = (1 - jump) * (_near(here, reach) * there).sum(-1)
    far = jump * there.mean(-1)
    return float(np.clip((far / np.maximum(near + far, 1e-30)).mean(), 0.02, 0.999))
