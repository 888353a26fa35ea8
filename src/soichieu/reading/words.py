"""The ground floor's services, as reading needs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..language.citations import find_citations, kind_name
from ..language.numbers import canonical
from ..language.sentences import split_sentences


def sentences(text: str) -> Sequence[tuple[int, int]]:
    """Spans of the sentences of a paragraph; a paragraph without any is one sentence."""
    if len(text) < 400 and not any(stop in text for stop in (". ", "! ", "? ", "… ", "\n", '." ', ".” ")):
        return [(0, len(text))]
    return [(span.start, span.end) for span in split_sentences(text)] or [(0, len(text))]


def plain(value: Any) -> Any:
    """Dates and dataclasses of the ground floor as JSON has them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is not None:
        return {name: plain(getattr(value, name)) for name in fields}
    return value


def citations(text: str) -> list[dict[str, Any]]:
    """The documents that a text cites: words and span, number in its canonical form, date, issuer, candidates."""
    found = []
    for citation in find_citations(text):
        found.append(
            {
                "text": citation.text,
                "start": citation.start,
                "end": citation.end,
                "kind": kind_name(citation),
                "number": canonical(citation.number) if citation.number else None,
                "name": citation.name,
                "date": plain(citation.date),
                "year": citation.year,
                "issuer": citation.issuer_text or None,
                "part": citation.part or None,
                "full": citation.full,
                "antecedent": citation.antecedent,
                "candidates": [
                    {
                        "number": canonical(candidate.number),
                        "reason": str(candidate.reason),
                        "confidence": candidate.confidence,
                    }
                    for candidate in citation.candidates
                ],
                "reason": str(citation.reason) or None,
            }
        )
    return found
