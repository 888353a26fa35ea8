"""The light table as a file and as data: exactly what is filtered, with both dates, who decided, by which weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from soichieu.links.queries.laid import Line, Link, Sentence
from soichieu.links.queries.table import Table
from soichieu.links.showing import Shown
from soichieu.links.words import clears_words, drift_words, found_words, how_words
from soichieu.web.dates import TwoDates, write_moment
from soichieu.web.lists import exports


def sheet(table: Table, shown: Shown, two: TwoDates, address: str) -> exports.Sheet:
    """What the page shows as rows: each line with each sentence it is tied to, then the sentences without a line."""
    head = [
        _("%(plan)s against %(document)s") % {"plan": table.holding.title, "document": table.document.number},
        two.said(),
        _("Rule: %(rule)s") % {"rule": rule()},
    ]
    if shown.said:
        head.append(_("Filtered: %(filters)s") % {"filters": shown.said})
    head.append(address)
    labels = [
        pgettext("light table", "Letter"), _("No."), _("Line of the plan"), _("Lead"), _("Deadline"), _("Product"),
        pgettext("light table", "Place"), _("Sentence"), _("Relation"), pgettext("light table", "How decided"),
        _("Decided by"), _("Decided at"), _("Reason"), _("Confidence of the suggestion"), _("Weights"),
        pgettext("light table", "Taken over"), _("Differs from the superior"), _("Of the six clears missing"),
        _("To look at again"),
    ]  # fmt: skip
    widths = [6, 8, 60, 24, 16, 24, 16, 60, 18, 22, 30, 18, 30, 10, 16, 16, 40, 30, 24]
    return exports.Sheet("soi-chieu", head[0], head, labels, widths, rows(shown))


def rows(shown: Shown) -> Iterator[list[Any]]:
    """One row for each tie, for each line without one, and for each sentence without a line. Of a filter of lines the
    lines alone leave, of a filter of sentences the sentences with the lines tied to them."""
    if not shown.of_sentences:
        for line in shown.lines:
            ties: list[Link | None] = [*line.links] or [None]
            for link in ties:
                yield _line(line) + _link(link) + _found(line, link)
    if shown.of_lines:
        return
    for sentence in shown.sentences:
        tied = [*sentence.answers, *sentence.touches]
        if not tied:
            yield _alone(sentence)
        elif shown.of_sentences:
            for line in tied:
                link = next(one for one in line.links if one.offer is sentence.offer)
                yield _line(line) + _link(link) + _found(line, link)


def rule() -> str:
    """What is counted, in words."""
    return _(
        "A line counts as decided once a person decided about at least one of its pairs. A sentence has a line when a"
        " person decided that a line answers it wholly, in part or going further; suggestions are not counted."
    )


def _line(line: Line) -> list[Any]:
    item = line.item
    return [
        line.letter, line.number, item.text, "; ".join(item.leads), item.deadline_text or item.deadline, item.output,
    ]  # fmt: skip


def _link(link: Link | None) -> list[Any]:
    if link is None:
        return [""] * 9
    row = link.decision
    text = link.offer.text if link.offer else link.was
    return [
        link.citation, text, link.relation_words, row.get_origin_display(), row.made_by.get("label", ""), row.made_at,
        row.reason, row.score, row.weights,
    ]  # fmt: skip


def _found(line: Line, link: Link | None) -> list[Any]:
    drifts = "; ".join(f"{drift_words(one)}: {one.superior} – {one.item}" for one in link.drifts) if link else ""
    taken = how_words(line.taken.how) if line.taken else ""
    return [taken, drifts, "; ".join(clears_words(line.clears)), found_words(link.again) if link else ""]


def _alone(sentence: Sentence) -> list[Any]:
    open_ = sentence.open if sentence.left_open else None
    state = _("left open with a reason") if open_ else _("no line yet")
    return [
        "", "", "", "", "", "", sentence.offer.citation, sentence.offer.text, state, "",
        open_.made_by.get("label", "") if open_ else "", open_.made_at if open_ else "",
        open_.reason if open_ else "", "", "", "", "", "", "",
    ]  # fmt: skip


def data(table: Table, shown: Shown) -> dict[str, Any]:
    """The same for a script: plan, document, counts, lines with ties and suggestions, sentences with who answers."""
    whole = table.offered.by_identity
    return {
        "plan": {"key": table.holding.key, "title": table.holding.title, "edition": table.holding.edition},
        "document": {"number": table.document.number, "edition": table.offered.ordinal},
        "weights": table.weights,
        "counts": {
            "lines": len(table.lines), "decided": table.decided, "sentences": len(table.sentences), **table.counts,
        },
        "rule": rule(),
        "lines": [
            {
                "key": line.item.key,
                "letter": line.letter,
                "number": line.number,
                "text": line.item.text,
                "ties": [
                    {
                        "place": link.citation,
                        "relation": link.decision.relation,
                        "origin": link.decision.origin,
                        "by": link.decision.made_by.get("label", ""),
                        "at": write_moment(link.decision.made_at),
                        "score": link.decision.score,
                        "weights": link.decision.weights,
                        "again": link.again,
                        "drifts": [{"kind": d.kind, "superior": d.superior, "item": d.item} for d in link.drifts],
                    }
                    for link in line.links
                ],
                "suggestions": [
                    {
                        "place": whole[one.identity].citation,
                        "rank": one.rank,
                        "score": one.score,
                        "relation": one.relation,
                    }
                    for one in line.waiting
                ],
                "taken": line.taken.how if line.taken else None,
                "clears_missing": list(line.clears),
            }
            for line in shown.lines
        ],
        "sentences": [
            {
                "place": sentence.offer.citation,
                "key": sentence.offer.key,
                "text": sentence.offer.text,
                "answered_by": [line.letter for line in sentence.answers],
                "touched_by": [line.letter for line in sentence.touches],
                "left_open": sentence.open.reason if sentence.open and sentence.left_open else None,
            }
            for sentence in shown.sentences
        ],
    }  # fmt: skip


def as_text(shown: Shown) -> str:
    """The same for people at a terminal: one line of text a line, its ties and suggestions below it."""
    table = shown.table
    whole = table.offered.by_identity
    out = [
        _("%(plan)s against %(document)s") % {"plan": table.holding.title, "document": table.document.number},
        _("Lines decided: %(n)d of %(of)d; sentences without a line: %(without)d of %(sentences)d.")
        % {
            "n": table.decided, "of": len(table.lines), "without": table.counts["no_item"],
            "sentences": len(table.sentences),
        },
        rule(),
        "",
    ]  # fmt: skip
    for line in shown.lines if not shown.of_sentences else ():
        out.append(f"{line.letter:>3}  {line.number}  {line.item.text}")
        out += [
            f"       — {link.citation or link.was} {link.relation_words} {_again(link)}".rstrip() for link in line.links
        ]
        if not line.links:
            out += [f"       ┄ {whole[one.identity].citation} {one.score:.2f} {one.relation}" for one in line.waiting]
    for sentence in shown.sentences if not shown.of_lines else ():
        letters = " ".join(one.letter for one in (*sentence.answers, *sentence.touches)) or "○"
        out.append(f"{letters:>5}  {sentence.offer.citation}  {sentence.offer.text}")
        if sentence.open and sentence.left_open:
            out.append(f"       {_('left open with a reason')}: {sentence.open.reason}")
    return "\n".join(out)


def _again(link: Link) -> str:
    return f"({found_words(link.again)})" if link.again else ""
