"""Makes ``tests/data/drift``: where an item asks for less, later, or of fewer than its superior.

``python -m tests.sets.make_drift`` writes the files from ``source/drift.*.txt``.
"""

from __future__ import annotations

import json
from dataclasses import replace

from tests.sets.common import (
    FILES,
    LANGUAGES,
    Superior,
    blocks,
    document,
    identity,
    keep,
    plain,
    superior,
    written,
)

DRIFTS = ("target_weaker", "deadline_later", "scope_narrower", "product_missing")
COLUMNS = (
    "id",
    "language",
    "part",
    "source",
    "superior",
    "superior_deadline",
    "superior_product",
    "item",
    "item_deadline",
    "item_product",
    "expected",
    "compared",
    "note",
)


def made(language: str) -> str:
    """The text of one file of the set.

    :raises ValueError: when an item says neither how it drifts nor why it does not, or names a part that is not there.
    """
    rows: list[dict[str, str]] = []
    for reference, which, lines in blocks(f"drift.{language}.txt"):
        above, items = superior(reference), []
        for key, value in lines:
            if key == "item":
                items.append({"item": plain(value)})
            elif not items:
                above = _with_cell(above, reference, key, value)
            elif key in items[-1] or key not in (*DRIFTS, "deadline", "product", "none"):
                raise ValueError(f"{reference}: {key}: {value}")
            else:
                items[-1][key] = value
        rows += [_row(language, which, above, item) for item in items]
    return written(COLUMNS, rows)


def _with_cell(above: Superior, reference: str, key: str, value: str) -> Superior:
    if key not in ("deadline", "product") or value not in document(reference.partition("|")[0].strip()):
        raise ValueError(f"{reference}: no such cell in {FILES}: {key}: {value}")
    return replace(above, **{key: value})


def _row(language: str, which: str, above: Superior, item: dict[str, str]) -> dict[str, str]:
    named = [drift for drift in DRIFTS if drift in item]
    if bool(named) == ("none" in item):
        raise ValueError(f"either drifts or none: {item}")
    compared = []
    ours = (item["item"], item.get("deadline", ""), item.get("product", ""))
    for drift in named:
        theirs, _, mine = (side.strip() for side in item[drift].partition("~"))
        if not any(theirs in text for text in (above.text, above.deadline, above.product)) or not any(
            mine in text for text in ours
        ):
            raise ValueError(f"not in the texts: {drift}: {item[drift]}")
        compared.append({"drift": drift, "superior": theirs, "item": mine})
    return {
        "id": identity(language, above.text, above.deadline, above.product, *ours),
        "language": language,
        "part": which,
        "source": above.source,
        "superior": above.text,
        "superior_deadline": above.deadline,
        "superior_product": above.product,
        "item": ours[0],
        "item_deadline": ours[1],
        "item_product": ours[2],
        "expected": ",".join(named),
        "compared": json.dumps(compared, ensure_ascii=False),
        "note": item.get("none", ""),
    }


if __name__ == "__main__":
    keep("drift", {language: made(language) for language in LANGUAGES})
