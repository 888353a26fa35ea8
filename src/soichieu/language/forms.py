"""The four forms of document numbers: the value, its parser and its printer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .kinds import KINDS
from .text import nfc

Family = Literal["party", "state", "normative", "assembly"]


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document's number and symbol.

    `number` is text as printed, leading zeros included ("03"), empty where the source left it blank; `year` only
    in normative and assembly numbers; `kind` an abbreviation of `KINDS`, None for official letters and laws;
    `issuer` the rest, hyphens included ("BKHCN-BTTTT"). Two printings of one number share `key`.
    """

    number: str
    kind: str | None
    year: int | None
    issuer: str | None
    family: Family

    def __str__(self) -> str:
        return canonical(self)

    @property
    def key(self) -> tuple[str, str, int | None, str, Family]:
        """What two printings of the same number share: no leading zeros, no case."""
        return (
            self.number.lstrip("0").casefold(),
            (self.kind or "").casefold(),
            self.year,
            (self.issuer or "").casefold(),
            self.family,
        )


def canonical(n: DocumentNumber) -> str:
    """The number as its family prints it; `parse_number` of it gives `n` again unless its number is blank."""
    if n.family == "party":
        return f"{n.number}-{n.kind}/{n.issuer}" if n.kind else f"{n.number}/{n.issuer}"
    tail = "-".join(part for part in (n.kind, n.issuer) if part)
    return f"{n.number}/{n.year}/{tail}" if n.year is not None else f"{n.number}/{tail}"


_NUM = r"(?P<number>\d{1,6}[a-zA-Z]?)"
BODY = r"[A-ZĐƯ][A-Za-z0-9ĐđƯư&]*"
BODIES = rf"{BODY}(?:-{BODY})*"
_KIND = "(?P<kind>" + "|".join(sorted(KINDS, key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PARTY = re.compile(rf"{_NUM}-{_KIND}/(?P<issuer>{BODIES})")
_STATE = re.compile(rf"{_NUM}/{_KIND}-(?P<issuer>{BODIES})")
_LETTER = re.compile(rf"{_NUM}/(?P<issuer>{BODY}(?:-{BODY})+)")
_NORMATIVE = re.compile(rf"{_NUM}/{_YEAR}/{_KIND}-(?P<issuer>{BODIES})")
_ASSEMBLY = re.compile(rf"{_NUM}/{_YEAR}/(?:(?P<kind>PL|NQ|L)-)?(?P<issuer>(?:QH|UBTVQH)\d{{1,2}})")
# "QD" in the place of an office is a decision written without the bar of its Đ, not an official letter.
_UNBARRED_KINDS = {kind.replace("Đ", "D") for kind in KINDS} - set(KINDS)
_PREFIX = re.compile(r"(?:số|no)\b\s*[:.]?\s*", re.IGNORECASE)


def parse_number(s: str) -> DocumentNumber | None:
    """The number that `s` prints in one of the four forms; None when it prints none of them exactly.

    A leading "Số" or "Số:" and spaces around are allowed. For anything else, see `repair`.
    """
    s = _PREFIX.sub("", nfc(s[:200]).strip(), count=1) if len(s) <= 200 else ""
    match = _ASSEMBLY.fullmatch(s)
    if match:
        return DocumentNumber(match["number"], match["kind"], int(match["year"]), match["issuer"], "assembly")
    match = _NORMATIVE.fullmatch(s)
    if match:
        return DocumentNumber(match["number"], match["kind"], int(match["year"]), match["issuer"], "normative")
    match = _PARTY.fullmatch(s)
    if match:
        return DocumentNumber(match["number"], match["kind"], None, match["issuer"], "party")
    match = _STATE.fullmatch(s)
    if match:
        return DocumentNumber(match["number"], match["kind"], None, match["issuer"], "state")
    match = _LETTER.fullmatch(s)
    if match and match["issuer"].split("-")[0] not in _UNBARRED_KINDS:
        return DocumentNumber(match["number"], None, None, match["issuer"], "state")
    return None
