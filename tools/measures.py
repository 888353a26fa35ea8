"""How good rankings, chances and relations are against what people judged. For tests and benches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from soichieu.alignment import RELATIONS, Weights, align
from tools.judged import FOLDS, LANGUAGES, Folder, Learner, fold, read_folder

MEASURES = ("P@1", "R@5", "MRR", "MAP")
RESAMPLES = 2000
CONFIDENT = 0.7


@dataclass
class Held:
    """What was said about a folder by weights that had not seen the items: left × right."""

    folder: Folder
    final: np.ndarray
    chance: np.ndarray
    relation: np.ndarray

    def first(self, many: int) -> np.ndarray:
        """Which pairs stand among the first `many` of their item."""
        return np.argsort(np.argsort(-self.final, axis=1), axis=1) < many


def of_items(scores: np.ndarray, yes: np.ndarray) -> np.ndarray:
    """The four measures of each item: items × 4. An item that serves nothing counts, with nought."""
    found = np.zeros((len(yes), len(MEASURES)))
    for row, (score, right) in enumerate(zip(scores, yes, strict=True)):
        if right.any():
            places = np.flatnonzero(right[np.argsort(-score, kind="stable")])
            found[row] = (
                places[0] == 0,
                (places < 5).sum() / len(places),
                1 / (1 + places[0]),
                ((np.arange(len(places)) + 1) / (places + 1)).mean(),
            )
    return found


def better(ours: np.ndarray, peer: np.ndarray) -> np.ndarray:
    """For each measure the share of paired bootstrap resamples of the items in which ours is the higher."""
    draw = np.random.default_rng(2025).integers(0, len(ours), (RESAMPLES, len(ours)))
    return np.asarray(((ours - peer)[draw].mean(1) > 0).mean(0))


def calibration_error(chance: np.ndarray, yes: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: how far the chance is from what came of it, over ten bins of equal width."""
    places = np.minimum((chance * bins).astype(int), bins - 1)
    return float(
        sum(
            (places == place).mean() * abs(chance[places == place].mean() - yes[places == place].mean())
            for place in np.unique(places)
        )
    )


def f1(told: Sequence[str], true: Sequence[str], names: Iterable[str]) -> dict[str, float]:
    """F1 of each name."""
    return {
        name: 2
        * sum(one == two == name for one, two in zip(told, true, strict=True))
        / max(1, sum(one == name for one in told) + sum(one == name for one in true))
        for name in names
    }


def held(folder: Folder, weights: Weights) -> Held:
    """What some weights say about all items of a folder."""
    found = align(folder.left, folder.right, weights=weights)
    columns = {text.id: number for number, text in enumerate(folder.right)}
    chance, final = np.zeros(folder.yes.shape), np.zeros(folder.yes.shape)
    relation = np.full(folder.yes.shape, "none", dtype=object)
    for row, text in enumerate(folder.left):
        for one in found.of(text.id):
            column = columns[one.right]
            final[row, column] = -one.rank
            chance[row, column], relation[row, column] = one.score, one.relation
    return Held(folder, final, chance, relation)


def cross_validated(names: Iterable[str] = LANGUAGES) -> list[Held]:
    """Each folder as weights say that were learnt without the fold of the item: in five parts by item, an item that
    stands in two folders in the same part of both. All other items of all folders are learnt from."""
    learner = Learner([read_folder(name) for name in LANGUAGES])
    asked = [folder for folder in learner.folders if folder.name in set(names)]
    parts: dict[str, list[Held]] = {folder.name: [] for folder in asked}
    for number in range(FOLDS):
        weights = {
            language: learner.weights(language, without_fold=number)
            for language in dict.fromkeys(folder.language for folder in asked)
        }
        for folder in asked:
            parts[folder.name].append(held(folder, weights[folder.language]))
    return [_joined(folder, parts[folder.name]) for folder in asked]


def without_their_language() -> list[Held]:
    """Each folder as weights say that saw nothing like it: the Vietnamese ones by English folders alone, an English one
    without itself."""
    learner = Learner([read_folder(name) for name in LANGUAGES])
    found = []
    for folder in learner.folders:
        out = [one.name for one in learner.folders if one is folder or folder.language == one.language == "vi"]
        found.append(held(folder, learner.weights(folder.language, without_folders=out)))
    return found


def _joined(folder: Folder, parts: Sequence[Held]) -> Held:
    rows = np.array([fold(text.id) for text in folder.left])
    pick = np.arange(len(rows))
    return Held(
        folder,
        *(np.stack([getattr(part, name) for part in parts])[rows, pick] for name in ("final", "chance", "relation")),
    )


def relations(found: Iterable[Held]) -> tuple[list[str], list[str]]:
    """The relation told and the true one of each judged link that names one, and of items that serve nothing the
    relation of what stands first (true: 'none')."""
    told: list[str] = []
    true: list[str] = []
    for one in found:
        rows = {text.id: number for number, text in enumerate(one.folder.left)}
        columns = {text.id: number for number, text in enumerate(one.folder.right)}
        for (left, right), relation in one.folder.links.items():
            column = columns.get(right, int(np.argmax(one.final[rows[left]])))
            told.append(str(one.relation[rows[left], column]))
            true.append(relation)
    assert set(told) <= set(RELATIONS)
    return told, true
