"""What a form says that comes back to be mended: what is kept in it, and what has to be given again."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

AGAIN = "Hãy chọn lại tệp: "


class Sent(forms.Form):
    number = forms.CharField()
    paper = forms.FileField(required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)


def said(form: forms.Form) -> str:
    return Template("{% load soichieu %}{% form_errors form %}").render(Context({"form": form}))


def sent(data: str, **names: str) -> Sent:
    uploads = {name: [SimpleUploadedFile(file, b"x")] for name, file in names.items()}
    return Sent(QueryDict(data), MultiValueDict(uploads), prefix="own")


def test_a_form_that_lost_its_file_names_it() -> None:
    form = sent("", **{"own-paper": "kế <hoạch>.docx", "of-another-form": "khác.docx"})
    text = said(form)
    assert f"{AGAIN}kế &lt;hoạch&gt;.docx." in text and "khác.docx" not in text and "đã gõ vẫn còn" in text
    form.add_error(None, "Không ghi được.")
    assert "Không ghi được." in said(form) and AGAIN in said(form)


def test_a_form_that_keeps_its_file_or_had_none_asks_for_nothing() -> None:
    assert AGAIN not in said(sent("own-kept=token", **{"own-paper": "a.docx"}))
    assert AGAIN not in said(sent("")) and "đã gõ vẫn còn" in said(sent(""))
    assert AGAIN not in said(forms.Form({}))
