"""A new version of a plan's lines. Identities are carried over, so that what was decided about a line stays with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.documents.hashes import canonical_hash
from soichieu.documents.identity import Node, match_editions, same_words
from soichieu.documents.models import StoredFile
from soichieu.documents.storing import new_key
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker, today
from soichieu.plans.commands.register import require_write
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.lines import Line, days_of, made_plain, with_units
from soichieu.plans.models import ItemIdentity, Plan, PlanEdition, PlanFacts, PlanItem

LONGEST = {"number": 40, "person": 255, "deadline_text": 255, "place": 120}
"""How many characters a field of a line holds; the others hold any number."""

LINES_AT_MOST = 2000


@transaction.atomic
def write_edition(
    *,
    asker: Asker,
    plan: Plan,
    lines: Sequence[Line],
    read_by: Mapping[str, Any],
    seen: int,
    file: StoredFile | None = None,
    warnings: Sequence[str] = (),
) -> PlanEdition:
    """Write the plan's next version and give it; ``seen`` is the ordinal of the version that the asker had before
    them, 0 when there was none.

    A line whose words stand in the version before keeps its identity, wherever it stands now; so does one that was
    reworded in its place. Lines that say exactly what the newest version says make no new one: that version is given
    back, its ordinal still ``seen``. Raises ``ChangedMeanwhile``, ``Refusal`` naming the line, ``NotAllowed``.
    """
    require_write(asker, plan.unit_id)
    # Writers of one plan take turns here, on both engines.
    Plan.objects.select_for_update().get(pk=plan.pk)
    newest = plan.editions.order_by("-ordinal").first()
    if (newest.ordinal if newest else 0) != seen:
        raise _meanwhile(newest) if newest else Refusal(_("The plan has no version of its lines yet. Open it again."))
    kept = _checked(lines, plan)
    before = list(newest.items.select_related("identity").order_by("ordinal")) if newest else []
    if newest is not None and _says(kept) == [(one.number, one.text_hash) for one in before]:
        return newest
    edition = PlanEdition.objects.create(
        plan=plan,
        ordinal=seen + 1,
        file=file,
        file_name=file.name if file is not None else "",
        read_by=dict(read_by),
        warnings=list(warnings),
        text_hash=canonical_hash([line.hash for line in kept]),
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )
    identities = _identities(plan, before, kept)
    PlanItem.objects.bulk_create(
        [
            PlanItem(
                edition=edition,
                identity=identity,
                ordinal=ordinal,
                number=line.number,
                group=line.group,
                text=line.text,
                leads=[dict(lead) for lead in line.leads],
                person=line.person,
                cooperators=line.cooperators,
                output=line.output,
                deciding_body=line.deciding_body,
                deadline_text=line.deadline_text,
                deadline_from=line.deadline_from,
                deadline_to=line.deadline_to,
                place=line.place,
                text_hash=line.hash,
            )
            for ordinal, (line, identity) in enumerate(zip(kept, identities, strict=True), 1)
        ],
        batch_size=500,
    )
    return edition


def _meanwhile(newest: PlanEdition) -> ChangedMeanwhile:
    words = _("%(who)s saved version %(ordinal)d meanwhile. Look at it first; what you wrote is kept below.")
    return ChangedMeanwhile(words % {"who": newest.made_by.get("label", ""), "ordinal": newest.ordinal}, newest)


def _checked(lines: Sequence[Line], plan: Plan) -> list[Line]:
    """The lines as they are kept; refuses what cannot be, naming the line."""
    if not lines:
        raise Refusal(_("A plan has at least one line."), field="lines")
    if len(lines) > LINES_AT_MOST:
        raise Refusal(_("A plan has at most %(n)d lines.") % {"n": LINES_AT_MOST}, field="lines")
    facts = PlanFacts.objects.filter(plan=plan).order_by("-pk").first()
    kept = []
    for ordinal, given in enumerate(lines, 1):
        line = made_plain(given)
        named = line.place or line.number or str(ordinal)
        if not line.text:
            raise Refusal(_("Line %(line)s says no task. Write it, or leave the line out.") % {"line": named})
        for name, longest in LONGEST.items():
            if len(getattr(line, name)) > longest:
                raise Refusal(
                    _("Line %(line)s: “%(words)s…” is longer than the %(n)d characters that its field holds.")
                    % {"line": named, "words": getattr(line, name)[:40], "n": longest}
                )
        if line.deadline_from is None and line.deadline_to is None:
            first, last = days_of(line.deadline_text, facts.signed_on if facts else None)
            line = replace(line, deadline_from=first, deadline_to=last)
        if line.deadline_from and line.deadline_to and line.deadline_to < line.deadline_from:
            raise Refusal(_("Line %(line)s ends before it begins.") % {"line": named})
        kept.append(replace(line, leads=with_units(line.leads, plan.unit_id, today())))
    return kept


def _says(lines: Iterable[Line]) -> list[tuple[str, str]]:
    return [(line.number, line.hash) for line in lines]


def _identities(plan: Plan, before: Sequence[PlanItem], now: Sequence[Line]) -> list[ItemIdentity]:
    """The identity of each line: the one carried over, or one made now."""
    known = {one.identity.key: one.identity for one in before}
    carried = carry_over([(one.identity.key, as_line(one)) for one in before], now)
    fresh = ItemIdentity.objects.bulk_create(
        [ItemIdentity(plan=plan, key=new_key()) for key in carried if key is None], batch_size=500
    )
    made = iter(fresh)
    return [known[key] if key is not None else next(made) for key in carried]


def carry_over(before: Sequence[tuple[str, Line]], now: Sequence[Line]) -> list[str | None]:
    """For each line of the new version the identity it had in the one before, None for a new one.

    Two rounds: the matching of editions (same words, nearest first; then the same place with similar words); then, of
    what is left, the same task with other leads, dates or products, nearest first.
    """
    old = _nodes([line for _key, line in before], [key for key, _line in before])
    new = _nodes(now, [None] * len(now))
    carried: dict[int, str] = {}
    for match in match_editions(old, new):
        if match.identity is not None and match.new is not None and match.new.startswith("l:"):
            carried[int(match.new[2:])] = match.identity
    left: dict[str, list[tuple[int, str]]] = defaultdict(list)
    taken = set(carried.values())
    for at, (key, line) in enumerate(before):
        if key not in taken:
            left[same_words(line.text)].append((at, key))
    for at, line in enumerate(now):
        if at not in carried and (same := left.get(same_words(line.text))):
            nearest = min(same, key=lambda one: abs(one[0] - at))
            same.remove(nearest)
            carried[at] = nearest[1]
    return [carried.get(at) for at in range(len(now))]


def _nodes(lines: Sequence[Line], keys: Sequence[str | None]) -> list[Node]:
    """Lines as matching sees them: each under its heading, which is a frame and has no identity of its own."""
    nodes: list[Node] = []
    heading: str | None = None
    frame: str | None = None
    for at, (line, key) in enumerate(zip(lines, keys, strict=True)):
        if line.group != heading:
            heading = line.group
            frame = f"g:{at}" if heading else None
            if frame:
                nodes.append(Node(frame, None, line.group, "group"))
        nodes.append(Node(f"l:{at}", frame, line.words, "line", key))
    return nodes


def as_line(item: PlanItem) -> Line:
    """A stored line in the form in which lines are written."""
    return Line(
        text=item.text,
        number=item.number,
        group=item.group,
        leads=tuple(item.leads),
        person=item.person,
        cooperators=item.cooperators,
        output=item.output,
        deciding_body=item.deciding_body,
        deadline_text=item.deadline_text,
        deadline_from=item.deadline_from,
        deadline_to=item.deadline_to,
        place=item.place,
    )
