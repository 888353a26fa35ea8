"""Copying, drift and the six clears on the test sets of tests/sets, which others wrote before and apart from them.

Floors are a little under what was measured (docs/copying-and-drift.md says it, set by set); none of the pairs that do
not drift may be flagged in any part.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.alignment.additions import additions
from soichieu.alignment.clears import CLEARS, Task, missing_clears
from soichieu.alignment.copying import CLASSES, compare
from soichieu.alignment.drift import KINDS, Stated, drifts

SETS = Path(__file__).parents[1] / "data"


def rows(name: str, part: str) -> list[dict[str, str]]:
    found = []
    for path in sorted((SETS / name).glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        head = lines[0].split("\t")
        found += [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:]]
    return [row for row in found if row["part"] == part]


def of_pair(row: dict[str, str]) -> list[str]:
    superior = Stated(row["superior"], row["superior_deadline"], row["superior_product"])
    item = Stated(row["item"], row["item_deadline"], row["item_product"])
    return [one.kind for one in drifts(superior, item)]


PARTS = ("dev", "held", "fresh", "sealed")
"""The parts of which rows told wrong have been read, so that rules were mended by them."""

SOURCE = Path(__file__).parents[1] / "sets" / "source"


def before_any_detector(name: str) -> list[dict[str, str]]:
    """The rows of the first writer, whose blocks bear no mark: they were there before there was a detector."""
    items = set()
    for path in SOURCE.glob(f"{name}.*.txt"):
        first = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(">"):
                first = line[1:2] == " "
            elif first:
                items.add(re.sub(r"\{\w+\|([^{}]*)\}", r"\1", line.partition(":")[2]).strip())
    return [row for part in ("dev", "held") for row in rows(name, part) if row["item"] in items]


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.97), ("held", 0.97), ("fresh", 0.97), ("sealed", 0.95)])
def test_of_linked_pairs_it_tells_copied_reworded_and_made_specific(part: str, floor: float) -> None:
    linked = [row for row in rows("copying", part) if row["expected"] != "own"]
    right = [
        row for row in linked
        if compare(row["superior"], row["item"], row["unit"], chance=1.0).kind == row["expected"]
    ]  # fmt: skip
    assert len(right) >= floor * len(linked), f"{len(right)} of {len(linked)}"


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.78), ("held", 0.82)])
def test_without_knowing_that_a_pair_is_linked_it_also_tells_another_matter(part: str, floor: float) -> None:
    found = rows("copying", part)
    right = [row for row in found if compare(row["superior"], row["item"], row["unit"]).kind == row["expected"]]
    assert len(right) >= floor * len(found), f"{len(right)} of {len(found)}"


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.95), ("held", 0.95), ("fresh", 0.95), ("sealed", 0.92)])
def test_the_added_parts_are_marked_and_little_else(part: str, floor: float) -> None:
    found = wanted = wrong = 0
    for row in rows("copying", part):
        if row["expected"] == "own":
            continue
        marks = additions(row["superior"], row["item"], row["unit"])
        spans = []
        for one in json.loads(row["added"]):
            start = row["item"].find(one["text"])
            spans.append((one["kind"], start, start + len(one["text"])))
        wanted += len(spans)
        found += sum(
            any(mark.kind == kind and mark.span[0] < end and mark.span[1] > start for mark in marks)
            for kind, start, end in spans
        )
        wrong += sum(not any(mark.span[0] < end and mark.span[1] > start for _, start, end in spans) for mark in marks)
    assert found >= floor * wanted, f"{found} of {wanted} found"
    assert wrong <= 0.08 * wanted, f"{wrong} wrong marks"


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.98), ("held", 0.95), ("fresh", 0.9), ("sealed", 0.9)])
def test_drift_is_told_and_no_equal_pair_is_flagged(part: str, floor: float) -> None:
    found = rows("drift", part)
    right = [row for row in found if ",".join(of_pair(row)) == row["expected"]]
    assert len(right) >= floor * len(found), f"{len(right)} of {len(found)}"
    assert not [row["item"] for row in found if not row["expected"] and of_pair(row)]


def test_of_the_rows_that_were_there_before_any_detector_nineteen_of_twenty_are_told_right() -> None:
    copying, drifting = before_any_detector("copying"), before_any_detector("drift")
    linked = [row for row in copying if row["expected"] != "own"]
    told = sum(compare(row["superior"], row["item"], row["unit"], chance=1.0).kind == row["expected"] for row in linked)
    right = sum(",".join(of_pair(row)) == row["expected"] for row in drifting)
    assert len(copying) >= 100 and len(drifting) >= 60
    assert told >= 0.97 * len(linked), f"{told} of {len(linked)}"
    assert right >= 0.97 * len(drifting), f"{right} of {len(drifting)}"
    assert not [row["item"] for row in drifting if not row["expected"] and of_pair(row)]


def test_on_pairs_that_nobody_has_read_drift_is_told_as_often_as_is_said_of_it() -> None:
    """What falls short (docs/copying-and-drift.md): a guard against getting worse, no claim that it is good."""
    blind = rows("drift", "blind")
    right = sum(",".join(of_pair(row)) == row["expected"] for row in blind)
    equal = [row for row in blind if not row["expected"]]
    assert right >= 0.75 * len(blind), f"{right} of {len(blind)}"
    assert sum(bool(of_pair(row)) for row in equal) <= 0.13 * len(equal)


def test_of_all_rows_that_were_read_nineteen_of_twenty_are_told_right() -> None:
    linked = [row for part in PARTS for row in rows("copying", part) if row["expected"] != "own"]
    told = sum(compare(row["superior"], row["item"], row["unit"], chance=1.0).kind == row["expected"] for row in linked)
    drifting = [row for part in PARTS for row in rows("drift", part)]
    right = sum(",".join(of_pair(row)) == row["expected"] for row in drifting)
    assert told >= 0.95 * len(linked), f"{told} of {len(linked)}"
    assert right >= 0.95 * len(drifting), f"{right} of {len(drifting)}"


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.97), ("held", 0.94)])
def test_the_six_clears_are_told(part: str, floor: float) -> None:
    found = rows("clears", part)
    right = [
        row for row in found
        if ",".join(
            missing_clears(
                Task(
                    row["task"], row["leads"], output=row["output"], deadline=row["deadline"], deciding=row["deciding"]
                )
            )
        ) == row["missing"]
    ]  # fmt: skip
    assert len(right) >= floor * len(found), f"{len(right)} of {len(found)}"


def test_leads_split_already_are_judged_as_the_cell_is() -> None:
    whole = missing_clears(Task("Rà soát quy trình", "Vụ Kế hoạch; Vụ Thống kê", deadline="6/2026"))
    parts = missing_clears(Task("Rà soát quy trình", ["Vụ Kế hoạch", "Vụ Thống kê"], deadline="6/2026"))
    assert whole == parts and "responsibility" in whole and "who" not in whole


def test_a_person_beside_the_unit_makes_who_clear() -> None:
    assert "who" in missing_clears(Task("Rà soát quy trình", "Các đơn vị"))
    assert "who" not in missing_clears(Task("Rà soát quy trình", "Các đơn vị", person="Trưởng phòng Kỹ thuật"))


ANY = st.text(max_size=120) | st.sampled_from(
    ["đạt trên 55%", "Quý IV/2025", "các xã, phường", "Kế hoạch", "trong 30 ngày kể từ ngày ban hành", "at least two"]
)


@given(ANY, ANY, ANY)
def test_no_text_breaks_them_and_every_mark_lies_in_its_text(superior: str, item: str, unit: str) -> None:
    found = compare(superior, item, unit)
    assert found.kind in CLASSES and 0 <= found.taken <= 1 and 0 <= found.related <= 1
    for one in additions(superior, item, unit):
        start, end = one.span
        assert 0 <= start < end and one.text
    assert all(one.kind in KINDS for one in drifts(Stated(superior, unit, item), Stated(item, superior, unit)))
    assert set(missing_clears(Task(superior, item, output=unit, deadline=item, deciding=superior))) <= set(CLEARS)


@given(ANY)
def test_a_text_beside_itself_drifts_nowhere_and_adds_nothing(text: str) -> None:
    assert drifts(Stated(text), Stated(text)) == ()
    assert additions(text, text) == []
