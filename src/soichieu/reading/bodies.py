"""Who leads: a cell such as "Bộ Văn hóa, Thể thao và Du lịch; các bộ, ngành, địa phương" split into bodies and classes.

Names are known from ``data/bodies.tsv``; classes of bodies from the patterns below. The classes:

- ``ministries``: các bộ, ngành; bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ
- ``localities``: các địa phương
- ``ministries_and_localities``: các bộ, ngành, địa phương
- ``provinces``: Ủy ban nhân dân các tỉnh, thành phố; các tỉnh, thành phố trực thuộc Trung ương
- ``districts``, ``communes``: Ủy ban nhân dân các huyện …; các xã, phường …
- ``departments``: các sở, ban, ngành (of a province)
- ``police_units_and_local_police``, ``local_police``, ``police_units``: Công an các đơn vị, địa phương …
- ``party_committees``: các tỉnh ủy, thành ủy; các cấp ủy
- ``enterprises``: các tập đoàn, doanh nghiệp
- ``units``: các cơ quan, đơn vị; các đơn vị
- ``agencies``: các cơ quan liên quan, without saying which
- ``some_ministries``, ``some_localities``: a part that the text leaves open ("một số địa phương")
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources

from ..language.text import comparison_key

_ALL = r"(?:(?:tất cả|toàn bộ) )?(?:các )?"
_MINISTRY = (
    r"(?:bộ|cơ quan trung ương)(?:(?:, (?:và )?|/| và )(?:cơ quan ngang bộ|cơ quan thuộc chính phủ|ban|ngành|đoàn thể"
    r"(?: trung ương)?|cơ quan trung ương|tổ chức chính trị - xã hội|ban, ngành))*"
)
_AND = r"(?:, (?:và )?| và (?:các )?|/| & |; (?:các )?)"
_LOCAL = (
    r"(?:các )?(?:địa phương|tỉnh, thành phố|(?:ubnd|ủy ban nhân dân) (?:các )?(?:tỉnh, thành phố|cấp tỉnh|địa phương))"
    r"(?: trực thuộc (?:trung ương|tw))?"
)
_TAIL = (
    r"(?P<tail>(?: (?:có )?liên quan| khác| được (?:giao|chọn|lựa chọn|phân công)[^,;]*"
    r"| (?:là|thuộc|trong|trên|chịu|đang|chưa|quản lý|trực thuộc)\b[^;]*)?)"
)
_PEOPLE = r"(?:(?:ubnd|ủy ban nhân dân|hđnd, ubnd|hội đồng nhân dân, ủy ban nhân dân) )"
_SOME = r"(?:một số|những|số ít)"
_PATTERNS = [
    (
        "ministries_and_localities",
        rf"{_ALL}{_MINISTRY}{_AND}{_LOCAL}|{_ALL}ngành{_AND}(?:các )?(?:cấp|địa phương)"
        rf"|{_ALL}cơ quan, đơn vị, địa phương",
    ),
    ("ministries_and_localities", r"(?:all )?ministries(?:,| and| &)(?: agencies(?:,| and))? (?:localities|provinces)"),
    ("some_ministries", rf"{_SOME} {_MINISTRY}|{_SOME} bộ"),
    (
        "some_localities",
        rf"{_SOME} (?:địa phương|tỉnh(?:, thành phố)?|thành phố|huyện|xã)|{_ALL}địa phương được (?:lựa )?chọn"
        r"|(?:các )?thành phố trực thuộc trung ương(?: và (?:một số )?tỉnh(?: có)? đủ điều kiện)?",
    ),
    ("police_units_and_local_police", r"công an (?:các )?(?:đơn vị, địa phương|đơn vị và địa phương)"),
    (
        "local_police",
        r"công an (?:các )?(?:tỉnh, thành phố(?: trực thuộc (?:trung ương|tw))?|địa phương|cấp tỉnh"
        r"|\d+ tỉnh, thành phố)",
    ),
    ("police_units", r"công an (?:các )?đơn vị(?: trực thuộc bộ)?|các đơn vị (?:trực )?thuộc bộ công an"),
    (
        "party_committees",
        rf"{_ALL}(?:tỉnh ủy, thành ủy|cấp ủy(?:, tổ chức đảng)?|tổ chức đảng|đảng ủy)(?: trực thuộc trung ương)?",
    ),
    ("ministries", rf"{_ALL}{_MINISTRY}(?: ở trung ương| trung ương)?|các ngành"),
    ("ministries", r"(?:all )?(?:federal |central )?(?:ministries|agencies)(?: and agencies)?"),
    (
        "provinces",
        rf"{_PEOPLE}?{_ALL}(?:\d+ )?(?:tỉnh(?:, thành phố|/thành phố| và thành phố)|cấp tỉnh)"
        rf"(?: trực thuộc (?:trung ương|tw))?|{_PEOPLE}(?:các )?tỉnh",
    ),
    ("departments", rf"{_ALL}sở(?:(?:, | và )(?:ban|ngành|đoàn thể))*(?: (?:của )?(?:tỉnh|thành phố|cấp tỉnh))?"),
    (
        "districts",
        rf"{_PEOPLE}?{_ALL}(?:quận|huyện|cấp huyện|thị xã)"
        r"(?:(?:, | và )(?:quận|huyện|thị xã|thành phố(?: thuộc tỉnh)?))*",
    ),
    ("communes", rf"{_PEOPLE}?{_ALL}(?:cấp xã|xã|phường)(?:(?:, | và )(?:xã|phường|thị trấn|đặc khu))*"),
    ("localities", rf"{_ALL}(?:chính quyền )?địa phương(?: các cấp)?|(?:all )?localities"),
    ("provinces", rf"{_PEOPLE}(?:các )?(?:cấp|địa phương)"),
    (
        "enterprises",
        rf"{_ALL}(?:tập đoàn|tổng công ty|doanh nghiệp)(?:(?:, | và )(?:tập đoàn|tổng công ty|doanh nghiệp))*"
        r"(?: (?:nhà nước|công nghệ(?: số)?|viễn thông))?",
    ),
    ("units", rf"{_ALL}(?:cơ quan, )?đơn vị(?:, tổ chức)?(?: (?:trực thuộc|thuộc bộ))?|các phòng(?:, ban)?"),
    ("agencies", rf"{_ALL}cơ quan(?:, tổ chức)?"),
]  # fmt: skip
_CLASSES = [(name, re.compile(rf"(?:{pattern}){_TAIL}(?=$|\s*[,;.\n]|\s+và\b)")) for name, pattern in _PATTERNS]
_SINGULAR = {"bộ", "ban", "sở", "huyện", "xã", "tỉnh", "phường", "quận", "thị xã"}
_SPLIT = re.compile(r"\s*[;\n]+\s*|\s*,\s*|\s+(?:và|and|&)\s+|\s*\+\s*")


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead: its words, and the unit's canonical name or the class it names; neither when it is not known."""

    text: str
    unit: str | None = None
    of_class: str | None = None

    def to_json(self) -> dict[str, str | None]:
        return {"text": self.text, "unit": self.unit, "class": self.of_class}


def _lines(name: str) -> list[str]:
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@functools.cache
def known() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds any known body (longest first) in a folded cell, and the canonical name of each key."""
    names: dict[str, str] = {}
    for line in _lines("bodies.tsv"):
        canonical, _, others = line.partition("\t")
        for name in [canonical, *others.split(";")]:
            if name.strip():
                names[comparison_key(name)] = canonical.strip()
    keys = sorted(names, key=len, reverse=True)
    joined = "|".join(re.escape(key).replace(r"\ ", r"\s+") for key in keys)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)"), names


@functools.cache
def _first_words() -> re.Pattern[str]:
    words = sorted((comparison_key(line) for line in _lines("first-words.txt")), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)")


def class_of(text: str) -> tuple[str, int] | None:
    """The class that a folded text begins with, and where its words end."""
    for name, pattern in _CLASSES:
        match = pattern.match(text)
        if match and match[0].strip() and match[0].strip() not in _SINGULAR:
            return name, match.end()
    return None


def _folded(text: str) -> str:
    """A comparison key of the same length, letter by letter, so that places in it are places in ``text``."""
    folded = comparison_key(text)
    if len(folded) == len(text):
        return folded
    return "".join(letter.casefold() if len(letter.casefold()) == 1 else letter for letter in text)


def split_leads(cell: str) -> list[Lead]:
    """The leads of a cell, in their order. Commas inside known names and classes split nothing."""
    lines = [" ".join(line.split()) for line in cell.split("\n")]
    text = _rejoin([re.sub(r"\s*,\s*", ", ", line.lstrip("-–+•* ").strip()) for line in lines])
    return _walk(text)


def _rejoin(lines: list[str]) -> str:
    """Lines of a cell as one text: a line that goes on with a name is joined by a blank, another lead by ";"."""
    found = ""
    for line in filter(None, lines):
        if not found:
            found = line
        elif line[:1].islower() or found.endswith((",", ";", " và", "-")) or not _first_words().match(_folded(line)):
            found = f"{found} {line}"
        else:
            found = f"{found}; {line}"
    return found


def _walk(text: str) -> list[Lead]:
    folded = _folded(text)
    pattern, names = known()
    leads: list[Lead] = []
    place = 0
    loose = 0
    while place < len(text):
        if text[place] in " ,;.\n":
            place += 1
            continue
        before = text[place - 1] if place else ";"
        starts = not before.isalnum()
        match = pattern.match(folded, place) if starts else None
        if match:
            end = _qualified(folded, match.end())
            leads.extend(_loose(text[loose:place]))
            leads.append(Lead(text[place:end].strip(), unit=names[" ".join(match[0].split())]))
            place = loose = end
            continue
        free = not text[loose:place].strip(" ,;.") or text[loose:place].rstrip().endswith((",", ";", " và"))
        found = class_of(folded[place:]) if starts and free else None
        if found:
            leads.extend(_loose(text[loose:place]))
            leads.append(Lead(text[place : place + found[1]].strip(" ,;."), of_class=found[0]))
            place = loose = place + found[1]
            continue
        following = re.compile(r"[\s,;.]").search(text, place)
        place = following.start() if following else len(text)
    leads.extend(_loose(text[loose:]))
    return leads


def _qualified(folded: str, end: int) -> int:
    """A known name takes what stands in brackets after it."""
    match = re.compile(r"\s*\([^()]{1,80}\)").match(folded, end)
    return match.end() if match else end


def _loose(text: str) -> list[Lead]:
    """Bodies that are not listed: split where the next words begin a name."""
    text = re.sub(r"^(?:\s*(?:[,;.]|và\b|and\b|&))+|(?:(?:[,;.]|\bvà|\band|&)\s*)+$", "", text).strip()
    if not text:
        return []
    pieces: list[str] = []
    start = 0
    for match in _SPLIT.finditer(text):
        rest = _folded(text[match.end() :])
        if (
            ";" in match[0]
            or "\n" in match[0]
            or _first_words().match(rest)
            and text[match.end()].isupper()
            or rest.startswith("các ")
        ):
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    leads = []
    for piece in filter(None, (piece.strip(" ,;.") for piece in pieces)):
        found = class_of(_folded(piece))
        if found and found[1] >= len(piece):
            leads.append(Lead(piece, of_class=found[0]))
        else:
            leads.append(Lead(piece))
    return leads
