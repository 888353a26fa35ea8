"""Forms about a plan as a whole: submitted, returned, approved; what it stands under; which tasks it answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.documents import queries as documents
from soichieu.documents.forms import DayField
from soichieu.documents.models import Document
from soichieu.organisation.askers import Asker
from soichieu.plans.commands.acts import Issue
from soichieu.plans.forms.answers import PlanForm
from soichieu.plans.queries.acts import Task
from soichieu.web.dates import write_day


class _Seen(forms.Form):
    """What the page showed: the last act and the version. Whoever acts on something older is told."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


def task_choices(tasks: Iterable[Task]) -> list[tuple[str, str]]:
    """(id, words) of tasks that a plan may answer."""
    found = []
    for task in tasks:
        requirement = task.obligation.requirement
        words = f"{task.obligation.chain.directive.number}, {requirement.code}: {requirement.title}"
        if task.cell.current_deadline is not None:
            words += " – " + _t("due %(day)s") % {"day": write_day(task.cell.current_deadline)}
        found.append((str(task.obligation.pk), words))
    return found


class _Tasks(forms.Form):
    """The open tasks of the unit that the plan is to answer, those of its superior documents ticked. Given none, the
    field is left out."""

    obligations = forms.TypedMultipleChoiceField(
        label=_("Tasks that it answers"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, tasks: Sequence[Task]) -> None:
        """Offer these tasks."""
        field = self.fields["obligations"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = task_choices(tasks)
        field.initial = [str(task.obligation.pk) for task in tasks if task.under]
        if not tasks:
            del self.fields["obligations"]


class SubmitForm(_Tasks, _Seen):
    """To whom a version goes up, when, and which tasks it is to answer."""

    to_unit = forms.TypedChoiceField(label=_("Submitted to"), coerce=int)
    happened_on = DayField(label=_("Submitted on"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], tasks: Sequence[Task] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(units)
        self.offer(tasks)


class ReturnForm(_Seen):
    """Why a plan goes back."""

    happened_on = DayField(label=_("Returned on"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ApproveForm(PlanForm, _Tasks, _Seen):
    """The signed, numbered document by which a plan is approved, and what follows from it."""

    kind = None  # type: ignore[assignment]
    title = None  # type: ignore[assignment]
    from_day = DayField(label=_("In force from"), required=False, help_text=_("Empty: from the day it was signed."))
    to_day = DayField(label=_("In force to"), required=False)

    def __init__(self, *args: Any, tasks: Sequence[Task] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(tasks)

    def issue(self) -> Issue:
        """What was given, as the command takes it."""
        given = self.cleaned_data
        return Issue(
            number=given["number"],
            signed_on=given["signed_on"],
            signer=given["signer"],
            signing_form=given["signing_form"],
            stored=self.stored,
            from_day=given["from_day"],
            to_day=given["to_day"],
            obligations=given.get("obligations", []),
        )


class AnswerForm(forms.Form):
    """The tasks that an approved plan answers too."""

    obligations = forms.TypedMultipleChoiceField(
        label=_("Tasks that it answers"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the task that it answers.")},
    )  # fmt: skip

    def __init__(self, *args: Any, tasks: Sequence[Task] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["obligations"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = task_choices(tasks)


class SuperiorForm(forms.Form):
    """A document that the plan is to stand under, by its number; or one that is no longer to stand above it."""

    use_required_attribute = False

    number = forms.CharField(
        label=pgettext_lazy("of a superior document", "Its number"), required=False, max_length=100,
        help_text=_("As printed: 57-NQ/TW, 30/2020/NĐ-CP, 130/KH-UBND."),
    )  # fmt: skip
    remove = forms.IntegerField(required=False, widget=forms.HiddenInput)
    document = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asker: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker
        self.chosen: Document | None = None

    def clean(self) -> dict[str, Any]:
        """Find the document among those the asker sees."""
        cleaned = super().clean() or {}
        if cleaned.get("remove") or cleaned.get("document"):
            wanted = cleaned.get("remove") or cleaned["document"]
            self.chosen = documents.visible_documents(self.asker).filter(pk=wanted).first()
            return cleaned
        number = (cleaned.get("number") or "").strip()
        found = documents.by_number(self.asker, number) if number else []
        if not number:
            self.add_error("number", _t("Write the number of the document."))
        elif not found:
            self.add_error("number", _t("No document of this number is in the register, or it is not yours to see."))
        elif len(found) > 1:
            listed = "; ".join(f"{one.number} ({one.issuer}, {write_day(one.signed_on)})" for one in found)
            self.add_error("number", _t("Several documents bear this number: %(list)s.") % {"list": listed})
        else:
            self.chosen = found[0]
        return cleaned
