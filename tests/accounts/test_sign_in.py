"""Sign-in: the right password, the wrong one, too many wrong ones; the post one works in."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from soichieu.accounts import commands
from soichieu.accounts.models import Account, FailedSignIn
from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.web import instance_flags

PASSWORD = "mat-khau-dai-lam"
OPERATOR = Asker.operator_of_instance()
pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return commands.create_account(asker=OPERATOR, username="Chi-An", password=PASSWORD)


def sign_in(username: str, password: str, client: Client | None = None, **extra: Any) -> Any:
    return (client or Client(headers={"accept-language": "vi"})).post(
        "/sign-in", {"username": username, "password": password, **extra}
    )


def test_the_right_password_leads_to_the_page_that_was_asked_for(account: Account) -> None:
    assert sign_in("CHI-AN ", PASSWORD, next="/about/components")["Location"] == "/about/components"


def test_it_never_leads_to_another_site(account: Account) -> None:
    assert sign_in("chi-an", PASSWORD, next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(account: Account) -> None:
    first, second = sign_in("chi-an", "wrong"), sign_in("nobody", "wrong")
    assert first.status_code == second.status_code == 422
    words = "Tên và mật khẩu không khớp"
    assert words in first.content.decode() and words in second.content.decode()


def test_what_was_typed_is_kept_but_not_the_password(account: Account) -> None:
    shown = sign_in("chi-an", "wrong-secret").content.decode()
    assert 'value="chi-an"' in shown and "wrong-secret" not in shown


def test_after_five_wrong_attempts_even_the_right_password_waits(account: Account) -> None:
    for _ in range(commands.TRIES):
        sign_in("chi-an", "wrong")
    answer = sign_in("chi-an", PASSWORD)
    assert answer.status_code == 422 and "Chờ 15 phút" in answer.content.decode()
    FailedSignIn.objects.update(happened_at=timezone.now() - dt.timedelta(minutes=16))
    assert sign_in("chi-an", PASSWORD).status_code == 302


def test_one_machine_does_not_lock_the_account_out_for_another(account: Account) -> None:
    for _ in range(commands.TRIES):
        sign_in("chi-an", "wrong", Client(REMOTE_ADDR="10.0.0.9"))
    assert sign_in("chi-an", PASSWORD, Client(REMOTE_ADDR="10.0.0.8")).status_code == 302


def test_one_machine_that_tries_many_names_waits_for_all() -> None:
    for at in range(commands.TRIES_OF_ADDRESS):
        commands.note_refused(f"name-{at}", "10.0.0.9")
    assert commands.must_wait("another", "10.0.0.9")
    assert not commands.must_wait("another", "10.0.0.8")


def test_the_right_password_forgets_earlier_slips(account: Account) -> None:
    for _ in range(commands.TRIES - 1):
        sign_in("chi-an", "wrong")
    sign_in("chi-an", PASSWORD)
    assert FailedSignIn.objects.count() == 0


def test_a_closed_account_stays_outside(account: Account) -> None:
    commands.close_account(asker=OPERATOR, account=account)
    assert sign_in("chi-an", PASSWORD).status_code == 422


def test_signing_out_needs_a_form_and_ends_the_session(account: Account) -> None:
    client = Client()
    client.force_login(account)
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert client.get("/account/post").status_code == 302


def test_a_demonstration_lists_its_accounts_and_one_press_signs_in(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(demonstration_note="Chuyên viên của Văn phòng")
    instance_flags.set_flag(instance_flags.DEMONSTRATION)
    instance_flags.set_flag("demonstration_password", PASSWORD)
    shown = Client().get("/sign-in").content.decode()
    assert "chi-an" in shown and "Chuyên viên của Văn phòng" in shown and PASSWORD in shown


def test_only_an_administrator_makes_accounts() -> None:
    with pytest.raises(NotAllowed):
        commands.create_account(asker=Asker(1, 1, 1, frozenset({"head"})), username="x", password=PASSWORD)
    commands.create_account(asker=Asker(1, 1, 1, frozenset({"administrator"})), username="x", password=PASSWORD)


def test_a_weak_password_and_a_name_that_is_taken_are_refused(account: Account) -> None:
    with pytest.raises(ValidationError):
        commands.create_account(asker=OPERATOR, username="y", password="short")
    with pytest.raises(ValueError, match="chi-an"):
        commands.create_account(asker=OPERATOR, username="chi-an", password=PASSWORD)


def test_one_changes_ones_own_password(account: Account) -> None:
    client = Client()
    client.force_login(account)
    fields = {"old_password": PASSWORD, "new_password1": "mot-mat-khau-khac", "new_password2": "mot-mat-khau-khac"}
    wrong = client.post("/account/password", {**fields, "old_password": "wrong"})
    assert wrong.status_code == 422
    # No page gives a password back, and it does not say that it would.
    assert "hãy gõ lại" in wrong.content.decode() and "vẫn còn" not in wrong.content.decode()
    assert client.post("/account/password", fields).status_code == 302
    assert sign_in("chi-an", "mot-mat-khau-khac").status_code == 302
    assert client.get("/account/password").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_are_tried_than_one_after_another(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.create_account(asker=OPERATOR, username="chi-an", password=PASSWORD)
    together, tried = threading.Barrier(12), []

    def slowly(*args: Any, **kwargs: Any) -> None:
        tried.append(1)
        time.sleep(0.3)

    monkeypatch.setattr("soichieu.accounts.forms.authenticate", slowly)

    def guess() -> None:
        try:
            together.wait(10)
            sign_in("chi-an", "wrong")
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _n in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert 0 < len(tried) <= commands.TRIES
