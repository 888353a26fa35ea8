"""``python -m bench [NAME…]``: run the benches named, or all."""

from __future__ import annotations

import importlib
import subprocess
import sys
import traceback
from pathlib import Path

from bench.harness import note

# "page" is a case of "fold".
NOT_BENCHES = {"__init__", "__main__", "harness", "book", "page"}


def names() -> list[str]:
    """The benches there are: the modules and packages of this folder that are not the harness."""
    found = set()
    for path in Path(__file__).parent.iterdir():
        is_bench = path.suffix == ".py" or (path / "__init__.py").exists()
        if is_bench and path.stem not in NOT_BENCHES and not path.stem.startswith("_"):
            found.add(path.stem)
    return sorted(found)


def main(asked: list[str]) -> int:
    """Exit code 2 for a name that is no bench, 1 when a bench failed."""
    there = names()
    unknown = [name for name in asked if name not in there]
    if unknown:
        note(f"no bench named {', '.join(unknown)}; there are: {', '.join(there) or 'none yet'}")
        return 2
    failed = []
    for name in asked or there:
        note(f"── {name}")
        if len(asked or there) > 1:
            # Each in a process of its own: each sets up an instance of its own.
            if subprocess.run([sys.executable, "-m", "bench", name], check=False).returncode:
                failed.append(name)
            continue
        try:
            importlib.import_module(f"bench.{name}").main()
        except Exception:  # The other benches still run; this one is named at the end.
            note(traceback.format_exc())
            failed.append(name)
    if failed:
        note(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
