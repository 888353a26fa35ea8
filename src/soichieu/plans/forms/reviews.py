"""Forms of holding up: one verdict for each programme, all on one page; and the registered report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from soichieu.documents.forms import DayField
from soichieu.plans.commands.reviews import Given
from soichieu.plans.forms.answers import PlanForm
from soichieu.plans.models import Plan, Verdict


@dataclass(frozen=True)
class Box:
    """A field of a verdict as the page draws it: ``value`` as typed or as it stands, ``attrs`` those of its widget,
    ready to stand in a tag; ``options`` (value, words, chosen) of a choice."""

    name: str
    id: str
    label: str
    value: str
    attrs: str
    errors: Sequence[str]
    options: Sequence[tuple[str, str, bool]] = ()


class VerdictForm(forms.Form):
    """The verdict on one programme. ``seen``: the verdict that stood when the page was drawn, 0 for none."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    choice = forms.ChoiceField(
        label=_("Verdict"), choices=Verdict.Choice.choices, widget=forms.RadioSelect, required=False
    )
    due_on = DayField(label=_("Until"), required=False)
    # The blank stands for "nothing written", so that what is printed leaves empty fields out.
    owner = forms.CharField(
        label=_("Seen to by"), required=False, max_length=255, widget=forms.TextInput(attrs={"placeholder": " "})
    )
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.TextInput(attrs={"placeholder": " "}))

    def __init__(self, data: Any = None, *, plan: Plan, standing: Verdict | None) -> None:
        initial = {"seen": standing.pk if standing is not None else 0, **_said(standing)}
        super().__init__(data, prefix=plan.key, initial=initial)
        self.plan, self.standing = plan, standing

    def clean(self) -> dict[str, Any]:
        """Whatever is missing beside a verdict that changes something is told at once, not one after the other."""
        cleaned = super().clean() or {}
        if cleaned.get("choice") in ("", None, Verdict.Choice.KEEP):
            return cleaned
        missing = {
            "due_on": _t("Say until when."),
            "owner": _t("Say which post or office sees to it."),
            "reason": _t("Say why, in a sentence."),
        }
        for name, words in missing.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, words)
        return cleaned

    @property
    def drawn(self) -> dict[str, Box]:
        """The fields as the page draws them by hand, by name. Django's widgets render a template each, of a choice one
        for every option: on a page with hundreds of programmes more than half of its time."""
        found = {}
        for bound in self:
            value = bound.value()
            said = "" if value is None else str(value)
            options: list[tuple[str, str, bool]] = []
            if isinstance(bound.field, forms.ChoiceField):
                options = [(code, str(words), code == said) for code, words in Verdict.Choice.choices]
            errors = [str(one) for one in self.errors.get(bound.name, ())]
            found[bound.name] = Box(
                bound.html_name, bound.auto_id, str(bound.label), said, flatatt(bound.field.widget.attrs), errors,
                options,
            )  # fmt: skip
        return found

    def given(self, seen: Verdict | None) -> Given | None:
        """What was decided; None when it is what the asker saw (``seen``), so that nothing is to be saved."""
        said: dict[str, Any] = {name: self.cleaned_data.get(name) for name in ("choice", "due_on", "owner", "reason")}
        if said["choice"] == Verdict.Choice.KEEP:
            # With script or style these two are out of sight then, and nobody could empty them.
            said["due_on"], said["owner"] = None, ""
        if said == _said(seen):
            return None
        return Given(self.plan, seen=self.cleaned_data.get("seen") or 0, **said)

    def show_newest(self, newest: Verdict | None) -> None:
        """Carry the verdict that stands now along: saved again, this one is put in its place knowingly."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("seen")] = str(newest.pk if newest is not None else 0)  # type: ignore[index]


def _said(verdict: Verdict | None) -> dict[str, Any]:
    if verdict is None:
        return {"choice": "", "due_on": None, "owner": "", "reason": ""}
    return {name: getattr(verdict, name) for name in ("choice", "due_on", "owner", "reason")}


class DecidedForm(forms.Form):
    """The day of the verdicts that are given together."""

    use_required_attribute = False

    decided_on = DayField(label=_("Decided on"))


class ReportForm(PlanForm):
    """The signed review report: number, date, file; and the day whose programmes it counts."""

    on = DayField(
        label=_("Counts what was in force on"), help_text=_("Every programme in force on this day must have a verdict.")
    )
    obligation = forms.ChoiceField(label=_("Answers the task"))
    field_order = ("obligation", "number", "signed_on", "on", "file")

    def __init__(self, *args: Any, tasks: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]
        self.tasks = [(str(pk), words) for pk, words in tasks]
        if len(self.tasks) == 1:
            del self.fields["obligation"]
        else:
            field = self.fields["obligation"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = self.tasks

    @property
    def obligation_id(self) -> int:
        """The task chosen, or the only one."""
        return int(self.cleaned_data.get("obligation") or self.tasks[0][0])
