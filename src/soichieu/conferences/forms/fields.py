"""Fields of this room's forms: a time of day as the office writes it, and lists of one a line."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from soichieu.web.dates import BadDate, read_moment, write_moment

_TIME = re.compile(r"^\s*(\d{1,2})\s*(?:[:.hg]|giờ)?\s*(\d{2})?\s*(?:phút|')?\s*$")


class ClockField(forms.Field):
    """A time of day: 8:00, 8h30, 14 giờ 15."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "8:00"})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, dt.time) or not value:
            return value or None
        found = _TIME.match(str(value))
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise forms.ValidationError(_("There is no such time of day. Write for example 8:00 or 14:30."))
        return dt.time(int(found[1]), int(found[2] or 0))


class MomentField(forms.Field):
    """A moment as the office writes it: 17:00, 10-7-2025; a bare day means its end."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "17:00, 10-7-2025"})

    def prepare_value(self, value: Any) -> Any:
        return write_moment(value) if isinstance(value, dt.datetime) else value

    def to_python(self, value: Any) -> dt.datetime | None:
        if isinstance(value, dt.datetime) or not value:
            return value or None
        try:
            return read_moment(str(value))
        except BadDate as bad:
            raise forms.ValidationError(str(bad), code="bad_date") from bad


class LinesField(forms.CharField):
    """Several texts, one a line; empty lines do not count."""

    def __init__(self, *args: Any, rows: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(*args, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(self.prepare_value(value))
        return [" ".join(line.split()) for line in str(text or "").splitlines() if line.strip()]
