"""Where a Chromium is that tests may drive."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")

# Without a sandbox because it runs as root in CI; the rest keeps it from talking to anyone but the page under test.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def is_snap(path: Path) -> bool:
    """True for Ubuntu's package, a script that starts a snap: it cannot read /tmp, where tests keep their profiles."""
    if "/snap/" in str(path.resolve()):
        return True
    with path.open("rb") as file:
        head = file.read(4096)
    return head.startswith(b"#!") and b"/snap/" in head


def find() -> Path | None:
    """The Chromium to use: ``SOICHIEU_CHROMIUM``, a packaged one, Playwright's own download; or None."""
    named = os.environ.get("SOICHIEU_CHROMIUM")
    if named:
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found and not is_snap(Path(found)):
            return Path(found)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    downloads = sorted(cache.glob("chromium-*/chrome-linux*/chrome")) if cache.is_dir() else []
    return downloads[-1] if downloads else None


if __name__ == "__main__":
    chromium = find()
    print(chromium or "no Chromium here")
    sys.exit(0 if chromium else 1)
