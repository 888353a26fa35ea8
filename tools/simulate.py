"""Play random histories against the oracle, on one engine or on both at once (one process each).

python -m tools.simulate --steps 10000                    # both engines, a fresh seed, printed
python -m tools.simulate --seed 7 --engine sqlite
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
import threading
import time

ENGINES = ("sqlite", "postgres")


def follow(engine: str, process: subprocess.Popen[str], start: float, codes: dict[str, int]) -> None:
    """Pass a simulator's lines on, each with its engine, until it ends."""
    assert process.stdout is not None
    for line in process.stdout:
        print(f"[{engine}] {line}", end="", flush=True)
    codes[engine] = process.wait()
    outcome = "ok" if codes[engine] == 0 else f"FAILED (exit code {codes[engine]})"
    print(f"[{engine}] {outcome} in {time.monotonic() - start:.1f} s", flush=True)


def main() -> int:
    """Exit code 1 when an engine's history differed from the oracle's; the seed replays it."""
    parser = argparse.ArgumentParser(prog="python -m tools.simulate")
    parser.add_argument("--seed", default="", help="replay this history; without it a fresh one")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    options = parser.parse_args()
    seed = int(options.seed) if options.seed else secrets.randbelow(2**31)
    print(
        f"simulator: seed {seed}, {options.steps} steps (make simulate SEED={seed} STEPS={options.steps})", flush=True
    )
    codes: dict[str, int] = {}
    followers = []
    for engine in ENGINES if options.engine == "both" else (options.engine,):
        command = [sys.executable, "-m", "tests.simulator", "--seed", str(seed), "--steps", str(options.steps)]
        process = subprocess.Popen(
            [*command, "--engine", engine],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        follower = threading.Thread(target=follow, args=(engine, process, time.monotonic(), codes))
        follower.start()
        followers.append(follower)
    for follower in followers:
        follower.join()
    if any(codes.values()):
        print(f"simulator: seed {seed} FAILED", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
