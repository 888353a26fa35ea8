"""Forms of the register of what is in force: a plan typed in or corrected, and a sheet handed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soichieu.documents.forms import DayField
from soichieu.plans.facts import Facts
from soichieu.plans.models import PlanFacts
from soichieu.web.fields import FileField

SIGNING_FORMS = [(one, one) for one in ("", "T/M", "TM.", "KT.", "TL.", "TUQ.", "Q.")]


class _OfUnit(forms.Form):
    """A form about one of the units for which the asker writes; with a single one there is nothing to choose."""

    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = [(str(pk), name) for pk, name in units]
        if len(self.units) == 1:
            del self.fields["unit"]
        else:
            field = self.fields["unit"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = self.units

    @property
    def unit_id(self) -> int:
        """The unit chosen, or the only one."""
        return int(self.cleaned_data.get("unit") or self.units[0][0])

    @property
    def only_unit(self) -> str:
        """The name of the only unit; empty where one is to be chosen."""
        return self.units[0][1] if len(self.units) == 1 else ""


class FactsForm(forms.Form):
    """What is known of a plan."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("It is"), choices=PlanFacts.Kind.choices, widget=forms.RadioSelect, initial=PlanFacts.Kind.PLAN
    )
    title = forms.CharField(label=_("Title"), widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.CharField(
        label=_("Number and symbol"), max_length=100, required=False,
        help_text=_("As printed: 12/KH-UBND. Empty while it has none."),
    )  # fmt: skip
    signed_on = DayField(label=_("Date of issue"), required=False)
    term = forms.ChoiceField(
        label=_("Term"), choices=PlanFacts.Term.choices, widget=forms.RadioSelect, initial=PlanFacts.Term.YEAR
    )
    from_day = DayField(label=_("In force from"), required=False, help_text=_("Empty: a draft, not in force yet."))
    to_day = DayField(label=_("In force to"), required=False, help_text=_("Empty: until it is stopped."))
    signer = forms.CharField(label=_("Signer"), required=False, max_length=255)
    signing_form = forms.ChoiceField(label=_("Signing form"), required=False, choices=SIGNING_FORMS)

    def facts(self, before: Facts | None = None) -> Facts:
        """The fields as the commands take them; what has no field (document, source) stays as it was."""
        given = {name: value for name, value in self.cleaned_data.items() if name in Facts.__dataclass_fields__}
        kept = {"document": before.document, "source": before.source} if before is not None else {}
        return Facts(**{**given, **kept})


class EnterForm(FactsForm, _OfUnit):
    """A plan that is entered by hand."""

    field_order = ("unit",)


class CorrectForm(FactsForm):
    """What is known of a plan, corrected. ``seen``: which row of facts it was filled from."""

    reason = forms.CharField(
        label=_("Why it is corrected"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What stood before stays readable."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class SheetForm(_OfUnit):
    """A unit's register of outgoing documents."""

    file = FileField(
        label=_("The register of outgoing documents"),
        help_text=_("An Excel workbook (.xlsx) with a row of heads: number and symbol, date, title; kind, from, to."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    sheet = forms.CharField(
        label=_("Sheet"), required=False, help_text=_("Empty: the first whose heads are recognised.")
    )
    field_order = ("unit", "file", "sheet")
