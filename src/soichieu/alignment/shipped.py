"""What was learnt from collections of texts and ships with the package: read once, when first needed."""

from __future__ import annotations

import re
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


@lru_cache(maxsize=8)
def word_list(name: str) -> frozenset[str]:
    """The words of a list of the package's own (``data/<name>.txt``): separated by blanks, lines from # left out."""
    text = (resources.files(__package__) / "data" / f"{name}.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def starred_names(name: str) -> tuple[str, frozenset[str]]:
    """The names of ``data/<name>.txt``, one a line, as alternatives of a pattern, the longest first; and those that are
    marked with * there."""
    text = (resources.files(__package__) / "data" / f"{name}.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    names = sorted((line.rstrip(" *") for line in lines), key=len, reverse=True)
    return "|".join(map(re.escape, names)), frozenset(line.rstrip(" *") for line in lines if line.endswith("*"))
