"""A conference prepared in a real browser, by an office and a site's officer; each page accessible at both widths."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from soichieu.conferences.models import Conference
from soichieu.conferences.state import state_of
from soichieu.ledger import clock
from soichieu.web.dates import write_day
from tests.conferences.test_before_cuts import tasks  # noqa: F401

pytestmark = pytest.mark.browser
PAGES = ("conference", "change", "prepare", "sites", "agenda", "statements", "cuts", "conclusions")


def test_an_office_prepares_a_conference_and_a_site_answers(
    transactional_db, page_for, screenshot, assert_accessible, meeting, tasks  # noqa: F811
):  # fmt: skip
    house = meeting.house
    office = page_for(house.accounts["steering"])
    office.goto(reverse("conferences:new"))
    office.get_by_label("Tên hội nghị").fill("Hội nghị tổng kết công tác")
    office.get_by_label("Ngày tổ chức").fill(write_day(clock.today() + dt.timedelta(days=60)))
    office.get_by_label("Bắt đầu lúc").fill("8h30")
    office.get_by_label("Chủ trì", exact=False).first.fill("Bộ trưởng")
    office.get_by_label("05/KH-BTN", exact=False).check()
    office.get_by_role("button", name="Lập hội nghị").click()
    office.get_by_text("Việc tiếp theo của bạn").wait_for()
    conference = Conference.objects.latest("pk")

    def at(name, *more):
        return reverse(f"conferences:{name}", args=[conference.key, *more])

    office.goto(at("prepare"))
    office.get_by_role("button", name="Ghi bộ việc mẫu").click()
    office.get_by_text("0 trên 8 việc đã xong").wait_for()
    office.goto(at("sites"))
    office.get_by_role("button", name="Lập theo thứ tự hành chính").click()
    office.get_by_text("Đã lập 6 điểm cầu").wait_for()
    state = state_of(conference)
    site = next(one for one in state.sites.values() if one.unit == house.units[0].pk)
    office.goto(at("site-sheet", site.key))
    office.locator("[name=p-0-post]").fill("Cục trưởng")
    office.get_by_role("button", name="Lưu danh sách").click()
    office.get_by_text("0 trên 1 đại biểu đã trả lời").wait_for()
    office.goto(at("statements"))
    office.get_by_label("Chủ đề").fill("Bảo trì đèn biển")
    office.locator("select[name=site]").last.select_option(site.key)
    office.get_by_role("button", name="Đặt tham luận này").click()
    office.get_by_text("Đã đặt tham luận").wait_for()

    officer = page_for(house.accounts["staff"], width=390)
    officer.goto(at("conference"))
    screenshot(officer, "conference-sheet-of-a-site")
    officer.get_by_role("link", name="trả lời cho 1 đại biểu").click()
    officer.locator("select[name$=answer]").first.select_option("coming")
    officer.get_by_role("button", name="Lưu trả lời").click()
    officer.get_by_text("1 trên 1 đại biểu đã trả lời").wait_for()
    assert_accessible(officer)
    officer.get_by_role("link", name="Bảo trì đèn biển").click()
    officer.get_by_label("hoặc gõ văn bản", exact=False).fill("Kính thưa hội nghị. Đã bảo trì đủ.")
    officer.get_by_role("button", name="Gửi văn bản").click()
    officer.get_by_text("đã gửi, chờ duyệt").first.wait_for()
    assert_accessible(officer)

    office.goto(at("statements"))
    office.get_by_role("link", name="Bảo trì đèn biển").click()
    office.get_by_label("đã duyệt").check()
    office.get_by_role("button", name="Lưu ý kiến").click()
    office.get_by_text("đã duyệt").first.wait_for()
    office.goto(at("agenda"))
    office.get_by_role("button", name="Lấy chương trình mẫu").click()
    office.get_by_role("button", name="Mục 3: lên một bậc").click()
    office.wait_for_url("**edit=1**")
    assert [item.title for item in state_of(conference).agenda][1] == "Bảo trì đèn biển"
    office.goto(at("cuts"))
    office.get_by_role("button", name="Chốt", exact=True).click()
    office.get_by_text("Số liệu đã chốt vẫn đúng").wait_for()
    assert_accessible(office)
    screenshot(office, "conference-cut")
    office.get_by_role("link", name="Mở lại đúng bảng tổng hợp lúc đó").click()
    office.get_by_text("3 trên 5").first.wait_for()

    small = page_for(house.accounts["steering"], width=390)
    for page in (office, small):
        for name in PAGES:
            page.goto(at(name))
            assert_accessible(page)
        page.goto(at("agenda") + "?edit=1")
        assert_accessible(page)
    office.goto(at("conference"))
    screenshot(office, "conference-sheet")


def test_without_script_the_agenda_is_ordered_and_a_wrong_line_keeps_its_words(
    transactional_db, page_for, assert_accessible, meeting
):
    page = page_for(meeting.house.accounts["steering"], script=False)
    page.goto(reverse("conferences:agenda", args=[meeting.conference.key]) + "?edit=1")
    page.locator("[name=l-1-title]").fill("Tham luận sửa tên")
    page.locator("[name=l-1-minutes]").fill("999")
    page.get_by_role("button", name="Lưu chương trình").last.click()
    page.locator("[name=l-1-title]").wait_for()
    assert page.locator("[name=l-1-title]").input_value() == "Tham luận sửa tên"
    page.locator("[name=l-1-minutes]").fill("9")
    page.locator("[name=l-1-place]").fill("0")
    page.get_by_role("button", name="Lưu chương trình").last.click()
    page.get_by_text("Đã lưu chương trình").wait_for()
    first = meeting.state.agenda[0]
    assert (first.title, first.minutes) == ("Tham luận sửa tên", 9)
