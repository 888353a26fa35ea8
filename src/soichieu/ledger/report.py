"""The coverage of one directive as a report: every count with what it is over, its rule in words, both dates, its
breakdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soichieu.documents.models import Document
from soichieu.ledger.coverage import Count, Members, count, mask_of, members
from soichieu.ledger.formulas import shares_of
from soichieu.ledger.kinds import Closing, Ladder
from soichieu.ledger.models import QuotedCount, Requirement
from soichieu.ledger.queries import Question, heirs_to_be_named, quoted_counts_of, requirements_of, visible_mask
from soichieu.organisation import queries as organisation
from soichieu.organisation.addressees import AddresseeError, AddresseeRule
from soichieu.organisation.askers import Asker


def coverage_report(
    asker: Asker, directive: Document, question: Question, *, ladder: str | None = None, by: str | None = None
) -> dict[str, Any]:
    """Counts of one directive, ladder by ladder and requirement by requirement, with quoted counts beside them.

    ``by``: ``line`` (the superior along the directive's line) or a level of places (``province`` …): a count for
    each group. What implements the directive stands in its own report, never added (DESIGN §3, *Coverage*).
    """
    answer = question.answer()
    wanted = requirements_of(directive, ladder=ladder)
    mask = mask_of(answer, requirements=[requirement.pk for requirement in wanted])
    seen = visible_mask(asker, answer)
    if seen is not None:
        mask &= seen
    everything = members(answer, question.basis, mask)  # type: ignore[arg-type]
    standing = everything.where(everything.standing)
    counted = everything.where(~everything.standing)
    line = (directive.chain.line if hasattr(directive, "chain") else "") or "sector"
    quoted = [count_ for count_ in quoted_counts_of(directive, question) if ladder in (None, count_.ladder)]
    counts: list[dict[str, Any]] = []
    for name in Ladder.values:
        of_ladder = [requirement for requirement in wanted if requirement.ladder == name]
        some = counted.where(np.isin(counted.requirement, [requirement.pk for requirement in of_ladder]))
        if of_ladder and len(some):
            counts.append(_entry_of(answer, some, name, of_ladder, question, line=line, by=by, requirements=of_ladder))
    return {
        "directive": {
            "number": directive.number,
            "issuer": directive.issuer,
            "signed_on": directive.signed_on.isoformat(),
            "title": directive.title,
        },
        "as_at": question.as_at.isoformat(),
        "known_at": question.known_at.isoformat() if question.known_at else None,
        "known_positions": answer.known.get(directive.chain.pk, 0) if hasattr(directive, "chain") else 0,
        "basis": question.basis,
        "basis_words": BASIS_WORDS[question.basis](),
        "counts": counts,
        "quoted": [quoted_as_json(count_) for count_ in quoted],
        "standing": _standing(answer, standing),
        "heirs_to_be_named": [
            {"requirement": task.requirement.code, "unit": task.unit.code, "line": line.position if line else None}
            for task, line in heirs_to_be_named(asker, question)
            if task.requirement.directive_id == directive.pk
        ],
    }


BASIS_WORDS = {
    "time": lambda: _("units of the time: each obligation stands at the unit that first owed it"),
    "date": lambda: _("units of the date: one for each requirement and present holder"),
}


def _entry_of(
    answer: Any,
    some: Members,
    ladder: str,
    over: list[Requirement],
    question: Question,
    *,
    line: str,
    by: str | None = None,
    requirements: Iterable[Requirement] = (),
) -> dict[str, Any]:
    out: dict[str, Any] = {
        "ladder": ladder,
        "ladder_words": str(Ladder(ladder).label),
        "quoted": False,
        **as_json(count(answer, some)),
        "over": over_words(over, question, some),
        "rule": rule_words(over),
    }
    if by:
        out["groups"] = [
            {"unit": unit, "name": name, **as_json(count(answer, some.where(where)))}
            for unit, name, where in groups(some, question, line, by)
        ]
    listed = [
        {
            "requirement": requirement.code,
            "title": requirement.title,
            **_entry_of(answer, mine, ladder, [requirement], question, line=line),
        }
        for requirement in requirements
        if len(mine := some.where(some.requirement == requirement.pk))
    ]
    if listed:
        out["requirements"] = listed
    return out


def as_json(counted: Count) -> dict[str, Any]:
    """A count as the command line and the API give it: ``n`` (null: missing), ``of``, and the breakdown by the axes."""
    return {
        "n": counted.n,
        "of": counted.of,
        "missing": counted.missing,
        "breakdown": {
            "of_n": {
                "timeliness": {
                    "done_in_time": counted.in_time,
                    "done_late": counted.late,
                    "no_deadline": counted.without_deadline,
                },
                "verification": {
                    "verified": counted.verified,
                    "accepted": counted.accepted,
                    "by_act_only": counted.by_act_only,
                    "not_confirmed": counted.not_confirmed,
                },
                "directly": counted.directly,
            },
            "beside": {
                "submitted": counted.submitted,
                "awaiting_confirmation": counted.awaiting_confirmation,
            },
            "open": {
                "overdue": counted.overdue,
                "due_soon": counted.due_soon,
                "not_due": counted.not_due,
                "no_deadline": counted.open_without_deadline,
                "suspended": counted.suspended,
                "no_published_data": counted.missing,
            },
            "lifecycle": counted.lifecycle,
        },
    }


def over_words(over: list[Requirement], question: Question, some: Members) -> str:
    """What a count is over, in words: the units addressed, and how many of them."""
    units = len(np.unique(some.unit))
    words = []
    for requirement in over:
        try:
            said = AddresseeRule.from_json(requirement.addressees).in_words(get_language() or "vi", question.as_at)
        except AddresseeError:
            said = requirement.leads_text
        if said and said not in words:
            words.append(said)
    if len(words) > 3:
        words = [*words[:2], _("and others")]
    if len(over) == 1 or units == len(some):
        return _("%(units)s units: %(who)s") % {"units": units, "who": "; ".join(words)}
    return _("%(tasks)s tasks of %(units)s units: %(who)s") % {
        "tasks": len(some),
        "units": units,
        "who": "; ".join(words),
    }


def rule_words(over: list[Requirement]) -> str:
    """How n and N are counted, in words."""
    closings = sorted({requirement.closing for requirement in over})
    done = ", ".join(str(Closing(closing).label) for closing in closings)
    return _(
        "N: tasks given by this date, not waived, superseded or voided; n: those of them that are done (%(closings)s)"
    ) % {"closings": done}


def quoted_as_json(quoted: QuotedCount) -> dict[str, Any]:
    """A count as its source gives it, with the shares that its own figures allow, each formula named."""
    shares = shares_of(quoted.n, quoted.of, quoted.breakdown, quoted.printed)
    return {
        "quoted": True,
        "n": quoted.n,
        "of": quoted.of,
        "label": quoted.label,
        "over": quoted.over,
        "ladder": quoted.ladder,
        "ladder_words": str(Ladder(quoted.ladder).label),
        "requirement": quoted.requirement.code if quoted.requirement else None,
        "rule": _("as its source gives it; a total without names, not counted by us"),
        "happened_on": quoted.happened_on.isoformat(),
        "not_later_than": quoted.not_later_than,
        "source": {"room": quoted.source_room, "kind": quoted.source_kind, "id": quoted.source_id},
        "breakdown": quoted.breakdown,
        "shares": [
            {
                "formula": share.formula,
                "words": str(share.words),
                "n": share.n,
                "of": share.of,
                "percent": str(share.percent) if share.percent is not None else None,
                "printed": str(share.printed) if share.printed is not None else None,
                "difference": str(share.difference) if share.difference is not None else None,
            }
            for share in shares
        ],
    }


def _standing(answer: Any, some: Members) -> dict[str, Any]:
    """Standing requirements are counted beside, by their last report."""
    done = count(answer, some)
    return {"of": done.of, "reported": done.n, "missing": done.missing, "lifecycle": done.lifecycle}


def groups(some: Members, question: Question, line: str, by: str) -> list[tuple[int, str, np.ndarray]]:
    """Members grouped by the unit above them: (unit id, its name, which members), in official order."""
    units = [int(unit) for unit in np.unique(some.unit)]
    above = {unit: [unit, *organisation.ancestors(unit, line, question.as_at)] for unit in units}
    if by == "line":
        tops = {unit: chain[1] if len(chain) > 1 else unit for unit, chain in above.items()}
    else:
        levels = _levels({one for chain in above.values() for one in chain}, question)
        tops = {unit: next((one for one in chain if levels.get(one) == by), chain[-1]) for unit, chain in above.items()}
    top_of = np.array([tops[int(unit)] for unit in some.unit], dtype=np.int64)
    views = organisation.views_of(sorted(set(tops.values())), question.as_at)
    order = sorted(views.values(), key=lambda view: (view.order, view.code))
    return [(view.id, view.name, top_of == view.id) for view in order]


def _levels(units: set[int], question: Question) -> dict[int, str]:
    """The level of the place in which each unit is seated; units without a place are left out."""
    places = {view.id: view.level for view in organisation.places_at(question.as_at)}
    views = organisation.views_of(units, question.as_at)
    return {unit: places[view.place_id] for unit, view in views.items() if view.place_id in places}
