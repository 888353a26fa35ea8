"""The light table in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.browser


def address(desk, **query):
    return reverse("links:table", args=[desk.key, desk.document.pk])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_light_table_is_accessible(
    transactional_db, page_for, assert_accessible, screenshot, desk, language, width
):
    page = page_for(desk.house.accounts["staff"], language=language, width=width)
    page.goto(address(desk))
    page.wait_for_timeout(400)
    assert_accessible(page)
    screenshot(page, f"table-{language}-{width}", full=False)
    page.goto(reverse("links:tables"))
    assert_accessible(page)
    screenshot(page, f"tables-{language}-{width}")
