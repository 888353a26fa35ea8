"""Forms of this room. Each keeps what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.documents import queries as documents
from soichieu.documents.forms import DayField
from soichieu.documents.models import Document
from soichieu.findings.models import Answer
from soichieu.findings.queries.similar import Similar
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day


class AnswerForm(forms.Form):
    """The answer to a proposal, and the paper by which it came."""

    use_required_attribute = False

    choice = forms.ChoiceField(
        label=pgettext_lazy("to a proposal", "The answer"), choices=Answer.Choice.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is not accepted."),
    )
    answered_on = DayField(label=_("Answered on"))
    document = forms.CharField(
        label=_("By which document"),
        required=False,
        max_length=100,
        help_text=_("Its number as printed, where it was answered by a document that is registered here."),
    )

    def __init__(self, *args: Any, asker: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker

    def clean_document(self) -> Document | None:
        """The one registered document with the number that was typed."""
        number = self.cleaned_data["document"].strip()
        if not number:
            return None
        found = documents.by_number(self.asker, number)
        if len(found) != 1:
            raise forms.ValidationError(
                _now("No document %(number)s is registered here, or it is not yours to see.") % {"number": number}
                if not found
                else _now("Several documents are called %(number)s; give the number as printed.") % {"number": number}
            )
        return found[0]


class SameForm(forms.Form):
    """Which earlier finding this one is."""

    use_required_attribute = False

    same_as = forms.ChoiceField(label=_("It is the same as"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Remark"), required=False, max_length=400)

    def __init__(self, *args: Any, suggested: Sequence[Similar], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["same_as"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.shown.key, _told(one)) for one in suggested]


def _told(one: Similar) -> str:
    last = one.shown.raisings[-1]
    return f"{write_day(last.on)}, {last.occasion_label}: {Truncator(one.shown.words).chars(200)}"


class ApartForm(forms.Form):
    """Why one of those that were said to be the same is not."""

    use_required_attribute = False

    same_as = forms.ChoiceField(label=_("It is not the same as"))
    reason = forms.CharField(label=_("Reason"), max_length=400)

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["same_as"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = others


class WordForm(forms.Form):
    """A new wording. ``after``: the wordings that stood on the page."""

    use_required_attribute = False

    words = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 4}))
    objective_cause = forms.CharField(
        label=_("Objective cause"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    subjective_cause = forms.CharField(
        label=_("Subjective cause"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    after = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, causes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not causes:
            del self.fields["objective_cause"], self.fields["subjective_cause"]

    def clean_after(self) -> list[int]:
        """The numbers of the wordings that are replaced."""
        given = self.cleaned_data["after"].split(",")
        if not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in given):
            raise forms.ValidationError(_now("Say which wording this one replaces."))
        return [int(one) for one in given]

    def fields_given(self) -> dict[str, Any]:
        """The wording as the command takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "after"}


class EndForm(forms.Form):
    """Why a finding is taken back, or by what it is seen that a shortcoming is remedied."""

    use_required_attribute = False

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))
    on = DayField(label=_("On the day"))
