"""Vietnamese words out of syllables: "chuyển đổi số" is two words, of two syllables and of one.

Two syllables are joined where the collection of laws says that they stand together far more often than by chance; of
the overlapping pairs in a sentence those are taken whose strength adds up to most.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .shipped import shipped


@lru_cache(maxsize=1)
def _strengths() -> dict[str, float]:
    """Pairs of syllables joined by an underscore, and how strongly they stand together (normalised PMI, 0 to 1)."""
    data = shipped("vi")
    return dict(zip(data["pairs"].tolist(), (data["strengths"].astype(float) / 255).tolist(), strict=True))


def segment(syllables: Sequence[str], strengths: dict[str, float] | None = None) -> list[str]:
    """The words of `syllables`, syllables of one word joined by an underscore."""
    known = _strengths() if strengths is None else strengths
    best = [0.0] * (len(syllables) + 1)
    joined = [False] * (len(syllables) + 1)
    for place in range(1, len(syllables) + 1):
        best[place] = best[place - 1]
        if place > 1:
            strength = known.get(f"{syllables[place - 2]}_{syllables[place - 1]}")
            if strength is not None and best[place - 2] + strength > best[place]:
                best[place] = best[place - 2] + strength
                joined[place] = True
    words = []
    place = len(syllables)
    while place:
        if joined[place]:
            words.append(f"{syllables[place - 2]}_{syllables[place - 1]}")
            place -= 2
        else:
            words.append(syllables[place - 1])
            place -= 1
    return words[::-1]
