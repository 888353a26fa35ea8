"""Whoever a plan was submitted to lays it beside a document of their own choice; the plan does not change by it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from soichieu.documents.commands import register_document
from soichieu.plans.models import PlanSuperior
from tests.plans.test_acts import submit, written  # noqa: F401
from tests.plans.test_plan_page import TEXT


@pytest.fixture
def own(house):
    """A directive of the ministry with its text, which nobody chose for the plan."""
    return register_document(
        house.askers["steering"], number="06/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
        title="Kế hoạch chuyển đổi số", issuer_unit=house.ministry, public=True, file=(TEXT.encode(), "06.txt"),
    )  # fmt: skip


def page_of(client, plan, **query):
    return client.get(reverse("plans:plan", args=[plan.key]), query)


def test_a_superior_lays_a_submitted_plan_beside_its_own_document_and_writes_nothing(client, house, written, own):  # noqa: F811
    client.force_login(house.accounts["steering"])
    assert "beside_form" not in page_of(client, written).context
    submit(house, written)
    words = page_of(client, written).content.decode()
    assert "Đặt cạnh một văn bản để xem" in words and "Không ghi gì vào kế hoạch" in words
    led = page_of(client, written, **{"beside-number": "06/KH-BTN"})
    assert (led.status_code, led["Location"]) == (302, reverse("links:table", args=[written.key, own.pk]))
    table = client.get(led["Location"]).content.decode()
    assert "Xây dựng cơ sở dữ liệu dùng chung của ngành" in table and "Tập huấn cán bộ" in table
    assert not PlanSuperior.objects.exists()


def test_the_reader_s_own_directives_with_a_text_are_offered(client, house, written, own, directive):  # noqa: F811
    from soichieu.ledger.commands import define_requirement, open_obligations

    for one in (own, directive):
        asked = define_requirement(
            asker=house.operator, directive=one, code="1", title="Xây dựng kế hoạch", ladder="made_concrete",
            closing="issued",
        )  # fmt: skip
        open_obligations(
            asker=house.operator, requirement=asked, unit_ids=[house.units[1].pk], happened_on=dt.date(2025, 1, 20)
        )
    submit(house, written)
    client.force_login(house.accounts["steering"])
    page = page_of(client, written)
    assert page.context["beside"] == [own], "the other has no text to be laid beside"
    assert f'href="?beside-document={own.pk}"' in page.content.decode()
    led = page_of(client, written, **{"beside-document": own.pk})
    assert led["Location"] == reverse("links:table", args=[written.key, own.pk])


@pytest.mark.parametrize(
    "number", ["", "99/KH-BTN", "05/KH-BTN"], ids=["no number", "no such document", "without its text"]
)
def test_what_cannot_be_laid_beside_is_told_on_the_page(client, house, written, directive, number):  # noqa: F811
    submit(house, written)
    client.force_login(house.accounts["steering"])
    page = page_of(client, written, **{"beside-number": number})
    assert page.status_code == 422 and page.context["beside_form"].errors


def test_the_unit_itself_chooses_and_those_who_see_nothing_get_nothing(client, house, written, own):  # noqa: F811
    submit(house, written)
    client.force_login(house.accounts["staff"])
    assert "beside_form" not in page_of(client, written).context
    client.force_login(house.accounts["other"])
    assert page_of(client, written, **{"beside-number": "06/KH-BTN"}).status_code == 404
