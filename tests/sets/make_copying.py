"""Makes ``tests/data/copying``: what a unit's item does with a sentence of its superior.

``python -m tests.sets.make_copying`` writes the files from ``source/copying.*.txt``.
"""

from __future__ import annotations

import json
import re

from tests.sets.common import LANGUAGES, SOURCE, blocks, identity, keep, plain, superior, written

COLUMNS = ("id", "language", "part", "source", "superior", "unit", "item", "expected", "added")
CLASSES = ("copied", "reworded", "specific", "own")
KINDS = ("quantity", "place", "person", "date", "product")
_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")


def made(language: str) -> str:
    """The text of one file of the set.

    :raises ValueError: when a class or a kind is unknown, or only a *specific* item has not exactly its marks.
    """
    name = f"copying.{language}.txt"
    unit = re.search(r"^unit (.+)$", (SOURCE / name).read_text(encoding="utf-8"), re.M)
    if unit is None:
        raise ValueError(f"{name} names no unit")
    rows = []
    for reference, which, items in blocks(name):
        above = superior(reference)
        for expected, marked in items:
            added = [{"kind": kind, "text": text} for kind, text in _MARK.findall(marked)]
            item = plain(_MARK.sub(r"\2", marked))
            if expected not in CLASSES or bool(added) != (expected == "specific") or "{" in item:
                raise ValueError(f"{name}: {expected}: {marked}")
            if any(one["kind"] not in KINDS for one in added):
                raise ValueError(f"{name}: unknown kind: {marked}")
            rows.append(
                {
                    "id": identity(language, above.text, item),
                    "language": language,
                    "part": which,
                    "source": above.source,
                    "superior": above.text,
                    "unit": unit.group(1),
                    "item": item,
                    "expected": expected,
                    "added": json.dumps(added, ensure_ascii=False),
                }
            )
    return written(COLUMNS, rows)


if __name__ == "__main__":
    keep("copying", {language: made(language) for language in LANGUAGES})
