"""``soichieu accounts``: the operator lets people in."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from soichieu.accounts.models import Account
from soichieu.cli.accounts import accounts

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-dai-lam"


def run(*arguments: str, typed: str = PASSWORD) -> Result:
    return CliRunner().invoke(accounts, list(arguments), input=typed + "\n")


def test_the_operator_makes_an_account_changes_its_password_and_closes_it() -> None:
    assert run("create", "Thu-Ky").exit_code == 0
    account = Account.objects.get(username="thu-ky")
    assert account.check_password(PASSWORD)
    assert run("password", "thu-ky", typed="mot-mat-khau-khac").exit_code == 0
    account.refresh_from_db()
    assert account.check_password("mot-mat-khau-khac")
    assert run("close", "thu-ky").exit_code == 0
    assert "thu-ky\t-\tclosed" in run("list").output


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("create", "x"), "short", "10"),
        (("create", "x", "--post", "nowhere"), PASSWORD, "nowhere"),
        (("password", "nobody"), PASSWORD, "nobody"),
        (("close", "nobody"), PASSWORD, "nobody"),
    ],
)
def test_what_cannot_be_used_ends_with_exit_code_2(arguments: tuple[str, ...], typed: str, said: str) -> None:
    answer = run(*arguments, typed=typed)
    assert answer.exit_code == 2 and said in answer.output
    assert not Account.objects.exists()
