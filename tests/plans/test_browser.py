"""The pages of plans in a real browser: both languages, wide and narrow, axe clean."""

from __future__ import annotations

import pytest
from django.urls import reverse

from soichieu.plans import commands
from tests.plans.test_answering import DAY

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(
    transactional_db, page_for, assert_accessible, screenshot, house, tasks, language, width
):
    commands.answer_with_plan(
        asker=house.askers["staff"], obligation_id=tasks["2"][0].pk, number="07/KH-CS1", signed_on=DAY
    )
    page = page_for(house.accounts["staff"], language=language, width=width)
    for name, url in {
        "list": reverse("plans:answers"),
        "answer": reverse("plans:answer", args=[tasks["1"][0].pk]),
        "answered": reverse("plans:answer", args=[tasks["2"][0].pk]),
    }.items():
        page.goto(url)
        for more in page.locator("details.more").all():
            more.evaluate("one => { one.open = true }")
        assert_accessible(page)
        screenshot(page, f"plans-{name}-{language}-{width}")


def test_a_wrong_day_keeps_the_words_and_the_file(page_for, screenshot, house, tasks):
    page = page_for(house.accounts["staff"])
    page.goto(reverse("plans:answer", args=[tasks["1"][0].pk]))
    page.get_by_label("Số, ký hiệu").first.fill("07/KH-CS1")
    page.get_by_label("Ngày ban hành").fill("31-2-2025")
    page.get_by_label("Tệp văn bản").set_input_files(
        {"name": "ke-hoach.txt", "mimeType": "text/plain", "buffer": "Kế hoạch. Nội dung.".encode()}
    )
    page.get_by_role("button", name="Ghi kế hoạch vào sổ").click()
    page.get_by_text("Đang giữ tệp: ke-hoach.txt").wait_for()
    screenshot(page, "plans-answer-kept")
    page.get_by_label("Ngày ban hành").fill("3-3-2025")
    page.get_by_role("button", name="Ghi kế hoạch vào sổ").click()
    page.get_by_text("Đã ghi 07/KH-CS1").wait_for()
