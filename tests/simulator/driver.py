"""Plays one history: tells the writer, kills it, reads the book back, and asks fold and oracle the same questions."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.simulator.book import Book, Expected, Store
from tests.simulator.compare import Difference, compare_cells, compare_counts, compare_few, digest
from tests.simulator.oracle import Known, row_of
from tests.simulator.player import BEGIN, Asked, Player, Step
from tests.simulator.process import Writer
from tests.simulator.rule import LIFECYCLE

EVERY = 50
PAIRS = 5


@contextmanager
def instance(engine: str) -> Iterator[tuple[dict[str, str], str, Path]]:
    """A throw-away instance: its environment, where plain SQL finds its database, and its folder."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soichieu-simulator-")))
        environment = {
            "SOICHIEU_HOME": str(folder),
            "SOICHIEU_SECRET_KEY": "simulator",
            "DATABASE_URL": "",
            # Every killed writer has a successor, which should not compile everything again.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        }
        where = str(folder / "soichieu.sqlite3")
        if engine == "postgres":
            from tools import postgres

            where = environment["DATABASE_URL"] = stack.enter_context(postgres.server())
        yield environment, where, folder


def _processor_time() -> float:
    """Seconds that this process and its ended writers have worked."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, who))


class Driver:
    """One history on one engine. ``say`` prints a line."""

    def __init__(self, seed: int, steps: int, engine: str, say: Any = print) -> None:
        self.seed, self.steps, self.engine, self.say = seed, steps, engine, say
        self.questions = random.Random(f"questions of {seed}")
        self.seen: Counter[str] = Counter()
        self.slowness = 2.0
        self.started = time.monotonic()

    def play(self) -> None:
        """Raises Difference where book, fold and oracle are not the same."""
        with instance(self.engine) as (environment, where, folder):
            self.environment, self.folder = environment, folder
            os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "soichieu.settings"})
            self.writer = self._writer()
            try:
                self._tell({"do": "migrate"}, BEGIN)
                import django

                django.setup()
                self.store = Store(self.engine, where)
                self.book = Book(self.store)
                self._stage()
                self._steps()
                self._close()
            finally:
                self.writer.stop()
                self._disconnect()

    def _disconnect(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            from django.db import connections

            connections.close_all()

    def _writer(self) -> Writer:
        return Writer(self.environment, self.folder / "writer.log")

    def _tell(self, command: dict[str, Any], now: dt.datetime) -> Any:
        answer = self.writer.tell(command | {"now": now.isoformat()})
        if "ok" not in answer:
            raise Difference(f"{command['do']} was refused: {answer['refused']}")
        return answer["ok"]

    def _stage(self) -> None:
        self.player = player = Player(self.seed, self.book, self.steps)
        player.set_units(self._tell(player.world.first_command(), BEGIN))
        self._tell(player.staff_command(), BEGIN)
        chains = self._tell(player.direct_command(), BEGIN)
        for chain in chains.values():
            self.book.add_chain(chain)
        wanted = player.requirements()
        numbers = self._tell({"do": "require", "requirements": wanted}, BEGIN)
        player.asked = [
            Asked(number, chains[directive], ladder, closing, standing)
            for number, (directive, _, ladder, closing, standing) in zip(numbers, wanted, strict=True)
        ]

    def _steps(self) -> None:
        for number in range(1, self.steps + 1):
            step = self.player.next(number)
            self.seen[step.name.split(" ")[0]] += 1
            try:
                if step.kill is None:
                    self._do(step)
                else:
                    self._crash(step)
                if number % EVERY == 0 or step.kill is not None:
                    self._compare()
            except Difference as difference:
                raise Difference(
                    f"step {number} ({step.name}): {difference}\ncommand: {str(step.command)[:2000]}"
                ) from None
            if number % 1000 == 0:
                self.say(
                    f"step {number}: {self.book.size} entries, {len(self.book.oracle.duties)} obligations,"
                    f" {self.seen['cells']} cells compared, {time.monotonic() - self.started:.0f} s"
                )

    def _do(self, step: Step) -> None:
        start = time.monotonic()
        answer = self.writer.tell(step.command)
        taken = time.monotonic() - start
        self.slowness = 0.9 * self.slowness + 0.1 * taken / self._quickest(step)
        if step.expected.refused:
            if "refused" not in answer:
                raise Difference("this should have been refused")
            self.seen["refusals"] += 1
            self.book.take(Expected(), step.now)
            return
        if "ok" not in answer:
            raise Difference(f"refused: {answer['refused']}")
        self.book.take(step.expected, step.now)
        if step.command["do"] == "organise":
            self.player.set_units(answer["ok"])

    @staticmethod
    def _quickest(step: Step) -> float:
        """Seconds that a step takes at best, about; what it takes now is this times the slowness of the machine."""
        return 0.005 + 0.00005 * sum(len(wanted) for wanted in step.expected.lines.values())

    def _crash(self, step: Step) -> None:
        """kill -9 somewhere in the middle; afterwards all of the step or nothing is there, and the book is whole."""
        assert step.kill is not None
        after = 1.4 * step.kill * self._quickest(step) * self.slowness
        answered = self.writer.tell_and_kill(step.command, after)
        self.store.wait_until_gone()
        there = self.book.take(step.expected, step.now, may_be_absent=not answered)
        self.seen["kills: " + ("answered" if answered else "all there" if there else "nothing there")] += 1
        self.writer = self._writer()
        self._verify(step.now)
        if not there:
            self._do(step)  # so that the history is the same wherever the kill fell
        self.book.check_all()
        self._same_in_a_fresh_process(step.now)

    def _verify(self, now: dt.datetime) -> None:
        problems = self._tell({"do": "verify"}, now)
        if problems:
            raise Difference("verify names:\n  " + "\n  ".join(problems[:10]))

    def _same_in_a_fresh_process(self, now: dt.datetime) -> None:
        """A process that loads the whole book answers as this one, which has followed it step by step."""
        as_at, known = self._as_at(), self.book.oracle.positions(self._known())
        ours = digest(as_at, known, self.book.oracle.duties)
        theirs = self._tell({"do": "digest", "as_at": as_at.isoformat(), "known": known}, now)
        if ours != theirs:
            raise Difference(f"as at {as_at}, as known {known}: a process that starts now answers otherwise")

    # --- Questions ------------------------------------------------------------------------------------------------

    def _as_at(self) -> dt.date:
        """Any day of the history and some beyond; half the time one on or beside which something happened."""
        rng = self.questions
        today = self.player.today
        if self.book.size and rng.random() < 0.5:
            lines = self.book.lines[rng.choice([chain for chain, last in self.book.last.items() if last])]
            line = rng.choice(lines)
            day = line.deadline if line.deadline is not None and rng.random() < 0.5 else line.happened_on
            return day + dt.timedelta(days=rng.choice([-8, -7, -1, 0, 0, 1]))
        first = BEGIN.date() - dt.timedelta(days=40)
        return first + dt.timedelta(days=rng.randint(0, (today - first).days + 100))

    def _known(self) -> Known:
        """Everything, a position of each chain, or a moment (often the very one of an entry)."""
        rng = self.questions
        draw = rng.random()
        if draw < 0.25:
            return None
        if draw < 0.6:
            return {chain: rng.randint(0, last) for chain, last in self.book.last.items()}
        chain = rng.choice(list(self.book.last))
        if self.book.last[chain] and draw < 0.85:
            moment = rng.choice(self.book.lines[chain]).recorded_at
            return moment + dt.timedelta(microseconds=rng.choice([-1, 0, 0, 1]))
        return BEGIN + (self.player.base - BEGIN) * rng.uniform(-0.05, 1.05)

    def _compare(self) -> None:
        rng = self.questions
        for _ in range(PAIRS):
            as_at, known = self._as_at(), self._known()
            own = self.book.oracle.own_cells(as_at, known)
            self.seen["cells"] += compare_cells(self.book.oracle, own, as_at, known)
            numbers = [asked.id for asked in self.player.asked]
            some = rng.choice([None, rng.sample(numbers, 1), rng.sample(numbers, 8)])
            self.seen["counts"] += compare_counts(self.book.oracle, own, as_at, known, some)
            duties = list(self.book.oracle.duties)
            self.seen["cells"] += compare_few(self.book.oracle, as_at, rng.sample(duties, min(15, len(duties))))
            self.seen["questions"] += 1

    # --- The end --------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        now = self.player.now
        self._compare()
        self.book.check_all()
        self._verify(now)
        self._same_in_a_fresh_process(now)
        self.writer.stop()
        world, met = self.player.world, self._met()
        kills = {
            name.removeprefix("kills: "): number for name, number in self.seen.items() if name.startswith("kills: ")
        }
        self.say(
            f"seed {self.seed}, {self.engine}: {self.steps} steps, {self.book.size} entries,"
            f" {len(self.book.oracle.duties)} obligations ({len(self.book.oracle.parts)} in parts),"
            f" {len(world.units)} units ({len(world.alive(self.player.today))} at the end), {len(self.player.asked)}"
            f" requirements, {len(self.book.last)} chains"
        )
        self.say(
            f"  {self.seen['refusals']} refusals; kills: {kills or 'none'}; recorded until {self.player.base:%Y-%m-%d}"
        )
        self.say(
            f"  {self.seen['questions']} questions, {self.seen['cells']} cells and {self.seen['counts']} counts equal;"
            f" {len(met)} of {11 * len(LIFECYCLE)} cells of the table met; history {self._history()};"
            f" {time.monotonic() - self.started:.0f} s, {_processor_time():.0f} s of one processor"
        )
        unmet = sorted(f"{row}/{state}" for row in LIFECYCLE for state in LIFECYCLE[row] if (row, state) not in met)
        if unmet:
            self.say(f"  not met: {', '.join(unmet)}")

    def _history(self) -> str:
        """A short hash of all that was written, numbers of the database left out: one seed, one history, any engine."""
        at = {number: place for place, number in enumerate(self.book.oracle.duties)}
        chains = {chain: place for place, chain in enumerate(self.book.lines)}
        whole = hashlib.sha256()
        for chain, lines in self.book.lines.items():
            for line in lines:
                unit = self.player.codes[line.unit] if line.unit is not None else ""
                told = replace(line, chain=chains[chain], obligation=at[line.obligation], unit=None)
                whole.update(f"{told} {unit}\n".encode())
        return whole.hexdigest()[:12]

    def _met(self) -> set[tuple[str, str]]:
        """Which (row, state) of the table the whole history has passed through, as known now and as it was."""
        from tests.simulator.oracle import _Run

        met = set()
        for number, duty in self.book.oracle.duties.items():
            run = _Run(duty)
            for line in self.book.oracle.lines[number]:
                if line.kind != "voided":
                    met.add((row_of(line, duty), run.cell.state))
                    run.take(line)
        return met
