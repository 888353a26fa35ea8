"""Writing an edition: its tree, its rows, what became of each identity. For commands, inside their transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from soichieu.documents.hashes import edition_hash, provision_hash, row_hash
from soichieu.documents.identity import Match, Node, match_editions
from soichieu.documents.mending import own_texts
from soichieu.documents.models import Document, Edition, IdentityChange, Provision, ProvisionIdentity, TableRow

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u to mistake


def new_key() -> str:
    """26 characters of chance: an identity says nothing about where it stands."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(26))


def numbered_rows(tables: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of all tables in order, each with ``table``, ``table_kind`` and ``row_id``, unique in the edition."""
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()
    for number, table in enumerate(tables, 1):
        for at, row in enumerate(table.get("rows", []), 1):
            data = dict(row) if isinstance(row, Mapping) else {"cells": list(row)}
            name = str(data.get("id") or f"T{number}.{data.get('number') or at}")
            wanted, again = name, 1
            while name in taken:
                again += 1
                name = f"{wanted}~{again}"
            taken.add(name)
            rows.append({"table": number, "table_kind": table.get("kind", "other"), "row_id": name, "data": data})
    return rows


def row_text(data: Mapping[str, Any]) -> str:
    """The words of a row by which it is found again: its task or target, otherwise all its cells."""
    for key in ("task", "target", "text"):
        if data.get(key):
            return str(data[key])
    return " ".join(str(cell) for cell in data.get("cells", []) if cell)


def nodes_of(edition: Edition) -> list[Node]:
    """An edition's provisions and rows as matching sees them."""
    provisions = list(edition.provisions.select_related("identity").order_by("ordinal"))
    names = {provision.pk: provision.citation for provision in provisions}
    nodes = [
        Node(
            key=f"p:{one.citation}",
            parent=f"p:{names[one.parent_id]}" if one.parent_id else None,
            words=f"{one.heading}\n{one.text}".strip(),
            level=one.kind,
            identity=one.identity.key,
        )
        for one in provisions
    ]
    for row in edition.rows.select_related("identity").order_by("ordinal"):
        nodes.append(Node(f"r:{row.row_id}", None, _row_words(row.data), f"row {row.table_kind}", row.identity.key))
    return nodes


def nodes_of_reading(tree: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> list[Node]:
    """A tree and its rows that are not stored yet."""
    texts = own_texts(tree)
    nodes = [
        Node(
            key=f"p:{node['id']}",
            parent=f"p:{node['parent']}" if node.get("parent") else None,
            words=f"{node.get('heading') or ''}\n{texts[node['id']]}".strip(),
            level=node["kind"],
        )
        for node in tree
    ]
    return nodes + [
        Node(f"r:{row['row_id']}", None, _row_words(row["data"]), f"row {row['table_kind']}") for row in rows
    ]


def _row_words(data: Mapping[str, Any]) -> str:
    """All that a row says, its number left out: a row is the same when only its number shifts."""
    parts = [row_text(data)]
    for key in ("leads", "cooperators", "output", "deadline", "value", "unit", "year"):
        value = data.get(key)
        if isinstance(value, Mapping):
            value = value.get("text", "")
        elif isinstance(value, list):
            value = "; ".join(str(one.get("text", one)) if isinstance(one, Mapping) else str(one) for one in value)
        if value:
            parts.append(str(value))
    return " | ".join(parts)


def next_ordinal(document: Document) -> int:
    """The number of the edition that comes next."""
    return (document.editions.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def store_edition(
    edition: Edition, tree: Sequence[Mapping[str, Any]], tables: Sequence[Mapping[str, Any]], previous: Edition | None
) -> list[Match]:
    """Write the edition with its tree and rows, carrying identities over from ``previous``; gives the matches."""
    rows = numbered_rows(tables)
    texts = own_texts(tree)
    edition.text_hash = edition_hash(
        [(n["id"], n.get("label") or "", n.get("heading") or "", texts[n["id"]], n.get("nature") or "") for n in tree],
        [(row["row_id"], row["data"]) for row in rows],
    )
    edition.save(force_insert=True)
    old = nodes_of(previous) if previous else []
    matches = match_editions(old, nodes_of_reading(tree, rows))
    identities = _identities(edition, matches)
    _store_provisions(edition, tree, identities)
    TableRow.objects.bulk_create(
        [
            TableRow(
                edition=edition,
                identity=identities[f"r:{row['row_id']}"],
                table=row["table"],
                table_kind=row["table_kind"],
                ordinal=ordinal,
                row_id=row["row_id"],
                group=row["data"].get("group") or "",
                number=str(row["data"].get("number") or ""),
                text=row_text(row["data"]),
                text_hash=row_hash(row["data"]),
                data=row["data"],
            )
            for ordinal, row in enumerate(rows)
        ],
        batch_size=500,
    )
    if previous:
        _store_changes(edition, matches, identities)
    return matches


def _identities(edition: Edition, matches: Sequence[Match]) -> dict[str, ProvisionIdentity]:
    """Each new node's identity: the one carried over, or one made now."""
    carried = {match.identity: match.new for match in matches if match.identity and match.new}
    known = ProvisionIdentity.objects.filter(document=edition.document_id)
    found = {carried[one.key]: one for one in known if one.key in carried}
    fresh = [match.new for match in matches if match.new and match.new not in found]
    made = ProvisionIdentity.objects.bulk_create(
        [ProvisionIdentity(document_id=edition.document_id, key=new_key()) for _ in fresh], batch_size=500
    )
    return {**{key: one for key, one in found.items() if key}, **dict(zip(fresh, made, strict=True))}


def _store_provisions(
    edition: Edition, tree: Sequence[Mapping[str, Any]], identities: Mapping[str, ProvisionIdentity]
) -> None:
    """Level by level, for a child needs the key of its parent."""
    stored: dict[str, Provision] = {}
    texts = own_texts(tree)
    depth_of: dict[str, int] = {}
    levels: dict[int, list[tuple[int, Mapping[str, Any]]]] = {}
    for ordinal, node in enumerate(tree):
        depth_of[node["id"]] = depth_of[node["parent"]] + 1 if node.get("parent") else 0
        levels.setdefault(depth_of[node["id"]], []).append((ordinal, node))
    for depth in sorted(levels):
        batch = [
            _provision(edition, dict(node, text=texts[node["id"]]), ordinal, depth, stored, identities)
            for ordinal, node in levels[depth]
        ]
        for provision in Provision.objects.bulk_create(batch, batch_size=500):
            stored[provision.citation] = provision


def _provision(
    edition: Edition,
    node: Mapping[str, Any],
    ordinal: int,
    depth: int,
    stored: Mapping[str, Provision],
    identities: Mapping[str, ProvisionIdentity],
) -> Provision:
    heading, text = node.get("heading") or "", node.get("text") or ""
    start, end = span_of(node)
    return Provision(
        edition=edition,
        identity=identities[f"p:{node['id']}"],
        citation=node["id"],
        parent=stored[node["parent"]] if node.get("parent") else None,
        ordinal=ordinal,
        depth=depth,
        kind=node["kind"],
        label=node.get("label") or "",
        heading=heading,
        text=text,
        text_hash=provision_hash(heading, text),
        nature=node.get("nature") or "",
        confidence=node.get("confidence", 1.0),
        span_start=start,
        span_end=end,
    )


def span_of(node: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The characters of the source that a node was read from, or (None, None)."""
    source = node.get("source")
    if isinstance(source, Mapping) and isinstance(source.get("start"), int) and isinstance(source.get("end"), int):
        return source["start"], source["end"]
    return None, None


def _store_changes(edition: Edition, matches: Sequence[Match], identities: Mapping[str, ProvisionIdentity]) -> None:
    gone = {
        one.key: one
        for one in ProvisionIdentity.objects.filter(
            key__in=[match.identity for match in matches if match.verdict == "gone"]
        )
    }
    IdentityChange.objects.bulk_create(
        [
            IdentityChange(
                edition=edition,
                identity=identities[match.new] if match.new else gone[match.identity or ""],
                verdict=match.verdict,
                similarity=match.similarity,
                old_citation=(match.old or "")[2:],
                new_citation=(match.new or "")[2:],
            )
            for match in matches
        ],
        batch_size=500,
    )
