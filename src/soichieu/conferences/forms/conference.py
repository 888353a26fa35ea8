"""The form of a conference: what, when, where, who, which directives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.forms.fields import ClockField, LinesField
from soichieu.conferences.kinds import ConferenceKind, Mode
from soichieu.conferences.state import State
from soichieu.documents.forms import DayField

LAYOUTS = (("state", _("of the state (decree 30/2020)")), ("party", _("of the party")))
FACTS = (
    "title", "kind", "mode", "held_on", "starts_at", "place", "layout", "chair", "co_chairs", "seniors", "secretary",
    "host", "directives", "follows",
)  # fmt: skip


class ConferenceForm(forms.Form):
    """``units``: (id, name) of those for which the asker may plan one; ``directives``, ``earlier``: what may be chosen.

    The fields but ``unit`` are those of ``State``.
    """

    use_required_attribute = False

    unit = forms.ChoiceField(label=pgettext_lazy("of a conference", "Held by"))
    title = forms.CharField(
        label=pgettext_lazy("of a conference", "Name"), max_length=255,
        help_text=_("As on the invitation: “Conference that reviews two years of …”."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=pgettext_lazy("of a conference", "Kind"), choices=ConferenceKind.choices)
    mode = forms.ChoiceField(label=_("How it is held"), choices=Mode.choices)
    held_on = DayField(label=_("Held on"))
    starts_at = ClockField(label=_("Begins at"), required=False)
    place = forms.CharField(label=pgettext_lazy("of a conference", "Place"), max_length=255, required=False)
    directives = forms.MultipleChoiceField(
        label=_("Directives under review"), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    chair = forms.CharField(
        label=_("Chair"), max_length=255, required=False, help_text=_("By post; a name only where it is published.")
    )
    co_chairs = LinesField(label=_("Co-chairs"), help_text=_("One a line."))
    seniors = LinesField(
        label=_("Senior guests attending and directing"), help_text=_("One a line. They speak above the chair.")
    )
    secretary = forms.CharField(label=_("Conference secretary"), max_length=255, required=False)
    host = forms.CharField(label=_("Session host"), max_length=255, required=False)
    follows = forms.ChoiceField(
        label=_("Starts from the conference"), required=False,
        help_text=_("Its conclusions and shortcomings are then followed up here."),
    )  # fmt: skip
    layout = forms.ChoiceField(label=_("Layout of its papers"), choices=LAYOUTS)

    def __init__(
        self,
        *args: Any,
        units: Iterable[tuple[int, str]] = (),
        directives: Iterable[tuple[int, str]] = (),
        earlier: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = [(str(pk), name) for pk, name in units]
        self._choose("unit", own)
        self.only_unit = own[0][1] if len(own) == 1 else ""
        if len(own) < 2:
            # With a single one there is nothing to choose.
            del self.fields["unit"]
        self._unit = int(own[0][0]) if own else 0
        self._choose("directives", [(str(pk), words) for pk, words in directives])
        self._choose("follows", [("", _("none")), *earlier])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def unit_id(self) -> int:
        return int(self.cleaned_data.get("unit") or self._unit)

    def facts(self) -> dict[str, Any]:
        """The fields as ``planning.plan`` and ``planning.change`` take them."""
        said = {name: self.cleaned_data[name] for name in FACTS}
        return {**said, "directives": [int(one) for one in said["directives"]]}


def initial_of(state: State) -> dict[str, Any]:
    """What a form is filled with to change a conference."""
    said = {name: getattr(state, name) for name in FACTS}
    return {**said, "directives": [str(one) for one in state.directives]}
