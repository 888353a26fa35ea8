"""Tags of the light table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soichieu.links import words
from soichieu.links.drawn import Lamp
from soichieu.links.engine import Candidate, Taken
from soichieu.links.offered import Offer
from soichieu.links.queries.laid import Line
from soichieu.links.queries.table import Table
from soichieu.links.showing import Shown

register = template.Library()

register.filter("again_words", words.found_words)
register.filter("how_label", words.how_words)
register.filter("drift_label", words.drift_words)
register.filter("differs_label", words.differs_words)

# How a line stands to a sentence, as two sheets: the sentence drawn with a thick edge, the line with a thin one.
_BOXES = {
    "equivalent": ((8, 2, 20, 16), (10.5, 4.5, 15, 11)),
    "subset": ((5, 2, 26, 16), (9, 6, 11, 8)),
    "superset": ((12, 6, 12, 8), (5, 2, 26, 16)),
    "intersects": ((3, 3, 18, 14), (15, 3, 18, 14)),
    "none": ((2, 4, 13, 12), (21, 4, 13, 12)),
}


@register.filter
def by_heading(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under the headings they stand below, in the order of the plan."""
    return [(heading, list(held)) for heading, held in groupby(lines, key=lambda one: one.item.heading)]


@register.filter
def added_label(kind: str) -> str:
    """What a marked stretch of a line adds: how much, where, who, by when, which product."""
    return str(words.ADDED.get(kind, ""))


@register.filter
def none_shown(lines: Iterable[Line]) -> bool:
    """Whether the filters hide every one of some lines, and with them their heading."""
    return all(line.hidden for line in lines)


@register.filter
def added_labels(taken: Taken | None) -> str:
    """All that a line adds, each kind once."""
    kinds = dict.fromkeys(kind for kind, _words in taken.added) if taken else {}
    return ", ".join(filter(None, (added_label(kind) for kind in kinds)))


@register.filter
def clears_list(missing: Sequence[str]) -> str:
    """The clears that are missing, in words."""
    return ", ".join(words.clears_words(missing))


@register.filter
def probability(value: float | None) -> str:
    """A probability with two digits, in the writing of the language; none where there was no suggestion."""
    return "" if value is None else str(number_format(value, 2))


@register.filter
def weight_words(value: float) -> str:
    """The weight of a reason with its sign where it speaks against."""
    return str(number_format(value, 2))


@register.simple_tag
def offer_of(table: Table, candidate: Candidate) -> Offer:
    """The sentence that was proposed."""
    return table.offered.by_identity[candidate.identity]


@register.simple_tag
def relation_sign(relation: str) -> SafeString:
    """A relation as two sheets, one over the other."""
    boxes = [(css, *box) for css, box in zip(("s", "l"), _BOXES[relation], strict=True)]
    drawn = format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', boxes)
    return format_html('<svg viewBox="0 0 36 20" aria-hidden="true">{}</svg>', drawn)


@register.simple_tag
def lamp_said(lamp: Lamp) -> str:
    """What a reader of the screen is told when another pair comes under the lamp."""
    said = []
    if lamp.moved and lamp.last is not None:
        said.append(
            _("Written: line %(n)s %(relation)s %(place)s.")
            % {"n": lamp.last_line, "relation": lamp.last.get_relation_display(), "place": lamp.last_place}
        )
    pair = lamp.pair
    if pair is not None and pair.sentence is not None:
        said.append(
            _("Under the lamp: line %(n)s over %(place)s.")
            % {"n": pair.line.number, "place": pair.sentence.offer.citation}
        )
        if pair.candidate is not None:
            said.append(
                _("Suggested: %(relation)s, confidence %(score)s.")
                % {
                    "relation": words.relation_words(pair.candidate.relation),
                    "score": probability(pair.candidate.score),
                }
            )
    elif pair is not None:
        said.append(_("Under the lamp: line %(n)s.") % {"n": pair.line.number})
    return " ".join(said)


@register.simple_tag
def export_url(shown: Shown, kind: str) -> str:
    """Where exactly what is filtered leaves as a file."""
    return shown.url(export=kind)
