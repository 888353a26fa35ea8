"""Sentence boundaries in Vietnamese and English administrative text.

A sentence ends at ". ! ?" or an ellipsis before something that begins one, at a blank line, and at a line end
where the line is plainly over. A semicolon or a colon ends nothing. Abbreviations ("TP.", "PGS.TS.", "No."),
initials, decimals, dates and the number that labels a paragraph ("1. ", "Điều 3. ") do not end a sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .text import nfc


class Span(NamedTuple):
    """Offsets into the text: `text[start:end]` begins and ends with a non-blank character."""

    start: int
    end: int


ABBREVIATIONS = frozenset(
    nfc(word).casefold()
    for word in [
        "tp",
        "tx",
        "tt",
        "q",
        "p",
        "h",
        "x",
        "kp",
        "tdp",
        "kcn",
        "kkt",
        "cn",
        "ts",
        "ths",
        "gs",
        "pgs",
        "bs",
        "bscki",
        "bsckii",
        "ks",
        "ktv",
        "cv",
        "ncs",
        "ls",
        "ths.bs",
        "gs.ts",
        "pgs.ts",
        "ts.bs",
        "nxb",
        "đt",
        "đ/c",
        "đc",
        "tr",
        "st",
        "stt",
        "sđt",
        "kg",
        "tg",
        "nd",
        "tm",
        "t/m",
        "kt",
        "tl",
        "tuq",
        "tt.đt",
        "mst",
        "cmnd",
        "cccd",
        "t.ư",
        "tw",
        "ubnd",
        "no",
        "nos",
        "art",
        "arts",
        "sec",
        "secs",
        "para",
        "paras",
        "ch",
        "fig",
        "figs",
        "tab",
        "vol",
        "pp",
        "pg",
        "p",
        "ed",
        "eds",
        "rev",
        "ref",
        "approx",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "sen",
        "rep",
        "gov",
        "hon",
        "jr",
        "sr",
        "st",
        "mt",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "cf",
        "vs",
        "viz",
        "al",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
"""Words that take a full stop of their own and never end a sentence before what follows them."""

# These may end a sentence, and do when a new one plainly begins.
_OPEN_ABBREVIATIONS = frozenset(
    {"v.v", "vv", "etc", "u.s", "u.k", "tw", "ubnd", "inc", "ltd", "co", "corp", "dept", "st", "al", "nd"}
)

_STOP = re.compile(r"[.!?…]{1,40}[\"”’'»)\]]{0,5}")
_LABEL = re.compile(
    r"(?:(?:Điều|Khoản|Điểm|Mục|Tiểu mục|Chương|Phần|Phụ lục|Article|Section|Chapter|Part|Annex|Clause)\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-zđ]?|[IVXLC]{1,7}|[A-ZĐ]|[a-zđ])\.",
    re.IGNORECASE,
)
_LIST_START = re.compile(
    r"\s*(?:[-–—+*•●○▪◦]\s|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ]{1,2}|[IVXLC]{1,7}|[A-ZĐ])[.)\-–]\s?"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục|Article|Chapter|Section)\s+[\dIVXLC])"
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘«,;:]{1,40}$")
_NAMED_LETTER = re.compile(
    r"(?:nhóm|loại|hạng|lớp|phương án|phụ lục|vitamin|mục|phần|điểm|bảng|khối|khu|lô|group|class|annex|type)\s+$",
    re.IGNORECASE,
)
_NUMBER_WORDS = frozenset(
    {"số", "no", "nos", "art", "arts", "tr", "sec", "fig", "vol", "điều", "p", "q", "pp", "para", "ch"}
)
_PAREN_REACH = 400


_BLANK = re.compile(r"\s*")


def _skip_blank(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    return match.end() if match else place


def _bracketed(text: str) -> bytearray | None:
    """For each position, whether it lies inside a short pair of round brackets; None when there is none."""
    if "(" not in text:
        return None
    inside = bytearray(len(text))
    opened = -1
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            opened = match.start()
        elif opened >= 0:
            if match.start() - opened <= _PAREN_REACH:
                inside[opened : match.start()] = b"\x01" * (match.start() - opened)
            opened = -1
    return inside


def _ends(text: str, start: int, stop: re.Match[str], inside: bytearray | None) -> bool:
    """Whether the full stop at `stop` ends the sentence that began at `start`."""
    end = stop.end()
    if end < len(text) and not text[end].isspace():
        return False
    after = _skip_blank(text, end)
    if after >= len(text):
        return True
    head = text[after]
    opening = head in '"“‘«([-–—•+*'
    if inside is not None and stop.start() < len(inside) and inside[stop.start()]:
        return False
    if not (head.isupper() or head.isdigit() or opening):
        return False
    mark = stop[0]
    if mark[0] in "!?":
        return True
    before = text[max(start, stop.start() - 45) : stop.start()]
    if mark.startswith((".", "…")) and len(mark.rstrip("\"”’'»)]")) > 1:
        return not head.isdigit()
    if mark[0] == "…":
        return True
    if _LABEL.fullmatch(text, start, stop.start() + 1):
        return False
    word_match = _WORD_BEFORE.search(before)
    word = word_match[0] if word_match else ""
    key = nfc(word).casefold()
    if head.isdigit() and key in _NUMBER_WORDS:
        return False
    if key in _OPEN_ABBREVIATIONS:
        return True
    if key in ABBREVIATIONS and mark == ".":
        # "km. P" style endings are not abbreviations: short ones count only when written with a capital or known.
        return not (word[0].isupper() or len(key) > 1)
    if len(word) == 1 and word.isupper() and head.isupper():
        return bool(_NAMED_LETTER.search(before[: -len(word)]))
    if re.fullmatch(r"(?:[^\W\d_]\.){1,4}[^\W\d_]", word) and word[0].isupper() and head.isupper():
        return False
    pieces = key.split(".")
    return not (len(pieces) > 1 and all(piece in ABBREVIATIONS for piece in pieces))


def _line_ends(text: str, start: int, newline: re.Match[str]) -> bool:
    """Whether a line end closes the sentence: blank line, a line that is over, or a list item following."""
    if newline[0].count("\n") > 1:
        return True
    before = text[max(start, newline.start() - 200) : newline.start()].rstrip()
    if before.endswith((":", ";", "!", "?", "…", ".")):
        return True
    return _LIST_START.match(text, newline.end()) is not None


_BREAK = re.compile(r"(?P<stop>[.!?…]{1,40}[\"”’'»)\]]{0,5})|(?P<line>\n\s*)")


def split_sentences(text: str) -> list[Span]:
    """The sentences of `text` as spans: disjoint, in order, together covering every non-blank character.

    One line end inside a sentence is taken for a broken line; a line that follows a full stop, colon or
    semicolon, or begins a list item, starts a new span.
    """
    spans: list[Span] = []
    inside = _bracketed(text)
    start = _skip_blank(text, 0)
    for match in _BREAK.finditer(text):
        if match.end() <= start:
            continue
        ends = _ends(text, start, match, inside) if match["line"] is None else _line_ends(text, start, match)
        if ends:
            end = match.end() if match["line"] is None else match.start()
            spans.append(Span(start, start + len(text[start:end].rstrip())))
            start = _skip_blank(text, match.end())
    if start < len(text):
        spans.append(Span(start, start + len(text[start:].rstrip())))
    return spans
