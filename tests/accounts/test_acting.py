"""The post one works in: chosen among those held, on whose behalf, and given up when it ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from soichieu.accounts.models import Account
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import posts, units
from soichieu.organisation.models import Post
from tests import baselines

PASSWORD = "mat-khau-dai-lam"
OPERATOR = Asker.operator_of_instance()
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, Any]:
    """An office with a staff officer and a head, and a second post of the officer in another office."""
    today = timezone.localdate()
    begin = today - dt.timedelta(days=400)
    office = units.found_unit(asker=OPERATOR, code="vp", kind="department", name="Văn phòng", begins_on=begin)
    other = units.found_unit(asker=OPERATOR, code="vkh", kind="department", name="Vụ Kế hoạch", begins_on=begin)

    def post(unit: Any, code: str, title: str, role: str) -> Post:
        return posts.create_post(asker=OPERATOR, unit=unit, code=code, title=title, roles=[role], on=begin)

    officer = post(office, "vp-cv", "Chuyên viên", "staff_officer")
    head = post(office, "vp-cvp", "Chánh Văn phòng", "head")
    second = post(other, "vkh-cv", "Chuyên viên kiêm nhiệm", "observer")
    person = posts.appoint(asker=OPERATOR, post=officer, person="Trần Thị An", on=begin)
    account = Account.objects.create_user("an", PASSWORD, person=person)
    return {
        "officer": officer, "head": head, "second": second, "person": person, "account": account, "begin": begin,
        "today": today,
    }  # fmt: skip


def signed_in(next: str = "/about") -> tuple[Client, Any]:
    client = Client(headers={"accept-language": "vi"})
    return client, client.post("/sign-in", {"username": "an", "password": PASSWORD, "next": next})


def asker(client: Client) -> Asker:
    found: Asker = client.get("/account/post").wsgi_request.asker  # type: ignore[attr-defined]
    return found


def test_one_post_is_taken_at_once(world: dict[str, Any]) -> None:
    client, answer = signed_in()
    assert answer["Location"] == "/about"
    found = asker(client)
    assert (found.post_id, found.person_id, found.roles) == (
        world["officer"].pk, world["person"].pk, frozenset({"staff_officer"}),
    )  # fmt: skip
    shown = client.get("/about").content.decode()
    assert "Chuyên viên" in shown and "Văn phòng" in shown


def test_with_several_posts_one_is_asked(world: dict[str, Any]) -> None:
    posts.appoint(asker=OPERATOR, post=world["second"], person=world["person"], on=world["begin"])
    client, answer = signed_in("/about?x=1")
    assert answer["Location"] == "/account/post?next=%2Fabout%3Fx%3D1"
    answer = client.post("/account/post", {"post": str(world["second"].pk), "next": "/about?x=1"})
    assert answer["Location"] == "/about?x=1"
    assert asker(client).post_id == world["second"].pk


def test_on_behalf_of_another_it_has_that_posts_rights_and_says_so(world: dict[str, Any]) -> None:
    posts.delegate(asker=OPERATOR, agent=world["officer"], principal=world["head"], on=world["begin"])
    client, _ = signed_in()
    client.post("/account/post", {"post": f"{world['officer'].pk}:{world['head'].pk}"})
    found = asker(client)
    assert (found.post_id, found.on_behalf_of_id) == (world["officer"].pk, world["head"].pk)
    assert found.roles == {"head"}
    assert "thay mặt Chánh Văn phòng" in client.get("/about").content.decode()


def test_a_delegation_that_ended_is_given_up(world: dict[str, Any]) -> None:
    posts.delegate(asker=OPERATOR, agent=world["officer"], principal=world["head"], on=world["begin"])
    client, _ = signed_in()
    client.post("/account/post", {"post": f"{world['officer'].pk}:{world['head'].pk}"})
    posts.end_delegation(asker=OPERATOR, agent=world["officer"], principal=world["head"], on=world["today"])
    found = asker(client)
    assert found.on_behalf_of_id is None and found.roles == {"staff_officer"}


def test_a_post_that_went_to_somebody_else_is_given_up(world: dict[str, Any]) -> None:
    client, _ = signed_in()
    posts.appoint(asker=OPERATOR, post=world["officer"], person="Lê Văn Bình", on=world["today"])
    found = asker(client)
    assert found.post_id is None and found.roles == frozenset()
    assert "Hôm nay bạn không giữ chức danh nào" in client.get("/account/post").content.decode()


def test_a_post_that_one_does_not_hold_cannot_be_taken(world: dict[str, Any]) -> None:
    client, _ = signed_in()
    assert client.post("/account/post", {"post": str(world["head"].pk)}).status_code == 422
    assert client.post("/account/post", {"post": f"{world['officer'].pk}:{world['head'].pk}"}).status_code == 422
    assert asker(client).post_id == world["officer"].pk


def test_the_frame_of_a_page_costs_few_queries(world: dict[str, Any]) -> None:
    client, _ = signed_in()
    client.get("/about")
    with baselines.assert_query_baseline("web:about", maximum=12):
        client.get("/about")
