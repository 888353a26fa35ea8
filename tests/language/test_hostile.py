"""Megabytes of hostile text: the work grows with the length of the text, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from soichieu.language import citations, dates, numbers, quantities, sentences, text

UNITS = {
    "digits": "1",
    "slashes": "1/",
    "dashes": "1-",
    "spaces": " ",
    "lines": "\n",
    "stops": ".",
    "initials": "A. ",
    "brackets": "(",
    "laws": "Luật Đất đai ",
    "amending laws": "Luật sửa đổi, bổ sung một số điều của Luật ",
    "bare laws": "Luật ",
    "short forms": "Nghị quyết 12 ",
    "full forms": "Nghị quyết số 12-NQ/TW ",
    "symbols": "A-B/",
    "years": "năm 2025 đến ",
    "shares": "5% ",
    "articles": "Điều 5 ",
    "letters": "a",
    "points": "1.000.",
    "rises": "tăng ",
    "yearly": "hằng ",
    "days": "từ ngày 1/1/2025 đến ",
}
WORK: dict[str, Callable[[str], Any]] = {
    "fold": text.fold,
    "comparison key": text.comparison_key,
    "decode": lambda t: text.decode(t.encode()),
    "sentences": sentences.split_sentences,
    "periods": dates.find_periods,
    "period": dates.parse_period,
    "quantities": quantities.find_quantities,
    "citations": citations.find_citations,
    "repair": numbers.repair,
}


def seconds(work: Callable[[str], Any], unit: str, size: int) -> float:
    """The least of three: noise only adds."""
    whole = (unit * (size // len(unit) + 1))[:size]
    times = []
    for _try in range(3):
        started = time.process_time()
        work(whole)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
@pytest.mark.parametrize("work", WORK.values(), ids=WORK.keys())
def test_the_work_grows_with_the_length_only(work: Callable[[str], Any], unit: str) -> None:
    small, large = seconds(work, unit, 3_000), seconds(work, unit, 24_000)
    # Eight times the text: a square would take 64 times as long. Below a tenth of a second noise decides.
    assert large < 0.1 or large < 24 * max(small, 0.004)


def test_many_documents_of_one_number_stay_bounded() -> None:
    def cite(count: int) -> float:
        cited = " ".join(
            f"Nghị quyết số 12-NQ/TW ngày {n % 28 + 1}/{n // 28 % 12 + 1}/{1950 + n // 336}; Nghị quyết số 12;"
            for n in range(count)
        )
        started = time.process_time()
        assert len(citations.find_citations(cited)) == 2 * count
        return time.process_time() - started

    assert min(cite(1600) for _try in range(3)) < 16 * max(min(cite(200) for _try in range(3)), 0.05)


@pytest.mark.slow
def test_a_book_of_real_text_takes_seconds() -> None:
    from .real import directive

    real = "".join(directive(name) for name in ("57-NQ-TW.txt", "03-NQ-CP.md", "03-NQ-CP-annex-2-tasks.md"))
    for name, work in WORK.items():
        assert seconds(work, real, 300_000) < 6, name
