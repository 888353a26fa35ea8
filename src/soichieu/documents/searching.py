"""Full-text search without tones, the same on both engines.

What is indexed is folded by ``language.text.fold`` (đ as d) and cut into words here, so the engines only have to
split at single spaces: SQLite's FTS5 and PostgreSQL's ``simple`` configuration then agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL

from soichieu.documents.models import Document, Edition, SearchRow
from soichieu.language.text import fold

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Folded words, without punctuation: "57-NQ/TW" gives 57, nq, tw."""
    return _WORD.findall(fold(text))


def index_document(document: Document, edition: Edition | None) -> None:
    """Make the document's rows of the index again: what is registered about it and its newest edition."""
    SearchRow.objects.filter(document=document).delete()
    facts = f"{document.number} {document.title} {document.issuer} {document.signer}"
    rows = [SearchRow(document=document, folded=" ".join(words_of(facts)))]
    if edition is not None:
        # A sentence is found by itself; what holds sentences only by its heading, or every hit would come twice.
        parents = set(edition.provisions.exclude(parent=None).values_list("parent_id", flat=True))
        for provision in edition.provisions.order_by("ordinal"):
            text = provision.heading if provision.pk in parents else f"{provision.heading} {provision.text}"
            folded = " ".join(words_of(text))
            if folded:
                rows.append(SearchRow(document=document, provision=provision, folded=folded))
        for row in edition.rows.order_by("ordinal"):
            rows.append(SearchRow(document=document, row=row, folded=" ".join(words_of(row_words(row.data)))))
    SearchRow.objects.bulk_create(rows, batch_size=500)


# What a row holds for the machine: nobody searches for it, and no snippet shows it.
_NOT_WORDS = ("id", "kind", "source", "hash", "class", "parent", "from", "to", "quantity", "confidence")


def row_words(data: object) -> str:
    if isinstance(data, dict):
        return " ".join(row_words(value) for key, value in data.items() if key not in _NOT_WORDS)
    if isinstance(data, list):
        return " ".join(row_words(value) for value in data)
    return str(data) if isinstance(data, str) else ""


def _beginning(words: Sequence[str]) -> str:
    """The last word, when it may be only begun: of one or two letters too much would begin so."""
    return words[-1] if words and len(words[-1]) > 2 else ""


def matching(text: str) -> QuerySet[SearchRow]:
    """Rows that hold every word of ``text``, the last one also as a beginning; ``rank``: lower is better."""
    words = words_of(text)[:20]
    rows = SearchRow.objects.all()
    if not words:
        return rows.none().annotate(rank=Value(0.0))
    if connection.vendor == "postgresql":
        query = " & ".join([*words[:-1], f"{words[-1]}:*" if _beginning(words) else words[-1]])
        # Word for word the expression of the index, or it is not used.
        found = RawSQL(
            "SELECT id FROM documents_searchrow WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s)",
            [query],
        )
        rank = RawSQL("-ts_rank(to_tsvector('simple', documents_searchrow.folded), to_tsquery('simple', %s))", [query])
        return rows.filter(pk__in=found).annotate(rank=rank)
    query = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"{"*" if _beginning(words) else ""}'])
    found = RawSQL("SELECT rowid FROM documents_search WHERE documents_search MATCH %s", [query])
    rank = RawSQL(
        "SELECT bm25(documents_search) FROM documents_search WHERE documents_search MATCH %s"
        " AND documents_search.rowid = documents_searchrow.id",
        [query],
    )
    return rows.filter(pk__in=found).annotate(rank=rank)


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet; ``hit`` where it is a word that was asked for."""

    text: str
    hit: bool = False


def snippet(text: str, asked: str, *, around: int = 90) -> list[Piece]:
    """The words around the first hits, as printed, with the hits marked; hits are found without tones."""
    words = set(words_of(asked))
    beginning = _beginning(words_of(asked))
    if beginning in words_of(text):
        beginning = ""  # it stands there whole
    spans = [
        (match.start(), match.end())
        for match in _WORD.finditer(text)
        if (folded := fold(match.group())) in words or (beginning and folded.startswith(beginning))
    ]
    if not spans:
        return [Piece(text[: 2 * around] + ("…" if len(text) > 2 * around else ""))]
    start = _word_edge(text, max(0, spans[0][0] - around), forward=True) if spans[0][0] > around else 0
    end = min(len(text), spans[0][1] + 2 * around)
    end = len(text) if len(text) - end < 20 else _word_edge(text, end, forward=False)
    pieces = [Piece("…")] if start else []
    at = start
    for first, last in spans:
        if first < at or last > end:
            continue
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], hit=True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    if end < len(text):
        pieces.append(Piece("…"))
    return pieces


def _word_edge(text: str, at: int, *, forward: bool) -> int:
    while 0 < at < len(text) and not text[at - 1].isspace():
        at += 1 if forward else -1
    return at


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts, word by word, with what is only in one of them marked."""
    left, right = re.findall(r"\s*\S+", old), re.findall(r"\s*\S+", new)
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, text in zip(pieces, ("".join(left[a:b]), "".join(right[c:d])), strict=True):
            if text:
                side.append(Piece(text, hit=tag != "equal"))
    return pieces
