"""Forms of a roadmap: what the scheme is, its steps, their dates, what waits for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.documents.forms import DayField
from soichieu.plans.models import Milestone
from soichieu.plans.queries.schemes import Step


def _named(step: Step) -> tuple[str, str]:
    return str(step.milestone.pk), f"{step.milestone.ordinal}. {step.milestone.title}"


class _StepsForm(forms.Form):
    """A form that speaks of steps of one roadmap."""

    use_required_attribute = False

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = {step.milestone.pk: step for step in steps}
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField | forms.TypedMultipleChoiceField):
                field.choices = [_named(step) for step in steps if not step.now.dropped]

    def milestone(self, pk: int) -> Milestone:
        """The step of a primary key among those of this roadmap."""
        return self.steps[pk].milestone


class SchemeForm(forms.Form):
    """What the scheme is called, who owns it and who approves it."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Name of the scheme"), widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.CharField(
        label=_("Owner"), required=False, max_length=255,
        help_text=_("The post or office that answers for it; no person's name is needed."),
    )  # fmt: skip
    approver = forms.CharField(label=_("Approved by"), required=False, max_length=255)


class MilestoneForm(_StepsForm):
    """A new step. Its dates are the baseline that slips are counted against."""

    title = forms.CharField(label=pgettext_lazy("of a roadmap", "Step"), max_length=500)
    starts_on = DayField(label=_("Begins on"))
    due_on = DayField(label=_("To be reached by"))
    after = forms.TypedMultipleChoiceField(
        label=_("Waits for"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, steps=steps, **kwargs)
        if not steps:
            del self.fields["after"]


class MoveForm(forms.Form):
    """The dates of a step, said anew."""

    use_required_attribute = False

    milestone = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    starts_on = DayField(label=_("Begins on"))
    due_on = DayField(label=_("To be reached by"))
    done_on = DayField(label=_("Reached on"), required=False)
    dropped = forms.BooleanField(label=_("The step is dropped"), required=False)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed whenever a date moves or the step is dropped."),
    )  # fmt: skip

    @classmethod
    def of(cls, step: Step) -> MoveForm:
        """The form with the dates that stand."""
        now = step.now
        return cls(
            initial={
                "milestone": step.milestone.pk,
                "seen": now.pk,
                "starts_on": now.starts_on,
                "due_on": now.due_on,
                "done_on": now.done_on,
                "dropped": now.dropped,
            }
        )


class DependencyForm(_StepsForm):
    """A step waits for another, or no longer."""

    after = forms.TypedChoiceField(label=_("This step"), coerce=int)
    before = forms.TypedChoiceField(label=_("waits for"), coerce=int)
    ends = forms.BooleanField(label=_("no longer"), required=False)
