"""Lists of a conference on a telephone and on paper, in a real browser: no label of nothing, no name left folded up."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest
from django.urls import reverse

from soichieu.conferences.commands import closing, floor, statements
from tests.conferences.ending import SIGNED, at, terms, worded

pytestmark = pytest.mark.browser
# The labels of cards that stand on the page beside nothing.
LABELS_OF_NOTHING = """() => [...document.querySelectorAll('.cards [data-l]')]
    .filter((cell) => cell.checkVisibility() && !cell.innerText.trim() && !cell.querySelector('svg, input, button'))
    .map((cell) => cell.dataset.l)"""


def test_a_card_does_not_show_the_label_of_a_cell_that_is_empty(page_for, meeting):
    statements.commission(
        asker=meeting.house.askers["steering"], conference=meeting.conference, site="s1", subject="Chưa có hạn",
        minutes=7,
    )  # fmt: skip
    statements.commission(
        asker=meeting.house.askers["steering"], conference=meeting.conference, site="s2", subject="Có hạn", minutes=7,
        due_on=dt.date(2025, 11, 12),
    )  # fmt: skip
    page = page_for(meeting.house.accounts["steering"], width=390)
    page.goto(reverse("conferences:statements", args=[meeting.conference.key]))
    assert page.locator('.cards [data-l="Hạn gửi văn bản"]').count() == 2
    assert page.locator('.cards [data-l="Hạn gửi văn bản"]:visible').count() == 1
    assert page.evaluate(LABELS_OF_NOTHING) == []


@pytest.fixture
def many(meeting):
    """A conference whose notice gave one task to five departments."""
    units = meeting.house.units[:5]
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        task = worded(meeting, "task", "Mỗi cục lập hồ sơ.", terms=terms([one.pk for one in units], task="Lập hồ sơ"))
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    with at(day=dt.date(2025, 11, 20)):
        closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="78/TB-BTN",
            signed_on=SIGNED, included=[task.key],
        )  # fmt: skip
    return meeting


@pytest.mark.parametrize("where", ["after", "follow-up"])
def test_on_paper_every_name_of_many_leads_is_there_to_be_read(page_for, many, where):
    page = page_for(many.house.accounts["steering"])
    after = reverse("conferences:after", args=[many.conference.key])
    page.goto(after if where == "after" else reverse("findings:follow-up"))
    names = page.locator("details.on-paper > p")
    assert page.locator("details.on-paper").get_attribute("open") is None and not names.is_visible()
    page.emulate_media(media="print")
    assert names.is_visible() and names.inner_text() == "Cục Số 4; Cục Số 5"
    # Not only by its style: there is room for it, below what is named first.
    first, further = page.locator("details.on-paper > summary").bounding_box(), names.bounding_box()
    assert further["height"] > 10 and further["y"] >= first["y"] + first["height"] - 1
    # What else is folded up, as the thread of a conclusion, stays off the sheet.
    for folded in page.locator("details:not(.on-paper)").all():
        assert not folded.is_visible()
    page.emulate_media(media="screen")
    assert not names.is_visible()
    page.emulate_media(media="null")
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as sheet:
        text = " ".join(" ".join(one.get_textpage().get_text_bounded().split()) for one in sheet)
    assert "Cục Số 4; Cục Số 5" in text
