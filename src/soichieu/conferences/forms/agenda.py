"""Forms of the agenda: each line, and a further one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.kinds import AgendaKind


class LineForm(forms.Form):
    """A line. ``place``: the number by which lines are ordered when the whole is saved."""

    use_required_attribute = False

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    statement = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.IntegerField(label=pgettext_lazy("agenda", "No."), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("agenda", "Kind"), choices=AgendaKind.choices)
    title = forms.CharField(label=pgettext_lazy("agenda", "What"), max_length=255, required=False)
    minutes = forms.IntegerField(label=_("Minutes"))
    site = forms.ChoiceField(label=_("Site"), required=False)
    speaker = forms.CharField(label=_("Speaker"), max_length=255, required=False)
    lead_in = forms.CharField(
        label=_("Lead-in of the session host"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, sites: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *sites]


class NewLineForm(LineForm):
    """A further line, before another."""

    before = forms.ChoiceField(label=pgettext_lazy("agenda", "Before"), required=False)

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("key", "statement", "place"):
            del self.fields[name]
        field = self.fields["before"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("at the end")), *lines]


Lines = forms.formset_factory(LineForm, extra=0, max_num=400)
