"""The hash of a line of a conference's book, as the ledger's lines have theirs (``docs/ledger.md`` section 10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soichieu.ledger.hashing import canonical, sha256

# Every column of a line but its own hash and its key, which is known only when it stands.
HASHED = (
    "conference_id",
    "position",
    "kind",
    "happened_at",
    "recorded_at",
    "payload",
    "by",
    "post_id",
    "person_id",
    "on_behalf_of_id",
    "previous_hash",
)


def event_hash(columns: Mapping[str, Any]) -> str:
    """The hash of a line from its columns (:data:`HASHED`); moments as such or in their hashed form, ``payload`` as the
    value that its JSON gives."""
    return sha256(canonical({name: columns[name] for name in HASHED}))
