"""A reading on a terminal, and as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from .model import Reading, Table

_SHORT = 110


def _cut(text: str, width: int = _SHORT) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def as_tree(reading: Reading) -> str:
    """The tree with labels, ids and first words; tables, citations and warnings after it."""
    facts = reading.document
    lines = []
    for name in ("number", "kind", "issuer", "date", "title", "signing_form", "signer", "dissemination_depth"):
        if facts.get(name):
            lines.append(f"{name + ':':<21}{facts[name]}")
    if facts.get("recipients"):
        lines.append(f"{'recipients:':<21}{len(facts['recipients'])}")
    lines.append("")
    depth: dict[str, int] = {}
    for provision in reading.provisions:
        level = depth.get(provision.parent or "", -1) + 1
        depth[provision.id] = level
        shown = _cut(provision.heading or provision.text)
        label = f"{provision.label} " if provision.label else ""
        doubt = f"  [{provision.confidence:.0%}]" if provision.confidence < 1 else ""
        lines.append(f"{'  ' * level}{provision.id}  ({provision.kind})  {label}{shown}{doubt}")
    for table in reading.tables:
        lines.append("")
        lines.extend(_table(table))
    if reading.citations:
        lines.append("")
        lines.append(f"{len(reading.citations)} citations")
    if reading.warnings:
        lines.append("")
        lines.extend(f"! {warning}" for warning in reading.warnings)
    return "\n".join(lines)


def _table(table: Table) -> list[str]:
    lines = [f"{table.id}: {table.kind}, {len(table.rows)} rows  {_cut(table.caption)}".rstrip()]
    group = ""
    for row in table.rows:
        if row.get("group", "") != group:
            group = row["group"]
            lines.append(f"  {_cut(group)}")
        lines.append(f"    {_row(table.kind, row)}")
    return lines


def _row(kind: str, row: dict[str, Any]) -> str:
    if kind == "tasks":
        leads = "; ".join(lead["text"] for lead in row["leads"]) or "?"
        return f"{row['number']:<6}{_cut(row['task'], 70)} | {_cut(leads, 40)} | {row['deadline']['text']}"
    if kind == "targets":
        return f"{row['number']:<6}{_cut(row['indicator'], 70)} | {row['unit']} | {row['target']}"
    return _cut(" | ".join(row["cells"]))


def as_csv(reading: Reading) -> str:
    """One provision a line: id, parent, kind, nature, label, heading, text, confidence, start, end, hash."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["id", "parent", "kind", "nature", "label", "heading", "text", "confidence", "start", "end", "hash"]
    )
    for item in reading.provisions:
        writer.writerow(
            [item.id, item.parent or "", item.kind, item.nature, item.label, item.heading, item.text]
            + [f"{item.confidence:.2f}", item.source.start, item.source.end, item.hash]
        )
    return out.getvalue()
