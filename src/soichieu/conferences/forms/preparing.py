"""Forms of the preparation: a task, that it is done, the invitations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.documents.forms import DayField


class TaskForm(forms.Form):
    """A task of the preparation; ``key`` empty for a new one."""

    use_required_attribute = False

    title = forms.CharField(label=pgettext_lazy("preparation", "Task"), max_length=255)
    owner = forms.CharField(
        label=_("Whose"), max_length=255, help_text=_("An office, a sub-committee, a post.")
    )  # fmt: skip
    due_on = DayField(label=_("Due"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


class DoneForm(forms.Form):
    """A task is done on a day, or not after all."""

    use_required_attribute = False

    done_on = DayField(label=_("Done on"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class InviteForm(forms.Form):
    """The day on which the invitations went out."""

    use_required_attribute = False

    on = DayField(label=_("Sent on"))
