"""The pages of one plan in a real browser: read from its file, mended, looked at, given a roadmap."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from soichieu.plans.commands.acts import choose_superior, return_plan, submit_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.schemes import add_milestone, move_milestone, name_scheme
from soichieu.plans.importing import read_plan
from soichieu.plans.models import PlanEdition
from tests.plans import making

pytestmark = pytest.mark.browser


def day(month, of_month=1):
    return dt.date(2025, month, of_month)


@pytest.fixture
def full(house, plan, directive, tasks):
    """A plan with two versions, under a document, returned once, one of its lines with a roadmap."""
    staff = house.askers["staff"]
    lines = read_plan(making.word(), "ke-hoach.docx", unit_id=plan.unit_id).lines
    write_edition(asker=staff, plan=plan, lines=lines[:2], read_by={"reader": "docx"}, seen=0)
    edition = write_edition(asker=staff, plan=plan, lines=lines, read_by={"reader": "docx"}, seen=1)
    choose_superior(asker=staff, plan=plan, document=directive)
    sent = submit_plan(
        asker=staff, plan=plan, edition=2, seen=0, to_unit=house.ministry.pk, happened_on=day(3, 3)
    )  # fmt: skip
    return_plan(
        asker=house.askers["steering"], plan=plan, seen=sent.pk, happened_on=day(3, 10), reason="Mục II thiếu sản phẩm"
    )
    item = edition.items.order_by("ordinal")[0].identity
    name_scheme(asker=staff, item=item, seen=0, title="Đề án trung tâm dữ liệu của Cục", owner="Phòng Ba 1",
                approver="Cục trưởng Cục Số 1")  # fmt: skip
    steps = []
    for n, title in enumerate(
        ("Khảo sát hiện trạng hạ tầng tại các phòng và đơn vị", "Thiết kế", "Mua sắm", "Thi công, lắp đặt"), 1
    ):
        steps.append(
            add_milestone(asker=staff, item=item, title=title, starts_on=day(n * 2), due_on=day(n * 2 + 1, 15),
                          after=steps[-1:])
        )  # fmt: skip
    first, second = (one.dates.get() for one in steps[:2])
    move_milestone(asker=staff, milestone=steps[0], seen=first.pk, starts_on=day(2), due_on=day(3, 15),
                   done_on=day(4, 20))  # fmt: skip
    move_milestone(asker=staff, milestone=steps[1], seen=second.pk, starts_on=day(4), due_on=day(7, 1),
                   reason="Chờ kinh phí")  # fmt: skip
    return plan, item


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(page_for, assert_accessible, screenshot, house, full, language, width):
    plan, item = full
    page = page_for(house.accounts["staff"], language=language, width=width)
    for name, url in {
        "plan": reverse("plans:plan", args=[plan.key]),
        "lines": reverse("plans:lines", args=[plan.key]),
        "versions": reverse("plans:versions", args=[plan.key]) + "?all=1",
        "scheme": reverse("plans:scheme", args=[plan.key, item.key]) + "?step=2",
    }.items():
        page.goto(url)
        for more in page.locator("details.more").all():
            more.evaluate("one => { one.open = true }")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is wider than {width}"
        )
        screenshot(page, f"plan-{name}-{language}-{width}")


def test_it_prints(page_for, screenshot, house, full):
    plan, item = full
    page = page_for(house.accounts["steering"])
    for name, url in {
        "plan": reverse("plans:plan", args=[plan.key]),
        "scheme": reverse("plans:scheme", args=[plan.key, item.key]),
    }.items():
        page.goto(url)
        page.emulate_media(media="print")
        assert page.locator(".gantt").count() == (name == "scheme")
        screenshot(page, f"plan-{name}-print")


def test_a_file_is_handed_in_mended_and_saved(page_for, assert_accessible, screenshot, house, plan):
    page = page_for(house.accounts["staff"])
    page.goto(reverse("plans:plan", args=[plan.key]))
    page.get_by_role("link", name="Soạn đầu việc, hoặc đọc từ tệp").click()
    page.get_by_label("Tệp kế hoạch").set_input_files(
        {"name": "ke-hoach.xlsx", "mimeType": "application/octet-stream", "buffer": making.excel()}
    )
    page.get_by_role("button", name="Đọc và xem trước").click()
    page.get_by_text("Đã đọc được 3 đầu việc; chưa lưu gì.").wait_for()
    assert_accessible(page)
    screenshot(page, "plan-preview")
    page.locator("#line-1-text").fill("Nâng cấp mạng truyền số liệu đến 10 phòng")
    page.locator("#line-0-at").fill("một")
    page.get_by_role("button", name="Lưu thành phiên bản mới").click()
    page.get_by_text("Hãy ghi một số, ví dụ 2 hoặc 2,5.").wait_for()
    assert page.locator("#line-1-text").input_value() == "Nâng cấp mạng truyền số liệu đến 10 phòng"
    screenshot(page, "plan-preview-wrong")
    page.locator("#line-0-at").fill("9")
    page.get_by_role("button", name="Lưu thành phiên bản mới").click()
    page.get_by_text("Đã lưu phiên bản 1.").wait_for()
    edition = PlanEdition.objects.get()
    assert edition.file.name == "ke-hoach.xlsx"
    assert edition.items.order_by("-ordinal")[0].text == "Xây dựng trung tâm dữ liệu của Cục"
