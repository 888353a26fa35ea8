"""Changes to accounts. Rights hang on posts; an account only lets a person in."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from soichieu.accounts.models import Account, FailedSignIn
from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.organisation.models import Person

TRIES = 5
"""Refused attempts of one account from one address after which it waits."""
TRIES_OF_ADDRESS = 50
"""Refused attempts from one address, over all accounts, after which it waits."""
WAIT = dt.timedelta(minutes=15)


def _may_administer(asker: Asker) -> None:
    if not (asker.operator or "administrator" in asker.roles):
        raise NotAllowed("only an administrator or the instance's operator makes and changes accounts")


@transaction.atomic
def create_account(
    *,
    asker: Asker,
    username: str,
    password: str | None,
    person: Person | None = None,
    demonstration_note: str = "",
) -> Account:
    """A new account, for ``person`` when it is to stand on a post.

    ``demonstration_note`` puts it on the sign-in page of a demonstration with these words beside it. Raises NotAllowed,
    ``ValidationError`` for a weak password and ``ValueError`` for a name that is empty or taken.
    """
    _may_administer(asker)
    if Account.objects.filter(username=username.strip().lower()).exists():
        raise ValueError(f"there is an account {username} already; choose another name")
    if password is not None:
        validate_password(password)
    return Account.objects.create_user(username, password, person=person, demonstration_note=demonstration_note)


@transaction.atomic
def set_password(*, asker: Asker, account: Account, password: str) -> None:
    """A new password; of one's own account (the asker's person), or of any by an administrator."""
    if asker.person_id is None or asker.person_id != account.person_id:
        _may_administer(asker)
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])


@transaction.atomic
def close_account(*, asker: Asker, account: Account) -> None:
    """The account can no longer sign in. It is kept: entries name its person."""
    _may_administer(asker)
    account.is_active = False
    account.save(update_fields=["is_active"])


def must_wait(username: str, address: str) -> bool:
    """True while too many attempts of this account from this address, or of this address at all, were refused."""
    recent = FailedSignIn.objects.filter(happened_at__gt=timezone.now() - WAIT, address=address)
    name = username.strip().lower()[:64]
    return recent.filter(username=name).count() >= TRIES or recent.count() >= TRIES_OF_ADDRESS


def may_try(username: str, address: str) -> bool:
    """Whether a password may be tried now. The attempt is noted as refused first and counted after: of many at once
    the last one noted sees all, so no more than the limit pass. ``forget_refused`` takes it back for a right password.
    """
    name = username.strip().lower()[:64]
    if must_wait(username, address):
        return False
    note_refused(username, address)
    recent = FailedSignIn.objects.filter(happened_at__gt=timezone.now() - WAIT, address=address)
    return recent.filter(username=name).count() <= TRIES and recent.count() <= TRIES_OF_ADDRESS


def note_refused(username: str, address: str) -> None:
    """Remember a refused attempt, and forget those of yesterday."""
    FailedSignIn.objects.filter(happened_at__lt=timezone.now() - dt.timedelta(days=1)).delete()
    FailedSignIn.objects.create(username=username.strip().lower()[:64], address=address)


def forget_refused(username: str, address: str) -> None:
    """The right password was given: earlier slips no longer count."""
    FailedSignIn.objects.filter(username=username.strip().lower()[:64], address=address).delete()
