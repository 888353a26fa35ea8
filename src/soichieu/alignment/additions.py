"""What an item adds to its superior that can be checked: a quantity, a place, a person or body, a date, a product.

Never an addition: the unit's own name or own head as the one who acts, a figure or day that the superior has already
(however it is written), and a body that only takes the place of the superior's body in the same sentence.

A wrong mark would make an item that only says the same in other words look *specific*. So a phrase without a name or a
figure counts only beside one that has, or where the rest of the item is the superior's own wording, so that what stands
outside it was added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from soichieu.alignment.added_times import new_quantities, new_times
from soichieu.alignment.agents import agents
from soichieu.alignment.found import Candidate, Kind
from soichieu.alignment.names import Own
from soichieu.alignment.outcomes import outcomes, thing_heads
from soichieu.alignment.phrases import Text, covered, kept
from soichieu.alignment.sites import sites
from soichieu.alignment.tokens import language_of
from soichieu.language.text import nfc

KINDS: tuple[Kind, ...] = ("quantity", "place", "person", "date", "product")

KEPT = 0.5
"""Share of the rest of an item that must be its superior's own wording, for what stands outside it to count unnamed."""

COVERED = 0.65
"""Or else the share of the superior's words that the item must have."""

LONGEST = 400
"""Words of a text on either side up to which places in the sentence are compared, for it may take their cube."""

_A_BODY = re.compile(
    r"(?<!\w)(?:Bộ|Chính\s+phủ|Thủ\s+tướng|Ủy\s+ban|Uỷ\s+ban|UBND|Ban|Sở|Văn\s+phòng|Hội\s+đồng|Quốc\s+hội"
    r"|người\s+đứng\s+đầu|[Tt]hủ\s+trưởng|cơ\s+quan|cấp\s+ủy|[Đđ]ơn\s+vị|[Tt]ổ\s+chức"
    r"|agenc(?:y|ies)|Council|OMB|GSA|Department|Office|Committee|the\s+head)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Addition:
    """One added part: its kind, its words, and where they stand in the item (characters)."""

    kind: Kind
    text: str
    span: tuple[int, int]


def additions(superior: str, item: str, unit: str = "") -> list[Addition]:
    """The parts of an item that the superior has not and that can be checked, in order. ``unit``: the owing unit's own
    name, which is no addition."""
    superior, item, unit = nfc(superior), nfc(item), nfc(unit)
    language = language_of([superior, item])
    above, below, own = Text(superior, language), Text(item, language), Own(unit, language)
    found: list[Addition] = []

    def put(kind: Kind, span: tuple[int, int]) -> None:
        start, end = span
        following = [one.span[0] for one in found if start < one.span[0] < end]
        if kind != "date" and following:
            # A phrase goes as far as the next part: "đường dây nóng trực | 24 giờ".
            end = min(following)
            end = start + len(item[start:end].rstrip(" ,;:(-"))
            if kind != "quantity" and " " not in item[start:end]:
                return
        if start < end and not any(start < one.span[1] and end > one.span[0] for one in found):
            found.append(Addition(kind, item[start:end], (start, end)))

    times = list(new_times(superior, item, language))
    same_body, same_thing = _replaced(above, below)
    bodies = [one for one in agents(above, below, own) if not _in_place(one, same_body)]
    # "bác sĩ Bệnh viện Phú Lộc" is whoever does it, though a place stands in it.
    places = [
        one
        for one in sites(above, below, own)
        if not any(body.start < one.start < body.end and (body.sure or not one.sure) for body in bodies)
    ]
    for span, sure in times:
        if sure:
            put("date", span)
    for one in places:
        if one.sure:  # "thôn 3", "phòng 104", "ngã ba Đồng Vông" hold no quantity
            put("place", below.span(one.start, one.end))
    mine = own.places(below.keys)
    numbered = {word.start for at, word in enumerate(below.words) if at in mine and at - 1 in mine}
    for span in new_quantities(superior, item):
        if span[0] not in numbered:  # "Thuế cơ sở 7"
            put("quantity", span)
    candidates = [*outcomes(above, below, own), *bodies, *places]
    for one in sorted(candidates, key=_rank):
        if one.sure:
            put(one.kind, below.span(one.start, one.end))
    # "Lập kho số liệu" for "Xây dựng cơ sở dữ liệu": the superior's thing by another name, unless more was added.
    more = bool(found) or any(not one.sure for one in bodies)
    unsure = [
        one for one in candidates if not one.sure and (more or one.kind != "product" or not _in_place(one, same_thing))
    ]
    if (unsure or times) and (found or _own_wording(above, below, unsure)):
        for one in sorted(unsure, key=_rank):
            put(one.kind, below.span(one.start, one.end))
        for span, _sure in times:
            put("date", span)
    return sorted(found, key=lambda one: one.span)


def _rank(one: Candidate) -> tuple[int, int, int]:
    return ("person", "place", "product").index(one.kind), one.start, -one.end


def _own_wording(above: Text, below: Text, parts: list[Candidate]) -> bool:
    """Whether outside these parts an item is mostly its superior's own wording, or one is a body beside something
    else: a freely reworded sentence has by chance a noun that could be a thing, hardly one who does the work too."""
    spans = [below.span(one.start, one.end) for one in parts]
    kinds = {one.kind for one in parts}
    if "person" in kinds and len(kinds) > 1:
        return True
    return kept(above, below, spans) >= KEPT or covered(above, below) >= COVERED


def _replaced(above: Text, below: Text) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Words of the item that stand in the same place of the same sentence as a body of the superior's, and as a thing
    of its."""
    bodies: list[tuple[int, int]] = []
    things: list[tuple[int, int]] = []
    if max(len(above), len(below)) > LONGEST:
        return bodies, things
    heads = thing_heads(above)
    matcher = SequenceMatcher(None, above.keys, below.keys, autojunk=False)
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        if what != "replace" or a1 - a0 > 16 or b1 - b0 > 8 or below.opens(b0) != above.opens(a0):
            continue
        start, end = above.span(a0, a1)
        if _A_BODY.search(above.text[start:end]):
            bodies.append((b0, b1))
        if any(a0 <= place < a1 for place in heads):
            things.append((b0, b1))
    return bodies, things


def _in_place(one: Candidate, blocks: list[tuple[int, int]]) -> bool:
    return any(one.start in (start, start + 1) and one.end >= end - 1 for start, end in blocks)
