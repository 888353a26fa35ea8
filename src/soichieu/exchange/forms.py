"""Forms of this room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soichieu.documents.forms import DayField
from soichieu.documents.models import Document
from soichieu.web.fields import FileField


class SheetForm(forms.Form):
    """A tracking sheet and the directive whose tasks it tracks."""

    file = FileField(
        label=_("The tracking sheet"),
        help_text=_("An Excel workbook (.xlsx) with a row of heads: task, lead, deadline, status."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    directive = forms.ChoiceField(label=_("Tracks the tasks of"))
    as_at = DayField(
        label=_("Drawn up on"),
        help_text=_("What the sheet says without a date stands on this day, marked “not later than”."),
    )
    sheet = forms.CharField(
        label=_("Sheet"), required=False, help_text=_("Empty: the first whose heads are recognised.")
    )

    def __init__(self, *args: Any, directives: Iterable[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["directive"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(one.pk), f"{one.number}, {one.issuer}" + (f": {one.title[:90]}" if one.title else ""))
            for one in directives
        ]
