"""The ``document`` object of a reading, from its first and last lines."""

from __future__ import annotations

import re
from typing import Any

from ..language import numbers
from ..language import text as language_text
from .bodies import known
from .body import Body
from .front import issuers_of
from .mending import is_upper

# As decree 30/2020/NĐ-CP and guidance 36-HD/VPTW write them; a place may follow.
_COMMON = {
    language_text.comparison_key(name): name
    for name in (
        "Ủy ban nhân dân", "Hội đồng nhân dân", "Chính phủ", "Quốc hội", "Thủ tướng Chính phủ", "Chủ tịch nước",
        "Ủy ban Thường vụ Quốc hội", "Đoàn đại biểu Quốc hội", "Ban Chấp hành Trung ương", "Bộ Chính trị", "Ban Bí thư",
        "Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Thành ủy", "Ban Thường vụ Huyện ủy", "Tỉnh ủy", "Thành ủy", "Huyện ủy",
        "Quận ủy", "Thị ủy", "Đảng ủy", "Đảng bộ", "Ban cán sự đảng", "Công an", "Bộ Chỉ huy quân sự",
        "Ủy ban Mặt trận Tổ quốc Việt Nam",
    )
}  # fmt: skip
_COMMON_FIRST = re.compile("(?:" + "|".join(sorted(map(re.escape, _COMMON), key=len, reverse=True)) + r")(?= |$) ?")
_PLACE_WORD = re.compile(r"(?:tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu) ")
_NOISE = re.compile(r"^[\s_\-–*]+|[\s_\-–*]+$")


def as_written(name: str, text: str) -> str:
    """A name in capitals as the text itself writes it elsewhere; unchanged when it does not."""
    if not name or not is_upper(name):
        return name
    pattern = re.compile(r"\b" + r"\s+".join(re.escape(word) for word in name.split()) + r"\b", re.IGNORECASE)
    counts: dict[str, int] = {}
    for index, match in enumerate(pattern.finditer(text)):
        found = " ".join(match[0].split())
        if not found.isupper():
            counts[found] = counts.get(found, 0) + 1
        if index > 200:
            break
    if not counts:
        return _in_small_letters(name)
    return max(counts, key=lambda found: (counts[found], found[:1].isupper()))


def _in_small_letters(name: str) -> str:
    """A listed body as it is written; a common one with a place as decree 30/2020 writes it; else as printed."""
    pattern, names = known()
    key = language_text.comparison_key(name)
    if pattern.fullmatch(key):
        return names[key]
    match = _COMMON_FIRST.match(key)
    if match is None or len(key) != len(name):
        return name
    written = _COMMON[match[0].rstrip()]
    place = name[match.end() :].lower()
    if not place:
        return written
    kept = _PLACE_WORD.match(place)
    kind = kept[0] if kept else ""
    return f"{written} {kind}{place[len(kind) :].title()}"


def document_facts(body: Body, text: str) -> tuple[dict[str, Any], list[str]]:
    """Number, kind, issuer, date and the rest; what is missing or doubtful is named in the warnings."""
    front, ending = body.front, body.ending
    warnings: list[str] = []
    title = " ".join(_NOISE.sub("", part) for part in front.title if _NOISE.sub("", part))
    number: str | None = front.number or None
    family = None
    if number:
        parsed = numbers.parse_number(number)
        if parsed is None:
            candidates = numbers.repair(number, front.day)
            if candidates:
                best = candidates[0]
                fixed = numbers.canonical(best.number)
                warnings.append(f"Number {number} is damaged; read as {fixed} ({best.reason}).")
                number, parsed = fixed, best.number
            else:
                warnings.append(f"Number {number} is in no known form.")
        else:
            number = numbers.canonical(parsed)
        family = getattr(parsed, "family", None)
    elif front.number_blank:
        warnings.append(f"The number is left blank in the text ({front.number_blank}).")
    if front.day is None and (front.day_text or front.used):
        what = f"is incomplete ({front.day_text})" if front.day_text else "is not given"
        warnings.append(f"The date of the document {what}.")
    issuer, above = issuers_of(front)
    kind = front.kind or None
    if kind is None and body.nodes and body.nodes[0].kind == "annex":
        kind = "Phụ lục"
    facts: dict[str, Any] = {
        "number": number,
        "kind": kind,
        "issuer": as_written(issuer, text) or None,
        "issuer_parent": as_written(above, text) or None,
        "date": front.day.isoformat() if front.day else None,
        "title": language_text.nfc(title) or None,
        "place": front.place or None,
        "signer": ending.signer or None,
        "signing_form": ending.form or None,
        "signing_posts": ending.posts,
        "recipients": ending.recipients,
        "addressee": front.addressee,
        "dissemination_depth": ending.dissemination or None,
        "number_family": str(family) if family else None,
        "attached_to": body.attached_to,
    }
    if facts["title"] is None:
        annex = next((node for node in body.nodes if node.kind in ("annex", "heading") and node.heading), None)
        if annex is not None:
            facts["title"] = " ".join(piece.text for piece in annex.heading)
    return facts, warnings
