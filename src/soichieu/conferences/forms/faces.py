"""What is typed on the four faces. Each form knows only its fields; what cannot stand is said by the commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.queries.said import Card
from soichieu.conferences.state import State
from soichieu.documents.forms import DayField
from soichieu.findings import terms as six
from soichieu.findings.models import ConclusionKind, Kind, Version
from soichieu.ledger import clock
from soichieu.ledger.kinds import Given, Ladder
from soichieu.organisation.names import name_of

Choices = list[tuple[str, str]]


class _Face(forms.Form):
    """``refuse``: puts what a command refused under its field, or over the form."""

    def refuse(self, field: str | None, message: str) -> None:
        self.add_error(field if field in self.fields else None, message)

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """What can be chosen in a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class FloorForm(_Face):
    about = forms.CharField(
        label=_("About what"), required=False, max_length=2000, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class RollForm(_Face):
    present = forms.IntegerField(
        label=pgettext_lazy("heads", "Present"), min_value=0, max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    of = forms.IntegerField(
        label=pgettext_lazy("heads", "Of how many expected"), required=False, min_value=0, max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class TelephoneForm(RollForm):
    """The secretary writes what a site without a line told."""

    site = forms.ChoiceField(label=_("Site"))

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("site", [("", "–"), *sites_by_line(state)])


class CorrectionForm(_Face):
    text = forms.CharField(
        label=_("Which figure is wrong, and by which paper it is seen"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class NoteForm(_Face):
    item = forms.ChoiceField(label=_("Line of the agenda, or statement sent in writing"))
    text = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("item", lines_of(state))


class FindingForm(_Face):
    """One form for all four: the causes are of a shortcoming, the addressee of a proposal."""

    kind = forms.ChoiceField(label=_("Kind"))
    item = forms.ChoiceField(label=_("Line of the agenda, or statement sent in writing"), required=False)
    text = forms.CharField(label=_("In a sentence"), widget=forms.Textarea(attrs={"rows": 3}))
    objective_cause = forms.CharField(
        label=_("Objective cause"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    subjective_cause = forms.CharField(
        label=_("Subjective cause"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    units = forms.MultipleChoiceField(label=_("About which units"), required=False)
    own = forms.BooleanField(
        label=_("The unit that speaks says it of itself"), required=False,
        help_text=_("What a unit declares itself never counts against it."),
    )  # fmt: skip
    addressee = forms.CharField(label=_("To whom the proposal is put"), required=False, max_length=400)

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "kind",
            [(code, capfirst(str(label))) for code, label in Kind.choices if code != Kind.CONCLUSION],
        )
        self.offer("item", [("", "–"), *lines_of(state)])
        self.offer("units", units_of(state))
        self.fields["units"].widget.attrs["size"] = 5


class WordingForm(_Face):
    """A conclusion: its kind, its words, and of a task the six clears (226-KL/TW of 11-12-2025)."""

    finding = forms.CharField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, widget=forms.HiddenInput)
    conclusion_kind = forms.ChoiceField(label=_("Kind of conclusion"))
    item = forms.ChoiceField(label=_("Out of which line of the agenda, or statement sent in writing"), required=False)
    text = forms.CharField(label=_("In the words of the chair"), widget=forms.Textarea(attrs={"rows": 3}))
    leads = forms.MultipleChoiceField(label=_("Who leads"), required=False)
    cooperators = forms.MultipleChoiceField(label=_("Who helps"), required=False)
    given = forms.ChoiceField(label=_("Given"), required=False)
    task = forms.CharField(label=_("What is to be done"), required=False)
    deadline = DayField(label=_("Done by"), required=False)
    deadline_text = forms.CharField(label=_("or by when in words"), required=False)
    responsibility = forms.CharField(label=_("Which post answers for it"), required=False)
    authority = forms.CharField(label=_("Which body decides or issues it"), required=False)
    product = forms.CharField(label=_("Product"), required=False)
    ladder = forms.ChoiceField(label=_("On which step it stands"), required=False)
    addressee = forms.CharField(
        label=_("To which higher authority or other body"), required=False, max_length=400,
    )  # fmt: skip

    def __init__(self, *args: Any, state: State, card: Card | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("conclusion_kind", [(code, capfirst(str(text))) for code, text in ConclusionKind.choices])
        self.offer("item", [("", "–"), *lines_of(state)])
        named = [unit for head in card.heads for unit in _named(head.version)] if card else []
        for name in ("leads", "cooperators"):
            self.offer(name, units_of(state, named))
            self.fields[name].widget.attrs["size"] = 5
        self.offer("given", [(code, str(label)) for code, label in Given.choices])
        self.offer("ladder", [(code, str(label)) for code, label in Ladder.choices])

    def terms(self) -> dict[str, Any] | None:
        """The six clears as they were typed; None of what is no task."""
        said = self.cleaned_data
        if said["conclusion_kind"] != ConclusionKind.TASK:
            return None
        return {
            "leads": [int(one) for one in said["leads"]],
            "cooperators": [int(one) for one in said["cooperators"]],
            "given": said["given"] or Given.ONE.value,
            "deadline": said["deadline"].isoformat() if said["deadline"] else None,
            "ladder": said["ladder"] or Ladder.CARRIED_OUT.value,
            **{name: said[name] for name in _WORDS},
        }

    @staticmethod
    def from_version(card: Card, state: State) -> dict[str, Any]:
        """What stands in the fields when a conclusion is worded anew: the newest wording."""
        version = card.heads[-1].version
        terms = {**six.EMPTY, **(version.terms or {})}
        called = next((one for one in state.agenda if version.statement in (one.statement, one.key)), None)
        line = called or state.statements.get(version.statement)
        return {
            "finding": card.key,
            "after": ",".join(str(head.id) for head in card.heads),
            "text": version.words,
            "conclusion_kind": version.conclusion_kind,
            "addressee": version.addressee,
            "item": line.key if line is not None and version.statement else "",
            "leads": [str(one) for one in terms["leads"]],
            "cooperators": [str(one) for one in terms["cooperators"]],
            "deadline": six.deadline_of(terms),
            **{name: terms[name] for name in (*_WORDS, "given", "ladder")},
        }


_WORDS = ("task", "deadline_text", "responsibility", "authority", "product")


def _named(version: Version) -> list[int]:
    terms = version.terms or {}
    return [*terms.get("leads", ()), *terms.get("cooperators", ())]


def lines_of(state: State) -> Choices:
    """Where something was said: the lines of the agenda in its order, each with its number and its site, and then the
    statements that count without being called."""
    found = []
    for number, item in enumerate(state.agenda, start=1):
        site = state.sites.get(item.site)
        name = f"{item.title} · {site.name}" if site is not None and site.name != item.title else item.title
        found.append((item.key, f"{number}. {name}"))
    for one in state.uncalled_statements:
        site = state.sites.get(one.site)
        name = f"{one.subject} · {site.name}" if site is not None else one.subject
        found.append((one.key, _now("In writing: %(statement)s") % {"statement": name}))
    return found


def sites_by_line(state: State) -> Choices:
    """Sites without a line first: they are called by telephone."""
    order = {"none": 0, "poor": 1}
    sites = sorted(state.ordered_sites, key=lambda site: order.get(site.line, 2))
    return [(one.key, f"{one.name} · {one.telephone}" if one.telephone else one.name) for one in sites]


def units_of(state: State, more: Iterable[int] = ()) -> Choices:
    """The units of the sites in their order, and the one that holds the conference."""
    ids = [site.unit for site in state.ordered_sites if site.unit is not None]
    ids = list(dict.fromkeys([*ids, state.unit, *more]))
    names = name_of(ids, state.held_on or clock.today())
    return [(str(one), names[one]) for one in ids]
