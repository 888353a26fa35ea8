"""How much a file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. A file beyond one of them is refused with ``TooLarge``; nothing is cut off silently.

    ``file_bytes``: size on disk. ``unpacked_bytes`` and ``ratio``: what a .docx may unpack to, in all, and how many
    times its packed size (the ratio is looked at above one megabyte). ``pages``: of a PDF. ``characters``: of the
    text. ``cells``: of all tables together. ``convert_seconds``: how long LibreOffice may work.
    """

    file_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    ratio: int = 200
    parts: int = 5_000
    pages: int = 2_000
    characters: int = 20_000_000
    cells: int = 500_000
    convert_seconds: float = 120.0
