"""What is to come out of the work: documents, systems and things that an item names and its superior does not.

Sure is what has a title of its own (in quotation marks, or a made-up name: "phần mềm PhoiNet", "the WardWiki"); another
thing is known by its head and by standing where a thing is made or used ("lập bảng kê", "ghi vào nhật ký", "a note").
"""

from __future__ import annotations

from collections.abc import Iterator

from soichieu.alignment.agents import ends, name_end, noun_phrase
from soichieu.alignment.found import Candidate
from soichieu.alignment.grammar import is_verb
from soichieu.alignment.names import Own
from soichieu.alignment.phrases import DETERMINERS, STOPS_EN, STOPS_VI, Text, head_to, vi_head, words_of

_LONGEST = 8
_USED_VI = words_of("used-vi")
"""Last syllables of what stands before a thing that is made, used or handed out."""


def outcomes(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    """The documents, systems and things of an item that its superior has not."""
    yield from _titled(above, item)
    yield from _vietnamese(above, item, own) if item.language == "vi" else _english(above, item, own)


def thing_heads(text: Text) -> list[int]:
    """The places at which heads of things stand."""
    if text.language == "vi":
        return [place for place in range(len(text)) if vi_head("things-vi", text, place)]
    return [end - 1 for end in range(1, len(text) + 1) if head_to("things-en", text.keys, end)]


def _titled(above: Text, item: Text) -> Iterator[Candidate]:
    for start, end in item.quoted:
        inside = [place for place, word in enumerate(item.words) if word.start >= start and word.end <= end]
        if not inside or above.has(item.keys[inside[0] : inside[-1] + 1]):
            continue
        first, last = inside[0], inside[-1] + 1
        if item.language == "vi":
            small = STOPS_VI
            while first and inside[0] - first < 5 and not item.breaks(first) or first == inside[0] and first:
                if item.keys[first - 1] in small or (first < inside[0] and item.breaks(first)):
                    break
                first -= 1
        elif first and item.gap(first).strip(" ,") in ('"', "“"):
            first, _determined = noun_phrase(item, first, 0)
        yield Candidate("product", first, last, True)


def _vietnamese(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    place, last = 0, -1
    while place < len(item):
        size = vi_head("things-vi", item, place)
        found = _vi_thing(above, item, own, place, size, place == last) if size else _unlisted(above, item, place)
        if found is not None:
            yield found
            place = last = found.end
        else:
            place += max(1, size)


def _unlisted(above: Text, item: Text, place: int) -> Candidate | None:
    """What a verb of making has for its object, where no list knows it: "lắp thước đo mực nước", three new words at
    least and none of a person or an abstract thing."""
    if item.opens(place) or item.words[place].capital or place in item.verbs:
        return None
    if item.keys[place] in _ABSTRACT_VI or item.keys[place] in STOPS_VI:
        return None
    if item.verb_before(place) not in _MAKING_VI:
        return None
    end = name_end(item, place, 1, _LONGEST)
    if (vi_head("bodies-vi", item, place) or vi_head("posts-vi", item, place)) and not vi_head(
        "places-vi", item, place
    ):
        return None
    if sum(not above.knows(key) for key in item.keys[place:end]) < 3:
        return None
    return Candidate("product", place, end, False)


def _vi_thing(above: Text, item: Text, own: Own, place: int, size: int, listed: bool) -> Candidate | None:
    """A thing with a head of a list; ``listed``: it stands right after another, in a row with it."""
    end = name_end(item, place, size, _LONGEST)
    keys = item.keys[place:end]
    new_head = not (above.has(keys[:size]) or (size == 1 and above.knows(keys[0])))
    after = [place for place in range(place + size, end) if not above.knows(item.keys[place])]
    if item.keys[end : end + 1] in (["này"], ["đó"], ["kia"], ["ấy"], ["nêu"]) or above.has(keys):
        return None
    prior = "" if item.opens(place) else item.keys[place - 1]
    if is_verb("_".join(keys[:size])) and prior not in _USED_VI:
        return None  # "báo cáo Bộ Tài nguyên": to report
    coded = [at for at in after if item.words[at].code or item.words[at].capital]
    if coded and not own.is_own([item.keys[at] for at in coded]):
        return Candidate("product", place, end, any(item.words[at].code for at in coded) or prior in _USED_VI)
    capital = item.words[place].capital and not item.opens(place)
    said = [key for key in keys[size:] if key not in _FILLER]
    as_said = prior in ("theo", "đúng") and len(said) < 2 and not capital
    bare = not said and "_".join(keys[:size]) in _ANY_PAPER and item.keys[end : end + 1] != ["về"]
    if as_said or bare:
        return None  # "theo quy định hiện hành", "bằng văn bản"
    # After a colon or in brackets a thing stands in apposition to what was said.
    used = (
        prior in _USED_VI
        or (listed and end > place + size)
        or (end > place + size and item.gap(place).strip()[-1:] in (":", "("))
    )
    pairs = [keys[at : at + 2] for at in range(len(keys) - 1)]
    if len(keys) > size > 1 and (all(map(above.knows, keys)) or sum(not above.has(pair) for pair in pairs) < 2):
        return None  # one other word for what the superior names
    if not (new_head and (used or capital)) and not (capital and len(after) > 1):
        return None
    return Candidate("product", place, end, False)


_FILLER = words_of("filler-vi")
_ANY_PAPER = words_of("any-paper")
_AS_SAID = frozenset(("accordance with", "line with", "keeping with", "compliance with", "according to", "subject to"))
_ABSTRACT_VI = words_of("abstract-vi")
_MAKING_VI = words_of("making-vi")
_ABSTRACT_EN = words_of("abstract-en")
_WITH_EN = words_of("with-en")
_USED_EN = words_of("used-en")


def _english(above: Text, item: Text, own: Own) -> Iterator[Candidate]:
    for end in range(1, len(item) + 1):
        word = item.words[end - 1]
        if (
            word.code
            and not above.knows(word.key)
            and not own.is_own([word.key])
            and (any(c.islower() for c in item.text[word.start : word.end]) or any(c.isdigit() for c in word.key))
        ):
            start, _determined = noun_phrase(item, end, 1)
            if item.keys[start] in ("at", "in"):
                continue
            yield Candidate("product", start, end, True)
            continue
        size = head_to("things-en", item.keys, end)
        if not size and ends(item, end) and item.keys[end - 1] not in STOPS_EN:
            found = _made(above, item, own, end)
            if found is not None:
                yield found
        if not size or not (ends(item, end) or item.words[end].code):
            continue
        start, determined = noun_phrase(item, end, size)
        keys = item.keys[start + determined : end]
        if (above.knows(keys[-1]) or above.hints(keys[-1])) and not sum(not above.knows(key) for key in keys[:-1]) > 1:
            continue
        if own.is_own(keys) or all(above.knows(key) for key in keys):
            continue
        prior = "" if item.opens(start) else item.keys[start - 1]
        if " ".join(item.keys[max(0, start - 2) : start]) in _AS_SAID:
            continue  # "in accordance with the rules"
        indefinite = item.keys[start] in ("a", "an", "each", "one", "its", "their")
        if (
            end - 1 in item.verbs
            and not determined
            and (prior not in STOPS_EN or prior in ("and", "or") or len(keys) < 2)
        ):
            continue
        if (
            end - 1 in item.verbs
            and item.keys[end : end + 1]
            and item.keys[end] in DETERMINERS
            and not item.breaks(end)
        ):
            continue  # "the department displays the details"
        if not determined and len(keys) < 2 and start - 1 not in item.verbs:
            continue
        if (prior == "in" and keys == ["order"]) or (item.keys[start] == "the" and len(keys) == 1):
            continue
        coded = any(word.code for word in item.words[start:end])
        after_code = end < len(item) and not item.breaks(end) and item.words[end].code
        if coded or after_code:
            yield Candidate("product", start, end + after_code, True)
        elif (
            indefinite
            or (determined and len(keys) > 1)
            or (prior == "to" and len(keys) > 1)
            or prior in _USED_EN
            or item.keys[max(0, start - 2) : start] == ["means", "of"]
            or start - 1 in item.verbs
        ):
            yield Candidate("product", start, end, False)


def _made(above: Text, item: Text, own: Own, end: int) -> Candidate | None:
    """ "a summer reading passport": something of two new words that is made, or with which something is done, though no
    list knows it. Right before "a" stands a verb, a small word or a mark."""
    start, determined = noun_phrase(item, end, 1)
    keys = item.keys[start + determined : end]
    if len(keys) < 2 or not start or item.words[end - 1].capital or own.is_own(keys):
        return None
    if keys[-1] in _ABSTRACT_EN or head_to("bodies-en", item.keys, end):
        return None
    prior = "" if item.opens(start) else item.keys[start - 1]
    if item.keys[start] in ("a", "an"):
        fits = prior in _WITH_EN or prior not in STOPS_EN
    else:  # "with roof-top samplers"
        fits = not determined and prior in ("with", "using") and keys[-1].endswith("s")
    new = sum(not above.knows(key) for key in keys)
    return Candidate("product", start, end, False) if fits and new and not above.knows(keys[-1]) else None
