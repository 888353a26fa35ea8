"""A document that may be in the register already is shown before it is registered once more."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from soichieu.documents import commands
from soichieu.documents.models import Document
from soichieu.documents.twins import twins
from tests.documents.test_pages import FACTS, SMALL, _file

FIRST = {"number": "15/KH-BTN", "issuer": "Bộ Thử nghiệm", "signed_on": dt.date(2025, 3, 5)}


@pytest.fixture
def clerk(house, sign_in):
    return sign_in(house.accounts["bo"])


@pytest.fixture
def first(house) -> Document:
    return commands.register_document(house.askers["bo"], **FIRST)


@pytest.mark.parametrize(
    ("number", "issuer", "day", "found"),
    [
        ("15/KH-BTN", "Bộ Thử nghiệm", dt.date(2025, 3, 15), True),  # another day of the year
        ("Số: 015/KH-BTN", "BỘ THỬ NGHIỆM", dt.date(2025, 5, 3), True),  # day and month turned about
        ("15/KH-BTN", "Bộ Thử nghiệm", dt.date(2024, 3, 5), False),  # numbers begin anew each year
        ("15/QĐ-BTN", "Bộ Thử nghiệm", dt.date(2025, 3, 15), False),  # and go by kind
        ("15/KH-BTN", "Bộ TN", dt.date(2025, 3, 5), True),  # its issuer written otherwise
        ("15/KH-BTN", "Bộ TN", dt.date(2025, 3, 6), False),
        ("15/KH-BTN", "Bộ Thử nghiệm", dt.date(2025, 3, 5), False),  # the same: refused, no twin
        ("KH-BTN", "Bộ Thử nghiệm", dt.date(2025, 3, 15), False),
        ("15/KH-BTN", "Bộ Thử nghiệm", None, False),
    ],
)
def test_which_documents_may_be_the_same(house, first, number, issuer, day, found):
    there = twins(house.askers["bo"], number=number, issuer=issuer, signed_on=day)
    assert [one.document for one in there] == ([first] if found else [])


@pytest.mark.parametrize(("day", "found"), [(dt.date(2017, 10, 3), True), (dt.date(2022, 3, 16), False)])
def test_party_numbers_begin_anew_with_the_term(house, day, found):
    asker = house.askers["bo"]
    commands.register_document(
        asker, number="12-NQ/TW", issuer="Ban Chấp hành Trung ương", signed_on=dt.date(2017, 6, 3)
    )
    assert bool(twins(asker, number="12-NQ/TW", issuer="Ban Chấp hành Trung ương", signed_on=day)) is found


def test_one_that_the_asker_does_not_see_is_not_told(house, first):
    assert twins(house.askers["cuc-a"], **FIRST | {"signed_on": dt.date(2025, 3, 15)}) == []


def test_by_number_alone_the_page_shows_the_first_and_asks(clerk, first):
    typed = FACTS | {"signed_on": "15-3-2025"}
    answer = clerk.post(reverse("documents:new"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert reverse("documents:document", args=[first.pk]) in page
    assert 'name="another"' in page
    assert Document.objects.count() == 1
    answer = clerk.post(reverse("documents:new"), typed | {"another": "on"})
    assert answer.status_code == 302
    assert Document.objects.count() == 2


def test_the_same_by_all_three_stays_refused_whatever_is_ticked(clerk, first):
    answer = clerk.post(reverse("documents:new"), FACTS | {"another": "on"})
    assert answer.status_code == 422
    assert Document.objects.count() == 1
    assert 'name="another"' not in answer.content.decode()


def test_with_a_file_it_is_said_before_anything_is_confirmed(clerk, first):
    text = SMALL.replace("ngày 05 tháng 3", "ngày 15 tháng 3")
    shown = clerk.post(reverse("documents:new"), {"file": _file(text)}, follow=True)
    page = shown.content.decode()
    assert reverse("documents:document", args=[first.pk]) in page and 'name="another"' in page
    confirm = shown.redirect_chain[-1][0] + "confirm/"
    facts = FACTS | {"signed_on": "15-3-2025"}
    assert clerk.post(confirm, facts).status_code == 422
    assert Document.objects.count() == 1
    assert clerk.post(confirm, facts | {"another": "on"}).status_code == 302
    assert Document.objects.count() == 2


def test_a_first_document_is_not_asked_about(clerk, house):
    page = clerk.post(reverse("documents:new"), {"file": _file()}, follow=True).content.decode()
    assert 'name="another"' not in page


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_on_different_days_the_second_is_told(house):
    def register(day: int):
        try:
            return commands.register_document(
                house.askers["bo"], **FIRST | {"signed_on": dt.date(2025, 3, day)}, another=False
            )
        except ValidationError as told:
            return told.error_dict["number"][0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        made = list(people.map(register, range(5, 9)))
    assert sorted(str(one) for one in made) == ["15/KH-BTN"] + ["looks_registered"] * 3
    assert Document.objects.count() == 1
