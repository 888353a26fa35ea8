"""Whoever looks at a plan lays it beside a document of their own choice: for this look alone, nothing is written."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from soichieu.documents import queries as documents
from soichieu.organisation.askers import Asker
from soichieu.plans.forms.acts import SuperiorForm
from soichieu.plans.models import Plan, PlanEdition

PREFIX = "beside"


def beside_form(asker: Asker, asked: QueryDict | None = None) -> SuperiorForm:
    """The form that asks which document; ``asked``: what was sent."""
    return SuperiorForm(asked, asker=asker, prefix=PREFIX)


def is_asked(query: QueryDict) -> bool:
    """Whether the address asks to lay the plan beside a document."""
    return f"{PREFIX}-number" in query or f"{PREFIX}-document" in query


def address(form: SuperiorForm, plan: Plan, edition: PlanEdition | None) -> str:
    """Where the plan lies beside the document asked for; empty, with the error in the form, where it cannot."""
    if not form.is_valid():
        return ""
    if form.chosen is None:
        form.add_error(None, _("No document of this number is in the register, or it is not yours to see."))
    elif edition is None:
        form.add_error(None, _("The plan has no lines yet. Write them, or read them from its file."))
    elif documents.edition(form.asker, form.chosen) is None:
        form.add_error(None, _("Its text is not in the register: there is nothing to compare with."))
    else:
        return reverse("links:table", args=[plan.key, form.chosen.pk])
    return ""
