"""Learn the two small models of ``soichieu.alignment.copying`` from the development rows of the test sets.

    python -m tools.learn_copying            # write src/soichieu/alignment/data/copying.json
    python -m tools.learn_copying --check    # only say how it does when each superior is left out in turn

Held rows are never read. Deterministic.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from soichieu.alignment.copying import FEATURES, features

ROOT = Path(__file__).parents[1]
SETS = ROOT / "tests" / "data" / "copying"
TARGET = ROOT / "src" / "soichieu" / "alignment" / "data" / "copying.json"
USED = {
    "related": ("covered", "covered_rare", "covers", "scattered", "concepts", "concepts_left", "meaning",
                "meaning_left", "soft", "added", "vi"),
    "copied": ("covered", "pairs", "run", "covers"),
}  # fmt: skip
PENALTY = 0.3


def rows() -> list[dict[str, str]]:
    """The development rows of every language."""
    found = []
    for path in sorted(SETS.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        head = lines[0].split("\t")
        found += [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:]]
    return [row for row in found if row["part"] == "dev"]


def fit(table: np.ndarray, wanted: np.ndarray, used: tuple[str, ...]) -> dict[str, float]:
    """A logistic model with a ridge over standardised columns, given back in the columns' own units."""
    columns = [FEATURES.index(name) for name in used]
    part = table[:, columns]
    middle, spread = part.mean(0), part.std(0) + 1e-6
    scaled = np.hstack([(part - middle) / spread, np.ones((len(part), 1))])
    sign = np.where(wanted, 1.0, -1.0)
    weight = np.where(wanted, 0.5 / max(1, wanted.sum()), 0.5 / max(1, (~wanted).sum())) * len(wanted)

    def loss(beta: np.ndarray) -> float:
        return float((weight * np.logaddexp(0, -sign * (scaled @ beta))).sum() + PENALTY * (beta[:-1] ** 2).sum())

    beta = minimize(loss, np.zeros(scaled.shape[1]), method="L-BFGS-B").x
    own = beta[:-1] / spread
    return {"bias": round(float(beta[-1] - (own * middle).sum()), 4)} | {
        name: round(float(value), 4) for name, value in zip(used, own, strict=True)
    }


def learn(found: list[dict[str, str]], table: np.ndarray) -> dict[str, dict[str, float]]:
    """Both models from some rows."""
    kinds = np.array([row["expected"] for row in found])
    plain = np.isin(kinds, ("copied", "reworded"))
    return {
        "related": fit(table, kinds != "own", USED["related"]),
        "copied": fit(table[plain], kinds[plain] == "copied", USED["copied"]),
    }


def told(models: dict[str, dict[str, float]], values: np.ndarray) -> str:
    """The class that two models tell for one row."""

    def score(name: str) -> float:
        return models[name]["bias"] + sum(models[name].get(one, 0) * values[at] for at, one in enumerate(FEATURES))

    if score("related") < 0:
        return "own"
    if values[FEATURES.index("added")]:
        return "specific"
    return "copied" if score("copied") >= 0 else "reworded"


def main() -> None:
    """Leave each superior out in turn and say how that goes; then learn from all and write."""
    parser = argparse.ArgumentParser(prog="python -m tools.learn_copying")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = rows()
    table = np.array(
        [
            [features(row["superior"], row["item"], row["unit"], row["language"])[name] for name in FEATURES]  # type: ignore[arg-type]
            for row in found
        ]
    )
    groups = np.array([row["superior"] for row in found])
    right, wrong = 0, Counter[tuple[str, str]]()
    for group in sorted(set(groups)):
        out = groups == group
        models = learn([row for row, is_out in zip(found, out, strict=True) if not is_out], table[~out])
        for at in np.flatnonzero(out):
            got = told(models, table[at])
            right += got == found[at]["expected"]
            if got != found[at]["expected"]:
                wrong[found[at]["expected"], got] += 1
                print(f"{found[at]['expected']} told {got}: {found[at]['item'][:100]}")
    print(f"each superior left out in turn: {right} of {len(found)} right; {dict(wrong)}")
    if not options.check:
        TARGET.write_text(json.dumps(learn(found, table), indent=1) + "\n", encoding="utf-8")
        print(f"{TARGET.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
