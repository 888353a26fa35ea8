"""Sentences that order something: who is to do it, by when, and what is to come of it.

Two ways of saying it: to give ("Giao Vụ Pháp chế chủ trì …", "yêu cầu các đơn vị …") and to name the doer before the
doing ("Văn phòng Bộ theo dõi …", "Các sở, ngành có trách nhiệm …"). A third names nobody ("Rà soát …"): whether it
orders is for the caller to say, who knows the text around it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from ..language.text import nfc
from .bodies import Lead, class_of, split_leads

_UPPER = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EF9, 2))
_LONGEST = 420
"""Characters within which who is ordered must have been named: a long list of offices, no more."""


@dataclass(frozen=True, slots=True)
class Order:
    """A sentence that orders. ``agent``: who, as printed, empty where nobody is named; ``leads`` the same, split.

    ``act``: where the doing begins in the sentence. ``together``: with whom, as printed. ``intro``: it only says who,
    and what follows below it says what ("3. Cục Đèn biển:").
    """

    agent: str
    leads: tuple[Lead, ...]
    act: int
    together: str = ""
    intro: bool = False


@functools.cache
def _list(name: str) -> tuple[str, ...]:
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@functools.cache
def _any_of(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_list(name), key=len, reverse=True))


@functools.cache
def _acts() -> re.Pattern[str]:
    # Lower case: in "Bộ Xây dựng", "Vụ Tổ chức cán bộ" they belong to a name.
    return re.compile(rf"(?<!\w)(?:{_any_of('ordering-words.txt')})(?!\w)")


@functools.cache
def _opening_act() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('ordering-words.txt')})(?!\w)", re.IGNORECASE)


@functools.cache
def _body() -> re.Pattern[str]:
    """What a piece of a list of doers begins with."""
    heads, first = _any_of("heads-of-bodies.txt"), _any_of("first-words.txt")
    posts = rf"(?:(?:{heads}|{heads.lower()})(?!\w)\s*)"
    proper = rf"(?:{first})\s+(?=[{_UPPER}])"
    some = r"(?:[Tt]ất cả |[Tt]oàn bộ |[Tt]ừng |[Mm]ỗi |[Mm]ọi )?(?:[Cc]ác )?"
    plain = rf"(?:{some}(?i:{_any_of('ordered-bodies.txt')})(?!\w|\s+hành(?!\w)))"
    return re.compile(rf"(?:{posts}?(?:{proper}|{plain})|{posts}(?=[{_UPPER}(]|$|[,;:]|các )|[Qq]uý (?=\w))")


_GIVING = re.compile(
    r"(?<!\w)(?P<word>giao(?: nhiệm vụ)?(?: cho)?|yêu cầu|đề nghị|phân công|chỉ đạo|ủy quyền(?: cho)?)\s*:?\s+",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(?:Trách nhiệm của|Nhiệm vụ của|Đối với|Giao|Yêu cầu|Đề nghị)\s+", re.IGNORECASE)
_SAYING = re.compile(r"(?:yêu cầu|kết luận|chỉ đạo|đề nghị|như sau|thông báo|gồm)$", re.IGNORECASE)
_CLAUSE = re.compile(r"(?P<words>[^,;:.]*)$")
_TOPIC = re.compile(
    r"^(?:Về|Đối với|Đồng ý|Trên cơ sở|Để|Trong|Nhằm|Căn cứ|Khi|Trước|Thực hiện|Theo|Chậm nhất|Hằng năm|Hàng năm"
    r"|Định kỳ|Kết thúc|Sau|Trường hợp|Vào|Tại|Ngoài)\b[^.;:]{0,240}?[:,]\s*",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(?<!\w)phối hợp(?: chặt chẽ)? (?:với|cùng)\s+")
_PAST = re.compile(
    r"(?<!\w)(?:(?:đã|vừa|đang|chưa|còn)(?!\w)|(?:không|bị|là|gồm|bao gồm|có thể)(?!\w)|được(?! (?:giao|phân công)))"
)
_NO_TASK = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện|tổ chức thực hiện) (?:quyết định|nghị quyết|nghị định|thông tư) này"
    r"|(?:^|[,;] )(?:biết|để biết)|thông báo (?:để|đến|tới) .{0,60}biết"
    r"|^ban hành kèm theo|có hiệu lực|hết hiệu lực|bãi bỏ|^trân trọng",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"(?:tổ chức|cá nhân|đoàn thể)(?: (?:có )?liên quan| chính trị\b.*| khác)?$")
_PIECES = re.compile(r"\s*[,;:]\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+")
_QUALIFIED = re.compile(
    rf"^(?:(?:trực )?thuộc|ngang [Bb]ộ|có liên quan|liên quan|khác|trong|của|trên|tại|cấp|các cấp|được|nêu|theo|và"
    rf"|quản lý|toàn|mình|chuyên môn|hành chính|cơ sở|sự nghiệp|nhà nước|chính|trung ương|ở"
    rf"|[{_UPPER}(0-9])"
)


_LATE_TONE = re.compile(r"o[àáảãạ](?!\w)|o[èéẻẽẹ](?!\w)|(?<![qQ])u[ỳýỷỹỵ](?!\w)", re.IGNORECASE)
_EARLY = {
    first + late: early + plain
    for first, tones, plain in (("o", "òóỏõọ", "a"), ("o", "òóỏõọ", "e"), ("u", "ùúủũụ", "y"))
    for early, late in zip(tones, {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}[plain], strict=True)
}


def _one_spelling(text: str) -> str:
    """NFC, the tone of oa, oe, uy where the lists have it: "cấp uỷ" as "cấp ủy". Letters keep their places."""

    def early(found: re.Match[str]) -> str:
        moved = _EARLY[found[0].lower()]
        return "".join(new.upper() if old.isupper() else new for old, new in zip(found[0], moved, strict=True))

    return _LATE_TONE.sub(early, nfc(text))


def order_of(sentence: str) -> Order | None:
    """What a sentence orders of whom, or None when it orders nothing that is said with its doer."""
    text = _one_spelling(sentence)
    if _NO_TASK.search(text):
        return None
    for start in _starts(text):
        found = _subject(text, start)
        if found is not None:
            return found
    return None


def opens_with_act(sentence: str) -> bool:
    """Whether it begins with what is to be done ("Rà soát …", "Tổ chức …"), naming nobody."""
    text = _one_spelling(sentence).strip()
    return bool(_opening_act().match(text)) and not _NO_TASK.search(text)


def bodies_in_heading(heading: str) -> tuple[Lead, ...]:
    """The bodies that a heading names and nothing besides ("Sở Tài chính", "Trách nhiệm của các đơn vị"): what stands
    below it is theirs to do."""
    words = _HEADING.sub("", _one_spelling(heading)).strip(" .:;")
    return tuple(_leads(words)) if words and len(words) < _LONGEST and _all_bodies(words) else ()


def _starts(text: str) -> Iterator[int]:
    """Where in a sentence the one who is ordered may stand: after each giving, at its head, after its topic."""
    for match in _GIVING.finditer(text):
        before = _CLAUSE.search(text, 0, match.start())
        giver = before["words"].strip() if before else ""
        if not giver or giver.lower() in ("và", "đồng thời") or _all_bodies(giver) or giver == giver.upper():
            yield match.end()
    yield 0
    topic = _TOPIC.match(text)
    while topic:
        yield topic.end()
        following = re.compile(r"[^.;:]{0,200}?[:,]\s*").match(text, topic.end())
        topic = (
            following if following and following.end() < len(text) and following.end() - topic.start() < 420 else None
        )
    for part in re.finditer(r"[;:]\s+", text):
        yield part.end()


def _subject(text: str, start: int) -> Order | None:
    """The order whose doer's name begins at ``start``."""
    if not _body().match(text, start):
        return None
    for act in _acts().finditer(text, start + 1):
        if act.start() - start > _LONGEST:
            break
        if act[0] == "tổ chức" and re.search(r"(?:,|(?<!\w)(?:và|các|từng|mỗi))\s*$", text[start : act.start()]):
            continue  # "cơ quan, tổ chức"
        if re.search(r"(?<!\w)(?:công|độc|đối|được giao|theo|liên quan|nhiệm vụ được)\s$", text[start : act.start()]):
            continue
        named = text[start : act.start()]
        if not named.strip() or (":" in named.rstrip()[:-1] and not _listing(named)):
            break
        adverb = re.search(r"[\s,](?:trong|trước|đến|khi|sẽ|hằng|hàng|nếu|thì|đều|cùng)(?:\s[^,]*)?,?\s*$", named)
        agent = (named[: adverb.start()] if adverb else named).strip(" ,;:")
        if _PAST.search(named) or not agent:
            break
        if agent.split()[-1] in ("để", "và", "về", "với", "cho", "của", "theo", "nhằm"):
            break
        if _all_bodies(agent):
            return _made(text, agent, act.start())
    whole = text[start:].strip()
    agent = whole.rstrip(": ")
    if whole.endswith(":") and len(whole) < _LONGEST and not _SAYING.search(agent) and _all_bodies(agent):
        return Order(agent, tuple(_leads(agent)), len(text), intro=True)
    return None


def _listing(named: str) -> bool:
    """ "Giám đốc các Sở: Tài chính, Nội vụ; …": a colon within a list of bodies."""
    return bool(
        re.search(
            rf"(?:[Cc]ác )?(?:[Ss]ở|[Bb]ộ|[Bb]an|[Nn]gành|[Cc]ục|[Vv]ụ|[Đđ]ơn vị|[Cc]ơ quan|[Pp]hòng): [{_UPPER}]",
            named,
        )
    )


def _made(text: str, agent: str, act: int) -> Order:
    together = ""
    joined = _TOGETHER.search(text, act)
    if joined:
        together = _with_whom(text, joined.end())
    # "Cục A làm việc này; Vụ B theo dõi": the first answers, the second takes part.
    for part in re.finditer(r";\s+", text[act:]):
        second = _subject(text, act + part.end())
        if second is not None and second.agent not in together:
            together = "; ".join(filter(None, (together, second.agent)))
    return Order(agent, tuple(_leads(agent)), act, together)


def _with_whom(text: str, start: int) -> str:
    """Those who cooperate: up to what is to be done together with them."""
    end = min(len(text), start + _LONGEST)
    for act in _acts().finditer(text, start, end):
        words = text[start : act.start()].strip(" ,;")
        if words and _all_bodies(words):
            return words
    stop = re.compile(r"[;.:]|$").search(text, start, end)
    words = text[start : stop.start() if stop else end].strip(" ,")
    return words if len(words) < 160 and _all_bodies(words) else ""


def _all_bodies(words: str) -> bool:
    """Whether the words name bodies and nothing else, as far as their first words tell."""
    words = " ".join(words.split())
    if not words or not _body().match(words):
        return False
    for at, piece in enumerate(_PIECES.split(words)):
        if not piece or (at and piece == "tổ chức") or (at and _ORGANISATION.match(piece)):
            continue
        if len(piece.split()) > 9 and not re.search(
            r"(?<!\w)(?:thuộc|về|liên quan|trung ương|được)(?!\w)", piece.lower()
        ):
            return False
        match = _body().match(piece)
        if match:
            rest = piece[match.end() :].strip()
            plain = piece[: match.end()].strip()
            if not rest or plain[-1:].isspace() or rest[:1].isupper() or _QUALIFIED.match(rest) or _body().match(rest):
                continue
            if plain.split(" ")[0][:1].isupper() and piece[match.end() : match.end() + 1].isupper():
                continue
            return False
        # "Sở Văn hóa, Thể thao và Du lịch": what goes on with a capital belongs to the name before.
        if not (piece[:1].isupper() or _QUALIFIED.match(piece) or class_of(piece.casefold())):
            return False
    return True


def _leads(agent: str) -> list[Lead]:
    """Those named, split; a post at the head of a body stands for the body."""
    heads = _any_of("heads-of-bodies.txt")
    office = re.sub(r"(?<!\w)(?:chánh\s+)(?=(?:văn phòng|thanh tra)(?!\w))", "", agent, flags=re.IGNORECASE)
    plain = re.sub(rf"(?<!\w)(?:{heads})(?!\w)\s*(?=\w)", "", office, flags=re.IGNORECASE).strip() or agent
    return split_leads(plain)
