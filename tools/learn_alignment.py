"""``python -m tools.learn_alignment``: learn the weights that ship from the judged folders in ``tests/data/alignment``.

First one set of weights from all folders of both languages, then, drawn towards it, one for each language. Writes
``src/soichieu/alignment/data/weights-<language>.json``.
"""

from __future__ import annotations

import json
from pathlib import Path

from soichieu.alignment.tokens import Language
from tools.judged import LANGUAGES, Learner, read_folder

OUT = Path(__file__).parents[1] / "src" / "soichieu" / "alignment" / "data"


def main() -> None:
    """Learn and write both."""
    learner = Learner([read_folder(name) for name in LANGUAGES])
    languages: tuple[Language, ...] = ("vi", "en")
    for language in languages:
        weights = learner.weights(language)
        text = json.dumps(json.loads(weights.to_json()), ensure_ascii=False, sort_keys=True, indent=1)
        (OUT / f"weights-{language}.json").write_text(text + "\n", "utf-8")
        print(weights.name, text)


if __name__ == "__main__":
    main()
