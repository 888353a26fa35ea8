"""Reads of this room: each takes the asker and gives only what the asker sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from soichieu.directives import rights
from soichieu.directives.addressees import Finder, Suggestion, suggest
from soichieu.directives.commands import why_not_confirmed
from soichieu.documents import queries as documents
from soichieu.documents.models import Document, Edition, Provision, TableRow
from soichieu.ledger import clock
from soichieu.ledger.models import Obligation, Requirement
from soichieu.ledger.standing import are_given
from soichieu.ledger.ties import Tie, ties_of
from soichieu.organisation import permissions
from soichieu.organisation import queries as organisation
from soichieu.organisation.addressees import AddresseeRule
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Kind
from soichieu.organisation.models import Unit
from soichieu.organisation.queries import UnitView
from soichieu.organisation.succession import heir


def directives(asker: Asker) -> QuerySet[Document]:
    """The documents that the asker gives tasks from: of the asker's own unit, with their counts by state."""
    found = documents.register(asker)
    if not asker.operator:
        found = found.filter(Q(issuer_unit=asker.unit_id) | Q(issuer_unit=None, registering_unit=asker.unit_id))
    return found.annotate(
        has_text=Exists(Edition.objects.filter(document=OuterRef("pk"))),
        proposed=Count("requirements", filter=Q(requirements__status="proposed"), distinct=True),
        confirmed=Count("requirements", filter=Q(requirements__status="confirmed"), distinct=True),
    )


def directive(asker: Asker, pk: int, act: str = rights.CONFIRM) -> Document:
    """A directive the asker may do ``act`` with; ``Document.DoesNotExist`` when it is not the asker's to see,
    ``Forbidden`` when only that."""
    found = documents.document(asker, pk)
    rights.require(asker, found, act)
    return found


def requirement(asker: Asker, pk: int) -> Requirement:
    """One requirement of such a directive; the same errors."""
    found = Requirement.objects.select_related("directive", "confirmed_by__unit").get(pk=pk)
    directive(asker, found.directive_id)
    return found


def chosen(asker: Asker, of: Document, ids: Iterable[int]) -> list[Requirement]:
    """Some requirements of a directive (checked by :func:`directive`), in its order."""
    return list(Requirement.objects.filter(directive=of, pk__in=list(ids)).order_by("ordinal", "pk"))


@dataclass(frozen=True)
class Row:
    """A requirement in the list, with what is still to be decided about it."""

    requirement: Requirement
    suggestion: Suggestion
    words: str
    given_out: int
    todo: str

    @property
    def held(self) -> bool:
        """Not one lead: held by the issuer until a person chooses."""
        return self.requirement.needs_one_lead and self.requirement.status == Requirement.Status.PROPOSED


def rows(asker: Asker, of: Document) -> list[Row]:
    """All requirements of a directive, those that wait for their one lead first, then in the directive's order."""
    today = clock.today()
    line = rights.line_of(of)
    finder = Finder.for_directive(of, of.signed_on, line)
    code = assigner_code(of)
    found = list(Requirement.objects.filter(directive=of).order_by("ordinal", "pk"))
    opened = dict(
        are_given(Obligation.objects.filter(requirement__directive=of, part_of=None))
        .values("requirement")
        .annotate(n=Count("pk"))
        .values_list("requirement", "n")
    )
    said: dict[str, str] = {}
    out = []
    for one in found:
        one.directive = of
        suggestion = suggest(one.addressees, finder=finder, assigner_code=code, line=line)
        words = ""
        if suggestion.rule is not None:
            key = str(suggestion.rule)
            if key not in said:
                said[key] = in_words(suggestion.rule, today)
            words = said[key]
        out.append(Row(one, suggestion, words, opened.get(one.pk, 0), why_not_confirmed(one)))
    out.sort(key=lambda row: not row.held)
    return out


def step(of: Document) -> int:
    """Where the way from the text to the tasks stands while nothing confirmed waits to be given out: 1 requirements to
    be looked at, 2 addressees to be chosen, 3 to be confirmed, 4 all given."""
    found = list(Requirement.objects.filter(directive=of).exclude(status=Requirement.Status.DROPPED))
    proposed = [one for one in found if one.status == Requirement.Status.PROPOSED]
    if proposed:
        return 3 if all(not why_not_confirmed(one) for one in proposed) else 2
    return 4 if found else 1


def assigner_code(of: Document) -> str | None:
    """The code of the unit that gives the tasks, None when it is not in the tree."""
    assigner = rights.assigner_of(of)
    return Unit.objects.filter(pk=assigner).values_list("code", flat=True).first() if assigner else None


def in_words(rule: AddresseeRule, on: dt.date) -> str:
    """The rule in the language of the page."""
    from django.utils.translation import get_language

    return rule.in_words(get_language() or "vi", on)


def suggestion_of(requirement: Requirement) -> Suggestion:
    """The addressees of one requirement: decided, or as first suggested."""
    of = requirement.directive
    line = rights.line_of(of)
    finder = Finder.for_directive(of, of.signed_on, line)
    return suggest(requirement.addressees, finder=finder, assigner_code=assigner_code(of), line=line)


def leads_of(requirement: Requirement) -> list[tuple[str, list[UnitView]]]:
    """Each lead as printed with the units it may mean, on the directive's own day."""
    of = requirement.directive
    finder = Finder.for_directive(of, of.signed_on, rights.line_of(of))
    names = requirement.addressees.get("names") or []
    printed = names or [part.strip() for part in requirement.leads_text.split(";") if part.strip()]
    return [(words, finder.find(words)) for words in printed]


@dataclass(frozen=True)
class Sentence:
    """A sentence or row that gives a requirement, as it stands in the newest edition that holds it."""

    citation: str
    text: str
    cells: tuple[tuple[str, str], ...]
    url_key: str
    changed: bool
    identity: int = 0
    gives: bool = True


def sentences(requirement: Requirement) -> list[Sentence]:
    """The sentences that give (or are cited by) a requirement; ``changed``: reworded since it was proposed."""
    found = []
    for link in sorted(ties_of([requirement])[requirement.pk], key=lambda one: not one.gives):
        identity = link.identity
        provision = identity.provisions.order_by("-edition__ordinal").first()
        row = None if provision else identity.rows.order_by("-edition__ordinal").first()
        if provision is not None:
            found.append(_of_provision(provision, link))
        elif row is not None:
            found.append(_of_row(row, link))
    return found


def last_tie(requirement: Requirement) -> int:
    """The position of the last change of its sentences; 0 when there is none."""
    return requirement.ties.order_by("-position").values_list("position", flat=True).first() or 0


def _of_provision(one: Provision, tie: Tie) -> Sentence:
    parts = one.children.filter(kind="sentence").order_by("ordinal").values_list("text", flat=True)
    text = " ".join(parts) or " ".join(filter(None, (one.heading, one.text)))
    return Sentence(
        one.citation, text, (), tie.identity.key, one.text_hash != tie.text_hash, tie.identity_id, tie.gives
    )


def _of_row(one: TableRow, tie: Tie) -> Sentence:
    data = one.data
    cells = [
        ("task", str(data.get("task") or one.text)),
        ("leads", "; ".join(str(lead.get("text", "")) for lead in data.get("leads") or ())),
        ("cooperators", _joined(data.get("cooperators"))),
        ("output", str(data.get("output") or "")),
        ("deadline", str((data.get("deadline") or {}).get("text") or "")),
    ]
    return Sentence(
        one.row_id, "", tuple(cell for cell in cells if cell[1]), tie.identity.key, one.text_hash != tie.text_hash,
        tie.identity_id, tie.gives,
    )  # fmt: skip


def _joined(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in value)
    return str(value or "")


@dataclass(frozen=True)
class Addressed:
    """Who a rule addresses on a day. ``outside``: ids that the asker has no right to give tasks to; ``gone``: units
    named one by one that do not exist on the day, each with who holds in its place (or None)."""

    on: dt.date
    units: tuple[UnitView, ...]
    words: str
    outside: frozenset[int] = frozenset()
    gone: tuple[tuple[UnitView, UnitView | None], ...] = ()
    excluded: tuple[UnitView, ...] = ()
    named: tuple[UnitView, ...] = ()
    already: frozenset[int] = field(default_factory=frozenset)

    @property
    def count(self) -> int:
        return len(self.units)


def addressed(asker: Asker, of: Document, rule: AddresseeRule, on: dt.date) -> Addressed:
    """Today's list and count of a rule (or another day's). Raises ``AddresseeError``."""
    ids = rule.members(on)
    views = organisation.views_of(ids, on)
    assigner = rights.assigner_of(of)
    allowed = permissions.may_many(
        asker,
        "opened",
        holder_ids=ids,
        issuer_ids=assigner if assigner is not None else ids,
        line=rights.line_of(of),
        on=clock.today(),
    )
    return Addressed(
        on,
        tuple(views[pk] for pk in ids),
        in_words(rule, on),
        frozenset(pk for pk, right in zip(ids, allowed, strict=True) if not right),
        tuple(_gone(code, on) for code in rule.missing(on)),
        _by_code(rule.exclude, on),
        _by_code(rule.units, on),
    )


def _gone(code: str, on: dt.date) -> tuple[UnitView, UnitView | None]:
    unit = organisation.unit_by_code(code)
    assert unit is not None
    after = heir(unit, on)
    return organisation.unit_view(unit, on), organisation.unit_view(after.unit_id, on) if after.unit_id else None


def _by_code(codes: Sequence[str], on: dt.date) -> tuple[UnitView, ...]:
    ids = [pk for code in codes if (pk := organisation.unit_by_code(code)) is not None]
    views = organisation.views_of(ids, on)
    return tuple(views[pk] for pk in ids if pk in views)


def home_of(of: Document) -> str:
    """The code of the unit under which :func:`kinds_present` counts, empty where it counts all units."""
    assigner = rights.assigner_of(of)
    return organisation.unit_view(assigner, clock.today()).code if assigner else ""


def kinds_present(of: Document, on: dt.date) -> list[tuple[str, str, int]]:
    """(kind, its name, how many) of the units that live on a day: under the assigner when it is in the tree."""
    assigner = rights.assigner_of(of)
    if assigner:
        ids = organisation.subtree(assigner, rights.line_of(of), on)
        views: Iterable[UnitView] = organisation.views_of([pk for pk in ids if pk != assigner], on).values()
    else:
        views = organisation.units_at(on)
    counts: dict[str, int] = {}
    for view in views:
        counts[view.kind] = counts.get(view.kind, 0) + 1
    return [(kind.value, str(kind.label), counts[kind.value]) for kind in Kind if kind.value in counts]


@dataclass(frozen=True)
class Ready:
    """A confirmed requirement before it is given out: whom it addresses on a day, and how many owe it already."""

    requirement: Requirement
    addressed: Addressed
    already: int

    @property
    def fresh(self) -> int:
        """How many will owe it newly."""
        return self.addressed.count - self.already


def ready(asker: Asker, of: Document, ids: Iterable[int] | None, on: dt.date) -> list[Ready]:
    """Confirmed requirements (some, or all that nobody owes yet) with whom they address on a day."""
    from soichieu.directives.addressees import decided

    found = Requirement.objects.filter(directive=of, status=Requirement.Status.CONFIRMED).order_by("ordinal", "pk")
    owing = are_given(Obligation.objects.filter(requirement=OuterRef("pk"), part_of=None))
    found = found.filter(~Exists(owing)) if ids is None else found.filter(pk__in=list(ids))
    owed: dict[int, set[int]] = {}
    for pk, unit in are_given(Obligation.objects.filter(requirement__in=found, part_of=None)).values_list(
        "requirement_id", "unit_id"
    ):
        owed.setdefault(pk, set()).add(unit)
    seen: dict[str, Addressed] = {}
    out = []
    for one in found:
        rule = decided(one.addressees)
        if rule is None:
            continue
        key = str(rule)
        if key not in seen:
            seen[key] = addressed(asker, of, rule, on)
        mine = owed.get(one.pk, set())
        out.append(Ready(one, seen[key], sum(1 for view in seen[key].units if view.id in mine)))
    return out
