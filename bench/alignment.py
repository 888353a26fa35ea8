"""Soi chiếu: how right its rankings are beside BM25 and TF-IDF on the judged folders, and how fast it is.

Ours are cross-validated: never scored on what they learnt from (``tools/measures.py``). The peers learn nothing. BM25
is ``bm25s`` over words in small letters, TF-IDF is scikit-learn's over words and pairs of words; both get the texts as
they are. Everything runs in this one process. The last lines of JSON are times: 10,000 items against 1,000 provisions
made of clauses of the judged texts, from raw text against a limit, and from prepared texts beside bm25s on tokens.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
from collections import Counter

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.harness import Timing, against_limit, alternate, note, once, report
from soichieu.alignment import Cache, Text, align
from soichieu.alignment.tokens import raw_words
from tools.judged import LANGUAGES, Folder, read_folder
from tools.measures import (
    CONFIDENT,
    MEASURES,
    Held,
    better,
    calibration_error,
    cross_validated,
    f1,
    of_items,
    relations,
    without_their_language,
)

ITEMS, PROVISIONS, TOP = 10_000, 1_000, 10
LIMIT_S, LIMIT_MB = 15.0, 1024
SENTENCES = [name for name in LANGUAGES if name.endswith("sentences-dev")]


def by_bm25(folder: Folder) -> np.ndarray:
    """The scores of bm25s, left × right."""
    model = bm25s.BM25()
    model.index([_words(text.text) for text in folder.right], show_progress=False)
    return np.stack([model.get_scores(_words(text.text)) for text in folder.left])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower()) or [""]


def by_tfidf(folder: Folder) -> np.ndarray:
    """The cosine of scikit-learn's TF-IDF, left × right."""
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+")
    right = vectors.fit_transform([text.text for text in folder.right])
    return (vectors.transform([text.text for text in folder.left]) @ right.T).toarray()


def quality() -> None:
    """The tables of quality."""
    found = cross_validated()
    apart = {one.folder.name: one for one in without_their_language()}
    groups = {"both sentence folders": [one for one in found if one.folder.name in SENTENCES]}
    groups |= {one.folder.name: [one] for one in found}
    note(
        f"{'':36} {'':12} "
        + " ".join(f"{name:>6}" for name in MEASURES)
        + "  (share of resamples where ours is higher)"
    )
    for name, held in groups.items():
        ours = np.concatenate([of_items(one.final, one.folder.yes) for one in held])
        other = np.concatenate([of_items(apart[one.folder.name].final, one.folder.yes) for one in held])
        note(f"{name[:36]:36} {'ours':12} {_numbers(ours.mean(0))}  n={len(ours)}")
        note(f"{'':36} {'ours, apart':12} {_numbers(other.mean(0))}  learnt without it (Vietnamese: from English)")
        for peer, score in (("bm25s", by_bm25), ("TF-IDF", by_tfidf)):
            theirs = np.concatenate([of_items(score(one.folder), one.folder.yes) for one in held])
            note(f"{'':36} {peer:12} {_numbers(theirs.mean(0))}  {_numbers(better(ours, theirs))}")
    _calibration(found)
    _relation(found)


def _numbers(values: np.ndarray) -> str:
    return " ".join(f"{value:6.3f}" for value in values)


def _calibration(found: list[Held]) -> None:
    for label, some in (
        ("all folders", found),
        ("without the folder of sections", [one for one in found if not one.folder.sections]),
    ):
        for many in (1, 5, 10_000):
            chance = np.concatenate([one.chance[one.first(many)] for one in some])
            yes = np.concatenate([one.folder.yes[one.first(many)] for one in some])
            sure = chance >= CONFIDENT
            note(
                f"calibration, {label}, {'all' if many > 5 else f'first {many}'}: error"
                f" {calibration_error(chance, yes):.3f} over {len(chance):,} suggestions; {sure.sum()} of them say"
                f" {CONFIDENT} or more and {yes[sure].mean():.2f} of these are right"
            )


def _relation(found: list[Held]) -> None:
    told, true = relations(one for one in found if one.folder.name in SENTENCES)
    common = Counter(true).most_common(1)[0][0]
    names = sorted(set(true))
    ours, theirs = f1(told, true, names), f1([common] * len(true), true, names)
    each = ", ".join(f"{name} {value:.2f}" for name, value in ours.items())
    note(
        f"relation, {len(true)} judged: macro-F1 {np.mean(list(ours.values())):.3f}; always “{common}”"
        f" {np.mean(list(theirs.values())):.3f}; each: {each}"
    )


def made(side: str, count: int, seed: int) -> list[Text]:
    """So many texts of two to five clauses of the judged Vietnamese texts, about 40 words each."""
    draw = random.Random(seed)
    folders = [read_folder(name) for name, language in LANGUAGES.items() if language == "vi"]
    clauses = [part for folder in folders for text in getattr(folder, side) for part in re.split(r"[;,]\s+", text.text)]
    clauses = [part for part in clauses if len(part) > 15]
    return [Text(f"{side}{n}", "; ".join(draw.sample(clauses, draw.randint(2, 5)))) for n in range(count)]


def speed() -> None:
    """Times and memory at 10,000 × 1,000."""
    left, right = made("left", ITEMS, 1), made("right", PROVISIONS, 2)
    case = f"{ITEMS}x{PROVISIONS}"
    raw = against_limit(lambda: once(lambda: align(left, right, cache={}, top=TOP))[0], LIMIT_S)
    report("alignment", f"{case} from raw text", f"limit {LIMIT_S:.0f} s", raw)
    cache: Cache = {}
    align(left, right, cache=cache, top=TOP)
    asked, there = [raw_words(text.text) for text in left], [raw_words(text.text) for text in right]

    def peer() -> object:
        model = bm25s.BM25()
        model.index(there, show_progress=False)
        return model.retrieve(asked, k=TOP, show_progress=False)

    # Other scores by intention, so only the time is comparable; both give the ten best of each item.
    timing = alternate(lambda: align(left, right, cache=cache, top=TOP), peer, same=None)
    report("alignment", f"{case} from prepared texts", "bm25s", timing)
    peak = _peak()
    note(f"memory: {peak:.0f} MB at most in a process that does nothing else (limit {LIMIT_MB} MB)")
    report("alignment", f"{case} peak MB (not seconds)", f"limit {LIMIT_MB} MB", Timing((peak,), (LIMIT_MB,)))


def _peak() -> float:
    """Megabytes at most, in a process of its own."""
    code = "import bench.alignment as b; b.alone()"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(asked.stdout)


def alone() -> None:
    """Align once from raw text and print the peak."""
    align(made("left", ITEMS, 1), made("right", PROVISIONS, 2), top=TOP)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    quality()
    speed()
    # What people see of it at its size; a process of its own, for it sets up an instance.
    subprocess.run([sys.executable, "-m", "bench", "matrix"], check=True)


if __name__ == "__main__":
    main()
