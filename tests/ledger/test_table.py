"""The fold's table is the document's, cell for cell."""

from __future__ import annotations

import re
from pathlib import Path

from soichieu.ledger.fold import table as tb
from soichieu.ledger.kinds import Kind

DOC = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"


def test_every_cell_of_the_table_is_that_of_the_document() -> None:
    text = DOC.read_text()
    block = re.search(r"<!-- table:lifecycle -->\n(.*?)<!-- /table -->", text, re.S)
    assert block
    lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in block[1].strip().splitlines()]
    head, rows = lines[0], lines[2:]
    assert tuple(head[1:]) == tb.STATES
    assert [row[0] for row in rows] == list(tb.ROWS)
    codes = {"✗": tb.NO_EFFECT, "·": tb.STAY, "M": tb.REMEMBERED, **{name: code for code, name in enumerate(tb.STATES)}}
    for row in rows:
        assert [codes[cell] for cell in row[1:]] == tb.LIFECYCLE[tb.ROW[row[0]]].tolist(), row[0]


def test_the_table_is_total_over_the_kinds() -> None:
    assert set(tb.KINDS) == set(Kind.values)
    assert {row.split(",")[0] for row in tb.ROWS} == set(Kind.values) - {"voided"}
