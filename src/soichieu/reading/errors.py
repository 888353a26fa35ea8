"""Why a file could not be read: each error names the file, the place in it and what to do."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What a zip archive that was cut, changed, locked or packed in a way not known here raises when it is opened or one of
its parts is read. ``RuntimeError``: locked, or, as its subclass, another way of packing. Whoever opens one catches all
of them, and says what is wrong with the file."""


class UnreadableFile(Exception):
    """A file that cannot be read at all. What can be read in part is read, with warnings, and raises nothing.

    ``name`` is the file as the caller named it, ``place`` where in it the trouble is, ``problem`` what is wrong and
    ``remedy`` what the person can do. ``str()`` puts the four into one message.
    """

    def __init__(self, problem: str, *, remedy: str, name: str = "", place: str = "") -> None:
        self.problem = problem
        self.remedy = remedy
        self.name = name
        self.place = place
        super().__init__(problem)

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.name, self.place) if part)
        said = f"{self.problem.removesuffix('.')}. {self.remedy}"
        return f"{where}: {said}" if where else said


class MissingFile(UnreadableFile):
    """There is no such file, or it may not be opened."""


class EmptyFile(UnreadableFile):
    """The file holds no bytes, or no text."""


class DamagedFile(UnreadableFile):
    """The file is cut short or its bytes contradict its format."""


class ProtectedFile(UnreadableFile):
    """A password is needed to open it."""


class TooLarge(UnreadableFile):
    """Beyond the limits: size, pages, or what it unpacks to (a zip bomb)."""


class ScannedFile(UnreadableFile):
    """Pictures of pages without a text layer."""


class UnsupportedFile(UnreadableFile):
    """A format that is not read here, or not on this machine."""


class UndecodableText(UnreadableFile):
    """Bytes that are text in no encoding known here."""
