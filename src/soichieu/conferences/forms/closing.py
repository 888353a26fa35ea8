"""Forms of what comes after the conference: the signed notice, a paper of the file, the hand-over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from soichieu.conferences.papers import PaperKind
from soichieu.documents import files
from soichieu.documents.forms import DayField
from soichieu.documents.models import Document, StoredFile
from soichieu.findings.models import ConclusionKind
from soichieu.findings.queries import Shown
from soichieu.findings.terms import deadline_of
from soichieu.web.fields import FileField

_SALT = "conferences.kept-file"
IN, OUT = "in", "out"


class FileForm(forms.Form):
    """A form with a file that is stored at once: when something else is wrong it need not be chosen again."""

    use_required_attribute = False

    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    stored: StoredFile | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload:
            try:
                self.stored = files.store(upload.read(), upload.name)
            except forms.ValidationError as wrong:
                self.add_error("file", wrong)
        elif cleaned.get("kept"):
            try:
                known, name = signing.loads(cleaned["kept"], salt=_SALT, max_age=86400)
                found = StoredFile.objects.filter(pk=known).first()
                self.stored = files.named(found, name) if found is not None else None
            except (signing.BadSignature, ValueError):
                self.stored = None
        return cleaned

    def keep_file(self) -> None:
        """Carry a stored file along in the form that is shown again."""
        if self.stored is not None:
            assert isinstance(self.data, QueryDict)
            self.data = self.data.copy()
            self.data["kept"] = signing.dumps([self.stored.pk, self.stored.name], salt=_SALT)

    @property
    def kept_name(self) -> str:
        return self.stored.name if self.stored is not None else ""


@dataclass(frozen=True)
class Line:
    """One conclusion of the form: what the chair said, and the fields that say what the notice made of it."""

    shown: Shown
    settled: forms.BoundField
    reason: forms.BoundField
    deadline: forms.BoundField | None


class NoticeForm(FileForm):
    """The signed notice: number, day, file; and of each conclusion whether it stands in it."""

    number = forms.CharField(
        label=_("Number and symbol"), max_length=100, help_text=_("As printed: 57-NQ/TW, 30/2020/NĐ-CP, 130/KH-UBND.")
    )
    signed_on = DayField(label=_("Date of issue"))
    file = FileField(
        label=_("Its file"), required=False,
        help_text=_("The signed copy: Word, PDF, or a scan. With a text each task is tied to its sentence."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), required=False, max_length=500)
    signer = forms.CharField(label=_("Signer"), required=False, max_length=255)
    signing_form = forms.ChoiceField(
        label=_("Signing form"), required=False,
        choices=[(one, one) for one in ("", "TL.", "T/L", "T/M", "TM.", "KT.", "TUQ.", "Q.")],
    )  # fmt: skip
    public = forms.BooleanField(label=_("Open to everyone who may sign in"), required=False)

    def __init__(self, *args: Any, waiting: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = list(waiting)
        for one in self.waiting:
            self.fields[f"conclusion-{one.key}"] = forms.ChoiceField(
                label=_("In the notice"), choices=[(IN, _("stands in it")), (OUT, _("left out"))], initial=IN,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"reason-{one.key}"] = forms.CharField(
                label=_("Why it is left out"), required=False, max_length=2000
            )
            if one.version.conclusion_kind == ConclusionKind.TASK:
                self.fields[f"deadline-{one.key}"] = DayField(
                    label=_("Deadline, as the notice has it"), required=False, initial=deadline_of(one.version.terms)
                )

    def lines(self) -> Iterator[Line]:
        """The conclusions in their order, each with its fields."""
        for one in self.waiting:
            deadline = self[f"deadline-{one.key}"] if f"deadline-{one.key}" in self.fields else None
            yield Line(one, self[f"conclusion-{one.key}"], self[f"reason-{one.key}"], deadline)

    @property
    def included(self) -> list[str]:
        return [one.key for one in self.waiting if self.cleaned_data.get(f"conclusion-{one.key}") == IN]

    @property
    def left_out(self) -> dict[str, str]:
        return {
            one.key: self.cleaned_data.get(f"reason-{one.key}", "")
            for one in self.waiting
            if self.cleaned_data.get(f"conclusion-{one.key}") == OUT
        }

    @property
    def deadlines(self) -> dict[str, dt.date | None]:
        return {one.key: self.cleaned_data.get(f"deadline-{one.key}") for one in self.waiting}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for one in self.waiting:
            if cleaned.get(f"conclusion-{one.key}") == OUT and not cleaned.get(f"reason-{one.key}", "").strip():
                self.add_error(f"reason-{one.key}", _t("Say why the notice leaves it out."))
        return cleaned


class PaperForm(FileForm):
    """A paper for the file of the conference: a file, or a document of the register by its number."""

    what = forms.ChoiceField(label=pgettext_lazy("paper", "It is"), choices=PaperKind.choices)
    label = forms.CharField(label=_("What it is about"), max_length=500)
    file = FileField(label=_("Its file"), required=False)
    document = forms.CharField(
        label=_("Or a document of the register, by its number"), required=False, max_length=100
    )  # fmt: skip
    number = forms.CharField(label=_("Number and symbol"), required=False, max_length=100)
    day = DayField(label=_("Date of issue"), required=False)
    author = forms.CharField(label=_("Author"), required=False, max_length=255)

    def __init__(self, *args: Any, by_number: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = by_number
        self.chosen: Document | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = (cleaned.get("document") or "").strip()
        if number:
            found = self.by_number(number)
            if len(found) == 1:
                self.chosen = found[0]
            elif found:
                self.add_error("document", _t("Several documents bear this number; put the file in instead."))
            else:
                self.add_error(
                    "document", _t("No document of this number is in the register, or it is not yours to see.")
                )
        return cleaned


class ArchiveForm(forms.Form):
    """The file handed to the archive."""

    use_required_attribute = False

    on = DayField(label=_("Handed over on"))
    receiver = forms.CharField(label=_("Taken by (post or office)"), max_length=255)
    reference = forms.CharField(label=_("Number of the file in the archive"), required=False, max_length=100)
