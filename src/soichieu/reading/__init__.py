"""Files to text to provisions: .docx, .pdf with a text layer, .md, .html, .txt (and .doc, .odt through LibreOffice).

    from soichieu.reading import read_file
    reading = read_file("57-NQ-TW.txt")
    reading.document["number"], [provision.id for provision in reading.provisions]

Plain Python: no Django, no instance, no network. What cannot be read raises ``UnreadableFile`` with place and remedy;
what was guessed has a ``confidence`` below 1 and stands in ``warnings``.
"""

from __future__ import annotations

from .errors import (
    DamagedFile,
    EmptyFile,
    MissingFile,
    ProtectedFile,
    ScannedFile,
    TooLarge,
    UndecodableText,
    UnreadableFile,
    UnsupportedFile,
)
from .limits import Limits
from .model import Provision, Reading, Source, Table
from .reader import read_bytes, read_file

__all__ = [
    "DamagedFile",
    "EmptyFile",
    "Limits",
    "MissingFile",
    "ProtectedFile",
    "Provision",
    "Reading",
    "ScannedFile",
    "Source",
    "Table",
    "TooLarge",
    "UndecodableText",
    "UnreadableFile",
    "UnsupportedFile",
    "read_bytes",
    "read_file",
]
