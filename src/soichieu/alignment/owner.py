"""What an item says of its own unit: who acts, for whom, and in whose territory.

A superior speaks of all; a unit that hands in its plan says that it does the work itself, in its own place ("Phòng
Kinh tế giúp UBND phường …", "trên địa bàn huyện", "the hospital's"). That cuts nothing down, and is left out before
scopes are compared. Not so where one's own unit stands in the place of the bodies that the superior names ("in every
agency": "in the office").
"""

from __future__ import annotations

import re

from soichieu.alignment.grammar import BOUNDS, EMPTY, FUNCTION, OPENS, WIDE, Token, is_verb, tokens
from soichieu.alignment.spelling import without_times
from soichieu.alignment.tokens import Language
from soichieu.language.text import comparison_key, nfc

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_AREA_VI = r"tỉnh|thành\s+phố|huyện|quận|thị\s+xã|thị\s+trấn|xã(?!\s+hội)|phường|đặc\s+khu"
_HOUSE_VI = (
    r"trường(?!\s+(?:hợp|học))|nhà\s+trường|công\s+ty|tổng\s+công\s+ty|tập\s+đoàn|sở(?!\s+hữu)"
    r"|cục|ty|viện(?!\s+trợ)|học\s+viện|bệnh\s+viện"
    r"|trung\s+tâm|hợp\s+tác\s+xã|htx|nhà\s+máy|xí\s+nghiệp|cảng\s+vụ|cảng|đài|thư\s+viện|bảo\s+tàng"
)
_OWN_VI = rf"{_AREA_VI}|{_HOUSE_VI}"
_BODY_VI = (
    rf"ủy\s+ban\s+nhân\s+dân|uỷ\s+ban\s+nhân\s+dân|ủy\s+ban|ubnd|hội\s+đồng\s+nhân\s+dân"
    rf"|hđnd|hội\s+đồng|đảng\s+ủy|tỉnh\s+ủy|thành\s+ủy"
    r"|huyện\s+ủy|tỉnh\s+đoàn|thành\s+đoàn|huyện\s+đoàn|đoàn\s+thanh\s+niên|đoàn\s+trường"
    r"|liên\s+đoàn|công\s+đoàn|hội|mặt\s+trận|công\s+an"
    r"|phòng(?!,?\s+chống|\s+ngừa|\s+tránh|\s+bệnh)|ban(?!\s+hành)|chi\s+cục|vụ|tổng\s+cục"
    r"|văn\s+phòng|chi\s+nhánh|khoa(?!\s+học)|bộ\s+phận|trạm|kho\s+bạc"
    r"|tổ(?!\s+chức|\s+hợp)|đội(?!\s+ngũ)|nhóm|ngân\s+hàng|thanh\s+tra|hạt\s+kiểm\s+lâm"
    r"|đồn|ban\s+giám\s+hiệu|ban\s+giám\s+đốc|ban\s+quản\s+lý"
    rf"|đại\s+học|ta|chúng\s+tôi|ngành|đơn\s+vị|cơ\s+quan|bộ(?!\s+(?:tiêu|chỉ|dữ|quy|công|tài|máy))|đảng\s+bộ|{_OWN_VI}"
)
_LEADS_VI = r"(?:(?:lãnh\s+đạo|tập\s+thể|đồng\s+chí|giám\s+đốc|chủ\s+tịch|hiệu\s+trưởng|chánh|trưởng)\s+)?"
_STARTS_VI = re.compile(rf"(?<!\w){_LEADS_VI}(?:{_BODY_VI})(?!\w)", re.IGNORECASE)
_BARE_VI = re.compile(rf"(?:{_OWN_VI}|ubnd|ta|chúng\s+tôi)$", re.IGNORECASE)
_MUST_VI = re.compile(rf"(?<![\w])(?i:{_OWN_VI})(?:\s+[{_UPPER}]\w*)*\s+(?=(?:có\s+trách\s+nhiệm|sẽ|phải)(?!\w))")
_FOR_VI = re.compile(
    rf"(?<!\w)(?:tham\s+mưu(?:,\s*giúp)?(?:\s+cho)?|giúp(?:\s+cho)?|phối\s+hợp(?:\s+chặt\s+chẽ)?\s+(?:với"
    rf"|cùng)|cùng(?:\s+với)?|đề\s+nghị|được|do|bởi)"
    rf"\s+(?={_LEADS_VI}(?:{_BODY_VI})(?!\w))",
    re.IGNORECASE,
)
_IN_VI = re.compile(
    rf"(?<!\w)(?:(?:trong|ở|tại|trên|khắp)\s+)?(?:(?:địa\s+bàn|phạm\s+vi|toàn)\s+)*(?:của\s+"
    rf"|thuộc\s+|cho\s+)?(?:{_OWN_VI})(?!\w)"
    rf"(?P<name>(?:\s+(?-i:[{_UPPER}])[\w-]*)+)?(?:\s+(?:mình|ta|nhà|quản\s+lý|phụ\s+trách))?",
    re.IGNORECASE,
)
_PART_VI = re.compile(
    r"(?<!\w)của\s+(?:phòng|khoa|chi\s+cục|ban|tổ|đội|văn\s+phòng|vụ|bộ|ngành)(?=\s*(?:[,.;:)]"
    r"|$)|\s+(?:đi|có|được|đều|là|phải)(?!\w))",
    re.IGNORECASE,
)
_AREAS = re.compile(
    r"(?<!\w)(?:địa bàn|địa phương|thành phố|tỉnh|huyện|quận|xã(?! hội)|phường|thị trấn"
    r"|toàn quốc|cả nước|vùng|khu vực|trung ương|các cấp|thôn)(?!\w)"
)
_HOUSES = re.compile(
    r"(?:thanh\s+tra|công\s+an|hđnd|hội\s+đồng\s+nhân\s+dân|ubnd|ủy\s+ban\s+nhân\s+dân|tòa\s+án"
    r"|viện\s+kiểm\s+sát|cổng\s+\S+(?:\s+\S+){0,3}|trung\s+tâm|mặt\s+trận"
    r"|đoàn\s+thanh\s+niên|hội\s+\S+|kho\s+bạc|trạm\s+\S+|đài\s+\S+)\s+$",
    re.IGNORECASE,
)
_OPENED_VI = re.compile(r"(?:trong|ở|tại|trên|khắp|địa\s+bàn|phạm\s+vi|của|thuộc|toàn|cho)(?!\w)", re.IGNORECASE)

_OWN_EN = (
    r"department|hospital|school|college|council|utility|county|library|city|company|agency"
    r"|office|ministry|bureau|institute|university|clinic"
    r"|port|authority|board|borough|district|town|trust|centre|center|firm|plant|museum"
    r"|court|administration|registry|commission|organi[sz]ation"
    r"|service|academy|faculty|foundation|cooperative|parish|municipality|village"
)
_BODY_EN = (
    rf"{_OWN_EN}|division|branch|team|desk|committee|section|unit|station|group|directorate|panel|working\s+group"
    r"|secretariat"
)
_STARTS_EN = re.compile(
    rf"(?:[Tt]he\s+|[Oo]ur\s+|[Tt]his\s+)?(?:[A-Z][\w&-]*\s+(?:and\s+|of\s+)?){{0,5}}?(?:(?i:{_BODY_EN}))(?:\s+(?:of"
    rf"|for)\s+(?:the\s+)?[A-Z]\w*(?:\s+(?:and\s+)?[A-Z]\w*){{0,3}})?(?!['’\w])"
    rf"|[Ww]e(?!\w)|(?:[Tt]he|[Oo]ur)\s+(?:[a-z-]+\s+){{1,3}}(?:{_BODY_EN})(?!['’\w])"
)
_BY_EN = re.compile(
    rf"\bby\s+(?:us\b|(?:the\s+|our\s+)?(?:[A-Za-z][\w&-]*\s+){{0,4}}?(?i:{_BODY_EN})\b(?:\s+(?:of"
    rf"|for)\s+(?:the\s+)?[A-Z]\w*(?:\s+[A-Z]\w*){{0,3}})?)"
)
_MUST_EN = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|[Tt]his)\s+(?:[A-Z][\w&-]*\s+){{0,4}}(?i:{_OWN_EN})\s+(?=(?:will"
    rf"|shall|must|should|has to|is to)\b)"
)
_IN_EN = re.compile(
    rf"\b(?:of|in|within|at|across|throughout|for)\s+(?:the|our|this)\s+(?:whole\s+|entire\s+)?(?:[A-Z][\w&-]*\s+){{0,3}}(?i:{_OWN_EN})\b(?!['’])"
    rf"|\b(?:of|in|within|at|across|throughout)\s+(?:[A-Z][\w&-]*\s+){{1,4}}(?i:{_OWN_EN})\b(?!['’])"
    rf"|\b(?:the|our|this)\s+(?:[A-Z][\w&-]*\s+){{0,3}}(?i:{_OWN_EN})['’]s?(?!\w)|\bour\b(?!\s+own\b)",
)
_TITLED = re.compile(r"[^:;.]{2,70}:(?=\s)")
"""A line that begins with who it is for ("Trạm Y tế xã …: …")."""
_MODALS = frozenset(("will", "shall", "must", "should", "has", "have", "is", "are", "can", "may", "to", "does", "only"))
_MOST = 16
"""Words that the name of who acts may have, at most."""


def without_owner(item: str, language: Language, *, bodies: bool, above: str = "") -> str:
    """The item with blanks in the place of its own unit, of the same length (NFC).

    ``bodies``: the superior speaks of bodies that the item names no more; then one's own unit may stand in their place,
    and the phrases of territory stay. ``above``: the superior's comparison key; with whom it says to work is compared.
    """
    text = nfc(item)
    if len(comparison_key(text)) != len(text):
        return text  # a letter that folds to two: offsets would not hold
    words = tokens(comparison_key(without_times(text, " ")), language)
    spans = list(_actors(text, words, language, above))
    spans += _territory(text, words, language, above, bodies)
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def leading_left_out(text: str, language: Language) -> str:
    """A superior's sentence with blanks in the place of the body with which it begins and which acts, and of the
    territory that it speaks of without a name: as :func:`without_owner` leaves them out of an item."""
    text = nfc(text)
    if len(comparison_key(text)) != len(text):
        return text
    words = tokens(comparison_key(text), language)
    first = [span for span in _actors(text, words, language, "") if not text[: span[0]].strip()][:1]
    signs = list(text)
    for start, end in (*first, *_territory(text, words, language, "", bodies=False)):
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _actors(text: str, words: list[Token], language: Language, above: str) -> list[tuple[int, int]]:
    """Who acts: at the beginning of a clause up to its verb; after *do*, *by* and the like."""
    found: list[tuple[int, int]] = []
    starts = [0, *(one.end for one in words if one.word in (".", ";", ":", "-", "–", ","))]
    after_comma: set[int] = set()
    pattern = _STARTS_VI if language == "vi" else _STARTS_EN
    for place in starts:
        comma = place > 0 and text[place - 1] == ","
        while place < len(text) and not text[place].isalnum():
            place += 1
        if comma:
            after_comma.add(place)
        match = pattern.match(text, place)
        titled = _TITLED.match(text, place) if match and place == starts[0] else None
        if match and titled and not _acts_in(text, words, match.end(), titled.end()):
            found.append((place, titled.end()))
            continue
        if match and place in after_comma and (match[0][0].islower() or language == "en" and match[0][0] not in "Ww"):
            continue
        if match and (end := _verb_after(text, words, match, language)):
            found.append((place, end))
    if language == "vi":
        for opened in _FOR_VI.finditer(text):
            if opened[0].split()[0].casefold() == "phối" and "phối hợp" in above:
                continue  # the superior names them too
            match = _STARTS_VI.match(text, opened.end())
            if match and (end := _verb_after(text, words, match, language)):
                found.append((opened.start() if opened[0].split()[0] in ("do", "bởi", "được") else opened.end(), end))
        found += [match.span() for match in _MUST_VI.finditer(text)]
    else:
        found += [match.span() for match in _BY_EN.finditer(text)]
        found += [match.span() for match in _MUST_EN.finditer(text)]
    return found


def _acts_in(text: str, words: list[Token], start: int, end: int) -> bool:
    """Whether a verb that is no part of a name stands between two places."""
    return any(is_verb(one.word) and text[one.start].islower() for one in words if start < one.end <= end)


def _verb_after(text: str, words: list[Token], match: re.Match[str], language: Language) -> int | None:
    """Where the verb stands that follows a body: at once after the word for one's own unit, else after its name."""
    bare = language == "vi" and _BARE_VI.search(match[0]) is not None
    following = [one for one in words if one.start >= match.end()][:_MOST]
    for place, token in enumerate(following):
        if token.sign and token.word not in (",", "-", "–", "(", ")"):
            return None
        if token.word in ("gồm", "bao_gồm") or (place == 0 and re.search(r"\d", token.word)):
            return None
        small = text[token.start].islower()
        if language == "en":
            if token.word in _MODALS or (small and is_verb(token.word)):
                return token.start
            if not token.sign and not (
                small and (token.word.endswith("ly") or token.word in ("itself", "also", "now"))
            ):
                return None
        elif small and (is_verb(token.word) or token.word in ("phải", "có", "sẽ", "đã", "không", "bị", "được", "cần")):
            if place > 0 or bare:
                return token.start
        elif small and token.word in WIDE:
            return None
    return None


def _territory(text: str, words: list[Token], language: Language, above: str, bodies: bool) -> list[tuple[int, int]]:
    """Phrases that say: of our own, in our own place."""
    if language == "en":
        return [match.span() for match in _IN_EN.finditer(text)] if not bodies else []
    found = [match.span() for match in _PART_VI.finditer(text)] if not bodies else []
    placed = _AREAS.search(above) is not None
    for match in _IN_VI.finditer(text):
        if not _OPENED_VI.match(match[0]) and match[0].split()[0].casefold() != "toàn":
            named = match["name"] and not placed and re.match(r"(?:tỉnh|thành\s+phố)\s", match[0], re.IGNORECASE)
            if named or not match["name"] and _HOUSES.search(text[: match.start()]):
                found.append(match.span())
            continue
        if bodies:
            continue
        if (
            match["name"]
            and (placed or not above)
            and not re.search(
                rf"(?:tỉnh|thành\s+phố|địa\s+bàn\s+(?:{_AREA_VI})|toàn\s+(?:{_AREA_VI}))\s+\S", match[0], re.IGNORECASE
            )
        ):
            continue  # one named place may be one of several
        if any(one.start < match.end() < one.end for one in words):
            continue  # a part of a longer word ("viện kiểm sát")
        after = next((one for one in words if one.start >= match.end()), None)
        ends = (
            after is None or after.sign or after.word in FUNCTION | OPENS | BOUNDS | WIDE | EMPTY or is_verb(after.word)
        )
        if ends:
            found.append(match.span())
    return found
