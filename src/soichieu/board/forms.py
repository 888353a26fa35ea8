"""The forms of acts: each asks what its kind must and may say (``ledger.kinds.SPECS``), and keeps what was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.board.words import reason_label
from soichieu.documents import files
from soichieu.documents import queries as documents
from soichieu.documents.models import StoredFile
from soichieu.language.text import fold
from soichieu.ledger.document_sources import source_of_document
from soichieu.ledger.kinds import SPECS, Choice, Kind
from soichieu.ledger.sources import Source, by_telephone
from soichieu.organisation.askers import Asker
from soichieu.organisation.queries import unit_by_code
from soichieu.organisation.searching import search
from soichieu.web.dates import BadDate, read_day, write_day
from soichieu.web.fields import FileField

SEPARATOR = " · "
_SALT = "board.kept-file"
SIGNING_FORMS = ("", "T/M", "TM.", "KT.", "TL.", "TUQ.", "Q.")
WITH_DOCUMENT = frozenset(
    (
        Kind.ISSUED,
        Kind.CLAIMED,
        Kind.SUBMITTED,
        Kind.RESPONDED,
        Kind.ACCEPTED,
        Kind.RETURNED,
        Kind.EXTENDED,
        Kind.WAIVED,
    )
)
"""Kinds that rest on a numbered document: number, date and file are asked for."""
SIGNED = frozenset((Kind.ISSUED, Kind.CLAIMED, Kind.RESPONDED))
METHODS = (
    ("papers", pgettext_lazy("method of a check", "examination of the file")),
    ("interview", pgettext_lazy("method of a check", "work with the unit")),
    ("field", pgettext_lazy("method of a check", "check on the spot")),
)


class DayField(forms.CharField):
    """A day as the office writes it: 30-6-2025."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return write_day(value) if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_day(text)
        except BadDate as bad:
            raise ValidationError(str(bad)) from bad


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(FileField):
    """Several files at once."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # type: ignore[override]
        given = data if isinstance(data, list | tuple) else [data] if data else []
        clean_one = super().clean
        return [clean_one(one, initial) for one in given]


class ActForm(forms.Form):
    """One kind of entry about one obligation. ``values()`` is what :func:`ledger.commands.record` takes."""

    def __init__(
        self, kind: str, asker: Asker, today: dt.date, data: Any = None, uploads: Any = None,
        choices: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        """``choices``: of those that the kind knows, the ones that this asker has (default: all)."""
        super().__init__(data, uploads, auto_id=f"{kind}-%s", initial={"happened_on": today})
        self.kind, self.asker, self.today = str(kind), asker, today
        spec = SPECS[kind]
        fields = self.fields
        if spec.choices:
            listed = [("", "")] if not spec.choice_needed else []
            listed += [(code, str(Choice(code).label)) for code in (spec.choices if choices is None else choices)]
            fields["choice"] = forms.ChoiceField(
                label=gettext_lazy("Which"), choices=listed, required=spec.choice_needed, widget=forms.RadioSelect,
                initial=listed[0][0] if len(listed) == 1 else None,
            )  # fmt: skip
        fields["happened_on"] = DayField(
            label=gettext_lazy("On which day"),
            help_text=gettext_lazy("An earlier day is written down as recorded late."),
        )
        if spec.deadline:
            fields["deadline"] = DayField(label=gettext_lazy("New deadline"), required=spec.deadline == "must")
        if spec.unit and not (kind == Kind.HANDED and Choice.COOPERATOR not in (choices or spec.choices)):
            fields["unit"] = forms.CharField(
                label=gettext_lazy("Unit"),
                required=spec.unit == "must",
                help_text=gettext_lazy("Name, with or without tones, or code."),
                widget=forms.TextInput(attrs={"autocomplete": "off", "list": f"{kind}-units"}),
            )
        if kind == Kind.SUBMITTED:
            fields["to"] = forms.CharField(label=gettext_lazy("To which body"), max_length=200)
        if kind in WITH_DOCUMENT:
            need = kind == Kind.ISSUED
            fields["number"] = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=80, required=need)
            fields["number_date"] = DayField(label=gettext_lazy("Date of the document"), required=False)
        if kind in SIGNED:
            fields["signing_form"] = forms.ChoiceField(
                label=gettext_lazy("Signing form"), required=False, choices=[(one, one) for one in SIGNING_FORMS]
            )
            fields["signer"] = forms.CharField(label=gettext_lazy("Signer"), max_length=160, required=False)
        if kind == Kind.VERIFIED:
            fields["method"] = forms.ChoiceField(
                label=gettext_lazy("Method"), choices=METHODS, widget=forms.RadioSelect
            )
            fields["sample"] = forms.CharField(
                label=gettext_lazy("Sample"),
                max_length=300,
                help_text=gettext_lazy("What was looked at, of how many, and how it was chosen."),
            )
        fields["reason"] = forms.CharField(
            label=capfirst(reason_label(kind)),
            required=spec.reason == "must",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        fields["evidence"] = FilesField(label=gettext_lazy("Evidence (files)"), required=False)
        self._offer_kept()
        fields["telephone"] = forms.BooleanField(label=gettext_lazy("Told by telephone, no paper yet"), required=False)
        fields["caller"] = forms.CharField(
            label=gettext_lazy("Who called (post or office)"), max_length=80, required=False
        )
        fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # --- files that were chosen before the form came back ---

    def _offer_kept(self) -> None:
        """A browser never sends a chosen file twice, so what came with a form that was refused is kept by its
        fingerprint and offered ticked: a line without its evidence would stand in the book for ever."""
        sent = self.data.getlist("kept") if isinstance(self.data, QueryDict) else []
        self.kept = {token: stored for token in sent if (stored := _kept(token)) is not None}
        self.gone = len(self.kept) < len(set(sent))
        if self.kept:
            self.fields["kept"] = forms.MultipleChoiceField(
                label=gettext_lazy("Files chosen before"),
                required=False,
                choices=[(token, stored.name) for token, stored in self.kept.items()],
                widget=forms.CheckboxSelectMultiple,
                help_text=gettext_lazy("They are kept. Untick what is not to go along."),
            )

    def keep_files(self) -> None:
        """Keep what was uploaded for the form that is shown again. What cannot be kept is said by its field."""
        assert isinstance(self.data, QueryDict)
        again = self.data.copy()
        for upload in self.files.getlist("evidence"):
            upload.seek(0)
            try:
                stored = files.store(upload.read(), upload.name or "")
            except ValidationError:
                continue
            again.appendlist("kept", signing.dumps([stored.pk, stored.name], salt=_SALT))
        self.data = again
        self._offer_kept()
        self._bound_fields_cache.pop("kept", None)  # type: ignore[attr-defined]  # Django's own, of the choices before
        if self.kept:
            place = list(self.fields).index("evidence")
            self.order_fields([*list(self.fields)[: place + 1], "kept"])

    # --- what was typed ---

    def clean_unit(self) -> int | None:
        """The unit that was meant: by code, or by a name that only one living unit bears."""
        typed = self.cleaned_data.get("unit", "").strip()
        if not typed:
            return None
        code = typed.rsplit(SEPARATOR, 1)[-1].strip()
        if (found := unit_by_code(code)) is not None:
            return found
        hits = [hit for hit in search(typed, self.today, subject="unit", limit=8) if hit.alive]
        if not hits:
            raise ValidationError(_("No living unit is called so. Write its name or its code, with or without tones."))
        exact = [hit for hit in hits if fold(hit.name) == fold(typed)]
        if len(exact) == 1 or len(hits) == 1:
            return (exact or hits)[0].id
        listed = "; ".join(f"{hit.name}{SEPARATOR}{hit.code}" for hit in hits[:5])
        raise ValidationError(_("Several units fit: %(units)s. Write the code too.") % {"units": listed})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("telephone") and not cleaned.get("caller", "").strip():
            self.add_error("caller", _("Say who called: the post or the office."))
        if self.gone:
            self.add_error("evidence", _("A file chosen before is not kept any more. Choose it again."))
        return cleaned

    def source(self) -> Source | None:
        """What the line comes from: a telephone call, the registered document with the number, or nothing named."""
        cleaned = self.cleaned_data
        if cleaned.get("telephone"):
            return by_telephone(cleaned["caller"].strip())
        number = cleaned.get("number", "").strip()
        if number:
            found = documents.by_number(self.asker, number)
            dated = cleaned.get("number_date")
            if dated is not None:
                found = [one for one in found if one.signed_on == dated]
            if len(found) == 1:
                return source_of_document(found[0])
        return None

    def values(self) -> dict[str, Any]:
        """The arguments of ``record`` but asker, kind and obligations. Stores the files."""
        cleaned = self.cleaned_data
        payload: dict[str, Any] = {}
        for name in ("reason", "number", "signer", "signing_form", "method", "sample", "to"):
            if value := str(cleaned.get(name) or "").strip():
                payload[name] = value
        if cleaned.get("number_date"):
            payload["number_date"] = cleaned["number_date"].isoformat()
        if self.kind == Kind.VERIFIED and "method" in payload:
            payload["method"] = str(dict(METHODS)[payload["method"]])
        return {
            "happened_on": cleaned["happened_on"],
            "choice": cleaned.get("choice", ""),
            "deadline": cleaned.get("deadline"),
            "unit_id": cleaned.get("unit"),
            "source": self.source(),
            "evidence": [
                *(self.kept[token] for token in cleaned.get("kept") or ()),
                *(files.store(one.read(), one.name) for one in cleaned.get("evidence") or ()),
            ],
            "payload": payload,
        }


def _kept(token: str) -> StoredFile | None:
    """The file that a form kept within the last day; None when the token is not one of ours."""
    try:
        known, name = signing.loads(token, salt=_SALT, max_age=86400)
    except (signing.BadSignature, ValueError):
        return None
    found = StoredFile.objects.filter(pk=known).first()
    return files.named(found, name) if found is not None else None


class VoidForm(forms.Form):
    """Why a line never was so."""

    reason = forms.CharField(label=gettext_lazy("Why it never was so"), max_length=2000)

    def __init__(self, position: int, data: Any = None) -> None:
        super().__init__(data, auto_id=f"void-{position}-%s")
        self.position = position
