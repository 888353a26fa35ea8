"""The first lines of a document: letterhead, number, place and date, kind, title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from .blocks import Block, Line
from .labels import find_mark
from .mending import is_upper
from .phrases import (
    ADDRESSEE,
    ANNEX,
    ATTACHED,
    BASIS,
    ENACTING,
    KIND_LINE,
    KINDS,
    MOTTO,
    NUMBER_LINE,
    OWNER,
    PLACE_DATE,
    SEPARATOR,
)

_REACH = 40
_TITLE_REACH = 12
_SUBJECT = re.compile(r"(?:V/v|Về việc|về việc|Về|về|Ban hành|Quy định|Sửa đổi)\b")
_ORDER_WORD = re.compile(
    r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|KHU|VIỆT NAM|TRUNG ƯƠNG|CẤP CAO)\b(?! [ỦU][YỶ]\b)"
)


@dataclass(slots=True)
class Front:
    """What the first lines say. ``parts`` pairs each line used with letterhead, title or addressee."""

    parts: list[tuple[str, Line]] = field(default_factory=list)
    used: int = 0
    number: str = ""
    number_blank: str = ""
    kind: str = ""
    issuers: list[str] = field(default_factory=list)
    owner: str = ""
    place: str = ""
    day: date | None = None
    day_text: str = ""
    title: list[str] = field(default_factory=list)
    addressee: list[str] = field(default_factory=list)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _take_place_date(front: Front, text: str) -> bool:
    match = PLACE_DATE.search(text)
    if match is None:
        return False
    front.place = match["place"].strip(" :")
    front.day_text = match[0]
    front.day = _day(match)
    return True


def _take_number(front: Front, text: str) -> bool:
    match = NUMBER_LINE.match(text)
    if match is None or front.number or front.number_blank:
        return False
    printed = re.sub(r"\s+", "", match["number"])
    if re.match(r"\d", printed):
        front.number = printed
    else:
        front.number_blank = printed
    _take_place_date(front, match["rest"].strip())
    return True


def _opens_body(line: Line) -> bool:
    mark = find_mark(line.text)
    if mark is None:
        return False
    if mark.style in ("bullet", "plus", "letter", "lroman", "paren"):
        return True
    return mark.first or mark.style in ("part", "chapter", "article")


def read_front(blocks: list[Block]) -> Front:
    """Read the lines at the head of ``blocks``. An excerpt without any of it gives an empty ``Front``."""
    front = Front()
    known = False  # a motto, number, date or kind was seen: these are first lines indeed
    in_title = False
    pending: list[tuple[str, Line]] = []
    for index, block in enumerate(blocks[:_REACH]):
        if not isinstance(block, Line):
            break
        text = block.text
        if ANNEX.match(text) and not front.kind and not known:
            break
        motto = MOTTO.match(text)
        if SEPARATOR.fullmatch(text):
            role = "title" if in_title and front.title else "letterhead"
        elif motto:
            known = True
            role = "letterhead"
            if motto["before"]:
                front.issuers.append(motto["before"].strip(" -–_"))
        elif not in_title and _take_number(front, text) or not in_title and _take_place_date(front, text):
            known = True
            role = "letterhead"
        elif ADDRESSEE.match(text):
            known, in_title = True, False
            role = "addressee"
            front.addressee.append(text)
        elif in_title and not front.title and _names_what_it_answers(text):
            role = "title"
            front.title.append(text)
        elif ENACTING.match(text) or BASIS.match(text) or (_opens_body(block) and (known or not is_upper(text))):
            # A list of addressees; a letter's subject ("V/v …") stands above it.
            if front.addressee and text.startswith("-") and _last_part(front, pending) == "addressee":
                role = "addressee"
                front.addressee.append(text)
            else:
                break
        elif front.kind:
            role = _after_kind(front, block, in_title)
            if not role:
                break
            in_title = in_title and role == "title"
        elif _is_kind(text):
            known = in_title = True
            role = "title"
            _take_kind(front, text)
        elif known and _SUBJECT.match(text) and len(text) < 400:
            role = "title"
            front.title.append(text)
        elif (is_upper(text) and len(text) < 120 and not text.endswith(".")) or (
            not known and index < 3 and _small_letterhead(blocks, index, text)
        ):
            role = "letterhead"
            front.issuers.append(text)
        else:
            break
        pending.append((role, block))
        if known:
            front.parts.extend(pending)
            pending.clear()
            front.used = index + 1
    if not known:
        return Front()
    return front


def _last_part(front: Front, pending: list[tuple[str, Line]]) -> str:
    """The part of the line just before."""
    parts = pending or front.parts
    return parts[-1][0] if parts else ""


def _small_letterhead(blocks: list[Block], index: int, text: str) -> bool:
    """The issuer in small letters: a short first line with number, date or motto right below."""
    if not text[:1].isupper() or len(text) > 80 or text.endswith((".", ",", ";", ":")):
        return False
    below = (block.text for block in blocks[index + 1 : index + 4] if isinstance(block, Line))
    return any(NUMBER_LINE.match(line) or MOTTO.match(line) or PLACE_DATE.fullmatch(line) for line in below)


def _names_what_it_answers(text: str) -> bool:
    """A title such as "Thực hiện Nghị quyết số 12-NQ/TW …": not yet the sentence that says why the document is issued,
    which ends with a stop, a comma or a colon."""
    return len(text) < 400 and text.startswith(("Thực hiện ", "Thi hành ")) and not text.endswith((".", ",", ";", ":"))


def _is_kind(text: str) -> bool:
    match = KIND_LINE.match(text)
    if match is None:
        return False
    rest = text[match.end() :].strip()
    return not rest or rest.isupper() or bool(OWNER.match(rest)) and len(rest) < 100


def _take_kind(front: Front, text: str) -> None:
    match = KIND_LINE.match(text)
    if match is None:
        return
    front.kind = KINDS[match[0]]
    rest = text[match.end() :].strip(" :-–")
    owner = OWNER.match(rest)
    if owner:
        front.owner = owner["issuer"]
    elif rest:
        front.title.append(text)


def _after_kind(front: Front, line: Line, in_title: bool) -> str:
    """The part that a line after the kind belongs to; empty when the head is over."""
    text = line.text
    if not in_title:
        return ""
    owner = OWNER.match(text)
    if owner and not front.title and is_upper(text):
        front.owner = owner["issuer"]
        return "title"
    if ATTACHED.match(text):
        return "title"
    if len(front.title) >= _TITLE_REACH:
        return ""
    bare = text.strip("-–_* ")
    if is_upper(text) and front.title and (not is_upper(front.title[-1]) or bare in front.issuers):
        # The body that decides is named once more above its bases.
        return "title" if len(front.parts) and front.parts[-1][0] == "title" and len(text) < 100 else ""
    if front.title and not is_upper(text) and (is_upper(front.title[-1]) or line.bold != _bold_title(front)):
        return ""
    if front.title and text[:1].isupper() and not is_upper(text) and len(text) > 160:
        return ""
    if front.title and text[:1].isupper() and text.endswith((".", ":", ";")) and not is_upper(text):
        return ""
    if not front.title and len(text) > 600:
        return ""
    front.title.append(text)
    return "title"


def _bold_title(front: Front) -> bool:
    for role, line in reversed(front.parts):
        if role == "title" and line.text in front.title:
            return line.bold
    return False


def issuers_of(front: Front) -> tuple[str, str]:
    """The issuer as printed, lines of one name joined, and the body above it; either may be empty."""
    names = [name.strip(" -–_*") for name in front.issuers if not SEPARATOR.fullmatch(name)]
    joined: list[str] = []
    for name in filter(None, names[:4]):
        if joined and (_ORDER_WORD.match(name) or joined[-1].endswith((",", " VÀ", " -"))):
            joined[-1] = f"{joined[-1]} {name}"
        elif name not in joined:
            joined.append(name)
    if front.owner:
        return front.owner, next((name for name in joined if name != front.owner), "")
    if not joined:
        return "", ""
    if len(joined) == 1:
        return joined[0], ""
    # The one that decides is named again above its bases.
    repeated = next((name for name in joined if names.count(name) > 1), joined[1])
    return repeated, joined[0] if repeated != joined[0] else ""
