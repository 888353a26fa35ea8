"""The judged folders of ``tests/data/alignment``, and learning from them without the items that are scored."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from soichieu.alignment.content import CONTENT
from soichieu.alignment.learning import Judged, fit, make_ready
from soichieu.alignment.model import RELATIONS, Relation, Text
from soichieu.alignment.placing import CHANCE, PLACING
from soichieu.alignment.relation import SIGNS
from soichieu.alignment.tokens import Language
from soichieu.alignment.weights import Weights

JUDGED = Path(__file__).parents[1] / "tests" / "data" / "alignment"
LANGUAGES: dict[str, Language] = {
    "nq03-tasks-to-nq57-sentences-dev": "vi",
    "nq03-points-to-nq57-sentences-dev": "vi",
    "nq03-points-to-nq57-sections": "vi",
    "nist-800-66-to-800-53": "en",
    "gdpr-to-27701": "en",
    "nist-csf-1.1-to-2.0": "en",
}
FOLDS = 5
ROWS = 100
"""A folder with more judged items than this weighs as if it had so many: no folder rules the weights. The folder whose
links are sections weighs nothing: it is only measured, since every sentence of a section is not the right one."""

UNJUDGED = {"headings": 0.5, "model": 0.5}
"""Weights of ways of looking that no judged folder has: set by hand, about what the strongest others get."""


@dataclass
class Folder:
    """One judged folder: both sides in their order, and which pairs are linked."""

    name: str
    language: Language
    left: list[Text]
    right: list[Text]
    links: dict[tuple[str, str], Relation]
    yes: np.ndarray

    @property
    def sections(self) -> bool:
        """Whether links are to sections: any sentence of the section is right."""
        return self.name.endswith("sections")


def rows(path: Path) -> list[list[str]]:
    """The lines of a TSV after its header."""
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]


def read_folder(name: str) -> Folder:
    """A folder of judged pairs, without anything that its ids say (but for which section a sentence stands in)."""
    left, right = (
        [Text(line[0], line[1]) for line in rows(JUDGED / name / f"{side}.tsv")] for side in ("left", "right")
    )
    links: dict[tuple[str, str], Relation] = {}
    for one, two, relation, *_ in rows(JUDGED / name / "links.tsv"):
        if relation == "section":
            links |= {(one, text.id): "intersects" for text in right if text.id.startswith(f"{two}.")}
        elif two == "NONE":
            links[one, two] = "none"
        else:
            links[one, two] = relation if relation in RELATIONS else "intersects"  # type: ignore[assignment]
    yes = np.array([[links.get((one.id, two.id), "none") != "none" for two in right] for one in left])
    return Folder(name, LANGUAGES[name], left, right, links, yes)


def fold(left: str) -> int:
    """Which fold an item is in. It goes by the id, so that a point that stands in two folders is in the same fold of
    both."""
    return int(hashlib.md5(left.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def nothing(language: Language) -> Weights:
    """Weights of nought: where learning the shipped ones begins."""
    return Weights(
        language,
        dict.fromkeys(CONTENT, 0.0) | UNJUDGED,
        dict.fromkeys(PLACING, 0.0),
        dict.fromkeys(CHANCE, 0.0),
        {name: dict.fromkeys(SIGNS, 0.0) for name in RELATIONS if name != "none"},
    )


class Learner:
    """Learns weights from folders, any part of them left out; texts are prepared once."""

    def __init__(self, folders: Sequence[Folder]) -> None:
        self.folders = list(folders)
        self._ready = []
        for folder in folders:
            judged_items = int(folder.yes.any(1).sum())
            judged = Judged(
                folder.left,
                folder.right,
                folder.links,
                measured=not folder.sections,
                weight=0.0 if folder.sections else min(1.0, ROWS / judged_items),
            )
            self._ready.append(make_ready(judged, folder.language))

    def weights(
        self, language: Language, *, without_fold: int | None = None, without_folders: Collection[str] = ()
    ) -> Weights:
        """Weights for `language`: first from all folders of both languages, then drawn towards these from its own."""
        kept: list[tuple[Folder, Any]] = []
        for folder, ready in zip(self.folders, self._ready, strict=True):
            if folder.name not in without_folders:
                ready.used = np.array([fold(text.id) != without_fold for text in folder.left])
                kept.append((folder, ready))
        shared = fit([ready for _, ready in kept], nothing(language))
        own = [ready for folder, ready in kept if folder.language == language]
        found = fit(own, shared) if own else shared
        pairs = sum(int(ready.decided[ready.used].sum()) for ready in own if ready.judged.weight)
        return found.with_changes(learnt_from=pairs)
