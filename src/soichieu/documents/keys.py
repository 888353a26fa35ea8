"""Numbers and issuers as keys: two printings of one number share one key."""

from __future__ import annotations

import re

from soichieu.language.numbers import KINDS, WORDS, DocumentNumber, parse_number, repair
from soichieu.language.text import fold, nfc

_LEADING = re.compile(r"[Ss]ố(?:\s*:\s*|\s*(?=[\d/-]))")


def number_key(printed_number: str) -> str:
    """The key of a printed number: ``number|kind|year|issuer`` of the number it prints or, damaged, most likely meant.

    What is no number at all keeps its letters and digits behind a ``?``.
    """
    parsed = understood(printed_number)
    if parsed is None:
        return "?" + "".join(character for character in fold(printed_number) if character.isalnum())
    return key_of(parsed)


def key_of(parsed: DocumentNumber) -> str:
    """The key of a parsed number.

    Without the family: ``118/KH-ĐUCA`` for ``118-KH/ĐUCA`` is a slip, and so is D for Đ.
    """
    number, kind, year, issuer, _family = parsed.key
    return f"{number}|{latin(kind)}|{year or ''}|{latin(issuer)}"


def latin(abbreviation: str) -> str:
    """An abbreviation as a keyboard without Đ writes it."""
    return abbreviation.replace("Đ", "D").replace("đ", "d")


def understood(printed_number: str) -> DocumentNumber | None:
    """The number that is printed, or the most likely one of a damaged print, or None."""
    parsed = parse_number(printed_number)
    if parsed is None:
        candidates = repair(printed_number)
        parsed = candidates[0].number if candidates else None
    return parsed


def printed(number: str) -> str:
    """A number as it is kept: NFC, no blanks around or doubled, without a leading "Số" ("số liệu" is a word)."""
    return _LEADING.sub("", " ".join(nfc(number).split()))


def has_digits(number: str) -> bool:
    """Whether there is a running number in it at all."""
    return any(character.isdigit() for character in number)


def kind_of(number: str) -> str:
    """The kind of document that the number names ("NQ"), or an empty text."""
    parsed = understood(number)
    return (parsed.kind or "") if parsed else ""


_BY_NAME = {one.name.casefold(): code for code, one in reversed(KINDS.items())}


def kind_code(kind: str) -> str:
    """The abbreviation of a kind that was written out ("báo cáo": "BC"); anything else as it stands."""
    return kind if kind in KINDS else _BY_NAME.get(" ".join(kind.split()).casefold(), kind)


def kind_name(kind: str) -> str:
    """The Vietnamese name of a kind by its abbreviation ("Nghị quyết"); an unknown one as it stands."""
    found = KINDS.get(kind_code(kind))
    return found.name if found else kind


def issuer_key(issuer: str) -> str:
    """An issuer's name for comparing: without tones, case and blanks between."""
    return fold(issuer)[:255]


__all__ = [
    "WORDS",
    "has_digits",
    "issuer_key",
    "key_of",
    "kind_code",
    "kind_name",
    "kind_of",
    "number_key",
    "printed",
    "understood",
]
