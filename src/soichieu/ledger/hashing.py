"""Canonical JSON and the hash of an entry (``docs/ledger.md`` section 10)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

# Every column of an entry but its own hash; the key is chain and position and is checked against them.
HASHED = (
    "id",
    "chain_id",
    "position",
    "obligation_id",
    "kind",
    "happened_on",
    "recorded_at",
    "deadline",
    "choice",
    "unit_id",
    "paper",
    "voids",
    "post_id",
    "person_id",
    "on_behalf_of_id",
    "source_room",
    "source_kind",
    "source_id",
    "source_hash",
    "evidence",
    "payload",
    "previous_hash",
)


def canonical(value: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, text in NFC, days and moments in ISO form (moments in UTC to the
    microsecond)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def entry_hash(columns: Mapping[str, Any]) -> str:
    """The hash of an entry from its columns (:data:`HASHED`), as Python values or as their ISO text."""
    return sha256(canonical({name: columns[name] for name in HASHED}))
