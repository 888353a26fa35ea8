"""Makes ``tests/data/clears``: which of the six clears of conclusion 226-KL/TW a task lacks.

``python -m tests.sets.make_clears`` writes the files from ``source/clears.*.txt``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.sets.common import FILES, LANGUAGES, SOURCE, document, identity, keep, part, plain, superior, written

CLEARS = ("who", "what", "when", "responsibility", "authority", "product")
CELLS = ("task", "leads", "cooperators", "output", "deadline", "deciding")
COLUMNS = ("id", "language", "part", "source", *CELLS, "missing")
_REAL_ROW = re.compile(r"(FDS-\w+): ")


def made(language: str) -> str:
    """The text of one file of the set.

    :raises ValueError: when a cell said to be real is not, or a clear is unknown.
    """
    rows, seen = [], Counter[str]()
    for cells, source, missing, later in _tasks(f"clears.{language}.txt"):
        if any(clear not in CLEARS for clear in missing):
            raise ValueError(f"unknown clear: {missing}: {cells}")
        lacking = ",".join(clear for clear in CLEARS if clear in missing)
        rows.append(
            {
                "id": identity(language, *cells),
                "language": language,
                "part": "dev" if later else part(seen[lacking]),
                "source": source,
                **dict(zip(CELLS, cells, strict=True)),
                "missing": lacking,
            }
        )
        seen[lacking] += not later
    return written(COLUMNS, rows)


def _tasks(name: str) -> Iterator[tuple[list[str], str, list[str], bool]]:
    """The cells, the source and the missing clears of each line, and whether it was added later (``+``)."""
    for line in (SOURCE / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        later = line.startswith("+ ")
        said, _, missing = line.removeprefix("+ ").rpartition("=")
        if said.startswith("A2 "):
            row = superior(f"{said.strip()} +d +p")
            yield (
                [row.text, row.leads, row.cooperators, row.product, row.deadline, ""],
                row.source,
                missing.split(),
                later,
            )
            continue
        real = _REAL_ROW.match(said)
        cells = [plain(cell) for cell in said[real.end() if real else 0 :].split("|")]
        if len(cells) != len(CELLS):
            raise ValueError(f"{name}: {len(cells)} cells: {line}")
        if real and any(cell not in document(real.group(1)) for cell in cells):
            raise ValueError(f"{name}: not a real row: {line}")
        yield cells, FILES[real.group(1)][1] if real else "fictitious", missing.split(), later


if __name__ == "__main__":
    keep("clears", {language: made(language) for language in LANGUAGES})
