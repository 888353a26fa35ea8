"""What a browser never sends and a stranger may: odd numbers, dates and headers are answered and break nothing."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from soichieu.accounts.models import Account
from soichieu.web.dates import BadDate, TwoDates, read_moment
from soichieu.web.errors import Unanswerable
from soichieu.web.logs import Short
from soichieu.web.numbers import LARGEST, whole_number
from tests.web.test_lists import bind


@given(st.text(max_size=30) | st.integers(-5, 10**30).map(str))
def test_a_whole_number_is_read_or_is_none_and_nothing_is_raised(text: str) -> None:
    number = whole_number(text)
    assert number is None or (0 <= number <= LARGEST and int(text) == number)


@pytest.mark.parametrize("text", ["", None, "²", "-1", "1.0", " 1", "9" * 20, "9" * 5000, "١"])
def test_what_is_no_whole_number_of_a_database_is_none(text: str | None) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize(
    "text", ["17:00:99, 10-7-2025", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "24:00, 1-1-2025"]
)
def test_a_moment_that_no_calendar_has_is_told(text: str) -> None:
    with pytest.raises(BadDate):
        read_moment(text)
    assert "known_at" in TwoDates.of({"known_at": text}).errors


@pytest.mark.parametrize("asked", ["as_at=31-02-2025", "as_at=1-1-1800", "known_at=garbage"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_file_leaves_with_todays_figures_under_a_day_that_cannot_be_read(asked: str, kind: str) -> None:
    query = f"?{asked}&export={kind}"
    with pytest.raises(Unanswerable):
        bind(query).answer(RequestFactory().get("/units" + query))


def test_a_page_beyond_any_number_is_the_last_or_the_first() -> None:
    assert bind("?page=" + "9" * 18).page == bind().pages
    assert bind("?page=" + "9" * 5000).page == bind("?page=²").page == 1


@pytest.mark.django_db
def test_a_file_that_cannot_be_answered_says_why_on_a_page() -> None:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(Account.objects.create_user("chi-an", "mat-khau-dai-lam"))
    answer = client.get("/about/components", {"export": "csv", "as_at": "31-02-2025"})
    assert answer.status_code == 400
    assert "28-2-2025" in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_no_browser_shows_leads_to_the_sign_in_as_any_other() -> None:
    answer = Client().get("/about/components", headers={"HX-Request": "true", "HX-Current-URL": "http://[::1"})
    assert answer.status_code < 400 and "/sign-in" in str(answer.headers.get("HX-Redirect"))


def test_a_refusal_is_one_line_of_the_log_and_what_broke_has_its_traceback() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(Short())
    log = logging.Logger("told")
    log.addHandler(handler)

    def told(status: int) -> str:
        out.seek(0), out.truncate()
        try:
            raise ValueError("why")
        except ValueError:
            extra: dict[str, Any] = {"status_code": status}
            log.warning("Answered: %s", "/x", exc_info=True, extra=extra)
        return out.getvalue()

    assert told(403).count("\n") == 1
    assert "Traceback" in told(500)
