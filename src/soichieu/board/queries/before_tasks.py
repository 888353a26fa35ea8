"""What waits for a steering office before there is a task: requirements to be confirmed, or to be given one lead."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from soichieu.ledger import clock
from soichieu.ledger.models import Requirement
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Role


def before_tasks(asker: Asker) -> dict[str, list[dict[str, Any]]]:
    """What waits for the steering office before there is a task: requirements without one lead, and proposed ones."""
    if Role.STEERING_OFFICE not in asker.roles:
        return {}
    found = (
        Requirement.objects.filter(status=Requirement.Status.PROPOSED)
        .select_related("directive")
        .order_by("directive", "ordinal")
    )
    own = [one for one in found if _own(asker, one)]
    leads = [_required(one, "one_lead", reverse("directives:lead", args=[one.pk])) for one in own if one.needs_one_lead]
    rest: dict[int, list[Requirement]] = {}
    for one in own:
        if not one.needs_one_lead:
            rest.setdefault(one.directive_id, []).append(one)
    proposed = []
    for pk, several in rest.items():
        row = _required(several[0], "requirements", reverse("directives:requirements", args=[pk]))
        row |= {"code": str(len(several)), "title": _many(len(several))}
        proposed.append(row)
    return {"one_lead": leads, "requirements": proposed}


def _many(number: int) -> str:
    return ngettext("%(n)s requirement is proposed", "%(n)s requirements are proposed", number) % {"n": number}


def _own(asker: Asker, one: Requirement) -> bool:
    issuer = one.directive.issuer_unit_id or one.directive.registering_unit_id
    return permissions.may(asker, "confirm_requirement", issuer_id=issuer, holder_id=issuer, on=clock.today()).allowed


def _required(one: Requirement, queue: str, url: str) -> dict[str, Any]:
    return {
        "id": None, "row": -1, "seen": True, "queue": queue, "url": url, "unit": one.leads_text, "unit_id": None,
        "unit_url": "",
        "code": one.code, "title": one.title, "requirement": one.pk, "closing": one.closing, "ladder": one.ladder,
        "directive": one.directive.number, "board_url": reverse("documents:document", args=[one.directive_id]),
        "due": one.deadline, "due0": None, "late": None, "waits": None, "with": "", "lifecycle": "", "timeliness": "",
        "verification": "", "note": "", "act": "choose", "act_url": url,
    }  # fmt: skip
