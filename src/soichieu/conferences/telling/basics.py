"""What a conference is, who chairs, which sites, who takes part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext as _p

from soichieu.conferences.kinds import Answer as Replied
from soichieu.conferences.kinds import ConferenceKind, Mode, Phase, RollBy
from soichieu.conferences.models import Conference
from soichieu.conferences.queries.finding import conferences_seen
from soichieu.conferences.queries.summary import own_sites, sees_inside
from soichieu.conferences.state import Site, State
from soichieu.conferences.telling.answers import Answer, Fact, Missing, not_said, or_missing
from soichieu.conferences.telling.naming import slug_of
from soichieu.documents import queries as documents
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of


def list_of(asker: Asker, *, unit: int | None = None) -> Answer:
    """Every conference that the asker sees, the newest first; those held by one unit."""
    answer = Answer(
        "",
        columns=[
            ("name", _p("told", "name")),
            ("held_on", _p("told", "held on")),
            ("kind", _p("told", "kind")),
            ("phase", _p("told", "phase")),
            ("held_by", _p("told", "held by")),
            ("sites", _p("told", "sites")),
            ("title", _p("told", "title")),
        ],
    )
    for conference, state in conferences_seen(asker):
        if unit is not None and conference.unit_id != unit:
            continue
        answer.rows.append(
            {
                "name": slug_of(conference, state),
                "key": conference.key,
                "held_on": state.held_on,
                "kind": label(ConferenceKind, state.kind),
                "phase": label(Phase, state.phase),
                "held_by": unit_name(conference.unit_id, state),
                "sites": sites_counted(state),
                "title": state.title,
                "published_only": state.published_only,
            }
        )
    if not answer.rows:
        answer.notes.append(_p("told", "No conference is to be seen here."))
    return answer


def show(asker: Asker, conference: Conference, state: State) -> Answer:
    """The sheet: what, when, by whom, over which directives, and how far it is."""
    absent = not_said(state)
    reviewed = directives_of(asker, state)
    facts = [
        *head(conference, state),
        Fact("kind", _p("told", "kind"), label(ConferenceKind, state.kind)),
        Fact("phase", _p("told", "phase"), label(Phase, state.phase)),
        Fact("mode", _p("told", "mode"), label(Mode, state.mode)),
        Fact("starts_at", _p("told", "begins at"), or_missing(state, state.starts_at)),
        Fact("place", _p("told", "place"), or_missing(state, state.place)),
        Fact("held_by", _p("told", "held by"), unit_name(conference.unit_id, state)),
        Fact("chair", _p("told", "chair"), or_missing(state, state.chair)),
        Fact("co_chairs", _p("told", "co-chairs"), or_missing(state, state.co_chairs)),
        Fact("seniors", _p("told", "senior attending"), or_missing(state, state.seniors)),
        Fact("secretary", _p("told", "secretary"), or_missing(state, state.secretary)),
        Fact("directives", _p("told", "directives reviewed"), reviewed, "; ".join(_cited(one) for one in reviewed)),
        Fact("sites", _p("told", "sites"), sites_counted(state)),
        Fact("statements", _p("told", "statements"), len(state.statements)),
        Fact("cuts", _p("told", "cuts of figures"), len(state.cuts) or absent),
        Fact("conclusions", _p("told", "conclusions"), len(state.concluded) or absent),
        notice_of(state),
    ]
    if state.follows:
        before = Conference.objects.filter(key=state.follows).first()
        facts.append(
            Fact("follows", _p("told", "starts from"), _named_before(asker, before) if before else state.follows)
        )
    if state.source_note:
        facts.append(Fact("source_note", _p("told", "source"), state.source_note))
    return Answer(state.title, facts)


def sites(asker: Asker, conference: Conference, state: State) -> Answer:
    """The tree of sites in the order of introduction, with the newest roll-call: heads, no names."""
    answer = Answer(
        state.title,
        [*head(conference, state), Fact("number_of_sites", _p("told", "number of sites"), sites_counted(state))],
        columns=[
            ("order", _p("told", "order")),
            ("site", _p("told", "site")),
            ("unit", _p("told", "unit")),
            ("chair", _p("told", "chaired by")),
            ("present", _p("told", "present")),
            ("expected", _p("told", "expected")),
            ("rolled_by", _p("told", "roll-call")),
        ],
    )
    open_to = sites_open_to(asker, conference, state)
    for site in state.ordered_sites:
        above = state.sites.get(site.parent)
        shown = site.key in open_to
        answer.rows.append(
            {
                "order": site.order,
                "site": site.name,
                "under": above.name if above else None,
                "unit": code_of(site),
                "chair": or_missing(state, site.chair),
                "co_chairs": list(site.co_chairs),
                "line": site.line if shown else not_yours(),
                "present": or_missing(state, site.present) if shown else not_yours(),
                "expected": or_missing(state, site.expected_heads) if shown else not_yours(),
                "rolled_by": label(RollBy, site.rolled_by) if site.rolled_by else None,
                "remark": site.remark or None,
            }
        )
    rolled = [site for site in state.ordered_sites if site.present is not None and open_to == set(state.sites)]
    if state.published_only:
        answer.notes.append(_p("told", "Sites that the source names; it does not say which others there were."))
    elif rolled:
        answer.facts += [
            Fact(
                "rolled",
                _p("told", "sites that called their roll"),
                {"n": len(rolled), "of": len(state.sites)},
                _p("told", "%(n)d of %(of)d") % {"n": len(rolled), "of": len(state.sites)},
            ),
            Fact("present", _p("told", "heads present"), sum(site.present or 0 for site in rolled)),
            Fact("expected", _p("told", "heads expected there"), sum(site.expected_heads or 0 for site in rolled)),
        ]
    return answer


def chairs(conference: Conference, state: State) -> Answer:
    """Who chaired what: the conference, then each site of which it is known; by post."""
    answer = Answer(
        state.title,
        head(conference, state),
        columns=[("chairs", _p("told", "chairs")), ("post", _p("told", "post")), ("as", _p("told", "as"))],
    )
    whole = _p("told", "the conference")
    answer.rows.append({"chairs": whole, "post": or_missing(state, state.chair), "as": _p("told", "chair")})
    answer.rows += [{"chairs": whole, "post": post, "as": _p("told", "co-chair")} for post in state.co_chairs]
    unknown = 0
    for site in state.ordered_sites:
        posts = [(site.chair, _p("told", "chair of the site"))] if site.chair else []
        posts += [(post, _p("told", "co-chair of the site")) for post in site.co_chairs]
        unknown += not posts
        answer.rows += [{"chairs": site.name, "post": post, "as": role} for post, role in posts]
    if state.published_only:
        answer.notes.append(_p("told", "Of the other sites the source does not say who chaired."))
    elif unknown:
        answer.notes.append(_p("told", "Of %(count)d sites no chair is written.") % {"count": unknown})
    return answer


def participants(asker: Asker, conference: Conference, state: State) -> Answer:
    """Who takes part, by post and site; answers and substitutes. A site's officer sees those of the own site."""
    answer = Answer(
        state.title,
        head(conference, state),
        columns=[
            ("site", _p("told", "site")),
            ("post", _p("told", "post")),
            ("answer", _p("told", "answer")),
            ("substitute", _p("told", "substitute")),
            ("reason", _p("told", "reason")),
        ],
    )
    open_to = sites_open_to(asker, conference, state)
    there = [site for site in state.ordered_sites if site.key in open_to]
    for site in there:
        answer.rows += [
            {
                "site": not_said(state) if state.published_only else site.name,
                "post": one.post,
                "name": one.name or None,
                "answer": label(Replied, one.answer) if one.answer else not_said(state),
                "substitute": one.substitute or None,
                "reason": one.reason or None,
            }
            for one in site.expected.values()
        ]
    answered = sum(bool(one.answer) for site in there for one in site.expected.values())
    if state.published_only:
        answer.facts.append(Fact("heads", _p("told", "number of participants"), not_said(state)))
        answer.notes.append(_p("told", "Groups as the source names them; it says that there were others."))
    else:
        of = sum(len(site.expected) for site in there)
        said = _p("told", "%(n)d of %(of)d") % {"n": answered, "of": of}
        answer.facts.append(Fact("answered", _p("told", "answered"), {"n": answered, "of": of}, said))
    return answer


def sites_open_to(asker: Asker, conference: Conference, state: State) -> set[str]:
    """The sites of which an asker sees more than their name and chair: all of them, or the own ones."""
    if state.published_only or sees_inside(asker, conference):
        return set(state.sites)
    return {site.key for site in own_sites(asker, conference, state)}


def not_yours() -> Missing:
    return Missing(_p("told", "of another site"))


# --- shared ---------------------------------------------------------------------------------------------------------


def head(conference: Conference, state: State) -> list[Fact]:
    """What stands at the head of each answer about one conference."""
    return [
        Fact("name", _p("told", "name"), slug_of(conference, state)),
        Fact("key", _p("told", "key"), conference.key),
        Fact("held_on", _p("told", "held on"), or_missing(state, state.held_on)),
        Fact("published_only", _p("told", "published facts only"), state.published_only),
    ]


def label(kinds: Any, value: str) -> str:
    """A code word on paper; the word itself where it is none of them."""
    return str(kinds(value).label) if value in kinds.values else value


def sites_counted(state: State) -> Any:
    """How many sites; of a published conference whose source names only some, that it does not say."""
    if not state.sites_stated:
        return not_said(state)
    return len(state.sites)


def code_of(site: Site) -> str | None:
    if site.unit is None:
        return None
    return Unit.objects.values_list("code", flat=True).get(pk=site.unit)


def unit_name(unit: int, state: State) -> str:
    return name_of([unit], state.held_on or clock.today())[unit]


def unit_names(units: Iterable[int], on: dt.date) -> list[str]:
    wanted = list(dict.fromkeys(units))
    names = name_of(wanted, on)
    return [names[one] for one in wanted]


def directives_of(asker: Asker, state: State) -> list[dict[str, Any]]:
    """The directives under review that the asker sees, in the order in which they were named."""
    found = documents.visible_documents(asker).in_bulk(state.directives)
    return [
        {
            "number": one.number,
            "signed_on": one.signed_on,
            "issuer": one.issuer,
            "title": one.title,
            "registered_by_number_alone": not one.editions.exists(),
            "months_before": _months(one.signed_on, state.held_on) if state.held_on else None,
        }
        for pk in state.directives
        if (one := found.get(pk)) is not None
    ]


def _cited(one: dict[str, Any]) -> str:
    said = _p("told", "%(number)s of %(day)s (%(issuer)s)") % {
        "number": one["number"],
        "day": f"{one['signed_on']:%-d-%-m-%Y}",
        "issuer": one["issuer"],
    }
    if one["months_before"] is not None:
        said += _p("told", ", %(months)d whole months before") % {"months": one["months_before"]}
    return said + (_p("told", ", registered by its number alone") if one["registered_by_number_alone"] else "")


def _months(since: dt.date, until: dt.date) -> int:
    """Whole months from one day to a later one."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def notice_of(state: State) -> Fact:
    """Number and day of the signed notice, or why there is none."""
    words = _p("told", "notice of conclusions")
    if not state.notice:
        return Fact("notice", words, not_said(state))
    day = dt.date.fromisoformat(state.notice["signed_on"])
    said = _p("told", "%(number)s of %(day)s") % {"number": state.notice["number"], "day": f"{day:%-d-%-m-%Y}"}
    return Fact("notice", words, {"number": state.notice["number"], "signed_on": day}, said)


def _named_before(asker: Asker, before: Conference) -> str:
    from soichieu.conferences.state import state_of

    return slug_of(before, state_of(before))
