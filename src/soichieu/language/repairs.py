"""Damaged document numbers, and what they may have been.

The damage met in real papers: "/" for "-" and back (`12/NQ/TW`, `57/NQ-TW`), a dash lost (`1961/QĐUBND`), D for
Đ, long dashes, spaces, file names (`30_2020_ND_CP`), and a number left blank until the document is issued
(`/NQ-CP`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as Date

from .dates import find_periods
from .forms import BODY, DocumentNumber, canonical, parse_number
from .kinds import ISSUERS, KINDS, issuer_side
from .reasons import Reason, join
from .text import DASHES, nfc


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """One reading of a printed number: the reason in words, and a confidence between 0 and 1."""

    number: DocumentNumber
    reason: Reason
    confidence: float


_DASH = re.compile("[" + re.escape(DASHES) + "]")
_TOKEN = re.compile(r"[^\s/\-_.,]+")
_KIND_BY_KEY = {abbreviation.casefold(): abbreviation for abbreviation in KINDS}
_ISSUER_BY_KEY = {abbreviation.casefold(): abbreviation for abbreviation in ISSUERS}
_UNBARRED: dict[str, str] = {}
for _known in (*ISSUERS, *KINDS):
    _plain = _known.casefold().replace("đ", "d")
    if "đ" in _known.casefold() and _plain not in _KIND_BY_KEY and _plain not in _ISSUER_BY_KEY:
        _UNBARRED[_plain] = _known
_TERM = re.compile(r"(QH|UBTVQH)(\d{1,2})", re.IGNORECASE)
_TAIL_DATE = re.compile(r"[,;]?\s*(?:\(|ngày\b|ban hành ngày\b|dated\b).*$", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"^(?:[^\W\d_]+\s+){0,6}?(?:số|no)\b\s*[:.]?\s*", re.IGNORECASE)


def _split_token(token: str) -> list[str] | None:
    """A kind and an issuer written together ("QĐUBND"), both known; None when the token is not that."""
    for cut in range(1, len(token)):
        kind = _known_kind(token[:cut])
        issuer = _known_issuer(token[cut:])
        if kind and issuer:
            return [kind, issuer]
    return None


def _known_kind(token: str) -> str | None:
    key = token.casefold()
    return _KIND_BY_KEY.get(key) or (_UNBARRED.get(key) if _UNBARRED.get(key) in KINDS else None)


def _known_issuer(token: str) -> str | None:
    key = token.casefold()
    term = _TERM.fullmatch(token)
    if term:
        return term[1].upper() + term[2]
    found = _ISSUER_BY_KEY.get(key) or _UNBARRED.get(key)
    return found if found in ISSUERS else None


def _read(text: str, reasons: list[Reason]) -> tuple[str, int | None, str | None, str | None] | None:
    """Number, year, kind and issuer of a damaged number by its parts, separators apart."""
    tokens = _TOKEN.findall(text)
    if not tokens or len(tokens) > 8:
        return None
    number = ""
    if re.fullmatch(r"\d[\dOoIl]{0,5}[a-zA-Z]?", tokens[0]) and not text.startswith("/"):
        number = re.sub(r"(?<=\d)[Oo](?=\d)", "0", re.sub(r"(?<=\d)[Il](?=\d)", "1", tokens[0]))
        if number != tokens[0]:
            reasons.append(
                Reason(f"letters in “{tokens[0]}” read as digits", f"chữ cái trong “{tokens[0]}” được đọc là chữ số")
            )
        tokens = tokens[1:]
    elif not re.match(r"\s*/", text) and not re.match(r"[-.…\s]*/", text):
        return None
    year = None
    if tokens and re.fullmatch(r"(?:19|20)\d\d", tokens[0]):
        year, tokens = int(tokens[0]), tokens[1:]
    if not tokens:
        return None
    if not _known_kind(tokens[0]):
        together = _split_token(tokens[0])
        if together:
            reasons.append(
                Reason(
                    f"“{tokens[0]}” is the kind {together[0]} and the issuer {together[1]} written together",
                    f"“{tokens[0]}” là tên loại {together[0]} và cơ quan {together[1]} viết liền",
                )
            )
            tokens = together + tokens[1:]
    kind = _known_kind(tokens[0]) if len(tokens) > 1 or not _known_issuer(tokens[0]) else None
    if kind:
        _respelled(tokens[0], kind, reasons)
        tokens = tokens[1:]
    bodies = []
    for token in tokens:
        known = _known_issuer(token)
        if known:
            _respelled(token, known, reasons)
        elif not re.fullmatch(BODY, token):
            return None
        bodies.append(known or token)
    return number, year, kind, "-".join(bodies) or None


def _respelled(printed: str, known: str, reasons: list[Reason]) -> None:
    if printed == known:
        return
    if printed.casefold() == known.casefold():
        reasons.append(
            Reason(f"“{printed}” is {known} in other letters", f"“{printed}” là {known}, khác chữ hoa, thường")
        )
    else:
        reasons.append(Reason(f"“{printed}” is {known} with D for Đ", f"“{printed}” là {known}, viết D thay Đ"))


def _forms(number: str, year: int | None, kind: str | None, issuer: str) -> list[tuple[DocumentNumber, float]]:
    """The families that these parts may belong to, likeliest first."""
    if year is not None:
        if _TERM.fullmatch(issuer) and kind in (None, "PL", "NQ", "L"):
            return [(DocumentNumber(number, kind, year, issuer, "assembly"), 0.95)]
        return [(DocumentNumber(number, kind, year, issuer, "normative"), 0.95)] if kind else []
    state = DocumentNumber(number, kind, None, issuer, "state")
    if not kind:
        return [(state, 0.6)] if "-" in issuer else []
    party = DocumentNumber(number, kind, None, issuer, "party")
    side = issuer_side(issuer)
    if side == "party" or kind in ("KL", "QĐi", "TTri", "CV"):
        return [(party, 0.95), (state, 0.2)]
    if side == "state":
        return [(state, 0.95), (party, 0.15)]
    return [(state, 0.5), (party, 0.5)]


def _why(printed: str, parts: DocumentNumber) -> Reason:
    shown = canonical(parts)
    side = issuer_side(parts.issuer)
    if parts.family == "party" and side == "party":
        return Reason(
            f"“{printed}” is read as {shown}: {parts.issuer} is a party body, and the party writes number-kind/issuer",
            f"“{printed}” được đọc là {shown}: {parts.issuer} là cơ quan đảng, số và ký hiệu văn bản của Đảng viết "
            "theo dạng số-tên loại/cơ quan",
        )
    if parts.family == "state" and side == "state" and parts.kind:
        return Reason(
            f"“{printed}” is read as {shown}: {parts.issuer} is a state body, and the state writes number/kind-issuer",
            f"“{printed}” được đọc là {shown}: {parts.issuer} là cơ quan nhà nước, số và ký hiệu viết theo dạng số/tên "
            "loại-cơ quan",
        )
    form = {
        "party": ("the party form number-kind/issuer", "dạng của Đảng: số-tên loại/cơ quan"),
        "state": ("the state form number/kind-issuer", "dạng của Nhà nước: số/tên loại-cơ quan"),
        "normative": ("the normative form number/year/kind-issuer", "dạng văn bản quy phạm: số/năm/tên loại-cơ quan"),
        "assembly": ("the assembly's form number/year/body and term", "dạng của Quốc hội: số/năm/cơ quan và khóa"),
    }[parts.family]
    return Reason(f"“{printed}” is read as {shown}, {form[0]}", f"“{printed}” được đọc là {shown}, {form[1]}")


def repair(s: str, date: Date | None = None) -> list[NumberCandidate]:
    """What a printed number may be, likeliest first, each with its reason; empty when it is no number at all.

    A well-formed number comes back first, alone unless its form contradicts its issuer (`57/NQ-TW`). A date after
    the number ("12/NQ/TW, ngày 16-3-2022") is cut off and, like `date`, checked against a year in the number.
    """
    if len(s) > 300:
        return []
    s = nfc(s).strip()
    tail = _TAIL_DATE.search(s)
    if tail:
        found = [period for period in find_periods(s[tail.start() :]) if period.kind == "date"]
        date = date or (found[0].start if found else None)
        s = s[: tail.start()]
    printed = _HEAD.sub("", s).strip(" .,;:()“”\"'")
    exact = parse_number(printed)
    reasons: list[Reason] = []
    text = _DASH.sub("-", printed)
    if text != printed:
        reasons.append(Reason("a long dash read as “-”", "gạch dài được đọc là “-”"))
    closed = re.sub(r"\s*([/\-])\s*", r"\1", text.replace("\\", "/"))
    if closed != text:
        reasons.append(Reason("spaces beside “-” and “/” left out", "bỏ khoảng trắng cạnh “-” và “/”"))
    parts = _read(closed, reasons)
    candidates = [] if parts is None or parts[3] is None else _forms(parts[0], parts[1], parts[2], parts[3])
    if parts and parts[3] is None and parts[2]:
        return []
    found_numbers: list[NumberCandidate] = []
    for number, confidence in candidates:
        if number == exact:
            why = Reason(f"“{printed}” is well formed", f"“{printed}” đúng thể thức")
            confidence = max(confidence, 1.0 if len(candidates) == 1 or confidence > 0.4 else 0.0)
        elif not number.number and number.family == "party" and closed.startswith("/"):
            continue
        elif canonical(number) == closed:
            why = join(reasons)
            confidence = max(confidence, 0.9) if confidence >= 0.4 else confidence
        else:
            if exact and confidence < 0.9:
                continue
            why = join([*reasons, _why(printed, number)])
        if not number.number:
            why = join([why, Reason("the number itself is blank in the source", "bản gốc để trống phần số")])
            confidence = min(confidence, 0.5)
        if date and number.year and date.year != number.year:
            wrong = Reason(
                f"but its year {number.year} is not that of its date {date:%d-%m-%Y}",
                f"nhưng năm {number.year} không khớp ngày {date:%d-%m-%Y}",
            )
            why, confidence = join([why, wrong]), confidence * 0.5
        found_numbers.append(NumberCandidate(number, why, round(confidence, 3)))
    if exact and all(candidate.number != exact for candidate in found_numbers):
        why = Reason(f"“{printed}” is well formed", f"“{printed}” đúng thể thức")
        found_numbers.append(NumberCandidate(exact, why, 0.9 if not found_numbers else 0.4))
    return sorted(found_numbers, key=lambda candidate: -candidate.confidence)


def blank(number: DocumentNumber) -> DocumentNumber:
    """The same symbol with its number left blank, as drafts print it."""
    return replace(number, number="")
