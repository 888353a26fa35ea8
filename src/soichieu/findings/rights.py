"""Who sees a finding."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from soichieu.documents.rights import id_list
from soichieu.findings import occasions
from soichieu.findings.models import Concern, Finding, Kind, Part, Raising, Step
from soichieu.ledger import clock
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker


def visible_findings(asker: Asker) -> QuerySet[Finding]:
    """The findings an asker sees: those that concern a unit of the asker's subtree (it is about it, it raised it, it is
    asked to answer, it leads the task), and those of occasions that such a unit holds.

    A conclusion is the holder's alone until the chair concluded it: a draft tells nobody anything yet. What was raised
    at an occasion of which only published facts are kept is seen by whoever may sign in.
    """
    findings = Finding.objects.all()
    ids = permissions.visible_units(asker, on=clock.today())
    if ids is None:
        return findings
    if not len(ids):
        return findings.none()
    mine = Concern.objects.filter(finding=OuterRef("pk"), unit_id__in=id_list(ids))
    concluded = Step.objects.filter(finding=OuterRef("pk"), step=Step.State.CONCLUDED)
    told = ~Q(kind=Kind.CONCLUSION) | Q(Exists(concluded))
    seen = Q(Exists(mine.filter(part=Part.HOLDER))) | Q(Exists(mine.exclude(part=Part.HOLDER))) & told
    if (published := occasions.published()) is not None:
        seen |= Q(Exists(Raising.objects.filter(published, finding=OuterRef("pk")))) & told
    return findings.filter(seen)
