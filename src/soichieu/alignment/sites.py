"""Where the work is to be done: places and sites that an item names and its superior does not.

A head with a name or a number ("khu công nghiệp Đồng Vông", "thôn 3"; "the Kestrel Hill vault", "room 12") says where
in any sentence; a site without a name ("tại hội trường", "at the northern depot") only after a preposition of place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from soichieu.alignment.agents import GIVEN, ends, name_end, noun_phrase
from soichieu.alignment.found import Candidate
from soichieu.alignment.names import Own
from soichieu.alignment.phrases import STOPS_EN, STOPS_VI, Text, head_to, vi_head, words_of

_AT_VI = words_of("at-vi")
_SURELY_AT_VI = words_of("surely-at-vi")
_TOWARDS = frozenset(("sang", "ra", "lên", "vào", "đến", "tới", "đi"))
_STATE = frozenset(("chính phủ", "quốc hội", "nhà nước", "trung ương", "trung ương đảng", "thủ tướng", "việt nam"))
_DWELLING = words_of("dwelling")
_NOWHERE = words_of("nowhere")
_UNNUMBERED = words_of("unnumbered")
_SIDE_VI = words_of("sides")
_NUMBER = re.compile(r"[1-9]\d{0,3}[a-z]?|[ivx]{1,4}|[a-d]\d?")
# Heads that name a thing, a body or a class as often as a place: with a small letter they need a name right after them.
_OFTEN_OTHER = words_of("often-other")
_BODIES_TOO = words_of("bodies-too")


def sites(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    """The places of an item that its superior does not name and that are not the unit's own name."""
    found = _vietnamese(above, item, own) if item.language == "vi" else _english(above, item, own)
    yield from (one for one in found if not item.in_title(one.start, one.end))


def _known(above: Text, own: Own, keys: list[str]) -> bool:
    return above.has(keys) or own.is_own(keys)


def _vietnamese(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    place = 0
    while place < len(item):
        prior = "" if item.opens(place) else item.keys[place - 1]
        size = vi_head("places-vi", item, place)
        found = _vi_site(above, item, own, place, size, prior) if size else None
        if found is None and not size and prior in _TOWARDS and item.words[place].capital:
            found = _vi_towards(above, item, own, place)
        if found is None and not size and prior in _SURELY_AT_VI and item.keys[max(0, place - 2)] not in _DWELLING:
            found = _vi_unlisted(above, item, own, place)
        if found is not None:
            yield found
            place = found.end
        else:
            place += max(1, size)


def _vi_towards(above: Text, item: Text, own: Own, place: int) -> Candidate | None:
    """ "sang Nhật Bản": a name alone after a word of going; unsure, for papers go to bodies too."""
    end = _capitals_end(item, place)
    keys = item.keys[place:end]
    listed = vi_head("bodies-vi", item, place) or vi_head("posts-vi", item, place) or " ".join(keys) in _STATE
    if len(keys) < 2 or listed or all(map(above.knows, keys)) or own.is_own(keys) or item.acronym(place):
        return None
    return Candidate("place", place, end, False)


def _vi_unlisted(above: Text, item: Text, own: Own, place: int) -> Candidate | None:
    """After "tại", "ở": a name alone ("ở Ngọc Hạc"), or what no list knows ("ở két sắt phòng kế toán")."""
    end = _capitals_end(item, place)
    if end > place:
        keys = item.keys[place:end]
        known = all(above.knows(key) for key in keys) or own.is_own(keys)
        return None if known else Candidate("place", place, end, True)
    end = name_end(item, place, 1)
    new = sum(not above.knows(key) for key in item.keys[place:end])
    if item.keys[place] in _NOWHERE or item.keys[place] in STOPS_VI or item.keys[place].isdigit() or new < 2:
        return None
    return Candidate("place", place, end, False)


def _capitals_end(item: Text, place: int) -> int:
    end = place
    while end < len(item) and item.words[end].capital and not (end > place and item.breaks(end)):
        end += 1
    return end


def _vi_site(above: Text, item: Text, own: Own, place: int, size: int, prior: str) -> Candidate | None:
    head = "_".join(item.keys[place : place + size])
    at = place + size
    if at >= len(item) or item.breaks(at):
        return None
    end = name_end(item, place, size)
    if head in _BODIES_TOO and (not prior or prior in GIVEN):
        return None  # it does the work
    keys = item.keys[place:end]
    if _known(above, own, keys):
        return None
    if item.words[at].capital or (
        item.keys[at] in ("số", "phía")
        and at + 1 < len(item)
        and (item.keys[at] == "phía" or item.keys[at + 1][0].isdigit())
    ):
        if item.words[at].capital:
            name = item.keys[at : _capitals_end(item, at)]
            if own.is_own(name) and own.is_own(keys[: size + len(name)]):
                return None
            if all(above.knows(key) for key in keys) or (
                len(name) == 1 and (item.words[at].code or item.acronym(at)) and head in _OFTEN_OTHER
            ):
                return None
            if head in ("phòng", "bản", "cầu", "trường", "mũi") and own.is_own(name) and not prior:
                return None
            # "Bản đồ", "Phòng Kế hoạch": the head of a list of other things, or of a body.
            if head == "phòng" and prior not in _SURELY_AT_VI:
                return None
            return Candidate("place", place, max(end, at + len(name)), True)
        return Candidate("place", place, max(end, at + 2), prior in _AT_VI or head not in _OFTEN_OTHER)
    if _NUMBER.fullmatch(item.keys[at]) and prior not in ("một", "các") and head not in _UNNUMBERED:
        if above.has(item.keys[place : at + 1]) or not item.words[at].key[0].isdigit() and not item.words[at].capital:
            return None
        return Candidate("place", place, at + 1, True)
    named = next((k for k in range(at, end) if item.words[k].capital and not item.acronym(k)), None)
    if named is not None and not own.is_own(item.keys[named:end]) and not all(map(above.knows, item.keys[named:end])):
        return Candidate("place", place, end, prior in _AT_VI or head not in _OFTEN_OTHER)
    if (
        prior in _AT_VI
        and item.keys[at] not in STOPS_VI
        and item.keys[at] not in _NOWHERE
        and not all(above.knows(key) for key in keys)
    ):
        side = item.keys[at] in _SIDE_VI
        if prior in _SURELY_AT_VI or side:
            return Candidate("place", place, end, False)
    return None


_SIDE_EN = re.compile(
    r"(?:north|south|east|west)(?:ern)?|(?:north|south)-?(?:east|west)(?:ern)?|outer|inner|upper|lower"
)
_AT_EN = words_of("at-en")
_FIRST_EN = words_of("first-en")
_NUMBERED = words_of("numbered")
_BESIDE = words_of("beside-en")
_WIDE = words_of("wide-en")
_NO_PLACE = words_of("no-place")


def _english(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    taken = -1
    for end in range(1, len(item) + 1):
        size = head_to("places-en", item.keys, end)
        found = (
            _en_site(above, item, own, end, size) if size and (ends(item, end) or item.words[end - 1].capital) else None
        )
        if found is None:
            found = _first_or_bare(above, item, own, end - 1)
        if found is not None and found.start > taken:
            taken = found.end - 1
            yield found


def _en_site(above: Text, item: Text, own: Own, end: int, size: int) -> Candidate | None:
    if end < len(item) and not item.breaks(end) and item.words[end].capital:
        return None  # the name goes on
    start, determined = noun_phrase(item, end, size)
    keys = item.keys[start + determined : end]
    if all(above.knows(key) for key in keys) or own.is_own(item.keys[start:end]):
        return None
    prior = "" if item.opens(start) else item.keys[start - 1]
    first = start + determined
    named = [
        word
        for place, word in enumerate(item.words[first:end], first)
        if word.capital and not (place == start and item.opens(start))
    ]
    if named and prior in _AT_EN and not all(word.code for word in named):
        return Candidate("place", start, end, True)
    if named and start - 1 in item.verbs and prior and not named[0].code:
        return Candidate("place", start, end, True)
    if named and item.words[end - 1].capital and len(keys) > 1 and prior in ("", "of", "for", "and", "with", "between"):
        return Candidate("place", start, end, bool(prior) and prior != "and")
    if determined and len(keys) > 1 and _SIDE_EN.fullmatch(keys[0]):
        return Candidate("place", start, end, True)
    if prior in ("at", "in", "on", "near") and determined and not above.knows(keys[-1]) and keys[-1] not in _WIDE:
        return Candidate("place", start, end, False)
    return None


def _first_or_bare(above: Text, item: Text, own: Own, place: int) -> Candidate | None:
    """ "Port Hong Truc", "room 12", "in Tuyet Lien", "along the north conveyor"."""
    end = _headed(item, place) or (_bare(item, place) if place and not item.opens(place) else 0)
    if not end or all(map(above.knows, item.keys[place:end])) or own.is_own(item.keys[place:end]):
        return None
    return Candidate("place", place, end, True)


def _headed(item: Text, place: int) -> int:
    """Where a name ends that begins with what it is ("Port Hong Truc", "room 12"); 0: none begins here."""
    key = item.keys[place]
    if key not in _FIRST_EN or place + 1 >= len(item) or item.breaks(place + 1):
        return 0
    after = item.words[place + 1]
    if item.words[place].capital and after.capital and key not in ("unit", "area", "level"):
        return _capitals_end(item, place)
    numbered = re.fullmatch(r"\d+[a-z]?|[a-z]", after.key) and (after.capital or after.key[0].isdigit())
    return place + 2 if key in _NUMBERED and numbered else 0


def _bare(item: Text, place: int) -> int:
    """Where a place ends that no list knows, after a preposition of place; 0: none begins here."""
    key, word = item.keys[place], item.words[place]
    prior = item.keys[place - 1]
    if prior == "the" and place > 1 and not item.opens(place - 1):
        prior = item.keys[place - 2]
        if _SIDE_EN.fullmatch(key) and prior in _AT_EN:  # "along the north conveyor"
            return next((at for at in range(place + 2, min(len(item), place + 4) + 1) if ends(item, at)), 0)
        if prior != "at" and prior not in _BESIDE:
            return 0  # "in the Rotary Club" is as often no place
    if not word.capital or word.code or key in _NO_PLACE:
        return 0
    if prior in _BESIDE:  # "along the Lea towpath", "under Cooper Street"
        return next((at for at in range(place + 1, len(item) + 1) if ends(item, at)), 0)
    if prior not in ("at", "in", "on", "near", "from"):
        return 0
    end = _capitals_end(item, place)
    keys = item.keys[place:end]
    if any(one in _NO_PLACE for one in keys) or (prior in ("on", "from") and len(keys) < 2):
        return 0
    goes_on = end < len(item) and not item.breaks(end) and item.keys[end] not in STOPS_EN and end not in item.verbs
    return end if prior == "at" or not goes_on else 0  # "in Excel sheets"
