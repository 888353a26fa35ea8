"""What the hall screen shows of a cut stands between the speaker and the foot, on any screen of a hall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from soichieu.conferences.commands import floor
from soichieu.conferences.drawing import hall as drawing
from soichieu.conferences.queries.figures import SIGNS
from soichieu.conferences.templatetags.faces import clocktime, hour
from soichieu.ledger import clock
from tests.conferences.conftest import Meeting, meeting  # noqa: F401
from tests.conferences.faces import desk
from tests.directives.conftest import house  # noqa: F401

pytestmark = pytest.mark.browser
SCREENS = ((1920, 1080), (1366, 768), (1280, 1024))
NUMBER = "1234/KH-UBND"
ASIDE = """() => {
  const box = document.querySelector(".hall .mid").getBoundingClientRect();
  return [...document.querySelectorAll(".hall .mid *")].filter(one => {
    const at = one.getBoundingClientRect();
    return at.width > 2 && !one.closest(".vh") && (at.top < box.top - 2 || at.bottom > box.bottom + 2);
  }).map(one => one.outerHTML.slice(0, 120));
}"""


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"
    yield


def figure() -> dict[str, Any]:
    """A figure with all its lines, its numbers long."""
    count = SimpleNamespace(n=1759, of=2818, overdue=137, verified=1159)
    parts = {"ok": 1586, "late": 173, "claimed": 211}
    cut = SimpleNamespace(as_at=dt.date(2026, 12, 31), known_at=clock.now(), label="Số liệu trình hội nghị")
    return {"what": "figure", "figure": SimpleNamespace(count=count, parts=parts, open=848, document=SimpleNamespace(
        number=NUMBER), cut=cut)}  # fmt: skip


def strip(units: int) -> dict[str, Any]:
    """A map of so many units with long names, under five signs."""
    signs = list(SIGNS.values())[:5]
    tiles = [SimpleNamespace(name="Sở Nông nghiệp và Môi trường", sign=signs[at % 5]) for at in range(units)]
    named = drawing.NAMED[units <= drawing.MANY]
    return {
        "what": "map", "cut": SimpleNamespace(as_at=dt.date(2026, 12, 31), known_at=clock.now(), label="Số liệu"),
        "document": SimpleNamespace(number=NUMBER), "tiles": tiles if units <= drawing.MANY else [], "units": units,
        "size": "few" if units <= drawing.FEW else "many", "signs": [(one, units // 5) for one in signs],
        "wrong": tiles[:named], "wrong_rest": units - named,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_figure_and_map_keep_to_their_place(
    transactional_db: None,
    meeting: Meeting,  # noqa: F811
    page_for: Callable[..., Any],
    screenshot: Callable[..., None],
    language: str,
) -> None:
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.give_floor(asker=meeting.chair, conference=meeting.conference, item="st1")
    # Without script: the stream would draw the screen again over what is looked at.
    page = page_for(meeting.house.accounts["observer"], language=language, script=False)
    page.goto(desk(meeting, "hall"))
    shown = {"figure": figure()} | {f"map-{n}": strip(n) for n in (drawing.FEW, drawing.MANY, 3321)}
    for name, what in shown.items():
        with translation.override(language):
            context = {**drawing.context(meeting.state), "state": meeting.state, **what}
            html = render_to_string("conferences/faces/parts/hall.html", context)
        page.evaluate("html => { document.getElementById('p-hall').innerHTML = html; }", html)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(ASIDE) == [], f"{name} at {width} × {height}"
        page.set_viewport_size({"width": 1920, "height": 1080})
        screenshot(page, f"hall-{name}-{language}", full=False)


def test_a_time_of_day_is_never_read_as_a_length_of_time(
    transactional_db: None,
    meeting: Meeting,  # noqa: F811
    page_for: Callable[..., Any],
) -> None:
    page = page_for(meeting.house.accounts["observer"])
    page.goto(desk(meeting, "hall"))
    # The script goes on from what the server drew: both write 04:31 for the one and 4:31 for the other.
    moment, seconds = dt.datetime(2025, 11, 13, 21, 31, tzinfo=dt.UTC), 4 * 60 + 31
    drawn = page.evaluate(
        "([at, seconds]) => [soiChieuFace.hour(new Date(at)), soiChieuFace.length(seconds)]",
        [moment.isoformat(), seconds],
    )
    assert drawn == [hour(moment), clocktime(seconds)] == ["04:31", "4:31"]
