"""The real fold beside the oracle on every directed history, on the engine that the tests run on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from soichieu.ledger.fold import forget_columns, table
from tests.mutate import Bench, put
from tests.simulator.book import Store
from tests.simulator.compare import compare_cells, compare_counts, compare_few
from tests.simulator.directed import LOOKS, histories


class TestsStore(Store):
    """Plain SQL over the connection of the test, which alone sees what its transaction wrote."""

    __test__ = False

    def __init__(self) -> None:
        self.engine = connection.vendor

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("?", "%s"), values)
            return list(cursor.fetchall())


@pytest.fixture
def bench(db: None) -> Iterator[Bench]:
    """A tenth of the directed histories, others in every run."""
    forget_columns()
    everything = list(histories())
    yield Bench(TestsStore(), random.sample(everything, len(everything) // 10))
    forget_columns()


def test_fold_and_oracle_agree_as_known_at_any_position(bench: Bench) -> None:
    last = len(bench.oracle.moments[bench.chain])
    for as_at in LOOKS:
        for known in (None, {bench.chain: random.randint(0, last)}, {bench.chain: random.randint(0, last)}, {}):
            own = bench.oracle.own_cells(as_at, known)
            assert compare_cells(bench.oracle, own, as_at, known) == len(bench.histories)
            assert compare_counts(bench.oracle, own, as_at, known, None) == 2
        assert compare_few(bench.oracle, as_at, random.sample(bench.numbers, 20)) == 20


def test_a_broken_table_is_seen(bench: Bench) -> None:
    assert not bench.catches(bench.numbers)
    with put(table.LIFECYCLE, (table.ROW["opened"], 0), table.NO_EFFECT):
        assert bench.catches(bench.numbers)
    assert not bench.catches(bench.numbers)
