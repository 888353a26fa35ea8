"""How right it is on what people judged: cross-validated, never scored on what it learnt from. The floors are those
that the project set itself; docs/alignment.md has the figures."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from soichieu.alignment import default_weights
from soichieu.alignment.tokens import raw_words
from tools.judged import LANGUAGES, Folder, Learner, read_folder
from tools.measures import (
    CONFIDENT,
    Held,
    better,
    calibration_error,
    cross_validated,
    f1,
    of_items,
    relations,
)

SENTENCES = ("nq03-tasks-to-nq57-sentences-dev", "nq03-points-to-nq57-sentences-dev")


@pytest.fixture(scope="module")
def held() -> dict[str, Held]:
    return {one.folder.name: one for one in cross_validated()}


def by_bm25(folder: Folder) -> np.ndarray:
    """BM25 with the usual constants, left × right."""
    texts = [Counter(raw_words(text.text)) for text in folder.right]
    found = Counter(word for text in texts for word in text)
    average = sum(text.total() for text in texts) / len(texts)
    scores = np.zeros(folder.yes.shape)
    for row, item in enumerate(folder.left):
        for word in raw_words(item.text):
            for column, text in enumerate(texts):
                if word in text:
                    rarity = math.log(1 + (len(texts) - found[word] + 0.5) / (found[word] + 0.5))
                    length = 0.25 + 0.75 * text.total() / average
                    scores[row, column] += rarity * text[word] * 2.5 / (text[word] + 1.5 * length)
    return scores


def test_vietnamese_tasks_find_the_sentences_that_people_chose(held):
    ours = np.concatenate([of_items(held[name].final, held[name].folder.yes) for name in SENTENCES])
    assert len(ours) == 142
    first, five, reciprocal, average = ours.mean(0)
    assert first >= 0.74
    assert five >= 0.83
    assert reciprocal >= 0.82
    assert average >= 0.74
    theirs = np.concatenate([of_items(by_bm25(held[name].folder), held[name].folder.yes) for name in SENTENCES])
    assert theirs[:, 3].mean() > 0.6, "the peer is not a straw man"
    assert (better(ours, theirs)[2:] >= 0.95).all()


@pytest.mark.parametrize(
    ("name", "measure", "floor"),
    [
        ("nq03-points-to-nq57-sections", 0, 0.80),
        ("nist-800-66-to-800-53", 3, 0.18),
        ("gdpr-to-27701", 3, 0.26),
        ("nist-csf-1.1-to-2.0", 3, 0.65),
    ],
)
def test_the_other_folders_stay_above_their_floors(held, name, measure, floor):
    assert of_items(held[name].final, held[name].folder.yes).mean(0)[measure] >= floor


@pytest.mark.parametrize("many", [1, 5, 10_000])
def test_the_score_is_the_chance_that_a_person_accepts(held, many):
    chance = np.concatenate([one.chance[one.first(many)] for one in held.values()])
    yes = np.concatenate([one.folder.yes[one.first(many)] for one in held.values()])
    assert calibration_error(chance, yes) <= 0.07
    assert (chance >= CONFIDENT).sum() >= 100
    assert yes[chance >= CONFIDENT].mean() >= CONFIDENT


def test_the_relation_is_told_better_than_by_always_saying_the_commonest(held):
    told, true = relations(held[name] for name in SENTENCES)
    commonest = Counter(true).most_common(1)[0][0]
    names = sorted(set(true))
    ours, always = f1(told, true, names), f1([commonest] * len(true), true, names)
    assert np.mean(list(ours.values())) >= 0.30 > 2 * np.mean(list(always.values()))


def test_the_weights_that_ship_are_those_that_the_judged_folders_teach():
    learner = Learner([read_folder(name) for name in LANGUAGES])
    for language in ("vi", "en"):
        learnt, shipped = learner.weights(language), default_weights(language)
        for part in ("content", "placing", "chance"):
            assert getattr(learnt, part) == pytest.approx(getattr(shipped, part), abs=0.05)
        assert learnt.learnt_from == shipped.learnt_from
