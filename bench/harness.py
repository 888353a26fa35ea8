"""How a bench measures and what it prints.

A bench is a module of this folder with ``main() -> None``. Each comparison ends in one line of JSON on standard output:
``{"bench", "case", "ours_s", "peer", "peer_s", "ratio"}``; seconds are medians, ratio is ours / peer. What a bench
says beside these lines goes to standard error (``note``).
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RUNS = 5


@dataclass(frozen=True)
class Timing:
    """Seconds of each run, in the order measured."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ours_s(self) -> float:
        """The median of ours."""
        return statistics.median(self.ours)

    @property
    def peer_s(self) -> float:
        """The median of the peer's."""
        return statistics.median(self.peer)

    @property
    def ratio(self) -> float:
        """Ours / peer; under 1 we are faster."""
        return self.ours_s / self.peer_s


class DifferentAnswersError(AssertionError):
    """Ours and the peer's answers are not equal: nothing is measured then."""


def once(run: Callable[[], Any]) -> tuple[float, Any]:
    """One run: its seconds on the wall and its answer."""
    start = time.perf_counter()
    answer = run()
    return time.perf_counter() - start, answer


def equal(ours: Any, peer: Any) -> bool:
    """Equality of answers; arrays are compared element by element."""
    result = ours == peer
    return bool(result.all()) if hasattr(result, "all") else bool(result)


def alternate(
    ours: Callable[[], Any],
    peer: Callable[[], Any],
    runs: int = RUNS,
    same: Callable[[Any, Any], bool] | None = equal,
) -> Timing:
    """Measure two functions without arguments in turns, at least five runs of each.

    Both run once first, unmeasured: that warms caches and compilers, and their answers must be the ``same``
    (None where only the time is comparable, as for two extractors of text whose layouts differ; say so in the bench).
    Who goes first changes from run to run, so that a slow moment of the machine falls on both.
    """
    if runs < RUNS:
        raise ValueError(f"a median of fewer than {RUNS} runs is not reported, asked for {runs}")
    our_answer, peer_answer = ours(), peer()
    if same is not None and not same(our_answer, peer_answer):
        raise DifferentAnswersError(f"ours: {str(our_answer)[:500]}\npeer: {str(peer_answer)[:500]}")
    del our_answer, peer_answer
    our_times: list[float] = []
    peer_times: list[float] = []
    for number in range(runs):
        turns = [(ours, our_times), (peer, peer_times)]
        for run, times in turns if number % 2 == 0 else reversed(turns):
            times.append(once(run)[0])
    return Timing(tuple(our_times), tuple(peer_times))


def against_limit(ours: Callable[[], float], limit_s: float, runs: int = RUNS) -> Timing:
    """Measure ours against a limit instead of a peer; ``ours`` returns the seconds it measured itself."""
    ours()
    return Timing(tuple(ours() for _ in range(max(runs, RUNS))), (limit_s,))


def report(bench: str, case: str, peer: str, timing: Timing) -> None:
    """Print the closing line of one comparison, and what it is made of on standard error."""
    note(f"{bench} {case}: ours {_spread(timing.ours)}; {peer} {_spread(timing.peer)}")
    line = {
        "bench": bench,
        "case": case,
        "ours_s": round(timing.ours_s, 6),
        "peer": peer,
        "peer_s": round(timing.peer_s, 6),
        "ratio": round(timing.ratio, 4),
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def note(text: str) -> None:
    """Say something beside the lines of JSON."""
    print(text, file=sys.stderr, flush=True)


def _spread(times: tuple[float, ...]) -> str:
    if len(times) == 1:
        return f"{times[0]:.4f} s"
    return f"{statistics.median(times):.4f} s ({min(times):.4f}–{max(times):.4f}, {len(times)} runs)"
