"""The pages of this room over HTTP: what they show, keep and refuse."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from soichieu.directives import commands
from soichieu.ledger.models import Obligation, Requirement
from soichieu.organisation.addressees import AddresseeRule


@pytest.fixture
def proposed(house, directive):
    return commands.propose(asker=house.askers["steering"], directive=directive)


@pytest.fixture
def steering(client, house):
    client.force_login(house.accounts["steering"])
    return client


def form_of(one, **changes):
    return {
        "version": one.version, "title": one.title, "ladder": one.ladder, "closing": one.closing, "given": one.given,
        "products": "\n".join(one.products), "section": one.section, **changes,
    }  # fmt: skip


def test_from_the_text_to_the_tasks_through_pages_alone(steering, house, directive):
    list_url = reverse("directives:requirements", args=[directive.pk])
    assert steering.get(list_url).status_code == 200
    steering.post(reverse("directives:propose", args=[directive.pk]), {"line": "sector"})
    one = Requirement.objects.get(directive=directive, code="1")
    page = steering.get(list_url).content.decode()
    assert one.title[:60] in page
    addressees = reverse("directives:addressees", args=[directive.pk])
    shown = steering.get(f"{addressees}?r={one.pk}")
    assert shown.status_code == 200
    rule = {"kinds": ["department"], "under": "Bộ Thử nghiệm", "line": "sector", "given": "each", "on": "1-10-2025"}
    listed = steering.post(addressees, {"r": f"{one.pk}:{one.version}", **rule}, headers={"HX-Request": "true"})
    assert b"Nothing" not in listed.content and "<html" not in listed.content.decode()
    assert "<b>5</b>" in listed.content.decode()
    saved = steering.post(addressees, {"r": f"{one.pk}:{one.version}", **rule, "do": "confirm"})
    assert saved.status_code == 302
    assert "/open/" in saved["Location"]
    assert 'value="1-10-2025"' in steering.get(saved["Location"]).content.decode()
    opened = steering.post(
        reverse("directives:open", args=[directive.pk]), {"r": one.pk, "happened_on": "1-10-2025", "do": "open"}
    )
    assert opened.status_code == 302
    assert Obligation.objects.count() == 5
    assert steering.get(reverse("directives:requirement", args=[one.pk])).status_code == 200


def test_the_way_is_drawn_only_as_far_as_it_went(steering, house, directive):
    def now():
        page = steering.get(reverse("directives:open", args=[directive.pk])).content.decode()
        (step,) = re.findall(r'aria-current="step">([^<]+)<', page)
        return page.count('<li class="done"'), step

    asker, on = house.askers["steering"], dt.date(2025, 10, 1)
    assert now() == (0, "Xem yêu cầu")
    commands.propose(asker=asker, directive=directive)
    assert now() == (1, "Chọn đơn vị được giao")
    one = Requirement.objects.get(directive=directive, code="1")
    Requirement.objects.filter(directive=directive).exclude(pk=one.pk).update(status=Requirement.Status.DROPPED)
    rule = AddresseeRule(kinds=("department",), under="bo-thu", line="sector")
    commands.choose_addressees(asker=asker, versions={one.pk: one.version}, rule=rule, on=on, given="each")
    assert now() == (2, "Xác nhận")
    commands.confirm(asker=asker, directive=directive, requirement_ids=[one.pk])
    assert now() == (3, "Giao nhiệm vụ")
    commands.give_out(asker=asker, directive=directive, requirement_ids=[one.pk], happened_on=on)
    assert now() == (3, "Giao nhiệm vụ")
    page = steering.get(reverse("directives:open", args=[directive.pk])).content.decode()
    assert "Các yêu cầu đã xác nhận đều đã được giao." in page and "Trước hết" not in page


def test_a_kind_alone_means_the_units_that_its_box_counts(steering, house, directive, proposed):
    one = Requirement.objects.get(directive=directive, code="1")
    addressees = reverse("directives:addressees", args=[directive.pk])
    alone = {"r": f"{one.pk}:{one.version}", "kinds": ["department"], "line": "sector", "given": "each"}
    shown = steering.post(addressees, {**alone, "on": "1-10-2025"}).content.decode()
    assert "cục, vụ (5)" in shown and "<b>5</b>" in shown and "Bộ Thử nghiệm" in shown
    wrong = steering.post(addressees, {**alone, "on": "1-10-2025", "under": "không có", "do": "save"})
    assert wrong.status_code == 422
    assert steering.post(addressees, {**alone, "on": "1-10-2025", "do": "save"}).status_code == 302
    one.refresh_from_db()
    assert one.addressees["under"] == "bo-thu"
    nation = AddresseeRule(kinds=("department",), line="sector")
    Requirement.objects.filter(pk=one.pk).update(addressees=nation.as_json())
    one.refresh_from_db()
    kept = {**alone, "r": f"{one.pk}:{one.version}", "on": "1-10-2025"}
    assert "<b>5</b>" not in steering.post(addressees, kept).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_unit_of_a_large_tree_can_be_ticked(language):
    """What htmx keeps through a swap is found by its id, and 15.004 is no id that can be asked for."""
    views = [SimpleNamespace(id=15004 + n, code=f"cuc-{n}", name=f"Cục Số {n}") for n in range(4)]
    of = {"found": [(views[0], False), (views[1], True)], "named": views[2:3], "excluded": views[3:]}
    with translation.override(language):
        shown = render_to_string("directives/_todays_list.html", of)
    assert [f'id="{one}"' in shown for one in ("u-15004", "x-15005", "u-15006", "x-15007")] == [True] * 4


def test_two_people_saving_at_once_lose_nothing(steering, proposed):
    one = proposed[0]
    url = reverse("directives:requirement", args=[one.pk])
    assert steering.post(url, form_of(one, title="Của người thứ nhất")).status_code == 302
    second = steering.post(url, form_of(one, title="Của người thứ hai"))
    assert second.status_code == 422
    page = second.content.decode()
    assert "Của người thứ nhất" in page and "Của người thứ hai" in page
    now = Requirement.objects.get(pk=one.pk)
    assert now.title == "Của người thứ nhất"
    assert f'name="version" value="{now.version}"' in page
    assert steering.post(url, form_of(now, title="Của người thứ hai")).status_code == 302


def test_what_was_typed_wrong_is_kept(steering, proposed):
    url = reverse("directives:requirement", args=[proposed[0].pk])
    answer = steering.post(url, form_of(proposed[0], title="Chữ đã gõ", deadline="31-2-2025"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chữ đã gõ" in page and "31-2-2025" in page


def test_the_list_is_filtered_and_exported(steering, directive, proposed):
    url = reverse("directives:requirements", args=[directive.pk])
    assert steering.get(url, {"state": "confirmed"}).context["list"].total == 0
    assert steering.get(url, {"todo": "1"}).context["list"].total == 140
    book = b"".join(steering.get(url, {"export": "csv"}).streaming_content)
    assert book.decode("utf-8-sig").count("\n") >= 140


def test_one_lead_is_chosen_on_its_page(steering, proposed):
    held = next(one for one in proposed if one.needs_one_lead)
    url = reverse("directives:lead", args=[held.pk])
    assert steering.get(url).status_code == 200
    assert steering.post(url, {"version": held.version, "other": "Cục Không Có"}).status_code == 422
    assert steering.post(url, {"version": held.version, "other": "cục số 3"}).status_code == 302
    held.refresh_from_db()
    assert held.addressees == {"units": ["cuc-3"]} and not held.needs_one_lead


def test_many_are_confirmed_and_left_out_at_once(steering, directive, proposed):
    url = reverse("directives:several", args=[directive.pk])
    ticks = [f"{one.pk}:{one.version}" for one in proposed[:4]]
    assert steering.post(url, {"r": ticks, "do": "addressees"})["Location"].count("r=") == 4
    steering.post(url, {"r": ticks, "do": "confirm"})
    assert not Requirement.objects.filter(status="confirmed").exists()
    steering.post(url, {"r": ticks, "do": "drop"})
    assert Requirement.objects.filter(status="dropped").count() == 4
    assert steering.post(url, {"do": "confirm"}).status_code == 302


ROUTES = [
    ("directives:requirements", "directive"),
    ("directives:new", "directive"),
    ("directives:addressees", "directive"),
    ("directives:open", "directive"),
    ("directives:requirement", "requirement"),
    ("directives:lead", "requirement"),
    ("directives:sentences", "requirement"),
]


@pytest.mark.parametrize("name, of", ROUTES)
@pytest.mark.parametrize("who, status", [("observer", 403), ("staff", 404), ("other", 404)])
def test_others_are_refused(client, house, directive, proposed, name, of, who, status):
    client.force_login(house.accounts[who])
    pk = directive.pk if of == "directive" else proposed[0].pk
    assert client.get(reverse(name, args=[pk])).status_code == status


@pytest.mark.parametrize("who, status", [("observer", 403), ("other", 404)])
def test_others_change_nothing(client, house, directive, proposed, who, status):
    client.force_login(house.accounts[who])
    ticks = [f"{one.pk}:{one.version}" for one in proposed]
    for name in ("directives:propose", "directives:several"):
        assert client.post(reverse(name, args=[directive.pk]), {"r": ticks, "do": "drop"}).status_code == status
    assert not Requirement.objects.filter(status="dropped").exists()
