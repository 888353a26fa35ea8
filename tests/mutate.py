"""``python -m tests.mutate``: break the fold's table and see that directed histories catch it against the oracle.

Each cell of each row is given every other code, each effect is taken away, and each question by which an entry finds
its row is answered wrongly, one at a time and in memory. Exit code 1 when one of these goes unseen.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.simulator.book import Book, Store
from tests.simulator.compare import Difference, compare_cells, seen
from tests.simulator.directed import LOOKS, Directed, histories
from tests.simulator.driver import instance
from tests.simulator.rule import LIFECYCLE, STATES

CLOSINGS = ("issued", "claimed", "accepted")
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Bench:
    """All directed histories in one book, and what the oracle says of each."""

    def __init__(self, store: Store, some: Iterable[Directed] | None = None) -> None:
        self.histories = list(some if some is not None else histories())
        self.numbers: list[int] = []
        self.failures = 0  # how often a broken table made the fold fail instead of answering wrongly
        self.by_cell: dict[tuple[str, str], list[int]] = {}
        self.by_row: dict[str, list[int]] = {}
        self._write()
        book = self._read(store)
        self.oracle = book.oracle
        self.right = {as_at: book.oracle.cells(as_at) for as_at in LOOKS}
        for as_at in LOOKS:
            compare_cells(book.oracle, book.oracle.own_cells(as_at), as_at, None)
        if self.catches(self.numbers):
            raise Difference("the unbroken fold answers wrongly")

    def _write(self) -> None:
        from tests.simulator import writer

        def do(command: dict[str, Any]) -> Any:
            answer = writer.answer(command | {"now": NOW.isoformat()})
            assert "ok" in answer, answer
            return answer["ok"]

        born = dt.date(2020, 1, 1).isoformat()
        tree = {"units": ["bo", "cuc"], "states": [["bo", born, True], ["cuc", born, True]], "superiors": []}
        units = do({"do": "organise", "successions": [], **tree})
        self.named = {1: units["bo"], 2: units["cuc"]}
        (self.chain,) = do({"do": "direct", "issuer": "bo", "numbers": ["1-NQ/BO"], "signed_on": born}).values()
        kinds = list(dict.fromkeys((history.ladder, history.closing) for history in self.histories))
        wanted = [["1-NQ/BO", f"R{at}", ladder, closing, False] for at, (ladder, closing) in enumerate(kinds)]
        requirements = dict(zip(kinds, do({"do": "require", "requirements": wanted}), strict=True))
        from soichieu.ledger.models import Obligation

        made = Obligation.objects.bulk_create(
            Obligation(
                chain_id=self.chain, requirement_id=requirements[history.ladder, history.closing],
                unit_id=self.named[1], period=str(at),
            )
            for at, history in enumerate(self.histories)
        )  # fmt: skip
        lines = []
        for history, obligation in zip(self.histories, made, strict=True):
            self.numbers.append(obligation.pk)
            self.by_cell.setdefault((history.row, history.state), []).append(obligation.pk)
            self.by_row.setdefault(history.row, []).append(obligation.pk)
            lines += [self._line(history_line, obligation.pk) for history_line in history.lines]
        do({"do": "raw", "chain": self.chain, "lines": lines})

    def _line(self, fields: dict[str, Any], obligation: int) -> dict[str, Any]:
        deadline = fields.get("deadline")
        return fields | {
            "obligation": obligation,
            "happened_on": fields["happened_on"].isoformat(),
            "deadline": deadline.isoformat() if deadline else None,
            "unit": self.named[fields["unit"]] if "unit" in fields else None,
        }

    def _read(self, store: Store) -> Book:
        book = Book(store)
        book.add_chain(self.chain)
        duties, lines = book.stored_since()
        for duty in duties:
            book.oracle.add_duty(duty)
        for line, _ in lines[self.chain]:
            book.oracle.add(line)
        return book

    def catches(self, numbers: Iterable[int]) -> bool:
        """Whether the fold, as it is now, answers wrongly about one of these obligations (or fails)."""
        from soichieu.ledger.fold import current_columns
        from soichieu.ledger.fold.answer import fold_columns

        # Not answer(): it keeps the answers to questions that it was asked before.
        columns, known = current_columns(), {self.chain: len(self.histories) * 10}
        wanted = list(numbers)
        for as_at, right in self.right.items():
            try:
                given = fold_columns(columns, as_at, known)
                if any(seen(given.cell(number)) != seen(right[number]) for number in wanted):
                    return True
            except Exception:  # A table that makes the fold fail is noticed too.
                self.failures += 1
                return True
        return False


@contextmanager
def put(array: Any, at: Any, value: int) -> Iterator[None]:
    """One number of the table changed for as long as the block lasts."""
    before = array[at]
    array[at] = value
    try:
        yield
    finally:
        array[at] = before


def break_rows(bench: Bench) -> Iterator[tuple[str, int, list[str]]]:
    """For each row: its name, how many mutants, which went unseen."""
    from soichieu.ledger.fold import table

    codes = {name: at for at, name in enumerate(table.STATES)}
    names = {at: name for name, at in codes.items()} | {table.STAY: "·", table.NO_EFFECT: "✗", table.REMEMBERED: "M"}
    for at, row in enumerate(table.ROWS):
        mutants, unseen = 0, []
        for column, state in enumerate(table.STATES):
            right = int(table.LIFECYCLE[at, column])
            for wrong in names:
                # "To the state it is in" and "stays" are the same rule.
                if wrong == right or {wrong, right} == {table.STAY, column}:
                    continue
                mutants += 1
                with put(table.LIFECYCLE, (at, column), wrong):
                    if not bench.catches(bench.by_cell[row, state]):
                        unseen.append(f"{state}: {names[right]} made {names[wrong]}")
        yield f"row {row}", mutants, unseen


def break_effects(bench: Bench) -> Iterator[tuple[str, int, list[str]]]:
    """For each row with effects of section 4, 5 or 3 (remembering): each of them taken away."""
    from soichieu.ledger.fold import table

    bits = _bits(table)
    for at, row in enumerate(table.ROWS):
        held = [(name, bit) for name, bit in bits.items() if int(table.EFFECTS[at]) & bit]
        unseen = []
        for name, bit in held:
            with put(table.EFFECTS, at, int(table.EFFECTS[at]) & ~bit):
                if not bench.catches(bench.by_row[row]):
                    unseen.append(f"{name} taken away")
        if held:
            yield f"effects of {row} ({', '.join(name.lower() for name, _ in held)})", len(held), unseen


def _bits(table: Any) -> dict[str, int]:
    """The names of the bits of ``EFFECTS``: constants of the table module that are powers of two and occur there."""
    used = 0
    for value in table.EFFECTS:
        used |= int(value)
    apart = {"AB", "NS", "ND", "IP", "SU", "AC", "DO", "RE", "SP", "WA", "SS", "DIRECTLY", "PUBLISHED_ONLY"}
    return {
        name: value
        for name, value in sorted(vars(table).items())
        if name.isupper() and name not in apart and not name.startswith("CLOSING") and type(value) is int
        and value > 0 and value & (value - 1) == 0 and value & used
    }  # fmt: skip


def break_choosing(bench: Bench) -> Iterator[tuple[str, int, list[str]]]:
    """Section 3, "Which row an entry takes": each thing it asks is answered wrongly for every entry."""
    from soichieu.ledger.fold import forget_columns, table

    right = table.rows_of

    def with_wrong(change: Callable[[dict[str, Any]], None]) -> Callable[..., Any]:
        def wrong(kind: Any, choice: Any, paper: Any, dated: Any, closing: Any, concrete: Any) -> Any:
            asked = {"kind": kind, "choice": choice, "paper": paper, "dated": dated}
            asked |= {"closing": closing, "concrete": concrete}
            change(asked)
            return right(**asked)

        return wrong

    def always(name: str, value: bool) -> Callable[[dict[str, Any]], None]:
        return lambda asked: asked.update({name: asked[name] * 0 + int(value) == 1})

    def closed_by(code: int) -> Callable[[dict[str, Any]], None]:
        return lambda asked: asked.update(closing=asked["closing"] * 0 + code)

    wrongs = {
        f"{name} always {value}": always(name, value)
        for name in ("paper", "dated", "concrete")
        for value in (True, False)
    }
    wrongs |= {f"every closing {word}": closed_by(code) for code, word in enumerate(table.CLOSINGS)}
    wrongs["no choice read"] = lambda asked: asked.update(choice=asked["choice"] * 0)
    unseen = []
    for name, change in wrongs.items():
        table.rows_of = with_wrong(change)
        forget_columns()
        try:
            if not bench.catches(bench.numbers):
                unseen.append(name)
        finally:
            table.rows_of = right
            forget_columns()
    yield "which row an entry takes", len(wrongs), unseen


def check_names() -> None:
    from soichieu.ledger.fold import table

    assert tuple(table.ROWS) == tuple(LIFECYCLE) and tuple(table.STATES) == tuple(STATES)
    assert table.CLOSINGS == CLOSINGS


def main() -> int:
    start = time.monotonic()
    passed = failed = total = 0
    with instance("sqlite") as (environment, where, _):
        os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "soichieu.settings"})
        import django

        django.setup()
        from tests.simulator import writer

        writer.migrate({})
        store = Store("sqlite", where)
        bench = Bench(store)
        check_names()
        print(f"{len(bench.histories)} directed histories; fold and oracle agree on each before anything is broken")
        for broken in (break_rows, break_effects, break_choosing):
            for name, mutants, unseen in broken(bench):
                total += mutants
                if unseen:
                    failed += 1
                    print(f"{name} … NOT CAUGHT: {'; '.join(unseen)} ({mutants} mutants)", flush=True)
                else:
                    passed += 1
                    print(f"{name} … caught ({mutants} mutants)", flush=True)
        from django.db import connections

        store.close()
        connections.close_all()
    taken = time.monotonic() - start
    print(f"{total} mutants, {bench.failures} of them noticed because the fold failed, in {taken:.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
