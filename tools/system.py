"""Install the system packages that the tests need, where something is missing and we may (root or sudo).

PostgreSQL, a Chromium, fonts that have every Vietnamese letter. Never LibreOffice: its tests run where it is. What
cannot be installed is named with the command that does it, and left to the tests to fail on.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import chromium, postgres

PLAYWRIGHT = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]


def distribution(release: str | None = None) -> str:
    """``debian``, ``ubuntu`` …: the ID of /etc/os-release, or '' where there is none."""
    if release is None:
        file = Path("/etc/os-release")
        release = file.read_text(encoding="utf-8") if file.exists() else ""
    values = dict(line.split("=", 1) for line in release.splitlines() if "=" in line)
    return values.get("ID", "").strip('"')


def installed_version(package: str) -> str:
    """The installed version of a Debian package, '' when it is not installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package]
    try:
        answer = subprocess.run(query, capture_output=True, text=True).stdout.split()
    except FileNotFoundError:
        return ""
    return answer[1] if answer[:1] == ["installed"] else ""


def is_second_generation(version: str) -> bool:
    """Liberation 2 has the toned Vietnamese letters; 1.07 lacks most of them. Versions are Debian's: ``1:2.1.5-3``."""
    return version.split(":")[-1].split(".")[0].isdigit() and int(version.split(":")[-1].split(".")[0]) >= 2


def has_fonts() -> bool:
    """True when a Liberation of the second generation is installed."""
    return any(is_second_generation(installed_version(name)) for name in ("fonts-liberation2", "fonts-liberation"))


def has_postgres() -> bool:
    """True when there is a PostgreSQL server to start."""
    try:
        postgres.programs()
    except postgres.NoPostgresError:
        return False
    return True


def has_atomic() -> bool:
    """True when the library is here that Playwright's driver is linked with; a bare Ubuntu has none."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def privilege() -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asking = [] if sys.stdin.isatty() else ["-n"]
        if subprocess.run(["sudo", *asking, "true"]).returncode == 0:
            return ["sudo"]
    return None


def run(command: list[str]) -> bool:
    """Run one command of the package manager, without questions."""
    print("+", " ".join(command), flush=True)
    return subprocess.run(command, stdin=subprocess.DEVNULL).returncode == 0


def apt_install(root: list[str], packages: list[str]) -> bool:
    """Install packages from the lists that are already here or just fetched."""
    options = ["-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    return run([*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", *options, *packages])


def has_candidate(package: str) -> bool:
    """True when apt could install the package."""
    policy = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, env={"LC_ALL": "C"})
    return "Candidate:" in policy.stdout and "Candidate: (none)" not in policy.stdout


def install_fonts(root: list[str]) -> None:
    """Liberation 2, under whichever name this release has it."""
    if has_candidate("fonts-liberation2") and apt_install(root, ["fonts-liberation2"]):
        return
    print("make test: fonts-liberation2 is not a package here, taking fonts-liberation", file=sys.stderr)
    apt_install(root, ["fonts-liberation"])
    version = installed_version("fonts-liberation")
    if not is_second_generation(version):
        print(
            f"make test: warning: fonts-liberation {version or '(none)'} lacks most toned Vietnamese letters;"
            " screenshots and printed pages will show boxes",
            file=sys.stderr,
        )


def main() -> int:
    """Install what is missing. Always 0: a test that lacks something says so itself."""
    by_playwright = distribution() == "ubuntu"  # Ubuntu's apt package only starts a snap.
    missing = {
        "postgresql": not has_postgres(),
        "libatomic1": not has_atomic(),
        "chromium": chromium.find() is None,
        "fonts": not has_fonts(),
    }
    if not any(missing.values()):
        return 0
    names = [name for name, absent in missing.items() if absent]
    root = privilege()
    if root is None or not shutil.which("apt-get"):
        advice = {
            "postgresql": "apt-get install postgresql",
            "libatomic1": "apt-get install libatomic1",
            "chromium": "playwright install --with-deps chromium" if by_playwright else "apt-get install chromium",
            "fonts": "apt-get install fonts-liberation2",
        }
        print("make test: missing, and neither root nor sudo here to install it:", file=sys.stderr)
        for name in names:
            print(f"  {name}: {advice[name]}", file=sys.stderr)
        return 0
    print(f"installing what the tests need: {', '.join(names)}", flush=True)
    run([*root, "apt-get", "update", "-q"])
    for package in ("postgresql", "libatomic1"):
        if missing[package]:
            apt_install(root, [package])
    if missing["fonts"]:
        install_fonts(root)
    # Playwright asks for sudo itself, and puts its download into the home of whoever runs the tests.
    if missing["chromium"] and (by_playwright or not apt_install(root, ["chromium"])):
        run(PLAYWRIGHT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
