"""What was learnt from collections of texts and ships with the package: read once, when first needed."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np


@lru_cache(maxsize=2)
def shipped(language: str) -> dict[str, Any]:
    """The arrays of ``data/language-<language>.npz``, made by ``tools/learn_language.py``."""
    path = resources.files(__package__) / "data" / f"language-{language}.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
