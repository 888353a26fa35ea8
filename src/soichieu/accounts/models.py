"""Accounts and what is kept about failed sign-ins."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soichieu.organisation.models import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; names are compared without regard to case."""

    def create_user(self, username: str, password: str | None = None, **extra: Any) -> Account:
        """A new account. Without a password it cannot sign in until one is set."""
        if not username.strip():
            raise ValueError("an account needs a name")
        account = self.model(username=self.model.normalize_username(username.strip()).lower(), **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=self.model.normalize_username((username or "").strip()).lower())


class Account(AbstractBaseUser):
    """A name and a password. Rights hang on posts, never on accounts, so there are no groups or permissions here."""

    username = models.CharField(_("Account name"), max_length=64, unique=True)
    # Nobody: an account that may look at what everyone may look at, and stands on no post.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    # Listed on the sign-in page of a demonstration, with the note beside it; never used on a real instance.
    demonstration_note = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.username


class FailedSignIn(models.Model):
    """One refused attempt. Counted per account and address, so that one guesser cannot lock another's account out."""

    username = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "account_failed_sign_in"
        # For the count made at each attempt: this name, this address, the last minutes.
        indexes = [models.Index(fields=["username", "address", "happened_at"], name="failed_sign_in_recent")]

    def __str__(self) -> str:
        return f"{self.username} from {self.address}"
