"""``python -m tests.simulator --seed N --steps N --engine sqlite|postgres``: one history.

Exit code 1 on a difference.
"""

from __future__ import annotations

import argparse
import secrets
import sys

from tests.simulator.compare import Difference
from tests.simulator.driver import Driver


def say(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulator")
    parser.add_argument("--seed", type=int, default=None, help="replay this history; without it a fresh one")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else secrets.randbelow(2**31)
    again = f"python -m tests.simulator --seed {seed} --steps {options.steps} --engine {options.engine}"
    say(f"seed {seed}: {again}")
    try:
        Driver(seed, options.steps, options.engine, say).play()
    except Difference as difference:
        say(f"FAILED, seed {seed}: {difference}\nreplay: {again}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
