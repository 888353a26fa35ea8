"""Forms of a question that goes upward. Each keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soichieu.documents.forms import DayField
from soichieu.ledger.models import Obligation
from soichieu.links.commands.questions import ABOUT

OTHER = "other"


class AskForm(forms.Form):
    """What differs between the two sentences, in the unit's own words."""

    about = forms.ChoiceField(label=_("What differs"), choices=ABOUT.items(), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The question"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Neutral and short: what the one says, what the other says, what the unit needs to know."),
    )
    obligation = forms.ChoiceField(
        label=_("About the task"),
        required=False,
        help_text=_("Then the question and its answer stand in the task's book, too."),
    )
    happened_on = DayField(label=_("Asked on"))

    def __init__(self, *args: Any, tasks: Iterable[Obligation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["obligation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none of them")), *((str(one.pk), _named(one)) for one in tasks)]
        if len(field.choices) == 1:
            del self.fields["obligation"]

    def task(self) -> int | None:
        """The task that was chosen."""
        chosen = self.cleaned_data.get("obligation")
        return int(chosen) if chosen else None


def _named(one: Obligation) -> str:
    requirement = one.requirement
    return f"{requirement.directive.number}, {requirement.code}: {requirement.title[:90]}"


class AnswerForm(forms.Form):
    """An answer that does not decide yet. ``seen`` is the last act that stood on the page."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 3}))
    happened_on = DayField(label=_("Answered on"))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class BackForm(forms.Form):
    """What the unit that asked writes back: a further question, or what follows from a decision."""

    text = forms.CharField(label=_("What you ask further"), widget=forms.Textarea(attrs={"rows": 3}))
    happened_on = DayField(label=_("Written back on"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decided: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decided:
            self.fields["text"].label = _("What follows from it in the unit's plan and work")


class DecideForm(forms.Form):
    """Which of the two holds, or what else."""

    holds = forms.ChoiceField(
        label=_("What holds"),
        choices=[("1", _("the first sentence")), ("2", _("the second sentence")), (OTHER, _("another, as written"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Decision"), widget=forms.Textarea(attrs={"rows": 3}))
    happened_on = DayField(label=_("Decided on"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def chosen(self) -> int | None:
        """1, 2, or None for another."""
        holds = self.cleaned_data["holds"]
        return None if holds == OTHER else int(holds)
