"""Forms of the register. Each keeps what was typed, right or wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soichieu.documents.models import Document, DocumentLink, Provision
from soichieu.web.dates import BadDate, read_day, write_day
from soichieu.web.fields import FileField

_ACCEPTED = ".docx,.doc,.odt,.rtf,.pdf,.txt,.md,.html,.htm"


class DayField(forms.Field):
    """A day as the office writes it, 30-6-2025: a native date field would follow the machine's locale."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "30-6-2025"})

    def prepare_value(self, value: Any) -> Any:
        return write_day(value) if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date) or not value:
            return value or None
        try:
            return read_day(str(value))
        except BadDate as bad:
            raise forms.ValidationError(str(bad), code="bad_date") from bad


class FactsForm(forms.Form):
    """What is registered about a document."""

    # What is missing is said under its field, in the language of the page; with a file it need not be typed at all.
    use_required_attribute = False

    number = forms.CharField(
        label=_("Number and symbol"), max_length=100, help_text=_("As printed: 57-NQ/TW, 30/2020/NĐ-CP, 130/KH-UBND.")
    )
    signed_on = DayField(label=_("Date of issue"))
    issuer = forms.CharField(label=_("Issuer"), max_length=255)
    title = forms.CharField(label=_("Title"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    signer = forms.CharField(label=_("Signer"), required=False, max_length=255)
    signing_form = forms.ChoiceField(
        label=_("Signing form"),
        required=False,
        choices=[(one, one) for one in ("", "T/M", "TM.", "KT.", "TL.", "TUQ.", "Q.")],
    )
    issuer_unit = forms.ChoiceField(label=_("Issuing unit in the tree"), required=False)
    public = forms.BooleanField(label=_("Open to everyone who may sign in"), required=False)
    published_only = forms.BooleanField(
        label=_("Real units: record only what was published"),
        required=False,
        help_text=_("Obligations without published facts then show “no published data”."),
    )
    classification = forms.ChoiceField(
        label=_("Classification"), choices=Document.Classification.choices, required=False, initial="none"
    )
    source = forms.CharField(
        label=_("Where it was published"), required=False, help_text=_("Needed when its text is not here.")
    )

    another = forms.BooleanField(label=_("It is another document: register it all the same"), required=False)

    def __init__(self, *args: Any, issuers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["issuer_unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("not in the tree")), *((str(pk), name) for pk, name in issuers)]

    def facts(self) -> dict[str, Any]:
        """The cleaned fields as ``register_document`` takes them."""
        facts = dict(self.cleaned_data)
        facts.pop("file", None)
        unit = facts.pop("issuer_unit")
        facts["classification"] = facts["classification"] or Document.Classification.NONE
        if unit:
            from soichieu.organisation.models import Unit

            facts["issuer_unit"] = Unit.objects.get(pk=unit)
        return facts

    def named(self) -> dict[str, Any]:
        """Number, issuer and day as far as they are understood: what is typed, else what was read."""
        day = self.fields["signed_on"]
        try:
            signed_on = day.to_python(self["signed_on"].value())
        except forms.ValidationError:
            signed_on = None
        return {
            "number": str(self["number"].value() or ""),
            "issuer": str(self["issuer"].value() or ""),
            "signed_on": signed_on,
        }


class RegisterForm(FactsForm):
    """The same with a file: what the file says need not be typed."""

    file = FileField(
        label=_("Its text"),
        required=False,
        help_text=_(
            "Word (.docx, .doc), .odt, .rtf, PDF with a text layer, .txt, .md or .html. Not scans, pictures, workbooks"
            " (.xlsx, .csv), slides or archives. It is read first; you look before it counts."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED}),
    )
    field_order = ("file",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # With a file the facts are read from it and looked at on the next page.
        if self.is_bound and self.files.get("file"):
            for name in ("number", "signed_on", "issuer"):
                self.fields[name].required = False


class FileForm(forms.Form):
    """A further text of a registered document."""

    file = FileField(
        label=_("The new text"),
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED}),
    )


class NodeForm(forms.Form):
    """One place of the tree, to be mended. What is left as it was makes no correction."""

    label = forms.CharField(label=_("Label as printed"), required=False, max_length=120)
    heading = forms.CharField(label=_("Heading"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("To split it in two, put || where the second part begins."),
    )
    kind = forms.ChoiceField(label=_("Level"))
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("not said")), *Provision.Nature.choices]
    )
    parent = forms.CharField(
        label=_("Stands under"), required=False, help_text=_("Citation, for example II.1; empty: at the top.")
    )
    after = forms.CharField(
        label=_("Right after"), required=False, help_text=_("Citation of the place before it; empty: first.")
    )

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = list(kinds)
        if not whole:
            # A paragraph that was cut into sentences: its words are mended there.
            del self.fields["text"]

    def corrections(self, citation: str) -> list[dict[str, Any]]:
        """What was changed, as corrections in the order to lay them: words first, the place last, as it renames."""
        changed, given = self.changed_data, self.cleaned_data
        found: list[dict[str, Any]] = []

        def add(what: str, **values: Any) -> None:
            found.append({"kind": what, "citation": citation, "values": values})

        if "heading" in changed:
            add("retitle", heading=given["heading"])
        if "nature" in changed:
            add("nature", nature=given["nature"])
        text = given.get("text", "")
        cut = text.find("||")
        whole = (text[:cut].rstrip() + " " + text[cut + 2 :].lstrip()) if cut >= 0 else text
        before = str(self.initial.get("text", ""))
        if "text" in changed and (whole.split() != before.split() or (cut >= 0 and whole != before)):
            add("reword", text=whole)
        if cut >= 0:
            add("split", at=len(text[:cut].rstrip()) + 1)
        elif "label" in changed:
            add("relabel", label=given["label"])
        if "kind" in changed and cut < 0:
            add("level", kind=given["kind"])
        if {"parent", "after"} & set(changed):
            add("move", parent=given["parent"].strip(), after=given["after"].strip() or None)
        return found


class LinkForm(forms.Form):
    """How this document stands to another."""

    relation = forms.ChoiceField(label=_("This document"), choices=DocumentLink.Relation.choices)
    number = forms.CharField(label=_("Number of the other document"), max_length=100)


class ReceiveForm(forms.Form):
    """The unit's receipt of a document."""

    received_on = DayField(label=_("Received on"))
    incoming_number = forms.CharField(
        label=_("Number in the book of incoming documents"), required=False, max_length=60
    )
