"""Forms of sign-in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from soichieu.accounts import commands
from soichieu.accounts.acting import Choice
from soichieu.accounts.models import Account
from soichieu.web.visitors import visitor_address


class SignInForm(forms.Form):
    """Name and password. The same words for a wrong name and a wrong password."""

    username = forms.CharField(
        label=_("Account name"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.account: Account | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        username, password = cleaned.get("username"), cleaned.get("password")
        if not username or not password:
            return cleaned
        address = visitor_address(self.request)
        if not commands.may_try(username, address):
            raise forms.ValidationError(
                _(
                    "Too many wrong attempts from this machine. Wait 15 minutes, or ask your administrator for"
                    " a new password."
                ),
                code="wait",
            )
        account = authenticate(self.request, username=username, password=password)
        if not isinstance(account, Account):
            raise forms.ValidationError(
                _("Name and password do not belong together. Check the name, and whether Caps Lock is on."),
                code="wrong",
            )
        commands.forget_refused(username, address)
        self.account = account
        return cleaned


class PostForm(forms.Form):
    """The choice of a post among those that the account's person has today."""

    post = forms.ChoiceField(label=_("Work as"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, possible: list[Choice], words: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._possible = {choice.value: choice for choice in possible}
        self.fields["post"].choices = words  # type: ignore[attr-defined]

    @property
    def choice(self) -> Choice:
        """The post chosen; only after ``is_valid``."""
        return self._possible[self.cleaned_data["post"]]
