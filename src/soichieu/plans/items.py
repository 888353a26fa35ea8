"""The lines of plans as the room of *soi chiếu* asks for them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from django.db import transaction
from django.db.models import Count, Max
from django.urls import reverse

from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.links.items import Head, Holding, Item, Slip, register
from soichieu.organisation.askers import Asker
from soichieu.plans.models import Plan, PlanEdition, PlanFacts, PlanItem, SharesShown
from soichieu.plans.queries import editions, versions
from soichieu.plans.queries.register import newest_facts, plan_of, visible_plans

ROOM, PLAN = "plans", "plan"


def plan_url(key: str) -> str:
    """The address of a plan's page."""
    return reverse("plans:plan", args=[key])


class Provider:
    """What this room answers about its plans (``links.items.Provider``)."""

    def holding(self, asker: Asker, key: str) -> Holding:
        """One plan with the lines of the newest version that the asker may see; ``Plan.DoesNotExist``."""
        plan = plan_of(asker, key)
        facts = newest_facts([plan.pk]).get(plan.pk)
        edition = editions.newest_edition(asker, plan)
        return Holding(
            room=ROOM,
            kind=PLAN,
            key=plan.key,
            unit_id=plan.unit_id,
            title=title_of(facts),
            url=plan_url(plan.key),
            items=tuple(as_item(one, plan.key) for one in editions.items_of(edition)) if edition else (),
            superiors=tuple(document for document, _why in editions.superiors(asker, {plan.pk: facts})[plan.pk]),
            begun_on=facts.from_day if facts else None,
            edition=edition.ordinal if edition else 0,
        )

    def slips(self, asker: Asker) -> Sequence[Slip]:
        """Every plan with lines that the asker may see, in official order of units, then as entered."""
        plans = {pk: (key, unit) for pk, key, unit in visible_plans(asker).values_list("pk", "key", "unit_id")}
        shown = editions.with_lines(asker, plans)
        above = editions.superiors_of_plans(shown)
        place = editions.official_order({unit for _key, unit in plans.values()})
        ordered = sorted(shown, key=lambda one: (place[plans[one][1]], one))
        return [Slip(ROOM, PLAN, *plans[pk], tuple(above[pk])) for pk in ordered]

    def heads(self, asker: Asker, keys: Collection[str]) -> Sequence[Head]:
        """Of the plans named those with lines that the asker may see."""
        plans = {plan.pk: plan for plan in visible_plans(asker).filter(key__in=editions.key_list(keys))}
        shown = editions.newest_editions(asker, plans)
        facts = newest_facts(shown)
        return [
            Head(
                room=ROOM,
                kind=PLAN,
                key=plans[pk].key,
                unit_id=plans[pk].unit_id,
                title=title_of(facts.get(pk)),
                url=plan_url(plans[pk].key),
                edition=shown[pk][0].ordinal,
                lines=shown[pk][1],
            )
            for pk in shown
        ]

    def line_counts(self, asker: Asker, keys: Collection[str]) -> Mapping[str, int]:
        """Plan key → how many lines the newest version has that the asker sees."""
        plans = dict(visible_plans(asker).filter(key__in=editions.key_list(keys)).values_list("pk", "key"))
        return {plans[pk]: lines for pk, lines in editions.newest_line_counts(asker, plans).items()}

    def state(self) -> Hashable:
        """Another value as soon as any plan has a new version."""
        return tuple(sorted(PlanEdition.objects.aggregate(newest=Max("pk"), many=Count("pk")).items()))

    def titles(self, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Plan key → (title, address of its page); keys that are not there are left out."""
        plans = dict(Plan.objects.filter(key__in=editions.key_list(keys)).values_list("pk", "key"))
        return {plans[pk]: (title_of(facts), plan_url(plans[pk])) for pk, facts in newest_facts(plans).items()}

    def item_hashes(self, keys: Collection[str]) -> Mapping[str, str]:
        """Line key → the hash of its words in the newest version of its plan; what is gone from it is left out."""
        return dict(editions.newest_items(keys).values_list("identity__key", "text_hash"))

    def items(self, keys: Collection[str]) -> Mapping[str, Item]:
        """Line key → the line as it stands in the newest version that held it."""
        found = editions.last_items(keys).select_related("identity", "edition__plan")
        return {one.identity.key: as_item(one, one.edition.plan.key) for one in found}

    def changed_since(self, key: str, hash: str) -> Sequence[tuple[str, str, str]]:
        """What a line says otherwise than in the last version in which its words had a hash."""
        told = PlanItem.objects.filter(identity__key=key)
        then, now = told.filter(text_hash=hash).order_by("-pk").first(), told.order_by("-pk").first()
        return versions.differences(then, now) if then is not None and now is not None else ()

    def shown_shares(self, asker: Asker, holding: Holding, document: Document) -> bool:
        """Whether the asker may be shown how much of the plan is taken over from a document.

        The plan's own unit always, and from then on it counts as shown; everybody else only after that.
        """
        plan = plan_of(asker, holding.key)
        edition = PlanEdition.objects.filter(plan=plan, ordinal=holding.edition).first()
        if edition is None:
            return False
        shown = SharesShown.objects.filter(edition=edition, directive=document)
        if not editions.is_own(asker, plan):
            return shown.exists()
        if not shown.exists():
            with transaction.atomic():
                SharesShown.objects.get_or_create(
                    edition=edition,
                    directive=document,
                    defaults={"made_at": clock.now(), "made_by": rights.record_of(asker)},
                )
        return True


def title_of(facts: PlanFacts | None) -> str:
    """What a plan is called on pages: its number, where it has one, and its title."""
    if facts is None:
        return ""
    return f"{facts.number} – {facts.title}" if facts.number else facts.title


def as_item(item: PlanItem, plan_key: str) -> Item:
    """A stored line in the form in which links know it."""
    return Item(
        key=item.identity.key,
        text=item.text,
        heading=item.group,
        number=item.number,
        hash=item.text_hash,
        leads=tuple(str(lead["text"]) for lead in item.leads),
        person=item.person,
        cooperators=item.cooperators,
        output=item.output,
        deciding_body=item.deciding_body,
        deadline_text=item.deadline_text,
        deadline=item.deadline_to or item.deadline_from,
        url=f"{plan_url(plan_key)}#line-{item.identity.key}",
    )


def register_all() -> None:
    """Called once when Django starts."""
    register(ROOM, PLAN, Provider())
