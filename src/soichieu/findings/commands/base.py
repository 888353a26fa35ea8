"""What every change of this room does first: who may, which finding, which words; and writing a wording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.documents.models import ProvisionIdentity
from soichieu.documents.storing import new_key
from soichieu.findings import terms as six
from soichieu.findings.causes import cause_key
from soichieu.findings.models import Concern, ConclusionKind, Finding, Kind, Part, Raising, Step, Version
from soichieu.findings.occasions import Occasion
from soichieu.language.text import typed
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit
from soichieu.web.dates import write_day

SIGNED = frozenset({Step.State.IN_NOTICE, Step.State.OPENED})
"""Steps after which a conclusion stands in a signed document: its words are the document's."""
LONGEST = 8000
"""Characters of one wording, cause or reason: two printed pages. More is a document, and has its own place."""
WRITE, CONCLUDE, ANSWER = "write_finding", "conclude", "answer_proposal"
# What a wording may say besides its words; what is not named is taken over from the wording that it replaces.
FIELDS = (
    "objective_cause",
    "subjective_cause",
    "addressee",
    "addressee_unit",
    "conclusion_kind",
    "terms",
    "provisions",
    "statement",
)


def may(asker: Asker, verb: str, unit_id: int) -> permissions.Verdict:
    """Whether the asker may do it for a unit: the one that holds the occasion, or the one that answers."""
    return permissions.may(asker, verb, on=clock.today(), holder_id=unit_id)


def require(verdict: permissions.Verdict) -> None:
    """Raise ``Forbidden`` with the rule unless it is allowed."""
    if not verdict:
        raise Forbidden(verdict.reason)


def locked(finding: Finding | str) -> Finding:
    """The finding, locked until the transaction ends. Raises ``Finding.DoesNotExist``."""
    key = finding if isinstance(finding, str) else finding.key
    return Finding.objects.select_for_update(of=("self",)).get(key=key)


def stands_at(finding: Finding, holder_unit_id: int) -> None:
    """Raise ``Forbidden`` unless an occasion held by the unit raised it: nobody rewrites another house's findings."""
    if not Concern.objects.filter(finding=finding, unit_id=holder_unit_id, part=Part.HOLDER).exists():
        raise Forbidden(_("this was raised at an occasion of another unit"))


def text_of(text: str, field: str = "words") -> str:
    """Words as they are kept: as typed, without blanks around; line breaks stay. Raises ``Refusal`` when they are
    longer than ``LONGEST``."""
    kept = typed(text.replace("\r\n", "\n")).strip()
    if len(kept) > LONGEST:
        raise Refusal(_("At most %(longest)d characters.") % {"longest": LONGEST}, field=field)
    return kept


def words_of(words: str) -> str:
    kept = text_of(words)
    if not kept:
        raise Refusal(_("Write it in a sentence."), field="words")
    return kept


def not_ahead(on: dt.date, field: str = "on") -> dt.date:
    """The day, refused when it has not come yet."""
    if on > clock.today():
        raise Refusal(_("%(day)s has not come yet.") % {"day": write_day(on)}, field=field)
    return on


def holder_of(occasion: Occasion, holder_unit_id: int) -> None:
    if occasion.unit_id != holder_unit_id:
        raise Refusal(_("The occasion is held by another unit."), field="occasion")


def units_there(ids: Iterable[int], field: str) -> list[int]:
    """Ids of units that there are, each once."""
    wanted = list(dict.fromkeys(int(one) for one in ids))
    there = set(Unit.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    if set(wanted) - there:
        raise Refusal(_("One of the units named there is not known."), field=field)
    return wanted


def _provisions(asker: Asker, given: Iterable[Any]) -> list[int]:
    """Ids of sentences, each once, of documents that the asker sees."""
    ids = list(dict.fromkeys(one.pk if isinstance(one, ProvisionIdentity) else int(one) for one in given))
    seen = rights.visible_documents(asker).values("pk")
    if ids and ProvisionIdentity.objects.filter(pk__in=ids, document__in=seen).count() != len(ids):
        raise Refusal(_("One of the sentences named there is not known."), field="provisions")
    return ids


def fields_of(asker: Asker, fields: Mapping[str, Any], of: Version | None = None) -> dict[str, Any]:
    """The columns of a wording from what was given, the rest as ``of`` has it. An unknown name is a mistake of the
    programmer."""
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"a wording does not have {', '.join(sorted(unknown))}")
    before = (
        {name: getattr(of, name if name != "addressee_unit" else "addressee_unit_id") for name in FIELDS} if of else {}
    )
    asked = {**before, **fields}
    unit = asked.get("addressee_unit")
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    objective, subjective = (
        text_of(asked.get(f"{which}_cause") or "", f"{which}_cause") for which in ("objective", "subjective")
    )
    is_task = asked.get("conclusion_kind") == ConclusionKind.TASK
    given = asked.get("terms")
    if fields.get("terms") and not is_task and set(fields["terms"]) - {"report"}:
        raise Refusal(_("Only a task has the six clears."), field="terms")
    terms = six.cleaned(given) if is_task else {name: given[name] for name in ("report",) if given and given.get(name)}
    for name in ("leads", "cooperators"):
        units_there(terms.get(name, ()), name)
    # What a wording takes over was checked when it was written, by somebody who may see more.
    fresh = "provisions" in fields
    provisions = _provisions(asker, fields["provisions"] or ()) if fresh else before.get("provisions", [])
    return {
        "objective_cause": objective,
        "subjective_cause": subjective,
        "objective_key": cause_key(objective),
        "subjective_key": cause_key(subjective),
        "addressee": text_of(asked.get("addressee") or "", "addressee"),
        "addressee_unit_id": units_there([unit_id], "addressee_unit")[0] if unit_id else None,
        "conclusion_kind": asked.get("conclusion_kind") or "",
        "terms": terms,
        "provisions": provisions,
        "statement": str(asked.get("statement") or ""),
    }


def write_version(
    asker: Asker, finding: Finding, words: str, after: Sequence[int], columns: Mapping[str, Any]
) -> Version:
    """Add a wording, and say which units it concerns. For commands, the finding locked."""
    version = Version.objects.create(
        finding=finding,
        after=list(after),
        words=words,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
        **columns,
    )
    concerned = [(one, Part.LEAD) for one in version.terms.get("leads", ())]
    concerned += [(one, Part.COOPERATOR) for one in version.terms.get("cooperators", ())]
    if version.addressee_unit_id:
        concerned.append((version.addressee_unit_id, Part.ADDRESSEE))
    concern(finding, concerned)
    return version


def concern(finding: Finding, concerned: Iterable[tuple[int, str]]) -> None:
    """Say that units are concerned, each part once."""
    known = set(Concern.objects.filter(finding=finding).values_list("unit_id", "part"))
    fresh = [pair for pair in dict.fromkeys((unit, str(part)) for unit, part in concerned) if pair not in known]
    Concern.objects.bulk_create([Concern(finding=finding, unit_id=unit, part=part) for unit, part in fresh])


def make(
    asker: Asker,
    *,
    kind: str,
    words: str,
    columns: Mapping[str, Any],
    occasion: Occasion,
    on: dt.date,
    units: Sequence[int],
    author_unit: int | None = None,
    author: str = "",
    own: bool = False,
) -> Finding:
    """A finding with its first words and its raising. For commands."""
    finding = Finding.objects.create(key=new_key(), kind=kind, made_at=clock.now(), made_by=rights.record_of(asker))
    version = write_version(asker, finding, words, (), columns)
    Raising.objects.create(
        finding=finding,
        version=version,
        room=occasion.room,
        kind=occasion.kind,
        occasion=occasion.id,
        occasion_label=text_of(occasion.label),
        occasion_unit_id=occasion.unit_id,
        item=version.statement,
        on=on,
        author_unit_id=author_unit,
        author=text_of(author),
        own=own,
        units=list(units),
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )
    concerned = [(occasion.unit_id, Part.HOLDER), *((one, Part.ABOUT) for one in units)]
    if author_unit:
        concerned.append((author_unit, Part.AUTHOR))
    concern(finding, concerned)
    return finding


def step(asker: Asker, finding: Finding, state: str, on: dt.date, **values: Any) -> Step:
    """Write a step. For commands, the finding locked."""
    return Step.objects.create(
        finding=finding, step=state, on=on, made_at=clock.now(), made_by=rights.record_of(asker), **values
    )


def heads_of(finding: Finding) -> list[Version]:
    """The wordings that no other replaces, oldest first: one, or several that nobody has settled yet."""
    versions = list(finding.versions.order_by("pk"))
    replaced = {one for version in versions for one in version.after}
    return [one for one in versions if one.pk not in replaced]


def is_kind(finding: Finding, kind: Kind) -> None:
    if finding.kind != kind:
        raise Refusal(_("This is no %(kind)s.") % {"kind": kind.label})
