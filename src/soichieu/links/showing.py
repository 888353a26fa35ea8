"""What of the light table is shown: the filter, the words looked for, the second superior; all of it in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from soichieu.language.text import fold
from soichieu.links.queries.laid import LINE_FILTERS, SENTENCE_FILTERS, Line, Sentence
from soichieu.links.queries.table import Table

LABELS: dict[str, str | Promise] = {
    "todo": gettext_lazy("suggestions that wait"),
    "no_item": gettext_lazy("no line yet"),
    "left_open": gettext_lazy("left open with a reason"),
    "unclear": gettext_lazy("basis unclear"),
    "again": gettext_lazy("to look at again"),
    "copied": pgettext_lazy("filter of lines", "copied"),
    "drift": gettext_lazy("differs from the superior"),
    "differs": gettext_lazy("two superiors differ"),
}
RULES: dict[str, str | Promise] = {
    "todo": gettext_lazy("Lines that nothing ties to a sentence yet and for which a suggestion waits."),
    "no_item": gettext_lazy("Sentences that no line answers by a person's decision and that nobody left open."),
    "left_open": gettext_lazy("Sentences that the plan leaves without a line, with the reason."),
    "unclear": gettext_lazy("Lines that nothing ties to a sentence and for which no suggestion waits."),
    "again": gettext_lazy("Lines with a decision after which the line's or the sentence's words changed."),
    "copied": gettext_lazy(
        "Lines whose words stand almost unchanged in the sentence they answer or, where nothing is decided yet, in the"
        " likeliest suggestion."
    ),
    "drift": gettext_lazy(
        "Lines with a lower target, a later deadline, a narrower scope or a missing product against a sentence that a"
        " person decided they answer. What is only suggested is not counted until then; the lamp shows it."
    ),
    "differs": gettext_lazy("Sentences for which the second superior asks with another date or target."),
}


@dataclass(frozen=True)
class Filter:
    """One filter of the page: its words, rule, count, address, and whether it is on."""

    name: str
    label: str
    rule: str
    count: int
    url: str
    on: bool


@dataclass
class Shown:
    """What a request asked of a table. Unknown filters are as none."""

    table: Table
    path: str
    show: str = ""
    words: str = ""

    @classmethod
    def of(cls, table: Table, path: str, data: Mapping[str, str]) -> Shown:
        """Read the address."""
        show = data.get("show", "")
        shown = cls(table, path, show if show in LABELS else "", data.get("q", "").strip()[:200])
        for line in table.lines:
            line.hidden = not shown.keeps_line(line)
        for sentence in table.sentences:
            sentence.hidden = not shown.keeps_sentence(sentence)
        return shown

    @cached_property
    def _asked(self) -> list[str]:
        return fold(self.words).split()

    def keeps_line(self, line: Line) -> bool:
        """Whether a line is on the page. A filter of sentences leaves all lines, so that one can be chosen."""
        if self.show in LINE_FILTERS and not line.fits(self.show):
            return False
        return self._found(f"{line.number} {line.item.text} {' '.join(line.item.leads)} {line.item.output}")

    def keeps_sentence(self, sentence: Sentence) -> bool:
        """Whether a sentence is on the page. A filter of lines leaves all sentences."""
        if self.show in SENTENCE_FILTERS and not sentence.fits(self.show):
            return False
        return self._found(f"{sentence.offer.citation} {sentence.offer.text}")

    def _found(self, text: str) -> bool:
        if not self._asked:
            return True
        folded = fold(text)
        return all(word in folded for word in self._asked)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines on the page."""
        return [one for one in self.table.lines if not one.hidden]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences on the page."""
        return [one for one in self.table.sentences if not one.hidden]

    @property
    def of_lines(self) -> bool:
        """The filter is one of lines: sentences stand there only to be chosen."""
        return self.show in LINE_FILTERS

    @property
    def of_sentences(self) -> bool:
        """The filter is one of sentences: lines stand there only to be chosen."""
        return self.show in SENTENCE_FILTERS

    @property
    def said(self) -> str:
        """The filter in words; empty when nothing is filtered."""
        parts = [str(LABELS[self.show])] if self.show else []
        if self.words:
            parts.append(pgettext("quoted search", "“%(words)s”") % {"words": self.words})
        if self.table.second is not None:
            parts.append(_("beside it %(number)s") % {"number": self.table.second.number})
        return "; ".join(parts)

    def url(self, **changes: str | int) -> str:
        """This table's address with some of it changed; an empty value drops it."""
        kept: dict[str, str | int] = {"show": self.show, "q": self.words}
        if self.table.second is not None:
            kept["second"] = self.table.second.pk
        kept |= changes
        pairs = [(key, value) for key, value in kept.items() if value not in ("", None)]
        return self.path + ("?" + urlencode(pairs) if pairs else "")

    @property
    def no_item_url(self) -> str:
        """The sentences that still have no line."""
        return self.url(show="no_item", q="")

    @cached_property
    def base(self) -> str:
        """The address to which ``item`` and ``with`` are added."""
        here = self.url()
        return here + ("&" if "?" in here else "?")

    def filters(self) -> list[Filter]:
        """The filters with their counts; what cannot be is left out."""
        counts = self.table.counts
        names = [name for name in LABELS if name != "differs" or self.table.second is not None]
        if not self.table.checked:
            names = [name for name in names if name not in ("copied", "drift")]
        return [
            Filter(
                name,
                str(LABELS[name]),
                str(RULES[name]),
                counts[name],
                self.url(show="" if self.show == name else name),
                self.show == name,
            )
            for name in names
        ]
