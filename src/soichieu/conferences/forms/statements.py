"""Forms of statements: commissioned, registered, reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.kinds import Delivery, Review
from soichieu.documents.forms import DayField
from soichieu.web.fields import FileField


class CommissionForm(forms.Form):
    """A statement commissioned of a site."""

    use_required_attribute = False

    site = forms.ChoiceField(label=_("Site"))
    subject = forms.CharField(label=pgettext_lazy("of a statement", "Subject"), max_length=255)
    minutes = forms.IntegerField(label=_("Minutes"), initial=7)
    due_on = DayField(label=_("Text due"), required=False)
    author = forms.CharField(
        label=pgettext_lazy("of a statement", "Given by"), max_length=255, required=False,
        help_text=_("By post, where it is known already."),
    )  # fmt: skip
    reserve = forms.BooleanField(
        label=_("Reserve: called when there is time"), required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(sites)


class TextForm(forms.Form):
    """The text of a statement, typed or as a file."""

    use_required_attribute = False

    file = FileField(
        label=_("Its file"), required=False, help_text=_("Word (.docx), PDF with a text layer, or .txt."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("or its text"), required=False, widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip
    delivery = forms.ChoiceField(
        label=_("How it is given"), choices=Delivery.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    author = forms.CharField(label=pgettext_lazy("of a statement", "Given by"), max_length=255, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """What the committee says of it."""

    use_required_attribute = False

    review = forms.ChoiceField(label=_("The committee"), choices=Review.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is returned: what is to be mended."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class OwnReviewForm(forms.Form):
    """A unit's own earlier review, by the number of a registered document."""

    use_required_attribute = False

    site = forms.ChoiceField(label=_("Site"))
    number = forms.CharField(
        label=_("Number and symbol of the review"), max_length=100,
        help_text=_("As it stands in the register of documents."),
    )  # fmt: skip
    label = forms.CharField(label=_("Note"), max_length=255, required=False)

    def __init__(self, *args: Any, sites: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(sites)
