"""What is in force, in a real browser: six programmes get six verdicts, the report is printed, the unit counts."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from docx import Document as read_docx
from playwright.sync_api import expect

from soichieu.ledger import queries as ledger
from soichieu.ledger.report import coverage_report
from soichieu.plans.models import Review, Verdict
from tests.exchange.conftest import book
from tests.plans.test_importing import HEAD, PLAN
from tests.plans.test_reviews import ADJUST, REPORT, judge, six, task  # noqa: F401

pytestmark = pytest.mark.browser
AT = "?as_at=2025-05-12"


def url(name, house, directive):
    return reverse(f"plans:{name}", args=[house.units[0].pk, directive.pk])


def test_six_programmes_get_six_verdicts_and_the_unit_counts_on_the_ladder(
    transactional_db, page_for, screenshot, house, directive, six, task, tmp_path  # noqa: F811
):  # fmt: skip
    page = page_for(house.accounts["staff"])
    page.goto(url("review", house, directive) + AT)
    page.get_by_text("0 trên 6").first.wait_for()
    # Without a mouse: one key for each that is kept, four fields for the one that is not.
    page.locator(".picks input").first.focus()
    for _programme in range(5):
        page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.type("30-9-2025")
    page.keyboard.press("Tab")
    page.keyboard.type("Phòng Tổng hợp")
    page.keyboard.press("Tab")
    page.keyboard.type("Thiếu thời hạn")
    page.get_by_label("Ngày quyết định").fill("12-5-2025")
    screenshot(page, "plans-review-filled")
    page.keyboard.press("Enter")
    page.get_by_text("Đã ghi 6 kết luận").wait_for()
    page.get_by_text("6 trên 6").first.wait_for()
    assert sorted(Verdict.objects.values_list("choice", flat=True)) == ["adjust", *["keep"] * 5]
    screenshot(page, "plans-review-saved")
    with page.expect_download() as download:
        page.get_by_role("link", name="Dự thảo báo cáo").click()
    download.value.save_as(tmp_path / "bao-cao.docx")
    words = "\n".join(one.text for one in read_docx(str(tmp_path / "bao-cao.docx")).paragraphs)
    assert "6 trên 6" in words and "Điều chỉnh, bổ sung: 1." in words
    page.get_by_role("link", name="Ghi báo cáo đã ký vào sổ").click()
    page.get_by_label("Số, ký hiệu").first.fill("15/BC-CS1")
    page.get_by_label("Ngày ban hành").fill("20-5-2025")
    page.get_by_label("Tệp văn bản").set_input_files(str(tmp_path / "bao-cao.docx"))
    screenshot(page, "plans-review-register")
    page.get_by_role("button", name="Ghi báo cáo vào sổ").click()
    page.get_by_text("6 trên 6 chương trình, kế hoạch có kết luận rà soát").wait_for()
    assert Review.objects.get().document.number == "15/BC-CS1"
    report = coverage_report(house.operator, directive, ledger.Question(as_at=REPORT), ladder="held_up")
    assert [(one["n"], one["of"]) for one in report["counts"]] == [(1, 2)]
    page.goto(reverse("board:unit", args=[house.units[0].pk]) + "?as_at=2025-05-20")
    page.get_by_text("6 chương trình, kế hoạch đang có hiệu lực").wait_for()
    screenshot(page, "plans-unit-panel")


def test_a_mouse_and_no_script_do_the_same(transactional_db, browser, live_server, client, house, directive, six):  # noqa: F811
    client.force_login(house.accounts["staff"])
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(url("review", house, directive) + AT)
    page.locator(".pick").first.click()
    page.locator("form.judging button.main").click()
    expect(page.locator(".notice.good")).to_have_count(1)
    assert Verdict.objects.get().choice == "keep"
    context.close()


def test_a_conflict_is_told_and_nothing_typed_is_lost(
    transactional_db, page_for, screenshot, house, directive, six  # noqa: F811
):  # fmt: skip
    page = page_for(house.accounts["staff"])
    page.goto(url("review", house, directive) + AT)
    judge(house, directive, six[:1], **ADJUST)
    row = page.locator("[data-held]").first
    row.locator(".pick").nth(3).click()
    row.get_by_label("Thời hạn").fill("30-9-2025")
    page.get_by_label("Ngày quyết định").fill("12-5-2025")
    row.get_by_label("Đơn vị, chức danh thực hiện").fill("Phòng Hai")
    row.get_by_label("Lý do").fill("Trùng với chương trình khác")
    page.get_by_role("button", name="Ghi kết luận").click()
    page.get_by_text(re.compile("Người staff.* đã kết luận")).wait_for()
    assert page.locator("[data-held]").first.get_by_label("Lý do").input_value() == "Trùng với chương trình khác"
    screenshot(page, "plans-review-conflict")
    page.get_by_role("button", name="Ghi kết luận").click()
    page.get_by_text("Đã ghi 1 kết luận").wait_for()
    assert Verdict.objects.order_by("-pk")[0].choice == "stop"


@pytest.mark.parametrize("width", [390, 1440])
def test_what_a_verdict_lacks_is_told_where_the_page_opens_with_a_way_to_the_place(
    transactional_db, page_for, assert_accessible, screenshot, house, directive, six, width  # noqa: F811
):  # fmt: skip
    page = page_for(house.accounts["staff"], width=width)
    page.goto(url("review", house, directive) + AT)
    page.locator("[data-held]").nth(4).locator(".pick").nth(3).click()
    page.get_by_role("button", name="Ghi kết luận").click()
    told = page.locator(".notice.wrong[role=alert]").first
    told.wait_for()
    in_view = "one => { const r = one.getBoundingClientRect(); return r.top >= 0 && r.bottom <= window.innerHeight; }"
    page.wait_for_function(f"() => ({in_view})(document.querySelector('.notice.wrong'))")
    expect(told).to_be_focused()
    screenshot(page, f"plans-review-lacking-{width}", full=False)
    assert_accessible(page)
    told.get_by_role("link", name="Đến chỗ đánh dấu đầu tiên").click()
    expect(page.locator("[data-held].wrong").first.locator(".err").first).to_be_in_viewport(ratio=1)


def test_a_sheet_is_looked_at_before_it_is_entered(transactional_db, page_for, assert_accessible, screenshot, house):
    page = page_for(house.accounts["clerk"])
    page.goto(reverse("plans:import"))
    letter = ["02/CS1-TH", PLAN[1], "V/v tham dự hội nghị trực tuyến", "", "", None, None]
    page.get_by_label("Sổ văn bản đi").set_input_files(
        {"name": "so.xlsx", "mimeType": "application/zip", "buffer": book([HEAD, PLAN, letter])}
    )
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name="Không lấy, và lý do").wait_for()
    assert_accessible(page)
    screenshot(page, "plans-import-preview")
    page.get_by_role("button", name="Nhập 1 dòng").click()
    page.get_by_text("Đã nhập 1 chương trình").wait_for()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(
    transactional_db, page_for, assert_accessible, screenshot, house, directive, six, task, language, width  # noqa: F811
):  # fmt: skip
    judge(house, directive, six[:2])
    judge(house, directive, six[2:3], **ADJUST)
    page = page_for(house.accounts["staff"], language=language, width=width)
    for name, address in {
        "register": reverse("plans:register") + AT + f"&against={directive.pk}&all=1",
        "register-empty": reverse("plans:register") + "?as_at=2020-01-01",
        "enter": reverse("plans:enter"),
        "correct": reverse("plans:correct", args=[six[0].key]),
        "import": reverse("plans:import"),
        "review": url("review", house, directive) + AT,
        "review-then": url("review", house, directive) + AT + "&known_at=2025-06-01",
        "review-register": url("review-register", house, directive) + AT,
    }.items():
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is wider than {width}"
        )
        screenshot(page, f"plans-{name}-{language}-{width}")
    reading = page_for(house.accounts["observer"], language=language, width=width)
    reading.goto(url("review", house, directive) + AT)
    assert_accessible(reading)
    screenshot(reading, f"plans-review-read-{language}-{width}")


def test_the_pages_print(transactional_db, page_for, screenshot, house, directive, six, task):  # noqa: F811
    judge(house, directive, six[:2])
    judge(house, directive, six[2:3], **ADJUST)
    page = page_for(house.accounts["staff"], width=794)
    for name, address in {
        "register": reverse("plans:register") + AT,
        "review": url("review", house, directive) + AT,
    }.items():
        page.goto(address)
        page.emulate_media(media="print")
        assert page.get_by_text("Tính đến ngày 12-5-2025").first.is_visible()
        assert not page.locator(".list-tools, form.dates").first.is_visible()
        screenshot(page, f"plans-{name}-print")
        page.emulate_media(media="screen")
