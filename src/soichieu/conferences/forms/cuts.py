"""The form of a cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.forms.fields import MomentField
from soichieu.documents.forms import DayField


class FreezeForm(forms.Form):
    """Which directive, as at which day, as known when."""

    use_required_attribute = False

    directive = forms.ChoiceField(label=_("Directive"))
    as_at = DayField(label=_("As at"))
    known_at = MomentField(label=_("As known at"), required=False, help_text=_("Empty: now. A bare day means its end."))
    label = forms.CharField(
        label=pgettext_lazy("of a cut", "Name"), max_length=255, required=False,
        help_text=_("Empty: named by its day."),
    )  # fmt: skip

    def __init__(self, *args: Any, directives: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["directive"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), words) for pk, words in directives]
