"""Forms of the sites: one site, many in one go, who is expected, what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.forms.fields import LinesField
from soichieu.conferences.kinds import Answer
from soichieu.organisation.kinds import Kind, Level

QUALITY = (
    ("good", pgettext_lazy("line of a site", "good")),
    ("poor", pgettext_lazy("line of a site", "poor: the page of a few kilobytes")),
    ("none", pgettext_lazy("line of a site", "none: by telephone")),
)
HOW = (
    ("direct", _("The units directly under the one that holds it")),
    ("deep", _("All units under it")),
    ("rule", _("By a rule, below")),
)
LINES = (("sector", _("sector line")), ("territory", _("territorial line")), ("force", _("force system")))


class SiteForm(forms.Form):
    """What whoever prepares the conference writes of a site."""

    use_required_attribute = False

    name = forms.CharField(label=pgettext_lazy("of a site", "Name"), max_length=255)
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=120,
        help_text=_("Its code in the tree of units; empty for a site of nobody in the tree."),
    )  # fmt: skip
    parent = forms.ChoiceField(label=_("Stands under the site"), required=False)
    chair = forms.CharField(label=_("Chair of the site"), max_length=255, required=False)
    co_chairs = LinesField(label=_("Co-chairs"), help_text=_("One a line."))
    join_link = forms.CharField(
        label=_("Join link"), required=False, max_length=2000, help_text=_("Of the video system used: https://…")
    )
    telephone = forms.CharField(
        label=_("Telephone of the office"), required=False, max_length=60, help_text=_("Of an office, not of a person.")
    )
    line = forms.ChoiceField(label=pgettext_lazy("of a site", "Line"), choices=QUALITY)

    def __init__(self, *args: Any, parents: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none: it is a central site")), *parents]


class OwnSiteForm(forms.Form):
    """What a site's own officer says of it."""

    use_required_attribute = False

    chair = forms.CharField(label=_("Chair of the site"), max_length=255, required=False)
    telephone = forms.CharField(
        label=_("Telephone of the office"), required=False, max_length=60, help_text=_("Of an office, not of a person.")
    )
    line = forms.ChoiceField(label=pgettext_lazy("of a site", "Line"), choices=QUALITY)


class MakeSitesForm(forms.Form):
    """Sites in one go."""

    use_required_attribute = False

    how = forms.ChoiceField(label=_("For which units"), choices=HOW, widget=forms.RadioSelect, initial="direct")
    tree = forms.ChoiceField(label=_("Along which line"), choices=LINES, initial="sector")
    kinds = forms.MultipleChoiceField(label=_("Kinds of units"), choices=Kind.choices, required=False)
    place_level = forms.ChoiceField(label=_("Of which level"), required=False, choices=[("", _("any")), *Level.choices])
    naming = forms.CharField(
        label=_("How a site is called"), required=False, max_length=120,
        help_text=_("{unit} stands for the name of the unit."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == "rule" and not given.get("kinds") and not given.get("place_level"):
            self.add_error("kinds", _("Choose kinds of units, or their level."))
        return given


class ParticipantForm(forms.Form):
    """A participant by post."""

    use_required_attribute = False

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    post = forms.CharField(label=_("Post"), max_length=255, required=False)
    name = forms.CharField(label=pgettext_lazy("of a person", "Name, where needed"), max_length=120, required=False)


class HeadsForm(forms.Form):
    """How many are expected in all, heads."""

    use_required_attribute = False

    heads = forms.IntegerField(
        label=_("Heads expected in all"), min_value=0, max_value=100_000, required=False,
        help_text=_("Those named by post and all others."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What one participant answers."""

    use_required_attribute = False

    answer = forms.ChoiceField(label=_("Answer"), required=False, choices=[("", _("no answer yet")), *Answer.choices])
    substitute = forms.CharField(label=_("Post of the substitute"), max_length=255, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


Participants = forms.formset_factory(ParticipantForm, extra=3, max_num=500)
