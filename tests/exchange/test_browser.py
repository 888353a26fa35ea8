"""The page for tracking sheets in a real browser: hand in, look, write; axe clean."""

from __future__ import annotations

import pytest
from django.urls import reverse

from soichieu.ledger.models import Entry
from tests.exchange.conftest import HEAD

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_sheet_is_handed_in_looked_at_and_written(
    transactional_db, page_for, assert_accessible, screenshot, house, directive, tracked, sheet, language, width
):
    page = page_for(house.accounts["steering"], language=language, width=width)
    page.goto(reverse("exchange:open-book"))
    assert_accessible(page)
    screenshot(page, f"exchange-open-{language}-{width}")
    wrong = sheet([HEAD, [1, "Việc", "Cục Không Có", "ngày nào đó", "tốt lắm", None]])
    page.locator("#id_file").set_input_files({"name": "sai.xlsx", "mimeType": XLSX, "buffer": wrong})
    page.locator("button[value=preview]").click()
    page.get_by_text("Theo dõi!E2").wait_for()
    assert_accessible(page)
    screenshot(page, f"exchange-wrong-{language}-{width}")
    page.locator("#id_file").set_input_files({"name": "theo-doi.xlsx", "mimeType": XLSX, "buffer": tracked})
    page.locator("button[value=preview]").click()
    page.locator("button[value=confirm]").wait_for()
    assert_accessible(page)
    screenshot(page, f"exchange-preview-{language}-{width}")
    assert not Entry.objects.exists()
    page.locator("button[value=confirm]").click()
    page.wait_for_url("**/requirements/")
    assert Entry.objects.filter(kind="claimed").count() == 1
