"""The pages of this room in a real browser: both languages, wide and narrow, axe clean."""

from __future__ import annotations

import pytest
from django.urls import reverse

from soichieu.directives import commands
from soichieu.ledger import clock
from soichieu.ledger.models import Obligation, Requirement
from soichieu.organisation.addressees import AddresseeRule

pytestmark = pytest.mark.browser


@pytest.fixture
def worked(transactional_db, house, directive):
    steering = house.askers["steering"]
    proposed = commands.propose(asker=steering, directive=directive)
    plain = [one for one in proposed if not one.needs_one_lead]
    rule = AddresseeRule(kinds=("department",), under="bo-thu", line="sector", exclude=("cuc-5",))
    chosen = commands.choose_addressees(
        asker=steering, versions={one.pk: 1 for one in plain[:4]}, rule=rule, on=clock.today(), given="each"
    )
    ids = [one.pk for one in chosen]
    commands.confirm(asker=steering, directive=directive, requirement_ids=ids[:3])
    commands.give_out(asker=steering, directive=directive, requirement_ids=ids[:1], happened_on=clock.today())
    return {"given": ids[0], "confirmed": ids[1], "decided": ids[3], "plain": plain[6].pk,
            "held": next(one.pk for one in proposed if one.needs_one_lead)}  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(page_for, assert_accessible, screenshot, house, directive, worked, language, width):
    page = page_for(house.accounts["steering"], language=language, width=width)
    addressees = reverse("directives:addressees", args=[directive.pk])
    for name, url in {
        "index": reverse("directives:directives"),
        "list": reverse("directives:requirements", args=[directive.pk]),
        "new": reverse("directives:new", args=[directive.pk]),
        "one": reverse("directives:requirement", args=[worked["plain"]]),
        "one-held": reverse("directives:requirement", args=[worked["held"]]),
        "one-given": reverse("directives:requirement", args=[worked["given"]]),
        "lead": reverse("directives:lead", args=[worked["held"]]),
        "sentences": reverse("directives:sentences", args=[worked["given"]]),
        "addressees": f"{addressees}?r={worked['decided']}",
        "addressees-several": f"{addressees}?r={worked['plain']}&r={worked['held']}",
        "open": reverse("directives:open", args=[directive.pk]),
    }.items():
        page.goto(url)
        assert_accessible(page)
        screenshot(page, f"directives-{name}-{language}-{width}", full=name != "list")


def test_the_list_and_its_count_follow_the_rule_as_it_is_made(page_for, screenshot, house, directive, worked):
    page = page_for(house.accounts["steering"])
    one = Requirement.objects.get(pk=worked["plain"])
    page.goto(f"{reverse('directives:addressees', args=[directive.pk])}?r={one.pk}")
    page.get_by_label("Trực thuộc đơn vị").fill("bộ thử nghiệm")
    page.locator("input[name=kinds][value=division]").check()
    page.locator("#todays-list .nof b", has_text="2").wait_for()
    page.get_by_label("Thêm hoặc bớt một đơn vị").fill("cuc so 4")
    page.locator("#todays-list").get_by_label("Cục Số 4").check()
    page.locator("#todays-list .nof b", has_text="3").wait_for()
    page.locator("input[name=given][value=each]").check()
    screenshot(page, "directives-addressees-live")
    page.get_by_role("button", name="Lưu và xác nhận").click()
    page.get_by_role("button", name="Giao 3 nhiệm vụ").click()
    page.get_by_text("Đã giao 3 nhiệm vụ").wait_for()
    assert Obligation.objects.filter(requirement=one).count() == 3


def test_many_are_chosen_with_one_press(page_for, house, directive, worked):
    page = page_for(house.accounts["steering"])
    page.goto(reverse("directives:requirements", args=[directive.pk]))
    page.get_by_role("button", name="Chọn tất cả đang hiện").click()
    page.get_by_text("(140)").wait_for()
    page.locator("form.bulk").get_by_role("button", name="Xác nhận").click()
    page.get_by_text("Đã xác nhận 1 yêu cầu").wait_for()
