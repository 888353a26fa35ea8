"""Query-count baselines: how many database queries a page costs, kept in ``queries.json`` beside this file.

A page that costs more than its baseline fails its test. One that costs less passes, and the end of the run says
that the baseline can be lowered: ``pytest --update-baselines`` writes what it measures.
"""

from __future__ import annotations

import fcntl
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).with_name("queries.json")

# Set by tests/conftest.py from --update-baselines.
update = False
# Names whose page now costs less than its baseline; reported at the end of the run.
lowered: list[str] = []


def _read() -> dict[str, int]:
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def _key(name: str, baselines: dict[str, int]) -> str:
    """PostgreSQL has a baseline of its own only where it needs one."""
    own = f"{name}@{connection.vendor}"
    return own if own in baselines else name


def _write(name: str, count: int) -> None:
    """Set one baseline; the lock is for the other workers of pytest-xdist."""
    with FILE.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        baselines = _read()
        if connection.vendor == "sqlite" or name not in baselines:
            baselines[name] = count
        elif baselines[name] != count:
            baselines[f"{name}@{connection.vendor}"] = count
        text = json.dumps(dict(sorted(baselines.items())), indent=2, ensure_ascii=False)
        FILE.write_text(text + "\n", encoding="utf-8")


@contextmanager
def assert_query_baseline(name: str, maximum: int | None = None) -> Iterator[CaptureQueriesContext]:
    """Count the queries of the block and compare with the baseline ``name``.

    ``maximum`` is a limit that no update of the baseline may pass. Fails when there is no baseline yet.

        with assert_query_baseline("board", maximum=30):
            client.get("/board/")
    """
    with CaptureQueriesContext(connection) as captured:
        yield captured
    count = len(captured)
    if maximum is not None and count > maximum:
        pytest.fail(f"{name}: {count} queries, over its limit of {maximum}.\n{_most_frequent(captured)}")
    if update:
        _write(name, count)
        return
    baselines = _read()
    baseline = baselines.get(_key(name, baselines))
    if baseline is None:
        pytest.fail(f"{name}: {count} queries and no baseline. Record it: pytest --update-baselines, then commit.")
    if count > baseline:
        pytest.fail(f"{name}: {count} queries, baseline {baseline}.\n{_most_frequent(captured)}")
    if count < baseline:
        lowered.append(f"{name}: {count} queries, baseline {baseline}")


def _most_frequent(captured: CaptureQueriesContext) -> str:
    """The queries, the most repeated first: a query in a loop stands on top."""
    counts = Counter(query["sql"][:200] for query in captured.captured_queries)
    return "\n".join(f"{count:5d} × {sql}" for sql, count in counts.most_common(15))
