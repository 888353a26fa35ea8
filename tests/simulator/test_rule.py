"""The oracle's table is the document's, cell for cell."""

from __future__ import annotations

from pathlib import Path

from tests.simulator.rule import ADVANCE, HOLDER_OF_STATE, LIFECYCLE, NO, REMEMBERED, STATES, STAYS

PAGE = Path(__file__).parents[2] / "docs" / "ledger.md"


def table_of_the_page() -> list[list[str]]:
    text = PAGE.read_text(encoding="utf-8").split("<!-- table:lifecycle -->")[1].split("<!-- /table -->")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "---" not in line]


def test_the_table_of_the_oracle_is_the_table_of_the_page() -> None:
    head, *rows = table_of_the_page()
    assert head[1:] == list(STATES)
    assert [row[0] for row in rows] == list(LIFECYCLE)
    for name, *codes in rows:
        for state, code in zip(STATES, codes, strict=True):
            assert LIFECYCLE[name][state] == code, f"row {name!r}, state {state}"


def test_the_page_names_the_states_as_the_oracle_does() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for code, name in STATES.items():
        assert f"`{code}` {name}" in text.replace("\n", " ")


def test_every_state_has_its_holder_and_every_code_a_meaning() -> None:
    assert set(HOLDER_OF_STATE) == set(STATES) - {"AB"}
    assert set(ADVANCE) == set(STATES) - {"AB", "WA", "SS"}
    codes = {code for row in LIFECYCLE.values() for code in row.values()}
    assert codes <= set(STATES) | {NO, STAYS, REMEMBERED}
