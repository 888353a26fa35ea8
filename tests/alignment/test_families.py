"""Families of ways in which offices write figures, times and products: what drifts is told, what is equal is let be.

The rows of ``families/*.txt`` were invented with the rules they test; they say that a rule holds, not how good it is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from soichieu.alignment.later_times import later
from soichieu.alignment.products import missing_product
from soichieu.alignment.targets import weaker_target

Side = tuple[str, str, str]


def _side(line: str) -> Side:
    text, *cells = line.split(" | ")
    named = {cell[:2]: cell[2:].strip() for cell in cells}
    return text.strip(), named.get("D:", ""), named.get("P:", "")


def _rows() -> list[tuple[Side, Side, list[str]]]:
    rows: list[tuple[Side, Side, list[str]]] = []
    above: Side = ("", "", "")
    for path in sorted((Path(__file__).parent / "families").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("> "):
                above = _side(line[2:])
            elif line.startswith("- "):
                item, _, drifts = line[2:].rpartition("=>")
                rows.append((above, _side(item), [one.strip() for one in drifts.split(",") if one.strip()]))
    return rows


@pytest.mark.parametrize(("superior", "item", "expected"), _rows())
def test_what_drifts_is_told_and_no_more(superior: Side, item: Side, expected: list[str]) -> None:
    (above, deadline, product), (below, item_deadline, item_product) = superior, item
    found = {
        "target": weaker_target(above, product, below, item_product),
        "deadline": later(above, deadline, below, item_deadline),
        "product": missing_product(above, product, below, item_product),
    }
    assert [kind for kind, words in found.items() if words] == expected
