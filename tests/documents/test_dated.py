"""A sentence reached from a dated page opens in the edition of those dates, and both ways are said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from soichieu.documents import commands, dated
from soichieu.documents.models import Edition, Provision

FIRST = "CHỈ THỊ\nvề việc giữ đèn\n\n1. Các cục lập danh mục đèn.\n"
SECOND = "CHỈ THỊ\nvề việc giữ đèn\n\n1. Các cục lập danh mục đèn và phao.\n\n2. Các cục báo cáo kết quả.\n"


def moment(month: int, day: int = 1) -> dt.datetime:
    return dt.datetime(2025, month, day, 8, tzinfo=dt.UTC)


@pytest.fixture
def order(db, operator):
    """Its first text came in March, another in June."""
    made = commands.register_document(
        operator, number="7/CT-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9), public=True,
        file=(FIRST.encode(), "ct.txt"),
    )  # fmt: skip
    commands.read_edition(operator, made, SECOND.encode(), "ct-2.txt")
    for ordinal, month in ((1, 3), (2, 6)):
        made.editions.filter(ordinal=ordinal).update(made_at=moment(month))
    return made


@pytest.mark.parametrize(
    "as_at, known_at, ordinal",
    [
        ("", "", 2),
        ("2025-05-31", "", 1),
        ("2025-06-01", "", 2),
        ("2025-12-01", "2025-05-31T10:00", 1),
        ("2025-12-01", "2025-06-02T10:00", 2),
        # Before the text came into the register: the first one is all there is of that day.
        ("2025-01-10", "", 1),
        ("2025-12-01", "2025-01-10T10:00", 1),
        ("no day", "", 2),
    ],
)
def test_the_edition_of_a_day_as_known_at_a_moment(order, as_at, known_at, ordinal):
    dates = dated.Dates.of({"as_at": as_at, "known_at": known_at})
    found = dated.edition_of(order, dates)
    assert found is not None and found.ordinal == ordinal


def test_a_mending_goes_with_the_edition_that_it_mends_once_it_is_known(order):
    first, second = order.editions.order_by("ordinal")
    mending = Edition.objects.create(
        document=order, ordinal=3, mends=first, text_hash=first.text_hash, made_at=moment(9)
    )
    day = dt.date(2025, 5, 1)
    assert dated.stood([first, second, mending], dated.Dates(day)) == mending
    assert dated.stood([first, second, mending], dated.Dates(day, moment(8))) == first
    assert dated.stood([], dated.Dates(day)) is None


def test_a_sentence_opens_in_the_text_of_the_day_and_where_it_is_not_in_the_nearest(order, operator, client, house):
    client.force_login(house.accounts["cuc-a"])
    first, second = order.editions.order_by("ordinal")
    old = Provision.objects.get(edition=first, kind="sentence", text__contains="lập danh mục")
    new = Provision.objects.get(edition=second, kind="sentence", text__contains="báo cáo")
    asked = "?as_at=2025-05-01&known_at=2025-05-02T08%3A00"
    place = reverse("documents:place", args=[old.identity.key])
    of = {one.ordinal: reverse("documents:edition", args=[order.pk, one.ordinal]) for one in (first, second)}
    assert client.get(place + asked)["Location"] == f"{of[1]}{asked}#{old.citation}"
    assert client.get(place)["Location"].startswith(of[2])
    assert client.get(reverse("documents:place", args=[new.identity.key]) + asked)["Location"].startswith(of[2])
    # Both ways, with the dates: from the old text to the newest, and from there back.
    page = client.get(of[1] + asked).content.decode()
    assert "phiên bản của các ngày đang xem" in page and f'href="{of[2]}{asked.replace("&", "&amp;")}"' in page
    page = client.get(of[2] + asked).content.decode()
    assert "vào các ngày đang xem là phiên bản khác" in page
    assert f'href="{of[1]}{asked.replace("&", "&amp;")}"' in page
    document = reverse("documents:document", args=[order.pk])
    assert client.get(document + asked).context["edition"] == first
    assert client.get(document).context["edition"] == second
