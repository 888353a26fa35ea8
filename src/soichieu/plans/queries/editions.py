"""Reads of a plan's lines: its versions as far as the asker sees them, and what stands above the plan."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import numpy as np
from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from soichieu.documents import rights
from soichieu.documents.models import Document, DocumentLink
from soichieu.organisation import permissions
from soichieu.organisation.addressees import in_order
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.columns import columns
from soichieu.organisation.queries import counterpart_of
from soichieu.organisation.tree import alive_at
from soichieu.plans.models import Answer, Plan, PlanAct, PlanEdition, PlanFacts, PlanItem, PlanSuperior, Scheme
from soichieu.plans.queries.register import standing_facts

UNDER = (DocumentLink.Relation.IMPLEMENTS, DocumentLink.Relation.BASED_ON)
"""Relations by which a document stands under the other."""


def sees_drafts(asker: Asker, plan: Plan) -> bool:
    """Whether the asker sees every version of a plan: those of the own subtree do; those under the plan's unit see
    only what was approved."""
    ids = permissions.visible_units(asker, on=today())
    return ids is None or plan.unit_id in ids


def is_own(asker: Asker, plan: Plan) -> bool:
    """Whether the plan is of the asker's own house: the unit or its counterpart."""
    if asker.unit_id is None:
        return False
    return plan.unit_id == asker.unit_id or counterpart_of(asker.unit_id, today()) == plan.unit_id


def editions_of(asker: Asker, plan: Plan) -> QuerySet[PlanEdition]:
    """The versions of a plan that the asker sees, the newest first."""
    found = plan.editions.select_related("file").order_by("-ordinal")
    if sees_drafts(asker, plan):
        return found
    return found.filter(acts__act=PlanAct.Act.APPROVED).distinct()


def newest_edition(asker: Asker, plan: Plan) -> PlanEdition | None:
    """The newest version that the asker sees, None when there is none."""
    return editions_of(asker, plan).first()


def items_of(edition: PlanEdition) -> QuerySet[PlanItem]:
    """The lines of a version in order, with their identities."""
    return edition.items.select_related("identity").order_by("ordinal")


def key_list(keys: Iterable[str]) -> RawSQL:
    """Many keys as one parameter, for ``__in``."""
    values = [str(one) for one in keys]
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::text[])", [values])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(values)])


def newest_items(keys: Iterable[str]) -> QuerySet[PlanItem]:
    """Of the identities named, the lines of the newest version of their plan; those no longer in it are left out."""
    newest = PlanEdition.objects.order_by().values("plan").annotate(last=Max("pk")).values("last")
    return PlanItem.objects.filter(identity__key__in=key_list(keys), edition__in=newest)


def last_items(keys: Iterable[str]) -> QuerySet[PlanItem]:
    """Of the identities named, the line as it stands in the newest version that holds it."""
    held = PlanItem.objects.filter(identity__key__in=key_list(keys))
    last = held.order_by().values("identity").annotate(last=Max("pk")).values("last")
    return PlanItem.objects.filter(pk__in=last)


def superior_ids(facts: Mapping[int, PlanFacts | None]) -> dict[int, dict[int, str]]:
    """Plan id → document id → why it stands under it: ``answers`` (it answers a task that the document gave), ``based``
    (the register says that the plan's document implements it or is based on it), ``chosen`` (a person chose it).

    ``facts``: the newest facts of each plan asked about.
    """
    return _above({plan: one.document_id if one is not None else None for plan, one in facts.items()})


def superiors_of_plans(plan_ids: Iterable[int]) -> dict[int, dict[int, str]]:
    """The same of very many plans: their facts are looked up, without more of them than their document."""
    own: dict[int, int | None] = dict.fromkeys(plan_ids)
    rows = standing_facts(plans=rights.id_list(own)).exclude(document=None)
    return _above({**own, **dict(rows.values_list("plan_id", "document_id"))})


def _above(own: Mapping[int, int | None]) -> dict[int, dict[int, str]]:
    """``superior_ids``; ``own``: plan id → its document in the register."""
    found: dict[int, dict[int, str]] = {plan: {} for plan in own}
    wanted = rights.id_list(own)
    chosen: dict[tuple[int, int], bool] = {}
    rows = PlanSuperior.objects.filter(plan__in=wanted).order_by("pk")
    for plan, document, holds in rows.values_list("plan_id", "document_id", "holds"):
        chosen[plan, document] = holds
    for (plan, document), holds in chosen.items():
        if holds:
            found[plan][document] = "chosen"
    documents: dict[int, list[int]] = {}
    for plan, its in own.items():
        if its is not None:
            documents.setdefault(its, []).append(plan)
    links = DocumentLink.objects.filter(source__in=rights.id_list(documents), relation__in=UNDER).order_by("pk")
    for source, target in links.values_list("source_id", "target_id"):
        for plan in documents[source]:
            found[plan][target] = "based"
    answers = Answer.objects.filter(plan__in=wanted).order_by("pk")
    for answered, directive in answers.values_list("plan_id", "obligation__requirement__directive_id"):
        if answered is not None:
            found[answered][directive] = "answers"
    return found


def superiors(asker: Asker, facts: Mapping[int, PlanFacts | None]) -> dict[int, list[tuple[Document, str]]]:
    """Plan id → the documents that the plan stands under, as far as the asker sees them, with why (``superior_ids``);
    the oldest first."""
    why = superior_ids(facts)
    wanted = rights.id_list({document for ones in why.values() for document in ones})
    seen = list(rights.visible_documents(asker).filter(pk__in=wanted).order_by("signed_on", "pk"))
    return {plan: [(one, ones[one.pk]) for one in seen if one.pk in ones] for plan, ones in why.items()}


def newest_editions(asker: Asker, plan_ids: Iterable[int]) -> dict[int, tuple[PlanEdition, int]]:
    """Plan id → the newest version that the asker sees, and the count of its lines; plans without one left out."""
    last = _shown(asker, plan_ids).order_by().values("plan").annotate(last=Max("pk")).values("last")
    found = PlanEdition.objects.filter(pk__in=last).annotate(lines=Count("items"))
    return {one.plan_id: (one, one.lines) for one in found}


def newest_line_counts(asker: Asker, plan_ids: Iterable[int]) -> dict[int, int]:
    """Plan id → how many lines the newest version has that the asker sees; plans without one left out."""
    last = _shown(asker, plan_ids).order_by().values("plan").annotate(last=Max("pk")).values("last")
    found = PlanEdition.objects.filter(pk__in=last).order_by().annotate(lines=Count("items"))
    return dict(found.values_list("plan_id", "lines"))


def with_lines(asker: Asker, plan_ids: Iterable[int]) -> set[int]:
    """Of some plans those of which the asker sees a version."""
    return set(_shown(asker, plan_ids).order_by().values_list("plan_id", flat=True))


def _shown(asker: Asker, plan_ids: Iterable[int]) -> QuerySet[PlanEdition]:
    """The versions of some plans that the asker sees."""
    plans = Plan.objects.filter(pk__in=rights.id_list(plan_ids))
    ids = permissions.visible_units(asker, on=today())
    drafts = plans if ids is None else plans.filter(unit_id__in=rights.id_list(ids))
    approved = PlanAct.objects.filter(edition=OuterRef("pk"), act=PlanAct.Act.APPROVED)
    return PlanEdition.objects.filter(plan__in=plans.values("pk")).filter(
        Q(plan__in=drafts.values("pk")) | Exists(approved)
    )


def with_schemes(plan: Plan) -> set[int]:
    """Ids of the plan's line identities that have a roadmap of their own."""
    return set(Scheme.objects.filter(item__plan=plan).values_list("item_id", flat=True))


def official_order(unit_ids: Iterable[int]) -> dict[int, int]:
    """Unit id → its place in the official order of units today."""
    of = columns()
    at = np.array([of.position(one) for one in unit_ids], np.int64)
    placed = in_order(of, at[at >= 0], alive_at(of, today()).row)
    return {int(of.ids[one]): place for place, one in enumerate(placed)}
