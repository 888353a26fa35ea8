"""Fields of forms that several rooms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class FileField(forms.FileField):
    """A file that says of an empty one which it is, and what to do."""

    def to_python(self, data: Any) -> Any:
        """The upload; ``ValidationError`` as the field of Django raises it, of an empty file in our words."""
        try:
            return super().to_python(data)
        except ValidationError as wrong:
            if wrong.code != "empty":
                raise
            told = _(
                "%(name)s: there is nothing in this file. Open it to see whether it is the right one, and choose again."
            )
            raise ValidationError(told % {"name": data.name}, code="empty") from wrong
