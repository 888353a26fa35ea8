"""Writing into the book: the one place where entries come into being, under the lock of their chain.

The lock is held until commit. Positions are given without a gap, ``recorded_at`` never goes backwards within a
chain, and each entry carries the hash of the one before it.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from soichieu.ledger import clock
from soichieu.ledger.hashing import HASHED, canonical, entry_hash
from soichieu.ledger.models import POSITION_BITS, Chain, Entry
from soichieu.ledger.sources import Source
from soichieu.organisation.askers import Asker

_COLUMNS = (*HASHED, "hash")
_MANY = 500


@dataclass(frozen=True)
class Draft:
    """A line before it is written."""

    obligation_id: int
    kind: str
    happened_on: dt.date
    deadline: dt.date | None = None
    choice: str = ""
    unit_id: int | None = None
    voids: int | None = None
    source: Source | None = None
    evidence: Sequence[str] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """The stretch of a chain that one batch became."""

    chain_id: int
    first: int
    last: int
    recorded_at: dt.datetime

    @property
    def ids(self) -> range:
        base = self.chain_id << POSITION_BITS
        return range(base + self.first, base + self.last + 1)


def append(*, asker: Asker, chain_id: int, drafts: Sequence[Draft]) -> Written:
    """Write the drafts at the end of a chain, in their order. Must be called within a transaction; checks nothing."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("entries are written within the transaction of their command")
    chain = Chain.objects.select_for_update().get(pk=chain_id)
    recorded_at = clock.now()
    if chain.last_recorded_at is not None and recorded_at < chain.last_recorded_at:
        recorded_at = chain.last_recorded_at
    moment = recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    position, previous = chain.last_position, chain.last_hash
    first = position + 1
    if not drafts:
        # Nothing is written, so nothing was recorded: the chain keeps the moment of its last line.
        return Written(chain_id=chain_id, first=first, last=position, recorded_at=recorded_at)
    rows: list[list[Any]] = []
    for draft in drafts:
        position += 1
        source = draft.source
        columns: dict[str, Any] = {
            "id": (chain_id << POSITION_BITS) + position,
            "chain_id": chain_id,
            "position": position,
            "obligation_id": draft.obligation_id,
            "kind": str(draft.kind),
            "happened_on": draft.happened_on.isoformat(),
            "recorded_at": moment,
            "deadline": draft.deadline.isoformat() if draft.deadline else None,
            "choice": str(draft.choice),
            "unit_id": draft.unit_id,
            "paper": source.paper if source else True,
            "voids": draft.voids,
            "post_id": asker.post_id,
            "person_id": asker.person_id,
            "on_behalf_of_id": asker.on_behalf_of_id,
            "source_room": source.room if source else "",
            "source_kind": source.kind if source else "",
            "source_id": unicodedata.normalize("NFC", source.id) if source else "",
            "source_hash": source.hash if source else "",
            "evidence": canonical(list(draft.evidence)),
            "payload": canonical(dict(draft.payload)),
            "previous_hash": previous,
        }
        previous = columns["hash"] = entry_hash(columns)
        rows.append([columns[name] for name in _COLUMNS])
    _insert(rows, recorded_at)
    chain.last_position, chain.last_hash, chain.last_recorded_at = position, previous, recorded_at
    chain.save(update_fields=["last_position", "last_hash", "last_recorded_at"])
    return Written(chain_id=chain_id, first=first, last=position, recorded_at=recorded_at)


def _insert(rows: list[list[Any]], recorded_at: dt.datetime) -> None:
    """Rows into the table, past the model layer: a batch may be a hundred thousand lines long."""
    table = connection.ops.quote_name(Entry._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in _COLUMNS)
    at = _COLUMNS.index("recorded_at")
    stored = connection.ops.adapt_datetimefield_value(recorded_at)
    for row in rows:
        row[at] = stored
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > _MANY:
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(_COLUMNS))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  # names of ours
