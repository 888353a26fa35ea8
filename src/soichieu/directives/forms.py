"""Forms of this room. Each keeps what was typed, right or wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.directives.addressees import Finder
from soichieu.documents.forms import DayField
from soichieu.ledger.kinds import Closing, Given, Ladder
from soichieu.ledger.models import Requirement
from soichieu.organisation.addressees import AddresseeRule
from soichieu.organisation.kinds import Level, Line
from soichieu.organisation.queries import UnitView
from soichieu.web.dates import write_day

_AREA = {"rows": 3}


def retyped(form: forms.Form, name: str, value: object) -> None:
    """Put another value into a form that was sent and is shown again."""
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    form.data[name] = str(value)


class RequirementForm(forms.Form):
    """All that may be changed of a proposed requirement. ``version`` is the one that was on the page."""

    title = forms.CharField(label=_("What is required"), widget=forms.Textarea(attrs={"rows": 5}))
    section = forms.CharField(label=_("Part of the directive"), required=False)
    products = forms.CharField(
        label=_("Product"),
        required=False,
        widget=forms.Textarea(attrs=_AREA),
        help_text=_("One on each line where the directive leaves a choice: any one of them answers."),
    )
    deciding_body = forms.CharField(label=_("Who decides or issues the product"), required=False)
    ladder = forms.ChoiceField(label=pgettext_lazy("of a requirement", "Ladder"), choices=Ladder.choices)
    closing = forms.ChoiceField(label=_("How it is done"), choices=Closing.choices)
    given = forms.ChoiceField(label=_("Given"), choices=Given.choices, widget=forms.RadioSelect)
    deadline = DayField(label=_("Deadline"), required=False)
    deadline_text = forms.CharField(label=_("Deadline as printed"), required=False)
    standing = forms.BooleanField(label=_("Standing: no end, counted beside by its last report"), required=False)
    leads_text = forms.CharField(label=_("Leads as printed"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    cooperators_text = forms.CharField(
        label=_("Cooperators as printed"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_products(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["products"].splitlines() if line.strip()]

    def values(self) -> dict[str, Any]:
        """The cleaned fields as the command takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "code", "places")}

    @staticmethod
    def initial_of(requirement: Requirement) -> dict[str, Any]:
        """What the form shows of a stored requirement."""
        return {
            **{name: getattr(requirement, name) for name in RequirementForm.base_fields},
            "products": "\n".join(requirement.products),
        }

    def stands_now(self, current: Requirement) -> list[tuple[str, str]]:
        """(label, what stands there now) of each field whose stored value differs from what was typed."""
        stored = self.initial_of(current)
        differing = []
        for name, bound in ((name, self[name]) for name in self.fields if name != "version"):
            now = stored[name]
            typed = self.cleaned_data.get(name)
            kept = current.products if name == "products" else now
            if typed != kept and not (typed in (None, "") and kept in (None, "")):
                differing.append((str(bound.label), _shown(self.fields[name], now)))
        return differing


class NewRequirementForm(RequirementForm):
    """A requirement that a person writes: the same with its code."""

    code = forms.CharField(label=_("Code"), max_length=60, help_text=_("As it is cited: 14, III.2, 2.a."))
    places = forms.CharField(
        label=_("Where it stands in the text"), required=False,
        help_text=_(
            "The places of its sentences, parted by commas: 1.s1, II.3.a. From any count one comes back to them."
        ),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("code",)

    def clean_places(self) -> list[str]:
        return _places(self.cleaned_data["places"])


def _places(typed: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", typed) if one]


class TieForm(forms.Form):
    """The sentences that give a requirement: which to untie, the places of others, and why where it is confirmed.
    ``seen``: the last change that was on the page."""

    untie = forms.TypedMultipleChoiceField(
        label=_("Untie from"), required=False, widget=forms.CheckboxSelectMultiple, coerce=int
    )
    places = forms.CharField(
        label=_("Tie to"), required=False,
        help_text=_("Places of the newest text, parted by commas: 1.s1, II.3.a; rows of its tables: T2.I.14."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sentences: Sequence[Any], confirmed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["untie"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(one.identity, f"{one.citation}: {_short(one)}") for one in sentences]
        # What another untied meanwhile is no fault of what was typed: the command says what came of it.
        field.valid_value = lambda value: True  # type: ignore[method-assign]
        self.fields["reason"].required = confirmed
        self.fields["reason"].help_text = (
            _t("It is confirmed: what it asks stays. The correction is kept with your name and this reason.")
            if confirmed
            else ""
        )

    def clean_places(self) -> list[str]:
        return _places(self.cleaned_data["places"])


def _short(sentence: Any) -> str:
    words = sentence.text or next((said for name, said in sentence.cells if name == "task"), "")
    return Truncator(words).words(18)


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, dt.date):
        return write_day(value)
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    if isinstance(field, forms.ChoiceField):
        return next((str(word) for code, word in list(field.choices) if code == value), str(value))  # type: ignore[arg-type]
    return str(value or "–")


class LeadForm(forms.Form):
    """Of several leads the one who answers: one of those that were found, or another by name or code."""

    lead = forms.ChoiceField(label=_("Who answers"), required=False, widget=forms.RadioSelect)
    other = forms.CharField(label=_("Another unit: its name or code"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, found: Sequence[UnitView], finder: Finder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finder = finder
        field = self.fields["lead"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(view.code, view.name) for view in found]
        if not found:
            del self.fields["lead"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = str(cleaned.get("other") or "").strip()
        if typed:
            found = self.finder.find(typed)
            if len(found) == 1:
                cleaned["code"] = found[0].code
            else:
                self.add_error("other", _not_one(typed, found, self.finder))
        elif cleaned.get("lead"):
            cleaned["code"] = cleaned["lead"]
        else:
            self.add_error("lead" if "lead" in self.fields else "other", _t("Choose the unit that answers."))
        return cleaned


def _not_one(typed: str, found: Sequence[UnitView], finder: Finder) -> str:
    near = found or finder.search(typed, 5)
    if not near:
        return _t("There is no unit called “%(name)s” on this day. Search by a part of its name.") % {"name": typed}
    listed = "; ".join(f"{view.name} ({view.code})" for view in near[:5])
    return _t("“%(name)s” may be: %(units)s. Write its code.") % {"name": typed, "units": listed}


class AddresseesForm(forms.Form):
    """The rule: kinds, level, under a unit along a line, units besides, units left out.

    ``home``: the code of the unit that gives the tasks. The kinds are counted under it, so kinds alone mean those under
    it, unless another unit is written.
    """

    kinds = forms.MultipleChoiceField(label=_("Kinds of unit"), required=False, widget=forms.CheckboxSelectMultiple)
    place_level = forms.ChoiceField(
        label=_("Seated at"), required=False, choices=[("", _("any level")), *Level.choices]
    )
    under = forms.CharField(
        label=_("Under the unit"), required=False, help_text=_("Its name or code; itself left out.")
    )
    line = forms.ChoiceField(label=_("Along the line"), choices=Line.choices)
    depth = forms.ChoiceField(
        label=_("How far down"),
        required=False,
        choices=[("", _("to any depth")), ("1", _("directly under it")), ("2", _("two levels"))],
    )
    given = forms.ChoiceField(label=_("Given"), choices=Given.choices, widget=forms.RadioSelect)
    units = forms.MultipleChoiceField(required=False)
    exclude = forms.MultipleChoiceField(required=False)
    find = forms.CharField(
        label=_("Add or leave out one unit: search its name"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    on = DayField(label=_("The tree as at"), help_text=_("The day on which the tasks will be given."))

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[str, str, int]], finder: Finder, home: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.finder, self.home = finder, home
        if home:
            self.fields["under"].help_text = _(
                "Its name or code; itself left out. With a kind chosen and nothing here: under the unit that gives the"
                " tasks."
            )
        offered = [(kind, f"{name} ({n})") for kind, name, n in kinds]
        known = {kind for kind, _name in offered}
        asked = self.data.getlist("kinds") if hasattr(self.data, "getlist") else self.initial.get("kinds", ())
        from soichieu.organisation.kinds import Kind

        # A kind that a rule names stays to be seen even where no unit of it lives today.
        offered += [(kind, f"{Kind(kind).label} (0)") for kind in asked if kind in Kind.values and kind not in known]
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = offered
        for name in ("units", "exclude"):
            # Codes travel as check boxes of the list; whether they exist is seen when the rule is made.
            codes = self.data.getlist(name) if hasattr(self.data, "getlist") else self.initial.get(name, ())
            chosen = self.fields[name]
            assert isinstance(chosen, forms.MultipleChoiceField)
            chosen.choices = [(code, code) for code in codes]

    def clean_under(self) -> str:
        typed = self.cleaned_data["under"].strip()
        if not typed:
            return ""
        found = self.finder.find(typed)
        if len(found) != 1:
            raise forms.ValidationError(_not_one(typed, found, self.finder))
        return found[0].code

    def rule(self) -> AddresseeRule:
        """The rule that was asked, from what could be understood of the form."""
        given = self.cleaned_data
        depth = given.get("depth")
        units = tuple(dict.fromkeys(given.get("units") or ()))
        exclude = tuple(code for code in dict.fromkeys(given.get("exclude") or ()) if code not in units)
        return AddresseeRule(
            kinds=tuple(given.get("kinds") or ()),
            place_level=given.get("place_level") or None,
            units=units,
            under=given.get("under") or (self.home if given.get("kinds") and "under" in given else "") or None,
            line=given.get("line") or Line.SECTOR,
            depth=int(depth) if depth else None,
            exclude=exclude,
        )

    @staticmethod
    def initial_of(rule: AddresseeRule | None, names: Mapping[str, str]) -> dict[str, Any]:
        """What the form shows of a rule; ``names``: code → name of the unit it stands under."""
        if rule is None:
            return {}
        return {
            "kinds": list(rule.kinds),
            "place_level": rule.place_level or "",
            "under": names.get(rule.under or "", rule.under or ""),
            "line": rule.line,
            "depth": str(rule.depth) if rule.depth else "",
            "units": list(rule.units),
            "exclude": list(rule.exclude),
        }


class ProposeForm(forms.Form):
    """Beginning the book of a directive: the line it follows."""

    line = forms.ChoiceField(
        label=_("The line that the directive follows"),
        choices=Line.choices,
        help_text=_("Along it the tasks are seen, followed and handed over. It does not change afterwards."),
    )


class OpenForm(forms.Form):
    """The day on which the tasks are given."""

    happened_on = DayField(label=_("Given on"))
