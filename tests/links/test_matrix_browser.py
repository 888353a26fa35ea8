"""The matrix, a sentence with its units, and a question in a real browser: both languages and widths, and on paper."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from soichieu.links.commands.questions import answer_question, ask_question
from soichieu.links.models import Question
from tests.links.matrix import (  # noqa: F401
    Lines,
    _forget,
    decide,
    decided_pairs,
    directive,
    leave_open,
    lines,
    sentence,
)
from tests.links.test_questions import TEXT, pair  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(house: Any, pair: tuple[str, str]) -> Question:  # noqa: F811
    made = ask_question(asker=house.askers["staff"], first=pair[0], second=pair[1], about="deadline", text=TEXT)
    answer_question(asker=house.askers["steering"], question_id=made.pk, text="Văn phòng đang xin ý kiến lãnh đạo Bộ.")
    return made


@pytest.fixture
def full(house: Any, directive: Any, lines: Lines) -> Any:  # noqa: F811
    """Every kind of answer, of several departments."""
    for number, citation in enumerate(("I.1.-1.s1", "I.1.-2.s1", "II.1.-1.s1", "II.1.-2.s1", "II.2.-1.s1")):
        place = sentence(directive, citation)
        for at, unit in enumerate(house.units[:5]):
            if (number + at) % 3 == 0:
                decide(directive, unit, f"line{at}", place, "equivalent" if at % 2 else "subset")
                decide(directive, unit, f"line{at + 5}", place, "superset")
            elif (number + at) % 3 == 1:
                decide(directive, unit, f"line{at + 10}", place, "intersects")
            elif at % 2:
                leave_open(directive, unit, place, "việc của Văn phòng")
    return directive


def addresses(house: Any, of: Any, question: Question, keys: tuple[str, str]) -> dict[str, str]:
    matrix = reverse("links:matrix", args=[of.pk])
    key = of.editions.get().provisions.get(citation="II.1.-2.s1").identity.key
    return {
        "matrix": f"{matrix}?units=all",
        "matrix-silent": f"{matrix}?show=silent&nature=task&depth=9",
        "matrix-level": f"{matrix}?under={house.units[2].pk}&units=all",
        "matrix-empty": f"{matrix}?show=open&nature=organisation",
        "provision": reverse("links:provision", args=[key]),
        "questions": reverse("links:questions"),
        "question": reverse("links:question", args=[question.pk]),
    }


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(
    house: Any, full: Any, asked: Question, pair: tuple[str, str], page_for: Any, assert_accessible: Any,  # noqa: F811
    screenshot: Any, language: str, width: int,
) -> None:  # fmt: skip
    page = page_for(house.accounts["steering"], language, width)
    for name, address in addresses(house, full, asked, pair).items():
        page.goto(address)
        screenshot(page, f"{name}-{language}-{width}")
        assert_accessible(page)
    staff = page_for(house.accounts["staff"], language, width)
    staff.goto(reverse("links:ask", args=pair))
    screenshot(staff, f"ask-{language}-{width}")
    assert_accessible(staff)


def test_one_goes_from_the_whole_text_to_the_line_that_answers(house: Any, full: Any, page_for: Any) -> None:
    page = page_for(house.accounts["steering"], script=False)
    page.goto(f"{reverse('links:matrix', args=[full.pk])}?depth=1")
    page.locator(".mx tbody th a").nth(1).click()
    expect(page).to_have_url(re.compile("node="))
    page.locator(".mx tbody tr.lf .ma a").first.click()
    expect(page).to_have_url(re.compile("unit="))
    expect(page.locator("#list-answers")).to_contain_text("Đầu việc line")
    page.get_by_role("link", name="Mọi đơn vị").or_(page.get_by_role("link", name="Tất cả đơn vị")).first.click()
    expect(page).not_to_have_url(re.compile("unit="))


def test_the_matrix_prints_on_a_landscape_a3(house: Any, full: Any, page_for: Any) -> None:
    page = page_for(house.accounts["steering"])
    page.goto(f"{reverse('links:matrix', args=[full.pk])}?units=all")
    paper = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("SOICHIEU_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / "matrix.pdf").write_bytes(paper)
    sheets = pypdfium2.PdfDocument(paper)
    assert [tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in sheets] == [(420, 297)]
    words = sheets[0].get_textpage().get_text_range()
    assert "05/KH-BTN" in words and "II- NHIỆM VỤ" in words
