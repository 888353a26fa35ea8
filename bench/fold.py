"""``make bench BENCH=fold``: the whole question of the ledger over 3.4 million entries, against DuckDB; and the
page over it.

``whole``: every obligation's lifecycle, timeliness and days late against both deadlines, verification, claim day
and the days of each
holder, at one (*as at*, *as known at*), with voided entries left out; ours is the fold of ``soichieu.ledger``, the
peer is SQL over a
table ordered by obligation, day and position (its better order). Answers are compared value by value first.
``page``: the board's first page over HTTP, and the start of a web process, against their limits (``bench/page.py``).
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile

import numpy as np

from bench.book import REQUIREMENTS, UNITS, Book, make
from bench.harness import alternate, note, report

AS_AT = dt.date(2025, 8, 20)
KNOWN = 0.97  # of the book: some of what happened by then was written later

QUERY = """
WITH known AS (
    SELECT e.* FROM entries e
    WHERE e.position <= $cut AND e.day <= $as_at AND e.void_at > $cut AND e.kind <> 'voided'
),
moves AS (
    SELECT obligation, day, position, kind,
           lead(day) OVER (PARTITION BY obligation ORDER BY day, position) AS until
    FROM known WHERE kind IN ('opened', 'started', 'claimed', 'returned', 'accepted')
),
clocks AS (
    SELECT obligation,
           arg_max(kind, day * 10000000 + position) AS state,
           max(day) FILTER (WHERE kind = 'claimed') AS claimed_on,
           COALESCE(sum(COALESCE(until, $as_at) - day) FILTER (WHERE kind IN ('opened', 'started', 'returned')), 0)
           AS lead_days,
           COALESCE(sum(COALESCE(until, $as_at) - day) FILTER (WHERE kind = 'claimed'), 0) AS confirmer_days
    FROM moves GROUP BY obligation
),
terms AS (
    SELECT obligation,
           max(deadline) FILTER (WHERE kind = 'opened') AS original,
           arg_max(deadline, day * 10000000 + position) FILTER (WHERE deadline IS NOT NULL) AS current,
           arg_max(CASE kind WHEN 'claimed' THEN 1 WHEN 'accepted' THEN 2 WHEN 'returned' THEN 0
                   ELSE CASE WHEN confirmed THEN 3 ELSE 4 END END, day * 10000000 + position)
               FILTER (WHERE kind IN ('claimed', 'accepted', 'returned', 'verified')) AS verification
    FROM known GROUP BY obligation
),
folded AS (
    SELECT c.obligation, c.state, t.original, t.current, COALESCE(t.verification, 0) AS verification,
           CASE WHEN c.state IN ('claimed', 'accepted') THEN c.claimed_on END AS claim, c.lead_days, c.confirmer_days
    FROM clocks c JOIN terms t USING (obligation)
)
SELECT obligation,
       CASE state WHEN 'opened' THEN 1 WHEN 'started' THEN 3 WHEN 'claimed' THEN 5 WHEN 'accepted' THEN 6 ELSE 7 END
       AS lifecycle, CASE WHEN state = 'accepted' THEN CASE WHEN claim <= current THEN 6 ELSE 7 END
            WHEN state = 'claimed' THEN CASE WHEN claim <= current THEN 4 ELSE 5 END
            WHEN $as_at > current THEN 3 WHEN current - $as_at <= 7 THEN 2 ELSE 1 END AS timeliness,
       CASE WHEN state = 'accepted' THEN CASE WHEN claim <= original THEN 6 ELSE 7 END
            WHEN state = 'claimed' THEN CASE WHEN claim <= original THEN 4 ELSE 5 END
            WHEN $as_at > original THEN 3 WHEN original - $as_at <= 7 THEN 2 ELSE 1 END AS timeliness_original,
       verification,
       greatest(0, COALESCE(claim, $as_at) - current) AS late,
       greatest(0, COALESCE(claim, $as_at) - original) AS late_original,
       COALESCE(claim, -2147483648) AS claim,
       lead_days, confirmer_days
FROM folded ORDER BY obligation
"""


def main() -> None:
    whole()
    # A process of its own: Django has been set up here with another instance.
    subprocess.run([sys.executable, "-m", "bench.page"], check=True)


def whole() -> None:
    """Ours against DuckDB, both from what they hold in memory to arrays of answers."""
    os.environ.setdefault("SOICHIEU_HOME", tempfile.mkdtemp(prefix="soichieu-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
    import django

    django.setup()
    book = make()
    note(f"fold: {UNITS} units × {REQUIREMENTS} requirements, {len(book):,} entries")
    cut = int(len(book) * KNOWN)
    ours, peer = _ours(book, cut), _duckdb(book, cut)
    timing = alternate(ours, peer, runs=7, same=_same)
    report("fold", "whole", "duckdb", timing)


def _ours(book: Book, cut: int):  # type: ignore[no-untyped-def]  # a closure
    from soichieu.ledger.fold import states as st
    from soichieu.ledger.fold import table as tb
    from soichieu.ledger.fold.answer import fold_columns
    from soichieu.ledger.fold.columns import Columns

    count = UNITS * REQUIREMENTS
    rows = {"claimed": "claimed, claiming"}
    row = np.full(len(book), tb.VOIDED_ROW, dtype=np.int8)
    for name in np.unique(book.kind):
        if name != "voided":
            row[book.kind == name] = tb.ROW[rows.get(str(name), str(name))]
    choice = np.where(book.confirmed, st.CHOICES.index("confirmed"), st.CHOICES.index("not_confirmed")).astype(np.int8)
    number = np.arange(count)
    columns = Columns(
        ids=number + 1,
        requirement=(number // UNITS).astype(np.int32),
        first_unit=(number % UNITS).astype(np.int32),
        whole=np.full(count, -1, np.int32),
        chain=np.ones(count, np.int32),
        standing=np.zeros(count, np.int64),
        ladder=np.zeros(count, np.int64),
        closing=np.zeros(count, np.int64),
        period=np.full(count, "", dtype="U20"),
        starts=np.searchsorted(book.obligation, np.arange(count + 1)).astype(np.int64),
        obligation=book.obligation,
        position=book.position,
        day=book.day,
        deadline=book.deadline,
        unit=(book.obligation % UNITS).astype(np.int32),
        choice=choice,
        row=row,
        void_at=_void_at(book),
        recorded=book.position.astype(np.int64),
    )

    def run() -> dict[str, np.ndarray]:
        answer = fold_columns(columns, AS_AT, {1: cut})
        return {
            "lifecycle": answer.lifecycle,
            "timeliness": answer.timeliness,
            "timeliness_original": answer.timeliness_original,
            "verification": answer.verification,
            "late": answer.late,
            "late_original": answer.late_original,
            "claim": answer.claim,
            "lead_days": answer.clock[:, st.H_LEAD],
            "confirmer_days": answer.clock[:, st.H_CONFIRMER],
        }

    return run


def _void_at(book: Book) -> np.ndarray:
    """For each entry the position of the one that voids it, beyond any position where there is none."""
    void_at = np.full(len(book), 2**31 - 1, dtype=np.int32)
    voiding = np.flatnonzero(book.voids)
    void_at[voiding - 1] = book.position[voiding]
    return void_at


def _duckdb(book: Book, cut: int):  # type: ignore[no-untyped-def]  # a closure
    import duckdb

    connection = duckdb.connect()
    entries = {
        "obligation": book.obligation,
        "position": book.position.astype(np.int64),
        "day": book.day.astype(np.int64),
        "kind": book.kind.astype(object),
        "deadline": np.ma.masked_equal(book.deadline, -(2**31)),
        "confirmed": book.confirmed,
        "void_at": _void_at(book),
    }
    connection.register("given", entries)
    # What ours holds ready the peer gets too: kinds as small codes, and for each entry the position that voids it.
    kinds = ", ".join(f"'{name}'" for name in np.unique(book.kind))
    connection.execute(f"CREATE TYPE kinds AS ENUM ({kinds})")
    connection.execute(
        "CREATE TABLE entries AS SELECT obligation, position, day, kind::kinds AS kind, deadline, confirmed, void_at"
        " FROM given ORDER BY obligation, day, position"
    )
    as_at = (AS_AT - dt.date(1970, 1, 1)).days

    def run() -> dict[str, np.ndarray]:
        return connection.execute(QUERY, {"cut": cut, "as_at": as_at}).fetchnumpy()

    return run


def _same(ours: dict[str, np.ndarray], peer: dict[str, np.ndarray]) -> bool:
    present = peer["obligation"]
    for name in ours:
        mine, theirs = ours[name][present].astype(np.int64), np.asarray(peer[name]).astype(np.int64)
        if not np.array_equal(mine, theirs):
            at = np.flatnonzero(mine != theirs)[:5]
            note(f"fold: {name} differs at {present[at]}: {mine[at]} {theirs[at]}")
            return False
    absent = np.setdiff1d(np.arange(len(ours["lifecycle"])), present)
    return bool((ours["lifecycle"][absent] == 0).all())
