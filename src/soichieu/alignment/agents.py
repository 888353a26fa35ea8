"""Who is to do the work: bodies and posts that an item names and its superior does not.

A body with a name ("Phòng Vật tư", "the Planning Department") is known by its capitals; one without ("đội xung kích
xã", "the ward sister") by where it stands: at the head of a clause before what it does, or after "do", "giao", "by".
"""

from __future__ import annotations

from collections.abc import Iterator

from soichieu.alignment.found import Candidate
from soichieu.alignment.names import Own
from soichieu.alignment.phrases import DETERMINERS, STOPS_EN, STOPS_VI, Text, head_to, vi_head, words_of

GIVEN = words_of("given")
"""Last syllables of what stands before the one who does the work ("giao", "phân công", "phối hợp với")."""

_BEFORE_NAMES = words_of("before-names")
_NOT_DOING = words_of("not-doing")
_OWING = words_of("owing")
_ANY_POST = words_of("any-post")
"""Posts of which any office has many, or one at its head: alone they name nobody."""

_ANY_BODY = words_of("any-body")
_EACH = words_of("each")

_LONGEST = 9


def agents(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    """The bodies and posts of an item that its superior does not name and that are not the unit itself."""
    found = _vietnamese(above, item, own) if item.language == "vi" else _english(above, item, own)
    yield from (one for one in found if not item.in_title(one.start, one.end))


def _vietnamese(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    place = 0
    while place < len(item):
        body, post = vi_head("bodies-vi", item, place), vi_head("posts-vi", item, place)
        size = max(body, post)
        if not size:
            place += 1
            continue
        end = name_end(item, place, size, acts=True)
        found = _vi_phrase(above, item, own, place, end, size, post >= body)
        if found is not None:
            yield found
        # What was refused is one phrase all the same: "báo cáo Ban Chỉ đạo Bộ Hải đăng" names no ministry.
        named = _capitals(item, place + size, end)
        place = end if found is not None or named and not own.opening(item.keys[place:end]) else place + size


def name_end(item: Text, place: int, head: int, longest: int = _LONGEST, *, acts: bool = False) -> int:
    """Where a Vietnamese phrase ends that begins with a head of some syllables: its name and what else belongs to it.

    Over "và", a comma or a dash it goes on only from one capital to the next ("Phòng Kinh tế, Hạ tầng và Đô thị").
    ``acts``: it is looked at as one who acts, so that after a whole unit a verb says what it does.
    """
    end = place + head
    # A verb may say what a body is for ("tổ kiểm tra"); after a title or a whole unit it says what is done.
    called = "_".join(item.keys[place:end])
    whole = head > 1 and called not in _ANY_POST | _ANY_BODY
    titled = whole and (acts or bool(vi_head("posts-vi", item, place))) or (acts and called in _OWING)
    while end < min(len(item), place + longest):
        word = item.words[end]
        if item.breaks(end):
            sign = item.gap(end).strip()
            listed = sign == "," and word.capital and _capitals(item, place + head, end) and _listed(item, end)
            if not (listed or sign in ("-", "–")):
                break
        elif (
            word.key == "và"
            and _capitals(item, place + head, end)
            and end + 1 < len(item)
            and item.words[end + 1].capital
        ):
            end += 1
        elif not word.capital and (item.stops(end) or (end in item.verbs and (end > place + head or titled))):
            break
        elif acts and end > place + head + (head == 1) and vi_head("things-vi", item, end) > 1:
            break  # "Đoàn Thanh niên ra bản tin"
        elif (
            word.key in _TIMES
            and end > place + head
            and item.keys[end + 1 : end + 2]
            and item.keys[end + 1][0].isdigit()
        ):
            break
        end += 1
    return end


def _listed(item: Text, place: int) -> bool:
    """Whether after a comma a name goes on that ends with "và" and a capital."""
    rest = item.keys[place : place + 6]
    at = rest.index("và") if "và" in rest else -1
    return at > 0 and place + at + 1 < len(item) and item.words[place + at + 1].capital


def _capitals(item: Text, start: int, end: int) -> bool:
    return any(word.capital for word in item.words[start:end])


def _vi_phrase(above: Text, item: Text, own: Own, place: int, end: int, size: int, post: bool) -> Candidate | None:
    """What a phrase is whose head of some syllables is a post or a body; None when it is nobody who is new."""
    keys = item.keys[place:end]
    said = own.opening(keys)
    itself = said >= size and not (said < len(keys) and item.words[place + said].capital)
    if above.has(keys) or own.is_own(keys) or itself:
        return None
    head = "_".join(keys[:size])
    extra = any(not above.knows(key) for key in keys[size:])
    new_head = not above.has(keys[:size])
    capitals = [word for word in item.words[place + 1 : end] if word.capital]
    named = bool(capitals) and (new_head or any(not above.knows(word.key) for word in capitals))
    # "Văn thư Chi cục", "Hướng dẫn viên Công ty": any of the unit's own.
    mine = own.places(keys[size:])
    if post and len(mine) == len(keys) - size and mine and (head in _ANY_POST or not new_head):
        return None
    prior, before = _stands_after(item, place, named)
    if prior in _NOT_DOING:
        return None
    given, follows = prior in GIVEN, end < len(item) and not item.breaks(end)
    if named and not (given or not prior) and vi_head("places-vi", item, place):
        return None  # where it is done
    if named and (given or not prior or not post):
        alone = not prior and not follows and place > 0  # a body in a row of others, or a title
        return Candidate("person", place, end, not alone)
    works = end < len(item) and item.keys[end] in _WORKS
    vague = head in _ANY_POST and not extra and not (works and new_head)
    if not (extra or new_head) or vague or _is_class(item, place, end, size, post, given, before):
        return None
    swallowed = not follows and end - place - size > 1 + (size == 1)  # an unlisted verb went into the phrase
    acts = swallowed or follows and (end in item.verbs or item.keys[end] not in STOPS_VI or item.keys[end] in _ACTING)
    # After "và" one more thing may be named as well as one more body.
    if (given and prior != "và") or (not prior and acts) or (prior and item.words[place].capital):
        return Candidate("person", place, end, False)
    return None


def _stands_after(item: Text, place: int, named: bool) -> tuple[str, int]:
    """The word before a body or post, "một", "đồng chí", "ông" left out; "" at the head of a clause. And where the
    phrase begins with those. What is given *to* somebody ("giao cho") or done *together with* is done by them."""
    before = place
    while before and not item.opens(before) and item.keys[before - 1] in _BEFORE_NAMES:
        before -= 1
    if item.opens(before):
        return "", before
    prior = item.keys[before - 1]
    if prior == "cho" and before > 1 and item.keys[before - 2] in GIVEN:
        return "giao", before
    if prior == "với" and before > 1 and item.keys[before - 2] not in ("hợp", "cùng"):
        reports = "cáo" in item.keys[max(0, before - 8) : before]
        return ("phối" if named and not reports else "gửi"), before
    return prior, before


def _is_class(item: Text, place: int, end: int, size: int, post: bool, given: bool, before: int) -> bool:
    """Whether a phrase without a name names nobody: units of a kind ("các trạm"), a bare post of which there are many
    ("cán bộ"), or those who do something ("viên chức giữ chức vụ" in a row of others)."""
    head = "_".join(item.keys[place : place + size])
    if not post and head in _OWING and not given:
        return True
    if end - place == size and head in (_ANY_POST if post else _ANY_BODY):
        return True
    if before < place and item.keys[before] in _EACH:
        return True
    verbal = place + size in item.verbs and item.keys[place + size] not in _WORKS
    return post and head in _ANY_POST and verbal and "," in item.gap(place)


_TIMES = words_of("times")
_ACTING = words_of("acting")
_WORKS = words_of("works")
_DID = words_of("did")
_OWING_EN = words_of("owing-en")
_NO_NAME = words_of("no-place")
_ASIDE = words_of("aside")


def noun_phrase(item: Text, end: int, head: int) -> tuple[int, bool]:
    """Where an English noun phrase begins whose last ``head`` words end before ``end``; whether it has a determiner."""
    start = end - head
    verb = -1
    for place in range(start - 1, max(-1, end - 8), -1):
        if item.breaks(place + 1) and item.gap(place + 1).strip() not in ('"', "“", "”"):
            return (verb + 1 if verb >= 0 else place + 1), False
        if item.keys[place] in DETERMINERS:
            return place, True
        if item.keys[place] in STOPS_EN:
            return (verb + 1 if verb >= 0 else place + 1), False
        acting = item.keys[place].endswith("s") and place > 0 and item.words[place - 1].capital and place in item.verbs
        if acting and not item.words[place].capital:
            return place + 1, False  # "the City Library gives principals …"
        if verb < 0 and place in item.verbs and not item.words[place].capital and "-" not in item.keys[place]:
            verb = place
    return (verb + 1 if verb >= 0 else max(0, end - 8)), False


def ends(item: Text, end: int) -> bool:
    """Whether an English noun phrase may end before this word: a mark, a small word or a verb follows."""
    if end >= len(item) or item.breaks(end) or item.keys[end] in STOPS_EN or end in item.verbs:
        return True
    if item.keys[end] in _DID:
        return True
    after = end + 1 < len(item) and (item.keys[end + 1] in STOPS_EN or item.breaks(end + 1))
    return item.keys[end].endswith(("s", "ed")) and (after or end + 1 >= len(item))


def _english(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    end = 1
    while end <= len(item):
        size = head_to("bodies-en", item.keys, end)
        if size and (ends(item, end) or item.keys[end : end + 1] in (["of"], ["for"])):
            found = _en_phrase(above, item, own, end, size)
            if found is not None:
                yield found
                end = max(end, found.end)
        end += 1
    yield from _taught_by(above, item, own)


def _en_phrase(above: Text, item: Text, own: Own, end: int, size: int) -> Candidate | None:
    start, determined = noun_phrase(item, end, size)
    last = end
    if item.keys[end : end + 1] in (["of"], ["for"]):  # "the Head of Hatchery Records"
        last = end + 1
        if item.keys[last : last + 1] == ["the"]:
            last += 1
        first = last
        while last < len(item) and not item.breaks(last) and item.words[last].capital:
            last += 1
        last = last if last > first else end
    bare = item.keys[start + determined : last]
    if all(above.knows(key) or key in STOPS_EN for key in bare) or own.is_own(item.keys[start:last]):
        return None
    prior = "" if item.opens(start) else item.keys[start - 1]
    if prior in _ASIDE:
        return None
    named = any(word.capital for word in item.words[start + determined + (not determined and item.opens(start)) : last])
    if named:
        return Candidate("person", start, last, prior == "by" or determined or item.words[end - 1].capital)
    if not determined or (
        end - 1 in item.verbs and item.keys[end - 1] not in ("lead", "guard", "chair", "clerk", "head")
    ):
        return None
    acts = last < len(item) and not item.breaks(last)
    # "a panel of statisticians": what it is made of says as much as a word before it.
    modified = len(bare) > 1 or (
        item.keys[last : last + 1] in (["of"], ["from"]) and item.keys[last + 1 : last + 2] != ["the"]
    )
    if prior == "by":
        return None if not modified and bare[-1] in _OWING_EN else Candidate("person", start, last, modified)
    if (item.opens(start) or prior in ("and", "with", "who")) and acts and modified:
        return Candidate("person", start, last, False)
    return None


def _taught_by(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    """ "taught by Fenwick Polytechnic": what stands after *by* and no list knows."""
    for place in range(1, len(item)):
        if item.keys[place - 1] != "by" or item.opens(place):
            continue
        start = place + (item.keys[place] in DETERMINERS)
        end = start
        while end < len(item) and item.words[end].capital and not (end > start and item.breaks(end)):
            end += 1
        keys = item.keys[start:end]
        if keys and keys[0] not in _NO_NAME and not all(above.knows(key) for key in keys) and not own.is_own(keys):
            yield Candidate("person", place, end, True)
        elif not keys and item.keys[place] == "the":
            # "by the district police's crime desk": whatever does it, if it is called by more than one word
            while end < len(item) and not item.breaks(end) and item.keys[end] not in STOPS_EN and end - start < 6:
                end += 1
            if end - start > 1 and sum(not above.knows(key) for key in item.keys[start:end]) > 1:
                yield Candidate("person", place, end, False)
