"""Learning weights from judged pairs, starting from the weights that are there.

Each part of `Weights` is a regularised logistic model with a handful of weights. They are drawn towards the prior, so
that a few decisions change little and many change much; whatever cannot be learnt from them stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .content import CONTENT, Content, standardised
from .engine import ready
from .model import Relation, Text
from .placing import CHANCE, PLACING, chance_signs, placed, placings, softmax
from .relation import SIGNS, signs
from .tokens import Cache, Language, language_of
from .weights import Weights, default_weights

HOLD_CONTENT, HOLD_PLACING, HOLD_CHANCE, HOLD_RELATION = 20.0, 3.0, 2.0, 2.0
"""How strongly each part is held to its prior, in judged items (pairs for the last two) per unit of weight squared."""
DEPTH = 30
"""Provisions per wholly judged item that the chance of acceptance is learnt from: those suggested first."""


@dataclass
class Judged:
    """Items and provisions of which people decided pairs.

    `links` gives the relation of each pair decided on, 'none' for a refusal. With `complete`, an item that has any
    decision was judged wholly: the pairs not named are refusals too. `held_out` names items that are not learnt from.
    `measured` is False where links are coarser than sentences: the ranking learns from them, the chance does not.
    """

    left: Sequence[Text]
    right: Sequence[Text]
    links: Mapping[tuple[str, str], Relation]
    complete: bool = True
    measured: bool = True
    held_out: frozenset[str] = frozenset()
    weight: float = 1.0

    @classmethod
    def of_pairs(cls, pairs: Sequence[tuple[str, str, Relation | bool]]) -> Judged:
        """Judged pairs of plain texts: yes (True), no (False) or a relation."""
        left = {one: Text(f"l{number}", one) for number, one in enumerate(dict.fromkeys(pair[0] for pair in pairs))}
        right = {two: Text(f"r{number}", two) for number, two in enumerate(dict.fromkeys(pair[1] for pair in pairs))}
        words: dict[bool, Relation] = {True: "intersects", False: "none"}
        links = {
            (left[one].id, right[two].id): words[said] if isinstance(said, bool) else said for one, two, said in pairs
        }
        return cls(list(left.values()), list(right.values()), links, complete=False)


@dataclass
class _Ready:
    """A judged set with its texts prepared."""

    judged: Judged
    content: Content
    yes: np.ndarray
    decided: np.ndarray
    used: np.ndarray
    signs: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        rows, columns = self.content.size
        self.signs = np.zeros((rows, columns, len(CONTENT)), np.float32)
        for number, name in enumerate(CONTENT):
            raw = self.content.raw(name, 0, rows)
            if raw is not None:
                self.signs[:, :, number] = standardised(raw)


def make_ready(judged: Judged, language: Language, cache: Cache | None = None) -> _Ready:
    """Prepare a judged set once; it can be learnt from many times (cross-validation)."""
    content = ready(judged.left, judged.right, language, cache)
    rows = {text.id: number for number, text in enumerate(judged.left)}
    columns = {text.id: number for number, text in enumerate(judged.right)}
    yes, decided = np.zeros(content.size, bool), np.zeros(content.size, bool)
    for (left, right), relation in judged.links.items():
        if left in rows and judged.complete:
            decided[rows[left]] = True
        if left in rows and right in columns:
            decided[rows[left], columns[right]] = True
            yes[rows[left], columns[right]] = relation != "none"
    used = np.array([text.id not in judged.held_out for text in judged.left])
    return _Ready(judged, content, yes, decided, used)


def learn(
    judged: Sequence[Judged], *, prior: Weights | None = None, language: Language | None = None, hold: float = 1.0
) -> Weights:
    """New weights from judged sets of one language, drawn towards `prior` (the weights that ship, unless given).

    `hold` multiplies how strongly. Sets without any decision change nothing. `ValueError` for an empty list without
    language or prior.
    """
    if prior is None:
        if language is None:
            if not judged:
                raise ValueError("nothing to learn from, and no weights to keep")
            language = language_of(text.text for one in judged for text in (*one.right, *one.left))
        prior = default_weights(language)
    return fit([make_ready(one, prior.language) for one in judged], prior, hold)


def fit(sets: Sequence[_Ready], prior: Weights, hold: float = 1.0) -> Weights:
    """`learn` from sets that are ready."""
    chosen = [_chosen(one) for one in sets]
    content = _choice(
        [
            (one.signs[rows], one.yes[rows], one.judged.weight)
            for one, rows in zip(sets, chosen, strict=True)
        ],
        prior.content, CONTENT, HOLD_CONTENT * hold,
    )  # fmt: skip
    scores = [_score(one.signs, content) for one in sets]
    stacked = []
    for score, rows in zip(scores, chosen, strict=True):
        found = placings(score, softmax(score))
        stacked.append(np.stack([found[name][rows] for name in PLACING], 2))
    placing = _choice(
        [
            (stack, one.yes[rows], one.judged.weight)
            for stack, one, rows in zip(stacked, sets, chosen, strict=True)
        ],
        prior.placing, PLACING, HOLD_PLACING * hold,
    )  # fmt: skip
    seen = []
    for one, score in zip(sets, scores, strict=True):
        by_content = softmax(score)
        seen.append((one, by_content, softmax(placed(score, by_content, placing))))
    changed = prior.with_changes(content=content, placing=placing)
    return changed.with_changes(
        chance=_chance(seen, prior.chance, hold),
        relation=_relations(seen, prior.relation, hold),
        learnt_from=prior.learnt_from + sum(int(one.decided[one.used].sum()) for one in sets),
    )


def _score(found: np.ndarray, weights: Mapping[str, float]) -> np.ndarray:
    return np.asarray(found @ np.array([weights.get(name, 0.0) for name in CONTENT], np.float32))


def _chosen(one: _Ready) -> np.ndarray:
    """The items for which people chose a provision, as row numbers."""
    return np.flatnonzero(one.used & one.yes.any(1))


def _choice(
    sets: Sequence[tuple[np.ndarray, np.ndarray, float]],
    prior: Mapping[str, float],
    names: Sequence[str],
    hold: float,
) -> dict[str, float]:
    """Weights under which the provisions that people chose are the likeliest of their row.

    Each set is signs (rows × provisions × signs), choices (rows × provisions) and its weight.
    """
    start = np.array([prior.get(name, 0.0) for name in names])
    ready = [
        (found.reshape(-1, len(names)), (yes / yes.sum(1, keepdims=True)).astype(np.float32), weight)
        for found, yes, weight in sets
        if len(found)
    ]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = hold * float(((weights - start) ** 2).sum()), 2 * hold * (weights - start)
        for found, wanted, weight in ready:
            shares = softmax((found @ weights.astype(np.float32)).reshape(wanted.shape))
            total -= weight * float((wanted * np.log(shares + 1e-12)).sum())
            slope = slope + weight * (found.T @ (shares - wanted).ravel())
        return total, slope

    return dict(zip(names, _rounded(_minimum(loss, start)), strict=True))


def _chance(
    seen: Sequence[tuple[_Ready, np.ndarray, np.ndarray]], prior: Mapping[str, float], hold: float
) -> dict[str, float]:
    """The chance of acceptance, learnt from the pairs that stand first."""
    found, answers, weights = [], [], []
    for one, by_content, share in seen:
        if not one.judged.measured:
            continue
        pick = one.decided & one.used[:, None]
        if one.judged.complete:
            # Not the links further down as well: they are there only because they are links.
            pick &= np.argsort(np.argsort(-share, axis=1), axis=1) < DEPTH
        rows, columns = np.nonzero(pick)
        found.append(chance_signs(one.content, by_content, share, rows, columns))
        answers.append(one.yes[rows, columns])
        weights.append(np.full(len(rows), one.judged.weight))
    if not found:
        return dict(prior)
    x, y, w = np.concatenate(found), np.concatenate(answers), np.concatenate(weights)
    start = np.array([prior.get(name, 0.0) for name in CHANCE])

    def loss(weights_: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ weights_
        total = float((w * (np.logaddexp(0, z) - y * z)).sum()) + HOLD_CHANCE * hold * float(
            ((weights_ - start) ** 2).sum()
        )
        slope = x.T @ (w * (1 / (1 + np.exp(-np.clip(z, -30, 30))) - y)) + 2 * HOLD_CHANCE * hold * (weights_ - start)
        return total, slope

    return dict(zip(CHANCE, _rounded(_minimum(loss, start)), strict=True))


def _relations(
    seen: Sequence[tuple[_Ready, np.ndarray, np.ndarray]], prior: Mapping[str, Mapping[str, float]], hold: float
) -> dict[str, dict[str, float]]:
    """The relation of a link, learnt from links that name one other than 'intersects' throughout their set."""
    names = [name for name in prior if name != "none"]
    found, answers = [], []
    for one, _, share in seen:
        rows_of = {text.id: number for number, text in enumerate(one.judged.left)}
        columns_of = {text.id: number for number, text in enumerate(one.judged.right)}
        told = [
            (rows_of[left], columns_of[right], names.index(relation))
            for (left, right), relation in one.judged.links.items()
            if left in rows_of and right in columns_of and relation in names and one.used[rows_of[left]]
        ]
        if len({relation for _, _, relation in told}) < 2:
            continue
        rows, columns, which = (np.array(part) for part in zip(*told, strict=True))
        found.append(signs(one.content.words, rows, columns, share[rows, columns]))
        answers.append(which)
    if not found:
        return {name: dict(weights) for name, weights in prior.items()}
    x, y = np.concatenate(found), np.concatenate(answers)
    start = np.array([[prior[name].get(sign, 0.0) for sign in SIGNS] for name in names])
    # Rare relations count as much together as common ones: else "equivalent" would never be said.
    count = np.bincount(y, minlength=len(names))
    balance = np.sqrt(len(y) / (len(names) * np.maximum(count, 1)))[y]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(start.shape)
        z = x @ weights.T
        z = z - z.max(1, keepdims=True)
        shares = np.exp(z)
        shares /= shares.sum(1, keepdims=True)
        wanted = np.eye(len(names))[y]
        away = weights - start
        total = -float((balance * np.log(shares[np.arange(len(y)), y] + 1e-12)).sum())
        slope = ((shares - wanted) * balance[:, None]).T @ x + 2 * HOLD_RELATION * hold * away
        return total + HOLD_RELATION * hold * float((away**2).sum()), slope.ravel()

    weights = _minimum(loss, start.ravel()).reshape(start.shape)
    return {name: dict(zip(SIGNS, _rounded(row), strict=True)) for name, row in zip(names, weights, strict=True)}


def _minimum(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], start: np.ndarray) -> np.ndarray:
    from scipy.optimize import minimize  # Here, because it is slow to load and aligning does without.

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def _rounded(weights: np.ndarray) -> list[float]:
    return [round(float(weight), 4) for weight in weights]
