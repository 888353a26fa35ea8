"""From a file to a reading."""

from __future__ import annotations

import bisect
from pathlib import Path
from typing import Any

from . import nature, words
from .blocks import Extract
from .body import read_body
from .errors import EmptyFile, MissingFile, TooLarge
from .facts import document_facts
from .formats.sniffing import sniff
from .limits import Limits
from .model import Provision, Reading
from .tree import Emitter


def read_file(path: str | Path, *, limits: Limits | None = None) -> Reading:
    """Read a file of any known format. Raises ``UnreadableFile``; nothing else for whatever bytes."""
    limits = limits or Limits()
    file = Path(path)
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise MissingFile("it is a folder", remedy="Name the file of the document in it", name=str(path))
        if size > limits.file_bytes:
            raise TooLarge(
                f"the file has {size:,} bytes, more than {limits.file_bytes:,}",
                remedy="Save it without pictures, or split it and read its parts",
                name=file.name,
            )
        data = file.read_bytes()
    except OSError as error:
        raise MissingFile(
            f"it cannot be opened ({error.strerror})", remedy="Check the name and your right to read it", name=str(path)
        ) from error
    return read_bytes(data, file.name, limits=limits)


def extract(data: bytes, name: str, limits: Limits) -> Extract:
    """Text and blocks of a file, without reading its structure."""
    if len(data) > limits.file_bytes:
        raise TooLarge(
            f"the file has {len(data):,} bytes, more than {limits.file_bytes:,}",
            remedy="Save it without pictures, or split it and read its parts",
            name=name,
        )
    if not data.strip():
        raise EmptyFile("the file is empty", remedy="Choose the file that holds the document", name=name)
    kind = sniff(data, name)
    # Each format is imported when it is met: reading a .txt needs neither lxml nor pdfium.
    if kind == "docx":
        from .formats import docx as reader
    elif kind == "pdf":
        from .formats import pdf as reader  # type: ignore[no-redef]
    elif kind == "html":
        from .formats import html as reader  # type: ignore[no-redef]
    elif kind == "md":
        from .formats import markdown as reader  # type: ignore[no-redef]
    elif kind in ("doc", "odt", "rtf"):
        from .formats import office

        return office.read(data, name, limits, kind)
    else:
        from .formats import plain as reader  # type: ignore[no-redef]
    return reader.read(data, name, limits)


def read_bytes(data: bytes, name: str, *, limits: Limits | None = None) -> Reading:
    """Read a file's bytes; ``name`` is used in messages and, where bytes do not tell the format, for its ending."""
    limits = limits or Limits()
    found = extract(data, name, limits)
    body = read_body(found.blocks)
    facts, doubts = document_facts(body, found.text)
    emitter = Emitter(found.text, words.sentences)
    provisions = emitter.run(body.nodes)
    nature.assign(provisions)
    tables = []
    warnings = [*found.warnings, *doubts, *body.warnings]
    if emitter.grids:
        # Like the formats: only a text with tables needs what reads their cells.
        from .tables import read_table
    columns = None
    for key, node in emitter.grids:
        if node.grid is not None:
            table, columns = read_table(key, node.grid, facts.get("date"), warnings, columns)
            tables.append(table)
    # Where recipients and signature stand side by side, each comes in several pieces; nobody need look at that.
    twice = [label for label in emitter.repeated if not label.startswith(("head~", "recipients~", "signature~"))]
    if twice:
        warnings.append(f"Labels that occur twice were told apart by ~2, ~3 …: {', '.join(twice[:8])}.")
    return Reading(
        text=found.text,
        reader=found.reader,
        document=facts,
        provisions=provisions,
        tables=tables,
        citations=_citations(found.text, provisions),
        warnings=warnings,
    )


def _citations(text: str, provisions: list[Provision]) -> list[dict[str, Any]]:
    """What the text cites, each with the leaf provision that cites it."""
    parents = {provision.parent for provision in provisions}
    leaves = [provision for provision in provisions if provision.id not in parents]
    starts = [leaf.source.start for leaf in leaves]
    found = words.citations(text)
    for citation in found:
        at = bisect.bisect_right(starts, citation["start"]) - 1
        citation["provision"] = leaves[at].id if at >= 0 else None
    return found
