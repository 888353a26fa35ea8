"""When two causes are the same, word for word."""

from __future__ import annotations

import re

from soichieu.documents.hashes import canonical_hash
from soichieu.language.text import comparison_key

_MARKS = re.compile(r"[\s.,;:!?…\"'“”‘’()\[\]–—-]+")


def plain(text: str) -> str:
    """A text as it is compared word for word: one spelling of each letter, no case, no marks, single blanks. Tones
    stay: another tone is another word."""
    return _MARKS.sub(" ", comparison_key(text)).strip()


def cause_key(cause: str) -> str:
    """SHA-256 of a cause as it is compared; empty where none is named."""
    compared = plain(cause)
    return canonical_hash(compared) if compared else ""
