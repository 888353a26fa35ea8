"""Forms of this room. Each keeps what was typed, and the file that was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from soichieu.documents import files
from soichieu.documents import queries as documents
from soichieu.documents.forms import DayField
from soichieu.documents.models import Document, StoredFile
from soichieu.organisation.askers import Asker
from soichieu.plans.models import Answer
from soichieu.web.fields import FileField

_SALT = "plans.kept-file"


class PlanForm(forms.Form):
    """A plan in three fields: number, date, file; who signed it, and how, may be added."""

    number = forms.CharField(
        label=_("Number and symbol"), max_length=100, help_text=_("As printed: 57-NQ/TW, 30/2020/NĐ-CP, 130/KH-UBND.")
    )
    signed_on = DayField(label=_("Date of issue"))
    file = FileField(
        label=_("Its file"),
        required=False,
        help_text=_("The signed copy: Word, PDF, or a scan. It is kept by its fingerprint as evidence."),
    )
    kind = forms.ChoiceField(
        label=_("It is"), choices=Answer.Kind.choices, widget=forms.RadioSelect, initial=Answer.Kind.OWN_PLAN
    )
    title = forms.CharField(label=_("Title"), required=False)
    signer = forms.CharField(label=_("Signer"), required=False, max_length=255)
    signing_form = forms.ChoiceField(
        label=_("Signing form"),
        required=False,
        choices=[(one, one) for one in ("", "T/M", "TM.", "KT.", "TL.", "TUQ.", "Q.")],
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Store the file at once: when something else is wrong, it need not be chosen again."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        stored: StoredFile | None = None
        if upload:
            try:
                stored = files.store(upload.read(), upload.name)
            except forms.ValidationError as wrong:
                self.add_error("file", wrong)
        elif cleaned.get("kept"):
            try:
                known, name = signing.loads(cleaned["kept"], salt=_SALT, max_age=86400)
                found = StoredFile.objects.filter(pk=known).first()
                stored = files.named(found, name) if found is not None else None
            except (signing.BadSignature, ValueError):
                stored = None
        self.stored = stored
        return cleaned

    def keep_file(self) -> None:
        """Carry a stored file along in the form that is shown again."""
        stored = getattr(self, "stored", None)
        if stored is not None:
            assert isinstance(self.data, QueryDict)
            self.data = self.data.copy()
            self.data["kept"] = signing.dumps([stored.pk, stored.name], salt=_SALT)

    @property
    def kept_name(self) -> str:
        """The name of the file that is kept, for the page."""
        stored = getattr(self, "stored", None)
        return stored.name if stored is not None else ""


class DirectlyForm(forms.Form):
    """The superior's document that is carried out as it is, by choice or by number."""

    document = forms.ChoiceField(label=_("Carries out directly"), required=False, widget=forms.RadioSelect)
    number = forms.CharField(label=_("Another document: its number"), required=False, max_length=100)
    happened_on = DayField(label=_("Decided on"))
    reason = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, asker: Asker, offered: Iterable[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker
        self.offered = {str(one.pk): one for one in offered}
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (pk, f"{one.number}, {one.issuer}" + (f": {one.title}" if one.title else ""))
            for pk, one in self.offered.items()
        ]
        if not self.offered:
            del self.fields["document"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = (cleaned.get("number") or "").strip()
        self.chosen: Document | None = self.offered.get(cleaned.get("document") or "")
        if number:
            found = documents.by_number(self.asker, number)
            if len(found) == 1:
                self.chosen = found[0]
            elif found:
                listed = "; ".join(f"{one.number} ({one.issuer}, {one.signed_on:%d-%m-%Y})" for one in found)
                self.add_error("number", _t("Several documents bear this number: %(list)s.") % {"list": listed})
            else:
                self.add_error(
                    "number", _t("No document of this number is in the register, or it is not yours to see.")
                )
        elif self.chosen is None:
            self.add_error("document" if self.offered else "number", _t("Choose the document that is carried out."))
        return cleaned
