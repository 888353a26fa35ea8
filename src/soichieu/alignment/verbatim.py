"""An item that is its superior's sentence but for one thing: a member taken out, or a phrase put in that cuts down.

Where nearly every other word stays, what changed can be trusted to be the change meant. Comparison keys on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from soichieu.alignment.classes import classes
from soichieu.alignment.grammar import (
    BOUNDS,
    EMPTY,
    FUNCTION,
    OPENS,
    QUALITIES,
    WIDE,
    Token,
    Words,
    is_content,
    is_verb,
    synonyms,
    tokens,
)
from soichieu.alignment.item import Found
from soichieu.alignment.tokens import Language

Changes = Sequence[tuple[str, list[Token], list[Token], int, int]]
"""What was done (equal, delete, insert, replace), the superior's words, the item's, and where the former stand."""

LONGEST = 150
"""Words of a sentence on either side. What is longer is none, and comparing it would take the cube of its length."""

REST = 0.75
"""The share of the superior's other words that must stand in the item."""

_JOINS = frozenset((",", "và", "lẫn", "and"))
_EITHER = frozenset(("e", "g", "or", "hoặc", "hay", "e.g", "i.e", "như", "such", "including", "bao_gồm", "gồm"))
_PURPOSE = frozenset(
    ("phục_vụ", "nhằm", "để", "góp_phần", "hướng_tới", "qua_đó", "từ_đó", "đáp_ứng", "to", "so", "thereby", "thus")
)
_LEADS_IN = frozenset(("on", "with", "for", "to", "the", "a", "an", "of", "cho", "với", "các", "những", "về"))
_OBLIGES = frozenset(("phải", "được", "must", "shall", "should", "will"))
_NOUNS_FOLLOW = frozenset(
    ("in", "of", "for", "the", "a", "an", "on", "with", "by", "at", "from", "across", "between", "its", "their", "our",
     "support", "of", "through")
)  # fmt: skip
_ANY_BODY = frozenset(("cơ_quan", "đơn_vị", "tổ_chức", "cá_nhân"))
_PLANS = frozenset(
    ("chương_trình", "kế_hoạch", "đề_án", "dự_án", "chính_sách", "cơ_chế", "giải_pháp", "biện_pháp", "quy_định",
     "hướng_dẫn", "chiến_lược", "lộ_trình", "văn_bản")
)  # fmt: skip
_WHICH_DO = frozenset(
    (
        "hoạt_động",
        "cơ_sở",
        "bộ_phận",
        "người",
        "đơn_vị",
        "dịch_vụ",
        "khâu",
        "phong_trào",
        "lực_lượng",
        "cửa_hàng",
        "quyền",
        "nghề",
    )
)
"""Nouns after which a row of verbs says which of them: leaving one out leaves some of them out."""
_CUTS = re.compile(
    r"(?:during|outside|in (?:normal|working|office|the (?:summer|winter|spring|autumn|rainy|dry))"
    r"|(?:that|which|who) (?:is|are|was|were|has|have|had)? ?\w+|\w+ed (?:abroad|outside"
    r"|overseas|by|after|before|since|in|at|from|under)"
    r"|(?:older|newer|larger|smaller|higher|lower) than"
    r"|(?:affecting|involving|exceeding|worth|with|of) (?:only|more than|at least|over|under|less than|up to)"
    r"|trong (?:giờ|mùa|dịp|đợt|thi hành)|(?:có|được|phát sinh|hình thành|ban hành|thu thập) .{0,30}"
    r"(?:từ|sau|trước|trên|dưới|bởi) )(?!\w)?"
)


def one_change(above: str, below: str, language: Language) -> Found:
    """What was taken out or put in; None where more was changed, or nothing that cuts the superior down."""
    old, new = _words(above, language), _words(below, language)
    if not (0 < len(old) <= LONGEST and 0 < len(new) <= LONGEST):
        return None
    known, said = {_form(token) for token in old}, Words(above, language)
    matcher = SequenceMatcher(None, [_form(one) for one in old], [_form(one) for one in new], autojunk=False)
    codes: Changes = [(tag, old[a:b], new[c:d], a, b) for tag, a, b, c, d in matcher.get_opcodes()]
    strange = [one for tag, _lost, put, _a, _b in codes if tag != "equal" for one in put if _form(one) not in known]
    if not any(_says(one) and is_content(one) and not said.says(one.word) for one in strange):
        has = {_form(one) for one in new}
        # Words in another order, or other words for the same, may put a member elsewhere, once for twice.
        # A word is missing where the item has it less often, unless it was only moved.
        moved = {_form(one) for tag, _lost, put, _a, _b in codes if tag != "equal" for one in put}
        kept = has if any(_says(one) for one in strange) else _as_often(old, new) | (moved & has)
        given = Words(below, language)
        # A word of the same family says it in short ("công nghệ số": "công nghệ"), as where lists are compared.
        kept |= {_form(one) for one in old if language == "vi" and given.hints(one.word)}
        for tag, lost, put, start, end in codes:
            if tag in ("delete", "replace") and not any(one.word in WIDE for one in put):
                found = _taken_out(old, lost, start, end, kept, language)
                found = found if found and _rest(old, start, end, has) >= REST else None
                cut = above[found[0].start : found[-1].end] if found else ""
                if re.search(r"[.;](?=\s)", cut) and not re.match(r"; (\w+ \w+)", cut):
                    found = None  # whole sentences that an item leaves to others
                if found:
                    return above[found[0].start : found[-1].end], below[:60]
    return _put_in(codes, old, below) or _put_in_place(codes, old, above, below)


def _as_often(old: list[Token], new: list[Token]) -> set[str]:
    """The words that the item has, and has no less often than the superior."""
    had, has = Counter(_form(one) for one in old), Counter(_form(one) for one in new)
    return {word for word in has if has[word] >= had[word]}


def _words(text: str, language: Language) -> list[Token]:
    return [one for one in tokens(text, language) if one.word not in (".", "(", ")", "“", "”", '"')]


def _form(token: Token) -> str:
    word = "," if token.word in _JOINS else token.word
    if word in ("is", "are", "was", "were", "be", "được", "phải"):
        return "be"
    return word[:-1] if word.isascii() and len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _says(token: Token) -> bool:
    """Whether a word can change what is meant."""
    return not token.sign and token.word not in FUNCTION | EMPTY | OPENS | BOUNDS | WIDE


def _taken_out(
    old: list[Token], lost: list[Token], start: int, end: int, kept: set[str], language: Language
) -> list[Token] | None:
    """The members taken out of a row of nouns of which another stays."""
    if lost and not {lost[0].word, lost[-1].word} & _JOINS:
        lost, start, end = _turned(old, lost, start, end)
    opens = bool(lost) and lost[0].word in _JOINS
    closes = bool(lost) and lost[-1].word in _JOINS
    if len(lost) > 1 and lost[1 if opens else 0].word in _PURPOSE:
        return None
    if not (opens or closes) or any(one.word in _EITHER | _OBLIGES for one in lost):
        return None
    sibling = _sibling(old, start, end, opens)
    if not any(_thing(one) for one in sibling) or any(one.word in _EITHER for one in sibling):
        return None
    whole = list(_members(lost))
    if opens and len(whole) == 1 and [_form(one) for one in whole[0]] == [_form(one) for one in sibling]:
        return lost  # the same body of another level
    shared = any(
        _from_thing(member)[0].word == _from_thing(sibling)[0].word for member in whole
    )  # "công văn đi, công văn đến"
    members = [part for part in (_named(_from_thing(member)) for member in whole) if part and _thing(part[0])]
    gone = [
        one for member in members if shared or _form(member[0]) not in kept for one in member if _form(one) not in kept
    ]
    gone = [one for one in gone if not one.word.isdigit()]
    named = [one for member in members for one in member if is_content(one)]
    if not shared and sum(_form(one) not in kept for one in named) < 0.5 * len(named):
        return None  # most of it stays
    if not gone or (start == 0 and any(one.word in FUNCTION | OPENS or one.sign for one in lost[:-1])):
        return None  # a phrase that opens the sentence is no member of a row
    if all(one.word in _ANY_BODY for one in [*gone, *sibling]) and [one.word for one in gone] != ["cá_nhân"]:
        return None
    if gone[0].word.replace("_", " ") in synonyms(sibling[-1 if language == "en" else 0].word, language):
        return None
    if language == "vi" and not shared and all(one.word in _PLANS for one in (gone[0], sibling[0])):
        return None  # two words for how one goes about it
    if shared:
        return lost
    if language == "en":
        before = old[start - len(sibling) - 1 if opens else start - 1] if start else None
        after = old[end + (0 if opens else len(sibling))] if end < len(old) - len(sibling) else None
        nouns = (before is not None and before.word in _NOUNS_FOLLOW) or (after is not None and after.word == "of")
        nouns = nouns or (gone[-1].word.endswith("s") and not gone[-1].word.endswith("ss"))
        sure = [one for one in gone if (is_content(one) or nouns) and _thing(one)]
    elif is_verb(gone[0].word) and not (gone[0].word == "tổ_chức" and classes(sibling[0].word.replace("_", " "))):
        before = old[start - len(sibling) - 1 if opens else start - 1] if start else None
        sure = gone if before is not None and before.word in _WHICH_DO else []
        sure = sure or [
            one for member in whole[:1] for one in gone if opens and member[0].word == "người" and "người" not in kept
        ]
        sure = sure or _for_whom(lost, kept) or (_in_a_phrase(old, start) and [one for one in gone if _noun(one)]) or []
    else:
        sure = [
            one for one in gone
            if is_content(one) and _thing(one) and (
                classes(one.word.replace("_", " ")) or "_" in one.word or (one.word.isascii() and len(one.word) > 1)
            )
        ]  # fmt: skip
    return lost if sure else None


def _turned(old: list[Token], lost: list[Token], start: int, end: int) -> tuple[list[Token], int, int]:
    """The same words taken out, told from the join on: of "dữ liệu ngành, dữ liệu vùng" to "dữ liệu vùng" not "ngành,
    dữ liệu" is missing but "dữ liệu ngành,"."""
    for turn in range(1, min(3, start, len(lost)) + 1):
        if _form(old[start - turn]) != _form(lost[-turn]):
            break
        shifted = old[start - turn : end - turn]
        if {shifted[0].word, shifted[-1].word} & _JOINS:
            return shifted, start - turn, end - turn
    return lost, start, end


def _noun(token: Token) -> bool:
    return is_content(token) and _thing(token) and "_" in token.word


def _for_whom(lost: list[Token], kept: set[str]) -> list[Token]:
    """Persons or bodies for whom something is to be done, and whom the item names no more."""
    found = []
    for place, one in enumerate(lost[1:], 1):
        named = [name for name in classes(one.word.replace("_", " ")) if name.kind in ("person", "body")]
        if named and lost[place - 1].word in ("cho", "đối_với", "với", "đến", "tới") and _form(one) not in kept:
            found.append(one)
    return found


_LEADS_ON = frozenset(("cho", "lĩnh_vực", "hỗ_trợ", "phục_vụ", "giúp", "về", "việc", "gồm", "như", "nhằm"))


def _in_a_phrase(old: list[Token], start: int) -> bool:
    """Whether a row of verbs hangs on a phrase ("ứng dụng hỗ trợ phân tích, cảnh báo …"), and is no chain of tasks."""
    for place in range(start - 1, max(-1, start - 14), -1):
        if old[place].sign and old[place].word != ",":
            return False
        if old[place].word in _LEADS_ON:
            return place > 1
        if old[place].word in ("để", "nhằm"):
            return False  # what it is for is not what is done
    return False


def _thing(token: Token) -> bool:
    word = token.word
    return (
        word not in QUALITIES
        and word.removesuffix("s") not in QUALITIES
        and word not in FUNCTION | WIDE | EMPTY | OPENS | BOUNDS
        and not word.endswith("ly")
        and not token.sign
    )


def _members(lost: list[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for one in lost:
        if one.word in _JOINS:
            if run:
                yield run
            run = []
        elif not one.sign:
            run.append(one)
    if run:
        yield run


def _from_thing(member: list[Token]) -> list[Token]:
    """A member without the words of measure in front of it."""
    start = 0
    while start < len(member) - 1 and member[start].word in EMPTY | WIDE | _LEADS_IN:
        start += 1
    return member[start:]


def _named(member: list[Token]) -> list[Token]:
    """A member up to where it goes on with what is done or where; a word that opens nothing belongs to it ("đến")."""
    small = OPENS | BOUNDS | FUNCTION
    for place, one in enumerate(member):
        after = member[place + 1].word if place + 1 < len(member) else "của"
        if one.word in small and not (place and after in OPENS | BOUNDS):
            return member[:place]
    return member


def _sibling(old: list[Token], start: int, end: int, opens: bool) -> list[Token]:
    """The member that stays beside those taken out: the one before a comma, else the one after."""
    found: list[Token] = []
    places = range(start - 1, -1, -1) if opens else range(end, len(old))
    for place in places:
        one = old[place]
        if one.sign or one.word in _JOINS or one.word in OPENS | BOUNDS or one.word in FUNCTION:
            break
        found.append(one)
        if len(found) == 3:
            break
    return found[::-1] if opens else found


def _rest(old: list[Token], start: int, end: int, kept: set[str]) -> float:
    others = [one for one in (*old[:start], *old[end:]) if _says(one) and not one.word.endswith("ly")]
    return sum(_form(one) in kept for one in others) / len(others) if others else 0.0


def _put_in(codes: Changes, old: list[Token], below: str) -> Found:
    """One phrase put into the superior's sentence that says which of its things, or when, are meant."""
    changed = [code for code in codes if code[0] != "equal" and any(_says(one) for one in (*code[1], *code[2]))]
    if len(changed) != 1 or changed[0][0] != "insert" or len(old) < 4:
        return None
    put, start = changed[0][2], changed[0][3]
    phrase = below[put[0].start : put[-1].end]
    if start == 0 or not (_CUTS.match(phrase) or _which(put, old)) or any(one.kind == "own" for one in classes(phrase)):
        return None
    return old[start - 1].word.replace("_", " "), phrase


def _which(put: list[Token], old: list[Token]) -> bool:
    """Whether a phrase put in names things that the superior does not, so that it says which are meant."""
    known = {_form(one) for one in old}
    new = [one for one in put if is_content(one) and _form(one) not in known]
    small = not any(one.word in WIDE or one.sign for one in put) and len(put) <= 6
    return bool(new) and small and all(_thing(one) for one in new) and not is_verb(put[0].word)


def _put_in_place(codes: Changes, old: list[Token], above: str, below: str) -> Found:
    """Something named in the place of a whole: "vươn ra toàn cầu", "vươn ra Đông Nam Á"."""
    changed = [code for code in codes if code[0] != "equal" and any(_says(one) for one in (*code[1], *code[2]))]
    wholes = [code for code in changed if code[0] == "replace" and _whole(code[1], code[2], below)]
    if len(wholes) != 1 or any(code[0] != "delete" for code in changed if code is not wholes[0]):
        return None
    _tag, lost, put, start, end = wholes[0]
    known = {_form(one) for one in old}
    if not any(is_content(one) and _form(one) not in known for one in put) or any(one.word in WIDE for one in put):
        return None
    stays = {_form(one) for code in codes if code[0] == "equal" for one in code[1]}
    phrase, whole = below[put[0].start : put[-1].end], above[lost[0].start : lost[-1].end]
    named = classes(phrase)
    if any(one.kind == "own" for one in named) or {one.group for one in named} & {one.group for one in classes(whole)}:
        return None
    return (whole, phrase) if _rest(old, start, end, stays) >= REST else None


def _whole(lost: list[Token], put: list[Token], below: str) -> bool:
    """Whether what was replaced is a whole: with a word of all, or any body, where parts of one take its place."""
    if any(one.word in WIDE for one in lost):
        return True
    parts = any(one.kind == "small" for one in classes(below[put[0].start : put[-1].end])) if put else False
    return parts and {one.word for one in lost if not one.sign and one.word not in _JOINS} <= _ANY_BODY | FUNCTION
